package ask

import (
	"slices"
	"testing"

	"juzheng/evidence"
)

// Who says that a message answered a complaint has it noted with its day and words;
// of the exhibits, only one that shows nothing else.
func TestAnswerToAComplaintIsNoted(t *testing.T) {
	reply := sms("T001", "09-30 15:00", collector, "您反映的问题（工单KF20260922-118）已受理")
	later := sms("T002", "10-02 15:00", collector, "工单KF20260922-118 已办结")
	c := kase()
	c.Filings = []evidence.Filing{{To: "lender", Date: "2026-09-01", Answered: "2026-09-03"},
		{To: "platform", Date: "2026-09-22", Receipt: "KF20260922-118"}}
	for kind, exhibit := range map[evidence.ExhibitKind]string{evidence.SMSLog: "",
		evidence.Screenshot: "; filings[2].reply=E001"} {
		list := of(List(look(Record{Case: c, Incidents: []evidence.Incident{later, reply},
			Exhibits: []evidence.Exhibit{{Number: "E001", Kind: kind}}})), Role)
		if len(list) != 1 {
			t.Fatalf("%s: asks %+v", kind, list)
		}
		for value, want := range map[string]string{"no": "T001 role=other; T002 role=other",
			"accepted": "T001 role=service; T002 role=service; filings[2].accepted=2026-09-30",
			"yes": "T001 role=service; T002 role=service; filings[2].answered=2026-09-30; " +
				"filings[2].answer=“您反映的问题（工单KF20260922-118）已受理”" + exhibit} {
			if edits, err := list[0].Edits(value); err != nil || !slices.Equal(sorted(shown(edits)), sorted(want)) {
				t.Errorf("%s %s: %s (%v)", kind, value, shown(edits), err)
			}
		}
	}
}

// What only followed a complaint, or was taken back, waits for no answer: the message
// is asked about once.
func TestNoAnswerToWhatFollowed(t *testing.T) {
	reply := sms("T001", "09-30 15:00", collector, "您反映的问题（工单KF20260922-118）已受理")
	complaint := evidence.Filing{To: "platform", Date: "2026-09-22", Receipt: "KF20260922-118"}
	more, back := complaint, complaint
	more.Letter, back.Withdrawn = evidence.Supplement, "2026-09-25"
	c := kase()
	for _, all := range [][]evidence.Filing{{complaint, more}, {back, complaint}, {more}, {back}} {
		want := 0
		for _, f := range all {
			if f == complaint {
				want = 1
			}
		}
		c.Filings = all
		if list := of(List(look(Record{Case: c, Incidents: []evidence.Incident{reply}})), Role); len(list) != want {
			t.Errorf("%+v: asks %+v", all, list)
		}
	}
}

// A message that can answer several complaints is asked about once, and which is noted.
func TestOneAnswerToSeveralComplaints(t *testing.T) {
	reply := sms("T001", "10-15 15:00", collector, "您反映的问题我司已收到，将于15个工作日内答复")
	c := kase()
	c.Filings = []evidence.Filing{{To: "platform", Date: "2026-10-01"}, {To: "lender", Date: "2026-10-01"}}
	list := of(List(look(Record{Case: c, Incidents: []evidence.Incident{reply}})), Role)
	if len(list) != 1 || len(list[0].Choices) < 5 {
		t.Fatalf("asks %+v", list)
	}
	words := "“您反映的问题我司已收到，将于15个工作日内答复”"
	for value, want := range map[string]string{
		"filing-2": "T001 role=service; filings[2].answered=2026-10-15; filings[2].answer=" + words,
		"yes": "T001 role=service; filings[1].answered=2026-10-15; filings[1].answer=" + words +
			"; filings[2].answered=2026-10-15; filings[2].answer=" + words,
		"accepted": "T001 role=service", "no": "T001 role=other",
	} {
		if edits, err := list[0].Edits(value); err != nil || !slices.Equal(sorted(shown(edits)), sorted(want)) {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
}
