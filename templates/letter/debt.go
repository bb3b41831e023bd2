package letter

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
	"juzheng/templates"
	"juzheng/templates/document"
)

// The letters of this file are about the debt and what is recorded of it.
// They need no violation and assert none: they are what a borrower can do
// where nothing can be complained of.

// ErrNotBorrower reports that a letter about the debt was asked for by
// somebody who does not owe it.
var ErrNotBorrower = errors.New("only the borrower can write about the debt")

// ErrNothingRecorded reports that the case does not say which entry of a
// credit report is wrong, and how.
var ErrNothingRecorded = errors.New("the case names no wrong entry of a credit report")

// Deferral is the 协商还款申请书: what a borrower can lawfully do about the
// debt itself. Reason and plan are the borrower's; where the case has none,
// room is left to write. It claims no right that no rule gives.
func Deferral(in Input) (document.Document, error) {
	c, err := in.application(deferralTitle)
	if err != nil {
		return document.Document{}, err
	}
	if reason := strings.TrimSpace(in.Case.Deferral.Reason); reason != "" {
		c.heading("目前的困难（本人陈述）")
		c.paragraph(sentence(in.mask(reason)))
	} else {
		c.heading("目前的困难（本人填写，有证明的附后）")
		for range 3 {
			c.paragraph(blank(36))
		}
	}
	plan := evidence.Payments(in.Case.Deferral.Plan)
	offer := "就未还款项协商延期或者分期还款，本人提出的方案见下表。"
	if len(plan) == 0 {
		offer = "就未还款项协商延期或者分期还款（本人的方案手写在下表；没有填写的，请贵方提出可以办理的方案）。"
	}
	c.asks("申请事项",
		"提供"+in.debtWords().own+"的账单明细，列明本金、利息、罚息和各项费用。",
		offer,
		"达成一致后订立书面协议，写明各期日期、金额，以及是否继续计收罚息、如何报送征信。",
		"书面答复本申请；不同意的，说明理由和可以办理的其他方案。")
	t := document.Table{Columns: []document.Column{{Title: "期次", Width: 20, Align: document.Center},
		{Title: "还款日期", Width: 60}, {Title: "还款金额（元）", Width: 60}}}
	for n, p := range plan {
		t.Rows = append(t.Rows, []document.Cell{plain(fmt.Sprint(n + 1)), plain(day(p.Day)), plain(p.Sum.String())})
	}
	for n := len(plan); n < 3 && len(plan) == 0; n++ {
		t.Rows = append(t.Rows, []document.Cell{plain(fmt.Sprint(n + 1)), plain("　"), plain("　")})
	}
	c.add(t)
	return c.apply("以上情况属实。提交本申请不表示双方已经达成协议。"), nil
}

// StatementRequest asks in writing who lends, who collects on whose behalf,
// and how the sum claimed comes about: the first step where nobody says so.
// What the case has already is not asked for again.
func StatementRequest(in Input) (document.Document, error) {
	c, err := in.application("关于提供账单和催收委托材料的申请书")
	if err != nil {
		return document.Document{}, err
	}
	asks := []string{in.contractAsked()}
	agency := "受托催收机构的名称、联系方式，以及委托催收的证明材料"
	if l := in.Case.Agency.Label(); l != "" {
		agency = l + "受托催收的证明材料；另有其他催收机构的，一并列明"
	}
	asks = append(asks, agency+"。", "债权已经转让的，受让人的名称和转让通知。")
	switch {
	case in.stranger():
		asks = append(asks, "贵方主张的金额及其依据。")
	case in.settled():
		asks = append(asks, "全部还款的记录和结清的证明；仍然主张欠款的，列明依据和计算方法。")
	default:
		asks = append(asks, "截至答复之日的账单明细：本金、已还款项、未还本金、利息、罚息和各项费用，以及计算方法。",
			"还款账户的户名、账号，以及户名与放款机构的关系。")
	}
	asks = append(asks, in.signedBy()+"个人信息提供给了哪些机构、提供的内容和目的。")
	if s := in.claimed(); s != "" {
		asks = append(asks, s+"。")
	}
	c.asks("申请提供的材料", asks...)
	c.heading("依据")
	for n, s := range []string{
		"《中华人民共和国消费者权益保护法》第八条、第二十条、第二十一条：消费者有权知悉经营者的真实名称、收费和联系方式。",
		"《中华人民共和国民法典》第五百四十六条：债权转让没有通知债务人的，对债务人不发生效力。",
		"《中华人民共和国个人信息保护法》第四十五条：个人有权查阅、复制其个人信息。",
	} {
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s), Small: true})
	}
	c.note("（以上是规定要点的转述，不是原文。）")
	s := "提交本申请不表示认可对方主张的金额"
	switch {
	case in.stranger():
		s = "提交本申请不表示认可" + in.product()
	case in.owes():
		s += "，也不影响本人归还应还的款项"
	}
	return c.apply("请书面答复，寄送到上列通信地址或者发送到上列联系方式。" + s + "。"), nil
}

