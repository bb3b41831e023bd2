package ask

import (
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// Two rows that may be one call are asked about wherever that changes what can be told:
// too many a day, a call at night, one that a finding has. Else it is not asked.
func TestSameIsAskedWhereItDecides(t *testing.T) {
	pair := func(a, b string, rules ...string) int {
		r := Record{Case: kase(), Incidents: []evidence.Incident{call("T001", a, collector, evidence.ReachedSelf),
			call("T002", b, collector, evidence.ReachedSelf)},
			Offers: []device.Offer{{Kind: device.OfferSame, Number: collector, Incidents: []string{"T001", "T002"}}}}
		for _, rule := range rules {
			r.Report.Findings = append(r.Report.Findings, evidence.Finding{Rule: rule, Strength: evidence.Shown,
				Incidents: r.Incidents[1:]})
		}
		return len(of(List(r), Same))
	}
	for _, c := range []struct {
		name, a, b string
		rules      []string
		want       int
	}{
		{"by day, of no finding", "09-03 10:00", "09-03 10:02", nil, 0},
		{"the one at night", "09-03 21:59", "09-03 22:01", nil, 1},
		{"one of a finding", "09-03 10:00", "09-03 10:02", []string{"V06"}, 1},
	} {
		if got := pair(c.a, c.b, c.rules...); got != c.want {
			t.Errorf("%s: asked %d, want %d", c.name, got, c.want)
		}
	}
}

// A recording of a call that a log has as not answered is asked about once words of it
// could be told, and no answer but yes lets them.
func TestRecordedNotAnsweredIsAsked(t *testing.T) {
	for _, c := range []struct {
		name, words, answer string
		asked, edits        int
	}{
		{"nothing said of it", "", "", 0, 0},
		{"words heard", "录音里对方说：“滚出来还钱”", "yes", 1, 1},
		{"another call", "录音里对方说：“滚出来还钱”", "no", 1, 0},
	} {
		i := call("T001", "09-12 12:30", collector, evidence.ReachedSelf)
		i.Exhibits, i.Source, i.Words = []string{"E034", "E039"}, "E034:38 E039", c.words
		r := Record{Case: kase(), Incidents: []evidence.Incident{i}}
		r.Report.Doubts = []evidence.Doubt{{Code: evidence.RecordedNotAnswered, Incident: "T001",
			About: evidence.AboutLength, Says: []evidence.Statement{{Source: "E039", Value: "2"},
				{Source: "E034:38", Value: "未接通"}}}}
		asked := of(List(r), Same)
		if len(asked) != c.asked {
			t.Errorf("%s: asked %d, want %d", c.name, len(asked), c.asked)
			continue
		} else if c.asked == 0 {
			continue
		}
		edits, err := asked[0].Edits(c.answer)
		if err != nil || len(edits) != c.edits {
			t.Errorf("%s: %v %v, want %d", c.name, edits, err, c.edits)
		} else if c.edits == 1 && (edits[0].Exhibit != "E039" || edits[0].Note != evidence.NoteCallOf ||
			edits[0].Value != "E034:38") {
			t.Errorf("%s: %+v", c.name, edits[0])
		}
	}
}
