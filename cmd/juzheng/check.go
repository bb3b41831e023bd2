package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

var checkCommand = command{
	name:  "check",
	long:  true,
	args:  "CASE",
	brief: text{ZH: "检查：有哪些违规、还缺什么；不写任何文件", EN: "what is unlawful or missing; writes nothing"},
	least: 1,
	most:  1,
	help: text{
		ZH: `检查案件，一屏说完：能投诉的、只有您说的、等您回答的、合法而不能投诉的，以及提交前必须
补齐的事项。--full 另外列出依据、对不上的地方、向谁提交、按什么顺序、期限到哪天。
不写任何文件。

用法：juzheng check 案件夹
      juzheng check 案件夹 --full
      juzheng check 案件夹 --to regulator

选项：
      --full      不只一屏：每一条的依据、算法、对不上的地方、向谁提交、期限
      --to SLUG   只看一个对象：哪些情形写给它、哪些不写和原因、会提出的请求、要求、期限、
                  不受理什么；platform、lender、nifa、forward、regulator，或者 juzheng
                  directory 列出的代号

程序自带的规定和机构注明“依据截至”哪一天，过了六个月会提醒。规定变了、机构搬了，不用等新版本：
在设置文件夹（juzheng version 显示在哪里）或者案件夹的旁边，建 statutes.d 文件夹，放与
statutes.json 写法相同的 .json 文件；机构放在 directory.d，一个机构一个“代号.json”。编号、代号与
自带的相同时，用您的。它们一律注明“用户提供，未核对”，不印条号，不单独用来指称违规；
案件夹和证据包里面的、不是这台电脑上建的案件旁边的不读，那可能是别人给的。

有必须先解决的问题时退出码是 4，并指出是哪一行、怎么办；--to 的对象没有可以受理的，也是 4。`,
		EN: `Says on one screen what can be complained of, what is only your own word, what waits
for your answer, what was lawful, and what must be mended before anything is filed; with
--full also the grounds, what does not agree, whom to turn to in which order and by when.
Writes nothing.

Use: juzheng check CASE
     juzheng check CASE --full
     juzheng check CASE --to regulator

Options:
      --full      more than one screen: the grounds of each, how it was counted, what does
                  not agree, whom to turn to, and by when
      --to SLUG   one recipient alone: what goes to it, what does not and why, what it is
                  asked for, what it wants, its terms and what it does not take: platform,
                  lender, nifa, forward, regulator, or a slug that juzheng directory lists

The program's own provisions say as of which day they speak, and are warned of after six
months. Law and offices change without a new version: make a folder statutes.d in the
settings folder (juzheng version says where) or beside the case folder, with .json files of
the form of statutes.json; bodies lie in directory.d, one SLUG.json each. With an id or slug
of ours, yours is taken. They are marked as provided by the user, unchecked, print no article
and accuse nobody by themselves; none is read out of a case folder or a bundle, or beside
a case that was not made on this computer: it may come from somebody else.

Exit code 4: something blocks filing, and the row and the remedy are named; or there is
nothing to file with the one recipient asked for.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		to := fs.String("to", "", "")
		full := fs.Bool("full", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			if fs.Changed("to") && *to == "" {
				return usage(text{ZH: "--to 后面要写一个对象", EN: "--to wants a recipient"})
			}
			if *to != "" {
				return plan(ctx, e, args[0], *to)
			}
			return check(ctx, e, args[0], *full)
		}
	},
}

func check(ctx context.Context, e *env, dir string, full bool) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Check(ctx, d, dir)
	if err != nil {
		return err
	}
	switch {
	case e.json:
		if err := e.emitLines(r.Lines(), dir); err != nil {
			return err
		}
	case full:
		var out strings.Builder
		report{&out, e.lang}.harm(r.Harm, dir)
		whole := r.Report
		whole.Emergency = safety(r.Report, r.Questions)
		writeReport(&out, whole, e.lang)
		writeSuggestions(&out, r.Callers, e.lang)
		writeUnplaced(&out, r.Unplaced, e.lang)
		writeUnread(&out, r.Unread, e.lang)
		writeUncovered(&out, r.Uncovered, e.lang)
		writeVisible(&out, r.Visible, e.lang)
		if len(r.Road) > 0 {
			writeRoad(&out, r, e.lang)
			writeWays(&out, r.Ways, dir, e.lang)
			writeHandedIn(&out, r.Lanes, dir, e.today(), e.lang)
			report{&out, e.lang}.review(r.Review, dir)
			writeReturns(&out, r.Returns, true, e.lang)
		}
		writeLaw(&out, r.Law, r.Outside, e.lang)
		writeOffers(&out, r.Offers, dir, e.lang)
		io.WriteString(e.stdout, strings.TrimRight(onScreen(out.String()), "\n")+"\n")
	default:
		writeOverlook(e.stdout, r, dir, e.today(), e.lang)
	}
	if !e.json {
		fmt.Fprintln(e.stderr) // what comes next stands apart, in one file too
	}
	if !e.json {
		e.tellReadings(r.Readings)
		e.tellRare(r.Rare)
	}
	if !e.json && !r.Blocked() {
		e.tellDue(r.Due, dir)
	}
	if !e.json {
		e.tellOthers(r.Others, dir)
	}
	filed := len(filedLanes(r.Lanes)) > 0
	if !e.json && filed {
		e.say(text{ZH: "提交过的到哪一步、下一步做什么：juzheng track %s",
			EN: "where each stands, and what comes next: juzheng track %s"},
			quote(dir))
	}
	switch {
	case e.json:
	case r.Blocked():
		e.tellBlocked(r, dir)
	case filed && len(r.Questions) == 0: // track says what comes next
	case len(r.Questions) > 0:
		e.say(text{ZH: "还有 %d 个问题，答了能写的更多：juzheng ask %s\n也可以现在就做：juzheng build %[2]s",
			EN: "%d questions are open; once answered, more can be claimed: juzheng ask %s\nor go on now: " +
				"juzheng build %[2]s"}, len(r.Questions), quote(dir))
	default:
		e.say(text{ZH: "下一步：juzheng build %s", EN: "next: juzheng build %s"}, quote(dir))
	}
	if r.Blocked() {
		return silent(exitBlocked)
	}
	return nil
}

// tellReadings says how places of case.toml were read that are written otherwise than the
// program writes them.
func (e *env) tellReadings(all []folder.CaseReading) {
	if len(all) == 0 {
		return
	}
	e.say(text{ZH: "%[1]s 里有 %[2]d 处写法不同，是这样读的（不对的，在文件里改；下次记下答案时写成后面的样子，原文件留在 %[3]s）：",
		EN: "%[1]s has %[2]d places in a form of its own, read as follows (change what is wrong; the next answer " +
			"writes it so, and the file as it is goes to %[3]s):"}, folder.CaseFile, len(all),
		folder.SupersededDir+"/case")
	for _, c := range all {
		where := fmt.Sprintf("%s:%d", folder.CaseFile, c.Line)
		if c.Line == 0 {
			where = folder.CaseFile
		}
		e.say(text{ZH: "  %[1]s　%[2]s → %[3]s", EN: "  %[1]s  %[4]s → %[5]s"}, where, visible(c.Written.ZH),
			visible(c.Read.ZH),
			visible(c.Written.EN), visible(c.Read.EN))
	}
}

// tellRare says which characters of case.toml the program's own fonts lack, and what draws
// them.
func (e *env) tellRare(all []desk.RareCharacter) {
	lacking := false
	for _, c := range all {
		where := folder.CaseFile
		if c.Line > 0 {
			where += fmt.Sprintf(":%d", c.Line)
		}
		if c.Font != "" {
			e.say(text{ZH: "%[1]s　“%[2]s”程序自带的字体没有，信上用字体 %[3]s 画",
				EN: "%[1]s  the program's own fonts lack %[2]s: letters draw it from the font %[3]s"}, where, c.Rune,
				visible(c.Font))
			continue
		}
		lacking = true
		e.say(text{ZH: "%[1]s　“%[2]s”（%[3]s）程序和系统的字体里都没有，还做不了信",
			EN: "%[1]s  no font of the program or the system has %[2]s (%[3]s): no letter can be made yet"}, where,
			c.Rune, visible(c.Text))
	}
	if lacking {
		e.say(rareFont)
		e.say(rareCharacter)
	}
}

// tellBlocked says what to do about what keeps a case from being filed.
func (e *env) tellBlocked(c desk.Checked, dir string) {
	r := c.Report
	only := func(code string) bool { return len(r.Obstacles) == 1 && r.Obstacles[0].Code == code }
	cannot := slices.IndexFunc(r.Obstacles, func(o evidence.Obstacle) bool { return o.Code == evidence.CannotBe })
	switch {
	case cannot >= 0: // no answer helps: a cell or a line is wrong
		o := r.Obstacles[cannot]
		e.say(text{ZH: "现在还不能提交。先改好不可能的内容（%[1]s：%[2]s），再运行 juzheng check %[3]s",
			EN: "not ready to file. First mend what cannot be (%[1]s: %[2]s), then run juzheng check %[3]s"},
			o.Place(), o.What.In(e.lang), quote(dir))
	case only("no-violation") && len(r.Findings) == 0 && len(r.Lawful) > 0:
		e.say(text{
			ZH: "按时间线现在写的，没有可以投诉的；能做的见 juzheng check %s --full。有遗漏的写进时间线，以后有新的情况加进来，再检查",
			EN: "by what the timeline says now there is nothing to complain of; what helps stands in juzheng check %s " +
				"--full. Add what is missing, or what happens later, and check again",
		}, quote(dir))
	case slices.ContainsFunc(c.Questions, func(q ask.Question) bool { return q.Kind != ask.Leave }):
		e.say(text{ZH: "现在还不能提交。先回答 %d 个问题：juzheng ask %s", EN: "not ready to file. First answer %d questions: " +
			"juzheng ask %s"}, len(c.Questions), quote(dir))
		e.tellReady(c.Ready, dir)
	default:
		e.say(text{
			ZH: "现在还不能提交：先解决上面列出的 %d 个问题，再运行 juzheng check %s",
			EN: "not ready to file: mend the %d points above, then run juzheng check %s",
		}, len(r.Obstacles), quote(dir))
		e.tellReady(c.Ready, dir)
	}
}

// tellReady says whose letters can be made all the same.
func (e *env) tellReady(ready []evidence.Role, dir string) {
	if len(ready) == 0 {
		return
	}
	e.say(text{ZH: "给%[1]s的信不用等，现在就能做：juzheng build %[2]s --to %[3]s",
		EN: "letters that need not wait (%[4]s): juzheng build %[2]s --to %[3]s"},
		titlesOf(ready, "zh"), quote(dir), strings.Join(idsOf(ready), ","), titlesOf(ready, "en"))
}

func titlesOf(roles []evidence.Role, lang string) string {
	var out []string
	for _, r := range roles {
		out = append(out, r.Title().In(lang))
	}
	return strings.Join(out, text{ZH: "、", EN: ", "}.In(lang))
}

// writeUnplaced names files that stand in no row, and what to do with them.
func writeUnplaced(w io.Writer, all []evidence.Exhibit, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "时间线里没有对应一行的材料", EN: "Files that stand in no row of the timeline"}.In(lang))
	for _, k := range []evidence.ExhibitKind{evidence.Recording, evidence.Screenshot, evidence.Photo, evidence.Video} {
		var numbers []string
		for _, x := range all {
			if x.Kind == k {
				numbers = append(numbers, x.Number)
			}
		}
		if len(numbers) > 0 {
			fmt.Fprintf(w, text{ZH: "  %s：%s\n", EN: "  %s: %s\n"}.In(lang), k.Title().In(lang), rows(numbers, lang))
		}
	}
	fmt.Fprintf(w, "  %s\n\n", text{
		ZH: "是催收的，在时间线加一行：写上时间、方式、原话，“证据”一栏填编号；和这件事无关的不用管，不会写进信里，照片也不放进证据包",
		EN: "where one shows the collector, add a row with its time, kind and words, and its number under exhibits; " +
			"what has nothing to do with it stays out of the letters, and a photo of the bundle"}.In(lang))
}

// writeUnread names files of which something was not read, and why.
func writeUnread(w io.Writer, all []intake.UnreadLog, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "没有读、没有读全的材料", EN: "Files that were not read, or not whole"}.In(lang))
	for _, u := range all {
		fmt.Fprintf(w, text{ZH: "  %s：%s\n", EN: "  %s: %s\n"}.In(lang), u.Exhibit, tellNote(u.Note, lang))
	}
	fmt.Fprintln(w)
}

// writeUncovered names the months for which a carrier's list would say more.
func writeUncovered(w io.Writer, all []desk.MonthLine, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "运营商清单没有包括的催收来电", EN: "Calls that no carrier's list covers"}.In(lang))
	for _, m := range all {
		year, month, _ := strings.Cut(m.Month, "-")
		fmt.Fprintf(w, text{ZH: "  %[1]s年%[2]s月：%[3]d 通（%[4]s）\n", EN: "  %[1]s-%[2]s: %[3]d (%[4]s)\n"}.In(lang),
			year, strings.TrimPrefix(month, "0"), len(m.Incidents), rows(m.Incidents, lang))
	}
	fmt.Fprintf(w, "  %s\n\n", text{
		ZH: "现在以手机记录为准，照样能投诉；想让人也能向运营商核对，向运营商要这几个月的通话清单再加进来（往前能查的月份有限，趁早要）",
		EN: "the phone's own record stands for them, and is enough to complain; to let others check with the " +
			"carrier, ask " +
			"it for the lists of these months soon, it keeps few, and add them"}.In(lang))
}

// writeVisible names the pictures that papers would show with what letters mask.
func writeVisible(w io.Writer, all []desk.PictureVisible, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "图片上还看得见的别人", EN: "Others still to be seen on pictures"}.In(lang))
	for _, p := range all {
		fmt.Fprintf(w, "  %s\n", fill(text{ZH: "%s 能读到%s，信里是隐去的，图上没有遮盖\n     先遮盖：juzheng redact %s %[1]s",
			EN: "%s shows %s, which letters mask and nothing covers\n     cover it first: juzheng redact %s %[1]s"},
			p.Exhibit, names(p.Words), quote(p.Case)).In(lang))
	}
	fmt.Fprintln(w)
}

// An offerLine is an offer in words, with the command that takes it up.
type offerLine struct {
	Letter  desk.OfferCode `json:"letter,omitempty"` // for build --letter
	Text    evidence.Text  `json:"text"`
	Command string         `json:"command,omitempty"`
}

// offerIn says an offer.
func offerIn(o desk.Offer, dir string) offerLine {
	build := "juzheng build " + quote(dir) + " --letter " + string(o.Code)
	switch o.Code {
	case desk.OfferDeferral:
		if o.Overdue == desk.OverdueLong {
			build += " --to lender"
		}
		return offerLine{o.Code, evidence.Text(deferralWords(o)), build}
	case desk.OfferStatement:
		return offerLine{o.Code, evidence.Text{
			ZH: "想弄清放款机构是谁、谁在催收、欠款怎么算：书面要求提供账单和委托材料",
			EN: "to learn who lends, who collects and how the sum comes about: ask in writing for statement and " +
				"mandate"}, build}
	case desk.OfferObjection:
		return offerLine{o.Code, evidence.Text{
			ZH: "征信报告有错：把报告原文和错处写进 case.toml 的 [credit]，提出异议；记载属实的不能提",
			EN: "a wrong credit record: fill in [credit] of case.toml and object; a true one cannot be objected to"},
			build}
	}
	return offerLine{Text: evidence.Text{ZH: "免费法律咨询：拨打 12348；人身危险打 110",
		EN: "free legal advice: call 12348; in danger 110"}}
}

func deferralWords(o desk.Offer) text {
	switch o.Overdue {
	case desk.NotDue:
		return text{ZH: "还没有到期；到期还不上的，现在就可以书面向平台申请延期或分期",
			EN: "not yet due; if you will not be able to pay, ask the platform in writing now"}
	case desk.OverdueShort:
		return fill(text{ZH: "逾期%d天，在30天以内：书面向平台申请延期或分期",
			EN: "%[2]s overdue, within 30: ask the platform in writing for a deferral or instalments"}, o.Days,
			daysIn(o.Days))
	case desk.OverdueLong:
		return fill(text{ZH: "逾期%d天，已超过30天：书面向放款机构申请延期或分期",
			EN: "%d days overdue, more than 30: ask the lender in writing for a deferral or instalments"}, o.Days)
	}
	return text{ZH: "还款有困难：书面向平台申请延期或分期", EN: "if you cannot pay: ask the platform in writing for a deferral or " +
		"instalments"}
}

// writeOffers prints what can be done instead.
func writeOffers(w io.Writer, offers []desk.Offer, dir, lang string) {
	if len(offers) == 0 {
		return
	}
	fmt.Fprintf(w, "\n■ %s\n", text{ZH: "不能投诉时可以做的", EN: "What helps instead"}.In(lang))
	for _, o := range offers {
		said := offerIn(o, dir)
		fmt.Fprintf(w, "  %s\n", said.Text.In(lang))
		if said.Command != "" {
			fmt.Fprintf(w, "     %s\n", said.Command)
		}
	}
}
