package logs

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
)

// Words in the heads of call lists, as [headWord] leaves them. Columns are
// found by their heads and never by position: the forms differ by province.
// If a list has two heads of one field, the one named first here is taken.
var listHeads = []struct {
	field string
	words []string
}{
	{"number", []string{
		"对方号码", "对端号码", "对方电话号码", "对方手机号码", "对方电话", "通话号码",
		"othernum", "othernumber", "number",
	}},
	{"time", []string{
		"起始时间", "通话起始时间", "通信起始时间", "开始时间", "通话开始时间", "通信开始时间",
		"呼叫时间", "拨打时间", "通话时间", "通信时间", "starttime", "date",
	}},
	{"date", []string{"calldateformat", "calldate", "通话日期", "通信日期", "呼叫日期", "日期"}},
	{"clock", []string{"calltimeformat", "calltime", "时间"}},
	{"direction", []string{
		"通信方式", "呼叫类型", "主叫/被叫", "主被叫", "主叫被叫", "主被叫类型",
		"呼叫方式", "呼叫方向", "通话方式", "通话方向", "calltypename", "call type", "通话类型",
	}},
	{"length", []string{"通信时长", "通话时长", "通话时间长度", "时长", "calllonghour", "seconds", "duration"}},
	{"name", []string{"contact"}},
}

var bracketed = regexp.MustCompile(`\([^()]*\)`)

// headWord is a head without what differs from list to list: width, blanks,
// quotes, and the unit in brackets.
func headWord(cell string) string {
	cell = strings.ToLower(norm.NFKC.String(strings.Trim(strings.TrimSpace(cell), "\"\ufeff")))
	return strings.TrimSpace(bracketed.ReplaceAllString(cell, ""))
}

// listColumns says where the fields of a call list stand.
type listColumns struct {
	at       map[string]int
	minutes  bool // lengths without a unit are whole minutes
	exporter bool // made by a phone exporter on a computer: the computer's wall clock
	days1904 bool // date cells count from 1904-01-01
}

func (c listColumns) has(field string) bool { _, ok := c.at[field]; return ok }

func findColumns(cells []string) listColumns {
	c := listColumns{at: map[string]int{}}
	best := map[string]int{}
	for n, cell := range cells {
		word := headWord(cell)
		for _, h := range listHeads {
			rank := slices.Index(h.words, word)
			if before, have := best[h.field]; rank < 0 || have && before <= rank {
				continue
			}
			best[h.field], c.at[h.field] = rank, n
			if h.field == "length" {
				c.minutes = strings.Contains(cell, "分") && !strings.Contains(cell, "秒")
			}
			if h.field == "number" {
				c.exporter = word == "number"
			}
		}
	}
	return c
}

// isListHead reports columns that a list of calls must have.
func (c listColumns) isListHead() bool {
	return c.has("number") && c.has("length") && (c.has("time") || c.has("date"))
}

// headLines is how far down the head of a list is looked for.
const headLines = 30

// listHead finds the head row of a call list among the first lines.
func listHead(s string) (line int, ok bool) {
	for n, l := range strings.SplitN(s, "\n", headLines+1) {
		if n == headLines {
			break
		}
		cells := strings.FieldsFunc(l, func(r rune) bool { return strings.ContainsRune(",;\t\r", r) })
		if findColumns(cells).isListHead() {
			return n, true
		}
	}
	return 0, false
}

// isCarrierCSV reports a text with the head of a call list.
func isCarrierCSV(f *file) bool {
	_, ok := listHead(f.text)
	return ok
}

// readCarrierCSV reads a carrier's call list, or the calls of a phone
// exporter with the same heads. Times are Beijing time. Every row below the
// head is either given or reported as skipped.
func readCarrierCSV(data []byte, give func(Row) error) ([]Skipped, error) {
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errors.New("neither UTF-8 nor GB 18030 text")
	}
	head, ok := listHead(s)
	if !ok {
		return nil, errors.New("no head row with 对方号码 and a time")
	}
	for range head {
		_, s, _ = strings.Cut(s, "\n")
	}
	r := csv.NewReader(strings.NewReader(s))
	first, _, _ := strings.Cut(s, "\n")
	for _, d := range ";\t" {
		if strings.Count(first, string(d)) > strings.Count(first, ",") {
			r.Comma = d
		}
	}
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	names, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("head row: %w", err)
	}
	cols := findColumns(names)
	var skipped []Skipped
	for {
		row, err := r.Read()
		if err == io.EOF {
			return skipped, nil
		}
		if err != nil {
			line := head + 1
			if p := new(csv.ParseError); errors.As(err, &p) {
				line = head + p.Line
			}
			return skipped, &BrokenError{line, err}
		}
		at, _ := r.FieldPos(0)
		line := head + at
		i, why := cols.row(row, nil)
		if why != nil {
			if strings.TrimSpace(strings.Join(row, "")) != "" {
				skipped = append(skipped, Skipped{Line: line, Detail: *why})
			}
			continue
		}
		if err := give(Row{Line: line, Incident: i}); err != nil {
			return skipped, err
		}
	}
}

// row reads one row of a list. Numeric says which cells are numbers of a
// workbook, which have all their digits; nil: no cell is.
func (c listColumns) row(row []string, numeric []bool) (evidence.Incident, *evidence.Text) {
	cell := func(field string) string {
		if n, ok := c.at[field]; ok && n < len(row) {
			return plainCell(row[n])
		}
		return ""
	}
	i := evidence.Incident{Kind: evidence.Call, Seconds: -1, Name: cell("name")}
	t, ok := c.time(cell)
	if !ok {
		when := strings.TrimSpace(cell("date") + " " + cell("time") + " " + cell("clock"))
		return i, &evidence.Text{ZH: "不是通话记录（时间栏为 “" + when + "”）", EN: `no call (time is "` + when + `")`}
	}
	i.Time = t
	n := c.at["number"]
	number, why := listNumber(cell("number"), n < len(numeric) && numeric[n])
	if why != nil {
		return i, why
	}
	i.Number = number
	if n, ok := carrierLength(cell("length")); ok && !(c.minutes && bareNumber.MatchString(cell("length"))) {
		i.Seconds = n
	}
	d := strings.ToLower(cell("direction"))
	says := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(d, w) })
	}
	switch {
	case says("被叫", "呼入", "incoming"):
		i.Direction, i.Answered = evidence.In, evidence.Yes
	case says("主叫", "呼出", "outgoing"):
		i.Direction, i.Answered = evidence.Out, evidence.Yes
	case says("missed"):
		i.Direction, i.Answered, i.Seconds = evidence.In, evidence.No, 0
	}
	if c.exporter {
		i.Time.Device, i.Time.Source = true, "imazing"
		if i.Seconds == 0 { // a phone's log has calls that were not connected, a carrier's list does not
			i.Answered = evidence.No
		}
	}
	return i, nil
}
