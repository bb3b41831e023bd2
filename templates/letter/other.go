package letter

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/road"
	"juzheng/templates"
	"juzheng/templates/document"
)

// ErrNoAgent reports that a mandate was asked for and the case names no agent.
var ErrNoAgent = errors.New("the case names no agent")

// Mandate is the 授权委托书 with which the complainant lets the agent act. It is
// valid when signed by hand; the agent is not empowered to admit a debt or
// agree to pay.
func Mandate(in Input) (document.Document, error) {
	p, a := in.Case.Complainant, in.Case.Agent
	if a.Name == "" {
		return document.Document{}, ErrNoAgent
	}
	d := in.document("授权委托书")
	or := func(s string) string {
		if s == "" {
			return blank(14) + "（请手写）"
		}
		return s
	}
	id := func(s string) string {
		if !in.Role.RealName() && s != "" {
			return in.identity(s)
		}
		return or(s)
	}
	d.Blocks = []document.Block{
		document.Title{Text: "授权委托书"},
		document.Fields{Rows: filled([]document.Field{field("委托人", p.Name), field("身份证号", id(p.IDNumber)),
			field("联系电话", or(p.Phone)), field("住址", p.Address)})},
		document.Space{Lines: 0.5},
		document.Fields{Rows: filled([]document.Field{field("受托人", a.Name), field("身份证号", id(a.IDNumber)),
			field("联系电话", or(a.Phone)), field("住址", a.Address), field("与委托人关系", or(a.Relation))})},
		document.Space{Lines: 0.5},
		document.Paragraph{Spans: plain("委托人就" + in.matter() + "一事，委托上述受托人代为办理下列事项："), Indent: true},
	}
	for n, s := range []string{
		"向被反映机构、行业协会和监管部门递交投诉、举报材料；",
		"按要求补充材料，说明情况；",
		"接收受理通知、答复和其他文书。",
	} {
		d.Blocks = append(d.Blocks, document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s)})
	}
	d.Blocks = append(d.Blocks,
		document.Paragraph{Spans: plain("受托人无权代为承认债务、订立还款协议、代收款项，无权放弃或者变更委托人的请求；需要办理上述事项的，由委托人另行书面授权。"), Indent: true},
		document.Paragraph{Spans: plain("委托期限：自签署之日起至" + blank(3) + "年" + blank(2) + "月" + blank(2) + "日止。"),
			Indent: true},
		keep(document.Signature{Label: "委托人（签名、捺印）", Agent: "受托人（签名）"}),
	)
	return d, nil
}

// matter names what the case is about, without a judgement.
func (in Input) matter() string {
	who := in.Case.Through().Label()
	if who == "" {
		who = in.Case.Lender.Label()
	}
	if in.contact() {
		return "因他人债务被" + who + "一方联系催收"
	}
	loan := "借款"
	if s := owed[in.Case.LoanKind()]; s != "" {
		loan = s
	}
	what := "催收"
	fees := len(costs(in.asserted())) > 0
	if fees {
		what += "和收费"
	}
	if a := in.Case.Assignee.Label(); a != "" && !in.stranger() {
		loan += "（" + a + "称已受让债权）"
	}
	switch {
	case in.stolen():
		return who + in.inWords("就本人否认办理的借款向本人催收")
	case in.stranger():
		return who + "就本人否认的" + in.debtWords().debt + "向本人催收"
	case in.settled() && in.collecting():
		return who + loan + "结清后的" + what
	case in.heir() && in.collecting():
		return who + "就去世" + in.debtWords().debtor + "的" + loan + "向继承人" + what
	case !in.collecting() && fees && in.Role == evidence.To12315: // which has no say in interest
		return who + loan + "以外另收的" + in.feeNames()
	case !in.collecting() && fees:
		return who + loan + "的利息、费用"
	case !in.collecting() && in.onlyRecord():
		return who + loan + "的征信信息报送"
	case !in.collecting():
		return who + loan + "的有关事项"
	}
	return who + loan + "的" + what
}

