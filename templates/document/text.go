package document

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence/lazyregexp"
)

// Text is a document as plain text, for web forms and for reading aloud: one
// paragraph a line, cells of a table separated by a bar, no page ornaments. It
// ends with a line feed. It is not the signed form.
func Text(d Document) string { return BlocksText(d.Blocks) }

// BlocksText is [Text] of some blocks.
func BlocksText(blocks []Block) string {
	var b strings.Builder
	for _, x := range blocks {
		writeBlock(&b, x)
	}
	return b.String()
}

func writeBlock(b *strings.Builder, x Block) {
	switch x := x.(type) {
	case Title:
		fmt.Fprintf(b, "%s\n\n", x.Text)
	case Heading:
		if x.Level == 1 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(b, "%s\n", x.Text)
	case Paragraph:
		fmt.Fprintf(b, "%s\n", SpansText(x.Spans))
	case Item:
		fmt.Fprintf(b, "%s%s\n", x.Label, SpansText(x.Spans))
	case Fields:
		for _, r := range x.Rows {
			fmt.Fprintf(b, "%s：%s\n", r.Label, r.Value)
		}
	case Table:
		writeTable(b, x)
	case Chart:
		writeChart(b, x)
	case Waveform:
		fmt.Fprintf(b, "波形图：%s\n", x.Caption)
	case Addressee:
		fmt.Fprintf(b, "\n此致\n%s\n", x.Name)
	case Signature:
		fmt.Fprintf(b, "\n%s：\n", x.Label)
		if x.Agent != "" {
			fmt.Fprintf(b, "%s：\n", x.Agent)
		}
		date := x.Date
		if date == "" {
			date = "　　　　年　　月　　日"
		}
		fmt.Fprintf(b, "%s\n", date)
	case Code:
		b.WriteByte('\n')
		for _, l := range x.Lines {
			fmt.Fprintf(b, "%s\n", l)
		}
	case Keep:
		b.WriteString(BlocksText(x.Blocks))
	case Space, NewPage:
		b.WriteByte('\n')
	}
}

func writeTable(b *strings.Builder, t Table) {
	if t.Caption != "" {
		fmt.Fprintf(b, "%s\n", t.Caption)
	}
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	fmt.Fprintf(b, "%s\n", strings.Join(titles, "｜"))
	for _, r := range t.Rows {
		cells := make([]string, len(r))
		for i, c := range r {
			cells[i] = SpansText(c)
		}
		fmt.Fprintf(b, "%s\n", strings.Join(cells, "｜"))
	}
}

// writeChart gives the bars that stand for something.
func writeChart(b *strings.Builder, c Chart) {
	fmt.Fprintf(b, "图：%s\n", c.Title)
	for _, bar := range c.Bars {
		var parts []string
		for n, v := range bar.Values {
			if v > 0 {
				parts = append(parts, fmt.Sprintf("%s%d", c.Series[n], v))
			}
		}
		if len(parts) > 0 {
			fmt.Fprintf(b, "%s：%s\n", bar.Label, strings.Join(parts, "，"))
		}
	}
	if c.Limit > 0 {
		fmt.Fprintf(b, "横线：%s\n", c.Line)
	}
	fmt.Fprintf(b, "%s\n", c.Method)
}

// Spans are all runs of text of a block, with those of the blocks and cells in it.
func Spans(b Block) []Span {
	var out []Span
	switch b := b.(type) {
	case Paragraph:
		return b.Spans
	case Item:
		return b.Spans
	case Keep:
		for _, in := range b.Blocks {
			out = append(out, Spans(in)...)
		}
	case Table:
		for _, r := range b.Rows {
			out = append(out, slices.Concat(r...)...)
		}
	}
	return out
}

// Plain is a span's text; for a page not known yet, where to look it up.
func (s Span) Plain() string {
	if s.Exhibit != "" && s.Text == "" {
		return "页码见证据目录"
	}
	return s.Text
}

func SpansText(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Plain())
	}
	return b.String()
}

var leftover = lazyregexp.New(`\{\{|\}\}|\{[A-Za-z_.]*\}|\[[A-Za-z_]+\]|TODO|%!|<nil>|map\[`)

// doubled are marks that only a missing value leaves side by side.
var doubled = []string{"。。", "，，", "；；", "：：", "、、", "，。", "；。", "、。", "：。", "（）", "“”", "《》", "（，", "（；", "，）", "和/或",
	"及/或"}

// Unresolved lists what a document still holds of a form letter:
// placeholders, faults of formatting, and marks that a missing value left
// side by side. Words a person wrote or a file shows can hold such marks
// too; then the list says so of a letter that is right.
func Unresolved(d Document) []string {
	text := Text(d)
	out := leftover.FindAllString(text, -1)
	for _, s := range doubled {
		if strings.Contains(text, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
