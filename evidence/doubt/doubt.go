// Package doubt finds what contradicts the rows of a timeline: the files they
// were read from, the header of a recording against its name, one list of
// calls against another, and answers that cannot both be true.
//
// [Hold] holds rows against what their files say now and takes the files'
// values, which mends what a spreadsheet spoiled (hold.go); [Find] does that
// and finds every other doubt that is open. Both are
// pure: files are read above, and what is not shown while a doubt is open is
// decided in package rule.
package doubt

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/phrase"
)

// A Record is a case as it is looked at.
type Record struct {
	Case      evidence.Case
	Incidents []evidence.Incident // as the timeline has them
	Exhibits  []evidence.Exhibit
	Devices   []device.Device
	Read      Sources
}

// Sources are the exhibits as read again.
type Sources struct {
	Rows   []evidence.Incident    // Source is the place of each
	Inside map[string]time.Time   // by exhibit: when its container says it was made
	Unread map[string]string      // exhibits that cannot be read, with the reason
	Lists  map[string]bool        // pictures of a call list
	Listed []device.Listed        // lines of tables in which the person says whose numbers are whose
	Copied map[string]string      // by row: the words that the person, looking at the picture, said it shows
	Seen   map[string]device.Seen // by exhibit: what a program read off a picture, and nobody has put right
}

// Find gives the incidents with their files' values, and what is doubtful of
// them.
func Find(r Record) ([]evidence.Incident, []evidence.Doubt) {
	held, doubts := Hold(r.Incidents, r.Read)
	r.Incidents = nil // of hundreds of thousands, one set less is held
	clocks := device.ClocksOf(r.Devices, r.Exhibits)
	f := finder{clocks: clocks, device: device.ByExhibit(r.Devices),
		phones: device.PhonesOf(r.Devices, r.Exhibits), Record: r, exhibits: map[string]evidence.Exhibit{},
		local: map[string]bool{}, calls: r.Read.calls(),
		rows: map[string]int{}}
	f.Incidents = held
	for _, x := range r.Exhibits {
		f.exhibits[x.Number] = x
	}
	for n, row := range r.Read.Rows {
		f.rows[row.Source] = n
	}
	held = f.cited(held)
	f.headed = f.byPhone()
	f.headersInLocalTime()
	moments := f.byHeader(held)
	for n, i := range held {
		held[n].Time = f.bestTime(i)
		if at, ok := moments[i.ID]; ok {
			held[n].Time.At = at
		}
		if read := f.places(i); i.Made() && i.Kind == evidence.Call && i.Time.Source != "person" && len(read) > 1 {
			held[n].Read = read
			held[n].Seconds = device.LengthByLog(i, read)
		}
	}
	held, clash := device.Copies(held)
	held, differ := device.Fold(held, f.phones, clocks)
	clash = append(clash, differ...)
	held, opposed := device.Opposed(held, f.phones, clocks)
	held, differ = device.Once(r.Case, held, r.Exhibits, f.phones)
	clash = append(clash, differ...)
	held = device.Repeated(held, r.Exhibits, f.phones, r.Read.Seen)
	f.Incidents = held
	for _, i := range held { // what is doubtful of a row is so of the one it became part of
		for n, d := range doubts {
			if len(i.Also) == 0 {
				break
			}
			if d.Incident != "" && slices.Contains(i.Also, d.Incident) {
				doubts[n].Incident = i.ID
			}
		}
	}
	doubts = append(doubts, clashes(clash)...)
	doubts = append(doubts, f.opposed(opposed)...)
	f.gatherLists()
	f.confirm(held)
	f.lenders = phrase.LendersOf(r.Case, held)
	for _, i := range held {
		if !r.Case.Concerns(i) {
			continue
		}
		doubts = append(doubts, f.notInFile(i)...)
		doubts = append(doubts, f.notOnPicture(i)...)
		doubts = append(doubts, f.cells(i)...)
		doubts = append(doubts, f.picture(i)...)
		doubts = append(doubts, f.times(i)...)
		if d, ok := f.otherWay(i); ok {
			doubts = append(doubts, d)
		} else if d, ok := f.atOnce(i); ok {
			doubts = append(doubts, d)
		}
		if d, ok := f.limit(i); ok {
			doubts = append(doubts, d)
		}
	}
	doubts = append(doubts, f.halfJoined(doubts)...)
	doubts = append(doubts, f.clocksOff()...)
	doubts = append(doubts, f.words()...)
	doubts = append(doubts, f.reachable()...)
	slices.SortStableFunc(doubts, func(a, b evidence.Doubt) int {
		return cmp.Or(cmp.Compare(a.Incident, b.Incident), cmp.Compare(a.Code, b.Code))
	})
	for n, i := range held { // the page of each file says what that file holds
		if i.Made() {
			held[n].Read = f.places(i)
		}
	}
	return held, doubts
}

