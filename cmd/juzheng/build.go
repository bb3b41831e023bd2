package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag"
)

var buildCommand = command{
	name:  "build",
	args:  "CASE",
	brief: text{ZH: "检查、封存、生成证据包和投诉材料", EN: "check, seal, make the bundle and the packets"},
	least: 1,
	most:  1,
	help: text{
		ZH: `先检查；没有必须解决的问题，就封存证据包（bundle 文件夹和 bundle.zip），
再为每个受理机构生成一套材料（packet 文件夹）：信、证据目录、证据册，
以及正文的可修改稿（txt 供粘贴，docx 供修改；都不是签名稿）。
受理机构的网站限制附件大小的，另做“上传件”：放得下就是全部材料，放不下就是信加证据节选。
证据没有变化时，证据码不变（改地址、记受理号、改时间线都不影响它）；加了证据才有新的证据码，
以前信上的仍然可以核对。旧的证据包移到 superseded 文件夹保留。

用法：juzheng build 案件夹 [--to platform,forward]
      juzheng build 案件夹 --letter deferral

选项：
      --to LIST       给谁（默认全部）：platform 平台；lender 合同上的放款机构，与平台不是一家时
                      才另做，银行等处理投诉的期限从向它投诉起算；nifa 互联网金融协会；
                      forward 请监管部门转给放款机构办的投诉书（另有一页 12378 通话单，
                      归地方金融管理局管的机构没有）；regulator 监管部门的举报书。
                      给平台的信不需要知道放款机构是谁，信里会要求平台告知。
                      写明才做的（办什么、收不收费，check 的完整报告里有）：police 报案材料；
                      pbc 人民银行（征信）；12345、12315、12321、12377 热线和网站，另有表单文字；
                      justice 司法局；mediation 调解申请书；court 民事起诉状、injunction 人格权侵害
                      禁令申请书，都是草稿，每页印着“草稿 请律师核对”
      --letter NAME   不投诉，只做一封信，放在 letters 文件夹；不需要违规事实，也不指称违规：
                      deferral           协商还款申请书，--to platform（默认）或 lender 放款机构
                      statement-request  要账单和催收委托材料，--to platform 或 lender
                      credit-objection   征信异议申请书，--to lender、bureau 征信机构
                      交过以后的下一封，--to 写一处，先用 juzheng track 记下，附上交过的那一封：
                      reminder           催办函（期限过了）
                      incomplete         答复不完整、再次要材料
                      disputed           对答复的异议书
                      recheck            请放款机构的上级核查答复，--to lender；银行等才有
                      escalate           答复不满意，--to forward、regulator 或 nifa
                      unanswered         逾期未获答复，--to forward、regulator 或 nifa
                      withdrawal         撤回申请书；thanks 办结致谢函
      --volume-mb N   证据册超过 N 兆字节就分册，各册页码从1起，互相按“册、页”引用
                      （默认 100；0 不分册）
      --upload-mb N   受理机构的网站写明附件最多 N 兆字节时用（可以是小数，如 0.5）：照它做
                      “上传件”；不写时照名录里的限制，名录没有限制的不做
      --signed FILE   信打印、签名、捺印以后的扫描件：一份 PDF，或者每页一张图片（按页序写几次
                      --signed）。一次给一个受理机构（--to）。按信末的二维码核对是不是这封信，
                      原样放进材料，上传件和邮件草稿改用它；以后再 build 也不会覆盖它
      --supplement N  已经提交过之后又加了证据时用：做一套补充材料，只收编号 N（如 E012）
                      起的证据，编号接续，原编号不变，放在各受理机构文件夹的“补充材料”里；
                      用 juzheng track 记了已经提交的，只做补充材料，print 打印的也是它；
                      此前交过的证据里都有的通话、短信记录不再收
      --fallback-font FILE    姓名里有程序自带的字体没有的字时，用这个字体文件来画（ttf、otf、
                      ttc）。不写时在设置文件夹的 fonts 里和系统的字体里自己找

退出码：0 完成，3 完成但有图片不能排版，或者时间线表格少了行、变了格而少写了事实，4 有必须先解决的问题（什么都没有写）。`,
		EN: `Checks; if nothing blocks, seals the bundle (folder bundle and bundle.zip) and makes a
packet for each recipient: letter, list of exhibits, exhibit book, and the letter's text to
paste (txt) or adapt (docx), neither being the signed form. Where a recipient's page limits
attachments there is a folder 上传件: all papers if they fit, else letter and an excerpt.
The evidence code stays the same while the evidence does (an address, a receipt, the
timeline do not move it); exhibits that are added give a new one, and earlier letters can
still be checked. The older bundle is kept under superseded.

Use: juzheng build CASE [--to platform,forward]
     juzheng build CASE --letter deferral

Options:
      --to LIST       for whom (default: all): platform; lender, of the contract, where it is not
                      the platform: a bank's term for complaints runs from the one made to it;
                      nifa (association); forward, a complaint the supervisor is asked to pass on
                      to the lender, with a sheet for a call to 12378 (not of lenders under a
                      local bureau); regulator (a report). The platform's letter does not wait
                      to know who lent: it asks. Only where named (what for and at what cost,
                      the full report of check says): police; pbc, the central bank, for credit reporting;
                      12345, 12315, 12321, 12377, with a form's text; justice; mediation; court
                      and injunction, drafts for a lawyer, marked so on each page
      --letter NAME   no complaint but one letter, in the folder letters; it needs no violation
                      and asserts none:
                      deferral           ask to pay later; --to platform (default) or lender
                      statement-request  statement and mandate; --to platform or lender
                      credit-objection   object to a credit record; --to lender, bureau
                      after a filing, --to one recipient, as juzheng track has it, with
                      the letter that was filed enclosed:
                      reminder           the term is over
                      incomplete         the answer is, or asks for papers again
                      disputed           the answer, point by point
                      recheck            of it, by the body above a bank's branch; --to lender
                      escalate           the answer; --to forward, regulator or nifa
                      unanswered         of a complaint; --to forward, regulator or nifa
                      withdrawal, thanks take it back; close it
      --volume-mb N   part the exhibit book into volumes of at most N megabytes, each paged
                      from 1, cited by volume and page (default: 100; 0: one volume)
      --upload-mb N   the recipient's page says that attachments have at most N megabytes (0.5 is
                      possible): makes the folder 上传件 by that; else by the limit in the
                      directory, and none where it has no limit
      --signed FILE   the letter, printed, signed and scanned: one PDF, or a picture of each page
                      (--signed once for each, in order). For one recipient at a time (--to).
                      Checked to be this letter by the QR code at its end; put into the packet as
                      it is; upload and mail draft use it; no later build overwrites it
      --supplement N  exhibits were added after a filing: makes a supplement of the exhibits from N
                      (such as E012) on under the numbers they have, in the folder 补充材料 of
                      each recipient; of one whose filing juzheng track has, nothing else is
                      made, and print prints it; logs that show nothing new stay out
      --fallback-font FILE    a font (ttf, otf, ttc) for characters of a name that the program's
                      own lack; else the folder fonts of the settings and the system's are
                      looked through

Exit codes: 0 done, 3 done but a picture could not be set, or letters lack what was taken from
the timeline, 4 something blocks (nothing written).`,
	},
	writes: toCase,
	setup: func(fs *pflag.FlagSet) action {
		to := fs.StringSlice("to", usualRoles, "")
		name := fs.String("letter", "", "")
		supplement := fs.String("supplement", "", "")
		volume := fs.Int("volume-mb", desk.UsualVolume/1_000_000, "")
		upload := fs.Float64("upload-mb", 0, "")
		signed := fs.StringArray("signed", nil, "")
		font := fs.String("fallback-font", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			e.fonts().Named = *font
			if len(*signed) > 0 && (len(*to) != 1 || fs.Changed("letter")) {
				return usage(text{ZH: "--signed 一次给一个受理机构：用 --to 写明是给谁的信，例如 --to regulator",
					EN: "--signed is for one recipient at a time: say whose letter it is, as in --to regulator"})
			}
			if fs.Changed("letter") {
				o := desk.LetterOptions{Name: *name}
				if fs.Changed("to") {
					o.To = rolesOf(*to)
				}
				return buildLetter(ctx, e, args[0], o)
			}
			if *volume < 0 {
				return usage(text{ZH: "--volume-mb 不能是负数", EN: "--volume-mb cannot be negative"})
			}
			if fs.Changed("upload-mb") && (*upload < 0.001 || *upload > 10_000) {
				return usage(text{ZH: "--upload-mb 应为 0.001 到 10000（兆字节）",
					EN: "--upload-mb wants 0.001 to 10000 megabytes"})
			}
			for _, t := range *to {
				if err := checkRole(t); err != nil {
					return err
				}
			}
			o := desk.BuildOptions{Volume: int64(*volume) * 1_000_000, Upload: int64(*upload * 1_000_000),
				Supplement: *supplement, Signed: *signed}
			if fs.Changed("to") {
				o.To = rolesOf(*to)
			}
			return build(ctx, e, args[0], o)
		}
	},
}

