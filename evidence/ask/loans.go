package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// A mention is a lender or a contract that files name, and where the first does.
type mention struct {
	name string
	from evidence.Text
}

// lenders are the companies that lend, each once: those that papers name in the line
// for it, or else all that papers name, or else messages of the matter.
func (l *lister) lenders() []mention {
	var lines, papers, messages []mention
	for _, p := range l.Papers {
		for _, m := range lenderLine.FindAllStringSubmatch(p.Text, -1) {
			lines = mentioned(lines, []string{m[1]}, p.place(m[0]))
		}
		papers = mentioned(papers, phrase.FullLendersIn(p.Text),
			evidence.Text{ZH: p.Exhibit + " 里写着", EN: "named in " + p.Exhibit})
	}
	for _, i := range l.toBorrower() {
		messages = mentioned(messages, phrase.FullLendersIn(i.Shown),
			evidence.Text{ZH: "短信 " + i.ID, EN: "message " + i.ID})
	}
	for _, found := range [][]mention{lines, papers, messages} {
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// loans are the contracts that papers and messages of the matter name by number.
func (l *lister) loans() []mention {
	var out []mention
	for _, p := range l.Papers {
		for _, m := range contractLine.FindAllStringSubmatch(p.Text, -1) {
			out = mentioned(out, m[1:2], p.place(m[0]))
		}
	}
	for _, i := range l.toBorrower() {
		from := evidence.Text{ZH: i.ID + "“" + short(i.Shown) + "”", EN: i.ID + " “" + short(i.Shown) + "”"}
		out = mentioned(out, phrase.ContractsIn(i.Shown), from)
	}
	return out
}

// mentioned adds names that are new to a list.
func mentioned(all []mention, names []string, from evidence.Text) []mention {
	for _, name := range names {
		if !slices.ContainsFunc(all, func(m mention) bool { return m.name == name }) {
			all = append(all, mention{name, from})
		}
	}
	return all
}

// toBorrower are the messages of the matter to whoever complains.
func (l *lister) toBorrower() []evidence.Incident {
	var out []evidence.Incident
	for _, i := range l.Incidents {
		if written(i) && i.Direction != evidence.Out && !i.Reached.Third() && l.Case.Concerns(i) {
			out = append(out, i)
		}
	}
	return out
}

// several are the lenders or contracts of which one is asked for; none for all other
// facts.
func (l *lister) several(k Kind) []mention {
	switch k {
	case Lender:
		return l.lenders()
	case Contract:
		return l.loans()
	}
	return nil
}

// whichLoan asks which of several lenders, or contracts, the case is about: one is
// never taken for the other.
func (l *lister) whichLoan(q *Question, all []mention) {
	var zh, en []string
	for n, m := range all {
		zh = append(zh, fmt.Sprintf("%d %s（%s）", n+1, m.name, m.from.ZH))
		en = append(en, fmt.Sprintf("%d %s (%s)", n+1, m.name, m.from.EN))
		q.Choices = append(q.Choices, Choice{m.name, evidence.Text{ZH: m.name, EN: m.name}})
	}
	q.Prefill, q.Source = "", evidence.Text{}
	what := evidence.Text{ZH: "家放款机构", EN: "lenders"}
	if q.Kind == Contract {
		what = evidence.Text{ZH: "笔借款", EN: "loans"}
	}
	q.Text = evidence.Text{
		ZH: fmt.Sprintf("材料里有 %d %s：%s。这次投诉的是哪一%s？", len(all), what.ZH, strings.Join(zh, "；"),
			string([]rune(what.ZH)[:1])),
		EN: fmt.Sprintf("The files name %d %s: %s. Which of them is this complaint about?", len(all), what.EN,
			strings.Join(en, "; "))}
	q.Why = evidence.Text{ZH: "一封信只投诉一笔借款；两笔混在一起，对方会说查无此事",
		EN: "a letter is about one loan; where two are mixed up they answer that there is none such"}
	if q.Kind == Lender {
		q.Effect.ZH += "；另一家的，用 juzheng split 另分一个案件，手机不用再加一遍"
		q.Effect.EN += "; juzheng split makes a case for the other one, without adding the phone again"
	}
}

// otherLenders asks of rows whose words speak of a lender that is none of the case's
// companies whether they are about its loan all the same.
func (l *lister) otherLenders() {
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if l.other(i) != "" {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Role, "", rows, func(i evidence.Incident) string { return "lender " + l.other(i) }) {
		name := l.other(g[0])
		quotes := listOf(g, quoted)
		q := Question{Kind: Role, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g), Quote: quotes.ZH,
			Column: "lender"},
			Text: evidence.Text{
				ZH: fmt.Sprintf("这 %d 条说的是“%s”，案件里的放款机构是“%s”。说的是这次投诉的这笔借款吗？%s", len(g), name,
					l.Case.Lender.Name, quotes.ZH),
				EN: fmt.Sprintf("These %d speak of “%s”, and the lender of the case is “%s”. Are they about the "+
					"loan of "+
					"this complaint? %s", len(g), name, l.Case.Lender.Name, quotes.EN)},
			Why: evidence.Text{ZH: "别家的催收写进这一封信，就是把别人做的事算在它头上",
				EN: "what another lender's collectors did is not this one's doing"},
			Effect: evidence.Text{ZH: "是的，照写；不是的，这几行不采用，另一家的用 juzheng split 另分一个案件；没有回答以前都不写",
				EN: "if so they count; if not they are left out, and the other lender wants a case of its own; until " +
					"you answer none is asserted"},
			Choices: yesNo("都是这一笔", "yes, all of them", "都不是，是另一家的", "no, none of them"), Parts: len(g)}
		if len(g) == 1 {
			q.Choices = yesNo("是这一笔", "yes", "不是，是另一家的", "no")
		}
		l.add(q, func(value string) ([]Edit, error) {
			var out []Edit
			for n, i := range g {
				is := no
				if isYes(value, n+1, len(g)) {
					is = yes
				}
				out = append(out, Edit{Row: i.ID, Column: "use", Value: is})
			}
			return out, nil
		})
	}
}

