package letter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

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
	for _, i := range in.allReceipts() {
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
	var out []evidence.Incident
	seen := map[string]bool{}
	for _, f := range append(in.asserted(), in.stated()...) {
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
	var out []evidence.Incident
	for _, i := range in.chronicle() {
		if slices.Contains(i.Exhibits, exhibit) {
			out = append(out, i)
		}
	}
	return out
}

// proves are the kinds of breach an exhibit is put forward for: what the acts it
// shows were, and not what others of the same finding were.
func (in Input) proves(exhibit string) string {
	var out []string
	for _, f := range append(in.asserted(), in.stated()...) {
		if !slices.Contains(f.Exhibits, exhibit) {
			continue
		}
		own := slices.DeleteFunc(slices.Clone(f.Incidents), func(i evidence.Incident) bool {
			return !slices.Contains(i.Exhibits, exhibit)
		})
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
	d := in.document("证据目录")
	d.Blocks = []document.Block{document.Title{Text: "证据目录"},
		document.Paragraph{Spans: plain(OwnNumber + "：" + Reference(in.Case.ID)), Align: document.Center, Small: true},
		paper{in, at}.index(in.used()),
		keep(document.Signature{Label: "提交人（签名、捺印）"})}
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
	for _, x := range exhibits {
		t.Rows = append(t.Rows, []document.Cell{
			plain(label(x.Number)), plain(in.titleOfExhibit(x)), plain("提交人提供的电子文件：" + in.mask(x.OriginalName)),
			plain(in.proves(x.Number)),
			plain(in.about(x)), in.place(x.Number), plain(in.originalWord(x)),
		})
	}
	return t
}

// ComposeBook writes the exhibit book in one volume.
func ComposeBook(in Input, at Counted) document.Book {
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
	if len(in.chronicle()) > 0 {
		out = append(out, document.NewPage{}, document.Heading{Level: 1, Text: "时间线"},
			document.Paragraph{Spans: plain("只列与本案违规情形有关的事件；“材料显示”有证据，“本人陈述”没有证据。时间后标“机”的是手机时钟读数，标“述”的是本人陈述的时间。" +
				in.carrierKey(in.events())), Small: true},
			in.chronology())
	}
	if charts := in.charts(); len(charts) > 0 && in.From == "" {
		out = append(append(out, document.NewPage{}, document.Heading{Level: 1, Text: "图表"}), charts...)
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

func (in paper) chronology() document.Table {
	t := document.Table{Columns: []document.Column{
		{Title: "时间", Width: 34}, {Title: "方式", Width: 22}, {Title: "显示号码", Width: 25}, {Title: "联系到", Width: 17},
		{Title: "内容", Width: 36}, {Title: "运营商清单", Width: 14}, {Title: "证据（页）", Width: 21},
	}, Small: true}
	c := &composer{in: in}
	for _, i := range in.chronicle() {
		when := shortMoment(i.Time) + in.otherwiseRead(i)
		number := in.number(i)
		what := ""
		switch {
		case i.Shown != "":
			what = "材料显示：" + oneLine(cutWords(in.mask(i.Shown), 200))
		case i.Words != "":
			what = "本人陈述：" + oneLine(in.mask(i.Words))
		case i.Kind == evidence.Call && i.Seconds > 0:
			what = "通话" + duration(i.Seconds)
		}
		t.Rows = append(t.Rows, []document.Cell{plain(when), plain(wayWord(i)), plain(number),
			plain(reachedWord(i.Reached)), plain(what), in.carrierCell(i), c.cellRefs(i.Exhibits)})
	}
	return withoutEmpty(t)
}

func shortMoment(t evidence.Time) string {
	layout := time.DateTime
	switch t.Precision {
	case evidence.ToMinute:
		layout = "2006-01-02 15:04"
	case evidence.ToDay:
		layout = time.DateOnly
	}
	s := t.At.In(evidence.Beijing).Format(layout)
	switch {
	case t.Precision == evidence.ToDay:
	case !t.Showed.IsZero():
		s += "（换算，手机显示" + showed(t) + "）"
	case t.Source == "person":
		s += "（述）" // what a person remembers is no clock's reading
	case t.Device:
		s += "（机）"
	}
	return s
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
	t := document.Table{Columns: []document.Column{{Title: "编号", Width: 16}, {Title: "文件", Width: 24},
		{Title: "字节", Width: 22, Align: document.Right}, {Title: "SHA-256", Width: 118}}, Small: true}
	for _, x := range in.used() { // a digest of what they do not get tells what it is to whoever guesses it
		t.Rows = append(t.Rows, []document.Cell{plain(label(x.Number)), plain(x.File), plain(fmt.Sprint(x.Size)),
			plain(bag.FormatRoot(x.SHA256))})
	}
	return append(out, document.Heading{Level: 1, Text: "本册证据的校验值"}, t)
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
