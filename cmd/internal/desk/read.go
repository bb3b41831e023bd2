package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/intake/ocr"
	"juzheng/evidence/intake/transcript"
)

// ReadOptions say what is read off exhibits.
type ReadOptions struct {
	Only   []string // exhibit numbers; empty: all
	Again  bool     // also what was read before
	Speech []string // an outside command that hears recordings, {} stands for the file; may be empty
	Listen bool     // recordings are heard by a speech program of this machine
	Models []string // where its model may lie
}

// Readings say what was read, and in which of it words worth reading stand.
type Readings struct {
	intake.ReadSummary
	Hits []intake.ExhibitHit
}

// An UnreadLine is an exhibit that could not be read.
type UnreadLine struct {
	Exhibit string        `json:"exhibit"`
	Detail  evidence.Text `json:"detail"`
}

// A ReadSummary ends what is said of reading.
type ReadSummary struct {
	Before int `json:"before"`
	Failed int `json:"failed"`
	Read   int `json:"read"`
}

// Lines are the objects of the result.
func (r Readings) Lines() []Line {
	var out []Line
	for _, x := range r.Read {
		out = append(out, Line{"reading", x})
	}
	for _, u := range r.Failed {
		out = append(out, Line{"unread", UnreadLine{u.Exhibit, u.Why}})
	}
	return append(out, Line{"summary", ReadSummary{r.Already, len(r.Failed), len(r.Read)}})
}

// OnlyHeard tells that pictures are not read this time, for want of tesseract.
type OnlyHeard struct{}

// Code names the notice.
func (OnlyHeard) Code() string { return "only-heard" }

// Reading is the work of reading exhibits.
const Reading Work = "reading"

// A NoExhibitError reports a number that no exhibit has.
type NoExhibitError struct{ Number string }

func (e *NoExhibitError) Error() string { return "no exhibit " + e.Number }

// A NoReaderError reports that there is no program to read pictures with.
type NoReaderError struct{ Err error }

func (e *NoReaderError) Error() string { return e.Err.Error() }
func (e *NoReaderError) Unwrap() error { return e.Err }

// A NoEngineError reports that no speech program of this machine can be used.
type NoEngineError struct {
	Names []string // of those that were looked for
	Err   error
}

func (e *NoEngineError) Error() string { return e.Err.Error() }
func (e *NoEngineError) Unwrap() error { return e.Err }

// CanRead reports with a [NoReaderError] that this computer has no program that reads
// the words of pictures.
func CanRead(ctx context.Context) error {
	if _, err := ocr.FindTesseract(ctx); err != nil {
		return &NoReaderError{err}
	}
	return nil
}

// UnreadPictures are the screenshots, the photos of paper and the scanned PDFs in the
// evidence whose words neither a person nor a program has written down. With idle those
// photos are among them that stay out as long as nothing is said of them: read, one may
// tell itself to be a letter.
func UnreadPictures(ctx context.Context, x Dossier, idle bool) ([]string, error) {
	readings, err := x.Folder.Readings()
	if err != nil {
		return nil, err
	}
	all := unwritten(x)
	for _, e := range unplaced(x) { // what they show is asked, with the words beside them
		if _, said := e.LeftSaid(); e.Kind == evidence.Screenshot && !said {
			all = append(all, e.Number)
		}
	}
	said := map[string]bool{}
	for _, i := range x.Incidents {
		for _, e := range i.Exhibits {
			said[e] = said[e] || i.Shown != "" || i.Words != ""
		}
	}
	for _, e := range x.Exhibits {
		left, told := e.LeftSaid()
		photo := e.Kind == evidence.Photo && !said[e.Number] && (!x.Out[e.Number] || idle && !told)
		scan := (!x.Out[e.Number] || !left && !told) && intake.Scanned(ctx, x.Folder, e, nil)
		if (photo || scan) && !slices.Contains(all, e.Number) {
			all = append(all, e.Number)
		}
	}
	return slices.DeleteFunc(all, func(n string) bool {
		return slices.ContainsFunc(readings, func(r evidence.Reading) bool { return r.Exhibit == n })
	}), nil
}

