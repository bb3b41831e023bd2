package main

import (
	"errors"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/track"
)

// trackError says why something could not be written down, and what to do.
func trackError(err error, dir string, s desk.TrackStep) error {
	var no *track.Refusal
	var day *desk.DayError
	var role *desk.RoleError
	var proof *desk.ProofError
	var nothing *desk.NothingFiledError
	var changed *folder.FilingChangedError
	switch {
	case errors.Is(err, folder.ErrNoEntry):
		return fail(exitBlocked, err, text{ZH: "没有可以收回的：用 track 记的都收回了，或者还没有记过",
			EN: "nothing to take back: nothing that track wrote down stands"},
			text{ZH: "自己写进 case.toml [[filings]] 的，打开文件自己改",
				EN: "what you wrote into [[filings]] of case.toml, edit there"})
	case errors.As(err, &changed):
		return changedFilingError(err, changed)
	case errors.As(err, &day):
		return usage(text{ZH: "--on 写的是“%s”，应为真实的日期，例如 2026-11-02 或 2026年11月2日",
			EN: "--on is %q; wanted a real day such as 2026-11-02"}, visible(day.Given))
	case errors.As(err, &role):
		return fail(exitUsage, err, fill(noRecipient, visible(role.To), evidence.RoleNames().ZH,
			evidence.RoleNames().EN),
			append(meant(role.To, allRoles, ""), text{ZH: "别的机构写中文名称，例如 --to 杭州市12345热线",
				EN: "write the Chinese name of any other body"})...)
	case errors.As(err, &proof):
		return fail(exitUsage, err, fill(text{ZH: "--proof 的 %[1]s %[2]s", EN: "--proof: %[1]s is %[3]s"},
			quote(visible(proof.Path)),
			proof.Why.ZH, proof.Why.EN), text{ZH: "给回执、截图或答复函的那一个文件",
			EN: "give the one file of the receipt or the answer"})
	case errors.As(err, &nothing):
		return fail(exitBlocked, err, text{ZH: "还没有提交过，没有期限可以记", EN: "nothing was handed in yet, and no term runs"},
			fill(text{ZH: "交了以后先记下来：juzheng track %[1]s filed --to 对象 --on 日期",
				EN: "after handing it in: juzheng track %[1]s filed --to WHO --on DATE"}, quote(dir)))
	case errors.As(err, &no):
		what, hint := refusalWords(no, quote(dir), s)
		if no.Why == track.InFuture {
			return fail(exitUsage, err, what, hint)
		}
		return fail(exitBlocked, err, what, hint)
	}
	return err
}

// changedFilingError says that an entry is no longer as it was written down.
func changedFilingError(err error, c *folder.FilingChangedError) error {
	verb := takenBackWords[c.Verb]
	what := fill(text{ZH: "最后记的一笔（%[1]s）后来在 case.toml 里改过，程序不动您改的；什么都没有改",
		EN: "what was written down last (%[2]s) was edited in case.toml since, and is left alone; nothing was changed"},
		verb.ZH, verb.EN)
	hint := text{ZH: "那一段 [[filings]] 已经不在了：照凭据再记一次就行",
		EN: "that [[filings]] is gone: enter it again if it is to stand"}
	if c.Line > 0 {
		hint = fill(text{ZH: "打开 case.toml，第 %[1]d 行起的 [[filings]] 自己改或者删去",
			EN: "open case.toml, and edit or delete the [[filings]] from line %[1]d"}, c.Line)
	}
	return fail(exitBlocked, err, what, hint)
}

