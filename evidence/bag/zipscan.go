package bag

import (
	"encoding/binary"
	"io"
	"math"
	"sort"
	"strings"
)

// A zip says everything twice, in local headers and in the central directory
// at its end, and readers differ in whom they believe. So archive/zip is not
// used to read one: this scan takes only a zip that can be read in one way.
// What a zip may hold is in zipnames.go.

// A zipFault is why a zip is refused.
type zipFault struct {
	code   string // E-ZIP-…
	name   string
	detail Text
}

func (f *zipFault) Error() string { return f.code + ": " + f.name + ": " + f.detail.EN }

func zipErr(code, name string, detail Text, args ...any) error {
	return &zipFault{code, name, Text{say(detail.ZH, args), say(detail.EN, args)}}
}

// A zipEntry is one file or directory, as both headers say it.
type zipEntry struct {
	name           string // the bytes as they stand, without the slash of a directory
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
	record         []byte // the whole central record
	// second are the names of Info-ZIP's Unicode path fields, in the directory
	// and in the local header: some readers take the name from there.
	second [2]string
}

// rawName is the name as both headers have it.
func (e *zipEntry) rawName() []byte { return e.record[46 : 46+le.Uint16(e.record[28:])] }

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

	zipEndSize = 22
	// zipTail is as far from its end as any reader looks for the end record:
	// behind it may stand a comment of at most 64 KiB.
	zipTail = zipEndSize + 1<<16
)

var le = binary.LittleEndian

// A zipScan reads the structure of a zip.
type zipScan struct {
	r      io.ReaderAt
	size   int64
	limits Limits

	count, dirSize, dirOffset uint64
	dirEnd                    int64
	ends                      map[int64]bool // where the end record and those of zip64 stand
}

// scanZip returns the entries in order of their place in the file, or a
// [*zipFault].
func scanZip(r io.ReaderAt, size int64, limits Limits) ([]*zipEntry, error) {
	s := &zipScan{r: r, size: size, limits: limits, ends: map[int64]bool{}}
	tail, err := s.findEnd()
	if err != nil {
		return nil, err
	}
	entries, err := s.central()
	if err != nil {
		return nil, err
	}
	if inner := onlyZip(entries); inner != "" {
		return nil, zipErr("E-ZIP-NESTED", inner, Text{})
	}
	if err := s.otherEnds(tail); err != nil {
		return nil, err
	}
	sort.SliceStable(entries, func(i, j int) bool { return entries[i].header < entries[j].header })
	pos := int64(0)
	for i, e := range entries {
		next := int64(s.dirOffset)
		if i+1 < len(entries) {
			next = entries[i+1].header
		}
		if e.header != pos {
			return nil, zipErr("E-ZIP-GAP", e.name, Text{"这一项应从第 %[2]d 字节开始，目录记的是第 %[1]d 字节",
				"header at %[1]d, not %[2]d"}, e.header, pos)
		}
		if err := s.local(e, next); err != nil {
			return nil, err
		}
		pos = next
	}
	if pos != int64(s.dirOffset) {
		return nil, zipErr("E-ZIP-GAP", "", Text{"目录之前多出 %d 字节", "%d bytes before the directory"},
			int64(s.dirOffset)-pos)
	}
	return entries, nil
}

func (s *zipScan) read(off int64, n int) ([]byte, error) {
	if off < 0 || off+int64(n) > s.size {
		return nil, zipErr("E-ZIP-END", "", Text{"记载的位置 %d 在文件之外", "offset %d lies outside the file"}, off)
	}
	b := make([]byte, n)
	if _, err := s.r.ReadAt(b, off); err != nil && err != io.EOF {
		return nil, err
	}
	return b, nil
}