type finder struct {
	Record
	exhibits map[string]evidence.Exhibit
	rows     map[string]int // places in Read.Rows, by the place in a file
	clocks   device.Clocks
	phones   device.Phones
	device   map[string]device.Device // by exhibit
	headed   map[string][]headed      // recordings with two times, by phone
	local    map[string]bool          // recordings whose header holds local time
	missing  map[string][]string      // by row: logs it names that do not have it
	lists    []list
	calls    map[callAt][]string // places of lists
	lenders  phrase.Lenders
}

// bestTime is the time of a row by the best clock of the places it came from,
// with what the person confirmed of that clock. A time that they chose or typed
// stays.
func (f *finder) bestTime(i evidence.Incident) evidence.Time {
	if !i.Made() || i.Time.IsZero() || i.Time.Source == "person" {
		return i.Time
	}
	if f.zoneWritten(i) {
		return i.Time
	}
	best, from, agrees := i.Time, "", false
	for _, r := range f.places(i) {
		if r.Time.IsZero() {
			continue
		}
		agrees = agrees || r.Time.At.Equal(i.Time.At)
		if i.Use == evidence.Yes && !i.Time.Device && agreesWith(f.places(i), i) && acrossLimit(r.Time.At, i.Time.At) {
			return i.Time // asked on which side of the limit it was, they chose this one
		}
		if from == "" || device.Better(r.Time, best) {
			best, from = r.Time, r.Source
		}
	}
	if !agrees {
		return i.Time
	}
	exhibit, _, _ := strings.Cut(from, ":")
	return f.clocks.Corrected(exhibit, best)
}

// halfJoined doubts the time of a row that may be one call with another, until
// somebody says so: else one call would count twice.
func (f *finder) halfJoined(doubts []evidence.Doubt) []evidence.Doubt {
	var out []evidence.Doubt
	for _, p := range device.HalfJoined(f.Incidents, f.phones, f.clocks) {
		known := slices.ContainsFunc(doubts, func(d evidence.Doubt) bool {
			return d.Incident == p[0].ID && d.Code == evidence.TimeInOtherSource
		})
		if !known && f.Case.Concerns(p[0]) {
			out = append(out, evidence.Doubt{Code: evidence.TimeInOtherSource, Incident: p[0].ID,
				About: evidence.AboutTime, Says: []evidence.Statement{
					{Source: firstPlace(p[0]), Value: stamp(p[0].Time.At)},
					{Source: firstPlace(p[1]), Value: stamp(p[1].Time.At)}}})
		}
	}
	return out
}

func firstPlace(i evidence.Incident) string {
	place, _, _ := strings.Cut(i.Source, " ")
	return place
}

// clashes tell of rows that are one call, and of which the person said
// different things: until they agree neither is asserted.
func clashes(all [][2]string) []evidence.Doubt {
	var out []evidence.Doubt
	for _, pair := range all {
		for n := range pair {
			out = append(out, evidence.Doubt{Code: evidence.SameCall, Incident: pair[n], About: evidence.AboutRow,
				Says: []evidence.Statement{{Source: "table", Value: pair[1-n]}}})
		}
	}
	return out
}

// opposed tell of calls of which two files cannot both be right, until the person says
// that they answered it and what was recorded is that call.
func (f *finder) opposed(found []device.Opposition) []evidence.Doubt {
	var out []evidence.Doubt
	for _, o := range found {
		said := slices.ContainsFunc(o.Held.Exhibits, func(x string) bool {
			n, sure := f.exhibits[x].Note(evidence.NoteCallOf)
			return sure && slices.Contains(strings.Fields(o.Against.Source), n.About)
		})
		i := o.Against
		if said || !f.Case.Concerns(o.Held) && !f.Case.Concerns(i) {
			continue
		}
		against := "未接通"
		if i.Answered == evidence.Yes {
			against = fmt.Sprintf("通话%d秒", i.Seconds)
		}
		code := evidence.LogsOppose
		if device.IsRecording(o.Held) {
			code = evidence.RecordedNotAnswered
		}
		out = append(out, evidence.Doubt{Code: code, Incident: o.Row, About: evidence.AboutLength,
			Says: []evidence.Statement{
				{Source: firstPlace(o.Held), Value: fmt.Sprint(max(o.Held.Seconds, 0))},
				{Source: firstPlace(i), Value: against}}})
	}
	return out
}

