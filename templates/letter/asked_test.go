package letter

import (
	"testing"

	"juzheng/evidence"
	"juzheng/templates"
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
