package doubt_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
)

// Two readings of one call on either side of a limit are a doubt, until the person
// said which is right; then that one stays.
func TestReadingsOnBothSidesOfALimit(t *testing.T) {
	kase := evidence.Case{Numbers: []evidence.Number{{Number: "19900000311", Side: evidence.CollectorSide}}}
	for _, c := range []struct {
		carrier, phone string
		want           bool
	}{
		{"2026-09-10 08:00:01", "2026-09-10 07:59:59", true},
		{"2026-09-10 21:59:59", "2026-09-10 22:00:00", true},
		{"2026-09-11 00:00:01", "2026-09-10 23:59:59", true},
		{"2026-09-10 22:00:02", "2026-09-10 22:00:00", false},
		{"2026-09-10 08:00:03", "2026-09-10 08:00:00", false},
		{"2026-09-10 07:59:59", "2026-09-10 07:59:57", false},
	} {
		list := call("E200", c.carrier, 33, "carrier")
		list.Source = "E200:1"
		log := call("E100", c.phone, 33, "sms-backup")
		log.Source = "E100:1"
		row := list
		row.ID, row.Number, row.Source, row.Exhibits = "T001", "19900000311", "E200:1 E100:1", []string{"E100", "E200"}
		list.Number, log.Number = row.Number, row.Number
		find := func(row evidence.Incident) (evidence.Incident, bool) {
			held, doubts := doubt.Find(doubt.Record{Case: kase, Incidents: []evidence.Incident{row},
				Read: doubt.Sources{Rows: []evidence.Incident{list, log}}})
			for _, d := range doubts {
				if d.Code == evidence.TimeInOtherSource {
					return held[0], true
				}
			}
			return held[0], false
		}
		if _, got := find(row); got != c.want {
			t.Errorf("%s and %s: doubtful: %v", c.carrier, c.phone, got)
		}
		if !c.want {
			continue
		}
		for _, chosen := range []evidence.Time{list.Time, log.Time} {
			row.Time, row.Use = chosen, evidence.Yes
			held, got := find(row)
			if got || !held.Time.At.Equal(chosen.At) {
				t.Errorf("%s chosen: doubtful: %v, taken as %s", chosen.At, got, held.Time.At)
			}
		}
	}
}

// A recording whose name agrees with one of two carrier's lists is nobody's choice
// between them.
func TestARecordingChoosesNoListAtALimit(t *testing.T) {
	kase := evidence.Case{Numbers: []evidence.Number{{Number: "19900000311", Side: evidence.CollectorSide}}}
	early, late := call("E200:1", "2026-09-10 07:59:59", 33, "carrier"),
		call("E201:1", "2026-09-10 08:00:01", 33, "carrier")
	tape := call("E202", "2026-09-10 07:59:59", 33, "name:miui")
	row := early
	row.ID, row.Source, row.Exhibits = "T001", "E200:1 E201:1 E202", []string{"E200", "E201", "E202"}
	for _, inside := range []map[string]time.Time{nil, {"E202": early.Time.At}} {
		for use, want := range map[evidence.Answer]bool{evidence.Unknown: true, evidence.Yes: false} {
			row.Use = use
			_, doubts := doubt.Find(doubt.Record{Case: kase, Incidents: []evidence.Incident{row},
				Read: doubt.Sources{Rows: []evidence.Incident{early, late, tape}, Inside: inside}})
			if got := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool {
				return d.Code == evidence.TimeInOtherSource && d.Incident == "T001"
			}); got != want {
				t.Errorf("header %v, use %q: doubtful: %v", inside, use, got)
			}
		}
	}
}

// A call that is listed as answered for no second is doubtful; where a carrier's list
// has that day already, nobody is told to add one.
func TestCallOfNoSecond(t *testing.T) {
	kase := evidence.Case{Numbers: []evidence.Number{{Number: "19900000311", Side: evidence.CollectorSide}}}
	row := call("E100:1", "2026-09-10 09:00:00", 0, "sms-backup")
	row.ID = "T001"
	list := []evidence.Incident{call("E200:1", "2026-09-09 09:00:00", 20, "carrier"),
		call("E200:2", "2026-09-11 09:00:00", 20, "carrier")}
	for _, x := range []struct {
		name string
		more []evidence.Incident
		says string
	}{{"no list", nil, "用 juzheng add 加进来"}, {"a list of that day", list, "E200 记到了那一天，里面没有这一通"},
		{"a list of the day before", list[:1], "用 juzheng add 加进来"}} {
		_, doubts := doubt.Find(doubt.Record{Case: kase, Incidents: []evidence.Incident{row},
			Read: doubt.Sources{Rows: append([]evidence.Incident{row}, x.more...)}})
		n := slices.IndexFunc(doubts, func(d evidence.Doubt) bool { return d.Code == evidence.ZeroSeconds })
		if n < 0 || !strings.Contains(doubts[n].Text().ZH, x.says) ||
			strings.Contains(doubts[n].Text().ZH, "%") || strings.Contains(doubts[n].Text().EN, "%") {
			t.Errorf("%s: %+v", x.name, doubts)
		}
	}
}
