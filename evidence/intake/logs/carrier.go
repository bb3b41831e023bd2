package logs

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// Words in the heads of call lists, as [headWord] leaves them. Columns are
// found by their heads and never by position: the forms differ by province.
// If a list has two heads of one field, the one named first here is taken.
var listHeads = []struct {
	field string
	words []string
}{
	{"number", []string{
		"对方号码", "对端号码", "对方电话号码", "对方手机号码", "对方手机号", "对方电话", "通话号码",
		"othernum", "othernumber", "电话号码", "手机号码", "联系电话", "号码", "phone number", "number",
	}},
	{"time", []string{
		"起始时间", "通话起始时间", "通信起始时间", "开始时间", "通话开始时间", "通信开始时间",
		"呼叫时间", "拨打时间", "通话时间", "通信时间", "starttime", "date",
	}},
	{"date", []string{"calldateformat", "calldate", "通话日期", "通信日期", "呼叫日期", "日期"}},
	{"clock", []string{"calltimeformat", "calltime", "时间"}},
	{"direction", []string{
		"通信方式", "呼叫类型", "主叫/被叫", "主被叫", "主叫被叫", "主被叫类型",
		"呼叫方式", "呼叫方向", "通话方式", "通话方向", "话单方向", "方向", "calltypename", "call type", "通话类型",
		"类型", "direction", "type",
	}},
	{"length", []string{
		"通信时长", "通话时长", "通话时间长度", "时长", "通话秒数", "拨打秒数", "持续时间", "calllonghour", "seconds",
		"duration",
	}},
	{"caller", []string{"主叫号码", "主叫电话", "主叫方", "主叫方号码", "呼叫方", "calling number", "caller"}},
	{"called", []string{"被叫号码", "被叫电话", "被叫方", "被叫方号码", "called number", "callee"}},
	{"name", []string{"contact", "姓名", "联系人", "联系人姓名", "对方名称", "name"}},
	{"sort", []string{"信息类型", "短信类型", "业务类型"}},
	{"text", []string{"内容", "短信内容", "信息内容", "消息内容", "正文", "content", "body", "text", "message"}},
}

// weakHeads may head other things too: a list has a length beside them.
var weakHeads = []string{"类型", "type", "方向", "direction"}

var bracketed = lazyregexp.New(`\([^()]*\)`)

// headWord is a head without what differs from list to list: width, blanks,
// quotes, and the unit in brackets.
func headWord(cell string) string {
	cell = strings.ToLower(norm.NFKC.String(strings.Trim(strings.TrimSpace(cell), "\"\ufeff")))
	return strings.TrimSpace(bracketed.ReplaceAllString(cell, ""))
}

// listColumns says where the fields of a call list stand.
type listColumns struct {
	at       map[string]int
	minutes  bool   // lengths without a unit are whole minutes
	exporter bool   // made by a phone exporter on a computer: the computer's wall clock
	phone    bool   // a phone's own log, by its own clock
	weak     bool   // the column of directions may be one of something else
	messages bool   // a list of messages: no length, and no words
	days1904 bool   // date cells count from 1904-01-01
	guessed  bool   // by the cells: there is no head
	self     string // of a table with caller and called, whose list it is
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
			switch h.field {
			case "number":
				c.exporter = word == "number"
				c.phone = slices.Contains([]string{"电话号码", "手机号码", "联系电话", "号码", "phone number"}, word)
			case "direction":
				c.weak = slices.Contains(weakHeads, word)
			}
		}
	}
	c.messages = !c.has("length")
	return c
}

// isListHead reports columns that a list of calls must have, or one of messages
// without their words.
func (c listColumns) isListHead() bool {
	if !c.has("number") && !c.has("called") || !c.has("time") && !c.has("date") && !c.has("clock") {
		return false
	}
	return c.has("length") || c.has("sort") && c.has("direction") && !c.weak
}

// shortest is how many digits a telephone number has at least: 95588.
const shortest = 5

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
	return f.isText && ok
}

// isHeadless reports a text with the rows of a call list and no head that is
// known.
func isHeadless(f *file) bool {
	if !f.isText {
		return false
	}
	rows, _ := headRows(f.text)
	_, ok := guessColumns(rows)
	return ok
}

// readCarrierCSV reads a carrier's call list, or the calls of a phone
// exporter with the same heads. Times are Beijing time. Every row below the
// head is either given or reported as skipped.
func readCarrierCSV(data []byte, give func(Row) error) ([]Skipped, error) {
	return readCarrierText(data, "", nil, give)
}

func readCarrierText(data []byte, file string, own Phone, give func(Row) error) ([]Skipped, error) {
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errors.New("neither UTF-8 nor GB 18030 text")
	}
	head, ok := listHead(s)
	if !ok {
		return readHeadless(s, file, give)
	}
	before := ""
	for range head {
		line, rest, _ := strings.Cut(s, "\n")
		before, s = before+line+"\n", rest
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
	cols := listReader{listColumns: findColumns(names), month: monthIn(before + "\n" + path.Base(file))}
	if cols.isPair() {
		rows, _ := headRows(s)
		cols.self = cols.own(rows[min(1, len(rows)):], before+path.Base(file), own)
	}
	return readTable(r, head, cols, give)
}

