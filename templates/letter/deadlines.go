package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
)

// A Deadline is a term of a recipient, counted from the filing where it runs
// from there.
type Deadline struct {
	Event string
	Days  int
	Work  bool      // working days
	On    time.Time // zero: it runs from a day not yet known
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
	unit := "日"
	if d.Work {
		unit = "个工作日"
	}
	s := fmt.Sprintf("%s：%d%s", d.Event, d.Days, unit)
	switch {
	case d.On.IsZero():
	case d.About():
		s += fmt.Sprintf("，从提交的次日算，约到%s（没有%s的放假安排，只扣除周六、周日）", day(d.On), yearsList(d.Years))
	case d.Work:
		s += fmt.Sprintf("，从提交的次日算，到%s（按国务院办公厅公布的放假安排计算）", day(d.On))
	default:
		s += fmt.Sprintf("，从提交的次日算，到%s", day(d.On))
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

// Deadlines are the terms of the recipient, as if the letter reached it on
// the date of filing.
func Deadlines(in Input) []Deadline {
	terms := in.Recipient.Terms
	business := in.Case.LoanKind() == evidence.BusinessLoan // no consumer's complaint
	switch {
	case in.Role == evidence.ToForward && business:
		terms = nil
	case in.Role == evidence.ToForward: // its own terms are those of a report
		terms = []templates.Term{templates.PassedOnTerm}
	}
	if in.Case.BindsInstitution(in.Role) == evidence.Yes &&
		in.Case.Lender.Licence.Supervisor() == evidence.NationalOffice {
		terms = append(slices.Clone(terms), templates.PlainTerm, templates.ComplexTerm, templates.LongestTerm)
	}
	return deadlines(terms, in.Date)
}

// OwnTerms are the recipient's own terms alone: those of a complaint do not
// run for a letter that asks for something. Whoever reported to a credit
// bureau has the bureau's term for an objection.
func OwnTerms(in Input, title string) []Deadline {
	if title == objectionTitle && len(in.Recipient.Terms) == 0 {
		return deadlines([]templates.Term{templates.ObjectionTerm}, in.Date)
	}
	return deadlines(in.Recipient.Terms, in.Date)
}

func deadlines(terms []templates.Term, filed time.Time) []Deadline {
	var out []Deadline
	for _, t := range terms {
		d := Deadline{Event: t.Event, Days: t.Days, Work: t.Working, Basis: t.Basis, Sure: t.Checked()}
		if t.From == templates.FromFiled {
			end := t.End(filed.In(evidence.Beijing))
			d.On, d.Rest, d.Years = end.Day, end.Rest, end.Years
		}
		out = append(out, d)
	}
	return out
}
