package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// mostRows is how many rows of a log its page prints; of more those that count: which a
// letter tells of, and what was said.
const mostRows = 200

// logRows shows the rows of a log that belong to the matter, with where each
// stands in the file. The other rows are nobody's business here.
func (in paper) logRows(x evidence.Exhibit) []document.Block {
	rows := in.showing(x.Number)
	all := len(rows)
	if all > mostRows {
		rows = in.thatCount(rows)
	}
	t := in.rowTable(x, rows)
	above := "下表只列与本案有关的行；“出处”是该行在文件中的行号。完整文件见证据包 data/" + x.File + "。"
	if x.Extract != nil {
		above = "本证据是从整份记录（" + label(x.Extract.Of) + "）中按行取出的；“出处”是该行在整份记录中的位置。" +
			"整份记录里有与本案无关的人的记录，不随本册提供；需要核对时，可以要求提交人出示。"
	}
	if len(rows) < all {
		whole := "全部" + fmt.Sprint(all) + "行见"
		if x.Extract != nil {
			whole += "摘录" + label(x.Number) + "（证据包 data/" + x.File + "）"
		} else {
			whole += "证据包 data/" + x.File
		}
		above += fmt.Sprintf("与本案有关的共%d行，纸面列出%d行：信里写到的每一行，和内容属于违规的行；%s。各日的次数见时间线。", all, len(rows), whole)
	}
	t, same := lifted(t)
	tables := []document.Table{t}
	if len(rows) > mostListed {
		t, closer := narrowed(t)
		tables, same = abreast(t), same+closer
	}
	out := []document.Block{small(above + same)}
	for _, t := range tables {
		out = append(out, t)
	}
	return out
}

// fullDay is from how many rows a day on, one with another, each day has a table of its
// own: its head says the day, on each page anew, and its rows the hour alone.
const fullDay = 40

// abreast puts the rows of a narrowed table side by side: of calls, which are hours,
// lengths and places, four where their days stand above them, else three; of others two.
func abreast(t document.Table) []document.Table {
	const day = len("09-18")
	slim := func(r []document.Cell) bool { return len(document.SpansText(r[0])) == len("09-18 23:10:00") }
	if len(t.Columns) > 3 || t.Columns[0].Title != "时间" || slices.ContainsFunc(t.Rows, func(r []document.Cell) bool {
		return !slim(r)
	}) {
		return []document.Table{t}
	}
	t.Abreast = 3
	var days []document.Table
	for _, r := range t.Rows {
		at := document.SpansText(r[0])
		if n := len(days); n == 0 || days[n-1].Columns[0].Title != at[:day] {
			one := t
			one.Abreast, one.Columns, one.Rows = 4, slices.Clone(t.Columns), nil
			one.Columns[0].Title = at[:day]
			days = append(days, one)
		}
		last := &days[len(days)-1]
		r, when := slices.Clone(r), slices.Clone(r[0])
		when[0].Text = at[day+1:]
		r[0] = when
		last.Rows = append(last.Rows, r)
	}
	if len(t.Rows) < fullDay*len(days) {
		return []document.Table{t}
	}
	return days
}

// thatCount are the rows that a letter tells of, and of the others, as far as there is
// room, those of which somebody said what they were.
func (in Input) thatCount(rows []evidence.Incident) []evidence.Incident {
	told := in.toldRows()
	counts := map[string]bool{}
	left := mostRows
	for _, i := range rows {
		if counts[i.ID] = told[i.ID]; told[i.ID] {
			left--
		}
	}
	for _, i := range rows {
		if left > 0 && !counts[i.ID] && len(i.Asserted) > 0 {
			counts[i.ID], left = true, left-1
		}
	}
	return slices.DeleteFunc(slices.Clone(rows), func(i evidence.Incident) bool { return !counts[i.ID] })
}

