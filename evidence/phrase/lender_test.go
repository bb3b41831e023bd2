package phrase

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// The lender that words speak of, told from the companies of the case and from
// words for any bank.
func TestOtherLender(t *testing.T) {
	c := evidence.Case{Lender: evidence.Party{Name: "云岭银行股份有限公司"}, Platform: evidence.Party{Brand: "花易借"},
		Assignee: evidence.Party{Name: "海川小额贷款有限公司"}}
	for words, want := range map[string]string{
		"【信诚资产】周敏，您云岭银行信用卡欠款已移交我司处理":   "",
		"您在盛和消费金融的借款已逾期，请尽快还款":         "盛和消费金融",
		"受盛和消费金融有限公司委托，通知您尽快还款":        "盛和消费金融有限公司",
		"海川小贷的债权已经转让给我们":               "",
		"您在海川小额贷款的借款已逾期":               "",
		"您在其他银行的贷款我们不管":                "",
		"请存入您名下银行卡，账单今日到期":             "",
		"您欠银行贷款不还":                     "",
		"云岭银行股份有限公司和盛和消费金融有限公司联合放款的借款": "",
		"你在我行贷款逾期":                     "",
		"今天不还就上门":                      "",
	} {
		if got := OtherLender(c, words); got != want {
			t.Errorf("%s: %q, want %q", words, got, want)
		}
	}
	if got := OtherLender(evidence.Case{}, "您在盛和消费金融的借款已逾期"); got != "" {
		t.Errorf("a case without a lender: %q is another one", got)
	}
	got := strings.Join(ContractsIn("借款HYJ2025110012已结清，合同编号：JR-2026-000123，HYJ2025110012"), " ")
	if got != "HYJ2025110012 JR-2026-000123" {
		t.Errorf("contracts %s", got)
	}
}

// A short name at the head of a message is the registered one's, a word that many firms
// have is nobody's, and who collects for a lender is not it.
func TestInstitutionOf(t *testing.T) {
	c := evidence.Case{Lender: evidence.Party{Name: "成都锦诚消费金融有限公司"},
		Platform: evidence.Party{Brand: "速盈分期", Name: "浙江速盈网络科技有限公司"}}
	for name, want := range map[string]evidence.Side{
		"锦诚消费金融": evidence.LenderSide, "锦诚": evidence.LenderSide, "成都锦诚消费金融": evidence.LenderSide,
		"锦诚消费金融客服": "", "速盈分期": evidence.PlatformSide, "速盈": evidence.PlatformSide,
		"消费金融": "", "网络科技": "", "金融": "", "盛和消费金融": "", "锦诚法务": "", "": "",
	} {
		if got := InstitutionOf(c, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
