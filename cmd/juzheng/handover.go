package main

import (
	"context"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/bag"
)

var handoverCommand = command{
	name:  "handover",
	args:  "CASE --receiver NAME",
	brief: text{ZH: "交出 bundle.zip 时做一份交接单，双方签名", EN: "a slip to sign when bundle.zip is handed over"},
	least: 1,
	most:  1,
	help: text{
		ZH: `把 bundle.zip 交给别人时，做一份一页的交接单（PDF）：证据码、本包校验值、
保管记录的条数和末条校验值、接收人、日期、双方签名处。交接记入案件的保管记录，bundle.zip 不变。
证据包里有整份的通话记录、短信备份、聊天记录时，默认不交整份：另做一份只有摘录的副本（放在 handover 里），
证据码不变；对方要核对摘录时，再用 --whole 交整份。
接收人以后用交接单上的本包校验值，就能核对整份副本（见 juzheng help verify）。

用法：juzheng handover 案件夹 --receiver "某某律师事务所"

选项：
      --receiver NAME   交给谁；名字记入案件的保管记录
      --slip FILE       交接单放在哪里（默认在案件夹的 handover 里）
      --whole           整份的通话记录、短信备份、聊天记录也交
      --no-record LIST  这些证据（编号）只给内容，来源记录（原文件名、时间、手机）不给：文件名里
                        有别人姓名的用；另做一份副本

只交一部分证据：见 juzheng help export，它也做交接单。

退出码：0 完成，1 没能做成，5 证据包已被改动，10 没有案件。`,
		EN: `For handing bundle.zip to somebody: a slip of one page (PDF) with the evidence code, the digest
of this copy, head and count of its log, who receives, the date, and room for both to sign.
The handover is recorded in the custody log of the case, and bundle.zip stays as it is. By
the digest on the slip the receiver can check all of the copy (juzheng help verify).
Whole logs of calls and messages are not handed over unless told to: a copy with extracts
alone is made in the folder handover, under the same code. To let the receiver hold an
extract against its log, hand it over with --whole.

Use: juzheng handover CASE --receiver "NAME"

Options:
      --receiver NAME   who gets it; the name stands in the custody log of the case
      --slip FILE       where the slip goes (default: the folder handover of the case)
      --whole           whole logs of calls and messages as well
      --no-record LIST  of these exhibits the content alone goes along, and not the record of
                        where it comes from (original name, times, phone): where a name tells
                        of somebody else; a copy is made

To hand over some exhibits only: juzheng help export; it makes a slip as well.

Exit codes: 0 done, 1 could not be done, 5 the bundle was altered, 10 no case.`,
	},
	writes: &outputs{of: 1, out: []string{"slip"}},
	setup: func(fs *pflag.FlagSet) action {
		var o desk.HandoverOptions
		fs.StringVar(&o.Receiver, "receiver", "", "")
		fs.StringVar(&o.Slip, "slip", "", "")
		fs.BoolVar(&o.Whole, "whole", false, "")
		bare := fs.StringSlice("no-record", nil, "")
		return func(ctx context.Context, e *env, args []string) error {
			o.Bare = exhibitList(*bare)
			if strings.TrimSpace(o.Receiver) == "" {
				return usage(text{ZH: "请用 --receiver 写明交给谁", EN: "say with --receiver who gets it"})
			}
			return handover(ctx, e, args[0], o)
		}
	},
}

func handover(ctx context.Context, e *env, dir string, o desk.HandoverOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	made, err := desk.Handover(ctx, d, dir, o)
	if err != nil {
		return exportError(dir, o.Slip, err)
	}
	if e.json {
		return e.emitLines(made.Lines(), dir)
	}
	e.sayBare(o.Bare)
	e.tellSlip(made.Slip, made.Copy, made.Count, made.AfterHead)
	e.say(text{ZH: "下一步：打印两份，双方签名；把 %s 交给接收人", EN: "next: print it twice, both sign; hand over %s"}, made.Path)
	return nil
}

func (e *env) tellSlip(path, digest string, count int, head string) {
	if digest == "" {
		e.printf(text{ZH: "交接单  %s\n封存后记录  %d 条，末条 %s\n",
			EN: "slip  %s\nlog after the seal  %d records, head %s\n"}, path, count, bag.FormatRoot(head))
		return
	}
	e.printf(text{ZH: "交接单  %s\n本包校验值  %s\n保管记录  %d 条，末条 %s\n",
		EN: "slip  %s\ndigest of the copy  %s\nlog  %d records, head %s\n"}, path, bag.FormatRoot(digest), count,
		bag.FormatRoot(head))
}
