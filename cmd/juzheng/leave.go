package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

var leaveCommand = command{
	name:  "leave",
	args:  "CASE [EXHIBIT...]",
	brief: text{ZH: "把和本案无关的私人照片、文件、录音留在证据包外", EN: "keep private files out of the bundle"},
	least: 1,
	most:  -1,
	help: text{
		ZH: `加进来的照片、文件、录音有和催收无关的私人内容时，用它留在外面：不放进证据包，也不出现在信和
证据册里。文件还在案件夹的 exhibits 里，编号不变，不会给别的证据；随时可以放回来。
信要靠它证明的，不能留在外面，会告诉您是哪几行、哪封信。

用法：juzheng leave 案件夹                  列出现在不放进去的，和还放着的私人内容
      juzheng leave 案件夹 E017 E018        不放进去
      juzheng leave 案件夹 --back E017      放回来

选项：
      --back          放回来
      --reason WHY    不放的原因，例如 家人照片。收到证据包的人看得到编号和原因（说明编号为什么
                      不连续），看不到文件名和内容；不写就只有编号

已经生成过证据包的，改了以后再运行 juzheng build：证据码会变，以前信上印的仍然可以核对。

退出码：0 完成，2 没有这份证据，4 信要靠它证明（什么都没有改），10 没有案件。`,
		EN: `Keeps what is private and has nothing to do with the collection out of the bundle, of the
letters and of the exhibit book. The file stays in the folder exhibits of the case, its number
is given to nothing else, and it can be taken back at any time. What a letter rests on cannot
be left out; you are told which rows and which letters.

Use: juzheng leave CASE                     lists what stays out now, and what is private and in
     juzheng leave CASE E017 E018           leaves them out
     juzheng leave CASE --back E017         takes it back

Options:
      --back          take them back
      --reason WHY    why, such as family photo. Whoever gets the bundle sees number and reason
                      (they explain why a number is missing), and neither name nor content;
                      without it the number alone

Where a bundle was made before, run juzheng build again: the evidence code changes, and what
earlier letters print can still be checked.

Exit codes: 0 done, 2 no such exhibit, 4 a letter rests on it (nothing changed), 10 no case.`,
	},
	writes: toCase,
	setup: func(fs *pflag.FlagSet) action {
		var o desk.LeaveOptions
		fs.BoolVar(&o.Back, "back", false, "")
		fs.StringVar(&o.Reason, "reason", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			o.Reason = strings.Join(strings.Fields(o.Reason), " ")
			o.Exhibits = nil
			for _, a := range args[1:] {
				o.Exhibits = append(o.Exhibits, evidence.SplitList(a)...)
			}
			switch {
			case o.Back && len(o.Exhibits) == 0:
				return usage(text{ZH: "--back 要写把哪几份放回来，例如 juzheng leave 案件夹 --back E017",
					EN: "--back wants exhibits, as in juzheng leave CASE --back E017"})
			case o.Reason != "" && (o.Back || len(o.Exhibits) == 0):
				return usage(text{ZH: "--reason 是不放进去的原因，要和编号一起写",
					EN: "--reason is why exhibits are left out, and goes with their numbers"})
			}
			return leave(ctx, e, args[0], o)
		}
	},
}

