package rule

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// Nobody complains of what is still to come: the row is named with its line, what
// was found and what is wanted.
func TestRowsThatAreStillToCome(t *testing.T) {
	byHand := func(i *evidence.Incident) { i.Source, i.Exhibits, i.Line = "person", nil, 33 }
	for _, c := range []struct {
		name string
		row  evidence.Incident
		want string // in the obstacle; empty: there is none
	}{
		{"tomorrow", row("2026-10-02 00:00", byHand), "timeline.csv:33"},
		{"next year's day alone", row("2027-03-02", byHand), "时间是 2027-03-02，还没有到"},
		{"by a clock with a zone", row("2026-12-01T10:00:00+09:00", byHand), "时间是 2026-12-01 09:00:00（北京时间），还没有到"},
		{"later today", row("2026-10-01 23:59", byHand), ""},
		{"the day of today", row("2026-10-01", byHand), ""},
		{"by hand, of a number nobody named", row("2026-10-02 10:00", byHand, stranger), "应为今天（2026-10-01）或以前的时间"},
		{"left out", row("2026-10-02 10:00", byHand, unused), ""},
		{"of a file, by a clock that was wrong", row("2026-10-02 10:00:00"), "文件里就是这样记的"},
		{"of a file, of a number nobody named", row("2026-10-02 10:00:00", stranger), ""},
		{"no time", func() evidence.Incident { i := row(day, byHand); i.Time = evidence.Time{}; return i }(), ""},
	} {
		var got string
		for _, o := range Apply(testCase(), []evidence.Incident{c.row}, nil, Options{Date: filing}).Obstacles {
			if o.Code == evidence.CannotBe {
				got += o.Place() + " " + o.What.ZH + " " + o.Remedy.ZH
			}
		}
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// A row is named by where the person can change it: its line of the table, the filings of
// the case file, or the table where no line is known.
func TestWhere(t *testing.T) {
	for _, c := range []struct {
		row  evidence.Incident
		want string
	}{
		{evidence.Incident{Source: evidence.CaseFile, Line: 7}, "case.toml [[filings]]"},
		{evidence.Incident{Source: "person", Line: 1}, "timeline.csv:1"},
		{evidence.Incident{Source: "person"}, "timeline.csv"},
	} {
		if got := where(c.row); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.row, got, c.want)
		}
	}
}