// findEnd finds the end record and returns the bytes in which readers look for
// it. They search in different ways (golang/go #66869), so it must be the last
// thing of the file: behind a comment there is room for a second directory.
func (s *zipScan) findEnd() ([]byte, error) {
	n := int(min(s.size, zipTail))
	tail, err := s.read(s.size-int64(n), n)
	if err != nil {
		return nil, err
	}
	at, base := n-zipEndSize, s.size-int64(n)
	for ; at >= 0; at-- {
		// Further up it may be the end of a document packed in here.
		if le.Uint32(tail[at:]) == zipEnd && (at == n-zipEndSize ||
			int64(le.Uint32(tail[at+12:]))+int64(le.Uint32(tail[at+16:])) == base+int64(at)) {
			break
		}
	}
	if at < 0 {
		return nil, zipErr("E-ZIP-CUT", "", Text{})
	}
	end := tail[at:]
	switch comment, behind := int(le.Uint16(end[20:])), len(end)-zipEndSize; {
	case comment > 0 && comment == behind:
		return nil, zipErr("E-ZIP-COMMENT", "", Text{})
	case behind > 0:
		return nil, zipErr("E-ZIP-END", "", Text{"结尾之后还有 %d 字节", "%d bytes behind the end record"}, behind)
	case comment > 0:
		return nil, zipErr("E-ZIP-CUT", "", Text{})
	}
	if le.Uint16(end[4:]) != 0 || le.Uint16(end[6:]) != 0 || le.Uint16(end[8:]) != le.Uint16(end[10:]) {
		return nil, zipErr("E-ZIP-END", "", Text{"是分卷压缩的一部分", "more than one disk"})
	}
	s.count = uint64(le.Uint16(end[10:]))
	s.dirSize, s.dirOffset = uint64(le.Uint32(end[12:])), uint64(le.Uint32(end[16:]))
	s.dirEnd = s.size - zipEndSize
	s.ends[s.dirEnd] = true
	if err := s.findZip64(); err != nil {
		return nil, err
	}
	if s.dirOffset > uint64(s.size) || s.dirSize > uint64(s.size) || s.dirOffset+s.dirSize != uint64(s.dirEnd) {
		return nil, zipErr("E-ZIP-GAP", "", Text{"目录没有紧接在结尾之前", "directory does not end at the end record"})
	}
	if s.count > uint64(s.limits.Entries) {
		return nil, zipErr("E-LIMIT", "", Text{"%d 个文件", "%d entries"}, s.count)
	}
	return tail, nil
}

// otherEnds refuses a zip in whose tail some reader could find another end
// than the one that was used: in a file of it, too. A document of an office
// program is such a file, so that an honest zip can be meant; unpacked, it can
// be checked.
func (s *zipScan) otherEnds(tail []byte) error {
	base := s.size - int64(len(tail))
	for i := 0; i+4 <= len(tail); i++ {
		switch le.Uint32(tail[i:]) {
		case zipEnd, zip64End, zip64Locator:
			if !s.ends[base+int64(i)] {
				return zipErr("E-ZIP-END", "", Text{"第 %d 字节处还有一个结尾", "another end at byte %d"}, base+int64(i))
			}
		}
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
			return zipErr("E-ZIP-END", "", Text{"缺少 zip64 的结尾", "zip64 record is missing"})
		}
		return nil
	}
	off := le.Uint64(loc[8:])
	if le.Uint32(loc[4:]) != 0 || le.Uint32(loc[16:]) != 1 || off+56 != uint64(s.dirEnd-20) {
		return zipErr("E-ZIP-END", "", Text{"zip64 的结尾所记位置不对", "zip64 locator is wrong"})
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
		return zipErr("E-ZIP-END", "", Text{"zip64 的结尾与普通结尾说法不一", "zip64 record disagrees with the end record"})
	}
	s.ends[s.dirEnd-20], s.ends[int64(off)] = true, true
	s.count, s.dirSize, s.dirOffset, s.dirEnd = count, size, offset, int64(off)
	return nil
}

