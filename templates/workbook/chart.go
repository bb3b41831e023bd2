package workbook

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"juzheng/evidence/xlsx"
)

// chart writes counts by day behind the columns of a sheet, and draws them below its
// rows: bars upon each other, and lines. These are the only numbers of a book, for no
// chart is drawn of words.
func (w *writer) chart(s Sheet, row int) error {
	c, first := s.Chart, len(s.Columns)+1
	for n, head := range append([]string{c.Title}, names(c.Series)...) {
		if err := w.put(s.Name, first+n, 1, head, w.styles.head); err != nil {
			return err
		}
		name := columnName(first + n)
		if err := w.f.SetColWidth(s.Name, name, name, float64(width(head)+2)); err != nil {
			return err
		}
	}
	for n, day := range c.Days {
		if err := w.put(s.Name, first, n+2, day, w.styles.fixed); err != nil {
			return err
		}
		for k, series := range c.Series {
			at := xlsx.CellName(first+k+1, n+2)
			if err := w.f.SetCellInt(s.Name, at, int64(series.Counts[n])); err != nil {
				return err
			}
		}
	}
	in := func(column int) string {
		return fmt.Sprintf("'%s'!$%s$2:$%s$%d", s.Name, columnName(column), columnName(column), len(c.Days)+1)
	}
	bars, lines := &excelize.Chart{Type: excelize.ColStacked}, &excelize.Chart{Type: excelize.Line}
	colours := []string{"C0504D", "BFBFBF", "2F4B6E"}
	for k, series := range c.Series {
		x := excelize.ChartSeries{Name: fmt.Sprintf("'%s'!$%s$1", s.Name, columnName(first+k+1)),
			Categories: in(first), Values: in(first + k + 1)}
		fill := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colours[k%len(colours)]}}
		if series.Line {
			x.Line = excelize.LineOptions{Width: 1.5, Fill: fill}
			x.Marker.Symbol = "none"
			lines.Series = append(lines.Series, x)
			continue
		}
		x.Fill = fill
		bars.Series = append(bars.Series, x)
	}
	gap, vary := uint(40), false
	dark := excelize.Font{Size: 9, Color: "404040"}
	bars.GapWidth, bars.VaryColors, lines.VaryColors = &gap, &vary, &vary
	bars.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title,
		Font: &excelize.Font{Size: 12, Color: "404040"}}}}
	bars.Legend = excelize.ChartLegend{Position: "bottom"}
	bars.Dimension = excelize.ChartDimension{Width: 760, Height: 320}
	bars.XAxis = excelize.ChartAxis{Font: dark}
	bars.YAxis = excelize.ChartAxis{MajorGridLines: true, MajorUnit: unit(c), Font: dark}
	lines.XAxis, lines.YAxis = bars.XAxis, bars.YAxis
	combo := []*excelize.Chart{lines}
	if len(lines.Series) == 0 {
		combo = nil
	}
	return w.f.AddChart(s.Name, xlsx.CellName(0, row), bars, combo...)
}

func columnName(n int) string { return strings.TrimSuffix(xlsx.CellName(n, 1), "1") }

// unit keeps an axis of counts at whole numbers.
func unit(c *Chart) float64 {
	most := 0
	for n := range c.Days {
		sum := 0
		for _, s := range c.Series {
			sum += s.Counts[n]
		}
		most = max(most, sum)
	}
	return float64(most/10 + 1)
}

func names(all []Series) []string {
	var out []string
	for _, s := range all {
		out = append(out, s.Name)
	}
	return out
}
