package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
	"juzheng/templates/typeset"
)

// BuildOptions say whose papers are made, and how.
type BuildOptions struct {
	To         []evidence.Role // nil: the usual ones
	Volume     int64           // most bytes of a volume of the exhibit book; 0: no limit
	Upload     int64           // bytes a recipient's page takes; 0: as the directory says
	Supplement string          // first exhibit of a supplement, as E012 or 12; empty: none
	Signed     []string        // files of the scan of the one recipient's signed letter, in the order of its pages

	// Read are digests of letters as the person read them ([LetterDraft]); where one says
	// something else by now, nothing is made, and a [ReadOtherwiseError] says which. Nil:
	// whatever they say.
	Read map[evidence.Role]string
}

// UsualVolume is the most bytes of a volume of the exhibit book unless told
// otherwise.
const UsualVolume = packet.UsualVolume

// GuideName is the file among the packets that the person reads first.
const GuideName = packet.GuideName

// A Built is a sealed bundle and the packets that were made of it.
type Built struct {
	Root    bag.Root
	Fresh   bool // sealed anew: the case had changed
	Bundle  string
	Zip     string
	Packet  string // folder of all packets
	Guide   string // for the person to read first
	Packets []BuiltPacket

	Unset        []typeset.Unset // pictures that could not be set, once an exhibit
	Heavy        []string        // exhibits larger than a volume may be
	NotForwarded bool            // a letter to be passed on was asked for beside others, and is not made
	Undecoded    bool            // ffmpeg would draw more waveforms
	NoSupplement string          // one was wanted from this exhibit on, which adds nothing to any finding
	Scans        []string        // of signed letters, below [Built.Packet]
	Unused       []string        // exhibits in the bundle that none of these letters rests on
	// Unwritten are screenshots of chats whose words nobody has written down: some of
	// Unused, and for that reason.
	Unwritten []string
	Unopened  []string // exhibits in the bundle that may hold all a phone has, and that no letter rests on
	Out       []string // exhibits that stay out of it
	Replaced  []string // those of Out in whose place another extract of the same log came
	Harm      TableHarm
	Due       []Due // what can be handed in later; nil where a supplement was made
	// Unreviewed are those whose letter waits for a second person.
	Unreviewed []evidence.Role
}

// A BuiltPacket is where the papers of one recipient are.
type BuiltPacket struct {
	Role   evidence.Role
	Name   string
	Folder string // below [Built.Packet]
	// Supplement is the first exhibit of what was made, where that is a supplement to
	// what was handed in, and nothing else.
	Supplement string
	Digest     string // of the words of its letter: see [LetterDraft]
}

// First is the recipient whose papers come next: a supplement is what was asked for.
func (r Built) First() BuiltPacket {
	return r.Packets[max(0, slices.IndexFunc(r.Packets, func(p BuiltPacket) bool { return p.Supplement != "" }))]
}

// Partial reports whether something could not be set, was asked for and not made, or is
// not in the letters because the timeline lost it.
func (r Built) Partial() bool { return len(r.Unset) > 0 || r.NotForwarded || r.Harm.Costs() }

// A BuildSummary says where what was built is.
type BuildSummary struct {
	Bundle  string   `json:"bundle"`
	Folders []string `json:"folders"`
	Fresh   bool     `json:"fresh"`
	Packet  string   `json:"packet"`
	Root    string   `json:"root"`
	RootSM3 string   `json:"root_sm3"`
	Scans   []string `json:"scans,omitempty"`
	Unused  []string `json:"unused"`
	Out     []string `json:"out"`
	Zip     string   `json:"zip"`

	Harm *TableHarm `json:"table_harm,omitempty"`

	Unreviewed []evidence.Role `json:"unreviewed,omitempty"`
}

