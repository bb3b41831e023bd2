package letter

import (
	"cmp"
	"slices"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
	"juzheng/templates/document"
)

// receipts are the messages that say that the loan of demands was paid, as the files of
// this letter show them: what the person says of it is worth less than what the other
// side wrote.
func (in Input) receipts(findings []evidence.Finding) []evidence.Incident {
	var demands []evidence.Incident
	for _, f := range findings {
		if f.Rule == wrongDebt { // a demand can be told as a threat too
			demands = append(demands, f.Incidents...)
		}
	}
	extracts := slices.DeleteFunc(slices.Clone(in.Exhibits),
		func(x evidence.Exhibit) bool { return x.Extract == nil })
	var out []evidence.Incident
	for _, i := range phrase.Receipts(in.Case, demands, in.Incidents, in.Doubts) {
		source := i.Source
		i = i.By(extracts)
		i.Source = source // papers say on which line of the whole it stands
		i.Exhibits = slices.DeleteFunc(slices.Clone(i.Exhibits), func(x string) bool { return !in.exists(x) })
		if len(i.Exhibits) > 0 {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	return out
}

// allReceipts are those of the letter.
func (in Input) allReceipts() []evidence.Incident {
	return in.receipts(append(in.asserted(), in.stated()...))
}

// chronicle is the events of the letter and the messages that say that a loan was paid.
func (in Input) chronicle() []evidence.Incident {
	if in.rows != nil {
		return in.rows.all
	}
	out := in.events()
	for _, r := range in.allReceipts() {
		if in.isNew(r) && !slices.ContainsFunc(out, func(i evidence.Incident) bool { return i.ID == r.ID }) {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b evidence.Incident) int {
		return cmp.Or(a.Time.At.Compare(b.Time.At), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// receipt tells of one such message, with where it stands.
func (c *composer) receipt(i evidence.Incident) []document.Span {
	return append(plain(c.in.fact(wrongDebt, i)), c.refs(i.Exhibits)...)
}
