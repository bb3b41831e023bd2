package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// What came in spite of a refusal is asked once for all, where the rule cannot know
// it: from another number of theirs, after words that no file shows, on the phone of
// a friend. What the rule takes by itself is not asked.
func TestContactAfterRefusalIsAsked(t *testing.T) {
	const second = "057100000102"
	contact, both := kase(), kase()
	both.Numbers = append(both.Numbers, evidence.Number{Number: second, Side: evidence.CollectorSide})
	contact.Complainant.Kind, contact.Numbers = evidence.Contact, both.Numbers
	out := func(i evidence.Incident, reached evidence.Reached, named ...evidence.Breach) evidence.Incident {
		i.Direction, i.Reached, i.Asserted = evidence.Out, reached, named
		return i
	}
	on := func(i evidence.Incident, exhibit string, disclosed evidence.Answer) evidence.Incident {
		i.Exhibits, i.Disclosed, i.Reachable = []string{exhibit}, disclosed, evidence.Yes
		return i
	}
	wrote := sms("T001", "09-03 10:00", collector, "别再发了")
	spoken := on(call("T001", "09-03 10:00", collector, evidence.ReachedSelf), "E001", evidence.Yes)
	spoken.Asserted = []evidence.Breach{"V03a"}
	again := on(call("T002", "09-04 10:00", collector, evidence.ReachedSelf), "E001", evidence.Yes)
	other := on(call("T003", "09-05 10:00", second, evidence.ReachedSelf), "E001", evidence.Yes)
	theirs := func(i evidence.Incident) evidence.Incident {
		i.Reached = evidence.ReachedFamily
		return on(i, "E002", evidence.Yes)
	}
	mums := []device.Device{{Name: "妈妈的vivo", Exhibits: []string{"E002"}, Owner: evidence.ReachedFamily}}
	const carried, words = "refused contact before", "在这之前，我已经明确告诉对方不要再联系。"
	for _, c := range []struct {
		name    string
		kase    evidence.Case
		rows    []evidence.Incident
		about   string // of the questions, each in brackets
		value   string
		changes string // of the first
	}{
		{"the same number, by a message: the rule knows", contact,
			[]evidence.Incident{out(wrote, "", "V03a"), again}, "", "", ""},
		{"another number of theirs", contact, []evidence.Incident{out(wrote, "", "V03a"), again, other}, "[T003]",
			"yes",
			"T003 " + carried + "=yes"},
		{"and it did not", contact, []evidence.Incident{out(wrote, "", "V03a"), again, other}, "[T003]", "no",
			"T003 " + carried + "=no"},
		{"a refusal that was only spoken", contact, []evidence.Incident{spoken, again, other}, "[T002 T003]", "some:1",
			"T002 my own words=" + words + "; T002 " + carried + "=yes; T003 " + carried + "=no"},
		{"words on a friend's phone", both, []evidence.Incident{on(out(wrote, ""), "E002", ""), theirs(again), again},
			"[T001]", "yes", "T001 asserted kinds=V03a; T002 " + carried + "=yes"},
		{"the friend refused, and the borrower was called", both,
			[]evidence.Incident{on(out(wrote, "", "V03a"), "E002", ""), again}, "", "", ""},
		{"the borrower's own words", both, []evidence.Incident{out(wrote, ""), again}, "", "", ""},
	} {
		list := of(List(look(Record{Case: c.kase, Incidents: c.rows, Devices: mums})), Refused)
		var about string
		for _, q := range list {
			about += "[" + strings.Join(q.About.Incidents, " ") + "]"
		}
		if about != c.about {
			t.Errorf("%s: asks %s, want %s", c.name, about, c.about)
			continue
		}
		if len(list) == 0 {
			continue
		}
		if edits, err := list[0].Edits(c.value); err != nil || shown(edits) != c.changes {
			t.Errorf("%s: %s (%v), want %s", c.name, shown(edits), err, c.changes)
		}
	}
}
