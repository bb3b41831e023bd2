package ocr

import (
	"context"
	"image"
	"image/color"
	"slices"
	"testing"
)

func TestFindIn(t *testing.T) {
	const table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
		"4\t1\t1\t1\t1\t0\t0\t0\t300\t20\t-1\t\n" +
		"5\t1\t1\t1\t1\t1\t10\t5\t60\t20\t90\t同事周\n" +
		"5\t1\t1\t1\t1\t2\t80\t6\t20\t20\t90\t宁\n" +
		"5\t1\t1\t1\t2\t1\t10\t40\t110\t20\t90\t13911112222\n" +
		"5\t1\t1\t1\t3\t1\t10\t70\t20\t20\t90\t周\n" +
		"5\t1\t1\t1\t4\t1\t10\t90\t20\t20\t90\t宁\n" +
		"5\t1\t1\t1\t5\t1\tx\t90\t20\t20\t90\t周宁\n"
	for _, c := range []struct {
		words string
		want  []image.Rectangle
	}{
		{"周宁", []image.Rectangle{image.Rect(50, 5, 100, 26)}}, // over two words of a line, and not over two lines
		{" 周 宁 ", []image.Rectangle{image.Rect(50, 5, 100, 26)}},
		{"139-1111-2222", []image.Rectangle{image.Rect(10, 40, 120, 60)}},
		{"1111", []image.Rectangle{image.Rect(40, 40, 80, 60)}},
		{"李四", nil}, {"", nil},
	} {
		if got := findIn(table, bare(c.words)); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %v, want %v", c.words, got, c.want)
		}
	}
}

func TestJoined(t *testing.T) {
	got := joined(joined(joined(nil, image.Rect(0, 0, 10, 10)), image.Rect(20, 0, 30, 10)), image.Rect(5, 0, 25, 8))
	if want := []image.Rectangle{image.Rect(0, 0, 30, 10)}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// The place that is found holds the ink of the words, in daylight and in dark
// mode: nothing dark or light of them is left outside.
func TestPlaces(t *testing.T) {
	program := tesseract(t)
	for name, c := range map[string]struct{ ground, ink, paper color.Color }{
		"light": {color.Gray{0xf0}, color.Black, color.White},
		"dark":  {color.Gray{0x14}, color.Gray{0xe8}, color.Gray{0x2c}},
	} {
		m := chatScreen(
			t, c.ground,
			[]bubble{{"今天下午五点之前必须还款", c.ink, c.paper}, {"请不要再打电话给我的家人", c.ink, c.paper}},
		)
		seen, err := program.See(context.Background(), m)
		if err != nil {
			t.Fatal(err)
		}
		whole := seen.Places("请不要再打电话给我的家人")
		if len(whole) != 1 {
			t.Fatalf("%s: %v", name, whole)
		}
		part := seen.Places("电话")
		if len(part) != 1 || part[0].Dx() > whole[0].Dx()/2 || !part[0].In(whole[0].Inset(-20)) {
			t.Errorf("%s: %v in %v", name, part, whole)
		}
	}
}
