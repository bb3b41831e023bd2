package letter

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates"
)

// A Role is what a letter asks for: a 投诉 claims the person's own rights from
// the respondent, a 举报 asks a body to look into a breach. One letter, one
// road.
type Role string

// The roles.
const (
	ToPlatform    Role = "platform"
	ToAssociation Role = "nifa"
	ToRegulator   Role = "regulator"
)

// An Input is everything letters are composed of.
type Input struct {
	Case      evidence.Case
	Findings  []evidence.Finding
	Exhibits  []evidence.Exhibit
	Recipient templates.Recipient
	Role      Role
	Date      time.Time // of filing

	Root  string // SHA-256 of the sealed bundle's root document
	SM3   string
	Files int    // in the bundle
	Bytes int64  // of them
	Head  string // custody head, SHA-256
	Count int    // custody records

	Pages     map[string]int // exhibit -> page of the book
	BookPages int
	// Open gives the bytes of an exhibit, for pictures in the book.
	Open func(evidence.Exhibit) (io.ReadCloser, error)
}

// asserted are the findings a file shows; stated those only the person states.
func (in Input) asserted() []evidence.Finding { return in.of(evidence.Shown) }
func (in Input) stated() []evidence.Finding   { return in.of(evidence.Stated) }

func (in Input) of(s evidence.Strength) []evidence.Finding {
	var out []evidence.Finding
	for _, f := range in.Findings {
		if f.Strength == s {
			out = append(out, f)
		}
	}
	return out
}

// words that differ between the two roads.
func (in Input) title() string {
	if in.Role == ToPlatform {
		return "投诉书"
	}
	return "举报书"
}

func (in Input) self() string {
	if in.Role == ToPlatform {
		return "投诉人"
	}
	return "举报人"
}

func (in Input) other() string {
	if in.Role == ToPlatform {
		return "被投诉人"
	}
	return "被举报人"
}

// Compose writes the letter to one recipient.
func Compose(in Input) Document {
	d := Document{
		Title: in.title(), Author: in.Case.Complainant.Name, Subject: in.title() + "（致" + in.Recipient.Name + "）",
		CaseID: in.Case.ID, Root: in.Root, Date: in.Date.Format(time.RFC3339),
	}
	c := &composer{in: in}
	c.add(Title{in.title()})
	c.parties()
	c.requests()
	c.facts()
	c.statements()
	c.grounds()
	c.before()
	c.closing()
	d.Blocks = c.blocks
	return d
}

// A composer gathers the blocks of one letter and numbers its sections.
type composer struct {
	in       Input
	blocks   []Block
	sections int
}

func (c *composer) add(b ...Block) { c.blocks = append(c.blocks, b...) }

func (c *composer) heading(text string) {
	c.sections++
	c.add(Heading{1, numeral(c.sections) + "、" + text})
}

func plain(s string) []Span { return []Span{{Text: s}} }

func (c *composer) paragraph(s string) { c.add(Paragraph{Spans: plain(s), Indent: true}) }

func (c *composer) parties() {
	in := c.in
	p := in.Case.Complainant
	id, phone := p.IDNumber, p.Phone
	if in.Role == ToPlatform {
		id = evidence.MaskID(id) // the respondent holds it already; the letter may pass through many hands
	}
	if id == "" && in.Role != ToPlatform {
		id = "＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿（请手写）"
	}
	rows := []Field{{in.self(), p.Name}, {"身份证号", id}, {"联系电话", phone}, {"通信地址", p.Address}, {"电子邮箱", p.Email}}
	if a := in.Case.Agent; a.Name != "" {
		rows = append(rows, Field{"代理人", a.Name + with("，", a.Relation) + with("，电话", a.Phone)})
	}
	for _, q := range []struct {
		label string
		party evidence.Party
	}{{in.other(), in.Case.Platform}, {"放款机构", in.Case.Lender}, {"催收机构", in.Case.Agency}} {
		if !q.party.Known() {
			continue
		}
		text := q.party.Label() + with("，", licenceWord(q.party.Licence)) + with("，统一社会信用代码", q.party.CreditCode) +
			with("，住所", q.party.Address) + with("，电话", q.party.Phone)
		rows = append(rows, Field{q.label, text})
	}
	var filled []Field
	for _, r := range rows {
		if r.Value != "" {
			filled = append(filled, r)
		}
	}
	c.add(Fields{filled})
	c.add(Paragraph{Spans: plain("（以上机构名称由" + in.self() + "依借款合同或 App 提供，未经核对。）"), Small: true})
}

