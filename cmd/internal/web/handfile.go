package web

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
)

// browse opens a file or folder in the system's program for it.
func (s *server) browse(path string) error {
	if s.Browse != nil {
		return s.Browse(path)
	}
	return desk.Browse(path)
}

// plainFile is the name under which a file of a form is kept for a moment: its own, which
// becomes the name of an exhibit, and no path.
func plainFile(name string, nth int) string {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == ".." || name == "/" {
		name = "file"
	}
	return filepath.Join(fmt.Sprint(nth), name)
}

// copyOut writes what came to a path that is new.
func copyOut(path string, in io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err = io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// paper sends the print file or the mail draft of a recipient, of the program's own
// making.
func (s *server) paper(w http.ResponseWriter, r *http.Request) {
	v, err := s.visit(r, screen{})
	if err != nil {
		s.fault(w, v, 0, err)
		return
	}
	if r.PathValue("what") == "scan" {
		s.sendScan(w, r, v)
		return
	}
	h, err := v.papersOf(r.PathValue("to"))
	if err != nil {
		s.fault(w, v, http.StatusNotFound, err)
		return
	}
	path, kind, how := h.Print, "application/pdf", "inline; filename=print.pdf"
	if r.PathValue("what") == "mail" {
		path, kind, how = h.Mail, "message/rfc822", "attachment; filename=mail.eml"
	}
	f, err := os.Open(path)
	if err != nil {
		s.fault(w, v, http.StatusNotFound, errNoPage)
		return
	}
	defer f.Close()
	w.Header().Set("Content-Security-Policy", paperPolicy)
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", how)
	http.ServeContent(w, r, "", time.Time{}, f)
}

// papersOf are those that lie there for somebody by whom a lane is meant.
func (v *visit) papersOf(to string) (desk.HandIn, error) {
	x, err := v.dossier()
	if err != nil {
		return desk.HandIn{}, err
	}
	r, err := desk.TrackOf(x)
	if err != nil {
		return desk.HandIn{}, err
	}
	for _, l := range r.Lanes {
		if laneKey(l) == to && l.Role != "" {
			h, any, err := desk.HandInOf(x, l.Role)
			if err == nil && !any {
				err = errNoPage
			}
			return h, err
		}
	}
	return desk.HandIn{}, errNoPage
}
