package doubt_test

import (
	"slices"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
)

// What a carrier's list says of a call is said of that call alone, and only
// where it says so.
func TestWhatTheCarriersListSays(t *testing.T) {
	list := []evidence.Incident{
		call("E002:2", "2026-09-09 18:05:40", 65, "carrier"), call("E002:3", "2026-09-10 21:30:32", 21, "carrier"),
		call("E002:4", "2026-09-10 22:00:00", 33, "carrier"), call("E002:5", "2026-09-12 09:12:00", 48, "carrier"),
	}
	hidden := slices.Clone(list)
	for n := range hidden {
		hidden[n].Number = "199****0311"
	}
	change := func(i evidence.Incident, f func(*evidence.Incident)) evidence.Incident { f(&i); return i }
	typed := func(when string) evidence.Incident {
		return change(call("E001", when, 21, "person"),
			func(i *evidence.Incident) { i.Source, i.Exhibits = "person", nil })
	}
	joined := change(list[1], func(i *evidence.Incident) {
		i.Source, i.Exhibits = "E002:3 E001:7", []string{"E001", "E002"}
	})
	one := device.Device{Name: "苹果旧手机", Exhibits: []string{"E001", "E002"}, Own: true}
	other := device.Device{Name: "小米", Exhibits: []string{"E004"}, Own: true}
	mother := device.Device{Name: "妈妈的手机", Exhibits: []string{"E003"}, Owner: evidence.ReachedFamily}
	for _, c := range []struct {
		name string
		list []evidence.Incident
		row  evidence.Incident
		want evidence.Confirmation
	}{
		{"a row of it", list, list[0], evidence.Confirmation{Says: evidence.CarrierHas, List: "E002"}},
		{"joined with a row of it", list, joined, evidence.Confirmation{Says: evidence.CarrierHas, List: "E002"}},
		{"joined, and the person changed the number: its files count", list,
			change(joined, func(i *evidence.Incident) { i.Number = "19900000999" }),
			evidence.Confirmation{Says: evidence.CarrierHas, List: "E002"}},
		{"of the phone's log alone, and another day", list, call("E001:1", "2026-09-11 10:00:00", 9, "sms-backup"),
			evidence.Confirmation{Says: evidence.CarrierHasNot, List: "E002"}},
		{"before the list begins", list, call("E001:1", "2026-09-08 23:59:59", 9, "sms-backup"),
			evidence.Confirmation{Says: evidence.CarrierNotThatDay}},
		{"after it ends", list, call("E001:1", "2026-09-13 00:00:00", 9, "sms-backup"),
			evidence.Confirmation{Says: evidence.CarrierNotThatDay}},
		{"typed, and it is in the list", list, typed("2026-09-10 21:31:00"),
			evidence.Confirmation{Says: evidence.CarrierHas, List: "E002"}},
		{"typed, to the day", list,
			change(typed("2026-09-11 00:00:00"), func(i *evidence.Incident) { i.Time.Precision = evidence.ToDay }),
			evidence.Confirmation{Says: evidence.CarrierNotThatDay}},
		{"its number is hidden in the list", hidden, call("E001:1", "2026-09-10 21:30:31", 21, "sms-backup"),
			evidence.Confirmation{Says: evidence.CarrierUnclear, List: "E002"}},
		{"another number", list,
			change(call("E001:1", "2026-09-10 21:30:32", 21, "sms-backup"),
				func(i *evidence.Incident) { i.Number = "19900000999" }),
			evidence.Confirmation{Says: evidence.CarrierHasNot, List: "E002"}},
		{"not answered: in no list", list,
			change(call("E001:1", "2026-09-11 10:00:00", 0, "sms-backup"),
				func(i *evidence.Incident) { i.Answered = evidence.No }), evidence.Confirmation{}},
		{"a message: in no list", list,
			change(list[0], func(i *evidence.Incident) { i.Kind = evidence.SMS }), evidence.Confirmation{}},
		{"to another phone, whose list it is not", list, call("E003:1", "2026-09-10 21:30:32", 21, "sms-backup"),
			evidence.Confirmation{Says: evidence.CarrierNotThatDay}},
		{"to the other of one person's phones", list, call("E004:1", "2026-09-10 21:30:32", 21, "sms-backup"),
			evidence.Confirmation{Says: evidence.CarrierHas, List: "E002"}},
		{"to the other, whose line it may not be", list, call("E004:1", "2026-09-11 10:00:00", 9, "sms-backup"),
			evidence.Confirmation{Says: evidence.CarrierNotThatDay}},
		{"to somebody who told of it", list, change(typed("2026-09-10 21:30:32"),
			func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily }), evidence.Confirmation{}},
		{"in a recording of somebody else's phone, of which nobody said whose", list,
			change(call("E005", "2026-09-11 10:00:00", 9, "name:x"),
				func(i *evidence.Incident) { i.Reached = evidence.ReachedFamily }), evidence.Confirmation{}},
		{"no carrier's list", []evidence.Incident{call("E001:1", "2026-09-10 10:00:00", 9, "sms-backup")},
			call("E001:1", "2026-09-10 10:00:00", 9, "sms-backup"), evidence.Confirmation{}},
	} {
		family, _ := evidence.Exhibit{Number: "E003"}.WithNote(evidence.Note{Code: evidence.NotePhoneOf,
			About: string(evidence.ReachedFamily)})
		held, _ := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(c.row),
			Exhibits: []evidence.Exhibit{{Number: "E001"}, {Number: "E002"}, {Number: "E004"}, {Number: "E005"}, family},
			Devices:  []device.Device{mother, one, other},
			Read:     doubt.Sources{Rows: append(slices.Clone(c.list), c.row)}})
		if got := held[0].Carrier; got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// Two rows of one minute are not both confirmed by the one call of a list.
func TestListConfirmsOneRow(t *testing.T) {
	list := []evidence.Incident{call("E002:2", "2026-09-09 18:05:40", 65, "carrier"),
		call("E002:3", "2026-09-11 18:05:40", 65, "carrier")}
	var rows []evidence.Incident
	for _, late := range []time.Duration{0, 2 * time.Minute} {
		i := call("E001", at("2026-09-09 18:05:30").Add(late).Format(time.DateTime), 60, "person")
		i.Source, i.Exhibits = "person", nil
		rows = append(rows, i)
	}
	held, _ := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(rows...),
		Exhibits: []evidence.Exhibit{{Number: "E002"}}, Read: doubt.Sources{Rows: list}})
	if held[0].Carrier.Says != evidence.CarrierHas || held[1].Carrier.Says != evidence.CarrierUnclear {
		t.Errorf("%+v and %+v", held[0].Carrier, held[1].Carrier)
	}
}