// readHeadless reads a list whose columns are told by their cells.
func readHeadless(s, file string, give func(Row) error) ([]Skipped, error) {
	rows, comma := headRows(s)
	found, ok := guessColumns(rows)
	if !ok {
		return nil, errors.New("no head row with 对方号码 and a time")
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(s, "\ufeff")))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	return readTable(r, 0, listReader{listColumns: found, month: monthIn(path.Base(file))}, give)
}

// readTable reads the rows of a list, of which head lines stood before.
func readTable(r *csv.Reader, head int, cols listReader, give func(Row) error) ([]Skipped, error) {
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
		i, why := cols.next(row, nil)
		if why != nil {
			if why.ZH != "" {
				skipped = append(skipped, skip(0, line, *why))
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
		if len(evidence.NormalNumber(cell("number")))+len(c.pairCell(row, "called")) < shortest {
			return i, noCall(when)
		}
		return i, &evidence.Text{ZH: "时间读不出（“" + when + "”）", EN: `its time cannot be read ("` + when + `")`}
	}
	i.Time = t
	field, out, why := c.otherSide(row)
	if why != nil {
		return i, why
	}
	n := c.at[field]
	number, why := listNumber(cell(field), n < len(numeric) && numeric[n])
	if why != nil {
		return i, why
	}
	i.Number = number
	if c.messages {
		i.Kind, i.Shown = evidence.SMS, cell("text")
	}
	if n, ok := carrierLength(cell("length")); ok && !(c.minutes && bareNumber.MatchString(cell("length"))) {
		i.Seconds = n
	}
	if i.Direction = out; out == evidence.DirectionUnknown {
		c.direct(&i, cell("direction"), row)
	} else if !c.messages {
		i.Answered = evidence.Yes
	}
	switch {
	case c.messages:
	case c.exporter:
		i.Time.Device, i.Time.Source = true, "imazing"
	case c.phone:
		i.Time.Device, i.Time.Source = true, "phone-log"
	}
	if (c.exporter || c.phone) && i.Kind == evidence.Call {
		if i.Seconds == 0 { // a phone's log has calls that were not connected, a carrier's list does not
			i.Answered = evidence.No
		}
	}
	return i, nil
}

// otherSide is the column in which the other side's number stands, and who
// called, where the columns say it.
func (c listColumns) otherSide(row []string) (field string, d evidence.Direction, why *evidence.Text) {
	switch {
	case c.has("number"):
		return "number", evidence.DirectionUnknown, nil
	case !c.has("caller"):
		return "called", evidence.Out, nil // a list of what the phone dialled
	case c.self != "" && c.pairCell(row, "caller") == c.self:
		return "called", evidence.Out, nil
	case c.self != "" && c.pairCell(row, "called") == c.self:
		return "caller", evidence.In, nil
	}
	var said evidence.Incident
	if n, ok := c.at["direction"]; ok && n < len(row) && c.self == "" {
		c.direct(&said, plainCell(row[n]), nil)
	}
	switch said.Direction {
	case evidence.Out:
		return "called", evidence.Out, nil
	case evidence.In:
		return "caller", evidence.In, nil
	}
	return "", "", &evidence.Text{ZH: "主叫、被叫两个号码里看不出哪个是本机",
		EN: "which of caller and called is the own number does not show"}
}

// Words of a direction: those that a cell holds beside others, and those that
// are a cell by themselves.
var (
	mailboxWords = []string{"语音信箱", "语音留言", "电话留言", "留言", "语音邮件", "voicemail", "voice mail"}
	missedWords  = []string{"未接", "未接通", "拒接", "missed", "rejected"}
	inWords      = []string{"被叫", "呼入", "来电", "打入", "接听", "已接", "接收", "收件箱", "收到", "incoming", "received", "inbox"}
	outWords     = []string{"主叫", "呼出", "去电", "打出", "拨打", "拨出", "已拨", "发送", "已发", "outgoing", "dialed", "dialled",
		"sent"}
)

// direct says who called whom, by the cell of directions; where that says
// nothing, by another cell that is such a word and no more.
func (c listColumns) direct(i *evidence.Incident, cell string, row []string) {
	says := func(d string, words []string, alone bool) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return d == w || !alone && strings.Contains(d, w)
		})
	}
	for n, d := range append([]string{cell}, row...) {
		d = strings.ToLower(strings.TrimSpace(d))
		alone := n > 0
		switch {
		case d == "":
			continue
		case !c.messages && says(d, mailboxWords, alone) && !says(d, outWords, alone):
			*i = leftMessage(*i)
			return
		case says(d, missedWords, alone) || alone && d == "未接来电":
			i.Direction = evidence.In
			if !c.messages {
				i.Answered, i.Seconds = evidence.No, 0
			}
		case says(d, inWords, alone):
			i.Direction = evidence.In
		case says(d, outWords, alone):
			i.Direction = evidence.Out
		default:
			continue
		}
		if !c.messages && i.Answered == evidence.Unknown {
			i.Answered = evidence.Yes
		}
		return
	}
}
