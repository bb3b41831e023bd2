package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

var timelineCommand = command{
	name:  "timeline",
	long:  true,
	args:  "CASE",
	brief: text{ZH: "时间线：表格、图或数据", EN: "the chronology, as table, chart or data"},
	least: 1,
	most:  9999,
	help: text{
		ZH: `按时间列出全部事件，并画出每天接通的催收来电（上限三次）和来电时段（22:00-08:00）。

用法：juzheng timeline 案件夹 [--csv | --chart | --numbers | --phrases]
      juzheng timeline 案件夹 --restore [T006 …]

选项：
      --csv       输出 CSV（时间线文件的写法）
      --chart     只画图
      --numbers   按号码汇总：接通、未接、夜间、最早和最近，是谁的
      --phrases   收到的消息、文字稿和截图识别结果里值得亲自看的字句（没有核对）
      --restore   把文件里的写回时间线：与文件不一致的格、被删的行（连同您填过的）；可以只写
                  几行的编号。您自己写的行删了、自己填的格清空了，
                  就是不要了，写明编号才放回。
                  时间线不见了，或者被存成了别的格式，从最近保存的副本和材料里找回来

程序每次都重新读文件；表格里与文件不一致的，按文件的读，并在这里和 juzheng check 里指出。
时间后面的 ~ 表示手机时钟的读数，没有时区记录，按北京时间理解。
手机的时钟慢过、快过，有一通其实不是那个时候的：有运营商详单的，用 juzheng add 加进来，
程序量出差了多少，juzheng ask 会问您；没有详单的，在那一行“是否采用”填“否”，信里就不写它。`,
		EN: `Lists all incidents by time, and draws connected collector calls a day (limit
three) and the hours they came in (22:00-08:00).

Use: juzheng timeline CASE [--csv | --chart | --numbers | --phrases]
     juzheng timeline CASE --restore [T006 …]

Options:
      --csv       as CSV, in the form of the timeline file
      --chart     the charts only
      --numbers   by number: answered, missed, at night, first and last, whose it is
      --phrases   words worth reading yourself in messages, transcripts and what was read
                  off screenshots (unchecked)
      --restore   write back what the files say: cells that differ and rows that were
                  deleted, with what you filled in; of the rows named, or of all. A row
                  that you wrote yourself and deleted, and cells of your own that you
                  emptied, come back where the row is named. A timeline that
                  is gone, or was saved in another format, is brought back from the
                  newest copy kept

Files are read again each time; where the table differs, the file's value is read, and
the cell is named here and in juzheng check.
~ after a time: a device clock without a zone, taken as Beijing time.
If the phone's clock was wrong and a call was not at that time: take in the carrier's
list with juzheng add, by which the program measures the clock, and juzheng ask asks
you; without one put "no" (否) under 是否采用 in its row, and no letter tells of it.`,
	},
	writes: toCase,
	setup: func(fs *pflag.FlagSet) action {
		csv := fs.Bool("csv", false, "")
		chart := fs.Bool("chart", false, "")
		numbers := fs.Bool("numbers", false, "")
		phrases := fs.Bool("phrases", false, "")
		restore := fs.Bool("restore", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			if *restore {
				if *csv || *chart || *numbers || *phrases {
					return usage(text{ZH: "--restore 不能和其他选项同时用", EN: "--restore goes with no other option"})
				}
				return restoreRows(ctx, e, args[0], args[1:])
			}
			if len(args) > 1 {
				return usage(text{ZH: "编号只和 --restore 一起用", EN: "ids go with --restore only"})
			}
			chosen, view := 0, viewAll
			for v, on := range map[timelineView]bool{viewCSV: *csv, viewChart: *chart, viewNumbers: *numbers,
				viewPhrases: *phrases} {
				if on {
					chosen, view = chosen+1, v
				}
			}
			if chosen > 1 || *csv && e.json {
				return usage(text{ZH: "--csv、--chart、--numbers、--phrases 只能用一个；--csv 不能和 --json 同时用",
					EN: "one of --csv, --chart, --numbers, --phrases; and --csv does not go with --json"})
			}
			return timeline(ctx, e, args[0], view)
		}
	},
}

// A timelineView is what of the chronology is shown.
type timelineView int

const (
	viewAll timelineView = iota
	viewCSV
	viewChart
	viewNumbers
	viewPhrases
)