// Read has programs read pictures and hear recordings of a case. What they
// make of them is marked unchecked, and no letter says it before [Accept].
func Read(ctx context.Context, d Desk, dir string, o ReadOptions) (r Readings, err error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	register, err := f.Register()
	if err != nil {
		return r, err
	}
	opt := intake.ReadOptions{Now: d.Now, Again: o.Again, Speech: o.Speech, PDFs: d.PDFs}
	if d.Draw != nil {
		opt.Draw = intake.PageDrawer(d.Draw)
	}
	for _, n := range o.Only {
		n = strings.ToUpper(n)
		if _, ok := register.Lookup(n); !ok {
			return r, &NoExhibitError{n}
		}
		opt.Only = append(opt.Only, n)
	}
	if o.Listen {
		engine, err := transcript.FindEngine(append(slices.Clone(o.Models), filepath.Join(d.Settings, "models")))
		if err != nil {
			return r, &NoEngineError{transcript.EngineNames(), err}
		}
		opt.Engine = &engine
	}
	tesseract, err := ocr.FindTesseract(ctx)
	switch {
	case err == nil:
		opt.Tesseract = &tesseract
	case len(opt.Speech) > 0 || opt.Engine != nil:
		d.tell(OnlyHeard{})
	default:
		return r, &NoReaderError{err}
	}
	step, end := d.work(Reading)
	defer end()
	opt.Progress = func(done, total int) { step(int64(done), int64(total)) }
	r.ReadSummary, err = intake.Read(ctx, f, opt)
	r.Hits = intake.PhrasesInReadings(r.Read)
	return r, err
}

// An Accepted is what became of words that the person compared with their
// original.
type Accepted struct {
	Number string `json:"accepted"`

	Transcript string   `json:"-"` // the exhibit that the words of a recording became
	Rows       []string `json:"-"` // the rows that the words of a picture went into
}

// Lines are the objects of the result.
func (r Accepted) Lines() []Line { return []Line{{"summary", r}} }

// A FixedError reports words for an exhibit that is a transcript itself and
// cannot be changed.
type FixedError struct{ Number string }

func (e *FixedError) Error() string { return e.Number + " is an exhibit and cannot be changed" }

// A NotTextError reports a file of words that is no text of at most 1 MB.
type NotTextError struct{ Path string }

func (e *NotTextError) Error() string { return e.Path + " is no text file of at most 1 MB" }

// A NoWordsError reports an exhibit off which nothing was read.
type NoWordsError struct{ Number string }

func (e *NoWordsError) Error() string { return "nothing was read off " + e.Number }

// A NoRowError reports words for which no row of the timeline waits.
type NoRowError struct {
	Number string
	Err    error
}

func (e *NoRowError) Error() string { return e.Number + ": " + e.Err.Error() }
func (e *NoRowError) Unwrap() error { return e.Err }

// Accept takes over the words of an exhibit, the person having compared them:
// those that a program read, or those of a file. Words of a picture go into
// rows, words of a recording become an exhibit, a transcript is marked as
// checked.
func Accept(ctx context.Context, d Desk, dir, number, file string) (r Accepted, err error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	register, err := f.Register()
	if err != nil {
		return r, err
	}
	x, ok := register.Lookup(number)
	if !ok {
		return r, &NoExhibitError{number}
	}
	r.Number = number
	if x.Kind == evidence.Transcript {
		if file != "" {
			return r, &FixedError{number}
		}
		return r, f.AddNote(number, evidence.Note{Code: evidence.NoteChecked, Detail: "本人已对照录音核对"}, d.Now)
	}
	reading, words, err := wordsOf(f, number, file)
	if err != nil {
		return r, err
	}
	if x.Kind == evidence.Recording {
		t, err := intake.AcceptTranscript(ctx, f, x, reading, words, d.Now)
		if err != nil {
			return r, err
		}
		r.Transcript = t.Number
	} else if r.Rows, err = f.AcceptReading(number, words, d.Now); errors.Is(err, folder.ErrNothingToFill) {
		return r, &NoRowError{number, err}
	} else if err != nil {
		return r, err
	}
	return r, accept(f, reading, words, d.Now)
}

// accept notes that words are the person's now.
func accept(f *folder.Folder, reading evidence.Reading, words string, now time.Time) error {
	reading.Text, reading.Other, reading.Accepted = words, "", now
	return f.AddReading(reading)
}

// wordsOf are the words to accept for an exhibit: of a file the person gives,
// or as the program read them.
func wordsOf(f *folder.Folder, number, file string) (evidence.Reading, string, error) {
	readings, err := f.Readings()
	if err != nil {
		return evidence.Reading{}, "", err
	}
	reading := evidence.Reading{Exhibit: number, Tool: evidence.ByPerson}
	for _, r := range readings {
		if r.Exhibit == number {
			reading = r
		}
	}
	words := reading.Text
	if file != "" {
		data, err := os.ReadFile(file)
		if err != nil {
			return reading, "", err
		}
		if words, err = evidence.DecodeText(data); err != nil || len(data) > 1<<20 {
			return reading, "", &NotTextError{file}
		}
	}
	if words = strings.TrimSpace(words); words == "" {
		return reading, "", &NoWordsError{number}
	}
	return reading, words, nil
}
