package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// An association is asked to act by a rule of its own only where the letter cites
// one; what another made is not its to apply.
func TestAssociationsOwnRules(t *testing.T) {
	rule := func(id, name, checked string) evidence.Citation {
		c := cc(id, "", "不得恐吓。")
		c.Name, c.Rank, c.Tier, c.Checked = name, evidence.SelfDiscipline, evidence.TierB, checked
		return c
	}
	for _, test := range []struct {
		name string
		rule evidence.Citation
		want string
	}{
		{"its own", rule("NIFA24-V05", "互联网金融贷后催收业务指引", "VR"), "核实下列线索，依《互联网金融贷后催收业务指引》处理"},
		{"from memory", rule("NIFA18-V05", "互联网金融逾期债务催收自律公约（试行）", "FM-H"), "核实下列线索，依职责处理"},
		{"another's", rule("CBA26-V06", "金融机构个人消费类贷款催收工作指引（试行）", "VR"), "核实下列线索，依职责处理"},
	} {
		in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToAssociation)
		in.Recipient.Code = "NIFA"
		in.Findings = []evidence.Finding{kind("V06", []evidence.Citation{test.rule}, sms(1, "今晚弄死你", "V06a"))}
		if s := document.Text(Compose(in, counted())); !strings.Contains(s, test.want) {
			t.Errorf("%s: no %s in\n%s", test.name, test.want, s)
		}
	}
}
