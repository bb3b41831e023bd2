package ask

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// What a contract says is offered with its place, and only where it says one thing.
func TestTermsOfContracts(t *testing.T) {
	page := func(n int, text string) Paper { return Paper{Exhibit: "E004", Page: n, Text: text} }
	for _, c := range []struct {
		name   string
		kind   Kind
		papers []Paper
		want   string
		from   string
	}{
		{"the sum", Principal, []Paper{page(2, "借款金额（小写）：人民币 ￥8,000.00元\n")}, "8000",
			"E004 第2页：借款金额（小写）：人民币 ￥8,000.00元"},
		{"in tens of thousands", Principal, []Paper{page(1, "本合同项下借款本金为 3 万元。")}, "30000",
			"E004 第1页：借款本金为 3 万元"},
		{"a limit is no loan", Principal, []Paper{page(1, "授信借款金额：50000元")}, "", ""},
		{"what is left of it is another sum", Principal, []Paper{page(1, "剩余本金：3200元")}, "", ""},
		{"two sums", Principal, []Paper{page(1, "借款金额：8000元"), page(3, "借款金额：9000元")}, "", ""},
		{"the same sum twice", Principal, []Paper{page(1, "借款金额：8000元"), page(3, "贷款本金：8,000元")}, "8000",
			"E004 第1页：借款金额：8000元"},
		{"the rate", Rate, []Paper{page(1, "贷款年利率（单利）：23.9%\n罚息年利率：35.85%")}, "23.9",
			"E004 第1页：年利率（单利）：23.9%"},
		{"a penalty alone", Rate, []Paper{page(1, "逾期罚息年利率为 35.85%")}, "", ""},
		{"a limit of the law", Rate, []Paper{page(1, "不超过年利率 24%")}, "", ""},
		{"the day", LoanDate, []Paper{page(1, "放款日期：2026年3月5日")}, "2026-03-05", "E004 第1页：放款日期：2026年3月5日"},
		{"a day that is none", LoanDate, []Paper{page(1, "签订日期：2026-13-45")}, "", ""},
		{"read off a picture", Rate, []Paper{{Exhibit: "E007", Machine: true, Text: "年化利率 18%"}}, "18",
			"E007（机器识别）：年化利率 18%"},
		{"nothing", Rate, []Paper{page(1, "合同编号：JR-2026-000123")}, "", ""},
	} {
		value, from := terms[c.kind].in(c.papers)
		if value != c.want || from.ZH != c.from {
			t.Errorf("%s: %q from %q, want %q from %q", c.name, value, from.ZH, c.want, c.from)
		}
		var k evidence.Case
		k.Lender.Name = "示例消费金融有限公司"
		var asked []Question
		for _, q := range List(Record{Case: k, Papers: c.papers}) {
			if q.Kind == c.kind {
				asked = append(asked, q)
			}
		}
		if (len(asked) > 0) != (c.want != "") || len(asked) > 0 && asked[0].Prefill != c.want {
			t.Errorf("%s: asked %v", c.name, asked)
		}
		if len(asked) == 0 {
			continue
		}
		edits, err := asked[0].Edits(c.want)
		if err != nil || len(edits) != 1 || edits[0].Value != c.want {
			t.Errorf("%s: %v %v", c.name, edits, err)
		}
		if _, err := asked[0].Edits("很多"); err == nil {
			t.Errorf("%s: nonsense was taken", c.name)
		}
	}
}

// The agreement of a credit card says when it was issued and up to how much: neither is
// a debit, and neither is offered as one, alone or with the lender.
func TestAnAgreementOfACardTellsNoDebit(t *testing.T) {
	papers := []Paper{{Exhibit: "E009", Text: "合同编号：JR-2026-000123\n贷款人：示例银行股份有限公司\n签订日期：2024年3月5日\n借款金额：8000元\n" +
		"年利率：18%\n"}}
	for _, named := range []string{"", "示例银行股份有限公司"} {
		for kind, want := range map[evidence.LoanKind]bool{evidence.CreditCard: false, evidence.NetworkLoan: true} {
			k := evidence.Case{Loan: evidence.Loan{Kind: kind}}
			k.Lender.Name = named
			l := newLister(Record{Case: k, Papers: papers})
			keys := map[string]bool{}
			for _, r := range l.termsRead() {
				keys[r.key] = true
			}
			for _, q := range List(l.Record) {
				keys["loan.date"] = keys["loan.date"] || q.Kind == LoanDate
				keys["loan.principal"] = keys["loan.principal"] || q.Kind == Principal
			}
			if keys["loan.date"] != want || keys["loan.principal"] != want || !keys["loan.annual_rate"] {
				t.Errorf("%s, lender %q: %v", kind, named, keys)
			}
		}
	}
}

// Whoever says that the lender alone was read right keeps it, and nothing else that
// was read with it: typing its name once more could not say so.
func TestLenderAloneIsRight(t *testing.T) {
	r := Record{Papers: []Paper{{Exhibit: "E009",
		Text: "合同编号：JR-2026-000123\n贷款人：示例小贷一号公司\n借款金额：8000元\n"}}}
	asked := of(List(r), Lender)
	if len(asked) != 1 || len(asked[0].Choices) != 2 {
		t.Fatalf("asks %+v", asked)
	}
	for value, want := range map[string]string{
		asked[0].Prefill: "lender.name=示例小贷一号公司; loan.contract=JR-2026-000123; " +
			"loan.principal=8000",
		nameAlone:  "lender.name=示例小贷一号公司",
		"some:1,2": "lender.name=示例小贷一号公司; loan.contract=JR-2026-000123",
		"some:1,3": "lender.name=示例小贷一号公司; loan.principal=8000",
		"some:2":   "loan.contract=JR-2026-000123",
	} {
		if edits, err := asked[0].Edits(value); err != nil || shown(edits) != want {
			t.Errorf("%s: %s (%v)", value, shown(edits), err)
		}
	}
	if _, err := asked[0].Edits("some:4"); err == nil {
		t.Error("a fourth thing was taken")
	}
	r.Papers = append(r.Papers, Paper{Exhibit: "E010", Text: "贷款人：示例消费金融有限公司\n"})
	if asked = of(List(r), Lender); len(asked) != 1 || strings.Contains(asked[0].Effect.ZH, "合同编号") {
		t.Errorf("of two lenders: %+v", asked)
	}
}

// A phone on which two lenders collect has two contracts: in the case of the one nothing is
// offered of the contract that names the other's app.
func TestContractOfAnotherApp(t *testing.T) {
	for text, want := range map[string]bool{
		"个人借款合同\n借款平台：极融App\n借款金额：30000元":  false,
		"个人借款合同\n通过“借满满”App申请\n借款金额：6000元": true,
		"个人借款合同\n通过手机App还款\n借款金额：6000元":    true,
		"个人借款合同\n借款金额：6000元":               true,
		"借满满App服务协议\n通过极融App、使用借满满App申请":   true,
	} {
		c := evidence.Case{Platform: evidence.Party{Brand: "借满满"}}
		if got := len(papersOfLoan(c, []Paper{{Exhibit: "E001", Text: text}})) == 1; got != want {
			t.Errorf("%q: %v", text, got)
		}
		if c.Platform.Brand = ""; len(papersOfLoan(c, []Paper{{Exhibit: "E001", Text: text}})) != 1 {
			t.Errorf("%q is left out where no app is known", text)
		}
	}
}
