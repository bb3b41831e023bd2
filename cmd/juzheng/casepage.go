package main

import (
	"context"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

var reportCommand = command{
	name:  "report",
	args:  "CASE",
	brief: text{ZH: "把案件写成一页，自己、帮忙的人或律师看", EN: "the case as one page, for you or who helps you"},
	least: 1,
	most:  1,
	help: text{
		ZH: `把整个案件写成一个网页文件 case.html，不联网就能看：按时间的经过和每天的次数，每项认定和依据，
证据（录音、录像、图片就在页里播放、显示），提交、期限和答复。再写一次会替换旧的。
不写 --to 的是给您自己看的，没有遮盖，不要发给别人。

用法：juzheng report 案件夹 [--to platform] [--out 文件] [--english]

选项：
      --to WHO        给谁看：照给它的材料遮盖其他人的号码和姓名，里面不放证据原件，
                      也不写交给别处的进展
      --out FILE      写到哪里；不写就是案件夹里的 case.html
      --english       页面的文字用英文；不写的，给自己看的随程序的语言，给别人的用中文。
                      材料和您说的话照原样，不翻译

打开它不会联网，也不会读别的文件。

退出码：0 完成，1 那个名字已经有别的文件。`,
		EN: `The whole case as one HTML file, case.html, that needs no network: what happened by time
and how often a day, each finding with its ground, the exhibits (recordings, videos and
pictures are played and shown in place), filings, terms and answers. A later one replaces
it. Without --to it is for yourself: nothing is covered, send it to nobody.

Use: juzheng report CASE [--to platform] [--out FILE] [--english]

Options:
      --to WHO        for whom: other people's numbers and names are covered as in their
                      papers; no exhibit is in it, nor how it went elsewhere
      --out FILE      where it goes; else case.html in the case folder
      --english       the page in English; else your own is in the program's language, and
                      one for somebody in Chinese. What files and people say stays as it is

To open it reaches no network and reads no other file.

Exit codes: 0 done, 1 that name is another file's.`,
	},
	writes: &outputs{of: 1, out: []string{"out"}},
	setup: func(fs *pflag.FlagSet) action {
		to := fs.String("to", "", "")
		out := fs.String("out", "", "")
		english := fs.Bool("english", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			if *to != "" {
				if err := checkRole(*to); err != nil {
					return err
				}
			}
			return writeCasePage(ctx, e, args[0], desk.ReportOptions{To: evidence.Role(*to), Out: *out,
				English: *english || *to == "" && e.lang == "en"})
		}
	},
}

func writeCasePage(ctx context.Context, e *env, dir string, o desk.ReportOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	o.State = func(l desk.Lane) text { return laneState(l, e.today()) }
	o.Term = func(t desk.Term, filed string) string { return termIn(t, filed, "en") }
	r, err := desk.WriteReport(ctx, d, dir, o)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	e.printf(text{ZH: "%s\n", EN: "%s\n"}, r.Path)
	e.say(text{ZH: "%d 件事，页里有 %d 份录音、录像、图片，另有 %d 份只列了名字。用浏览器打开，不用联网",
		EN: "%d events; %d recordings, videos and pictures in the page, %d exhibits only named. Open it in a browser, " +
			"no network is wanted"}, r.Events, r.Embedded, r.Named)
	if o.To == "" {
		e.say(text{ZH: "没有遮盖：给别人看的，加 --to 再写一份", EN: "nothing is covered: for somebody else write one with --to"})
	}
	return nil
}
