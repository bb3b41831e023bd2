package letter

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/templates/document"
)

// An Excerpt 节选 says what goes into an upload of the exhibit book, where a
// channel takes less than the whole.
type Excerpt struct {
	Pictures map[string]ExcerptPicture // exhibit that is taken -> the copy of its picture
	Left     []LeftOut                 // what is not taken, and why
	Events   int                       // rows of the chronology that are given, from the first on
	Limit    int64                     // bytes the channel takes
}

// An ExcerptPicture is a picture as an excerpt shows it; zero for an exhibit
// without one.
type ExcerptPicture struct {
	Image         *document.Image
	Width, Height int // pixels, as seen
	Quality       int // of JPEG; 0: no pixel was changed
}

// A LeftOut is an exhibit that is not in an upload.
type LeftOut struct{ Exhibit, Why string }

// Name is how the letters name an exhibit left out: 证据3（截图）.
func (l LeftOut) Name(in Input) string {
	for _, x := range in.Exhibits {
		if x.Number == l.Exhibit {
			return label(x.Number) + "（" + in.titleOfExhibit(x) + "）"
		}
	}
	return label(l.Exhibit)
}

// ByWeight are the exhibits of the book in the order in which an excerpt
// takes them: what each fact of the letter cites first, fact by fact, then
// what each cites second, and so on; then what the person states, and the
// earlier complaints.
func ByWeight(in Input) []evidence.Exhibit {
	var cited [][]string // of each fact, in the order of the letter
	for _, findings := range [][][]evidence.Finding{byRule(in.asserted()), byRule(in.stated())} {
		for _, g := range findings {
			var own []string
			for _, i := range in.receipts(g) {
				own = append(own, i.Exhibits...)
			}
			for _, f := range g {
				for _, i := range f.Incidents {
					own = append(own, i.Exhibits...)
				}
				own = append(own, f.Exhibits...)
			}
			cited = append(cited, own)
		}
	}
	used, left := in.used(), map[string]int{} // those not taken yet, by their place among the used
	for n, x := range used {
		left[x.Number] = n
	}
	var out []evidence.Exhibit
	take := func(number string) bool {
		at, ok := left[number]
		if ok {
			delete(left, number)
			out = append(out, used[at])
		}
		return ok
	}
	for more := true; more; {
		more = false
		for n := range cited {
			for len(cited[n]) > 0 {
				x := cited[n][0]
				cited[n], more = cited[n][1:], true
				if take(x) {
					break
				}
			}
		}
	}
	for _, x := range used {
		take(x.Number)
	}
	return out
}

// Pictures are the pictures of exhibits as the book shows them, by their numbers; of an
// exhibit that has none there is none.
func Pictures(in Input) map[string]*document.Image {
	p, out := paper{Input: in.withRows()}, map[string]*document.Image{}
	for _, x := range in.used() {
		if im := p.exhibit(x).Image; im != nil {
			out[x.Number] = im
		}
	}
	return out
}

// Events is how many events the 时间线 lists one by one.
func Events(in Input) int { return len(in.oneByOne(in.chronicle())) }

// ComposeExcerpt writes 证据节选: what is in it and what is not, the
// chronology, and the exhibits taken, each with its page of the whole book and
// the digest of its original. The pages of the book must be counted.
func ComposeExcerpt(in Input, at Counted, e Excerpt) document.Book {
	in = in.withRows()
	p := paper{in, at}
	b := document.Book{Document: in.document("证据节选")}
	b.Volume = "证据节选"
	b.Blocks = p.excerptFront(e)
	for _, x := range in.used() {
		if c, ok := e.Pictures[x.Number]; ok {
			b.Exhibits = append(b.Exhibits, p.excerptOf(x, c))
		}
	}
	return b
}