// rolesOf are the roles that words name; those that name none are found later.
func rolesOf(words []string) []evidence.Role {
	out := make([]evidence.Role, len(words))
	for n, w := range words {
		out[n] = evidence.Role(w)
	}
	return out
}

// buildAimed is how much memory a build aims at beside the program's own file: what two
// photographs of twelve megapixels take while they are decoded, and as much again.
var buildAimed = aim{80 << 20, 2, 1}

func build(ctx context.Context, e *env, dir string, o desk.BuildOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	defer aimAt(buildAimed)()
	r, err := desk.Build(ctx, d, dir, o)
	if err != nil {
		return e.unlessBlocked(err)
	}
	return e.showBuilt(r, dir)
}

// showBuilt gives what was built, and what of it could not be done.
func (e *env) showBuilt(r desk.Built, dir string) error {
	if r.Undecoded {
		e.say(text{ZH: "有的录音没有画波形图：装有 ffmpeg 时程序会画；材料不缺别的，照样可以提交",
			EN: "no waveform was drawn of some recordings: with ffmpeg installed it would be; nothing else is missing"})
	}
	if r.NoSupplement != "" {
		e.say(text{ZH: "从 %s 起没有证据给违规情形添上新的内容，没有做补充材料",
			EN: "no exhibit from %s on adds to a finding; there is no supplement"}, r.NoSupplement)
	}
	for _, x := range r.Heavy {
		e.say(text{ZH: "证据 %s 一份就超过分册的大小，单独成册",
			EN: "exhibit %s alone is larger than a volume may be, and is one by itself"}, x)
	}
	var err error
	if e.json {
		err = e.emitLines(r.Lines(), dir)
	} else {
		e.tellBuilt(r, dir)
	}
	for _, x := range r.Unset {
		e.say(text{ZH: "证据 %s 不能排进证据册：" + x.Reason.ZH + "（该页已注明；原件在证据包里）",
			EN: "exhibit %s could not be set: " + x.Reason.EN +
				" (its page says so; the original is in the bundle)"},
			x.Exhibit)
	}
	e.tellHarm(r.Harm, dir)
	if err == nil && r.Partial() {
		err = silent(exitPartial)
	}
	return err
}

