package doubt_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
	"juzheng/evidence/rule"
)

// A phone is what one phone and its carrier hold of the same calls: the files
// by exhibit. Each call has a length of its own, by which it is known again.
type phone struct {
	files    map[string][]evidence.Incident
	exhibits []evidence.Exhibit
	truth    map[string]bool // what may be asserted: V05 and a length, V04 and a day
}

// newPhone makes calls of two days with the phone's clock ahead, its names in
// another zone, and a carrier's list of all that were connected.
func newPhone(r *rand.Rand) phone {
	p := phone{files: map[string][]evidence.Incident{}, truth: map[string]bool{}}
	ahead := []time.Duration{0, 63 * time.Minute, -47 * time.Minute, 11 * time.Minute}[r.IntN(4)]
	zone := []time.Duration{0, time.Hour}[r.IntN(2)]
	perDay := map[string]int{}
	for n := range 12 {
		when := at(fmt.Sprintf("2026-09-1%d %02d:%02d:%02d", n%2, 7+r.IntN(17), r.IntN(60), r.IntN(60)))
		length := 20 + 13*n
		perDay[when.Format(time.DateOnly)]++
		if h := when.Hour(); h >= 22 || h < 8 {
			p.truth[fmt.Sprintf("V05 %d", length)] = true
		}
		add := func(exhibit, source string, at time.Time) {
			i := call(exhibit, at.Format(time.DateTime), length, source)
			if source != "name:x" {
				i.Source = fmt.Sprintf("%s:%d", exhibit, n+1)
			}
			p.files[exhibit] = append(p.files[exhibit], i)
		}
		add("E200", "carrier", when)
		add("E100", "sms-backup", when.Add(ahead-2*time.Second))
		if r.IntN(2) == 0 {
			x := fmt.Sprintf("E%03d", n+1)
			named := when.Add(ahead + zone)
			add(x, "name:x", named)
			e := recording(x, named.Format(time.DateTime), float64(length))
			p.exhibits = append(p.exhibits, e)
		}
	}
	for day, n := range perDay {
		if n > 3 {
			p.truth["V04 "+day] = true
		}
	}
	p.exhibits = append(p.exhibits, evidence.Exhibit{Number: "E100", Kind: evidence.CallLog, OriginalPath: "calls.xml"},
		evidence.Exhibit{Number: "E200", Kind: evidence.CallLog, OriginalPath: "list.csv"})
	return p
}

func (p phone) read(gone string) doubt.Sources {
	s := doubt.Sources{Unread: map[string]string{}}
	for x, rows := range p.files {
		if x == gone {
			s.Unread[x] = "gone"
			continue
		}
		s.Rows = append(s.Rows, rows...)
	}
	return s
}

// timeline makes rows of the files as they are added in an order, one after
// the other.
func (p phone) timeline(order []string) []evidence.Incident {
	var table, rows []evidence.Incident
	for _, x := range order {
		rows = append(rows, p.files[x]...)
		clocks := device.ClocksOf(device.Gather(collectors(), p.exhibits, rows, nil), p.exhibits)
		joined, _ := device.Join(p.files[x], nil, clocks)
		t := device.Tie(table, joined, nil, clocks)
		for n, i := range table {
			if w, ok := t.Fill[i.ID]; ok {
				table[n] = w
			}
		}
		for _, i := range t.Add {
			i.ID = fmt.Sprintf("T%03d", len(table)+1)
			table = append(table, i)
		}
	}
	return table
}

// asserted is what a letter would say of a timeline, by what happened and not
// by the number of a row.
func (p phone) asserted(rows []evidence.Incident, read doubt.Sources) map[string]bool {
	devices := device.Gather(collectors(), p.exhibits, read.Rows, read.Inside)
	held, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: rows, Exhibits: p.exhibits, Devices: devices,
		Read: read})
	r := rule.Apply(collectors(), held, p.exhibits, rule.Options{Date: at("2026-11-28 09:00:00"), Doubts: doubts,
		Clocks: device.ClocksOf(devices, p.exhibits).OpenOf(held)})
	out := map[string]bool{}
	for _, f := range r.Findings {
		if f.Strength != evidence.Shown {
			continue
		}
		for _, n := range f.Counts {
			out[f.Rule+" "+n.Day] = true
		}
		for _, i := range f.Incidents {
			if len(f.Counts) == 0 {
				out[fmt.Sprintf("%s %d", f.Rule, i.Seconds)] = true
			}
		}
	}
	return out
}

