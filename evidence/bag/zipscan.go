package bag

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"sort"
	"strings"
	"unicode/utf8"
)

// A zip says everything twice, in local headers and in the central directory
// at its end, and readers differ in whom they believe. So archive/zip is not
// used to read one: this scan takes only a zip that can be read in one way.

// A zipFault is why a zip is refused.
type zipFault struct {
	code   string // E-ZIP-…
	name   string
	detail string
}

func (f *zipFault) Error() string { return f.code + ": " + f.name + ": " + f.detail }

func zipErr(code, name, format string, args ...any) error {
	return &zipFault{code, name, fmt.Sprintf(format, args...)}
}

// A zipEntry is one file or directory, as both headers say it.
type zipEntry struct {
	name           string // without the slash of a directory
	dir            bool
	version, flags uint16
	method         uint16
	time, date     uint16
	crc            uint32
	packed, size   int64
	header, data   int64 // offsets
	end            int64 // of the data
	made           uint16
	attributes     uint32
	rawName        []byte
	record         []byte // the whole central record
}

const (
	zipLocal      = 0x04034b50
	zipCentral    = 0x02014b50
	zipEnd        = 0x06054b50
	zip64End      = 0x06064b50
	zip64Locator  = 0x07064b50
	zipDescriptor = 0x08074b50

	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3
	flagUTF8       = 1 << 11
	flagsKnown     = 1<<1 | 1<<2 | flagDescriptor | flagUTF8 // 1, 2: how hard deflate tried

	methodStore, methodDeflate = 0, 8
)

var le = binary.LittleEndian

// A zipScan reads the structure of a zip.
type zipScan struct {
	r       io.ReaderAt
	size    int64
	limits  Limits
	comment int

	count, dirSize, dirOffset uint64
	dirEnd                    int64
}

// scanZip returns the entries in order of their place in the file, or a
// [*zipFault].
func scanZip(r io.ReaderAt, size int64, limits Limits) ([]*zipEntry, int, error) {
	s := &zipScan{r: r, size: size, limits: limits}
	if err := s.findEnd(); err != nil {
		return nil, 0, err
	}
	entries, err := s.central()
	if err != nil {
		return nil, 0, err
	}
	sort.SliceStable(entries, func(i, j int) bool { return entries[i].header < entries[j].header })
	pos := int64(0)
	for i, e := range entries {
		next := int64(s.dirOffset)
		if i+1 < len(entries) {
			next = entries[i+1].header
		}
		if e.header != pos {
			return nil, 0, zipErr("E-ZIP-GAP", e.name, "header at %d, not %d", e.header, pos)
		}
		if err := s.local(e, next); err != nil {
			return nil, 0, err
		}
		pos = next
	}
	if pos != int64(s.dirOffset) {
		return nil, 0, zipErr("E-ZIP-GAP", "", "%d bytes before the directory", int64(s.dirOffset)-pos)
	}
	if err := checkEntries(entries, limits); err != nil {
		return nil, 0, err
	}
	return entries, s.comment, nil
}

func (s *zipScan) read(off int64, n int) ([]byte, error) {
	if off < 0 || off+int64(n) > s.size {
		return nil, zipErr("E-ZIP-END", "", "offset %d lies outside the file", off)
	}
	b := make([]byte, n)
	if _, err := s.r.ReadAt(b, off); err != nil && err != io.EOF {
		return nil, err
	}
	return b, nil
}

// findEnd finds the one end record. Readers search for it in different ways
// (golang/go #66869), so a file with two candidates is two files.
func (s *zipScan) findEnd() error {
	n := int(min(s.size, 22+math.MaxUint16))
	tail, err := s.read(s.size-int64(n), n)
	if err != nil {
		return err
	}
	at := -1
	for i := 0; i+22 <= n; i++ {
		if le.Uint32(tail[i:]) != zipEnd || i+22+int(le.Uint16(tail[i+20:])) != n {
			continue
		}
		if at >= 0 {
			return zipErr("E-ZIP-END", "", "two end records")
		}
		at = i
	}
	if at < 0 {
		return zipErr("E-ZIP-END", "", "no end record reaches the end of the file")
	}
	end := tail[at:]
	s.comment = int(le.Uint16(end[20:]))
	if le.Uint16(end[4:]) != 0 || le.Uint16(end[6:]) != 0 || le.Uint16(end[8:]) != le.Uint16(end[10:]) {
		return zipErr("E-ZIP-END", "", "more than one disk")
	}
	s.count = uint64(le.Uint16(end[10:]))
	s.dirSize, s.dirOffset = uint64(le.Uint32(end[12:])), uint64(le.Uint32(end[16:]))
	s.dirEnd = s.size - int64(n) + int64(at)
	if err := s.findZip64(); err != nil {
		return err
	}
	if s.dirOffset > uint64(s.size) || s.dirSize > uint64(s.size) || s.dirOffset+s.dirSize != uint64(s.dirEnd) {
		return zipErr("E-ZIP-GAP", "", "directory does not end at the end record")
	}
	if s.count > uint64(s.limits.Entries) {
		return zipErr("E-LIMIT", "", "%d entries", s.count)
	}
	return nil
}

