package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/batch"
	"juzheng/cmd/internal/desk"
	"juzheng/evidence/track"
)

var statusCommand = command{
	name:  "status",
	long:  true,
	args:  "ROOT",
	brief: text{ZH: "一个文件夹里的所有案件：各到哪一步，最近的期限", EN: "all cases of a folder, what is due first"},
	least: 0,
	most:  1,
	help: text{
		ZH: `一次看完一个文件夹里的所有案件：每个案件一行，超期几处、等答复几处、已答复几处、待提交几处，
最近的日子和是哪一处。日子近的在前；读不了的案件排在最后，写明原因，不影响别的案件。
只读，不改任何案件。给同时帮几个人办的人用；一个案件的详情用 juzheng track。

最近七天向哪个机构交了几件、同一个人最多几件，列在下面，和机构写明的“每人每天几件”对照；
没有查到限制的写“没有查到”，不是没有限制。

用法：juzheng status 文件夹 [--ics 文件] [--xlsx 文件] [--csv 文件]
      juzheng status 文件夹 --callers
      juzheng status --nats nats://主机:4222 --key 私钥文件

选项：
      --ics FILE      所有案件的期限写成一个日历；再写一次会替换旧的
      --xlsx FILE     写成 Excel 工作簿：案件、期限、提交件数各一张表；不覆盖已有的文件
      --csv FILE      案件那张表写成 CSV；不覆盖已有的文件
      --callers       换一张表：哪个催收号码找过几位当事人。只算当事人自己写明是催收方的号码，
                      至少三位当事人接到过的才列；没有当事人的姓名，也没有案件夹的名字
      --nats URL      另一件事：juzheng batch --nats 发到服务器的案件各在哪一步、哪些试了三次
                      放弃了；只有案件编号
      --key FILE      和 juzheng worker 同一个私钥
      --nats-creds FILE   服务器给的凭据文件
      --nats-ca FILE      认可的服务器证书（PEM）

表里有案件夹的名字（--callers 除外）：写了当事人姓名的，注意放在哪里、给谁看。

退出码：0 完成，3 有案件读不了（其余的照样列出），10 里面没有案件。`,
		EN: `All cases of a folder at once, one a line: how many lanes are overdue, waiting, answered,
still to hand in, and the day that comes first, with whom. What is due soonest stands first;
a case that cannot be read stands last, with the reason, and stops no other. Nothing is
changed. For who helps several people; one case in full: juzheng track.

Below it: what was handed in during the last seven days, by body and day, and the most by
one person, beside what the body says it takes of a person a day; where no limit is on
record it says so, which is not that there is none.

Use: juzheng status ROOT [--ics FILE] [--xlsx FILE] [--csv FILE]
     juzheng status ROOT --callers
     juzheng status --nats nats://host:4222 --key KEYFILE

Options:
      --ics FILE      the terms of all cases as one calendar; a later one replaces it
      --xlsx FILE     a workbook: cases, terms, what was handed in; goes over no file
      --csv FILE      the table of cases as CSV; goes over no file
      --callers       another table: which collecting number reached how many clients. Only
                      numbers that clients said are the collector's, and that reached three
                      or more; it names no client and no case
      --nats URL      something else: where the cases are that juzheng batch --nats sent to the
                      servers, and which were given up after three tries; by ids alone
      --key FILE      the key that juzheng worker has
      --nats-creds FILE   file of credentials for the servers
      --nats-ca FILE      certificates by which servers are known (PEM)

The table has the names of the case folders (but for --callers): mind who reads it.

Exit codes: 0 done, 3 a case could not be read (the others are listed), 10 no cases there.`,
	},
	writes: &outputs{out: []string{"ics", "xlsx", "csv"}},
	setup: func(fs *pflag.FlagSet) action {
		var o statusOptions
		fs.StringVar(&o.ics, "ics", "", "")
		fs.StringVar(&o.book, "xlsx", "", "")
		fs.StringVar(&o.table, "csv", "", "")
		callers := fs.Bool("callers", false, "")
		var s batch.Server
		serverFlags(fs, &s)
		return func(ctx context.Context, e *env, args []string) error {
			switch {
			case fs.Changed("nats") && len(args) == 0 && !*callers && o == (statusOptions{}):
				return statusAtServers(ctx, e, s)
			case fs.Changed("nats"):
				return usage(text{ZH: "--nats 看的是服务器上的，不写文件夹，也不和 --ics 这些一起用",
					EN: "--nats is of the servers: give no folder, and not --ics or the like"})
			case s != (batch.Server{}):
				return usage(text{ZH: "--key、--nats-creds、--nats-ca 和 --nats 一起用",
					EN: "--key, --nats-creds and --nats-ca go with --nats"})
			case len(args) == 0:
				return usage(text{ZH: "缺少参数。用法：juzheng status 文件夹", EN: "missing argument; use: juzheng status ROOT"})
			case !*callers:
				return status(ctx, e, args[0], o)
			}
			if o != (statusOptions{}) {
				return usage(text{ZH: "--callers 是另一张表，不和 --ics、--xlsx、--csv 一起用",
					EN: "--callers is another table: not with --ics, --xlsx or --csv"})
			}
			return statusCallers(ctx, e, args[0])
		}
	},
}

