package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"juzheng/evidence/intake"
)

var addCommand = command{
	name:  "add",
	args:  "CASE PATH...",
	brief: text{"加入手机里的文件：复制、计算校验值、识别、编号", "copy files in, hash, recognise and number them"},
	least: 2,
	most:  -1,
	help: text{
		`把文件或文件夹加入案件。原文件只读取、不改动；每个文件复制后再读一遍比对。
录音、短信备份、通话详单会成为时间线里的行；内容完全相同的文件只存一份并记录在案；
用不上的文件逐个列出并说明原因。同一个文件夹加两次，什么也不会变。

用法：juzheng add 案件夹 文件或文件夹...

退出码：0 全部用上，3 做成了但有文件没能用上（已列出），11 案件正被使用。`,
		`Adds files or folders. Sources are only read; each copy is read again and compared.
Recordings, SMS backups and carrier lists become rows of the timeline; identical files
are stored once and kept on the record; what cannot be used is listed with the reason.
Adding a folder twice changes nothing.

Use: juzheng add CASE PATH...

Exit codes: 0 all used, 3 done but some files could not be used (listed), 11 case in use.`,
	},
	setup: func(*pflag.FlagSet) action {
		return func(ctx context.Context, e *env, args []string) error { return add(ctx, e, args[0], args[1:]) }
	},
}

func add(ctx context.Context, e *env, dir string, paths []string) error {
	now, err := e.clock()
	if err != nil {
		return err
	}
	s, err := addTo(ctx, e, dir, paths, now)
	if err != nil {
		return err
	}
	if e.json {
		err = emitAdded(e, s)
	} else {
		e.tellAdded(s, dir)
	}
	if err != nil {
		return err
	}
	for _, u := range s.Unusable {
		if u.Code != "system-file" {
			return silent(exitPartial)
		}
	}
	return nil
}

// addTo adds under the case's lock, showing progress.
func addTo(ctx context.Context, e *env, dir string, paths []string, now time.Time) (intake.Summary, error) {
	f, unlock, err := lockCase(dir, now)
	if err != nil {
		return intake.Summary{}, err
	}
	defer unlock()
	bar := newProgress(e, text{"正在加入", "adding"})
	defer bar.end()
	return intake.Add(ctx, f, paths, intake.Options{Now: now,
		Progress: func(done, total int, _ string) { bar.step(int64(done), int64(total)) }})
}

// tool is how this program names itself in records.
func tool() string { return "juzheng " + software() }

func (e *env) tellAdded(s intake.Summary, dir string) {
	for _, x := range s.Admitted {
		fmt.Fprintf(e.stdout, "%s  %s  %s\n", x.Number, pad(kindName(x.Kind).In(e.lang), 10), visible(x.OriginalName))
		for _, n := range x.Notes {
			fmt.Fprintf(e.stdout, "      · %s\n", visible(n.Detail))
		}
	}
	for _, d := range s.Duplicates {
		e.printf(text{"相同  %s 与 %s 逐字节相同，不重复存放，已记录\n", "same  %s is byte for byte %s: kept on record, not stored again\n"}, visible(d.Path), d.Exhibit)
	}
	for _, u := range s.Unusable {
		e.printf(text{"未用  %s：%s\n", "not used  %s: %s\n"}, visible(u.Path), visible(u.Detail))
	}
	for _, k := range s.Skipped {
		e.printf(text{"跳过  %s 第 %d 行：%s\n", "skipped  %s line %d: %s\n"}, k.Exhibit, k.Line, visible(k.Detail.In(e.lang)))
	}
	for _, l := range s.Links {
		e.printf(text{"对应  %s 与时间线 %s 是同一件事；已记下，原来的行没有改\n", "match  %s shows the same event as row %s; noted, the row was not changed\n"}, l.Exhibit, l.Incident)
	}
	if s.Known == s.Given {
		e.say(text{"这 %d 个文件以前都加过，什么也没有变。", "all %d files were added before; nothing changed."}, s.Given)
		return
	}
	e.say(text{
		"给了 %d 个文件：新证据 %d，重复 %d，以前加过 %d，没能用上 %d。时间线新增 %d 行。",
		"%d files given: %d new exhibits, %d identical, %d added before, %d not used. %d new rows in the timeline.",
	}, s.Given, len(s.Admitted), len(s.Duplicates), s.Known, len(s.Unusable), len(s.Incidents))
	if len(s.Signatures) > 0 {
		e.say(text{"短信里出现的签名：%s。其中若有您的平台，请核对 case.toml 里的名称。", "signatures in messages: %s; if one is your platform, check its name in case.toml."},
			strings.Join(s.Signatures, text{"、", ", "}.In(e.lang)))
	}
	e.say(text{"下一步：在 case.toml 写明催收号码，再运行 juzheng timeline %s", "next: name the collector's numbers in case.toml, then juzheng timeline %s"}, quote(dir))
}

func emitAdded(e *env, s intake.Summary) error {
	for _, x := range s.Admitted {
		if err := emit(e.stdout, "exhibit", x); err != nil {
			return err
		}
	}
	for _, d := range s.Duplicates {
		if err := emit(e.stdout, "duplicate", d); err != nil {
			return err
		}
	}
	for _, u := range s.Unusable {
		if err := emit(e.stdout, "unusable", u); err != nil {
			return err
		}
	}
	return emit(e.stdout, "summary", map[string]int{
		"given": s.Given, "admitted": len(s.Admitted), "duplicates": len(s.Duplicates), "known": s.Known,
		"unusable": len(s.Unusable), "incidents": len(s.Incidents), "links": len(s.Links)})
}
