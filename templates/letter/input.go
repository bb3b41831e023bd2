package letter

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/road"
	"juzheng/templates"
	"juzheng/templates/document"
	"juzheng/templates/mask"
)

// An Input is everything letters are composed of.
type Input struct {
	mask.Matter
	Doubts    []evidence.Doubt // open
	Aside     []string         // incidents that charts do not count: see [evidence.Report]
	Recipient templates.Recipient
	Role      evidence.Role // whom the letter is to
	Date      time.Time     // of filing

	Emergency evidence.Text     // for the complainant alone, as are the next
	Elsewhere []evidence.Advice // bodies no letter is made for

	Seal Seal

	// the case wants a second person to approve the letter, and nobody did yet
	Unreviewed bool

	Scan string // file of the scan of this letter, signed; empty: there is none. It changes nothing in the letter
	From string // of a supplement: its first exhibit; see [Supplement]
	// Repeats are exhibits from there on that stay out of it: logs of acts which
	// exhibits that were handed in before show already.
	Repeats []string
	// extracts of logs that the recipient has already: another extract of a log takes the
	// place of the one before, which then stands in no row
	Handed []evidence.Exhibit
	// what a program read off pictures: to warn the complainant with, and for no paper that is handed over
	Readings []evidence.Reading
	Waves    map[string]Wave   // recording -> how loud it is
	Sheets   map[string]Sheets // PDF -> its pages; nil: nothing draws them here
	Stills   map[string]Stills // film -> pictures out of it
	// Open gives the bytes of an exhibit, for pictures in the book.
	Open func(evidence.Exhibit) (io.ReadCloser, error)
	Kept *document.Kept // of what is made of these pictures; nil: it is made for each paper anew

	// What a paper would work out again for each of its sentences; nil: it is, and nothing else changes.
	masks *mask.Mask // of [Redact]: whose names are hidden
	rows  *bookRows  // the acts by their exhibits
	ruled []line     // the rules of the letter, which each of its facts points to
}

// A Seal is what letters and book say of the sealed bundle.
type Seal struct {
	Root  string // the evidence code, of format 1 the SHA-256 of its root document; empty: not sealed
	SM3   string
	Files int    // in the bundle
	Bytes int64  // of them
	Head  string // of its log, SHA-256
	Count int    // records of the log
	Stamp *Stamp // nil: none lies beside the root

	// Of format 2 a letter says of how many lines of the list its code is, and
	// how many exhibits they take in.
	Format       int    // 2; 0: the bundle is of format 1
	Mark         string // of the case as the letter tells it, for the QR code; may be empty
	Lines, Items int

	handed bool // the paper goes with the bundle itself
}

// name is what papers call the code.
func (s Seal) name() string {
	if s.Format == 2 {
		return "证据码"
	}
	return "总校验码"
}

// Counted is what only setting the papers tells: how long they are, and where
// in the book an exhibit stands. Zero: nothing was set, and nothing is said
// of it.
type Counted struct {
	Pages   map[string]int // exhibit -> page of the book
	Volumes map[string]int // exhibit -> volume of the book, from 1; empty: there is one
	Book    int            // pages of all its volumes; 0: no book goes with the letter
	List    int            // pages of the 证据目录
	Mandate int            // pages of the 授权委托书; 0: none goes with the letter
	Short   bool           // the letter is longer than it should be: what its facts share is said once
}

// A paper is an input and what was counted for it.
type paper struct {
	Input
	at Counted
}

// ErrNothingShown reports that no file of the case shows a breach this letter
// could assert. Such a letter must not be filed.
var ErrNothingShown = errors.New("no finding is shown by a file")

// Ready reports what keeps a letter from being filed: no name, no recipient,
// no date, nobody it is about, or no finding shown by a file
// ([ErrNothingShown]).
func Ready(in Input) error {
	switch {
	case strings.TrimSpace(in.Case.Complainant.Name) == "":
		return errors.New("letter: the complainant has no name")
	case in.Recipient.Name == "":
		return errors.New("letter: no recipient was chosen")
	case in.Date.IsZero():
		return errors.New("letter: no date of filing")
	case !in.Case.Platform.Known() && !in.Case.Lender.Known():
		return errors.New("letter: no respondent")
	case len(in.asserted()) == 0 && !(road.StatedToo(in.Role) && len(in.stated()) > 0):
		return fmt.Errorf("letter to %s: %w", in.Recipient.Slug, ErrNothingShown)
	}
	return nil
}

// asserted are the findings a file shows; stated those only the person states.
func (in Input) asserted() []evidence.Finding { return in.of(evidence.Shown) }
func (in Input) stated() []evidence.Finding   { return in.of(evidence.Stated) }

