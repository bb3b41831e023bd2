package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// TrackedFile is the name of the file in a case folder that holds what was
// entered in [[filings]], and what stood there before. Lines are only appended.
const TrackedFile = "tracked.jsonl"

// A FilingEntry is one change of a [[filings]] of case.toml. It is on record before it
// is made, as text: it is taken back byte for byte.
type FilingEntry struct {
	N      int       `json:"n"`
	Made   time.Time `json:"made"`
	Verb   string    `json:"verb"`
	Filing int       `json:"filing"` // which, from 1
	Before string    `json:"before"` // its lines; empty: it is new
	After  string    `json:"after"`
}

// trackedLine is one line of tracked.jsonl.
type trackedLine struct {
	Type   string `json:"type"` // entry, undo
	Schema int    `json:"schema"`
	*FilingEntry
	Of   int    `json:"of,omitempty"`   // the entry that is taken back
	Kept string `json:"kept,omitempty"` // papers in filed/ that belong to no filing any more
}

// A TakenBack is an entry that was taken back.
type TakenBack struct {
	Verb     string
	Made     time.Time
	Filing   evidence.Filing // as the entry had made it
	New      bool            // the entry had added it, and it is gone
	Kept     string          // the papers that were kept for it, below the case folder; they stay
	Exhibits []string        // that the entry had named; they stay exhibits
}

// ErrNoEntry says that there is no entry to take back.
var ErrNoEntry = errors.New("no entry to take back")

// A FilingChangedError reports an entry over which somebody wrote since.
type FilingChangedError struct {
	Verb string
	Line int // of case.toml on which the filing begins; 0: it is gone
}

func (e *FilingChangedError) Error() string {
	return fmt.Sprintf("%s:%d: changed since track %s", CaseFile, e.Line, e.Verb)
}

