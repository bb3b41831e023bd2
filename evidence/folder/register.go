package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"juzheng/evidence"
)

// A Register is what exhibits.jsonl says: every input that was ever given,
// as an exhibit, as a further copy of one, or as unusable.
type Register struct {
	Exhibits     []evidence.Exhibit
	Unusable     []evidence.Unusable
	Known        []Known // every path an exhibit was read from
	LastIncident int     // highest incident number ever given
	Placed       int     // exhibits registered before rows were last appended to the timeline

	rounds int // times that rows were appended
	at     index
}

// An index finds entries of a register without going through all of it: a
// dump of ten thousand files asks for each of them.
type index struct {
	number, sum map[string]int   // of an exhibit, to its place
	path        map[string][]int // to places in Known
}

// A Known is one path that was read, and the exhibit its bytes are.
type Known struct {
	Path    string    `json:"path"`
	PathHex string    `json:"path_hex,omitempty"`
	Exhibit string    `json:"exhibit"`
	SHA256  string    `json:"sha256"`
	Noted   time.Time `json:"noted"`
	// Told is what the name of a copy says, where that of the exhibit says
	// nothing.
	Told *Told `json:"told,omitempty"`
}

// A Told is what the name of a copy says of an exhibit.
type Told struct {
	Name     string               `json:"name"`
	Kind     evidence.ExhibitKind `json:"kind"`
	Captured evidence.CaptureTime `json:"captured"`
	Number   string               `json:"number,omitempty"`
	Contact  string               `json:"contact,omitempty"`
	SIM      string               `json:"sim,omitempty"`
	App      string               `json:"app,omitempty"`
}

// toldBy is what the name of a copy x tells of an exhibit whose own name says
// nothing; nil if it does not. When a chat program saved a picture says nothing of when it
// was made.
func toldBy(old, x evidence.Exhibit) *Told {
	saved := slices.ContainsFunc(x.Notes, func(n evidence.Note) bool { return n.Code == evidence.NoteSavedTime })
	if old.Captured.Tells() || !x.Captured.Tells() || old.ToldBy != "" || saved {
		return nil
	}
	return &Told{x.OriginalName, x.Kind, x.Captured, x.Media.Number, x.Media.Contact, x.Media.SIM, x.Media.App}
}

// apply gives an exhibit what the name of its copy says.
func (t *Told) apply(x *evidence.Exhibit) {
	if x.Kind != evidence.Screenshot || t.Kind != evidence.Photo { // that it is of a screen its pixels or its name said
		x.Kind = t.Kind
	}
	x.ToldBy, x.Captured = t.Name, t.Captured
	x.Media.Number, x.Media.Contact, x.Media.SIM, x.Media.App = t.Number, t.Contact, t.SIM, t.App
	// The name did not say which call it is: now one does.
	x.Notes = slices.DeleteFunc(slices.Clone(x.Notes), func(n evidence.Note) bool {
		return n.Code == "unplaced" || n.Code == "no-year" || n.Code == "guessed-name"
	})
}

// Lookup returns the exhibit with the given number.
func (r Register) Lookup(number string) (evidence.Exhibit, bool) {
	if i, ok := r.at.number[number]; ok && i < len(r.Exhibits) && r.Exhibits[i].Number == number {
		return r.Exhibits[i], true
	}
	for _, x := range r.Exhibits { // a register that was put together by hand
		if x.Number == number {
			return x, true
		}
	}
	return evidence.Exhibit{}, false
}

// registerLine is one line of exhibits.jsonl. Lines are only appended.
type registerLine struct {
	Type   string `json:"type"` // exhibit, duplicate, unusable, note, timeline
	Schema int    `json:"schema"`
	*evidence.Exhibit
	Duplicate *Known             `json:"copy,omitempty"`
	Unusable  *evidence.Unusable `json:"unusable,omitempty"`
	Of        string             `json:"of,omitempty"` // the exhibit a note is about
	Note      *evidence.Note     `json:"note,omitempty"`
	Last      int                `json:"last,omitempty"` // highest incident number
	// of a timeline line: the numbers are given, the rows not yet written
	Reserved bool `json:"reserved,omitempty"`
}

// Given reports whether a path was read before, whatever it holds now.
func (r Register) Given(path string) bool { return len(r.at.path[path]) > 0 }

// Register reads exhibits.jsonl. A last line that a crash cut short is left
// out: its exhibit was not admitted yet. What was read is kept for the next
// call as long as the file has not grown by another hand. Nobody changes the
// exhibits of it in their place: of a thousand a copy takes more than a megabyte.
func (f *Folder) Register() (Register, error) {
	r, err := f.loadRegister()
	if err != nil {
		return Register{}, err
	}
	out := *r
	out.Exhibits, f.shared = slices.Clip(r.Exhibits), true
	return out, nil
}

