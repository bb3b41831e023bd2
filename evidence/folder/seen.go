package folder

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"

	"juzheng/evidence"
	"juzheng/evidence/disk"
)

// seenFile lists how files looked when their bytes were last read whole, so that
// a folder of recordings that is added again is not read again. Without it, or
// where a line is in doubt, a file is read.
const seenFile = "seen.jsonl"

// A seen is a file as it was read, and which exhibit its bytes are.
type seen struct {
	Path     string `json:"path"`
	Size     int64  `json:"size"`
	Modified int64  `json:"modified"` // nanoseconds since 1970
	File     string `json:"file"`     // see [disk.Identity]
	Exhibit  string `json:"exhibit"`
	SHA256   string `json:"sha256"`
}

// ends is how much of the beginning and the end of a file is read in any case.
const ends = 64 << 10

// Rehash makes this run read files whole that look as they did.
func (f *Folder) Rehash() { f.rehash = true }

// Forget keeps this run from noting how files look.
func (f *Folder) Forget() { f.forget = true }

// A lookable is a source that can be looked at in places.
type lookable interface {
	io.ReaderAt
	Stat() (fs.FileInfo, error)
	Fd() uintptr
}

// looksTheSame reports whether an open source is the file that was read as this
// exhibit before, by all that can be told without reading it whole: its size,
// its time to the nanosecond, which file it is, its beginning and its end.
func (f *Folder) looksTheSame(in io.Reader, src Source, x evidence.Exhibit) bool {
	s, ok := in.(lookable)
	if f.rehash || !ok {
		return false
	}
	now, ok := lookAt(s, src, x)
	if !ok || f.seen()[src.Path] != now {
		return false
	}
	copied, err := f.OpenExhibit(x)
	if err != nil {
		return false
	}
	defer copied.Close()
	for _, at := range []int64{0, max(0, x.Size-ends)} {
		size := min(ends, x.Size-at)
		a, b := make([]byte, size), make([]byte, size)
		_, errA := s.ReadAt(a, at)
		_, errB := copied.ReadAt(b, at)
		if errA != nil && errA != io.EOF || errB != nil && errB != io.EOF || !bytes.Equal(a, b) {
			return false
		}
	}
	return true
}

// lookAt is how an open source looks that holds the bytes of an exhibit; not ok
// if nobody can tell, or it is another file than was found.
func lookAt(s lookable, src Source, x evidence.Exhibit) (seen, bool) {
	info, err := s.Stat()
	if err != nil || !os.SameFile(info, src.Info) || info.Size() != x.Size ||
		!info.ModTime().Equal(src.Info.ModTime()) {
		return seen{}, false
	}
	file := disk.Identity(s)
	return seen{src.Path, info.Size(), info.ModTime().UnixNano(), file, x.Number, x.SHA256}, file != ""
}

// saw notes that an open source was read whole and is this exhibit. What cannot
// be noted is read again the next time.
func (f *Folder) saw(in io.Reader, src Source, x evidence.Exhibit) {
	s, ok := in.(lookable)
	if !ok {
		return
	}
	now, ok := lookAt(s, src, x)
	if !ok || f.forget || f.seen()[src.Path] == now {
		return
	}
	line, err := json.Marshal(now)
	if err != nil || os.MkdirAll(f.Path(CacheDir), 0o700) != nil {
		return
	}
	list, err := os.OpenFile(f.Path(CacheDir, seenFile), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return
	}
	// A line of its own even behind one that a crash cut short.
	if _, err := list.Write(append(append([]byte("\n"), line...), '\n')); err == nil {
		f.seen()[src.Path] = now
	}
	list.Close()
}

// sawAgain notes a source whose bytes were just copied in.
func (f *Folder) sawAgain(src Source, x evidence.Exhibit) {
	in, err := src.Open()
	if err != nil {
		return
	}
	f.saw(in, src, x)
	in.Close()
}

// seen are the files that were read, by path. Of a path the last line counts.
func (f *Folder) seen() map[string]seen {
	if f.wereSeen != nil {
		return f.wereSeen
	}
	f.wereSeen = map[string]seen{}
	list, _ := os.ReadFile(f.Path(CacheDir, seenFile)) // none: all files are read
	for line := range bytes.Lines(list) {
		var s seen
		if json.Unmarshal(line, &s) == nil && s.Path != "" {
			f.wereSeen[s.Path] = s
		}
	}
	return f.wereSeen
}
