package desk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
)

// LettersAside tells of letters that were moved away, for they were written before what
// is covered now was, and show it.
type LettersAside struct{ Names []string }

// Code names the notice.
func (LettersAside) Code() string { return "letters-aside" }

// asideUncovered moves away the letters below letters/ that show what is covered now.
// They are not written anew: some may have been handed in, others are no longer wanted.
func asideUncovered(d Desk, x Dossier) error {
	f := x.Folder
	covered, err := os.Stat(f.Path(folder.RedactionsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	lying, err := os.ReadDir(f.Path(folder.LettersDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	roles := rolesOfLetters(x)
	var moved []string
	for _, e := range lying {
		var rows []evidence.Redaction
		for _, r := range x.Redactions {
			if r.For(string(roles[e.Name()])) {
				rows = append(rows, r)
			}
		}
		if !e.IsDir() || !shows(f.Path(folder.LettersDir, e.Name()), rows, covered.ModTime()) {
			continue
		}
		if _, err := f.SetAsideLetter(e.Name()); err != nil {
			return err
		}
		moved = append(moved, e.Name())
	}
	if len(moved) > 0 {
		d.tell(LettersAside{moved})
	}
	return nil
}

// rolesOfLetters are the roles of those to whom the folders below letters/ go; some go to
// nobody who has one.
func rolesOfLetters(x Dossier) map[string]evidence.Role {
	out := map[string]evidence.Role{}
	for _, role := range evidence.AllRoles() {
		found, err := recipients(x, []evidence.Role{role})
		if err != nil {
			continue
		}
		for _, a := range letter.Applications() {
			out[letterName(a.Title.ZH, role, found[0].recipient.Name)] = role
		}
		for _, n := range letter.NextLetters() {
			out[letterName(n.Title(role), role, found[0].recipient.Name)] = role
		}
	}
	return out
}

// shows reports a letter that was written before a moment and says covered words, or
// encloses an exhibit of which a part is covered.
func shows(dir string, rows []evidence.Redaction, since time.Time) bool {
	path := filepath.Join(dir, packet.TextName)
	info, err := os.Stat(path)
	if err != nil || !info.ModTime().Before(since) {
		return false
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	enclosed, err := filepath.Glob(filepath.Join(disk.QuoteGlob(dir), "附件*-证据*"))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(rows, func(r evidence.Redaction) bool {
		if r.Exhibit == "" {
			return strings.Contains(string(text), r.Text)
		}
		mark := "-证据" + strings.TrimLeft(r.Exhibit[1:], "0") + "."
		return slices.ContainsFunc(enclosed, func(p string) bool { return strings.Contains(filepath.Base(p), mark) })
	})
}
