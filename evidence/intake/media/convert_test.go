package media

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// A picture that nothing here decodes is drawn by a program of the system's.
func TestConvert(t *testing.T) {
	ffmpeg := installed(t, "ffmpeg")
	for name, kind := range map[string]string{"a.avif": "image/avif", "a.jp2": "image/jp2"} {
		file := filepath.Join(t.TempDir(), name)
		if out, err := exec.Command(ffmpeg, "-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=1",
			"-frames:v",
			"1", file).CombinedOutput(); err != nil {
			t.Logf("%s: cannot be written here: %s", name, out)
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		drawn, by, err := Convert(context.Background(), bytes.NewReader(data), int64(len(data)), kind)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		m, err := jpeg.Decode(bytes.NewReader(drawn))
		if err != nil || m.Bounds() != image.Rect(0, 0, 64, 48) || by == "" {
			t.Errorf("%s: by %s, %v", name, by, err)
		}
	}
}

// heif-dec stands here for itself: no package of it can be had, so a script
// answers in its place, with the whole picture or with one tile of it.
func TestConverterOfHEIC(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a script stands in for the program")
	}
	picture := func(side int) string {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, side, side)), nil); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "drawn.jpg")
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	heic := heicOf(64, 64)
	for name, c := range map[string]struct {
		script string
		err    error
	}{
		"whole":   {`cp "` + picture(64) + `" "$4"`, nil},
		"a tile":  {`cp "` + picture(32) + `" "$4"`, ErrNoConverter},
		"fails":   {"exit 1", ErrNoConverter},
		"nothing": {"exit 0", ErrNoConverter},
	} {
		bin := t.TempDir()
		if err := os.WriteFile(filepath.Join(bin, "heif-dec"), []byte("#!/bin/sh\n"+c.script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		t.Setenv("PATH", bin+":/bin:/usr/bin")
		drawn, by, err := Convert(context.Background(), bytes.NewReader(heic), int64(len(heic)), "image/heic")
		if !errors.Is(err, c.err) || c.err == nil && (by != "heif-dec" || len(drawn) == 0) {
			t.Errorf("%s: %d bytes by %q, %v", name, len(drawn), by, err)
		}
	}
}

// heicOf is a file that says it is a HEIC picture of that size, and no more.
func heicOf(w, h int) []byte {
	box := func(kind, body string) string {
		n := len(body) + 8
		return string([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}) + kind + body
	}
	u32 := func(n int) string { return string([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}) }
	ispe := box("ispe", "\x00\x00\x00\x00"+u32(w)+u32(h))
	infe := box("infe", "\x02\x00\x00\x00\x00\x01\x00\x00hvc1\x00")
	meta := box("meta", "\x00\x00\x00\x00"+box("hdlr", "\x00\x00\x00\x00\x00\x00\x00\x00pict"+
		"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")+box("pitm", "\x00\x00\x00\x00\x00\x01")+
		box("iinf", "\x00\x00\x00\x00\x00\x01"+infe)+
		box("iprp", box("ipco", ispe)+box("ipma", "\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01\x01\x81")))
	return []byte(ftyp("heic", "mif1", "heic")[:24] + meta)
}

func TestSizeOfHEIC(t *testing.T) {
	data := heicOf(64, 48)
	if p := ReadPicture(bytes.NewReader(data), int64(len(data)), "image/heic"); p.Width != 64 || p.Height != 48 ||
		p.Damage.ZH != "" {
		t.Errorf("%+v", p)
	}
}
