package sfnt

import (
	"encoding/binary"
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
	cut, err := face.Cut([]rune("A你"))
	fmt.Println("widths of A and 你 in the cut:", cut.Widths, err)
	fmt.Println("a thousandth of the size:", len(cut.Font) < len(fonts.SerifRegular)/1000)
	// Output:
	// has 龘: true
	// width of 你 in em: 1
	// widths of A and 你 in the cut: [718 1000] <nil>
	// a thousandth of the size: true
}

// A cut draws each character as the whole font does, at the glyph of its
// place, those with parts of others (é in this font) among them.
func TestCutDrawsTheSame(t *testing.T) {
	face, err := Read(fonts.SerifRegular)
	if err != nil {
		t.Fatal(err)
	}
	used := []rune("Aé你你龘")
	cut, err := face.Cut(used)
	if err != nil {
		t.Fatal(err)
	}
	small, err := read(cut.Font, 0, "head", "hhea", "maxp", "hmtx", "loca", "glyf")
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range used {
		if got, want := points(t, small, i+1), points(t, face, face.gid(r)); got == 0 || got != want {
			t.Errorf("%c is drawn with %d bytes of outline, in the font %d", r, got, want)
		}
		if small.metric(i+1) != face.metric(face.gid(r)) {
			t.Errorf("%c has another width", r)
		}
	}
}

// points sums the bytes of a glyph's outline and of its parts.
func points(t *testing.T, f *Face, gid int) int {
	o, err := f.outline(gid)
	if err != nil {
		t.Fatal(err)
	}
	n := (len(o) + 3) &^ 3 // as padded in a cut
	err = components(o, func(at int) { n += points(t, f, int(binary.BigEndian.Uint16(o[at:]))) })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// smallFont is a font of few characters with all that Read wants.
func smallFont(t testing.TB) []byte {
	face, err := Read(fonts.SerifRegular)
	if err != nil {
		t.Fatal(err)
	}
	cut, err := face.Cut([]rune("a你"))
	if err != nil {
		t.Fatal(err)
	}
	small, err := read(cut.Font, 0, "head", "hhea", "maxp", "hmtx", "loca", "glyf")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"OS/2", "post", "name"} {
		small.tables[name] = face.tables[name]
	}
	// a cmap of format 12 for its two characters
	cmap := []byte{0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0}
	for _, v := range []uint32{16 + 2*12, 0, 2, 'a', 'a', 1, '你', '你', 2} {
		cmap = binary.BigEndian.AppendUint32(cmap, v)
	}
	small.tables["cmap"] = cmap
	return pack(small.tables)
}

func TestReadRefusesDamage(t *testing.T) {
	small := smallFont(t)
	if f, err := Read(small); err != nil || !f.Has('你') || f.Has('我') {
		t.Errorf("our own small font is refused, or misread: %v", err)
	}
	for n := 0; n < len(small); n += 97 {
		if _, err := Read(small[:n]); err == nil {
			t.Errorf("a font cut at byte %d is accepted", n)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(smallFont(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		face, err := Read(data)
		if err != nil {
			return
		}
		face.Metrics()
		for r, gid := range face.gids {
			if gid > 0 {
				face.Advance(rune(r))
				face.Cut([]rune{rune(r)})
				break
			}
		}
	})
}
