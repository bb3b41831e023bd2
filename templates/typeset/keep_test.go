package typeset

import (
	"fmt"
	"strings"
	"testing"

	"juzheng/templates/document"
)

// followers are what a heading can stand above.
func followers() map[string][]document.Block {
	words := func(n int) []document.Span {
		return []document.Span{{Text: strings.Repeat("对方于当日来电催收，", n)}}
	}
	chart := document.Chart{Title: "每天的催收来电", Series: []string{"接通"}, Method: "按自然日计算。",
		Bars: []document.Bar{{Label: "9.1", Values: []int{3}}}}
	wave := document.Waveform{Seconds: 60, Caption: "波形。", Peaks: []float64{0.1, 0.5}}
	table := document.Table{Small: true, Columns: []document.Column{{Title: "时间", Width: 1}, {Title: "内容", Width: 2}}}
	for range 12 {
		table.Rows = append(table.Rows, []document.Cell{{{Text: "9月1日"}}, {{Text: strings.Repeat("来电催收", 12)}}})
	}
	fields := document.Fields{Rows: []document.Field{{Label: "姓名", Value: "林晓安"},
		{Label: "住址", Value: strings.Repeat("样例路", 30)}}}
	return map[string][]document.Block{
		"a short paragraph": {document.Paragraph{Spans: words(2)}, document.Paragraph{Spans: words(20)}},
		"a long paragraph":  {document.Paragraph{Spans: words(60), Indent: true}},
		"three lines":       {document.Paragraph{Spans: words(11), Indent: true}},
		"items":             {document.Item{Label: "1.", Spans: words(9)}, document.Item{Label: "2.", Spans: words(9)}},
		"hanging items": {document.Item{Label: "1.", Spans: words(9), Hang: true},
			document.Item{Label: "2.", Spans: words(30), Hang: true}},
		"a bold item": {document.Item{Label: "1.", Spans: []document.Span{{Text: "一日来电过多", Bold: true}}},
			document.Item{Label: "（1）", Spans: words(20)}},
		"an item that heads a list": {document.Item{Label: "1.", Heads: true,
			Spans: []document.Span{{Text: "一日来电过多", Bold: true},
				{Text: "：涉嫌违反法律规定。"}}}, document.Item{Label: "（1）", Spans: words(20)}},
		"a bold item and a table": {document.Item{Label: "1.", Spans: []document.Span{{Text: "一日来电过多", Bold: true}}},
			table,
			document.Paragraph{Small: true, Spans: words(20)}},
		"a table":              {table},
		"a note on a table":    {document.Paragraph{Small: true, Spans: words(20)}, table},
		"fields":               {fields},
		"a chart":              {chart},
		"a waveform":           {wave},
		"a part and its table": {document.Heading{Level: 2, Text: "（一）来电"}, table},
		"a code":               {document.Code{Payload: "JUZHENG", Lines: []string{"证据码", "0123"}}},
		"space and words":      {document.Space{Lines: 1}, document.Paragraph{Spans: words(20)}},
		"a space and a table":  {document.Space{Lines: 0.5}, table},
		"what is kept": {document.Keep{Blocks: []document.Block{document.Paragraph{Spans: words(30)},
			document.Addressee{Name: "某某局"}, document.Signature{Label: "签名"}}}},
		"words for a list": {document.Paragraph{Spans: []document.Span{{Text: "办理如下事项："}}},
			document.Item{Label: "1.", Spans: words(20)}},
		"words for a table": {document.Paragraph{Spans: []document.Span{{Text: "逐次列表如下："}}}, table},
	}
}

// Wherever on a page it comes to stand, a heading stands above the beginning of what
// it heads, on the same page; and a sentence that announces a list or a table above
// the first of it.
func TestAHeadingIsNeverAlone(t *testing.T) {
	u, err := Fonts(nil).use()
	if err != nil {
		t.Fatal(err)
	}
	for name, after := range followers() {
		for _, g := range []area{bookArea, letterAreas[3]} {
			for down := 0.0; down < 52; down += 0.7 {
				d := document.Document{Blocks: append([]document.Block{document.Space{Lines: down},
					document.Heading{Level: 1, Text: "三、标题"}}, after...)}
				l := newLayouter(u, g, d, nil)
				l.blocks(d.Blocks)
				if l.err != nil {
					t.Fatal(l.err)
				}
				for n, o := range l.ops[:len(l.ops)-1] {
					words := opText(o)
					heads := words == "三、标题" || words == "1.一日来电过多：涉嫌违反法律规定。" || words == "（一）来电" ||
						strings.HasSuffix(words, "如下：") ||
						words == "1.一日来电过多"
					if next := l.ops[n+1]; heads && next.page != o.page {
						t.Errorf("%s, %.1f lines down: %q stands alone at the foot of a page", name, down, words)
					}
				}
			}
		}
	}
}

