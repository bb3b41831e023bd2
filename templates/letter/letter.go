// Package letter turns a case and its findings into words: the letter for one
// recipient and the exhibit book, as values of package document. Package
// typeset draws them.
//
// [Compose] writes the letter of an [Input], which [Ready] has to let pass and
// [Redact] makes fit for its recipient; [ComposeBook] and [List] go with it.
// What only typesetting tells, such as the page of an exhibit, is given apart,
// as [Counted]: package packet makes the papers in the order that needs.
//
// Every sentence is switched on by data of the case. What a file shows
// (材料显示) is kept apart from what the person says (本人陈述).
//
// A sentence is made where its part of the letter is:
//
//	head and parties     addressee.go, titles.go, standing.go (who the writer is to the debt), organisation.go
//	in three lines       summary.go, gravest.go
//	what happened        kinds.go (what a kind says of itself), facts.go, acts.go, sentence.go, tables.go (counts)
//	its words            quote.go, samewords.go, words.go, short.go (said once of all facts of a long letter)
//	debt and sums        loan.go, money.go, receipt.go, debtwords.go
//	grounds, requests    grounds.go, requests.go, closing.go
//
// Other papers: letters without a violation application.go, debt.go, intake.go and other.go; the next letter
// follow.go and beyond.go (to who stands above); beside the road of a complaint further.go, police.go (报案材料) and
// suit.go (courts, mediation); supplement.go; what a web form takes form.go.
//
// The exhibit book: book.go, volumes.go, timeline.go (events by time), exhibit.go, asread.go (an
// act as its file has it), excerpt.go, sound.go (a
// recording's page), sheets.go (pages of a PDF), logrows.go (rows of logs), carrier.go (which a carrier's list
// has), grouped.go (long lists), charts.go.
//
// What the person alone reads: start.go and road.go (the guide), outline.go (what is in no letter, and why),
// callsheet.go (what to say on the phone), deadlines.go, slip.go (what goes with a copy), returns.go (why a letter
// might be sent back). What goes in is input.go, and privacy.go makes it fit for its recipient.
//
// What is printed to check a bundle by has three names, and each is one thing.
// The evidence code (证据码) of format 2 is that
// of the list of commitments, the same for every copy (package commit); the root (总校验码) is that of format 1's
// tag manifest; the digest of one copy (本包校验值) stands on the slip that goes with it and on no letter.
package letter

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// Compose writes the letter to one recipient. [Ready] says whether it may be
// filed. Findings only the person states are quoted as such; those that need
// a person's eye are left out.
func Compose(in Input, at Counted) document.Document {
	in.masks = in.masker() // once, for all it prints
	in = in.withRows()
	switch {
	case in.Role == evidence.ToPolice:
		return in.headed(policeReport(paper{in, at}))
	case in.Role.Draft() || in.Role == evidence.ToMediation:
		return in.headed(suit(paper{in, at}))
	}
	d := in.document(in.title())
	d.Subject = in.title() + "（致" + in.Recipient.Name + "）"
	c := newComposer(paper{in, at})
	c.add(document.Title{Text: in.title()})
	if s := Reference(in.Case.ID); s != "" {
		c.add(document.Paragraph{Spans: plain(OwnNumber + "：" + s), Align: document.Center, Small: true})
	}
	c.parties()
	c.summary()
	c.requestList()
	c.facts()
	c.before()
	c.closing()
	d.Blocks = c.blocks
	return in.headed(d)
}

// ScanOf is what a scan of the signed letter says of itself as a file; its pages
// are pictures.
func ScanOf(in Input) document.Document { return in.ownPaper(in.title() + "（签名扫描件）") }

// A composer gathers the blocks of one letter and numbers its sections.
type composer struct {
	in       paper
	blocks   []document.Block
	sections int
	parts    int               // （一） within a section
	toldAt   map[string]string // where a fact was told in full, by its incident
	listed   map[string]string // where it stands in a table, without its words
	common   common            // what was said before the facts, of all
}

