// Package ask finds what a case needs and only a person can say: whose phone,
// who called, what was said. It asks in plain words, says why, and turns an
// answer into edits of the case.
//
// [List] gives the questions that are open, the most useful first; [Question.Edits]
// gives what an answer changes:
//
//	for _, q := range ask.List(record) {
//		edits, err := q.Edits("yes")
//		...
//	}
//
// Three rules hold. What changes nothing is not asked. A question about many
// rows joins only rows alike in what is asked, and names them all; whoever cannot
// answer it for all can have it asked in parts, and 不知道 ends it. The id of a
// question comes from what it asks, so that an answer given yesterday fits today or
// is refused.
//
// Each question stands with what its answers change, in the file of what it is
// about: phones.go, clocks.go, callers.go, rows.go, reachable.go, words.go,
// pictures.go, listened.go (of recordings), tellers.go (of those with others), same.go, loans.go (which of several),
// contacted.go (of a contact), facts.go, papers.go, moves.go, wishes.go and wanted.go (of the case),
// replies.go (to complaints), leave.go (of private files), refusals.go, others.go and
// disclosed.go (who was reached and what they were told, on whosever phone).
// What an answer may be, and how it is read, is in answer.go.
//
// The package is pure: it reads no file and writes none.
package ask

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/phrase"
)

// A Kind is what sort of thing a question asks.
type Kind string

// The kinds.
const (
	Phone     Kind = "phone"      // whose phone files are from
	Clock     Kind = "clock"      // whether a phone's clock was off as measured
	Zone      Kind = "zone"       // whether a phone was in another zone
	Same      Kind = "same"       // whether two sources show one call
	Speaker   Kind = "speaker"    // who says what was copied off pictures
	Twice     Kind = "twice"      // whether two pictures show one message
	Time      Kind = "time"       // which of several readings of a time is right
	Caller    Kind = "caller"     // who a number or an account is
	Restore   Kind = "restore"    // whether to put back what the files say
	SourceRow Kind = "source-row" // whether to take in a row of a file that stands in no row
	Told      Kind = "told"       // whether somebody tells of a call they had
	Words     Kind = "words"      // whether words are of a kind
	Bulk      Kind = "bulk"       // whether many rows of a day were a bombing
	Role      Kind = "role"       // what a message is for
	Heard     Kind = "heard"      // which recordings hold words that matter, and what they are
	Lending   Kind = "for-lender" // for which of several lenders numbers and accounts collect
	OnPicture Kind = "on-picture" // whether pictures show what the table has beside them
	Picture   Kind = "picture"    // which screenshots show the collector, and what they say
	Reached   Kind = "reached"    // who was reached
	Direction Kind = "direction"  // who called whom
	Disclosed Kind = "disclosed"  // whether they were told of the debt
	Reachable Kind = "reachable"  // whether the borrower could be reached
	Refused   Kind = "refused"    // whether they had refused contact before
	Untrue    Kind = "untrue"     // whether what was claimed was asked about and found untrue
	Name      Kind = "name"       // of the complainant
	OwnNumber Kind = "own-number" // their telephone number
	Brand     Kind = "brand"      // of the platform
	Lender    Kind = "lender"     // its full name
	Licence   Kind = "licence"    // of the lender
	Agency    Kind = "agency"     // who collects for the lender, as messages name them
	Assignee  Kind = "assignee"   // who has the claim, where it was passed on
	Region    Kind = "region"     // in which the lender is registered
	Loan      Kind = "loan"       // what sort of loan it is
	Contract  Kind = "contract"   // its number
	Principal Kind = "principal"  // what was lent by it
	Rate      Kind = "rate"       // per cent a year by it
	LoanDate  Kind = "loan-date"  // of it, or of the payout
	Repaid    Kind = "repaid"     // which rows of statements repaid the loan
	Charged   Kind = "charged"    // which of them were fees beside it
	Received  Kind = "received"   // whether one of them is what reached the borrower
	Settled   Kind = "settled"    // on which day it was paid
	Identity  Kind = "id-number"  // of the complainant
	Address   Kind = "address"    // where post reaches them
	Consent   Kind = "consent"    // what may be done with their name, and what they agreed to
	Wish      Kind = "wish"       // what else they ask of the other side
	Leave     Kind = "leave"      // whether files that seem private stay out
)