// with puts a word before s, or nothing at all.
func with(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func (c *composer) has(rules ...string) bool {
	return slices.ContainsFunc(c.in.asserted(), func(f evidence.Finding) bool { return slices.Contains(rules, f.Rule) })
}

// requests asks only for what the recipient can grant.
func (c *composer) requests() {
	var asks []string
	switch c.in.Role {
	case ToPlatform:
		c.heading("投诉请求")
		asks = append(asks, "立即停止下述催收行为，并通知受托的催收机构停止。")
		if c.has("V01", "V02", "V03") {
			asks = append(asks, "停止联系与债务无关的第三人，书面说明其联系方式的来源，并删除不应持有的第三人信息。")
		}
		asks = append(asks, "书面告知放款机构、受托催收机构的名称以及委托关系。")
		asks = append(asks, "核查相关通话录音和催收记录，并书面答复核查结果。")
		if c.in.Case.Complainant.Kind != evidence.Contact {
			asks = append(asks, "就未还款项与本人协商延期或者分期还款方案。")
		}
	case ToAssociation:
		c.heading("举报请求")
		asks = append(asks, "核实下述线索，依行业自律规范处理。", "属于主管部门职责的，转送主管部门。", "告知处理结果。")
	default:
		c.heading("举报请求")
		asks = append(asks, "对下述行为调查核实。", "查实的，依法责令改正并作出处理。", "书面告知是否受理以及是否查实。")
	}
	for _, r := range c.in.Case.Requests {
		if c.in.Role == ToPlatform {
			asks = append(asks, sentence(r))
		}
	}
	for n, a := range asks {
		c.add(Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(a)})
	}
}

// facts says what files show, one section a kind of breach, each fact ending
// with its exhibit and page.
func (c *composer) facts() {
	c.heading("事实（材料显示）")
	if s := c.loan(); s != "" {
		c.paragraph(s)
	}
	n := 0
	for _, f := range c.in.asserted() {
		n++
		c.add(Heading{2, "（" + numeral(n) + "）" + f.Title.ZH})
		switch {
		case len(f.Counts) > 0:
			c.counts(f)
		default:
			c.incidents(f)
		}
	}
	if c.deviceClock() {
		c.add(Paragraph{Spans: plain("（注：未另行说明的时间均为北京时间；由录音、截图的文件名读出的时间是手机时钟的读数。）"), Small: true})
	}
}

// loan says what the case carries of the debt; as the person's own word, for
// no file shows it here.
func (c *composer) loan() string {
	if c.in.Case.Complainant.Kind == evidence.Contact {
		return ""
	}
	l := c.in.Case.Loan
	var parts []string
	if l.Date != "" {
		parts = append(parts, isoDay(l.Date))
	}
	if p := c.in.Case.Platform.Label(); p != "" {
		parts = append(parts, "通过"+p)
	}
	if p := c.in.Case.Lender.Label(); p != "" {
		parts = append(parts, "向"+p)
	}
	what := "借款"
	if l.Principal != "" {
		what += l.Principal + "元"
	}
	s := "本人陈述：本人" + strings.Join(parts, "") + what + with("，合同编号", l.Contract)
	if l.Due != "" {
		s += "，" + isoDay(l.Due) + "起逾期"
	}
	if l.Overdue != "" {
		s += "，对方主张逾期金额" + l.Overdue + "元"
	}
	return s + "。以下所述为催收方式问题，不否认债务本身。"
}

func (c *composer) deviceClock() bool {
	for _, f := range c.in.asserted() {
		for _, i := range f.Incidents {
			if i.Time.Device {
				return true
			}
		}
	}
	return false
}

// most is how many facts of one kind a letter tells; more are summed up and
// left to the chronology of the book.
const most = 6

func (c *composer) incidents(f evidence.Finding) {
	for n, i := range f.Incidents {
		if n == most {
			c.paragraph(fmt.Sprintf("此外还有%d次同类情形，逐次列于证据册的时间线。", len(f.Incidents)-most))
			break
		}
		spans := plain(c.fact(f.Rule, i))
		spans = append(spans, c.refs(i.Exhibits)...)
		spans = append(spans, Span{Text: "。"})
		c.add(Item{Label: fmt.Sprintf("%d.", n+1), Spans: spans})
	}
}

