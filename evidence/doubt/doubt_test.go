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

func at(s string) time.Time {
	t, err := time.ParseInLocation(time.DateTime, s, evidence.Beijing)
	if err != nil {
		panic(err)
	}
	return t
}

// call is a row of a log or list, or of a recording where place has no line.
func call(place, when string, seconds int, source string) evidence.Incident {
	exhibit, _, _ := strings.Cut(place, ":")
	return evidence.Incident{
		Time: evidence.Time{At: at(when), Precision: evidence.ToSecond, Source: source,
			Device: strings.HasPrefix(source, "name:")},
		Kind: evidence.Call, Direction: evidence.In, Number: "19900000311", Reached: evidence.ReachedSelf,
		Answered: evidence.Yes, Seconds: seconds, Exhibits: []string{exhibit}, Source: place,
	}
}

func numbered(rows ...evidence.Incident) []evidence.Incident {
	out := slices.Clone(rows)
	for n := range out {
		out[n].ID = fmt.Sprintf("T%03d", n+1)
		out[n].Exhibits = slices.Clone(out[n].Exhibits)
	}
	return out
}

func collectors() evidence.Case {
	var c evidence.Case
	c.Numbers = []evidence.Number{{Number: "19900000311", Side: evidence.CollectorSide},
		{Number: "95399", Side: evidence.LenderSide},
		{Number: "19900000313", Side: evidence.OtherSide}}
	c.Complainant.Name = "王某"
	c.Lender.Name, c.Lender.Licence, c.Lender.Region = "样例银行", evidence.Bank, "330000"
	return c
}

func recording(number, when string, seconds float64) evidence.Exhibit {
	x := evidence.Exhibit{Number: number, Kind: evidence.Recording, OriginalPath: "rec/" + number + ".m4a"}
	x.Captured = evidence.CaptureTime{Time: at(when).Format(time.RFC3339), Precision: evidence.ToSecond, Device: true,
		Source: "name:x"}
	x.Media.Seconds = seconds
	return x
}

