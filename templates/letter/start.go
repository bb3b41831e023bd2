package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/evidence/road"
	"juzheng/templates"
	"juzheng/templates/document"
)

// A GuideEntry is one recipient in the guide 先看这里: in this order, from this folder.
type GuideEntry struct {
	Recipient templates.Recipient
	Role      evidence.Role
	Folder    string // 1-平台客服
	Upload    *Upload
	Scan      bool // the scan of the signed letter lies in it

	// Supplement says that the folder holds a supplement to what was handed in, and
	// nothing else.
	Supplement bool
}

// Start is 先看这里: what was made, what to sign, where to send it in which
// order, what to keep, and what was not checked. It is for the complainant
// and goes to nobody else.
func Start(in Input, steps []GuideEntry) document.Document {
	d := in.ownPaper("先看这里")
	add := func(b ...document.Block) { d.Blocks = append(d.Blocks, b...) }
	n := 0
	item := func(format string, args ...any) {
		n++
		add(document.Item{Label: fmt.Sprintf("%d.", n), Spans: plain(fmt.Sprintf(format, args...)), Hang: true})
	}
	section := func(s string) {
		n = 0
		add(document.Heading{Level: 1, Text: s})
	}
	add(document.Title{Text: "先看这里"})
	add(document.Paragraph{Spans: plain("这一份是给您自己看的，不用交给任何机构。材料已经做好，照下面的顺序做就可以。有人身危险时，先打 110。"), Indent: true})

	if s := in.Emergency.ZH; s != "" {
		add(document.Paragraph{Spans: []document.Span{{Text: sentence(in.dated(s)), Bold: true}}, Indent: true})
	}

	open, done, extra := in.handedIn(steps)
	section("现在要做的")
	item("逐字读一遍每封信。与事实不符的地方，在网页“您和借款”和“听和看”那两步改，再到“信”那一步读一遍、重新做材料；不要在纸上涂改。")
	if len(open)+len(done) > 0 {
		item("打印，在信和证据目录的签名处签名、捺印、写日期。有空白横线的地方用手写补上。")
	}
	if len(extra) > 0 {
		item("打印补充材料，在“" + SupplementTitle + "”的签名处签名、捺印、写日期。")
	}
	item("另备身份证复印件，写上“仅供本次投诉使用”。")
	if in.Case.Agent.Name != "" {
		item(mandateWords)
	}

	if len(extra) > 0 {
		section("这次只补交新的")
	}
	for _, s := range extra {
		item("%s", in.supplementing(s))
	}
	if says := in.purposes(steps); len(says) > 0 {
		section("哪封信办什么事")
		for _, s := range says {
			item("%s", s)
		}
	}
	if len(open) > 0 {
		section("按这个顺序提交")
	}
	for _, s := range open {
		item("%s：%s（文件夹“%s”）。%s", s.Recipient.Name, s.Role.Letter(), s.Folder, channels(s.Recipient)+s.scanned()+
			s.upload())
	}
	if len(done) > 0 {
		section("已经交过的，不用再交一遍")
	}
	for _, s := range done {
		item("%s", in.waiting(s))
	}
	if s := in.order(steps); s != "" {
		add(document.Paragraph{Spans: plain(s), Indent: true})
	}
	if s := in.reportToPolice(); s != "" {
		add(document.Paragraph{Spans: plain(s), Indent: true})
	}

	for _, s := range steps {
		if s.Upload != nil && len(s.Upload.Left) > 0 {
			section("没有放进“" + s.Folder + "”上传件的证据")
			for _, x := range s.Upload.Left[:min(len(s.Upload.Left), mostLeft)] {
				item("%s", sentence(x.Name(in)+"："+x.Why))
			}
			if n := len(s.Upload.Left) - mostLeft; n > 0 {
				item("还有%d份，原因相同；全部名单在上传件“证据节选”的第一部分。", n)
			}
			add(document.Paragraph{Spans: plain("这些证据仍在证据册和证据包里，没有丢；受理机构要看时另行提交。"), Indent: true})
		}
	}

	ways := road.Open(in.Case, in.Findings)
	if len(in.Elsewhere)+len(ways) > 0 {
		section("还可以向谁反映")
		if len(ways) > 0 {
			add(document.Paragraph{Spans: plain("要给下面哪一处做材料，在网页“交出去”那一步的“还可以交给”里点开。"),
				Indent: true})
		}
		for _, t := range in.Elsewhere {
			item("%s", sentence(in.dated(t.ZH)))
		}
		for _, w := range ways {
			item("%s", wayLine(w))
		}
	}

	section("一直要保留的")
	item("手机本身和里面的原始录音、截图、短信。不要删除、剪辑、改名、转发后再保存。")
	item("整个案件夹和 bundle.zip，另存一份到 U 盘。")
	if in.Seal.Stamp != nil {
		item("%s", in.Seal.Stamp.line())
	}
	item("提交的凭据：工单号、短信回执、挂号信或 EMS 单据。")

	section("不要做的")
	item("不要夸大。不要写“不解决就举报”之类的话。不要在网上公开对方的录音、姓名、号码。")
	switch {
	case in.contact():
	case in.tells(denies) || in.settled():
		item("不是您的债、已经还清的债，不要为了息事宁人先付款；也不要按对方口头给的账户转账。")
	case in.heir():
		item("要不要继承、遗产够不够还，先拨打 12348 问清楚，再答应对方任何事；放弃继承的，可以不还。")
	default:
		item("投诉不会免除债务；该还的仍要还，或者与平台协商延期、分期。")
	}

	section("可以打的电话")
	const always = "110：人身危险、威胁、有人冒充警察。12348：免费法律咨询。"
	if in.Case.Lender.Licence.Supervisor() == evidence.LocalBureau { // whom 12378 does not take
		item(always + "12345：当地政务服务，投诉小额贷款公司等地方金融组织也打它（12378 只管银行、保险、消费金融等公司）。")
	} else {
		item(always + "12378：银行保险消费者投诉。12345：当地政务服务。")
	}

	if doubts := in.reviews(); len(doubts) > 0 {
		section("没有写进信里、需要您看一看的")
		if slices.ContainsFunc(doubts, func(r review) bool { return strings.Contains(r.line(), "里这一条") }) {
			add(document.Paragraph{Spans: plain("网页“听和看”那一步问到的，在那里答；没有问到的，在案件文件夹里的时间线表格里填，用 Excel、WPS 打开。"),
				Indent: true})
		}
		for _, r := range doubts {
			if len(r.doubts) < 2 {
				item("%s", r.line())
				continue
			}
			item("%s，有 %d 处说不准：", r.what, len(r.doubts))
			for k, doubt := range r.doubts {
				add(document.Item{Label: fmt.Sprintf("（%d）", k+1), Spans: plain(sentence(doubt)), Hang: true})
			}
		}
	}
	section("没有核对过的")
	item("本程序不是法律意见。下表标明信里每条规定是怎样核对的、什么时候核对的，提交前最好请 12348 或律师看一遍。")
	for _, s := range unchecked(steps) {
		item("%s", s)
	}
	add(in.citations())
	section("用命令做的人看这里")
	for _, s := range in.commands(ways) {
		item("%s", s)
	}
	return d
}

