package templates

import (
	"time"

	"juzheng/evidence/road"
)

// The events a term runs from.
const (
	FromFiled    = "filed"    // complete material reached the body
	FromAccepted = "accepted" // the body accepted the matter
	FromDecided  = "decided"  // it decided or answered
)

// The terms that bind a bank or finance company a consumer complains to. All
// run from the filing.
var (
	PlainTerm   = complaintTerm("放款机构处理消费投诉并告知结果", 15)
	ComplexTerm = complaintTerm("情况复杂、延长处理的，告知结果", 30)
	LongestTerm = complaintTerm("特别复杂、经批准再延长的，告知结果", 60)
)

func complaintTerm(event string, days int) Term {
	return Term{Event: event, From: FromFiled, Days: days, Basis: complaintRule, Quality: "imported"}
}

// PassedOnTerm is what the lender has from the day the complaint reached it by
// way of its supervisor; nobody has checked how long that takes.
var PassedOnTerm = Term{Event: "放款机构收到转来的投诉，处理并告知结果", From: FromAccepted, Days: 15, Basis: complaintRule,
	Quality: "imported"}

// RecheckTerm is what the body above a branch of the lender has to look at how
// the branch dealt with a complaint: from memory, and nobody read it.
var RecheckTerm = Term{Event: "上级机构核查投诉的处理，作出核查决定并告知", From: FromFiled, Days: 30, Basis: complaintRule,
	Quality: "unchecked"}

// RecheckDays is within how many days of the answer that can be asked for, as
// reported.
const RecheckDays = 30

const complaintRule = "《银行业保险业消费投诉处理管理办法》"

// ObjectionTerm binds whoever reported to a credit bureau, and the bureau.
var ObjectionTerm = Term{
	Event: "核查、处理异议并书面答复", From: FromFiled, Days: road.ObjectionDays,
	Basis: "《征信业管理条例》第二十五条", Quality: "verified",
}

// Checked reports whether somebody compared a term with its source.
func (t Term) Checked() bool { return t.Quality == "tested" || t.Quality == "verified" }

// A TermEnd is the last day of a term and how sure it is.
type TermEnd struct {
	Day time.Time
	// Rest says that the day is no working day. Whether the term then moves on
	// is for the rule that sets it to say; none on record does, so the day
	// stands as counted.
	Rest bool
	// Years the term runs through without a holiday schedule on record. A term
	// in working days is then an estimate, holidays being counted as worked.
	Years []int
}

// End is the last day of a term that runs from a day, which itself does not
// count.
func (t Term) End(from time.Time) TermEnd {
	end := TermEnd{Day: from}
	step := func() bool {
		end.Day = end.Day.AddDate(0, 0, 1)
		work, known := Workday(end.Day)
		end.Rest = !work
		if y := end.Day.Year(); !known && (len(end.Years) == 0 || end.Years[len(end.Years)-1] != y) {
			end.Years = append(end.Years, y)
		}
		return work
	}
	for n := 0; n < t.Days; {
		if work := step(); work || !t.Working {
			n++
		}
	}
	return end
}
