package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/folder"
)

var exportCommand = command{
	name:  "export",
	args:  "CASE --to PATH",
	brief: text{ZH: "导出证据包副本，可以只随附一部分证据", EN: "copy the bundle out, whole or in part"},
	least: 1,
	most:  1,
	help: text{
		ZH: `导出证据包的副本交给别人。可以只随附一部分证据：信上的证据码照样能核对这份副本，
没有随附的只看得出有几件，名称、大小、校验值和时间线里的内容都不在里面。
整份的通话记录、短信备份、聊天记录默认不给：里面有别人的记录，信里引用的是摘录。
导出记入保管记录；副本里只有关于它自己的那一条，没有交给别人的记录。

用法：juzheng export 案件夹 --to 副本.zip
      juzheng export 案件夹 --to 文件夹 --only E001,E003
      juzheng export 案件夹 --to 副本.zip --recipient platform --receiver "某某平台"

选项：
      --to PATH         副本放在哪里：.zip 结尾的是压缩包，其他是文件夹；不能已经存在
      --only LIST       只随附这些证据（编号）
      --no-record LIST  这些证据只给内容，来源记录（原文件名、时间、手机）不给：文件名里有
                        别人姓名的用；时间线里的行照常，要先看一遍
      --whole           整份的通话记录、短信备份、聊天记录也给；对方要拿摘录和整份核对时用
      --recipient WHO   只随附给这个机构的信里用到的证据：platform、nifa、forward、regulator
      --receiver NAME   交给谁；同时做一份交接单（PDF），上面印着这份副本的校验值
      --sign KEY        用这把 SSH 私钥给这份副本签名：核对的人能看出没有提供的是由谁决定的
      --slip FILE       交接单放在哪里（默认在案件夹的 handover 里）

退出码：0 完成，1 没能做成，5 证据包已被改动，10 没有案件。`,
		EN: `Copies the bundle for somebody else. Exhibits can be withheld: the evidence code on the
letter proves the copy all the same, and it tells of what is withheld how many they are
and nothing else: no name, size, digest, or row of the timeline. Whole logs of calls and
messages are withheld, for they hold records of others; letters cite extracts of them.
The export is recorded in the custody log; the copy holds the record of itself, and none
of others.

Use: juzheng export CASE --to COPY.zip
     juzheng export CASE --to FOLDER --only E001,E003
     juzheng export CASE --to COPY.zip --recipient platform --receiver "NAME"

Options:
      --to PATH         where: a zip if it ends in .zip, else a folder; must not exist
      --only LIST       only these exhibits go along (numbers)
      --no-record LIST  of these the content alone goes along, and not the record of where it
                        comes from (original name, times, phone): where a name tells of
                        somebody else; rows of the timeline stay, so look them over
      --whole           whole logs of calls and messages as well, for whoever wants to hold an
                        extract against its log
      --recipient WHO   only those the letter to platform, nifa or regulator rests on
      --receiver NAME   who gets it: a handover slip (PDF) is made as well, with the digest
                        of this copy
      --sign KEY        sign this copy with an SSH key: whoever checks it sees who withheld
      --slip FILE       where the slip goes (default: the folder handover of the case)

Exit codes: 0 done, 1 could not be done, 5 the bundle was altered, 10 no case.`,
	},
	writes: &outputs{of: 1, out: []string{"to", "slip"}},
	setup: func(fs *pflag.FlagSet) action {
		var o desk.ExportOptions
		fs.StringVar(&o.To, "to", "", "")
		only := fs.StringSlice("only", nil, "")
		bare := fs.StringSlice("no-record", nil, "")
		fs.StringVar((*string)(&o.Recipient), "recipient", "", "")
		fs.StringVar(&o.Receiver, "receiver", "", "")
		fs.StringVar(&o.Slip, "slip", "", "")
		fs.StringVar(&o.Key, "sign", "", "")
		fs.BoolVar(&o.Whole, "whole", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			o.Only, o.Bare = exhibitList(*only), exhibitList(*bare)
			switch {
			case o.To == "":
				return usage(text{ZH: "请用 --to 说明副本放在哪里", EN: "say with --to where the copy goes"})
			case fs.Changed("only") && o.Recipient != "":
				return usage(text{ZH: "--only 和 --recipient 只能用一个", EN: "use --only or --recipient, not both"})
			case fs.Changed("only") && len(o.Only) == 0:
				return usage(text{ZH: "--only 是空的，应为 E001,E003 这样的编号",
					EN: "--only is empty; wanted numbers such as E001,E003"})
			case o.Whole && (fs.Changed("only") || o.Recipient != ""):
				return usage(text{ZH: "--whole 是整份都交，不和 --only、--recipient 一起用",
					EN: "--whole is all of it, and goes with neither --only nor --recipient"})
			case o.Slip != "" && o.Receiver == "":
				return usage(text{ZH: "--slip 要和 --receiver 一起用：交接单要写明接收人",
					EN: "--slip goes with --receiver: a slip names who receives"})
			}
			return export(ctx, e, args[0], o)
		}
	},
}

