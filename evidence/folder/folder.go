package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/commit"
	"juzheng/evidence/disk"
)

// The names in a case folder beside [CaseFile] and [TimelineFile].
const (
	ExhibitsDir   = "exhibits"
	RegisterFile  = "exhibits.jsonl"
	CustodyFile   = "custody.jsonl"
	BundleDir     = "bundle"
	BundleZip     = "bundle.zip"
	SupersededDir = "superseded"
	PacketDir     = "packet"
	FiledDir      = "filed"
	LockFile      = ".lock" // of a run that works on the case
)

// Actor is who the custody log names: the program acts, on somebody's word.
const actor = "juzheng"

// A Folder is a case on disk.
type Folder struct {
	dir  string
	tool string // program and version, for the custody log

	register     *Register // as last read or written, of registerSize bytes
	registerSize int64
	shared       bool // a caller has its exhibits
	healed       bool // what a killed run left was mended

	rehash   bool            // see [Folder.Rehash]
	forget   bool            // see [Folder.Forget]
	wereSeen map[string]seen // see seen.go; nil: not read yet
}

// Dir is the path the folder was opened with.
func (f *Folder) Dir() string { return f.dir }

// software is the tool the folder was opened with, as bundles name it: whether
// its time was given is a matter of each record.
func (f *Folder) software() string { return strings.TrimSuffix(f.tool, bag.GivenDate) }

// Path joins names below the folder.
func (f *Folder) Path(names ...string) string {
	return filepath.Join(append([]string{f.dir}, names...)...)
}

// Init makes a case folder for c, with a case key of its own. It refuses a directory that holds anything,
// and leaves nothing behind if it fails: the folder is made beside its place
// and renamed.
func Init(dir string, c evidence.Case, now time.Time, tool string) (*Folder, error) {
	key, err := drawKey()
	if err != nil {
		return nil, err
	}
	f, err := initFolder(dir, c, key, c.ID, now, tool)
	if err == nil {
		f.Cache([]byte(c.ID), madeHere)
	}
	return f, err
}

// InitPublished makes the folder of an invented case whose key everybody
// knows, so that the same clock gives the same bytes; its log says so.
func InitPublished(dir string, c evidence.Case, key commit.Key, now time.Time, tool string) (*Folder, error) {
	return initFolder(dir, c, key, c.ID+" invented, case key published", now, tool)
}

func initFolder(dir string, c evidence.Case, key commit.Key, opened string, now time.Time, tool string) (*Folder,
	error) {
	if entries, err := os.ReadDir(dir); err == nil {
		if len(entries) > 0 {
			return nil, fmt.Errorf("make case folder %s: %w", dir, fs.ErrExist)
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("make case folder: %w", err)
	}
	if err := apart(dir); err != nil {
		return nil, err
	}
	text, err := FormatCase(c)
	if err != nil {
		return nil, err
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, fmt.Errorf("make case folder: %w", err)
	}
	partial, err := disk.AsideDir(dir)
	if err != nil {
		return nil, fmt.Errorf("make case folder: %w", err)
	}
	defer os.RemoveAll(partial) // does nothing after the rename
	if err := os.Chmod(partial, 0o700); err != nil {
		return nil, fmt.Errorf("make case folder: %w", err)
	}
	var timeline strings.Builder
	if err := WriteIncidents(&timeline, nil); err != nil {
		return nil, err
	}
	log, err := bag.NextRecord(nil, "open", opened, actor, tool, now)
	if err != nil {
		return nil, fmt.Errorf("begin the custody log: %w", err)
	}
	if err := os.Mkdir(filepath.Join(partial, ExhibitsDir), 0o700); err != nil {
		return nil, fmt.Errorf("make case folder: %w", err)
	}
	for _, file := range []struct {
		name string
		data []byte
	}{{CaseFile, text}, {TimelineFile, []byte(timeline.String())}, {RegisterFile, nil}, {CustodyFile, log},
		{KeyFile, key.Format()}} {
		if err := disk.WriteNew(filepath.Join(partial, file.name), file.data, 0o600); err != nil {
			return nil, fmt.Errorf("make case folder: %w", err)
		}
	}
	if err := disk.SyncDir(partial); err != nil {
		return nil, err
	}
	// An empty folder gives way only now that nothing else can fail.
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("make case folder: %w", err)
	}
	if err := disk.Rename(partial, dir); err != nil {
		return nil, fmt.Errorf("make case folder: %w", err)
	}
	sweep(dir)
	return &Folder{dir: dir, tool: tool}, disk.SyncDir(parent)
}

// sweep takes away what killed runs left half made of a case that is there now.
func sweep(dir string) {
	for _, left := range disk.Leftovers(dir) {
		os.RemoveAll(left)
	}
}

