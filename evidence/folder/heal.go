package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
)

// heal mends what a killed run left, once a Folder; the caller holds the
// lock. Half copies go. A whole copy that never reached the register is kept
// aside and noted: its source may be gone by now. What is in the register and
// not in the custody log is logged, under the time of the mending, for the
// log's time does not run back.
func (f *Folder) heal(now time.Time) error {
	if f.healed {
		return nil
	}
	register, err := f.Register()
	if err != nil {
		return err
	}
	for _, pattern := range []string{filepath.Join(ExhibitsDir, ".E*.partial"), "." + TimelineFile + ".*.partial", "." +
		CaseFile + ".*.partial", "." + BundleZip + ".*.partial"} {
		left, err := filepath.Glob(filepath.Join(disk.QuoteGlob(f.dir), pattern))
		if err != nil {
			return fmt.Errorf("mend the case: %w", err)
		}
		for _, path := range left {
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("mend the case: %w", err)
			}
		}
	}
	if err := f.keepOrphans(register, now); err != nil {
		return err
	}
	if err := f.logRegister(register, now); err != nil {
		return err
	}
	if err := f.closeBegun(now); err != nil {
		return err
	}
	f.healed = true
	return nil
}

// keepOrphans moves files named like exhibits that the register does not know.
func (f *Folder) keepOrphans(register Register, now time.Time) error {
	known := map[string]bool{}
	for _, x := range register.Exhibits {
		known[x.File] = true
	}
	files, err := os.ReadDir(f.Path(ExhibitsDir))
	if err != nil {
		return fmt.Errorf("mend the case: %w", err)
	}
	for _, file := range files {
		name := file.Name()
		number := name[:len(name)-len(filepath.Ext(name))]
		if known[name] || !exhibitForm.MatchString(number) || !file.Type().IsRegular() {
			continue
		}
		dir := f.Path(SupersededDir, "unregistered")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("mend the case: %w", err)
		}
		to := filepath.Join(dir, name)
		for n := 2; ; n++ {
			if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
				break
			}
			to = filepath.Join(dir, fmt.Sprintf("%s-%d%s", number, n, filepath.Ext(name)))
		}
		if err := disk.Rename(f.Path(ExhibitsDir, name), to); err != nil {
			return fmt.Errorf("mend the case: %w", err)
		}
		if err := f.Note("note", "unregistered copy "+name+" kept as "+SupersededDir+"/unregistered/"+filepath.Base(to),
			now); err != nil {
			return err
		}
	}
	return nil
}

// logRegister appends the custody records that a crash kept from being
// written behind their register lines.
func (f *Folder) logRegister(register Register, now time.Time) error {
	log, err := f.Custody()
	if err != nil {
		return err
	}
	have := map[string]int{}
	for line := range bytes.Lines(log) {
		var r bag.Record
		if json.Unmarshal(line, &r) == nil {
			have[r.Event+" "+r.Detail]++
		}
	}
	note := func(event, detail string) error {
		if have[event+" "+detail] > 0 {
			have[event+" "+detail]--
			return nil
		}
		return f.Note(event, detail, now)
	}
	// The log has the path below what was given, the register all of it: any
	// end of it is the record. How much was given nobody knows any more, so that
	// only the name is written.
	noteFile := func(event string, detail func(below string) string, path string) error {
		below := strings.ReplaceAll(path, `\`, "/")
		for have[event+" "+detail(below)] == 0 {
			_, rest, deeper := strings.Cut(below, "/")
			if !deeper {
				break
			}
			below = rest
		}
		return note(event, detail(below))
	}
	for _, x := range register.Exhibits {
		if err := note("import", importDetail(x)); err != nil {
			return err
		}
	}
	for _, x := range register.Exhibits {
		for _, path := range x.Duplicates {
			if err := noteFile("duplicate", func(p string) string { return duplicateDetail(x, p) }, path); err != nil {
				return err
			}
		}
	}
	for _, u := range register.Unusable {
		if err := noteFile("exclude", func(p string) string { return excludeDetail(u.Code, p) }, u.Path); err != nil {
			return err
		}
	}
	return nil
}

func importDetail(x evidence.Exhibit) string                 { return x.Number + " " + x.SHA256 }
func duplicateDetail(x evidence.Exhibit, path string) string { return x.Number + " " + path }
func excludeDetail(code, below string) string                { return code + " " + below }
