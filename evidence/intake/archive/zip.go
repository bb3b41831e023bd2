package archive

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"
	"time"

	"juzheng/evidence"
)

// isLocked is the bit of a file that is locked with a password.
const isLocked = 1

// zip unpacks by the directory at the end of a zip, as the programs do that
// people open zips with.
func (u *unpacking) zip(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // each path is looked at below
		return &cut
	}
	files, open := 0, 0
	var said uint64 // bytes of all that is not refused by itself
	for _, f := range z.File {
		if path.Base(f.Name) == "bagit.txt" && strings.Count(f.Name, "/") <= 1 {
			return &bundle
		}
		if !f.FileInfo().IsDir() {
			files++
			if !isSwollen(f) && f.UncompressedSize64 <= uint64(u.limits.File) {
				said += f.UncompressedSize64
			}
			if f.Flags&isLocked == 0 {
				open++
			}
		}
	}
	switch {
	case files > u.limits.Files:
		return &tooMany
	case said > uint64(u.limits.Bytes): // before any of it is on the disk
		return &bomb
	case files > 0 && open == 0:
		return &allLocked
	}
	for _, f := range z.File {
		if err := u.zipFile(f); err != nil {
			return err
		}
	}
	return nil
}

func (u *unpacking) zipFile(f *zip.File) error {
	if err := u.ctx.Err(); err != nil {
		return err
	}
	m, ok := nameOf(f.Name)
	if strings.HasSuffix(m.Name, "/") {
		return nil
	}
	m.Size, m.Modified = int64(min(f.UncompressedSize64, 1<<62)), zipTime(f)
	mode := f.Mode()
	switch {
	case !ok:
		m.Bad = outside
	case mode.IsDir():
		return nil
	case mode&^modeKept != 0:
		m.Bad = notFile(mode)
	case f.Flags&isLocked != 0:
		m.Bad = locked
	case m.Size > u.limits.File:
		m.Bad = large
	case isSwollen(f):
		m.Bad = swollen
	}
	if m.Bad.Code != "" {
		return u.add(m)
	}
	in, err := f.Open()
	if err != nil {
		m.Bad = harmed
		if errors.Is(err, zip.ErrAlgorithm) {
			m.Bad = method
		}
		return u.add(m)
	}
	defer in.Close()
	return u.write(m, in)
}

// isSwollen reports a file that was made to fill a disk or the memory: see [LimitsOf]. A
// directory that lies about it meets the limit of the whole archive.
func isSwollen(f *zip.File) bool {
	return f.UncompressedSize64 > harmless && f.UncompressedSize64/mostTimes > f.CompressedSize64
}

// zipTime is when a file was last changed. A zip without a field for it holds
// what the clock showed, in no zone: that of the phone, as its names do.
func zipTime(f *zip.File) time.Time {
	t := f.Modified
	if t.IsZero() || t.Year() < 1990 {
		return time.Time{}
	}
	if t.Location() == time.UTC && !hasUnixTime(f.Extra) {
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, evidence.Beijing)
	}
	return t.In(evidence.Beijing)
}

// hasUnixTime looks for the fields that hold a time in UTC: of NTFS, Unix and
// Info-ZIP, old and extended.
func hasUnixTime(extra []byte) bool {
	for len(extra) >= 4 {
		id, n := int(extra[0])|int(extra[1])<<8, int(extra[2])|int(extra[3])<<8
		switch id {
		case 0x000a, 0x000d, 0x5455, 0x5855:
			return true
		}
		if 4+n > len(extra) {
			return false
		}
		extra = extra[4+n:]
	}
	return false
}
