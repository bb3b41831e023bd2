package phrase

import (
	"cmp"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A Brand is a name that messages about a debt are signed with, 【…】: a lender, its app,
// or who collects for it. Which of them is one creditor only the person can say.
type Brand struct {
	Name     string
	Numbers  []string // that sent messages of this name alone: their calls are its own
	Messages int
	Calls    int // from those numbers
}

// Brands are the names that messages of a case are signed with, and whose is whose.
type Brands struct {
	All     []Brand  // the busiest first
	Shared  []string // numbers that sent messages of several names, as gateways do
	Unknown []string // numbers and accounts that collect, by the case, and signed nothing
	of      map[string][]string
}

// BrandsIn finds the brands that rows speak for. Only names under which a debt is spoken
// of count: shops and banks sign their messages too. A court, the police, a mediation
// body lends nothing, whoever used its name.
func BrandsIn(c evidence.Case, rows []evidence.Incident) Brands {
	b := Brands{of: map[string][]string{}}
	debt := map[string]bool{}
	for _, i := range rows {
		if s := i.Signature(); s != "" && !debt[s] && theirs(c, i) && !organ.MatchString(s) && !mediation.MatchString(s) {
			i.Asserted = slices.DeleteFunc(slices.Clone(i.Asserted), bombs) // a code in it asks for no debt
			debt[s] = c.SideOfWriter(i).Collecting() ||
				RoleOf(i, Find(i.Shown, SenderOf(c, i))) == evidence.RoleCollecting
		}
	}
	for _, i := range rows {
		s, number := i.Signature(), evidence.NormalNumber(i.Number)
		if theirs(c, i) && debt[s] && number != "" && !slices.Contains(b.of[number], s) {
			b.of[number] = append(b.of[number], s)
		}
	}
	at := map[string]*Brand{}
	for _, i := range rows {
		name, number := b.Of(i), evidence.NormalNumber(i.Number)
		if !theirs(c, i) {
			continue
		}
		if name == "" {
			who := cmp.Or(number, i.Account())
			if who != "" && len(b.of[number]) == 0 && c.SideOfWriter(i).Collecting() && !slices.Contains(b.Unknown, who) {
				b.Unknown = append(b.Unknown, who)
			}
			continue
		}
		if at[name] == nil {
			at[name] = &Brand{Name: name}
		}
		if i.Kind == evidence.Call {
			at[name].Calls++
		} else {
			at[name].Messages++
		}
	}
	for number, names := range b.of {
		if len(names) > 1 {
			b.Shared = append(b.Shared, number)
		} else if x := at[names[0]]; x != nil {
			x.Numbers = append(x.Numbers, number)
		}
	}
	for _, x := range at {
		slices.Sort(x.Numbers)
		b.All = append(b.All, *x)
	}
	slices.SortFunc(b.All, func(x, y Brand) int {
		return cmp.Or(y.Messages+y.Calls-x.Messages-x.Calls, cmp.Compare(x.Name, y.Name))
	})
	slices.Sort(b.Shared)
	slices.Sort(b.Unknown)
	return b
}

// bombs reports a kind that many messages are together, whatever one of them says.
func bombs(b evidence.Breach) bool { return b.Rule() == "V10" }

// theirs reports an act of whoever collects, or of somebody nobody has named.
func theirs(c evidence.Case, i evidence.Incident) bool {
	side := c.SaidOf(i)
	return i.Direction != evidence.Out && (side == "" || side.Collecting())
}

// Of is the brand that an act is of: that it is signed with, or the only one that its
// number speaks for; empty: nobody can tell.
func (b Brands) Of(i evidence.Incident) string {
	names := b.of[evidence.NormalNumber(i.Number)]
	switch s := i.Signature(); {
	case s != "" && slices.Contains(names, s):
		return s
	case s == "" && len(names) == 1:
		return names[0]
	}
	return ""
}

// brandTail is what many brands end in, and speech leaves out: 飞羽 of 飞羽借.
var brandTail = lazyregexp.New(`(?:借款|贷款|借条|分期|钱包|金融|金服|普惠|消费|信用|数科|借|贷|花)+$`)

// Likely is the brand that a number or account speaks for by its name or its words,
// though it signed nothing; empty: none, or several.
func (b Brands) Likely(who string, rows []evidence.Incident) string {
	found := ""
	for _, x := range b.All {
		core := coreOf(x.Name)
		if !slices.ContainsFunc(rows, func(i evidence.Incident) bool {
			return cmp.Or(evidence.NormalNumber(i.Number), i.Account()) == who && i.Direction != evidence.Out &&
				(strings.Contains(i.Shown, core) || strings.Contains(i.Name, core))
		}) {
			continue
		}
		if found != "" {
			return ""
		}
		found = x.Name
	}
	return found
}
