package rule

import (
	"slices"

	"juzheng/evidence"
)

// needs are the properties of an act that a kind depends on. A kind that is
// not listed is about what was said or done, whenever that was.
var needs = map[string][]evidence.Property{
	"V01": {evidence.AboutPerson, evidence.AboutDirection, evidence.AboutDisclosure},
	"V02": {evidence.AboutPerson, evidence.AboutDirection, evidence.AboutDisclosure, evidence.AboutReachable},
	"V03": {evidence.AboutPerson, evidence.AboutDirection},
	"V04": {evidence.AboutTime, evidence.AboutLength, evidence.AboutNumber, evidence.AboutPerson},
	"V05": {evidence.AboutTime, evidence.AboutDirection},
}

// doubtsFor are the open doubts of an incident about what a kind needs. Who was
// reached all of them need: the question of it says that nothing is written before; and
// of a call that is listed as answered for no second nobody knows what it was, nor whether
// a recording is of one that nobody answered.
func (a *applier) doubtsFor(id string, i evidence.Incident) []evidence.Doubt {
	var out []evidence.Doubt
	for _, d := range a.doubts[i.ID] {
		words := d.Code == evidence.RecordedNotAnswered && id != "V05" // who tried at night is known all the same
		if d.Touches(needs[id]...) || d.Code == evidence.ReachedNotSaid || d.Code == evidence.ZeroSeconds || words {
			out = append(out, d)
		}
	}
	return out
}

// typed reports doubts that say no more than that the time, or who called whom, is
// the person's word: then so is what needs it.
func typed(doubts []evidence.Doubt) bool {
	return len(doubts) > 0 && !slices.ContainsFunc(doubts,
		func(d evidence.Doubt) bool { return d.Code != evidence.TypedTime && d.Code != evidence.TypedWay })
}

// unsaid reports that the person is asked who was reached, or who called whom, or
// which of two rows or files of one act is right, and told that nothing of it is written
// before: their own words wait for it too. What they only put down to a file that
// does not have it is no word of theirs.
func (a *applier) unsaid(id string, i evidence.Incident) bool {
	return slices.ContainsFunc(a.doubtsFor(id, i), func(d evidence.Doubt) bool {
		return d.Code == evidence.ReachedNotSaid || d.Code == evidence.WayNotSaid || d.Code == evidence.SameCall ||
			d.Code == evidence.RecordedNotAnswered || d.Code == evidence.LenderNotSaid ||
			(d.Code == evidence.NotInFile || d.Code == evidence.NotOnPicture) && i.Words == ""
	})
}

// certain are the incidents that nothing contradicts in what a kind needs.
func (a *applier) certain(id string, incidents []evidence.Incident) []evidence.Incident {
	return slices.DeleteFunc(slices.Clone(incidents),
		func(i evidence.Incident) bool { return len(a.doubtsFor(id, i)) > 0 })
}

// gate parts acts that would be shown: those that are, those whose time or direction
// is the person's word, and those for a person to look at.
func (a *applier) gate(id string, all []act) (shown, stated, review []act) {
	for _, x := range all {
		switch doubts := a.doubtsFor(id, x.Incident); {
		case len(doubts) == 0:
			shown = append(shown, x)
		case typed(doubts):
			stated = append(stated, x)
		default:
			review = append(review, x)
		}
	}
	return shown, stated, review
}

// mostDoubts is how many doubts a finding names one by one.
const mostDoubts = 6

// nameDoubts says what keeps a finding from being shown.
func (a *applier) nameDoubts(f *evidence.Finding) {
	n := 0
	for _, i := range f.Incidents {
		for _, d := range a.doubtsFor(f.Rule, i) {
			if n++; n <= mostDoubts {
				f.Doubts = append(f.Doubts, d.Text())
			}
		}
	}
}