func TestFind(t *testing.T) {
	night := call("E001", "2026-09-10 22:17:32", 21, "name:x")
	carriers := []evidence.Incident{
		call("E002:2", "2026-09-09 18:05:40", 65, "carrier"), call("E002:3", "2026-09-10 21:30:32", 21, "carrier"),
		call("E002:4", "2026-09-11 09:12:00", 48, "carrier"),
	}
	joined := night
	joined.Source, joined.Exhibits = "E002:3 E001", []string{"E001", "E002"}
	far := call("E002:3", "2026-09-10 14:17:32", 21, "carrier") // eight hours off, by the zone
	both := far
	both.Source, both.Exhibits = "E002:3 E003:1", []string{"E002", "E003"}
	change := func(i evidence.Incident, f func(*evidence.Incident)) evidence.Incident { f(&i); return i }
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		read []evidence.Incident
		in   map[string]time.Time
		want string // codes and properties of T001
	}{
		{"nothing", []evidence.Incident{night}, []evidence.Incident{night}, nil, ""},
		{"header an hour earlier", []evidence.Incident{night}, []evidence.Incident{night},
			map[string]time.Time{"E001": at("2026-09-10 21:17:40")}, "name-container/time"},
		{"header in local time", []evidence.Incident{night}, []evidence.Incident{night},
			map[string]time.Time{"E001": at("2026-09-11 06:17:40")}, ""},
		{"header within the length", []evidence.Incident{night}, []evidence.Incident{night},
			map[string]time.Time{"E001": at("2026-09-10 22:18:00")}, ""},
		{"the zone was written, so the name is right",
			[]evidence.Incident{change(night, func(i *evidence.Incident) { i.Time.Device = false })},
			[]evidence.Incident{night},
			map[string]time.Time{"E001": at("2026-09-10 21:17:40")}, ""},
		{"the header was chosen",
			[]evidence.Incident{change(night, func(i *evidence.Incident) {
				i.Time.Device, i.Time.At = false,
					at("2026-09-10 21:17:40")
			})},
			[]evidence.Incident{night}, map[string]time.Time{"E001": at("2026-09-10 21:17:40")}, ""},
		{"the carrier has it at another hour", []evidence.Incident{night},
			append([]evidence.Incident{night}, carriers...), nil, "time-other-source/time"},
		{"the carrier and the phone's log have it at another hour", []evidence.Incident{night, both},
			[]evidence.Incident{night, carriers[0], far, carriers[2]}, nil, "time-other-source/time"},
		{"what they have there is recorded", []evidence.Incident{night, change(both, func(i *evidence.Incident) {
			i.Exhibits = append(i.Exhibits, "E004")
		})}, []evidence.Incident{night, carriers[0], far, carriers[2]}, nil, "absent-from-list/time"},
		{"the carrier has none", []evidence.Incident{change(night, func(i *evidence.Incident) { i.Seconds = 90 })},
			append([]evidence.Incident{change(night, func(i *evidence.Incident) { i.Seconds = 90 })}, carriers...), nil,
			"absent-from-list/time"},
		{"the carrier's list ends before", []evidence.Incident{night}, append([]evidence.Incident{night}, carriers[0]),
			nil, ""},
		{"joined to the carrier's row", []evidence.Incident{change(joined,
			func(i *evidence.Incident) { i.Time = carriers[1].Time })},
			append([]evidence.Incident{night}, carriers...), nil, ""},
		{"no second", []evidence.Incident{call("E003:1", "2026-09-10 10:00:00", 0, "sms-backup")}, nil, nil,
			"zero-seconds/length"},
		{"in the log alone", []evidence.Incident{call("E003:1", "2026-09-10 10:00:00", 9, "sms-backup")},
			append([]evidence.Incident{call("E003:1", "2026-09-10 10:00:00", 9, "sms-backup")}, carriers...), nil,
			"absent-from-list/time"},
		{"typed", []evidence.Incident{change(night,
			func(i *evidence.Incident) { i.Source, i.Time.Source = "person", "person" })}, nil, nil, "typed-time/time"},
		{"masked", []evidence.Incident{change(night,
			func(i *evidence.Incident) { i.Number, i.Use = "199****0311", evidence.Yes })}, nil, nil,
			"masked-number/number"},
		{"nobody said who", []evidence.Incident{change(night, func(i *evidence.Incident) { i.Reached = "" })}, nil, nil,
			"reached-unknown/person"},
		{"a relative's recording that does not tell who called", []evidence.Incident{change(night,
			func(i *evidence.Incident) { i.Direction, i.Reached = "", evidence.ReachedFamily })}, nil, nil,
			"direction-unknown/direction"},
		{"it does not, and the person says", []evidence.Incident{change(night,
			func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily })},
			[]evidence.Incident{change(night, func(i *evidence.Incident) { i.Direction = "" })}, nil,
			"typed-direction/direction"},
		{"its name tells", []evidence.Incident{change(night,
			func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily })}, []evidence.Incident{night}, nil, ""},
		{"a row of the person's", []evidence.Incident{change(night, func(i *evidence.Incident) {
			i.Direction, i.Reached, i.Source = "", evidence.ReachedFamily, "person"
		})}, nil, nil, ""},
		{"a service number of the lender", []evidence.Incident{change(night,
			func(i *evidence.Incident) { i.Number = "95399" })}, nil, nil, "service-call/row"},
		{"and what it said", []evidence.Incident{change(night,
			func(i *evidence.Incident) { i.Number, i.Words = "95399", "今天必须还款" })}, nil, nil, ""},
		{"and what it was for", []evidence.Incident{change(night,
			func(i *evidence.Incident) { i.Number, i.Role = "95399", evidence.RoleCollecting })}, nil, nil, ""},
		{"told to themselves", []evidence.Incident{change(night,
			func(i *evidence.Incident) { i.Disclosed = evidence.Yes })}, nil, nil, "disclosed-self/person"},
		{"a violation of nobody knows whom", []evidence.Incident{change(night, func(i *evidence.Incident) {
			i.Number, i.Asserted = "19900000312", []evidence.Breach{"V06"}
		})}, nil, nil, "caller-not-said/number"},
		{"from an account nobody has named", []evidence.Incident{change(night, func(i *evidence.Incident) {
			i.Kind, i.Number, i.Name, i.Asserted = evidence.Message, "", "阿强", []evidence.Breach{"V08a"}
		})}, nil, nil, "caller-not-said/number"},
		{"the person says that it is of this matter", []evidence.Incident{change(night, func(i *evidence.Incident) {
			i.Number, i.Asserted, i.Use = "19900000312", []evidence.Breach{"V06"}, evidence.Yes
		})}, nil, nil, ""},
		{"a violation of somebody who is no collector", []evidence.Incident{change(night, func(i *evidence.Incident) {
			i.Number, i.Asserted = "19900000313", []evidence.Breach{"V06"}
		})}, nil, nil, "caller-other/number"},
		{"numbers of a bombing", []evidence.Incident{change(night, func(i *evidence.Incident) {
			i.Number, i.Asserted = "19900000312", []evidence.Breach{"V10"}
		})}, nil, nil, ""},
		{"a hidden number", []evidence.Incident{change(night, func(i *evidence.Incident) {
			i.Number, i.Asserted = "199****0312", []evidence.Breach{"V06"}
		})}, nil, nil, "masked-number/number"},
		{"somebody told of it", []evidence.Incident{change(night, func(i *evidence.Incident) {
			i.Number, i.Asserted, i.ToldBy = "19900000312", []evidence.Breach{"V06"}, "妈妈，当天告诉"
		})}, nil, nil, ""},
		{"the name a person wrote is that of who was reached", []evidence.Incident{change(night,
			func(i *evidence.Incident) {
				i.Kind, i.Number, i.Name, i.Source = evidence.Message, "", "表姐", "person"
				i.Reached, i.Asserted = evidence.ReachedFamily, []evidence.Breach{"V01"}
			})}, nil, nil, ""},
		{"not of this matter", []evidence.Incident{change(night,
			func(i *evidence.Incident) { i.Reached, i.Use = "", evidence.No })}, nil, nil, ""},
	} {
		read := doubt.Sources{Rows: c.read, Inside: c.in}
		if len(c.read) == 0 {
			read.Rows = c.rows
		}
		_, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(c.rows...),
			Exhibits: []evidence.Exhibit{recording("E001", "2026-09-10 22:17:32", 21),
				{Number: "E004", Kind: evidence.Recording}}, Read: read})
		var got []string
		for _, d := range doubts {
			if d.Incident == "T001" {
				got = append(got, string(d.Code)+"/"+string(d.About))
			}
			if s := d.Text().Text; s.ZH == "" || s.EN == "" || strings.Contains(s.ZH+s.EN, "%") {
				t.Errorf("%s: says %q", c.name, s)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
	}
}