// order is the order in which kinds are asked: whose and who first, for more
// hangs on them; what only betters a letter last.
var order = []Kind{Restore, SourceRow, Phone, Zone, Clock, Same, Caller, Lending, OnPicture, Picture, Speaker, Settled,
	Told, Heard, Words, Bulk, Role, Twice, Time,
	Reached, Direction, Disclosed, Reachable, Untrue, Name, OwnNumber, Brand, Lender, Licence, Region, Agency, Assignee,
	Refused,
	Contract, Principal, Rate, LoanDate, Received, Repaid, Charged, Consent, Identity, Address, Wish, Leave}

// Kinds are all kinds, in the order in which they are asked.
func Kinds() []Kind { return slices.Clone(order) }

// OfCase reports a kind that asks for what letters print of the case, and
// decides of no act whether it was unlawful.
func (k Kind) OfCase() bool {
	return slices.Contains([]Kind{Name, OwnNumber, Brand, Lender, Licence, Region, Agency, Assignee, Contract,
		Principal, Rate,
		LoanDate, Received, Repaid, Charged, Identity, Address, Consent, Wish, Leave}, k)
}

// Answers that every question takes.
const (
	Unknown = "unknown" // 不知道: it is not asked again
	Skip    = "skip"    // 跳过: it is asked later
	No      = no        // 不是: of a question that is answered in words as well
	yes     = "yes"
	no      = "no"
	apart   = "apart" // of some rows it is so and of others not: each half is asked about
)

// A Question 待问 is one thing that only a person can say.
type Question struct {
	ID      string        `json:"id"`
	Kind    Kind          `json:"kind"`
	About   About         `json:"about"`
	Text    evidence.Text `json:"text"`
	Why     evidence.Text `json:"why"`
	Effect  evidence.Text `json:"effect"`
	Choices []Choice      `json:"choices"`
	Free    bool          `json:"free"` // any text is an answer, and choices are suggestions
	Prefill string        `json:"prefill,omitempty"`
	Source  evidence.Text `json:"prefill_source,omitzero"` // where the prefilled value was read
	Danger  bool          `json:"danger,omitempty"`        // somebody's safety
	// Parts is how many numbered things the question lists, where it may be yes
	// of some of them: [Some] says of which.
	Parts int `json:"parts,omitempty"`
	// List are those things in words, where they are neither the rows nor the files
	// that the question is about, or more is said of each than its row says.
	List []evidence.Text `json:"list,omitempty"`

	// Fields are what a free answer can say besides, by [Question.With].
	Fields []Field `json:"fields,omitempty"`

	edits func(value string) ([]Edit, error)
	page  struct{ text, effect evidence.Text } // for who works with the page, where it says otherwise
}

// OnPage is the question in the words of the page, which has no commands, tables and codes.
func (q Question) OnPage() Question {
	if q.page.text != (evidence.Text{}) {
		q.Text = q.page.text
	}
	if q.page.effect != (evidence.Text{}) {
		q.Effect = q.page.effect
	}
	return q
}

// asking puts a question in words for both readers.
func (q Question) asking(a evidence.Advice) Question {
	q.Text, q.page.text = a.Text, a.OnPage()
	return q
}

// leading says what an answer leads to, in words for both readers.
func (q Question) leading(a evidence.Advice) Question {
	q.Effect, q.page.effect = a.Text, a.OnPage()
	return q
}