// findZip64 reads the larger end record, if there is one; each field must
// then be equal in both or be marked as too large in the small one.
func (s *zipScan) findZip64() error {
	marked := s.count == math.MaxUint16 || s.dirSize == math.MaxUint32 || s.dirOffset == math.MaxUint32
	var loc []byte
	if s.dirEnd >= 20 {
		b, err := s.read(s.dirEnd-20, 20)
		if err != nil {
			return err
		}
		if le.Uint32(b) == zip64Locator {
			loc = b
		}
	}
	if loc == nil {
		if marked {
			return zipErr("E-ZIP-END", "", "zip64 record is missing")
		}
		return nil
	}
	off := le.Uint64(loc[8:])
	if le.Uint32(loc[4:]) != 0 || le.Uint32(loc[16:]) != 1 || off+56 != uint64(s.dirEnd-20) {
		return zipErr("E-ZIP-END", "", "zip64 locator is wrong")
	}
	b, err := s.read(int64(off), 56)
	if err != nil {
		return err
	}
	count, size, offset := le.Uint64(b[32:]), le.Uint64(b[40:]), le.Uint64(b[48:])
	ok := le.Uint32(b) == zip64End && le.Uint64(b[4:]) == 44 && le.Uint32(b[16:]) == 0 && le.Uint32(b[20:]) == 0 &&
		le.Uint64(b[24:]) == count &&
		(s.count == math.MaxUint16 || s.count == count) &&
		(s.dirSize == math.MaxUint32 || s.dirSize == size) &&
		(s.dirOffset == math.MaxUint32 || s.dirOffset == offset)
	if !ok {
		return zipErr("E-ZIP-END", "", "zip64 record disagrees with the end record")
	}
	s.count, s.dirSize, s.dirOffset, s.dirEnd = count, size, offset, int64(off)
	return nil
}

func (s *zipScan) central() ([]*zipEntry, error) {
	if s.dirSize > uint64(s.limits.Manifest) {
		return nil, zipErr("E-LIMIT", "", "directory of %d bytes", s.dirSize)
	}
	dir, err := s.read(int64(s.dirOffset), int(s.dirSize))
	if err != nil {
		return nil, err
	}
	var entries []*zipEntry
	for range s.count {
		if len(dir) < 46 || le.Uint32(dir) != zipCentral {
			return nil, zipErr("E-ZIP-END", "", "directory holds fewer entries than it says")
		}
		n, x, c := int(le.Uint16(dir[28:])), int(le.Uint16(dir[30:])), int(le.Uint16(dir[32:]))
		if len(dir) < 46+n+x+c {
			return nil, zipErr("E-ZIP-END", "", "directory is cut short")
		}
		e := &zipEntry{
			made: le.Uint16(dir[4:]), version: le.Uint16(dir[6:]),
			flags: le.Uint16(dir[8:]), method: le.Uint16(dir[10:]),
			time: le.Uint16(dir[12:]), date: le.Uint16(dir[14:]), crc: le.Uint32(dir[16:]),
			packed: int64(le.Uint32(dir[20:])), size: int64(le.Uint32(dir[24:])),
			attributes: le.Uint32(dir[38:]), header: int64(le.Uint32(dir[42:])),
			rawName: dir[46 : 46+n], record: dir[:46+n+x+c],
		}
		e.name = string(e.rawName)
		if le.Uint16(dir[34:]) != 0 {
			return nil, zipErr("E-ZIP-END", e.name, "more than one disk")
		}
		if err := zipExtra(e.name, dir[46+n:46+n+x], []*int64{&e.size, &e.packed, &e.header}); err != nil {
			return nil, err
		}
		if e.size < 0 || e.packed < 0 || e.header < 0 {
			return nil, zipErr("E-ZIP-SIZE", e.name, "size out of range")
		}
		e.name, e.dir = strings.CutSuffix(e.name, "/")
		entries = append(entries, e)
		dir = dir[46+n+x+c:]
	}
	if len(dir) > 0 {
		return nil, zipErr("E-ZIP-END", "", "directory holds more than it says")
	}
	return entries, nil
}

