package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

func both(zh, en string) evidence.Text { return evidence.Text{ZH: zh, EN: en} }

// dear is a case whose loan costs more than its ceiling, with figures a
// computation gave.
func dear(licence evidence.Licence, rank evidence.Rank, strength evidence.Strength) Input {
	in := borrower(licence, "示例银行股份有限公司")
	bodies := []string{"P"}
	if rank != evidence.JudicialPolicy {
		bodies = append(bodies, "NFRA-L")
	}
	f := evidence.Finding{Rule: "V12", Title: both("年化综合成本超过24%", ""), Strength: strength, Bodies: bodies,
		Method: both("以实际到账为流出、各期还款和费用为流入，求使两者相抵的月利率，乘以12；向下取两位小数", ""),
		Citations: []evidence.Citation{{ID: "X", Name: "关于某类贷款的通知", Rank: rank, Tier: evidence.TierB, Article: "第五条",
			Substance: both("单笔贷款的综合融资成本应在年24%的界限之内。", ""), Checked: "VR", CheckedOn: "2026-11-23"}},
		Cost: &evidence.Cost{Kind: evidence.CostRate, Annual: "35.98", Ceiling: "24", Excess: 51234,
			Fact: both("按合同还款计划和另收的费用计算，年化综合成本为35.98%，超过24%，即某类贷款的界限", ""),
			Figures: []evidence.Figure{{Label: both("借款日期", ""), Value: both("2025-06-01", "")},
				{Label: both("实际到账", ""), Value: both("10000元", "")},
				{Label: both("年化综合成本（内部收益率）", ""), Value: both("35.98%", "")},
				{Label: both("超出上限的部分，折算到最后一期", ""), Value: both("512.34元", "")}}}}
	if strength == evidence.Shown {
		f.Exhibits = []string{"E005"}
	}
	in.Findings = append(in.Findings, f)
	return in
}

// The figures stand in a table with their method and ground; what is asked
// for follows the road of the letter.
func TestCostInLetters(t *testing.T) {
	platform := document.Text(Compose(to(t, dear(evidence.Bank, evidence.NormativeDocument, evidence.Shown),
		evidence.ToPlatform), counted()))
	for _, want := range []string{
		"5.年化综合成本超过24%：涉嫌违反监管规定（依据1）。\n按合同还款计划和另收的费用计算，年化综合成本为35.98%，超过24%，即某类贷款的界限（证据5，第",
		"页）。\n项目｜数额\n借款日期｜2025年6月1日\n实际到账｜10000元\n",
		"计算方法：以实际到账为流出", "1.《关于某类贷款的通知》：单笔贷款的综合融资成本应在年24%的界限之内。",
		"按年化综合成本不超过24%重新核算本笔借款，列明本金、利息、罚息和各项费用；多收的退还或者冲抵未还款项。",
	} {
		if !strings.Contains(platform, want) {
			t.Errorf("the complaint lacks %q in\n%s", want, platform)
		}
	}
	if strings.Contains(platform, "不涉及债务本身的争议") {
		t.Error("the complaint says that it does not argue the debt, and argues it")
	}
	regulator := document.Text(Compose(to(t, dear(evidence.Bank, evidence.NormativeDocument, evidence.Shown),
		evidence.ToRegulator), counted()))
	if !strings.Contains(regulator, "核查被举报人就本笔借款收取利息和费用的情况。") || strings.Contains(regulator, "退还") {
		t.Errorf("the report asks wrongly:\n%s", regulator)
	}
	nifa := document.Text(Compose(to(t, dear(evidence.Bank, evidence.NormativeDocument, evidence.Shown),
		evidence.ToAssociation),
		counted()))
	if strings.Contains(nifa, "年化") {
		t.Error("the association is told of the cost, which is not its matter")
	}
}

// A court's line is not called a breach, and no supervisor is told of it.
func TestCourtLineIsNoBreach(t *testing.T) {
	text := document.Text(Compose(to(t, dear(evidence.ConsumerFinance, evidence.JudicialPolicy, evidence.Shown),
		evidence.ToPlatform), counted()))
	_, part, _ := strings.Cut(text, "5.年化综合成本超过24%")
	part, _, _ = strings.Cut(part, "（时间均为")
	if strings.Contains(part, "违反") || !strings.Contains(part, "超过的部分，请求调减（依据") {
		t.Errorf("got\n%s", part)
	}
	if s := document.Text(Compose(to(t, dear(evidence.ConsumerFinance, evidence.JudicialPolicy, evidence.Shown),
		evidence.ToRegulator), counted())); strings.Contains(s, "年化") {
		t.Error("the supervisor is told of it")
	}
}

