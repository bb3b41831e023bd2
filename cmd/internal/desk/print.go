package desk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates/filing"
	"juzheng/templates/packet"
)

// PrintOptions say whose papers are printed, and how.
type PrintOptions struct {
	To       string // a role, or the slug of one of this case's recipients
	File     string // where the print file goes; empty: the packet of the recipient
	Copies   int
	Duplex   bool
	Envelope string // a code of [EnvelopeCodes], or "AUTO"; empty: none
}

// EnvelopeCodes are the sizes of envelopes.
func EnvelopeCodes() []string {
	var out []string
	for _, s := range filing.EnvelopeSizes {
		out = append(out, s.Code)
	}
	return out
}

// A Printed is the print file of one recipient, and what goes with it.
type Printed struct {
	packet.Printed
	Copies int
	Duplex bool
	Scans  []string // of the signed letter, where there is one already
	// Unreviewed: a second person has not approved the letter, and each page says so.
	Unreviewed bool
	Role       evidence.Role // whose papers
}

// SheetsInAll is how much paper all copies take.
func (r Printed) SheetsInAll() int { return r.Copies * r.Sheets(r.Duplex) }

// Roomier is the code of the envelope that so many sheets fit into.
func (r Printed) Roomier() string { return filing.SizeFor(r.Sheets(r.Duplex)).Code }

// A PrintSummary is what is in a print file.
type PrintSummary struct {
	Copies   int         `json:"copies"`
	Envelope string      `json:"envelope,omitempty"`
	Pages    int         `json:"pages"`
	Parts    []PrintPart `json:"parts"`
	PDF      string      `json:"pdf"`
	Posting  string      `json:"posting_list,omitempty"`
	Scans    []string    `json:"scans,omitempty"`
	Sheets   int         `json:"sheets"`

	Unreviewed bool `json:"unreviewed,omitempty"`
}

// A PrintPart is one paper of a copy.
type PrintPart struct {
	Blank bool   `json:"blank_after"`
	First int    `json:"first"`
	Pages int    `json:"pages"`
	Title string `json:"title"`
}

// Lines are the objects of the result.
func (r Printed) Lines() []Line {
	parts := []PrintPart{}
	for _, p := range r.Parts {
		parts = append(parts, PrintPart{p.Blank, p.First, p.Pages, p.Title})
	}
	return []Line{{"summary", PrintSummary{r.Copies, r.Envelope, r.Pages, parts, r.File, r.Posting, r.Scans,
		r.SheetsInAll(), r.Unreviewed}}}
}

// An EnvelopeError reports a size of envelope there is not.
type EnvelopeError struct{ Code string }

func (e *EnvelopeError) Error() string { return fmt.Sprintf("no such envelope: %q", e.Code) }

// A NotCurrentError reports a case that is not sealed, or changed since: the
// root on paper would not be the bundle's. Where the bundle is of the case as it is,
// Name is whose papers alone are not: what is printed would lie beside others.
type NotCurrentError struct {
	Case   string
	Signed bool // the scan of a signed letter was given
	Name   string
	To     evidence.Role

	Approve bool // a letter was to be approved
}

func (e *NotCurrentError) Error() string { return e.Case + ": not sealed, or changed since" }

// papersCurrent reports papers of a recipient that the case as it is would not make.
func papersCurrent(x Dossier, a addressee, signed bool) error {
	current, _, err := x.Folder.PapersCurrent(a.folder, coversOf(x))
	if err != nil || current {
		return err
	}
	return &NotCurrentError{Case: x.Folder.Dir(), Signed: signed, Name: a.recipient.Name, To: a.asked()}
}