// owes reports that the writer says of the debt neither that it is not theirs nor that it
// is paid, and owes it themselves: what a guardian or an heir owes is not for a paper to say.
func (in Input) owes() bool {
	return !in.contact() && !in.stranger() && !in.settled() && !in.guardian() && !in.heir()
}

// signedBy is who signed the contract, and whose data was given away.
func (in Input) signedBy() string {
	if in.guardian() || in.heir() {
		return in.debtWords().debtor
	}
	return "本人"
}

// contractAsked is how the debt came about, as far as the case does not know it: of one
// that is denied, how it was applied for and whom the money was paid to.
func (in Input) contractAsked() string {
	papers := in.signedBy() + "签署的" + in.debtWords().contract
	switch {
	case in.stranger():
		papers = in.product() + "的申请记录、人脸核验照片、电子合同签署记录和收款账户信息"
	case in.Case.Lender.Name != "":
		papers += "，以及各方收取的费用项目和收取依据"
	}
	if in.Case.Lender.Name == "" {
		papers = "放款机构（债权人）的全称、统一社会信用代码和联系方式，以及" + papers
	}
	return papers + "。"
}

// CreditObjection objects to an entry of a credit report, with the bureau or
// with the lender who reported it (征信业管理条例 Article 25). What the report
// says and what is wrong with it come from the case alone.
func CreditObjection(in Input) (document.Document, error) {
	credit := in.Case.Credit
	if strings.TrimSpace(credit.Entry) == "" || strings.TrimSpace(credit.Wrong) == "" {
		return document.Document{}, ErrNothingRecorded
	}
	c, err := in.application(objectionTitle)
	if err != nil {
		return document.Document{}, err
	}
	c.heading("有异议的记载")
	report := "本人的信用报告"
	if credit.Report != "" {
		report = isoDay(credit.Report) + "的信用报告"
	}
	c.paragraph(report + "记载：“" + strings.Trim(trimStop(in.mask(credit.Entry)), "“”") + "”。")
	c.heading("异议的理由（本人陈述）")
	c.paragraph(sentence(in.mask(strings.TrimSpace(credit.Wrong))))
	within := evidence.Numeral(templates.ObjectionTerm.Days) + "日内"
	grounds := []string{
		"《征信业管理条例》第二十五条：对采集、保存、提供的信息有异议的，可以提出异议，征信机构或信息提供者应自收到之日起" + within + "核查处理并书面答复。",
		"《中华人民共和国民法典》第一千零二十九条：可以查询自己的信用评价，发现不当的，有权请求更正、删除。",
	}
	asks := []string{"对向征信机构报送的上述信息核查；确有错误、遗漏的，予以更正，并向征信机构报送更正后的信息。",
		"说明报送的依据和时间，报送不良信息前是否告知过本人。", "自收到异议之日起" + within + "书面答复核查结果。"}
	if in.Role == evidence.ToBureau {
		asks = []string{"对上述记载核查；确有错误、遗漏的，予以更正。", "自收到异议之日起" + within + "书面答复核查结果。"}
	}
	if r, ok := in.Case.OneTimeRepair(); ok {
		c.paragraph(fmt.Sprintf("这一笔首期未还的到期日是%s，逾期金额%s元，不超过一万元，已于%s还清，符合一次性信用修复的条件。",
			day(r.Due), r.Overdue, day(r.Settled)))
		asks = slices.Insert(asks, 1, "按照一次性信用修复政策，不再展示这一笔逾期信息。")
		grounds = append(grounds, repairGround)
	}
	c.asks("申请事项", asks...)
	c.heading("依据")
	for n, s := range grounds {
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s), Small: true})
	}
	c.note("（以上是规定要点的转述，不是原文。）")
	papers := "信用报告有关页的复印件、身份证复印件"
	if proof, there := in.proof(); there {
		papers += "、" + proof + "复印件"
	}
	return c.apply("以上内容属实。" + papers + "由本人随件附上。"), nil
}

