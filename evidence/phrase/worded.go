package phrase

import (
	"slices"
	"strings"
	"unicode/utf8"

	"juzheng/evidence"
)

// WordedOf are the kinds that the words of an act sound like and nobody has
// named or ruled out, once each, with the words quoted.
func WordedOf(i evidence.Incident, hits []Hit) []evidence.Worded {
	var out []evidence.Worded
	of := func(b evidence.Breach) int {
		return slices.IndexFunc(out, func(w evidence.Worded) bool { return w.Breach == b })
	}
	for _, h := range hits {
		b, label := h.Breach(), Label(h.Category)
		if b == "V07" && NoOrgan(i) {
			b, label = "V24", evidence.Text{ZH: "像是自称调解、仲裁或者公证机构", EN: "like posing as a mediation body"}
		}
		named := func(o evidence.Breach) bool { return o.Rule() == b.Rule() }
		switch {
		case h.Review, slices.ContainsFunc(i.Asserted, named), slices.ContainsFunc(i.Denied, named),
			of(b) >= 0:
			if n := of(b); n >= 0 && !h.Review && h.Imperils() && !out[n].Danger {
				out[n].Danger, out[n].Quote = true, around(i.Shown, h.Start, h.End)
			}
			continue
		case i.Untrue == evidence.No && evidence.KindOf(string(b)).Checkable:
			continue // what was asked at its source and found true is no claim to look at
		case h.Category == "third_party_disclosure" && reachesAnother(i):
			continue // that they were reached is what the row is, and whether they were told is asked of it
		case slices.Contains(i.Asserted, "V02") && Admitting(i, h):
			continue // the person says that it was done, and not announced
		case i.Kind == evidence.Visit && h.Category == "threat_visit":
			continue // the words tell of a visit that took place, and announce none
		}
		out = append(out, evidence.Worded{Incident: i.ID, Breach: b, Label: label,
			Quote: around(i.Shown, h.Start, h.End), Danger: h.Imperils()})
	}
	return out
}

// reachesAnother reports an act that itself reached somebody else, or was told
// of by them: its words threaten nobody with that.
func reachesAnother(i evidence.Incident) bool {
	_, to := ToAnother(i.Shown)
	return i.ToldBy != "" || to || i.Reached.Third() && TellsDebt(i.Shown) != ""
}

// quoteLength is how many characters a quotation has at most.
const quoteLength = 60

// around is the sentence words stand in, or as much of it as can be quoted.
func around(s string, begin, end int) string {
	const stops = "。！!？?；;\n"
	if n := strings.LastIndexAny(s[:begin], stops); n >= 0 {
		_, size := utf8.DecodeRuneInString(s[n:])
		begin = n + size
	} else {
		begin = 0
	}
	if n := strings.IndexAny(s[end:], stops); n >= 0 {
		end += n
	} else {
		end = len(s)
	}
	q := []rune(strings.TrimSpace(s[begin:end]))
	if len(q) > quoteLength {
		return string(q[:quoteLength]) + "…"
	}
	return string(q)
}