// Print joins the papers for one recipient into one file for the printer. It
// is noted in the log after the seal, which the next seal covers: a letter
// cannot be under the root that it prints.
func Print(ctx context.Context, d Desk, dir string, o PrintOptions) (r Printed, err error) {
	if o.Envelope != "" && o.Envelope != packet.ByWeight && !slices.Contains(EnvelopeCodes(), o.Envelope) {
		return r, &EnvelopeError{o.Envelope}
	}
	f, unlock, err := d.lock(dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	x, err := read(d, f)
	if err != nil {
		return r, err
	}
	root, current, err := f.Current()
	switch {
	case err != nil:
		return r, err
	case !current:
		return r, &NotCurrentError{Case: dir}
	}
	a, err := oneRecipient(x, o.To)
	if err != nil {
		return r, err
	}
	if err := papersCurrent(x, a, false); err != nil {
		return r, err
	}
	bundle, err := sealed(ctx, d, f)
	if err != nil {
		return r, err
	}
	if err := f.CheckExhibits(ctx); err != nil {
		return r, err
	}
	visible, err := visibleTo(x, []addressee{a})
	if err != nil {
		return r, err
	}
	for _, w := range visibleWords(x.Redactions, x.Exhibits) {
		d.tell(w)
	}
	for _, p := range visible {
		d.tell(p)
	}
	if err := previewPapers(ctx, d, x, []addressee{a}); err != nil {
		return r, err
	}
	supplement := f.Supplement(a.folder)
	path := o.File
	if path == "" {
		if path, err = printFile(f, a, supplement != ""); err != nil {
			return r, err
		}
	}
	heard, err := listen(ctx, d, x)
	if err != nil {
		return r, err
	}
	how := packet.Printing{Copies: o.Copies, Duplex: o.Duplex, Envelope: o.Envelope, Own: o.File != ""}
	done, err := f.Outside(packet.PrintFiles(path, how)...)
	if err != nil {
		return r, err
	}
	defer done()
	approvals, err := approvalsOf(x)
	if err != nil {
		return r, err
	}
	order := heard.into(order(x, a, root))
	_, missing := packet.Covered(order)
	if err := coverable(missing); err != nil {
		return r, err
	}
	order.Supplement, order.Filed = supplement, supplement != ""
	if order.Input.Unreviewed, err = approvals.lack(order); err != nil {
		return r, err
	}
	made, err := packet.Print(ctx, path, order, how)
	if err != nil {
		return r, err
	}
	for _, p := range []string{made.File, made.Envelope, made.Posting} {
		if p != "" {
			if err := f.NoteMade(p, coversOf(x)); err != nil {
				return r, err
			}
		}
	}
	sums, err := folder.SumsOf(path)
	if err != nil {
		return r, err
	}
	detail := fmt.Sprintf("to=%s copies=%d pages=%d sha256=%s", a.role, o.Copies, made.Pages, sums.SHA256)
	var scans []string
	if supplement == "" {
		scans = f.Scans(a.folder, root.SHA256, coversOf(x))
	}
	return Printed{made, o.Copies, o.Duplex, scans, order.Input.Unreviewed, a.asked()},
		bundle.Note(bag.EventPrint, detail, d.Now)
}

// oneRecipient is whose papers are meant by a role or a slug, its folder
// numbered over all recipients of the case, as [Build] does.
func oneRecipient(x Dossier, to string) (addressee, error) {
	roles := evidence.UsualRoles()
	if to == string(evidence.ToLender) {
		roles = evidence.Roles()
	}
	if r := evidence.Role(to); r.Further() {
		roles = []evidence.Role{r}
	}
	// Whom an obstacle hides is nobody yet; it is reported if it was meant.
	roles = slices.DeleteFunc(roles, func(r evidence.Role) bool { return len(x.Report.ObstaclesTo(r)) > 0 })
	if known := evidence.Role(to); len(roles) == 0 ||
		slices.Contains(evidence.AllRoles(), known) && !slices.Contains(roles, known) {
		if err := unobstructed(x, evidence.AllRoles()...); err != nil {
			return addressee{}, err
		}
	}
	all, err := recipients(x, roles)
	if err != nil {
		return addressee{}, err
	}
	// A slug means the report: the complaint to be passed on is named by its role.
	meant := func(a addressee) bool {
		return string(a.role) == to || a.recipient.Slug == to && a.role != evidence.ToForward
	}
	can, left := competent(x, all)
	if n := slices.IndexFunc(can, meant); n >= 0 {
		return can[n], nil
	}
	if n := slices.IndexFunc(left, meant); n >= 0 {
		return addressee{}, &NotCompetentError{left[n].recipient.Name}
	}
	return addressee{}, &NotOfCaseError{to}
}

// A NotOfCaseError reports a word that is no role and no slug of a recipient
// of the case.
type NotOfCaseError struct{ To string }

func (e *NotOfCaseError) Error() string { return fmt.Sprintf("no recipient of the case: %q", e.To) }

// printName is the print file in the folder of a recipient.
const printName = "打印.pdf"

// printFile is where the print file of a recipient goes: the folder that
// [Build] made for it, whatever its number, which depends on whom else papers
// were made for; in it that of the supplement, where nothing else was made.
func printFile(f *folder.Folder, a addressee, supplement bool) (string, error) {
	dir := f.Path(folder.PacketDir, a.folder)
	if made, ok := packetOf(f, a); ok {
		dir = f.Path(folder.PacketDir, made)
	}
	if supplement {
		dir = filepath.Join(dir, packet.ExtraFolder)
	}
	return filepath.Join(dir, printName), os.MkdirAll(dir, 0o700)
}
