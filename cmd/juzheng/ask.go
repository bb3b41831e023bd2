package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

var askCommand = command{
	name:  "ask",
	args:  "CASE",
	brief: text{ZH: "逐个问只有您知道的事；随时可停", EN: "what only you can say, one question at a time"},
	least: 1,
	most:  2,
	help: text{
		ZH: `逐个问只有您知道的事：手机是谁的、号码是谁的、那句话算不算威胁、有没有说出您欠款。
每个问题都说明为什么问、答了会怎样；可以答“不知道”，也可以跳过。答一个存一个，随时可停。

用法：juzheng ask 案件夹
      juzheng ask 案件夹 --json
      juzheng ask 案件夹 --answer q-3f9a5c0d11e2=family
      juzheng ask 案件夹 --undo [问题的代号或序号]
      juzheng ask 案件夹 --answers

选项：
      --answer 问题=答案   不逐个问，直接答：问题的代号见 --json；可以写多次。
                           答案是选项的代号、自己写的内容、unknown（不知道）或 skip（跳过）。
                           抄图上的原话时，谁说的、发送人、几点，一次答完（fields 里有哪
                           几项就写哪几项；没有写的当作图上没有，不再问）：
                           --answer q-1=原话 --answer q-1.time=21:45 --answer q-1.by=to-me
      --undo               收回最后一个答案，或者写明的那一个，改过的地方都改回去；
                           您后来又亲手改过的，照您改的留着，并且说出来
      --answers            列出您答过的：序号、问题的代号、答案

已经不成立的问题，答案不收，退出码 1，什么也不改。`,
		EN: `Asks what only you can say, one question at a time: whose a phone or number is, whether
words are a threat, whether somebody was told of your debt. Each says why it is asked and what
the answer changes; you can say that you do not know, or skip it. Every answer is kept at once.

Use: juzheng ask CASE
     juzheng ask CASE --json
     juzheng ask CASE --answer q-3f9a5c0d11e2=family
     juzheng ask CASE --undo [ID or number]
     juzheng ask CASE --answers

Options:
      --answer ID=VALUE   answer at once, without being asked: --json shows the ids; can be
                          given several times. VALUE is that of a choice, your own text,
                          unknown, or skip. With the words of a picture, who says
                          them, the sender and the time go along (what fields lists;
                          one not given counts as not on the picture):
                          --answer q-1=WORDS --answer q-1.time=21:45
                          --answer q-1.by=to-me
      --undo              take the last answer back, or the one named, with all that it
                          changed; what you changed yourself since stays, and is named
      --answers           list what you answered: number, id of the question, answer

An answer to a question that no longer stands is refused with exit code 1; nothing is changed.`,
	},
	writes: toCase,
	setup: func(fs *pflag.FlagSet) action {
		given := fs.StringArray("answer", nil, "")
		undo := fs.Bool("undo", false, "")
		answers := fs.Bool("answers", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			which := ""
			if len(args) > 1 {
				which = args[1]
			}
			switch {
			case which != "" && !*undo:
				return usage(text{ZH: "多出了参数：%s（问题的代号只和 --undo 一起用）",
					EN: "surplus argument: %s (an id goes with --undo only)"},
					which)
			case *undo && len(*given) > 0, *undo && *answers, *answers && len(*given) > 0:
				return usage(text{ZH: "--undo、--answer、--answers 只能用一个",
					EN: "only one of --undo, --answer and --answers"})
			case *answers:
				return listAnswers(ctx, e, args[0])
			case *undo:
				return undoAnswer(ctx, e, args[0], which)
			case len(*given) > 0:
				return takeAnswers(ctx, e, args[0], *given)
			}
			if !e.json && e.interactive() {
				if err := askAll(ctx, e, args[0]); err != nil {
					return err
				}
				e.say(text{ZH: "看看能投诉什么：juzheng check %s", EN: "see what can be complained of: juzheng check %s"},
					quote(args[0]))
				return nil
			}
			return listQuestions(ctx, e, args[0])
		}
	},
}

// takeAnswers takes answers given on the command line.
func takeAnswers(ctx context.Context, e *env, dir string, given []string) error {
	replies, err := repliesOf(given)
	if err != nil {
		return err
	}
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Answer(ctx, d, dir, replies)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	now, err := desk.Ask(ctx, d, dir)
	if err != nil {
		return err
	}
	e.tellOthers(now.Others, dir)
	if len(now.Questions) == 0 {
		e.say(text{ZH: "记下了 %d 个答案，没有别的要问您了。下一步：juzheng check %s",
			EN: "%d answers kept, and there is nothing more to ask you. Next: juzheng check %s"}, len(r.Answers),
			quote(dir))
		return nil
	}
	e.say(text{ZH: "记下了 %d 个答案，还有 %d 个问题。下一步：juzheng ask %s", EN: "%d answers kept, %d questions left. Next: juzheng " +
		"ask %s"}, len(r.Answers), len(now.Questions), quote(dir))
	return nil
}

