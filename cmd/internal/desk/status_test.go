package desk

import (
	"testing"

	"juzheng/evidence"
)

// Two cases are of one matter where the same person complains of the same creditor, and only
// where the cases say who that is.
func TestCasesOfOneMatter(t *testing.T) {
	of := func(edit func(*evidence.Case)) evidence.Case {
		c := evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower, Name: "林晓安", Phone: "19900000001"},
			Platform: evidence.Party{Brand: "极融"}}
		edit(&c)
		return c
	}
	one := Matter(of(func(*evidence.Case) {}))
	for _, c := range []struct {
		what string
		edit func(*evidence.Case)
		same bool
	}{
		{"nothing", func(*evidence.Case) {}, true},
		{"the id of the case", func(c *evidence.Case) { c.ID = "other" }, true},
		{"another of that name", func(c *evidence.Case) { c.Complainant.Phone = "19900000002" }, false},
		{"another creditor", func(c *evidence.Case) { c.Platform.Brand = "云借" }, false},
		{"another contract", func(c *evidence.Case) { c.Loan.Contract = "A2" }, false},
		{"the contact, and not the borrower", func(c *evidence.Case) { c.Complainant.Kind = evidence.Contact }, false},
	} {
		if got := Matter(of(c.edit)); (got == one) != c.same {
			t.Errorf("%s: %q, %q", c.what, got, one)
		}
	}
	if s := Matter(of(func(c *evidence.Case) { c.Complainant.Phone = "" })); s != "" {
		t.Errorf("nobody known: %q", s)
	}
}