// Lines are the objects of the result.
func (r Built) Lines() []Line {
	folders := []string{}
	for _, p := range r.Packets {
		folders = append(folders, p.Folder)
	}
	var harm *TableHarm
	if r.Harm.Costs() {
		harm = &r.Harm
	}
	return []Line{{"summary", BuildSummary{r.Bundle, folders, r.Fresh, r.Packet, r.Root.SHA256, r.Root.SM3,
		r.Scans, list(r.Unused), list(r.Out), r.Zip, harm,
		r.Unreviewed}}}
}

// A BlockedError reports what has to be mended before anything is made.
type BlockedError struct {
	Case   string
	Report evidence.Report // with the obstacles that were in the way, and no others
	Harm   TableHarm       // done to its timeline, which may be why
	Ready  []evidence.Role // whose letters can be made as the case stands
}

func (e *BlockedError) Error() string {
	return fmt.Sprintf("%s: %d points keep the case from being filed", e.Case, len(e.Report.Obstacles))
}

// A NothingToFileError reports that none of the recipients is competent for
// anything a file shows. Which they are was told one by one.
type NothingToFileError struct{}

func (e *NothingToFileError) Error() string { return letter.ErrNothingShown.Error() }
func (e *NothingToFileError) Unwrap() error { return letter.ErrNothingShown }

// An UnprintableError reports a character of case.toml that no font has.
type UnprintableError struct {
	packet.Unprintable
	Line int // of case.toml; 0: it cannot be told
}

func (e *UnprintableError) Error() string {
	return fmt.Sprintf("%s: no font has U+%04X", e.Key, e.Rune)
}

// TableDiffers tells what the timeline says otherwise than its files, which
// are what is read.
type TableDiffers struct{ Doubts []evidence.Doubt }

// NotCompetent tells that no papers are made for a recipient, for nothing a
// file shows is its business.
type NotCompetent struct{ Name string }

// WordsVisible tells that words are covered in the text of a picture that
// still shows them.
type WordsVisible struct{ Exhibit, Words string }

// PictureVisible tells of a picture that shows what a recipient does not get in text, by
// what was written down or read of it, and which nothing covers. A program's reading may
// be wrong either way.
type PictureVisible struct {
	Case    string   `json:"-"`
	Exhibit string   `json:"exhibit"`
	Words   []string `json:"words"` // masked
}

// Emergency tells what the person should do at once.
type Emergency struct{ Text evidence.Text }

// Sealing tells that the bundle is being sealed.
type Sealing struct{}

// PacketsKept tells what of the packets before still stands.
type PacketsKept struct {
	Files  []string // of the person, below packet/
	Others []string // folders of recipients who were not built this time
	Older  string   // folder of the packets that gave way; empty: none
	Gone   []string // folders among those of recipients who were not built this time
	Scans  []string // of signed letters, which went there with them
	// Swapped are scans in whose place others came, apart from what is handed in.
	Swapped []string
}

// BundleKept tells that a bundle which somebody changed, or put files into, was
// moved there as it is, and another took its place.
type BundleKept struct{ Folder string }

// FormatChanged tells, once, that a case of an earlier release goes on in
// format 2: letters print another code from now on, and those that were sent
// are checked with the bundle that is kept.
type FormatChanged struct{ Root string }

// Code names the notices.
func (FormatChanged) Code() string  { return "format-changed" }
func (BundleKept) Code() string     { return "bundle-kept" }
func (PacketsKept) Code() string    { return "packets-kept" }
func (TableDiffers) Code() string   { return "table-differs" }
func (NotCompetent) Code() string   { return "not-competent" }
func (WordsVisible) Code() string   { return "words-visible" }
func (PictureVisible) Code() string { return "picture-visible" }
func (Emergency) Code() string      { return "emergency" }
func (Sealing) Code() string        { return "sealing" }