// zipExtra reads the large sizes of zip64 into those of fields that are
// marked, and refuses a second name.
func zipExtra(name string, extra []byte, fields []*int64) error {
	seen64 := false
	for len(extra) > 0 {
		if len(extra) < 4 || len(extra) < 4+int(le.Uint16(extra[2:])) {
			return zipErr("E-ZIP-HEADERS", name, "extra field is cut short")
		}
		id, body := le.Uint16(extra), extra[4:4+int(le.Uint16(extra[2:]))]
		extra = extra[4+len(body):]
		switch id {
		case 0x7075, 0x6375: // Info-ZIP Unicode path, Unicode comment: some readers take the name from here
			if id == 0x7075 && (len(body) < 5 || string(body[5:]) != name) {
				return zipErr("E-ZIP-NAME", name, "has a second name")
			}
		case 1:
			if seen64 {
				return zipErr("E-ZIP-SIZE", name, "two zip64 fields")
			}
			seen64 = true
			for _, f := range fields {
				if *f != math.MaxUint32 {
					continue
				}
				if len(body) < 8 {
					return zipErr("E-ZIP-SIZE", name, "zip64 field is cut short")
				}
				*f = int64(le.Uint64(body))
				body = body[8:]
			}
		}
	}
	for _, f := range fields {
		if *f == math.MaxUint32 && !seen64 {
			return zipErr("E-ZIP-SIZE", name, "zip64 field is missing")
		}
	}
	return nil
}

// local compares the local header with the central one, and finds the data
// and, behind it, the descriptor; all must end where the next entry begins.
func (s *zipScan) local(e *zipEntry, next int64) error {
	h, err := s.read(e.header, 30)
	if err != nil {
		return err
	}
	if le.Uint32(h) != zipLocal {
		return zipErr("E-ZIP-HEADERS", e.name, "no local header")
	}
	n, x := int(le.Uint16(h[26:])), int(le.Uint16(h[28:]))
	tail, err := s.read(e.header+30, n+x)
	if err != nil {
		return err
	}
	if string(tail[:n]) != string(e.rawName) {
		return zipErr("E-ZIP-HEADERS", e.name, "local name %q", tail[:n])
	}
	if le.Uint16(h[4:]) != e.version || le.Uint16(h[6:]) != e.flags || le.Uint16(h[8:]) != e.method ||
		le.Uint16(h[10:]) != e.time || le.Uint16(h[12:]) != e.date {
		return zipErr("E-ZIP-HEADERS", e.name, "version, flags, method or time differ")
	}
	crc, packed, size := le.Uint32(h[14:]), int64(le.Uint32(h[18:])), int64(le.Uint32(h[22:]))
	large := packed == math.MaxUint32 || size == math.MaxUint32
	if err := zipExtra(e.name, tail[n:], []*int64{&size, &packed}); err != nil {
		return err
	}
	differ := crc != e.crc || packed != e.packed || size != e.size
	if differ && (e.flags&flagDescriptor == 0 || crc != 0 || packed != 0 || size != 0) {
		return zipErr("E-ZIP-HEADERS", e.name, "size or CRC differ")
	}
	e.data = e.header + 30 + int64(n+x)
	e.end = e.data + e.packed
	if e.end < e.data || e.end > next {
		return zipErr("E-ZIP-GAP", e.name, "data runs into the next entry")
	}
	if e.flags&flagDescriptor == 0 {
		if e.end != next {
			return zipErr("E-ZIP-GAP", e.name, "%d bytes behind the data", next-e.end)
		}
		return nil
	}
	return s.descriptor(e, next, large)
}

func (s *zipScan) descriptor(e *zipEntry, next int64, large bool) error {
	n := next - e.end
	if n != 12 && n != 16 && n != 20 && n != 24 {
		return zipErr("E-ZIP-GAP", e.name, "%d bytes behind the data", n)
	}
	b, err := s.read(e.end, int(n))
	if err != nil {
		return err
	}
	if n == 16 || n == 24 {
		if le.Uint32(b) != zipDescriptor {
			return zipErr("E-ZIP-HEADERS", e.name, "data descriptor has no mark")
		}
		b = b[4:]
	}
	var packed, size int64
	if len(b) == 12 {
		packed, size = int64(le.Uint32(b[4:])), int64(le.Uint32(b[8:]))
	} else {
		packed, size = int64(le.Uint64(b[4:])), int64(le.Uint64(b[12:]))
	}
	if le.Uint32(b) != e.crc || packed != e.packed || size != e.size {
		return zipErr("E-ZIP-HEADERS", e.name, "data descriptor differs")
	}
	return nil
}