// commands are for who works with commands and no page: all of them, in one place.
func (in Input) commands(ways []road.Way) []string {
	out := []string{"改内容：改 case.toml、timeline.csv，再运行 juzheng build 案件夹；遮盖写进 redactions.csv（juzheng help redact）。",
		"交了、有了答复，都记下来：juzheng track 案件夹 filed、answered（juzheng help track）。",
		"签好的扫描件：juzheng build 案件夹 --to 对象 --signed 扫描件；补交新的用 --supplement 第一份新证据的编号；" +
			"催办、异议等后续的信用 --letter（juzheng help build）。"}
	var to []string
	for _, w := range ways {
		to = append(to, string(w.Role)+"（"+w.Role.Title().ZH+"）")
	}
	if len(to) > 0 {
		out = append(out, "给“还可以向谁反映”里的做材料：juzheng build 案件夹 --to 对象，对象写 "+strings.Join(to, "、")+"。")
	}
	if slices.ContainsFunc(ways, func(w road.Way) bool { return w.Role == evidence.ToCentralBank }) {
		out = append(out, "征信异议：juzheng build 案件夹 --letter credit-objection。")
	}
	return out
}

// dated says the codes of rows by the days and kinds of what they tell: who only used the
// page never saw a code.
func (in Input) dated(s string) string {
	return rowCodes.ReplaceAllStringFunc(s, func(ids string) string {
		all := strings.FieldsFunc(ids, func(r rune) bool { return r == ' ' || r == '、' })
		for n, id := range all {
			all[n] = in.rowByDay(id)
		}
		return strings.Join(all, "、")
	})
}