// fact is one act in one sentence without its full stop.
func (c *composer) fact(rule string, i evidence.Incident) string {
	s := moment(i.Time) + "，" + c.caller(i)
	switch {
	case i.Reached.Third():
		s += "联系本人的" + reachedWord(i.Reached) + with("", name(i))
	case i.Kind == evidence.Call && i.Answered == evidence.No:
		s += "来电（未接）"
	case i.Kind == evidence.Call && i.Seconds > 0:
		s += "来电，通话" + duration(i.Seconds)
	default:
		s += "向本人" + map[bool]string{true: "来电", false: "发送" + kindWord(i)}[i.Kind == evidence.Call]
	}
	// A time or a count shows itself; words have to be told.
	if i.Shown != "" && rule != "V04" && !(rule == "V05" && i.Kind == evidence.Call) {
		s += "，材料显示：" + quoted(cutWords(i.Shown, 160))
	}
	return s
}

// name is the third person as the case names them.
func name(i evidence.Incident) string {
	if i.Name == "" {
		return ""
	}
	return i.Name
}

// caller is how the other side shows on the phone. A number can be spoofed,
// so it is called the number shown.
func (c *composer) caller(i evidence.Incident) string {
	n := i.Number
	if n == "" {
		return "催收方"
	}
	if side := c.in.Case.SideOf(n); side != evidence.CollectorSide && side != "" {
		n = evidence.MaskNumber(n)
	}
	return "催收方（显示号码" + n + "）"
}

// cutWords shortens a long quotation between characters and says so.
func cutWords(s string, n int) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n]) + "……（其余见证据册）"
}

// refs is （证据3，第12页；证据4，第13页） with the pages of the book.
func (c *composer) refs(exhibits []string) []Span {
	if len(exhibits) == 0 {
		return nil
	}
	out := []Span{{Text: "（"}}
	for n, x := range exhibits {
		if n > 0 {
			out = append(out, Span{Text: "；"})
		}
		out = append(out, Span{Text: label(x)})
		if c.in.Pages[x] > 0 {
			out = append(out, Span{Text: "，第"}, Span{Exhibit: x}, Span{Text: "页"})
		}
	}
	return append(out, Span{Text: "）"})
}

func (c *composer) counts(f evidence.Finding) {
	t := Table{Columns: []Column{
		{Title: "日期", Width: 22}, {Title: "情形", Width: 26}, {Title: "次数", Width: 10, Align: Center}, {Title: "上限", Width: 10, Align: Center}, {Title: "证据（页）", Width: 44},
	}, Small: true}
	for _, k := range f.Counts {
		var used []string
		for _, i := range f.Incidents {
			if slices.Contains(k.Incidents, i.ID) {
				used = append(used, i.Exhibits...)
			}
		}
		slices.Sort(used)
		cell := Cell{}
		for n, x := range slices.Compact(used) {
			if n > 0 {
				cell = append(cell, Span{Text: "、"})
			}
			cell = append(cell, Span{Text: label(x)})
			if c.in.Pages[x] > 0 {
				cell = append(cell, Span{Text: "（"}, Span{Exhibit: x}, Span{Text: "）"})
			}
		}
		t.Rows = append(t.Rows, []Cell{plain(isoDay(k.Day)), plain(k.What.ZH), plain(fmt.Sprint(k.N)), plain(fmt.Sprint(k.Limit)), cell})
	}
	c.add(t)
	c.add(Paragraph{Spans: plain("计算方法：" + sentence(f.Method.ZH)), Small: true})
}

// statements quotes what only the person says, and says so.
func (c *composer) statements() {
	if len(c.in.stated()) == 0 {
		return
	}
	c.heading("本人陈述（没有材料佐证，供核查参考）")
	n := 0
	for _, f := range c.in.stated() {
		for _, i := range f.Incidents {
			n++
			words := i.Words
			if words == "" {
				words = f.Title.ZH
			}
			spans := plain("本人陈述：" + moment(i.Time) + "，" + strings.TrimRight(words, "。"))
			spans = append(spans, c.refs(i.Exhibits)...)
			c.add(Item{Label: fmt.Sprintf("%d.", n), Spans: append(spans, Span{Text: "。"})})
		}
	}
}

// policeLaw is for the police to apply; other recipients are not asked to.
func policeLaw(c evidence.Citation) bool { return strings.HasPrefix(c.ID, "PSA") }

// grounds cites, for each kind of breach, what was in force on the day of the
// act, highest rank first.
func (c *composer) grounds() {
	c.heading("依据")
	n := 0
	for _, f := range c.in.asserted() {
		n++
		var cited []evidence.Citation
		for _, x := range f.Citations {
			if !policeLaw(x) {
				cited = append(cited, x)
			}
		}
		if len(cited) == 0 {
			cited = f.Citations
		}
		var parts []string
		for _, x := range cited {
			parts = append(parts, citation(x))
		}
		c.add(Item{Label: "（" + numeral(n) + "）", Spans: []Span{
			{Text: f.Title.ZH + "：" + wordingOf(cited, f) + "。", Bold: false}, {Text: strings.Join(parts, "；") + "。"}}})
	}
	c.add(Paragraph{Spans: plain("（以上为规定要点的转述，不是原文；均为行为当日有效的规定。推荐性国家标准和行业自律规范不等同于法律。）"), Small: true})
}

