package web

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

// A gapMaker gathers what is missing.
type gapMaker struct {
	base, lang string
	all        []gapView
}

func (m *gapMaker) put(g gapView) {
	if !slices.ContainsFunc(m.all, func(o gapView) bool { return o.What == g.What && o.Field == g.Field }) {
		m.all = append(m.all, g)
	}
}

// key puts what is missing at a key of case.toml: where the page writes it down, it
// says so instead of naming the key.
func (m *gapMaker) key(where string, what, how evidence.Advice, must bool) {
	g := gapView{What: what.OnPage().In(m.lang), How: how.OnPage().In(m.lang), Must: must}
	switch k, ok := factAt(where); {
	case ok && onLoan(k):
		g.Href, g.How = m.base+"/"+loanPath+"#row-"+string(k), ""
	case ok:
		g.Field, g.Label = string(k), ask.FactTitle(k).In(m.lang)
	}
	m.put(g)
}

// unknownCallers are the numbers and accounts of which the person said that they do not
// know whose they are, and nobody has said so since.
func unknownCallers(answers []folder.Answer, c evidence.Case) []string {
	var out []string
	for _, a := range answers {
		for _, s := range a.Subject {
			named := slices.ContainsFunc(c.Numbers, func(n evidence.Number) bool { return n.Number == s || n.Account == s })
			switch at := slices.Index(out, s); {
			case a.Kind != string(ask.Caller):
			case a.Value == ask.Unknown && !named && at < 0:
				out = append(out, s)
			case a.Value != ask.Unknown && at >= 0:
				out = slices.Delete(out, at, at+1)
			}
		}
	}
	return out
}

