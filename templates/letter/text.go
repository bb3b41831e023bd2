package letter

import (
	"fmt"
	"strings"
)

// Text is a document as plain text, for web forms and for those who adapt it.
// Pages are those of the book, for its references.
func Text(d Document, pages map[string]int) string {
	var b strings.Builder
	for _, x := range d.Blocks {
		text(&b, x, pages)
	}
	return b.String()
}

func text(b *strings.Builder, x Block, pages map[string]int) {
	switch x := x.(type) {
	case Title:
		fmt.Fprintf(b, "%s\n\n", x.Text)
	case Heading:
		fmt.Fprintf(b, "\n%s\n", x.Text)
	case Paragraph:
		fmt.Fprintf(b, "%s\n", spans(x.Spans, pages))
	case Item:
		fmt.Fprintf(b, "%s%s\n", x.Label, spans(x.Spans, pages))
	case Fields:
		for _, f := range x.Rows {
			fmt.Fprintf(b, "%s：%s\n", f.Label, f.Value)
		}
	case Table:
		for _, r := range x.Rows {
			cells := make([]string, len(r))
			for i, c := range r {
				cells[i] = x.Columns[i].Title + "：" + spans(c, pages)
			}
			fmt.Fprintf(b, "%s\n", strings.Join(cells, "；"))
		}
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
		fmt.Fprintf(b, "\n%s\n", strings.Join(x.Lines, "\n"))
	case Keep:
		for _, k := range x.Blocks {
			text(b, k, pages)
		}
	}
}

func spans(ss []Span, pages map[string]int) string {
	var b strings.Builder
	for _, s := range ss {
		switch {
		case s.Exhibit == "":
			b.WriteString(s.Text)
		case pages[s.Exhibit] > 0:
			fmt.Fprint(&b, pages[s.Exhibit])
		default:
			b.WriteString("—")
		}
	}
	return b.String()
}
