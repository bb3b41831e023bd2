package folder

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"juzheng/evidence/disk"
)

// PictureShelf is where what was made of pictures for paper lies in the cache, and the most
// bytes it takes there: of a thousand screenshots that have to be coded anew about half.
const (
	PictureShelf      = "pictures"
	PictureShelfBytes = 512 << 20
)

// A Shelf is a folder of the cache that holds at most so many bytes: what was not used for
// the longest time gives way, but nothing that was used since the shelf was taken. Several
// goroutines may use it. As of all that is cached, only what this computer put there is
// given back: see [Folder.Cached].
type Shelf struct {
	dir  string
	name string // of the shelf
	most int64

	mu    sync.Mutex
	known bool
	bytes int64
	old   []os.FileInfo // not used yet, the latest first
	used  map[string]bool
}

// Shelf is the folder of the cache of that name.
func (f *Folder) Shelf(name string, most int64) *Shelf {
	return &Shelf{dir: f.Path(CacheDir, name), name: name, most: most, used: map[string]bool{}}
}

// Load is what was saved under a name; nil if there is nothing.
func (s *Shelf) Load(name string) []byte {
	path := filepath.Join(s.dir, name)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	if data = ownOf(data, filepath.Join(s.name, name)); data == nil {
		return nil
	}
	now := time.Now()
	os.Chtimes(path, now, now) // where that fails, it gives way sooner
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used[name] = true
	return data
}

// Save keeps data under a name, if there is room. Where that fails, it is made again.
func (s *Shelf) Save(name string, data []byte) {
	if os.MkdirAll(s.dir, 0o700) != nil || !s.room(name, int64(sha256.Size+len(data))) {
		return
	}
	path := filepath.Join(s.dir, name)
	aside, err := disk.Aside(path)
	if err != nil {
		return
	}
	_, err = aside.Write(markOf(data, filepath.Join(s.name, name)))
	if err == nil {
		_, err = aside.Write(data)
	}
	if closed := aside.Close(); err != nil || closed != nil || disk.Rename(aside.Name(), path) != nil {
		os.Remove(aside.Name())
	}
}

// room makes room for a file of that size, and takes it.
func (s *Shelf) room(name string, size int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.known {
		s.look()
	}
	if size > s.most {
		return false
	}
	for s.bytes+size > s.most && len(s.old) > 0 {
		last := s.old[len(s.old)-1]
		s.old = s.old[:len(s.old)-1]
		if !s.used[last.Name()] && os.Remove(filepath.Join(s.dir, last.Name())) == nil {
			s.bytes -= last.Size()
		}
	}
	if s.bytes+size > s.most {
		return false
	}
	s.bytes += size
	s.used[name] = true
	return true
}

// look finds what lies there.
func (s *Shelf) look() {
	s.known = true
	entries, _ := os.ReadDir(s.dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			s.bytes += info.Size()
			s.old = append(s.old, info)
		}
	}
	slices.SortFunc(s.old, func(a, b os.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
}