// A violation that the person names is shown once it is known that the number is
// the collector's, and not before.
func TestViolationOfNobodyKnowsWhom(t *testing.T) {
	for number, want := range map[string]evidence.Strength{
		"19900000311": evidence.Shown, "19900000312": evidence.Review, "19900000313": evidence.Review,
	} {
		i := call("E001:2", "2026-09-10 10:00:00", -1, "sms-backup")
		i.Kind, i.Answered, i.Number, i.Shown = evidence.SMS, evidence.Unknown, number, "再不还就打断你的腿"
		i.Asserted = []evidence.Breach{"V06a"}
		rows, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(i),
			Read: doubt.Sources{Rows: []evidence.Incident{i}}})
		exhibits := []evidence.Exhibit{{Number: "E001", Kind: evidence.SMSLog}}
		r := rule.Apply(collectors(), rows, exhibits, rule.Options{Date: at("2026-11-28 12:00:00"), Doubts: doubts})
		if len(r.Findings) != 1 || r.Findings[0].Strength != want {
			t.Errorf("%s: %+v, want %s", number, r.Findings, want)
		}
	}
}

// What came to a phone that seems to be somebody else's is doubted until it is
// known whose it is, unless a file of the own phone shows it too or the person
// wrote who was reached.
func TestPhoneNotSaid(t *testing.T) {
	strange := device.Device{Name: "赵磊的iPhone", Exhibits: []string{"E002"}, Doubtful: true}
	own := device.Device{Exhibits: []string{"E001"}}
	row := call("E002:2", "2026-09-10 10:00:00", 21, "imazing")
	for _, c := range []struct {
		name string
		edit func(*evidence.Incident)
		want string
	}{
		{"not said", func(i *evidence.Incident) { i.Reached = "" }, "phone-not-said"},
		{"taken for the own phone before", func(*evidence.Incident) {}, "phone-not-said"},
		{"in the own log too", func(i *evidence.Incident) { i.Exhibits = []string{"E001", "E002"} }, ""},
		{"the person wrote who", func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily }, ""},
		{"a row of the person's", func(i *evidence.Incident) { i.Source = "person" }, ""},
		{"a call made", func(i *evidence.Incident) { i.Direction = evidence.Out }, ""},
	} {
		i := row
		c.edit(&i)
		_, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(i),
			Devices: []device.Device{own, strange}, Read: doubt.Sources{}})
		got := ""
		for _, d := range doubts {
			got += string(d.Code)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestHold(t *testing.T) {
	file := call("E001:4", "2026-09-18 10:30:06", 20, "sms-backup")
	file.Number = "057100000101"
	row := func(f func(*evidence.Incident)) evidence.Incident {
		i := file
		i.ID = "T006"
		f(&i)
		return i
	}
	for _, c := range []struct {
		name string
		row  evidence.Incident
		want string
	}{
		{"the same", row(func(i *evidence.Incident) {}), ""},
		{"leading zero lost", row(func(i *evidence.Incident) { i.Number = "57100000101" }),
			"T006 号码：文件里是057100000101，表里是57100000101"},
		{"seconds dropped, as spreadsheets do", row(func(i *evidence.Incident) {
			i.Time.At, i.Time.Precision = at("2026-09-18 10:30:00"), evidence.ToMinute
		}), ""},
		{"a minute on", row(func(i *evidence.Incident) {
			i.Time.At, i.Time.Precision = at("2026-09-18 10:31:00"), evidence.ToMinute
		}), "T006 时间：文件里是2026-09-18 10:30:06，表里是2026-09-18 10:31"},
		{"another second", row(func(i *evidence.Incident) { i.Time.At = at("2026-09-18 10:30:00") }),
			"T006 时间：文件里是2026-09-18 10:30:06，表里是2026-09-18 10:30:00"},
		{"blanked", row(func(i *evidence.Incident) { i.Seconds = -1 }), "T006 秒数：文件里是20，表里是空白"},
		{"destroyed", row(func(i *evidence.Incident) {
			i.Number, i.Spoilt = "", map[string]string{"number": "5.71E+10"}
		}), "T006 号码：文件里是057100000101，表里是5.71E+10"},
		{"a column the table lacks", row(func(i *evidence.Incident) { i.Seconds, i.Missing = -1, []string{"seconds"} }),
			""},
		{"who was reached is the person's", row(func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily }), ""},
	} {
		held, doubts := doubt.Hold([]evidence.Incident{c.row}, doubt.Sources{Rows: []evidence.Incident{file}})
		got := ""
		for _, d := range doubts {
			got += d.Text().ZH
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if h := held[0]; h.Number != file.Number || h.Seconds != 20 || h.Time != file.Time {
			t.Errorf("%s: the file's values were not taken: %+v", c.name, h)
		}
	}
	_, doubts := doubt.Hold([]evidence.Incident{row(func(i *evidence.Incident) {})},
		doubt.Sources{Rows: []evidence.Incident{file, call("E001:5", "2026-09-18 11:30:06", 35, "sms-backup")}})
	if len(doubts) != 1 || doubts[0].Text().ZH != "E001 第5行：时间线里没有了，文件里是：2026-09-18 11:30:06 通话 呼入 19900000311 35秒" {
		t.Errorf("a deleted row: %v", doubts)
	}
}

// A spreadsheet writes 21:40 as 21:40:00: no second of it is anybody's.
func TestSecondsThatASpreadsheetAdds(t *testing.T) {
	minute := func(i evidence.Incident) evidence.Incident {
		i.Time.Precision = evidence.ToMinute
		return i
	}
	named := minute(call("E001", "2026-09-18 21:40:00", 20, "name:oppo"))
	typed := call("person", "2026-09-18 21:40:00", 20, "person")
	exact := call("E002:3", "2026-09-18 21:40:00", 20, "carrier")
	for _, c := range []struct {
		name      string
		row, file evidence.Incident
		want      evidence.Precision
	}{
		{"a name that has no second", call("E001", "2026-09-18 21:40:00", 20, "name:oppo"), named, evidence.ToMinute},
		{"what a person wrote", typed, named, evidence.ToMinute},
		{"a list that has it", exact, exact, evidence.ToSecond},
	} {
		held, doubts := doubt.Hold([]evidence.Incident{c.row}, doubt.Sources{Rows: []evidence.Incident{c.file}})
		differ := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool { return d.Code == evidence.RowDiffers })
		if got := held[0].Time.Precision; got != c.want || differ {
			t.Errorf("%s: %v, %v", c.name, got, doubts)
		}
	}
}