// exhibitList are numbers of exhibits as they are typed.
func exhibitList(list []string) []string {
	var out []string
	for _, n := range list {
		if n = strings.ToUpper(strings.TrimSpace(n)); n != "" {
			out = append(out, n)
		}
	}
	return out
}

func export(ctx context.Context, e *env, dir string, o desk.ExportOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	made, err := desk.Export(ctx, d, dir, o)
	if err != nil {
		return exportError(dir, o.To, err)
	}
	if e.json {
		return e.emitLines(made.Lines(), dir)
	}
	e.printf(text{ZH: "副本  %s\n", EN: "copy  %s\n"}, made.Path)
	all := made.Here + len(made.Withheld)
	switch {
	case len(made.Withheld) == 0:
	case made.Format == 2:
		e.printf(text{ZH: "未提供  %s\n", EN: "withheld  %s\n"}, strings.Join(made.Withheld, " "))
		e.say(text{ZH: "副本有 %d 件，全部证据 %d 件；证据码不变，核对的人只看得出另有 %d 件没有提供。",
			EN: "%d of %d exhibits are in the copy; the code is the same, and whoever checks sees only that %d are " +
				"withheld."},
			made.Here, all, len(made.Withheld))
	default:
		e.printf(text{ZH: "未随附  %s\n", EN: "withheld  %s\n"}, strings.Join(made.Withheld, " "))
		e.say(text{ZH: "这个证据包是旧格式的：副本里仍有全部证据的编号、原文件名、时间线和保管记录。先运行 juzheng build 再导出，就不会。",
			EN: "this bundle is of the older format: the copy still holds the numbers and names of all exhibits, the " +
				"timeline " +
				"and the custody log. Run juzheng build first, and it will not."})
	}
	e.sayBare(o.Bare)
	if made.Slip != "" {
		e.tellSlip(made.Slip, made.Copy, made.SlipCount, made.SlipHead)
	}
	partial := ""
	if len(made.Withheld)+len(o.Bare) > 0 {
		partial = " --partial-ok"
	}
	e.say(text{ZH: "下一步：juzheng verify %s --expect \"信上的证据码\"%s",
		EN: "next: juzheng verify %s --expect \"the code on the letter\"%s"}, quote(made.Path), partial)
	return nil
}

// sayBare tells of which exhibits the record stays here.
func (e *env) sayBare(exhibits []string) {
	if len(exhibits) > 0 {
		e.say(text{ZH: "%s 的来源记录没有给；内容照样能核对，原文件名和时间对方看不到。",
			EN: "the records of %s stay here: their content is checked as ever, and names and times are not told."},
			names(exhibits))
	}
}

func exportError(dir, to string, err error) error {
	var unknown *folder.UnknownExhibitError
	var covered *desk.AllCoveredError
	var unable *desk.NotCompetentError
	switch {
	case errors.Is(err, desk.ErrSignOld):
		return fail(exitFailed, nil, text{ZH: "这个证据包是旧格式的，副本不能单独签名",
			EN: "this bundle is of the older format, and its copies are not signed one by one"},
			fill(text{ZH: "先运行 juzheng build %s", EN: "run juzheng build %s first"}, quote(dir)))
	case errors.Is(err, folder.ErrRecordsOld):
		return fail(exitFailed, nil, text{ZH: "这个证据包是旧格式的，来源记录都在一个文件里，不能单独不给",
			EN: "this bundle is of the older format, where one file has the records of all exhibits"},
			fill(text{ZH: "先运行 juzheng build %s", EN: "run juzheng build %s first"}, quote(dir)))
	case errors.As(err, &unknown):
		return usage(text{ZH: "证据包里没有证据 %s（juzheng list 列出全部编号）",
			EN: "the bundle has no exhibit %s (juzheng list shows them)"}, unknown.Number)
	case errors.Is(err, folder.ErrInsideCase):
		return usage(text{ZH: "副本不能放进证据包里面（%s）：多出的文件会使它不再完好",
			EN: "the copy cannot go inside the bundle (%s): a further file there would be a change"}, to)
	case errors.Is(err, desk.ErrMovedOn):
		return fail(exitFailed, nil, text{ZH: "案件在封存之后又有变化，信里用到的证据可能与证据包对不上",
			EN: "the case changed since it was sealed: what the letter rests on may not be what the bundle holds"},
			fill(text{ZH: "先运行 juzheng build %s", EN: "run juzheng build %s first"}, quote(dir)))
	case errors.As(err, &unable):
		return fail(exitBlocked, err, fill(notCompetent, unable.Name))
	case errors.As(err, &covered):
		return fail(exitFailed, nil, fill(text{ZH: "信里用到的证据都有遮盖（%s），副本里会是没有遮盖的原件",
			EN: "all that the letter rests on is covered in part (%s), and a copy holds the originals"},
			names(covered.Exhibits)),
			text{ZH: "确实要交出原件的，用 --only 写明编号", EN: "to hand the originals over all the same, name them with --only"})
	}
	return signError(err)
}