func (s *zipScan) central() ([]*zipEntry, error) {
	if s.dirSize > uint64(s.limits.Manifest) {
		return nil, zipErr("E-LIMIT", "", Text{"目录有 %d 字节", "directory of %d bytes"}, s.dirSize)
	}
	dir, err := s.read(int64(s.dirOffset), int(s.dirSize))
	if err != nil {
		return nil, err
	}
	var entries []*zipEntry
	for range s.count {
		if len(dir) < 46 || le.Uint32(dir) != zipCentral {
			return nil, zipErr("E-ZIP-END", "", Text{"目录里的文件比它说的少", "directory holds fewer entries than it says"})
		}
		n, x, c := int(le.Uint16(dir[28:])), int(le.Uint16(dir[30:])), int(le.Uint16(dir[32:]))
		if len(dir) < 46+n+x+c {
			return nil, zipErr("E-ZIP-END", "", Text{"目录不完整", "directory is cut short"})
		}
		e := &zipEntry{
			made: le.Uint16(dir[4:]), version: le.Uint16(dir[6:]),
			flags: le.Uint16(dir[8:]), method: le.Uint16(dir[10:]),
			time: le.Uint16(dir[12:]), date: le.Uint16(dir[14:]), crc: le.Uint32(dir[16:]),
			packed: int64(le.Uint32(dir[20:])), size: int64(le.Uint32(dir[24:])),
			attributes: le.Uint32(dir[38:]), header: int64(le.Uint32(dir[42:])),
			record: dir[:46+n+x+c],
		}
		e.name, e.dir = strings.CutSuffix(string(e.rawName()), "/")
		if le.Uint16(dir[34:]) != 0 {
			return nil, zipErr("E-ZIP-END", e.name, Text{"是分卷压缩的一部分", "more than one disk"})
		}
		if c > 0 {
			return nil, zipErr("E-ZIP-COMMENT", e.name, Text{})
		}
		e.second[0], err = zipExtra(e.name, dir[46+n:46+n+x], []*int64{&e.size, &e.packed, &e.header})
		if err != nil {
			return nil, err
		}
		if e.size < 0 || e.packed < 0 || e.header < 0 {
			return nil, zipErr("E-ZIP-SIZE", e.name, Text{"大小超出范围", "size out of range"})
		}
		entries = append(entries, e)
		dir = dir[46+n+x+c:]
	}
	if len(dir) > 0 {
		return nil, zipErr("E-ZIP-END", "", Text{"目录里的文件比它说的多", "directory holds more than it says"})
	}
	return entries, nil
}

// plainExtras are the extra fields that say nothing of name, kind or content:
// times, owners, encryption (whose flag is looked at), and the mark of Java.
// One that is not known may make some reader unpack something else.
var plainExtras = map[uint16]bool{0x000a: true, 0x5455: true, 0x5855: true, 0x7855: true, 0x7875: true,
	0x0017: true, 0x9901: true, 0xcafe: true}

const (
	extraZip64       = 0x0001
	extraUnicodePath = 0x7075
)

// zipExtra reads the large sizes of zip64 into those of fields that are
// marked, and returns the second name of a Unicode path field.
func zipExtra(name string, extra []byte, fields []*int64) (second string, err error) {
	seen64 := false
	for len(extra) > 0 {
		if len(extra) < 4 || len(extra) < 4+int(le.Uint16(extra[2:])) {
			return "", zipErr("E-ZIP-HEADERS", name, Text{"附加字段不完整", "extra field is cut short"})
		}
		id, body := le.Uint16(extra), extra[4:4+int(le.Uint16(extra[2:]))]
		extra = extra[4+len(body):]
		switch {
		case id == extraUnicodePath:
			if len(body) < 6 || second != "" {
				return "", zipErr("E-ZIP-NAME", name, Text{"第二个名字无法读取", "its second name cannot be read"})
			}
			second = string(body[5:])
		case id == extraZip64:
			if seen64 {
				return "", zipErr("E-ZIP-SIZE", name, Text{"有两个 zip64 字段", "two zip64 fields"})
			}
			seen64 = true
			for _, f := range fields {
				if *f != math.MaxUint32 {
					continue
				}
				if len(body) < 8 {
					return "", zipErr("E-ZIP-SIZE", name, Text{"zip64 字段不完整", "zip64 field is cut short"})
				}
				*f = int64(le.Uint64(body))
				body = body[8:]
			}
		case !plainExtras[id]:
			return "", zipErr("E-ZIP-UNCLEAR", name, Text{"有不认识的附加字段 %04x", "unknown extra field %04x"}, id)
		}
	}
	for _, f := range fields {
		if *f == math.MaxUint32 && !seen64 {
			return "", zipErr("E-ZIP-SIZE", name, Text{"缺少 zip64 字段", "zip64 field is missing"})
		}
	}
	return second, nil
}

