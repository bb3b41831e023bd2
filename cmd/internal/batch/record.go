package batch

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
)

// The names in the cache of a case: of what was done with it, and of the lock of the
// run that is doing it.
const (
	recordName = "batch.json"
	lockName   = "batch.lock"
)

// A record is what was done with a case, kept in its cache.
type record struct {
	Run  string       `json:"run,omitempty"` // that did it to its end
	Sum  string       `json:"sum"`           // of the case afterwards; empty: it changed meanwhile
	Done map[Job]done `json:"done"`
}

// A done is what came of one job.
type done struct {
	Input      string      `json:"input"` // of what it was made beside the case
	State      State       `json:"state"`
	Exit       int         `json:"exit"`
	Exceptions []Exception `json:"exceptions,omitempty"`
}

// readRecord reads what was done with a case: nothing, where it cannot be read.
func readRecord(f *folder.Folder) (r record) {
	if json.Unmarshal(f.Cached(recordName), &r) != nil {
		r = record{}
	}
	return r
}

func (r record) write(f *folder.Folder) {
	if data, err := json.Marshal(r); err == nil {
		f.Cache(data, recordName) // where that fails, it is done again
	}
}

// holdCase waits until no other run of many cases has this one. The lock lies in the
// cache: should somebody delete that meanwhile, two runs do the same work one after
// the other, for each job locks the case itself.
func holdCase(ctx context.Context, f *folder.Folder) (release func(), err error) {
	if err := os.MkdirAll(f.Path(folder.CacheDir), 0o700); err != nil {
		return nil, fmt.Errorf("hold the case: %w", err)
	}
	file, err := os.OpenFile(f.Path(folder.CacheDir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("hold the case: %w", err)
	}
	for {
		err := disk.TryLock(file)
		if err == nil {
			return func() { disk.Unlock(file); file.Close() }, nil
		}
		if !errors.Is(err, disk.ErrHeld) {
			file.Close()
			return nil, fmt.Errorf("hold the case: %w", err)
		}
		select {
		case <-ctx.Done():
			file.Close()
			return nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// inputOf tells apart what a job goes by beside the content of the case: the program,
// the user's own records, the day where it counts, the phone's folder.
func (o Options) inputOf(d desk.Desk, job Job, it Item) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n%s\n", job, d.Tool, desk.RecordsSum(d, it.Folder))
	switch job {
	case Add:
		listing(h, it.Phone)
	case Check:
		fmt.Fprintln(h, d.Now.In(evidence.Beijing).Format(time.DateOnly))
	case Build:
		fmt.Fprintf(h, "%q %d %d\n", o.Build.To, o.Build.Volume, o.Build.Upload)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// listing writes what tells two states of a folder apart without reading its files:
// adding looks at no more of what it has seen before.
func listing(w interface{ Write([]byte) (int, error) }, dir string) {
	if dir == "" {
		return
	}
	filepath.WalkDir(dir, func(at string, e fs.DirEntry, err error) error {
		if err != nil {
			fmt.Fprintf(w, "%q\n", err)
			return nil
		}
		if info, err := e.Info(); err == nil && !e.IsDir() {
			fmt.Fprintf(w, "%q %d %d\n", at, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
}

// A Note is of a run that has not come to its end: it lies beside the cases, so that the
// next run can go on with it.
type Note struct {
	Run     string          `json:"run"`
	Jobs    []Job           `json:"jobs"`
	To      []evidence.Role `json:"to,omitempty"` // whom papers are made for
	Started time.Time       `json:"started"`
}

// noteOf is where the note of a run over a folder or a roster lies.
func noteOf(root string) string {
	if info, err := os.Stat(root); err == nil && !info.IsDir() {
		return filepath.Join(filepath.Dir(root), "."+filepath.Base(root)+".batch.json")
	}
	return filepath.Join(root, ".batch.json")
}

// Stopped is the note of the run over a folder or a roster that did not come to its end.
// Of a note that can no longer be read, no run is known.
func Stopped(root string) (n Note, ok bool) {
	data, err := os.ReadFile(noteOf(root))
	if err != nil {
		return n, !errors.Is(err, fs.ErrNotExist)
	}
	if json.Unmarshal(data, &n) != nil || n.Run == "" || len(n.Jobs) == 0 ||
		slices.ContainsFunc(n.Jobs, func(j Job) bool { return !slices.Contains(Jobs, j) }) {
		return Note{}, true
	}
	return n, true
}

// begin notes a run; end takes the note away, unless another run has put its own there,
// and what is left of notes that killed runs were writing. One that a run writes which is
// alive lasts no longer than this one.
func begin(root string, n Note) (end func(), err error) {
	data, err := json.Marshal(n)
	if err != nil {
		return nil, err
	}
	left := disk.Leftovers(noteOf(root))
	if err := disk.Replace(noteOf(root), data, 0o600); err != nil {
		return nil, fmt.Errorf("note the run: %w", err)
	}
	return func() {
		if now, ok := Stopped(root); ok && (now.Run == n.Run || now.Run == "") {
			os.Remove(noteOf(root))
		}
		for _, half := range left {
			os.Remove(half)
		}
	}, nil
}

func drawRun() (string, error) {
	b := make([]byte, 8)
	if _, err := rand.Read(b); err != nil {
		return "", err
	}
	return hex.EncodeToString(b), nil
}
