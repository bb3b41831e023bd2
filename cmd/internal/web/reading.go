package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"path/filepath"
	"sync"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
)

var errNotOpen = errors.New("no such case was opened in this run")

// keyOf is how an address names a folder: it tells nothing of its name, and is
// the same in every run.
func keyOf(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(sum[:8])
}

// put notes a place that the person chose, and gives its key.
func (s *server) put(path string) (key string, err error) {
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	key = keyOf(path)
	s.mu.Lock()
	s.places[key] = path
	s.mu.Unlock()
	return key, nil
}

// place is what was opened in this run under a key.
func (s *server) place(key string) (path string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path, ok = s.places[key]
	return path, ok
}

// A reader keeps a case as it was read, until something in its folder changes.
type reader struct {
	turn    sync.Mutex // one act at a time: who presses twice quickly is not refused
	mu      sync.Mutex
	kept    desk.Kept
	mark    string
	dossier *desk.Dossier
	asked   *desk.Asked
	drafts  *draftSet                   // of a state of its own
	unmade  error                       // why papers could not be made; nil: they were, or nobody asked since
	scan    *pendingScan                // of a signed letter, to be looked at before it counts
	copied  []copied                    // for recipients, in this run
	boxes   map[string][][]evidence.Box // of pictures as they were before each step of this run

	list   sync.Mutex // of what follows: pictures are looked up while a case is read
	listed string     // the mark that it is of
	folder *folder.Folder
	files  map[string]exhibitFile // by number
}

// An exhibitFile is what is wanted of an exhibit to send it: all that the register has of
// a thousand would be held twice.
type exhibitFile struct {
	file, media, sum string
	kind             evidence.ExhibitKind
}

// reader is that of the case of the visit.
func (v *visit) reader() *reader {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	r := v.s.read[v.key]
	if r == nil {
		r = &reader{}
		v.s.read[v.key] = r
	}
	return r
}

// keeping is the desk with the case as this run read it last.
func (v *visit) keeping() desk.Desk {
	d := v.desk
	d.Kept = &v.reader().kept
	return d
}

// mark tells whether the case folder changed, by one look at its files.
func (v *visit) mark() string { return desk.Mark(v.dir) }

// exhibitFile is an exhibit of the case as far as it is wanted to send it, and the case's
// folder. Both are looked up once for the many pictures of a screen.
func (v *visit) exhibitFile(number string) (f *folder.Folder, x evidence.Exhibit, ok bool, err error) {
	r := v.reader()
	r.list.Lock()
	defer r.list.Unlock()
	if mark := v.mark(); r.listed != mark || r.folder == nil {
		if err := v.list(r); err != nil {
			return nil, x, false, err
		}
		r.listed = mark
	}
	of, ok := r.files[number]
	x = evidence.Exhibit{Number: number, File: of.file, MediaType: of.media, Kind: of.kind}
	x.SHA256 = of.sum
	return r.folder, x, ok, nil
}

func (v *visit) list(r *reader) error {
	f, err := folder.Open(v.dir, v.desk.Tool)
	if err != nil {
		return err
	}
	register, err := f.Register()
	if err != nil {
		return err
	}
	files := map[string]exhibitFile{}
	for _, x := range register.Exhibits {
		files[x.Number] = exhibitFile{x.File, x.MediaType, x.SHA256, x.Kind}
	}
	// What was opened holds the whole register.
	if f, err = folder.Open(v.dir, v.desk.Tool); err != nil {
		return err
	}
	r.folder, r.files = f, files
	return nil
}

// dossier is the case, its parties, files, rows and what they come to.
func (v *visit) dossier() (desk.Dossier, error) {
	r := v.reader()
	r.mu.Lock()
	defer r.mu.Unlock()
	return v.dossierOf(r)
}

// dossierOf forgets what was read of a case that changed since, or on another
// day: what is overdue goes by the day. The caller holds the lock of r.
func (v *visit) dossierOf(r *reader) (desk.Dossier, error) {
	if mark := v.mark() + v.desk.Now.Format("20060102"); mark != r.mark {
		r.mark, r.dossier, r.asked = mark, nil, nil
	}
	if r.dossier == nil {
		x, err := desk.Open(v.ctx, v.keeping(), v.dir)
		if err != nil {
			return x, err
		}
		r.dossier = &x
	}
	return *r.dossier, nil
}

// asked is the case with what only the person can say.
func (v *visit) asked() (desk.Asked, error) {
	r := v.reader()
	r.mu.Lock()
	defer r.mu.Unlock()
	x, err := v.dossierOf(r)
	if err != nil {
		return desk.Asked{}, err
	}
	if r.asked == nil {
		a, err := desk.AskOf(x)
		if err != nil {
			return a, err
		}
		r.asked = &a
	}
	return *r.asked, nil
}