func (f *Folder) loadRegister() (*Register, error) {
	info, err := os.Stat(f.Path(RegisterFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, damagedLine(RegisterFile, 0)
	}
	if err != nil {
		return nil, fmt.Errorf("read register: %w", err)
	}
	if f.register != nil && f.registerSize == info.Size() {
		return f.register, nil
	}
	data, err := os.ReadFile(f.Path(RegisterFile))
	if err != nil {
		return nil, fmt.Errorf("read register: %w", err)
	}
	r, err := ParseRegister(data)
	if err != nil {
		return nil, err
	}
	f.register, f.registerSize = &r, int64(len(data))
	return &r, nil
}

// ParseRegister reads the lines of exhibits.jsonl.
func ParseRegister(data []byte) (Register, error) {
	var r Register
	for n := 1; len(data) > 0; n++ {
		line, rest, whole := bytes.Cut(data, []byte("\n"))
		if !whole {
			break
		}
		data = rest
		var l registerLine
		if err := json.Unmarshal(line, &l); err != nil {
			return Register{}, damagedLine(RegisterFile, n)
		}
		if err := r.take(l); err != nil {
			return Register{}, damagedLine(RegisterFile, n)
		}
	}
	return r, nil
}

func (r *Register) take(l registerLine) error {
	if r.at.number == nil {
		r.at = index{map[string]int{}, map[string]int{}, map[string][]int{}}
	}
	find := func(number string) int {
		if i, ok := r.at.number[number]; ok {
			return i
		}
		return -1
	}
	know := func(k Known) {
		r.at.path[k.Path] = append(r.at.path[k.Path], len(r.Known))
		r.Known = append(r.Known, k)
	}
	switch {
	case l.Type == "exhibit" && l.Exhibit != nil:
		if !exhibitForm.MatchString(l.Number) || find(l.Number) >= 0 {
			return fmt.Errorf("exhibit number %q is malformed or stands twice", l.Number)
		}
		r.at.number[l.Number] = len(r.Exhibits)
		if _, have := r.at.sum[l.SHA256]; !have {
			r.at.sum[l.SHA256] = len(r.Exhibits)
		}
		x := *l.Exhibit
		x.Round = r.rounds
		r.Exhibits = append(r.Exhibits, x)
		know(Known{Path: l.OriginalPath, Exhibit: l.Number, SHA256: l.SHA256, Noted: l.Added})
	case l.Type == "duplicate" && l.Duplicate != nil:
		i := find(l.Duplicate.Exhibit)
		if i < 0 {
			return fmt.Errorf("copy of unknown exhibit %q", l.Duplicate.Exhibit)
		}
		r.Exhibits[i].Duplicates = append(r.Exhibits[i].Duplicates, l.Duplicate.Path)
		if l.Duplicate.Told != nil {
			l.Duplicate.Told.apply(&r.Exhibits[i])
		}
		know(*l.Duplicate)
	case l.Type == "unusable" && l.Unusable != nil:
		r.Unusable = append(r.Unusable, *l.Unusable)
	case l.Type == "note" && l.Note != nil:
		i := find(l.Of)
		if i < 0 {
			return fmt.Errorf("note about unknown exhibit %q", l.Of)
		}
		r.Exhibits[i], _ = r.Exhibits[i].WithNote(*l.Note)
	case l.Type == "timeline":
		r.LastIncident = max(r.LastIncident, l.Last)
		if !l.Reserved {
			r.Placed = len(r.Exhibits)
			r.rounds++
		}
	default:
		return fmt.Errorf("line of unknown type %q", l.Type)
	}
	return nil
}

// appendRegister appends one line, synced. A half line left by a crash is cut
// off first.
func (f *Folder) appendRegister(l registerLine) error {
	l.Schema = 1
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(l); err != nil {
		return fmt.Errorf("register: %w", err)
	}
	end, err := appendLine(f.Path(RegisterFile), line.Bytes())
	if err != nil {
		return fmt.Errorf("write register: %w", err)
	}
	if f.register != nil && f.registerSize == end {
		if f.shared && l.Type != "exhibit" { // it may change one, and callers keep what they were given
			f.register.Exhibits, f.shared = slices.Clone(f.register.Exhibits), false
		}
		if err := f.register.take(l); err != nil {
			return fmt.Errorf("register: %w", err)
		}
		f.registerSize = end + int64(line.Len())
	} else {
		f.register = nil // a half line was cut off: sizes no longer tell
	}
	return nil
}

// appendLine appends a line to a file, synced, and returns where it begins. A
// half line left by a crash is cut off first.
func appendLine(path string, line []byte) (int64, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	end, err := wholeLines(file)
	if err != nil {
		return 0, err // nothing was touched
	}
	if err = file.Truncate(end); err == nil {
		_, err = file.WriteAt(line, end)
	}
	if err == nil {
		err = file.Sync()
	}
	if err != nil {
		// Disk full in the middle: take the half line back, so that what
		// stood there stays readable.
		file.Truncate(end)
		return 0, err
	}
	return end, nil
}

// wholeLines is the offset behind the last LF.
func wholeLines(file *os.File) (int64, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, err
	}
	buf := make([]byte, 4096)
	for end := size; end > 0; {
		start := max(0, end-int64(len(buf)))
		part := buf[:end-start]
		if _, err := file.ReadAt(part, start); err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		if i := bytes.LastIndexByte(part, '\n'); i >= 0 {
			return start + int64(i) + 1, nil
		}
		end = start
	}
	return 0, nil
}

// AddUnusable notes an input that could not become an exhibit. The same path
// for the same reason is noted once; added says whether it is new.
func (f *Folder) AddUnusable(u evidence.Unusable, below string) (added bool, err error) {
	r, err := f.loadRegister()
	if err != nil {
		return false, err
	}
	for _, x := range r.Unusable {
		if x.Path == u.Path && x.Code == u.Code && x.Size == u.Size {
			return false, nil
		}
	}
	if err := f.appendRegister(registerLine{Type: "unusable", Unusable: &u}); err != nil {
		return false, err
	}
	return true, f.Note("exclude", excludeDetail(u.Code, below), u.Noted)
}

// AddNote notes something found about an exhibit later on, such as a call-log
// row that agrees with a recording.
func (f *Folder) AddNote(number string, n evidence.Note, now time.Time) error {
	r, err := f.loadRegister()
	if err != nil {
		return err
	}
	x, ok := r.Lookup(number)
	if !ok {
		return fmt.Errorf("note about unknown exhibit %s", number)
	}
	if _, changed := x.WithNote(n); !changed {
		return nil
	}
	return f.appendRegister(registerLine{Type: "note", Of: number, Note: &n})
}