var rowCodes = lazyregexp.New(`T\d{3,}(?:[ 、]T\d{3,})*`)

// rowByDay is a row by its day and kind: of the findings, or of all; the code where the
// case has none of it.
func (in Input) rowByDay(id string) string {
	for _, f := range in.Findings {
		for _, i := range f.Incidents {
			if i.ID == id {
				return in.asEvent(i)
			}
		}
	}
	for _, i := range in.Incidents {
		if i.ID == id {
			return in.asEvent(i)
		}
	}
	return id
}

// asEvent is an act by its day, its minute where that is known, and its kind.
func (in Input) asEvent(i evidence.Incident) string {
	t := i.Time
	if t.Precision != evidence.ToDay {
		t.Precision = evidence.ToMinute
	}
	return in.pictureTime(i) + moment(t) + "的" + i.Kind.Title().ZH
}

// wayLine is a road beside that of a complaint in one item of the guide.
func wayLine(w road.Way) string {
	return w.Role.Title().ZH + "：" + w.Role.Letter() + "，" + w.Does.ZH + "；" + w.DoesNot.ZH + "。" +
		w.Order.ZH + "；" + w.Cost.ZH + "。"
}

// mostLeft is how many exhibits left out of an upload the guide names.
const mostLeft = 30

// scanned tells what the scan of the signed letter is for.
func (s GuideEntry) scanned() string {
	if !s.Scan {
		return ""
	}
	return "签名扫描件已经放进文件夹：网上、邮件用它，当面交、邮寄的交签好的原件。"
}

// upload tells what to attach on the recipient's page.
func (s GuideEntry) upload() string {
	if s.Upload == nil {
		return ""
	}
	return s.Upload.line()
}

// reportToPolice says until when acts the police have a law for can be
// reported: they no longer punish what they did not learn of in six months
// (治安管理处罚法, 2025 Article 25, before 2026 Article 22).
func (in Input) reportToPolice() string {
	// The first act there is, and the first that is not yet too old.
	var first, still time.Time
	for _, f := range append(in.of(evidence.Shown), in.of(evidence.Stated)...) {
		if !slices.Contains(f.Bodies, "PS") || len(f.Police) == 0 {
			continue
		}
		for _, i := range f.Incidents {
			if i.Time.IsZero() {
				continue
			}
			if first.IsZero() || i.Time.At.Before(first) {
				first = i.Time.At
			}
			if !in.Date.After(evidence.MonthsAfter(i.Time.At, 6)) && (still.IsZero() || i.Time.At.Before(still)) {
				still = i.Time.At
			}
		}
	}
	if first.IsZero() {
		return ""
	}
	s := "其中有的行为可以同时向派出所报案，索取受案回执"
	if len(in.Elsewhere) > 0 {
		s = "其中有的行为可以同时向派出所报案（见下面“还可以向谁反映”），索取受案回执"
	}
	s += "。治安违法行为六个月内没有被公安机关发现的，一般不再处罚；"
	if still.Equal(first) {
		return s + "本案最早的一次在" + day(first) + "，请在" + day(evidence.MonthsAfter(first, 6)) + "以前报案。"
	}
	s += "本案最早的一次在" + day(first) + "，已超过六个月；"
	if !still.IsZero() {
		s += "没有超过的，最早的一次在" + day(still) + "，请在" + day(evidence.MonthsAfter(still, 6)) + "以前报案。"
	}
	return s + "伤害、拘禁等是否构成犯罪另由公安机关判断，超过六个月的仍可以报案。"
}

