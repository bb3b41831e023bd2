package filing

import (
	"fmt"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates/letter"
)

// A Size is an envelope by GB/T 1416—2003, in millimetres.
type Size struct {
	Code          string
	Width, Height float64
	Folds         int // how often A4 paper is folded to go in
}

// Sizes are the sizes, smallest first. C4 takes A4 unfolded.
var Sizes = []Size{
	{"B6", 176, 125, 2}, {"DL", 220, 110, 2}, {"ZL", 230, 120, 2}, {"C5", 229, 162, 1}, {"C4", 324, 229, 0},
}

// SizeFor is the smallest common envelope for so many sheets: folded in
// thirds up to five sheets, in half up to fifteen, flat beyond. The limits
// are ours, by the thickness of 80 g paper.
func SizeFor(sheets int) Size {
	switch {
	case sheets <= 5:
		return Sizes[2]
	case sheets <= 15:
		return Sizes[3]
	}
	return Sizes[4]
}

// An Address is one side of an envelope.
type Address struct {
	Postcode string // six digits, or empty for boxes to fill in by hand
	Lines    []string
	Name     string
	Phone    string
}

// An Envelope 信封 is what stands on it: the recipient's postcode in boxes
// upper left, the recipient in the middle, the sender lower right with the
// postcode below.
type Envelope struct {
	Size     Size
	To, From Address
	Items    string // 内件品名, in short
}

// EnvelopeFor addresses a letter's envelope. A recipient's address is printed
// only if the directory has one; otherwise a line is left to write on. It
// never holds an identity number.
func EnvelopeFor(in letter.Input, sheets int) Envelope {
	p := in.Case.Complainant
	e := Envelope{
		Size: SizeFor(sheets),
		To:   Address{Name: in.Recipient.Name},
		From: Address{Lines: nonEmpty(p.Address), Name: p.Name, Phone: p.Phone},
	}
	for _, c := range in.Recipient.Channels {
		if c.Type == "post" {
			e.To.Postcode, e.To.Lines = splitPostcode(c.Value)
		}
	}
	e.Items = letterName(in) + "及证据材料"
	return e
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

func letterName(in letter.Input) string {
	if in.Role == letter.ToPlatform || in.Role == letter.ToLender {
		return "投诉书"
	}
	return "举报书"
}

// A Posting is one envelope on the posting list.
type Posting struct {
	Recipient string
	Address   string // empty: to be filled in
	Papers    []Paper
}

// PostingList is the 交寄清单: what went into which envelope, with room for
// the receipt number. The contents named on the waybill are what later shows
// that this letter was sent.
func PostingList(c evidence.Case, posts []Posting, date time.Time) letter.Document {
	t := letter.Table{Columns: []letter.Column{
		{Title: "序号", Width: 14, Align: letter.Center}, {Title: "收件机构和地址", Width: 58}, {Title: "内件品名和页数", Width: 62}, {Title: "邮件号码", Width: 36}, {Title: "交寄日期", Width: 26},
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
		t.Rows = append(t.Rows, []letter.Cell{cell(fmt.Sprint(n + 1)), cell(where), cell(strings.Join(items, "、")), cell("　"), cell("　")})
	}
	return letter.Document{
		Title: "交寄清单", Author: c.Complainant.Name, Subject: "交寄清单", CaseID: c.ID, Date: date.Format(time.RFC3339),
		Blocks: []letter.Block{
			letter.Title{Text: "交寄清单"},
			letter.Fields{Rows: []letter.Field{{Label: "寄件人", Value: c.Complainant.Name}}},
			t,
			letter.Paragraph{Spans: cell("用挂号信或 EMS 寄，面单的“内件品名”照上表填写；邮件号码抄在表里，收据和签收记录拍照，加进案件作为证据。"), Indent: true},
		},
	}
}

func cell(s string) letter.Cell { return letter.Cell{{Text: s}} }
