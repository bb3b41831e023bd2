package main

import (
	"context"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/folder"
)

var addCommand = command{
	name:  "add",
	args:  "CASE PATH...",
	brief: text{ZH: "加入手机里的文件：复制、计算校验值、识别、编号", EN: "copy files in, hash, recognise and number them"},
	least: 2,
	most:  -1,
	help: text{
		ZH: `把文件或文件夹加入案件。原文件只读取、不改动；每个文件复制后再读一遍比对。
录音、短信备份、通话详单会成为时间线里的行；内容完全相同的文件只存一份并记录在案；
用不上的文件逐个列出并说明原因。同一个文件夹加两次，什么也不会变。
压缩包（zip、tar、tar.gz、tar.bz2、tar.xz）不用先解压：里面的文件逐个加入，来源记作“压缩包!里面的位置”。

用法：juzheng add 案件夹 文件、文件夹或压缩包... [--phone-of 谁]

选项：
      --phone-of 谁   文件来自谁的手机：紧急联系人、担保人、单位、亲友、陌生人，或者本人；别人的
                      手机，只有 case.toml 里写明是催收方的号码打来、发来的，才记为联系到了这个人；
                      以前加过的文件也可以这样改，时间线里的“联系到谁”跟着改
      --keep-archives  压缩包本身也存为一份证据；平时只要里面的文件
      --rehash        加过的文件也从头到尾再读一遍；平时大小、时间、位置和首尾都没变的，不再整份读

退出码：0 全部用上，3 做成了但有文件没能用上或者没有读（已列出），11 案件正被使用。`,
		EN: `Adds files or folders. Sources are only read; each copy is read again and compared.
Recordings, SMS backups and carrier lists become rows of the timeline; identical files
are stored once and kept on the record; what cannot be used is listed with the reason.
Adding a folder twice changes nothing. Archives (zip, tar, tar.gz, tar.bz2, tar.xz) need not be unpacked:
their files are added one by one, with “archive!path in it” as their source.

Use: juzheng add CASE PATH... [--phone-of WHO]

Options:
      --phone-of WHO   whose phone the files are from: emergency, guarantor, workplace, family,
                       stranger, or self; on somebody else's, only calls and messages from
                       numbers that case.toml names as the collector's count as having reached
                       them; works on files added before too, and reached follows
      --keep-archives  an archive becomes an exhibit itself too; else only its files do
      --rehash         read files that were added before to their end again; else those whose
                       size, time, place, beginning and end are the same are not

Exit codes: 0 all used, 3 done but some files could not be used or read (listed), 11 case in
use.`,
	},
	writes: toCase,
	setup: func(fs *pflag.FlagSet) action {
		whose := fs.String("phone-of", "", "")
		rehash := fs.Bool("rehash", false, "")
		keep := fs.Bool("keep-archives", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			who, ok := folder.ParseReached(*whose)
			if !ok {
				return fail(exitUsage, nil, text{
					ZH: "--phone-of 后面写：紧急联系人、担保人、单位、亲友、陌生人 或 本人",
					EN: "--phone-of wants emergency, guarantor, workplace, family, stranger or self",
				}, meant(*whose, phoneOwners, "")...)
			}
			return add(ctx, e, args[0], desk.AddOptions{Paths: args[1:], PhoneOf: who, Rehash: *rehash,
				KeepArchives: *keep}, true)
		}
	},
}

// phoneOwners are the words for --phone-of, as its help has them.
var phoneOwners = []string{"紧急联系人", "担保人", "单位", "亲友", "陌生人", "本人", "emergency", "guarantor", "workplace", "family",
	"stranger", "self"}

// add adds files and says what became of them; next: and what to do next.
func add(ctx context.Context, e *env, dir string, o desk.AddOptions, next bool) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	s, err := desk.Add(ctx, d, dir, o)
	if err != nil {
		return err
	}
	if e.json {
		err = e.emitLines(s.Lines(), dir)
	} else {
		e.tellAdded(s, dir)
		if next {
			e.tellNext(s, dir)
		}
	}
	if err == nil && s.Partial() {
		err = silent(exitPartial)
	}
	return err
}

// tool is how this program names itself in records.
func tool() string { return "juzheng " + software() }
