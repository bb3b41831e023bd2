package phrase

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// Chases reports a message of somebody whom the case does not name which reads as sent
// over its debt: it asks for the money of a firm of the case by name, it threatens who
// puts something off, or it threatens somebody's life from a number without a name.
// Who tells of such words, family, a bank, a joke and an advertisement do not. Whose it
// is only the person can say.
func Chases(c evidence.Case, i evidence.Incident) bool {
	if i.Kind != evidence.Message && i.Kind != evidence.SMS || i.Direction == evidence.Out || i.Shown == "" ||
		i.Role != evidence.RoleUnknown || evidence.IsFamily(i.Name) || Tells(c, i) {
		return false
	}
	firms := firmsOf(c)
	t := phrases()
	whole, _ := flatten(i.Shown).text()
	if s := i.Signature(); s != "" && !slices.Contains(firms, s) || matches(t.lawful, whole) ||
		matches(t.official, whole) || matches(t.jokes, whole) {
		return false
	}
	switch RoleOf(i, nil) {
	case evidence.RoleService, evidence.RoleMarketing:
		return false
	}
	for _, f := range firms {
		if rest := strings.ReplaceAll(whole, f, "\n"); rest != whole && matches(t.pursuing, rest) {
			return true
		}
	}
	presses := matches(t.delay, whole) && !matches(t.otherDues, whole)
	return slices.ContainsFunc(Find(i.Shown, Collector), func(h Hit) bool {
		return !h.Review && (presses && h.Breach().Rule() == "V06" && h.Category != "insult" ||
			i.Name == "" && h.Category == "threat_violence")
	})
}

// firmsOf are the names of the firms of a case, as messages may have them.
func firmsOf(c evidence.Case) []string {
	var out []string
	for _, p := range []evidence.Party{c.Platform, c.Lender, c.Agency, c.Assignee} {
		for _, s := range []string{p.Brand, p.Name} {
			if len([]rune(s)) > 1 && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}
