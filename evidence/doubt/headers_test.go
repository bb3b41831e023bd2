package doubt_test

import (
	"slices"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
)

// Abroad a phone names recordings by the time there. Where the header has the moment of a
// call of the same number and length in a list, the recording is of that call, and the call
// counts once, also after somebody answered what the phone showed. Where no list has it, or
// the name is off by no zone, nobody knows.
func TestRecordingNamedAbroad(t *testing.T) {
	named := call("E001", "2026-10-25 06:30:00", 47, "name:x")
	log := func(when string, seconds int) evidence.Incident { return call("E002:2", when, seconds, "sms-backup") }
	said := named
	said.Time.Device, said.Use = false, evidence.Yes
	for name, c := range map[string]struct {
		row, log evidence.Incident
		header   string
		once     bool
	}{
		"the list has it":                {named, log("2026-10-25 09:30:00", 47), "2026-10-25 09:30:00", true},
		"and the person said 06:30":      {said, log("2026-10-25 09:30:00", 47), "2026-10-25 09:30:00", true},
		"another call of that number":    {named, log("2026-10-25 12:30:00", 47), "2026-10-25 09:30:00", false},
		"a shorter call":                 {named, log("2026-10-25 09:30:00", 12), "2026-10-25 09:30:00", false},
		"off by no zone":                 {named, log("2026-10-25 09:37:00", 47), "2026-10-25 09:37:00", false},
		"the header has the same moment": {named, log("2026-10-25 09:30:00", 47), "2026-10-25 06:30:00", false},
	} {
		header, _ := time.ParseInLocation(time.DateTime, c.header, evidence.Beijing)
		rows, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(c.row, c.log),
			Exhibits: []evidence.Exhibit{recording("E001", "2026-10-25 06:30:00", 47), {Number: "E002"}},
			Read: doubt.Sources{Rows: []evidence.Incident{named, c.log},
				Inside: map[string]time.Time{"E001": header}}})
		doubtful := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool {
			return d.Code == evidence.NameAgainstContainer || d.Code == evidence.TimeInOtherSource
		})
		if once := len(rows) == 1; once != c.once || once && (doubtful || !rows[0].Time.At.Equal(c.log.Time.At)) {
			t.Errorf("%s: %d rows, doubts %v", name, len(rows), doubts)
		}
		if !c.once && c.header != "2026-10-25 06:30:00" && c.row.Use != evidence.Yes && !doubtful {
			t.Errorf("%s: nothing is doubted", name)
		}
	}
}

// A phone that writes local time into its headers seems to be eight hours late in each of
// them: by that no recording of the afternoon becomes the night call of the same number. Nor
// where a list has a call at both times.
func TestHeaderInLocalTimeMovesNoRecording(t *testing.T) {
	afternoon := call("E001", "2026-10-25 15:30:00", 47, "name:x")
	log := func(place, when string) evidence.Incident { return call(place, when, 47, "sms-backup") }
	header, _ := time.ParseInLocation(time.DateTime, "2026-10-25 23:30:00", evidence.Beijing)
	other, _ := time.ParseInLocation(time.DateTime, "2026-10-26 09:00:00", evidence.Beijing)
	for name, c := range map[string]struct {
		logs   []evidence.Incident
		others time.Time // what the header of the phone's other recording, of 09:00, holds
	}{
		"each header is late": {[]evidence.Incident{log("E002:2", "2026-10-25 23:30:00")}, other.Add(8 * time.Hour)},
		"a call at both its times": {[]evidence.Incident{log("E002:2", "2026-10-25 15:30:00"),
			log("E002:3", "2026-10-25 23:30:00")}, other},
	} {
		rows, _ := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(append(c.logs, afternoon)...),
			Exhibits: []evidence.Exhibit{recording("E001", "2026-10-25 15:30:00", 47), {Number: "E002"},
				recording("E003", "2026-10-26 09:00:00", 30)},
			Read: doubt.Sources{Rows: append(c.logs, afternoon),
				Inside: map[string]time.Time{"E001": header, "E003": c.others}}})
		for _, i := range rows {
			if slices.Contains(i.Exhibits, "E001") && i.Time.At.Equal(header) {
				t.Errorf("%s: the recording became the call of 23:30", name)
			}
		}
	}
}

// Of a recording with no header nobody knows which zone its name is of, where the one before or
// after it was made in another; between two made at home it is the home's.
func TestZoneBeside(t *testing.T) {
	bare := call("E001", "2026-10-25 22:30:00", 47, "name:x")
	joined := bare
	joined.Source += " E009:2"
	said := bare
	said.Time.Device, said.Use = false, evidence.Yes
	const before, after = "2026-10-24 10:00:00", "2026-10-26 10:00:00"
	for name, c := range map[string]struct {
		row           evidence.Incident
		early, late   string // headers of the recordings before and after
		zone          device.Zone
		doubted       bool
		earlier, path string
	}{
		"both abroad":           {bare, "2026-10-24 13:00:00", "2026-10-26 13:00:00", device.Zone{}, true, before, ""},
		"the next abroad":       {bare, before, "2026-10-26 13:00:00", device.Zone{}, true, before, ""},
		"at home":               {bare, before, after, device.Zone{}, false, before, ""},
		"off by no zone":        {bare, "2026-10-24 10:17:00", after, device.Zone{}, false, before, ""},
		"a month before":        {bare, "2026-09-24 13:00:00", after, device.Zone{}, false, "2026-09-24 10:00:00", ""},
		"another phone":         {bare, "2026-10-24 13:00:00", after, device.Zone{}, false, before, "hers/E002.m4a"},
		"a list has it":         {joined, "2026-10-24 13:00:00", after, device.Zone{}, false, before, ""},
		"and the person said":   {said, "2026-10-24 13:00:00", after, device.Zone{}, false, before, ""},
		"the whole phone's was": {bare, "2026-10-24 13:00:00", "2026-10-26 13:00:00", abroad(true), false, before, ""},
		"it is asked":           {bare, "2026-10-24 13:00:00", "2026-10-26 13:00:00", abroad(false), true, before, ""},
	} {
		early := recording("E002", c.earlier, 30)
		if c.path != "" {
			early.OriginalPath = c.path
		}
		exhibits := []evidence.Exhibit{recording("E001", "2026-10-25 22:30:00", 47), early, recording("E003", after, 30),
			{Number: "E009"}}
		_, doubts := doubt.Find(doubt.Record{Case: collectors(), Incidents: numbered(c.row), Exhibits: exhibits,
			Devices: []device.Device{{Name: "rec", Exhibits: []string{"E001"}, Zone: c.zone}},
			Read: doubt.Sources{Rows: []evidence.Incident{bare},
				Inside: map[string]time.Time{"E002": at(c.early), "E003": at(c.late)}}})
		doubted := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool { return d.Code == evidence.ZoneBeside })
		if doubted != c.doubted {
			t.Errorf("%s: %v", name, doubts)
		}
	}
}

func abroad(said bool) device.Zone {
	return device.Zone{Offset: 5 * time.Hour, Pairs: 3, Against: "container", Said: said}
}
