package main

import (
	"fmt"
	"strings"

	"juzheng/cmd/internal/batch"
	"juzheng/cmd/internal/desk"
	"juzheng/templates/workbook"
)

// stateWords are the states of jobs.
var stateWords = map[batch.State]text{
	batch.Done:    {ZH: "做成", EN: "done"},
	batch.Partial: {ZH: "有遗漏", EN: "in part"},
	batch.Blocked: {ZH: "有障碍", EN: "blocked"},
	batch.Failed:  {ZH: "没做成", EN: "failed"},
	batch.Untried: {ZH: "没有做", EN: "not tried"},
	batch.Due:     {ZH: "要做", EN: "to do"},
}

var stateOrder = []batch.State{batch.Due, batch.Done, batch.Partial, batch.Blocked, batch.Failed, batch.Untried}

// jobWords are the jobs.
var jobWords = map[batch.Job]text{
	batch.Add:    {ZH: "加入", EN: "add"},
	batch.Check:  {ZH: "检查", EN: "check"},
	batch.Build:  {ZH: "生成", EN: "build"},
	batch.Verify: {ZH: "核对", EN: "verify"},
	batch.Status: {ZH: "进度", EN: "status"},
}

// A jobLine is one job of a case as a program reads it.
type jobLine struct {
	Folder string `json:"folder"`
	ID     string `json:"case,omitempty"`
	batch.JobResult
	Dry bool `json:"dry_run,omitempty"`
}

// A batchSummary counts.
type batchSummary struct {
	Cases     int                               `json:"cases"`
	Failed    int                               `json:"failed"`
	Unchanged int                               `json:"unchanged"`
	Left      int                               `json:"left"` // not come to
	Jobs      map[batch.Job]map[batch.State]int `json:"jobs"`
	Dry       bool                              `json:"dry_run,omitempty"`
}

// tellCase says how one case ended: to people only where they have to look at it.
func (e *env) tellCase(r batch.Result) error {
	if e.json {
		for _, j := range r.Jobs {
			if err := emit(e.stdout, "job", jobLine{r.Item.Name, r.ID, j, e.dryRun}); err != nil {
				return err
			}
		}
		for _, x := range r.Exceptions() {
			if err := emit(e.stdout, "exception", x); err != nil {
				return err
			}
		}
		if r.Status != nil && !e.dryRun {
			return emit(e.stdout, "case", r.Status.Line())
		}
		return nil
	}
	if !r.Failed() && !e.dryRun && len(r.Beside) == 0 {
		return nil
	}
	var said []string
	for _, j := range r.Jobs {
		s := jobWords[j.Job].In(e.lang) + " " + stateWords[j.State].In(e.lang)
		if j.Kept {
			s += text{ZH: "（没有变化）", EN: " (unchanged)"}.In(e.lang)
		}
		said = append(said, s)
	}
	if e.bar == nil && e.watched() {
		fmt.Fprint(e.stderr, "\r\033[K") // the line of the progress
	}
	if len(r.Before) > 0 {
		said = []string{stateWords[batch.Untried].In(e.lang)}
	}
	e.printf(text{ZH: "%s  %s\n", EN: "%s  %s\n"}, visible(r.Item.Name), strings.Join(said, text{ZH: "，",
		EN: ", "}.In(e.lang)))
	for n, x := range r.Exceptions() {
		if n == 3 {
			e.printf(text{ZH: "      · 另有 %d 处，见例外清单\n", EN: "      · %d more are in the workbook\n"},
				len(r.Exceptions())-n)
			break
		}
		where := strings.TrimSpace(visible(x.File + " " + x.Cell))
		if strings.Contains(visible(x.Reason.In(e.lang)), where) {
			where = "" // named there
		}
		if where != "" {
			where += text{ZH: "：", EN: ": "}.In(e.lang)
		}
		e.printf(text{ZH: "      · %s%s\n", EN: "      · %s%s\n"}, where, visible(x.Reason.In(e.lang)))
	}
	return nil
}

