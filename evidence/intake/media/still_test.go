package media

import (
	"bytes"
	"errors"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
)

// A film that is black and then white has both on its sheet, two beside each other; one that
// is high has three; what holds no picture has none, and says so.
func TestStills(t *testing.T) {
	installed(t, "ffmpeg")
	dir := t.TempDir()
	wide, high, sound := filepath.Join(dir, "w.mp4"), filepath.Join(dir, "h.mp4"), filepath.Join(dir, "s.mp4")
	encode(t, "-f lavfi -i color=black:s=640x360:d=6 -f lavfi -i color=white:s=640x360:d=6 "+
		"-filter_complex [0:v][1:v]concat=n=2", [][2]string{{"-c:v mpeg4", wide}})
	encode(t, "-f lavfi -i color=gray:s=360x640:d=2", [][2]string{{"-c:v mpeg4", high}})
	encode(t, "-f lavfi -i sine=d=2", [][2]string{{"-c:a aac", sound}})
	d := FindDecoder()
	of := func(path string, seconds float64) (Stills, []byte, error) {
		in, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		return d.Stills(t.Context(), in, seconds)
	}
	s, data, err := of(wide, 12)
	if err != nil || len(s.Seconds) != 6 || s.Seconds[0] != 1 || s.By == "" {
		t.Fatalf("%+v, %v", s, err)
	}
	m, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil || m.Bounds().Dx() != s.Width || m.Bounds().Dy() != s.Height || s.Width < s.Height {
		t.Fatalf("%+v, %v, %v", s, m.Bounds(), err)
	}
	bright := func(x, y int) bool { r, _, _, _ := m.At(x, y).RGBA(); return r > 0x8000 }
	if bright(10, 10) || bright(s.Width-10, 10) || !bright(10, s.Height-10) || !bright(s.Width-10, s.Height-10) {
		t.Error("the beginning is not black, or the end not white")
	}
	if s, _, err := of(high, 2); err != nil || len(s.Seconds) != 2 || s.Width != 2*360+stillGap {
		t.Errorf("high: %+v, %v", s, err)
	}
	if s, _, err := of(wide, 60); err != nil || len(s.Seconds) == 0 || s.Seconds[len(s.Seconds)-1] > 12 {
		t.Errorf("shorter than it says: %+v, %v", s, err)
	}
	if _, _, err := of(sound, 2); !errors.Is(err, ErrNoStill) {
		t.Errorf("sound alone: %v", err)
	}
	in, err := os.Open(wide)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if _, _, err := (Decoder{}).Stills(t.Context(), in, 12); !errors.Is(err, ErrNoDecoder) {
		t.Errorf("without ffmpeg: %v", err)
	}
}
