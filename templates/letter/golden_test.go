package letter

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"juzheng/evidence"
)

var update = flag.Bool("update", false, "write the golden texts again")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; -update writes it again, and the difference is to be read\ngot:\n%s", path, got)
	}
}

// kinds of lender, each a case of its own.
var lenders = []struct {
	name    string
	licence evidence.Licence
	lender  string
	edit    func(*evidence.Case)
}{
	{"bank", evidence.Bank, "示例银行股份有限公司", nil},
	{"card", evidence.Bank, "示例银行股份有限公司", func(c *evidence.Case) {
		c.Platform, c.Loan.Kind, c.Deferral.Reduce = evidence.Party{}, evidence.CreditCard, evidence.Yes
	}},
	{"consumer-finance", evidence.ConsumerFinance, "示例消费金融有限公司", nil},
	{"small-loan", evidence.SmallLoan, "杭州示例小额贷款有限公司", nil},
	// a platform that only brings bank and borrower together
	{"facilitation", evidence.Bank, "示例银行股份有限公司", func(c *evidence.Case) {
		c.Platform = evidence.Party{Name: "示例网络科技有限公司", Brand: "示例借",
			CreditCode: "91330100MA00000000", Phone: "4000000000"}
	}},
	{"guarantor", evidence.SmallLoan, "杭州示例小额贷款有限公司", func(c *evidence.Case) {
		c.Payee = evidence.Party{Name: "示例融资担保有限公司"}
	}},
	{"assignee", evidence.ConsumerFinance, "示例消费金融有限公司", func(c *evidence.Case) {
		c.Assignee = evidence.Party{Name: "示例资产管理有限公司"}
	}},
	{"unknown", evidence.LicenceUnknown, "", nil},
}

var people = []struct {
	name string
	make func(evidence.Licence, string) Input
}{
	{"borrower", borrower},
	{"contact", harassed},
	{"agent", func(l evidence.Licence, n string) Input { return withAgent(borrower(l, n)) }},
	{"guardian", guardian},
	{"heir", heir},
	{"theft", func(l evidence.Licence, n string) Input { return disputing("V20c", borrower(l, n)) }},
	{"wrong-person", func(l evidence.Licence, n string) Input { return disputing("V20a", borrower(l, n)) }},
	{"settled", settled},
}

var roles = []evidence.Role{evidence.ToPlatform, evidence.ToLender, evidence.ToForward, evidence.ToAssociation,
	evidence.ToRegulator}

// each runs f over every complainant, lender and recipient. A lender nobody knows
// has no supervisor and gets no letter itself.
func each(t *testing.T, f func(t *testing.T, name string, in Input)) {
	for _, p := range people {
		for _, l := range lenders {
			for _, r := range roles {
				if l.lender == "" && r != evidence.ToPlatform && r != evidence.ToAssociation ||
					l.name == "card" && r == evidence.ToPlatform { // a bank's own card has no platform
					continue
				}
				name := p.name + "-" + l.name + "-" + string(r)
				t.Run(name, func(t *testing.T) {
					in := p.make(l.licence, l.lender)
					if l.edit != nil {
						l.edit(&in.Case)
					}
					f(t, name, to(t, in, r))
				})
			}
		}
	}
}
