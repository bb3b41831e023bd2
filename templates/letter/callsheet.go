package letter

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/document"
)

// CallSheetTitle is what the sheet for a call to the regulator's line is
// called, in its own title and wherever another paper points to it.
const CallSheetTitle = "12378通话单"

// CallSheet is one page for the complainant who calls 12378 instead of sending
// the letter of [evidence.ToForward]: what to say in a minute, what to have at hand,
// what to write down. Like a letter it says only what the case carries.
func CallSheet(in Input) document.Document {
	d := in.ownPaper(CallSheetTitle)
	add := func(b ...document.Block) { d.Blocks = append(d.Blocks, b...) }
	list := func(title string, items []string) {
		add(document.Heading{Level: 1, Text: title})
		for n, s := range items {
			add(document.Item{Label: fmt.Sprintf("%d.", n+1), Spans: plain(s), Hang: true})
		}
	}
	add(document.Title{Text: CallSheetTitle},
		document.Paragraph{Spans: plain("给您自己看，不用提交。打 12378 以前先读一遍；照着念就可以，不必背。"), Indent: true})
	list("照着说（一分钟）", in.spoken())
	list("手边备好", in.atHand())
	add(document.Heading{Level: 1, Text: "边听边记"})
	rows := []document.Field{}
	for _, label := range []string{"打通的日期和时间", "接线员工号", "登记编号", "转给哪一家办", "多久之内联系您", "还要补什么、交到哪里"} {
		rows = append(rows, field(label, blank(18)))
	}
	add(document.Fields{Rows: rows})
	list("要知道的", in.aboutTheLine())
	return d
}

// spoken is what to say, each line in one breath.
func (in Input) spoken() []string {
	c := in.Case
	out := []string{"您好，我要投诉催收。" + in.caller() + in.spokenLoan()}
	if acts := in.spokenActs(); acts != "" {
		out = append(out, acts+"。"+in.materials())
	}
	for _, f := range c.Filings {
		if role, name := templates.FiledTo(c, f.To); !f.Applies() &&
			(role == evidence.ToPlatform || role == evidence.ToLender) {
			s := "我" + isoDay(f.Date) + "向" + name + "投诉过" + with("，工单号", f.Receipt)
			switch {
			case f.Answered != "" || strings.TrimSpace(f.Answer) != "":
				s += "，对方有过答复，我不满意的地方可以说给您听"
			case in.waitedFor(f):
				s += "，到现在没有" + map[bool]string{false: "答复", true: "处理结果"}[in.named("V23a")]
			}
			out = append(out, s+"。")
			break
		}
	}
	return append(out, "我要求对方"+in.foremost()+"。",
		"请登记这件投诉，转给"+c.Lender.Label()+"办理，并把登记编号告诉我。")
}

// caller says who calls: an agent for whom, a guardian or heir for which
// borrower.
func (in Input) caller() string {
	me := in.Case.Complainant.Name
	s := "我叫" + me
	if a := in.Case.Agent; a.Name != "" {
		s = "我叫" + a.Name + "，受" + me + "委托打这个电话；下面说的“我”是" + me
	}
	return s + with("，是", in.relation()) + "。"
}

// spokenLoan says which loan it is about, and whose: who did not take it says
// only what the other side claims.
func (in Input) spokenLoan() string {
	c := in.Case
	who, what, number := "我", "借的款", "合同编号"
	if in.card() {
		what, number = "办的信用卡", "卡号或者合约编号"
	}
	switch {
	case in.stranger():
		who, what = "对方说我", map[bool]string{false: "借了款", true: "办了信用卡"}[in.card()]
	case in.guardian() || in.heir():
		who = in.debtWords().debtor
	}
	s := who + "在" + c.Lender.Label() + what
	if p := c.Through(); p.Known() && p.Name != c.Lender.Name {
		s = who + "通过" + p.Label() + what + "，合同上的放款机构是" + c.Lender.Label()
	}
	return s + with("，"+number, in.contractNumber()) + "。" + strings.ReplaceAll(in.standing(), "本人", "我")
}

