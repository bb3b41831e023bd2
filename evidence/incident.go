package evidence

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/lazyregexp"
)

// An IncidentKind is the form of an act.
type IncidentKind string

// The kinds.
const (
	Call    IncidentKind = "call"    // 来电、去电
	SMS     IncidentKind = "sms"     // 短信
	Message IncidentKind = "message" // 微信、QQ等
	Post    IncidentKind = "post"    // 群聊、网上发布
	Visit   IncidentKind = "visit"   // 上门
	Mail    IncidentKind = "mail"    // 信函
	Other   IncidentKind = "other"
)

// A Direction is seen from the person whose phone it is.
type Direction string

// The directions.
const (
	DirectionUnknown Direction = ""
	In               Direction = "in"
	Out              Direction = "out"
)

// Reached says who was reached by an act.
type Reached string

// Who can be reached. ReachedUnknown is not taken for the complainant.
const (
	ReachedUnknown   Reached = ""
	ReachedSelf      Reached = "self"      // 本人
	ReachedEmergency Reached = "emergency" // 紧急联系人
	ReachedGuarantor Reached = "guarantor" // 担保人、共同借款人
	ReachedWorkplace Reached = "workplace" // 单位、同事
	ReachedFamily    Reached = "family"    // 亲友
	ReachedStranger  Reached = "stranger"  // 其他无关的人
)

// Third reports whether a third person was reached: somebody known not to be
// the complainant.
func (r Reached) Third() bool { return r != ReachedUnknown && r != ReachedSelf }

// An Incident 事件 is one dated act: a row of timeline.csv.
type Incident struct {
	ID        string // T001; unique in the case, never used again
	Time      Time
	Kind      IncidentKind
	Direction Direction
	Number    string // the number shown, normal form; a shown number can be spoofed
	Name      string // who it was, as the phone or the person names them
	Reached   Reached
	Answered  Answer // of a call: it was connected
	Seconds   int    // length of a connected call; -1 not known
	Disclosed Answer // the debt was told to the person reached
	Refused   Answer // the person reached had refused contact before
	Reachable Answer // the complainant could be reached at that time
	Shown     string // what the file shows, word for word where words matter
	Words     string // the person's own words about it
	Exhibits  []string
	Asserted  []Breach
	Denied    []Breach // kinds its words may sound like and, the person says, are not
	// of a recorded call: the person said at its start that it was being
	// recorded; a fact, no condition
	Announced Answer
	// which of the complainant's own numbers or SIM cards it reached or left
	// from, as the source names it; empty: not said
	SIM string
	// what was claimed was checked at its source and is not so: no such lawyer,
	// court case, debt; no: it is so
	Untrue Answer
	ToldBy string      // who told the person of it, and when: hearsay 转告; empty: nobody did
	Role   MessageRole // what a message is for, as the person says; unknown: told by its words, if they tell
	Use    Answer      // yes: it belongs to this matter; no: leave it out; unknown: undecided
	Source string      // who made the row: "person", or what intake read it from ("E004 row 12")

	// ids of rows that show the same call and were made one with it on reading:
	// it counts once
	Also []string
	// Read are the lines of logs a row was made of, each as its file gives it: one
	// call starts at one time by the phone and at another by the carrier. Never
	// kept, told anew each time.
	Read []Incident
	// what the carriers' lists of the case say of a call: never kept, told anew
	// each time
	Carrier Confirmation
	// Rest says that Shown is a part of what was written down off a picture: the rest,
	// that no other row has. Never kept, told anew each time.
	Rest bool

	Line int // line of timeline.csv it was read from; 0 if it was not
	// Spoilt are cells of a row the program made that a spreadsheet destroyed
	// (1.0E+11, ########), by the English head of their column: they say
	// nothing, and the row's file is asked.
	Spoilt  map[string]string
	Missing []string // heads of columns its table does not have
}

// A Confirmation is what the carriers' lists of a case say of a call, and which.
type Confirmation struct {
	Says CarrierSays
	List string // the exhibit; empty: no list says anything of it
}

// CarrierSays is whether a carrier's list has a call.
type CarrierSays string

// What lists say. Nothing is said of what stands in no list: messages, and calls
// that nobody answered.
const (
	CarrierHas        CarrierSays = "has"          // number and time agree
	CarrierUnclear    CarrierSays = "unclear"      // one at that time, with its number hidden or of another row
	CarrierHasNot     CarrierSays = "has-not"      // it covers the day and has no such call
	CarrierNotThatDay CarrierSays = "not-that-day" // no list covers the day
)

// signature is the sender's name a text message begins or ends with.
var signature = lazyregexp.New(`^【([^】]{2,20})】|【([^】]{2,20})】$`)

// Signature is the sender's name in the brackets 【…】 at the head or foot of a
// message; empty if there is none.
func (i Incident) Signature() string {
	if m := signature.FindStringSubmatch(strings.TrimSpace(i.Shown)); m != nil {
		return m[1] + m[2]
	}
	return ""
}

// Made reports whether the program made the row.
func (i Incident) Made() bool { return i.Source != "" && i.Source != "person" }