func (in paper) excerptFront(e Excerpt) []document.Block {
	whole := fmt.Sprintf("节选自证据册（共%d页）", in.at.Book)
	if n := in.volumes(); n > 1 {
		whole = fmt.Sprintf("节选自证据册（%d册，共%d页）", n, in.at.Book)
	}
	out := []document.Block{document.Title{Text: "证据节选"}, document.Fields{Rows: []document.Field{
		field("提交人", in.Case.Complainant.Name), field("受理机构", in.Recipient.Name),
		field(OwnNumber, Reference(in.Case.ID)),
		field("日期", day(in.Date)),
		field("范围", whole+fmt.Sprintf("：网上附件限%s字节，完整证据册和原件可以按要求另行提交", thousands(e.Limit))),
	}}, document.Heading{Level: 1, Text: "收入的证据"}}
	t := document.Table{Columns: []document.Column{{Title: "编号", Width: 16}, {Title: "名称", Width: 22},
		{Title: "证明对象", Width: 92}, {Title: "本件页码", Width: 22, Align: document.Center},
		{Title: "证据册页码", Width: 26, Align: document.Center}}, Small: true}
	for _, x := range in.used() {
		if _, ok := e.Pictures[x.Number]; ok {
			t.Rows = append(t.Rows, []document.Cell{plain(label(x.Number)), plain(in.titleOfExhibit(x)),
				plain(in.proves(x.Number)), {{Exhibit: x.Number}}, in.inBook(x.Number)})
		}
	}
	if len(t.Rows) > 0 {
		out = append(out, t)
	} else {
		out = append(out, document.Paragraph{Spans: plain("附件大小有限，没有收入证据。"), Indent: true})
	}
	out = append(out, document.Paragraph{Spans: plain("录音、视频是声音和影像文件，没有随本件上传；本件中的页代表它们，文件在证据包内。图片是为网上提交制作的副本，不是原件；" +
		"原件未动，以各页所列SHA-256核对。"), Small: true})
	if len(e.Left) > 0 {
		out = append(out, document.Heading{Level: 1, Text: "没有收入的证据"}, in.leftTable(e.Left))
	}
	return append(out, in.excerptTimes(e)...)
}

func (in paper) leftTable(left []LeftOut) document.Table {
	t := document.Table{Columns: []document.Column{{Title: "证据", Width: 34},
		{Title: "证据册页码", Width: 26, Align: document.Center}, {Title: "没有收入的原因", Width: 118}}, Small: true}
	many := len(left) > mostAlone
	for len(left) > 0 {
		n := 1
		for many && len(left) > n && left[n].Why == left[0].Why && in.alike(left[0].Exhibit, left[n].Exhibit) {
			n++
		}
		if g := in.exhibitsNamed(left[:n]); n >= fewestGrouped && len(g) == n {
			t.Rows = append(t.Rows, []document.Cell{plain(labelOfAll(g) + "（" + in.titleOfExhibit(g[0]) + "）"),
				unlinked(in.places(g)), plain(left[0].Why)})
		} else {
			for _, x := range left[:n] {
				t.Rows = append(t.Rows, []document.Cell{plain(x.Name(in.Input)), in.inBook(x.Exhibit), plain(x.Why)})
			}
		}
		left = left[n:]
	}
	return t
}

// excerptTimes is the chronology, with the pages of the whole book.
func (in paper) excerptTimes(e Excerpt) []document.Block {
	events := in.chronicle()
	one := in.oneByOne(events)
	var out []document.Block
	if n := len(events) - len(one); n > 0 {
		out = append(out, small(fmt.Sprintf("事件共%d项，其中%d项记在通话、短信等记录里，按日合计如下：", len(events), n)),
			in.byDay(without(events, one)))
	}
	if e.Events > 0 && len(one) > 0 {
		note := "“证据（页）”是完整证据册的页码。时间后标“机”的是手机时钟读数，标“述”的是本人陈述的时间。"
		if n := len(one); e.Events < n {
			one = one[:e.Events]
			note = fmt.Sprintf("只列最早的%d项，共%d项，其余见完整证据册。", e.Events, n) + note
		}
		t, same := lifted(in.chronology(one))
		for _, r := range t.Rows {
			for n, cell := range r {
				r[n] = unlinked(cell)
			}
		}
		out = append(out, small(note+same), t)
	}
	if out == nil {
		return nil
	}
	return append([]document.Block{document.Heading{Level: 1, Text: "时间线"}}, out...)
}

// inBook is the page of an exhibit in the whole book, which is not this file.
func (in paper) inBook(exhibit string) document.Cell { return unlinked(in.place(exhibit)) }

// unlinked prints the pages of the book as they are known and leads nowhere.
func unlinked(spans []document.Span) []document.Span {
	out := slices.Clone(spans)
	for n := range out {
		out[n].Text, out[n].Exhibit = out[n].Plain(), ""
	}
	return out
}

// excerptRows is how many rows of a table an excerpt gives of one exhibit.
const excerptRows = 40