// feeNames are what the fees are called that were taken beside a loan.
func (in Input) feeNames() string {
	var out []string
	for _, f := range costs(in.asserted()) {
		if n := f.Cost.Name; n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		return "费用"
	}
	return strings.Join(out, "、")
}

// onlyRecord reports a paper about credit reporting alone.
func (in Input) onlyRecord() bool {
	record := func(k evidence.Kind) bool { return k.ID == creditRecord }
	return in.tells(record) && !in.tells(func(k evidence.Kind) bool { return !record(k) })
}

// owed is what a debt is called where "loan" says too little: a clerk sorts by it.
var owed = map[evidence.LoanKind]string{
	evidence.CreditCard: "信用卡欠款", evidence.CarLoan: "汽车贷款", evidence.HouseLoan: "住房贷款",
	evidence.BusinessLoan: "经营贷款", evidence.ShopInstalment: "分期购物款", evidence.CashByRenting: "以租赁名义办理的款项",
}

// CoverNote is 提交说明, one page for the complainant about one recipient: how
// to hand it in, its terms, what was left out and what nobody checked. It
// goes to nobody else. Up is what was made for its web page; nil: that has no
// known limit.
func CoverNote(in Input, up *Upload) document.Document {
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
		document.Paragraph{Spans: plain("给您自己看，不用提交。受理机构：" + in.Recipient.Name + "。"), Indent: true})
	if x, ok := road.Of(in.Role); ok {
		section("这条路办什么")
		item("能办：" + x.Does.ZH + "。")
		item("不能办：" + x.DoesNot.ZH + "。")
		item(x.Order.ZH + "。" + x.Cost.ZH + "。")
		for _, s := range in.furtherNotes() {
			item(s)
		}
	}
	section("怎样提交")
	if in.Unreviewed {
		item("每页印着“" + ReviewMark + "”，这样不能交：请另一位同事看过，运行 juzheng approve 案件夹 --by 姓名，再 build 一次。")
	}
	item("先逐字读一遍" + in.title() + "，签名、捺印、写日期。按" + in.title() + "、证据目录、证据册" + in.mandateToo() + "的顺序装订。")
	if in.Case.Agent.Name != "" {
		item(mandateWords)
	}
	if in.guardian() || in.heir() {
		item("您不是" + in.debtWords().debtor + "本人：另附能证明关系的材料（户口簿、出生证明、亲属关系证明；继承人还要死亡证明）的复印件，不用授权委托书。")
	}
	item(channels(in.Recipient))
	if in.Role == evidence.ToForward {
		item("打 12378 的，照“" + CallSheetTitle + "”说；寄信或者当面交的，交这份投诉书。两样办的是同一件事，做一样就可以。")
		item("监管局登记后转给放款机构，由放款机构答复您；转送要几天，没有查到规定。想请监管局查处违规的，另用举报书。")
	}
	if in.Scan != "" {
		item("文件夹里的“" + in.Scan + "”是您签好的这封信：网上提交、发邮件用它；当面交、邮寄的交签好的原件。")
	}
	if up != nil {
		item(up.line())
		if in.Scan == "" && up.File != "" {
			item("上传件里的信还没有签名：打印、签名、扫描或拍照以后，在网页“交出去”那一步“放入签名扫描件”，" +
				"上传件就用签好的那一份。")
		}
	}
	if in.Role == evidence.ToPlatform || in.Role == evidence.ToLender {
		attached := "里面附的是没有签名的PDF；打印、签名、扫描以后，在网页“交出去”那一步“放入签名扫描件”，就会换成签名扫描件。"
		if in.Scan != "" {
			attached = "里面附的是签名扫描件。"
		}
		item("邮件草稿（.eml）用邮件程序打开后可以继续写，程序不会替您发送；" + attached)
	}
	for _, s := range requirements(in.Recipient) {
		item(s)
	}
	// What is signed and laid beside it stands above.
	all := slices.DeleteFunc(Returns(in), func(r Return) bool { return slices.Contains(byHandCodes, r.Code) })
	if len(all) > 0 {
		section("交以前补上，不然可能被退回")
		for _, r := range all {
			item(in.inWords(r.What.ZH + "：" + sentence(r.Remedy.ZH)))
		}
	}
	if terms := Deadlines(in); len(terms) > 0 {
		section("期限")
		for _, t := range terms {
			item(t.String())
		}
	}
	out := in.unsaid()
	if len(out) > 0 {
		section("没有写进去的")
	}
	for _, s := range out {
		item(s)
	}
	section("隐去和遮盖")
	for _, s := range in.policy() {
		item(s)
	}
	section("没有核对过的")
	if s := unchecked([]GuideEntry{{Recipient: in.Recipient}}); len(s) > 0 {
		item(s[0])
	}
	item("信里" + in.other() + "的名称、证照、住址和电话由您提供，程序没有核对：交以前对照合同和登记信息看一遍。")
	section("用命令做的人看这里")
	item("签好的扫描件：juzheng build 案件夹 --to " + string(in.askedAs()) +
		" --signed 扫描件（图片一页一张，按页序写几次）。遮盖：juzheng help redact。只交一部分证据：juzheng export。")
	return d
}

