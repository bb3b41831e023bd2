package rule

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// carryRefusals takes the calls and messages that came after a refusal for contact
// in spite of it, where the row says nothing of that: the refusal was told to that
// very caller, a file shows it, and by their times nothing is in doubt. What came
// from another number of theirs, or to another phone, the person is asked.
func (a *applier) carryRefusals() {
	var refusals []evidence.Incident
	for _, i := range a.own {
		if slices.Contains(i.Asserted, "V03a") && a.timeSure(i) && a.strengthOf(i) == evidence.Shown {
			refusals = append(refusals, i)
		}
	}
	for n, i := range a.own {
		if i.Refused != evidence.Unknown || slices.Contains(i.Asserted, "V03a") || i.Direction != evidence.In ||
			i.ToldBy != "" || i.Kind != evidence.Call && !written(i) || !a.third(i) || !a.timeSure(i) ||
			a.kase.SideOfWriter(i) != evidence.CollectorSide {
			continue
		}
		if slices.ContainsFunc(refusals, func(r evidence.Incident) bool { return a.inSpiteOf(r, i) }) {
			a.own[n].Refused = evidence.Yes
		}
	}
}

// inSpiteOf reports that a row came from the caller who was refused, later, and to
// the phone from which they were.
func (a *applier) inSpiteOf(refusal, i evidence.Incident) bool {
	if !sameCaller(refusal, i) || !a.contact() && !samePhone(refusal, i) {
		return false
	}
	later := i.Time.At.Sub(refusal.Time.At)
	if !shareExhibit(refusal, i) && (i.Time.Device || refusal.Time.Device) {
		return later > clockDoubt*time.Second // by two clocks
	}
	return later > 0
}

// timeSure reports a time to the minute at least that nothing contradicts.
func (a *applier) timeSure(i evidence.Incident) bool {
	return !i.Time.IsZero() && i.Time.Precision != evidence.ToDay && a.differs(i) == 0 &&
		!evidence.PictureTime(i, a.exhibits) &&
		!slices.ContainsFunc(a.doubts[i.ID], func(d evidence.Doubt) bool { return d.Touches(evidence.AboutTime) })
}

// sameCaller reports two rows of one number or one account.
func sameCaller(x, y evidence.Incident) bool {
	if x.Number != "" || y.Number != "" {
		return x.Number == y.Number && !strings.Contains(x.Number, "*")
	}
	return x.Account() != "" && x.Account() == y.Account()
}

// samePhone reports that a message which refuses was sent from the phone that a row
// came to: one file shows both, and nothing says that they are of two people.
func samePhone(refusal, i evidence.Incident) bool {
	return shareExhibit(refusal, i) && (refusal.Reached == i.Reached || !refusal.Reached.Third() &&
		refusal.Direction == evidence.Out)
}

// shareExhibit reports two rows that one file shows.
func shareExhibit(x, y evidence.Incident) bool {
	return slices.ContainsFunc(x.Exhibits, func(e string) bool { return slices.Contains(y.Exhibits, e) })
}