func (in paper) rowTable(x evidence.Exhibit, rows []evidence.Incident) document.Table {
	t := document.Table{Columns: []document.Column{{Title: "时间", Width: 34}, {Title: "方式", Width: 22},
		{Title: "显示号码", Width: 25}, {Title: "时长", Width: 14}, {Title: "内容", Width: 44},
		{Title: "运营商清单", Width: 14}, {Title: "出处", Width: 16}}, Small: true}
	for _, i := range rows {
		id := i.ID
		other := in.byListInstead(i, in.rowsIn(x))
		i = asRead(i, in.rowsIn(x))
		// A call log shows that a call was made and not what was said: the
		// words stand with the recording.
		length, words := "", oneLine(in.mask(i.Shown))
		if i.Kind == evidence.Call {
			words = ""
			if i.Seconds >= 0 {
				length = duration(i.Seconds)
			}
		}
		byList := in.carrierCell(i)
		if i.Carrier.List == in.rowsIn(x) { // it is the list
			byList = plain("")
		}
		t.Rows = append(t.Rows, []document.Cell{linked(plain(shortMoment(i.Time)+other), id), plain(wayWord(i)),
			plain(in.number(i)), plain(length), plain(words), byList, plain(in.rowIn(i, in.rowsIn(x)))})
	}
	return withoutEmpty(t)
}

// byListInstead is the time that the carrier's list has for a call, beside one of a file
// whose clock was off: letters go by the list. Empty where the two are a minute apart at
// most, or the file's reading is printed beside the corrected time anyway.
func (in Input) byListInstead(i evidence.Incident, exhibit string) string {
	read, list := asRead(i, exhibit), in.listOf(i)
	if list == "" || i.Carrier.Says != evidence.CarrierHas || i.Time.Precision == evidence.ToDay ||
		!read.Time.Showed.IsZero() || read.Time.At.Sub(i.Time.At).Abs() <= time.Minute {
		return ""
	}
	return "（" + label(list) + "为" + i.Time.At.In(evidence.Beijing).Format("15:04:05") + "）"
}

// narrowed makes of a long table of rows one of two columns of rows: what all have in
// common of their times and places is said once, and beside words the number stands
// below its time.
func narrowed(t document.Table) (document.Table, string) {
	t.Abreast, t.Rows = 2, slices.Clone(t.Rows)
	at := func(title string) int {
		return slices.IndexFunc(t.Columns, func(c document.Column) bool { return c.Title == title })
	}
	text := func(r []document.Cell, n int) string { return document.SpansText(r[n]) }
	set := func(n int, s func(string) string) {
		for i, r := range t.Rows {
			r = slices.Clone(r)
			cell := slices.Clone(r[n])
			cell[0].Text = s(text(r, n))
			r[n] = cell[:1]
			t.Rows[i] = r
		}
	}
	every := func(n int, has func(string) bool) bool {
		return n >= 0 && !slices.ContainsFunc(t.Rows, func(r []document.Cell) bool { return !has(text(r, n)) })
	}
	said := ""
	when, place := at("时间"), at("出处")
	if year, _, ok := strings.Cut(text(t.Rows[0], when), "-"); ok &&
		every(when, func(s string) bool { return strings.HasPrefix(s, year+"-") }) {
		set(when, func(s string) string { return strings.TrimPrefix(s, year+"-") })
		said = "时间都在" + year + "年。"
	}
	if every(place, func(s string) bool { return strings.HasPrefix(s, "第") && strings.HasSuffix(s, "行") }) {
		set(place, func(s string) string { return strings.TrimSuffix(strings.TrimPrefix(s, "第"), "行") })
		t.Columns = slices.Clone(t.Columns)
		t.Columns[place].Title, t.Columns[place].Align = "行", document.Right
		said += "“行”是出处的行号。"
	}
	if number := at("显示号码"); number >= 0 && at("内容") >= 0 {
		t.Columns = slices.Clone(t.Columns)
		t.Columns[when].Title = "时间、号码"
		for i, r := range t.Rows {
			r = slices.Clone(r)
			r[when] = append(slices.Clone(r[when]), document.Span{Text: "\n" + text(r, number)})
			t.Rows[i] = r
		}
		t = withoutColumn(t, number)
	}
	return t, said
}

// toldRows are the rows of the timeline that the letter of an input tells of one by one.
func (in Input) toldRows() map[string]bool {
	out := map[string]bool{}
	for _, b := range Compose(in, Counted{}).Blocks {
		for _, s := range document.Spans(b) {
			for _, id := range strings.Fields(s.Rows) {
				out[id] = true
			}
		}
	}
	return out
}
