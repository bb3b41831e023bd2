package rule

import (
	"time"

	"juzheng/evidence"
)

// cite is what the program's own table lets one print of an act.
func cite(rule string, day time.Time, lender evidence.Licence, facts ...string) []evidence.Citation {
	return table(Statutes()).cite(rule, day, lender, facts...)
}
