package ask

import (
	"cmp"
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
	for _, p := range l.loanPapers {
		for _, m := range lenderLine.FindAllStringSubmatch(p.Text, -1) {
			lines = mentioned(lines, []string{m[1]}, p.place(m[0]))
		}
		for _, name := range phrase.FullLendersIn(p.Text) {
			papers = mentioned(papers, []string{name}, p.place(p.lineOf(name)))
		}
	}
	for _, i := range l.toBorrower() {
		messages = mentioned(messages, phrase.FullLendersIn(i.Shown),
			evidence.Text{ZH: "短信 " + i.ID, EN: "message " + i.ID})
	}
	for _, found := range [][]mention{lines, papers, messages} {
		if len(found) > 0 {
			return whole(found)
		}
	}
	return nil
}

// whole leaves out names that are the beginning of another: the edge of a picture cuts them.
func whole(all []mention) []mention {
	return slices.DeleteFunc(slices.Clone(all), func(m mention) bool {
		return slices.ContainsFunc(all, func(o mention) bool {
			return o.name != m.name && strings.HasPrefix(o.name, m.name)
		})
	})
}

// loans are the contracts that papers and messages of the matter name by number.
func (l *lister) loans() []mention {
	var out []mention
	for _, p := range l.loanPapers {
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
		own := evidence.Text{ZH: "放款机构", EN: "lender"}
		if l.Case.Lender.Name == "" {
			own = evidence.Text{ZH: "平台", EN: "platform"}
		}
		q := Question{Kind: Role, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g), Quote: quotes.ZH,
			Column: "lender"},
			Text: evidence.Text{
				ZH: fmt.Sprintf("这 %d 条说的是“%s”，案件里的%s是“%s”。说的是这次投诉的这笔借款吗？%s", len(g), name,
					own.ZH, cmp.Or(l.Case.Lender.Name, l.ownName()), quotes.ZH),
				EN: fmt.Sprintf("These %d speak of “%s”, and the %s of the case is “%s”. Are they about the loan of "+
					"this complaint? %s", len(g), name, own.EN, cmp.Or(l.Case.Lender.Name, l.ownName()), quotes.EN)},
			Why: evidence.Text{ZH: "别家的催收写进这一封信，就是把别人做的事算在它头上",
				EN: "what another lender's collectors did is not this one's doing"},
			Choices: yesNo("都是这一笔", "yes, all of them", "都不是，是另一家的", "no, none of them"), Parts: len(g)}.leading(
			evidence.Advise("是的，照写；不是的，这几{行|条}不采用，另一家的{用 juzheng split |在“谁打来的”那一步}另分一个案件；没有回答以前都不写",
				"if so they count; if not they are left out, and the other lender wants a case of its own{|, made at “Who "+
					"called”}; until you answer none is asserted"))
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
			return d.Says[0].Value
		}
	}
	return ""
}
