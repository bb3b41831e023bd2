package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"juzheng/evidence/bag"
)

// A Sealed is what the custody log says of the last seal.
type Sealed struct {
	Time       time.Time
	State      string // sum over case.toml, timeline.csv and the register at the time
	Supersedes string // SHA-256 root of the bundle before; empty if there was none
}

// StateSum is a SHA-256 over what a seal is made from: case.toml,
// timeline.csv and exhibits.jsonl. It changes when the case moves on.
func (f *Folder) StateSum() (string, error) {
	h := sha256.New()
	for _, name := range []string{CaseFile, TimelineFile, RegisterFile} {
		data, err := os.ReadFile(f.Path(name))
		if err != nil {
			return "", fmt.Errorf("read %s: %w", name, err)
		}
		fmt.Fprintf(h, "%s %d\n", name, len(data))
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// LastSeal reads the last seal from the custody log; the zero Sealed if there
// is none. Log is the log up to and with its record.
func (f *Folder) LastSeal() (s Sealed, log []byte, err error) {
	data, err := f.Custody()
	if err != nil {
		return Sealed{}, nil, err
	}
	end := 0
	for at := 0; ; {
		line, _, whole := bytes.Cut(data[at:], []byte("\n"))
		if !whole {
			break
		}
		at += len(line) + 1
		var r bag.Record
		if err := json.Unmarshal(line, &r); err != nil {
			return Sealed{}, nil, fmt.Errorf("custody log: %w", err)
		}
		if r.Event != "seal" {
			continue
		}
		t, err := time.Parse(time.RFC3339, r.Time)
		if err != nil {
			return Sealed{}, nil, fmt.Errorf("custody log: %w", err)
		}
		s, end = Sealed{Time: t}, at
		for _, part := range strings.Fields(r.Detail) {
			key, value, _ := strings.Cut(part, "=")
			switch key {
			case "state":
				s.State = value
			case "supersedes":
				s.Supersedes = value
			}
		}
	}
	return s, data[:end], nil
}

// Current reports whether a bundle stands there that was made from the case
// as it is now, and returns its root.
func (f *Folder) Current() (bag.Root, bool, error) {
	state, err := f.StateSum()
	if err != nil {
		return bag.Root{}, false, err
	}
	last, _, err := f.LastSeal()
	if err != nil || last.State != state {
		return bag.Root{}, false, err
	}
	root, err := bag.ReadRoot(f.Path(BundleDir))
	if err != nil {
		return bag.Root{}, false, nil // not finished, or taken away: the next seal makes it again
	}
	return root, true, nil
}

// Seal makes the bundle and its zip. A case that has not changed since its
// last seal keeps that seal: the same root, made again byte for byte if the
// bundle is gone. A changed case gets a new seal that names the older root;
// the older bundle moves to superseded/.
//
// The custody record comes first and is part of what is sealed, so a crash
// between record and bundle is mended by the next run: it finds the record,
// and makes the bundle from it.
func (f *Folder) Seal(ctx context.Context, now time.Time, software string) (root bag.Root, fresh bool, err error) {
	state, err := f.StateSum()
	if err != nil {
		return root, false, err
	}
	last, log, err := f.LastSeal()
	if err != nil {
		return root, false, err
	}
	if last.State != state {
		detail := "state=" + state
		if old, err := bag.ReadRoot(f.Path(BundleDir)); err == nil {
			detail += " supersedes=" + old.SHA256
			if err := f.setAside(old.SHA256); err != nil {
				return root, false, err
			}
		} else if last.Supersedes != "" {
			detail += " supersedes=" + last.Supersedes
		}
		if err := f.Note("seal", detail, now); err != nil {
			return root, false, err
		}
		if last, log, err = f.LastSeal(); err != nil {
			return root, false, err
		}
		fresh = true
	}
	root, err = bag.ReadRoot(f.Path(BundleDir))
	if errors.Is(err, fs.ErrNotExist) {
		root, err = f.writeBundle(last, log, software)
	}
	if err != nil {
		return root, false, fmt.Errorf("seal the bundle: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return root, fresh, err
	}
	return root, fresh, f.writeZip(last.Time)
}

// setAside moves the bundle of an older root out of the way and keeps it.
func (f *Folder) setAside(root string) error {
	dir := f.Path(SupersededDir, root[:16])
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("keep the older bundle: %w", err)
	}
	for _, name := range []string{BundleZip, BundleDir} {
		err := os.Rename(f.Path(name), f.Path(SupersededDir, root[:16], name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("keep the older bundle: %w", err)
		}
	}
	return nil
}

func (f *Folder) writeBundle(s Sealed, log []byte, software string) (bag.Root, error) {
	c, err := f.ReadCase()
	if err != nil {
		return bag.Root{}, err
	}
	register, err := f.Register()
	if err != nil {
		return bag.Root{}, err
	}
	timeline, err := os.ReadFile(f.Path(TimelineFile))
	if err != nil {
		return bag.Root{}, err
	}
	contents := bag.Contents{
		Case: c.ID, Time: s.Time, Software: software, Supersedes: s.Supersedes,
		Timeline: timeline, Custody: log,
	}
	files := map[string]Exhibit{}
	for _, x := range register.Exhibits {
		e := entryOf(x)
		files[e.Path] = x
		contents.Entries = append(contents.Entries, e)
	}
	contents.Open = func(e bag.Entry) (io.ReadCloser, error) { return f.OpenExhibit(files[e.Path]) }
	for _, x := range register.Exhibits {
		if err := f.checkExhibit(x); err != nil {
			return bag.Root{}, err
		}
	}
	return bag.Write(f.Path(BundleDir), contents)
}

// checkExhibit compares the stored bytes with the register before anything is
// sealed, so that a spoilt copy is named and not sealed in.
func (f *Folder) checkExhibit(x Exhibit) error {
	in, err := f.OpenExhibit(x)
	if err != nil {
		return err
	}
	in.Close()
	sums, err := SumsOf(in.Name())
	if err != nil {
		return fmt.Errorf("check exhibit %s: %w", x.Number, err)
	}
	if sums != x.Sums {
		return &DigestError{Exhibit: x.Number, File: x.File, Want: x.SHA256, Got: sums.SHA256}
	}
	return nil
}

// entryOf is what evidence.json says of an exhibit: each time with its source.
func entryOf(x Exhibit) bag.Entry {
	e := bag.Entry{
		Path: "data/" + x.File, Number: x.Number, Kind: string(x.Kind), MediaType: x.MediaType,
		OriginalName: x.OriginalName, OriginalNameHex: x.NameHex, Size: x.Size, Sums: x.Sums,
	}
	if x.Captured.Time != "" {
		source := x.Captured.Source
		if x.Captured.Device {
			source += ", device clock without zone, taken as +08:00"
		}
		e.Times = append(e.Times, bag.EntryTime{What: "captured", Time: x.Captured.Time, Source: source})
	}
	e.Times = append(e.Times,
		bag.EntryTime{What: "modified", Time: x.Modified.Format(time.RFC3339), Source: "file system of the source"},
		bag.EntryTime{What: "added", Time: x.Added.Format(time.RFC3339), Source: "clock of this computer"})
	return e
}

// writeZip packs the bundle, unless its zip stands there already.
func (f *Folder) writeZip(t time.Time) error {
	path := f.Path(BundleZip)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	out, err := os.CreateTemp(f.dir, ".bundle-*.partial")
	if err != nil {
		return fmt.Errorf("pack the bundle: %w", err)
	}
	defer os.Remove(out.Name()) // does nothing after the rename
	err = bag.WriteZip(out, f.Path(BundleDir), t)
	if err == nil {
		err = out.Sync()
	}
	if cerr := out.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(out.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("pack the bundle: %w", err)
	}
	return syncDir(f.dir)
}
