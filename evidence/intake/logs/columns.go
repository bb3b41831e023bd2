package logs

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// Tables without a head, and tables that name both sides of a call: which column
// is what is read off the cells.

// leastRows is how many rows a table without a head has at least, and
// mostOf how many of a column's cells, in hundredths, must be of a kind.
const leastRows, mostOf = 2, 90

// leastWords is from how many characters on a cell is somebody's words, and no
// name of a place.
const leastWords = 10

var (
	phoneCell = lazyregexp.New(
		`^(?:\+|00)?(?:86)?(?:1[3-9]\d{9}|1[3-9]\d\*{4}\d{4}|0\d{2,3}-?\d{7,8}` +
			`|10\d{7,18}|95\d{3,9}|[48]00-?\d{3}-?\d{4}|1[02]\d{3})$`)
	serialHour = lazyregexp.New(`^4\d{4}\.\d+$`) // a date cell of a workbook, from 2009 on
	han        = lazyregexp.New(`\p{Han}`)
	sentence   = lazyregexp.New(`[，。！？；]`)
	bareClock  = lazyregexp.New(`^\d{1,2}[:：]\d{2}[:：]\d{2}$`)
	dayCell    = lazyregexp.New(`^20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?$|^20\d{6}$`)
)

// guessColumns finds the columns of a table of calls by what its cells hold: a
// time or a day and an hour, one number, and a direction or a length. Not ok:
// there are none, or more than one column may be it.
func guessColumns(rows [][]string) (c listColumns, ok bool) {
	if garbledRows(rows) {
		return c, false // what was in a cell, and which column it was, nobody can tell
	}
	if isFlow(rows) {
		return c, false
	}
	var head listColumns
	for len(rows) > 0 && !slices.ContainsFunc(rows[0], func(cell string) bool {
		return slices.Contains([]string{"time", "date", "number"}, kindOfCell(plainCell(cell)))
	}) {
		head = findColumns(rows[0]) // in words of which some are not known, or a title
		rows = rows[1:]
	}
	if len(rows) < leastRows {
		return c, false
	}
	width := 0
	for _, row := range rows {
		width = max(width, len(row))
	}
	kinds := map[string][]int{}
	for n := range width {
		kind := kindOfColumn(rows, n)
		kinds[kind] = append(kinds[kind], n)
	}
	if len(kinds["words"]) > 0 {
		return c, false // what a person wrote down is no list of a carrier's
	}
	c = listColumns{at: map[string]int{}, guessed: true}
	for _, field := range []string{"time", "date", "clock", "number", "direction", "length"} {
		if len(kinds[field]) == 1 {
			c.at[field] = kinds[field][0]
		}
	}
	if len(kinds["length"]) == 0 && len(kinds["seconds"]) == 1 {
		c.at["length"] = kinds["seconds"][0]
	}
	// Which of several columns of one kind it is, the head may say.
	for field, may := range map[string][]string{"length": {"length", "seconds"}, "number": {"number"}, "time": {"time"}} {
		n, named := head.at[field]
		if named && !c.has(field) && slices.ContainsFunc(may, func(k string) bool { return slices.Contains(kinds[k], n) }) {
			c.at[field] = n
		}
	}
	c.minutes = head.minutes && c.has("length") && c.at["length"] == head.at["length"]
	if c.has("time") {
		if n, ok := c.at["clock"]; ok && !c.has("length") {
			c.at["length"] = n // 00:01:02 beside a whole time is how long it was
		}
		delete(c.at, "date")
		delete(c.at, "clock")
	}
	ok = c.has("number") && (c.has("time") || c.has("date") && c.has("clock")) &&
		(c.has("direction") || c.has("length"))
	return c, ok
}

// kindOfColumn is what nearly all cells of a column are.
func kindOfColumn(rows [][]string, n int) string {
	count, filled := map[string]int{}, 0
	for _, row := range rows {
		if n >= len(row) || plainCell(row[n]) == "" {
			continue
		}
		filled++
		count[kindOfCell(plainCell(row[n]))]++
	}
	if some := count["length"]; some > 0 { // 30 beside 1:02 is how long it was too
		count["length"], count["seconds"] = some+count["seconds"], 0
	}
	if counts(rows, n) {
		return "" // 1, 2, 3: the number of the row
	}
	for kind, n := range count {
		if kind != "" && filled >= leastRows && n*100 >= filled*mostOf && filled*2 > len(rows) {
			return kind
		}
	}
	return ""
}

// counts reports a column that numbers the rows: from 0 or 1 on, or many of them.
func counts(rows [][]string, n int) bool {
	const many = 10
	first, before, all := 0, 0, 0
	for _, row := range rows {
		if n >= len(row) {
			return false
		}
		k, err := strconv.Atoi(plainCell(row[n]))
		if err != nil || all > 0 && k != before+1 {
			return false
		}
		if all == 0 {
			first = k
		}
		before, all = k, all+1
	}
	return all >= leastRows && (first == 0 || first == 1 || all >= many)
}

