package ask

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// What a person wishes of the other side is asked once there is something to complain of,
// and only what letters do not ask for yet; whoever owes nothing is asked for no deferral.
func TestWishes(t *testing.T) {
	c := kase()
	asked := func(c evidence.Case, given []Given, rows []evidence.Incident, rules ...string) []Question {
		r := Record{Case: c, Given: given, Incidents: rows}
		for _, rule := range rules {
			r.Report.Findings = append(r.Report.Findings, evidence.Finding{Rule: rule, Strength: evidence.Shown})
		}
		return of(List(r), Wish)
	}
	columns := func(list []Question) (out []string) {
		for _, q := range list {
			out = append(out, q.About.Column)
		}
		return out
	}
	edited := func(edit func(*evidence.Case)) evidence.Case {
		c := kase()
		edit(&c)
		return c
	}
	// the requests stand in the question in words, and apart from it
	q := asked(c, nil, nil, "V04")[0]
	if len(q.List) != q.Parts || !strings.Contains(q.Text.ZH, q.List[1].ZH) ||
		strings.Contains(q.Asks().ZH, q.List[1].ZH) {
		t.Errorf("%d parts, listed as %q in %q", q.Parts, q.List, q.Asks().ZH)
	}
	denied := sms("T001", "09-03 10:00", collector, "还钱")
	denied.Asserted = []evidence.Breach{"V20a"}
	for _, x := range []struct {
		name  string
		kase  evidence.Case
		rows  []evidence.Incident
		rules []string
		want  []string
	}{
		{"nothing to complain of", c, nil, nil, nil},
		{"calls", c, nil, []string{"V04"}, []string{"deferral apology reduce account"}},
		{"an apology is asked for", c, nil, []string{"V04", "V06"}, []string{"deferral reduce account"}},
		{"costs alone", c, nil, []string{"V12"}, []string{"deferral reduce"}},
		{"the debt is denied", c, []evidence.Incident{denied}, []string{"V04"}, []string{"apology"}},
		{"paid", edited(func(c *evidence.Case) { c.Loan.Settled = "2026-09-01" }), nil, []string{"V04"},
			[]string{"apology"}},
		{"a contact", edited(func(c *evidence.Case) { c.Complainant.Kind = evidence.Contact }), nil,
			[]string{"V04", "V02"}, []string{"apology"}},
		{"all written by hand", edited(func(c *evidence.Case) {
			c.Requests = []string{"书面道歉", "多收的请退还"}
			c.Deferral = evidence.Deferral{Plan: []string{"2026-12-15 500"}, Reduce: evidence.No}
		}), nil, []string{"V04"}, nil},
	} {
		if got := columns(asked(x.kase, nil, x.rows, x.rules...)); !slices.Equal(got, x.want) {
			t.Errorf("%s: asks %q, want %q", x.name, got, x.want)
		}
	}
	c.Requests = []string{"告知坐席工号"}
	list := asked(c, nil, nil, "V04")
	given := []Given{{Question: list[0].ID, Kind: Wish, Value: "some:1"}}
	list = append(list, asked(c, given, nil, "V04")...)
	const account = "提供账单明细，列明本金、利息、罚息和各项费用；多收的予以退还。"
	for _, a := range []struct {
		n           int
		value, want string
	}{
		{0, "yes", "deferral.reduce=yes; requests=告知坐席工号\n就所反映的行为书面道歉。\n" + account},
		{0, "some:2,3", "deferral.reduce=yes; requests=告知坐席工号\n就所反映的行为书面道歉。"},
		{0, "some:4", "requests=告知坐席工号\n" + account},
		{0, "some:1", ""},
		{0, "no", ""},
		{1, "no", ""},
		{1, "8月起停发工资，10月起每月能还500元", "deferral.reason=8月起停发工资，10月起每月能还500元"},
		{1, "500", "none"},
		{1, strings.Repeat("难", 301), "none"},
	} {
		edits, err := list[a.n].Edits(a.value)
		if (err != nil) != (a.want == "none") || err == nil && shown(edits) != a.want {
			t.Errorf("%s: %s, %v, want %s", a.value, shown(edits), err, a.want)
		}
	}
	// The words of a deferral are asked of whoever wants one, and once.
	for value, want := range map[string][]string{"yes": {"deferral"}, "some:1,2": {"deferral"}, "some:2": nil, "no": nil,
		Skip: {"deferral apology reduce account"}} {
		given[0].Value = value
		if got := columns(asked(kase(), given, nil, "V04")); !slices.Equal(got, want) {
			t.Errorf("after %s: asks %q, want %q", value, got, want)
		}
	}
	given = []Given{{Question: list[0].ID, Kind: Wish, Value: "some:1"},
		{Question: list[1].ID, Kind: Wish, Value: "no"}}
	if got := columns(asked(kase(), given, nil, "V04")); len(got) != 0 {
		t.Errorf("no deferral after all, and asked: %q", got)
	}
}