func newComposer(in paper) *composer {
	in.ruled = in.lines()
	return &composer{in: in, toldAt: map[string]string{}, listed: map[string]string{}, common: in.inCommon()}
}

func (c *composer) add(b ...document.Block) { c.blocks = append(c.blocks, b...) }

func (c *composer) heading(text string) {
	c.sections++
	c.parts = 0
	c.add(document.Heading{Level: 1, Text: evidence.Numeral(c.sections) + "、" + text})
}

func (c *composer) part(text string) {
	c.parts++
	c.add(document.Heading{Level: 2, Text: "（" + evidence.Numeral(c.parts) + "）" + text})
}

// lead is a paragraph that says first in bold what it is about: a part of one
// sentence needs no heading of its own.
func (c *composer) lead(title string, spans []document.Span) {
	c.add(document.Paragraph{Indent: true, Spans: append([]document.Span{{Text: title + "：", Bold: true}}, spans...)})
}

func plain(s string) []document.Span { return []document.Span{{Text: s}} }

func (c *composer) paragraph(s string) { c.add(document.Paragraph{Spans: plain(s), Indent: true}) }

func (c *composer) note(s string) { c.add(document.Paragraph{Spans: plain(s), Small: true}) }

// OwnNumber is what papers call the number of the case: it is the writer's, and
// no office's.
const OwnNumber = "材料编号（本人自编）"

// Reference is a case id in short: the last twelve digits, which are random.
func Reference(id string) string {
	s := strings.ToUpper(strings.ReplaceAll(id, "-", ""))
	if len(s) < 12 {
		return s
	}
	s = s[len(s)-12:]
	return s[:4] + "-" + s[4:8] + "-" + s[8:]
}

// parties names who complains of whom, as far as the case says.
func (c *composer) parties() {
	in := c.in
	p := in.Case.Complainant
	// Name and telephone share a line: a clerk looks for both at once.
	writer := p.Name + with("　　联系电话：", p.Phone)
	rows := []document.Field{field(in.self(), writer), field("与本案关系", in.relation()),
		field("身份证号", in.identity(p.IDNumber))}
	if in.guardian() { // the borrower complains, by who speaks for them
		rows = in.ward(in.self(), writer)
	}
	rows = append(rows, field("通信地址", p.Address), field("电子邮箱", p.Email))
	if a := in.Case.Agent; a.Name != "" {
		rows = append(rows, field("代理人", a.Name+with("，", a.Relation)+with("，电话", a.Phone)+with("，", a.Address)))
	}
	c.add(document.Fields{Rows: filled(append(rows, in.respondentRows()...))})
	who := "被反映机构"
	if in.Role.Draft() {
		who = in.other()
	}
	note := who + "的名称、证照和联系方式由" + in.self() + "提供，请以登记信息为准。"
	if in.Role.Draft() && len(in.respondents()) > 0 {
		note += "横线处请手写：在“国家企业信用信息公示系统”按全称查登记的住所和法定代表人，照登记的写。"
	}
	if in.guardian() {
		note += "信中的“本人”指法定代理人。"
	}
	c.note("（" + note + "）")
}

// ward is who complains where a guardian writes: the borrower, by their guardian.
// The borrower's own number no case holds, and it is written by hand where wanted.
func (in Input) ward(self, writer string) []document.Field {
	p := in.Case.Complainant
	who := strings.TrimSpace(p.Of)
	if who == "" {
		who = blank(8) + "（请手写姓名）"
	}
	return []document.Field{
		field(self, who+"（"+in.debtWords().debtor+with("，", born(in.Case.Loan.Born))+"）"),
		field(self+"身份证号", in.identity("")),
		field("法定代理人", p.Name+with("，", p.Relation)+strings.TrimPrefix(writer, p.Name)),
		field("法定代理人身份证号", in.identity(p.IDNumber)),
	}
}