func (in Input) of(s evidence.Strength) []evidence.Finding {
	var out []evidence.Finding
	for _, f := range in.Findings {
		if f.Strength == s && in.concerns(f) && len(printable(f.Citations)) > 0 {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b evidence.Finding) int { return cmp.Compare(a.Rule, b.Rule) })
	return out
}

// concerns reports whether a finding belongs in a letter of this complainant
// to this recipient. Either local supervisor is told what either is competent
// for: which of the two it is depends on the lender alone.
func (in Input) concerns(f evidence.Finding) bool {
	if in.ofDebtor(f) || in.outside() {
		return false
	}
	if in.Role.Further() {
		return road.Takes(in.Case, in.Role, f)
	}
	if len(f.Bodies) == 0 {
		return true
	}
	switch in.Role {
	case evidence.ToPlatform, evidence.ToLender, evidence.ToForward:
		return slices.Contains(f.Bodies, "P")
	case evidence.ToAssociation:
		return slices.Contains(f.Bodies, "NIFA")
	}
	switch code := in.Recipient.Code; code {
	case "":
		return true
	case "NFRA-L", "LFB", "NFRA":
		return slices.Contains(f.Bodies, "NFRA-L") || slices.Contains(f.Bodies, "LFB")
	default:
		return slices.Contains(f.Bodies, code)
	}
}

// outside reports that the matter itself is none of the recipient's: the association
// is for finance over the network, and a bank's own card or mortgage is none.
func (in Input) outside() bool {
	if in.Role != evidence.ToAssociation || !in.ofBankAlone() {
		return false
	}
	switch in.Case.LoanKind() {
	case evidence.CreditCard, evidence.BusinessLoan, evidence.CarLoan, evidence.HouseLoan:
		return true
	}
	return false
}

// ofBankAlone reports a bank's own product, to which no platform brought anybody.
func (in Input) ofBankAlone() bool {
	return in.Case.Lender.Licence == evidence.Bank && !in.Case.Platform.Known()
}

func (in Input) contact() bool { return in.Case.Complainant.Kind == evidence.Contact }

// complaint reports whether the letter is a 投诉; else it is a 举报.
func (in Input) complaint() bool { return in.Role.Complaint() }

// The words that differ between the two roads.
func (in Input) title() string { return in.Role.Letter() }

// thisLetter is what the letter calls itself within a sentence.
func (in Input) thisLetter() string {
	if in.Role.Further() {
		name := strings.TrimSuffix(in.title(), "（草稿）")
		for _, short := range []string{"申请书", "起诉状"} { // 本人格权侵害… reads as 本人
			if strings.HasSuffix(name, short) {
				name = short
			}
		}
		return "本" + name
	}
	if in.complaint() {
		return "本投诉书"
	}
	return "本举报书"
}

// thisPaper is what a paper calls itself where its name would be too long.
func (in Input) thisPaper() string {
	switch in.Role {
	case evidence.ToCourt:
		return "本状"
	case evidence.ToInjunction:
		return "本申请"
	}
	return "本信"
}

func (in Input) self() string {
	if own := partyNames[in.Role]; own[0] != "" {
		return own[0]
	}
	if in.complaint() {
		return "投诉人"
	}
	return "举报人"
}

func (in Input) other() string {
	if own := partyNames[in.Role]; own[1] != "" {
		return own[1]
	}
	if in.complaint() {
		return "被投诉人"
	}
	return "被举报人"
}

func (in Input) document(title string) document.Document {
	about := Reference(in.Case.ID)
	if all := in.respondents(); len(all) > 0 {
		about = strings.TrimSpace(in.mask(all[0].party.Label()) + "　" + about)
	}
	return document.Document{Title: title, About: about, Author: in.Case.Complainant.Name, Subject: title,
		CaseID: in.Case.ID, Root: in.Seal.Root, RootName: in.Seal.name(), Date: in.Date.Format(time.RFC3339),
		Mark: in.mark("")}
}

// exists reports whether the case holds an exhibit; a letter never names one
// it does not.
func (in Input) exists(exhibit string) bool {
	return in.placeOf(exhibit) >= 0
}

// placeOf is where an exhibit stands among those of the case; -1 if it does not. It is asked
// for each exhibit, and copies none of them.
func (in Input) placeOf(exhibit string) int {
	for n := range in.Exhibits {
		if in.Exhibits[n].Number == exhibit {
			return n
		}
	}
	return -1
}

func blank(n int) string { return strings.Repeat("＿", n) }
