package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// ticks are the letters that were read, with the digest of their words.
func (v *visit) ticks() map[evidence.Role]string {
	out := map[evidence.Role]string{}
	if f, err := folder.Open(v.dir, v.desk.Tool); err == nil {
		if data := f.Cached(tickFile); data != nil && json.Unmarshal(data, &out) != nil {
			return map[evidence.Role]string{} // cut short: they are read again
		}
	}
	return out
}

func (v *visit) putTicks(ticks map[evidence.Role]string) error {
	f, err := folder.Open(v.dir, v.desk.Tool)
	if err != nil {
		return err
	}
	data, err := json.Marshal(ticks)
	if err == nil {
		f.Cache(data, tickFile)
	}
	return err
}

// paperPolicy keeps a paper that is opened as a page from asking anybody for anything;
// viewers of browsers do not open one that is in a sandbox, and ours hold no script.
const paperPolicy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"

// sendPages sends the PDF of a letter.
func (s *server) sendPages(w http.ResponseWriter, r *http.Request, v *visit, t desk.LetterDraft) {
	data := t.PDF
	if t.Papers != "" {
		var err error
		if data, err = os.ReadFile(t.Papers); err != nil {
			s.fault(w, v, 0, err)
			return
		}
	}
	h := w.Header()
	h.Set("Content-Security-Policy", paperPolicy)
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", "inline; filename="+string(t.Role)+".pdf")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}