// statusOptions are the files that are written beside the table; empty: none.
type statusOptions struct{ ics, book, table string }

func status(ctx context.Context, e *env, root string, o statusOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	all, err := desk.Status(ctx, d, root)
	if err != nil {
		return noCases(err)
	}
	if e.json {
		if err := e.emitLines(desk.StatusLines(all), root); err != nil {
			return err
		}
	} else {
		fmt.Fprint(e.stdout, columns(statusRows(all, e.lang), e.width()))
		if rows := filedRows(recent(desk.FiledPerDay(all), d.Now), e.lang); len(rows) > 1 {
			fmt.Fprint(e.stdout, "\n", columns(rows, e.width()))
		}
	}
	failed := 0
	for _, s := range all {
		if s.Twin != "" {
			e.say(twinText, visible(s.Folder), visible(s.Twin))
		}
		if s.Err == nil {
			continue
		}
		failed++
		if locked := (*desk.LockedCaseError)(nil); errors.As(s.Err, &locked) {
			e.say(text{ZH: "%[1]s 上了锁，没有打开：juzheng keep %[2]s --unlock",
				EN: "%[1]s is locked and was not opened: juzheng keep %[2]s --unlock"}, visible(s.Folder),
				quote(locked.Path))
			continue
		}
		why := firstLines(explain(s.Err).what)
		e.say(text{ZH: "%[1]s 读不了：%[2]s", EN: "%[1]s cannot be read: %[3]s"}, visible(s.Folder), why.ZH, why.EN)
	}
	if o.table != "" {
		if err := writeStatusSheet(e, all, o.table); err != nil {
			return err
		}
	}
	if o.book != "" {
		if err := writeStatusBook(e, all, o.book); err != nil {
			return err
		}
	}
	if o.ics != "" {
		if err := writeStatusCalendar(e, d, all, o.ics); err != nil {
			return err
		}
	}
	if failed > 0 {
		return silent(exitPartial)
	}
	return nil
}

// twinText says that two cases are of one person and creditor.
var twinText = text{
	ZH: "%[1]s 和 %[2]s 是同一个人、对同一家的两个案件：是重复建的，只留一个提交；不是的，不用管",
	EN: "%[1]s and %[2]s are cases of one person against one creditor: if one was made twice, file one of them alone; " +
		"if not, leave it"}

// noCases says what a folder without cases is.
func noCases(err error) error {
	var none *desk.NoCasesError
	if !errors.As(err, &none) {
		return err
	}
	hint := text{ZH: "给出放着各个案件夹的那个文件夹", EN: "give the folder that the case folders lie in"}
	if none.Case {
		hint = fill(text{ZH: "这是一个案件，看它到哪一步：juzheng track %[1]s", EN: "this is one case: juzheng track %[1]s"},
			quote(none.Root))
	}
	return fail(exitNoCase, none, fill(text{ZH: "%[1]s 里没有案件夹", EN: "%[1]s holds no case folders"},
		quote(visible(none.Root))), hint)
}

