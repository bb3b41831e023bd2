package archive

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence"
)

// A file is one of an archive made for a test.
type file struct {
	name, text string
	mode       fs.FileMode
	gbk        bool
	locked     bool
	method     uint16
}

func zipOf(t testing.TB, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		h.SetMode(f.mode | 0o600)
		if f.gbk {
			var err error
			if h.Name, err = simplifiedchinese.GBK.NewEncoder().String(f.name); err != nil {
				t.Fatal(err)
			}
			h.NonUTF8 = true
		}
		// As programs on Windows write it: what the clock showed, in no zone.
		//lint:ignore SA1019 the field that is not deprecated writes a zone beside it
		h.ModifiedTime, h.ModifiedDate = 10<<11|15<<5|1, uint16((2026-1980)<<9|10<<5|1)
		if f.locked || f.method != 0 {
			h.Method, h.CompressedSize64, h.UncompressedSize64 = max(f.method, zip.Store), 4, 4
			if f.locked {
				h.Flags |= isLocked
			}
			w, err := z.CreateRaw(h)
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, "xxxx")
			continue
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, f.text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarOf(t testing.TB, headers ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		text := "text of " + h.Name
		if h.Typeflag == 0 || h.Typeflag == tar.TypeReg {
			h.Size = int64(len(text))
		}
		h.Mode = 0o600
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			io.WriteString(w, text)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t testing.TB, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// unpack lists what came of an archive: each file with its text, or why not.
func unpack(t testing.TB, data []byte, l Limits) []string {
	t.Helper()
	kind, ok := Recognise(bytes.NewReader(data), int64(len(data)))
	if !ok {
		return []string{"no archive"}
	}
	members, err := Unpack(context.Background(), bytes.NewReader(data), int64(len(data)), kind, t.TempDir(), l)
	if f := (*Fault)(nil); errors.As(err, &f) {
		return []string{"all: " + f.Code}
	}
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range members {
		if m.File == "" {
			out = append(out, m.Name+": "+m.Bad.Code)
			continue
		}
		text, err := os.ReadFile(m.File)
		if err != nil || int64(len(text)) != m.Size {
			t.Fatalf("%s: %v, %d bytes", m.Name, err, len(text))
		}
		out = append(out, m.Name+": "+string(text[:min(len(text), 40)]))
	}
	return out
}

var most = Limits{Files: 100, File: 1 << 20, Bytes: 1 << 20}

func TestUnpack(t *testing.T) {
	plain := zipOf(t, file{name: "手机/a.txt", text: "a"}, file{name: "b.txt", text: strings.Repeat("b", 3000)})
	log := tarOf(t, tar.Header{Name: "./手机/a.txt"}, tar.Header{Name: "d/", Typeflag: tar.TypeDir},
		tar.Header{Name: "b"})
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"zip", plain, "手机/a.txt: a, b.txt: " + strings.Repeat("b", 40)},
		{"zip of a Windows program", zipOf(t, file{name: `录音\催收.amr`, text: "a", gbk: true}), "录音/催收.amr: a"},
		{"paths that lead out", zipOf(t, file{name: "../../a", text: "a"}, file{name: "/etc/b", text: "b"},
			file{name: `C:\c`, text: "c"}, file{name: `..\d`, text: "d"}, file{name: "ok", text: "e"}),
			"../../a: unsafe-path, /etc/b: unsafe-path, C:/c: unsafe-path, ../d: unsafe-path, ok: e"},
		{"a link", zipOf(t, file{name: "l", text: "/etc/passwd", mode: fs.ModeSymlink}, file{name: "a", text: "a"}),
			"l: symlink, a: a"},
		{"one file locked", zipOf(t, file{name: "l", locked: true}, file{name: "a", text: "a"}),
			"l: archive-locked, a: a"},
		{"all locked", zipOf(t, file{name: "l", locked: true}), "all: archive-locked"},
		{"another way of packing", zipOf(t, file{name: "z", method: 93}, file{name: "a", text: "a"}),
			"z: archive-damaged, a: a"},
		{"a bundle", zipOf(t, file{name: "bundle/bagit.txt", text: "a"}), "all: archive"},
		{"empty", zipOf(t), "all: archive"},
		{"cut", plain[:len(plain)-9], "all: archive-damaged"},
		{"one part of several", []byte("PK\x07\x08PK\x03\x04"), "all: archive-damaged"},
		{"tar", log, "手机/a.txt: text of ./手机/a.txt, b: text of b"},
		{"tar.gz", gzipped(t, log), "手机/a.txt: text of ./手机/a.txt, b: text of b"},
		{"tar with links", tarOf(t, tar.Header{Name: "l", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"},
			tar.Header{Name: "h", Typeflag: tar.TypeLink, Linkname: "l"}, tar.Header{Name: "p", Typeflag: tar.TypeFifo},
			tar.Header{Name: "../x"}), "l: symlink, h: symlink, p: not-regular, ../x: unsafe-path"},
		{"cut tar", log[:1600], "手机/a.txt: text of ./手机/a.txt, …: archive-damaged"},
		{"gzip of a text", gzipped(t, []byte("a text")), "no archive"},
		{"a text", []byte("a text"), "no archive"},
		{"nothing", nil, "no archive"},
	} {
		if got := strings.Join(unpack(t, c.data, most), ", "); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A byte that changed in a file is noticed, and only that file is lost.
func TestDamagedFileInZip(t *testing.T) {
	data := zipOf(t, file{name: "a", text: strings.Repeat("abcdefgh", 9)}, file{name: "b", text: "b"})
	at := bytes.Index(data, []byte("a")) + 4
	data[at] ^= 0x55
	if got := strings.Join(unpack(t, data, most), ", "); got != "a: archive-damaged, b: b" {
		t.Error(got)
	}
}

func TestLimits(t *testing.T) {
	big := strings.Repeat("x", 5000)
	data := zipOf(t, file{name: "a", text: big}, file{name: "b", text: "b"})
	for _, c := range []struct {
		l    Limits
		want string
	}{
		{Limits{Files: 1, File: 9999, Bytes: 9999}, "all: too-large"},
		{Limits{Files: 2, File: 4999, Bytes: 9999}, "a: too-large, b: b"},
		{Limits{Files: 2, File: 9999, Bytes: 4999}, "all: too-large"},
		{Limits{Files: 2, File: 5000, Bytes: 5001}, "a: " + big[:40] + ", b: b"},
	} {
		if got := strings.Join(unpack(t, data, c.l), ", "); got != c.want {
			t.Errorf("%+v: %s\nwant %s", c.l, got, c.want)
		}
	}
	if l := LimitsOf(1<<40, 1); l.Bytes != 64<<30 {
		t.Errorf("of a terabyte: %+v", l)
	}
	if l := LimitsOf(1<<20, 1); l.Bytes != 64<<20+200<<20 {
		t.Errorf("of a megabyte: %+v", l)
	}
}

// Blanks that were packed to a thousandth are not unpacked: in a zip that file alone is
// told, whatever it is packed with, and nothing of it is on the disk; a tar ends there.
func TestBombs(t *testing.T) {
	blanks := strings.Repeat(" ", harmless+1)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"one file of many": {zipOf(t, file{name: "sms.xml", text: blanks}, file{name: "录音.amr", text: "a"}),
			"sms.xml: too-large, 录音.amr: a"},
		"many small ones": {zipOf(t, slices.Repeat([]file{{name: "sms.xml", text: blanks[:harmless]}}, 3)...),
			"all: too-large"},
		"a tar": {gzipped(t, bigTar(t, 3*harmless)), "all: too-large"},
		"text that packs well": {zipOf(t, file{name: "sms.xml", text: blanks[:1<<20]}),
			"sms.xml: " + blanks[:40]},
	} {
		dir := t.TempDir()
		kind, _ := Recognise(bytes.NewReader(c.data), int64(len(c.data)))
		l := LimitsOf(int64(len(c.data)), 4<<30)
		members, err := Unpack(t.Context(), bytes.NewReader(c.data), int64(len(c.data)), kind, dir, l)
		var out []string
		var fault *Fault
		if errors.As(err, &fault) {
			out = append(out, "all: "+fault.Code)
		} else if err != nil {
			t.Fatal(err)
		}
		for _, m := range members {
			text := m.Bad.Code
			if m.File != "" {
				data, _ := os.ReadFile(m.File)
				text = string(data[:min(len(data), 40)])
			}
			out = append(out, m.Name+": "+text)
		}
		if got := strings.Join(out, ", "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		left, _ := os.ReadDir(dir)
		var size int64
		for _, e := range left {
			if info, err := e.Info(); err == nil {
				size += info.Size()
			}
		}
		if size > l.Bytes+1 || kind == Zip && size > 1<<20 {
			t.Errorf("%s: %d bytes on the disk", name, size)
		}
	}
}

// bigTar is a tar of one file of so many blanks.
func bigTar(t *testing.T, size int64) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.WriteHeader(&tar.Header{Name: "sms.xml", Size: size, Mode: 0o600}); err != nil {
		t.Fatal(err)
	}
	line := bytes.Repeat([]byte(" "), 1<<20)
	for range size >> 20 {
		w.Write(line)
	}
	w.Close()
	return b.Bytes()
}

// The time of a zip is what a clock in China showed, unless a field says it in
// UTC; that of a tar always is.
func TestTimes(t *testing.T) {
	want := time.Date(2026, 10, 1, 10, 15, 2, 0, evidence.Beijing)
	var utc bytes.Buffer
	z := zip.NewWriter(&utc)
	if _, err := z.CreateHeader(&zip.FileHeader{Name: "a", Modified: want.UTC()}); err != nil {
		t.Fatal(err)
	}
	z.Close()
	for name, data := range map[string][]byte{
		"in no zone": zipOf(t, file{name: "a", text: "a"}), "in UTC": utc.Bytes(),
		"tar": tarOf(t, tar.Header{Name: "a", ModTime: want}),
	} {
		kind, _ := Recognise(bytes.NewReader(data), int64(len(data)))
		m, err := Unpack(context.Background(), bytes.NewReader(data), int64(len(data)), kind, t.TempDir(), most)
		if err != nil || len(m) != 1 || !m[0].Modified.Equal(want) {
			t.Errorf("%s: %v %+v", name, err, m)
			continue
		}
		if info, err := os.Stat(m[0].File); err != nil || !info.ModTime().Equal(want) {
			t.Errorf("%s: the file is of %v (%v)", name, info.ModTime(), err)
		}
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(zipOf(f, file{name: "手机/a.txt", text: "a"}, file{name: "../b", text: "b"}))
	f.Add(decoded(f, xzTar))
	f.Add(tarOf(f, tar.Header{Name: "a"}, tar.Header{Name: "l", Typeflag: tar.TypeSymlink, Linkname: "a"}))
	f.Add(gzipped(f, tarOf(f, tar.Header{Name: "a"})))
	f.Fuzz(func(t *testing.T, data []byte) {
		kind, ok := Recognise(bytes.NewReader(data), int64(len(data)))
		if !ok {
			return
		}
		dir := t.TempDir()
		m, err := Unpack(context.Background(), bytes.NewReader(data), int64(len(data)), kind, dir, most)
		if err != nil {
			return
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		files, total := 0, int64(0)
		for n, x := range m {
			if x.File == "" {
				continue
			}
			files++
			total += x.Size
			if x.File != fmt.Sprintf("%s/%d", dir, n) || !fs.ValidPath(x.Name) {
				t.Errorf("%q at %s", x.Name, x.File)
			}
		}
		if files != len(entries) || total > most.Bytes {
			t.Errorf("%d files listed, %d written, %d bytes", files, len(entries), total)
		}
	})
}

// What tar and bzip2 write is unpacked; what bzip2 packs besides is none of ours.
func TestTarBz2(t *testing.T) {
	data, err := base64.StdEncoding.DecodeString(
		"QlpoOTFBWSZTWR36nk4AAHjbkMkQQAF/hAAIYAAeQAQAAAggAFQyU9Jo9TRpo2jUCRRPU0DQDQfUs7poQXwJ" +
			"CMn3FWUhwIQ0eyLT0aU4kAXV0AtLUKvaS89erzZpoeb1i0Zj7ZiSB+LuSKcKEgO/U8nA")
	if err != nil {
		t.Fatal(err)
	}
	kind, ok := Recognise(bytes.NewReader(data), int64(len(data)))
	if !ok || kind != TarBz {
		t.Fatalf("recognised as %q", kind)
	}
	members, err := Unpack(t.Context(), bytes.NewReader(data), int64(len(data)), kind, t.TempDir(),
		LimitsOf(int64(len(data)), 1<<20))
	if err != nil || len(members) != 1 || members[0].Name != "a.txt" || members[0].Size != 2 {
		t.Errorf("%+v %v", members, err)
	}
	for n := range data { // cut anywhere, it ends
		if kind, ok := Recognise(bytes.NewReader(data[:n]), int64(n)); ok {
			_, _ = Unpack(t.Context(), bytes.NewReader(data[:n]), int64(n), kind, t.TempDir(), LimitsOf(1, 1<<20))
		}
	}
	if _, ok := Recognise(strings.NewReader("BZh91AY&SY"), 10); ok {
		t.Error("any bzip2 is taken for a tar")
	}
}

// xzTar is a.txt with "hi" in it, as tar and xz -6 pack it.
const xzTar = "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Cf/AGJdADCLiofEDvKXpPh1PcWp7dmXqh6FF5OkOJBpw8kR" +
	"68ulyZn8fEUQaHG9DgTM7OShYTWwR57ZvEqQvRcMH4t/ixasm90oVxU56e4vKbTK0/7yE81kQ2IcMi2p" +
	"4tY0W7rcRW4AAAAAzrHioDl9faMAAX6AUAAAAFwHloixxGf7AgAAAAAEWVo="

// What xz -6 makes of a tar is unpacked; a block that asks for more memory than
// xz -9 is not.
func TestTarXz(t *testing.T) {
	data, wide := decoded(t, xzTar), decoded(t,
		"/Td6WFoAAArh+wyhAgAhASAAAAAJiKV24Cf/AGJdADCLiofEDvKXpPh1PcWp7dmXqh6FF5OkOJBpw8kR"+
			"68ulyZn8fEUQaHG9DgTM7OShYTWwR57ZvEqQvRcMH4t/ixasm90oVxU56e4vKbTK0/7yE81kQ2IcMi2p"+
			"4tY0W7rcRW4AAAAANQQaKQEK8S31PntRwlKyfOpPnfQ67Azr47v23drK1ZcAAZYBgFAAALiQ77S26d8c"+
			"AgAAAAAKWVo=")
	if got := unpack(t, data, LimitsOf(int64(len(data)), 1<<20)); len(got) != 1 || !strings.Contains(got[0], "a.txt") {
		t.Errorf("%q", got)
	}
	if kind, ok := Recognise(bytes.NewReader(data), int64(len(data))); !ok || kind != TarXz {
		t.Errorf("recognised as %q", kind)
	}
	if _, ok := Recognise(bytes.NewReader(wide), int64(len(wide))); ok {
		t.Error("a window of 256 MB is opened")
	}
	for n := range data { // cut or changed anywhere, it ends; no other words come out in silence
		if kind, ok := Recognise(bytes.NewReader(data[:n]), int64(n)); ok {
			_, _ = Unpack(t.Context(), bytes.NewReader(data[:n]), int64(n), kind, t.TempDir(), LimitsOf(1, 1<<20))
		}
		changed := bytes.Clone(data)
		changed[n] ^= 0x10
		behind := len(data) - 32 // the index, which nothing is read from
		if got := fmt.Sprint(unpack(t, changed, LimitsOf(1, 1<<20))); n < behind && !strings.Contains(got, "damaged") &&
			got != "[no archive]" && got != "[a.txt: hi]" { // the last: the length of a chunk is not asked for
			t.Errorf("byte %d changed: %q", n, got)
		}
	}
}

func decoded(t testing.TB, s string) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