// born is 2009年6月2日出生.
func born(date string) string {
	if date == "" {
		return ""
	}
	return isoDay(date) + "出生"
}

// respondents are the parties of the creditor side that the case names, in the
// order of letter and form. Supervisors and the association look for the
// institution they are competent for; only a letter to the platform puts the
// platform first.
func (in Input) respondents() []respondent {
	switch lender := (respondent{in.lenderPart(), in.Case.Lender}); {
	case in.Role == evidence.To12315: // for what is charged beside the loan, and by nobody who lends
		return []respondent{{payeePart(in.Case.Payee), in.Case.Payee}}
	case in.Role == evidence.ToCentralBank && lender.party.Known(): // who lent reports to the bureaus
		return []respondent{lender}
	}
	lender := respondent{in.lenderPart(), in.Case.Lender}
	if in.guaranteed() {
		lender.part = evidence.Guarantee.Title().ZH
	}
	parties := []respondent{{"平台", in.Case.Through()}, lender, {"催收机构", in.Case.Agency}}
	if in.askedAs() != evidence.ToPlatform && in.Case.Lender.Known() {
		parties[0], parties[1] = parties[1], parties[0]
	}
	// Who took the money, or says the claim is theirs now, stands next to who lent.
	if len(costs(in.asserted()))+len(costs(in.stated())) > 0 {
		parties = slices.Insert(parties, 1, respondent{payeePart(in.Case.Payee), in.Case.Payee})
	}
	parties = slices.Insert(parties, 1, respondent{"称已受让债权的机构", in.Case.Assignee})
	return slices.DeleteFunc(parties, func(q respondent) bool { return !q.party.Known() })
}

// respondentRows are they as a letter names them, one below the other.
func (in Input) respondentRows() (rows []document.Field) {
	known := in.respondents()
	for n, q := range known {
		l := in.other()
		if len(known) > 1 {
			l += evidence.Numeral(n + 1)
		}
		rows = append(rows, field(l, q.describe()))
		if in.Role.Draft() {
			rows = append(rows, q.summoned(l)...)
		}
	}
	return rows
}

// summoned are blanks, to be filled by hand, for what a court wants to know of a defendant
// and the case lacks: it delivers its papers there, to the one who speaks for it.
func (q respondent) summoned(label string) (rows []document.Field) {
	if q.party.Name == "" {
		rows = append(rows, field(label+"全称", blank(16)+"（请手写）"))
	}
	if q.party.Address == "" {
		rows = append(rows, field(label+"住所", blank(16)+"（请手写）"))
	}
	return append(rows, field(label+"法定代表人或者负责人", blank(8)+"（请手写）"))
}

// guaranteed reports that the person knows no lender but a company that guarantees the
// loan: such a company does not lend.
func (in Input) guaranteed() bool { return in.Case.Lender.Licence == evidence.Guarantee }

// The parts of who lent: also of who let in name, and of the bank of a card, which
// says itself what its licence is.
const lent, let, issued = "放款机构", "出租方", "发卡银行"

func (in Input) lenderPart() string {
	switch {
	case in.rented():
		return let
	case in.card() && in.Case.Lender.Licence == evidence.Bank:
		return issued
	}
	return lent
}

// payeePart is what the payee of fees is, as its licence or its own name says.
func payeePart(p evidence.Party) string {
	switch {
	case p.Licence == evidence.Guarantee || strings.Contains(p.Name, "担保"):
		return "担保公司，收费方"
	case strings.Contains(p.Name, "保险"):
		return "保险机构，收费方"
	}
	return "收费机构"
}

// A respondent is a party of the creditor side in its part.
type respondent struct {
	part  string
	party evidence.Party
}

func (q respondent) describe() string {
	p := q.party
	what := q.part
	if what == "平台" && p.Brand != "" {
		what = "" // the label says so
	}
	if w := licenceWord(p.Licence); w != "" && (q.part == lent || q.part == let) {
		what += "，" + w
	}
	s := p.Label()
	if what != "" {
		s += "（" + what + "）"
	}
	if p.Name == "" {
		s += "，运营公司名称不详"
	}
	return s + with("，统一社会信用代码", p.CreditCode) + with("，住所", p.Address) + with("，电话", p.Phone)
}