func timeline(ctx context.Context, e *env, dir string, view timelineView) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	switch view {
	case viewNumbers:
		return showNumbers(ctx, e, d, dir)
	case viewPhrases:
		return showPhrases(ctx, e, d, dir)
	}
	r, err := desk.Timeline(ctx, d, dir)
	if err != nil {
		return err
	}
	switch {
	case view == viewCSV:
		return r.WriteCSV(e.stdout)
	case e.json:
		return e.emitLines(r.Lines(), dir)
	case view == viewAll:
		writeTimeline(e.stdout, r.Incidents, e.lang)
		writeDoubts(e.stdout, ofTable(r.Report.Doubts), e.lang)
		writeClocks(e.stdout, r.Clocks, e.lang)
	}
	writeDayChart(e.stdout, r.Calls, e.lang)
	writeHourChart(e.stdout, r.Calls, e.lang)
	e.say(text{
		ZH: "共 %d 条。要补充“联系了谁、有没有透露欠款、录音里的原话”，\n请用 Excel 或 WPS 打开 %s。\n下一步：juzheng check %s",
		EN: "%d rows. Who was reached, whether the debt was told, the words in a recording:\nfill them into " +
			"%s.\nnext: juzheng check %s",
	}, len(r.Incidents), quote(filepath.Join(dir, "timeline.csv")), quote(dir))
	return nil
}

// restoreRows puts back into the timeline what the files say.
func restoreRows(ctx context.Context, e *env, dir string, rows []string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Restore(ctx, d, dir, rows)
	var not *desk.NotRestorableError
	if errors.As(err, &not) {
		return fail(exitFailed, err, fill(text{ZH: "%s 与文件没有不一致，没有被删，或者没有这一行；时间线没有改动",
			EN: "%s does not differ from its file, was not deleted, or is no row; nothing was changed"}, not.Row))
	}
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	if r.Recovered != nil {
		e.tellRecovered(*r.Recovered)
	}
	for _, x := range r.Doubts {
		fmt.Fprintln(e.stdout, visible(x.Text().In(e.lang)))
	}
	if r.Recovered == nil || len(r.Doubts) > 0 {
		e.say(text{ZH: "已按文件写回 %d 行，补回被删的 %d 行", EN: "%d rows put back, %d deleted rows added again"},
			len(r.Restored), len(r.Back)+len(r.Anew)+len(r.Added))
	}
	e.tellBack(r)
	e.tellEmptied(r, dir)
	e.tellOwn(r.Own, dir)
	e.say(text{ZH: "下一步：juzheng check %s", EN: "next: juzheng check %s"}, quote(dir))
	return nil
}

// tellBack says of rows that had been deleted what came back with them, and what did not.
func (e *env) tellBack(r desk.RestoreResult) {
	if len(r.Back) > 0 {
		e.say(text{
			ZH: "%s 按 %s 里存的那份补回，编号和您当时填的都照旧。那份以后您自己填进这几行的没有了，请看一遍",
			EN: "%s are back as %s has them, with their ids and what you had filled in. What you typed into them since " +
				"is lost: please look them over"}, rows(r.Back, e.lang), names(r.From))
	}
	if r.Again > 0 {
		e.say(text{ZH: "您答过的 %d 个问题已重新写进去", EN: "%d of your answers are written into it again"}, r.Again)
	}
	if len(r.Anew) > 0 {
		e.say(text{ZH: "%s 连同存着的副本里您当时填的一起补回，编号是新的；那以后填的、答的没有了，请看一遍，或者 juzheng ask",
			EN: "%s are back with what you had filled in as the copy kept has it, under new ids; what you typed or " +
				"answered since is lost: please look them over, or run juzheng ask"}, rows(r.Anew, e.lang))
	}
	if len(r.Added) > 0 && r.Recovered == nil {
		e.say(text{
			ZH: "%s 没有存过的副本，是从材料重新读的，编号是新的。您以前在这几行里填的（联系到谁、是否透露欠款等）没有了，请再填一次，或者 juzheng ask",
			EN: "of %s no copy is kept: they are read from the files anew, under new ids. What you had filled " +
				"into them " +
				"(who was reached, whether the debt was told) is lost: please fill it in again, or run juzheng ask"},
			rows(r.Added, e.lang))
	}
}

