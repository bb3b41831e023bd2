package desk

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"juzheng/evidence/bag/commit"
)

// A Bundled is an exhibit in a bundle, by the bundle's own record.
type Bundled struct {
	commit.Record
	File string // in the bundle: data/E001.m4a
}

// Bounds of what is read of a bundle beside its check: it may be an enemy's.
const (
	maxBundled      = 20_000   // exhibits
	maxBundleRecord = 64 << 10 // bytes of one record
	maxUnpacked     = 64 << 20 // bytes of an exhibit that is packed in a zip
)

// A Bundle is a bundle that was checked, opened to show what is in it. It
// proves nothing: that is [Verify].
type Bundle struct {
	files fs.FS
	close func() error
}

// OpenBundle opens a bundle, a folder or a zip; of a case its own.
func OpenBundle(given string) (*Bundle, error) {
	given, err := bundleOf(given)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(given)
	if err != nil {
		return nil, err
	}
	b := &Bundle{}
	if info.IsDir() {
		root, err := os.OpenRoot(given) // no link in it leads out
		if err != nil {
			return nil, err
		}
		b.files, b.close = root.FS(), root.Close
	} else {
		packed, err := zip.OpenReader(given)
		if err != nil {
			return nil, err
		}
		b.files, b.close = packed, packed.Close
	}
	if b.files, err = aroundTag(b.files); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

// aroundTag is the folder in which bagit.txt lies: here, or one below.
func aroundTag(files fs.FS) (fs.FS, error) {
	if _, err := fs.Stat(files, "bagit.txt"); err == nil {
		return files, nil
	}
	found, err := fs.Glob(files, "*/bagit.txt")
	if err != nil || len(found) != 1 {
		return nil, fmt.Errorf("no bundle in it: %w", fs.ErrNotExist)
	}
	return fs.Sub(files, path.Dir(found[0]))
}

// Close ends the reading.
func (b *Bundle) Close() error { return b.close() }

// Exhibits are those that have a record and a file here, in the order of their
// numbers. A record that cannot be read is left out: the check names it.
func (b *Bundle) Exhibits() ([]Bundled, error) {
	here, err := fs.ReadDir(b.files, "data")
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, e := range here[:min(len(here), maxBundled)] {
		if number, _, ok := strings.Cut(e.Name(), "."); ok && e.Type().IsRegular() {
			files[number] = "data/" + e.Name()
		}
	}
	var out []Bundled
	for number, file := range files {
		x := Bundled{File: file}
		x.Exhibit = number
		if data, err := readSome(b.files, "records/"+number+".json", maxBundleRecord); err == nil {
			if json.Unmarshal(data, &x.Record) != nil || x.Exhibit != number {
				x.Record = commit.Record{Exhibit: number}
			}
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b Bundled) int { return strings.Compare(a.File, b.File) })
	return out, nil
}

func readSome(files fs.FS, name string, most int64) ([]byte, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s is longer than %d bytes", name, most)
	}
	return data, err
}

// Open opens the file of an exhibit, so that any part of it can be read. What is
// packed in a zip is unpacked in memory, up to 64 MiB.
func (b *Bundle) Open(x Bundled) (io.ReadSeeker, error) {
	f, err := b.files.Open(x.File)
	if err != nil {
		return nil, err
	}
	if s, ok := f.(io.ReadSeeker); ok {
		return s, nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxUnpacked+1))
	if err == nil && len(data) > maxUnpacked {
		err = fmt.Errorf("%s is too long to be unpacked in memory", x.File)
	}
	return bytes.NewReader(data), err
}
