package folder

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/commit"
	"juzheng/evidence/disk"
)

// wholeCopy is a copy with all exhibits of the list that are not left out. It
// tells the first records of the log; own is the number of the one that tells
// of this copy, 0 if there is none.
func (f *Folder) wholeCopy(g growth, at time.Time, records, own int) (bag.Copy, error) {
	return f.copyWith(g, itemsOf(g.list), at, records, own)
}

// copyWith is a copy with these exhibits, and with what belongs to them and to
// no other: openings, records, rows, lines of the log.
func (f *Folder) copyWith(
	g growth, numbers []string, at time.Time, records, own int,
) (bag.Copy, error) {
	kase, err := f.ReadCase()
	if err != nil {
		return bag.Copy{}, err
	}
	register, err := f.Register()
	if err != nil {
		return bag.Copy{}, err
	}
	log, err := f.caseLog(g.key)
	if err != nil {
		return bag.Copy{}, err
	}
	log = firstLines(log, records)
	here := map[string]bool{}
	for _, n := range numbers {
		here[n] = true
	}
	in := map[string]bool{}
	for _, n := range itemsOf(g.list) {
		in[n] = true
	}
	c := bag.Copy{Case: kase.ID, Time: at, Software: f.software(), List: g.list,
		Log: told(log, here, in, own), LogDigests: commit.LogDigests(log)}
	for _, n := range numbers {
		c.Items = append(c.Items, g.items[n])
	}
	c.Open = func(o commit.Opening) (io.ReadCloser, error) {
		x, ok := register.Lookup(o.Number)
		if !ok {
			return nil, fmt.Errorf("exhibit %s is not registered", o.Number)
		}
		return f.OpenExhibit(x)
	}
	if c.Timeline, err = f.rowsOf(register, here, len(numbers) == len(in)); err != nil {
		return bag.Copy{}, err
	}
	c.Seal, err = f.kept()
	return c, err
}

// itemsOf are the exhibits that a list takes in.
func itemsOf(l commit.List) []string {
	in, _ := l.State(l.Len())
	return in
}

// rowsOf is timeline.csv for a copy. One with all exhibits has it as it stands;
// else a row goes along only if it is of exhibits that are all here, under a
// number that does not tell how many rows are not. Rows of no exhibit are in a
// whole copy, which lacks only what its owner left out.
func (f *Folder) rowsOf(register Register, here map[string]bool, whole bool) ([]byte, error) {
	data, err := f.readTimeline()
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(register.Exhibits, func(x evidence.Exhibit) bool { return !here[x.Number] }) {
		return data, nil
	}
	rows, err := ParseTimeline(TimelineFile, data)
	if err != nil {
		return nil, err
	}
	var extracts []evidence.Exhibit
	for _, x := range register.Exhibits {
		if x.Extract != nil && here[x.Number] && !here[x.Extract.Of] {
			extracts = append(extracts, x)
		}
	}
	var out []evidence.Incident
	for _, r := range rows {
		r = r.By(extracts)
		of := r.From()
		if len(of) == 0 && !whole || slices.ContainsFunc(of, func(n string) bool { return !here[n] }) {
			continue
		}
		r.ID = fmt.Sprintf("T%03d", len(out)+1)
		out = append(out, r)
	}
	var b bytes.Buffer
	err = WriteIncidents(&b, out)
	return b.Bytes(), err
}

// bringSeal puts into the bundle what vouches for lines of its list, where a run
// was stopped before it did.
func (f *Folder) bringSeal() error {
	kept, err := f.kept()
	if err != nil {
		return fmt.Errorf("keep what vouches for the list: %w", err)
	}
	for _, k := range kept {
		to := f.Path(BundleDir, bag.SealDir, k.Name)
		if there, err := readRegular(to); err == nil && bytes.Equal(there, k.Content) {
			continue
		}
		err := os.MkdirAll(filepath.Dir(to), 0o700)
		if err == nil {
			err = disk.Replace(to, k.Content, 0o600)
		}
		if err != nil {
			return fmt.Errorf("keep seal/%s: %w", k.Name, err)
		}
	}
	return nil
}
