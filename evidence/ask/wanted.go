package ask

import (
	"slices"
	"strings"

	"juzheng/evidence"
)

// A wish is something a person can ask the other side for beside what letters ask for of
// themselves: to stop, to look into it, to answer in writing.
type wish struct {
	id     string
	zh, en string
	open   func(*lister) bool // it would change a letter
	edits  func(*lister) []Edit
}

// wishes are those that are offered. A deferral is the first: see [lister.wants].
var wishes = []wish{
	{"deferral", "延期或者分期还款（接着会请您写一两句）", "a deferral or instalments (you are asked for a sentence or two next)",
		func(l *lister) bool {
			return l.owing() && strings.TrimSpace(l.Case.Deferral.Reason) == "" && len(l.Case.Deferral.Plan) == 0
		},
		func(*lister) []Edit { return nil }},
	{"apology", "书面道歉", "an apology in writing", (*lister).unapologised,
		func(l *lister) []Edit { return l.request("就所反映的行为书面道歉。") }},
	{"reduce", "减少利息、罚息和违约金", "less interest and penalty",
		func(l *lister) bool { return l.owing() && l.Case.Deferral.Reduce == evidence.Unknown },
		func(*lister) []Edit { return []Edit{{Key: "deferral.reduce", Value: yes}} }},
	{"account", "列明本金、利息、罚息和各项费用，多收的退还", "an account of the debt, and what was charged too much paid back",
		(*lister).unaccounted,
		func(l *lister) []Edit {
			return l.request("提供账单明细，列明本金、利息、罚息和各项费用；多收的予以退还。")
		}},
}

// owing reports a person who owes the loan of the case, by all that the case says: to ask
// for a deferral is to say so.
func (l *lister) owing() bool {
	return !l.contact() && l.Case.Loan.Settled == "" && !slices.ContainsFunc(l.Incidents,
		func(i evidence.Incident) bool { return i.Use != evidence.No && asserted(i, "V20") })
}

// unapologised reports that letters ask for no apology yet: what they tell is a wrong, and
// none for which they ask for one of themselves.
func (l *lister) unapologised() bool {
	wronged := func(k evidence.Kind) bool { return k.Apology }
	return l.tells(collecting) && !l.tells(wronged) && !l.requested("道歉")
}

// tells reports that letters tell of acts of a kind.
func (l *lister) tells(of func(evidence.Kind) bool) bool {
	return slices.ContainsFunc(l.Report.Findings, func(f evidence.Finding) bool {
		return f.Strength != evidence.Review && of(evidence.KindOf(f.Rule))
	})
}

func collecting(k evidence.Kind) bool { return k.Collecting }

// unaccounted reports that letters ask neither for an account nor for anything back.
func (l *lister) unaccounted() bool {
	return l.owing() && !l.requested("退还") && !slices.ContainsFunc(l.Report.Findings, func(f evidence.Finding) bool {
		return f.Cost != nil || f.Rule == "V12" || f.Rule == "V22" ||
			slices.Contains(f.Parts, evidence.Breach("V13b").Title())
	})
}

// requested reports words among the requests the person wrote.
func (l *lister) requested(words string) bool {
	return slices.ContainsFunc(l.Case.Requests, func(r string) bool { return strings.Contains(r, words) })
}

// request adds a request to those that the person wrote.
func (l *lister) request(words string) []Edit {
	return []Edit{{Key: "requests", Value: strings.Join(append(slices.Clone(l.Case.Requests), words), "\n")}}
}

var wantedReason = evidence.Text{ZH: "一两句话，说目前的困难和能做到的还款，4 到 300 个字；不想申请的选不用",
	EN: "a sentence or two on what is hard now and what you can pay, 4 to 300 characters; no if you want none"}

