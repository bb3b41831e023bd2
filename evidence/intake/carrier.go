package intake

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
)

// decode brings a text file to UTF-8; not ok if it is no text.
func decode(data []byte) (string, bool) {
	if slices.Contains(data, 0) && !evidence.IsUTF16(data) {
		return "", false
	}
	s, err := evidence.DecodeText(data)
	return s, err == nil
}

// Words in the heads of call lists, as [headWord] leaves them. Columns are
// found by their heads and never by position: the forms differ by province.
// Where two heads of a field stand in one list, the one named first here is
// taken.
var listHeads = []struct {
	field string
	words []string
}{
	{"number", []string{"对方号码", "对端号码", "对方电话号码", "对方手机号码", "对方电话", "通话号码", "othernum", "othernumber", "number"}},
	{"time", []string{"起始时间", "通话起始时间", "通信起始时间", "开始时间", "通话开始时间", "通信开始时间", "呼叫时间", "拨打时间", "通话时间", "通信时间", "starttime", "date"}},
	{"date", []string{"calldateformat", "calldate", "通话日期", "通信日期", "呼叫日期", "日期"}},
	{"clock", []string{"calltimeformat", "calltime", "时间"}},
	{"direction", []string{"通信方式", "呼叫类型", "主叫/被叫", "主被叫", "主叫被叫", "主被叫类型", "呼叫方式", "呼叫方向", "通话方式", "通话方向", "calltypename", "call type", "通话类型"}},
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

// A Skipped is a row of a list that is no call, and why.
type Skipped struct {
	Sheet  int // of a workbook, from 1; 0 in files without sheets
	Line   int
	Detail evidence.Text
}

// ReadCarrierCSV reads a carrier's call list, or the calls of a phone
// exporter with the same heads. Times are Beijing time. Every row below the
// head is either given or reported as skipped.
func ReadCarrierCSV(data []byte, give func(Row) error) ([]Skipped, error) {
	s, ok := decode(data)
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
// workbook, whose digits are all there; nil is none.
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
		if i.Seconds == 0 { // a phone's own log has calls that were not connected; a carrier's list has none
			i.Answered = evidence.No
		}
	}
	return i, nil
}

var bareNumber = regexp.MustCompile(`^\d+$`)

// plainCell takes off what keeps a spreadsheet from changing a cell: '… and
// ="…".
func plainCell(s string) string {
	s = strings.TrimSpace(strings.Trim(strings.TrimSpace(s), "\t'"))
	if inner, ok := strings.CutPrefix(s, `="`); ok {
		s = strings.TrimSuffix(inner, `"`)
	}
	return s
}

var (
	spoilt = regexp.MustCompile(`^(\d)(?:\.(\d+))?[Ee]\+?(\d+)$`)
	// What is left of a landline whose leading zero went: 21…, 571….
	noZero = regexp.MustCompile(`^(?:10\d{8}|2\d{9}|[3-9]\d{9,10})$`)
)

// listNumber brings the other side's number to its normal form. Digits that a
// spreadsheet took away are never guessed.
func listNumber(s string, numeric bool) (string, *evidence.Text) {
	if m := spoilt.FindStringSubmatch(s); m != nil {
		digits := m[1] + m[2]
		exponent, err := strconv.Atoi(m[3])
		switch v, bad := strconv.ParseFloat(s, 64); {
		case err == nil && exponent == len(digits)-1:
			s = digits // every digit is written
		case numeric && bad == nil && v < 1e15 && len(digits) > 6:
			// A double holds fifteen digits. One of a few digits was made of a
			// cell whose digits had been lost before.
			s = strconv.FormatFloat(v, 'f', 0, 64)
		default:
			return "", &evidence.Text{ZH: "号码被表格软件改成了 " + s + "，数字已经丢失", EN: "a spreadsheet turned the number into " + s + "; its digits are lost"}
		}
	}
	if noZero.MatchString(s) && !evidence.IsService(s) {
		return "", &evidence.Text{ZH: "号码 " + s + " 不完整，开头的 0 像是被表格软件去掉了；请向运营商要一份原样的详单",
			EN: "the number " + s + " is not whole: a spreadsheet seems to have taken its leading zero; ask the carrier for the list as it was"}
	}
	if n := evidence.NormalNumber(s); n != "" {
		return n, nil
	}
	return s, nil
}

