package typeset

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"juzheng/templates/document"
	"juzheng/templates/typeset/picture/picturetest"
)

func laidOut(t *testing.T, g area, blocks ...document.Block) *layouter {
	t.Helper()
	u, err := Fonts(nil).use()
	if err != nil {
		t.Fatal(err)
	}
	l := newLayouter(u, g, document.Document{}, nil)
	if l.blocks(blocks); l.err != nil {
		t.Fatal(l.err)
	}
	return l
}

// Wherever it begins, a table of six rows stands on one page, and a longer one has no page
// with a single row of it.
func TestNoRowIsAlone(t *testing.T) {
	for _, rows := range []int{2, 6, 7, 30, 60} {
		table := document.Table{Columns: []document.Column{{Title: "时间", Width: 1}, {Title: "内容", Width: 2}}}
		for n := range rows {
			table.Rows = append(table.Rows, []document.Cell{{{Text: "行"}}, {{Text: strings.Repeat("来电", 5+n%3*12)}}})
		}
		for down := 0.0; down < 52; down += 0.7 {
			l := laidOut(t, bookArea, document.Space{Lines: down}, table)
			on := map[int]int{}
			for _, o := range l.ops {
				if o.kind == textOp && opText(o) == "行" {
					on[o.page]++
				}
			}
			for page, n := range on {
				if n == 1 || rows == 6 && len(on) > 1 {
					t.Errorf("%d rows, %.1f lines down: page %d has %d of them", rows, down, page, n)
				}
			}
		}
	}
}

// A table in columns of rows has all its rows, in order, on pages no row of which reaches
// into the foot.
func TestRowsAbreast(t *testing.T) {
	table := document.Table{Small: true, Abreast: 2, Columns: []document.Column{{Title: "时间", Width: 1},
		{Title: "内容", Width: 2}}}
	var want []string
	for n := range 300 {
		s := fmt.Sprintf("R%d", n)
		want = append(want, s)
		table.Rows = append(table.Rows, []document.Cell{{{Text: s}}, {{Text: strings.Repeat("来电", 3+n%5*20)}}})
	}
	table.Rows = append(table.Rows, []document.Cell{{{Text: "R300"}}, {{Text: strings.Repeat("很长", 2000)}}})
	l := laidOut(t, bookArea, document.Space{Lines: 20}, table)
	var got []string
	for _, o := range l.ops {
		if s := opText(o); strings.HasPrefix(s, "R") {
			got = append(got, s)
		}
		if o.y+o.h > pageHeight-l.bottom+0.1 {
			t.Fatalf("page %d: %q at %.1f", o.page, opText(o), o.y)
		}
	}
	if !slices.Equal(got, append(want, "R300")) {
		t.Errorf("the rows are %q", got)
	}
}

// A cell of four characters stands in one line, whatever its neighbours would like.
func TestShortCellsStandWhole(t *testing.T) {
	long := strings.Repeat("提交人提供的电子文件，文件名见各份所在的页；", 3)
	table := document.Table{Small: true, Columns: []document.Column{{Title: "编号", Width: 10}, {Title: "名称", Width: 8},
		{Title: "来源", Width: 60}, {Title: "内容", Width: 60}}, Rows: [][]document.Cell{
		{{{Text: "证据1–60，60份"}}, {{Text: "截图"}}, {{Text: long}}, {{Text: long}}},
		{{{Text: "证据61"}}, {{Text: "通话记录"}}, {{Text: long}}, {{Text: long}}}}}
	for _, o := range laidOut(t, bookArea, table).ops {
		if opText(o) == "通话记录" {
			return
		}
	}
	t.Error("通话记录 is broken")
}

// A blank to write on ends at the margin: none of it stands on a line of its own.
func TestBlanksEndAtTheMargin(t *testing.T) {
	for _, g := range letterAreas {
		for name, b := range map[string]document.Block{
			"alone": document.Paragraph{Indent: true, Spans: []document.Span{{Text: strings.Repeat("＿", 36)}}},
			"said":  document.Item{Label: "1.", Spans: []document.Span{{Text: strings.Repeat("＿", 40) + "（请手写）"}}},
			"field": document.Fields{Rows: []document.Field{{Label: "姓名", Value: strings.Repeat("＿", 60)}}},
		} {
			l := laidOut(t, g, b)
			lines := 0
			for _, o := range l.ops {
				if strings.Contains(opText(o), "＿") {
					lines++
				}
				if right := o.x + o.w; o.kind == ruleOp && (right > l.left+l.textWidth+0.1 || right < l.left+l.textWidth-0.1) {
					t.Errorf("%s: a rule ends at %.1f, the margin is at %.1f", name, right, l.left+l.textWidth)
				}
			}
			if lines > 1 || name == "alone" && (lines > 0 || len(l.ops) == 0) {
				t.Errorf("%s: a blank of %d lines at size %.1f", name, lines, g.body.size)
			}
		}
	}
}