// tellBuilt says where everything is, and what comes next.
func (e *env) tellBuilt(r desk.Built, dir string) {
	e.printf(text{ZH: "证据码 %s\n清单 %d 行，证据 %d 项\n", EN: "evidence code %s\n%d lines of the list, %d exhibits\n"},
		bag.FormatRoot(r.Root.SHA256), r.Root.Lines, r.Root.Items)
	for _, p := range r.Packets {
		if p.Supplement != "" {
			e.printf(text{ZH: "%s：已经交过，这次只做补充材料：%s\n", EN: "%s: filed before; this is the supplement alone: %s\n"},
				p.Name, filepath.Join(r.Packet, p.Folder, desk.SupplementFolder))
			continue
		}
		e.printf(text{ZH: "%s：%s\n", EN: "%s: %s\n"}, p.Name, filepath.Join(r.Packet, p.Folder))
	}
	for _, s := range r.Scans {
		e.printf(text{ZH: "签名扫描件：%s\n", EN: "signed and scanned: %s\n"}, filepath.Join(r.Packet, filepath.FromSlash(s)))
	}
	if len(r.Unwritten) > 0 {
		e.say(text{ZH: "%d 张截图还没有写内容，信里不会提到：%s。写下内容：juzheng ask %s",
			EN: "%d screenshots not written down are in no letter: %s. To write them down: juzheng ask %s"},
			len(r.Unwritten), rows(r.Unwritten, e.lang), quote(dir))
	}
	if idle := slices.DeleteFunc(slices.Clone(r.Unused),
		func(n string) bool { return slices.Contains(r.Unwritten, n) }); len(idle) > 0 {
		e.say(text{ZH: "证据包里有 %d 份没有信用到：%s。不想放进去的：juzheng leave %s 编号",
			EN: "%d exhibits in the bundle are used by no letter: %s. To leave some out: juzheng leave %s NUMBER"},
			len(idle), rows(idle, e.lang), quote(dir))
	}
	if len(r.Unopened) > 0 {
		e.say(text{ZH: "注意：其中 %s 是手机或聊天软件的数据库、备份、通讯录，或者程序打不开的文件，里面可能是您全部的短信、聊天和联系人，" +
			"收到证据包的人都能看。不放进去：juzheng leave %s %s",
			EN: "note: %s are databases or backups of a phone or chat program, contacts, or files the program cannot " +
				"open; they may hold all your messages and contacts, for whoever gets the bundle. To leave them out: " +
				"juzheng leave %s %s"},
			rows(r.Unopened, e.lang), quote(dir), strings.Join(r.Unopened, " "))
	}
	if len(r.Replaced) > 0 {
		e.say(text{ZH: "被新的摘录代替、不再放进证据包的 %d 份：%s",
			EN: "left out of the bundle, a new extract being in their place, %d: %s"}, len(r.Replaced),
			rows(r.Replaced, e.lang))
	}
	r.Out = slices.DeleteFunc(slices.Clone(r.Out),
		func(n string) bool { return slices.Contains(r.Replaced, n) })
	if len(r.Out) > 0 {
		e.say(text{ZH: "没有放进证据包的文件 %d 份：%s", EN: "left out of the bundle, %d: %s"}, len(r.Out), rows(r.Out, e.lang))
	}
	if !r.Fresh {
		e.say(text{ZH: "案件没有变化，沿用原来的封存。", EN: "the case has not changed; the seal stays as it is."})
	}
	e.tellDue(r.Due, dir)
	e.tellUnreviewed(r.Unreviewed, dir)
	e.say(text{ZH: "先读：%s\n下一步：juzheng print %s --to %s", EN: "read first: %s\nnext: juzheng print %s --to %s"},
		r.Guide, quote(dir), r.First().Role)
}

