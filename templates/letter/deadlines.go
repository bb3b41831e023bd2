package letter

import (
	"fmt"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/track"
	"juzheng/templates"
)

// A Deadline is a term of a recipient, counted from the filing where it runs
// from there.
type Deadline struct {
	Event string
	Days  int
	Work  bool      // working days
	On    time.Time // zero: it runs from a day not yet known
	From  string    // what it runs from: see [templates.FromFiled]
	Rest  bool      // On is no working day; whether the term moves on nobody has checked
	Years []int     // that On rests on without a holiday schedule
	Basis string
	Sure  bool // the term was checked
}

// About reports whether On is an estimate: working days were counted through
// a year whose holidays are not on record.
func (d Deadline) About() bool { return d.Work && len(d.Years) > 0 }

// String says a deadline in a sentence.
func (d Deadline) String() string {
	unit, from := "日", "提交"
	if d.Work {
		unit = "个工作日"
	}
	if d.From == templates.FromAccepted {
		from = "受理"
	}
	s := fmt.Sprintf("%s：%d%s", d.Event, d.Days, unit)
	switch {
	case d.On.IsZero():
	case d.About():
		s += fmt.Sprintf("，从%s的次日算，约到%s（没有%s的放假安排，只扣除周六、周日）", from, day(d.On), yearsList(d.Years))
	case d.Work:
		s += fmt.Sprintf("，从%s的次日算，到%s（按国务院办公厅公布的放假安排计算）", from, day(d.On))
	default:
		s += fmt.Sprintf("，从%s的次日算，到%s", from, day(d.On))
		if d.Rest {
			s += "（当天休息，是否顺延没有核对，请再等几天）"
		}
	}
	s += with("，依据：", d.Basis)
	if !d.Sure {
		s += "，期限未经核对"
	}
	return s + "。"
}

func yearsList(years []int) string {
	out := make([]string, len(years))
	for i, y := range years {
		out[i] = fmt.Sprintf("%d年", y)
	}
	return strings.Join(out, "、")
}

// Deadlines are the terms of the recipient: from the day on which the case was
// handed in there, and as if it was today as long as nothing there is waited for.
func Deadlines(in Input) []Deadline {
	filed, accepted := in.Date.In(evidence.Beijing).Format(time.DateOnly), ""
	if f, waits := in.Awaited(); waits {
		filed, accepted = f.Date, f.Accepted
	}
	return DeadlinesOf(track.Ends(track.Terms(in.Case, in.Role, in.Recipient.Terms), filed, accepted))
}

// Awaited is the complaint that the recipient has and has not answered.
func (in Input) Awaited() (f evidence.Filing, waits bool) {
	lane := track.Lanes(in.Case, []track.Road{track.RoadTo(in.Role, in.Recipient)}, in.Date)[0]
	if f, waits = lane.Last(in.Case); lane.State != track.Waiting && lane.State != track.Overdue {
		waits = false
	}
	return f, waits
}

// OwnTerms are the recipient's own terms alone: those of a complaint do not
// run for a letter that asks for something. Whoever reported to a credit
// bureau has the bureau's term for an objection.
func OwnTerms(in Input, title string) []Deadline {
	terms := in.Recipient.Terms
	if title == objectionTitle && len(terms) == 0 {
		terms = []templates.Term{templates.ObjectionTerm}
	}
	return DeadlinesOf(track.Ends(terms, in.Date.In(evidence.Beijing).Format(time.DateOnly), ""))
}

// DeadlinesOf are terms with their last days, as the notes for the person say
// them.
func DeadlinesOf(ends []track.End) []Deadline {
	var out []Deadline
	for _, e := range ends {
		out = append(out, Deadline{Event: e.Event, Days: e.Days, Work: e.Working, On: e.Day, From: e.From, Rest: e.Rest,
			Years: e.Years, Basis: e.Basis, Sure: e.Checked()})
	}
	return out
}
