package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/phrase"
	"juzheng/templates"
)

// AddOptions say what is added.
type AddOptions struct {
	Paths   []string         // files and folders; they are only read
	PhoneOf evidence.Reached // whose phone they are from; empty or self: the complainant's own
	Rehash  bool             // read files whole that look as they did when they were added before
	Base    string           // see [intake.Options]

	KeepArchives bool // an archive becomes an exhibit too, and not only its files
}

// An Added accounts for every file given.
type Added struct {
	intake.Summary
	PhoneOf evidence.Reached // as it was asked for
	Senders []Sender         // signatures in messages that the directory knows
}

// A Sender is a 【…】 in messages received and whom the directory has for it: a
// hint at the platform, decided by the person.
type Sender struct {
	Signature  string
	Name, Slug string
}

// Partial reports whether a file could not be used that a person may have
// meant, those of operating systems being none, or that something in one that is
// kept was not read: a log not whole, or a list in a form that no reader takes.
func (r Added) Partial() bool {
	return len(r.Unread) > 0 || slices.ContainsFunc(r.Unusable,
		func(u evidence.Unusable) bool { return u.Code != intake.SystemFile }) ||
		slices.ContainsFunc(r.Admitted, func(x evidence.Exhibit) bool {
			_, broken := x.Note(intake.NoteBroken)
			_, unread := x.Note(evidence.NoteUnread)
			return broken || unread
		})
}

// Add copies files into a case, recognises and numbers them, and appends what
// they show to its timeline. Adding the same again changes nothing.
func Add(ctx context.Context, d Desk, dir string, o AddOptions) (Added, error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return Added{}, err
	}
	defer unlock()
	note := folder.Adding{Base: o.Base, PhoneOf: o.PhoneOf}
	for _, p := range o.Paths {
		if p, err = filepath.Abs(p); err != nil {
			return Added{}, err
		}
		note.Paths = append(note.Paths, p)
	}
	ended, err := f.BeginAdding(note)
	if err != nil {
		return Added{}, err
	}
	step, end := d.work(Adding)
	defer end()
	s, err := intake.Add(ctx, f, o.Paths, intake.Options{Now: d.Now, PhoneOf: o.PhoneOf, Progress: step,
		Rehash: o.Rehash, Base: o.Base, KeepArchives: o.KeepArchives, PDFs: d.PDFs})
	if err == nil || ctx.Err() == nil && len(s.Admitted) == 0 {
		err = errors.Join(err, ended()) // what was refused before anything was read need not be ended
	}
	return Added{s, o.PhoneOf, senders(s.Signatures)}, err
}

// Unfinished is what was begun to be added to a case and not ended, and whether
// all of it is still where it was.
func Unfinished(d Desk, dir string) (a folder.Adding, there, ok bool) {
	f, err := d.open(dir)
	if err != nil {
		return a, false, false
	}
	if a, ok = f.Adding(); !ok {
		return a, false, false
	}
	return a, !slices.ContainsFunc(a.Paths, func(p string) bool { _, err := os.Stat(p); return err != nil }), true
}

// GiveUpAdding forgets what was not added to its end.
func GiveUpAdding(d Desk, dir string) error {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	return f.GiveUpAdding()
}

func senders(signatures []string) []Sender {
	directory, err := templates.Load()
	if err != nil {
		return nil // building says so; a hint is no place for it
	}
	var out []Sender
	for _, s := range signatures {
		for _, r := range directory.All() {
			if slices.Contains(r.AppNames, s) || slices.Contains(r.Brands, s) || r.Name == s {
				out = append(out, Sender{s, r.Name, r.Slug})
			}
		}
	}
	return out
}

// An ArchiveLine is an archive whose files were given.
type ArchiveLine struct {
	Files int    `json:"files"`
	Path  string `json:"path"`
}

// A SkippedLine is a row of a log that is no act.
type SkippedLine struct {
	Detail  evidence.Text `json:"detail"`
	Exhibit string        `json:"exhibit"`
	Line    int           `json:"line"`
	Sheet   int           `json:"sheet"` // 0 in files without sheets
}

// A ColumnsLine says of a list of calls which column was taken for what.
type ColumnsLine struct {
	Detail  evidence.Text `json:"detail"`
	Exhibit string        `json:"exhibit"`
}

