package main

import (
	"strconv"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/ask"
)

// ticked reports a question of many things that is answered by the numbers of those that are
// so, one alone too. What answers it whole goes by letters then: a number there would be taken
// for the thing that has it.
func ticked(q ask.Question) bool { return len(q.About.Kinds) > 0 && q.Parts > 1 }

// key is what is typed for a choice.
func key(q ask.Question, choice int) string {
	if ticked(q) {
		return initial(q.Choices[choice])
	}
	return strconv.Itoa(choice + 1)
}

// initial is a choice in one letter: y, n or, where it is known of some only, a.
func initial(c ask.Choice) string { return c.Value[:1] }

// refuseTick says what is wanted instead of a line, of a question that is ticked.
func (s *sitting) refuseTick(q ask.Question, line string) {
	var letters string
	for n := range q.Choices {
		letters += text{ZH: "、", EN: ", "}.In(s.lang) + key(q, n)
	}
	want := fill(text{ZH: "请填是的那几样的编号（1 到 %[1]d），或者 %[2]s；不知道填 d，跳过填 s，看说明填 ?",
		EN: "please type the numbers of those that are so (1 to %[1]d)%[3]s, d if you don't know, s to skip, ? for help"},
		q.Parts, letters[min(len("、"), len(letters)):], letters)
	if line == "" {
		s.say(text{ZH: "还没有选。%s", EN: "nothing was chosen: %s"}, want.In(s.lang))
		return
	}
	s.say(text{ZH: "没有这个选项：%s。%s", EN: "no such choice: %s; %s"}, visible(line), want.In(s.lang))
}

// shortly is a question that was answered, without its list where that fills a screen.
func shortly(question string) string {
	const fills = 10 * screen
	if cells(question) > fills {
		return desk.WithoutList(question)
	}
	return question
}

// listedInText is of how many parts a question is still read with the list in its text.
const listedInText = 12

// listParts lists what can be ticked, a line each: of a question of many, the first, until
// all are asked for.
func (s *sitting) listParts(q ask.Question, line func(int, text, ...any)) {
	for n, t := range q.List {
		if n == listedInText && !s.all && !ticked(q) {
			line(4, text{ZH: "  … 还有 %d 样（l 全部列出）", EN: "  … %d more (l lists all)"}, len(q.List)-n)
			return
		}
		line(6, text{ZH: "  %d %s", EN: "  %d %s"}, n+1, t.In(s.lang))
	}
}
