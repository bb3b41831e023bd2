package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag"
)

var approveCommand = command{
	name:  "approve",
	args:  "CASE --by NAME",
	brief: text{ZH: "第二个人复核：看过信，同意这样交", EN: "a second person's check of the letters"},
	least: 1,
	most:  1,
	help: text{
		ZH: `机构帮人整理材料、要第二个人复核的，在 case.toml 里写：

  [organisation]
  name = "某某法律援助中心"
  address = ""
  phone = ""
  signatory = "经办人姓名"
  review = "yes"

每个案件都一样的，只写一次：把这一段存成 organisation.toml，放在设置文件夹（juzheng version 显示在哪里）
或者各案件夹的旁边，新建的案件照它填；已有的案件不改。

机构名称印在信头和证据册封面，落款处另有盖章、经办人签名的地方；信仍由投诉人本人签名。
review 是 yes 时，build 和 print 做的每一页都印“待复核”。另一位同事把 packet 里的信看过一遍，
同意这样交，就运行本命令；再 build 一次，“待复核”就没有了。

复核记入保管记录（谁、什么时候、哪个证据码、哪几封信），管的是看过的那几封信的文字和那个证据码：
加了证据、改了内容，信变了，就要重新复核；只是换一天打印，不用。packet 里只有补充材料的，
复核的是补充证据说明，不是没有重做的那封信。
经办人、投诉人、代理人自己不能复核。

用法：juzheng approve 案件夹 --by 复核人姓名
      juzheng approve 案件夹 --by 复核人姓名 --letter deferral --to platform

选项：
      --by NAME       复核的人，写姓名
      --to LIST       只复核给这几处的信（默认：packet 里做好的都复核）
      --letter NAME   复核 letters 文件夹里的一封；写法与 build --letter 相同，复核后去掉“待复核”重写

退出码：0 完成，1 没有做好的信，或者信在那以后变了，2 用法不对，4 这个人不能复核，或者案件没有要求复核。`,
		EN: `For organisations that prepare papers for people and want a second person to check them. In
case.toml:

  [organisation]
  name = "..."
  address = ""
  phone = ""
  signatory = "who prepared it"
  review = "yes"

To write it once: save it as organisation.toml in the settings folder (juzheng version shows
where) or beside the cases; new cases begin with it, those there are stay as they are.

Letters and the book's cover have the name as a letterhead, and room for its seal and
signatory; the complainant signs all the same. With review = "yes" every page that build and
print make says 待复核 until a colleague has read the letters in packet and runs this command;
the next build makes them without it.

It is noted in the custody log: who, when, which evidence code, which letters. It holds for
the words of those letters and that code: new evidence or changed words want another check,
another day of printing does not. Where a supplement lies in packet it is that which was
read; of one that goes alone the letter is not. Signatory, complainant and agent cannot approve.

Use: juzheng approve CASE --by NAME
     juzheng approve CASE --by NAME --letter deferral --to platform

Options:
      --by NAME       who checked
      --to LIST       only the letters to these (default: all that lie in packet)
      --letter NAME   one that lies in letters, named as for build --letter; it is written again
                      without the mark

Exit codes: 0 done, 1 no letters, or they changed since, 2 wrong use, 4 this person cannot
approve, or the case asks for no check.`,
	},
	writes: toCase,
	setup: func(fs *pflag.FlagSet) action {
		by := fs.String("by", "", "")
		to := fs.StringSlice("to", nil, "")
		name := fs.String("letter", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			if strings.TrimSpace(*by) == "" {
				return usage(text{ZH: "请用 --by 写明复核的人，例如 --by 李四", EN: "say with --by who checked, as in --by 李四"})
			}
			for _, t := range *to {
				if err := checkRole(t); err != nil {
					return err
				}
			}
			o := desk.ApproveOptions{By: *by, Letter: *name}
			if fs.Changed("to") {
				o.To = rolesOf(*to)
			}
			if desk.IsNextLetter(o.Letter) && len(o.To) != 1 {
				return usage(text{ZH: "--letter %[1]s 一次一处：用 --to 写明是哪一处，例如 --to platform",
					EN: "--letter %[1]s is for one recipient: say which, as in --to platform"}, o.Letter)
			}
			return approve(ctx, e, args[0], o)
		}
	},
}

