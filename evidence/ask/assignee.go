package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// assignee asks who has the claim now, where papers or messages say that it was passed
// on: whoever collects for them acts for no lender any more.
var assignee = fact{kind: Assignee, key: "assignee.name",
	asked: func(l *lister) bool { return l.Case.Assignee.Label() == "" && len(l.assignees()) > 0 },
	text: evidence.Text{ZH: "材料里说，这笔债权转让给了这家公司，对吗？",
		EN: "Do the files say rightly that the claim was passed to this firm?"},
	why: evidence.Text{ZH: "债权转让过的，催收的人替受让的公司做事；转让有没有通知您，对方要拿出凭证",
		EN: "then whoever collects acts for that firm, and the other side has to show that you were told of it"},
	effect: evidence.Text{ZH: "信里写成“称已受让这笔债权”的公司，并请对方说明转让、提供通知的凭证；转过几次的，写最后受让的那一家",
		EN: "letters name it as the firm that says it has the claim, and ask for proof of the transfer and the notice; " +
			"of several, the last"},
	read: (*lister).assigneeIn, check: lettered(4, wantedLender)}

var (
	// passedTo is a claim that is passed on, and to whom.
	passedTo = lazyregexp.New(`债权[^。；;！!]{0,80}?(?:转让|转移|出让)(?:给了?|至|予|与|到)\s*` +
		`([\p{Han}（）()]{2,40}?(?:公司|银行|合伙企业|交易所|事务所))`)
	// passedBy is who passed a claim on.
	passedBy = lazyregexp.New(`([\p{Han}（）()]{2,40}?(?:公司|银行|分行|支行|合伙企业))(?:已经?|依法|于|将|拟)[^。；;！!]{0,80}?` +
		`债权[^。；;！!]{0,80}?(?:转让|转移|出让)(?:给|至|予|与|到)`)
	// tookOver is who says that they took a claim over.
	tookOver = lazyregexp.New(`([\p{Han}（）()]{2,40}?公司)(?:已经?|现已|依法|合法)*受让[^。；;！!]{0,80}?债权`)
)

// assignees are the firms that papers and messages say have the claim, each once.
func (l *lister) assignees() []mention {
	var out []mention
	look := func(text string, from func(quote string) evidence.Text) {
		for _, form := range []*lazyregexp.Regexp{passedTo, tookOver} {
			for _, m := range form.FindAllStringSubmatch(text, -1) {
				out = mentioned(out, m[1:2], from(m[0]))
			}
		}
	}
	for _, p := range l.Papers {
		look(p.Text, p.place)
	}
	for _, i := range l.Incidents {
		if written(i) && i.Direction != evidence.Out && i.Use != evidence.No {
			look(i.Shown, func(quote string) evidence.Text {
				return evidence.Text{ZH: i.ID + "“" + short(quote) + "”", EN: i.ID + " “" + short(quote) + "”"}
			})
		}
	}
	return out
}

// assigneeIn is the one of them that has not passed the claim on itself; none where that
// is true of several.
func (l *lister) assigneeIn() (string, evidence.Text) {
	passed := map[string]bool{}
	look := func(text string) {
		for _, m := range passedBy.FindAllStringSubmatch(text, -1) {
			passed[m[1]] = true
		}
	}
	for _, p := range l.Papers {
		look(p.Text)
	}
	for _, i := range l.Incidents {
		look(i.Shown)
	}
	left := slices.DeleteFunc(l.assignees(), func(m mention) bool { return passed[m.name] })
	if len(left) != 1 {
		return "", evidence.Text{}
	}
	return left[0].name, left[0].from
}

// namedAssignees puts those that files name into the question which of them it is.
func (l *lister) namedAssignees(q *Question) {
	all := l.assignees()
	for n, m := range all {
		zh, en := strings.Fields(m.from.ZH), strings.Fields(m.from.EN) // of a page, lines and all
		q.Text.ZH += fmt.Sprintf("%d “%s”（%s）；", n+1, m.name, strings.Join(zh, " "))
		q.Text.EN += fmt.Sprintf(" %d “%s” (%s);", n+1, m.name, strings.Join(en, " "))
		q.Choices = append(q.Choices, Choice{m.name, evidence.Text{ZH: m.name, EN: m.name}})
	}
}
