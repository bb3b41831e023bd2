package typeset

import (
	"io"
	"strings"
	"testing"

	"juzheng/templates/document"
)

// With one digit a paragraph that cites an exhibit ends a page, so that the exhibit moves on to
// page 10; with two it begins a line more, and what follows moves: whatever stands before, the
// pages settle, and are those that are printed.
func TestPagesSettle(t *testing.T) {
	cites := func(n int) []document.Span {
		var out []document.Span
		for range n {
			out = append(out, document.Span{Text: "见证据（第"}, document.Span{Exhibit: "E001"}, document.Span{Text: "页）。"})
		}
		return out
	}
	line := document.Paragraph{Spans: []document.Span{{Text: strings.Repeat("字", 30)}}}
	for lines := 255; lines < 330; lines++ {
		b := document.Book{Document: document.Document{Date: "2026-09-20T10:00:00+08:00", Title: "证据册"}}
		for range lines {
			b.Blocks = append(b.Blocks, line)
		}
		// what is kept together goes to the next page where it is a line longer, and leaves
		// room behind it
		b.Blocks = append(b.Blocks, document.Keep{Blocks: []document.Block{document.Paragraph{Spans: cites(41)}}}, line, line)
		b.Exhibits = []document.BookExhibit{{Number: "E001", Title: "证据1", Cover: []document.Block{line}},
			{Number: "E002", Title: "证据2", Cover: []document.Block{line, document.Paragraph{Spans: cites(3)}}}}
		if _, err := Fonts(nil).Book(io.Discard, b); err != nil {
			t.Fatalf("%d lines: %v", lines, err)
		}
	}
}
