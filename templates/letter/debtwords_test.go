package letter

import (
	"regexp"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

var quotations = regexp.MustCompile(`《[^》]*》|“[^”]*”`) // and what others said

// Whoever writes for another, or after a death, does not call the card theirs.
func TestAnothersCardIsNotMine(t *testing.T) {
	each(t, func(t *testing.T, name string, in Input) {
		if !in.card() || !in.guardian() && !in.heir() {
			return
		}
		for _, a := range Applications() {
			if d, err := a.Compose(in); err == nil && strings.Contains(document.Text(d), "本人信用卡") {
				t.Errorf("%s of %s: %s", a.Name, name, document.Text(d))
			}
		}
	})
}

// A credit card's papers speak of card, bill and agreement: a card centre has no
// contract of a loan, and whoever reads one of a loan passes the letter on.
func TestACardIsNoLoan(t *testing.T) {
	check := func(t *testing.T, paper, text string) {
		t.Helper()
		for _, line := range strings.Split(quotations.ReplaceAllString(text, ""), "\n") {
			if strings.Contains(line, "借") {
				t.Errorf("%s speaks of a loan: %s", paper, line)
			}
		}
	}
	each(t, func(t *testing.T, name string, in Input) {
		if !in.card() {
			return
		}
		in.Case.Loan.Exhibits = []string{"E005"}
		check(t, name, document.Text(Compose(in, Counted{})))
		check(t, "note of "+name, document.Text(CoverNote(in, nil)))
		if in.Role == evidence.ToForward {
			check(t, "call sheet of "+name, document.Text(CallSheet(in)))
		}
		for _, f := range Form(in, document.Text(Compose(in, Counted{}))) {
			check(t, "form of "+name+", "+f.Label, f.Text)
		}
		for _, a := range Applications() {
			if d, err := a.Compose(in); err == nil && !in.stranger() {
				check(t, a.Name+" of "+name, document.Text(d))
			}
		}
	})
}
