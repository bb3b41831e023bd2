package intake

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"os"
	"runtime"
	"testing"

	"juzheng/evidence/folder"
)

// shots are pictures, texts and a file that is nothing, so that some are slow
// to recognise and some are not.
func shots(t testing.TB, n int) string {
	dir := t.TempDir()
	for i := range n {
		m := image.NewNRGBA(image.Rect(0, 0, 300+i%7*150, 400))
		for y := range 400 {
			for x := range m.Rect.Dx() {
				m.SetNRGBA(x, y, color.NRGBA{uint8(x * i), uint8(y), uint8(x ^ y), 255})
			}
		}
		put(t, dir, fmt.Sprintf("Screenshot_2026-03-02-19-07-%02d-918_com.tencent.mm.png", i), pngOf(t, m))
		put(t, dir, fmt.Sprintf("note%02d.txt", i), []byte(fmt.Sprint("note ", i)))
	}
	put(t, dir, "empty.mp3", nil)
	return dir
}

// One core or four: the same numbers, the same register.
func TestLookingAheadChangesNothing(t *testing.T) {
	given := 12
	if testing.Short() { // under the race detector: enough that some overtake others
		given = 4
	}
	dir := shots(t, given)
	var want string
	for _, cores := range []int{1, 4} {
		old := runtime.GOMAXPROCS(cores)
		f := newCase(t)
		s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
		runtime.GOMAXPROCS(old)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Admitted) != 2*given || len(s.Unusable) != 1 {
			t.Fatalf("%d cores: %d admitted, %d unusable", cores, len(s.Admitted), len(s.Unusable))
		}
		got, err := os.ReadFile(f.Path(folder.RegisterFile))
		if err != nil {
			t.Fatal(err)
		}
		if want != "" && string(got) != want {
			t.Errorf("%d cores make another register:\n%s\nwant\n%s", cores, got, want)
		}
		want = string(got)
		if again, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow}); err != nil ||
			again.Known != 2*given {
			t.Errorf("again: %d known, %v", again.Known, err)
		}
	}
}

func BenchmarkAddPictures(b *testing.B) {
	dir := shots(b, 40)
	for b.Loop() {
		if _, err := Add(context.Background(), newCase(b), []string{dir}, Options{Now: testNow}); err != nil {
			b.Fatal(err)
		}
	}
}
