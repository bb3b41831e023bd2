package device

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

var testNow = time.Date(2026, 10, 1, 9, 0, 0, 0, evidence.Beijing)

// Two calls of one number within a minute keep their own recordings.
func TestTwoCallsKeepTheirRecordings(t *testing.T) {
	for _, ringing := range []int{0, 8, 35} {
		base := time.Date(2026, 9, 5, 10, 0, 0, 0, evidence.Beijing)
		at := func(s int) string { return base.Add(time.Duration(s) * time.Second).Format(time.DateTime) }
		got, _ := Join([]evidence.Incident{
			call("1", at(0), "sms-backup", 20, "E1"), call("1", at(40), "sms-backup", 20, "E1"),
			call("1", at(ringing), "name:miui", 19, "E2"), call("1", at(40+ringing), "name:miui", 19, "E3"),
		}, nil, nil)
		if len(got) != 2 || strings.Join(got[0].Exhibits, " ") != "E1 E2" ||
			strings.Join(got[1].Exhibits, " ") != "E1 E3" {
			t.Errorf("ringing %d s: %+v", ringing, got)
		}
	}
}

func TestChatOfTwoPeople(t *testing.T) {
	one := evidence.Incident{
		Kind: evidence.Message, Name: "甲", Shown: "好",
		Time:     evidence.Time{At: testNow, Precision: evidence.ToSecond, Source: "wechat-export"},
		Exhibits: []string{"E1"}, Source: "E1:2",
	}
	two := one
	two.Name, two.Source = "乙", "E1:3"
	if got, _ := Join([]evidence.Incident{one, two}, nil, nil); len(got) != 2 {
		t.Errorf("%d rows, want 2", len(got))
	}
	again := one
	again.Exhibits, again.Source = []string{"E2"}, "E2:9"
	if got, _ := Join([]evidence.Incident{one, again}, nil, nil); len(got) != 1 || len(got[0].Exhibits) != 2 {
		t.Errorf("one message in two exports: %+v", got)
	}
}

// measured is the one phone that rows were read from, with its clock.
func measured(rows []evidence.Incident) Device {
	var exhibits []evidence.Exhibit
	seen := map[string]bool{}
	for _, r := range rows {
		if x := r.Exhibits[0]; !seen[x] {
			seen[x] = true
			exhibits = append(exhibits, evidence.Exhibit{Number: x, OriginalPath: "in/" + x})
		}
	}
	return Gather(evidence.Case{}, exhibits, rows, nil)[0]
}

// TestClocksAreMeasured fits one offset for a phone from all calls it has in
// common with a better clock, and joins by it; the times stay as they were
// read.
func TestClocksAreMeasured(t *testing.T) {
	base := time.Date(2026, 9, 5, 10, 0, 0, 0, evidence.Beijing)
	for _, c := range []struct {
		name         string
		slow, fast   string // sources
		off          time.Duration
		calls        int
		seconds      int // of the shortest
		ahead, hands time.Duration
	}{
		{"a log beside the carrier's list", Carrier, "sms-backup", 63 * time.Minute, 4, 30, 63 * time.Minute, 0},
		{"a slow one", Carrier, "sms-backup", -7 * time.Minute, 4, 30, -7 * time.Minute, 0},
		{"a right one", Carrier, "sms-backup", 20 * time.Second, 4, 30, 0, 0},
		{"names of files", Carrier, "name:miui", 63 * time.Minute, 4, 30, 63 * time.Minute, 0},
		{"names in another zone", Carrier, "name:miui", time.Hour, 4, 30, 0, time.Hour},
		{"names beside the own log", "sms-backup", "name:miui", -8 * time.Hour, 4, 30, 0, -8 * time.Hour},
		{"three calls", Carrier, "sms-backup", time.Hour, 3, 5, time.Hour, 0},
		{"two calls prove nothing", Carrier, "sms-backup", time.Hour, 2, 5, 0, 0},
		{"calls too short to tell", Carrier, "sms-backup", time.Hour, 3, 4, 0, 0},
		{"further than any clock", Carrier, "sms-backup", 27 * time.Hour, 4, 30, 0, 0},
		{"a machine at one hour every day", Carrier, "sms-backup", 24 * time.Hour, 6, 30, 0, 0},
	} {
		var rows []evidence.Incident
		for n := range c.calls {
			at := base.Add(time.Duration(n*n) * 5 * time.Hour)
			long := c.seconds
			if c.calls > 3 {
				long += n * 20
			}
			slow := call("1", at.Format(time.DateTime), c.slow, long, "E1")
			fast := call("1", at.Add(c.off).Format(time.DateTime), c.fast, long, "E2")
			slow.Source, fast.Source = fmt.Sprintf("E1:%d", n+1), fmt.Sprintf("E2:%d", n+1)
			slow.Time.Device, fast.Time.Device = false, strings.HasPrefix(c.fast, "name:")
			rows = append(rows, fast, slow)
		}
		d := measured(rows)
		if d.Clock.Ahead != c.ahead || d.Zone.Behind() != c.hands {
			t.Errorf("%s: clock %+v, zone %+v", c.name, d.Clock, d.Zone)
		}
		want := 2 * c.calls
		if c.ahead != 0 || c.hands != 0 || c.off.Abs() <= ringing {
			want = c.calls
		}
		joined, _ := Join(rows, nil, ClocksOf([]Device{d}, []evidence.Exhibit{{Number: "E1"}, {Number: "E2"}}))
		if len(joined) != want {
			t.Errorf("%s: %d rows, want %d", c.name, len(joined), want)
		}
		for _, r := range joined {
			if !r.Time.Showed.IsZero() {
				t.Errorf("%s: a time was changed: %+v", c.name, r.Time)
			}
			if want == c.calls && r.Time.Source != c.slow {
				t.Errorf("%s: the time is that of %s, want the better clock's", c.name, r.Time.Source)
			}
		}
	}
}

