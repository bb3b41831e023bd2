package rule

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// What an act was named as together counts together, in one finding: neither takes from the
// other the provisions and bodies that it has alone, and what the kind says as such is
// weighed as if it stood alone. A part that says the same more closely stands for both.
func TestNamedTogether(t *testing.T) {
	posted := func(i *evidence.Incident) { kindIs(evidence.Post)(i); told(i) }
	for _, c := range []struct {
		name  string
		kase  func(*evidence.Case)
		edit  func(*evidence.Incident)
		kinds []evidence.Breach
		parts string
		has   string
	}{
		{"a threat and an insult", nil, saying("你这个骗子，再不还让你进医院躺着"), []evidence.Breach{"V06", "V06b"}, "V06 V06b",
			"CC-1002 CC-1024 CPL-27"},
		{"in whichever order", nil, saying("你这个骗子，再不还让你进医院躺着"), []evidence.Breach{"V06b", "V06"}, "V06 V06b",
			"CC-1002 CC-1024"},
		{"to a holder of a card", card, saying("骗子，不还就去你单位"), []evidence.Breach{"V06", "V06b"}, "V06 V06b",
			"CARD-V06 XBBH-V06 CC-1024"},
		{"an insult alone", card, saying("骗子"), []evidence.Breach{"V06b"}, "V06b", "!CARD-V06 CC-1024"},
		{"a threat, and to safety", nil, saying("砍死你"), []evidence.Breach{"V06", "V06a"}, "V06a", "CC-1002"},
		{"a threat to safety and an insult", nil, saying("砍死你，骗子"), []evidence.Breach{"V06", "V06a", "V06b"}, "V06a V06b",
			"CC-1002 CC-1024"},
		{"bombed, and pasted up", nil, posted, []evidence.Breach{"V10", "V10a"}, "V10 V10a", "CC-1033-1 CBA26-V10"},
		{"pasted up", nil, posted, []evidence.Breach{"V10a"}, "V10a", "!CC-1033-1 CBA26-V10"},
		{"nobody said who they are, nor that it was assigned", nil, nil, []evidence.Breach{"V13", "V13a"}, "V13 V13a",
			"PIPL-17 CC-546"},
		{"a wrong record, without notice", nil, func(i *evidence.Incident) { kindIs(evidence.Other)(i); untrue(i) },
			[]evidence.Breach{"V16", "V16a"}, "V16 V16a", "CREDIT-25-wrong CREDIT-15"},
		{"a record of which nobody knows whether it is wrong", nil, kindIs(evidence.Other),
			[]evidence.Breach{"V16", "V16a"}, "V16a", "CREDIT-15 !CREDIT-25-wrong"},
		{"a visit, and alone", nil, kindIs(evidence.Visit), []evidence.Breach{"V11", "V11c"}, "V11c", "CBA26-V11-alone"},
	} {
		edit := []func(*evidence.Incident){shown}
		if c.edit != nil {
			edit = append(edit, c.edit)
		}
		for _, b := range c.kinds {
			edit = append(edit, claims(b))
		}
		k := testCase()
		if c.kase != nil {
			c.kase(&k)
		}
		found := 0
		for _, f := range Apply(k, []evidence.Incident{row(day, edit...)}, nil, Options{Date: filing}).Findings {
			if f.Rule != c.kinds[0].Rule() {
				continue
			}
			found++
			var parts, cited []string
			for _, b := range evidence.Breaches() {
				if b.Rule() == f.Rule && f.Is(b) {
					parts = append(parts, string(b))
				}
			}
			for _, x := range f.Citations {
				cited = append(cited, x.ID)
			}
			if s := strings.Join(parts, " "); s != c.parts || f.Strength != evidence.Shown || len(f.Incidents) != 1 {
				t.Errorf("%s: %s of %s, %d acts, want %s", c.name, f.Strength, s, len(f.Incidents), c.parts)
			}
			for _, id := range strings.Fields(c.has) {
				if not, no := strings.CutPrefix(id, "!"); slices.Contains(cited, not) == no {
					t.Errorf("%s: cites %v; want %s", c.name, cited, id)
				}
			}
			promises(t, 0, f)
		}
		if found != 1 {
			t.Errorf("%s: %d findings of it", c.name, found)
		}
	}
}
