package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/phrase"
)

// forWhom asks for which lender numbers and accounts collect that do not tell, where
// others have their debts collected on the same phone: of all together, once nobody is left
// to be named. Whoever is not sure of some is asked of each.
func (l *lister) forWhom() {
	if l.callersOpen() {
		return
	}
	var all, alone []*caller
	at := map[string]*caller{}
	for _, i := range l.Incidents {
		if !slices.ContainsFunc(l.doubts[i.ID], func(d evidence.Doubt) bool { return d.Code == evidence.LenderNotSaid }) {
			continue
		}
		key := (&caller{number: i.Number, account: i.Account()}).key()
		if c := at[key]; c != nil {
			c.take(l, i)
			continue
		}
		apart, dont := l.unsureOf(Lending, key)
		if dont {
			continue
		}
		c := &caller{number: i.Number, account: i.Account(), phones: map[string]bool{}, perDay: map[string]int{}}
		c.take(l, i)
		if at[key] = c; apart {
			alone = append(alone, c)
		} else {
			all = append(all, c)
		}
	}
	if len(all)+len(alone) == 0 {
		return
	}
	lenders := phrase.LendersOf(l.Case, l.Incidents)
	if l.mayBeOurs(lenders.Names()) {
		return
	}
	if len(all) > 0 {
		l.askForWhom(all, lenders.Names())
	}
	for _, c := range alone {
		l.askForWhom([]*caller{c}, lenders.Names())
	}
}

// mayBeOurs reports that the person is about to be asked who the lender, or the platform,
// of the case is: it may be the other name.
func (l *lister) mayBeOurs(others []string) bool {
	return len(others) == 1 && slices.ContainsFunc(l.out, func(q Question) bool {
		return (q.Kind == Lender || q.Kind == Brand) && !l.skipped(q.ID)
	})
}

// ownName is what the other side of the case is called.
func (l *lister) ownName() string {
	p, o := l.Case.Platform, l.Case.Lender
	return cmp.Or(p.Brand, p.Name, o.Brand, o.Name)
}

// askForWhom is one question about some numbers.
func (l *lister) askForWhom(all []*caller, others []string) {
	own := l.ownName()
	other := evidence.Text{ZH: "另一家", EN: "another"}
	if len(others) == 1 {
		other = evidence.Text{ZH: "“" + others[0] + "”", EN: "“" + others[0] + "”"}
	}
	q := Question{Kind: Lending, Parts: len(all),
		Why: evidence.Text{ZH: "替别家催的写进这一封信，就是把别人做的事算在它头上；哪个号码替谁催，只有您听得出来",
			EN: "what is done for another lender is not this one's doing; who calls for whom only you can hear"},
		Choices: yesNo("都是替“"+own+"”催的", "all of them for “"+own+"”", "都是替"+other.ZH+"催的",
			"all of them for "+other.EN)}.leading(evidence.Advise(
		"替本案这一家的，照写；替另一家的，它的来电和消息都不算进本案，另一家可以{用 juzheng split |在“谁打来的”那一步}另建案件；没有回答、不知道的，信里不写",
		"what is for this lender counts; what is for another does not, and {juzheng split makes a case|“Who called” can "+
			"make a case} for that one; what you do not answer, or do not know, no letter has"))
	var rows []evidence.Incident
	for _, c := range all {
		rows = append(rows, c.rows...)
		label := c.label()
		if said := c.said(); said != "" {
			label.ZH, label.EN = label.ZH+"“"+said+"”", label.EN+" “"+said+"”"
		}
		q.List = append(q.List, label)
		q.About.Numbers = append(q.About.Numbers, c.key())
	}
	q.About.Incidents, q.About.Exhibits = idsOf(rows), exhibitsOf(rows)
	list, names := inOrder(q.List), strings.Join(others, "”“")
	q.Text = evidence.Text{
		ZH: fmt.Sprintf("这部手机上，除了“%s”，还有“%s”在催。这 %d 个号码、账号看不出是替谁催的，哪几个是替“%s”催的？%s",
			own, names, len(all), own, list.ZH),
		EN: fmt.Sprintf("Besides “%s”, “%s” collects on this phone. Of these %d nothing tells for whom they do. Which "+
			"of them collect for “%s”? %s", own, strings.ReplaceAll(names, "”“", "”, “"), len(all), own, list.EN)}
	if len(all) == 1 {
		q.Text = evidence.Text{
			ZH: fmt.Sprintf("这部手机上，除了“%s”，还有“%s”在催。%s，是替谁催的？", own, names, q.List[0].ZH),
			EN: fmt.Sprintf("Besides “%s”, “%s” collects on this phone. For whom does %s?", own,
				strings.ReplaceAll(names, "”“", "”, “"), q.List[0].EN)}
		q.Choices = yesNo("替“"+own+"”", "for “"+own+"”", "替"+other.ZH, "for "+other.EN)
	} else {
		q.Choices = append(q.Choices, someUnknown)
	}
	l.add(q, func(value string) ([]Edit, error) {
		var out []Edit
		for n, c := range all {
			f := evidence.ForOther
			if isYes(value, n+1, len(all)) {
				f = evidence.ForThis
			}
			out = append(out, Edit{Number: c.number, Account: c.account, Column: "for", Value: string(f)})
		}
		return out, nil
	})
}

// said are the first words of a number, by which a person knows who it is.
func (c *caller) said() string {
	for _, i := range c.rows {
		if i.Shown != "" && i.Direction != evidence.Out {
			return short(i.Shown)
		}
	}
	return ""
}
