package sfnt

import (
	"slices"
	"testing"

	"juzheng/templates/typeset/sfnt/sfnttest"
)

// Font files of other people are read: alone and in collections, with either kind of
// outline. What a file says of itself is asked there.
func TestReadAll(t *testing.T) {
	square := sfnttest.Font{Name: "Square SC", Runes: []rune("a𠮷")}
	path := sfnttest.Font{Name: "Path Serif", Runes: []rune("b𠮷"), CFF: true, Type: 2}
	for name, c := range map[string]struct {
		data []byte
		want []sfnttest.Font
	}{
		"TrueType":               {square.Bytes(), []sfnttest.Font{square}},
		"CFF":                    {path.Bytes(), []sfnttest.Font{path}},
		"a collection":           {sfnttest.Collection(square, square), []sfnttest.Font{square, square}},
		"a collection with CFF":  {sfnttest.Collection(path, path), []sfnttest.Font{path, path}},
		"a collection of either": {sfnttest.Collection(square, path), []sfnttest.Font{square, path}},
	} {
		faces, err := ReadAll(c.data)
		if err != nil || len(faces) != len(c.want) {
			t.Errorf("%s: %d faces, %v", name, len(faces), err)
			continue
		}
		for n, f := range faces {
			want := c.want[n]
			if !f.Has('𠮷') || f.Has('你') || f.Advance('𠮷') != 1 || f.IsPaths() != want.CFF || f.Family() != want.Name ||
				f.MayEmbed() != (want.Type != 2) {
				t.Errorf("%s: face %d: has %v, advance %v, paths %v, family %q, may embed %v", name, n, f.Has('𠮷'),
					f.Advance('𠮷'), f.IsPaths(), f.Family(), f.MayEmbed())
			}
			if !want.CFF {
				if _, err := f.Path('𠮷'); err == nil {
					t.Errorf("%s: a path of a glyf outline", name)
				}
				continue
			}
			got, err := f.Path('𠮷')
			box := []Segment{{'M', [3][2]float64{{100, 0}}}, {'L', [3][2]float64{{898, 0}}}, {'L', [3][2]float64{{898,
				800}}},
				{'L', [3][2]float64{{100, 800}}}}
			if err != nil || len(got) < 4 || !slices.Equal(got[:4], box) {
				t.Errorf("%s: path %v, %v", name, got, err)
			}
		}
	}
	if _, err := Read(path.Bytes()); err == nil {
		t.Error("a font with CFF outlines is taken for one of ours")
	}
}

func FuzzReadAll(f *testing.F) {
	square := sfnttest.Font{Name: "Square", Runes: []rune("a𠮷")}
	path := sfnttest.Font{Name: "Path", Runes: []rune("b𠮷"), CFF: true}
	for _, data := range [][]byte{square.Bytes(), path.Bytes(), sfnttest.Collection(square, path)} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		faces, err := ReadAll(data)
		if err != nil {
			return
		}
		for _, face := range faces {
			face.Family()
			face.PostScriptName()
			face.Metrics()
			face.MayEmbed()
			for r, gid := range face.gids {
				if gid == 0 {
					continue
				}
				face.Advance(rune(r))
				if face.IsPaths() {
					face.Path(rune(r))
				} else {
					face.Cut([]rune{rune(r)})
				}
				break
			}
		}
	})
}
