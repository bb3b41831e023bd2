package phrase

import (
	"testing"

	"juzheng/evidence"
)

// Who has the claim, or collects for whoever has it, is no other creditor.
func TestOwnBrand(t *testing.T) {
	c := evidence.Case{Platform: evidence.Party{Brand: "极融"}, Lender: evidence.Party{Name: "云岭银行股份有限公司"},
		Assignee: evidence.Party{Name: "广西恒诚资产管理有限公司"}, Agency: evidence.Party{Name: "百汇法务咨询有限公司"}}
	for name, want := range map[string]bool{"极融": true, "云岭银行": true,
		"恒诚资产": true, "恒诚担保": true, "恒达担保": false, "百汇法务": true, "乙借": false} {
		if got := OwnBrand(c, name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
