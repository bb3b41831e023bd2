package doubt

import (
	"cmp"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/phrase"
)

// words finds answers that the words of the rows' own files contradict: that it
// reached the complainant, where it speaks to somebody of another who owes; that
// it reached somebody else, where it speaks to the complainant by name; and
// whether the debt was told. Of a whole phone, one row that speaks against whose
// it is leaves all in doubt, until they were shown it and said again whose phone
// it is. What speaks of a lender that is none of the case's waits for their word.
func (f *finder) words() []evidence.Doubt {
	var out []evidence.Doubt
	phones := map[evidence.DoubtCode]map[string]evidence.Statement{ // by a phone's first exhibit, the first words
		evidence.PhoneAgainstWords: {}, evidence.PhoneAgainstSelf: {}}
	for _, i := range f.Incidents {
		if !f.worded(i) {
			continue
		}
		if d, ok := f.debtTold(i); ok {
			out = append(out, d)
		}
		name := cmp.Or(f.lenders.Theirs(i), phrase.OtherLender(f.Case, i.Shown))
		if name != "" && i.Use != evidence.Yes && !f.lenders.Doubtful(i) {
			out = append(out, evidence.Doubt{Code: evidence.OtherLender, Incident: i.ID, About: evidence.AboutRow,
				Says: []evidence.Statement{f.quoted(i, name)}})
		}
		row, phone, quote := f.spokenTo(i)
		if row == "" {
			continue
		}
		says := f.quoted(i, quote)
		out = append(out, evidence.Doubt{Code: row, Incident: i.ID, About: evidence.AboutPerson,
			Says: []evidence.Statement{says}})
		d, known := f.phoneOf(i)
		if !known || phone == "" || !fits(d, phone) || f.sure(d) {
			continue
		}
		if _, first := phones[phone][d.Exhibits[0]]; !first {
			phones[phone][d.Exhibits[0]] = says
		}
	}
	for _, i := range f.Incidents {
		code := evidence.PhoneAgainstWords
		if i.Reached.Third() {
			code = evidence.PhoneAgainstSelf
		}
		d, known := f.phoneOf(i)
		if !known {
			continue
		}
		says, doubtful := phones[code][d.Exhibits[0]]
		if !doubtful || i.Reached == evidence.ReachedUnknown || i.Direction == evidence.Out ||
			!f.Case.Concerns(i) {
			continue
		}
		out = append(out, evidence.Doubt{Code: code, Incident: i.ID, About: evidence.AboutPerson,
			Says: []evidence.Statement{{Source: "device", Value: d.Name}, says}})
	}
	return out
}

// debtTold doubts an answer whether the debt was told, against the words: a call
// can have said more than its row shows, a message says what it says.
func (f *finder) debtTold(i evidence.Incident) (evidence.Doubt, bool) {
	if !f.third(i) {
		return evidence.Doubt{}, false
	}
	d := evidence.Doubt{Incident: i.ID, About: evidence.AboutDisclosure}
	told := i.Disclosed == evidence.Yes || slices.ContainsFunc(i.Asserted,
		func(b evidence.Breach) bool { return b.Rule() == "V01" })
	quote := phrase.TellsDebt(i.Shown)
	switch {
	case quote != "" && i.Disclosed == evidence.No:
		d.Code = evidence.WordsSayDebt
	case told && i.Kind != evidence.Call && !phrase.SpeaksOfDebt(i.Shown) && !phrase.SpeaksOfDebt(i.Words):
		d.Code, quote = evidence.WordsSayNoDebt, phrase.Quote(i.Shown)
	default:
		return d, false
	}
	d.Says = []evidence.Statement{f.quoted(i, quote)}
	return d, true
}

// spokenTo finds words to somebody else than who was reached, and what they put
// in doubt: the row, and the phone, where they would be so of all that is on it.
func (f *finder) spokenTo(i evidence.Incident) (row, phone evidence.DoubtCode, quote string) {
	name := f.Case.Complainant.Name
	switch {
	case !f.owing():
	case i.Reached == evidence.ReachedSelf:
		a, ok := phrase.ToAnother(i.Shown)
		if !ok {
			break
		}
		if a.Of(name) {
			phone = evidence.PhoneAgainstWords
		}
		return evidence.WordsToOther, phone, a.Quote
	case f.third(i):
		quote, ok := phrase.ToNamed(i.Shown, name)
		if !ok || f.sureOf(i) {
			break
		}
		return evidence.WordsToSelf, evidence.PhoneAgainstSelf, quote
	}
	return "", "", ""
}