// spokenActs are the kinds of breach a file shows, the first few by name, and
// when they were.
func (in Input) spokenActs() string {
	const most = 4
	var out []string
	var all []evidence.Incident
	for _, x := range in.byTitle(byRule(in.asserted())) {
		var own []evidence.Incident
		worst := 0
		for _, f := range x.findings {
			for _, i := range f.Incidents {
				if !slices.ContainsFunc(own, func(o evidence.Incident) bool { return o.ID == i.ID }) {
					own = append(own, i)
				}
			}
			for _, c := range f.Counts {
				worst = max(worst, c.N)
			}
		}
		s := strings.ReplaceAll(x.title, "本人", "我")
		switch {
		case worst > 0:
			s += fmt.Sprintf("，最多的一天%d次", worst)
		case len(own) > 0:
			s += fmt.Sprintf("，%d次", len(own))
		}
		out, all = append(out, s), append(all, own...)
	}
	if len(out) > most {
		out = append(out[:most], fmt.Sprintf("另外还有%d种", len(out)-most))
	}
	if len(out) == 0 {
		return ""
	}
	when := ""
	if len(all) > 0 {
		when = spanOfDays(all) + "，"
	}
	return when + "对方催收的时候有这些情况：" + strings.Join(out, "；")
}

// materials names what kinds of material there are.
func (in Input) materials() string {
	var out []string
	for _, k := range []struct {
		kind evidence.ExhibitKind
		name string
	}{{evidence.Recording, "录音"}, {evidence.CallLog, "通话记录"}, {evidence.SMSLog, "短信记录"}, {evidence.Screenshot, "截图"},
		{evidence.Video, "录像"}} {
		of := func(x evidence.Exhibit) bool {
			whole := slices.ContainsFunc(in.Exhibits, func(w evidence.Exhibit) bool {
				return x.Extract != nil && w.Number == x.Extract.Of && w.Kind == k.kind
			})
			return x.Kind == k.kind || whole
		}
		if slices.ContainsFunc(in.used(), of) {
			out = append(out, k.name)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "我有" + strings.Join(out, "、") + "。"
}

// foremost is the first request of the complaint, as one says it.
func (in Input) foremost() string {
	asks := in.requests()[1:] // the first is to the office
	if len(asks) == 0 {
		return "书面答复我"
	}
	of := strings.NewReplacer("下列", "这些", "所列", "这些", "本人", "我")
	return of.Replace(trimStop(asks[0])) + "，书面答复我"
}

// atHand is what will be asked for; what the case lacks is to be looked up
// before calling.
func (in Input) atHand() []string {
	c := in.Case
	or := func(label, value string) string {
		if value == "" {
			return label + "（案件里没有，打电话以前先查到）"
		}
		return label + "：" + value
	}
	out := []string{"身份证，和您留给放款机构的手机号。",
		or("放款机构全称", c.Lender.Name) + "；" + or(in.debtWords().contract+"编号", in.contractNumber()) + "。",
		"催收的日期、号码和原话：看投诉书“事实与理由”和证据目录。"}
	if n := slices.IndexFunc(c.Filings, func(f evidence.Filing) bool { return f.Receipt != "" }); n >= 0 {
		out = append(out, "以前投诉的工单号："+c.Filings[n].Receipt+"。")
	}
	return out
}

// aboutTheLine is what the line does and does not do.
func (in Input) aboutTheLine() []string {
	remit := "银行、信托公司、消费金融公司方面的投诉，由国家金融监督管理总局和它的派出机构接收、转送（总局公告2024年第1号，见于报道，没有读到原文）。"
	if in.Case.Lender.Licence == evidence.AutoFinance {
		remit += "汽车金融公司是否在内没有查到，打通以后先问一句。"
	}
	return []string{remit + "由放款机构答复您，12378 不替它作决定；要查处违规的，另交举报书。",
		"只说事实和要求；不清楚的就说不清楚。不要说“不解决就举报、曝光”。",
		"挂断以后，在网页“交出去”那一步记一笔，写上登记编号，勾上“交的不是这份材料”。已经打电话登记的，投诉书不用再寄，对方要书面材料时再交。",
		"有人身危险，先打 110。",
		"用命令记的：juzheng track 案件夹 filed --to forward --own --on 日期 --receipt 登记编号。"}
}
