package ask

import (
	"slices"

	"juzheng/evidence"
)

// The columns of the timeline that [OfRow] asks of.
const (
	ReachedColumn   = "reached"
	DisclosedColumn = "disclosed debt"
	ReachableColumn = "reachable"
	AnnouncedColumn = "recording announced"
	ToldByColumn    = "told by"
)

// OneRow is a cell that the person changes of their own accord: see [OfRow].
const OneRow Kind = "row"

// OfRow asks of one row what the person sees to be otherwise than it stands, or not
// said: [List] asks only what it has a reason for. It is false where there is no such
// row, or nothing to say of it in that column.
func OfRow(r Record, id, column string) (Question, bool) {
	r.Given = nil // what was said before is said anew
	l := newLister(r)
	n := slices.IndexFunc(l.Incidents, func(i evidence.Incident) bool { return i.ID == id })
	if n < 0 {
		return Question{}, false
	}
	i := l.Incidents[n]
	q := Question{Kind: OneRow, About: About{Incidents: []string{id}, Exhibits: i.Exhibits, Column: column},
		Why: evidence.Text{ZH: "您自己要改的", EN: "you change it of your own accord"}}
	when := evidence.Text{ZH: whenZH(i) + "的这一次，", EN: "Of that of " + whenEN(i) + ": "}
	switch column {
	case ReachedColumn:
		q.Choices = people(evidence.Text{ZH: "我本人", EN: "myself"})
		q.Text = evidence.Text{ZH: "找到的是谁？", EN: "who was reached?"}
	case DisclosedColumn:
		if i.Direction == evidence.Out {
			return q, false
		}
		q.Choices = yesNo("说了", "yes", "没有说", "no")
		q.Text = evidence.Text{ZH: "对方说了您欠款的事吗？", EN: "did they speak of your debt?"}
	case ReachableColumn:
		q.Choices = yesNo("能", "yes", "不能", "no")
		q.Text = evidence.Text{ZH: "当天能联系上您本人吗？", EN: "could you yourself be reached that day?"}
	case AnnouncedColumn:
		if i.Kind != evidence.Call {
			return q, false
		}
		q.Choices = yesNo("说了", "yes", "没有说", "no")
		q.Text = evidence.Text{ZH: "开头您说了在录音吗？", EN: "did you say at the beginning that you recorded it?"}
	case ToldByColumn:
		if i.Made() {
			return q, false // what a file shows nobody passed on
		}
		q.Free = true
		q.Text = evidence.Text{ZH: "是谁、什么时候转告您的？", EN: "who told you of it, and when?"}
	default:
		return q, false
	}
	q.Text.ZH, q.Text.EN = when.ZH+q.Text.ZH, when.EN+q.Text.EN
	q.Effect = evidence.Text{ZH: "信里照改了的写", EN: "letters say it as changed"}
	l.add(q, func(value string) ([]Edit, error) { return []Edit{{Row: id, Column: column, Value: value}}, nil })
	return l.out[0], true
}
