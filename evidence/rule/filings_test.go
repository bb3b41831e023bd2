package rule

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// A request to pay later, for papers or against a credit entry is no complaint: that
// nobody answered it is no breach of the term of complaints.
func TestApplicationIsNoComplaint(t *testing.T) {
	for letter, want := range map[string]bool{"": true, evidence.DeferralRequest: false,
		evidence.StatementRequest: false, evidence.CreditObjection: false} {
		c := testCase()
		filed("lender", "2026-07-01", "", "E001")(&c)
		c.Filings[0].Letter = letter
		r := Apply(c, nil, nil, Options{Date: filing})
		got := slices.ContainsFunc(r.Findings, func(f evidence.Finding) bool { return f.Rule == "V23" })
		if got != want || got && c.Filings[0].Applies() {
			t.Errorf("%q: V23 %v, want %v", letter, got, want)
		}
	}
}

// Who asked for papers again has answered and settled nothing: the method of V23
// says which of the two it was.
func TestAskedAgain(t *testing.T) {
	method := func(rows ...evidence.Incident) string {
		c := testCase()
		filed("lender", "2026-07-01", "", "E001")(&c)
		r := Apply(c, rows, nil, Options{Date: filing})
		n := slices.IndexFunc(r.Findings, func(f evidence.Finding) bool { return f.Rule == "V23" && f.Method.ZH != "" })
		if n < 0 {
			t.Fatalf("no V23 among %+v", r.Findings)
		}
		return r.Findings[n].Method.ZH
	}
	if s := method(); !strings.HasSuffix(s, "没有答复") {
		t.Errorf("nobody wrote back: %s", s)
	}
	if s := method(row("2026-07-10 10:00:00", shown, claims("V23a"))); strings.Contains(s, "没有答复") ||
		!strings.Contains(s, "再次索要材料") {
		t.Errorf("they asked for papers again: %s", s)
	}
	if s := method(row("2026-06-10 10:00:00", shown, claims("V23a"))); !strings.HasSuffix(s, "没有答复") {
		t.Errorf("they asked before the complaint: %s", s)
	}
}
