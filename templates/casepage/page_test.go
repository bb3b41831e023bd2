package casepage

import (
	"strings"
	"testing"
)

// What a case says is text on the page, and never a part of it.
func TestWordsAreEscaped(t *testing.T) {
	var b strings.Builder
	bad := `<script>alert(1)</script>"><img src=http://example.org/x>`
	err := Write(&b, Page{Title: bad, Notes: []string{bad},
		Events:   []Event{{ID: "T001", When: bad, Shown: bad, Words: bad}},
		Findings: []Finding{{Title: bad, Ground: []string{bad}}}, Exhibits: []Exhibit{{Number: "E001", Name: bad}},
		Lanes: []Lane{{Name: bad, State: bad, Answer: bad, Terms: []string{bad}}}})
	if err != nil {
		t.Fatal(err)
	}
	if s := b.String(); strings.Contains(s, "<script") || strings.Contains(s, "<img src=http") {
		t.Errorf("not escaped:\n%s", s)
	}
}

func TestChartOf(t *testing.T) {
	c := ChartOf([]string{"2026-09-01", "2026-09-03"}, map[string]int{"2026-09-01": 1, "2026-09-03": 5})
	if c.Most != 5 || c.Bars[1].H != 100 || c.Bars[0].H != 20 || c.Bars[1].Y+c.Bars[1].H != c.Bars[0].Y+c.Bars[0].H {
		t.Errorf("%+v", c)
	}
	if ChartOf(nil, nil) != nil {
		t.Error("a chart of nothing")
	}
}