// Open opens a case folder. The error is [ErrNoCase] if dir is none, a [LinkError] if
// it would lead out of itself.
func Open(dir, tool string) (*Folder, error) {
	info, err := os.Stat(filepath.Join(dir, CaseFile))
	switch {
	case errors.Is(err, fs.ErrNotExist) || (err == nil && !info.Mode().IsRegular()):
		return nil, fmt.Errorf("%s: %w", dir, ErrNoCase)
	case err != nil:
		return nil, fmt.Errorf("open case: %w", err)
	}
	f := &Folder{dir: dir, tool: tool}
	if err := f.noLinks(); err != nil {
		return nil, err
	}
	return f, f.placesFree()
}

// A PlaceTakenError reports something of the person that has the name of what
// the program keeps in a case: a file where a folder goes, or the reverse.
type PlaceTakenError struct {
	Path   string
	Name   string // in the case folder
	Folder bool   // a folder goes there
}

func (e *PlaceTakenError) Error() string {
	return e.Path + " is in the place of what the program keeps"
}

// placesFree looks for a [PlaceTakenError] before anything is read or written:
// what comes of one later is an error that names another cause.
func (f *Folder) placesFree() error {
	for _, name := range []string{ExhibitsDir, CommitDir, BundleDir, PacketDir, FiledDir, SupersededDir, "handover",
		LettersDir, BundleZip, RegisterFile, CustodyFile, TimelineFile} {
		info, err := os.Stat(f.Path(name))
		if err != nil {
			continue // not there, or what reads it will say
		}
		if folder := !strings.Contains(name, "."); info.IsDir() != folder {
			return &PlaceTakenError{f.Path(name), name, folder}
		}
	}
	return nil
}

// ReadCase reads case.toml.
func (f *Folder) ReadCase() (evidence.Case, error) {
	data, err := f.caseFile()
	if err != nil {
		return evidence.Case{}, err
	}
	return ParseCase(CaseFile, data)
}

func (f *Folder) caseFile() ([]byte, error) {
	data, err := os.ReadFile(f.Path(CaseFile))
	if err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	return data, nil
}

// caseText is case.toml as text that keys can be read from and set in.
func (f *Folder) caseText() ([]byte, error) {
	data, err := f.caseFile()
	if err != nil {
		return nil, err
	}
	if _, err := plainCase(CaseFile, data); err != nil {
		return nil, err
	}
	data, _ = understood(CaseFile, data)
	return data, nil
}

// Timeline reads timeline.csv and checks that every exhibit it names is
// registered.
func (f *Folder) Timeline() ([]evidence.Incident, error) {
	data, err := f.readTimeline()
	if err != nil {
		return nil, err
	}
	rows, err := ParseTimeline(TimelineFile, data)
	if err != nil {
		return nil, err
	}
	return rows, f.unregistered(rows, func(string) bool { return true })
}

// CheckTimeline reports the mistakes in timeline.csv before anything is added. An
// exhibit that the register lost is none here: to add its file again is what helps.
func (f *Folder) CheckTimeline() error {
	data, err := f.readTimeline()
	if err != nil {
		return err
	}
	rows, err := ParseTimeline(TimelineFile, data)
	if err != nil {
		return err
	}
	return f.unregistered(rows, func(x string) bool { return !f.holdsFile(x) })
}

// unregistered are the exhibits that rows name and the register does not have, of
// those that count.
func (f *Folder) unregistered(rows []evidence.Incident, counts func(number string) bool) error {
	register, err := f.Register()
	if err != nil {
		return err
	}
	var bad LineErrors
	for _, r := range rows {
		for _, x := range r.Exhibits {
			if _, ok := register.Lookup(x); !ok && counts(x) {
				bad = append(bad, &LineError{File: TimelineFile, Line: r.Line, Column: "证据",
					Found:  evidence.Text{ZH: "没有登记的证据 " + x, EN: "exhibit " + x + ", which is not registered"},
					Wanted: f.wantedExhibit(x)})
			}
		}
	}
	return bad.orNil()
}

// wantedExhibit says what helps where a row names an exhibit that is not
// registered. Where its file is there, the register lost its end: adding the
// same files again registers them under the same numbers.
func (f *Folder) wantedExhibit(number string) evidence.Text {
	t := evidence.Text{ZH: "juzheng list 列出的证据编号", EN: "a number that juzheng list shows"}
	if f.holdsFile(number) {
		t.ZH += "；这份证据的文件还在，是登记簿 " + RegisterFile + " 损坏了：把手机文件照原样再加一次（juzheng add），编号不变"
		t.EN += "; its file is there, and the register " + RegisterFile + " was damaged: add the phone's files again " +
			"as before (juzheng add), and the numbers stay"
	}
	return t
}

