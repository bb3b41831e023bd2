package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
)

// replies asks whether a message is the answer to an earlier complaint: a letter
// that says there was none, where there was one, is false.
func (l *lister) replies() {
	for _, f := range l.Case.Filings {
		if f.Answered != "" || strings.TrimSpace(f.Answer) != "" {
			continue
		}
		open := slices.DeleteFunc(l.Case.RepliesTo(f, l.Incidents), func(i evidence.Incident) bool {
			_, _, dont := l.unsure(Role, "", i.ID)
			return dont || i.Role != evidence.RoleUnknown
		})
		if len(open) == 0 {
			continue
		}
		var said []string
		for _, i := range open {
			said = append(said, whenZH(i)+"“"+short(i.Shown)+"”")
		}
		words := strings.Join(said, " ")
		l.add(Question{Kind: Role, About: About{Incidents: idsOf(open), Exhibits: exhibitsOf(open), Quote: words,
			Column: "filings"},
			Text: evidence.Text{ZH: fmt.Sprintf("%s，这是对您 %s 那次投诉的答复吗？", words, f.Date),
				EN: fmt.Sprintf("%s: is this the answer to your complaint of %s?", words, f.Date)},
			Why: evidence.Text{ZH: "有过答复的，信里就不能写“未得到答复”",
				EN: "if there was an answer, no letter may say that there was none"},
			Effect: evidence.Text{ZH: "是的，信里不写“未得到答复”，答复的日期和内容写进 case.toml 的 filings；不是的，照写未得到答复",
				EN: "if so, letters do not say that there was none; write its day and what it said into filings of " +
					"case.toml. If not, they do"},
			Choices: yesNo("是，对方答复或受理了", "yes, they answered or took it up", "不是", "no")},
			func(value string) ([]Edit, error) {
				role := evidence.RoleOther
				if value == yes {
					role = evidence.RoleService
				}
				return cellsOf(open, "role", string(role)), nil
			})
	}
}
