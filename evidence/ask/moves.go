package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// What statements of payments show of the loan: what was repaid, what was charged
// beside it, what came in. Rows are told by the names of the companies of the case;
// which of them belong to the loan only the person can say.

var (
	// feeWords name what is taken beside a loan.
	feeWords = lazyregexp.New(`担保|会员|权益|保险|保费|服务费|手续费|咨询费|管理费|评估费|砍头|催收费|购物卡`)
	repays   = lazyregexp.New(`还款|还贷|归还|贷款回收|借款回收|结清`)
)

// moves asks which rows of statements are of the loan.
func (l *lister) moves() {
	if l.contact() || len(l.Moves) == 0 {
		return
	}
	var repaid, fees, came []evidence.Move
	listed := l.Case.Loan.Paid()
	for _, m := range l.Moves {
		if slices.ContainsFunc(listed, func(p evidence.Payment) bool {
			return p.Source == m.Source || p.Source == "" && p.Day.Equal(m.Day) && p.Sum == m.Sum
		}) || l.answeredOf(m) || m.Sum == 0 {
			continue
		}
		payee := names(l.Case.Payee, m)
		switch of := payee || l.sideOf(m); {
		case !of:
		case m.Direction == evidence.In:
			came = append(came, m)
		case payee || m.Direction == evidence.Out && feeWords.MatchString(m.Words+m.Party):
			fees = append(fees, m)
		case m.Direction == evidence.Out || repays.MatchString(m.Words):
			repaid = append(repaid, m)
		}
	}
	l.paid(Repaid, "loan.repaid", l.Case.Loan.Repaid, repaid, evidence.Text{
		ZH: "流水里有 %d 笔付给对方的，是还这笔借款的吗？%s",
		EN: "Statements show %d payments to the other side. Did they repay this loan? %s"},
		evidence.Advise("{写进 case.toml 的 loan.repaid，注明出处；|}核算利息、退还多付的款项时用{|，并注明出处}",
			"{they stand under loan.repaid of case.toml, each with its row, and |}interest and refunds are worked out with "+
				"them{|, each with its place}"),
		yesNo("是还这笔借款的", "they did", "不是", "no"))
	l.paid(Charged, "loan.fees", l.Case.Loan.Fees, fees, evidence.Text{
		ZH: "流水里有 %d 笔像是另外收的费用，是这笔借款收的吗？%s",
		EN: "Statements show %d that look like fees beside a loan. Were they taken for this loan? %s"},
		evidence.Advise("{写进 case.toml 的 loan.fees，注明出处；|}信里列成表，{|注明出处，}请对方说明依据，没有依据的退还",
			"{they stand under loan.fees of case.toml, each with its row; |}letters have them in a table, {|each with its "+
				"place, }ask for their ground, and for what has none back"),
		yesNo("是这笔借款收的", "they were", "不是", "no"))
	l.received(came)
}

// answeredOf reports a row that the person was asked about.
func (l *lister) answeredOf(m evidence.Move) bool {
	return slices.ContainsFunc(l.Given, func(g Given) bool {
		return slices.Contains([]Kind{Repaid, Charged, Received}, g.Kind) && g.Value != Skip &&
			slices.Contains(g.Subject, m.Source)
	})
}

// sideOf reports a row whose other side is one of the companies of the case.
func (l *lister) sideOf(m evidence.Move) bool {
	for _, p := range []evidence.Party{l.Case.Platform, l.Case.Lender, l.Case.Agency, l.Case.Assignee} {
		if names(p, m) {
			return true
		}
	}
	contract := l.Case.Loan.Contract
	return len(contract) >= 6 && strings.Contains(m.Words, contract)
}

// names reports a row that names a company: by its brand, its whole name, or the
// beginning of it, as narrow columns have it.
func names(p evidence.Party, m evidence.Move) bool {
	if len([]rune(p.Brand)) >= 2 && (strings.Contains(m.Party, p.Brand) || strings.Contains(m.Words, p.Brand)) {
		return true
	}
	name, _, _ := strings.Cut(p.Name, "（")
	party := strings.TrimRight(m.Party, "*….　 ")
	return utf8.RuneCountInString(name) >= 4 && (strings.Contains(m.Party, name) || strings.Contains(m.Words, name) ||
		utf8.RuneCountInString(party) >= 4 && strings.HasPrefix(name, party))
}