// wants asks what the person wishes of the other side, where a letter would say it and
// does not yet; and whoever wants to pay later for the words of it.
func (l *lister) wants() {
	if !l.filing() {
		return
	}
	later := ofDeferral()
	var open []wish
	var ids []string
	var list []evidence.Text
	for _, w := range wishes {
		if w.open(l) {
			open, ids = append(open, w), append(ids, w.id)
			list = append(list, evidence.Text{ZH: w.zh, EN: w.en})
		}
	}
	said := inOrder(list)
	wished := slices.IndexFunc(l.Given,
		func(g Given) bool { return g.Kind == Wish && g.Value != Skip && g.Question != l.id(later) })
	if len(open) > 0 && wished < 0 {
		asks := evidence.Text{ZH: "信里已经请对方核查、书面答复。",
			EN: "Letters ask the other side to look into it and to answer in writing. "}
		if l.tells(collecting) {
			asks = evidence.Text{ZH: "信里已经请对方停止、核查、书面答复。",
				EN: "Letters ask the other side to stop, to look into it and to answer in writing. "}
		}
		l.add(Question{Kind: Wish, About: About{Column: strings.Join(ids, " ")}, Parts: len(open), List: list,
			Text: evidence.Text{ZH: asks.ZH + "您还想请对方做什么？" + said.ZH, EN: asks.EN + "What else do you wish? " + said.EN},
			Why: evidence.Text{ZH: "想要什么，只有您知道；没有提的请求，对方一般不会主动给",
				EN: "only you know what you want, and what nobody asks for is rarely given"},
			Effect: evidence.Text{ZH: "想要的，写进给对方的投诉书；不要的，不写",
				EN: "what you wish stands in the complaint to the other side"},
			Choices: yesNo("都要", "all of it", "都不要", "none of it")},
			func(value string) ([]Edit, error) {
				var out []Edit
				requests := *l // of several requests each is added to those before
				for n, w := range open {
					if !isYes(value, n+1, len(open)) {
						continue
					}
					for _, e := range w.edits(&requests) {
						if e.Key == "requests" {
							requests.Case.Requests = strings.Split(e.Value, "\n")
							out = slices.DeleteFunc(out, func(o Edit) bool { return o.Key == e.Key })
						}
						out = append(out, e)
					}
				}
				return out, nil
			})
	}
	// A deferral stood first in what was answered if it is open still.
	if wished < 0 || !wishes[0].open(l) || !isYes(l.Given[wished].Value, 1, len(wishes)) {
		return
	}
	l.add(later, func(value string) ([]Edit, error) {
		if value = strings.TrimSpace(value); value == no {
			return nil, nil
		}
		words := []rune(value)
		if _, wanted := lettered(4, wantedReason)(string(words[:min(len(words), maxTyped)])); wanted.ZH != "" ||
			len(words) > 300 || strings.ContainsAny(value, "\r\n") {
			return nil, &ValueError{Question: later, Value: value, Wanted: wantedReason}
		}
		return []Edit{{Key: "deferral.reason", Value: value}}, nil
	})
}

// ofDeferral asks for the words of whoever wants to pay later.
func ofDeferral() Question {
	return Question{Kind: Wish, About: About{Column: "deferral"}, Free: true,
		Text: evidence.Text{
			ZH: "请对方同意延期或者分期还款，照实写一两句：目前的困难、能做到的还款，例如“8月起停发工资，10月起每月能还500元”；又不想申请了的，选不用",
			EN: "To ask for a deferral or instalments, write in a sentence or two what is hard now and what you can " +
				"pay; no if you want none after all"},
		Why: evidence.Text{ZH: "欠款本身还要还；想协商的，和投诉一起提出来，只有您知道能还多少",
			EN: "the debt itself stays; a plan can be asked for with the complaint, and what you can pay only you " +
				"know"},
		Choices: []Choice{{no, evidence.Text{ZH: "不用", EN: "no"}}}}.leading(
		evidence.Advise("写了的，投诉书里请对方协商延期或者分期{；另可做协商还款申请书，写上您的话（juzheng build 案件夹 --letter deferral）|}",
			"if so, the complaint asks for a plan{, and juzheng build CASE --letter deferral makes the application, with "+
				"your words|}"))
}
