package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

func ftyp(major string, compatible ...string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(16+4*len(compatible)))
	out := string(b) + "ftyp" + major + "\x00\x00\x00\x00"
	for _, c := range compatible {
		out += c
	}
	return out + "\x00\x00\x00\x08free"
}

// A still picture in boxes is a picture, whichever of its brands stands first,
// and a film is none.
func TestStillPictures(t *testing.T) {
	for head, want := range map[string]string{
		ftyp("heic", "mif1", "heic"):                                       "image/heic",
		ftyp("mif1", "mif1", "heic"):                                       "image/heic",
		ftyp("mif1", "mif1", "miaf", "MiHE", "tmap"):                       "image/heif",
		ftyp("msf1", "hevc", "iso8"):                                       "image/heic",
		ftyp("mif1", "avif", "miaf"):                                       "image/avif",
		ftyp("avis", "msf1"):                                               "image/avif",
		ftyp("isom", "iso2", "mp41"):                                       "",
		ftyp("3gp5", "isom"):                                               "",
		"\x00\x00\x00\x0cjP  \r\n\x87\n\x00\x00\x00\x14ftypjp2 ":           "image/jp2",
		"\xff\x4f\xff\x51\x00\x2f\x00\x00\x00\x00\x00\x10\x00\x00\x00\x10": "image/jp2",
		"\x00\x00\x00\x0cJXL \r\n\x87\n\x00\x00\x00\x14ftypjxl ":           "image/jxl",
		"\xff\x0a\xfa\x1f\x08\x08\x10\x10\x00\x00\x00\x00\x00\x00\x00\x00": "image/jxl",
		"\xff\x0a": "", "": "",
		"\x7f\xff\xff\xffftypmp42\x00\x00\x00\x00": "",
	} {
		got, ok := stillPicture([]byte(head))
		if got.Media != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", head, got.Media, want)
		}
	}
}

