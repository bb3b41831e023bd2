package doubt_test

import (
	"slices"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
	"juzheng/evidence/rule"
)

// A call at night that the phone's log has as answered and the carrier's list of that day
// has not is asserted by no letter: it was on another day or line, or nobody answered it.
// One that the list has, one that nobody answered, and one of a day without a list are.
func TestNightCallTheListLacks(t *testing.T) {
	night := call("E100:2", "2026-09-10 22:47:14", 52, "sms-backup")
	missed := call("E100:2", "2026-09-10 22:47:14", 0, "sms-backup")
	missed.Answered = evidence.No
	between := []evidence.Incident{call("E200:1", "2026-09-10 09:00:00", 33, "carrier"),
		call("E200:2", "2026-09-11 09:00:00", 41, "carrier")}
	after := []evidence.Incident{call("E200:1", "2026-10-02 09:00:00", 33, "carrier"),
		call("E200:2", "2026-10-03 09:00:00", 41, "carrier")}
	for _, c := range []struct {
		name string
		row  evidence.Incident
		list []evidence.Incident
		want evidence.Strength
	}{
		{"answered, and the list lacks it", night, between, evidence.Review},
		{"answered, and the list has it", night,
			[]evidence.Incident{between[0], call("E200:3", "2026-09-10 22:47:20", 51, "carrier"), between[1]}, evidence.Shown},
		{"not answered", missed, between, evidence.Shown},
		{"no list of the day", night, after, evidence.Shown},
		{"no list", night, nil, evidence.Shown},
	} {
		exhibits := []evidence.Exhibit{{Number: "E100", Kind: evidence.CallLog}, {Number: "E200", Kind: evidence.CallLog}}
		read := doubt.Sources{Rows: append([]evidence.Incident{c.row}, c.list...)}
		devices := device.Gather(collectors(), exhibits, read.Rows, nil)
		held, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(read.Rows...), Exhibits: exhibits,
			Devices: devices, Read: read})
		r := rule.Apply(collectors(), held, exhibits, rule.Options{Date: at("2026-11-28 09:00:00"), Doubts: doubts})
		got := evidence.Strength("")
		for _, f := range r.Findings {
			if f.Rule == "V05" && slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool {
				return i.Time.At.Truncate(60e9).Equal(at("2026-09-10 22:47:00"))
			}) {
				got = f.Strength
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q (%v)", c.name, got, c.want, doubts)
		}
	}
}

// A call that the phone has as received and the carrier, at that second and as long, as made
// is told by no letter; another call of that hour speaks against nothing.
func TestCallTheListHasTheOtherWay(t *testing.T) {
	row := call("E100:2", "2026-09-10 22:15:00", 33, "sms-backup")
	made := func(at string, seconds int) evidence.Incident {
		i := call("E200:2", at, seconds, "carrier")
		i.Direction = evidence.Out
		return i
	}
	for name, c := range map[string]struct {
		list evidence.Incident
		want bool
	}{
		"the same, made":      {made("2026-09-10 22:15:01", 33), true},
		"the same, received":  {call("E200:2", "2026-09-10 22:15:01", 33, "carrier"), false},
		"made an hour before": {made("2026-09-10 21:15:00", 33), false},
		"made, and longer":    {made("2026-09-10 22:15:01", 300), false},
	} {
		exhibits := []evidence.Exhibit{{Number: "E100", Kind: evidence.CallLog}, {Number: "E200", Kind: evidence.CallLog}}
		read := doubt.Sources{Rows: []evidence.Incident{row, c.list}}
		devices := device.Gather(collectors(), exhibits, read.Rows, nil)
		held, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(read.Rows...), Exhibits: exhibits,
			Devices: devices, Read: read})
		named := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool { return d.Code == evidence.WayInOtherSource })
		shown := slices.ContainsFunc(rule.Apply(collectors(), held, exhibits, rule.Options{Date: at("2026-11-28 09:00:00"),
			Doubts: doubts}).Findings, func(f evidence.Finding) bool { return f.Rule == "V05" && f.Strength == evidence.Shown })
		if named != c.want || shown && c.want {
			t.Errorf("%s: named %t, shown %t: %v", name, named, shown, doubts)
		}
	}
}

// A phone whose clock was off for some weeks: its log and the name of the recording give the
// same second, for they are of one clock, and the carrier's list, which lies in another
// folder and has another call of that phone where it was, has this one at another hour. That
// is asked, and until then no letter tells of a call at night.
func TestClockThatWasOffForAWhile(t *testing.T) {
	first, early := "2026-08-16 10:20:12", "2026-09-05 07:20:30"
	log := []evidence.Incident{call("E030:1", first, 75, "sms-backup"), call("E030:2", early, 88, "sms-backup")}
	named := call("E028", early, 87, "name:miui")
	list := []evidence.Incident{call("E025:1", first, 75, "carrier"), call("E025:2", "2026-09-05 08:10:31", 88, "carrier")}
	joined, both := log[0], log[1]
	joined.Exhibits, joined.Source = []string{"E025", "E030"}, "E030:1 E025:1"
	both.Exhibits, both.Source = []string{"E028", "E030"}, "E030:2 E028"
	exhibits := []evidence.Exhibit{{Number: "E025", Kind: evidence.CallLog}, recording("E028", early, 87),
		{Number: "E030", Kind: evidence.CallLog}}
	devices := []device.Device{{Name: "旧小米", Exhibits: []string{"E028", "E030"}},
		{Name: "资料", Exhibits: []string{"E025"}}}
	held, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(joined, both, list[1]),
		Exhibits: exhibits, Devices: devices, Read: doubt.Sources{Rows: append(append(log, named), list...)}})
	if !slices.ContainsFunc(doubts, func(d evidence.Doubt) bool {
		return d.Code == evidence.TimeInOtherSource && d.Incident == "T002"
	}) {
		t.Errorf("nothing speaks against 07:20: %v", doubts)
	}
	r := rule.Apply(collectors(), held, exhibits, rule.Options{Date: at("2026-11-28 09:00:00"), Doubts: doubts})
	for _, f := range r.Findings {
		if f.Rule == "V05" && f.Strength == evidence.Shown {
			t.Errorf("a call at night is shown: %v", f.Incidents)
		}
	}
}
