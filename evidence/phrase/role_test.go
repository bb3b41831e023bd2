package phrase

import (
	"testing"

	"juzheng/evidence"
)

// Of a bank that lends, what it tells its customers of everything else is no row of the
// debt; of who only collects all is, but codes.
func TestOfTheDebt(t *testing.T) {
	c := evidence.Case{Numbers: []evidence.Number{{Number: "95399", Side: evidence.LenderSide},
		{Number: "17000000001", Side: evidence.CollectorSide}, {Number: "13900000001", Side: evidence.PlatformSide}},
		Lender: evidence.Party{Phone: "4000000001"}}
	row := func(kind evidence.IncidentKind, number, words string) evidence.Incident {
		return evidence.Incident{Kind: kind, Direction: evidence.In, Number: number, Shown: words}
	}
	for _, x := range []struct {
		i    evidence.Incident
		want bool
	}{
		{row(evidence.SMS, "95399", "【云岭银行】您尾号3308账户消费762.00元，余额1024.10元。"), false},
		{row(evidence.SMS, "95399", "【云岭银行】您的贷款已逾期，请尽快还款。"), true},
		{row(evidence.SMS, "95399", "【云岭银行】您的验证码是123456，请勿告诉他人。"), false},
		{row(evidence.Call, "95399", ""), false},
		{row(evidence.Call, "4000000001", ""), false},
		{row(evidence.Call, "13900000001", ""), true},
		{row(evidence.SMS, "17000000001", "在吗"), true},
		{row(evidence.Call, "17000000001", ""), true},
		{row(evidence.SMS, "13800000002", "您的贷款已逾期"), false},
	} {
		if got := OfTheDebt(c, x.i); got != x.want {
			t.Errorf("%s %s %q: %v", x.i.Kind, x.i.Number, x.i.Shown, got)
		}
	}
}