// A phone's clock may be off and its names in another zone: with the carrier's
// list beside it a letter asserts what happened and nothing else, whatever is
// done to one file and in whichever order they come.
func TestClocksGainNoAssertion(t *testing.T) {
	found := 0
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 7))
		p := newPhone(r)
		all := slices.Sorted(func(yield func(string) bool) {
			for x := range p.files {
				if !yield(x) {
					return
				}
			}
		})
		true1 := func(what string, got map[string]bool) {
			t.Helper()
			for a := range got {
				if !p.truth[a] {
					t.Errorf("seed %d: %s: asserts %s, which did not happen", seed, what, a)
				}
			}
		}
		base := p.asserted(p.timeline(all), p.read(""))
		found += len(base)
		true1("as it is", base)
		for range 2 {
			r.Shuffle(len(all), func(a, b int) { all[a], all[b] = all[b], all[a] })
			got := p.asserted(p.timeline(all), p.read(""))
			true1("added in the order "+strings.Join(all, " "), got)
			if len(got) != len(base) {
				t.Errorf("seed %d: in the order %v %v is asserted, else %v", seed, all, got, base)
			}
		}
		rows := p.timeline(all)
		for _, gone := range []string{"E100", "E200", all[0]} {
			true1(gone+" is gone", p.asserted(rows, p.read(gone)))
		}
		shift := func(what, x string, by time.Duration) {
			moved := phone{files: map[string][]evidence.Incident{}, exhibits: p.exhibits, truth: p.truth}
			for name, rows := range p.files {
				for _, i := range rows {
					if name == x {
						i.Time.At = i.Time.At.Add(by)
					}
					moved.files[name] = append(moved.files[name], i)
				}
			}
			true1(what, moved.asserted(moved.timeline(all), moved.read("")))
		}
		shift("the whole log an hour and three minutes on", "E100", 63*time.Minute)
		shift("the whole log in another zone", "E100", -8*time.Hour)
		one := all[slices.IndexFunc(all, func(x string) bool { return x < "E100" })]
		shift("the name of "+one+" an hour on", one, time.Hour)
		shift("the name of "+one+" half an hour back", one, -30*time.Minute)

		// A copy of the log under another name is another exhibit with the same rows.
		copied := phone{files: map[string][]evidence.Incident{}, truth: p.truth,
			exhibits: append(slices.Clone(p.exhibits),
				evidence.Exhibit{Number: "E300", Kind: evidence.CallLog, OriginalPath: "calls (1).xml"})}
		for x, rows := range p.files {
			copied.files[x] = rows
		}
		for n, i := range p.files["E100"] {
			i.Exhibits, i.Source = []string{"E300"}, fmt.Sprintf("E300:%d", n+1)
			copied.files["E300"] = append(copied.files["E300"], i)
		}
		true1("a copy of the log", copied.asserted(copied.timeline(append(slices.Clone(all), "E300")), copied.read("")))

		blank := slices.Clone(rows)
		n := r.IntN(len(blank))
		[]func(*evidence.Incident){
			func(i *evidence.Incident) { i.Reached = "" }, func(i *evidence.Incident) { i.Number = "" },
			func(i *evidence.Incident) { i.Time = evidence.Time{} }, func(i *evidence.Incident) { i.Source = "" },
		}[r.IntN(4)](&blank[n])
		true1("a cell of "+blank[n].ID+" is blanked", p.asserted(blank, p.read("")))
	}
	if found < 60 {
		t.Errorf("only %d assertions: the test proves nothing", found)
	}
}

