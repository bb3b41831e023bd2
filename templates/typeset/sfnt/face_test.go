package sfnt

import (
	"fmt"
	"log"
	"testing"

	"juzheng/fonts"
)

func Example() {
	face, err := Read(fonts.SerifRegular)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("has 龘:", face.Has('龘'))
	fmt.Println("width of 你 in em:", face.Advance('你'))
	small, err := face.Cut([]rune("你好"), map[rune]rune{'你': '你', '好': '好'})
	if err != nil {
		log.Fatal(err)
	}
	cut, err := Read(small)
	fmt.Println("the cut has 你, 我:", cut.Has('你'), cut.Has('我'), err)
	fmt.Println("a thousandth of the size:", len(small) < len(fonts.SerifRegular)/1000)
	// Output:
	// has 龘: true
	// width of 你 in em: 1
	// the cut has 你, 我: true false <nil>
	// a thousandth of the size: true
}

func cutOf(t testing.TB, s string) []byte {
	face, err := Read(fonts.SerifRegular)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[rune]rune{}
	for _, r := range s {
		codes[r] = r
	}
	small, err := face.Cut([]rune(s), codes)
	if err != nil {
		t.Fatal(err)
	}
	return small
}

func TestReadRefusesDamage(t *testing.T) {
	small := cutOf(t, "你好")
	if _, err := Read(small); err != nil {
		t.Errorf("our own cut is refused: %v", err)
	}
	for n := 0; n < len(small); n += 97 {
		if _, err := Read(small[:n]); err == nil {
			t.Errorf("a font cut at byte %d is accepted", n)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(cutOf(f, "a你"))
	f.Fuzz(func(t *testing.T, data []byte) {
		face, err := Read(data)
		if err != nil {
			return
		}
		for r := range face.gid {
			face.Advance(r)
			face.Cut([]rune{r}, map[rune]rune{r: r})
			break
		}
	})
}
