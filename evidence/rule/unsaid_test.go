package rule

import (
	"testing"

	"juzheng/evidence"
)

// What the person is told to be left out until they answer is in no letter, shown or
// stated; who called whom, where only they say it, is stated.
func TestUnsaidIsHeldBack(t *testing.T) {
	at, _ := evidence.ParseTime("2026-09-07T14:25:12+08:00")
	c := evidence.Case{Numbers: []evidence.Number{{Number: "13900001111", Side: evidence.CollectorSide}}}
	c.Lender.Licence = evidence.Bank
	row := evidence.Incident{ID: "T001", Time: at, Kind: evidence.Call, Number: "13900001111", Seconds: 12,
		Reached: evidence.ReachedFamily, Answered: evidence.Yes, Reachable: evidence.Yes, Disclosed: evidence.Yes,
		Words: "对方向他说了本人欠款的事。", Exhibits: []string{"E001"}, Source: "E001"}
	threat := evidence.Incident{ID: "T001", Time: at, Kind: evidence.Message, Direction: evidence.In, Seconds: -1,
		Shown: "再不还钱爆你通讯录", Asserted: []evidence.Breach{"V06"}, Exhibits: []string{"E001"}, Source: "E001"}
	for _, x := range []struct {
		name string
		i    evidence.Incident
		code evidence.DoubtCode
		over evidence.Property
		want map[string]evidence.Strength
	}{
		{"nothing in doubt", row, "", "",
			map[string]evidence.Strength{"V01": evidence.Stated, "V02": evidence.Shown}},
		{"nobody said who called", row, evidence.WayNotSaid, evidence.AboutDirection,
			map[string]evidence.Strength{"V01": evidence.Review, "V02": evidence.Review}},
		{"the person said who called", row, evidence.TypedWay, evidence.AboutDirection,
			map[string]evidence.Strength{"V01": evidence.Stated, "V02": evidence.Stated}},
		{"a threat", threat, "", "", map[string]evidence.Strength{"V06": evidence.Shown}},
		{"a threat to nobody knows whom", threat, evidence.ReachedNotSaid, evidence.AboutPerson,
			map[string]evidence.Strength{"V06": evidence.Review}},
	} {
		o := Options{Date: at.At.AddDate(0, 1, 0)}
		if x.code != "" {
			o.Doubts = []evidence.Doubt{{Code: x.code, Incident: "T001", About: x.over}}
		}
		r := Apply(c, []evidence.Incident{x.i},
			[]evidence.Exhibit{{Number: "E001", Kind: evidence.Recording}}, o)
		got := map[string]evidence.Strength{}
		for _, f := range r.Findings {
			got[f.Rule] = f.Strength
		}
		for rule, want := range x.want {
			if got[rule] != want {
				t.Errorf("%s: %s is %q, want %q", x.name, rule, got[rule], want)
			}
		}
	}
}