// refusalWords are the sentence of a refusal, and its remedy.
func refusalWords(r *track.Refusal, dir string, s desk.TrackStep) (what, hint text) {
	name, to := visible(r.Lane.Recipient.Name), string(r.Lane.Asked)
	if r.Lane.Role == "" {
		to = quote(visible(s.To))
	}
	f := func(t text, args ...any) text { return fill(t, args...) }
	nothing := text{ZH: "；什么都没有改", EN: "; nothing was changed"}
	switch r.Why {
	case track.InFuture:
		what = f(text{ZH: "%[1]s 还没有到（今天 %[2]s）", EN: "%[1]s is still to come (today is %[2]s)"}, r.Day, r.Than)
		hint = text{ZH: "照回执、短信上的日期写；还没有交的，交了再记",
			EN: "write the day on the receipt; enter what is still to be done once it is done"}
	case track.NoPapers:
		what = f(text{ZH: "程序还没有为“%[1]s”做过材料，不知道交的是哪一份",
			EN: "no papers were made for %[1]q, so that nobody knows what was filed"}, name)
		hint = f(text{ZH: "先做材料：juzheng build %[1]s --to %[2]s；交的是自己写的、打电话或在 App 里投诉的，加 --own",
			EN: "make them: juzheng build %[1]s --to %[2]s; if it was a call or a letter of your own, add --own"}, dir,
			to)
	case track.BeforePapers:
		what = f(text{ZH: "给“%[1]s”的材料 %[2]s 才做好，不会 %[3]s 就交了",
			EN: "the papers for %[1]q were made on %[2]s, and cannot have been filed on %[3]s"},
			name, r.Than, r.Day)
		hint = text{ZH: "核对凭据上的日期；那天交的不是这份材料（打电话、自己写的），加 --own",
			EN: "check the day on the receipt; if that day it was a call or a letter of your own, add --own"}
	case track.NoLetter:
		what = f(text{ZH: "程序没有给“%[1]s”写过这封信，不知道交的是什么",
			EN: "no such letter to %[1]q was made, so that nobody knows what was handed in"}, name)
		hint = f(text{ZH: "先写信：juzheng build %[1]s --letter %[3]s --to %[2]s；交的是自己写的、打电话说的，加 --own",
			EN: "make it: juzheng build %[1]s --letter %[3]s --to %[2]s; if it was a call or a letter of your own, " +
				"add --own"},
			dir, to, s.Letter)
	case track.AlreadyFiled:
		what = f(text{ZH: "“%[1]s”已经有一次投诉没有办完（%[2]s 提交），同一件事重复投诉一般不受理",
			EN: "a complaint to %[1]q is open (filed on %[2]s); the same matter is in general not taken twice"}, name,
			r.Than)
		hint = f(text{ZH: "交的是补充材料的，加 --letter supplement，催办的加 --letter reminder（自己写的、打电话催的再加 --own）；有新的事实、确实又投诉了一次的，" +
			"加 --again；已经有答复的，" +
			"先记答复：juzheng track %[1]s answered --to %[2]s --on 日期 --how 结果",
			EN: "for exhibits that came later add --letter supplement, for a reminder --letter reminder (of your " +
				"own: and --own), for a " +
				"second complaint with " +
				"new facts --again; write an answer down first: juzheng track %[1]s answered --to %[2]s --on DATE " +
				"--how WHAT"}, dir, to)
	case track.NotFiled:
		what = f(text{ZH: "没有记过向“%[1]s”提交，不能先有这一步", EN: "nothing was handed in to %[1]q, as far as the case says"},
			name)
		hint = f(text{ZH: "先记提交：juzheng track %[1]s filed --to %[2]s --on 日期 --receipt 单号（打电话、自己写的加 --own）",
			EN: "first: juzheng track %[1]s filed --to %[2]s --on DATE --receipt NO (--own for a call or a letter of " +
				"your own)"}, dir, to)
	case track.NotAnswered:
		what = f(text{ZH: "还没有记过“%[1]s”的答复，没有可以核查的",
			EN: "no answer of %[1]q is on record, and none can be looked at again"},
			name)
		hint = f(text{ZH: "先记答复：juzheng track %[1]s answered --to %[2]s --on 日期 --how unsatisfied",
			EN: "first: juzheng track %[1]s answered --to %[2]s --on DATE --how unsatisfied"}, dir, to)
	case track.BeforeFiling:
		what = f(text{ZH: "%[1]s 早于 %[2]s（那天才提交或收到答复）", EN: "%[1]s lies before %[2]s, when it was filed or answered"},
			r.Day, r.Than)
		hint = text{ZH: "核对两个日期；提交的日期记错了，改 case.toml 的 [[filings]]",
			EN: "check both days; a wrong day of filing is mended in [[filings]] of case.toml"}
	case track.TermRuns:
		what = f(text{ZH: "期限到 %[1]s，还没有过，现在不能算没有答复",
			EN: "the term runs until %[1]s: it is too early to say that no answer came"}, r.Than)
		hint = text{ZH: "等过了那一天再记；着急的可以先打电话问进度",
			EN: "wait until that day is over; you can ask on the telephone meanwhile"}
	case track.NoTerm:
		what = f(text{ZH: "没有查到“%[1]s”必须在几日内答复的规定，%[2]s 以前先等一等", EN: "no rule sets a term for %[1]q; wait until %[2]s"},
			name, r.Than)
		hint = text{ZH: "到那天还没有答复再记；着急的可以先打电话问进度", EN: "enter it then; you can ask on the telephone meanwhile"}
	default:
		return refusalOfState(r, name, to, dir)
	}
	return text{ZH: what.ZH + nothing.ZH, EN: what.EN + nothing.EN}, hint
}

// refusalOfState are the words of refusals by what stands on record.
func refusalOfState(r *track.Refusal, name, to, dir string) (what, hint text) {
	switch r.Why {
	case track.LaneClosed:
		what = fill(text{ZH: "“%[1]s”这一处 %[2]s 已经结束或撤回", EN: "%[1]q was closed or withdrawn on %[2]s"}, name, r.Than)
		hint = fill(text{ZH: "要接着办，先重新打开：juzheng track %[1]s reopen --to %[2]s",
			EN: "to go on: juzheng track %[1]s reopen --to %[2]s"}, dir, to)
	case track.LaneOpen:
		what = fill(text{ZH: "“%[1]s”这一处没有结束，不用重新打开", EN: "%[1]q is not closed"}, name)
		hint = fill(text{ZH: "到哪一步了：juzheng track %[1]s", EN: "where it stands: juzheng track %[1]s"}, dir)
	case track.OtherReceipt:
		what = fill(text{ZH: "%[1]s 向“%[2]s”的提交已经记了编号 %[3]s",
			EN: "the filing of %[1]s with %[2]q has the number %[3]s on record"}, r.Day, name,
			visible(r.Than))
		hint = text{ZH: "记错了的，改 case.toml 的 [[filings]] receipt；那天确实交了两次的，在 receipt 里把两个编号都写上",
			EN: "mend receipt in [[filings]] of case.toml; if there were two that day, write both numbers there"}
	case track.AnsweredSince:
		what = fill(text{ZH: "“%[1]s”已经记了答复（%[2]s），不能再记没有答复", EN: "an answer of %[1]q is on record (%[2]s)"}, name,
			r.Than)
		hint = text{ZH: "记错了的，改 case.toml 的 [[filings]] answered 和 answer",
			EN: "mend answered and answer in [[filings]] of case.toml"}
	default: // AlreadyIsSo
		what = fill(text{ZH: "这一步已经记过了（“%[1]s”，%[2]s）", EN: "that is on record already (%[1]q, %[2]s)"}, name, r.Than)
		hint = fill(text{ZH: "到哪一步了：juzheng track %[1]s", EN: "where it stands: juzheng track %[1]s"}, dir)
	}
	return text{ZH: what.ZH + "；什么都没有改", EN: what.EN + "; nothing was changed"}, hint
}