// checkEntries applies the rules for what a zip of a bag may hold.
func checkEntries(entries []*zipEntry, limits Limits) error {
	total := int64(0)
	twins := map[string]string{}
	files := map[string]bool{}
	top := ""
	for _, e := range entries {
		if err := checkEntry(e, limits); err != nil {
			return err
		}
		if total += e.size; total > limits.Bytes || total < 0 {
			return zipErr("E-LIMIT", e.name, "more than %d bytes unpacked", limits.Bytes)
		}
		first, _, inside := strings.Cut(e.name, "/")
		if !inside && !e.dir || top != "" && top != first {
			return zipErr("E-ZIP-TOP", e.name, "not in the one top folder")
		}
		top = first
		key := twinKey(e.name)
		if other, ok := twins[key]; ok {
			return zipErr("E-ZIP-DUPLICATE", e.name, "same name as %q", other)
		}
		twins[key] = e.name
		if !e.dir {
			files[key] = true
		}
	}
	for _, e := range entries {
		for key := twinKey(e.name); ; {
			i := strings.LastIndexByte(key, '/')
			if i < 0 {
				break
			}
			if key = key[:i]; files[key] {
				return zipErr("E-ZIP-DUPLICATE", e.name, "its folder is also a file")
			}
		}
	}
	return nil
}

// maxZipName is the longest name read, in bytes: the longest path of Linux.
const maxZipName = 4096

func checkEntry(e *zipEntry, limits Limits) error {
	if e.flags&flagEncrypted != 0 || e.flags&(1<<6|1<<13) != 0 {
		return zipErr("E-ZIP-ENCRYPTED", e.name, "encrypted")
	}
	if e.flags&^flagsKnown != 0 || e.method != methodStore && e.method != methodDeflate {
		return zipErr("E-ZIP-METHOD", e.name, "method %d, flags %#x", e.method, e.flags)
	}
	if e.flags&flagUTF8 == 0 && !isASCII(e.name) || !utf8.ValidString(e.name) {
		return zipErr("E-ZIP-NAME", e.name, "neither ASCII nor marked UTF-8")
	}
	if len(e.name) > maxZipName || strings.Count(e.name, "/") > maxDepth {
		return zipErr("E-ZIP-NAME", e.name[:40]+"…", "%d bytes, %d folders", len(e.name), strings.Count(e.name, "/"))
	}
	if f := checkPath(e.name); f != "" {
		return zipErr("E-ZIP-NAME", e.name, "%s", f)
	}
	if system := e.made >> 8; system == 3 || system == 19 { // Unix, Darwin
		switch mode := e.attributes >> 16 & 0o170000; {
		case mode == 0, mode == 0o100000 && !e.dir, mode == 0o040000 && e.dir:
		default:
			return zipErr("E-ZIP-TYPE", e.name, "file type %#o", mode)
		}
	}
	if e.attributes&0x10 != 0 && !e.dir || e.dir && e.size != 0 {
		return zipErr("E-ZIP-TYPE", e.name, "file and folder at once")
	}
	// Some writers pack the nothing of a folder, which takes two bytes.
	if e.dir && e.packed != 0 && (e.method != methodDeflate || e.packed > 2) {
		return zipErr("E-ZIP-SIZE", e.name, "a folder with %d bytes", e.packed)
	}
	if e.method == methodStore && e.packed != e.size {
		return zipErr("E-ZIP-SIZE", e.name, "stored %d bytes as %d", e.size, e.packed)
	}
	if e.size > 1<<20 && e.size/limits.Ratio > e.packed {
		return zipErr("E-ZIP-BOMB", e.name, "%d bytes packed into %d", e.size, e.packed)
	}
	return nil
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

var errZipData = errors.New("packed data is damaged")

// A zipReader checks length and CRC of what it unpacks.
type zipReader struct {
	r    io.Reader
	rest io.ByteReader // what must be empty at the end, or nil
	e    *zipEntry
	n    int64
	crc  uint32
	err  error
}

func (z *zipReader) Read(p []byte) (int, error) {
	if z.err != nil {
		return 0, z.err
	}
	n, err := z.r.Read(p)
	z.n += int64(n)
	z.crc = crc32.Update(z.crc, crc32.IEEETable, p[:n])
	if z.n > z.e.size {
		z.err = fmt.Errorf("%w: longer than %d bytes", errZipData, z.e.size)
		return n, z.err
	}
	if err == nil {
		return n, nil
	}
	if err != io.EOF {
		z.err = fmt.Errorf("%w: %v", errZipData, err)
		return n, z.err
	}
	z.err = io.EOF
	if z.n != z.e.size || z.crc != z.e.crc {
		z.err = fmt.Errorf("%w: length or CRC differ", errZipData)
	} else if z.rest != nil {
		if _, err := z.rest.ReadByte(); err == nil {
			z.err = fmt.Errorf("%w: bytes behind it", errZipData)
		}
	}
	return n, z.err
}