// statusRows are the table: its head, and a row a case.
func statusRows(all []desk.CaseStatus, lang string) [][]string {
	head := []text{{ZH: "案件夹", EN: "case"}, {ZH: "超期", EN: "overdue"}, {ZH: "等答复", EN: "waiting"},
		{ZH: "已答复", EN: "answered"}, {ZH: "待提交", EN: "to hand in"}, {ZH: "已结束", EN: "closed"},
		{ZH: "新证据", EN: "new"}, {ZH: "最近的日子", EN: "first day"}, {ZH: "哪一处", EN: "with"}}
	var first []string
	for _, h := range head {
		first = append(first, h.In(lang))
	}
	out := [][]string{first}
	for _, s := range all {
		row := []string{s.Folder}
		if s.Err != nil {
			out = append(out, append(row, "-", "-", "-", "-", "-", "-", "-",
				text{ZH: "读不了，原因在下面", EN: "cannot be read, see below"}.In(lang)))
			continue
		}
		for _, n := range []int{s.Count(track.Overdue), s.Count(track.Waiting), s.Count(track.Answered),
			s.Count(track.ToSign, track.ToSend), s.Count(track.Closed), s.Grown()} {
			row = append(row, fmt.Sprint(n))
		}
		day, with := "-", "-"
		if l, ok := s.Next(); ok {
			day, with = l.Until.Format("2006-01-02"), l.Recipient.Name
			if !l.ByRule {
				with += text{ZH: "（提醒，没有规定的期限）", EN: " (a reminder; no rule sets a term)"}.In(lang)
			} else if t, ok := l.Running(); ok && t.About() {
				day = text{ZH: "约 ", EN: "about "}.In(lang) + day
			}
		}
		out = append(out, append(row, day, with))
	}
	return out
}

// writeStatusSheet writes the table for a spreadsheet: UTF-8 with a byte order mark,
// and no folder's name is taken for a formula.
func writeStatusSheet(e *env, all []desk.CaseStatus, path string) error {
	if !strings.HasSuffix(strings.ToLower(path), ".csv") {
		path += ".csv"
	}
	b := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(b)
	w.UseCRLF = true
	for _, row := range statusRows(all, e.lang) {
		for n, s := range row {
			if s = visible(s); s != "-" && strings.ContainsAny(s[:min(1, len(s))], "=+-@") {
				s = "'" + s
			}
			row[n] = s
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	if w.Flush(); w.Error() != nil {
		return w.Error()
	}
	if err := desk.WriteNew(path, b.Bytes()); err != nil {
		return err
	}
	e.say(text{ZH: "表格：%s", EN: "table: %s"}, quote(path))
	return nil
}

func writeStatusCalendar(e *env, d desk.Desk, all []desk.CaseStatus, path string) error {
	c, err := desk.WriteStatusCalendar(d, all, path)
	var nothing *desk.NothingToRememberError
	if errors.As(err, &nothing) {
		return fail(exitBlocked, err, text{ZH: "这些案件都没有提交过，没有期限可以记；没有写日历",
			EN: "nothing was handed in in any of these cases, and no term runs; no calendar was written"},
			text{ZH: "交了以后先记下来：juzheng track 案件夹 filed", EN: "after handing in: juzheng track CASE filed"})
	}
	if err != nil {
		return err
	}
	e.say(text{ZH: "日历：%[1]s（%[2]d 天要记住）", EN: "calendar: %[1]s (%[2]d days to remember)"}, quote(c.Path), c.Events)
	return nil
}

// firstLines are the first of many faults of one case, and how many there are: the others
// are for whoever looks at that case alone.
func firstLines(t text) text {
	const most = 3
	cut := func(s, more string) string {
		lines := strings.Split(s, "\n")
		if len(lines) <= most {
			return s
		}
		return strings.Join(lines[:most], "\n") + "\n" + fmt.Sprintf(more, len(lines)-most)
	}
	return text{ZH: cut(t.ZH, "另有 %d 处：juzheng check 这个案件夹"), EN: cut(t.EN, "and %d more: juzheng check of that case")}
}