// A NotReadLine is a file of which something was not read; the code is that of
// its note.
type NotReadLine struct {
	Code    string `json:"code"`
	Detail  string `json:"detail"` // in Chinese, as the register has it
	Exhibit string `json:"exhibit"`
}

func notReadLine(u intake.UnreadLog) NotReadLine { return NotReadLine{u.Code, u.Detail, u.Exhibit} }

// A LinkLine is an exhibit that shows an event which had its row.
type LinkLine struct {
	Exhibit  string `json:"exhibit"`
	Incident string `json:"incident"`
}

// A ClockLine is two sources of times that differ by a constant.
type ClockLine struct {
	Against       string `json:"against"`
	Device        string `json:"device"` // may be empty
	OffsetSeconds int    `json:"offset_seconds"`
	Pairs         int    `json:"pairs"`
	Source        string `json:"source"`
}

// A PhraseLine is words worth reading, in an incident or an exhibit.
type PhraseLine struct {
	At       *float64 `json:"at_seconds,omitempty"` // in a recording
	Category string   `json:"category"`
	Checked  bool     `json:"checked"`
	End      int      `json:"end"`
	Exhibit  string   `json:"exhibit,omitempty"`
	Incident string   `json:"incident,omitempty"`
	Machine  *bool    `json:"machine_read,omitempty"` // of an exhibit
	Review   bool     `json:"review"`
	Start    int      `json:"start"`
	Text     string   `json:"text"`
}

// An AddSummary counts what became of the files.
type AddSummary struct {
	Admitted   int      `json:"admitted"`
	Duplicates int      `json:"duplicates"`
	Filled     []string `json:"filled"`
	Given      int      `json:"given"`
	Incidents  int      `json:"incidents"`
	Known      int      `json:"known"`
	Links      int      `json:"links"`
	Moved      []string `json:"moved,omitempty"`      // rows whose reached changed with whose phone it is
	Reassigned []string `json:"reassigned,omitempty"` // exhibits now said to be from another phone
	Retimed    []string `json:"retimed,omitempty"`    // rows that took the time of a better clock
	SetAside   int      `json:"set_aside"`            // of earlier releases: always 0
	Signatures []string `json:"signatures"`
	Skipped    int      `json:"skipped"`
	Unusable   int      `json:"unusable"`
}

// Lines are the objects of the result, in order.
func (r Added) Lines() []Line {
	var out []Line
	put := func(kind string, v any) { out = append(out, Line{kind, v}) }
	for _, a := range r.Opened {
		put("archive", ArchiveLine{a.Files, a.Path})
	}
	for _, x := range r.Admitted {
		put("exhibit", x)
	}
	for _, d := range r.Duplicates {
		put("duplicate", d)
	}
	for _, u := range r.Unusable {
		put("unusable", u)
	}
	for _, k := range r.Skipped {
		put("skipped", SkippedLine{k.Detail, k.Exhibit, k.Line, k.Sheet})
	}
	for _, c := range r.Columns {
		put("columns", ColumnsLine{c.Words, c.Exhibit})
	}
	for _, u := range r.Unread {
		put("unread", notReadLine(u))
	}
	for _, l := range r.Links {
		put("link", LinkLine{l.Exhibit, l.Incident})
	}
	for _, c := range r.Clocks {
		put("clock", clockLine(c))
	}
	for _, d := range r.Devices {
		put("device", deviceLine(d))
	}
	for _, h := range r.Phrases {
		put("phrase", rowPhrase(h))
	}
	put("summary", AddSummary{len(r.Admitted), len(r.Duplicates), list(r.Filled), r.Given, len(r.Incidents), r.Known,
		len(r.Links), r.Moved, r.Reassigned, r.Retimed, 0, list(r.Signatures), len(r.Skipped), len(r.Unusable)})
	return out
}

func clockLine(c intake.ClockOffset) ClockLine {
	return ClockLine{c.Against, c.Device, int(c.Offset.Seconds()), c.Pairs, c.Source}
}

func rowPhrase(h intake.MessageHit) PhraseLine {
	p := phraseLine(h.Hit)
	p.Incident = h.Incident
	return p
}

func phraseLine(h phrase.Hit) PhraseLine {
	return PhraseLine{Category: h.Category, Text: h.Text, Start: h.Start, End: h.End, Review: h.Review}
}