// What the person confirmed of a clock is taken off, and what it showed stays;
// what they denied is not doubted any more.
func TestConfirmedClocks(t *testing.T) {
	read := time.Date(2026, 9, 5, 23, 23, 0, 0, evidence.Beijing)
	fast := Device{Exhibits: []string{"E1"}, Clock: Clock{Ahead: 63 * time.Minute, Pairs: 5}}
	east := Device{Exhibits: []string{"E1"}, Zone: Zone{Offset: 9 * time.Hour, Pairs: 5}}
	for _, c := range []struct {
		name    string
		device  Device
		note    evidence.Note
		source  string
		hands   bool
		want    time.Duration // taken off
		doubted time.Duration
	}{
		{"measured alone", fast, evidence.Note{}, "sms-backup", false, 0, 63 * time.Minute},
		{"it ran ahead", fast, evidence.Note{Code: evidence.NoteClock, About: "3780"}, "sms-backup", false,
			63 * time.Minute, 0},
		{"it was right", fast, evidence.Note{Code: evidence.NoteClock, About: "0"}, "sms-backup", false, 0, 0},
		{"taken back", fast, evidence.Note{Code: evidence.NoteClock}, "sms-backup", false, 0, 63 * time.Minute},
		{"the network's is right", fast, evidence.Note{}, Carrier, false, 0, 0},
		{"another zone, of hands", east, evidence.Note{}, "name:miui", true, 0, time.Hour},
		{"another zone, of moments", east, evidence.Note{}, "sms-backup", false, 0, 0},
		{"the zone is right", east, evidence.Note{Code: evidence.NoteZone, About: "+09:00"}, "name:miui", true,
			time.Hour, 0},
		{"it was in Beijing's", east, evidence.Note{Code: evidence.NoteZone, About: "+08:00"}, "name:miui", true, 0, 0},
	} {
		x := evidence.Exhibit{Number: "E1"}
		x, _ = x.WithNote(c.note)
		clocks := ClocksOf([]Device{c.device}, []evidence.Exhibit{x})
		got := clocks.Corrected("E1", evidence.Time{At: read, Source: c.source, Device: c.hands,
			Precision: evidence.ToSecond})
		if read.Sub(got.At) != c.want || got.Showed.IsZero() != (c.want == 0) || clocks.Open("E1", got) != c.doubted {
			t.Errorf("%s: %+v, doubted by %s", c.name, got, clocks.Open("E1", got))
		}
	}
}

