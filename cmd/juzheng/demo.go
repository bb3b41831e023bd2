package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/juzheng/demo"
)

// usualDemo is the folder that demo makes unless another is named.
const usualDemo = "juzheng-demo"

var demoCommand = command{
	name:  "demo",
	args:  "[DIR]",
	brief: text{ZH: "生成一个完整的虚构案件，什么都不用准备", EN: "make a complete invented case"},
	most:  1,
	help: text{
		ZH: `用程序自带的虚构材料走完全程：新建案件、加入手机文件、补充时间线、检查、封存、
生成三套投诉材料、核对证据包。放在 juzheng-demo 文件夹（或您指定的新文件夹）。
人物、号码、公司和录音都是虚构的，请勿提交。

用法：juzheng demo [文件夹]`,
		EN: `Walks the whole road on invented material that is part of the program: new case,
phone files added, timeline completed, check, seal, three packets, verify. It goes to
juzheng-demo, or to a new folder you name. People, numbers, companies and voices are
invented: do not file it.

Use: juzheng demo [DIR]`,
	},
	writes: &outputs{makes: 1, usual: usualDemo},
	setup: func(*pflag.FlagSet) action {
		return func(ctx context.Context, e *env, args []string) error {
			dir := usualDemo
			if len(args) > 0 {
				dir = args[0]
			}
			return runDemo(ctx, e, dir)
		}
	},
}

func runDemo(ctx context.Context, e *env, dir string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return fail(exitFailed, nil, fill(text{ZH: "%s 已经存在而且不是空的", EN: "%s is there already and not empty"}, dir),
			text{ZH: "换一个名字：juzheng demo 另一个文件夹；或先把它删除",
				EN: "name another folder: juzheng demo DIR; or delete it first"})
	}
	d, err := e.desk()
	if err != nil {
		return err
	}
	phone, kase := filepath.Join(dir, "手机文件"), filepath.Join(dir, "案件")
	e.say(text{ZH: "1/6 写出虚构的手机文件：%s", EN: "1/6 writing the invented phone files: %s"}, phone)
	if err := demo.Write(phone); err != nil {
		return err
	}
	e.say(text{ZH: "2/6 新建案件：%s", EN: "2/6 making the case: %s"}, kase)
	if _, err := desk.InitPublished(ctx, d, kase, demo.Case(), demo.Key()); err != nil {
		return err
	}
	e.say(text{ZH: "3/6 加入手机文件（原文件不改动）", EN: "3/6 adding the phone files (they are only read)"})
	s, err := desk.Add(ctx, d, kase, desk.AddOptions{Paths: []string{phone}, Base: dir})
	if err != nil {
		return err
	}
	e.say(text{ZH: "    %d 个文件：证据 %d，重复 %d，没能用上 %d；时间线 %d 行",
		EN: "    %d files: %d exhibits, %d identical, %d not used; %d rows"},
		s.Given, len(s.Admitted), len(s.Duplicates), len(s.Unusable), len(s.Incidents))
	e.say(text{ZH: "4/6 像当事人那样补充时间线（联系到谁、原话），把合同照片放进证据包",
		EN: "4/6 completing the timeline as the person would (who was reached, the words), taking in the contract"})
	if err := desk.Complete(ctx, d, kase, demo.Tell); err != nil {
		return err
	}
	for _, x := range s.Admitted {
		if x.OriginalName != demo.ContractPage {
			continue
		}
		if _, err := desk.Leave(ctx, d, kase, desk.LeaveOptions{Exhibits: []string{x.Number}, Back: true}); err != nil {
			return err
		}
	}
	e.say(text{ZH: "5/6 检查、封存、生成材料", EN: "5/6 check, seal, papers"})
	built, err := desk.Build(ctx, d, kase, desk.BuildOptions{Volume: desk.UsualVolume})
	if err != nil {
		return e.unlessBlocked(err)
	}
	if err := e.showBuilt(built, kase); err != nil {
		return err
	}
	e.say(text{ZH: "6/6 核对证据包", EN: "6/6 verifying the bundle"})
	// The root was computed a moment ago: given back, it would vouch for nothing.
	if err := verify(ctx, e, kase, verifyOptions{}); err != nil {
		return err
	}
	e.say(text{ZH: `
样例做好了。看这些：
  %[1]s          给当事人的指引
  %[2]s 里的几个文件夹        每个受理机构一套：信、证据目录、证据册、正文
  %[3]s                 时间线，可用 Excel 或 WPS 打开
  %[4]s            用浏览器打开，选中 bundle 文件夹核对
试试改动一个字节，再核对：juzheng verify %[5]s
做自己的：juzheng init 我的案件`, EN: `
The sample is made. Look at:
  %[1]s          the guide for the person
  %[2]s and its folders         one per recipient: letter, list, exhibit book, text
  %[3]s                 the chronology, for a spreadsheet
  %[4]s            open it in a browser and pick the folder bundle
Change one byte and check again: juzheng verify %[5]s
Make your own: juzheng init mycase`},
		built.Guide, built.Packet, filepath.Join(kase, "timeline.csv"), filepath.Join(built.Bundle, "index.html"),
		quote(kase))
	return nil
}
