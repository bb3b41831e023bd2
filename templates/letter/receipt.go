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
	return in.asCited(phrase.Receipts(in.Case, demands, in.Incidents, in.Doubts))
}

// asCited are rows as the files of this letter show them, in order; those that none of
// them shows are left out.
func (in Input) asCited(rows []evidence.Incident) []evidence.Incident {
	var extracts []evidence.Exhibit
	for _, x := range in.Exhibits {
		if x.Extract != nil {
			extracts = append(extracts, x)
		}
	}
	var out []evidence.Incident
	for _, i := range rows {
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

// owned are the messages in which the other side owns that its collectors did wrong, for
// a letter that tells of what they did.
func (in Input) owned() []evidence.Incident {
	if in.rows != nil {
		return in.rows.owned
	}
	if len(in.asserted()) == 0 {
		return nil
	}
	return in.asCited(phrase.Owned(in.Case, in.Incidents, in.Doubts))
}

// owned tells what the other side itself wrote of what its collectors did: it is quoted,
// and that it means these acts is the person's word.
func (c *composer) owned() {
	for n, i := range c.in.owned() {
		head := ""
		if n == 0 {
			head = "对方就催收行为的书面表态："
		}
		spans := append(plain(head), linked(plain(c.in.fact(wrongDebt, i)), i.ID)...)
		c.add(document.Paragraph{Spans: append(append(spans, c.refs(i.Exhibits)...), document.Span{
			Text: "。本人陈述：" + c.in.ownerWord(i) + "这条消息说的就是上述催收。"}), Indent: true})
	}
}

// ownerWord says whose the number or account is that a message came from, as the person
// named it.
func (in Input) ownerWord(i evidence.Incident) string {
	words := map[evidence.Side]string{evidence.PlatformSide: "平台", evidence.LenderSide: "放款机构",
		evidence.CollectorSide: "催收方"}
	for _, x := range in.Case.Numbers {
		same := i.Number != "" && evidence.NormalNumber(x.Number) == evidence.NormalNumber(i.Number) ||
			i.Number == "" && x.Account != "" && x.Account == i.Name
		if w := words[x.Side]; same && w != "" {
			return "发送的号码、账号是" + w + "的；"
		}
	}
	return ""
}

// allReceipts are those of the letter.
func (in Input) allReceipts() []evidence.Incident {
	if in.rows != nil {
		return in.rows.paid
	}
	return in.receipts(append(in.asserted(), in.stated()...))
}

// chronicle is the events of the letter and the messages that say that a loan was paid.
func (in Input) chronicle() []evidence.Incident {
	if in.rows != nil {
		return in.rows.all
	}
	out := in.events()
	for _, r := range slices.Concat(in.allReceipts(), in.owned(), in.payments()) {
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
