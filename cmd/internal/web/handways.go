package web

import (
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/road"
	"juzheng/evidence/track"
)

// waysOf are the bodies beside the road of a complaint that a case leads to, but those
// that have a lane: their papers are made as those of all letters are, once they are
// read.
func waysOf(c evidence.Case, findings []evidence.Finding, lanes []desk.Lane, base, lang string) []wayView {
	var out []wayView
	for _, w := range road.Open(c, findings) {
		if slices.ContainsFunc(lanes, func(l desk.Lane) bool { return l.Role == w.Role }) {
			continue
		}
		order := w.Order.In(lang)
		if cost := w.Cost.In(lang); cost != "" {
			order += evidence.Text{ZH: "；", EN: "; "}.In(lang) + cost
		}
		out = append(out, wayView{w.Role.Title().In(lang), w.Role.Letter(), w.Does.In(lang), w.DoesNot.In(lang), order,
			query(base+"/"+lettersPath, "to", string(w.Role))})
	}
	return out
}

// refusals of entries, in the words of the screen; %[1]s is the day that was given,
// %[2]s what it stands against.
var entryRefusals = map[track.Why]evidence.Text{
	track.InFuture: {ZH: "%[1]s 还没有到。照回执、短信上的日期写；还没有交的，交了再记。",
		EN: "%[1]s is still to come. Write the day on the receipt; enter it once it is done."},
	track.NoPapers: {ZH: "还没有给它做过材料，不知道交的是哪一份。先读信、做材料；那天交的是自己写的、打电话说的，勾上“交的不是这份材料”。",
		EN: "No papers were made for it. Read the letter and make them first; if it was a call or a " +
			"letter of your own, tick that."},
	track.BeforePapers: {ZH: "这份材料 %[2]s 才做好，不会 %[1]s 就交了。核对凭据上的日期；那天交的是自己写的、打电话说的，勾上“交的不是这份材料”。",
		EN: "These papers were made on %[2]s and cannot have been handed in on %[1]s. Check the day on the receipt; " +
			"if it was a call or a letter of your own, tick that."},
	track.NoLetter: {ZH: "还没有写过这封信，不知道交的是什么。先在“接下来”里写；交的是自己写的、打电话说的，勾上“交的不是这份材料”。",
		EN: "No such letter was written. Write it first; if it was a call or a letter of your own, tick that."},
	track.AlreadyFiled: {ZH: "%[2]s 已经交过一次，还没有办完。又交了别的，选一选交的是什么。",
		EN: "A complaint of %[2]s is open. If something further was handed in, choose what it was."},
	track.NotFiled: {ZH: "还没有记过交给它，不能先有这一步。先记“我已提交”。",
		EN: "Nothing was handed in to it yet, as far as is written down. Write that down first."},
	track.NotAnswered: {ZH: "还没有记过它的答复。先记“收到答复”。", EN: "No answer of it is written down. Write that down first."},
	track.BeforeFiling: {ZH: "%[1]s 早于 %[2]s，那天才交上去或者才有答复。核对两个日期；记错了的，收回最后记的一笔，再记。",
		EN: "%[1]s lies before %[2]s, when it was handed in or answered. Check both; take back the last " +
			"entry if it was wrong."},
	track.TermRuns: {ZH: "期限到 %[2]s，还没有过，现在不能算没有答复。等过了那一天再记；着急的可以先打电话问。",
		EN: "The term runs until %[2]s: it is too early to say that no answer came. You can ask on the " +
			"telephone meanwhile."},
	track.NoTerm: {ZH: "没有查到它必须在几日内答复的规定，%[2]s 以前先等一等；着急的可以先打电话问。",
		EN: "No rule sets a term for it; wait until %[2]s. You can ask on the telephone meanwhile."},
	track.LaneClosed: {ZH: "这一处 %[2]s 已经结束或撤回。要接着办，先按“重新打开”。",
		EN: "It was closed or withdrawn on %[2]s. To go on, open it again."},
	track.LaneOpen: {ZH: "这一处没有结束，不用重新打开。", EN: "It is not closed."},
	track.OtherReceipt: {ZH: "%[1]s 的提交已经记了编号 %[2]s。记错了的，收回最后记的一笔，再记。",
		EN: "What was handed in on %[1]s has the number %[2]s. If that is wrong, take back the last entry."},
	track.AnsweredSince: {ZH: "已经记了答复（%[2]s），不能再记没有答复。记错了的，收回最后记的一笔，再记。",
		EN: "An answer is written down (%[2]s). If that is wrong, take back the last entry."},
	track.AlreadyIsSo: {ZH: "这一步已经记过了（%[2]s），没有再记一遍。", EN: "That is written down already (%[2]s)."},
}

// refused says why something could not be written down, beside the day of its form.
func refused(verb string, no *track.Refusal) *mistake {
	t := entryRefusals[no.Why]
	text := evidence.Text{ZH: withDays(t.ZH, no), EN: withDays(t.EN, no)}
	return &mistake{verb + "-on", text}
}

func withDays(s string, no *track.Refusal) string {
	return strings.NewReplacer("%[1]s", no.Day, "%[2]s", no.Than).Replace(s)
}