// repliesOf reads answers from the command line: ID=VALUE, and ID.FIELD=VALUE of what an
// answer says besides.
func repliesOf(given []string) ([]desk.Reply, error) {
	var replies []desk.Reply
	fields := map[string]map[string]string{}
	for _, g := range given {
		at, value, ok := strings.Cut(g, "=")
		id, field, besides := strings.Cut(at, ".")
		if !ok || id == "" || (value == "" || at != id) && (!besides || field == "") {
			return nil, usage(text{ZH: "--answer 要写成 问题=答案，例如 q-3f9a5c0d11e2=yes；写的是 %s",
				EN: "--answer wants ID=VALUE, such as q-3f9a5c0d11e2=yes; found %s"}, g)
		}
		if !besides {
			replies = append(replies, desk.Reply{Question: id, Value: value})
			continue
		}
		if fields[id] == nil {
			fields[id] = map[string]string{}
		}
		if was, twice := fields[id][field]; twice && was != value {
			return nil, usage(text{ZH: "%s 写了两个不同的答案：%s、%s", EN: "%s has two answers: %s, %s"}, at, was, value)
		}
		fields[id][field] = value
	}
	for id := range fields {
		if !slices.ContainsFunc(replies, func(r desk.Reply) bool { return r.Question == id }) {
			return nil, usage(text{ZH: "只写了 %s 的附带几项；原话也要一起写：--answer %[1]s=原话",
				EN: "only what goes with %s is given; give its words too: --answer %[1]s=WORDS"}, id)
		}
	}
	for n, r := range replies {
		replies[n].Fields = fields[r.Question]
	}
	return replies, nil
}

func undoAnswer(ctx context.Context, e *env, dir, which string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.UndoAnswer(ctx, d, dir, which)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	e.tellUndone(r)
	return nil
}

// tellUndone says which answer was taken back, and what of it somebody wrote
// over since.
func (e *env) tellUndone(r desk.AnswerResult) {
	e.say(text{ZH: "收回了对这个问题的答案：%s", EN: "taken back: your answer to: %s"}, visible(shortly(r.Answers[0].Text.In(e.lang))))
	for _, k := range r.Kept {
		if k.Found == "" {
			e.say(text{ZH: "  %s：您后来清空了，照您的留着", EN: "  %s: you emptied it since, and it stays so"},
				visible(k.Place().In(e.lang)))
			continue
		}
		e.say(text{ZH: "  %s：您后来又改过，现在是“%s”，照您改的留着", EN: "  %s: changed since, now %q, and it stays so"},
			visible(k.Place().In(e.lang)), visible(k.Found))
	}
}

// listAnswers lists the answers that stand.
func listAnswers(ctx context.Context, e *env, dir string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Answers(ctx, d, dir)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	for _, a := range r.Answers {
		line := fmt.Sprintf("%d. %s", a.N, shortly(a.Text.In(e.lang)))
		fmt.Fprint(e.stdout, fold(visible(line), screen, 4))
		fmt.Fprint(e.stdout, fold(visible(fmt.Sprintf(text{ZH: "    答：%s（%s，%s）",
			EN: "    answer: %s (%s, %s)"}.In(e.lang),
			answerText(a, e.lang), a.Made.In(evidence.Beijing).Format("2006-01-02 15:04"), a.Question)), screen, 4))
	}
	if len(r.Answers) == 0 {
		e.say(text{ZH: "还没有答过问题", EN: "no question was answered yet"})
		return nil
	}
	e.say(text{ZH: "收回其中一个：juzheng ask %s --undo 序号", EN: "to take one back: juzheng ask %s --undo NUMBER"}, quote(dir))
	return nil
}

// answerText is an answer in words.
func answerText(a folder.Answer, lang string) string {
	said := strings.ReplaceAll(ask.Spelt(a.Value).In(lang), "\n", "; ")
	if lang != "en" {
		said = strings.ReplaceAll(ask.Spelt(a.Value).In(lang), "\n", "；")
	}
	return cmp.Or(a.Said.In(lang), said)
}

// listQuestions lists the questions that are open.
func listQuestions(ctx context.Context, e *env, dir string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Ask(ctx, d, dir)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	for n, q := range r.Questions {
		asks := q.Text
		if q.Parts > listedInText {
			asks = fill(text{ZH: "%[1]s（共 %[2]d 样，--json 里逐样列着）", EN: "%[3]s (%[2]d of them; --json lists each)"},
				q.Asks().ZH, q.Parts, q.Asks().EN)
		}
		e.printf(text{ZH: "%d. %s（%s）\n", EN: "%d. %s (%s)\n"}, n+1, visible(asks.In(e.lang)), q.ID)
	}
	e.tellOthers(r.Others, dir)
	if len(r.Questions) == 0 {
		e.say(nothingToAsk)
		return nil
	}
	e.say(text{ZH: "有 %d 个问题；在终端里运行 juzheng ask %s 逐个回答",
		EN: "%d questions; run juzheng ask %s in a terminal to be asked one by one"},
		len(r.Questions), quote(dir))
	return nil
}
