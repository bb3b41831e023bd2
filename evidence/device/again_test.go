package device_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// A phoneLog is what one phone's log has: three calls a day with people of its own and one
// of a collector who rings everybody with one message.
func phoneLog(seed int64, people ...string) []evidence.Incident {
	chance := rand.New(rand.NewSource(seed))
	var rows []evidence.Incident
	for day := range 60 {
		for n := range 4 {
			at := time.Date(2026, 10, 1+day, 8+n*4, chance.Intn(60), chance.Intn(60), 0, evidence.Beijing)
			r := evidence.Incident{Kind: evidence.Call, Direction: evidence.In, Seconds: 20 + chance.Intn(400),
				Number: people[chance.Intn(len(people))],
				Time:   evidence.Time{At: at, Precision: evidence.ToSecond, Source: "sms-backup"}}
			if n == 0 {
				r.Number, r.Seconds = "17100000311", 33
			}
			rows = append(rows, r)
		}
	}
	return rows
}

// days are the calls of a log from one day of it to another.
func days(log []evidence.Incident, from, to int) []evidence.Incident { return log[4*from : 4*to] }

// A phoneCase is lists as they came, each in its folder.
type phoneCase struct {
	exhibits []evidence.Exhibit
	rows     []evidence.Incident
}

func (c *phoneCase) add(path string, round int, said string, rows ...evidence.Incident) *phoneCase {
	number := fmt.Sprintf("E%03d", len(c.exhibits)+1)
	x := evidence.Exhibit{Number: number, Kind: evidence.CallLog, OriginalPath: path, Round: round,
		OriginalName: path[strings.LastIndex(path, "/")+1:]}
	if said != "" {
		x, _ = x.WithNote(evidence.Note{Code: evidence.NotePhoneOf, About: said})
	}
	for n, r := range rows {
		r.Exhibits, r.Source = []string{number}, fmt.Sprintf("%s:%d", number, n+2)
		c.rows = append(c.rows, r)
	}
	c.exhibits = append(c.exhibits, x)
	return c
}

// phones are the devices of a case: their files, and whose they are.
func (c *phoneCase) phones(k evidence.Case) (out []string, devices []device.Device) {
	devices = device.Gather(k, c.exhibits, c.rows, nil)
	for _, d := range devices {
		who := string(d.Owner)
		switch {
		case d.Doubtful:
			who = "?"
		case d.Own:
			who = "self"
		}
		out = append(out, strings.TrimSuffix(strings.Join(d.Exhibits, "+")+"="+who, "="))
	}
	slices.Sort(out)
	return out, devices
}

var (
	mine  = phoneLog(1, "13900000001", "13900000002", "13900000003", "13900000004")
	hers  = phoneLog(2, "13800000006", "13800000007", "13800000008", "13900000001")
	other = phoneLog(3, "13700000006", "13700000007", "13700000008", "13700000009")
)

