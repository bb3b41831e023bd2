package letter

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/lazyregexp"
	"juzheng/templates/document"
)

// exhibit is one exhibit's pages: what it is, then its content.
func (in paper) exhibit(x evidence.Exhibit) document.BookExhibit {
	b := document.BookExhibit{Number: x.Number, Title: label(x.Number) + "　" + in.titleOfExhibit(x)}
	if at := in.about(x); at != "" {
		b.Title += "（" + at + "）"
	}
	b.Cover = []document.Block{document.Heading{Level: 1, Text: label(x.Number) + "　" + in.titleOfExhibit(x)},
		document.Fields{Rows: in.exhibitFields(x), Small: true}}
	switch x.Kind {
	case evidence.Recording, evidence.Video:
		var say []document.Block
		b.Pages, say = in.stills(x)
		b.Body = append(in.standIn(x), say...)
	case evidence.Transcript:
		b.Body = in.transcript(x)
	case evidence.SMSLog, evidence.CallLog, evidence.ChatLog, evidence.Extract:
		if b.Body = in.moneyRows(x); b.Body == nil {
			b.Body = in.logRows(x)
		}
	default:
		if strings.HasPrefix(x.MediaType, "image/") { // a contract or an answer may be a photograph
			b.Image = in.picture(x)
			break
		}
		if _, drawn := in.Sheets[x.Number]; drawn {
			b.Pages, b.Body = in.sheetsOf(x)
			break
		}
		b.Body = in.elsewhere(x)
	}
	return b
}

// elsewhere says where a file is whose content no page shows.
func (in Input) elsewhere(x evidence.Exhibit) []document.Block {
	return []document.Block{document.Paragraph{Spans: plain("本文件为电子文件，内容见证据包 data/" + x.File + "。"), Indent: true}}
}

func (in Input) exhibitFields(x evidence.Exhibit) []document.Field {
	rows := []document.Field{field("原文件名", in.mask(x.OriginalName)), field("证明对象", in.proves(x.Number))}
	if at, err := time.Parse(time.RFC3339, x.Captured.Time); err == nil {
		t := evidence.Time{At: at, Precision: x.Captured.Precision, Device: x.Captured.Device}
		rows = append(rows, field("形成时间", moment(t)+"（"+sourceWord(x.Captured)+"）"))
	} else {
		rows = append(rows, field("形成时间", "文件没有记录"))
	}
	if x.Media.Number != "" || x.Media.Contact != "" {
		rows = append(rows, field("通话号码", in.mask(strings.TrimSpace(x.Media.Number+" "+x.Media.Contact))))
	}
	rows = append(rows, field("运营商清单", in.carrierField(x)))
	if s := seconds(x); s != "" {
		rows = append(rows, field("时长与编码", s+with("，", x.Media.Codec)))
	}
	rows = append(rows, field("大小", fmt.Sprintf("%d字节（data/%s）", x.Size, x.File)),
		field("SHA-256", bag.FormatRoot(x.SHA256)), field("SM3", bag.FormatRoot(x.SM3)))
	if s := in.covers(x); s != "" {
		rows = append(rows, field("遮盖", s))
	}
	for _, n := range x.Notes {
		if !slices.Contains(forThePerson, n.Code) {
			rows = append(rows, field("说明", exhibitNumbers.ReplaceAllStringFunc(in.mask(n.Detail), label)))
		}
	}
	var filled []document.Field
	for _, r := range rows {
		if r.Value != "" {
			filled = append(filled, r)
		}
	}
	return filled
}

// forThePerson are notes that tell the person what to look at, and say nothing
// to who gets the book.
var forThePerson = []string{"same-event", evidence.NoteLeft, "columns-guessed", "no-direction", "rows-unread",
	"equal-rows", "earlier-unread", evidence.NoteMoney, evidence.NoteUnread, "not-decoded"}

// exhibitNumbers are numbers of the register in a note of the program's.
var exhibitNumbers = lazyregexp.New(`\bE\d{3,}\b`)