// TestFold makes one row of two that turn out to be one call, and asks where
// the person said different things of them.
func TestFold(t *testing.T) {
	log := call("1", "2026-09-05 23:23:00", "sms-backup", 55, "E1")
	list := call("1", "2026-09-05 22:20:00", Carrier, 55, "E2")
	log.ID, list.ID, log.Source, list.Source = "T001", "T002", "E1:1", "E2:1"
	fast := []Device{{Exhibits: []string{"E1"}, Clock: Clock{Ahead: 63 * time.Minute, Pairs: 5}},
		{Exhibits: []string{"E2"}}}
	exhibits := []evidence.Exhibit{{Number: "E1"}, {Number: "E2"}}
	change := func(i evidence.Incident, f func(*evidence.Incident)) evidence.Incident { f(&i); return i }
	for _, c := range []struct {
		name    string
		a, b    evidence.Incident
		devices []Device
		want    int
		clash   int
	}{
		{"by the measured clock", log, list, fast, 1, 0},
		{"by no clock", log, list, nil, 2, 0},
		{"an answer set the time right", change(log, func(i *evidence.Incident) { i.Time = list.Time }), list, nil, 1,
			0},
		{"the person left one out", change(log, func(i *evidence.Incident) { i.Use = evidence.No }), list, fast, 2, 0},
		{"a row of the person's", change(log, func(i *evidence.Incident) { i.Source = "person" }), list, fast, 2, 0},
		{"another number", change(log, func(i *evidence.Incident) { i.Number = "2" }), list, fast, 2, 0},
		{"a masked number", change(log, func(i *evidence.Incident) { i.Number = "*" }), list, fast, 2, 0},
		{"different answers", change(log, func(i *evidence.Incident) { i.Disclosed = evidence.Yes }),
			change(list, func(i *evidence.Incident) { i.Disclosed = evidence.No }), fast, 2, 1},
		{"one answer", log, change(list, func(i *evidence.Incident) { i.Disclosed = evidence.Yes }), fast, 1, 0},
	} {
		for _, rows := range [][]evidence.Incident{{c.a, c.b}, {c.b, c.a}} {
			got, clash := Fold(rows, nil, ClocksOf(c.devices, exhibits))
			if len(got) != c.want || len(clash) != c.clash {
				t.Errorf("%s: %d rows, %v", c.name, len(got), clash)
				continue
			}
			if i := got[0]; c.want == 1 && (i.ID != "T001" || i.Time.Source != Carrier || len(i.Exhibits) != 2 ||
				strings.Join(i.Also, "") != "T002" || i.Disclosed != c.b.Disclosed) {
				t.Errorf("%s: %+v", c.name, i)
			}
		}
	}
}

// A recording belongs to a call by the start in the log or by the one in the
// carrier's list, whichever came first and whichever the row has.
func TestEachStartOfACallCounts(t *testing.T) {
	log := call("1", "2026-09-05 10:20:03", "sms-backup", 65, "E1")
	list := call("1", "2026-09-05 10:21:01", Carrier, 65, "E2")
	tape := recorded("1", "", "2026-09-05 10:20:05", "name:huawei", 6, "E3")
	merged := list
	merged.Exhibits, merged.Source, merged.Read = []string{"E1", "E2"}, "E2:1 E1:1", []evidence.Incident{list, log}
	late := recorded("1", "", "2026-09-05 10:24:00", "name:huawei", 30, "E3")
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want int
		asks int
	}{
		{"a row of both", []evidence.Incident{merged, tape}, 1, 0},
		{"the recording stood first", []evidence.Incident{tape, merged}, 1, 0},
		{"a row each", []evidence.Incident{tape, list, log}, 1, 0},
		{"of the list alone nothing tells, and it is asked", []evidence.Incident{list, tape}, 2, 1},
		{"a part that begins after the end is asked", []evidence.Incident{merged, late}, 2, 1},
	} {
		for n := range c.rows {
			c.rows[n].ID = fmt.Sprintf("T%03d", n+1)
		}
		got, _ := Fold(c.rows, nil, nil)
		if asked := len(HalfJoined(got, nil, nil)); len(got) != c.want || asked != c.asks {
			t.Errorf("%s: %d rows, %d asked of; want %d, %d", c.name, len(got), asked, c.want, c.asks)
		}
		if t2 := Tie(c.rows[:1], c.rows[1:], nil, nil); len(t2.Add)+1 < c.want || c.want == 1 && len(c.rows) == 2 &&
			len(t2.Add) > 0 {
			t.Errorf("%s: to append: %+v", c.name, t2.Add)
		}
	}
}