// A phone that was copied once more, into a folder of another name and with newer calls,
// is known by what both copies have, and what was said of it holds for both. A wife's
// phone, which the same collector rings, is not taken for it.
func TestCopiedAgain(t *testing.T) {
	shared := slices.Clone(days(hers, 0, 30))
	copy(shared[5:7], days(mine, 1, 2)[1:3]) // two calls that both phones list
	for _, c := range []struct {
		name string
		of   *phoneCase
		want string
	}{
		{"said to be one's own", new(phoneCase).add("d/手机备份/c.xml", 0, "self", days(mine, 0, 30)...).
			add("d/手机备份-1201/c.xml", 1, "", days(mine, 10, 60)...), "E001+E002=self"},
		{"a wife's", new(phoneCase).add("d/手机备份/c.xml", 0, "self", days(mine, 0, 30)...).
			add("d/老婆手机/c.xml", 0, "family", days(hers, 0, 30)...).
			add("d/老婆手机-1201/c.xml", 1, "", days(hers, 5, 60)...), "E001=self E002+E003=family"},
		{"a wife's, and the second folder bears nobody's name", new(phoneCase).
			add("d/手机备份/c.xml", 0, "self", days(mine, 0, 30)...).
			add("d/老婆手机/c.xml", 0, "family", days(hers, 0, 30)...).
			add("d/备份/c.xml", 1, "", days(hers, 5, 60)...), "E001=self E002+E003=family"},
		{"a wife's, in folders that bear no phone's name", new(phoneCase).
			add("d/1/c.xml", 0, "self", days(mine, 0, 30)...).add("d/2/c.xml", 0, "family", days(hers, 0, 30)...).
			add("d/2/c2.xml", 1, "", days(hers, 31, 60)...), "E001=self E002+E003=family"},
		{"another phone in a folder of the same name", new(phoneCase).
			add("a/小米/c.xml", 0, "self", days(mine, 0, 30)...).add("b/小米/c.xml", 1, "", days(hers, 0, 60)...),
			"E001=self E002=?"},
		{"its next month in a folder of the same name", new(phoneCase).
			add("a/小米/c.xml", 0, "self", days(mine, 0, 30)...).add("b/小米/c.xml", 1, "", days(mine, 31, 60)...),
			"E001=self E002=self"},
		{"said of the second copy alone", new(phoneCase).add("d/A手机/c.xml", 0, "", days(mine, 0, 30)...).
			add("d/B手机/c.xml", 1, "self", days(mine, 10, 60)...), "E001+E002=self"},
		{"nothing said of another's", new(phoneCase).add("d/A手机/c.xml", 0, "", days(mine, 0, 30)...).
			add("d/B手机/c.xml", 1, "", days(hers, 0, 30)...).
			add("d/B手机2/c.xml", 2, "", days(hers, 10, 60)...), "E001 E002+E003=?"},
		{"the wife's shares two calls", new(phoneCase).add("d/A手机/c.xml", 0, "self", days(mine, 0, 30)...).
			add("d/B手机/c.xml", 1, "", shared...), "E001=self E002=?"},
		{"said to be of two people", new(phoneCase).add("d/A手机/c.xml", 0, "self", days(mine, 0, 30)...).
			add("d/B手机/c.xml", 1, "family", days(mine, 10, 60)...), "E001=self E002=family"},
		{"in a folder of somebody's name", new(phoneCase).add("d/A手机/c.xml", 0, "family", days(mine, 0, 30)...).
			add("d/妈妈的手机/c.xml", 1, "", days(mine, 10, 60)...), "E001=family E002=?"},
	} {
		got, _ := c.of.phones(evidence.Case{})
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %s, want %s", c.name, s, c.want)
		}
	}
}

// What was said of a phone, whose it is and how its clock stood, holds for the list that
// came later: nothing of a mother's phone reaches the person by it, and one call is one.
func TestSaidOfAPhoneHoldsForItsCopies(t *testing.T) {
	for name, later := range map[string]string{"another folder": "d/妈妈手机-1201/c.xml", "the same": "d/妈妈手机/c2.xml"} {
		c := new(phoneCase).add("d/我的手机/c.xml", 0, "self", days(mine, 0, 30)...).
			add("d/妈妈手机/c.xml", 0, "family", days(hers, 0, 30)...).
			add(later, 1, "", days(hers, 10, 60)...)
		c.exhibits[1], _ = c.exhibits[1].WithNote(evidence.Note{Code: evidence.NoteClock, About: "300"})
		got, devices := c.phones(evidence.Case{})
		if s := strings.Join(got, " "); s != "E001=self E002+E003=family" {
			t.Errorf("%s: got %s", name, s)
		}
		from := device.PhonesOf(devices, c.exhibits)
		if who, doubtful := from.Owner("E003"); who != evidence.ReachedFamily || doubtful {
			t.Errorf("%s: the later list is of %q, doubtful %v", name, who, doubtful)
		}
		clocks := device.ClocksOf(devices, c.exhibits)
		at := c.rows[len(c.rows)-1].Time
		if got := at.At.Sub(clocks.Corrected("E003", at).At); got != 5*time.Minute {
			t.Errorf("%s: its clock is set right by %v", name, got)
		}
		folded, _ := device.Fold(withIDs(c.rows[120:]), from, nil)
		if len(folded) != 240 {
			t.Errorf("%s: %d calls, not 240", name, len(folded))
		}
	}
}