// cells are answers of one row that leave open or contradict what a rule needs.
func (f *finder) cells(i evidence.Incident) []evidence.Doubt {
	var out []evidence.Doubt
	add := func(code evidence.DoubtCode, about evidence.Property) {
		out = append(out, evidence.Doubt{Code: code, Incident: i.ID, About: about})
	}
	talk := i.Kind == evidence.Call || i.Kind == evidence.SMS || i.Kind == evidence.Message
	if i.Kind == evidence.Call && i.Answered == evidence.Yes && i.Seconds == 0 {
		out = append(out, evidence.Doubt{Code: evidence.ZeroSeconds, Incident: i.ID, About: evidence.AboutLength,
			Says: f.withoutIt(i)})
	}
	if i.Time.Source == "person" && !i.Time.IsZero() && i.Time.Precision != evidence.ToDay {
		add(evidence.TypedTime, evidence.AboutTime)
	}
	if Masked(i.Number) {
		add(evidence.MaskedNumber, evidence.AboutNumber)
	}
	if name, ok := f.strangePhone(i); ok && talk {
		out = append(out, evidence.Doubt{Code: evidence.PhoneNotSaid, Incident: i.ID, About: evidence.AboutPerson,
			Says: []evidence.Statement{{Source: "device", Value: name}}})
	} else if talk && i.Direction != evidence.Out && i.Reached == evidence.ReachedUnknown {
		add(evidence.ReachedNotSaid, evidence.AboutPerson)
	}
	if f.serviceCall(i) {
		out = append(out, evidence.Doubt{Code: evidence.ServiceCall, Incident: i.ID, About: evidence.AboutRow,
			Says: []evidence.Statement{{Source: "number", Value: i.Number}}})
	}
	if code := f.way(i); code != "" {
		add(code, evidence.AboutDirection)
	}
	if d, ok := f.caller(i); ok && talk {
		out = append(out, d)
	}
	if d, ok := f.forWhom(i); ok {
		out = append(out, d)
	}
	if i.Disclosed == evidence.Yes && i.Reached == evidence.ReachedSelf && f.Case.Complainant.Kind != evidence.Contact {
		add(evidence.ToldThemselves, evidence.AboutPerson)
	}
	return out
}

// way doubts who called whom in a call that the program read off a recording of
// somebody else's phone, where neither its name nor a list tells.
func (f *finder) way(i evidence.Incident) evidence.DoubtCode {
	if i.Kind != evidence.Call || !i.Made() || !i.Reached.Third() || i.ToldBy != "" {
		return ""
	}
	read := f.places(i)
	silent := !slices.ContainsFunc(read,
		func(r evidence.Incident) bool { return r.Direction != evidence.DirectionUnknown })
	switch {
	case i.Direction == evidence.DirectionUnknown:
		return evidence.WayNotSaid
	case i.Direction == evidence.In && len(read) > 0 && silent:
		return evidence.TypedWay
	}
	return ""
}

// serviceCall reports a call of a service number (95…, 400…) of the platform or lender of
// which nobody wrote down a word: they call about other things than what is owed, too.
func (f *finder) serviceCall(i evidence.Incident) bool {
	if i.Kind != evidence.Call || i.Direction == evidence.Out || i.Shown+i.Words != "" || len(i.Asserted) > 0 ||
		i.Role != evidence.RoleUnknown || i.Use != evidence.Unknown || i.Reached.Third() ||
		!evidence.IsService(evidence.NormalNumber(i.Number)) {
		return false
	}
	number := evidence.NormalNumber(i.Number)
	said := f.Case.SaidOf(i)
	return said == evidence.PlatformSide || said == evidence.LenderSide ||
		said == "" && slices.ContainsFunc([]evidence.Party{f.Case.Platform, f.Case.Lender},
			func(p evidence.Party) bool { return evidence.NormalNumber(p.Phone) == number })
}

