package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// A reminder that was named as a threat is asked about here, where answers are given,
// and not only in check; words that do threaten are not.
func TestReminderNamedAThreatIsAsked(t *testing.T) {
	mild := sms("T001", "09-03 10:00", collector, "您的借款已逾期，请尽快还款")
	mild.Asserted = []evidence.Breach{"V06", "V23"}
	grave := sms("T002", "09-03 11:00", collector, "再不还钱就打断你的腿")
	grave.Asserted = []evidence.Breach{"V06"}
	list := of(List(look(Record{Case: kase(), Incidents: []evidence.Incident{mild, grave}})), Words)
	list = aboutColumn(list, "asserted kinds")
	if len(list) != 1 || strings.Join(list[0].About.Incidents, " ") != "T001" {
		t.Fatalf("asks %+v", list)
	}
	for value, want := range map[string]string{"yes": "T001 asserted kinds=V23 非V06", "no": ""} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
}

// Two rows of one act that say different things are asked about with what differs;
// one of them stays.
func TestClashingRowsAreAsked(t *testing.T) {
	a, b := call("T001", "09-03 10:00", collector, "family"), call("T002", "09-03 10:00", collector, "family")
	a.Disclosed, b.Disclosed = evidence.Yes, evidence.No
	r := Record{Case: kase(), Incidents: []evidence.Incident{a, b}, Report: evidence.Report{Doubts: []evidence.Doubt{
		{Code: evidence.SameCall, Incident: "T001", About: evidence.AboutRow,
			Says: []evidence.Statement{{Source: "table", Value: "T002"}}},
		{Code: evidence.SameCall, Incident: "T002", About: evidence.AboutRow,
			Says: []evidence.Statement{{Source: "table", Value: "T001"}}}}}}
	list := of(List(look(r)), Same)
	if len(list) != 1 || !strings.Contains(list[0].Text.ZH, "“是否透露欠款”：是、否") {
		t.Fatalf("asks %+v", list)
	}
	for value, want := range map[string]string{"T001": "T002 use=no", "T002": "T001 use=no"} {
		if edits, err := list[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
}

// aboutColumn are the questions about a column.
func aboutColumn(list []Question, column string) []Question {
	var out []Question
	for _, q := range list {
		if q.About.Column == column {
			out = append(out, q)
		}
	}
	return out
}