// Concerns reports whether an act belongs to the matter: marked so or asserted
// by the person, from or to a number or account the case names as the
// collector's, or reaching somebody else than the complainant, which only a person can have
// said. What they marked as not belonging never does, nor what another lender's collector
// did.
func (c Case) Concerns(i Incident) bool {
	return i.Use != No && !c.ForOther(i) && (i.Use == Yes || len(i.Asserted) > 0 || i.Reached.Third() ||
		c.SideOfWriter(i) == CollectorSide)
}

// BeforeLoan reports an act of the other side that lies before the loan. Of a card the
// case has the day of one debit among many, and what came before may be about another;
// who is only a contact need not know the day.
func (c Case) BeforeLoan(i Incident) bool {
	return c.Loan.Date != "" && c.LoanKind() != CreditCard && c.Complainant.Kind != Contact && !i.Time.IsZero() &&
		i.Direction != Out && i.Time.At.In(Beijing).Format(time.DateOnly) < c.Loan.Date
}

// FromUnknown reports an act of a bombing of which nobody said who sent it: the
// person named it a bombing and no more, and its number is nobody's on the case's
// list. It is no act of the respondent until somebody finds out.
func (c Case) FromUnknown(i Incident) bool {
	return i.Use != Yes && len(i.Asserted) > 0 && !i.Reached.Third() && c.SideOfWriter(i) == "" &&
		!slices.ContainsFunc(i.Asserted, func(b Breach) bool { return b.Rule() != "V10" })
}

// RowOf says in [Incident.Source] where in an exhibit a row was read: E004:12 is
// line 12, E004:2!12 is row 12 of the second sheet of a workbook. Of several rows that
// begin on one line E004:12#3 is the third entry of that line.
func RowOf(exhibit string, sheet, line int) string {
	if sheet > 1 {
		return fmt.Sprintf("%s:%d!%d", exhibit, sheet, line)
	}
	return fmt.Sprintf("%s:%d", exhibit, line)
}

// placeIn is what stands behind the exhibit in a place, in words: 12, 2!12, 12#3.
func placeIn(place string) Text {
	line, nth, shared := strings.Cut(place, "#")
	t := Text{"第" + line + "行", "line " + line}
	if sheet, row, ok := strings.Cut(line, "!"); ok {
		t = Text{"第" + sheet + "张表第" + row + "行", "sheet " + sheet + " row " + row}
	}
	if shared {
		t = Text{t.ZH + "第" + nth + "条", t.EN + " entry " + nth}
	}
	return t
}

// From are the exhibits that gave a cell of a row.
func (i Incident) From() []string {
	out := slices.Clone(i.Exhibits)
	for _, s := range strings.Fields(i.Source) {
		if n, _, _ := strings.Cut(s, ":"); exhibitNumber.MatchString(n) && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// By is an act as extracts show it: where one holds the row of a log that gave
// the act, it stands in the place of the log. What else gave a cell of it stays.
func (i Incident) By(extracts []Exhibit) Incident {
	for _, x := range extracts {
		held, other := 0, 0
		sources := strings.Fields(i.Source)
		for n, s := range sources {
			switch of, _, _ := strings.Cut(s, ":"); {
			case x.Extract.Holds(s):
				held++
				sources[n] = x.Number
			case of == x.Extract.Of:
				other++
			}
		}
		if held == 0 || other > 0 {
			continue
		}
		i.Source = strings.Join(sources, " ")
		i.Exhibits = slices.Clone(i.Exhibits)
		for n, e := range i.Exhibits {
			if e == x.Extract.Of {
				i.Exhibits[n] = x.Number
			}
		}
	}
	return i
}

var exhibitNumber = lazyregexp.New(`^E\d{3,}$`)

// RowIn is where in an exhibit the row was read, in words; empty if its source
// does not say.
func (i Incident) RowIn(exhibit string) string {
	for _, s := range strings.Fields(i.Source) {
		x, line, ok := strings.Cut(s, ":")
		if !ok || x != exhibit {
			continue
		}
		return placeIn(line).ZH
	}
	return ""
}

// PictureTime reports whether all that is known of an act's time is when the
// picture that shows it was made: the screenshot of a message is younger than
// the message. A picture of a call in progress is as old as the call. The minute
// alone is that time too, as long as the row says that it is the picture's:
// spreadsheets leave out seconds, and nobody typed another.
func PictureTime(i Incident, exhibits []Exhibit) bool {
	if i.Kind == Call || i.Kind == Visit || i.Time.IsZero() {
		return false
	}
	for _, x := range exhibits {
		if x.Kind != Screenshot && x.Kind != Photo && x.Kind != Video || !slices.Contains(i.Exhibits, x.Number) {
			continue
		}
		at, err := time.Parse(time.RFC3339, x.Captured.Time)
		if err == nil && (at.Equal(i.Time.At) || i.Time.Precision == ToMinute && i.Time.Source == x.Captured.Source &&
			at.Truncate(time.Minute).Equal(i.Time.At)) {
			return true
		}
	}
	return false
}