// Of a private loan before 20 August 2020 the letter says what is not owed, calls
// nothing unlawful and says how far it goes.
func TestOldPrivateLoan(t *testing.T) {
	for void, want := range map[string]string{
		"":   "2020年3月1日至2020年8月19日的利息，超过年24%的未付部分，请求不再主张。",
		"36": "2020年3月1日至2020年8月19日的利息，超过年24%的未付部分，请求不再主张；超过年36%的部分约定无效，已付的请求返还。",
	} {
		in := dear(evidence.NoLicence, evidence.JudicialInterpret, evidence.Shown)
		in.Case.Loan.Date = "2020-03-01"
		f := &in.Findings[len(in.Findings)-1]
		f.Cost.Kind, f.Cost.Void, f.Citations[0].Checked = evidence.CostZone, void, "FM-H"
		text := document.Text(Compose(to(t, in, evidence.ToPlatform), counted()))
		if n := strings.Count(text, want); n != 2 { // asked for, and said with its ground
			t.Errorf("void beyond %q: %d times %q in\n%s", void, n, want, text)
		}
		if strings.Contains(text, "年化综合成本超过24%：涉嫌") ||
			!strings.Contains(text, "2020年8月20日以后的利息，按起诉时的标准计算，本投诉书不作计算。") {
			t.Errorf("void beyond %q:\n%s", void, text)
		}
		in.Case.Loan.Settled = "2020-06-30"
		text = document.Text(Compose(to(t, in, evidence.ToPlatform), counted()))
		if !strings.Contains(text, "2020年3月1日至2020年6月30日的利息，") || strings.Contains(text, "8月20日以后") {
			t.Errorf("settled before the lines ended:\n%s", text)
		}
	}
}

// Figures no file shows are the person's statement, and nothing is asked for
// on their ground.
func TestCostStated(t *testing.T) {
	text := document.Text(Compose(to(t, dear(evidence.Bank, evidence.NormativeDocument, evidence.Stated),
		evidence.ToPlatform),
		counted()))
	if !strings.Contains(text, "本人陈述（没有材料佐证，供核查参考）\n1.按合同还款计划和另收的费用计算，年化综合成本为35.98%") ||
		strings.Contains(text, "重新核算") ||
		strings.Contains(text, "项目｜数额") {
		t.Errorf("got\n%s", text)
	}
}

// A contact's letter never holds a word of the money.
func TestContactTellsNoCost(t *testing.T) {
	in := dear(evidence.Bank, evidence.NormativeDocument, evidence.Shown)
	in.Case.Complainant.Kind = evidence.Contact
	if text := document.Text(Compose(to(t, in, evidence.ToPlatform), counted())); strings.Contains(text, "年化") {
		t.Errorf("got\n%s", text)
	}
}

// Sums are printed in yuan and fen, however the case writes them; what is no
// sum stays as it is.
func TestYuan(t *testing.T) {
	for sum, want := range map[string]string{"": "", "6230.5": "6230.50元", "6230.50 元": "6230.50元", "20000": "20000元",
		"约八千": "约八千元"} {
		if got := yuan("", sum); got != want {
			t.Errorf("%q: got %s, want %s", sum, got, want)
		}
	}
}

// An earlier complaint no receipt shows is the person's word.
func TestFilingWithoutReceipt(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Case.Filings = []evidence.Filing{{Date: "2026-03-10", To: "lender"}}
	text := document.Text(Compose(to(t, in, evidence.ToRegulator), counted()))
	if !strings.Contains(text, "2026年3月10日向示例银行股份有限公司反映（本人陈述）；截至") {
		t.Errorf("got\n%s", text)
	}
}

// Who acts for somebody is told what makes the mandate good.
func TestMandateIsExplained(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Case.Agent = evidence.Agent{}
	if text := document.Text(Start(in, nil)) + document.Text(CoverNote(to(t, in, evidence.ToRegulator),
		nil)); strings.Contains(text, "授权委托书") {
		t.Errorf("a mandate without an agent:\n%s", text)
	}
	in.Case.Agent = evidence.Agent{Name: "王大海"}
	for _, d := range []document.Document{Start(in, nil), CoverNote(to(t, in, evidence.ToRegulator), nil)} {
		if text := document.Text(d); !strings.Contains(text, "委托人亲笔签名") || !strings.Contains(text, "交原件") {
			t.Errorf("got\n%s", text)
		}
	}
}
