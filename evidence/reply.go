package evidence

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"juzheng/evidence/lazyregexp"
)

// takenUp are the words by which a body says that a complaint has reached it.
var takenUp = lazyregexp.New(`工单(?:编号|号)|您(?:所|的|此前)?(?:反映|投诉)的|投诉.{0,10}(?:已受理|已办结|处理结果|答复如下|回复如下)|` +
	`已受理.{0,6}(?:投诉|反映)|受理了?您`)

// shortestReceipt is how many letters and digits a receipt number has at least:
// a shorter one stands in a message by chance.
const shortestReceipt = 6

// RepliesTo are what was received after a complaint and may be its answer: words
// that hold its receipt number, or by which the other side says that it has the
// complaint. What the person ruled out (role: other) is none, nor is a message
// they named as asking for the papers once more, which settles nothing.
func (c Case) RepliesTo(f Filing, all []Incident) []Incident {
	filed, err := time.ParseInLocation(time.DateOnly, f.Date, Beijing)
	if err != nil {
		return nil
	}
	receipt := bare(f.Receipt)
	numbered := len(receipt) >= shortestReceipt && strings.ContainsFunc(receipt, unicode.IsDigit)
	var out []Incident
	for _, i := range all {
		switch {
		case i.Direction == Out, i.Role == RoleOther, i.Time.IsZero(), i.Time.At.Before(filed),
			slices.Contains(i.Asserted, "V23a"):
		case numbered && strings.Contains(bare(i.Shown), receipt), takenUp.MatchString(i.Shown) && c.signed(i):
			out = append(out, i)
		}
	}
	return out
}

// signed reports a message of the collecting side, or one that bears the name of
// the platform or the lender between 【 and 】.
func (c Case) signed(i Incident) bool {
	if c.SideOfWriter(i) == CollectorSide {
		return true
	}
	_, s, _ := strings.Cut(i.Shown, "【")
	sign, _, ok := strings.Cut(s, "】")
	return ok && len([]rune(sign)) > 1 && slices.ContainsFunc(
		[]string{c.Platform.Brand, c.Platform.Name, c.Lender.Brand, c.Lender.Name}, func(name string) bool {
			return name != "" && (strings.Contains(name, sign) || strings.Contains(sign, name))
		})
}

// bare is a number without the marks between its letters and digits.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case unicode.Is(unicode.Han, r):
			return r
		}
		return -1
	}, s)
}
