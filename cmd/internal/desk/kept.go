package desk

import (
	"crypto/sha256"
	"fmt"
	"os"
	"sync"

	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/doubt"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

// Kept is one case as it was last read, for a program that reads it again and again:
// a case of thousands of rows takes seconds to read, and who answers a question waits
// for it. It is read anew when a file of its folder changed, or the day. The zero value
// keeps nothing yet. Its methods may be called side by side.
type Kept struct {
	mu      sync.Mutex
	state   string // of the folder, as dossier was read
	dossier Dossier

	files   string // of the register and the exhibits, as sources were read
	sources doubt.Sources
}

// read is the case as it is now.
func (k *Kept) read(d Desk, f *folder.Folder) (Dossier, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	// What is overdue goes by the day.
	state := f.Dir() + " " + Mark(f.Dir()) + d.Now.Format(" 2006-01-02")
	if state == k.state {
		x := k.dossier
		x.Folder, x.Date = f, d.Now
		return x, nil
	}
	k.state, k.dossier = "", Dossier{}
	x, err := readFrom(d, f, k.reread)
	if err == nil {
		k.state, k.dossier = state, x
	}
	return x, err
}

// reread is what the exhibits say, read again only where one of them changed.
func (k *Kept) reread(f *folder.Folder, exhibits []evidence.Exhibit, pdfs intake.PDFReader) doubt.Sources {
	h := sha256.New()
	put := func(path string) {
		info, err := os.Lstat(path)
		if err != nil {
			fmt.Fprintln(h, path)
			return
		}
		fmt.Fprintln(h, path, info.Size(), info.ModTime().UnixNano(), info.Mode())
	}
	put(f.Path(folder.RegisterFile))
	for _, x := range exhibits {
		put(f.Path(folder.ExhibitsDir, x.File))
	}
	if files := string(h.Sum(nil)); files != k.files {
		k.files, k.sources = files, intake.Reread(f, exhibits, pdfs)
	}
	return k.sources
}

// readKept reads an open case, or takes it as it was read last where it is kept.
func readKept(d Desk, f *folder.Folder) (Dossier, error) {
	if d.Kept == nil {
		return read(d, f)
	}
	return d.Kept.read(d, f)
}

// listed are the questions of a case as it was read, listed at most once.
type listed struct {
	mu        sync.Mutex
	known     bool
	questions []ask.Question
}
