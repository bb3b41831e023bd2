package bag

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"path/filepath"
	"strings"
	"time"
)

// beijing is the zone the times of a zip are in, whatever the machine's.
var beijing = time.FixedZone("+08:00", 8*60*60)

// WriteZip packs the bundle folder dir, with dir's base name as the one top
// folder. Entries are sorted and stored, all with the time t in +08:00 and
// the same attributes, so that the same bundle gives the same bytes.
func WriteZip(w io.Writer, dir string, t time.Time) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return fmt.Errorf("write zip: %w", err)
	}
	tree, err := openFolder(abs)
	if err != nil {
		return fmt.Errorf("write zip: %w", err)
	}
	defer tree.close()
	nodes, bad, err := tree.list(DefaultLimits.Entries)
	if err == nil && len(bad) > 0 {
		err = fmt.Errorf("%s: %w", bad[0].path, bad[0].err)
	}
	if err != nil {
		return fmt.Errorf("write zip: %w", err)
	}
	z := &zipWriter{w: bufio.NewWriterSize(w, 1<<18), top: filepath.Base(abs)}
	z.date, z.time = dosTime(t.In(beijing))
	for i, n := range nodes {
		empty := n.kind == directory && (i+1 == len(nodes) || !strings.HasPrefix(nodes[i+1].path, n.path+"/"))
		switch {
		case n.kind == directory && !empty:
			continue // a folder with files needs no entry
		case n.kind == directory:
			err = z.add(n, 0, 0, nil)
		case n.kind == regular:
			err = z.addFile(tree, n)
		default:
			err = errors.New("not a regular file")
		}
		if err != nil {
			return fmt.Errorf("write zip: %s: %w", shown(n.path), err)
		}
	}
	if err := z.finish(); err != nil {
		return fmt.Errorf("write zip: %w", err)
	}
	return nil
}

// dosTime is the time of a zip entry: local time in steps of two seconds,
// from 1980 to 2107.
func dosTime(t time.Time) (date, clock uint16) {
	if t.Year() < 1980 {
		return 1<<5 | 1, 0
	}
	if t.Year() > 2107 {
		return 127<<9 | 12<<5 | 31, 0
	}
	return uint16(t.Year()-1980)<<9 | uint16(t.Month())<<5 | uint16(t.Day()),
		uint16(t.Hour())<<11 | uint16(t.Minute())<<5 | uint16(t.Second()/2)
}

// A zipWriter writes stored entries with all figures in the local header:
// archive/zip would put them behind the data, where some readers do not look,
// and cannot write a local header above 4 GiB.
type zipWriter struct {
	w          *bufio.Writer
	top        string
	date, time uint16
	pos        int64
	dir        []byte
	n          int
}

// addFile reads the file twice: first for the CRC, which stands before the
// data, then for the data. A file that changes in between is an error.
func (z *zipWriter) addFile(tree *folderTree, n node) error {
	r, err := tree.open(n)
	if err != nil {
		return err
	}
	sum := crc32.NewIEEE()
	_, err = io.Copy(sum, r)
	r.Close()
	if err != nil {
		return err
	}
	if r, err = tree.open(n); err != nil {
		return err
	}
	defer r.Close()
	again := crc32.NewIEEE()
	if err := z.add(n, n.size, sum.Sum32(), io.TeeReader(r, again)); err != nil {
		return err
	}
	if again.Sum32() != sum.Sum32() {
		return errChanging
	}
	return nil
}

