package ask

import (
	"cmp"
	"fmt"

	"juzheng/evidence"
)

// Whose asks whose a number or an account is that the person names of their own
// accord, whatever it did: [List] asks only about those that behave like a
// collector's. It is false where no row has it.
func Whose(r Record, number, account string) (Question, bool) {
	r.Given = nil // what was said before is said anew
	l := newLister(r)
	c, ok := l.callerOf(number, account)
	if !ok {
		return Question{}, false
	}
	l.askCaller([]*caller{c}, evidence.Text{ZH: "您自己要说的", EN: "you say it of your own accord"})
	return l.out[0], true
}

// callerOf gathers the rows of one number or account.
func (l *lister) callerOf(number, account string) (*caller, bool) {
	c := &caller{number: number, account: account, phones: map[string]bool{}, perDay: map[string]int{}}
	for _, i := range l.Incidents {
		if i.Use != evidence.No && i.ToldBy == "" && (i.Number != "" || i.Account() != "") &&
			cmp.Or(i.Number, i.Account()) == c.key() {
			c.take(l, i)
		}
	}
	if o, ok := l.namedOnes()[number]; ok {
		c.inLoan = &o
	}
	return c, len(c.rows) > 0
}

// The answers of [Contact].
const (
	AsEmergency = "emergency"
	AsGuarantor = "guarantor"
)

// InLoan asks whether somebody whom the person knows was named in the loan, or
// answers for it. It is false where no row has the number or account.
func InLoan(r Record, number, account string) (Question, bool) {
	r.Given = nil
	l := newLister(r)
	c, ok := l.callerOf(number, account)
	if !ok {
		return Question{}, false
	}
	q := Question{Kind: Contact, About: About{Account: account},
		Text: evidence.Text{
			ZH: fmt.Sprintf("借款的时候填过 %s 吗？是担保人吗？", c.label().ZH),
			EN: fmt.Sprintf("Was %s given when the loan was taken out, or a guarantor of it?", c.label().EN)},
		Why: evidence.Text{ZH: "填过的紧急联系人、担保人，和没有填过的人，规定不一样",
			EN: "the rules differ for emergency contacts, guarantors and people who were not named"},
		Effect: evidence.Text{ZH: "照着记在案件里", EN: "it is written down in the case"},
		Choices: []Choice{
			{AsEmergency, evidence.Text{ZH: "填过，是紧急联系人", EN: "yes, as an emergency contact"}},
			{AsGuarantor, evidence.Text{ZH: "是担保人或者共同借款人", EN: "a guarantor or co-borrower"}},
			{no, evidence.Text{ZH: "都没有", EN: "neither"}}}}
	if number != "" {
		q.About.Numbers = []string{number}
	}
	l.add(q, func(value string) ([]Edit, error) {
		side := evidence.OtherSide
		switch value {
		case AsEmergency:
			side = evidence.EmergencySide
		case AsGuarantor:
			side = evidence.GuarantorSide
		}
		return []Edit{{Number: number, Account: account, Name: c.ownName(), Value: string(side)}}, nil
	})
	return l.out[0], true
}