// About says what a question is about, as far as it applies.
type About struct {
	Incidents []string        `json:"incidents"`
	Exhibits  []string        `json:"exhibits"`
	Numbers   []string        `json:"numbers"` // of [Lending] accounts too
	Account   string          `json:"account,omitempty"`
	Path      string          `json:"path,omitempty"`
	Device    string          `json:"device,omitempty"`
	Breach    evidence.Breach `json:"breach,omitempty"`
	// Kinds are, of a question which of several kinds words are of, the row and the
	// kind of each part: T012=V06a
	Kinds  []string `json:"kinds,omitempty"`
	Quote  string   `json:"quote,omitempty"`
	Column string   `json:"column,omitempty"`
	File   string   `json:"file,omitempty"`
	Table  string   `json:"table,omitempty"`
	// Against are words of a file that speak against the answer before: it is
	// asked once more
	Against string `json:"against,omitempty"`
}

// A Choice is one answer that is offered.
type Choice struct {
	Value string        `json:"value"`
	Text  evidence.Text `json:"text"`
}

// An Edit is one thing that an answer changes.
type Edit struct {
	Row, Column string // a cell of timeline.csv, by the English head of its column
	Key         string // of case.toml: lender.name
	Number      string // whose it is: Value is a side
	Account     string // of a chat, as Number
	Name        string // of the number's or account's owner
	Exhibit     string // a note about it: Note is its code
	Note        string
	Detail      string // of the note, in words
	Place       string // a row of a file to be taken into the timeline
	Value       string
}

// A Given is an answer that stands.
type Given struct {
	Question  string
	Kind      Kind
	Breach    evidence.Breach
	Incidents []string
	Subject   []string // numbers, accounts and folders
	Value     string
}

// Subject are the numbers, accounts, folders and places in files a question is
// about.
func (a About) Subject() []string {
	var out []string
	for _, s := range append(append(slices.Clone(a.Numbers), a.Account, a.Path, a.Device), strings.Fields(a.File)...) {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// A Spoken is a passage of a transcript of a recording, or of what was read off
// a picture, that sounds like a violation.
type Spoken struct {
	Exhibit string // the recording or picture
	Where   string // the exhibit that holds the words, with their place: E007 0:03
	Passage string
	Refuses bool // it may tell the caller not to make contact again
}

// A Record is a case as it is looked at.
type Record struct {
	Case      evidence.Case
	Incidents []evidence.Incident // with their files' values
	Exhibits  []evidence.Exhibit
	Report    evidence.Report
	Devices   []device.Device
	Offers    []device.Offer
	Papers    []Paper
	Moves     []evidence.Move // rows of statements of payments
	Spoken    []Spoken
	// Transcribed are the recordings of which words are read: by a transcript, a
	// table of the person's own, a program
	Transcribed []string
	Unplaced    []evidence.Exhibit // recordings and pictures that stand in no row
	Idle        []evidence.Exhibit // photos, documents and recordings that stay out, and nothing is said of them
	Given       []Given
}

// ofWords reports a question of whose phone or number it is from which words came
// that are worth asking about. As long as one is open, words would be asked about in
// parts, those of each sender by themselves; that somebody may be in danger is said
// before all questions.
func (l *lister) ofWords(q Question) bool {
	return (q.Kind == Phone || q.Kind == Caller) && slices.ContainsFunc(q.About.Incidents, func(id string) bool {
		i := l.rows[id] // as it would read if it were the collector's
		return written(i) && len(phrase.WordedOf(i, phrase.Find(i.Shown, phrase.Collector))) > 0
	})
}

// List gives the questions that are open, the most useful first: from whom words
// came, then where somebody's safety is at stake. Those that were answered with
// 不知道 are left out, those that were skipped come last.
func List(r Record) []Question {
	l := newLister(r)
	for _, find := range []func(*lister){
		(*lister).restore, (*lister).deleted, (*lister).phones, (*lister).clocks, (*lister).times, (*lister).same,
		(*lister).opposed,
		(*lister).callers, (*lister).otherwise, (*lister).ofCalls, (*lister).unplaced, (*lister).placed, (*lister).visits,
		(*lister).pictures, (*lister).onPictures, (*lister).speakers, (*lister).listened, (*lister).tellers,
		(*lister).told, (*lister).words,
		(*lister).admitted, (*lister).spoken,
		(*lister).twice, (*lister).bombing,
		(*lister).roles, (*lister).hotlines, (*lister).owned,
		(*lister).reached, (*lister).directions, (*lister).ways, (*lister).contacted,
		(*lister).disclosed, (*lister).reachable, (*lister).refused, (*lister).refusals, (*lister).untrue,
		(*lister).howChecked,
		(*lister).replies, (*lister).otherLenders, (*lister).settledDay, (*lister).paidLoans,
		(*lister).ringsAfter, (*lister).reminders, (*lister).clashing,
		(*lister).facts, (*lister).forWhom, (*lister).moves, (*lister).consents, (*lister).wants,
		(*lister).leave,
	} {
		find(l)
	}
	slices.SortStableFunc(l.out, func(a, b Question) int {
		return cmp.Or(boolOrder(l.skipped(a.ID), l.skipped(b.ID)), boolOrder(!a.OfFiling(), !b.OfFiling()),
			boolOrder(!l.ofWords(a), !l.ofWords(b)),
			boolOrder(!a.Danger, !b.Danger), cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)))
	})
	return l.out
}

