package rule

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// A refusal that a file shows holds for what that caller does later, to the phone
// from which they were refused: nobody need write it into each row. Of everything
// else the rule knows nothing.
func TestRefusalIsCarried(t *testing.T) {
	message := func(i *evidence.Incident) { i.Kind, i.Shown = evidence.SMS, "你同事欠钱不还" }
	refusal := func(i *evidence.Incident) {
		i.Kind, i.Direction, i.Reached, i.Shown = evidence.SMS, evidence.Out, "", "不要再联系我"
		i.Asserted = []evidence.Breach{"V03a"}
	}
	friend := func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily }
	from := func(number string) func(*evidence.Incident) {
		return func(i *evidence.Incident) { i.Number = number }
	}
	in := func(x string) func(*evidence.Incident) {
		return func(i *evidence.Incident) { i.Exhibits = []string{x} }
	}
	spoken := func(i *evidence.Incident) { i.Asserted = []evidence.Breach{"V03a"} }
	said := func(a evidence.Answer) func(*evidence.Incident) {
		return func(i *evidence.Incident) { i.Refused = a }
	}
	for _, c := range []struct {
		name    string
		contact bool
		rows    []evidence.Incident
		doubt   evidence.DoubtCode // of the last row
		want    bool               // the last row came after a refusal, shown
	}{
		{"a call after the contact's message", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-02 10:00:00")}, "", true},
		{"a message after it", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-02 10:00:00", message)}, "", true},
		{"by another list", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-02 10:00:00", in("E002"))}, "", true},
		{"a call before it", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-01 09:59:00")}, "", false},
		{"from another number of theirs", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-02 10:00:00", from("057100000102"))},
			"", false},
		{"the person says that it was not", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-02 10:00:00", said(evidence.No))},
			"", false},
		{"the contact's own call", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-02 10:00:00", outgoing)}, "", false},
		{"of a day alone", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-01")}, "", false},
		{"at a time that something contradicts", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-02 10:00:00")},
			evidence.TimeInOtherSource, false},
		{"by two clocks a minute apart", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal),
				row("2026-09-01 10:01:00", in("E002"), deviceClock)},
			"", false},
		{"a refusal that was spoken, and nobody wrote down", true,
			[]evidence.Incident{row("2026-09-01 10:00:00", spoken), row("2026-09-02 10:00:00")}, "", false},
		{"to the friend whose phone shows both", false,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-02 10:00:00", message, friend)}, "",
			true},
		{"to another friend", false, []evidence.Incident{row("2026-09-01 10:00:00", refusal),
			row("2026-09-02 10:00:00", message, friend, in("E002"))}, "", false},
		{"to the borrower, who cannot refuse", false,
			[]evidence.Incident{row("2026-09-01 10:00:00", refusal), row("2026-09-02 10:00:00", message)}, "", false},
	} {
		k := testCase()
		if c.contact {
			k.Complainant.Kind = evidence.Contact
		}
		opt := Options{Date: filing}
		last := c.rows[len(c.rows)-1]
		if c.doubt != "" {
			opt.Doubts = []evidence.Doubt{{Code: c.doubt, Incident: last.ID, About: evidence.AboutTime}}
		}
		got := slices.ContainsFunc(Apply(k, c.rows, nil, opt).Findings, func(f evidence.Finding) bool {
			return f.Rule == "V03" && f.Strength == evidence.Shown &&
				strings.Contains(strings.Join(ids(f.Incidents), " "), last.ID)
		})
		if got != c.want {
			t.Errorf("%s: after a refusal %v, want %v", c.name, got, c.want)
		}
	}
}

func ids(rows []evidence.Incident) []string {
	var out []string
	for _, i := range rows {
		out = append(out, i.ID)
	}
	return out
}