func (in paper) excerptOf(x evidence.Exhibit, c ExcerptPicture) document.BookExhibit {
	whole := in.exhibit(x)
	b := document.BookExhibit{Number: x.Number, Title: whole.Title + "（节选）", Image: c.Image}
	place := "第"
	if v := in.at.Volumes[x.Number]; in.volumes() > 1 && v > 0 {
		place = fmt.Sprintf("第%d册第", v)
	}
	told := fmt.Sprintf("完整内容见证据册%s%d页起", place, in.at.Pages[x.Number])
	if drawn := in.Sheets[x.Number].Pages; len(whole.Pages) > 0 && len(drawn) > 0 {
		told += fmt.Sprintf("（原PDF第%d页至第%d页）", drawn[0].Number, drawn[len(drawn)-1].Number)
	}
	rows := []document.Field{field("节选", told),
		field("证明对象", in.proves(x.Number)), field("原文件名", in.mask(x.OriginalName)),
		field("原件", fmt.Sprintf("%s字节（证据包 data/%s）", thousands(x.Size), x.File)),
		field("SHA-256", bag.FormatRoot(x.SHA256))}
	if c.Image != nil {
		rows = append(rows, field("本页图片", c.how(x)))
		im := *c.Image
		im.Caption += "【节选】"
		b.Image = &im
	}
	b.Cover = []document.Block{document.Heading{Level: 1, Text: label(x.Number) + "　" + in.titleOfExhibit(x) + "【节选】"},
		document.Fields{Rows: filled(rows), Small: true}}
	if len(whole.Pages) > 0 {
		whole.Body = in.elsewhere(x)
	}
	for _, block := range whole.Body {
		b.Body = append(b.Body, shortened(block)...)
	}
	return b
}

// how says what was done to a picture.
func (c ExcerptPicture) how(x evidence.Exhibit) string {
	switch {
	case c.Quality == 0 && len(c.Image.Hide) > 0:
		return "遮盖副本，黑框以外的像素未改"
	case c.Quality == 0:
		return "像素未改"
	}
	s := fmt.Sprintf("副本，%d×%d像素，JPEG质量%d", c.Width, c.Height, c.Quality)
	w, h := x.Media.Width, x.Media.Height
	if x.Media.Orientation >= 5 {
		w, h = h, w
	}
	if w > 0 && h > 0 {
		s += fmt.Sprintf("；原图%d×%d像素", w, h)
	}
	return s
}

// shortened gives the first rows of a long table, without references into
// the book.
func shortened(b document.Block) []document.Block {
	switch b := b.(type) {
	case document.Paragraph:
		b.Spans = unlinked(b.Spans)
		return []document.Block{b}
	case document.Table:
		n := len(b.Rows)
		if n <= excerptRows {
			return []document.Block{b}
		}
		b.Rows = b.Rows[:excerptRows]
		said := fmt.Sprintf("（节选：以上为前%d行，共%d行，其余见证据册。）", excerptRows, n)
		return []document.Block{b, document.Paragraph{Spans: plain(said), Small: true}}
	}
	return []document.Block{b}
}

// thousands is a number with a comma every three digits.
func thousands(n int64) string {
	s := fmt.Sprint(n)
	var parts []string
	for len(s) > 3 {
		parts = append([]string{s[len(s)-3:]}, parts...)
		s = s[:len(s)-3]
	}
	return strings.Join(append([]string{s}, parts...), ",")
}

// An Upload is what was made for a recipient's web page: one file, and the scan of
// the signed letter if there is one.
type Upload struct {
	File    string // name; empty: none was made
	Scan    string // name; empty: there is none, and the letter is in the file
	Bytes   int64
	Limit   int64     // that the page takes
	Excerpt bool      // of the book, not all of it
	Left    []LeftOut // what is not in it, the weightiest first
	Why     string    // why there is none
}

// line tells the complainant of an upload.
func (u *Upload) line() string {
	if u.File == "" && u.Scan == "" {
		return sentence(u.Why)
	}
	names := "“" + u.File + "”（"
	switch {
	case u.File == "":
		names = "“" + u.Scan + "”（"
	case u.Scan != "":
		names = "“" + u.Scan + "”和“" + u.File + "”（合计"
	}
	s := fmt.Sprintf("网上提交时，附件用文件夹“上传件”里的%s%s字节，限%s字节）", names, thousands(u.Bytes), thousands(u.Limit))
	switch {
	case u.File == "":
		return s + "，里面是签名扫描件；证据放不下，请另行提交。"
	case !u.Excerpt:
		return s + "，信和证据册全在里面。"
	}
	s += "。完整的证据册超过限制，里面是节选：图片是缩小的副本，原件没有动。"
	if n := len(u.Left); n > 0 {
		s += fmt.Sprintf("有%d份证据没有放进去", n)
		return s + "，名单和原因写在里面，“先看这里”也有。"
	}
	return s + "要用的证据都在里面。"
}