// OfFiling reports a question whether something answers a letter that was handed in: until
// it is answered nobody knows whose turn it is.
func (q Question) OfFiling() bool { return q.Kind == Role && q.About.Column == filingsColumn }

// filingsColumn is what a question is about that concerns letters which were handed in.
const filingsColumn = "filings"

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// against finds the words that speak against an answer of a row, as the doubt of
// a code has them; empty: none do.
func (l *lister) against(code evidence.DoubtCode, id string) evidence.Text {
	for _, d := range l.doubts[id] {
		if d.Code == code && len(d.Says) > 0 {
			return d.Words()
		}
	}
	return evidence.Text{}
}

// A lister gathers the questions of one case.
type lister struct {
	Record
	rows    map[string]evidence.Incident
	device  map[string]int // of an exhibit, to its place in Devices
	hits    map[string][]phrase.Hit
	doubts  map[string][]evidence.Doubt // open, by row
	claimed map[string]bool             // rows taken for the collector's, from nobody knows whom
	// photos that were proposed as rows: whoever says that one has nothing to do
	// with the matter is not asked once more whether it stays out
	proposed map[string]bool
	// recordings that are asked about as those of a call
	joining map[string]bool
	// pictures whose words are asked about together, and those of which that is likely once
	// it is said which show the collector: see inOne
	readInOne, mayBeInOne map[string]bool
	// papers without those of other matters, whose terms are not the loan's
	loanPapers []Paper
	out        []Question
}

func newLister(r Record) *lister {
	l := &lister{Record: r, rows: map[string]evidence.Incident{}, device: map[string]int{},
		hits: map[string][]phrase.Hit{}, claimed: map[string]bool{},
		doubts: map[string][]evidence.Doubt{}, proposed: map[string]bool{}, joining: map[string]bool{},
		readInOne:  map[string]bool{},
		mayBeInOne: map[string]bool{}}
	l.loanPapers = papersOfLoan(r.Case, r.Papers)
	for _, d := range r.Report.Doubts {
		l.doubts[d.Incident] = append(l.doubts[d.Incident], d)
		l.claimed[d.Incident] = l.claimed[d.Incident] || d.Code == evidence.CallerNotSaid
	}
	for _, i := range r.Incidents {
		l.rows[i.ID] = i
	}
	for n, d := range r.Devices {
		for _, x := range d.Exhibits {
			l.device[x] = n
		}
	}
	return l
}

