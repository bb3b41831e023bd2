package workbook

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"juzheng/evidence/xlsx"
)

// A table is a sheet on its way into the file (ECMA-376, part 1, 18.3): columns count
// from 0, rows from 1.
type table struct {
	name    string
	rows    map[int]*line
	wide    map[int]float64 // of columns, in characters
	head    int             // rows that stay in sight
	aside   bool            // and the first column
	marks   []mark
	lists   []list
	notes   []note
	chart   string // the part; empty: none
	chartAt int    // the row at whose top it stands
}

type line struct {
	high  float64 // points; 0: as usual
	cells map[int]cell
}

// A cell holds a text by its number among those of the book, a count, or nothing.
type cell struct {
	style int
	text  bool
	value string
}

// A mark shows the cells of a range as due where a formula holds.
type mark struct{ cells, formula string }

// A list is the drop-down of a range of cells.
type list struct {
	cells, formula string
	free           bool // other words than its own may be written
}

// A note stands at a cell.
type note struct {
	column, row, lines int
	text               string
}

func newTable(name string) *table {
	return &table{name: name, rows: map[int]*line{}, wide: map[int]float64{}}
}

func (t *table) row(n int) *line {
	if t.rows[n] == nil {
		t.rows[n] = &line{cells: map[int]cell{}}
	}
	return t.rows[n]
}

func (t *table) set(column, row int, c cell) { t.row(row).cells[column] = c }

