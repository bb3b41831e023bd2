package desk

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
)

// ApproveOptions say which letters are approved, and by whom.
type ApproveOptions struct {
	By     string
	To     []evidence.Role // nil: all whose papers lie in packet/
	Letter string          // of one that needs no violation, or follows a complaint; empty: those of the packets
}

// An Approved is what a second person's word was noted for.
type Approved struct {
	By      string
	Code    string          // the evidence code; empty: the letter prints none
	To      []evidence.Role // whose letters
	Already []evidence.Role // whose letters, as they are, were approved before
	Letters []LetterLine    // that were written without the mark
	// Supplements are the first exhibits of what was approved, by those to whom it was a
	// supplement; of the others of To it was the letter.
	Supplements map[evidence.Role]string
}

// An ApprovalLine is an approval as a program reads it.
type ApprovalLine struct {
	By      string          `json:"by"`
	Code    string          `json:"code,omitempty"`
	To      []evidence.Role `json:"to"`
	Already []evidence.Role `json:"already,omitempty"`
}

// Lines are the objects of the result.
func (r Approved) Lines() []Line {
	var out []Line
	for _, l := range r.Letters {
		out = append(out, Line{"letter", l})
	}
	return append(out, Line{"summary", ApprovalLine{r.By, r.Code, list(r.To), r.Already}})
}

// An ApproverError reports a name that cannot approve.
type ApproverError struct {
	Name string
	Why  ApproverWhy
}

// An ApproverWhy is why.
type ApproverWhy string

// The reasons.
const (
	ApproverPrepared ApproverWhy = "prepared"   // they had a part in the case
	ApproverNameless ApproverWhy = "nameless"   // no name, or none that can be one
	NobodyPrepared   ApproverWhy = "nobody"     // the case does not say who prepared it
	ReviewNotWanted  ApproverWhy = "not-wanted" // the case asks for no second person
	NotAsBuilt       ApproverWhy = "not-built"  // the letter that lies there reads otherwise, or none does
)

func (e *ApproverError) Error() string { return fmt.Sprintf("approve, by %q: %s", e.Name, e.Why) }

// fit reports why somebody cannot be the second person of a case.
func fit(c evidence.Case, by string) error {
	control := func(r rune) bool { return r < 0x20 || r == 0x7f }
	switch {
	case c.Organisation.Review != evidence.Yes:
		return &ApproverError{by, ReviewNotWanted}
	case by == "" || len([]rune(by)) > 60 || strings.ContainsFunc(by, control):
		return &ApproverError{by, ApproverNameless}
	case strings.TrimSpace(c.Organisation.Signatory) == "":
		return &ApproverError{by, NobodyPrepared}
	case c.PreparedBy(by):
		return &ApproverError{by, ApproverPrepared}
	}
	return nil
}

// Approve notes in the log that a second person read letters as they lie in the case,
// and found that they may go. It holds for the words of each letter and its evidence
// code, and no longer.
func Approve(ctx context.Context, d Desk, dir string, o ApproveOptions) (Approved, error) {
	o.By = strings.TrimSpace(o.By)
	if o.Letter != "" {
		return approveLetter(ctx, d, dir, o)
	}
	f, unlock, err := d.lock(dir)
	if err != nil {
		return Approved{}, err
	}
	defer unlock()
	x, err := read(d, f)
	if err != nil {
		return Approved{}, err
	}
	if err := fit(x.Case, o.By); err != nil {
		return Approved{}, err
	}
	root, current, err := f.Current()
	if err != nil {
		return Approved{}, err
	}
	if !current {
		return Approved{}, &NotCurrentError{Case: dir, Approve: true}
	}
	to, err := builtFor(x, o.To)
	if err != nil {
		return Approved{}, err
	}
	known, err := approvalsOf(x)
	if err != nil {
		return Approved{}, err
	}
	r := Approved{By: o.By, Code: root.SHA256, Supplements: map[evidence.Role]string{}}
	note := folder.Approval{By: o.By, Code: root.SHA256}
	covers := coversOf(x)
	for _, a := range to {
		// What lies there must be what is noted as read.
		_, same, err := f.PapersCurrent(a.folder, covers)
		if err != nil {
			return Approved{}, err
		}
		if !same {
			return Approved{}, &NotCurrentError{Case: dir, Approve: true}
		}
		of := lying(x, a, root)
		waits, err := known.lack(of)
		if err != nil {
			return Approved{}, err
		}
		if !waits {
			r.Already = append(r.Already, a.asked())
			continue
		}
		digests, err := packet.ReviewDigests(of)
		if err != nil {
			return Approved{}, err
		}
		r.To = append(r.To, a.asked())
		if of.Supplement != "" {
			r.Supplements[a.asked()] = of.Supplement
		}
		for _, d := range digests {
			note.Letters = append(note.Letters, string(a.asked())+":"+d)
		}
	}
	if len(r.To) == 0 {
		return r, nil
	}
	return r, f.Approve(note, d.Now)
}

