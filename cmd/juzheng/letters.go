package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
)

// buildLetter writes a letter that needs no violation.
func buildLetter(ctx context.Context, e *env, dir string, o desk.LetterOptions) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	if desk.IsNextLetter(o.Name) {
		return e.buildNext(ctx, d, dir, o)
	}
	r, err := desk.BuildLetter(ctx, d, dir, o)
	if err != nil {
		return e.unlessBlocked(err)
	}
	if e.json {
		if err := e.emitLines(r.Lines(), dir); err != nil {
			return err
		}
	} else {
		for _, l := range r.Letters {
			e.printf(text{ZH: "%s，交给%s：%s\n", EN: "%s, to %s: %s\n"}, r.Application.Title.In(e.lang), l.Recipient,
				l.Folder)
		}
		e.tellUnapproved(r, dir, o)
	}
	e.say(text{
		ZH: "逐字读一遍，签名后提交；先读里面的“提交说明”。\n提交的日期、方式、工单号自己记下来，凭证留好；这不是投诉，不用写进案件。",
		EN: "read it word by word, sign, hand it in; first read the note beside it.\n" +
			"note the day, the way and the number you were given, and keep the proof; it is no complaint, and " +
			"need not be written into the case.",
	})
	return nil
}

// tellUnapproved says that letters wait for a second person.
func (e *env) tellUnapproved(r desk.Written, dir string, o desk.LetterOptions) {
	if !slices.ContainsFunc(r.Letters, func(l desk.LetterLine) bool { return l.Unreviewed }) {
		return
	}
	to := ""
	if len(o.To) > 0 {
		to = " --to " + strings.Join(idsOf(o.To), ",")
	}
	e.say(text{ZH: "每页印着“待复核”，这样不能交。请另一位同事看过以后：juzheng approve %[1]s --by 姓名 --letter %[2]s%[3]s",
		EN: "each page says 待复核. When a colleague has read it: juzheng approve %[1]s --by NAME --letter %[2]s%[3]s"},
		quote(dir), o.Name, to)
}

