package filing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/document"
	"juzheng/templates/letter"
)

// An EnvelopeSize is a size of GB/T 1416—2003, in millimetres.
type EnvelopeSize struct {
	Code          string
	Width, Height float64
	Folds         int // how often A4 paper is folded to go in
}

// EnvelopeSizes are the sizes in use at home. C4 takes A4 unfolded.
var EnvelopeSizes = []EnvelopeSize{
	{"B6", 176, 125, 2}, {"DL", 220, 110, 2}, {"ZL", 230, 120, 2}, {"C5", 229, 162, 1}, {"C4", 324, 229, 0},
}

// SizeFor is the smallest common envelope for so many sheets: folded in
// thirds up to five sheets, in half up to fifteen, flat beyond. The limits
// are ours, by the thickness of 80 g paper.
func SizeFor(sheets int) EnvelopeSize {
	switch {
	case sheets <= 5:
		return EnvelopeSizes[2]
	case sheets <= 15:
		return EnvelopeSizes[3]
	}
	return EnvelopeSizes[4]
}

// EnvelopeFor addresses a letter's envelope. A recipient's address is printed
// only if the directory has one; otherwise lines are left to write on. It
// holds no identity number, and no word of what the letter is about: an
// envelope is read by strangers.
func EnvelopeFor(in letter.Input, size EnvelopeSize) document.Envelope {
	p := in.Case.Complainant
	e := document.Envelope{Code: size.Code, Width: size.Width, Height: size.Height, Date: in.Date.Format(time.RFC3339),
		To: document.Address{Name: in.Addressee()}}
	e.From = document.Address{Name: p.Name, Phone: p.Phone}
	e.From.Postcode, e.From.Lines = splitPostcode(p.Address)
	if a := in.Case.Agent; a.Name != "" { // who posts it gets it back
		e.From = document.Address{Name: a.Name, Phone: a.Phone}
		e.From.Postcode, e.From.Lines = splitPostcode(a.Address)
	}
	e.To.Postcode, e.To.Lines = splitPostcode(postalAddress(in))
	return e
}

// postalAddress is where a recipient gets post, as the directory or the case
// has it.
func postalAddress(in letter.Input) string {
	for _, c := range in.Recipient.Channels {
		if c.Type == templates.Post {
			return c.Value
		}
	}
	switch in.Recipient.Name {
	case in.Case.Platform.Name:
		return in.Case.Platform.Address
	case in.Case.Lender.Name:
		return in.Case.Lender.Address
	}
	return ""
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// splitPostcode takes six leading digits off an address.
func splitPostcode(s string) (code string, lines []string) {
	s = strings.TrimSpace(s)
	if len(s) > 6 && strings.Trim(s[:6], "0123456789") == "" {
		return s[:6], nonEmpty(strings.TrimSpace(s[6:]))
	}
	return "", nonEmpty(s)
}

func letterName(in letter.Input) string { return in.Role.Letter() }

// A Posting is one envelope on the posting list.
type Posting struct {
	Recipient string
	Address   string // empty: to be filled in
	Papers    []Paper
}

// PostingFor is the envelope with a recipient's papers.
func PostingFor(in letter.Input, papers []Paper) Posting {
	if slices.ContainsFunc(in.Recipient.Requires, func(r string) bool { return r == "id" || r == "id-copy" }) {
		papers = append(slices.Clone(papers), Paper{Name: IDCopy})
	}
	return Posting{Recipient: in.Addressee(), Address: postalAddress(in), Papers: papers}
}

// PostingList is the 交寄清单: what went into which envelope, with room for
// the receipt number. The contents named on the waybill are what later shows
// that this letter was sent.
func PostingList(c evidence.Case, posts []Posting, date time.Time) document.Document {
	t := document.Table{Columns: []document.Column{
		{Title: "序号", Width: 14, Align: document.Center}, {Title: "收件机构和地址", Width: 58}, {Title: "内件品名和页数", Width: 62},
		{Title: "邮件号码", Width: 36}, {Title: "交寄日期", Width: 26},
	}, Small: true}
	for n, p := range posts {
		where := p.Recipient
		if p.Address != "" {
			where += "，" + p.Address
		}
		var items []string
		for _, x := range Order(p.Papers) {
			name, _, _ := strings.Cut(x.Name, ".")
			if x.Pages > 0 {
				name += fmt.Sprintf("（%d页）", x.Pages)
			}
			items = append(items, name)
		}
		t.Rows = append(t.Rows, []document.Cell{cell(fmt.Sprint(n + 1)), cell(where), cell(strings.Join(items, "、")),
			cell("　"), cell("　")})
	}
	return document.Document{
		Title: "交寄清单", Author: c.Complainant.Name, Subject: "交寄清单", CaseID: c.ID, Date: date.Format(time.RFC3339),
		Blocks: []document.Block{
			document.Title{Text: "交寄清单"},
			document.Fields{Rows: []document.Field{{Label: "寄件人", Value: c.Complainant.Name}}},
			t,
			document.Paragraph{Spans: cell("用挂号信或 EMS 寄，面单的“内件品名”照上表填写；邮件号码抄在表里，收据和签收记录拍照，加进案件作为证据。"), Indent: true},
		},
	}
}

func cell(s string) document.Cell { return document.Cell{{Text: s}} }
