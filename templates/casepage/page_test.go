package casepage

import (
	"html"
	"regexp"
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

// A page has all its own words in either language, and none of the other; of an empty
// page too.
func TestWordsOfThePageAreInOneLanguage(t *testing.T) {
	full := Page{Title: "x", Made: "2026-10-08", For: "y",
		Chart:    ChartOf([]string{"2026-09-01"}, map[string]int{"2026-09-01": 1}),
		Events:   []Event{{ID: "T001", When: "w", Shown: "s", Words: "o", What: "k", Exhibits: []string{"E001"}}},
		Findings: []Finding{{Title: "f", Method: "m", Rows: []string{"T001"}, Ground: []string{"g"}, Doubts: []string{"d"}}},
		Exhibits: []Exhibit{{Number: "E001", Media: "audio", Note: "n"}, {Number: "E002", Media: "video"},
			{Number: "E003", Media: "image"}},
		Lanes: []Lane{{Name: "l", State: "z", Answer: "a", Terms: []string{"t"}}}}
	han := regexp.MustCompile(`\p{Han}+`)
	english := regexp.MustCompile(`(?i)what happened|finding|exhibit|filing|answer|a file shows|the person says|` +
		`made on|made from`)
	for _, p := range []Page{full, {Title: "x", Made: "2026-10-08", For: "y"}} {
		for _, p.English = range []bool{true, false} {
			var b strings.Builder
			if err := Write(&b, p); err != nil {
				t.Fatal(err)
			}
			_, body, _ := strings.Cut(html.UnescapeString(b.String()), "</style>")
			if found := han.FindAllString(body, -1); p.English != (len(found) == 0) {
				t.Errorf("english %v: Chinese words %q", p.English, found)
			}
			if found := english.FindAllString(body, -1); p.English != (len(found) > 4) || !p.English && len(found) > 0 {
				t.Errorf("english %v: English words %q", p.English, found)
			}
		}
	}
}

// A page tells who it was made for, and what is no page of ours tells nothing.
func TestMadeFor(t *testing.T) {
	for to, html := range map[string]string{"": "", "lender": "", "-": "<p>mine</p>"} {
		var b strings.Builder
		if html == "" {
			if err := Write(&b, Page{To: to}); err != nil {
				t.Fatal(err)
			}
			html = b.String()
		}
		if role, ours := MadeFor([]byte(html)); ours != (to != "-") || ours && role != to {
			t.Errorf("%q: %q, %v", to, role, ours)
		}
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