func sourceWord(s evidence.CaptureTime) string {
	how := "来源：" + s.Source
	switch {
	case strings.HasPrefix(s.Source, "name:"):
		how = "读自文件名"
	case s.Source == "container":
		how = "读自文件内部记录"
	case s.Source == "exif":
		how = "读自图片拍摄信息"
	case s.Source == evidence.ExifWritten:
		how = "读自图片文件里记录的保存时间"
	}
	if s.Device {
		how += "，手机时钟读数，按北京时间理解"
	}
	return how
}

func (in Input) picture(x evidence.Exhibit) *document.Image {
	caption := label(x.Number) + "　" + in.mask(x.OriginalName)
	if events := in.showing(x.Number); len(events) > 0 {
		caption += "　" + shortMoment(events[0].Time)
	}
	alt := in.shownIn(x)
	boxes, _ := in.boxes(x.Number)
	if len(boxes) > 0 {
		caption += fmt.Sprintf("　已遮盖%d处", len(boxes))
	}
	if s := in.Sheets[x.Number]; s.By != "" {
		p := s.Pages[0]
		return &document.Image{Hide: boxes, Open: p.Open, MediaType: p.MediaType, Width: p.Width, Height: p.Height, Alt: alt,
			Caption: caption + "（由" + s.By + "转换显示，原件未动）", Kept: in.Kept}
	}
	decoded := ""
	if x.Media.Decoded() {
		decoded = x.SHA256
	}
	return &document.Image{
		Hide:      boxes,
		Open:      func() (io.ReadCloser, error) { return in.Open(x) },
		MediaType: x.MediaType, Width: x.Media.Width, Height: x.Media.Height, Orientation: x.Media.Orientation,
		Caption: caption, Alt: alt, Decoded: decoded, Kept: in.Kept,
	}
}

// shownIn is what a picture shows in words, for who does not see it: what it is, and what
// it says of each act, as the letter and the 时间线 have it.
func (in Input) shownIn(x evidence.Exhibit) string {
	s := label(x.Number) + "，" + in.titleOfExhibit(x)
	for _, i := range in.showing(x.Number) {
		s += "。" + shortMoment(i.Time) + wayWord(i)
		if i.Shown != "" {
			s += "：" + oneLine(in.mask(i.Shown))
		}
	}
	return s + "。"
}

// rowsIn is the file in which the rows of a log stand: of an extract the log it
// was taken from.
func (in Input) rowsIn(x evidence.Exhibit) string {
	if x.Extract != nil {
		return x.Extract.Of
	}
	return x.Number
}

// rowIn is where a row of an act stands in a file: of a PDF its page too.
func (in Input) rowIn(i evidence.Incident, exhibit string) string {
	s := i.RowIn(exhibit)
	paged := slices.ContainsFunc(in.Exhibits,
		func(x evidence.Exhibit) bool { return x.Number == exhibit && x.MediaType == "application/pdf" })
	switch {
	case s == "" || !paged:
		return s
	case strings.Contains(s, "张表"):
		return strings.Replace(s, "张表", "页", 1)
	}
	return "第1页" + s
}

// withoutEmpty leaves out the columns that say nothing in any row.
func withoutEmpty(t document.Table) document.Table {
	for n := len(t.Columns) - 1; n >= 0; n-- {
		if slices.ContainsFunc(t.Rows, func(r []document.Cell) bool { return document.SpansText(r[n]) != "" }) {
			continue
		}
		t = withoutColumn(t, n)
	}
	return t
}

func withoutColumn(t document.Table, n int) document.Table {
	t.Columns, t.Rows = slices.Delete(slices.Clone(t.Columns), n, n+1), slices.Clone(t.Rows)
	for i, r := range t.Rows {
		t.Rows[i] = slices.Delete(slices.Clone(r), n, n+1)
	}
	return t
}

// originalWord says what of the original is at hand. Where the device is that
// made it, the case does not say.
func (in Input) originalWord(x evidence.Exhibit) string {
	if in.covers(x) != "" {
		return "纸面为遮盖副本；原件逐字节存于证据包"
	}
	if x.Kind == evidence.Document || x.Kind == evidence.Transcript {
		return "电子文件；证据包内为逐字节副本"
	}
	return "电子数据；证据包内为逐字节副本"
}
