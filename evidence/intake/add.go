package intake

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/logs"
)

// Options says how to add.
type Options struct {
	Now      time.Time
	MaxBytes int64                   // of one file; 0: 8 GiB
	PhoneOf  evidence.Reached        // whose phone the files are from; empty or self: the complainant's own
	Progress func(done, total int64) // bytes of the files given, after each part read
	Rehash   bool                    // read files whole that look as they did when they were added before

	// PDFs reads the text of PDFs; nil: they are kept, and not read.
	PDFs PDFReader

	// KeepArchives makes an exhibit of an archive too, and not only of its files.
	KeepArchives bool

	rows int // of logs that the timeline may have; 0: mostRows

	// Base is the folder below which paths are on record; empty: as they were
	// given. With it nothing is kept of how files look on this computer either:
	// an invented case is the same bytes wherever it is made.
	Base string
}

// told is the path on record of a file that is given.
func (o Options) told(path string) string {
	if o.Base != "" {
		if rel, err := filepath.Rel(o.Base, path); err == nil && filepath.IsLocal(rel) {
			path = filepath.ToSlash(rel)
		}
	}
	return shownName(path)
}

// A Summary accounts for every file given: Given = Admitted + Duplicates +
// Known + Unusable.
type Summary struct {
	Given      int
	Admitted   []evidence.Exhibit
	Duplicates []folder.Known      // further copies of an exhibit
	Known      int                 // given before, unchanged
	Unusable   []evidence.Unusable // with the reason
	NewlyNoted int                 // of Unusable, those not on record before

	Reassigned []string            // known exhibits that are from another phone than was said before
	Moved      []string            // rows whose 联系到谁 changed with that
	Devices    []device.Device     // phones that seem to be somebody else's: the person has to say
	Incidents  []evidence.Incident // rows appended to the timeline
	Links      []device.Link       // new exhibits that agree with rows already there
	Filled     []string            // ids of those rows in which empty cells were filled by them
	Skipped    []SkippedRow        // rows of logs that became no incident
	Unread     []UnreadLog         // logs that were not read whole, and why
	Columns    []ReadColumns       // lists of calls, and which column was taken for what
	Remarks    []UnreadLog         // what a person should look at in them
	Opened     []OpenedArchive     // archives whose files were given
	told       []string            // exhibits that a copy's name told of
	Signatures []string            // 【…】 in messages received: perhaps the platform
	Phrases    []MessageHit        // words in messages received that a person should read
	Clocks     []ClockOffset       // sources whose times differ by a constant: measured, never applied
	Retimed    []string            // rows that took the time of a better clock
}

// A SkippedRow is a row of a log that became no incident.
type SkippedRow struct {
	Exhibit string
	logs.Skipped
}

// An UnreadLog is a log of which something was not read.
type UnreadLog struct {
	Exhibit string
	evidence.Note
}

// ReadColumns says of a list of calls which column was taken for what.
type ReadColumns struct {
	Exhibit string
	Words   evidence.Text
}

const defaultMax = 8 << 30

// Add admits files and folders to a case, recognises them, and appends what
// they show to the timeline. Adding the same again changes nothing. The case
// must be locked by the caller.
func Add(ctx context.Context, f *folder.Folder, paths []string, opt Options) (Summary, error) {
	if opt.MaxBytes == 0 {
		opt.MaxBytes = defaultMax
	}
	opt.rows = cmp.Or(opt.rows, mostRows)
	if opt.Rehash {
		f.Rehash()
	}
	if opt.Base != "" {
		f.Forget()
	}
	var s Summary
	kase, err := f.ReadCase() // a mistake in it is said before anything is copied
	if err != nil {
		return s, err
	}
	if err := f.CheckTimeline(); err != nil { // nor is half of it done where the table cannot take its rows
		return s, err
	}
	found, err := walk(f.Dir(), paths, opt.Now)
	if err != nil {
		return s, err
	}
	for n := range found {
		found[n].told = opt.told(found[n].path)
	}
	found, s.Opened, err = unpackAll(ctx, f, found, opt)
	defer dropUnpacked(f)
	if err != nil {
		return s, err
	}
	found = originalsFirst(found)
	s.Given = len(found)
	tell := newTeller(found, opt.Progress)
	register, err := f.Register()
	if err != nil {
		return s, err
	}
	opt.PDFs = opt.PDFs.oneByOne()
	next := lookAhead(found, register.Given, func(g given) recognised { return recogniseGiven(ctx, g, opt.PDFs) })
	for n, g := range found {
		if err := ctx.Err(); err != nil {
			return s, err
		}
		next.start(n)
		recognise := func() recognised { return next.take(n) }
		if err := addOne(ctx, f, g, recognise, opt, tell, &s); err != nil {
			return s, err
		}
		next.drop(n)
		tell.next(g)
	}
	if len(s.Reassigned) > 0 {
		if s.Moved, err = SetPhone(f, s.Reassigned, opt.PhoneOf, opt.Now); err != nil {
			return s, err
		}
	}
	fresh, err := notPlaced(f, s.told)
	if err != nil {
		return s, err
	}
	if err := addIncidents(f, kase, fresh, opt, tell, &s); err != nil {
		return s, err
	}
	return s, placed(f, s.Admitted)
}

