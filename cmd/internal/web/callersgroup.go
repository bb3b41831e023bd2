package web

import (
	"cmp"
	"fmt"
	"slices"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
)

// A callerGroup is several numbers that may well be one side's: one press names all,
// and each can be named by itself.
type callerGroup struct {
	ID, Title, Why string
	Rows           []callerView
	Choices        []choiceView
	Suggested      string
	Questions      []string // that one press answers
}

// fewestTogether is from how many numbers on they are asked about together: two are
// named as quickly one by one.
const fewestTogether = 3

// oftenCalled is how many times somebody calls a collector back at most: whom they call
// more often is rather a shop's or an office's, and is asked about alone.
const oftenCalled = 5

// grouped parts numbers that nobody has named into those that files suggest to be one
// side's, those that called and never wrote, and those of one question; what is left
// keeps its place.
func grouped(rows []callerView, asked map[string]ask.Question, lang string) (groups []callerGroup, rest []callerView) {
	keyOf := func(r callerView) (string, ask.Question) {
		q, open := asked[cmp.Or(r.Number, r.Account)]
		switch {
		case !open || r.Why == "":
			return "", q
		case len(q.About.Subject()) > 1:
			return "question " + q.ID, q
		case r.Suggested != "":
			return "seems " + r.Suggested, q
		case r.Sample == "" && r.Recording == "" && !r.CalledToo:
			return "calls", q
		}
		return "", q
	}
	count := map[string]int{}
	for _, r := range rows {
		key, _ := keyOf(r)
		count[key]++
	}
	at := map[string]int{}
	for _, r := range rows {
		key, q := keyOf(r)
		if key == "" || count[key] < fewestTogether {
			rest = append(rest, r)
			continue
		}
		n, known := at[key]
		if !known {
			n = len(groups)
			at[key] = n
			g := callerGroup{ID: fmt.Sprintf("g%d", n+1), Suggested: r.Suggested}
			g.Title, g.Why = groupWords(key, r, count[key], lang)
			for _, c := range callerChips {
				g.Choices = append(g.Choices, choiceView{c.value, c.text.In(lang), false})
			}
			groups = append(groups, g)
		}
		g := &groups[n]
		g.Rows = append(g.Rows, r)
		if !slices.Contains(g.Questions, q.ID) {
			g.Questions = append(g.Questions, q.ID)
		}
	}
	return groups, rest
}

// groupWords are what a group is called, and why its numbers stand together.
func groupWords(key string, r callerView, n int, lang string) (title, why string) {
	switch {
	case key == "calls":
		return fmt.Sprintf(evidence.Text{ZH: "%d个只打来过电话的号码", EN: "%d numbers that only called"}.In(lang), n),
			evidence.Text{ZH: "打来得多，没有发过短信，也没有录音", EN: "often, with no message and no recording"}.In(lang)
	case r.Suggested != "":
		return fmt.Sprintf(evidence.Text{ZH: "%d个号码，可能都是%s", EN: "%d numbers, perhaps all: %s"}.In(lang), n, r.Seems),
			evidence.Text{ZH: "看短信的落款和材料里写的；由您来定", EN: "by how messages are signed and what files say; you decide"}.In(lang)
	}
	return fmt.Sprintf(evidence.Text{ZH: "%d个号码", EN: "%d numbers"}.In(lang), n), r.Why
}

// sayWhoseAll takes one answer for all numbers of a group.
func (v *visit) sayWhoseAll() error {
	value := v.form("v")
	if value == "" {
		return nil
	}
	var replies []desk.Reply
	for _, q := range v.r.PostForm["q"] {
		replies = append(replies, desk.Reply{Question: q, Value: value})
	}
	if len(replies) == 0 {
		return nil
	}
	_, err := desk.Answer(v.ctx, v.keeping(), v.dir, replies)
	return err
}
