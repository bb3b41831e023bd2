package bag

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
)

// A pageBag is a bundle made by hand, independent of Write, so that the page
// is not tested against the same mistake twice. Keys are paths.
type pageBag map[string][]byte

// newPageBag returns a small intact bundle with a picture and a sound.
func newPageBag(t *testing.T) pageBag {
	t.Helper()
	b := pageBag{
		"data/E001.png": testPNG(t),
		"data/E002.wav": testWAV(),
		"data/E003.txt": []byte("2026-03-01 09:14 短信\n"),
		"data/E004.bin": noise(1_120_000), // more than one slice, and no bomb when packed
		"data/E005.txt": {},
		"bagit.txt":     []byte("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
		"bag-info.txt":  []byte("External-Identifier: JZ-TEST\n"),
		"custody.jsonl": []byte("{}\n"),
		"index.html":    IndexHTML(),
		"VERIFY.txt":    VerifyText(),
	}
	b.seal(t)
	return b
}

func noise(n int) []byte {
	p := make([]byte, n)
	r := rand.NewPCG(1, 2)
	for i := range p {
		p[i] = byte(r.Uint64()) & 63
	}
	return p
}

func testPNG(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 240, 120))
	for y := range 120 {
		for x := range 240 {
			m.Set(x, y, color.RGBA{uint8(x), uint8(2 * y), 160, 255})
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, m); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// testWAV is one second of silence, 8 kHz, 8 bit.
func testWAV() []byte {
	var buf bytes.Buffer
	buf.WriteString("RIFF")
	binary.Write(&buf, binary.LittleEndian, uint32(36+8000))
	buf.WriteString("WAVEfmt ")
	binary.Write(&buf, binary.LittleEndian, []uint32{16, 1 | 1<<16, 8000, 8000, 1 | 8<<16})
	buf.WriteString("data")
	binary.Write(&buf, binary.LittleEndian, uint32(8000))
	buf.Write(bytes.Repeat([]byte{128}, 8000))
	return buf.Bytes()
}

func (b pageBag) paths(keep func(string) bool) []string {
	var list []string
	for path := range b {
		if keep(path) {
			list = append(list, path)
		}
	}
	sort.Strings(list)
	return list
}

func pagePayload(path string) bool { return strings.HasPrefix(path, "data/") }

// seal writes evidence.json and all manifests anew over what b now holds.
func (b pageBag) seal(t *testing.T) {
	t.Helper()
	var sha, sm3 strings.Builder
	var entries []Entry
	for i, path := range b.paths(pagePayload) {
		sums := sumsOf(b[path])
		fmt.Fprintf(&sha, "%s  %s\n", sums.SHA256, path)
		fmt.Fprintf(&sm3, "%s  %s\n", sums.SM3, path)
		entries = append(entries, Entry{Path: path, Number: fmt.Sprintf("E%03d", i+1),
			OriginalName: fmt.Sprintf("录音<b>%d</b>\u202e.m4a", i+1), Size: int64(len(b[path])), Sums: sums,
			Kind: "recording", Times: []EntryTime{{"captured", "2026-03-01T09:14:00+08:00",
				"name:camera, device clock without zone, taken as +08:00"}}})
	}
	record, err := json.Marshal(map[string]any{"schema": 1, "files": entries})
	if err != nil {
		t.Fatal(err)
	}
	b["evidence.json"] = record
	b["manifest-sha256.txt"] = []byte(sha.String())
	b["sm3sums.txt"] = []byte(sm3.String())
	b.sealRoot()
}

// sealRoot writes the root document anew.
func (b pageBag) sealRoot() {
	var root strings.Builder
	for _, path := range b.paths(func(p string) bool {
		return !pagePayload(p) && !strings.HasPrefix(p, "seal/") &&
			p != RootName
	}) {
		fmt.Fprintf(&root, "%s  %s\n", sumsOf(b[path]).SHA256, path)
	}
	b[RootName] = []byte(root.String())
}

// folder writes b as a folder and returns its path.
func (b pageBag) folder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "JZ-TEST")
	for path, content := range b {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// zip writes b as a zip with one top folder and returns its path.
func (b pageBag) zip(t *testing.T, method uint16) string {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, path := range b.paths(func(string) bool { return true }) {
		h := &zip.FileHeader{Name: "JZ-TEST/" + path, Method: method}
		create := w.CreateHeader
		if method == zip.Store { // CreateHeader would write the length behind the data
			h.CRC32 = crc32.ChecksumIEEE(b[path])
			h.CompressedSize64, h.UncompressedSize64 = uint64(len(b[path])), uint64(len(b[path]))
			create = w.CreateRaw
		}
		f, err := create(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(b[path]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "JZ-TEST.zip")
	if err := os.WriteFile(name, buf.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// flip changes one bit of the byte at of a file.
func (b pageBag) flip(path string, at int) {
	p := bytes.Clone(b[path])
	p[at] ^= 1
	b[path] = p
}

// edit replaces old, which must be there.
func (b pageBag) edit(t *testing.T, path, old, new string) {
	t.Helper()
	if !bytes.Contains(b[path], []byte(old)) {
		t.Fatalf("%s does not hold %q", path, old)
	}
	b[path] = bytes.ReplaceAll(b[path], []byte(old), []byte(new))
}
