package ask

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// The columns of the timeline that [OfRow] asks of.
const (
	ReachedColumn   = "reached"
	DisclosedColumn = "disclosed debt"
	ReachableColumn = "reachable"
	AnnouncedColumn = "recording announced"
	ToldByColumn    = "told by"

	UseColumn   = "use"
	WordsColumn = "my own words"
	KindsColumn = "asserted kinds"
	TimeColumn  = "time" // of rows that the person wrote
	NameColumn  = "name" // of these too
)

// People are who can have been reached.
func People() []Choice { return people(evidence.Text{ZH: "我本人", EN: "myself"}) }

// ActKinds are what a person can name an act as; the last is none of them.
func ActKinds() []Choice { return heardChoices() }

// OneRow is a cell that the person changes of their own accord: see [OfRow].
const OneRow Kind = "row"

// wantedOwn is what a time that the person types of their own act must be.
var wantedOwn = evidence.Text{ZH: "写成 2026-09-08 19:30 这样；只记得哪一天的，写 2026-09-08。",
	EN: "Write it as 2026-09-08 19:30, or 2026-09-08 if you only know the day."}

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
	case UseColumn:
		q.Choices = yesNo("算", "yes", "不算，信里不写", "no; no letter tells of it")
		q.Text = evidence.Text{ZH: "算不算这件事里的？", EN: "does it belong to the matter?"}
	case KindsColumn:
		q.Choices = heardChoices()
		q.Text = evidence.Text{ZH: "对方是在做什么？", EN: "what does it amount to?"}
	case WordsColumn:
		q.Free = true
		q.Text = evidence.Text{ZH: "您自己怎么说？", EN: "what do you say of it yourself?"}
	case TimeColumn, NameColumn:
		if i.Made() {
			return q, false // it is as the file has it
		}
		q.Free = true
		q.Text = evidence.Text{ZH: "对方叫什么？", EN: "what is the other side called?"}
		if column == TimeColumn {
			q.Text = evidence.Text{ZH: "是什么时候？", EN: "when was it?"}
		}
	default:
		return q, false
	}
	q.Text.ZH, q.Text.EN = when.ZH+q.Text.ZH, when.EN+q.Text.EN
	q.Effect = evidence.Text{ZH: "信里照改了的写", EN: "letters say it as changed"}
	l.add(q, func(value string) ([]Edit, error) {
		switch {
		case column == KindsColumn && value == no:
			value = ""
		case column == TimeColumn:
			t, ok := evidence.ParseTime(value)
			if !ok {
				return nil, &ValueError{Question: q, Value: value, Wanted: wantedOwn}
			}
			value = evidence.FormatTime(t)
		case q.Free:
			value = strings.Join(strings.Fields(value), " ") // one line a cell
		}
		return []Edit{{Row: id, Column: column, Value: value}}, nil
	})
	return l.out[0], true
}