// other is the lender that the words of a row speak of and that is in doubt.
func (l *lister) other(i evidence.Incident) string {
	for _, d := range l.doubts[i.ID] {
		if d.Code == evidence.OtherLender && i.Use == evidence.Unknown {
			return phrase.OtherLender(l.Case, i.Shown)
		}
	}
	return ""
}

// paidLoans asks of demands that came when the loan was paid, and of the calls of who
// collects it, whether they were for that loan: of all together.
func (l *lister) paidLoans() {
	const b = "V20b"
	settled := phrase.Settled(l.Case, l.Incidents)
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if phrase.DunsSettled(l.Case, i, settled) {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Words, b, rows, func(evidence.Incident) string { return "" }) {
		quotes, proof := listOf(g, demanded), l.paidWords(g, settled)
		q := Question{Kind: Words, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g), Breach: b,
			Quote: quotes.ZH},
			Text: evidence.Text{ZH: fmt.Sprintf("%s这 %d 条催的，是那时已经还清的借款吗？%s", proof.ZH, len(g), quotes.ZH),
				EN: fmt.Sprintf("%sDo these %d ask to pay a loan that was paid by then? %s", proof.EN, len(g),
					quotes.EN)},
			Why: l.whyPaid(g, settled),
			Effect: evidence.Text{
				ZH: "是的，写成“债务已经结清仍催收”，电话里催的写成您的陈述；不是的，不写；没有回答以前，也不当作合法的提醒",
				EN: "if so, letters say that a settled debt was demanded, of calls as your own statement; if not, they " +
					"do not; until you answer none is called lawful either"},
			Choices: yesNo("都是", "each of them", "都不是", "none of them"), Parts: len(g)}
		if len(g) == 1 {
			q.Choices = yesNo("是", "yes", "不是", "no")
		}
		l.add(q, func(value string) ([]Edit, error) {
			var out []Edit
			for n, i := range g {
				is := isYes(value, n+1, len(g))
				out = append(out, named(i, b, is))
				if is && i.Kind == evidence.Call && i.Words == "" { // no file shows what a call was for
					out = append(out, Edit{Row: i.ID, Column: "my own words", Value: "这通电话催的是已经还清的这笔借款。"})
				}
			}
			return out, nil
		})
	}
}

// demanded are the words of a demand with when they came; of a call there are none.
func demanded(i evidence.Incident) evidence.Text {
	if i.Kind != evidence.Call || i.Shown != "" {
		return quoted(i)
	}
	return evidence.Text{ZH: whenZH(i) + "的来电（" + i.Number + "）",
		EN: strings.TrimSpace("a call of " + whenEN(i) + " from " + i.Number)}
}

// whyPaid says by what the loan of demands is taken for paid.
func (l *lister) whyPaid(g []evidence.Incident, settled map[string]evidence.Incident) evidence.Text {
	if _, ok := phrase.PaidBy(l.Case, g[0], settled); !ok {
		return evidence.Text{ZH: "案件里写着这笔借款哪天结清的；还清以后还来催的，可以投诉",
			EN: "the case says when the loan was paid; to be asked for it again can be complained of"}
	}
	return evidence.Text{ZH: "材料里有一条写着那笔借款已经结清；还清以后还来催的，可以投诉",
		EN: "a file says that the loan was paid; to be asked for it again can be complained of"}
}

// paidWords quotes the message by which the loans of demands were paid, if one says so
// of all of them.
func (l *lister) paidWords(g []evidence.Incident, settled map[string]evidence.Incident) evidence.Text {
	first, ok := phrase.PaidBy(l.Case, g[0], settled)
	if !ok || slices.ContainsFunc(g, func(i evidence.Incident) bool {
		by, ok := phrase.PaidBy(l.Case, i, settled)
		return !ok || by.ID != first.ID
	}) {
		return evidence.Text{}
	}
	where, quote := strings.Join(first.Exhibits, ", "), short(first.Shown)
	return evidence.Text{ZH: fmt.Sprintf("%s 收到的这条写着已经结清：“%s”（%s）。", whenZH(first), quote, where),
		EN: fmt.Sprintf("A message of %s says that it was paid: “%s” (%s). ",
			first.Time.At.In(evidence.Beijing).Format("2006-01-02 15:04"), quote, where)}
}