// A teller reports how far adding is, by bytes: one file may be as large as
// all others together.
type teller struct {
	tell              func(done, total int64)
	done, here, total int64 // here: of the file being read
	placing           int64 // what finding rows and likenesses in the files stands for
}

// perFile stands for the work that a file of any size costs.
const perFile = 64 << 10

func newTeller(found []given, tell func(done, total int64)) *teller {
	t := &teller{tell: tell}
	for _, g := range found {
		t.total += t.weight(g)
	}
	t.placing = t.total / 4
	t.total += t.placing
	return t
}

// The parts of placing, as how much of it is done at their end: one of them may take
// longer than all the files did.
const (
	likenessesFound = 0.5
	rowsRead        = 0.8
	rowsJoined      = 0.9
)

// placed tells that of n steps of a part of placing k are done.
func (t *teller) placed(from, to float64, k, n int) {
	if t.tell == nil || n == 0 {
		return
	}
	share := from + (to-from)*float64(k)/float64(n)
	t.tell(t.total-t.placing+int64(share*float64(t.placing)), t.total)
}

func (t *teller) weight(g given) int64 {
	if g.bad != nil || g.info == nil {
		return perFile
	}
	return perFile + g.info.Size()
}

func (t *teller) next(g given) {
	t.done, t.here = t.done+t.weight(g), 0
	if t.tell != nil {
		t.tell(t.done, t.total)
	}
}

// watch counts what is read of a file.
func (t *teller) watch(in io.ReadCloser, size int64) io.ReadCloser {
	if t.tell == nil || size < 8<<20 {
		return in
	}
	t.here = 0
	return &watched{in.(*os.File), t, size}
}

type watched struct {
	*os.File
	t    *teller
	size int64
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.File.Read(p)
	w.t.here = min(w.t.here+int64(n), w.size)
	w.t.tell(w.t.done+w.t.here, w.t.total)
	return n, err
}

// tooLarge says what to do with a file beyond the limit.
func tooLarge(size, most int64) *folder.UnusableError {
	gib := func(n int64) string { return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30)) }
	return &folder.UnusableError{Code: "too-large", Detail: evidence.Text{
		ZH: "文件有 " + gib(size) + "，超过上限 " + gib(most) + "，没有加入；录像请另存较短的一段再加，原文件留好",
		EN: gib(size) + " are more than the limit of " + gib(most) + "; save the part of the film that matters as a " +
			"file of its own and keep the original"}}
}

func addOne(
	ctx context.Context, f *folder.Folder, g given, recognise func() recognised, opt Options, tell *teller, s *Summary,
) error {
	bad := g.bad
	if bad == nil && g.info.Size() > opt.MaxBytes {
		bad = tooLarge(g.info.Size(), opt.MaxBytes)
	}
	if bad == nil {
		how, err := admit(ctx, f, g, recognise, opt, tell, s)
		if err == nil || !errors.As(err, &bad) {
			if how == folder.AlreadyKnown {
				s.Known++
			}
			return err
		}
	}
	u := evidence.Unusable{
		Path: g.told, PathHex: g.rawPath(), Code: bad.Code, Detail: bad.Detail.ZH, Noted: opt.Now,
	}
	if g.info != nil {
		u.Size = g.info.Size()
	}
	s.Unusable = append(s.Unusable, u)
	added, err := f.AddUnusable(u, shownName(g.below))
	if added {
		s.NewlyNoted++
	}
	return err
}