func (z *zipWriter) add(n node, size int64, crc uint32, data io.Reader) error {
	name := z.top + "/" + n.path
	mode := uint32(0o100644)
	switch {
	case n.kind == directory:
		name, mode = name+"/", 0o040755
	case strings.HasPrefix(n.path, "data/"):
		mode = 0o100444
	}
	var flags uint16
	if !isASCII(name) {
		flags = flagUTF8
	}
	large := size >= math.MaxUint32
	version := uint16(20)
	if large || z.pos >= math.MaxUint32 {
		version = 45
	}
	size32 := uint32(min(size, math.MaxUint32))
	// What both headers have in common, from "version needed" to the sizes.
	var common []byte
	common = le.AppendUint16(common, version)
	common = le.AppendUint16(common, flags)
	common = le.AppendUint16(common, methodStore)
	common = le.AppendUint16(common, z.time)
	common = le.AppendUint16(common, z.date)
	common = le.AppendUint32(common, crc)
	common = le.AppendUint32(common, size32)
	common = le.AppendUint32(common, size32)
	common = le.AppendUint16(common, uint16(len(name)))

	var extra []byte
	if large {
		extra = le.AppendUint64(le.AppendUint64(extra, uint64(size)), uint64(size))
	}
	header := z.pos
	local := append(le.AppendUint32(nil, zipLocal), common...)
	local = append(local, zip64Extra(extra)...)
	local = append(local[:30], append([]byte(name), local[30:]...)...)
	if err := z.write(local); err != nil {
		return err
	}
	if data != nil {
		written, err := io.Copy(z.w, io.LimitReader(data, size+1))
		z.pos += written
		if err != nil {
			return err
		}
		if written != size {
			return errChanging
		}
	}
	if header >= math.MaxUint32 {
		extra = le.AppendUint64(extra, uint64(header))
	}
	x := zip64Extra(extra)
	c := le.AppendUint32(z.dir, zipCentral)
	c = le.AppendUint16(c, 3<<8|45) // Unix
	c = append(c, common...)
	c = append(c, x[:2]...)
	c = append(c, 0, 0, 0, 0, 0, 0) // no comment, disk 0, binary
	c = le.AppendUint32(c, mode<<16)
	c = le.AppendUint32(c, uint32(min(header, math.MaxUint32)))
	c = append(c, name...)
	z.dir = append(c, x[2:]...)
	z.n++
	return nil
}

// zip64Extra returns the length of the extra field and the field itself.
func zip64Extra(body []byte) []byte {
	if len(body) == 0 {
		return []byte{0, 0}
	}
	b := le.AppendUint16(nil, uint16(len(body)+4))
	b = le.AppendUint16(b, 1)
	b = le.AppendUint16(b, uint16(len(body)))
	return append(b, body...)
}

func (z *zipWriter) write(b []byte) error {
	n, err := z.w.Write(b)
	z.pos += int64(n)
	return err
}

func (z *zipWriter) finish() error {
	offset, size := z.pos, int64(len(z.dir))
	if err := z.write(z.dir); err != nil {
		return err
	}
	var b []byte
	if z.n >= math.MaxUint16 || offset >= math.MaxUint32 || size >= math.MaxUint32 {
		end := z.pos
		b = le.AppendUint32(b, zip64End)
		b = le.AppendUint64(b, 44)
		b = le.AppendUint16(b, 3<<8|45)
		b = le.AppendUint16(b, 45)
		b = le.AppendUint64(b, 0) // disks
		b = le.AppendUint64(b, uint64(z.n))
		b = le.AppendUint64(b, uint64(z.n))
		b = le.AppendUint64(b, uint64(size))
		b = le.AppendUint64(b, uint64(offset))
		b = le.AppendUint32(b, zip64Locator)
		b = le.AppendUint32(b, 0)
		b = le.AppendUint64(b, uint64(end))
		b = le.AppendUint32(b, 1)
	}
	count := uint16(min(z.n, math.MaxUint16))
	b = le.AppendUint32(b, zipEnd)
	b = le.AppendUint32(b, 0) // disks
	b = le.AppendUint16(le.AppendUint16(b, count), count)
	b = le.AppendUint32(b, uint32(min(size, math.MaxUint32)))
	b = le.AppendUint32(b, uint32(min(offset, math.MaxUint32)))
	b = le.AppendUint16(b, 0)
	if err := z.write(b); err != nil {
		return err
	}
	return z.w.Flush()
}
