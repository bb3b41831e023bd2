package typeset

import (
	"slices"
	"strings"
	"testing"

	"juzheng/templates/document"
)

// The number of an exhibit, a date and a short head stand in one line each, however
// narrow their column was meant to be; the name of a file does not widen one.
func TestTableKeepsShortWordsWhole(t *testing.T) {
	u, err := Fonts(nil).use()
	if err != nil {
		t.Fatal(err)
	}
	cell := func(s string) document.Cell { return document.Cell{{Text: s}} }
	table := document.Table{Columns: []document.Column{{Title: "编号", Width: 5}, {Title: "来源", Width: 40},
		{Title: "页码", Width: 2}, {Title: "日期", Width: 4}},
		Rows: [][]document.Cell{{cell("证据143"), cell("提交人提供的文件02188886666_20261112231500_20261112231500.m4a"),
			cell("112"), cell("2026-11-23")}}}
	for _, g := range []area{bookArea, letterAreas[3]} {
		l := newLayouter(u, g, document.Document{}, nil)
		l.blocks([]document.Block{table})
		var lines []string
		for _, o := range l.ops {
			if o.kind == textOp {
				lines = append(lines, opText(o))
			}
		}
		for _, want := range []string{"编号", "来源", "页码", "日期", "证据143", "112", "2026-11-23"} {
			if !slices.Contains(lines, want) {
				t.Errorf("%q is not whole in %q", want, lines)
			}
		}
		edges := l.firstGrid(table).edges
		if wide := edges[2] - edges[1]; wide < (edges[4]-edges[0])/2 {
			t.Errorf("the column of names is %.1f wide of %v", wide, edges)
		}
	}
}

// A telephone number beside words of the same column stands in one line.
func TestNumbersAreNotBroken(t *testing.T) {
	u, err := Fonts(nil).use()
	if err != nil {
		t.Fatal(err)
	}
	row := func(number string) []document.Cell {
		return []document.Cell{{{Text: number}}, {{Text: strings.Repeat("说了很多话。", 30)}}}
	}
	table := document.Table{Small: true, Columns: []document.Column{{Title: "号码", Width: 10}, {Title: "原话", Width: 90}},
		Rows: [][]document.Cell{row("10691773220511"), row("名为飞羽法务的一个账号")}}
	l := newLayouter(u, letterAreas[3], document.Document{}, nil)
	l.blocks([]document.Block{table})
	if !slices.ContainsFunc(l.ops, func(o op) bool { return o.kind == textOp && opText(o) == "10691773220511" }) {
		t.Error("the number is broken")
	}
}