// add puts a question on the list, if it was not answered already.
func (l *lister) add(q Question, edits func(value string) ([]Edit, error)) {
	q.About.Incidents, q.About.Exhibits = some(q.About.Incidents), some(q.About.Exhibits)
	q.About.Numbers = some(q.About.Numbers)
	if q.Choices == nil {
		q.Choices = []Choice{}
	}
	if len(q.About.Incidents) > 1 && slices.Contains(grouped, q.Kind) && !q.offers(apart) {
		choice := inParts
		if q.Parts > 1 { // which of them are can be said at once
			choice = someUnknown
		}
		q.Choices = append(slices.Clone(q.Choices), choice)
	}
	q.ID, q.edits = l.id(q), func(value string) ([]Edit, error) {
		out, err := edits(value)
		return l.ofRest(out), err
	}
	if slices.ContainsFunc(l.Given, func(g Given) bool { return g.Question == q.ID && g.Value != Skip }) {
		return
	}
	l.out = append(l.out, q)
}

// ofRest lets the row of a picture show what was asked about, where edits name its kind
// and that is the rest of what was written down off it: so the name is of that alone.
func (l *lister) ofRest(edits []Edit) []Edit {
	out := edits
	for _, e := range edits {
		if i := l.rows[e.Row]; e.Column == "asserted kinds" && i.Rest {
			out = append(slices.Clip(out), Edit{Row: e.Row, Column: "what the file shows", Value: i.Shown})
		}
	}
	return out
}

func some(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func (l *lister) skipped(id string) bool {
	n := -1
	for k, g := range l.Given {
		if g.Question == id {
			n = k
		}
	}
	return n >= 0 && l.Given[n].Value == Skip
}

// id is made of what is asked: the kind, and what the rows say that it is
// about. Where one of them changes, it is another question.
func (l *lister) id(q Question) string {
	sum := sha256.New()
	a := q.About
	fmt.Fprintf(sum, "%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s", q.Kind, a.Account, a.Path, a.Device, a.Breach,
		a.Column, strings.Join(a.Numbers, " "), a.File+"\x1f"+a.Table)
	if q.Kind == Words {
		fmt.Fprint(sum, a.Quote)
	}
	if len(a.Kinds) > 0 {
		fmt.Fprint(sum, "\x1f", strings.Join(a.Kinds, " "))
	}
	if a.Against != "" {
		fmt.Fprint(sum, "\x1f", a.Against)
	}
	switch q.Kind {
	case Caller, Lending: // who a number is does not depend on what came from it
	case Phone:
		fmt.Fprint(sum, strings.Join(a.Exhibits, " "))
	default:
		for _, id := range a.Incidents {
			i := l.rows[id]
			fmt.Fprintf(sum, "\x1e%s\x1f%s\x1f%s\x1f%s\x1f%s", id, i.Source, i.Number,
				i.Time.At.UTC().Format(time.RFC3339), i.Shown)
		}
	}
	return "q-" + hex.EncodeToString(sum.Sum(nil))[:12]
}

func idsOf(rows []evidence.Incident) []string {
	var out []string
	for _, i := range rows {
		out = append(out, i.ID)
	}
	return out
}

// exhibitsOf are the exhibits of rows, each once.
func exhibitsOf(rows []evidence.Incident) []string {
	var out []string
	for _, i := range rows {
		for _, x := range i.Exhibits {
			if !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
	}
	return out
}

// yesNo are the two choices, in words that fit the question.
func yesNo(yesZH, yesEN, noZH, noEN string) []Choice {
	return []Choice{{yes, evidence.Text{ZH: yesZH, EN: yesEN}}, {no, evidence.Text{ZH: noZH, EN: noEN}}}
}

// cellsOf gives all rows the same value in a column.
func cellsOf(rows []evidence.Incident, column, value string) []Edit {
	var out []Edit
	for _, i := range rows {
		out = append(out, Edit{Row: i.ID, Column: column, Value: value})
	}
	return out
}
