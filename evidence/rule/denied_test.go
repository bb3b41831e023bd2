package rule

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// Who owes nothing is not told to pay, and who was robbed of their name is shown
// the way to the police.
func TestNobodyIsToldToPayWhatTheyDoNotOwe(t *testing.T) {
	for _, c := range []struct {
		claim  evidence.Breach
		kase   func(*evidence.Case)
		owes   bool
		police bool
	}{
		{"V06", func(*evidence.Case) {}, true, false},
		{"V20a", func(*evidence.Case) {}, false, false},
		{"V20b", func(*evidence.Case) {}, false, false},
		{"V20c", func(*evidence.Case) {}, false, true},
		{"V06", heir, false, false},
		{"V06", func(c *evidence.Case) {
			c.Complainant.Kind, c.Consent.Loan = evidence.Guardian, evidence.No
		}, false, false},
	} {
		kase := testCase()
		c.kase(&kase)
		r := Apply(kase, []evidence.Incident{row(day, shown, claims(c.claim))}, nil, Options{Date: filing})
		owes, police := false, false
		for _, m := range r.Remarks {
			owes = owes || strings.Contains(m.ZH, "欠款仍应归还")
		}
		for _, m := range r.Elsewhere {
			police = police || strings.Contains(m.ZH, "身份被冒用办理借款")
		}
		if owes != c.owes || police != c.police {
			t.Errorf("%s of %q: told to pay %t, to the police %t", c.claim, kase.Complainant.Kind, owes, police)
		}
	}
}