// gapsOf are what is missing, what keeps all letters back first. Unknown are callers that
// the person did not recognise.
func gapsOf(c evidence.Case, r desk.Checked, unknown []string, base, lang string,
	note func(code, detail, lang string) string) []gapView {
	m := &gapMaker{base: base, lang: lang}
	for _, o := range r.Report.Obstacles {
		// the head of the screen says the first two; of the third the questions follow
		if !slices.Contains([]string{"no-violation", "no-proof", "unanswered"}, o.Code) {
			m.key(o.Where, o.What, o.Remedy, len(o.For) == 0)
		}
	}
	counts := map[string]int{}
	for _, q := range r.Questions {
		if q.Kind != ask.Identity { // it is written by hand on the letter
			counts[stepOf(q.Kind)]++
		}
	}
	asked := func(step string, t evidence.Text) {
		if n := counts[step]; n > 0 {
			m.put(gapView{What: fmt.Sprintf(t.In(lang), n), Href: base + "/" + step})
		}
	}
	asked(callersPath, evidence.Text{ZH: "有%d个号码还没有认。", EN: "Numbers that have no name yet: %d."})
	if n := len(unknown); n > 0 {
		more := ""
		if n > mostActs {
			more = evidence.Text{ZH: "等", EN: " and others"}.In(lang)
		}
		m.put(gapView{What: fmt.Sprintf(evidence.Text{ZH: "有%d个号码您答了不知道（%s）。认出来是催收的，它的来电、短信才算得上；现在信里不写。",
			EN: "Of %d numbers you do not know whose they are (%s). What came from them counts, and letters tell of it, " +
				"only once one is known to be a collector's."}.In(lang), n,
			strings.Join(unknown[:min(n, mostActs)], evidence.Text{ZH: "、", EN: ", "}.In(lang))+more),
			Href: base + "/" + callersPath})
	}
	asked(listenPath, evidence.Text{ZH: "有%d条要您听一听、看一看。", EN: "Things that wait for you to listen and look: %d."})
	for _, b := range r.Returns {
		switch {
		case b.Where == "", b.Code == "identity": // what is done by hand is said where it is handed in
		case b.Code == "respondent-address": // of either
			how := evidence.Advise("在“国家企业信用信息公示系统”查住所。", "The company register has it.")
			if c.Platform.Known() && c.Platform.Address == "" {
				m.key("platform.address", b.What, how, false)
			}
			if c.Lender.Known() && c.Lender.Address == "" {
				m.key("lender.address", b.What, how, false)
			}
		default:
			m.key(b.Where, b.What, b.Remedy, false)
		}
	}
	asked(loanPath, evidence.Text{ZH: "您和借款还有%d项空着。", EN: "Facts of you and the loan that are empty: %d."})
	asked(foundPath, evidence.Text{ZH: "有%d批文件要您说一声是谁的、放不放。",
		EN: "Groups of files of which you have to say whose they are: %d."})
	for _, f := range r.Report.Findings {
		if f.Strength == evidence.Review && len(f.Doubts) > 0 {
			g := gapView{What: f.Name().In(lang) + evidence.Text{ZH: "：", EN: ": "}.In(lang) +
				f.Doubts[0].OnPage().In(lang)}
			for _, i := range f.Incidents[:min(len(f.Incidents), mostActs)] {
				g.Acts = append(g.Acts, actOf(i, lang))
			}
			if len(f.Incidents) == 1 {
				g.row = f.Incidents[0].ID
			}
			if wantsFilling(f.Doubts[0]) {
				g.How, g.Href = ofTable.In(lang), base+"/"+timelinePath
				if g.row != "" {
					g.Href = query(g.Href, "row", g.row) + "#act"
				}
			}
			m.put(g)
		}
	}
	for _, u := range r.Unread {
		m.put(gapView{What: u.Exhibit + evidence.Text{ZH: "：", EN: ": "}.In(lang) +
			note(u.Note.Code, u.Note.Detail, lang), Href: base + "/" + foundPath})
	}
	for _, u := range r.Uncovered {
		m.put(gapView{What: fmt.Sprintf(evidence.Text{ZH: "%s的来电，运营商清单里没有（%d次）。" +
			"手机记录照样能用；有清单的，别人也能核对。",
			EN: "No carrier's list has the calls of %s (%d). " +
											"The phone's record will do; with a list others can check."}.
			In(lang), monthWords(u.Month, lang), len(u.Incidents)), Href: base + "/" + foundPath})
	}
	slices.SortStableFunc(m.all, func(a, b gapView) int { return rank(a.Must) - rank(b.Must) })
	return m.all
}

// wantsFilling reports an advice that sends the person to what is asked or filled in of an act.
func wantsFilling(a evidence.Advice) bool {
	return slices.ContainsFunc([]screen{listenScreen, timelineScreen},
		func(s screen) bool { return strings.Contains(a.OnPage().ZH, "“"+s.title.ZH+"”") })
}

// ofTable says what can be done where the page does not ask what a doubt is about.
var ofTable = evidence.Text{
	ZH: "“听和看”没有问到这一条的，在“一件件看”里填；不填，信里就不写它。",
	EN: "If “Listen and look” does not ask it, fill it in under “Act by act”; left empty, it is in no letter."}

func rank(must bool) int {
	if must {
		return 0
	}
	return 1
}

// stepOf is the screen on which a question is put.
func stepOf(k ask.Kind) string {
	switch {
	case k == ask.Caller:
		return callersPath
	case k == ask.Phone || k == ask.Leave:
		return foundPath
	case isOfCards(k):
		return listenPath
	}
	return loanPath
}

// factAt is the fact that a key of case.toml holds, if the page writes it down.
func factAt(where string) (ask.Kind, bool) {
	if _, after, ok := strings.Cut(where, evidence.CaseFile+" "); ok {
		where = after
	}
	return ask.FactKind(where)
}

// onLoan reports a fact that has its row on the screen of the loan.
func onLoan(k ask.Kind) bool {
	for _, g := range loanGroups {
		if slices.Contains(g.kinds, k) {
			return true
		}
	}
	return false
}
