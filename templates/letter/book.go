package letter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/templates/document"
)

// used are the exhibits the findings rest on, in order: what the book holds.
// Everything else stays in the bundle, and the hash list names it.
func (in Input) used() []evidence.Exhibit {
	want := map[string]bool{}
	for _, f := range append(in.asserted(), in.stated()...) {
		for _, x := range f.Exhibits {
			want[x] = true
		}
	}
	for _, f := range in.Case.Filings {
		want[f.Exhibit] = true
		for _, x := range evidence.SplitList(f.Reply) {
			want[x] = true
		}
	}
	if in.citesLoan() {
		for _, x := range in.Case.Loan.Exhibits {
			want[x] = true
		}
	}
	for _, i := range slices.Concat(in.allReceipts(), in.owned(), in.payments()) {
		for _, x := range i.Exhibits {
			want[x] = true
		}
	}
	var out []evidence.Exhibit
	for _, x := range in.Exhibits {
		if want[x.Number] && !in.earlier(x.Number) {
			out = append(out, x)
		}
	}
	return out
}

// citesLoan reports that the letter names the exhibits of the loan as what shows that
// it is paid.
func (in Input) citesLoan() bool { return in.settled() && !in.stranger() && !in.contact() }

// events are the incidents of the findings, once each, by time. A complaint
// that was not answered is not among them: it is told with the earlier ones.
func (in Input) events() []evidence.Incident {
	found := append(in.asserted(), in.stated()...)
	most := 0
	for _, f := range found {
		most += len(f.Incidents)
	}
	out, seen := make([]evidence.Incident, 0, most), make(map[string]bool, most)
	for _, f := range found {
		for _, i := range f.Incidents {
			if _, filed := in.filing(i); !filed && !seen[i.ID] && in.isNew(i) {
				seen[i.ID] = true
				out = append(out, i)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b evidence.Incident) int {
		return cmp.Or(a.Time.At.Compare(b.Time.At), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// showing are the events an exhibit shows.
func (in Input) showing(exhibit string) []evidence.Incident {
	if in.rows != nil {
		return in.rows.of[exhibit]
	}
	var out []evidence.Incident
	for _, i := range in.chronicle() {
		if slices.Contains(i.Exhibits, exhibit) {
			out = append(out, i)
		}
	}
	return out
}

// bookRows are the events of a book, found once for all that a paper says of them.
type bookRows struct {
	all []evidence.Incident
	of  map[string][]evidence.Incident // by the exhibit that shows them

	paid, owned []evidence.Incident // see [Input.allReceipts] and [Input.owned]
	acts        []map[string][]int  // of each finding asserted or stated those an exhibit shows
}

// withRows is an input for one paper, in which no finding changes any more.
func (in Input) withRows() Input {
	rows := &bookRows{all: in.chronicle(), of: map[string][]evidence.Incident{}, paid: in.allReceipts(),
		owned: in.owned()}
	for _, f := range append(in.asserted(), in.stated()...) {
		rows.acts = append(rows.acts, actsByExhibit(f))
	}
	for _, i := range rows.all {
		for n, x := range i.Exhibits {
			if !slices.Contains(i.Exhibits[:n], x) {
				rows.of[x] = append(rows.of[x], i)
			}
		}
	}
	in.rows = rows
	return in
}

// actsByExhibit are the acts of a finding, by their place in it, that each exhibit shows.
func actsByExhibit(f evidence.Finding) map[string][]int {
	out := map[string][]int{}
	for n, i := range f.Incidents {
		for k, x := range i.Exhibits {
			if !slices.Contains(i.Exhibits[:k], x) {
				out[x] = append(out[x], n)
			}
		}
	}
	return out
}

// proves are the kinds of breach an exhibit is put forward for: what the acts it
// shows were, and not what others of the same finding were.
func (in Input) proves(exhibit string) string {
	var out []string
	for n, f := range append(in.asserted(), in.stated()...) {
		if !slices.Contains(f.Exhibits, exhibit) {
			continue
		}
		var acts map[string][]int
		if in.rows != nil {
			acts = in.rows.acts[n]
		} else {
			acts = actsByExhibit(f)
		}
		own := make([]evidence.Incident, 0, len(acts[exhibit]))
		for _, k := range acts[exhibit] {
			own = append(own, f.Incidents[k])
		}
		if len(own) > 0 { // none: it shows figures of the loan
			f.Incidents = own
		}
		for _, t := range in.titlesOf(f) {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	for _, f := range in.Case.Filings {
		switch {
		case f.Exhibit == exhibit:
			out = append(out, isoDay(f.Date)+"向"+in.filedTo(f.To)+filedWord(f))
		case f.Naming(exhibit):
			out = append(out, in.filedTo(f.To)+"对"+isoDay(f.Date)+filedWord(f)+"的回复")
		}
	}
	switch {
	case in.citesLoan() && slices.Contains(in.Case.Loan.Exhibits, exhibit):
		out = append(out, in.debtWords().debt+"结清")
	case slices.ContainsFunc(in.allReceipts(),
		func(i evidence.Incident) bool { return slices.Contains(i.Exhibits, exhibit) }):
		out = append(out, "对方告知"+in.debtWords().debt+"已经结清")
	}
	if slices.ContainsFunc(in.owned(),
		func(i evidence.Incident) bool { return slices.Contains(i.Exhibits, exhibit) }) {
		out = append(out, "对方就催收行为的书面表态")
	}
	return strings.Join(out, "；")
}

// about is one line on what an exhibit is.
func (in Input) about(x evidence.Exhibit) string {
	events := in.showing(x.Number)
	length := "时长"
	if x.Kind == evidence.Recording { // and not of the call, which it is a part of
		length = "录音时长"
	}
	switch {
	case isLog(x):
		before := 0
		for _, i := range events {
			if in.shownBefore(i) {
				before++
			}
		}
		if before > 0 {
			return fmt.Sprintf("其中与本案有关的%d条（此前提交的证据里已有%d条，新增%d条），见该证据页的表", len(events), before,
				len(events)-before)
		}
		return fmt.Sprintf("其中与本案有关的%d条，见该证据页的表", len(events))
	case len(events) > 0:
		i := events[0]
		s := in.when(i) + kindWord(i)
		if len(events) > 1 {
			s += fmt.Sprintf("等%d项", len(events))
		}
		if !slices.ContainsFunc(events, func(i evidence.Incident) bool { return !in.shownBefore(i) }) {
			s += "（此前提交的证据里已有，以本件印证）"
		}
		return s + with("，"+length, seconds(x))
	}
	return with(length, seconds(x))
}

func seconds(x evidence.Exhibit) string {
	if x.Media.Seconds <= 0 {
		return ""
	}
	return duration(int(x.Media.Seconds + 0.5))
}

func (in Input) titleOfExhibit(x evidence.Exhibit) string {
	if x.Title != "" {
		return in.mask(x.Title)
	}
	return exhibitKindWord(x.Kind)
}

// List is the 证据目录: number, name, source, what it proves, content, page and
// where the original is, signed and dated (最高人民法院关于民事诉讼证据的若干规定,
// Article 19).
func List(in Input, at Counted) document.Document {
	in = in.withRows()
	d := in.document("证据目录")
	d.Blocks = []document.Block{document.Title{Text: "证据目录"},
		document.Paragraph{Spans: plain(OwnNumber + "：" + Reference(in.Case.ID)), Align: document.Center, Small: true},
		paper{in, at}.index(in.used())}
	if at.Pages[Timeline] > 0 {
		d.Blocks = append(d.Blocks, paper{in, at}.timelineAt())
	}
	d.Blocks = append(d.Blocks, keep(document.Signature{Label: "提交人（签名、捺印）"}))
	return d
}

func (in paper) index(exhibits []evidence.Exhibit) document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "编号", Width: 17}, {Title: "名称", Width: 18}, {Title: "来源", Width: 40}, {Title: "证明对象", Width: 36},
		{Title: "内容", Width: 38}, {Title: "页码", Width: 11, Align: document.Center}, {Title: "原件情况", Width: 24},
	}, Small: true}
	if in.volumes() > 1 {
		t.Columns[5].Title, t.Columns[5].Width = "册、页", 20
	}
	for _, g := range in.grouped(exhibits) {
		x := g[0]
		source, about := "提交人提供的电子文件："+in.mask(x.OriginalName), in.about(x)
		if len(g) > 1 {
			source, about = fmt.Sprintf("提交人提供的电子文件%d份，文件名见各份所在的页", len(g)), in.aboutAll(g)
		}
		t.Rows = append(t.Rows, []document.Cell{plain(labelOfAll(g)), plain(in.titleOfExhibit(x)), plain(source),
			plain(in.proves(x.Number)), plain(about), in.places(g), plain(in.originalWord(x))})
	}
	return t
}

// ComposeBook writes the exhibit book in one volume.
func ComposeBook(in Input, at Counted) document.Book {
	in = in.withRows()
	p := paper{in, at}
	b := document.Book{Document: in.document(in.bookTitle())}
	b.Blocks = append(in.cover(in.bookTitle(), in.coverFields()), p.front()...)
	for _, x := range in.used() {
		b.Exhibits = append(b.Exhibits, p.exhibit(x))
	}
	b.Tail = in.tail()
	return b
}

func (in Input) cover(title string, fields []document.Field) []document.Block {
	head := in.letterhead()
	return append(head, []document.Block{document.Space{Lines: 7}, document.Title{Text: title},
		document.Paragraph{Spans: plain(with(OwnNumber+"：", Reference(in.Case.ID))), Align: document.Center},
		document.Space{Lines: 3},
		document.Fields{Rows: fields}, document.Space{Lines: 2}, keep(in.root())}...)
}

// front is what stands before the exhibits: their index, the chronology, the
// charts.
func (in paper) front() []document.Block {
	out := []document.Block{document.NewPage{}, document.Heading{Level: 1, Text: "证据目录"}, in.index(in.used()),
		document.Paragraph{Spans: plain(in.leftOut()), Small: true}}
	out = append(out, in.timeline()...)
	if charts := in.charts(); len(charts) > 0 && in.From == "" {
		if len(charts) > 1 { // one alone has no page of its own
			out = append(out, document.NewPage{})
		}
		out = append(append(out, document.Heading{Level: 1, Text: "图表"}), charts...)
	}
	return out
}

func (in Input) coverFields() []document.Field {
	c := in.Case
	rows := []document.Field{field("提交人", c.Complainant.Name)}
	for _, p := range []struct {
		label string
		party evidence.Party
	}{{"平台", c.Through()}, {"放款机构", c.Lender}, {"催收机构", c.Agency}} {
		if p.party.Known() {
			rows = append(rows, field(p.label, p.party.Label()))
		}
	}
	if in.From != "" {
		rows = append(rows, field("补充", in.goesOn()))
	}
	return append(rows, field("受理机构", in.Recipient.Name), field("日期", day(in.Date)),
		field("证据", fmt.Sprintf("收入%d份；证据包共%d份", len(in.used()), len(in.Exhibits))))
}

func (in Input) leftOut() string {
	if in.From != "" {
		return in.goesOn() + "。没有列出的证据在此前提交的证据册或证据包内。"
	}
	if n := len(in.Exhibits) - len(in.used()); n > 0 {
		return fmt.Sprintf("另有%d份证据与上述证明对象没有直接关系，没有收入证据册，仍在证据包内。编号不连续即因此。", n)
	}
	return "证据包内的全部证据均已收入证据册。"
}

func (in Input) tail() []document.Block {
	waves := ""
	if len(in.Waves) > 0 {
		waves = "录音的波形由解码画出，只供查找位置。"
	}
	out := []document.Block{document.NewPage{}, document.Heading{Level: 1, Text: "提取说明"}}
	for n, s := range []string{
		"证据由提交人提供，用 juzheng 程序加入：源文件只读取，不修改；复制时计算 SHA-256 与 SM3，写完后再读一遍比对一致。",
		in.Seal.named(),
		in.untouched() + waves,
		in.Seal.kept(),
		"校验值由提交人自己的电脑计算，时间取自该电脑的时钟；不是公证，也不是可信时间戳。",
	} {
		out = append(out, document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s)})
	}
	t := document.Table{Columns: []document.Column{{Title: "编号", Width: 16},
		{Title: "字节", Width: 22, Align: document.Right}, {Title: "SHA-256", Width: 118}}, Small: true}
	for _, x := range in.used() { // a digest of what they do not get tells what it is to whoever guesses it
		t.Rows = append(t.Rows, []document.Cell{plain(label(x.Number)), plain(fmt.Sprint(x.Size)),
			plain(bag.FormatRoot(x.SHA256))})
	}
	return append(out, document.Heading{Level: 1, Text: "本册证据的校验值"},
		small("文件都在证据包的 data 文件夹，名称以编号开头：证据3是 E003。"), t)
}

// named says where the bundle keeps what an exhibit was called.
func (s Seal) named() string {
	if s.Format == 2 {
		return "文件名改为编号，原文件名、大小、修改时间和各时间的来源记录在证据包的 openings、records 文件夹和 catalogue.csv。"
	}
	return "文件名改为编号，原文件名、大小、修改时间和各时间的来源记录在证据包的 evidence.json 和 catalogue.csv。"
}

// kept says how far the log goes that the papers speak of.
func (s Seal) kept() string {
	head := bag.FormatRoot(s.Head[:min(16, len(s.Head))])
	if s.Format == 2 {
		return fmt.Sprintf("保管记录（log.jsonl）共%d条，各条的校验值列在 log-digests.txt，其 SHA-256 为 %s …。", s.Count, head)
	}
	return fmt.Sprintf("保管记录（custody.jsonl）逐条相连：共%d条，末条校验值 %s。", s.Count, head)
}

// untouched is what was done to pictures for paper.
func (in Input) untouched() string {
	s := "录音和截图没有剪辑、转码或重新保存。本册的截图缩放到页面大小，像素未改；图注另有说明的除外。"
	var copies []string
	for _, x := range in.used() {
		if boxes, _ := in.boxes(x.Number); len(boxes) > 0 {
			copies = append(copies, label(x.Number))
		}
	}
	if len(copies) > 0 {
		s = "证据包内的录音和截图没有剪辑、转码或重新保存。本册的截图缩放到页面大小；" + strings.Join(copies, "、") + "为保护他人信息遮盖了一部分；其余截图像素未改，图注另有说明的除外。"
	}
	return s
}