// Two rows of one number and length that start near each other are asked
// about, once, and only where no other row comes into question.
func TestHalfJoined(t *testing.T) {
	row := func(id, at, source string, seconds int, place string) evidence.Incident {
		x, _, _ := strings.Cut(place, ":")
		i := call("1", at, source, seconds, x)
		i.ID, i.Source = id, place
		return i
	}
	log := row("T001", "2026-09-05 10:00:00", "imazing", 55, "E1:1")
	list := row("T002", "2026-09-05 10:07:00", Carrier, 55, "E2:1")
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want string
	}{
		{"seven minutes apart", []evidence.Incident{log, list}, "T001 T002"},
		{"in the other order", []evidence.Incident{list, log}, "T001 T002"},
		{"an hour apart", []evidence.Incident{log, row("T002", "2026-09-05 11:00:00", Carrier, 55, "E2:1")}, ""},
		{"another length", []evidence.Incident{log, row("T002", "2026-09-05 10:07:00", Carrier, 80, "E2:1")}, ""},
		{"two of one file", []evidence.Incident{log, row("T002", "2026-09-05 10:07:00", "imazing", 55, "E1:2")}, ""},
		{"two in question", []evidence.Incident{log, list, row("T003", "2026-09-05 10:12:00", Carrier, 55, "E2:2")},
			""},
		{"not answered", []evidence.Incident{row("T001", "2026-09-05 10:00:00", "imazing", 0, "E1:1"),
			row("T002", "2026-09-05 10:07:00", "sms-backup", 0, "E2:1")}, ""},
	} {
		var got []string
		for _, o := range Same(c.rows, nil, nil) {
			got = append(got, o.Incidents...)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
	if got := Same([]evidence.Incident{log, list}, Phones{"E1": "family"}, nil); len(got) != 0 {
		t.Errorf("of two phones: %+v", got)
	}
}

// A zone is read off what files say of themselves, and a header that holds
// local time is none.
func TestZoneInFiles(t *testing.T) {
	named := time.Date(2026, 9, 10, 22, 17, 32, 0, evidence.Beijing)
	for _, c := range []struct {
		name   string
		inside time.Duration // of the header, from the name
		exif   string
		want   string
	}{
		{"the same time", 0, "", ""},
		{"written at the end", 21 * time.Second, "", ""},
		{"an hour earlier", -time.Hour, "", "+09:00"},
		{"an hour later", time.Hour, "", "+07:00"},
		{"half an hour", -30 * time.Minute, "", "+08:30"},
		{"no zone differs so", -47 * time.Minute, "", ""},
		{"local time in the header", 8 * time.Hour, "", ""},
		{"a photo names it", 0, "+09:00", "+09:00"},
		{"a photo taken at home", 0, "+08:00", ""},
	} {
		x := evidence.Exhibit{Number: "E1", Kind: evidence.Recording, OriginalPath: "rec/a.m4a"}
		x.Captured = evidence.CaptureTime{Time: named.Format(time.RFC3339), Source: "name:x", Device: true}
		inside := map[string]time.Time{"E1": named.Add(c.inside)}
		if c.exif != "" {
			x.Notes = []evidence.Note{{Code: evidence.NoteZoneShown, About: c.exif}}
		}
		d := Gather(evidence.Case{}, []evidence.Exhibit{x}, nil, inside)[0]
		got := ""
		if d.Zone.Behind() != 0 {
			got = FormatZone(d.Zone.Offset)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Of an hour in a zone that nobody knows, on somebody else's phone, only the day
// is left; not on the person's own, and not where they said the zone.
func TestExportedWithoutZone(t *testing.T) {
	at := evidence.Time{At: time.Date(2026, 9, 21, 15, 14, 22, 0, evidence.Beijing), Precision: evidence.ToSecond,
		Device: true, Source: Exported}
	said := evidence.Exhibit{Number: "E001", Notes: []evidence.Note{{Code: evidence.NoteZone, About: "+08:00"}}}
	log := at
	log.Source = "name:vivo"
	for _, c := range []struct {
		name string
		who  evidence.Reached
		x    evidence.Exhibit
		at   evidence.Time
		want evidence.Precision
	}{
		{"a friend's", evidence.ReachedFamily, evidence.Exhibit{Number: "E001"}, at, evidence.ToDay},
		{"the person's own", "", evidence.Exhibit{Number: "E001"}, at, evidence.ToSecond},
		{"whose zone was said", evidence.ReachedFamily, said, at, evidence.ToSecond},
		{"by the phone itself", evidence.ReachedFamily, evidence.Exhibit{Number: "E001"}, log, evidence.ToSecond},
	} {
		d := []Device{{Name: "赵磊", Exhibits: []string{"E001"}, Owner: c.who}}
		got := ClocksOf(d, []evidence.Exhibit{c.x}).Corrected("E001", c.at)
		if got.Precision != c.want || !got.At.Equal(c.at.At) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// A folder inside another person's that is named as one's own is one's own.
func TestOwnFolderInsideAnothers(t *testing.T) {
	for path, want := range map[string]string{
		"孟庆禾 & 爸爸的材料/我的iPhone/详单": "我的iPhone",
		"孟庆禾 & 爸爸的材料/vivo手机":      "孟庆禾 & 爸爸的材料",
		"备份/我的手机/妈妈的华为":           "我的手机",
	} {
		if _, got := phoneFolder(strings.Split(path, "/"), 0, evidence.Exhibit{}, nil, nil); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
