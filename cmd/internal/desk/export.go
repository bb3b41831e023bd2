package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/sshsig"
	"juzheng/evidence/folder"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
)

// ExportOptions say what of a bundle is copied, where to, and for whom.
type ExportOptions struct {
	To        string        // a zip if it ends in .zip, else a folder; must not exist
	Only      []string      // numbers of the exhibits that go along; nil: all
	Bare      []string      // numbers of those that go along without their record
	Recipient evidence.Role // if not empty: only what the letter to it rests on
	Without   []string      // of what goes to a recipient, the exhibits that the person keeps back
	Receiver  string        // who gets the copy: a slip is made as well
	Slip      string        // where the slip goes; empty: the folder handover of the case
	Whole     bool          // also the whole logs, of which others get extracts
	Key       string        // SSH key that signs the copy (format 2); empty: it is not signed
}

// An Exported is what [Export] made.
type Exported struct {
	Path      string   `json:"path"`
	Root      string   `json:"root"`             // the evidence code, in format 1 the root
	Format    int      `json:"format,omitempty"` // 2; left out of format 1
	Copy      string   `json:"copy,omitempty"`   // digest of the copy, in format 2
	Here      int      `json:"here"`             // exhibits that go along
	Withheld  []string `json:"withheld"`         // numbers of exhibits
	Slip      string   `json:"slip,omitempty"`
	AfterHead string   `json:"after_head"` // of the log after the seal, in format 2 of the log in the copy
	Count     int      `json:"after_count"`

	SlipHead  string `json:"-"` // the head that the slip prints, and its count
	SlipCount int    `json:"-"`
}

// Lines are the objects of the result.
func (r Exported) Lines() []Line { return []Line{{"summary", r}} }

// ErrMovedOn reports a case that changed since it was sealed: what a letter
// rests on may not be what the bundle holds.
var ErrMovedOn = errors.New("the case changed since it was sealed")

// A NotCompetentError reports a recipient that is not competent for anything
// the material shows.
type NotCompetentError struct{ Name string }

func (e *NotCompetentError) Error() string { return e.Name + ": " + letter.ErrNothingShown.Error() }
func (e *NotCompetentError) Unwrap() error { return letter.ErrNothingShown }

// An AllCoveredError reports that a copy for a recipient would be empty: all
// that goes along is covered in part on its papers.
type AllCoveredError struct{ Exhibits []string }

func (e *AllCoveredError) Error() string {
	return fmt.Sprintf("all exhibits are covered in part: %v", e.Exhibits)
}

// A LeftCovered tells which exhibits do not go along, because the papers for
// the recipient cover a part of them and a copy holds originals.
type LeftCovered struct{ Exhibits []string }

// An Uncovered tells which exhibits a copy shows whole that papers cover in
// part.
type Uncovered struct{ Exhibits []string }

// TimelineShows tells in which rows of the timeline words can be read in a copy
// that papers cover. They are named as in the case; in a partial copy they have
// other numbers.
type TimelineShows struct{ Rows []string }

// Code names the notice.
func (LeftCovered) Code() string   { return "left-covered" }
func (Uncovered) Code() string     { return "uncovered" }
func (TimelineShows) Code() string { return "timeline-shows" }

// ErrSignOld reports a copy of a bundle of format 1 that was to be signed: its
// signature is over the root, which all copies have.
var ErrSignOld = errors.New("a copy of a bundle of format 1 is not signed by itself")

// ErrNothingLeft reports a copy of which the person keeps every exhibit back.
var ErrNothingLeft = errors.New("every exhibit is kept back")

// Export copies a case's bundle for somebody else, in whole or in part. The
// evidence code stays as it is, and the copy tells of what does not go along no
// more than that it is withheld. The export is noted in the log.
func Export(ctx context.Context, d Desk, dir string, o ExportOptions) (r Exported, err error) {
	err = withBundle(ctx, d, dir, func(f *folder.Folder, bundle *folder.SealedBundle) error {
		r, err = export(ctx, d, f, bundle, o)
		return err
	})
	return r, err
}

