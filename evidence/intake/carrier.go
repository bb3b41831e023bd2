package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
)

// decode brings a text file to UTF-8; not ok if it is no text.
func decode(data []byte) (string, bool) {
	if bytes.IndexByte(data, 0) >= 0 && !bytes.HasPrefix(data, []byte("\xff\xfe")) {
		return "", false
	}
	s, err := evidence.DecodeText(data)
	return s, err == nil
}

// Words in the heads of carrier lists. Columns are found by their heads and
// never by position: the forms differ by province.
var carrierHeads = []struct {
	field string
	words []string
}{
	{"number", []string{"对方号码", "对端号码", "othernum", "othernumber", "Number"}},
	{"time", []string{"起始时间", "通话起始时间", "开始时间", "呼叫时间", "通话时间", "calldateformat", "Date"}},
	{"date", []string{"calldate", "通话日期", "日期"}},
	{"clock", []string{"calltime", "calltimeformat", "时间"}},
	{"direction", []string{"通信方式", "呼叫类型", "主叫/被叫", "通话方式", "calltypeName", "Call type"}},
	{"length", []string{"通信时长", "通话时长", "通话时长（秒）", "通话时长(秒)", "时长", "calllonghour", "seconds", "Duration"}},
	{"name", []string{"Contact"}},
}

// carrierHead finds the head row of a carrier list among the first 30 lines:
// the one with the other side's number and a time.
func carrierHead(s string) (line int, ok bool) {
	for n, l := range strings.SplitN(s, "\n", 31) {
		if n == 30 {
			break
		}
		cells := strings.FieldsFunc(l, func(r rune) bool { return strings.ContainsRune(",;\t\r", r) })
		c := carrierColumns(cells)
		if isCarrierHead(c) {
			return n, true
		}
	}
	return 0, false
}

// isCarrierHead reports columns that a list of calls must have.
func isCarrierHead(c map[string]int) bool {
	has := func(field string) bool { _, ok := c[field]; return ok }
	return has("number") && has("length") && (has("time") || has("date"))
}

func carrierColumns(cells []string) map[string]int {
	found := map[string]int{}
	for n, cell := range cells {
		cell = strings.Trim(strings.TrimSpace(cell), "\"\ufeff")
		for _, h := range carrierHeads {
			for _, w := range h.words {
				if _, have := found[h.field]; !have && strings.EqualFold(cell, w) {
					found[h.field] = n
				}
			}
		}
	}
	return found
}

// A Skipped is a row of a list that is no call, and why.
type Skipped struct {
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
	head, ok := carrierHead(s)
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
	cols := carrierColumns(names)
	exporter := strings.EqualFold(strings.TrimSpace(names[cols["number"]]), "Number")
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
		i, why := carrierRow(cols, row)
		if why != nil {
			if strings.TrimSpace(strings.Join(row, "")) != "" {
				skipped = append(skipped, Skipped{line, *why})
			}
			continue
		}
		if exporter {
			// A phone exporter writes the computer's wall clock.
			i.Time.Device, i.Time.Source = true, "imazing"
		}
		if err := give(Row{line, i}); err != nil {
			return skipped, err
		}
	}
}

var spoilt = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+?\d+$`)

func carrierRow(cols map[string]int, row []string) (evidence.Incident, *evidence.Text) {
	cell := func(field string) string {
		if n, ok := cols[field]; ok && n < len(row) {
			return strings.Trim(strings.TrimSpace(row[n]), "\t'")
		}
		return ""
	}
	i := evidence.Incident{Kind: evidence.Call, Seconds: -1, Name: cell("name")}
	number := cell("number")
	if spoilt.MatchString(number) {
		return i, &evidence.Text{ZH: "号码被表格软件改成了 " + number + "，数字已经丢失", EN: "a spreadsheet turned the number into " + number + "; its digits are lost"}
	}
	when := cell("time")
	if when == "" {
		when = strings.TrimSpace(cell("date") + " " + cell("clock"))
	}
	t, ok := carrierTime(when)
	if !ok {
		return i, &evidence.Text{ZH: "不是通话记录（时间栏为 “" + when + "”）", EN: `no call (time is "` + when + `")`}
	}
	i.Time = t
	if i.Number = evidence.NormalNumber(number); i.Number == "" {
		i.Number = number
	}
	if n, ok := carrierLength(cell("length")); ok {
		i.Seconds = n
	}
	d := cell("direction")
	switch {
	case strings.Contains(d, "被叫") || strings.EqualFold(d, "Incoming"):
		i.Direction, i.Answered = evidence.In, evidence.Yes
	case strings.Contains(d, "主叫") || strings.EqualFold(d, "Outgoing"):
		i.Direction, i.Answered = evidence.Out, evidence.Yes
	case strings.EqualFold(d, "Missed"):
		i.Direction, i.Answered, i.Seconds = evidence.In, evidence.No, 0
	}
	return i, nil
}

var carrierForms = []string{
	"2006-01-02 15:04:05", "2006-1-2 15:04:05", "2006-01-02-15:04:05", "20060102150405", "20060102 150405", "2006-1-2 15:04",
}

func carrierTime(s string) (evidence.Time, bool) {
	s = strings.ReplaceAll(s, "/", "-")
	for _, f := range carrierForms {
		if t, err := time.ParseInLocation(f, s, evidence.Beijing); err == nil && t.Year() >= 2000 {
			p := evidence.ToSecond
			if f == "2006-1-2 15:04" {
				p = evidence.ToMinute
			}
			return evidence.Time{At: t, Precision: p, Source: "carrier"}, true
		}
	}
	// A date cell of a workbook holds days since 1899-12-30.
	if serial.MatchString(s) {
		days, err := strconv.ParseFloat(s, 64)
		if err == nil && days >= 36526 && days < 73051 { // the years 2000 to 2099
			at := time.Date(1899, 12, 30, 0, 0, 0, 0, evidence.Beijing).Add(time.Duration(days*86400+0.5) * time.Second)
			return evidence.Time{At: at, Precision: evidence.ToSecond, Source: "carrier"}, true
		}
	}
	return evidence.Time{}, false
}

var (
	lengthWords  = regexp.MustCompile(`^(?:(\d+)(?:小时|时))?(?:(\d+)(?:分钟|分))?(?:(\d+)秒?)?$`)
	serial       = regexp.MustCompile(`^\d{5}\.\d+$`)
	dayPart      = regexp.MustCompile(`^0\.\d+(?:[Ee]-\d+)?$`)
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
