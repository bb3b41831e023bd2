package phrase

import (
	"cmp"
	"slices"

	"juzheng/evidence"
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
	Unknown []string // numbers that collect, by the case, and signed nothing
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
			if number != "" && len(b.of[number]) == 0 && c.SideOf(number).Collecting() &&
				!slices.Contains(b.Unknown, number) {
				b.Unknown = append(b.Unknown, number)
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
