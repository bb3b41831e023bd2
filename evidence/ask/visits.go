package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
)

// visitParts are what can have been wrong with a visit, and what the row is then called.
var visitParts = []struct {
	is   evidence.Breach
	text evidence.Text
}{
	{"V11a", evidence.Text{ZH: "没有得到同意就进了家门，或者在家里拍摄", EN: "they entered your home, or filmed in it, without consent"}},
	{"V11b", evidence.Text{ZH: "没有得到同意就进了单位、店里去催", EN: "they entered your workplace or shop to collect, without consent"}},
	{"V11c", evidence.Text{ZH: "只来了一个人", EN: "one person came alone"}},
	{"V06", evidence.Text{ZH: "砸门、堵门、拦人拦车、威胁、恐吓",
		EN: "they beat at the door, blocked it, your way or car, or threatened"}},
	{"V06b", evidence.Text{ZH: "辱骂", EN: "they insulted you"}},
}

// visits asks what went on at a visit: that somebody came is lawful, and what was wrong with
// it a film or a row does not tell by itself.
func (l *lister) visits() {
	asked := 0
	for _, i := range l.Incidents {
		if i.Kind != evidence.Visit || i.Use == evidence.No || !l.Case.Concerns(i) || i.ToldBy != "" ||
			asked == mostWritten || asserted(i, "V11") || asserted(i, "V21") || slices.Contains(i.Denied, "V11") {
			continue
		}
		if _, _, dont := l.unsure(Words, "V11", i.ID); !dont {
			l.askVisit(i)
			asked++
		}
	}
}

func (l *lister) askVisit(i evidence.Incident) {
	q := Question{Kind: Words, Parts: len(visitParts),
		About: About{Incidents: []string{i.ID}, Exhibits: i.Exhibits, File: strings.Join(i.Exhibits, " "), Breach: "V11",
			Quote: short(cmp.Or(i.Words, i.Shown))},
		Why: evidence.Text{ZH: "上门本身不违规；是哪一样不对，照片和录像自己说不出来",
			EN: "to come is lawful by itself; what was wrong no picture or film tells by itself"},
		Effect: evidence.Text{ZH: "有的，写进信里；没有的，这次上门不算违规，夜里来的照样按时间算",
			EN: "what there was is told in the letters; if there was none, the visit counts by its hour alone"},
		Choices: yesNo("每一样都有", "all of it", "都没有", "none of it")}
	for _, p := range visitParts {
		q.List = append(q.List, p.text)
	}
	list := inOrder(q.List)
	said := ""
	if q.About.Quote != "" {
		said = "“" + q.About.Quote + "”"
	}
	q.Text = evidence.Text{ZH: fmt.Sprintf("%s那次上门%s，有没有下面这些？%s", cmp.Or(whenZH(i), undated.ZH), said, list.ZH),
		EN: fmt.Sprintf("Was there any of this at the visit of %s%s? %s", cmp.Or(whenEN(i), undated.EN), said, list.EN)}
	l.add(q, func(value string) ([]Edit, error) {
		now := i
		for n, p := range visitParts {
			if isYes(value, n+1, len(visitParts)) && !slices.Contains(now.Asserted, p.is) {
				now.Asserted = append(slices.Clone(now.Asserted), p.is)
			}
		}
		if !slices.ContainsFunc(now.Asserted, func(b evidence.Breach) bool { return b.Rule() == "V11" }) {
			return []Edit{named(now, "V11", false)}, nil
		}
		return []Edit{named(now, now.Asserted[0], true)}, nil
	})
}