// tracked are the entries that stand, in order, how many there ever were, and the
// papers whose filing was taken back.
func (f *Folder) tracked() (standing []FilingEntry, all int, left []string, err error) {
	data, err := os.ReadFile(f.Path(TrackedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil, nil
	}
	if err != nil {
		return nil, 0, nil, fmt.Errorf("read %s: %w", TrackedFile, err)
	}
	for n := 1; len(data) > 0; n++ {
		line, rest, whole := bytes.Cut(data, []byte("\n"))
		if !whole {
			break // a crash cut it short: nothing was changed yet
		}
		data = rest
		var l trackedLine
		err := json.Unmarshal(line, &l)
		switch {
		case err == nil && l.Type == "entry" && l.FilingEntry != nil:
			standing, all = append(standing, *l.FilingEntry), all+1
		case err == nil && l.Type == "undo":
			standing = slices.DeleteFunc(standing, func(e FilingEntry) bool { return e.N == l.Of })
			if l.Kept != "" {
				left = append(left, l.Kept)
			}
		default:
			return nil, 0, nil, damagedLine(TrackedFile, n)
		}
	}
	return standing, all, left, nil
}

func (f *Folder) appendTracked(l trackedLine) error {
	l.Schema = 1
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(l)
	if err == nil {
		_, err = appendLine(f.Path(TrackedFile), line.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", TrackedFile, err)
	}
	return nil
}

// UndoFiling takes back the last entry that [Folder.PutFiling] made and that
// stands. The caller holds the lock. What somebody wrote over since is a
// [FilingChangedError], and nothing is changed.
func (f *Folder) UndoFiling(now time.Time) (TakenBack, error) {
	standing, _, _, err := f.tracked()
	if err != nil {
		return TakenBack{}, err
	}
	plain, err := f.caseText()
	if err != nil {
		return TakenBack{}, err
	}
	asWritten, err := f.caseFile()
	if err != nil {
		return TakenBack{}, err
	}
	if asWritten, err = plainCase(CaseFile, asWritten); err != nil {
		return TakenBack{}, err
	}
	for _, e := range slices.Backward(standing) {
		data := plain
		if begin, end := filingAt(asWritten, e.Filing-1); string(asWritten[begin:end]) == e.After {
			data = asWritten // an entry of a release that left values in the person's form
		}
		begin, end := filingAt(data, e.Filing-1)
		stands := string(data[begin:end])
		if e.ofEarlier(stands) {
			end = begin + len(e.After)
			stands = e.After
		}
		switch stands {
		case e.After:
			return f.takeBack(e, data, begin, end, now)
		case e.Before: // a crash kept it from being made, or it was mended by hand
			if err := f.appendTracked(trackedLine{Type: "undo", Of: e.N}); err != nil {
				return TakenBack{}, err
			}
		default:
			line := 0
			if stands != "" {
				line = 1 + bytes.Count(data[:begin], []byte("\n"))
			}
			return TakenBack{}, &FilingChangedError{e.Verb, line}
		}
	}
	return TakenBack{}, ErrNoEntry
}

// ofEarlier reports an entry of a release that took the first note of a block for its
// end, in a block that is still as that release left it up to there.
func (e FilingEntry) ofEarlier(stands string) bool {
	rest, ok := strings.CutPrefix(stands, e.After)
	rest = strings.TrimLeft(rest, " \t\r\n")
	return ok && e.Before != "" && e.Before != e.After && strings.HasPrefix(rest, "#")
}

// takeBack puts what stood before an entry in the place of what it made.
func (f *Folder) takeBack(e FilingEntry, data []byte, begin, end int, now time.Time) (TakenBack, error) {
	was, err := ParseCase(CaseFile, data)
	if err != nil {
		return TakenBack{}, err
	}
	head := data[:begin]
	if e.Before == "" { // the blank line above it came with it
		head = bytes.TrimSuffix(bytes.TrimSuffix(head, []byte("\n")), []byte("\r"))
	}
	out := slices.Concat(head, []byte(e.Before), data[end:])
	is, err := ParseCase(CaseFile, out)
	if err != nil {
		return TakenBack{}, err
	}
	g := was.Filings[e.Filing-1]
	t := TakenBack{Verb: e.Verb, Made: e.Made, Filing: g, New: e.Before == ""}
	before := evidence.Filing{}
	if !t.New {
		before = is.Filings[e.Filing-1]
	}
	for _, x := range evidence.SplitList(g.Exhibit + " " + g.Reply) {
		if !before.Naming(x) {
			t.Exhibits = append(t.Exhibits, x)
		}
	}
	same := func(o evidence.Filing) bool { return o.To == g.To && o.Date == g.Date }
	if t.New && !slices.ContainsFunc(is.Filings, same) {
		filed, err := f.Filed()
		if err != nil {
			return t, err
		}
		if p, ok := KeptFor(filed, g.To, g.Date); ok {
			t.Kept = p.Folder
		}
	}
	if err := f.putCase(out, now); err != nil {
		return t, err
	}
	if err := f.appendTracked(trackedLine{Type: "undo", Of: e.N, Kept: t.Kept}); err != nil {
		return t, err
	}
	return t, f.Note("note", fmt.Sprintf("track undo %s filing=%d date=%s", e.Verb, e.Filing, g.Date), now)
}

// filingAt is where the lines of the nth [[filings]], from 0, begin and end: its
// head and its settings, with the notes among them. Where there is none both are the end.
func filingAt(data []byte, n int) (begin, end int) {
	lines := strings.SplitAfter(string(data), "\n")
	head := headOf(lines, "filings", n)
	if head < 0 {
		return len(data), len(data)
	}
	for _, l := range lines[:head] {
		begin += len(l)
	}
	end = begin
	for _, l := range lines[head:tableEnd(lines, head)] {
		end += len(l)
	}
	return begin, end
}

// filingToNote is [filingAt] up to the first note or blank line of the block.
func filingToNote(data []byte, n int) (begin, end int) {
	begin, end = filingAt(data, n)
	first := true
	to := begin
	for line := range bytes.Lines(data[begin:end]) {
		if !first && !settingLine.MatchString(strings.TrimRight(string(line), "\r\n")) {
			break
		}
		to += len(line)
		first = false
	}
	return begin, to
}
