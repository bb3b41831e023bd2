package main

import (
	"errors"
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

// explainAsk says the errors of questions and answers; nil: it is none of them.
func explainAsk(err error) *failure {
	var stale *desk.StaleQuestionError
	var differ *desk.DisagreeError
	var value *ask.ValueError
	var field *ask.FieldError
	var viewer *desk.NoViewerError
	again := text{ZH: "什么也没有改；juzheng ask 案件夹 --json 列出现在的问题",
		EN: "nothing was changed; juzheng ask CASE --json lists the " +
			"questions as they are now"}
	failed := func(what text, hints ...text) *failure {
		return &failure{code: exitFailed, err: err, what: what, hints: hints}
	}
	switch {
	case errors.As(err, &field):
		var names []string
		for _, f := range field.Question.Fields {
			names = append(names, f.Name)
		}
		if len(names) == 0 {
			return failed(fill(text{ZH: "问题 %s 没有附带的几项，写的是 %s", EN: "question %s has nothing besides; found %s"},
				field.Question.ID, field.Name), again)
		}
		return failed(fill(text{ZH: "问题 %s 没有附带项 %s，有的是 %s", EN: "question %s has no field %s; it has %s"},
			field.Question.ID, field.Name, strings.Join(names, " ")), again)
	case errors.As(err, &stale) && stale.Answered != "":
		return failed(fill(text{ZH: "问题 %s 已经答过了（%s）；要改，先收回：juzheng ask 案件夹 --undo %[1]s",
			EN: "question %s was answered already (%s); to change it, take it back: juzheng ask CASE --undo %[1]s"},
			stale.ID, stale.Answered), again)
	case errors.As(err, &stale):
		return failed(fill(text{ZH: "没有问题 %s：它问的那几行已经变了，或者不用再问",
			EN: "there is no question %s: the rows it asked about have " +
				"changed, or it need not be asked any more"}, stale.ID), again)
	case errors.As(err, &differ):
		return failed(fill(text{ZH: "两个答案对不上：%s 和 %s", EN: "two answers disagree: %s and %s"},
			differ.First.Question+"="+differ.First.Value, differ.Second.Question+"="+differ.Second.Value), again)
	case errors.As(err, &value):
		wanted := value.Wanted
		if wanted.ZH == "" {
			var words []string
			for _, c := range value.Question.Choices {
				words = append(words, c.Value+"（"+c.Text.ZH+"）")
			}
			if value.Question.Parts > 1 {
				words = append(words, "some:1,2（只有第 1、2 条是）")
			}
			wanted = text{ZH: strings.Join(words, "、") + "、unknown（不知道）、skip（跳过）"}
			words = nil
			for _, c := range value.Question.Choices {
				words = append(words, c.Value)
			}
			if value.Question.Parts > 1 {
				words = append(words, "some:1,2 (only these)")
			}
			wanted.EN = strings.Join(words, ", ") + ", unknown or skip"
		}
		if n := slices.IndexFunc(value.Question.Fields, func(f ask.Field) bool { return f.Name == value.Field }); n >= 0 {
			label := value.Question.Fields[n].Label
			return failed(fill(text{ZH: "“%[1]s”写的是“%[2]s”，应为%[3]s", EN: "%[4]s is %[2]q; wanted %[5]s"}, label.ZH,
				value.Value, wanted.ZH, strings.ToLower(label.EN), wanted.EN),
				text{ZH: "什么也没有改", EN: "nothing was changed"})
		}
		return failed(fill(text{ZH: "答案是“%[1]s”，应为%[2]s", EN: "the answer is %[1]q; wanted %[3]s"}, value.Value,
			wanted.ZH,
			wanted.EN), text{ZH: "什么也没有改", EN: "nothing was changed"})
	case errors.Is(err, folder.ErrNoAnswer):
		return failed(text{ZH: "没有可以收回的答案：还没有答过，或者这一个已经收回",
			EN: "there is no such answer to take back: not given, or taken back already"},
			text{ZH: "juzheng ask 案件夹 --answers 列出您答过的", EN: "juzheng ask CASE --answers lists what you answered"})
	case errors.As(err, &viewer):
		return failed(fill(text{ZH: "这台电脑上没有能打开它的程序，请自己打开：%s", EN: "nothing on this machine opens it; please open it " +
			"yourself: %s"}, viewer.Path))
	}
	return nil
}