// A table keeps its first row below its head, and so does the table that runs on.
func TestATableHeadIsNeverAlone(t *testing.T) {
	u, err := Fonts(nil).use()
	if err != nil {
		t.Fatal(err)
	}
	table := document.Table{Columns: []document.Column{{Title: "时间", Width: 1}, {Title: "内容", Width: 2}}}
	for n := range 30 {
		table.Rows = append(table.Rows, []document.Cell{{{Text: fmt.Sprintf("第%d次", n)}},
			{{Text: strings.Repeat("来电催收", 5+n%4*9)}}})
	}
	for down := 0.0; down < 52; down += 0.7 {
		l := newLayouter(u, bookArea, document.Document{}, nil)
		l.blocks([]document.Block{document.Space{Lines: down}, table})
		for n, o := range l.ops[:len(l.ops)-1] {
			if opText(o) != "内容" {
				continue
			}
			next := n + 1
			for next < len(l.ops) && l.ops[next].kind != textOp {
				next++
			}
			if next == len(l.ops) || l.ops[next].page != o.page {
				t.Errorf("%.1f lines down: a table's head stands alone on page %d", down, o.page)
			}
		}
	}
}

// How a table was counted begins on the page of its last row, where the table has one
// row too.
func TestATableKeepsItsNote(t *testing.T) {
	u, err := Fonts(nil).use()
	if err != nil {
		t.Fatal(err)
	}
	for rows := 1; rows < 4; rows++ {
		table := document.Table{Columns: []document.Column{{Title: "时间", Width: 1}, {Title: "内容", Width: 2}}}
		for range rows {
			table.Rows = append(table.Rows, []document.Cell{{{Text: "9月1日"}}, {{Text: "末行"}}})
		}
		note := document.Paragraph{Small: true, Spans: []document.Span{{Text: "计算方法：" + strings.Repeat("按自然日计算，", 20)}}}
		for down := 0.0; down < 52; down += 0.7 {
			l := newLayouter(u, letterAreas[3], document.Document{}, nil)
			l.blocks([]document.Block{document.Space{Lines: down}, document.Item{Label: "1.", Heads: true,
				Spans: []document.Span{{Text: "夜间"}}}, table, note})
			last, method, head := 0, 0, 0
			for _, o := range l.ops {
				switch words := opText(o); {
				case words == "末行":
					last = o.page
				case words == "1.夜间":
					head = o.page
				case strings.HasPrefix(words, "计算方法"):
					method = o.page
				}
			}
			if last != method || rows == 1 && head != last {
				t.Errorf("%d rows, %.1f lines down: head on page %d, last row on %d, its note on %d", rows, down, head,
					last,
					method)
			}
		}
	}
}

// The number of an item that hangs, and what a field is called, stand beside its first
// line, however many lines it has and wherever the page ends.
func TestALabelStandsBesideItsWords(t *testing.T) {
	u, err := Fonts(nil).use()
	if err != nil {
		t.Fatal(err)
	}
	for n := 10; n <= 200; n += 10 {
		words := strings.Repeat("催", n)
		for name, b := range map[string]document.Block{
			"7.":  document.Item{Label: "7.", Hang: true, Spans: []document.Span{{Text: words}}},
			"住址：": document.Fields{Rows: []document.Field{{Label: "住址", Value: words}}},
		} {
			for down := 30.0; down < 52; down += 0.7 {
				l := newLayouter(u, bookArea, document.Document{}, nil)
				l.blocks([]document.Block{document.Space{Lines: down}, b})
				if l.err != nil {
					t.Fatal(l.err)
				}
				if len(l.ops) < 2 || opText(l.ops[0]) != name {
					t.Fatalf("%q is not set first: %+v", name, l.ops)
				}
				if l.ops[0].page != l.ops[1].page || l.ops[0].y != l.ops[1].y {
					t.Errorf("%d characters, %.1f lines down: %q stands apart from its words", n, down, name)
				}
			}
		}
	}
}
