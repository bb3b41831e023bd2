package device

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// recorded is the row of a recording: of one file's name, with no line.
func recorded(number, name, at, source string, seconds int, exhibit string) evidence.Incident {
	i := call(number, at, source, seconds, exhibit)
	i.Source, i.Name, i.Direction, i.Time.Device = exhibit, name, "", true
	return i
}

// What a recorder leaves out of its name, and when it begins, does not make
// two calls of one; and what differs does not make one call of two.
func TestJoinRecordings(t *testing.T) {
	log := func(number, name, at string, seconds int) evidence.Incident {
		i := call(number, at, "sms-backup", seconds, "E1")
		i.Name = name
		return i
	}
	minute := func(i evidence.Incident) evidence.Incident { i.Time.Precision = evidence.ToMinute; return i }
	missed := log("1", "", "2026-09-05 10:00:00", 0)
	missed.Answered = evidence.No
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want string // the exhibits of each row, in order of time
	}{
		{"by the contact's name, where the file has no number",
			[]evidence.Incident{
				log("1", "王", "2026-09-05 10:00:00", 40),
				recorded("", "王", "2026-09-05 10:00:08", "name:samsung", 39, "E2"),
			}, "E1 E2"},
		{"another contact",
			[]evidence.Incident{
				log("1", "王", "2026-09-05 10:00:00", 40),
				recorded("", "李", "2026-09-05 10:00:08", "name:samsung", 39, "E2"),
			}, "E1|E2"},
		{"neither number nor contact, one call in question",
			[]evidence.Incident{
				log("1", "", "2026-09-05 10:00:00", 40),
				recorded("", "", "2026-09-05 10:00:08", "name:generic", 39, "E2"),
			}, "E1 E2"},
		{"neither number nor contact, two calls in question",
			[]evidence.Incident{
				log("1", "", "2026-09-05 10:00:00", 40), log("2", "", "2026-09-05 10:00:50", 40),
				recorded("", "", "2026-09-05 10:00:30", "name:generic", 39, "E2"),
			}, "E1|E2|E1"},
		{"begun by hand in the middle of the call",
			[]evidence.Incident{
				log("1", "", "2026-09-05 10:00:00", 600),
				recorded("1", "", "2026-09-05 10:04:00", "name:huawei", 120, "E2"),
			}, "E1 E2"},
		{"two pieces of one call",
			[]evidence.Incident{
				log("1", "", "2026-09-05 10:00:00", 600),
				recorded("1", "", "2026-09-05 10:00:20", "name:huawei", 60, "E2"),
				recorded("1", "", "2026-09-05 10:06:00", "name:huawei", 60, "E3"),
			}, "E1 E2 E3"},
		{"the ringing is recorded as well",
			[]evidence.Incident{
				log("1", "", "2026-09-05 10:00:00", 20),
				recorded("1", "", "2026-09-05 10:00:01", "name:huawei", 55, "E2"),
			}, "E1 E2"},
		{"a recording after the call's end",
			[]evidence.Incident{
				log("1", "", "2026-09-05 10:00:00", 20),
				recorded("1", "", "2026-09-05 10:02:00", "name:huawei", 20, "E2"),
			}, "E1|E2"},
		{"a call nobody answered",
			[]evidence.Incident{missed, recorded("1", "", "2026-09-05 10:00:20", "name:huawei", 20, "E2")}, "E1|E2"},
		{"the list begins the call a minute after the log and the recording",
			[]evidence.Incident{
				log("1", "", "2026-09-05 10:20:03", 65), call("1", "2026-09-05 10:21:01", Carrier, 65, "E3"),
				recorded("1", "", "2026-09-05 10:20:05", "name:huawei", 6, "E2"),
			}, "E1 E2 E3"},
		{"so, and the next call is its own",
			[]evidence.Incident{
				log("1", "", "2026-09-05 10:20:03", 20), call("1", "2026-09-05 10:21:01", Carrier, 20, "E3"),
				recorded("1", "", "2026-09-05 10:21:55", "name:huawei", 20, "E2"),
				log("1", "", "2026-09-05 10:21:50", 20),
			}, "E1 E3|E1 E2"},
		{"names to the minute, two calls within a minute",
			[]evidence.Incident{log("1", "", "2026-09-05 10:00:10", 20), log("1", "", "2026-09-05 10:01:05", 20),
				minute(recorded("1", "", "2026-09-05 10:00:00", "name:oppo", 20, "E2")),
				minute(recorded("1", "", "2026-09-05 10:01:00", "name:oppo", 20, "E3"))}, "E1 E2|E1 E3"},
		{"a name to the minute, the second of two calls",
			[]evidence.Incident{
				log("1", "", "2026-09-05 10:00:10", 20), log("1", "", "2026-09-05 10:01:05", 20),
				minute(recorded("1", "", "2026-09-05 10:01:00", "name:oppo", 20, "E2")),
			}, "E1|E1 E2"},
	} {
		for i := range c.rows {
			if c.rows[i].Source == "E1:1" {
				c.rows[i].Source = fmt.Sprintf("E1:%d", i+1)
			}
		}
		got, _ := Join(c.rows, nil, nil)
		var shown []string
		sortByTime(got)
		for _, r := range got {
			shown = append(shown, strings.Join(r.Exhibits, " "))
		}
		if s := strings.Join(shown, "|"); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

func sortByTime(rows []evidence.Incident) {
	for i := range rows {
		for j := i; j > 0 && rows[j].Time.At.Before(rows[j-1].Time.At); j-- {
			rows[j], rows[j-1] = rows[j-1], rows[j]
		}
	}
}

// Pictures saved in the same second each show their own: none is taken for
// another.
func TestPicturesOfOneSecondStayApart(t *testing.T) {
	one := evidence.Incident{
		Kind: evidence.Message, Seconds: -1, Time: evidence.Time{At: testNow, Precision: evidence.ToSecond},
		Exhibits: []string{"E1"}, Source: "E1",
	}
	two := one
	two.Exhibits, two.Source = []string{"E2"}, "E2"
	if got, _ := Join([]evidence.Incident{one, two}, nil, nil); len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

// A call that only the carrier gives a number to has it afterwards.
func TestHiddenNumberIsFoundInTheList(t *testing.T) {
	hidden := call("", "2026-09-05 22:47:08", "sms-backup", 50, "E1")
	listed := call("02100000077", "2026-09-05 22:47:15", "carrier", 49, "E2")
	if got, _ := Join([]evidence.Incident{hidden, listed}, nil, nil); len(got) != 1 || got[0].Number != "02100000077" {
		t.Errorf("%+v", got)
	}
}

// A log of many calls without numbers, all within minutes, costs no square.
func TestHiddenCallsByTheThousand(t *testing.T) {
	var rows []evidence.Incident
	for n := range 20_000 {
		i := call("", "2026-09-05 10:00:00", "sms-backup", 30, "E1")
		i.Time.At = i.Time.At.Add(time.Duration(n) * 50 * time.Millisecond)
		i.Source = fmt.Sprintf("E1:%d", n)
		rows = append(rows, i)
	}
	if got, _ := Join(rows, nil, nil); len(got) != len(rows) {
		t.Errorf("%d rows", len(got))
	}
}

func call(number, at, source string, seconds int, exhibit string) evidence.Incident {
	t, _ := evidence.ParseTime(at)
	t.Source = source
	return evidence.Incident{
		Kind: evidence.Call, Number: number, Time: t, Direction: evidence.In, Answered: evidence.Yes, Seconds: seconds,
		Exhibits: []string{exhibit}, Source: exhibit + ":1",
	}
}

func TestJoin(t *testing.T) {
	missed := call("1", "2026-09-05 22:47:08", "sms-backup", 0, "E1")
	missed.Answered = evidence.No
	out := call("1", "2026-09-05 22:47:08", "sms-backup", 20, "E1")
	out.Direction = evidence.Out
	log := call("1", "2026-09-05 22:47:08", "sms-backup", 20, "E1")
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want int
	}{
		{
			"log, carrier and recording of one call",
			[]evidence.Incident{
				log, call("1", "2026-09-05 22:47:14", "carrier", 20, "E2"),
				call("1", "2026-09-05 22:47:30", "name:miui", 18, "E3"),
			},
			1,
		},
		{"another number", []evidence.Incident{log, call("2", "2026-09-05 22:47:08", "carrier", 20, "E2")}, 2},
		{
			"a quarter of an hour apart",
			[]evidence.Incident{log, call("1", "2026-09-05 23:02:08", "carrier", 20, "E2")}, 2,
		},
		{"lengths that disagree", []evidence.Incident{log, call("1", "2026-09-05 22:47:14", "carrier", 300, "E2")}, 2},
		{"missed and answered", []evidence.Incident{missed, call("1", "2026-09-05 22:47:14", "carrier", 20, "E2")}, 2},
		{"out and in", []evidence.Incident{out, call("1", "2026-09-05 22:47:14", "carrier", 20, "E2")}, 2},
		{
			"two calls of one log within a minute",
			[]evidence.Incident{log, call("1", "2026-09-05 22:47:40", "sms-backup", 20, "E1")}, 2,
		},
		{
			"one call in two backups",
			[]evidence.Incident{log, call("1", "2026-09-05 22:47:08", "sms-backup", 20, "E2")}, 1,
		},
		{"minutes only", []evidence.Incident{log, call("1", "2026-09-05 22:48", "name:oppo", 19, "E3")}, 1},
	} {
		got, _ := Join(c.rows, nil, nil)
		if len(got) != c.want {
			t.Errorf("%s: %d rows, want %d: %+v", c.name, len(got), c.want, got)
		}
		if c.want == 1 && len(got[0].Exhibits) != len(c.rows) {
			t.Errorf("%s: exhibits %v", c.name, got[0].Exhibits)
		}
	}
}

// A recording that began late or broke off does not say how long a call lasted.
func TestLogsSayHowLongACallLasted(t *testing.T) {
	log := call("1", "2026-09-05 10:20:03", "sms-backup", 65, "E2")
	tape := recorded("1", "", "2026-09-05 10:20:05", "name:huawei", 6, "E1")
	for _, old := range [][2]evidence.Incident{{tape, log}, {log, tape}} {
		old[0].ID = "T001"
		tied := Tie(old[:1], old[1:], nil, nil)
		if got := tied.Fill["T001"]; len(tied.Add) > 0 || got.Seconds != 65 {
			t.Errorf("%v: %+v", old[0].Exhibits, tied)
		}
	}
	row := tape
	if got := LengthByLog(row, []evidence.Incident{tape, log}); got != 65 {
		t.Errorf("of a row that has the recording's length: %d", got)
	}
	if row.Seconds = 60; LengthByLog(row, []evidence.Incident{tape, log}) != 60 {
		t.Error("what the person wrote was changed")
	}
}
