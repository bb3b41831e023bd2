package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"testing"

	"juzheng/templates/document"
	"juzheng/templates/typeset/picture/picturetest"
)

// What was made of a picture is made once while there is room; a fault is looked for again.
func TestKeptOnce(t *testing.T) {
	m := memory{mostBytes: 10, mostWhole: 2}
	made := 0
	of := func(size int, err error) func() (*Prepared, error) {
		return func() (*Prepared, error) { made++; return &Prepared{Parts: [][]byte{make([]byte, size)}}, err }
	}
	fault := errors.New("damaged")
	for _, c := range []struct {
		name string
		key  byte
		size int
		err  error
		want int // made until then
	}{
		{"new", 1, 6, nil, 1},
		{"kept", 1, 6, nil, 1},
		{"another, for which there is no room", 2, 6, nil, 2},
		{"made again", 2, 6, nil, 3},
		{"a small one", 3, 4, nil, 4},
		{"kept beside the first", 3, 4, nil, 4},
		{"a fault", 4, 0, fault, 5},
		{"looked for again", 4, 0, fault, 6},
	} {
		if _, err := m.once(digest{c.key}, of(c.size, c.err)); !errors.Is(err, c.err) || made != c.want {
			t.Errorf("%s: made %d times, want %d; %v", c.name, made, c.want, err)
		}
	}
	m.forget()
	if _, err := m.once(digest{1}, of(6, nil)); err != nil || made != 7 {
		t.Errorf("forgotten: made %d times, want 7; %v", made, err)
	}
	checked := 0
	for _, key := range []byte{1, 1, 2, 2, 3, 3} {
		if err := m.soundOnce(digest{key}, func() error { checked++; return nil }); err != nil {
			t.Error(err)
		}
	}
	if checked != 3 || len(m.whole) > 2 {
		t.Errorf("checked %d times, want 3; %d are kept, want 2 at most", checked, len(m.whole))
	}
}

// A picture that was found whole vouches for no other: one that lacks the end of its data
// is refused after it, with the same size and the same name.
func TestKeptByBytes(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 60, 80))
	for y := range 80 {
		for x := range 60 {
			m.SetNRGBA(x, y, color.NRGBA{uint8(x * y), uint8(x), uint8(y * 3), 255})
		}
	}
	whole := picturetest.PNG(m)
	open := func(data []byte) *document.Image { return &document.Image{Open: picturetest.Opener(data)} }
	for range 2 {
		if _, err := prepare(open(whole)); err != nil {
			t.Fatal(err)
		}
	}
	at := bytes.Index(whole, []byte("IDAT"))
	size := int(binary.BigEndian.Uint32(whole[at-4:]))
	body := append([]byte("IDAT"), whole[at+4:at+4+size/2]...)
	cut := binary.BigEndian.AppendUint32(bytes.Clone(whole[:at-4]), uint32(size/2))
	cut = binary.BigEndian.AppendUint32(append(cut, body...), crc32.ChecksumIEEE(body))
	cut = append(cut, whole[at+4+size+4:]...)
	if _, err := prepare(open(cut)); ReasonOf(err) != damagedPicture {
		t.Errorf("half of it after the whole: %v", err)
	}
	covered := open(whole)
	covered.Hide = []image.Rectangle{image.Rect(0, 0, 30, 30)}
	a, err := prepare(covered)
	if err != nil {
		t.Fatal(err)
	}
	covered.Hide = []image.Rectangle{image.Rect(0, 0, 30, 31)}
	b, err := prepare(covered)
	if err != nil || bytes.Equal(bytes.Join(a.Parts, nil), bytes.Join(b.Parts, nil)) {
		t.Errorf("another box, the same picture: %v", err)
	}
}