// holdsFile reports whether the file of an exhibit is there, registered or not.
func (f *Folder) holdsFile(number string) bool {
	for _, dir := range []string{f.Path(ExhibitsDir), f.Path(SupersededDir, "unregistered")} {
		if there, _ := filepath.Glob(filepath.Join(disk.QuoteGlob(dir), disk.QuoteGlob(number)+".*")); len(there) > 0 {
			return true
		}
	}
	return false
}

// AppendIncidents appends rows to timeline.csv and gives them ids. Rows that
// stand there are not touched, byte for byte; ids are never used again, even
// if their row was deleted. A file with mistakes is not appended to.
func (f *Folder) AppendIncidents(rows []evidence.Incident, now time.Time) ([]evidence.Incident, error) {
	data, err := f.readTimeline()
	if err != nil {
		return nil, err
	}
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	next, err := f.lastIncident(data)
	if err != nil {
		return nil, err
	}
	rows = slices.Clone(rows)
	for i := range rows {
		next++
		rows[i].ID = fmt.Sprintf("T%03d", next)
	}
	added, err := appendedRows(data, rows)
	if err != nil {
		return nil, err
	}
	// The highest id is on record before the rows are, that the exhibits have
	// their rows only after: a crash in between skips numbers, never gives one
	// twice, and leaves no exhibit without its rows.
	if len(rows) > 0 {
		if err := f.appendRegister(registerLine{Type: "timeline", Last: next, Reserved: true}); err != nil {
			return nil, err
		}
		if err := f.PutTimeline(append(slices.Clone(data), added...)); err != nil {
			return nil, err
		}
	}
	if register.Placed == len(register.Exhibits) && len(rows) == 0 {
		return nil, nil
	}
	return rows, f.appendRegister(registerLine{Type: "timeline", Last: next})
}

// lastIncident is the highest number that a row of the timeline has or had.
func (f *Folder) lastIncident(data []byte) (int, error) {
	all, err := ParseTimeline(TimelineFile, data)
	if err != nil {
		return 0, err
	}
	register, err := f.Register()
	if err != nil {
		return 0, err
	}
	next := register.LastIncident
	if err := f.SeeTimeline(); err != nil {
		return 0, err
	}
	for _, at := range f.goneTables() {
		gone, _, err := f.keptCopy(at) // ids that a person gave are on no other record
		if err != nil {
			return 0, err
		}
		all = append(all, gone...)
	}
	for _, r := range all {
		next = max(next, incidentNumber(r.ID))
	}
	return next, nil
}

// appendedRows are rows as bytes that fit the end of an existing file: its
// columns, delimiter and encoding.
func appendedRows(data []byte, rows []evidence.Incident) ([]byte, error) {
	s, err := evidence.DecodeText(data)
	if err != nil {
		return nil, err
	}
	s = strings.TrimPrefix(s, "\ufeff")
	comma := delimiter(s)
	head := headLine(s)
	names := strings.Split(strings.TrimRight(head, "\r"), string(comma))
	for i := range names {
		names[i] = strings.Trim(names[i], `"`)
	}
	cols, bad := readHead(TimelineFile, names)
	if len(bad) > 0 {
		return nil, bad
	}
	var b strings.Builder
	if !strings.HasSuffix(s, "\n") && s != "" {
		b.WriteString("\r\n")
	}
	if err := writeRows(&b, comma, nil, rows, cols); err != nil {
		return nil, err
	}
	return encodeLike(data, b.String())
}

func incidentNumber(id string) int {
	n := 0
	if _, err := fmt.Sscanf(id, "T%d", &n); err != nil || n < 0 || n > 1e9 {
		return 0 // not one of ours, and no later one can meet it
	}
	return n
}

// Custody returns the bytes of the custody log.
func (f *Folder) Custody() ([]byte, error) {
	data, err := os.ReadFile(f.Path(CustodyFile))
	if err != nil {
		return nil, fmt.Errorf("read custody log: %w", err)
	}
	return data, nil
}

// Note appends one event to the custody log.
func (f *Folder) Note(event, detail string, now time.Time) error {
	log, err := os.OpenFile(f.Path(CustodyFile), os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("open custody log: %w", err)
	}
	defer log.Close()
	_, err = bag.AppendRecord(log, event, detail, actor, f.tool, now)
	if errors.Is(err, bag.ErrHalfRecord) {
		// A crash cut the last write short since the lock was taken, or this is a
		// run that takes none: that record was never complete.
		if _, err = bag.RepairCustody(log); err == nil {
			_, err = bag.AppendRecord(log, event, detail, actor, f.tool, now)
		}
	}
	if err == nil {
		return nil
	}
	if damaged := f.CheckCustody(); damaged != nil {
		return damaged
	}
	return fmt.Errorf("custody log: %w", err)
}
