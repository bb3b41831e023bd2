package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/templates/workbook"
)

// filedRows are what was handed in by body and day: a head, and a row each.
func filedRows(all []desk.FiledDay, lang string) [][]string {
	out := [][]string{heads(lang, text{ZH: "提交日期", EN: "day"}, text{ZH: "机构", EN: "body"}, text{ZH: "件数", EN: "count"},
		text{ZH: "同一人最多", EN: "most by one person"}, text{ZH: "每人每天限", EN: "limit a person and day"})}
	for _, f := range all {
		limit := text{ZH: "没有查到", EN: "none on record"}.In(lang)
		if f.Limit > 0 {
			limit = fmt.Sprint(f.Limit)
		}
		if f.Over() {
			limit += text{ZH: "，已超", EN: ", exceeded"}.In(lang)
		}
		out = append(out, []string{f.Day, f.Name, fmt.Sprint(f.Count), fmt.Sprint(f.Most), limit})
	}
	return out
}

func heads(lang string, all ...text) []string {
	var out []string
	for _, h := range all {
		out = append(out, h.In(lang))
	}
	return out
}

// recent are those of the last seven days, today's among them.
func recent(all []desk.FiledDay, now time.Time) []desk.FiledDay {
	from := now.In(evidence.Beijing).AddDate(0, 0, -6).Format(time.DateOnly)
	return slices.DeleteFunc(slices.Clone(all), func(f desk.FiledDay) bool { return f.Day < from })
}

// termRows are the days that are waited for in all cases, the first first.
func termRows(all []desk.CaseStatus, today time.Time, lang string) [][]string {
	out := [][]string{heads(lang, text{ZH: "日期", EN: "day"}, text{ZH: "案件夹", EN: "case"}, text{ZH: "哪一处", EN: "with"},
		text{ZH: "状态", EN: "state"}, text{ZH: "依据", EN: "basis"})}
	for _, s := range all {
		for _, l := range s.Lanes {
			if l.Until.IsZero() {
				continue
			}
			basis := text{ZH: "提醒，没有规定的期限", EN: "a reminder; no rule sets a term"}.In(lang)
			if t, ok := l.Running(); ok && l.ByRule {
				basis = t.Basis
			}
			out = append(out, []string{l.Until.Format(time.DateOnly), s.Folder, l.Recipient.Name,
				laneState(l, today).In(lang),
				basis})
		}
	}
	slices.SortStableFunc(out[1:], func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return out
}

// writeStatusBook writes the tables as a workbook. Every cell is text, so that nobody's
// folder is taken for a formula.
func writeStatusBook(e *env, all []desk.CaseStatus, path string) error {
	if !strings.HasSuffix(strings.ToLower(path), ".xlsx") {
		path += ".xlsx"
	}
	var book workbook.Book
	for _, sheet := range []struct {
		name text
		rows [][]string
	}{
		{text{ZH: "案件", EN: "cases"}, statusRows(all, e.lang)},
		{text{ZH: "期限", EN: "terms"}, termRows(all, e.today(), e.lang)},
		{text{ZH: "提交件数", EN: "handed in"}, filedRows(desk.FiledPerDay(all), e.lang)},
	} {
		book.Sheets = append(book.Sheets, plainSheet(sheet.name.In(e.lang), sheet.rows))
	}
	now, err := e.clock()
	if err != nil {
		return err
	}
	book.Made = now
	data, err := workbook.Write(book)
	if err != nil {
		return err
	}
	if err := desk.WriteNew(path, data); err != nil {
		return err
	}
	e.say(text{ZH: "工作簿：%s", EN: "workbook: %s"}, quote(path))
	return nil
}

// plainSheet is a table whose first row is its head.
func plainSheet(name string, rows [][]string) workbook.Sheet {
	s := workbook.Sheet{Name: name}
	for _, head := range rows[0] {
		s.Columns = append(s.Columns, workbook.Column{Head: head})
	}
	for _, row := range rows[1:] {
		var cells []workbook.Cell
		for _, c := range row {
			cells = append(cells, workbook.Cell{Text: visible(c)})
		}
		s.Rows = append(s.Rows, cells)
	}
	return s
}

// statusCallers says which numbers reached several clients.
func statusCallers(ctx context.Context, e *env, root string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.PoolCallers(ctx, d, root)
	if err != nil {
		return noCases(err)
	}
	if e.json {
		if err := e.emitLines(r.Lines(), ""); err != nil {
			return err
		}
	} else {
		e.tellCallers(r)
	}
	if r.Failed > 0 {
		return silent(exitPartial)
	}
	return nil
}

func (e *env) tellCallers(r desk.Pooled) {
	if len(r.Callers) > 0 {
		rows := [][]string{heads(e.lang, text{ZH: "号码", EN: "number"}, text{ZH: "几位当事人", EN: "clients"},
			text{ZH: "来电和消息", EN: "calls and messages"}, text{ZH: "最早", EN: "first"}, text{ZH: "最晚", EN: "last"})}
		for _, c := range r.Callers {
			rows = append(rows, []string{visible(c.Number), fmt.Sprint(c.Clients), fmt.Sprint(c.Acts), orDash(c.First),
				orDash(c.Last)})
		}
		fmt.Fprint(e.stdout, columns(rows, e.width()))
	} else {
		e.say(text{ZH: "没有哪个催收号码找过三位以上的当事人", EN: "no collecting number reached three clients or more"})
	}
	e.say(text{ZH: "%[1]d 个案件；只列至少 %[2]d 位当事人接到过、由他们写明是催收方的号码，另有 %[3]d 个号码不够",
		EN: "%[1]d cases; only numbers that at least %[2]d clients named as the collector's; %[3]d others have fewer"},
		r.Cases, desk.FewestClients, r.Fewer)
	e.say(text{ZH: "同名的算一位；表里没有当事人和案件夹的名字", EN: "clients of one name count as one; no client or case is named"})
	if r.Unnamed > 0 {
		e.say(text{ZH: "%d 个案件没有写姓名，没有算进去", EN: "%d cases without a name are not counted"}, r.Unnamed)
	}
	if r.Failed > 0 {
		e.say(text{ZH: "%d 个案件读不了，没有算进去；是哪几个：juzheng status", EN: "%d cases cannot be read and are not counted; " +
			"juzheng status says which"}, r.Failed)
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
