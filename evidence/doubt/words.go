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
// reached the complainant, where it speaks to somebody of another who owes, and
// that the debt was not told, where it tells it. Of a whole phone that is taken
// for the complainant's, one such row leaves all in doubt, until they were shown
// it and said again whose phone it is.
func (f *finder) words() []evidence.Doubt {
	var out []evidence.Doubt
	against := map[string]evidence.Statement{} // by name of the phone, the first words
	for _, i := range f.Incidents {
		if !f.worded(i) {
			continue
		}
		if quote := phrase.TellsDebt(i.Shown); quote != "" && i.Disclosed == evidence.No && f.third(i) {
			out = append(out, evidence.Doubt{Code: evidence.WordsSayDebt, Incident: i.ID,
				About: evidence.AboutDisclosure, Says: []evidence.Statement{f.quoted(i, quote)}})
		}
		if !f.owing() || i.Reached != evidence.ReachedSelf {
			continue
		}
		a, ok := phrase.ToAnother(i.Shown)
		if !ok {
			continue
		}
		says := f.quoted(i, a.Quote)
		out = append(out, evidence.Doubt{Code: evidence.WordsToOther, Incident: i.ID, About: evidence.AboutPerson,
			Says: []evidence.Statement{says}})
		d, known := f.phoneOf(i)
		if _, first := against[d.Name]; known && !first && a.Of(f.Case.Complainant.Name) && !f.sure(d) {
			against[d.Name] = says
		}
	}
	for _, i := range f.Incidents {
		d, known := f.phoneOf(i)
		says, doubtful := against[d.Name]
		if !known || !doubtful || i.Reached != evidence.ReachedSelf || i.Direction == evidence.Out ||
			!f.Case.Concerns(i) {
			continue
		}
		out = append(out, evidence.Doubt{Code: evidence.PhoneAgainstWords, Incident: i.ID, About: evidence.AboutPerson,
			Says: []evidence.Statement{{Source: "device", Value: d.Name}, says}})
	}
	return out
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

// phoneOf is the phone whose log a row was read from, if it is taken for the
// complainant's and no other phone shows the act. A picture can lie anywhere.
func (f *finder) phoneOf(i evidence.Incident) (d device.Device, ok bool) {
	if !i.Made() || len(i.Exhibits) == 0 || !strings.Contains(i.Source, ":") {
		return d, false
	}
	for n, x := range i.Exhibits {
		o, known := f.device[x]
		if !known || n > 0 && o.Name != d.Name {
			return d, false
		}
		d = o
	}
	return d, !d.Doubtful && !d.Owner.Third()
}

func (f *finder) sure(d device.Device) bool {
	return slices.ContainsFunc(d.Exhibits, func(x string) bool { return f.exhibits[x].PhoneSure() })
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
