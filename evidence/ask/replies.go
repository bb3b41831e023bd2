package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// replies asks whether a message is the answer to an earlier complaint: a letter
// that says there was none, where there was one, is false. A message that can answer
// several is asked about once.
func (l *lister) replies() {
	type asked struct {
		rows    []evidence.Incident
		filings []int
	}
	var all []asked
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
		if at := slices.IndexFunc(all, func(a asked) bool { return slices.Equal(idsOf(a.rows), idsOf(open)) }); at >= 0 {
			all[at].filings = append(all[at].filings, n)
		} else {
			all = append(all, asked{open, []int{n}})
		}
	}
	for _, a := range all {
		l.askReply(a.rows, a.filings)
	}
}

// askReply asks of messages which of some complaints they answer, if any.
func (l *lister) askReply(open []evidence.Incident, filings []int) {
	const received = "accepted"
	var zh, en []string
	for _, i := range open {
		zh, en = append(zh, quoted(i).ZH), append(en, quoted(i).EN)
	}
	words := strings.Join(zh, " ")
	q := Question{Kind: Role, About: About{Incidents: idsOf(open), Exhibits: exhibitsOf(open), Quote: words,
		Column: filingsColumn},
		Why: evidence.Text{ZH: "有过答复的，信里就不能写“未得到答复”",
			EN: "if there was an answer, no letter may say that there was none"}}.leading(
		evidence.Advise("是的，答复的日期和原话记进{ case.toml 的 filings|“交出去”那一步}，信里照着写，不写“未得到答复”；不是的，照写未得到答复",
			"if so, its day and words are noted {under filings of case.toml|at “Hand in”} and letters give them; if not, "+
				"letters say that there was no answer"))
	only := evidence.Text{ZH: "只说收到了、受理了，还没有结果", EN: "it only says that they have it, and nothing of the matter"}
	if len(filings) == 1 {
		f := l.Case.Filings[filings[0]]
		q.Text = evidence.Text{ZH: fmt.Sprintf("%s，这是对您 %s 那次投诉的答复吗？", words, f.Date),
			EN: fmt.Sprintf("%s: is this the answer to your complaint of %s?", strings.Join(en, "; "), f.Date)}
		q.Choices = []Choice{{yes, evidence.Text{ZH: "是，对方答复了", EN: "yes, they answered"}}, {received, only},
			{no, evidence.Text{ZH: "不是", EN: "no"}}}
	} else {
		q.Text = evidence.Text{ZH: words + "，这是对您哪一次投诉的答复？",
			EN: strings.Join(en, "; ") + ": which of your complaints does this answer?"}
		for _, n := range filings {
			f := l.Case.Filings[n]
			to := evidence.Role(f.To).Title()
			q.Choices = append(q.Choices, Choice{fmt.Sprintf("filing-%d", n+1), evidence.Text{
				ZH: f.Date + " 向" + cmp.Or(to.ZH, f.To) + "的那次", EN: "that of " + f.Date + " to " + cmp.Or(to.EN, f.To)}})
		}
		q.Choices = append(q.Choices, Choice{yes, evidence.Text{ZH: "都是", EN: "all of them"}}, Choice{received, only},
			Choice{no, evidence.Text{ZH: "都不是", EN: "none of them"}})
	}
	l.add(q, func(value string) ([]Edit, error) {
		if value == no {
			return cellsOf(open, "role", string(evidence.RoleOther)), nil
		}
		out := cellsOf(open, "role", string(evidence.RoleService))
		for _, n := range filings {
			switch {
			case value == received && len(filings) == 1: // of several nobody says which
				out = append(out, Edit{Key: fmt.Sprintf("filings[%d].accepted", n+1),
					Value: open[0].Time.At.In(evidence.Beijing).Format(time.DateOnly)})
			case value == yes, value == fmt.Sprintf("filing-%d", n+1):
				out = append(out, l.answered(n, l.Case.Filings[n], open[0])...)
			}
		}
		return out, nil
	})
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