func withIDs(rows []evidence.Incident) []evidence.Incident {
	rows = slices.Clone(rows)
	for n := range rows {
		rows[n].ID = fmt.Sprintf("T%03d", n+1)
	}
	return rows
}

// A folder of which the person said whose phone it is was emptied, and another phone's
// list was put in: that is asked about, and not taken for the first one's. A later list of
// the phone itself is not.
func TestReplaced(t *testing.T) {
	var k evidence.Case
	k.Complainant.Phone = "13600000001"
	k.Numbers = []evidence.Number{{Number: "17100000311", Side: evidence.CollectorSide}}
	calls := slices.Clone(days(other, 40, 44))
	for n := range calls {
		calls[n].Number = []string{"13600000001", "17100000311"}[n%2]
	}
	byCarrier := slices.Clone(days(mine, 10, 50))
	for n := range byCarrier {
		byCarrier[n].Time.At, byCarrier[n].Time.Source = byCarrier[n].Time.At.Add(20*time.Second), device.Carrier
	}
	behind := slices.Clone(days(mine, 10, 50))
	for n := range behind {
		behind[n].Time.At = behind[n].Time.At.Add(-7 * time.Hour)
	}
	for _, folder := range []string{"phone", "d/手机备份"} {
		for _, c := range []struct {
			name  string
			later []evidence.Incident
			want  string
		}{
			{"a wife's, of the same days", days(hers, 0, 60), "E001=self E002=?"},
			{"a stranger's, of days after them", days(other, 31, 60), "E001=self E002=?"},
			{"one that the person's own number calls", calls, "E001=self E002=?"},
			{"the phone's own, with newer calls", days(mine, 10, 60), "E001+E002=self"},
			{"its next month", days(mine, 31, 60), "E001+E002=self"},
			{"its carrier's list", byCarrier, "E001+E002=self"},
			{"its own by a clock that is wrong", behind, "E001+E002=self"},
			{"too little to tell", days(other, 31, 33), "E001+E002=self"},
		} {
			of := new(phoneCase).add(folder+"/c1.xml", 0, "self", days(mine, 0, 30)...).
				add(folder+"/c2.xml", 1, "", c.later...)
			got, _ := of.phones(k)
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s in %s: got %s, want %s", c.name, folder, s, c.want)
			}
		}
	}
}

// What came with another phone's list is of that phone, unless it shows a call of the
// first; and once that was said to be a wife's, a third list is told apart like the second.
func TestReplacedByAWhole(t *testing.T) {
	of := new(phoneCase).add("d/手机备份/c1.xml", 0, "self", days(mine, 0, 30)...).
		add("d/手机备份/c2.xml", 1, "family", days(hers, 0, 40)...).
		add("d/手机备份/c3.xml", 2, "", days(hers, 20, 60)...).
		add("d/手机备份/c4.xml", 3, "", days(mine, 10, 60)...)
	got, _ := of.phones(evidence.Case{})
	if s := strings.Join(got, " "); s != "E001+E004=self E002+E003=family" {
		t.Errorf("got %s", s)
	}
	of = new(phoneCase).add("d/手机备份/c1.xml", 0, "self", days(mine, 0, 40)...).
		add("d/手机备份/c2.xml", 1, "", days(hers, 0, 40)...).add("d/手机备份/a.jpg", 1, "").
		add("d/手机备份/r.m4a", 1, "").add("d/手机备份/s.m4a", 1, "").add("d/手机备份/b.jpg", 0, "self")
	for n, call := range map[int]evidence.Incident{3: days(mine, 5, 6)[1], 4: days(hers, 5, 6)[1]} {
		call.Exhibits, call.Source = []string{of.exhibits[n].Number}, of.exhibits[n].Number
		of.rows = append(of.rows, call)
	}
	for n, kind := range []evidence.ExhibitKind{evidence.Photo, evidence.Recording, evidence.Recording, evidence.Photo} {
		of.exhibits[2+n].Kind = kind
	}
	got, _ = of.phones(evidence.Case{})
	if s := strings.Join(got, " "); s != "E001+E004+E006=self E002+E003+E005=?" {
		t.Errorf("got %s", s)
	}
}