// paid asks which of some rows belong on a list of the loan.
func (l *lister) paid(
	k Kind, key string, have []string, rows []evidence.Move, text evidence.Text, effect evidence.Advice, choices []Choice,
) {
	if len(rows) == 0 {
		return
	}
	slices.SortStableFunc(rows, func(a, b evidence.Move) int { return a.Day.Compare(b.Day) })
	var list []evidence.Text
	var places []string
	for _, m := range rows {
		list, places = append(list, saidOf(m)), append(places, m.Source)
	}
	said := list[0]
	if len(rows) > 1 {
		said = inOrder(list)
	}
	q := Question{Kind: k, About: About{Exhibits: sourcesOf(rows), File: strings.Join(places, " ")},
		Text: evidence.Text{ZH: fmt.Sprintf(text.ZH, len(rows), said.ZH), EN: fmt.Sprintf(text.EN, len(rows), said.EN)},
		Why: evidence.Text{ZH: "流水只写付给了谁，是不是这笔借款的，只有您知道",
			EN: "a statement says who was paid; whether it was for this loan only you know"},
		Choices: choices, Parts: len(rows), List: list}
	l.add(q.leading(effect), func(value string) ([]Edit, error) {
		out := slices.Clone(have)
		for n, m := range rows {
			if isYes(value, n+1, len(rows)) {
				what := ""
				if k == Charged {
					what = feeOf(m)
				}
				out = append(out, m.Payment(what).String())
			}
		}
		if len(out) == len(have) {
			return nil, nil
		}
		return []Edit{{Key: key, Value: strings.Join(out, "\n")}}, nil
	})
}

// feeOf is what a fee is called: of several cells the one that says so.
func feeOf(m evidence.Move) string {
	for _, s := range append(strings.Fields(m.Words), m.Party) {
		if feeWords.MatchString(s) {
			return s
		}
	}
	return cmp.Or(m.Words, m.Party)
}

// received asks whether money that came from the other side in the days of the loan
// is what reached the borrower; only where it is the one such row.
func (l *lister) received(rows []evidence.Move) {
	near := slices.DeleteFunc(slices.Clone(rows), func(m evidence.Move) bool { return !l.Case.Loan.NearPayout(m) })
	if len(near) != 1 || l.Case.Loan.Received != "" {
		return
	}
	m, say := near[0], saidOf(near[0])
	exhibit := sourcesOf(near)[0]
	q := Question{Kind: Received, About: About{Exhibits: []string{exhibit}, File: m.Source},
		Text: evidence.Text{ZH: "流水里有一笔：" + say.ZH + "。这是这笔借款实际到账的钱吗？",
			EN: "A statement shows " + say.EN + ". Is this the money of the loan that reached you?"},
		Why: evidence.Text{ZH: "到账比合同本金少的，少的那部分不能算进本金",
			EN: "where less reached you than the contract says, the rest is no principal"},
		Choices: yesNo("是，全部到账就是这些", "yes, that is all of it", "不是", "no")}
	l.add(q.leading(evidence.Advise(
		"{写进 case.toml 的 loan.received；借款的证据已经写明（loan.exhibits）的，流水也一并写上|信里写实际到账就是这一笔，流水也算作借款的证据}",
		"{it stands as loan.received of case.toml, and the statement beside the loan's other exhibits, where loan.exhibits "+
			"has any|letters give it as what reached you, and the statement goes along}")),
		func(value string) ([]Edit, error) {
			if value != yes {
				return nil, nil
			}
			out := []Edit{{Key: "loan.received", Value: m.Sum.String()}}
			// alone it does not show what the contract says was lent
			if have := l.Case.Loan.Exhibits; len(have) > 0 && !slices.Contains(have, exhibit) {
				out = append(out, Edit{Key: "loan.exhibits", Value: strings.Join(append(slices.Clone(have), exhibit), "\n")})
			}
			return out, nil
		})
}

// saidOf is a row in words.
func saidOf(m evidence.Move) evidence.Text {
	zh, en := "付给", "to"
	if m.Direction == evidence.In {
		zh, en = "收到", "from"
	}
	what := strings.TrimSpace(short(m.Words))
	t := evidence.Text{ZH: fmt.Sprintf("%s %s元，%s“%s”", m.Day.Format(time.DateOnly), m.Sum, zh, m.Party),
		EN: fmt.Sprintf("%s: %s yuan %s “%s”", m.Day.Format(time.DateOnly), m.Sum, en, m.Party)}
	if what != "" {
		t.ZH, t.EN = t.ZH+"，"+what, t.EN+", "+what
	}
	return evidence.Text{ZH: t.ZH + "（" + m.Source + "）", EN: t.EN + " (" + m.Source + ")"}
}

// sourcesOf are the exhibits of rows, each once.
func sourcesOf(rows []evidence.Move) []string {
	var out []string
	for _, m := range rows {
		if n, _, _ := strings.Cut(m.Source, ":"); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
