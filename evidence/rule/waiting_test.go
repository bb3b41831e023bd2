package rule

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// Nobody is warned that letters call a complaint unanswered where none does: of what
// followed it, and of one that was taken back.
func TestWhatWaitsForNoAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		f    evidence.Filing
		want bool
	}{
		"a complaint":   {evidence.Filing{To: "platform", Date: "2026-08-01"}, true},
		"more exhibits": {evidence.Filing{To: "platform", Date: "2026-08-01", Letter: evidence.Supplement}, false},
		"taken back":    {evidence.Filing{To: "platform", Date: "2026-08-01", Withdrawn: "2026-08-03"}, false},
		"answered":      {evidence.Filing{To: "platform", Date: "2026-08-01", Answer: "不予处理"}, false},
	} {
		kase := testCase()
		kase.Filings = []evidence.Filing{c.f}
		r := Apply(kase, []evidence.Incident{row("2026-08-03 23:00:00", shown)}, nil, Options{Date: filing})
		got := slices.ContainsFunc(r.Remarks,
			func(x evidence.Advice) bool { return strings.Contains(x.ZH, "没有写答复，信里会写") })
		if got != c.want {
			t.Errorf("%s: warned %v: %+v", name, got, r.Remarks)
		}
	}
}
