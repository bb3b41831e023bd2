package ask

import (
	"testing"

	"juzheng/evidence"
)

// What papers need is asked once there is something to complain of: address
// and wishes; and a night call, whether the person had agreed to it.
func TestWhatPapersNeedIsAsked(t *testing.T) {
	asked := func(c evidence.Case, rules ...string) (out []Question) {
		r := Record{Case: c}
		for _, rule := range rules {
			r.Report.Findings = append(r.Report.Findings, evidence.Finding{Rule: rule, Strength: evidence.Shown})
		}
		for _, k := range []Kind{Address, Consent} {
			out = append(out, of(List(r), k)...)
		}
		return out
	}
	c := kase()
	if list := asked(c); len(list) != 0 {
		t.Errorf("asked without a finding: %+v", list)
	}
	list := asked(c, "V04", "V05")
	if len(list) != 3 {
		t.Fatalf("asks %+v", list)
	}
	for _, a := range []struct {
		n       int
		value   string
		changes string // empty: it is no answer
	}{
		{0, "浙江省杭州市虚构区样例路1号", "complainant.address=浙江省杭州市虚构区样例路1号"},
		{0, "1", ""},
		{1, "forward", "consent.confidential=no; consent.forward=yes"},
		{1, "forward-confidential", "consent.confidential=yes; consent.forward=yes"},
		{1, "confidential", "consent.confidential=yes; consent.forward=no"},
		{1, "maybe", ""},
		{2, "no", "consent.night=no"},
		{2, "yes", "consent.night=yes"},
	} {
		edits, err := list[a.n].Edits(a.value)
		if (err != nil) != (a.changes == "") || shown(edits) != a.changes {
			t.Errorf("%s: %s (%v), want %s", a.value, shown(edits), err, a.changes)
		}
	}
	c.Complainant.Address = "某地"
	c.Consent = evidence.Consent{Forward: evidence.No, Night: evidence.No}
	if list := asked(c, "V04", "V05"); len(list) != 0 {
		t.Errorf("asked again: %+v", list)
	}
	c.Complainant.Kind, c.Consent.Night = evidence.Contact, evidence.Unknown
	if list := asked(c, "V05"); len(list) != 0 {
		t.Errorf("a contact agreed to nothing: %+v", list)
	}
}
