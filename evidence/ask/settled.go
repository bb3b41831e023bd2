package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

var wantedDay = evidence.Text{ZH: "年-月-日，例如 2026-09-01；没有还清的选没有还清",
	EN: "a day such as 2026-09-01; no if it was not paid"}

// settledDay asks on which day the loan was paid, where a message or a paper says that it
// was, or the person called a demand one for a loan that was paid: what came after that
// day is asked about then, and letters name it.
func (l *lister) settledDay() {
	if l.Case.Loan.Settled != "" || l.contact() {
		return
	}
	day, from, said := l.saidPaid()
	if !said && !slices.ContainsFunc(l.Incidents, func(i evidence.Incident) bool {
		return slices.Contains(i.Asserted, "V20b")
	}) {
		return
	}
	q := Question{Kind: Settled, Free: true,
		Text: evidence.Text{ZH: "这笔借款是哪一天还清的？照还款记录或者结清证明写，例如 2026-09-01",
			EN: "On which day was this loan paid? As the record of the payment or the certificate has it, " +
				"such as 2026-09-01"},
		Why: evidence.Text{ZH: "还清以后还来催的，可以投诉；从哪一天算起，只有您说得准",
			EN: "to be asked for it after that day can be complained of, and from when on only you can say"},
		Effect: evidence.Text{ZH: "信里写明是那一天结清的，不再请求协商还款；那以后的来电、消息，接着一并问您",
			EN: "letters say that it was paid on that day and ask for no deferral; of what came since you are asked " +
				"next"},
		Choices: []Choice{{no, evidence.Text{ZH: "没有还清", EN: "it was not paid"}}}}
	if from.ZH != "" {
		q.Text.ZH, q.Text.EN = from.ZH+"。"+q.Text.ZH, from.EN+". "+q.Text.EN
	}
	if !day.IsZero() {
		q.Prefill, q.Source = day.Format(time.DateOnly), from
		q.Choices = slices.Insert(q.Choices, 0, Choice{q.Prefill, evidence.Text{ZH: q.Prefill, EN: q.Prefill}})
	}
	l.add(q, func(value string) ([]Edit, error) {
		if value = strings.TrimSpace(value); value == no {
			return nil, nil
		}
		at, ok := evidence.ParseTime(value)
		if !ok || at.Precision != evidence.ToDay {
			return nil, &ValueError{Question: q, Value: value, Wanted: wantedDay}
		}
		return []Edit{{Key: "loan.settled", Value: at.At.In(evidence.Beijing).Format(time.DateOnly)}}, nil
	})
}