var proofs = lazyregexp.New(`(还款|转账|付款|支付|缴款)(凭证|记录|回单|截图)|结清证明|银行流水|交易流水|回单|收据`)

// proof is the paper that the person's reasons point to, and whether the case holds
// any of the loan: only then does the letter name it as enclosed.
func (in Input) proof() (name string, there bool) {
	name = proofs.FindString(in.Case.Credit.Wrong)
	return name, name != "" && slices.ContainsFunc(in.Case.Loan.Exhibits, in.exists)
}

// repairGround is the record REPAIR25 of the statute table; a test holds them
// together.
const repairGround = "一次性信用修复政策（中国人民银行2025年12月22日发布，2026年1月1日起）：2020年1月1日至2025年12月31日间单笔不超过一万元的个人逾期，" +
	"2026年3月31日以前足额还清的，信用报告不再展示，无须本人申请。"

const objectionTitle, deferralTitle = "征信异议申请书", "协商还款申请书"

// application opens a letter of this file: who applies, and for which loan.
func (in Input) application(title string) (*composer, error) {
	if in.contact() {
		return nil, ErrNotBorrower
	}
	p, l, w := in.Case.Complainant, in.Case.Loan, in.debtWords()
	c := newComposer(paper{Input: in})
	who := []document.Field{field("申请人", p.Name), field("与"+w.debtor+"关系", in.relation()),
		field("身份证号", in.identity(p.IDNumber)), field("联系电话", p.Phone)}
	if in.guardian() {
		who = in.ward("申请人", p.Name+with("　　联系电话：", p.Phone))
	}
	who = append(who, field("通信地址", p.Address), field("电子邮箱", p.Email))
	c.add(document.Title{Text: title}, document.Fields{Rows: filled(who)})
	loan := filled([]document.Field{field("平台", in.Case.Through().Label()), field("放款机构", in.Case.Lender.Label()),
		field(w.number, in.contractNumber()),
		field(w.day, isoDay(l.Date)), field(w.sum, yuan("", l.Principal))})
	due, claimed := isoDay(l.Due), yuan("", l.Overdue)
	if in.stranger() || in.settled() {
		due = ""
	}
	if in.settled() && !in.stranger() {
		claimed = ""
	}
	if title != objectionTitle {
		loan = append(loan, filled([]document.Field{field("实际到账", yuan("", l.Received)),
			field("首期未还到期日", due), field("贵方主张金额", claimed)})...)
	}
	heading, standing := w.debt+"情况", in.standing()
	if in.stranger() {
		heading = "对方所称的" + w.debt
	}
	if len(loan) > 0 || standing != "" {
		c.heading(heading)
	}
	if len(loan) > 0 {
		c.add(document.Fields{Rows: loan})
	}
	if standing != "" {
		c.paragraph("本人陈述：" + standing)
	}
	return c, nil
}

// applicant is who signs a letter of this file.
func (in Input) applicant() string {
	if in.guardian() {
		return "申请人的法定代理人"
	}
	return "申请人"
}

func (c *composer) asks(title string, asks ...string) {
	c.heading(title)
	for n, s := range asks {
		c.add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s)})
	}
}

