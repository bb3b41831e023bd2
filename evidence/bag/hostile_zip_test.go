package bag

import (
	"bytes"
	"compress/flate"
	"hash/crc32"
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

// A zipCase is one zip of the corpus that the command, the check page and the
// programs people unpack with are all tried on.
type zipCase struct {
	name, code string
	data       []byte
	exit       int // 8 if zero, 0 if -1
}

func (c zipCase) want() int {
	switch c.exit {
	case 0:
		return 8
	case -1:
		return 0
	}
	return c.exit
}

// zipCorpus is one change a row, over a zip of a bundle that is intact.
func zipCorpus(t *testing.T) []zipCase {
	t.Helper()
	newBundle(t)
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
	host := func(system uint16, attributes uint32) func(*rawEntry) {
		return func(e *rawEntry) { e.central = func(h []byte) { put16(4, system<<8|45)(h); put32(38, attributes)(h) } }
	}
	second := func(name, to string) []byte {
		return extra(0x7075, string(append([]byte{1}, le.AppendUint32(nil, crc32.ChecksumIEEE([]byte(name)))...))+to)
	}
	// over is the whole zip with the recording's name in another directory, at
	// the end of bytes that begin at off.
	over := func(off int) []byte {
		forged := bytes.Repeat([]byte{'x'}, len(sound))
		b := rawZip{entries: []rawEntry{{name: good[first].name, data: forged}}}.bytes()
		dirAt := int(le.Uint32(b[len(b)-6:]))
		put32(42, uint32(off))(b[dirAt:])
		put32(16, uint32(off+dirAt))(b[len(b)-22:])
		return b
	}
	all := func(change func(e *rawEntry)) []byte {
		entries := slices.Clone(good)
		for i := range entries {
			change(&entries[i])
		}
		return rawZip{entries: entries}.bytes()
	}
	from := func(to string) func(*rawEntry) {
		return func(e *rawEntry) { e.name = to + strings.TrimPrefix(e.name, top) }
	}
	gbk, utf := "\xd6\xa4\xbe\xdd/", "证据/"
	nest := strings.Repeat("d/", 2000)
	return []zipCase{
		{"as it is", "", whole, -1},
		{"deflated", "", changed(func(e *rawEntry) { *e = deflated(t, e.name, sound) }), -1},

		{"climbs out", "E-ZIP-NAME", renamed(top + "../../E001.m4a"), 0},
		{"absolute", "E-ZIP-NAME", renamed("/" + top + "E001.m4a"), 0},
		{"drive", "E-ZIP-NAME", renamed("C:/" + top + "E001.m4a"), 0},
		{"UNC", "E-ZIP-NAME", renamed("//host/share/E001.m4a"), 0},
		{"backslash", "E-ZIP-UNCLEAR", renamed(top + `data\E001.m4a`), 0},
		{"home", "E-ZIP-NAME", renamed("~/E001.m4a"), 0},
		{"device", "E-ZIP-NAME", renamed(top + "data/NUL.m4a"), 0},
		{"control character", "E-ZIP-NAME", renamed(top + "data/E\x1b[2J"), 0},
		{"NUL in a name", "E-ZIP-NAME", renamed(top + "data/E001.m4a\x00.txt"), 0},
		{"trailing dot", "E-ZIP-NAME", renamed(top + "data/E001."), 0},
		{"dot part", "E-ZIP-NAME", renamed(top + "./data/E001.m4a"), 0},
		{"no name", "E-ZIP-NAME", renamed(""), 0},
		{"name of 60,000 bytes", "E-ZIP-NAME", renamed(top + strings.Repeat("x", 60_000)), 0},
		{"2,000 folders deep", "E-ZIP-NAME", renamed(top + nest + "x"), 0},
		{"GBK without mark", "E-ZIP-UNCLEAR", renamed(top + "data/\xc2\xbc\xd2\xf4.m4a"), 0},
		{"marked UTF-8 and is not", "E-ZIP-UNCLEAR",
			changed(func(e *rawEntry) { e.name, e.flags = top+"data/\xff", flagUTF8 }), 0},
		{"a second name in an extra field", "E-ZIP-NAME",
			changed(func(e *rawEntry) { e.extra = extra(0x7075, "\x01\x00\x00\x00\x00"+top+"data/other.m4a") }), 0},
		{"a second name in the local header", "E-ZIP-NAME", changed(func(e *rawEntry) {
			e.extra = second(e.name, top+"data/E999.m4a")
			e.central = func(h []byte) { copy(h[46+len(e.name):], extra(0x5455, string(make([]byte, len(e.extra)-4)))) }
		}), 0},
		{"a second name that climbs", "E-ZIP-NAME",
			changed(func(e *rawEntry) { e.extra = second(e.name, "../"+strings.TrimPrefix(e.name, top)) }), 0},
		{"a second name for the folder of one file", "E-ZIP-UNCLEAR",
			changed(func(e *rawEntry) { e.extra = second(e.name, "other/"+strings.TrimPrefix(e.name, top)) }), 0},
		{"a field that some take a mode from", "E-ZIP-UNCLEAR",
			changed(func(e *rawEntry) { e.extra = extra(0x6c78, "\x05\x03\x00\x00\x00\xff\xa1") }), 0},
		{"a field with the target of a link", "E-ZIP-UNCLEAR",
			changed(func(e *rawEntry) { e.extra = extra(0x756e, "0123456789abcdefpasswd") }), 0},
		{"stored, its length behind it", "E-ZIP-UNCLEAR", changed(func(e *rawEntry) {
			e.flags = flagDescriptor
			e.local = func(h []byte) { put32(14, 0)(h); put32(18, 0)(h); put32(22, 0)(h) }
			e.behind = le.AppendUint32(le.AppendUint32(nil, zipDescriptor), crc32.ChecksumIEEE(sound))
			e.behind = le.AppendUint32(le.AppendUint32(e.behind, uint32(len(sound))), uint32(len(sound)))
		}), 0},
		{"its folder in two encodings", "E-ZIP-UNCLEAR", func() []byte {
			entries := slices.Clone(good)
			for i := range entries {
				from(utf)(&entries[i])
				entries[i].flags = flagUTF8 * uint16(min(1, i))
			}
			return rawZip{entries: entries}.bytes()
		}(), 0},
		{"a zip in a zip", "E-ZIP-NESTED", rawZip{entries: []rawEntry{{name: "bundle.zip", data: whole}}}.bytes(), 0},
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
		{"symlink of VM/CMS", "E-ZIP-TYPE", changed(host(5, 0o120777<<16)), 0},
		{"symlink of BeOS", "E-ZIP-TYPE", changed(host(16, 0o120777<<16)), 0},
		{"symlink of AtheOS", "E-ZIP-TYPE", changed(host(30, 0o120777<<16)), 0},
		{"symlink of MS-DOS", "E-ZIP-TYPE", changed(host(0, 0o120777<<16)), 0},
		{"reparse point of Windows", "E-ZIP-TYPE", changed(host(10, 0x400)), 0},
		{"label of a disk", "E-ZIP-TYPE", changed(host(0, 0x08)), 0},
		{"device of MS-DOS", "E-ZIP-TYPE", changed(host(0, 0x40)), 0},
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
		{"cut", "E-ZIP-CUT", whole[:len(whole)-30], 0},
		{"only its head", "E-ZIP-CUT", whole[:40], 0},
		{"fewer files than said", "E-ZIP-END", rawZip{entries: good, count: 1}.bytes(), 0},
		{"more files than said", "E-ZIP-END", rawZip{entries: good, count: -1}.bytes(), 0},
		{"no files said", "E-ZIP-END", rawZip{entries: good, count: -len(good)}.bytes(), 0},
		{"second disk", "E-ZIP-END", at(4, 1), 0},
		{"zip64 marks without record", "E-ZIP-END", at(16, 0xffffffff), 0},
		{"an end record in the comment", "E-ZIP-GAP",
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

		{"short comment", "E-ZIP-COMMENT", rawZip{entries: good, comment: []byte("本包已由法院核验")}.bytes(), 0},
		{"comment of 65,535 bytes", "E-ZIP-COMMENT",
			rawZip{entries: good, comment: bytes.Repeat([]byte("the court finds "), 4096)[:65535]}.bytes(), 0},
		{"comment of a file", "E-ZIP-COMMENT", changed(func(e *rawEntry) { e.comment = "checked by the court" }), 0},
		{"a second directory in the comment", "E-ZIP-END",
			rawZip{entries: good, comment: append(over(len(whole)), '\n')}.bytes(), 0},
		{"a second directory as the comment", "E-ZIP-END", rawZip{entries: good, comment: over(len(whole))}.bytes(), 0},
		{"a second directory in a file of seal/", "E-ZIP-END",
			with(rawEntry{name: top + "seal/root.tsr",
				data: over(int(le.Uint32(whole[len(whole)-6:])) + 30 + len(top+"seal/root.tsr"))}), 0},
		{"a zip64 end in a file of seal/", "E-ZIP-END",
			with(rawEntry{name: top + "seal/root.tsr", data: []byte("PK\x06\x06 and more")}), 0},
		{"a zip64 locator in a file of seal/", "E-ZIP-END",
			with(rawEntry{name: top + "seal/root.tsr", data: []byte("PK\x06\x07 and more")}), 0},
		{"a document of an office program, far from the end", "E-TSA-MALFORMED",
			rawZip{entries: append([]rawEntry{{name: top + "seal/root.tsr", data: over(0)}}, good...)}.bytes(), 6},
		{"other modes", "N-ZIP-FORM", changed(mode(0o100755)), -1},
		{"packed on Windows", "N-ZIP-FORM", changed(func(e *rawEntry) { e.central = put16(4, 20) }), -1},
		{"an extra field", "N-ZIP-FORM",
			changed(func(e *rawEntry) { e.extra = extra(0x5455, "\x01\x00\x00\x00\x00") }), -1},

		// Ordinary handling.
		{"no top folder", "N-ZIP-FORM", all(from("")), -1},
		{"a folder around the folder, marked UTF-8", "N-BAG-BELOW",
			all(func(e *rawEntry) { from("收到/证据/")(e); e.flags = flagUTF8 }), -1},
		{"a folder around the folder, in ASCII", "N-BAG-BELOW", all(from("sent/bundle/")), -1},
		{"Windows Explorer: a folder in GBK", "N-ZIP-FORM",
			all(func(e *rawEntry) { from(gbk)(e); host(0, 0x20)(e) }), -1},
		{"macOS: a folder in UTF-8 without mark", "N-ZIP-FORM", all(from(utf)), -1},
		{"a folder marked UTF-8", "N-ZIP-FORM", all(func(e *rawEntry) { from(utf)(e); e.flags = flagUTF8 }), -1},
		{"WinRAR: a folder in GBK, a second name in UTF-8", "N-ZIP-FORM", all(func(e *rawEntry) {
			from(gbk)(e)
			e.extra = second(e.name, utf+strings.TrimPrefix(e.name, gbk))
		}), -1},
		{"macOS: its own files beside the folder", "N-BESIDE",
			with(rawEntry{name: "__MACOSX/._JZ-2026-0001", data: []byte("\x00\x05\x16\x07")},
				rawEntry{name: "__MACOSX/JZ-2026-0001/data/._E001.m4a", data: []byte("\x00\x05\x16\x07")}), -1},
		{"macOS: its own file in the folder", "N-BESIDE", with(rawEntry{name: top + ".DS_Store", data: []byte("Bud1")}),
			-1},
		{"macOS: its own file among the exhibits", "E-FILE-ADDED",
			with(rawEntry{name: top + "data/.DS_Store", data: []byte("Bud1")}), 5},
		{"PowerShell 5: backslashes throughout", "E-ZIP-UNCLEAR",
			all(func(e *rawEntry) { e.name = strings.ReplaceAll(e.name, "/", `\`) }), 0},
	}
}

// Zips that two programs read differently, that climb out or that burst are
// refused before anything in them is read; those that people make in the
// ordinary course are checked.
func TestZips(t *testing.T) {
	for _, c := range zipCorpus(t) {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bundle.zip")
			overwrite(t, path, c.data)
			res := verify(t, path, Options{})
			if res.ExitCode() != c.want() || c.code != "" && !hasCode(res, c.code) {
				t.Errorf("exit %d, want %d with %s\n%s", res.ExitCode(), c.want(), c.code, problems(res))
			}
			if c.want() == 8 && (res.Verdict != NotChecked || len(res.Files) > 0 || res.Root.SHA256 != "") {
				t.Errorf("refused, and yet read: %s, %d files", res.Verdict, len(res.Files))
			}
		})
	}
	t.Run("too many files", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "bundle.zip")
		overwrite(t, path, zipCorpus(t)[0].data)
		if res := verify(t, path, Options{Limits: Limits{Entries: 5}}); res.ExitCode() != 8 ||
			!hasCode(res, "E-LIMIT") {
			t.Errorf("exit %d\n%s", res.ExitCode(), problems(res))
		}
	})
}