// saidPaid is the message or paper that says that the loan of the case was paid, and the
// day that it names; of a message that names none the day it came.
func (l *lister) saidPaid() (day time.Time, from evidence.Text, said bool) {
	for _, p := range l.Papers {
		if !phrase.SaysPaid(p.Text) {
			continue
		}
		if numbers := phrase.ContractsIn(p.Text); l.Case.Loan.Contract != "" && len(numbers) > 0 &&
			!slices.Contains(numbers, l.Case.Loan.Contract) {
			continue
		}
		if at := phrase.SettledDay(p.Text, time.Time{}); !at.IsZero() {
			return at, p.place(at.Format("2006年1月2日") + "结清"), true
		}
		said, from = true, evidence.Text{ZH: p.Exhibit + " 里写着已经结清", EN: p.Exhibit + " says that it was paid"}
	}
	settled := phrase.Settled(l.Case, l.Incidents)
	by, ok := settled[""]
	if own, named := settled[l.Case.Loan.Contract]; named && l.Case.Loan.Contract != "" {
		by, ok = own, true
	}
	if !ok {
		return day, from, said
	}
	at := phrase.SettledDay(by.Shown, by.Time.At)
	if at.IsZero() {
		at = by.Time.At.In(evidence.Beijing)
	}
	where := strings.Join(by.Exhibits, "、")
	return at, evidence.Text{ZH: fmt.Sprintf("%s 收到的这条写着已经结清：“%s”（%s）", whenZH(by), short(by.Shown), where),
		EN: fmt.Sprintf("A message of %s says that it was paid: “%s” (%s)", whenEN(by), short(by.Shown),
			strings.ReplaceAll(where, "、", ", "))}, true
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
	if day := l.Case.Loan.Settled; !ok && day != "" {
		return evidence.Text{ZH: "案件里写着这笔借款 " + day + " 还清。", EN: "By the case this loan was paid on " + day + ". "}
	}
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

// ringsAfter asks of the calls that nobody answered and that came when the loan was paid,
// whether their numbers ring for that loan alone: of all together, those of a day as one.
func (l *lister) ringsAfter() {
	const b = "V20b"
	settled := phrase.Settled(l.Case, l.Incidents)
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if phrase.RingsSettled(l.Case, i, settled) {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b evidence.Incident) int {
		return cmp.Or(a.Time.At.Compare(b.Time.At), cmp.Compare(a.Number, b.Number))
	})
	for _, g := range l.groups(Words, b, rows, func(evidence.Incident) string { return "" }) {
		list, part := daysAlike(g)
		days := inOrder(list)
		proof := l.paidWords(g, settled)
		q := Question{Kind: Words, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g), Breach: b,
			Column: "answered",
			Quote:  days.ZH},
			Text: evidence.Text{
				ZH: fmt.Sprintf("%s还清以后，催收方的号码还打来 %d 次，您没有接：%s。这些号码，除了这笔已经还清的借款，没有别的事找您吗？",
					proof.ZH, len(g), days.ZH),
				EN: fmt.Sprintf("%sAfter the loan was paid the collector's numbers rang %d times, unanswered: %s. "+
					"Did they have no other matter with you than that loan?", proof.EN, len(g), days.EN)},
			Why: evidence.Text{ZH: "没有接的电话，是为什么打来的，材料里看不出来；您和对方还有没有别的借款，只有您知道",
				EN: "no file shows what a call was for that nobody answered; whether you owe them on another loan only " +
					"you know"},
			Effect: evidence.Text{
				ZH: "没有别的事的，写成您的陈述“还清以后仍打来，没有接”；有别的事的，不写；没有回答以前，也不当作合法的来电",
				EN: "if not, letters tell of them as your own statement; if they had, they do not; until you answer " +
					"none is called lawful either"},
			Choices: yesNo("没有别的事，只为这一笔", "no other matter: for that loan alone", "有别的事", "they had another matter"),
			Parts:   len(list), List: list}
		l.add(q, func(value string) ([]Edit, error) {
			var out []Edit
			for n, i := range g {
				is := isYes(value, part[n], q.Parts)
				out = append(out, named(i, b, is))
				if is && i.Words == "" {
					out = append(out, Edit{Row: i.ID, Column: "my own words",
						Value: "这个号码只为这笔借款找过本人，还清以后仍打来，本人没有接。"})
				}
			}
			return out, nil
		})
	}
}

// daysAlike lists calls in order of time, those of one number and day as one numbered
// thing, and says of each call which it is part of, from 1.
func daysAlike(rows []evidence.Incident) (list []evidence.Text, part []int) {
	key := ""
	for n, i := range rows {
		at := i.Time.At.In(evidence.Beijing)
		if k := i.Number + at.Format(time.DateOnly); k != key || n == 0 {
			key = k
			list = append(list, evidence.Text{ZH: at.Format("2006年1月2日") + "（" + i.Number + "）" + at.Format("15:04"),
				EN: at.Format(time.DateOnly) + " (" + i.Number + ") " + at.Format("15:04")})
		} else {
			list[len(list)-1].ZH += "、" + at.Format("15:04")
			list[len(list)-1].EN += ", " + at.Format("15:04")
		}
		part = append(part, len(list))
	}
	return list, part
}
