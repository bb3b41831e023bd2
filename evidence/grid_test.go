package evidence

import "testing"

// Cells cover the whole picture once, whatever its size.
func TestGridCoversThePicture(t *testing.T) {
	for _, size := range [][2]int{{1080, 2340}, {1080, 30000}, {1, 1}, {7, 3}, {19, 400}, {21, 21}, {4032, 3024},
		{1000, 1}} {
		g := GridOf(size[0], size[1])
		x, y := 0, 0
		for c := range g.Columns {
			b := g.Box(c, 0, c, 0)
			if b.X != x || b.W < 1 {
				t.Fatalf("%v: column %d is %v, want it at %d", size, c, b, x)
			}
			x += b.W
		}
		for r := range g.Rows {
			b := g.Box(0, r, 0, r)
			if b.Y != y || b.H < 1 {
				t.Fatalf("%v: row %d is %v, want it at %d", size, r, b, y)
			}
			y += b.H
		}
		if x != size[0] || y != size[1] {
			t.Errorf("%v: cells cover %d by %d", size, x, y)
		}
	}
	for s, want := range map[string]Box{"C4:F5": {108, 162, 216, 108}, "c4": {108, 162, 54, 54},
		"T44":   {1026, 2322, 54, 18},
		"F5:C4": {}, "U1": {}, "A45": {}, "A0": {}, "C4:": {}, "": {}} {
		if got, ok := BoxOfCells(s, 1080, 2340); got != want || ok != (want != Box{}) {
			t.Errorf("%s is %v, %t, want %v", s, got, ok, want)
		}
	}
	if _, ok := BoxOfCells("A1", 0, 0); ok {
		t.Error("a picture of no known size has cells")
	}
}