// add packs a table as the nth of the book, from 1, with its notes and its chart.
func (t *table) add(p *parts, n int) {
	var own []relation
	var last string
	if t.chart != "" {
		own = append(own, relation{related + "/drawing", fmt.Sprintf("../drawings/drawing%d.xml", n)})
		last += fmt.Sprintf(`<drawing r:id="rId%d"/>`, len(own))
		p.add(fmt.Sprintf("xl/charts/chart%d.xml", n), "officedocument.drawingml.chart", t.chart)
		p.add(fmt.Sprintf("xl/drawings/drawing%d.xml", n), "officedocument.drawing", drawing(t.chartAt))
		p.add(fmt.Sprintf("xl/drawings/_rels/drawing%d.xml.rels", n), "",
			relations(relation{related + "/chart", fmt.Sprintf("../charts/chart%d.xml", n)}))
	}
	if t.notes != nil {
		own = append(own, relation{related + "/vmlDrawing", fmt.Sprintf("../drawings/vmlDrawing%d.vml", n)},
			relation{related + "/comments", fmt.Sprintf("../comments%d.xml", n)})
		last += fmt.Sprintf(`<legacyDrawing r:id="rId%d"/>`, len(own)-1)
		p.add(fmt.Sprintf("xl/drawings/vmlDrawing%d.vml", n), "", t.shapes())
		p.add(fmt.Sprintf("xl/comments%d.xml", n), "officedocument.spreadsheetml.comments", t.comments())
	}
	if own != nil {
		p.add(fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", n), "", relations(own...))
	}
	p.add(fmt.Sprintf("xl/worksheets/sheet%d.xml", n), "officedocument.spreadsheetml.worksheet", t.sheet(n == 1, last))
}

// sheet is the part of a table; first: it is what is seen when the book is opened.
func (t *table) sheet(first bool, last string) string {
	var b strings.Builder
	b.WriteString(head + `<worksheet xmlns="` + mainSpace + `" xmlns:r="` + related + `">` +
		`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"`)
	if first {
		b.WriteString(` tabSelected="1"`)
	}
	if t.aside {
		fmt.Fprintf(&b, `><pane xSplit="1" ySplit="%d" topLeftCell="B%d" activePane="bottomRight" state="frozen"/>`,
			t.head, t.head+1)
	} else {
		fmt.Fprintf(&b, `><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>`,
			t.head, t.head+1)
	}
	b.WriteString(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`)
	for _, c := range slices.Sorted(maps.Keys(t.wide)) {
		fmt.Fprintf(&b, `<col min="%d" max="%[1]d" width="%g" customWidth="1"/>`, c+1, t.wide[c])
	}
	b.WriteString(`</cols><sheetData>`)
	for _, n := range slices.Sorted(maps.Keys(t.rows)) {
		row := t.rows[n]
		fmt.Fprintf(&b, `<row r="%d"`, n)
		if row.high > 0 {
			fmt.Fprintf(&b, ` ht="%g" customHeight="1"`, row.high)
		}
		b.WriteString(">")
		for _, column := range slices.Sorted(maps.Keys(row.cells)) {
			c := row.cells[column]
			fmt.Fprintf(&b, `<c r="%s" s="%d"`, xlsx.CellName(column, n), c.style)
			switch {
			case c.value == "":
				b.WriteString(`/>`)
			case c.text:
				b.WriteString(` t="s"><v>` + c.value + `</v></c>`)
			default:
				b.WriteString(`><v>` + c.value + `</v></c>`)
			}
		}
		b.WriteString(`</row>`)
	}
	b.WriteString(`</sheetData>`)
	for n, m := range t.marks {
		fmt.Fprintf(&b, `<conditionalFormatting sqref="%s"><cfRule type="expression" dxfId="%d" priority="%d">`+
			`<formula>%s</formula></cfRule></conditionalFormatting>`, m.cells, dueMark, n+1, inFormula(m.formula))
	}
	t.choose(&b)
	b.WriteString(`<pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/>` + last + `</worksheet>`)
	return b.String()
}

// choose writes the drop-downs, and what is said of words that are not in them.
func (t *table) choose(b *strings.Builder) {
	if len(t.lists) == 0 {
		return
	}
	fmt.Fprintf(b, `<dataValidations count="%d">`, len(t.lists))
	for _, l := range t.lists {
		style := `errorStyle="stop" showErrorMessage="1"`
		if l.free {
			style = `errorStyle="information"`
		}
		fmt.Fprintf(b, `<dataValidation type="list" allowBlank="1" %s errorTitle="请从列表里选" `+
			`error="点格子右边的箭头，从列表里选；不清楚的留空。" sqref="%s"><formula1>%s</formula1></dataValidation>`,
			style, l.cells, inFormula(l.formula))
	}
	b.WriteString(`</dataValidations>`)
}

func (t *table) comments() string {
	var b strings.Builder
	b.WriteString(head + `<comments xmlns="` + mainSpace + `"><authors><author>juzheng</author></authors><commentList>`)
	for _, n := range t.notes {
		fmt.Fprintf(&b, `<comment ref="%s" authorId="0"><text><t>%s</t></text></comment>`,
			xlsx.CellName(n.column, n.row), plain(n.text))
	}
	b.WriteString(`</commentList></comments>`)
	return b.String()
}

// shapes are the boxes that notes are shown in, in the form from before Office 2007 that
// spreadsheets still want them in (ECMA-376, part 4, 19).
func (t *table) shapes() string {
	var b strings.Builder
	b.WriteString(`<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ` +
		`xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>` +
		`</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" ` +
		`path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>` +
		`<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`)
	for k, n := range t.notes {
		right, edge := t.beside(n.column)
		fmt.Fprintf(&b, `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden" `+
			`fillcolor="#FBF6D6" strokecolor="#EDEAA1"><v:fill color2="#FBF6D6"/><v:shadow on="t" color="black" `+
			`obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">`+
			`<div style="text-align:left"/></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>`+
			`<x:SizeWithCells/><x:Anchor>%d, 15, %d, 2, %d, %d, %d, 4</x:Anchor><x:AutoFill>False</x:AutoFill>`+
			`<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`,
			1025+k, n.column+1, n.row-1, right, edge, n.row-1+n.lines, n.row-1, n.column)
	}
	b.WriteString(`</xml>`)
	return b.String()
}

// beside is where the box of a note at a column ends: in which column, and how many
// pixels in it.
func (t *table) beside(column int) (right, edge int) {
	const box, usual = 280 + 15, 64
	left := box
	for right = column + 1; ; right++ {
		wide := usual
		if w := t.wide[right]; w > 0 {
			wide = int(w*7) + 5 // a character of the usual font takes seven
		}
		if left < wide {
			return right, left
		}
		left -= wide
	}
}