func leave(ctx context.Context, e *env, dir string, o desk.LeaveOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Leave(ctx, d, dir, o)
	if err != nil {
		return leaveError(err, dir)
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	e.tellLeft(r, dir)
	return nil
}

// tellLeft says what changed, and what stays out by now.
func (e *env) tellLeft(r desk.Left, dir string) {
	var table [][]string
	for _, x := range r.Out {
		with := ""
		if len(x.Rows) > 0 {
			with = fmt.Sprintf(text{ZH: "时间线的 %s 也不放", EN: "with %s of the timeline"}.In(e.lang), rows(x.Rows, e.lang))
		}
		why := visible(x.Reason)
		if !x.Said {
			why = text{ZH: "没有用到，您也还没有说", EN: "not used, and you have not said yet"}.In(e.lang)
		}
		table = append(table, []string{x.Exhibit, why, with})
	}
	fmt.Fprint(e.stdout, columns(table, e.width()))
	if len(r.Same) > 0 {
		e.say(text{ZH: "本来就是这样，没有变：%s", EN: "was so already: %s"}, names(r.Same))
	}
	if len(r.Private) > 0 {
		e.say(text{
			ZH: "还放在里面、信又没有用到的，这几份有别人的号码、验证码、私人通话，或者是数据库、备份：%s。不想给别人看的：juzheng leave %s %s",
			EN: "still in, and used by no letter, these hold numbers of others, codes or private calls, or are " +
				"databases " +
				"or backups: %s. To keep them from others: juzheng leave %s %s"}, names(r.Private),
			quote(dir),
			strings.Join(r.Private, " "))
	}
	switch {
	case len(r.Changed) == 0 && len(r.Out) == 0:
		e.say(text{ZH: "没有留在外面的证据。", EN: "nothing is left out."})
	case len(r.Changed) == 0:
		e.say(text{ZH: "上面 %d 份不放进证据包和信。", EN: "these %d stay out of bundle and papers."}, len(r.Out))
	case r.Back:
		e.say(text{ZH: "放回来了：%s。下一步：juzheng build %s", EN: "taken back: %s. next: juzheng build %s"},
			names(r.Changed), quote(dir))
	default:
		e.say(text{ZH: "不放进证据包和信：%s。原件和编号都还在；放回来：juzheng leave %s --back %s\n下一步：juzheng build %[2]s",
			EN: "left out of bundle and papers: %s. File and number stay; to take back: juzheng leave %s --back %s\n" +
				"next: juzheng build %[2]s"}, names(r.Changed), quote(dir), strings.Join(r.Changed, " "))
	}
}

func leaveError(err error, dir string) error {
	var unknown *desk.NoExhibitError
	var used *desk.InUseError
	switch {
	case errors.As(err, &unknown):
		return usage(text{ZH: "没有登记的证据 %s（juzheng list 可以看到）",
			EN: "no exhibit %s is registered (juzheng list shows them)"}, visible(unknown.Number))
	case errors.As(err, &used):
		var zh, en []string
		for _, u := range used.Uses {
			z, n := useWords(u)
			zh, en = append(zh, z), append(en, n)
		}
		return fail(exitBlocked, err, fill(text{ZH: "信要靠它证明，没有留在外面，什么都没有改：\n      %[1]s",
			EN: "letters rest on it, so that it is not left out; nothing was changed:\n       %[2]s"},
			strings.Join(zh, "\n      "), strings.Join(en, "\n       ")),
			fill(text{ZH: "只是想遮住一部分的，用 juzheng redact %[1]s；不想用它的，把这几行的“是否采用”写成否，或者从 case.toml 里删去编号",
				EN: "to cover a part, use juzheng redact %[1]s; not to use it at all, write no under use in these " +
					"rows, or " +
					"take its number out of case.toml"}, quote(dir)))
	}
	return err
}

// useWords say what rests on an exhibit.
func useWords(u desk.Use) (zh, en string) {
	zh, en = u.Exhibit+"：", u.Exhibit+": "
	if len(u.Rows) > 0 {
		zh += "时间线 " + rows(u.Rows, "zh")
		en += "timeline " + rows(u.Rows, "en")
	}
	if len(u.Letters) > 0 {
		zh += "，写进了给" + strings.Join(u.Letters, "、") + "的信"
		en += ", in the letters to " + strings.Join(u.Letters, ", ")
	}
	if len(u.Keys) > 0 {
		if len(u.Rows) > 0 {
			zh, en = zh+"；", en+"; "
		}
		zh += "case.toml 的 " + strings.Join(u.Keys, "、")
		en += "case.toml " + strings.Join(u.Keys, ", ")
	}
	return zh, en
}
