package ask

import (
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// admitted asks whether messages to the person say that the collector has contacted
// others already: no file shows such a contact, and the words alone are told.
func (l *lister) admitted() {
	of := map[string]wording{}
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if !l.admits(i) || asserted(i, "V02") {
			continue
		}
		of[i.ID] = wording{breach: "V02", quote: short(i.Shown)}
		rows = append(rows, i)
	}
	for _, g := range l.groups(Words, "V02", rows, func(evidence.Incident) string { return "" }) {
		l.askWords("V02", g, of)
	}
}

// admits reports a message whose words may be an admission: nobody has said that they
// are none.
func (l *lister) admits(i evidence.Incident) bool {
	return !l.contact() && i.Use != evidence.No && i.ToldBy == "" && !l.third(i) && l.Case.Concerns(i) &&
		phrase.Admits(i) && !slices.Contains(i.Denied, "V02")
}

// announcing are the words of a row, but for those that may admit: that something was
// done already is asked first.
func (l *lister) announcing(i evidence.Incident, hits []phrase.Hit) []phrase.Hit {
	if _, _, dont := l.unsure(Words, "V02", i.ID); dont || !l.admits(i) {
		return hits
	}
	return slices.DeleteFunc(slices.Clone(hits), func(h phrase.Hit) bool { return phrase.Admitting(i, h) })
}

// admissions are the messages that were said to be so.
func (l *lister) admissions() []evidence.Incident {
	if l.contact() {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(l.Incidents), func(i evidence.Incident) bool {
		return i.Use == evidence.No || !l.Case.Concerns(i) || !phrase.Admission(i)
	})
}