// tellHarm says what a spreadsheet took from the timeline, and what letters lack for it.
func (e *env) tellHarm(h desk.TableHarm, dir string) {
	if h.Cells+h.Rows == 0 {
		return
	}
	switch {
	case h.Rows == 0:
		e.say(text{ZH: "注意：时间线表格被改过：有 %d 格和材料对不上", EN: "note: the timeline was changed: %d cells differ"}, h.Cells)
	case h.Cells == 0:
		e.say(text{ZH: "注意：时间线表格被改过：材料里有的，表格里少了 %d 行",
			EN: "note: the timeline was changed: %d rows that files have are missing in it"}, h.Rows)
	default:
		e.say(text{ZH: "注意：时间线表格被改过：材料里有的，表格里少了 %d 行，另有 %d 格和材料对不上",
			EN: "note: the timeline was changed: %d rows that files have are missing in it, and %d cells differ"}, h.Rows,
			h.Cells)
	}
	if h.Costs() {
		var whole text
		if h.Lost > 0 {
			whole = text{ZH: fmt.Sprintf("（其中 %d 类整类写不进）", h.Lost),
				EN: fmt.Sprintf(" (%d kinds altogether)", h.Lost)}
		}
		e.say(text{ZH: "因此有 %d 条材料能证明的事写不进信%[2]s。材料没有坏，先写回来，再生成一次：\n" +
			"juzheng timeline %[3]s --restore\njuzheng build %[3]s\n有意不用的行，写回来以后把“是否采用”写成否",
			EN: "letters lack %d acts that files show for it%[2]s. Nothing is lost: put them back, and build again:\n" +
				"juzheng timeline %[3]s --restore\njuzheng build %[3]s\nof rows you do not want, write no under use " +
				"once they are back"}, h.Fewer, whole.In(e.lang), quote(dir))
		return
	}
	e.say(text{ZH: "这次的信没有因此少写。写回来：juzheng timeline %s --restore",
		EN: "letters lack nothing for it. To put them back: juzheng timeline %s --restore"}, quote(dir))
}

// tellDue names the command for what came after a filing.
func (e *env) tellDue(due []desk.Due, dir string) {
	for _, x := range due {
		e.say(text{ZH: "%s 已经向%s提交过，那以后又有了新证据（从 %s 起）。只补交新的，不用整份重交：" +
			"juzheng build %s --to %s --supplement %[3]s",
			EN: "the case was filed on %s with %s, and there are new exhibits since (from %s on). To hand in only " +
				"these: juzheng build %s --to %s --supplement %[3]s"},
			x.Day, visible(x.Name), x.From, quote(dir), x.Role)
	}
}

// unlessBlocked is err, unless it is that something has to be mended first: that
// is said here, each point with its remedy, and only the exit code is left.
func (e *env) unlessBlocked(err error) error {
	var blocked *desk.BlockedError
	if !errors.As(err, &blocked) {
		return err
	}
	if e.json {
		if err := e.emitLines(desk.Checked{Report: blocked.Report}.Lines(), blocked.Case); err != nil {
			return err
		}
		return silent(exitBlocked)
	}
	r := blocked.Report
	writeReport(e.stderr, evidence.Report{Emergency: r.Emergency, Obstacles: r.Obstacles, Lawful: r.Lawful}, e.lang)
	e.tellHarm(blocked.Harm, blocked.Case)
	e.say(text{ZH: "什么都没有写。先解决上面的问题，再运行 juzheng check %s",
		EN: "nothing was written; mend the points above, then run juzheng check %s"}, quote(blocked.Case))
	e.tellReady(blocked.Ready, blocked.Case)
	return silent(exitBlocked)
}
