package ask

import (
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A namedOne is somebody whom the contract names beside the borrower, with a number.
type namedOne struct {
	number, name string
	side         evidence.Side
	from         evidence.Text // the place and what stands there
}

var (
	// namedHead begins what a contract says of somebody whom the borrower gave.
	namedHead = lazyregexp.New(`(紧急联系人|第[一二三四]联系人|其他联系人|联系人[一二三四12345]|共同借款人|连带保证人|保证人|担保人)`)
	// namedPerson is one of them: a name and a number, with what stands between.
	namedPerson = lazyregexp.New(`(?:(\p{Han}{2,4})[\s：:，,（(]{0,3}(?:\p{Han}{0,6}[）)\s：:，,/]{1,3}){0,3})?(1[3-9]\d{9})`)
	// notNamed are words in the place of a name.
	notNamed = lazyregexp.New(`电话|手机|联系|号码|姓名|关系|方式`)
	// namedLine is a line that goes on with the same person.
	namedLine = lazyregexp.New(`^\s*(?:姓名|关系|与借款人|与本人|电话|手机|联系电话|联系方式|移动电话|手机号|\p{Han}{2,4}\s*[:：，,]?\s*1[3-9]\d{9})`)
)

// namedOnes are the people whom contracts name with a number: emergency contacts and
// guarantors. What stands there is no answer: the person may have named nobody.
func (l *lister) namedOnes() map[string]namedOne {
	out := map[string]namedOne{}
	for _, p := range l.loanPapers {
		lines := strings.Split(p.Text, "\n")
		for n, line := range lines {
			at := namedHead.FindStringIndex(line)
			if at == nil {
				continue
			}
			head, said, name := line[at[0]:at[1]], line[at[1]:], ""
			side := evidence.EmergencySide
			if !strings.Contains(head, "联系人") {
				side = evidence.GuarantorSide
			}
			for k, more := range lines[n+1:] {
				if k > 3 || !namedLine.MatchString(more) || namedHead.MatchString(more) {
					break
				}
				said += " " + strings.TrimSpace(more)
			}
			if m := namedAs.FindStringSubmatch(said); m != nil {
				name = m[1]
			}
			for _, m := range namedPerson.FindAllStringSubmatch(said, -1) {
				o := namedOne{number: evidence.NormalNumber(m[2]), name: m[1], side: side,
					from: p.place(head + strings.Join(strings.Fields(said), " "))}
				if o.name == "" || notNamed.MatchString(o.name) {
					o.name = name
				}
				if _, known := out[o.number]; !known && o.number != l.Case.Complainant.Phone {
					out[o.number] = o
				}
			}
		}
	}
	return out
}

var namedAs = lazyregexp.New(`姓名\s*[:：]\s*(\p{Han}{2,4})`)

// choice is the answer that a number is of somebody the contract names.
func (o namedOne) choice() Choice {
	if o.side == evidence.GuarantorSide {
		return Choice{AsGuarantor, evidence.Text{ZH: "担保人或者共同借款人", EN: "a guarantor or co-borrower"}}
	}
	return Choice{AsEmergency, evidence.Text{ZH: "借款时填的紧急联系人", EN: "an emergency contact given for the loan"}}
}