// local compares the local header with the central one, and finds the data
// and, behind it, the descriptor; all must end where the next entry begins.
func (s *zipScan) local(e *zipEntry, next int64) error {
	h, err := s.read(e.header, 30)
	if err != nil {
		return err
	}
	if le.Uint32(h) != zipLocal {
		return zipErr("E-ZIP-HEADERS", e.name, Text{"目录所指的位置没有这个文件", "no local header"})
	}
	n, x := int(le.Uint16(h[26:])), int(le.Uint16(h[28:]))
	tail, err := s.read(e.header+30, n+x)
	if err != nil {
		return err
	}
	if string(tail[:n]) != string(e.rawName()) {
		return zipErr("E-ZIP-HEADERS", e.name, Text{"另一处写的名字是 %s", "local name %s"}, shown(string(tail[:n])))
	}
	if le.Uint16(h[4:]) != e.version || le.Uint16(h[6:]) != e.flags || le.Uint16(h[8:]) != e.method ||
		le.Uint16(h[10:]) != e.time || le.Uint16(h[12:]) != e.date {
		return zipErr("E-ZIP-HEADERS", e.name, Text{"版本、标志、压缩方式或时间不同", "version, flags, method or time differ"})
	}
	crc, packed, size := le.Uint32(h[14:]), int64(le.Uint32(h[18:])), int64(le.Uint32(h[22:]))
	if e.second[1], err = zipExtra(e.name, tail[n:], []*int64{&size, &packed}); err != nil {
		return err
	}
	differ := crc != e.crc || packed != e.packed || size != e.size
	if differ && (e.flags&flagDescriptor == 0 || crc != 0 || packed != 0 || size != 0) {
		return zipErr("E-ZIP-HEADERS", e.name, Text{"大小或 CRC 不同", "size or CRC differ"})
	}
	e.data = e.header + 30 + int64(n+x)
	e.end = e.data + e.packed
	if e.end < e.data || e.end > next {
		return zipErr("E-ZIP-GAP", e.name, Text{"数据伸进了下一个文件", "data runs into the next entry"})
	}
	if e.flags&flagDescriptor == 0 {
		if e.end != next {
			return zipErr("E-ZIP-GAP", e.name, Text{"数据之后多出 %d 字节", "%d bytes behind the data"}, next-e.end)
		}
		return nil
	}
	if err := s.descriptor(e, next); err != nil {
		return err
	}
	if e.method == methodStore && e.packed > 0 {
		// Who reads the file from its start has to guess where the data ends.
		return zipErr("E-ZIP-UNCLEAR", e.name, Text{"未压缩，长度却写在数据之后", "stored, with its length behind it"})
	}
	return nil
}

func (s *zipScan) descriptor(e *zipEntry, next int64) error {
	n := next - e.end
	if n != 12 && n != 16 && n != 20 && n != 24 {
		return zipErr("E-ZIP-GAP", e.name, Text{"数据之后多出 %d 字节", "%d bytes behind the data"}, n)
	}
	b, err := s.read(e.end, int(n))
	if err != nil {
		return err
	}
	if n == 16 || n == 24 {
		if le.Uint32(b) != zipDescriptor {
			return zipErr("E-ZIP-HEADERS", e.name, Text{"数据之后的长度记载没有标记", "data descriptor has no mark"})
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
		return zipErr("E-ZIP-HEADERS", e.name, Text{"数据之后的长度记载不同", "data descriptor differs"})
	}
	return nil
}
