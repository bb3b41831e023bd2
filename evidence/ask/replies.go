package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// replies asks whether a message is the answer to an earlier complaint: a letter
// that says there was none, where there was one, is false.
func (l *lister) replies() {
	for n, f := range l.Case.Filings {
		if !f.Open() {
			continue
		}
		open := slices.DeleteFunc(l.Case.RepliesTo(f, l.Incidents), func(i evidence.Incident) bool {
			_, _, dont := l.unsure(Role, "", i.ID)
			return dont || i.Role != evidence.RoleUnknown
		})
		if len(open) == 0 {
			continue
		}
		slices.SortStableFunc(open, func(x, y evidence.Incident) int { return x.Time.At.Compare(y.Time.At) })
		var zh, en []string
		for _, i := range open {
			zh, en = append(zh, quoted(i).ZH), append(en, quoted(i).EN)
		}
		words := strings.Join(zh, " ")
		l.add(Question{Kind: Role, About: About{Incidents: idsOf(open), Exhibits: exhibitsOf(open), Quote: words,
			Column: "filings"},
			Text: evidence.Text{ZH: fmt.Sprintf("%s，这是对您 %s 那次投诉的答复吗？", words, f.Date),
				EN: fmt.Sprintf("%s: is this the answer to your complaint of %s?", strings.Join(en, "; "), f.Date)},
			Why: evidence.Text{ZH: "有过答复的，信里就不能写“未得到答复”",
				EN: "if there was an answer, no letter may say that there was none"},
			Effect: evidence.Text{ZH: "是的，答复的日期和原话记进 case.toml 的 filings，信里照着写，不写“未得到答复”；不是的，照写未得到答复",
				EN: "if so, its day and words are noted under filings of case.toml and letters give them; if not, " +
					"letters say that there was no answer"},
			Choices: yesNo("是，对方答复或受理了", "yes, they answered or took it up", "不是", "no")},
			func(value string) ([]Edit, error) {
				if value == no {
					return cellsOf(open, "role", string(evidence.RoleOther)), nil
				}
				return append(cellsOf(open, "role", string(evidence.RoleService)), l.answered(n, f, open[0])...), nil
			})
	}
}

// logs are the exhibits that hold the calls and messages of everybody.
var logs = []evidence.ExhibitKind{evidence.SMSLog, evidence.CallLog, evidence.ChatLog}

// answered notes the answer to a complaint: its day and words, and what shows it. A
// whole log is no such exhibit: it holds the messages of others too.
func (l *lister) answered(n int, f evidence.Filing, reply evidence.Incident) []Edit {
	at := func(key string) string { return fmt.Sprintf("filings[%d].%s", n+1, key) }
	out := []Edit{{Key: at("answered"), Value: reply.Time.At.In(evidence.Beijing).Format(time.DateOnly)},
		{Key: at("answer"), Value: "“" + strings.TrimRight(strings.Join(strings.Fields(reply.Shown), " "), "。") + "”"}}
	for _, x := range reply.Exhibits {
		k := slices.IndexFunc(l.Exhibits, func(e evidence.Exhibit) bool { return e.Number == x })
		if f.Reply == "" && k >= 0 && !slices.Contains(logs, l.Exhibits[k].Kind) {
			return append(out, Edit{Key: at("reply"), Value: x})
		}
	}
	return out
}