// approveLetter approves one that lies below letters/, and writes it again without the
// mark.
func approveLetter(ctx context.Context, d Desk, dir string, o ApproveOptions) (Approved, error) {
	f, err := openToRead(d, dir)
	if err != nil {
		return Approved{}, err
	}
	c, err := f.ReadCase()
	if err != nil {
		return Approved{}, err
	}
	if err := fit(c, o.By); err != nil {
		return Approved{}, err
	}
	var w Written
	if IsNextLetter(o.Letter) {
		if len(o.To) != 1 {
			return Approved{}, &RoleError{}
		}
		w, err = buildNext(ctx, d, dir, o.Letter, o.To[0], o.By)
	} else {
		w, err = BuildLetter(ctx, d, dir, LetterOptions{Name: o.Letter, To: o.To, by: o.By})
	}
	return Approved{By: o.By, To: o.To, Letters: w.Letters}, err
}

// builtFor are the recipients whose papers lie in packet/: those meant, or all.
func builtFor(x Dossier, to []evidence.Role) ([]addressee, error) {
	roles := slices.DeleteFunc(evidence.AllRoles(),
		func(r evidence.Role) bool { return len(x.Report.ObstaclesTo(r)) > 0 })
	for _, r := range to {
		if !slices.Contains(evidence.AllRoles(), r) {
			return nil, &RoleError{string(r)}
		}
	}
	all, err := recipients(x, roles)
	if err != nil {
		return nil, err
	}
	can, _ := competent(x, all)
	made, err := os.ReadDir(x.Folder.Path(folder.PacketDir))
	if err != nil {
		return nil, &NotCurrentError{Case: x.Folder.Dir(), Approve: true}
	}
	var out []addressee
	for _, a := range can {
		built := slices.ContainsFunc(made, func(e os.DirEntry) bool {
			return e.IsDir() && folder.Unnumbered(e.Name()) == folder.Unnumbered(a.folder)
		})
		if built && (to == nil || slices.Contains(to, a.role) || slices.Contains(to, a.asked())) {
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		return nil, &NotCurrentError{Case: x.Folder.Dir(), Approve: true}
	}
	return out, nil
}

// approvals are what second persons approved of a case.
type approvals struct {
	wanted bool
	all    []folder.Approval
}

func approvalsOf(x Dossier) (a approvals, err error) {
	if a.wanted = x.Case.Organisation.Review == evidence.Yes; a.wanted {
		a.all, err = x.Folder.Approvals()
	}
	return a, err
}

// lack reports that some paper of an order, as its recipient may read it, waits for a
// second person.
func (a approvals) lack(o packet.Order) (bool, error) {
	if !a.wanted {
		return false, nil
	}
	digests, err := packet.ReviewDigests(o)
	return slices.ContainsFunc(digests, func(d string) bool { return !a.have(d) }), err
}

// lying is the order of the papers that lie there for a recipient: with the supplement
// they hold, and without the complaint where that is all they are.
func lying(x Dossier, a addressee, root bag.Root) packet.Order {
	o := order(x, a, root)
	o.Supplement = x.Folder.Supplement(a.folder)
	if o.Filed = o.Supplement != ""; !o.Filed {
		o.Supplement = x.Folder.BesideLetter(a.folder)
	}
	return o
}

func (a approvals) have(digest string) bool {
	return slices.ContainsFunc(a.all, func(x folder.Approval) bool { return x.Of(digest) })
}

// A reviewing is the review of a letter that is not one of the packets.
type reviewing struct {
	x       Dossier
	name    string // of letter and role
	path    string // the folder where it lies
	by      string // who approves it; empty: nobody
	compose func(letter.Input) (document.Document, error)
}

// pending reports that the letter waits for a second person. Where one approves it now,
// that is noted, if it is the letter that lies there.
func (r reviewing) pending(o packet.Order) (bool, error) {
	known, err := approvalsOf(r.x)
	if err != nil || !known.wanted {
		return false, err
	}
	in, _ := packet.Covered(o)
	doc, err := r.compose(in)
	if err != nil {
		return false, err
	}
	digest := letter.Digest(in, doc)
	if known.have(digest) || r.by == "" {
		return !known.have(digest), nil
	}
	in.Unreviewed = true
	if doc, err = r.compose(in); err != nil {
		return false, err
	}
	lies, err := os.ReadFile(r.path + "/" + packet.TextName)
	if err != nil || !bytes.Equal(lies, packet.Wording(doc)) {
		return false, &ApproverError{r.by, NotAsBuilt}
	}
	return false, r.x.Folder.Approve(folder.Approval{By: r.by, Letters: []string{r.name + ":" + digest}}, r.x.Date)
}

// A Review is how far the second person's check of a case has come.
type Review struct {
	By       string          `json:"by,omitempty"` // who approved last
	On       string          `json:"on,omitempty"` // the day
	Approved []evidence.Role `json:"approved"`
	Waiting  []evidence.Role `json:"waiting"`
}

// reviewOf says whose letters a second person has approved as they would be written
// now; nil where the case asks for none.
func reviewOf(x Dossier, to []addressee) (*Review, error) {
	known, err := approvalsOf(x)
	if err != nil || !known.wanted {
		return nil, err
	}
	root, current, err := x.Folder.Current()
	if err != nil {
		return nil, err
	}
	r := Review{Approved: []evidence.Role{}, Waiting: []evidence.Role{}}
	for _, a := range known.all {
		r.By, r.On = a.By, a.Time[:min(10, len(a.Time))]
	}
	for _, a := range to {
		waits, err := known.lack(lying(x, a, root))
		if err != nil {
			return nil, err
		}
		if !current || waits {
			r.Waiting = append(r.Waiting, a.asked())
		} else {
			r.Approved = append(r.Approved, a.asked())
		}
	}
	return &r, nil
}
