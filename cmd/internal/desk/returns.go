package desk

import (
	"errors"
	"slices"

	"juzheng/evidence"
	"juzheng/templates/letter"
)

// A Return is a reason for which letters would be sent back, and whose.
type Return struct {
	letter.Return
	For []evidence.Role `json:"for"`
}

// returns are the reasons for which the letters of recipients would be sent
// back. What several would do stands once. Of whom is competent for nothing
// that is all there is to say.
func returns(x Dossier, all []addressee) (out []Return) {
	of := matterOf(x)
	for _, a := range all {
		out = withReturns(out, a.role, of.input(a))
	}
	return out
}

// withReturns are reasons with those of one letter more.
func withReturns(out []Return, role evidence.Role, in letter.Input) []Return {
	nothing := errors.Is(letter.Ready(in), letter.ErrNothingShown)
	for _, r := range letter.Returns(in) {
		if nothing != letter.OfRemit(r.Code) {
			continue
		}
		at := slices.IndexFunc(out, func(o Return) bool { return o.Code == r.Code })
		if at < 0 {
			at, out = len(out), append(out, Return{Return: r})
		}
		out[at].For = append(out[at].For, role)
	}
	return out
}
