package logs

import (
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A listReader reads the rows of a list, one after another: some have a row for
// the day, and the rows below it the hour alone; some leave out the year, which
// then stands above the list, or in the name of its file or sheet.
type listReader struct {
	listColumns
	month time.Time // of the list; zero: nothing says it
	day   string    // of the rows that follow
}

var (
	monthForms = []*lazyregexp.Regexp{
		lazyregexp.New(`(20\d\d)年(\d{1,2})月`), lazyregexp.New(`(?:^|\D)(20\d\d)[-./](\d{1,2})(?:\D|$)`),
		lazyregexp.New(`(?:^|\D)(20\d\d)(0[1-9]|1[0-2])(?:\D|$)`),
		lazyregexp.New(`(?:^|\D)(20\d\d)(0[1-9]|1[0-2])[0-3]\d(?:\D|$)`),
	}
	dayAlone   = lazyregexp.New(`^20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?$|^20\d{6}$`)
	clockAlone = lazyregexp.New(`^\d{1,2}[:：时]\d{2}(?:[:：分]\d{2}秒?)?$`)
	yearless   = lazyregexp.New(`^(\d{1,2})[-/.月](\d{1,2})(?:日[ T]*|[ T]+)((?:[上下]午|[AaPp][Mm])? ?\d{1,2}[:：时]\d{2}.*)$`)
)

// monthIn finds the month of which a list is, in what stands above it or in its
// name; zero if none does.
func monthIn(s string) time.Time {
	for _, re := range monthForms {
		if m := re.FindStringSubmatch(s); m != nil {
			year, _ := strconv.Atoi(m[1])
			month, _ := strconv.Atoi(m[2])
			if month >= 1 && month <= 12 {
				return time.Date(year, time.Month(month), 1, 0, 0, 0, 0, evidence.Beijing)
			}
		}
	}
	return time.Time{}
}

// withYear puts the year before a time that has none: that in which it lies
// nearest to the month of the list.
func (l *listReader) withYear(s string) string {
	m := yearless.FindStringSubmatch(s)
	if m == nil || l.month.IsZero() {
		return s
	}
	month, _ := strconv.Atoi(m[1])
	year := l.month.Year()
	switch off := month - int(l.month.Month()); {
	case off > 6:
		year--
	case off < -6:
		year++
	}
	return strconv.Itoa(year) + "-" + m[1] + "-" + m[2] + " " + m[3]
}

// next reads one row; not nil with no words: it is no row of its own.
func (l *listReader) next(row []string, numeric []bool) (evidence.Incident, *evidence.Text) {
	var filled []string
	for _, c := range row {
		if c = plainCell(c); c != "" {
			filled = append(filled, c)
		}
	}
	switch {
	case len(filled) == 0:
		return evidence.Incident{}, &evidence.Text{}
	case len(filled) == 1 && dayAlone.MatchString(filled[0]):
		l.day = filled[0]
		return evidence.Incident{}, &evidence.Text{}
	}
	for _, field := range []string{"time", "clock", "date"} {
		n, ok := l.at[field]
		if !ok || n >= len(row) {
			continue
		}
		cell := plainCell(row[n])
		switch {
		case yearless.MatchString(cell):
			row = with(row, n, l.withYear(cell))
		case l.day != "" && clockAlone.MatchString(cell) && (!l.has("date") || n == l.at["date"]):
			row = with(row, n, l.day+" "+cell)
		}
	}
	i, why := l.row(row, numeric)
	if why != nil && l.timeless(row) {
		return i, &evidence.Text{
			ZH: "时间没有年份，材料和文件名里也看不出是哪一年：“" + l.when(row) + "”",
			EN: `the time has no year, and neither the list nor its name says which: "` + l.when(row) + `"`}
	}
	return i, why
}

func with(row []string, n int, cell string) []string {
	out := append([]string(nil), row...)
	out[n] = cell
	return out
}

// when is what a row says of its time.
func (l *listReader) when(row []string) string {
	var out []string
	for _, field := range []string{"date", "time", "clock"} {
		if n, ok := l.at[field]; ok && n < len(row) && plainCell(row[n]) != "" {
			out = append(out, plainCell(row[n]))
		}
	}
	return strings.Join(out, " ")
}

// timeless reports a row whose time lacks no more than the year.
func (l *listReader) timeless(row []string) bool { return yearless.MatchString(l.when(row)) }