// wordingOf speaks no stronger than the rules that are printed allow.
func wordingOf(cited []evidence.Citation, f evidence.Finding) string {
	if len(cited) == len(f.Citations) {
		return f.Wording.ZH
	}
	var out []string
	for _, x := range cited {
		w := ""
		switch x.Rank {
		case evidence.Law, evidence.AdminRegulation, evidence.JudicialInterpret:
			w = "涉嫌违反法律规定"
		case evidence.DepartmentalRule, evidence.NormativeDocument:
			w = "涉嫌违反监管规定"
		case evidence.RecommendedStandard:
			w = "不符合推荐性国家标准"
		case evidence.SelfDiscipline:
			w = "违反行业自律规范"
		}
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return strings.Join(out, "，")
}

func citation(x evidence.Citation) string {
	s := "《" + x.Name + "》"
	if x.Document != "" {
		s += "（" + x.Document + "）"
	}
	return s + x.Article + "，" + strings.TrimRight(x.Substance.ZH, "。")
}

// before lists earlier complaints in the matter.
func (c *composer) before() {
	if len(c.in.Case.Filings) == 0 {
		return
	}
	c.heading("此前的投诉")
	for n, f := range c.in.Case.Filings {
		s := isoDay(f.Date) + "向" + filedTo(f.To) + "提出投诉" + with("，编号", f.Receipt)
		switch {
		case f.Answered != "":
			s += "，" + isoDay(f.Answered) + "得到答复" + with("：", f.Answer)
		case f.Answer != "":
			s += "，" + f.Answer
		default:
			s += "，至今没有得到答复"
		}
		spans := plain(strings.TrimRight(s, "。"))
		if f.Exhibit != "" {
			spans = append(spans, c.refs([]string{f.Exhibit})...)
		}
		c.add(Item{Label: fmt.Sprintf("%d.", n+1), Spans: append(spans, Span{Text: "。"})})
	}
}

func filedTo(to string) string {
	switch to {
	case "platform":
		return "平台客服"
	case "nifa":
		return "中国互联网金融协会"
	case "regulator":
		return "监管部门"
	}
	return to
}

// closing is the truth statement, attachments, addressee, signature and root.
func (c *composer) closing() {
	in := c.in
	c.heading("声明")
	s := "以上内容属实，材料由本人提供，未作改动；如有不实，愿承担相应责任。"
	switch in.Case.Consent.Forward {
	case evidence.Yes:
		s += "本人同意将身份信息和材料转交被反映的机构用于处理本事项。"
	case evidence.No:
		s += "本人不同意将身份信息转交被反映的机构。"
	}
	c.paragraph(s)
	attach := []string{"证据目录"}
	if in.BookPages > 0 {
		attach = append(attach, fmt.Sprintf("证据册，共%d页", in.BookPages))
	}
	if in.Case.Agent.Name != "" {
		attach = append(attach, "授权委托书")
	}
	for n := range attach {
		attach[n] = fmt.Sprintf("%d.%s", n+1, attach[n])
	}
	closing := []Block{
		Paragraph{Spans: plain("附件：" + strings.Join(attach, "；") + "。"), Indent: true},
		Addressee{in.Recipient.Name},
		Signature{Label: in.self() + "（签名、捺印）", Agent: agentLabel(in.Case.Agent), Date: ""},
	}
	c.add(Keep{closing})
	c.add(Keep{[]Block{c.root()}})
}

func agentLabel(a evidence.Agent) string {
	if a.Name == "" {
		return ""
	}
	return "代理人（签名）"
}

// root ties the paper to the bundle.
func (c *composer) root() Block {
	in := c.in
	return Code{
		Payload: strings.ToUpper("JZ1:" + in.Case.ID + ":" + in.Root),
		Lines: []string{
			"证据包总校验码（SHA-256）：" + groups(in.Root),
			"SM3：" + groups(in.SM3),
			fmt.Sprintf("案件编号：%s　共%d个文件，%d字节", in.Case.ID, in.Files, in.Bytes),
			"核对：certutil -hashfile tagmanifest-sha256.txt SHA256，与上面的总校验码比较；其余步骤见证据包内 VERIFY.txt。",
			"总校验码只能说明证据包与出具本信时封存的一致，不是公证，也不是可信时间戳。",
		},
	}
}