// fits reports whether a phone is taken for what words speak against: for the
// complainant's, or for somebody else's.
func fits(d device.Device, code evidence.DoubtCode) bool {
	return d.Owner.Third() == (code == evidence.PhoneAgainstSelf)
}

// worded reports a row of the matter that shows words of the other side.
func (f *finder) worded(i evidence.Incident) bool {
	return i.Shown != "" && i.Direction != evidence.Out && i.ToldBy == "" && f.Case.Concerns(i) &&
		(i.Role == evidence.RoleUnknown || i.Role == evidence.RoleCollecting) &&
		(i.Kind == evidence.Call || i.Kind == evidence.SMS || i.Kind == evidence.Message)
}

// owing reports that it is the one who owes who complains.
func (f *finder) owing() bool {
	k := f.Case.Complainant.Kind
	return k == evidence.Borrower || k == ""
}

// third reports whether somebody was reached who does not owe the debt.
func (f *finder) third(i evidence.Incident) bool {
	return i.Reached.Third() && i.Reached != evidence.ReachedGuarantor ||
		f.Case.Complainant.Kind == evidence.Contact && i.Reached == evidence.ReachedSelf
}

// phoneOf is the phone whose log a row was read from, if it is known whose it is
// and no other phone shows the act. A picture can lie anywhere.
func (f *finder) phoneOf(i evidence.Incident) (d device.Device, ok bool) {
	if !i.Made() || len(i.Exhibits) == 0 || !strings.Contains(i.Source, ":") {
		return d, false
	}
	for n, x := range i.Exhibits {
		o, known := f.device[x]
		if !known || n > 0 && o.Exhibits[0] != d.Exhibits[0] {
			return d, false
		}
		d = o
	}
	return d, !d.Doubtful
}

func (f *finder) sure(d device.Device) bool {
	return slices.ContainsFunc(d.Exhibits, func(x string) bool { return f.exhibits[x].PhoneSure() })
}

// sureOf reports a row of whose files the person said whose they are, after its
// words were shown to them.
func (f *finder) sureOf(i evidence.Incident) bool {
	return len(i.Exhibits) > 0 && !slices.ContainsFunc(i.Exhibits, func(x string) bool {
		return !f.exhibits[x].PhoneSure()
	})
}

// reachable finds answers that the complainant could not be reached on a day on
// which, by a log, they answered the collector.
func (f *finder) reachable() []evidence.Doubt {
	talked := map[string]evidence.Incident{} // by day, the first
	for _, i := range f.Incidents {
		if _, first := talked[day(i)]; first || i.Kind != evidence.Call || i.Direction != evidence.In ||
			i.Answered != evidence.Yes || i.Seconds == 0 || i.Reached != evidence.ReachedSelf || !i.Made() ||
			i.Time.IsZero() || f.Case.SideOf(i.Number) != evidence.CollectorSide {
			continue
		}
		talked[day(i)] = i
	}
	var out []evidence.Doubt
	for _, i := range f.Incidents {
		c, ok := talked[day(i)]
		if !ok || i.Reachable != evidence.No || i.Time.IsZero() || !f.Case.Concerns(i) ||
			f.Case.Complainant.Kind == evidence.Contact {
			continue
		}
		out = append(out, evidence.Doubt{Code: evidence.ReachableInLog, Incident: i.ID, About: evidence.AboutReachable,
			Says: []evidence.Statement{{Source: firstPlace(c), Value: stamp(c.Time.At)}}})
	}
	return out
}

func (f *finder) quoted(i evidence.Incident, quote string) evidence.Statement {
	place := firstPlace(i)
	if !i.Made() {
		place = ""
	}
	s := evidence.Statement{Source: cmp.Or(place, i.ID), Value: quote}
	if len(i.Exhibits) > 0 {
		s.Exhibit = i.Exhibits[0]
		if place == "" {
			s.Source = s.Exhibit
		}
	}
	return s
}