// admit makes an exhibit of a file, or finds it is one.
func admit(
	ctx context.Context, f *folder.Folder, g given, recognise func() recognised, opt Options, tell *teller, s *Summary,
) (folder.Admission, error) {
	src := folder.Source{Path: g.told, Below: shownName(g.below), Info: g.info,
		Open: func() (io.ReadCloser, error) {
			in, err := disk.OpenRegular(g.path)
			if err != nil {
				return nil, err
			}
			if g.packed != nil { // each time it is unpacked it is another file
				return struct{ io.ReadCloser }{tell.watch(in, g.info.Size())}, nil
			}
			return tell.watch(in, g.info.Size()), nil
		}}
	// What was given before is only hashed: recognising it costs more.
	if x, known, err := f.Knows(ctx, src, opt.Now); known || err != nil {
		if who, _ := x.PhoneSaid(); known && opt.PhoneOf != evidence.ReachedUnknown && who != opt.PhoneOf {
			s.Reassigned = append(s.Reassigned, x.Number)
		}
		return folder.AlreadyKnown, err
	}
	r := recognise()
	if r.err != nil {
		return "", r.err
	}
	x := r.exhibit
	if opt.PhoneOf != evidence.ReachedUnknown {
		x.Notes = append(x.Notes, evidence.Note{Code: evidence.NotePhoneOf, About: string(opt.PhoneOf),
			Detail: phoneDetail(opt.PhoneOf)})
	}
	x, how, err := f.Admit(ctx, src, x, r.extension, opt.Now)
	switch {
	case err != nil:
	case how == folder.Admitted:
		if r.pdf != nil {
			cacheText(f, x, *r.pdf)
		}
		s.Admitted = append(s.Admitted, x)
	case how == folder.Duplicate:
		if x.ToldBy == shownName(g.name) {
			s.told = append(s.told, x.Number)
		}
		s.Duplicates = append(s.Duplicates, folder.Known{Path: g.told, Exhibit: x.Number, SHA256: x.SHA256})
	}
	return how, err
}

// recogniseFile reads what a file says about itself.
func recogniseFile(ctx context.Context, g given, pdfs PDFReader) (x evidence.Exhibit, f form, err error) {
	in, err := disk.OpenRegular(g.path)
	if err != nil {
		return x, f, &folder.UnusableError{Code: "unreadable", Detail: evidence.Text{
			ZH: "读不出：" + reason(err), EN: "cannot be read: " + reason(err)}}
	}
	defer in.Close()
	form := byName(recognise(in, g.info.Size()), g.name, in, g.info.Size())
	if form.code != "" && !g.whole {
		return x, f, &folder.UnusableError{Code: form.code, Detail: form.detail}
	}
	form, unread := asTranscript(form, g, in)
	if form.mediaType == pdfType && pdfs != nil {
		t, err := pdfs.read(ctx, io.NewSectionReader(in, 0, g.info.Size()), g.info.Size())
		if err != nil {
			return x, f, err
		}
		if form.pdf = &t; t.Pages.IsList() {
			form.kind = evidence.CallLog
		}
	}
	x = evidence.Exhibit{
		Kind: form.kind, MediaType: form.mediaType, OriginalName: shownName(g.name), NameHex: g.rawName(),
		Modified: g.info.ModTime(),
	}
	describe(&x, in, g.info.Size(), form)
	if unread && !noted(x, evidence.NoteUnread) {
		x.Notes = append(x.Notes, evidence.Note{Code: evidence.NoteUnread, Detail: notTranscript})
	}
	if form.kind == evidence.Document {
		noteOwnTable(&x, in, g.info.Size())
	}
	return x, form, nil
}

// reason is the cause of a file error without the path, which stands beside.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// shownName is a path that can be printed: bytes that are not UTF-8 become ?,
// their hex stands beside.
func shownName(s string) string {
	return strings.ToValidUTF8(s, "?")
}

func rawHex(s string) string {
	if utf8.ValidString(s) {
		return ""
	}
	return hex.EncodeToString([]byte(s))
}
