package letter

import (
	"cmp"
	"slices"
	"strings"

	"juzheng/evidence"
)

// An Outline is what a letter to one recipient would hold, and what of the case
// stays out of it and why: for the complainant to read before it is written.
type Outline struct {
	Title    string             // 投诉书, 举报书
	Asserted []evidence.Finding // shown by a file: told as facts, with their rules
	Stated   []evidence.Finding // only the person's word: quoted as such
	Left     []Omission         // findings the letter does not tell
	Requests []string           // as the letter has them
	Refused  []Refusal          // the person's own that it does not make
	Cut      []evidence.Text    // long words of which it quotes the first, for nothing tells which matter
}

// An Omission is a finding that stays out of a letter.
type Omission struct {
	Finding evidence.Finding
	Why     evidence.Text
}

// OutlineOf says what [Compose] would write of a case to a recipient.
func OutlineOf(in Input) Outline {
	p := Outline{Title: in.title(), Asserted: in.asserted(), Stated: in.stated()}
	for _, f := range in.Findings {
		if why := in.omits(f); why.ZH != "" {
			p.Left = append(p.Left, Omission{f, why})
		}
	}
	slices.SortStableFunc(p.Left, func(a, b Omission) int { return cmp.Compare(a.Finding.Rule, b.Finding.Rule) })
	p.Requests = in.requests()
	_, p.Refused = in.ownRequests()
	for _, i := range in.unsifted() {
		p.Cut = append(p.Cut, in.blindCut(i))
	}
	return p
}

// whyDebtor keeps what only the debtor can claim out of a contact's letter.
var whyDebtor = evidence.Text{ZH: "这类规则针对借款人本人，应由借款人自己反映",
	EN: "its rules protect the borrower, who is the one to raise it"}

var whyOutside = evidence.Text{ZH: "协会收的是互联网金融方面的线索，银行自己的信用卡、线下贷款不在其内",
	EN: "the association takes matters of internet finance; a bank's own card or counter loan is none"}

// omits says why a letter does not tell a finding; empty: it does.
func (in Input) omits(f evidence.Finding) evidence.Text {
	switch {
	case f.Strength == evidence.Review:
		var zh, en []string
		for _, d := range f.Doubts {
			zh, en = append(zh, d.ZH), append(en, d.EN)
		}
		if len(zh) == 0 {
			return evidence.Text{ZH: "需要您看一看", EN: "it needs your eye"}
		}
		return evidence.Text{ZH: "需要您看一看：" + strings.Join(zh, "；"), EN: "it needs your eye: " + strings.Join(en, "; ")}
	case in.ofDebtor(f):
		return whyDebtor
	case in.outside():
		return whyOutside
	case !in.concerns(f):
		return evidence.Text{ZH: "不归它处理", EN: "it is not competent for it"}
	case len(printable(f.Citations)) == 0:
		return evidence.Text{ZH: "没有可以引用的规定", EN: "no rule of it may be cited"}
	}
	return evidence.Text{}
}
