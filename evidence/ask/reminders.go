package ask

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/phrase"
)

// reminders asks of messages that the person named as a threat, an insult and the
// like, and whose words only remind of the debt, whether that was a slip: letters do
// not call them a violation, and a person who reads that in none of them wonders why.
func (l *lister) reminders() {
	var rows []evidence.Incident
	for _, i := range l.Incidents {
		if written(i) && i.Direction != evidence.Out && i.ToldBy == "" && l.Case.Concerns(i) && len(slips(i)) > 0 {
			rows = append(rows, i)
		}
	}
	for _, g := range l.groups(Words, "", rows, func(evidence.Incident) string { return "" }) {
		quotes := listOf(g, func(i evidence.Incident) evidence.Text {
			t, as := quoted(i), slips(i)[0].Title()
			return evidence.Text{ZH: t.ZH + "（" + as.ZH + "）", EN: t.EN + " (" + as.EN + ")"}
		})
		q := Question{Kind: Words, About: About{Incidents: idsOf(g), Exhibits: exhibitsOf(g), Quote: quotes.ZH,
			Column: "asserted kinds"},
			Text: evidence.Text{
				ZH: fmt.Sprintf("这 %d 条您标成了违规，读起来只是提醒还款。是标错了吗？%s", len(g), quotes.ZH),
				EN: fmt.Sprintf("You named these %d as violations, and they only remind of the debt. Was that a "+
					"slip? %s",
					len(g), quotes.EN)},
			Why: evidence.Text{ZH: "提醒、催促还款的话，对方可以说；写成违规，受理的人会说不属实",
				EN: "to remind of a debt and ask to pay is what a creditor may do; called a violation it is found " +
					"untrue"},
			Choices: yesNo("都标错了，去掉", "yes, take it away", "没有标错，原话还没抄全", "no, words are missing"),
			Parts:   len(g)}.leading(evidence.Advise(
			"标错了的，去掉标注；没有标错的，把没抄全的原话补{进“材料显示的内容”|上，在“一件件看”里}，信里才会写",
			"if so the mark is taken away; if not, add the words that are missing {to “what the file shows”|under “Act by "+
				"act”}, and letters tell of them"))
		if len(g) == 1 {
			q.Choices[0].Text.ZH = "标错了，去掉"
		}
		l.add(q, func(value string) ([]Edit, error) {
			var out []Edit
			for n, i := range g {
				if isYes(value, n+1, len(g)) {
					out = append(out, unnamedAs(i, slips(i)))
				}
			}
			return out, nil
		})
	}
}

// slips are the kinds as which a message was named that only reminds.
func slips(i evidence.Incident) []evidence.Breach {
	var out []evidence.Breach
	for _, b := range i.Asserted {
		k := evidence.KindOf(string(b))
		if (k.Spoken || k.ID == "V09") && phrase.OnlyReminds(i.Shown, k.ID) {
			out = append(out, b)
		}
	}
	return out
}

// unnamedAs is a row that is no longer named as some kinds.
func unnamedAs(i evidence.Incident, kinds []evidence.Breach) Edit {
	i.Asserted = slices.DeleteFunc(slices.Clone(i.Asserted),
		func(b evidence.Breach) bool { return slices.Contains(kinds, b) })
	i.Denied = slices.Clone(i.Denied)
	for _, b := range kinds[:len(kinds)-1] {
		if !slices.Contains(i.Denied, b) {
			i.Denied = append(i.Denied, b)
		}
	}
	return named(i, kinds[len(kinds)-1], false)
}

// clashing asks which of two rows is right that are one call or message and say
// different things: until one is left, no letter has either.
func (l *lister) clashing() {
	seen := map[string]bool{}
	for _, d := range l.Report.Doubts {
		if d.Code != evidence.SameCall || len(d.Says) == 0 {
			continue
		}
		a, known := l.rows[d.Incident]
		b, both := l.rows[d.Says[0].Value]
		if !known || !both || seen[a.ID] || seen[b.ID] {
			continue
		}
		seen[a.ID], seen[b.ID] = true, true
		differ := differing(a, b)
		if len(differ) == 0 {
			continue
		}
		var zh, en []string
		for _, x := range differ {
			zh, en = append(zh, x.ZH), append(en, x.EN)
		}
		l.add(Question{Kind: Same, About: About{Incidents: []string{a.ID, b.ID},
			Exhibits: exhibitsOf([]evidence.Incident{a, b}), Column: strings.Join(en, " ")},
			Text: evidence.Text{
				ZH: fmt.Sprintf("%s 和 %s 是同一次（%s），两行填的却不一样：%s。留哪一行？", a.ID, b.ID, whenZH(a), strings.Join(zh, "；")),
				EN: fmt.Sprintf("%s and %s are one act (%s) and say different things: %s. Which of them stays?", a.ID,
					b.ID,
					whenEN(a), strings.Join(en, "; "))},
			Why: evidence.Text{ZH: "一次只能算一次；两行说法不一样，受理的人会问哪个是真的",
				EN: "one act counts once, and two stories of it are asked about"},
			Effect: evidence.Text{ZH: "留下的照写，另一行不采用；没有回答以前，两行都不写",
				EN: "the one that stays counts, the other is left out; until you answer neither is asserted"},
			Choices: []Choice{{a.ID, evidence.Text{ZH: "留 " + a.ID, EN: a.ID}},
				{b.ID, evidence.Text{ZH: "留 " + b.ID, EN: b.ID}}}},
			func(value string) ([]Edit, error) {
				out := b
				if value == b.ID {
					out = a
				}
				return cellsOf([]evidence.Incident{out}, "use", no), nil
			})
	}
}

// differing are the cells in which two rows say different things, as folder writes
// them.
func differing(a, b evidence.Incident) []evidence.Text {
	var out []evidence.Text
	for _, c := range []struct{ zh, en string }{{"联系到谁", "reached"}, {"是否透露欠款", "disclosed debt"},
		{"对方此前是否拒绝联系", "refused contact before"}, {"本人当时能否联系上", "reachable"},
		{"开头是否告知录音", "recording announced"}, {"核实后是否不属实", "checked and untrue"}, {"是否采用", "use"},
		{"转告人", "told by"}, {"材料显示的内容", "what the file shows"}, {"认为属于", "asserted kinds"}} {
		x, y := folder.Cell(c.en, a), folder.Cell(c.en, b)
		if x != y && x != "" && y != "" {
			out = append(out, evidence.Text{ZH: fmt.Sprintf("“%s”：%s、%s", c.zh, x, y),
				EN: fmt.Sprintf("%s: %s, %s", c.en, x, y)})
		}
	}
	return out
}