// time reads when a call began, from one cell or from a date and a clock.
func (c listColumns) time(cell func(string) string) (evidence.Time, bool) {
	at, date, clock := cell("time"), cell("date"), cell("clock")
	for _, s := range []string{at, date + " " + at, date + " " + clock, at + " " + clock, date} {
		if t, ok := carrierTime(strings.TrimSpace(s)); ok {
			return t, true
		}
		if t, ok := serialTime(s, c.days1904); ok {
			return t, true
		}
	}
	return evidence.Time{}, false
}

var carrierForms = []struct {
	layout    string
	precision evidence.Precision
}{
	{"2006-01-02 15:04:05", evidence.ToSecond}, {"2006-1-2 15:04:05", evidence.ToSecond}, {"2006-1-2T15:04:05", evidence.ToSecond}, {"2006-01-02-15:04:05", evidence.ToSecond},
	{"20060102150405", evidence.ToSecond}, {"20060102 150405", evidence.ToSecond}, {"20060102 15:04:05", evidence.ToSecond}, {"2006-1-2 150405", evidence.ToSecond}, {"2006-1-2 15:04", evidence.ToMinute},
}

// brokenSeconds is a defect of one carrier: 20:17:-0.
var brokenSeconds = regexp.MustCompile(`( \d{1,2}:\d{2}):-\d+$`)

var dateMarks = strings.NewReplacer("/", "-", "年", "-", "月", "-", "日", "")

func carrierTime(s string) (evidence.Time, bool) {
	if s == "" {
		return evidence.Time{}, false
	}
	s = dateMarks.Replace(s)
	s = brokenSeconds.ReplaceAllString(s, "$1")
	for _, f := range carrierForms {
		if t, err := time.ParseInLocation(f.layout, s, evidence.Beijing); err == nil && t.Year() >= 2000 {
			return evidence.Time{At: t.Truncate(time.Second), Precision: f.precision, Source: "carrier"}, true
		}
	}
	return evidence.Time{}, false
}

var serial = regexp.MustCompile(`^\d{5}(?:\.\d+)?$`)

// serialTime reads a date cell of a workbook: days since 1899-12-30, or since
// 1904-01-01 in workbooks that say so (ECMA-376, part 1, 18.17.4.1).
func serialTime(s string, days1904 bool) (evidence.Time, bool) {
	if !serial.MatchString(s) {
		return evidence.Time{}, false
	}
	from := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if days1904 {
		from = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	days, err := strconv.ParseFloat(s, 64)
	at := from.Add(time.Duration(days*86400+0.5) * time.Second)
	if err != nil || at.Year() < 2000 || at.Year() > 2099 {
		return evidence.Time{}, false
	}
	at = time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, evidence.Beijing)
	return evidence.Time{At: at, Precision: evidence.ToSecond, Source: "carrier"}, true
}

var (
	lengthWords  = regexp.MustCompile(`^(?:(\d+)(?:小时|时))?(?:(\d+)(?:分钟|分))?(?:(\d+)秒?)?$`)
	dayPart      = regexp.MustCompile(`^0\.\d+(?:[Ee]-\d+)?$|^\d(?:\.\d+)?[Ee]-\d+$`)
	lengthColons = regexp.MustCompile(`^(\d+):(\d{2}):(\d{2})$`)
)

// carrierLength reads 48, 10秒, 1分48秒, 1时2分3秒 and 00:01:48 as seconds.
// Nothing is not zero.
func carrierLength(s string) (int, bool) {
	if dayPart.MatchString(s) { // a time cell of a workbook: part of a day
		day, err := strconv.ParseFloat(s, 64)
		return int(day*86400 + 0.5), err == nil
	}
	m := lengthColons.FindStringSubmatch(s)
	if m == nil {
		m = lengthWords.FindStringSubmatch(s)
	}
	if m == nil || s == "" {
		return 0, false
	}
	total := 0
	for i, unit := range []int{3600, 60, 1} {
		if m[i+1] == "" {
			continue
		}
		n, err := strconv.Atoi(m[i+1])
		if err != nil || n > 100_000 {
			return 0, false
		}
		total += n * unit
	}
	return total, total <= 24*60*60
}
