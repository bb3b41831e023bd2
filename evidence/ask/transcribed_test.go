package ask

import (
	"testing"
	"time"

	"juzheng/evidence"
)

// Of what was copied from a screenshot it is asked when it was sent and by whom, and
// nothing that the picture cannot have is taken.
func TestTranscribedPictureIsAskedForTimeAndSender(t *testing.T) {
	i := sms("T001", "09-08 19:30", "", "再不还钱，明天就上门")
	i.Kind, i.Use, i.Time.Source = evidence.Message, evidence.Yes, "name:huawei_vivo"
	taken := evidence.Exhibit{Number: "E001", Kind: evidence.Screenshot,
		Captured: evidence.CaptureTime{Time: i.Time.At.Format(time.RFC3339), Source: i.Time.Source}}
	r := Record{Case: kase(), Incidents: []evidence.Incident{i}, Exhibits: []evidence.Exhibit{taken}}
	list := of(List(look(r)), Picture)
	if len(list) != 2 || list[0].About.Column != "time" || list[1].About.Column != "name" {
		t.Fatalf("asks %+v", list)
	}
	for _, c := range []struct {
		n       int
		value   string
		changes string // empty: it is no answer
	}{
		{0, "2026-09-08 19:21", "T001 time source=picture; T001 time=2026-09-08 19:21"},
		{0, "2026年9月8日 下午7:21", "T001 time source=picture; T001 time=2026-09-08 19:21"},
		{0, "2026-09-08 19:45", ""}, // after the picture was taken
		{0, "2026-09-08", ""},
		{0, "下午7:21", "T001 time source=picture; T001 time=2026-09-08 19:21"}, // of the day of the picture
		{0, "下午7:45", ""},
		{1, "极融中心-王", "T001 name=极融中心-王; 极融中心-王=collector"},
		{1, "106900000088", "106900000088=collector; T001 number=106900000088"}, // shown where a name would be
		{1, "1", ""},
	} {
		edits, err := list[c.n].Edits(c.value)
		if (err != nil) != (c.changes == "") || shown(edits) != c.changes {
			t.Errorf("%s: %s (%v), want %s", c.value, shown(edits), err, c.changes)
		}
	}
	// once both are known, nothing is asked
	i.Time, i.Name = on("09-08 19:21"), "极融中心-王"
	r.Incidents = []evidence.Incident{i}
	if again := of(List(look(r)), Picture); len(again) != 0 {
		t.Errorf("asked again: %+v", again)
	}
}