func approve(ctx context.Context, e *env, dir string, o desk.ApproveOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Approve(ctx, d, dir, o)
	var no *desk.ApproverError
	if errors.As(err, &no) {
		return approverError(no, dir, o)
	}
	var next *desk.NextLetterError
	if errors.As(err, &next) {
		return nextLetterError(next, quote(dir), string(o.To[0]))
	}
	if err != nil {
		return e.unlessBlocked(err)
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	if len(r.Already) > 0 {
		e.say(text{ZH: "以前已经复核过，没有变：给%[1]s的信", EN: "approved before and unchanged: %[2]s"},
			titlesOf(r.Already, "zh"), titlesOf(r.Already, "en"))
	}
	for _, l := range r.Letters {
		e.printf(text{ZH: "%[1]s 复核了给%[2]s的信：%[3]s\n", EN: "%[1]s approved the letter to %[2]s: %[3]s\n"},
			visible(r.By),
			l.Recipient, l.Folder)
	}
	switch {
	case len(r.Letters) > 0:
		e.say(text{ZH: "已记入保管记录；信重新写好了，没有“待复核”", EN: "noted in the custody log; written again without the mark"})
	case len(r.To) > 0:
		e.printf(text{ZH: "%[1]s 复核了给%[2]s的信\n证据码 %[4]s\n",
			EN: "%[1]s approved the letters to %[3]s\nevidence code %[4]s\n"}, visible(r.By), titlesOf(r.To, "zh"),
			titlesOf(r.To, "en"), bag.FormatRoot(r.Code))
		e.say(text{ZH: "已记入保管记录。去掉“待复核”：%s", EN: "noted in the custody log. To make them without the mark: %s"},
			strings.Join(unmarked(r, dir), text{ZH: "；", EN: "; "}.In(e.lang)))
	}
	return nil
}

// unmarked are the commands that make what was approved without the mark: the letters,
// and supplements as they were made.
func unmarked(r desk.Approved, dir string) []string {
	var firsts []string
	to := map[string][]string{}
	for _, role := range r.To {
		first := r.Supplements[role]
		if to[first] == nil {
			firsts = append(firsts, first)
		}
		to[first] = append(to[first], string(role))
	}
	var out []string
	for _, first := range firsts {
		s := "juzheng build " + quote(dir) + " --to " + strings.Join(to[first], ",")
		if first != "" {
			s += " --supplement " + first
		}
		out = append(out, s)
	}
	return out
}

// approverError says why somebody cannot approve, and what to do.
func approverError(no *desk.ApproverError, dir string, o desk.ApproveOptions) error {
	by := visible(no.Name)
	switch no.Why {
	case desk.ReviewNotWanted:
		return fail(exitBlocked, no, text{ZH: "这个案件没有要求复核，信上没有“待复核”",
			EN: "this case asks for no second check, and its letters carry no mark"},
			text{ZH: "要的，在 case.toml 的 [organisation] 写 review = \"yes\"（写法见 juzheng help approve）",
				EN: "if one is wanted, write review = \"yes\" under [organisation] of case.toml (juzheng help approve)"})
	case desk.ApproverNameless:
		return usage(text{ZH: "--by 写的不是一个人的姓名", EN: "--by is not the name of a person"})
	case desk.NobodyPrepared:
		return fail(exitBlocked, no, text{ZH: "case.toml 没有写经办人，看不出是不是另一个人在复核",
			EN: "case.toml does not say who prepared the case, so nobody can be told to be another"},
			text{ZH: "在 [organisation] 写 signatory = \"经办人姓名\"，再 build 一次，看过信再复核",
				EN: "write signatory under [organisation], build again, and read the letters"})
	case desk.ApproverPrepared:
		return fail(exitBlocked, no, fill(text{ZH: "“%[1]s”经手过这个案件（经办人、投诉人或代理人），不能自己复核",
			EN: "%[1]q had a part in this case, and cannot be the second person"}, by),
			text{ZH: "请另一位同事看过信以后，写他的姓名", EN: "let a colleague read the letters, and give their name"})
	}
	to := ""
	if len(o.To) > 0 {
		to = " --to " + strings.Join(idsOf(o.To), ",")
	}
	return fail(exitFailed, no, text{ZH: "letters 里没有这封信，或者案件在那以后变了，不是看过的那一封了",
		EN: "there is no such letter in letters, or the case changed since it was written"},
		fill(text{ZH: "重新做一次，看过再复核：juzheng build %[1]s --letter %[2]s%[3]s",
			EN: "write it again, and read it first: juzheng build %[1]s --letter %[2]s%[3]s"}, quote(dir), o.Letter,
			to))
}

// tellUnreviewed says whose letters wait for a second person.
func (e *env) tellUnreviewed(to []evidence.Role, dir string) {
	if len(to) == 0 {
		return
	}
	e.say(text{ZH: "给%[1]s的信还没有复核，每页印着“待复核”，这样不能交。请另一位同事看过以后：juzheng approve %[3]s --by 姓名",
		EN: "not approved by a second person, each page says 待复核 (%[2]s). When a colleague has read them: " +
			"juzheng approve %[3]s --by NAME"}, titlesOf(to, "zh"), titlesOf(to, "en"), quote(dir))
}

// review says how far the second person's check has come.
func (p report) review(r *desk.Review, dir string) {
	switch {
	case r == nil:
		return
	case len(r.Waiting) == 0:
		p.line(2, text{ZH: "■ 复核：%[1]s %[2]s 复核过，信没有变", EN: "■ Second check: %[1]s, %[2]s; unchanged since"},
			visible(r.By), r.On)
		return
	}
	before := ""
	if r.By != "" {
		before = fmt.Sprintf(text{ZH: "（%s 复核过的已经变了）", EN: " (what %s approved has changed)"}.In(p.lang),
			visible(r.By))
	}
	p.line(2, text{ZH: "■ 待复核：juzheng approve %[4]s --by 姓名；给%[1]s的信%[3]s",
		EN: "■ Second check wanted: juzheng approve %[4]s --by NAME; %[2]s%[3]s"}, titlesOf(r.Waiting, "zh"),
		titlesOf(r.Waiting, "en"), before, quote(dir))
}
