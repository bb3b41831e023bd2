package desk

import (
	"strings"
	"testing"

	"juzheng/templates/workbook"
)

// Such a column is named with its cells, and nothing of the workbook is written.
func TestShiftedColumnIsNamed(t *testing.T) {
	p := page{name: "时间线", columns: []pageColumn{{Column: workbook.Column{Head: "编号"}},
		{Column: workbook.Column{Head: "联系到谁"}}}}
	base := basePage{}
	var rows []workbook.Row
	was := []string{"本人", "单位", "本人", "亲友", "本人", "单位", "本人", "亲友"}
	for n, s := range was {
		id := "T00" + string(rune('1'+n))
		base[id] = map[string]string{"编号": id, "联系到谁": s}
		now := was[max(0, n-1)]
		rows = append(rows, workbook.Row{N: n + 2, Cells: map[int]workbook.Value{0: {Text: id}, 6: {Text: now}}})
	}
	var c comparison
	findShifted(&c, p, rows, map[int]int{0: 0, 1: 6}, base)
	if len(c.bad) != 1 || c.bad[0].Cell != "G3:G9" || !strings.Contains(c.bad[0].Found.ZH, "“联系到谁”这一列有 7 格一起变了") {
		t.Errorf("%+v", c.bad)
	}
	c = comparison{}
	if findShifted(&c, p, rows[:6], map[int]int{0: 0, 1: 6}, base); len(c.bad) > 0 {
		t.Errorf("of five cells: %+v", c.bad)
	}
}

// A column that slid or was sorted alone is told from one in which people put things
// right.
func TestColumnsThatSlid(t *testing.T) {
	for _, c := range []struct {
		name, was, now string
		want           bool
	}{
		{"one cell put in above", "a b c a b c d e", "x a b c a b c d", true},
		{"one taken out", "a b c a b c d e", "b c a b c d e _", true},
		{"from the middle on", "a b c d e f g h", "a b x c d e f g", true},
		{"sorted", "b a c a b c d b", "a a b b b c c d", true},
		{"sorted the other way, blanks last", "b _ c a b _ d b", "d c b b b a _ _", true},
		{"put right one by one", "a a a a a a a a", "b a b b c b d b", false},
		{"two words for each other", "a b a b a b a b", "b b a a b a a b", false},
		{"filled in from above", "a _ _ _ _ _ _ b", "a a a a a a a b", false},
	} {
		was, now := strings.Fields(strings.ReplaceAll(c.was, "_", "-")), strings.Fields(strings.ReplaceAll(c.now, "_", "-"))
		if got := slid(was, now) || sortedAlone(was, now); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