// Build checks a case, seals it, and makes the packet of each recipient. What
// is in the way is found before anything is written: a [BlockedError] names it.
// The bundle stays as it is while the case does not change; the packets of the
// run before stay until the new ones are whole.
func Build(ctx context.Context, d Desk, dir string, o BuildOptions) (Built, error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return Built{}, err
	}
	defer unlock()
	x, err := read(d, f)
	if err != nil {
		return Built{}, err
	}
	b, err := prepared(ctx, d, x, o)
	if err != nil {
		return Built{}, err
	}
	if err := keepFiled(d, f, x); err != nil {
		return Built{}, err
	}
	changed, err := intake.Extract(ctx, f, x.Case, ofLetters(x), d.PDFs, d.Now)
	if err != nil {
		return Built{}, err
	}
	if changed {
		if b.Dossier, err = read(d, f); err != nil {
			return Built{}, err
		}
		d.tell(Extracted{b.extracts()})
	}
	before, _ := bag.ReadRoot(f.Path(folder.BundleDir)) // none, or none that can be read
	r := Built{Bundle: f.Path(folder.BundleDir), Zip: f.Path(folder.BundleZip), Packet: f.Path(folder.PacketDir),
		Guide: f.Path(folder.PacketDir, GuideName), Undecoded: b.heard.undecoded, NotForwarded: b.unforwarded}
	if r.Root, r.Fresh, err = seal(ctx, d, f); err != nil {
		return Built{}, err
	}
	if before.SHA256 != "" && before.Format == 0 {
		d.tell(FormatChanged{before.SHA256})
	}
	orders, err := b.orders(d, &r)
	if err != nil {
		return Built{}, err
	}
	if err := b.account(&r); err != nil {
		return Built{}, err
	}
	if err := r.write(ctx, d, b.Dossier, orders); err != nil {
		return r, err
	}
	if err := asideUncovered(d, b.Dossier); err != nil {
		return r, err
	}
	return r, tellPage(d, b.Dossier)
}

// unused are the exhibits in a bundle that no letter to some recipients rests
// on. A transcript is used with its recording.
func unused(x Dossier, to []addressee) []string {
	used := map[string]bool{}
	for _, a := range to {
		for _, n := range attachedTo(x, a) {
			used[n] = true
		}
	}
	for _, e := range x.extracts() { // its log is what shows that it is one
		used[e.Extract.Of] = used[e.Extract.Of] || used[e.Number]
	}
	var out []string
	for _, e := range x.sealed() {
		if !used[e.Number] && !used[e.TranscriptOf()] {
			out = append(out, e.Number)
		}
	}
	return out
}

// addressed are the recipients competent for something. It reports what keeps
// the case from being filed, and tells who is left out.
func addressed(d Desk, x Dossier, to []evidence.Role) ([]addressee, error) {
	if table := slices.DeleteFunc(slices.Clone(x.Report.Doubts),
		func(o evidence.Doubt) bool { return !o.OfTable() }); len(table) > 0 {
		d.tell(TableDiffers{table})
	}
	if to == nil {
		to = evidence.UsualRoles()
	}
	if err := unobstructed(x, to...); err != nil {
		return nil, err
	}
	all, err := recipients(x, to)
	if err != nil {
		return nil, err
	}
	out, left := competent(x, all)
	for _, a := range left {
		d.tell(NotCompetent{a.recipient.Name})
	}
	if len(out) == 0 {
		return nil, &NothingToFileError{}
	}
	return out, nil
}

// NotForwarded tells why the letter to be passed on, which was asked for beside
// others, is not made.
type NotForwarded struct{ Why evidence.Text }

// Code names the notice.
func (NotForwarded) Code() string { return "not-forwarded" }

// notForwarded reports, and tells, that a letter to be passed on was asked for and
// is not made.
func notForwarded(d Desk, x Dossier, to []evidence.Role) bool {
	var no *NotForwardedError
	if !slices.Contains(to, evidence.ToForward) || !errors.As(forwardable(x.Case), &no) {
		return false
	}
	d.tell(NotForwarded{no.Why})
	return true
}

// unobstructed reports what is in the way of the letters of some roles.
func unobstructed(x Dossier, to ...evidence.Role) error {
	in := x.Report.ObstaclesTo(to...)
	if len(in) == 0 {
		return nil
	}
	r := x.Report
	r.Obstacles = in
	return &BlockedError{x.Folder.Dir(), r, x.Harm, ready(x.Report)}
}

