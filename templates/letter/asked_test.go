package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/document"
)

// A bank whose own app it is is asked for as the lender, as build names it.
func TestAskedAs(t *testing.T) {
	for _, row := range []struct {
		role evidence.Role
		kind string
		want evidence.Role
	}{
		{evidence.ToPlatform, "lender", evidence.ToLender},
		{evidence.ToPlatform, "platform", evidence.ToPlatform},
		{evidence.ToLender, "lender", evidence.ToLender},
		{evidence.ToRegulator, "regulator-local", evidence.ToRegulator},
	} {
		if got := (Input{Role: row.role, Recipient: templates.Recipient{Kind: row.kind}}).askedAs(); got != row.want {
			t.Errorf("%s of kind %s: %s, want %s", row.role, row.kind, got, row.want)
		}
	}
}

// The lender whose own app it is gets the same letter however it is asked for, and so
// one check by a second person holds for it.
func TestOneLetterHoweverTheLenderIsAskedFor(t *testing.T) {
	for _, licence := range []evidence.Licence{evidence.Bank, evidence.ConsumerFinance, evidence.LicenceUnknown} {
		in := to(t, borrower(licence, "示例银行股份有限公司"), evidence.ToLender)
		in.Case.Platform = evidence.Party{}
		in.Recipient.Kind = "lender"
		asked := document.Text(Compose(in, counted()))
		digest := LetterDigest(in)
		in.Role = evidence.ToPlatform
		if s := document.Text(Compose(in, counted())); s != asked || LetterDigest(in) != digest {
			t.Errorf("%s: of two roles two letters:\n%s\n%s", licence, asked, s)
		}
		if strings.Contains(asked, "放款机构公示") {
			t.Errorf("%s: the lender is told of itself as of another:\n%s", licence, asked)
		}
	}
}
