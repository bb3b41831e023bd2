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
}{
	{"bank", evidence.Bank, "示例银行股份有限公司"},
	{"consumer-finance", evidence.ConsumerFinance, "示例消费金融有限公司"},
	{"small-loan", evidence.SmallLoan, "杭州示例小额贷款有限公司"},
	{"facilitation", evidence.Bank, "示例银行股份有限公司"}, // a platform that only brings bank and borrower together
}

var people = []struct {
	name string
	make func(evidence.Licence, string) Input
}{
	{"borrower", borrower},
	{"contact", harassed},
	{"agent", func(l evidence.Licence, n string) Input { return withAgent(borrower(l, n)) }},
}

var roles = []Role{ToPlatform, ToLender, ToForward, ToAssociation, ToRegulator}

// each runs f over every complainant, lender and recipient.
func each(t *testing.T, f func(t *testing.T, name string, in Input)) {
	for _, p := range people {
		for _, l := range lenders {
			for _, r := range roles {
				name := p.name + "-" + l.name + "-" + string(r)
				t.Run(name, func(t *testing.T) {
					in := p.make(l.licence, l.lender)
					if l.name == "facilitation" {
						in.Case.Platform = evidence.Party{Name: "示例网络科技有限公司", Brand: "示例借",
							CreditCode: "91330100MA00000000", Phone: "4000000000"}
					}
					f(t, name, to(t, in, r))
				})
			}
		}
	}
}
