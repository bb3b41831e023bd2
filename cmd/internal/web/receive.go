package web

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"juzheng/evidence/disk"
)

// What is dropped on the page comes file by file, each a request of its own
// with its path and time, and is written as it comes. Bounds of it:
const (
	maxFile  = 8 << 30 // bytes, as of a file that is added
	maxFiles = 200_000
	maxPath  = 1024 // bytes
	maxDeep  = 32
)

// A receipt is a folder that is being received.
type receipt struct {
	mu    sync.Mutex
	dir   string
	name  string // of the folder or file that was dropped
	root  *os.Root
	files int
	whole bool // all of it is here
}

// scratch is the folder of this run below the one of the program. Those of runs
// that were killed are taken away: what is in them was copied from elsewhere.
func (s *server) scratch() (string, error) {
	if err := os.MkdirAll(s.Scratch, 0o700); err != nil {
		return "", err
	}
	s.sweep()
	dir, err := os.MkdirTemp(s.Scratch, "run-") // 0700
	if err != nil {
		return "", err
	}
	lock, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	s.alive = lock // its lock is the program's, and ends with it
	return dir, disk.TryLock(lock)
}

// sweep takes away what runs left that are no more.
func (s *server) sweep() {
	old, _ := filepath.Glob(filepath.Join(disk.QuoteGlob(s.Scratch), "run-*", "lock"))
	for _, name := range old {
		lock, err := os.OpenFile(name, os.O_RDWR, 0)
		if err != nil {
			continue
		}
		dead := disk.TryLock(lock) == nil
		lock.Close()
		if dead {
			os.RemoveAll(filepath.Dir(name))
		}
	}
}

// receiving adds what takes in files to the routes.
func (s *server) receiving(mux *http.ServeMux) {
	root := s.guard.root
	mux.HandleFunc("POST "+root+"/drop", s.beginDrop)
	mux.HandleFunc("PUT "+root+"/drop/{id}", s.dropFile)
	mux.HandleFunc("POST "+root+"/drop/{id}", s.endDrop)
}

// beginDrop makes room for a folder or a file that was dropped.
func (s *server) beginDrop(w http.ResponseWriter, r *http.Request) {
	name, ok := plainPath(r.URL.Query().Get("name"))
	if !ok || strings.Contains(name, "/") {
		name = "手机文件"
	}
	dir, err := os.MkdirTemp(s.dir, "drop-")
	if err != nil {
		answer(w, http.StatusInsufficientStorage, "room", nil)
		return
	}
	in, err := os.OpenRoot(dir)
	if err != nil {
		answer(w, http.StatusInsufficientStorage, "room", nil)
		return
	}
	id := rand.Text()
	s.mu.Lock()
	s.drops[id] = &receipt{dir: dir, name: name, root: in}
	s.mu.Unlock()
	answer(w, http.StatusOK, "", map[string]string{"id": id, "name": name})
}

func (s *server) receipt(r *http.Request) *receipt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drops[r.PathValue("id")]
}

// answer tells the script what became of a request: a code where it failed.
func answer(w http.ResponseWriter, status int, code string, value map[string]string) {
	if code != "" {
		value = map[string]string{"error": code}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}

// dropFile writes one file. It is there whole or not at all.
func (s *server) dropFile(w http.ResponseWriter, r *http.Request) {
	in := s.receipt(r)
	name, ok := plainPath(r.URL.Query().Get("path"))
	if in == nil || !ok {
		answer(w, http.StatusBadRequest, "path", nil)
		return
	}
	in.mu.Lock()
	in.files++
	full := in.files > maxFiles || in.whole
	in.mu.Unlock()
	if full {
		answer(w, http.StatusRequestEntityTooLarge, "many", nil)
		return
	}
	defer s.stay()()
	err := receive(in.root, name, http.MaxBytesReader(w, r.Body, maxFile), r.URL.Query().Get("modified"))
	var large *http.MaxBytesError
	switch {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.As(err, &large):
		answer(w, http.StatusRequestEntityTooLarge, "large", nil)
	default:
		answer(w, http.StatusInsufficientStorage, "write", nil)
	}
}

// receive writes what comes under a path below root, with the time that the
// browser tells of it, in milliseconds.
func receive(root *os.Root, name string, from io.Reader, modified string) (err error) {
	if dir := path.Dir(name); dir != "." {
		if err := root.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	err = errors.Join(err, f.Close())
	if err != nil {
		root.Remove(name)
		return err
	}
	if ms, bad := strconv.ParseInt(modified, 10, 64); bad == nil && ms > 0 {
		t := time.UnixMilli(ms)
		return root.Chtimes(name, t, t)
	}
	return nil
}

// plainPath is a path below a folder as a browser tells it, if it is one on
// every system.
func plainPath(name string) (string, bool) {
	name = strings.Trim(name, "/")
	if name == "" || len(name) > maxPath || strings.Count(name, "/") >= maxDeep || strings.ContainsAny(name, "\x00\\") {
		return "", false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || part == "." || part == ".." || !filepath.IsLocal(part) {
			return "", false
		}
	}
	return name, true
}

// endDrop says that all files came: what they are decides what is next.
func (s *server) endDrop(w http.ResponseWriter, r *http.Request) {
	in := s.receipt(r)
	v := s.visitOf(r, startScreen)
	var err error
	if v.desk, err = s.Desk(); in == nil || err != nil {
		answer(w, http.StatusBadRequest, "path", nil)
		return
	}
	in.mu.Lock()
	first := !in.whole
	in.whole = true
	in.mu.Unlock()
	if !first {
		answer(w, http.StatusBadRequest, "path", nil)
		return
	}
	next, err := v.dropped(in, r.URL.Query().Get("case"))
	// what the browser could not send is told where the rest is accounted for
	missed, _ := strconv.Atoi(r.URL.Query().Get("missed"))
	s.mu.Lock()
	if w := s.works[v.key]; w != nil && v.key != "" {
		w.missed = missed
	}
	s.mu.Unlock()
	if err != nil {
		// the page of the error is fetched by the one who sees it
		key := v.s.keep(err)
		next = query(s.guard.root+"/", "failed", key)
	}
	answer(w, http.StatusOK, "", map[string]string{"next": next})
}

// dropped begins what is next with a folder or file that was received.
func (v *visit) dropped(in *receipt, key string) (next string, err error) {
	given := filepath.Join(in.dir, in.name)
	if _, err := os.Stat(given); err != nil {
		return "", fmt.Errorf("nothing came: %w", err)
	}
	return v.take(given, taken{key: key, copied: in.dir})
}