// jobRows are a table of how the jobs ended.
func jobRows(sum batch.Summary, jobs []batch.Job, lang string) [][]string {
	row := []string{text{ZH: "做什么", EN: "job"}.In(lang)}
	var shown []batch.State
	for _, s := range stateOrder {
		for _, j := range jobs {
			if sum.States[j][s] > 0 {
				shown = append(shown, s)
				row = append(row, stateWords[s].In(lang))
				break
			}
		}
	}
	out := [][]string{row}
	for _, j := range jobs {
		row := []string{jobWords[j].In(lang)}
		for _, s := range shown {
			row = append(row, fmt.Sprint(sum.States[j][s]))
		}
		out = append(out, row)
	}
	return out
}

// tellBatch says how all of them ended.
func (e *env) tellBatch(sum batch.Summary, o batchOptions, all int) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	if e.json {
		for _, f := range sum.Filed {
			if err := emit(e.stdout, "filed-per-day", f); err != nil {
				return err
			}
		}
		return emit(e.stdout, "summary", batchSummary{sum.Cases, sum.Failed, sum.Kept, all - sum.Cases, sum.States,
			e.dryRun})
	}
	fmt.Fprint(e.stdout, columns(jobRows(sum, o.Jobs, e.lang), e.width()))
	if rows := filedRows(recent(sum.Filed, d.Now), e.lang); len(rows) > 1 {
		fmt.Fprint(e.stdout, "\n", columns(rows, e.width()))
	}
	e.say(text{ZH: "%d 个案件：%d 个有要看的，%d 个没有变化、没再做", EN: "%d cases: %d to be looked at, %d unchanged and not done again"},
		sum.Cases, sum.Failed, sum.Kept)
	if sum.Overdue > 0 {
		e.say(text{ZH: "%d 个案件有超期没有答复的：juzheng status", EN: "%d cases have overdue answers: juzheng status"},
			sum.Overdue)
	}
	return nil
}

// totals are the sheets behind the exceptions of cases.
func (e *env) totals(sum batch.Summary, jobs []batch.Job) []workbook.Sheet {
	out := []workbook.Sheet{plainSheet(text{ZH: "合计", EN: "totals"}.In(e.lang), jobRows(sum, jobs, e.lang))}
	if len(sum.Filed) > 0 {
		out = append(out, plainSheet(text{ZH: "提交件数", EN: "handed in"}.In(e.lang), filedRows(sum.Filed, e.lang)))
	}
	return out
}

// mostExceptions is how many rows the workbook takes: what is behind them is in --json.
const mostExceptions = 100_000

// writeExceptions writes the workbook of what is to be looked at.
func (e *env) writeExceptions(path string, all []batch.Exception, more []workbook.Sheet) error {
	now, err := e.clock()
	if err != nil {
		return err
	}
	sheet := workbook.Sheet{Name: text{ZH: "例外", EN: "exceptions"}.In(e.lang)}
	for _, h := range heads(e.lang, text{ZH: "案件", EN: "case"}, text{ZH: "文件", EN: "file"}, text{ZH: "格", EN: "cell"},
		text{ZH: "原因", EN: "reason"}, text{ZH: "怎么办", EN: "what to do"}, text{ZH: "环节", EN: "job"},
		text{ZH: "案件编号", EN: "case id"}) {
		sheet.Columns = append(sheet.Columns, workbook.Column{Head: h})
	}
	put := func(words ...string) {
		var row []workbook.Cell
		for _, w := range words {
			row = append(row, workbook.Cell{Text: visible(w)})
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	for n, x := range all {
		if n == mostExceptions {
			put(fill(text{ZH: "另有 %d 处没有写进来，用 --json 看全部", EN: "%d more are not in here; --json has all"},
				len(all)-n).In(e.lang))
			break
		}
		put(x.Case, x.File, x.Cell, x.Reason.In(e.lang), x.Remedy.In(e.lang), jobWords[x.Job].In(e.lang), x.ID)
	}
	book := workbook.Book{Made: now, Sheets: append([]workbook.Sheet{sheet}, more...)}
	data, err := workbook.Write(book)
	if err != nil {
		return err
	}
	if err := desk.WriteNew(path, data); err != nil {
		return err
	}
	e.say(text{ZH: "例外清单：%s（%d 处）", EN: "exceptions: %s (%d)"}, quote(path), len(all))
	return nil
}
