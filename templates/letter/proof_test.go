package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// An objection names a proof of payment as enclosed only where its reasons point to
// one and the case holds it; else the person is told that it is missing.
func TestProofEnclosed(t *testing.T) {
	for _, c := range []struct {
		wrong    string
		exhibits []string
		enclosed bool
		missing  bool
	}{
		{"2026年3月15日已经还清，见还款凭证", []string{"E005"}, true, false},
		{"2026年3月15日已经还清，见还款凭证", nil, false, true},
		{"2026年3月15日已经还清，见还款凭证", []string{"E099"}, false, true},
		{"不是本人办理的", []string{"E005"}, false, false},
	} {
		in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToLender)
		in.Case.Credit = evidence.Credit{Entry: "逾期3期", Wrong: c.wrong}
		in.Case.Loan.Exhibits = c.exhibits
		d, err := CreditObjection(in)
		if err != nil {
			t.Fatal(err)
		}
		letter, note := document.Text(d), document.Text(ApplicationNote(in, objectionTitle))
		if got := strings.Contains(letter, "、还款凭证复印件由本人随件附上"); got != c.enclosed ||
			strings.Contains(note, "三样") != c.enclosed {
			t.Errorf("%s, %v: enclosed %v\n%s\n%s", c.wrong, c.exhibits, got, letter, note)
		}
		if got := strings.Contains(note, "案件里没有登记这份材料"); got != c.missing {
			t.Errorf("%s, %v: told as missing: %v\n%s", c.wrong, c.exhibits, got, note)
		}
	}
}