func channels(r templates.Recipient) string {
	switch r.Kind {
	case "police":
		return "当面交给派出所；有危险打 110。"
	case string(evidence.ToCourt), string(evidence.ToInjunction), string(evidence.ToMediation):
		return "交给哪一家、怎样交，先问清楚再填。"
	}
	var out []string
	calls := true // there is no other way on record than to call
	for _, c := range r.Channels {
		calls = calls && c.Type == templates.Phone
		s := c.String()
		if c.Type == templates.Web && c.MaxAttachmentBytes > 0 {
			s += fmt.Sprintf("（附件不超过 %d MB，先核对网站上的要求）", c.MaxAttachmentBytes/1_000_000)
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return "地址和电话请照 App、合同或其官方网站填写。"
	}
	ways := strings.Join(out, "；")
	if r.Quality == evidence.ByUser { // an address that a stranger's file can have brought
		ways += "（" + evidence.UserWords.ZH + "：先和它自己网站上的核对）"
	}
	if calls {
		return ways + "，先打电话问清提交方式和地址。"
	}
	return ways + "。"
}

// A review is what stands in no letter and why: the person looks at it.
type review struct {
	what   string
	doubts []string
}

// line is a review in one sentence.
func (r review) line() string {
	s := r.what
	for n, d := range r.doubts {
		switch {
		case len(r.doubts) == 1:
			s += "：" + d
		case n == 0:
			s += "：（1）" + d
		default:
			s += fmt.Sprintf("；（%d）%s", n+1, d)
		}
	}
	return sentence(s)
}

// reviews are the findings no letter tells, and why: those that need a
// person's eye, and a contact's that only the borrower can claim.
func (in Input) reviews() []review {
	var out []review
	for _, f := range in.Findings {
		if f.Strength != evidence.Review && in.ofDebtor(f) {
			out = append(out, review{in.titleOf(f), []string{in.inWords(whyDebtor.ZH)}})
		}
		if f.Strength != evidence.Review {
			continue
		}
		ids := make([]string, 0, len(f.Incidents))
		for _, i := range f.Incidents {
			ids = append(ids, i.ID)
		}
		s := f.Title.ZH
		if len(ids) > 0 {
			more := ""
			if n := len(ids); n > most {
				ids, more = ids[:most], fmt.Sprintf("等%d条", n)
			}
			s += "（" + in.dated(strings.Join(ids, "、")) + more + "）"
		}
		if f.Cost != nil {
			s += "，" + f.Cost.Fact.ZH
		}
		r := review{what: s}
		for _, d := range f.Doubts {
			r.doubts = append(r.doubts, in.dated(d.OnPage().ZH))
		}
		out = append(out, r)
	}
	return out
}

func unchecked(steps []GuideEntry) []string {
	var out []string
	seen := map[string]bool{} // one office by two roads
	for _, s := range steps {
		if seen[s.Recipient.Name] {
			continue
		}
		seen[s.Recipient.Name] = true
		if _, err := time.Parse(time.DateOnly, s.Recipient.CheckedOn); err != nil { // whom the case names
			out = append(out, s.Recipient.Name+"：名称、电话由您提供，没有核对。")
			continue
		}
		if s.Recipient.Origin != "" {
			out = append(out, sentence(s.Recipient.Name+"的名称、电话或网址："+evidence.UserWords.ZH+
				with("。", s.Recipient.Notes)))
			continue
		}
		if s.Recipient.Quality == "unchecked" || s.Recipient.Quality == "imported" {
			asOf := ""
			if d := s.Recipient.CheckedOn; strings.Contains(d, "-") { // what the person gave has no date
				asOf = "（资料日期 " + d + "）"
			}
			out = append(out, sentence(s.Recipient.Name+"的名称、电话或网址没有在官方网站核对"+asOf+"。"+s.Recipient.Notes))
		}
	}
	return out
}

// citations lists each provision printed, with its check mark.
func (in Input) citations() document.Table {
	t := document.Table{Columns: []document.Column{{Title: "规定", Width: 100}, {Title: "核对方式", Width: 58},
		{Title: "日期", Width: 22}}, Small: true}
	var seen []string
	for _, f := range in.asserted() {
		for _, c := range in.cites(f) {
			name := "《" + c.Name + "》"
			if c.Tier == evidence.TierA {
				name += c.Article
			}
			if slices.Contains(seen, name) {
				continue
			}
			seen = append(seen, name)
			t.Rows = append(t.Rows, []document.Cell{plain(name), plain(checkedWord(c.Checked)), plain(c.CheckedOn)})
		}
	}
	return t
}

func checkedWord(mark string) string {
	switch {
	case mark == evidence.ByUser:
		return evidence.UserWords.ZH
	case mark == "VT":
		return "读过条文（转载文本）"
	case mark == evidence.Weak:
		return "只见于个别报道，没有读到原文"
	case mark == "VR":
		return "见于公开报道，没有读到原文"
	}
	return "凭记忆，没有核对"
}