// caller doubts an act that the person calls a violation and that came from a
// number or an account of which nobody has said whose it is. A number that is
// hidden is nobody's to name, those of a bombing are many, and what a person
// wrote down of an act that reached somebody else can be who that is.
func (f *finder) caller(i evidence.Incident) (evidence.Doubt, bool) {
	d := evidence.Doubt{Code: evidence.CallerNotSaid, Incident: i.ID, About: evidence.AboutNumber,
		Says: []evidence.Statement{{Source: "number", Value: i.Number}}}
	if i.Number == "" {
		d.Says[0] = evidence.Statement{Source: "account", Value: i.Account()}
	}
	claimed := i.Use != evidence.Yes && slices.ContainsFunc(i.Asserted,
		func(b evidence.Breach) bool { return b.Rule() != "V10" })
	theirs := i.Reached.Third() && (i.Number == "" || !i.Made())
	if !claimed || theirs || i.Direction == evidence.Out || i.ToldBy != "" || d.Says[0].Value == "" ||
		Masked(i.Number) {
		return evidence.Doubt{}, false
	}
	switch f.Case.SideOfWriter(i) {
	case "":
	case evidence.CollectorSide:
		return evidence.Doubt{}, false
	default:
		d.Code = evidence.CallerOther
	}
	return d, true
}

// strangePhone names the phone a row came from, if that seems to be somebody
// else's, nobody has said whose, and no other file shows the act.
func (f *finder) strangePhone(i evidence.Incident) (name string, ok bool) {
	if !i.Made() || i.Reached.Third() || i.Direction == evidence.Out {
		return "", false
	}
	for _, x := range i.Exhibits {
		d, known := f.device[x]
		if !known || !d.Doubtful {
			return "", false
		}
		name, ok = d.Name, true
	}
	return name, ok
}

// picture doubts a call that nothing shows but the picture of a list.
func (f *finder) picture(i evidence.Incident) []evidence.Doubt {
	if i.Kind != evidence.Call || !i.Made() {
		return nil
	}
	if !f.Read.Lists[i.Source] {
		return nil
	}
	return []evidence.Doubt{{Code: evidence.PictureOfList, Incident: i.ID, About: evidence.AboutMedium}}
}

// settled reports that a person said which of two readings is right: they wrote
// the zone to a time whose file has none, or chose the row of a source that
// records it.
func (f *finder) settled(i evidence.Incident) bool {
	if i.Time.Device {
		return false
	}
	return i.Use == evidence.Yes || f.Read.otherReading(i, f.calls) || f.zoneWritten(i)
}

// zoneWritten reports that the person wrote the zone to a time that files have as the reading
// of a phone's clock alone. A backup has the zone itself: that the name of the recording
// gives the same second says nothing.
func (f *finder) zoneWritten(i evidence.Incident) bool {
	written := false
	for _, r := range f.places(i) {
		if !r.Time.At.Equal(i.Time.At) {
			continue
		}
		if !r.Time.Device {
			return false
		}
		written = !i.Time.Device
	}
	return written
}

// places are the readings of the places a row came from.
func (f *finder) places(i evidence.Incident) []evidence.Incident {
	var out []evidence.Incident
	for _, place := range strings.Fields(i.Source) {
		if n, ok := f.rows[place]; ok {
			out = append(out, f.Read.Rows[n])
		}
	}
	return out
}

// byCarrier reports a row whose time the carrier's list confirms: its clock is
// that of the network, whatever the phone's is.
func (f *finder) byCarrier(i evidence.Incident) bool {
	return slices.ContainsFunc(f.places(i), func(r evidence.Incident) bool {
		return r.Time.Source == carrier && r.Time.At.Sub(i.Time.At).Abs() <= apart
	})
}

// times finds what contradicts the time of a row, and that there was a call.
func (f *finder) times(i evidence.Incident) []evidence.Doubt {
	if i.Time.IsZero() || i.Time.Precision == evidence.ToDay || f.byCarrier(i) || f.settled(i) {
		return nil
	}
	out := append(f.headers(i), f.zoneBeside(i)...)
	if d, ok := f.otherList(i); ok {
		out = append(out, d)
	}
	return out
}

func stamp(t time.Time) string { return t.In(evidence.Beijing).Format(time.RFC3339) }