// asserted are the rules a letter would assert, with the rows they are
// asserted of; of what is counted, the day.
func asserted(c evidence.Case, rows []evidence.Incident, exhibits []evidence.Exhibit,
	read doubt.Sources) map[string]bool {
	held, doubts := doubt.Find(doubt.Record{Case: c, Incidents: rows, Exhibits: exhibits, Read: read})
	r := rule.Apply(c, held, exhibits, rule.Options{Date: at("2026-11-28 09:00:00"), Doubts: doubts})
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
				out[f.Rule+" "+i.ID] = true
			}
		}
	}
	return out
}

// Whatever is done to one file or cell, no letter asserts more than before:
// the header of a file is moved, a source covers the day and disagrees, cells
// are blanked, the order is another.
func TestNothingGainsAnAssertion(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 12))
		var rows, read []evidence.Incident
		var exhibits []evidence.Exhibit
		inside := map[string]time.Time{}
		for n := range 12 {
			when := fmt.Sprintf("2026-09-1%d %02d:%02d:%02d", r.IntN(2), 8+r.IntN(16), r.IntN(60), r.IntN(60))
			length := 5 + r.IntN(60)
			x := fmt.Sprintf("E%03d", n+1)
			i := call(x, when, length, "name:x")
			if n%2 == 1 {
				i = call(fmt.Sprintf("E100:%d", n), when, length, "sms-backup")
			} else {
				exhibits = append(exhibits, recording(x, when, float64(length)))
				inside[x] = at(when).Add(time.Duration(length) * time.Second)
			}
			rows, read = append(rows, i), append(read, i)
		}
		rows = numbered(rows...)
		base := asserted(collectors(), rows, exhibits, doubt.Sources{Rows: read, Inside: inside})
		gains := func(what string, rows []evidence.Incident, s doubt.Sources) {
			t.Helper()
			for a := range asserted(collectors(), rows, exhibits, s) {
				if !base[a] {
					t.Errorf("seed %d: %s: asserts %s", seed, what, a)
				}
			}
		}
		moved := map[string]time.Time{}
		for x, when := range inside {
			moved[x] = when
		}
		one := exhibits[r.IntN(len(exhibits))].Number
		moved[one] = moved[one].Add(time.Duration(r.IntN(25)-12) * 30 * time.Minute)
		gains("the header of "+one+" is moved", rows, doubt.Sources{Rows: read, Inside: moved})

		list := []evidence.Incident{call("E200:1", "2026-09-01 09:00:00", 7, "carrier"),
			call("E200:2", "2026-09-30 09:00:00", 7, "carrier")}
		gains("a carrier's list that has none of them", rows,
			doubt.Sources{Rows: append(slices.Clone(read), list...), Inside: inside})

		blanked := slices.Clone(rows)
		n := r.IntN(len(blanked))
		switch r.IntN(5) {
		case 0:
			blanked[n].Reached = ""
		case 1:
			blanked[n].Number = ""
		case 2:
			blanked[n].Seconds = -1
		case 3:
			blanked[n].Time = evidence.Time{}
		case 4:
			blanked[n].Direction = ""
		}
		gains("a cell is blanked", blanked, doubt.Sources{Rows: read, Inside: inside})
		gains("a row is deleted", slices.Delete(slices.Clone(rows), n, n+1), doubt.Sources{Rows: read, Inside: inside})
		gains("a source is gone", rows, doubt.Sources{Rows: read[:len(read)/2],
			Unread: map[string]string{"E100": "gone"}, Inside: inside})

		other := slices.Clone(rows)
		r.Shuffle(len(other), func(a, b int) { other[a], other[b] = other[b], other[a] })
		gains("another order", other, doubt.Sources{Rows: read, Inside: inside})
	}
}

