package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/templates/document"
)

// A blockView is a block of a letter as a screen shows it.
type blockView struct {
	Kind   string // title heading sub para note item fields table chart to sign code; page: a mark
	Text   string
	Label  string
	Center bool
	Spans  []spanView
	Fields []document.Field
	Heads  []string
	Rows   [][][]spanView
	Lines  []string
}

// A spanView is a run of words; with an address it leads to where they come from.
type spanView struct {
	Text string
	Bold bool
	Href string
}

// blocksOf is a letter as text, with a mark where a page of it ends. At is the address of
// the letter, to which that of a source is added.
func blocksOf(t desk.LetterDraft, at, lang string) []blockView {
	var out []blockView
	page := 1
	for n, b := range t.Document.Blocks {
		if n < len(t.Blocks) && t.Blocks[n] > page {
			out = append(out, blockView{Kind: "page",
				Text: fmt.Sprintf(lettersWords["page-end"].In(lang), t.Blocks[n]-1, t.Pages)})
			page = t.Blocks[n]
		}
		out = append(out, blockOf(b, at)...)
	}
	return append(out, blockView{Kind: "page", Text: fmt.Sprintf(lettersWords["page-end"].In(lang), t.Pages, t.Pages)})
}

func blockOf(b document.Block, at string) []blockView {
	switch b := b.(type) {
	case document.Title:
		return []blockView{{Kind: "title", Text: b.Text}}
	case document.Heading:
		if b.Level > 1 {
			return []blockView{{Kind: "sub", Text: b.Text}}
		}
		return []blockView{{Kind: "heading", Text: b.Text}}
	case document.Paragraph:
		kind := "para"
		if b.Small {
			kind = "note"
		}
		return []blockView{{Kind: kind, Center: b.Align == document.Center, Spans: spansOf(b.Spans, at)}}
	case document.Item:
		return []blockView{{Kind: "item", Label: b.Label, Spans: spansOf(b.Spans, at)}}
	case document.Fields:
		return []blockView{{Kind: "fields", Fields: b.Rows}}
	case document.Table:
		out := blockView{Kind: "table", Text: b.Caption}
		for _, c := range b.Columns {
			out.Heads = append(out.Heads, c.Title)
		}
		for _, r := range b.Rows {
			var row [][]spanView
			for _, c := range r {
				row = append(row, spansOf(c, at))
			}
			out.Rows = append(out.Rows, row)
		}
		return []blockView{out}
	case document.Addressee:
		return []blockView{{Kind: "to", Text: b.Name}}
	case document.Signature:
		return []blockView{{Kind: "sign", Text: b.Label, Label: b.Agent}}
	case document.Code:
		return []blockView{{Kind: "code", Lines: b.Lines}}
	case document.Keep:
		var out []blockView
		for _, x := range b.Blocks {
			out = append(out, blockOf(x, at)...)
		}
		return out
	case document.Space, document.NewPage:
		return nil
	}
	text := strings.TrimRight(document.BlocksText([]document.Block{b}), "\n") // a chart, a waveform
	return []blockView{{Kind: "code", Lines: strings.Split(text, "\n")}}
}

// spansOf are runs of words, those that tell of one row joined.
func spansOf(spans []document.Span, at string) []spanView {
	var out []spanView
	for _, s := range spans {
		w := spanView{Text: s.Plain(), Bold: s.Bold}
		if s.Rows != "" {
			w.Href = at + "&of=" + url.QueryEscape(s.Rows) + "#source"
		}
		if n := len(out) - 1; n >= 0 && out[n].Bold == w.Bold && out[n].Href == w.Href {
			out[n].Text += w.Text
			continue
		}
		out = append(out, w)
	}
	return out
}

// A rowView is a row of the timeline, with the files that show it.
type rowView struct {
	ID       string
	When     string
	Kind     string
	Number   string
	Shown    string
	Words    string
	Exhibits []sourceExhibit
	Href     string // its card
}

type sourceExhibit struct {
	Number, Name   string
	Picture, Sound bool
	Video          bool
}

// cardOf is the card that asks about a row, else the cards: what was answered is changed
// there.
func cardOf(open []ask.Question, row, base string) string {
	for _, q := range open {
		if ofCards(q) && slices.Contains(q.About.Incidents, row) {
			return query(base+"/"+listenPath, "q", q.ID)
		}
	}
	return base + "/" + listenPath
}

// mostSources is how many rows are shown of those that a sentence counts.
const mostSources = 12

// rowsOf are rows of a case, by their ids.
func rowsOf(x desk.Dossier, ids []string, lang string) []rowView {
	var out []rowView
	for _, i := range x.Incidents {
		if slices.Contains(ids, i.ID) && len(out) < mostSources {
			out = append(out, rowOf(x, i, lang))
		}
	}
	return out
}

func rowOf(x desk.Dossier, i evidence.Incident, lang string) rowView {
	out := rowView{ID: i.ID, Kind: i.Kind.Title().In(lang), Number: i.Number, Shown: i.Shown, Words: i.Words}
	if !i.Time.At.IsZero() {
		out.When = i.Time.At.In(evidence.Beijing).Format("2006-01-02 15:04:05")
	}
	for _, e := range x.Exhibits {
		if slices.Contains(i.Exhibits, e.Number) {
			out.Exhibits = append(out.Exhibits, sourceExhibitOf(e))
		}
	}
	return out
}

// sourceExhibitOf is an exhibit and how it is shown.
func sourceExhibitOf(e evidence.Exhibit) sourceExhibit {
	can := showable(e)
	return sourceExhibit{Number: e.Number, Name: e.Name(),
		Picture: can && strings.HasPrefix(e.MediaType, "image/"),
		Sound:   can && strings.HasPrefix(e.MediaType, "audio/"), Video: can && strings.HasPrefix(e.MediaType, "video/")}
}
