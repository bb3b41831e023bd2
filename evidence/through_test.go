package evidence

import "testing"

// A bank's own brand is no platform; one that only brings bank and borrower
// together is, and a company that is both lender and platform is the lender.
func TestThrough(t *testing.T) {
	for _, c := range []struct {
		name             string
		platform, lender Party
		want             bool
	}{
		{"none", Party{}, Party{Name: "示例银行股份有限公司", Licence: Bank}, false},
		{"the bank's own app", Party{Brand: "示例银行App"}, Party{Name: "示例银行股份有限公司", Licence: Bank}, false},
		{"the bank's short name", Party{Brand: "示例银行"}, Party{Name: "示例银行股份有限公司", Licence: Bank}, false},
		{"the lender's own brand", Party{Brand: "示例借"}, Party{Name: "示例消费金融有限公司", Brand: "示例借"}, false},
		{"one company", Party{Name: "示例消费金融有限公司", Brand: "示例借"}, Party{Name: "示例消费金融有限公司"}, false},
		{"a brand between", Party{Brand: "示例借"}, Party{Name: "示例银行股份有限公司", Licence: Bank}, true},
		{"a company between", Party{Name: "示例网络科技有限公司", Brand: "示例银行"},
			Party{Name: "示例银行股份有限公司", Licence: Bank}, true},
		{"the card of a bank's card centre", Party{Brand: "示例银行信用卡"},
			Party{Name: "示例银行股份有限公司信用卡中心", Licence: Bank}, false},
		{"a branch", Party{Brand: "示例银行"}, Party{Name: "示例银行股份有限公司上海分行", Licence: Bank}, false},
		{"no lender is known", Party{Brand: "示例借"}, Party{}, true},
	} {
		if got := (Case{Platform: c.platform, Lender: c.lender}).Through().Known(); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}