// TestRecordedAgainstLog has one call of a recording and of the row of a log that says
// nobody answered; what was recorded waits until the person says that it is that call.
func TestRecordedAgainstLog(t *testing.T) {
	missed := call("E034:38", "2026-09-12 22:30:00", 0, "sms-backup")
	missed.Answered = evidence.No
	recorded := call("E039", "2026-09-12 22:30:00", 2, "name:huawei")
	recorded.Asserted, recorded.Words = []evidence.Breach{"V06"}, "录音里对方说：“滚出来还钱”"
	rows := numbered(missed, recorded)
	for _, c := range []struct{ name, said, doubts, shown string }{
		{"nobody said", "", "recorded-not-answered", "V05"},
		{"it is that call", "E034:38", "", "V05 V06"},
		{"said of another row", "E034:39", "recorded-not-answered", "V05"},
	} {
		x := recording("E039", "2026-09-12 22:30:00", 2)
		if c.said != "" {
			x, _ = x.WithNote(evidence.Note{Code: evidence.NoteCallOf, About: c.said})
		}
		exhibits := []evidence.Exhibit{x, {Number: "E034", Kind: evidence.CallLog}}
		held, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: rows, Exhibits: exhibits,
			Read: doubt.Sources{Rows: []evidence.Incident{missed, recorded}}})
		var codes, shown []string
		for _, d := range doubts {
			codes = append(codes, string(d.Code))
		}
		for _, f := range rule.Apply(collectors(), held, exhibits, rule.Options{Date: at("2026-10-01 00:00:00"),
			Doubts: doubts}).Findings {
			if f.Strength == evidence.Shown || f.Strength == evidence.Stated {
				shown = append(shown, f.Rule)
			}
		}
		slices.Sort(shown)
		if len(held) != 1 || strings.Join(codes, " ") != c.doubts || strings.Join(shown, " ") != c.shown {
			t.Errorf("%s: %d rows, doubts %v, shown %v; want %q and %q", c.name, len(held), codes, shown, c.doubts,
				c.shown)
		}
	}
}