// unsaid is what of the case stays out of this letter, and why: as check says.
func (in Input) unsaid() []string {
	var out []string
	if bargains(in.Case.Statement) {
		out = append(out, "您自己的话没有写进这封信："+whyBargain.ZH+"。")
	}
	_, left := in.ownRequests()
	for _, r := range left {
		out = append(out, "您写的请求“"+trimStop(r.Request)+"”没有写进这封信："+r.Why.ZH+"。")
	}
	var reasons []string
	kinds := map[string][]string{} // by the reason, each kind once
	for _, o := range OutlineOf(in).Left {
		if o.Finding.Strength == evidence.Review || in.ofDebtor(o.Finding) { // reviews has the others
			continue
		}
		why := in.inWords(o.Why.ZH)
		if kinds[why] == nil {
			reasons = append(reasons, why)
		}
		for _, kind := range in.titlesOf(o.Finding) {
			if !slices.Contains(kinds[why], kind) {
				kinds[why] = append(kinds[why], kind)
			}
		}
	}
	for _, why := range reasons {
		out = append(out, "没有写进信里："+strings.Join(kinds[why], "；")+"，"+why+"。")
	}
	for _, r := range in.reviews() {
		out = append(out, "没有写进信里："+r.line())
	}
	for _, i := range in.unsifted() {
		out = append(out, in.blindCut(i).ZH+"。")
	}
	return out
}

// mandateToo names the mandate among the papers of an agent's case.
func (in Input) mandateToo() string {
	if in.Case.Agent.Name == "" {
		return ""
	}
	return "、授权委托书"
}

// mandateWords are what makes an agent's mandate good: signed by hand by who
// gives it, and handed over as the original (XFTS Article 14).
const mandateWords = "授权委托书由委托人亲笔签名、捺印，填好期限，交原件；向几个机构提交就签几份。另附代理人的身份证复印件。"

// requirements are what a body asks for, in words for the complainant.
func requirements(r templates.Recipient) []string {
	var out []string
	for _, x := range r.Requires {
		switch x {
		case "signature":
			out = append(out, "材料须本人手写签名。")
		case "real-name":
			out = append(out, "须实名，写明姓名和联系方式。")
		case "id", "id-copy":
			out = append(out, "须提供身份证信息；交复印件时写上“仅供向"+r.Name+"反映情况使用”。")
		case "mandate":
			out = append(out, "代办的，交授权委托书原件。")
		}
	}
	for _, c := range r.Channels {
		if c.MaxPerDay > 0 {
			out = append(out, fmt.Sprintf("网上每人每天最多提交%d件（先核对网站上的要求）。", c.MaxPerDay))
		}
	}
	return out
}
