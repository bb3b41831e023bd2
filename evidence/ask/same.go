package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/device"
)

// needed reports an act that some finding beside the hours has, or could have.
func (l *lister) needed(i evidence.Incident) bool {
	return i.Shown != "" || i.Words != "" || slices.ContainsFunc(l.Report.Findings, func(f evidence.Finding) bool {
		return f.Rule != "V05" && slices.ContainsFunc(f.Incidents, func(o evidence.Incident) bool { return o.ID == i.ID })
	})
}

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

// opposed asks whether a recording is of the call that a log has at its time as not
// answered, or as shorter: until then it counts for nothing.
func (l *lister) opposed() {
	for _, d := range l.Report.Doubts {
		i, known := l.rows[d.Incident]
		if d.Code != evidence.RecordedNotAnswered || !known || len(d.Says) < 2 || !l.needed(i) {
			continue
		}
		recording, _, _ := strings.Cut(d.Says[0].Source, ":")
		against := d.Words()
		l.add(Question{Kind: Same, About: About{Incidents: []string{i.ID}, Exhibits: []string{recording},
			Numbers: []string{i.Number}, File: d.Says[1].Source},
			Text: evidence.Text{
				ZH: fmt.Sprintf("%s 是 %s %s的录音（%s秒），可是 %s。这一通您接了，录的就是它吗？", recording, i.Number,
					whenZH(i), d.Says[0].Value, against.ZH),
				EN: fmt.Sprintf("%s is a recording of %s, %s (%s s), and %s. Did you answer that call, and is it what was "+
					"recorded?", recording, i.Number, whenEN(i), d.Says[0].Value, against.EN)},
			Why: evidence.Text{ZH: "录音和通话记录对不上，写进信里，对方拿通话记录一比就会反驳",
				EN: "the recording and the log differ, and the other side would hold the log against the letter"},
			Effect: evidence.Text{
				ZH: "接了的，录音里的话可以写进信里，证据册写明两份记录不一样、接通是您说的；不是或者不知道的，信里不写",
				EN: "if so, letters may tell what was recorded, and the book says that the files differ and that you say it " +
					"was answered; if not, or you do not know, letters leave it out"},
			Choices: yesNo("接了，录的就是这一通", "I answered, and that is the recording",
				"不是：没有接，或者录的是另一通", "no: I did not answer, or it is of another call")},
			func(value string) ([]Edit, error) {
				if value == no {
					return nil, nil
				}
				return []Edit{{Exhibit: recording, Note: evidence.NoteCallOf, Value: d.Says[1].Source,
					Detail: against.ZH + "；本人说这一通接了，录的就是它"}}, nil
			})
	}
}
