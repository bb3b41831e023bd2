package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// 12378 is no number for a lender of a local bureau.
func TestStartNamesTheLineOfTheLender(t *testing.T) {
	for licence, want := range map[evidence.Licence]string{
		"consumer-finance": "12378：银行保险消费者投诉",
		"small-loan":       "投诉小额贷款公司等地方金融组织也打它",
	} {
		in := Input{}
		in.Case.Lender.Licence = licence
		if text := document.Text(Start(in, nil)); !strings.Contains(text, want) {
			t.Errorf("%s: want %q in\n%s", licence, want, text)
		}
	}
}
