package main

import (
	"context"
	"strings"

	"github.com/spf13/pflag"

	"juzheng/cmd/internal/desk"
)

var askCommand = command{
	name:  "ask",
	args:  "CASE",
	brief: text{ZH: "逐个问只有您知道的事；随时可停", EN: "what only you can say, one question at a time"},
	least: 1,
	most:  1,
	help: text{
		ZH: `逐个问只有您知道的事：手机是谁的、号码是谁的、那句话算不算威胁、有没有说出您欠款。
每个问题都说明为什么问、答了会怎样；可以答“不知道”，也可以跳过。答一个存一个，随时可停。

用法：juzheng ask 案件夹
      juzheng ask 案件夹 --json
      juzheng ask 案件夹 --answer q-3f9a5c0d11e2=family
      juzheng ask 案件夹 --undo

选项：
      --answer 问题=答案   不逐个问，直接答：问题的代号见 --json；可以写多次。
                           答案是选项的代号、自己写的内容、unknown（不知道）或 skip（跳过）
      --undo               收回最后一个答案，改过的地方都改回去

已经不成立的问题，答案不收，退出码 1，什么也不改。`,
		EN: `Asks what only you can say, one question at a time: whose a phone or number is, whether
words are a threat, whether somebody was told of your debt. Each says why it is asked and what
the answer changes; you can say that you do not know, or skip it. Every answer is kept at once.

Use: juzheng ask CASE
     juzheng ask CASE --json
     juzheng ask CASE --answer q-3f9a5c0d11e2=family
     juzheng ask CASE --undo

Options:
      --answer ID=VALUE   answer at once, without being asked: --json shows the ids; can be
                          given several times. VALUE is that of a choice, your own text,
                          unknown, or skip
      --undo              take the last answer back, with all that it changed

An answer to a question that no longer stands is refused with exit code 1; nothing is changed.`,
	},
	setup: func(fs *pflag.FlagSet) action {
		given := fs.StringArray("answer", nil, "")
		undo := fs.Bool("undo", false, "")
		return func(ctx context.Context, e *env, args []string) error {
			switch {
			case *undo && len(*given) > 0:
				return usage(text{ZH: "--undo 和 --answer 不能一起用", EN: "--undo and --answer do not go together"})
			case *undo:
				return undoAnswer(ctx, e, args[0])
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
	var replies []desk.Reply
	for _, g := range given {
		id, value, ok := strings.Cut(g, "=")
		if !ok || id == "" || value == "" {
			return usage(text{ZH: "--answer 要写成 问题=答案，例如 q-3f9a5c0d11e2=yes；写的是 %s",
				EN: "--answer wants ID=VALUE, such as q-3f9a5c0d11e2=yes; found %s"}, g)
		}
		replies = append(replies, desk.Reply{Question: id, Value: value})
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
	e.say(text{ZH: "记下了 %d 个答案。下一步：juzheng ask %s", EN: "%d answers kept. Next: juzheng ask %s"}, len(r.Answers),
		quote(dir))
	return nil
}

func undoAnswer(ctx context.Context, e *env, dir string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.UndoAnswer(ctx, d, dir)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	e.say(text{ZH: "收回了对这个问题的答案：%s", EN: "taken back: your answer to: %s"}, r.Answers[0].Text.In(e.lang))
	return nil
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
		e.printf(text{ZH: "%d. %s（%s）\n", EN: "%d. %s (%s)\n"}, n+1, visible(q.Text.In(e.lang)), q.ID)
	}
	e.say(text{ZH: "有 %d 个问题；在终端里运行 juzheng ask %s 逐个回答",
		EN: "%d questions; run juzheng ask %s in a terminal to be asked one by one"},
		len(r.Questions), quote(dir))
	return nil
}