// tellEmptied says of the person's own cells that were emptied which are back, and how the
// others come back.
func (e *env) tellEmptied(r desk.RestoreResult, dir string) {
	if len(r.Filled) > 0 {
		e.say(text{ZH: "原来填着的 %d 格放回了：%s", EN: "%d cells are back as they were: %s"}, len(r.Filled),
			emptiedWords(r.Filled, e.lang))
	}
	if len(r.Emptied) == 0 {
		return
	}
	e.say(text{ZH: "另有 %d 格原来填着、现在是空的：%s。清空了就当作不要了，所以没有放回；不是有意的，要放回：\n" +
		"juzheng timeline %s --restore %s",
		EN: "%d more cells were filled and are empty: %s. To empty one is to take it back, so they stay so; " +
			"if you did not mean to:\njuzheng timeline %s --restore %s"},
		len(r.Emptied), emptiedWords(r.Emptied, e.lang), quote(dir), strings.Join(desk.RowsOf(r.Emptied), " "))
}

// tellOwn says of rows that the person wrote and that have gone how they come back.
func (e *env) tellOwn(own []string, dir string) {
	if len(own) == 0 {
		return
	}
	e.say(text{
		ZH: "您自己写的 %s 也不在表格里了。删掉自己写的，就是不要了，所以没有放回；要是筛选后保存丢的，要放回：\n" +
			"juzheng timeline %s --restore %s",
		EN: "%s, that you wrote yourself, are gone too. To delete one's own row is to take it back, so they are not put " +
			"back; if a filter lost them:\njuzheng timeline %s --restore %s"},
		rows(own, e.lang), quote(dir), strings.Join(own, " "))
}

// tellRecovered says where a lost timeline came back from, and what did not.
func (e *env) tellRecovered(r desk.TableBack) {
	switch {
	case r.From == "":
		e.say(text{ZH: "时间线找不回旧的，已照材料重新做了一份：%d 行，编号是新的。您自己加的行、自己填的格没有了，请再填一次",
			EN: "no copy of the timeline is kept; it is made anew from the files: %d rows with new ids. Rows and " +
				"cells that " +
				"you filled in yourself are lost: please fill them in again"}, len(r.Added))
	case r.Made.IsZero():
		e.say(text{ZH: "时间线已从 %s 找回。那以后您在表格里自己改的没有了，请再改一次",
			EN: "the timeline is back, from %s. What you changed in the table since is lost: please change it again"},
			r.From)
	default:
		e.say(text{ZH: "时间线已从 %s 找回，是 %s 封存的那份。那以后您在表格里自己改的没有了，请再改一次",
			EN: "the timeline is back, from %s, as sealed on %s. What you changed in the table since is lost: please " +
				"change " +
				"it again"}, r.From, r.Made.In(evidence.Beijing).Format("2006-01-02 15:04"))
	}
	if r.Again > 0 {
		e.say(text{ZH: "您答过的 %d 个问题已重新写进去", EN: "%d of your answers are written into it again"}, r.Again)
	}
	if r.Lost > 0 {
		e.say(text{ZH: "有 %d 个答案写不回去，它们问的那几行编号变了：juzheng ask 会再问", EN: "%d answers cannot be: the rows they " +
			"were about have other ids now, and juzheng ask asks again"}, r.Lost)
	}
	if r.Kept != "" {
		e.say(text{ZH: "原来占着位置的那个文件留在 %s", EN: "the file that stood in its place is kept as %s"}, r.Kept)
	}
}

// writeTimeline prints a line an incident, and what it says on a line of its
// own below, so that nothing wraps on a terminal of 80 columns.
func writeTimeline(w io.Writer, incidents []evidence.Incident, lang string) {
	head := []text{{ZH: "编号", EN: "id"}, {ZH: "时间", EN: "time"}, {ZH: "方式", EN: "kind"}, {ZH: "向", EN: "dir"},
		{ZH: "对方", EN: "other side"},
		{ZH: "联系到", EN: "reached"}, {ZH: "接通", EN: "answ."}, {ZH: "证据", EN: "exh."}}
	row := make([]string, len(head))
	for i, h := range head {
		row[i] = h.In(lang)
	}
	out := [][]string{row}
	said := []string{""}
	for _, i := range incidents {
		what := i.Shown
		if what == "" {
			what = i.Words
		}
		if i.Use == evidence.No {
			what = text{ZH: "（不用）", EN: "(left out) "}.In(lang) + what
		}
		said = append(said, strings.Join(strings.Fields(what), " "))
		exhibits := strings.Join(i.Exhibits, " ")
		if len(i.Exhibits) > 2 {
			exhibits = fmt.Sprintf("%s +%d", i.Exhibits[0], len(i.Exhibits)-1)
		}
		out = append(out, []string{
			i.ID, clockText(i.Time), i.Kind.Title().In(lang), directionMark(i.Direction), whom(i),
			reachedName(i.Reached).In(lang), answeredText(i, lang), exhibits})
	}
	for n, line := range strings.Split(strings.TrimSuffix(aligned(out), "\n"), "\n") {
		fmt.Fprintln(w, cut(strings.TrimRight(line, " "), screen))
		if said[n] != "" {
			fmt.Fprintln(w, cut("      "+visible(said[n]), screen))
		}
	}
	fmt.Fprintln(w)
}