func filled(rows []document.Field) []document.Field {
	return slices.DeleteFunc(rows, func(r document.Field) bool { return r.Value == "" })
}

// with puts a word before s, or nothing at all.
func with(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

// waitedFor reports a complaint filed before today, and nothing in the case that
// may be its answer: of any other nobody says that it has none.
func (in Input) waitedFor(f evidence.Filing) bool {
	return f.Date < in.Date.In(evidence.Beijing).Format(time.DateOnly) && len(in.Case.RepliesTo(f, in.Incidents)) == 0
}

// before lists earlier complaints in the matter.
func (c *composer) before() {
	if len(c.in.Case.Filings) == 0 {
		return
	}
	const title = "此前的反映"
	one := len(c.in.Case.Filings) == 1
	if !one {
		c.heading(title)
	}
	for n, f := range c.in.Case.Filings {
		s := isoDay(f.Date) + "向" + c.in.filedTo(f.To) + filedWord(f) + with("，编号", f.Receipt)
		spans := plain(c.in.mask(s))
		refs := c.refs([]string{f.Exhibit})
		if len(refs) == 0 { // no receipt shows it
			refs = plain("（本人陈述）")
		}
		spans = append(spans, refs...)
		spans = append(spans, plain(c.in.mask(c.cameBack(f)))...)
		spans = append(spans, c.refs(evidence.SplitList(f.Reply))...)
		spans = append(spans, document.Span{Text: "。"})
		if one {
			c.lead(title, spans)
			return
		}
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: spans})
	}
}

// filedWords are what was done by handing something in after a complaint.
var filedWords = map[string]string{evidence.Supplement: "补交材料", evidence.Reminder: "催办",
	evidence.Incomplete: "指出答复不完整", evidence.Disputed: "对答复提出异议", evidence.Withdrawal: "撤回",
	evidence.Thanks: "致谢", evidence.Recheck: "就答复申请核查",
	evidence.DeferralRequest: "申请协商还款", evidence.StatementRequest: "要求提供账单等材料",
	evidence.CreditObjection: "提出征信异议"}

// filedWord is what a filing did.
func filedWord(f evidence.Filing) string {
	if s := filedWords[f.Letter]; s != "" {
		return s
	}
	return "反映"
}

// cameBack says what came of an earlier complaint.
func (c *composer) cameBack(f evidence.Filing) string {
	answer := strings.TrimRight(strings.TrimSpace(f.Answer), "。；，")
	accepted, withdrawn := "", ""
	if f.Accepted != "" {
		accepted = "；" + isoDay(f.Accepted) + "受理"
	}
	if f.Withdrawn != "" {
		withdrawn = "；" + isoDay(f.Withdrawn) + "撤回"
	}
	switch {
	case f.Answered != "" && f.Outcome == evidence.WantsMore:
		return accepted + "；" + isoDay(f.Answered) + "被要求补充材料" + with("：", answer) + withdrawn
	case f.Answered != "":
		return accepted + "；" + isoDay(f.Answered) + "得到答复" + with("：", answer) + withdrawn
	case answer != "":
		return accepted + "；" + answer + withdrawn
	case f.Follows(), withdrawn != "", !c.in.waitedFor(f):
		return accepted + withdrawn
	}
	// Who asked for papers again has answered, and settled nothing.
	again := f.Accepted != "" || c.in.named("V23a")
	return accepted + fmt.Sprintf("；截至%s未得到%s", day(c.in.Date), map[bool]string{false: "答复", true: "处理结果"}[again])
}

func field(label, value string) document.Field { return document.Field{Label: label, Value: value} }

func keep(blocks ...document.Block) document.Keep { return document.Keep{Blocks: blocks} }
