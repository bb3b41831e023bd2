package workbook

import (
	"fmt"
	"strconv"
	"strings"

	"juzheng/evidence/xlsx"
)

// chart writes counts by day behind the columns of a sheet, and draws them below its
// rows: bars upon each other, and lines. These are the only numbers of a book, for no
// chart is drawn of words.
func (w *writer) chart(t *table, s Sheet, row int) {
	c, first := s.Chart, len(s.Columns)+1
	for n, head := range append([]string{c.Title}, names(c.Series)...) {
		w.put(t, first+n, 1, head, headStyle)
		t.wide[first+n] = float64(width(head) + 2)
	}
	for n, day := range c.Days {
		w.put(t, first, n+2, day, fixedStyle)
		for k, series := range c.Series {
			t.set(first+k+1, n+2, cell{value: strconv.Itoa(series.Counts[n])})
		}
	}
	t.chart, t.chartAt = drawn(s, first), row
}

// What the parts of a chart are made of (ECMA-376, part 1, 21.2).
const (
	drawingSpace = "http://schemas.openxmlformats.org/drawingml/2006/"
	dark         = `<a:solidFill><a:srgbClr val="404040"/></a:solidFill>`
	faint        = `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr>`
	small        = `<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900" b="0">` + dark +
		`</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`
	axes = `<c:axId val="1"/><c:axId val="2"/>`
)

// drawn is the chart whose days stand in a column and its counts in those after it.
func drawn(s Sheet, first int) string {
	c := s.Chart
	in := func(column int) string {
		name := columnName(column)
		return plain(fmt.Sprintf("'%s'!$%s$2:$%s$%d", s.Name, name, name, len(c.Days)+1))
	}
	var bars, lines strings.Builder
	colours := []string{"C0504D", "BFBFBF", "2F4B6E"}
	for k, series := range c.Series {
		to := &bars
		fill := `<a:solidFill><a:srgbClr val="` + colours[k%len(colours)] + `"/></a:solidFill>`
		look := fill
		marker, smooth := `<c:invertIfNegative val="0"/>`, ""
		if series.Line {
			to, look = &lines, `<a:ln w="19050" cap="rnd">`+fill+`</a:ln>`
			marker, smooth = `<c:marker><c:symbol val="none"/></c:marker>`, `<c:smooth val="0"/>`
		}
		fmt.Fprintf(to, `<c:ser><c:idx val="%d"/><c:order val="%[1]d"/><c:tx><c:strRef><c:f>%s</c:f></c:strRef></c:tx>`+
			`<c:spPr>%s</c:spPr>%s<c:cat><c:strRef><c:f>%s</c:f></c:strRef></c:cat>`+
			`<c:val><c:numRef><c:f>%s</c:f></c:numRef></c:val>%s</c:ser>`,
			k, plain(fmt.Sprintf("'%s'!$%s$1", s.Name, columnName(first+k+1))), look, marker, in(first), in(first+k+1),
			smooth)
	}
	plots := `<c:barChart><c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>` + bars.String() +
		`<c:gapWidth val="40"/><c:overlap val="100"/>` + axes + `</c:barChart>`
	if lines.Len() > 0 {
		plots += `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>` + lines.String() +
			`<c:marker val="1"/>` + axes + `</c:lineChart>`
	}
	axis := `<c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="%s"/>%s` +
		`<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>` +
		`<c:tickLblPos val="nextTo"/>` + faint + small + `<c:crossAx val="%d"/><c:crosses val="autoZero"/>`
	return head + `<c:chartSpace xmlns:c="` + drawingSpace + `chart" xmlns:a="` + drawingSpace + `main">` +
		`<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="zh-CN" sz="1200" ` +
		`b="0">` + dark + `</a:rPr><a:t>` + plain(c.Title) + `</a:t></a:r></a:p></c:rich></c:tx>` +
		`<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>` + plots +
		`<c:catAx><c:axId val="1"/>` + fmt.Sprintf(axis, "b", "", 2) + `<c:auto val="1"/></c:catAx>` +
		`<c:valAx><c:axId val="2"/>` + fmt.Sprintf(axis, "l", `<c:majorGridlines>`+faint+`</c:majorGridlines>`, 1) +
		`<c:crossBetween val="between"/>` + fmt.Sprintf(`<c:majorUnit val="%d"/>`, unit(c)) + `</c:valAx></c:plotArea>` +
		`<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="0"/></c:chart></c:chartSpace>`
}

// drawing places the chart at the top of a row, at the left edge.
func drawing(row int) string {
	const pixel = 9525 // English metric units
	return head + `<xdr:wsDr xmlns:xdr="` + drawingSpace + `spreadsheetDrawing" xmlns:a="` + drawingSpace + `main">` +
		fmt.Sprintf(`<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row>`+
			`<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="%d" cy="%d"/>`, row-1, 760*pixel, 320*pixel) +
		`<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1"/><xdr:cNvGraphicFramePr/>` +
		`</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>` +
		`<a:graphicData uri="` + drawingSpace + `chart"><c:chart xmlns:c="` + drawingSpace + `chart" xmlns:r="` + related +
		`" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>`
}

func columnName(n int) string { return strings.TrimSuffix(xlsx.CellName(n, 1), "1") }

// unit keeps an axis of counts at whole numbers.
func unit(c *Chart) int {
	most := 0
	for n := range c.Days {
		sum := 0
		for _, s := range c.Series {
			sum += s.Counts[n]
		}
		most = max(most, sum)
	}
	return most/10 + 1
}

func names(all []Series) []string {
	var out []string
	for _, s := range all {
		out = append(out, s.Name)
	}
	return out
}