// A call that the phone alone shows keeps the phone's time, and nothing that
// needs it is asserted before the person confirms the clock; then the time is
// set right and what the phone showed stays beside it.
func TestClockOffIsAsked(t *testing.T) {
	var rows, read []evidence.Incident
	for n := range 4 {
		when := at(fmt.Sprintf("2026-09-0%d 14:00:10", n+1))
		list := call(fmt.Sprintf("E200:%d", n+1), when.Format(time.DateTime), 40+20*n, "carrier")
		log := call(fmt.Sprintf("E100:%d", n+1), when.Add(63*time.Minute).Format(time.DateTime), 40+20*n, "sms-backup")
		read = append(read, list, log)
		list.Source, list.Exhibits = list.Source+" "+log.Source, []string{"E100", "E200"}
		rows = append(rows, list)
	}
	missed := call("E100:9", "2026-09-12 23:10:00", 0, "sms-backup")
	missed.Answered = evidence.No
	rows, read = numbered(append(rows, missed)...), append(read, missed)
	for _, c := range []struct {
		said, want string
		asserted   bool
	}{
		{"", "2026-09-12 23:10:00 - clock-off", false},
		{"3780", "2026-09-12 22:07:00 2026-09-12 23:10:00 ", true},
		{"0", "2026-09-12 23:10:00 - ", true},
	} {
		log := evidence.Exhibit{Number: "E100", Kind: evidence.CallLog}
		if c.said != "" {
			log, _ = log.WithNote(evidence.Note{Code: evidence.NoteClock, About: c.said})
		}
		p := phone{exhibits: []evidence.Exhibit{log, {Number: "E200", Kind: evidence.CallLog}}}
		s := doubt.Sources{Rows: read}
		devices := device.Gather(collectors(), p.exhibits, read, nil)
		held, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: rows, Exhibits: p.exhibits,
			Devices: devices, Read: s})
		i, showed, codes := held[len(held)-1], "-", ""
		if !i.Time.Showed.IsZero() {
			showed = i.Time.Showed.Format(time.DateTime)
		}
		for _, d := range doubts {
			if d.Incident == i.ID {
				codes += string(d.Code)
			}
		}
		if got := i.Time.At.Format(time.DateTime) + " " + showed + " " + codes; got != c.want {
			t.Errorf("%q: %s, want %s", c.said, got, c.want)
		}
		if got := p.asserted(rows, s)["V05 0"]; got != c.asserted {
			t.Errorf("%q: the night is asserted: %v", c.said, got)
		}
	}
}

// A row that somebody wrote with a place no list has, and without an exhibit, is doubted as
// any other, whatever else of it the lists contradict.
func TestRowWithoutExhibit(t *testing.T) {
	list := []evidence.Incident{call("E001:1", "2026-09-01 09:00:00", 7, "carrier"),
		call("E001:2", "2026-09-30 09:00:00", 7, "carrier")}
	i := call("E001:999", "2026-09-10 02:41:00", 90, "sms-backup")
	list = append(list, i)
	list[2].Direction, list[2].Source, list[2].Time.Source = evidence.Out, "E001:3", "carrier"
	i.Exhibits = nil
	for _, lists := range [][]evidence.Incident{list[:2], list} {
		_, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(i),
			Exhibits: []evidence.Exhibit{{Number: "E001"}}, Read: doubt.Sources{Rows: lists}})
		doubted := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool { return d.Incident == "T001" })
		if doubted != (len(lists) == len(list)) {
			t.Errorf("beside %d lines: %v", len(lists), doubts)
		}
	}
}

// What came to a phone that is not the complainant's is in no list of theirs.
func TestListOfAnotherPhone(t *testing.T) {
	strange := device.Device{Name: "妈妈的手机", Exhibits: []string{"E002"}, Doubtful: true}
	list := []evidence.Incident{call("E001:1", "2026-09-01 09:00:00", 7, "carrier"),
		call("E001:2", "2026-09-30 09:00:00", 7, "carrier")}
	i := call("E002:2", "2026-09-10 10:00:00", 21, "sms-backup")
	for _, devices := range [][]device.Device{nil, {strange}} {
		_, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(i), Devices: devices,
			Exhibits: []evidence.Exhibit{{Number: "E001"}, {Number: "E002"}},
			Read:     doubt.Sources{Rows: append(slices.Clone(list), i)}})
		absent := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool { return d.Code == evidence.AbsentFromList })
		if absent != (devices == nil) {
			t.Errorf("with %d devices: %v", len(devices), doubts)
		}
	}
}