// buildNext writes a letter that follows a complaint.
func (e *env) buildNext(ctx context.Context, d desk.Desk, dir string, o desk.LetterOptions) error {
	if len(o.To) != 1 {
		return usage(text{ZH: "--letter %[1]s 一次写给一处：用 --to 写明是哪一处，例如 --to platform",
			EN: "--letter %[1]s is for one recipient: say which, as in --to platform"}, o.Name)
	}
	r, err := desk.BuildNext(ctx, d, dir, o.Name, o.To[0])
	var no *desk.NextLetterError
	switch {
	case errors.As(err, &no):
		return nextLetterError(no, quote(dir), string(o.To[0]))
	case err != nil:
		return e.unlessBlocked(err)
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	for _, l := range r.Letters {
		e.printf(text{ZH: "%s，交给%s：%s\n", EN: "%s, to %s: %s\n"}, r.Application.Title.In(e.lang), l.Recipient, l.Folder)
	}
	e.tellUnapproved(r, dir, o)
	if r.Warning.ZH != "" {
		e.say(text{ZH: "注意：" + r.Warning.ZH, EN: "note: " + r.Warning.EN})
	}
	e.say(text{ZH: "逐字读一遍，签名后提交；先读里面的“提交说明”，里面有交了以后怎么记。",
		EN: "read it word by word, sign, hand it in; first read the note beside it, which says how to write it down."})
	return nil
}

// nextLetterError says why a letter does not fit where its lane stands, and what to
// do.
func nextLetterError(no *desk.NextLetterError, dir, to string) error {
	name := visible(no.Lane.Recipient.Name)
	do := "juzheng track " + dir + " "
	words := map[desk.NextWhy][2]text{
		desk.NextNotFiled: {{ZH: "没有记过向“%[1]s”提交，没有可以接着写的",
			EN: "nothing was handed in to %[1]q, as far as the case says"},
			{ZH: "先记提交：" + do + "filed --to " + to + " --on 日期", EN: "first: " + do + "filed --to " + to +
				" --on DATE"}},
		desk.NextTermRuns: {{ZH: "“%[1]s”答复的期限到 %[2]s，还没有过", EN: "the term of %[1]q runs until %[2]s"},
			{ZH: "过了那一天还没有答复再写", EN: "write when that day is over"}},
		desk.NextNoAnswer: {{ZH: "没有记过“%[1]s”的答复和日期", EN: "no answer of %[1]q is on record, or its day is not"},
			{ZH: "先记答复：" + do + "answered --to " + to + " --on 日期 --how 结果 --said 原文", EN: "first: " + do +
				"answered --to " + to + " --on DATE --how WHAT"}},
		desk.NextAnswered: {{ZH: "“%[1]s”已经答复了", EN: "%[1]q has answered"},
			{ZH: "不满意的写 --letter disputed 或 incomplete",
				EN: "use --letter disputed or incomplete if it does not satisfy"}},
		desk.NextOtherwise: {{ZH: "记下的答复结果和这封信对不上", EN: "the answer on record is another than this letter speaks of"},
			{ZH: "disputed、recheck 要求记成不满意，incomplete 要求不满意或要补材料，thanks 要求满意；记错了的重记：" + do + "answered --to " + to,
				EN: "disputed and recheck want unsatisfied, incomplete unsatisfied or more, thanks satisfied; enter it " +
					"anew: " + do + "answered --to " + to}},
		desk.NextOver: {{ZH: "“%[1]s”这一处已经结束或撤回", EN: "the matter with %[1]q is closed"},
			{ZH: "要接着办，先重新打开：" + do + "reopen --to " + to, EN: "to go on: " + do + "reopen --to " + to}},
		desk.NextMaybeReply: {{ZH: "时间线里有消息可能就是“%[1]s”的答复，您还没有说是不是",
			EN: "a message may be the answer of %[1]q, and you have not said"},
			{ZH: "先回答：juzheng ask " + dir, EN: "answer first: juzheng ask " + dir}},
		desk.NextRespondent: {{ZH: "平台、放款机构没有哪一处是期限过了还没有答复的", EN: "no platform or lender has let a term go by"},
			{ZH: "到哪一步了：juzheng track " + dir, EN: "where they stand: juzheng track " + dir}},
		desk.NextContent: {{ZH: "平台、放款机构没有哪一处的答复记成不满意",
			EN: "no answer of platform or lender is on record as unsatisfying"},
			{ZH: "没有答复的写 --letter unanswered；答复不满意的先记：" + do + "answered --to lender --on 日期 --how unsatisfied",
				EN: "where none came: --letter unanswered; else first: " + do +
					"answered --to lender --on DATE --how " +
					"unsatisfied"}},
		desk.NextNoPaper: {{ZH: "交给“%[1]s”的那一封没有留下（电话里说的、自己写的），没有可以附的",
			EN: "what was handed in to %[1]q is not kept (a call, a letter of your own), and cannot be enclosed"},
			{ZH: "改做完整的材料，里面有全部事实和那次的答复：juzheng build " + dir + " --to " + to,
				EN: "make the whole letter, which tells all facts and that answer: juzheng build " + dir + " --to " +
					to}},
		desk.NextNoRule: {{ZH: "没有查到向“%[1]s”的上级申请核查的规定：只有银行、消费金融、汽车金融、信托公司办理借款人消费投诉的才有",
			EN: "no rule gives a recheck above %[1]q: it is for borrowers' complaints to banks, consumer-finance, " +
				"auto-finance and trust companies"},
			{ZH: "写异议书（--letter disputed），或者向监管部门反映（--letter escalate）",
				EN: "object (--letter disputed), or go to the supervisor (--letter escalate)"}},
		desk.NextRechecked: {{ZH: "“%[1]s”已经核查过了", EN: "%[1]q was rechecked already"},
			{ZH: "仍不满意的，向监管部门反映：juzheng build " + dir + " --letter escalate --to regulator",
				EN: "if that does not satisfy: juzheng build " + dir + " --letter escalate --to regulator"}},
	}[no.Why]
	what := words[0]
	switch {
	case strings.Contains(what.ZH, "%[2]s"):
		what = fill(what, name, no.Lane.Until.Format(time.DateOnly))
	case strings.Contains(what.ZH+what.EN, "%[1]"):
		what = text{ZH: strings.ReplaceAll(what.ZH, "%[1]s", name),
			EN: strings.ReplaceAll(what.EN, "%[1]q", "\""+name+"\"")}
	}
	return fail(exitBlocked, no, text{ZH: what.ZH + "；什么都没有写", EN: what.EN + "; nothing was written"}, words[1])
}