// OwnRecords tells of the user's own files whose records are used.
type OwnRecords struct{ Files []Outside }

// Code names the notice.
func (OwnRecords) Code() string { return "own-records" }

// lookOver reports rows of redactions.csv that cover nothing, and tells what
// the papers would still show.
func lookOver(d Desk, x Dossier, heard heard, to []addressee) error {
	var visible []PictureVisible
	of := matterOf(x)
	for _, a := range to {
		in, missing := packet.Covered(heard.into(of.order(a, bag.Root{})))
		if err := coverable(missing); err != nil {
			return err
		}
		visible = withVisible(visible, x.Folder.Dir(), in)
	}
	if log := uncut(x); log != nil {
		d.tell(*log)
	}
	for _, w := range visibleWords(x.Redactions, x.Exhibits) {
		d.tell(w)
	}
	for _, p := range visible {
		d.tell(p)
	}
	if x.Report.Emergency.ZH != "" {
		d.tell(Emergency{x.Report.Emergency})
	}
	return nil
}

// withVisible are pictures that show what a recipient of papers does not get in text, with
// those of one paper more.
func withVisible(out []PictureVisible, dir string, in letter.Input) []PictureVisible {
	for _, u := range letter.Uncovered(in) {
		at := slices.IndexFunc(out, func(p PictureVisible) bool { return p.Exhibit == u.Exhibit })
		if at < 0 {
			at, out = len(out), append(out, PictureVisible{Case: dir, Exhibit: u.Exhibit})
		}
		for _, w := range u.Words {
			if !slices.Contains(out[at].Words, w) {
				out[at].Words = append(out[at].Words, w)
			}
		}
	}
	return out
}

// write sets all papers beside their place and renames them in one go.
func (r *Built) write(ctx context.Context, d Desk, x Dossier, orders []packet.Order) error {
	f := x.Folder
	partial, err := os.MkdirTemp(f.Dir(), ".packet-*.partial")
	if err != nil {
		return fmt.Errorf("write the packet: %w", err)
	}
	defer os.RemoveAll(partial) // does nothing after the rename
	made, err := packet.BuildAll(ctx, partial, orders)
	if err != nil {
		return err
	}
	supplements, beside := map[string]string{}, map[string]string{}
	for n, m := range made {
		for _, s := range m.Scans {
			r.Scans = append(r.Scans, orders[n].Folder+"/"+s)
		}
		if p := orders[n].Scan; p != nil && !p.PDF() && len(p.Files) != m.Pages {
			d.tell(ScanPages{len(p.Files), m.Pages})
		}
		r.Unset, r.Heavy = append(r.Unset, m.Unset...), append(r.Heavy, m.Heavy...)
		if m.Supplement {
			r.NoSupplement = ""
		}
		switch {
		case m.Supplement && orders[n].Filed:
			r.Packets[n].Supplement = orders[n].Supplement
			supplements[orders[n].Folder] = orders[n].Supplement
		case m.Supplement:
			beside[orders[n].Folder] = orders[n].Supplement
		}
	}
	r.Unset = slices.CompactFunc(r.Unset, func(a, b typeset.Unset) bool { return a.Exhibit == b.Exhibit })
	slices.Sort(r.Heavy)
	r.Heavy = slices.Compact(r.Heavy)
	if err := ctx.Err(); err != nil {
		return err
	}
	kept, err := f.PutPackets(partial, folder.Packets{Root: r.Root.SHA256, Scans: r.Scans, Supplements: supplements,
		Beside: beside, Covers: coversOf(x), Fonts: fontRecords(orders[0].Fonts)}, d.Now)
	if err == nil && len(kept.Files)+len(kept.Others)+len(kept.Older)+len(kept.Swapped) > 0 {
		d.tell(PacketsKept{kept.Files, kept.Others, kept.Older, kept.Gone, kept.Scans, kept.Swapped})
	}
	return err
}
