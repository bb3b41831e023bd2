package picture

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"os"
	"reflect"
	"testing"

	"juzheng/templates/document"
	"juzheng/templates/typeset/picture/picturetest"
)

// seeThrough is a picture with alpha, so that it is coded again.
func seeThrough() image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, 60, 80))
	for y := range 80 {
		for x := range 60 {
			m.SetNRGBA(x, y, color.NRGBA{uint8(x * y), uint8(x), uint8(y * 3), uint8(200 + x%50)})
		}
	}
	return m
}

// shelf keeps things in memory.
func shelf(kept map[string][]byte) *document.Kept {
	return &document.Kept{Load: func(name string) []byte { return kept[name] },
		Save: func(name string, data []byte) { kept[name] = data }}
}

// What was made of a picture is taken from the shelf, to the byte; with another box, another
// size or turned it is another.
func TestKept(t *testing.T) {
	kept := map[string][]byte{}
	data := picturetest.PNG(seeThrough())
	of := func(change func(*document.Image)) *Prepared {
		t.Helper()
		im := &document.Image{Open: picturetest.Opener(data), Kept: shelf(kept)}
		if change != nil {
			change(im)
		}
		x, err := prepare(im)
		if err != nil {
			t.Fatal(err)
		}
		im.Kept = nil
		fresh, err := prepare(im)
		if err != nil {
			t.Fatal(err)
		}
		x.Parts, fresh.Parts = [][]byte{bytes.Join(x.Parts, nil)}, [][]byte{bytes.Join(fresh.Parts, nil)}
		if !reflect.DeepEqual(x, fresh) {
			t.Errorf("kept %+v\nmade %+v", x, fresh)
		}
		return x
	}
	of(nil)
	of(nil)
	if len(kept) != 1 {
		t.Fatalf("%d are kept, want 1", len(kept))
	}
	n := 1
	for _, change := range []func(*document.Image){
		func(im *document.Image) { im.Hide = []image.Rectangle{image.Rect(0, 0, 30, 30)} },
		func(im *document.Image) { im.Hide = []image.Rectangle{image.Rect(0, 0, 30, 31)} },
		func(im *document.Image) { im.Hide, im.Orientation = []image.Rectangle{image.Rect(0, 0, 30, 30)}, 6 },
		func(im *document.Image) { im.Reduce = document.Reduction{Width: 30, Quality: 70} },
		func(im *document.Image) { im.Reduce = document.Reduction{Width: 30, Quality: 71} },
	} {
		of(change)
		of(change)
		if n++; len(kept) != n {
			t.Errorf("%d are kept, want %d", len(kept), n)
		}
	}
}

// A picture that is known to be whole vouches for no other: one that lacks the end of its
// data is refused, with the same size and the same name.
func TestDecodedByBytes(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 60, 80))
	for i := range m.Pix {
		m.Pix[i] = uint8(i*i) | 3
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	whole := picturetest.PNG(m)
	sum := sha256.Sum256(whole)
	open := func(data []byte) *document.Image {
		return &document.Image{Open: picturetest.Opener(data), Decoded: hex.EncodeToString(sum[:])}
	}
	if _, err := prepare(open(whole)); err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(whole, []byte("IDAT"))
	size := int(binary.BigEndian.Uint32(whole[at-4:]))
	body := append([]byte("IDAT"), whole[at+4:at+4+size/2]...)
	cut := binary.BigEndian.AppendUint32(bytes.Clone(whole[:at-4]), uint32(size/2))
	cut = binary.BigEndian.AppendUint32(append(cut, body...), crc32.ChecksumIEEE(body))
	cut = append(cut, whole[at+4+size+4:]...)
	if _, err := prepare(open(cut)); ReasonOf(err) != damagedPicture {
		t.Errorf("half of it: %v", err)
	}
}

// What is made of pictures is what form stands for. Where this fails because they are made
// in another way on purpose, form goes up, so that no paper shows what was kept before, and
// the sum here with it.
func TestForm(t *testing.T) {
	webp, err := os.ReadFile("testdata/lossy.webp")
	if err != nil {
		t.Fatal(err)
	}
	corner := picturetest.RGBA(func(x, y int) uint8 { return uint8(255 - 55*(max(0, 9-x-y)&1)) })
	sum := sha256.New()
	for _, data := range [][]byte{picturetest.PNG(seeThrough()), corner, webp} {
		for _, change := range []func(*document.Image){
			func(*document.Image) {},
			func(im *document.Image) { im.Hide = []image.Rectangle{image.Rect(2, 3, 9, 10)} },
			func(im *document.Image) { im.Reduce = document.Reduction{Width: 20, Quality: 70} },
		} {
			im := &document.Image{Open: picturetest.Opener(data), Orientation: 6}
			change(im)
			x, err := prepare(im)
			if err != nil {
				t.Fatal(err)
			}
			sum.Write(x.packed())
		}
	}
	if got := fmt.Sprintf("%s %x", form, sum.Sum(nil)[:8]); got != "3 ff303a620ec7f924" {
		t.Errorf("pictures are made as %s", got)
	}
}
