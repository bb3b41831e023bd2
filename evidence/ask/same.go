package ask

import (
	"fmt"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// same asks whether two rows are one call, where that changes what can be told: how
// many calls a day had, a call at night, or one that a finding has, with its length.
func (l *lister) same() {
	perDay := map[string]int{}
	for _, i := range l.Incidents {
		if i.Kind == evidence.Call && l.Case.Concerns(i) && i.Direction == evidence.In && !i.Reached.Third() {
			perDay[dayOf(i)]++
		}
	}
	for _, o := range l.Offers {
		if o.Kind != device.OfferSame || len(o.Incidents) != 2 {
			continue
		}
		a, b := l.rows[o.Incidents[0]], l.rows[o.Incidents[1]]
		if !l.Case.Concerns(a) || !l.Case.Concerns(b) || !l.decides(perDay, a, b) {
			continue
		}
		lengths := lengthsOf(a, b)
		l.add(Question{Kind: Same, About: About{Incidents: o.Incidents, Exhibits: exhibitsOf([]evidence.Incident{a, b}),
			Numbers: []string{o.Number}},
			Text: evidence.Text{
				ZH: fmt.Sprintf("%s：号码一样，%s，时间离得很近。这是不是同一通电话？", o.Quote, lengths.ZH),
				EN: fmt.Sprintf("%s: same number, %s, close in time. Was it one call?", o.Quote, lengths.EN)},
			Why: evidence.Text{ZH: "两份记录可能记了同一通；算成两通，当天的次数就多了",
				EN: "two records may show one call, and counted twice the day has one too many"},
			Effect:  evidence.Text{ZH: "是同一通的，只算一次；不是的，各算一次", EN: "if so it counts once; if not, each counts"},
			Choices: yesNo("是同一通", "yes, one call", "不是，是两通", "no, two calls")},
			func(value string) ([]Edit, error) {
				if value == no {
					return nil, nil
				}
				return []Edit{{Row: b.ID, Column: "use", Value: no}}, nil
			})
	}
}

// decides reports a pair of which it matters whether it is one call.
func (l *lister) decides(perDay map[string]int, a, b evidence.Incident) bool {
	if max(perDay[dayOf(a)], perDay[dayOf(b)]) > evidence.ConnectedLimit || a.Time.AtNight() || b.Time.AtNight() {
		return true
	}
	return slices.ContainsFunc(l.Report.Findings, func(f evidence.Finding) bool {
		return f.Strength != evidence.Review && slices.ContainsFunc(f.Incidents, func(i evidence.Incident) bool {
			return i.ID == a.ID || i.ID == b.ID
		})
	})
}

// lengthsOf says how the lengths of two rows that may be one call go together.
func lengthsOf(a, b evidence.Incident) evidence.Text {
	const rounded = 5 // seconds by which two logs of one call may differ
	if a.Seconds > b.Seconds {
		a, b = b, a
	}
	switch {
	case b.Seconds-a.Seconds <= rounded:
		return evidence.Text{ZH: "时长差不多", EN: "about the same length"}
	case device.IsRecording(a):
		return evidence.Text{ZH: "录音比通话短（录音可以开始得晚、结束得早）",
			EN: "the recording shorter than the call (it may have begun late or ended early)"}
	}
	return evidence.Text{ZH: "有一份记录里的时长合得上", EN: "a length that one of the records bears out"}
}
