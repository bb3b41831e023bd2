package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// usualForm is the file that form makes unless another is named.
const usualForm = "来访登记表.pdf"

var formCommand = command{
	name:  "form",
	args:  "[FILE]",
	brief: text{ZH: "打印一张空白的来访登记表，给来求助的人填", EN: "a blank form for who comes for help"},
	least: 0,
	most:  1,
	help: text{
		ZH: `做一张两页的空白登记表（PDF，A4），打印出来给来求助的人填：只有本人知道的事、要带来什么、
手机里的东西怎么交。项目和 case.toml、juzheng ask 问的一致，填好照着录入。

用法：juzheng form [登记表.pdf]
      juzheng form --from 机构.toml

选项：
      --from FILE     从这个文件的 [organisation] 取机构名称、地址、电话，印在表头；
                      写法与 case.toml 相同，也可以就是一个案件的 case.toml

表里没有任何人的信息，可以复印。已有的文件不覆盖。

退出码：0 完成，1 没能写成。`,
		EN: `Makes a blank form of two pages (PDF, A4) to print, for who comes for help: what only they can
say, what to bring, how to hand over what the phone holds. It asks what case.toml and juzheng
ask want to know. Its words are Chinese, as those of all papers.

Use: juzheng form [FILE]
     juzheng form --from organisation.toml

Options:
      --from FILE     take the letterhead from [organisation] of this file, which is written
                      like case.toml, or is one

It holds nobody's data, and may be copied. It goes over no file.

Exit codes: 0 done, 1 could not be written.`,
	},
	writes: &outputs{makes: 1, usual: usualForm},
	setup: func(fs *pflag.FlagSet) action {
		from := fs.String("from", "", "")
		return func(ctx context.Context, e *env, args []string) error {
			path := usualForm
			if len(args) > 0 {
				path = args[0]
			}
			if !strings.HasSuffix(strings.ToLower(path), ".pdf") {
				path += ".pdf"
			}
			return writeForm(ctx, e, path, *from)
		}
	},
}

func writeForm(ctx context.Context, e *env, path, from string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	var o evidence.Organisation
	if from != "" {
		c, err := desk.ReadAnswers(from)
		var unreadable *desk.UnreadableError
		if errors.As(err, &unreadable) {
			return fail(exitFailed, err, fill(text{ZH: "读不了 %s", EN: "cannot read %s"}, quote(from)))
		}
		if err != nil {
			return err
		}
		if o = c.Organisation; o.Name == "" {
			e.say(text{ZH: "%s 里没有 [organisation] 的 name，表头没有机构名称",
				EN: "%s names no organisation; the form has no letterhead"},
				quote(from))
		}
	}
	r, err := desk.WriteForm(ctx, d, path, o)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), "")
	}
	e.printf(text{ZH: "来访登记表：%[1]s（%[2]d 页）\n", EN: "form: %[1]s (%[2]d pages)\n"}, r.Path, r.Pages)
	e.say(text{ZH: "打印出来给来求助的人填；填好以后建案件：juzheng init 案件夹",
		EN: "print it to be filled in by hand; then: juzheng init CASE"})
	return nil
}