// Numbers above bars do not stand on one another, however many bars there are.
func TestChartLabelsDoNotCollide(t *testing.T) {
	for _, bars := range []int{5, 24, 62, 120} {
		c := document.Chart{Title: "联系的钟点", Series: []string{"来电", "短信"}, Method: "计。"}
		for n := range bars {
			c.Bars = append(c.Bars, document.Bar{Label: fmt.Sprint(n), Values: []int{39 + n, 246 - n}})
		}
		l := laidOut(t, bookArea, c)
		type span struct{ from, to float64 }
		at := map[float64][]span{}
		for _, o := range l.ops {
			if o.kind != textOp || strings.Trim(opText(o), "0123456789+") != "" {
				continue
			}
			end := o.x
			for _, r := range o.text {
				for _, c := range r.text {
					end += l.fonts.faces[r.face].Advance(c) * o.size
				}
			}
			for y, others := range at {
				if y > o.y-o.size*0.8 && y < o.y+o.size*0.8 {
					for _, p := range others {
						if o.x < p.to-0.01 && p.from < end-0.01 {
							t.Errorf("%d bars: %q stands on its neighbour", bars, opText(o))
						}
					}
				}
			}
			at[o.y] = append(at[o.y], span{o.x, end})
		}
	}
}

// A wide picture takes the long side of the page; one of many screens side by side is cut
// as a tall one is.
func TestWidePicturesAreTurned(t *testing.T) {
	for _, size := range []image.Point{{1900, 900}, {9000, 1000}, {1200, 900}} {
		var buf bytes.Buffer
		png.Encode(&buf, image.NewGray(image.Rect(0, 0, size.X, size.Y)))
		b := sampleBook(1)
		b.Exhibits[0].Image = &document.Image{Open: picturetest.Opener(buf.Bytes()), Width: size.X, Height: size.Y,
			Caption: "图"}
		u, err := Fonts(nil).use()
		if err != nil {
			t.Fatal(err)
		}
		shown, err := newFile(io.Discard).show(b)
		if err != nil {
			t.Fatal(err)
		}
		set, err := settle([]*layouter{{fonts: u, shown: shown}}, []document.Book{b})
		if err != nil {
			t.Fatal(err)
		}
		turned, pieces := false, 0
		for _, o := range set[0].ops {
			if o.kind == imageOp {
				pieces++
				turned = o.image.orientation == 6 && o.image.h > o.image.w
			}
		}
		if turned != (size.X > size.Y*3/2) || (pieces > 1) != (size.X == 9000) {
			t.Errorf("%v: turned %v, %d pieces", size, turned, pieces)
		}
	}
}

// A column of times with a remark is not kept whole at the cost of the words beside it.
func TestWordsHaveRoomBesideFigures(t *testing.T) {
	cell := func(s string) document.Cell { return document.Cell{{Text: s}} }
	table := document.Table{Small: true, Columns: []document.Column{{Title: "时间", Width: 34}, {Title: "显示号码", Width: 25},
		{Title: "内容", Width: 36}, {Title: "运营商清单", Width: 14}}}
	for n := range 3 {
		table.Rows = append(table.Rows, []document.Cell{cell(fmt.Sprintf("2026-09-0%d 22:47:14（证据12写22:47:08）", n+1)),
			cell("057100000101"), cell(strings.Repeat("材料显示的内容", 12)), cell("可核")})
	}
	l := laidOut(t, bookArea, table)
	edges := l.firstGrid(table).edges
	if words := edges[3] - edges[2]; words < 0.4*(edges[4]-edges[0]) {
		t.Errorf("the words have %.0f of %v", words, edges)
	}
	for _, o := range l.ops {
		if s := opText(o); strings.HasPrefix(s, "0571") && s != "057100000101" {
			t.Errorf("a number is cut: %s", s)
		}
	}
}

// 收 stands behind the name however long that is, and the sender at the right edge.
func TestEnvelopeWords(t *testing.T) {
	for n := 1; n < 40; n++ {
		u, err := Fonts(nil).use()
		if err != nil {
			t.Fatal(err)
		}
		e := document.Envelope{Code: "C4", Width: 324, Height: 229, To: document.Address{Name: strings.Repeat("监", n)},
			From: document.Address{Name: "林晓安", Lines: []string{"浙江省杭州市虚构区样例路1号"}}}
		l := newLayouter(u, bookArea, document.Document{}, nil)
		l.width, l.high = e.Width*mm, e.Height*mm
		if l.sender(e, l.recipient(e)); l.err != nil {
			t.Fatal(l.err)
		}
		for _, o := range l.ops {
			switch s := opText(o); {
			case strings.HasSuffix(s, "收") && !strings.HasPrefix(s, "监"):
				t.Errorf("a name of %d: %q stands alone", n, s)
			case strings.HasPrefix(s, "寄件人") && o.x < l.width*0.6:
				t.Errorf("the sender begins at %.0f of %.0f", o.x, l.width)
			}
		}
	}
}

// A note on a table ends on the page on which the table begins, under one heading.
func TestANoteStandsOnItsTable(t *testing.T) {
	table := document.Table{Columns: []document.Column{{Title: "时间", Width: 1}, {Title: "内容", Width: 2}}}
	for range 20 {
		table.Rows = append(table.Rows, []document.Cell{{{Text: "9月1日"}}, {{Text: "来电"}}})
	}
	note := document.Paragraph{Small: true, Spans: []document.Span{{Text: strings.Repeat("下表只列与本案有关的行，", 15) + "完"}}}
	for down := 0.0; down < 52; down += 0.7 {
		l := laidOut(t, bookArea, document.Space{Lines: down}, document.Heading{Level: 2, Text: "其他"}, note, table)
		pages := map[string]int{}
		for _, o := range l.ops {
			for _, s := range []string{"其他", "完", "时间"} {
				if words := opText(o); strings.HasSuffix(words, s) && pages[s] == 0 {
					pages[s] = o.page
				}
			}
		}
		if pages["其他"] != pages["完"] || pages["完"] != pages["时间"] {
			t.Errorf("%.1f lines down: heading, end of the note and head of the table on pages %v", down, pages)
		}
	}
}