func export(
	ctx context.Context, d Desk, f *folder.Folder, bundle *folder.SealedBundle, o ExportOptions,
) (r Exported, err error) {
	var keep []string
	who := o.Receiver
	if o.Recipient != "" {
		name, numbers, err := attached(d, f, o.Recipient, bundle)
		if err != nil {
			return r, err
		}
		if keep, err = withoutCovered(d, f, numbers, string(o.Recipient)); err != nil {
			return r, err
		}
		keep = slices.DeleteFunc(keep, func(x string) bool { return slices.Contains(o.Without, x) })
		if len(keep) == 0 {
			return r, ErrNothingLeft
		}
		if who == "" {
			who = name
		}
	} else {
		if keep, err = withoutLogs(d, f, bundle, o); err != nil {
			return r, err
		}
		if err := tellUncovered(d, f, keep); err != nil {
			return r, err
		}
	}
	if err := previewBundle(ctx, d, f, keep); err != nil {
		return r, err
	}
	h := handing{bundle: bundle, receiver: o.Receiver, slip: o.Slip, now: d.Now, shelf: d.Fonts}
	if o.Receiver != "" {
		if err := h.prepare(f); err != nil {
			return r, err
		}
	}
	c := folder.Outgoing{Dst: o.To, Zip: strings.EqualFold(filepath.Ext(o.To), ".zip"), For: who, Keep: keep,
		Bare: o.Bare}
	if o.Key != "" {
		if c.Sign, err = signerOf(ctx, d, bundle, o.Key); err != nil {
			return r, err
		}
	}
	done, err := f.Outside(c.Dst, h.path)
	if err != nil {
		return r, err
	}
	defer done()
	made, err := h.export(ctx, c)
	if errors.Is(err, os.ErrExist) {
		return r, &TakenError{o.To}
	}
	if err != nil {
		return r, err
	}
	if o.Receiver != "" {
		if err := h.write(); err != nil {
			return r, err
		}
	}
	files, err := bundle.Files()
	if err != nil {
		return r, err
	}
	r = Exported{Path: c.Dst, Root: bundle.Root.SHA256, Format: made.Root.Format, Here: len(files) - len(made.Left),
		Withheld: make([]string, len(made.Left)), Slip: h.path, SlipHead: h.content.Head, SlipCount: h.content.Count}
	for i, x := range made.Left {
		r.Withheld[i] = x.Number
	}
	if made.Root.Format == 2 {
		r.Copy, r.AfterHead, r.Count = made.Root.Copy.SHA256, made.Root.CustodyHead, made.Root.CustodyEntries
		return r, nil
	}
	r.AfterHead, r.Count, err = bundle.AfterHead()
	return r, err
}

// signerOf signs the root document of a copy with a key.
func signerOf(
	ctx context.Context, d Desk, bundle *folder.SealedBundle, key string,
) (func([]byte) ([]byte, error), error) {
	if bundle.Root.Format != 2 {
		return nil, ErrSignOld
	}
	keyPEM, err := os.ReadFile(key)
	if err != nil {
		return nil, err
	}
	sign := func(document []byte) ([]byte, error) {
		return sshsig.Sign(document, keyPEM, bag.CopyNamespace, askPassphrase(ctx, d, Secret{SigningKey, key}))
	}
	// A key that cannot be used is found before anything is noted.
	if _, err := sign(nil); errors.Is(err, context.Canceled) {
		return nil, err
	} else if err != nil {
		return nil, &KeyError{key, err}
	}
	return sign, nil
}

// attached finds the exhibits that the letter to one recipient rests on, and
// the recipient's name.
func attached(d Desk, f *folder.Folder, to evidence.Role, bundle *folder.SealedBundle) (string, []string, error) {
	if !bundle.Current {
		return "", nil, ErrMovedOn
	}
	x, err := read(d, f)
	if err != nil {
		return "", nil, err
	}
	all, err := recipients(x, []evidence.Role{to})
	if err != nil {
		return "", nil, err
	}
	able, _ := competent(x, all)
	if len(able) == 0 {
		return "", nil, &NotCompetentError{all[0].recipient.Name}
	}
	return able[0].recipient.Name, letter.Attached(input(x, able[0], bundle.Root)), nil
}

// attachedTo are the exhibits that the letter to a recipient rests on.
func attachedTo(x Dossier, a addressee) []string { return letter.Attached(input(x, a, bag.Root{})) }