// apply closes a letter of this file.
func (c *composer) apply(statement string) document.Document {
	c.paragraph(statement)
	to := cmp.Or(c.in.Recipient.Name, c.in.Case.Lender.Name, c.in.Case.Platform.Label())
	// What is signed stands with its signature.
	last := slices.Clone(c.blocks[len(c.blocks)-1:])
	c.blocks = c.blocks[:len(c.blocks)-1]
	c.add(document.Keep{Blocks: append(last, document.Addressee{Name: to},
		document.Signature{Label: c.in.applicant() + "（签名、捺印）"})})
	title := c.blocks[0].(document.Title).Text
	d := c.in.document(title)
	d.Subject = title + "（致" + to + "）"
	d.Blocks = c.blocks
	return c.in.headed(d)
}

// ApplicationNote is the note for the complainant that goes with a letter of
// this file, and to nobody else.
func ApplicationNote(in Input, title string) document.Document {
	d := in.ownPaper("提交说明")
	n := 0
	item := func(s string) {
		n++
		d.Blocks = append(d.Blocks, document.Item{Label: fmt.Sprintf("%d.", n), Spans: plain(s), Hang: true})
	}
	section := func(s string) {
		n = 0
		d.Blocks = append(d.Blocks, document.Heading{Level: 1, Text: s})
	}
	d.Blocks = append(d.Blocks, document.Title{Text: "提交说明"},
		document.Paragraph{Spans: plain("给您自己看，不用提交。" + title + "，交给：" + in.Recipient.Name + "。"), Indent: true})
	section("怎样提交")
	item("先逐字读一遍；与事实不符的，改 case.toml 再做一次。有空白横线的，打印后手写。签名、捺印、写日期。")
	if title == objectionTitle {
		proof, there := in.proof()
		n, more := "两", ""
		if there {
			n, more = "三", "；"+proof+"复印件（"+labels(in.ordered(in.Case.Loan.Exhibits))+"里有关的一份）"
		}
		item("信上写明由您附上" + n + "样，请一起交：信用报告有关页的复印件；身份证复印件，写上“仅供向" + in.Recipient.Name +
			"提出征信异议使用”" + more + "。")
		if proof != "" && !there {
			item("您写的理由提到“" + proof + "”，案件里没有登记这份材料，信上没有列为附件：用 juzheng add 加进来，编号写进 case.toml 的 " +
				"loan.exhibits，再做一次；没有的，改掉这句话。")
		}
	}
	item(channels(in.Recipient))
	item("通过 App 客服提交的，截图留下提交的内容和工单号；邮寄的，用挂号信或 EMS，面单的“内件品名”写“" + title + "”。")
	item("提交的日期、方式、工单号和答复，自己记下来，凭证留好。这不是投诉，不要写进 case.toml 的 filings，那里只记投诉。")
	if terms := OwnTerms(in, title); len(terms) > 0 {
		section("期限")
		for _, t := range terms {
			item(t.String())
		}
	} else {
		section("期限")
		item("没有查到对方必须在几日内答复的规定。过" + evidence.Numeral(patience) + "日没有答复的，再书面催一次。")
	}
	section("要知道的")
	switch title {
	case objectionTitle:
		s := "只对确有错误、遗漏的记载提出异议；真实的逾期记录不会因为异议删除"
		if in.owes() {
			s += "，应还的仍要还"
		}
		item(s + "。")
		if _, ok := in.Case.OneTimeRepair(); ok {
			item("一次性信用修复的条件见于公开报道，没有读到原文；修复不收费，也不用申请，仍然显示的才提异议。")
		}
		item("不要找收费的“征信修复”；对答复不满意的，可以向当地人民银行投诉。")
	default:
		s := "这份材料不指称任何人违规"
		if in.owes() {
			s += "，也不会免除债务；应还的仍要还"
		}
		if title == deferralTitle {
			s += "。是否同意延期、分期，由对方决定"
		}
		item(s + "。")
		s = "不要按对方口头给的私人账户转账。"
		if title == deferralTitle {
			s = "只写能做到的还款数额和日期。" + s
		}
		item(s)
	}
	item("免费法律咨询：12348。")
	if s := unchecked([]GuideEntry{{Recipient: in.Recipient}}); len(s) > 0 {
		section("没有核对过的")
		item(s[0])
	}
	return d
}