func kindOfCell(s string) string {
	_, isTime := carrierTime(s)
	_, isLength := carrierLength(s)
	lower := strings.ToLower(s)
	switch {
	case dayCell.MatchString(s):
		return "date"
	case isTime, yearless.MatchString(s), serialHour.MatchString(s):
		return "time"
	case bareClock.MatchString(s):
		return "clock"
	case phoneCell.MatchString(strings.ReplaceAll(s, " ", "")):
		return "number"
	case slices.ContainsFunc(slices.Concat(missedWords, inWords, outWords, mailboxWords), func(w string) bool {
		return lower == w || lower == w+"来电" || strings.HasPrefix(lower, w) && len([]rune(lower)) <= 4
	}):
		return "direction"
	case len([]rune(s)) >= leastWords && han.MatchString(s) || sentence.MatchString(s):
		return "words"
	case isLength && bareNumber.MatchString(s):
		return "seconds"
	case isLength:
		return "length"
	}
	return ""
}

// headRows are the first lines of a text as rows of a table, by the sign that
// separates most.
func headRows(s string) (rows [][]string, comma rune) {
	lines := strings.SplitN(strings.TrimLeft(s, "\ufeff \r\n"), "\n", headLines+1)
	if len(lines) > headLines {
		lines = lines[:headLines]
	}
	comma = ','
	for _, d := range ";\t" {
		if strings.Count(lines[len(lines)-1]+lines[0], string(d)) > strings.Count(lines[len(lines)-1]+lines[0],
			string(comma)) {
			comma = d
		}
	}
	for _, line := range lines {
		r := csv.NewReader(strings.NewReader(strings.TrimRight(line, "\r")))
		r.Comma, r.LazyQuotes = comma, true
		if row, err := r.Read(); err == nil && !strings.HasPrefix(line, "sep=") {
			rows = append(rows, row)
		}
	}
	return rows, comma
}

// own is the number that stands in every row of a table that names caller and
// called: that of the phone whose list it is. Of two that do it is the one that stands above
// them or was said. Empty: none does, or which of the two does not show.
func (c listColumns) own(rows [][]string, above string, said Phone) string {
	var may []string
	for n, row := range rows {
		pair := []string{c.pairCell(row, "caller"), c.pairCell(row, "called")}
		if pair[0] == "" || pair[1] == "" {
			continue
		}
		if n == 0 || may == nil {
			may = pair
			continue
		}
		may = slices.DeleteFunc(slices.Clone(may), func(s string) bool { return !slices.Contains(pair, s) })
	}
	may = slices.Compact(may)
	if len(may) == 2 {
		may = slices.DeleteFunc(may, func(s string) bool { return !strings.Contains(above, s) && !said.has(s) })
	}
	if len(may) != 1 {
		return ""
	}
	return may[0]
}

func (own Phone) has(number string) bool {
	return slices.ContainsFunc(own, func(s string) bool { return evidence.NormalNumber(s) == number })
}

func (c listColumns) pairCell(row []string, field string) string {
	n, ok := c.at[field]
	if !ok || n >= len(row) {
		return ""
	}
	return evidence.NormalNumber(plainCell(row[n]))
}

// isPair reports a table that names both sides of a call, and neither as the
// other side.
func (c listColumns) isPair() bool { return c.has("caller") && c.has("called") && !c.has("number") }

type columnWord struct {
	field string
	word  evidence.Text
}

// columnWords name the fields to the person.
var columnWords = []columnWord{
	{"time", evidence.Text{ZH: "时间", EN: "time"}}, {"date", evidence.Text{ZH: "日期", EN: "date"}},
	{"clock", evidence.Text{ZH: "钟点", EN: "hour"}}, {"number", evidence.Text{ZH: "对方号码", EN: "number"}},
	{"caller", evidence.Text{ZH: "主叫号码", EN: "caller"}}, {"called", evidence.Text{ZH: "被叫号码", EN: "called"}},
	{"direction", evidence.Text{ZH: "主叫被叫", EN: "direction"}}, {"length", evidence.Text{ZH: "时长", EN: "length"}},
	{"name", evidence.Text{ZH: "对方名称", EN: "name"}}, {"text", evidence.Text{ZH: "内容", EN: "words"}},
}

// words say which column was taken for what: 第1列=时间.
func (c listColumns) words() evidence.Text {
	var zh, en []string
	fields := slices.DeleteFunc(slices.Clone(columnWords), func(w columnWord) bool { return !c.has(w.field) })
	slices.SortStableFunc(fields, func(a, b columnWord) int { return c.at[a.field] - c.at[b.field] })
	for _, w := range fields {
		zh = append(zh, fmt.Sprintf("第%d列=%s", c.at[w.field]+1, w.word.ZH))
		en = append(en, fmt.Sprintf("column %d = %s", c.at[w.field]+1, w.word.EN))
	}
	return evidence.Text{ZH: strings.Join(zh, "，"), EN: strings.Join(en, ", ")}
}

// Columns says which column of a list of calls is taken for what, and whether
// that was read off its cells because it has no head. Not ok: it is no table of
// that kind.
func Columns(r io.ReaderAt, size int64) (words evidence.Text, guessed, ok bool) {
	f := open(r, size)
	form, ok := f.form()
	if !ok || !strings.HasPrefix(form.Name, "call list") {
		return words, false, false
	}
	c, ok := f.listColumns()
	return c.words(), c.guessed, ok
}

// listColumns are the columns of the first list of a file.
func (f *file) listColumns() (listColumns, bool) {
	if g, err := openGrid(f); err == nil {
		for _, sheet := range g.sheets {
			if c, err := sheet.columns(g.days1904); err == nil && c.at != nil {
				return c, true
			}
		}
		return listColumns{}, false
	}
	rows, _ := headRows(f.text)
	for _, row := range rows {
		if c := findColumns(row); c.isListHead() {
			return c, true
		}
	}
	return guessColumns(rows)
}