// withoutCovered leaves out the exhibits that the papers for a recipient cover
// a part of: a copy of the bundle holds originals, and would show it.
func withoutCovered(d Desk, f *folder.Folder, numbers []string, role string) ([]string, error) {
	rows, err := f.Redactions()
	if err != nil {
		return nil, err
	}
	extracts, err := extractsIn(f, nil)
	if err != nil {
		return nil, err
	}
	of := map[string]string{}
	for _, e := range extracts {
		of[e.Number] = e.Extract.Of
	}
	var keep, covered []string
	for _, n := range numbers {
		if slices.ContainsFunc(rows, func(r evidence.Redaction) bool {
			return (r.Exhibit == n || r.Exhibit != "" && r.Exhibit == of[n]) && r.For(role)
		}) {
			covered = append(covered, n)
			continue
		}
		keep = append(keep, n)
	}
	if len(covered) == 0 {
		return keep, tellTimeline(d, f, rows, role, keep)
	}
	if len(keep) == 0 {
		return nil, &AllCoveredError{covered}
	}
	d.tell(LeftCovered{covered})
	return keep, tellTimeline(d, f, rows, role, keep)
}

// tellUncovered tells what a copy shows that papers cover. Keep is what goes
// along; nil is all.
func tellUncovered(d Desk, f *folder.Folder, keep []string) error {
	rows, err := f.Redactions()
	if err != nil {
		return err
	}
	extracts, err := extractsIn(f, keep)
	if err != nil {
		return err
	}
	var shown []string
	for _, r := range rows {
		covered := []string{r.Exhibit}
		for _, e := range extracts {
			if e.Extract.Of == r.Exhibit {
				covered = append(covered, e.Number)
			}
		}
		for _, n := range covered {
			if n != "" && (keep == nil || slices.Contains(keep, n)) && !slices.Contains(shown, n) {
				shown = append(shown, n)
			}
		}
	}
	if len(shown) > 0 {
		d.tell(Uncovered{shown})
	}
	return tellTimeline(d, f, rows, "", keep)
}

// tellTimeline tells which rows in the timeline of a copy show words that papers
// for a role cover (empty: any papers). Keep is what goes along; nil is all. A
// copy of format 1 holds the rows of all exhibits, whatever goes along.
func tellTimeline(d Desk, f *folder.Folder, rows []evidence.Redaction, role string, keep []string) error {
	words := slices.DeleteFunc(slices.Clone(rows), func(r evidence.Redaction) bool {
		return r.Text == "" || role != "" && !r.For(role)
	})
	if len(words) == 0 {
		return nil
	}
	timeline, err := f.Timeline()
	if err != nil {
		return err
	}
	if root, err := bag.ReadRoot(f.Path(folder.BundleDir)); err == nil && root.Format != 2 {
		keep = nil
	}
	for n := range words {
		words[n].To = nil
	}
	extracts, err := extractsIn(f, keep)
	if err != nil {
		return err
	}
	var shown []string
	for _, i := range timeline {
		of := i.By(extracts).From()
		if keep != nil && (len(of) == 0 ||
			slices.ContainsFunc(of, func(e string) bool { return !slices.Contains(keep, e) })) {
			continue
		}
		_, _, missing := mask.Redact(mask.Matter{Incidents: []evidence.Incident{i}}, "", words)
		if len(missing) < len(words) {
			shown = append(shown, i.ID)
		}
	}
	if len(shown) > 0 {
		d.tell(TimelineShows{shown})
	}
	return nil
}

// export makes the copy that is handed over, and notes that the handover is
// begun: of format 1 first, so that the copy holds the record whose digest the
// slip prints; of format 2 after it.
func (h *handing) export(ctx context.Context, c folder.Outgoing) (made folder.Copied, err error) {
	if h.receiver == "" {
		return h.bundle.Export(ctx, c, h.now)
	}
	left, err := h.bundle.LeftOut(c)
	if err != nil {
		return made, err
	}
	files, err := h.bundle.Files()
	if err != nil {
		return made, err
	}
	nameWhat(h, filepath.Base(c.Dst), slices.DeleteFunc(files, func(x bag.Entry) bool {
		return slices.ContainsFunc(left, func(l bag.Entry) bool { return l.Path == x.Path })
	}), left)
	listed := h.bundle.Root.Format == 2
	if !listed {
		if err := h.begin(); err != nil {
			return made, err
		}
	}
	if made, err = h.bundle.Export(ctx, c, h.now); err != nil {
		if !listed {
			err = errors.Join(err, h.bundle.GiveUpHandover(h.now))
		}
		return made, err
	}
	if listed {
		copyOf(h, made.Root)
		if err := h.begin(); err != nil {
			return made, err
		}
	}
	if c.Zip {
		sums, err := folder.SumsOf(c.Dst)
		if err != nil {
			return made, err
		}
		h.content.FileSum = sums.SHA256
	}
	return made, nil
}
