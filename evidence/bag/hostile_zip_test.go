package bag

import (
	"bytes"
	"compress/flate"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A rawZip is a zip made by hand, so that it can say anything.
type rawZip struct {
	entries []rawEntry
	before  []byte
	gap     []byte // between the data and the directory
	comment []byte
	count   int // entries said, beyond those there are
}

// A rawEntry is a stored file; edits change a header after it was made.
type rawEntry struct {
	name           string
	data           []byte // as in the zip
	method, flags  uint16
	size, crc      uint32 // of the content; zero: of data
	extra          []byte
	local, central func([]byte) // from the signature on
	behind         []byte       // behind the data
	comment        string
}

func (z rawZip) bytes() []byte {
	b := bytes.Clone(z.before)
	var dir []byte
	for _, e := range z.entries {
		if e.size == 0 && e.method == methodStore {
			e.size, e.crc = uint32(len(e.data)), crc32.ChecksumIEEE(e.data)
		}
		var common []byte
		for _, v := range []uint16{20, e.flags, e.method, 0, 0x21} {
			common = le.AppendUint16(common, v)
		}
		for _, v := range []uint32{e.crc, uint32(len(e.data)), e.size} {
			common = le.AppendUint32(common, v)
		}
		common = le.AppendUint16(le.AppendUint16(common, uint16(len(e.name))), uint16(len(e.extra)))
		central := le.AppendUint16(le.AppendUint32(nil, zipCentral), 3<<8|45)
		central = append(central, common...)
		central = le.AppendUint16(central, uint16(len(e.comment)))
		central = append(central, 0, 0, 0, 0)
		central = le.AppendUint32(central, 0o100644<<16)
		central = le.AppendUint32(central, uint32(len(b)))
		central = append(append(append(central, e.name...), e.extra...), e.comment...)
		local := append(le.AppendUint32(nil, zipLocal), common...)
		local = append(append(local, e.name...), e.extra...)
		if e.local != nil {
			e.local(local)
		}
		if e.central != nil {
			e.central(central)
		}
		b = append(append(append(b, local...), e.data...), e.behind...)
		dir = append(dir, central...)
	}
	b = append(b, z.gap...)
	offset := len(b)
	b = append(b, dir...)
	n := uint16(len(z.entries) + z.count)
	b = le.AppendUint32(b, zipEnd)
	for _, v := range []uint16{0, 0, n, n} {
		b = le.AppendUint16(b, v)
	}
	b = le.AppendUint32(le.AppendUint32(b, uint32(len(dir))), uint32(offset))
	b = le.AppendUint16(b, uint16(len(z.comment)))
	return append(b, z.comment...)
}

func put16(at int, v uint16) func([]byte) { return func(h []byte) { le.PutUint16(h[at:], v) } }
func put32(at int, v uint32) func([]byte) { return func(h []byte) { le.PutUint32(h[at:], v) } }

func deflated(t *testing.T, name string, content []byte) rawEntry {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(content)
	w.Close()
	return rawEntry{name: name, data: b.Bytes(), method: methodDeflate, size: uint32(len(content)),
		crc: crc32.ChecksumIEEE(content)}
}

// Zips that two programs read differently, that climb out or that burst are
// refused before anything in them is read. One mutation a row, over a bundle
// that is otherwise intact.
func TestHostileZips(t *testing.T) {
	dir, _ := newBundle(t)
	const top = "JZ-2026-0001/"
	var good []rawEntry
	for _, name := range sortedKeys(written.files) {
		good = append(good, rawEntry{name: top + filepath.ToSlash(name), data: written.files[name]})
	}
	whole := rawZip{entries: good}.bytes()
	first := slices.IndexFunc(good, func(e rawEntry) bool { return strings.HasSuffix(e.name, recording) })
	with := func(more ...rawEntry) []byte { return rawZip{entries: append(slices.Clone(good), more...)}.bytes() }
	changed := func(change func(e *rawEntry)) []byte {
		entries := slices.Clone(good)
		change(&entries[first])
		return rawZip{entries: entries}.bytes()
	}
	renamed := func(to string) []byte { return changed(func(e *rawEntry) { e.name = to }) }
	sound := good[first].data
	at := func(at int, v uint32) []byte { // in the end record
		b := bytes.Clone(whole)
		le.PutUint32(b[len(b)-22+at:], v)
		return b
	}
	extra := func(id uint16, body string) []byte {
		return append(le.AppendUint16(le.AppendUint16(nil, id), uint16(len(body))), body...)
	}
	mode := func(m uint32) func(*rawEntry) { return func(e *rawEntry) { e.central = put32(38, m<<16) } }
	nest := strings.Repeat("d/", 2000)
	for _, c := range []struct {
		name, code string
		data       []byte
		exit       int // 8 if zero
	}{
		{"as it is", "", whole, -1},
		{"deflated", "", changed(func(e *rawEntry) { *e = deflated(t, e.name, sound) }), -1},

		{"climbs out", "E-ZIP-NAME", renamed(top + "../../E001.m4a"), 0},
		{"absolute", "E-ZIP-NAME", renamed("/" + top + "E001.m4a"), 0},
		{"drive", "E-ZIP-NAME", renamed("C:/" + top + "E001.m4a"), 0},
		{"UNC", "E-ZIP-NAME", renamed("//host/share/E001.m4a"), 0},
		{"backslash", "E-ZIP-NAME", renamed(top + `data\E001.m4a`), 0},
		{"home", "E-ZIP-NAME", renamed("~/E001.m4a"), 0},
		{"device", "E-ZIP-NAME", renamed(top + "data/NUL.m4a"), 0},
		{"control character", "E-ZIP-NAME", renamed(top + "data/E\x1b[2J"), 0},
		{"NUL in a name", "E-ZIP-NAME", renamed(top + "data/E001.m4a\x00.txt"), 0},
		{"trailing dot", "E-ZIP-NAME", renamed(top + "data/E001."), 0},
		{"dot part", "E-ZIP-NAME", renamed(top + "./data/E001.m4a"), 0},
		{"no name", "E-ZIP-NAME", renamed(""), 0},
		{"name of 60,000 bytes", "E-ZIP-NAME", renamed(top + strings.Repeat("x", 60_000)), 0},
		{"2,000 folders deep", "E-ZIP-NAME", renamed(top + nest + "x"), 0},
		{"GBK without mark", "E-ZIP-NAME", renamed(top + "data/\xc2\xbc\xd2\xf4.m4a"), 0},
		{"marked UTF-8 and is not", "E-ZIP-NAME",
			changed(func(e *rawEntry) { e.name, e.flags = top+"data/\xff", flagUTF8 }), 0},
		{"a second name in an extra field", "E-ZIP-NAME",
			changed(func(e *rawEntry) { e.extra = extra(0x7075, "\x01\x00\x00\x00\x00"+top+"data/other.m4a") }), 0},
		{"two top folders", "E-ZIP-TOP", renamed("OTHER/data/E001.m4a"), 0},
		{"file beside the top folder", "E-ZIP-TOP", with(rawEntry{name: "readme.txt", data: []byte("x")}), 0},
		{"name twice", "E-ZIP-DUPLICATE", with(rawEntry{name: good[first].name, data: []byte("other")}), 0},
		{"case twin", "E-ZIP-DUPLICATE", with(rawEntry{name: top + "data/e001.M4A", data: sound}), 0},
		{"normal-form twins", "E-ZIP-DUPLICATE",
			with(rawEntry{name: top + "data/é", flags: flagUTF8},
				rawEntry{name: top + "data/e\u0301", flags: flagUTF8}), 0},
		{"file and folder of one name", "E-ZIP-DUPLICATE",
			with(rawEntry{name: good[first].name + "/x", data: []byte("x")}), 0},
		{"symlink", "E-ZIP-TYPE", changed(mode(0o120777)), 0},
		{"device node", "E-ZIP-TYPE", changed(mode(0o020666)), 0},
		{"pipe", "E-ZIP-TYPE", changed(mode(0o010666)), 0},
		{"file that calls itself a folder", "E-ZIP-TYPE", changed(mode(0o040755)), 0},
		{"MS-DOS folder bit on a file", "E-ZIP-TYPE",
			changed(func(e *rawEntry) { e.central = put32(38, 0o100644<<16|0x10) }), 0},
		{"folder with content", "E-ZIP-TYPE",
			with(rawEntry{name: top + "data/x/", data: []byte("hidden"), central: put32(38, 0o040755<<16)}), 0},
		{"folder with hidden bytes", "E-ZIP-SIZE", with(func() rawEntry {
			e := deflated(t, top+"data/x/", nil)
			e.data, e.central = append(e.data, "hidden"...), put32(38, 0o040755<<16)
			return e
		}()), 0},

		{"method bzip2", "E-ZIP-METHOD", changed(func(e *rawEntry) { e.method, e.size = 12, uint32(len(sound)) }), 0},
		{"patch data", "E-ZIP-METHOD", changed(func(e *rawEntry) { e.flags = 1 << 5 }), 0},
		{"encrypted", "E-ZIP-ENCRYPTED", changed(func(e *rawEntry) { e.flags = flagEncrypted }), 0},
		{"strongly encrypted", "E-ZIP-ENCRYPTED", changed(func(e *rawEntry) { e.flags = 1 << 6 }), 0},
		{"headers masked", "E-ZIP-ENCRYPTED", changed(func(e *rawEntry) { e.flags = 1 << 13 }), 0},

		{"local name differs", "E-ZIP-HEADERS",
			changed(func(e *rawEntry) { e.local = func(h []byte) { h[30+len(top)] ^= 1 } }), 0},
		{"local size differs", "E-ZIP-HEADERS", changed(func(e *rawEntry) { e.local = put32(22, 5) }), 0},
		{"local CRC differs", "E-ZIP-HEADERS", changed(func(e *rawEntry) { e.local = put32(14, 5) }), 0},
		{"local method differs", "E-ZIP-HEADERS", changed(func(e *rawEntry) { e.local = put16(8, methodDeflate) }), 0},
		{"local flags differ", "E-ZIP-HEADERS", changed(func(e *rawEntry) { e.local = put16(6, flagUTF8) }), 0},
		{"local time differs", "E-ZIP-HEADERS", changed(func(e *rawEntry) { e.local = put16(10, 7) }), 0},
		{"no local header", "E-ZIP-HEADERS", changed(func(e *rawEntry) { e.local = put32(0, 7) }), 0},
		{"extra field cut", "E-ZIP-HEADERS", changed(func(e *rawEntry) { e.extra = []byte{1, 2, 200, 0} }), 0},
		{"descriptor lies", "E-ZIP-HEADERS", changed(func(e *rawEntry) {
			e.flags = flagDescriptor
			e.local = func(h []byte) { put32(14, 0)(h); put32(18, 0)(h); put32(22, 0)(h) }
			e.behind = le.AppendUint32(le.AppendUint32(le.AppendUint32(le.AppendUint32(nil, zipDescriptor), 1), 2), 3)
		}), 0},
		{"descriptor without mark", "E-ZIP-HEADERS", changed(func(e *rawEntry) {
			e.flags = flagDescriptor
			e.behind = make([]byte, 16)
		}), 0},
		{"stored, and smaller than said", "E-ZIP-SIZE",
			changed(func(e *rawEntry) { e.size, e.crc = uint32(len(sound))+1, crc32.ChecksumIEEE(sound) }), 0},
		{"zip64 mark without field", "E-ZIP-SIZE", changed(func(e *rawEntry) { e.central = put32(24, 0xffffffff) }), 0},
		{"zip64 field cut", "E-ZIP-SIZE",
			changed(func(e *rawEntry) { e.extra, e.central = extra(1, "\x01\x02"), put32(24, 0xffffffff) }), 0},
		{"zip64 field twice", "E-ZIP-SIZE",
			changed(func(e *rawEntry) { e.extra = append(extra(1, "12345678"), extra(1, "12345678")...) }), 0},
		{"zip64 size beyond 2^63", "E-ZIP-SIZE", changed(func(e *rawEntry) {
			e.extra, e.central = extra(1, strings.Repeat("\xff", 8)), put32(24, 0xffffffff)
		}), 0},
		{"bomb", "E-ZIP-BOMB", with(deflated(t, top+"data/bomb.bin", make([]byte, 64<<20))), 0},
		{"bomb by its zip64 size", "E-ZIP-BOMB", changed(func(e *rawEntry) {
			e.method = methodDeflate
			e.extra = extra(1, "\x00\x00\x00\x00\x00\x01\x00\x00") // 2^40
			e.size = 0xffffffff
		}), 0},

		{"bytes before", "E-ZIP-GAP", rawZip{entries: good, before: []byte("MZ hello")}.bytes(), 0},
		{"bytes between files", "E-ZIP-GAP", changed(func(e *rawEntry) { e.behind = []byte("hidden") }), 0},
		{"bytes before the directory", "E-ZIP-GAP", rawZip{entries: good, gap: []byte("hidden")}.bytes(), 0},
		{"a file no directory lists", "E-ZIP-GAP",
			rawZip{entries: good, gap: rawZip{entries: good[:1]}.bytes()[:40]}.bytes(), 0},
		{"two files in one place", "E-ZIP-GAP", changed(func(e *rawEntry) { e.central = put32(42, 0) }), 0},
		{"two zips", "E-ZIP-GAP", append(bytes.Clone(whole), whole...), 0},
		{"directory elsewhere", "E-ZIP-GAP", at(16, 1), 0},
		{"directory shorter", "E-ZIP-GAP", at(12, 46), 0},
		{"bytes behind", "E-ZIP-END", append(bytes.Clone(whole), "hello"...), 0},
		{"cut", "E-ZIP-END", whole[:len(whole)-30], 0},
		{"only its head", "E-ZIP-END", whole[:40], 0},
		{"fewer files than said", "E-ZIP-END", rawZip{entries: good, count: 1}.bytes(), 0},
		{"more files than said", "E-ZIP-END", rawZip{entries: good, count: -1}.bytes(), 0},
		{"no files said", "E-ZIP-END", rawZip{entries: good, count: -len(good)}.bytes(), 0},
		{"second disk", "E-ZIP-END", at(4, 1), 0},
		{"zip64 marks without record", "E-ZIP-END", at(16, 0xffffffff), 0},
		{"an end record in the comment", "E-ZIP-END",
			rawZip{entries: good, comment: append([]byte("PK\x05\x06"), make([]byte, 18)...)}.bytes(), 0},
		{"no zip", "E-ZIP-GAP", []byte("hello"), 0},
		{"empty file", "E-NOT-A-BAG", nil, 0},
		{"empty zip", "E-NOT-A-BAG", append([]byte("PK\x05\x06"), make([]byte, 18)...), 0},

		{"CRC wrong", "E-FILE-MODIFIED", changed(func(e *rawEntry) { e.size, e.crc = uint32(len(sound)), 7 }), 5},
		{"CRC of bagit.txt wrong", "E-FILE-MODIFIED",
			bytes.Replace(whole, []byte("BagIt-Version: 1.0"), []byte("BagIt-Version: 1.1"), 1), 5},
		{"CRC of the manifest wrong", "E-FILE-MODIFIED",
			bytes.Replace(whole, []byte("  "+recording), []byte("  data/E00l.m4a"), 1), 5},
		{"deflate stream broken", "E-FILE-MODIFIED", changed(func(e *rawEntry) {
			*e = deflated(t, e.name, sound)
			e.data[len(e.data)/2] ^= 0xff
		}), 5},
		{"deflate stream cut", "E-FILE-MODIFIED", changed(func(e *rawEntry) {
			*e = deflated(t, e.name, sound)
			e.data = e.data[:len(e.data)-4]
		}), 5},
		{"longer than said", "E-FILE-MODIFIED",
			changed(func(e *rawEntry) { *e = deflated(t, e.name, sound); e.size -= 10 }), 5},
		{"shorter than said", "E-FILE-MODIFIED",
			changed(func(e *rawEntry) { *e = deflated(t, e.name, sound); e.size += 10 }), 5},
		{"bytes behind the deflate stream", "E-FILE-MODIFIED",
			changed(func(e *rawEntry) { *e = deflated(t, e.name, sound); e.data = append(e.data, "hidden"...) }), 5},

		{"comment of 65,535 bytes", "W-ZIP-COMMENT",
			rawZip{entries: good, comment: bytes.Repeat([]byte("the court finds "), 4096)[:65535]}.bytes(), -1},
		{"comment of a file", "W-ZIP-COMMENT", changed(func(e *rawEntry) { e.comment = "checked by the court" }), -1},
		{"other modes", "N-ZIP-FORM", changed(mode(0o100755)), -1},
		{"packed on Windows", "N-ZIP-FORM", changed(func(e *rawEntry) { e.central = put16(4, 20) }), -1},
		{"an extra field", "N-ZIP-FORM",
			changed(func(e *rawEntry) { e.extra = extra(0x5455, "\x01\x00\x00\x00\x00") }), -1},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bundle.zip")
			overwrite(t, path, c.data)
			want := c.exit
			switch want {
			case 0:
				want = 8
			case -1:
				want = 0
			}
			res := verify(t, path, Options{})
			if res.ExitCode() != want || c.code != "" && !hasCode(res, c.code) {
				t.Errorf("exit %d, want %d with %s\n%s", res.ExitCode(), want, c.code, problems(res))
			}
			if want == 8 && (res.Verdict != NotChecked || len(res.Files) > 0 || res.Root.SHA256 != "") {
				t.Errorf("refused, and yet read: %s, %d files", res.Verdict, len(res.Files))
			}
		})
	}
	t.Run("too many files", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "bundle.zip")
		overwrite(t, path, whole)
		if res := verify(t, path, Options{Limits: Limits{Entries: 5}}); res.ExitCode() != 8 ||
			!hasCode(res, "E-LIMIT") {
			t.Errorf("exit %d\n%s", res.ExitCode(), problems(res))
		}
	})
	if _, err := os.Stat(dir); err != nil {
		t.Fatal(err)
	}
}