// whom is the other side: by number, or by name where there is none.
func whom(i evidence.Incident) string {
	if i.Number != "" {
		return i.Number
	}
	return cut(visible(i.Name), 16)
}

func directionMark(d evidence.Direction) string {
	switch d {
	case evidence.In:
		return "←"
	case evidence.Out:
		return "→"
	}
	return "?"
}

func reachedName(r evidence.Reached) text {
	switch r {
	case evidence.ReachedSelf:
		return text{ZH: "本人", EN: "self"}
	case evidence.ReachedEmergency:
		return text{ZH: "紧急联系人", EN: "emergency"}
	case evidence.ReachedGuarantor:
		return text{ZH: "担保人", EN: "guarantor"}
	case evidence.ReachedWorkplace:
		return text{ZH: "单位", EN: "workplace"}
	case evidence.ReachedFamily:
		return text{ZH: "亲友", EN: "family"}
	case evidence.ReachedStranger:
		return text{ZH: "其他人", EN: "stranger"}
	}
	return text{ZH: "-", EN: "-"}
}

func answeredText(i evidence.Incident, lang string) string {
	switch {
	case i.Kind != evidence.Call:
		return ""
	case i.Answered == evidence.No:
		return text{ZH: "未接", EN: "no"}.In(lang)
	case i.Answered == evidence.Yes && i.Seconds >= 0:
		return fmt.Sprintf("%d:%02d", i.Seconds/60, i.Seconds%60)
	case i.Answered == evidence.Yes:
		return text{ZH: "接通", EN: "yes"}.In(lang)
	}
	return "?"
}

// writeDayChart draws one line a day with connected calls, the limit of
// GB/T 45251—2025 (three a day) marked.
func writeDayChart(w io.Writer, calls []evidence.Incident, lang string) {
	perDay := map[string]int{}
	for _, c := range calls {
		if c.Answered == evidence.Yes {
			perDay[c.Time.At.In(evidence.Beijing).Format(time.DateOnly)]++
		}
	}
	if len(perDay) == 0 {
		return
	}
	days := make([]string, 0, len(perDay))
	for d := range perDay {
		days = append(days, d)
	}
	slices.Sort(days)
	fmt.Fprintln(w, text{ZH: "每天接通的催收来电（│ 为推荐性国家标准的三次）",
		EN: "connected collector calls a day (│ is the standard's limit of three)"}.In(lang))
	for _, d := range days {
		n := perDay[d]
		shown := min(n, 40)
		bar := strings.Repeat("█", min(shown, 3)) + strings.Repeat(" ", 3-min(shown, 3)) + "│" +
			strings.Repeat("█", max(shown-3, 0))
		fmt.Fprintf(w, "  %s %s %d\n", d, bar, n)
	}
	fmt.Fprintln(w)
}

// writeHourChart draws the hour of day of collector calls; nights are marked.
func writeHourChart(w io.Writer, calls []evidence.Incident, lang string) {
	var perHour [24]int
	total := 0
	for _, c := range calls {
		if c.Time.Precision == evidence.ToDay || c.Time.IsZero() {
			continue
		}
		perHour[c.Time.At.In(evidence.Beijing).Hour()]++
		total++
	}
	if total == 0 {
		return
	}
	fmt.Fprintln(w, text{ZH: "催收来电的钟点（* 为 22:00-08:00）", EN: "hours of collector calls (* is 22:00-08:00)"}.In(lang))
	for h, n := range perHour {
		if n == 0 {
			continue
		}
		mark := " "
		if evidence.NightHour(h) {
			mark = "*"
		}
		fmt.Fprintf(w, "  %02d:00 %s %s %d\n", h, mark, strings.Repeat("█", min(n, 40)), n)
	}
	fmt.Fprintln(w)
}