// Pictures as another program writes them.
func TestPicturesOfEncoder(t *testing.T) {
	ffmpeg := installed(t, "ffmpeg")
	for name, want := range map[string]string{"a.avif": "image/avif", "a.jp2": "image/jp2", "a.jxl": "image/jxl"} {
		file := filepath.Join(t.TempDir(), name)
		if out, err := exec.Command(ffmpeg, "-v", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=1",
			"-frames:v",
			"1", file).CombinedOutput(); err != nil {
			t.Logf("%s: cannot be written here: %s", name, out)
			continue
		}
		in, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		info, _ := in.Stat()
		got, ok := TypeOf(in, info.Size())
		if !ok || got.Media != want {
			t.Errorf("%s: %+v, want %s", name, got, want)
		}
		if p := ReadPicture(in, info.Size(), got.Media); p.Damage.ZH != "" || p.Decoded {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// jpegWith is a JPEG whose EXIF has these fields of text, in its first directory
// or in that of the camera.
func jpegWith(t testing.TB, main, camera map[uint16]string) []byte {
	t.Helper()
	le := binary.LittleEndian
	body := []byte("II*\x00\x08\x00\x00\x00")
	directory := func(fields map[uint16]string, sub bool) {
		count := len(fields)
		if sub {
			count++
		}
		at := len(body)
		data := at + 2 + 12*count + 4
		var rows, values []byte
		add := func(tag, kind uint16, n, value int) {
			rows = le.AppendUint16(le.AppendUint16(rows, tag), kind)
			rows = le.AppendUint32(le.AppendUint32(rows, uint32(n)), uint32(value))
		}
		for tag := range uint16(0xffff) { // in the order of their numbers
			if s, ok := fields[tag]; ok {
				kind := uint16(2)
				if tag == 0x9286 {
					kind = 7
				}
				add(tag, kind, len(s), data+len(values))
				values = append(values, s...)
			}
			if sub && tag == 0x8769 {
				add(tag, 4, 1, 0)
			}
		}
		if sub { // the camera's directory comes next
			le.PutUint32(rows[len(rows)-4:], uint32(data+len(values)))
		}
		body = append(le.AppendUint16(body, uint16(count)), rows...)
		body = append(append(body, 0, 0, 0, 0), values...)
	}
	directory(main, true)
	directory(camera, false)
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	segment := append([]byte("Exif\x00\x00"), body...)
	head := binary.BigEndian.AppendUint16([]byte("\xff\xd8\xff\xe1"), uint16(len(segment)+2))
	return append(append(head, segment...), picture.Bytes()[2:]...)
}

func TestEXIFTimes(t *testing.T) {
	const taken, digital, written = "2026:10:01 10:15:00\x00", "2026:10:02 10:15:00\x00", "2026:10:03 10:15:00\x00"
	for _, c := range []struct {
		name         string
		main, camera map[uint16]string
		want         string
		written      bool
		screen       bool
	}{
		{name: "taken", main: map[uint16]string{0x132: written},
			camera: map[uint16]string{0x9003: taken, 0x9004: digital},
			want:   "2026-10-01 10:15:00"},
		{name: "made digital", main: map[uint16]string{0x132: written}, camera: map[uint16]string{0x9004: digital},
			want: "2026-10-02 10:15:00"},
		{name: "last written alone", main: map[uint16]string{0x132: written}, want: "2026-10-03 10:15:00",
			written: true},
		{name: "its zone", camera: map[uint16]string{0x9003: taken, 0x9011: "+09:00\x00"}, want: "2026-10-01 09:15:00"},
		{name: "no clock was set", main: map[uint16]string{0x132: written},
			camera: map[uint16]string{0x9003: "0000:00:00 00:00:00\x00"}, want: "2026-10-03 10:15:00", written: true},
		{name: "a screenshot", camera: map[uint16]string{0x9003: taken, 0x9286: "ASCII\x00\x00\x00Screenshot"},
			want: "2026-10-01 10:15:00", screen: true},
		{name: "nothing", main: map[uint16]string{0x10f: "maker\x00"}, want: "0001-01-01 00:00:00"},
	} {
		data := jpegWith(t, c.main, c.camera)
		p := ReadPicture(bytes.NewReader(data), int64(len(data)), "image/jpeg")
		if got := p.Taken.At.Format(time.DateTime); got != c.want || p.Written != c.written || p.Screen != c.screen ||
			!p.Decoded {
			t.Errorf("%s: %s, written %v, screen %v, %+v", c.name, got, p.Written, p.Screen, p)
		}
	}
}

func FuzzReadPicture(f *testing.F) {
	f.Add(jpegWith(f, map[uint16]string{0x132: "2026:10:03 10:15:00\x00"}, map[uint16]string{0x9003: "x"}))
	f.Add([]byte(ftyp("mif1", "heic") + "\x00\x00\x00\x10meta\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, size := bytes.NewReader(data), int64(len(data))
		if kind, ok := TypeOf(r, size); ok {
			if p := ReadPicture(r, size, kind.Media); p.Width < 0 || p.Orientation > 8 {
				t.Errorf("%+v", p)
			}
		}
	})
}

// An app that saves or sends a screenshot on gives it a name of its own; its
// shape, and that no camera put its name to it, tell it from a photo.
func TestScreenShaped(t *testing.T) {
	for _, c := range []struct {
		what string
		p    Picture
		want bool
	}{
		{"20:9", Picture{Width: 1080, Height: 2400}, true},
		{"18:9", Picture{Width: 720, Height: 1440}, true},
		{"made smaller by a chat", Picture{Width: 591, Height: 1280}, true},
		{"9:16, as cameras take it", Picture{Width: 1080, Height: 1920}, false},
		{"9:16, a page that was drawn", Picture{Width: 1080, Height: 1920, Flat: true, Likeness: "x"}, true},
		{"9:16, of one colour", Picture{Width: 1080, Height: 1920, Flat: true}, false},
		{"9:16, drawn, of a camera", Picture{Width: 1080, Height: 1920, Flat: true, Likeness: "x", Camera: true}, false},
		{"3:4, drawn", Picture{Width: 1080, Height: 1440, Flat: true, Likeness: "x"}, false},
		{"3:4", Picture{Width: 1080, Height: 1440}, false},
		{"lying", Picture{Width: 2400, Height: 1080}, false},
		{"of a camera", Picture{Width: 1080, Height: 2400, Camera: true}, false},
		{"a long strip, of several screens", Picture{Width: 1080, Height: 9000}, true},
		{"an icon", Picture{Width: 60, Height: 130}, false},
		{"not read", Picture{}, false},
	} {
		if got := c.p.ScreenShaped(); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

// A page of a chat is flat, as JPEG too, and a scene with the grain of a sensor is not.
func TestFlat(t *testing.T) {
	page, scene := image.NewRGBA(image.Rect(0, 0, 720, 1280)), image.NewRGBA(image.Rect(0, 0, 720, 1280))
	g := rand.New(rand.NewPCG(1, 2))
	for y := range 1280 {
		for x := range 720 {
			c := color.RGBA{237, 237, 237, 255}
			switch in := y % 160; {
			case in >= 40 && in < 120 && x > 100 && x < 560:
				c = color.RGBA{149, 236, 105, 255}
				if in > 60 && in < 100 && x > 120 && x < 300 && x/6%2 == 0 && y/4%3 > 0 {
					c = color.RGBA{20, 20, 20, 255} // strokes
				}
			}
			page.SetRGBA(x, y, c)
			v := uint8(60 + y/10 + x/20 + g.IntN(9))
			scene.SetRGBA(x, y, color.RGBA{v, v - 10, v - 20, 255})
		}
	}
	for _, c := range []struct {
		what string
		m    image.Image
		want bool
	}{{"a page", page, true}, {"a scene", scene, false}} {
		for _, quality := range []int{60, 90} {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, c.m, &jpeg.Options{Quality: quality}); err != nil {
				t.Fatal(err)
			}
			p := ReadPicture(bytes.NewReader(b.Bytes()), int64(b.Len()), "image/jpeg")
			if p.Flat != c.want || p.ScreenShaped() != c.want {
				t.Errorf("%s at quality %d: flat %v, a screen %v", c.what, quality, p.Flat, p.ScreenShaped())
			}
		}
	}
}
