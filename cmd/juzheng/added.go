package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/intake"
)

// tellAdded says what became of the files given.
func (e *env) tellAdded(s desk.Added, dir string) {
	for _, a := range s.Opened {
		e.printf(text{ZH: "压缩包  %s：打开了，里面有 %d 个文件\n", EN: "archive  %s: opened, %d files in it\n"},
			visible(a.Path), a.Files)
	}
	for _, x := range s.Admitted {
		e.printf(text{ZH: "%s  %s  %s\n", EN: "%s  %s  %s\n"}, x.Number, pad(x.Kind.Title().In(e.lang), 10),
			visible(x.OriginalName))
		for _, n := range x.Notes {
			e.printf(text{ZH: "      · %s\n", EN: "      · %s\n"}, visible(tellNote(n, e.lang)))
		}
	}
	first, more := fewOf(s.Duplicates)
	for _, d := range first {
		e.printf(text{ZH: "相同  %s 与 %s 逐字节相同，不重复存放，已记录\n",
			EN: "same  %s is byte for byte %s: kept on record, not stored again\n"}, visible(d.Path), d.Exhibit)
	}
	if more > 0 {
		e.printf(text{ZH: "相同  另有 %d 个文件也和已有的证据逐字节相同，不重复存放，逐个记在 custody.jsonl 里\n",
			EN: "same  %d more are byte for byte exhibits too: not stored again, each on record in custody.jsonl\n"},
			more)
	}
	for _, u := range s.Unusable {
		e.printf(text{ZH: "未用  %s：%s\n", EN: "not used  %s: %s\n"}, visible(u.Path),
			visible(noteText(u.Code, u.Detail, e.lang)))
	}
	for _, k := range foldSkipped(s.Skipped) {
		e.printf(text{ZH: "跳过  %s 第 %s 行（共 %d 行）：%s\n", EN: "skipped  %s line %s (%d in all): %s\n"}, k.place(e.lang),
			k.lines(e.lang), len(k.at), visible(k.detail.In(e.lang)))
	}
	for _, c := range s.Columns {
		e.printf(text{ZH: "读法  %s：%s\n", EN: "read as  %s: %s\n"}, c.Exhibit, c.Words.In(e.lang))
	}
	for _, u := range s.Remarks {
		e.printf(text{ZH: "请看  %s：%s\n", EN: "look at  %s: %s\n"}, u.Exhibit, visible(tellNote(u.Note, e.lang)))
	}
	for _, u := range s.Unread {
		e.printf(text{ZH: "没读全  %s：%s\n", EN: "not read whole  %s: %s\n"}, u.Exhibit, visible(tellNote(u.Note, e.lang)))
	}
	links, more := fewOf(s.Links)
	for _, l := range links {
		e.printf(text{ZH: "对应  %s 与时间线 %s 是同一件事，已记下\n", EN: "match  %s shows the same event as row %s; noted\n"},
			l.Exhibit,
			l.Incident)
	}
	if more > 0 {
		e.printf(text{ZH: "对应  另有 %d 处也与时间线里已有的事对上了，逐份写在 juzheng list %s 里\n",
			EN: "match  %d more show events of rows too; juzheng list %s says which\n"}, more, quote(dir))
	}
	if len(s.Filled) > 0 {
		e.printf(text{ZH: "补全  时间线 %s：原来空着的格子按新加的材料填上了，已有的内容没有改\n",
			EN: "filled  rows %s: empty cells were filled from the new files; what stood there was not changed\n"},
			strings.Join(s.Filled, " "))
	}
	writeClocks(e.stdout, s.Clocks, e.lang)
	if len(s.Retimed) > 0 {
		e.printf(text{ZH: "时钟  时间线 %s：改用运营商等更准的时间，手机上的时间仍在原文件里\n",
			EN: "clock  rows %s took the time of a better clock; what the phone's showed stays in its file\n"},
			strings.Join(s.Retimed, " "))
	}
	e.tellPhones(s, dir)
	if s.Known == s.Given {
		if len(s.Incidents)+len(s.Links)+len(s.Filled)+len(s.Retimed) > 0 {
			e.say(text{ZH: "这 %d 个文件以前都加过；时间线补上了上次没来得及写的：新增 %d 行。",
				EN: "all %d files were added before; the timeline now has what was not written then: %d new rows."},
				s.Given, len(s.Incidents))
			return
		}
		if len(s.Reassigned) > 0 {
			return
		}
		e.say(text{ZH: "这 %d 个文件以前都加过，什么也没有变。", EN: "all %d files were added before; nothing changed."}, s.Given)
		return
	}
	e.say(text{
		ZH: "给了 %d 个文件：新证据 %d，重复 %d，以前加过 %d，没能用上 %d。时间线新增 %d 行。",
		EN: "%d files given: %d new exhibits, %d identical, %d added before, %d not used. %d new rows in the timeline.",
	}, s.Given, len(s.Admitted), len(s.Duplicates), s.Known, len(s.Unusable), len(s.Incidents))
	e.tellSignatures(s)
	if n := len(s.Phrases); n > 0 {
		e.say(text{
			ZH: "收到的消息里有 %d 处字句值得您亲自看一看（程序按词找的，没有核对，不会写进信里）：juzheng timeline %s --phrases",
			EN: "%d places in messages received are worth reading yourself (found by words, unchecked, in no " +
				"letter): juzheng timeline %s --phrases",
		}, n, quote(dir))
	}
	if slices.ContainsFunc(s.Admitted, func(x evidence.Exhibit) bool { return x.Kind == evidence.Screenshot }) {
		e.say(text{ZH: "截图里的字程序没有看；装有 tesseract 时可运行 juzheng read %s 帮您找出值得看的字句。",
			EN: "nobody has read the screenshots yet; with tesseract installed, juzheng read %s helps to find words " +
				"worth reading."}, quote(dir))
	}
	if slices.ContainsFunc(s.Admitted, func(x evidence.Exhibit) bool { return x.Kind == evidence.Recording }) {
		e.say(text{ZH: "录音开头说过“本次通话正在录音”吗？请在时间线的“开头是否告知录音”一栏写是或否；这只是如实记录，没有说过也不影响使用。",
			EN: "was “this call is being recorded” said at the start? Write yes or no under recording announced in " +
				"the timeline; it is a fact to note and no condition of using the recording."})
	}
}

// mostAlike is how many lines of one kind are told one by one; of more the first few are,
// so that the summary below stays in sight.
const mostAlike, fewAlike = 5, 3

// fewOf are those that are told one by one, and how many are not.
func fewOf[T any](all []T) (first []T, more int) {
	if len(all) <= mostAlike {
		return all, 0
	}
	return all[:fewAlike], len(all) - fewAlike
}

// tellNext names what to do next. Only what is new can raise questions; to
// count them would take as long as adding did.
func (e *env) tellNext(s desk.Added, dir string) {
	switch {
	case len(s.Incidents)+len(s.Admitted) > 0:
		e.say(text{ZH: "下一步：juzheng ask %s，逐个问只有您知道的事：手机和号码是谁的，那些话算不算",
			EN: "next: juzheng ask %s asks what only you can say: whose phones and numbers these are, what words mean"},
			quote(dir))
	case s.Known < s.Given || len(s.Reassigned) > 0:
		e.say(text{ZH: "下一步：juzheng check %s", EN: "next: juzheng check %s"}, quote(dir))
	}
}

// tellPhones says whose phones files were said to be from, and asks about
// those that seem to be somebody else's.
func (e *env) tellPhones(s desk.Added, dir string) {
	switch n := len(s.Reassigned); {
	case n > 0 && len(s.Moved) > 0:
		e.say(text{ZH: "%d 个以前加过的文件改为%s的手机；时间线 %d 行的“联系到谁”跟着改了",
			EN: "%d files added before are now from the phone of %s; reached was changed in %d rows"},
			n, phoneOwner(s.PhoneOf).In(e.lang), len(s.Moved))
	case n > 0:
		e.say(text{ZH: "%d 个以前加过的文件改为%s的手机；时间线里现在没有要跟着改的（没有用到它们的行，或者还不知道号码是不是催收的）",
			EN: "%d files added before are now from the phone of %s; no row changes with it now (none is from them, or " +
				"nobody has said yet that their numbers are the collector's)"},
			n, phoneOwner(s.PhoneOf).In(e.lang))
	}
	for _, d := range s.Devices {
		e.say(text{ZH: "%s像是别人的手机（%d 个文件）：%s。里面的来电和消息先不当作联系到了您本人",
			EN: "%s seems to be somebody else's phone (%d files): %s. Its calls and messages are not taken for " +
				"contact " +
				"with you"},
			visible(d.Label().In(e.lang)), len(d.Exhibits), visible(reasonsText(d, e.lang)))
	}
	if len(s.Devices) > 0 {
		e.say(text{ZH: "是谁的，说一声就行：juzheng add %s 文件夹 --phone-of 亲友（自己的写 本人）",
			EN: "say whose it is: juzheng add %s FOLDER --phone-of family (self if it is yours)"}, quote(dir))
	}
}

// phoneOwner is whose phone it is in a sentence.
func phoneOwner(who evidence.Reached) text {
	if who == evidence.ReachedSelf {
		return text{ZH: "您自己", EN: "yourself"}
	}
	return reachedName(who)
}

func reasonsText(d device.Device, lang string) string {
	var out []string
	for _, w := range d.Why {
		out = append(out, w.In(lang))
	}
	return strings.Join(out, text{ZH: "，", EN: ", "}.In(lang))
}

// tellSignatures names the 【…】 of messages received, and which of them the
// directory knows: a hint at the platform, decided by the person.
func (e *env) tellSignatures(s desk.Added) {
	if len(s.Signatures) == 0 {
		return
	}
	e.say(text{ZH: "短信里出现的签名：%s。其中若有您的平台，请核对 case.toml 里的名称。",
		EN: "signatures in messages: %s; if one is your platform, check its name in case.toml."},
		strings.Join(s.Signatures, text{ZH: "、", EN: ", "}.In(e.lang)))
	for _, x := range s.Senders {
		e.say(text{ZH: "  【%s】 在机构目录里是 %s（%s）", EN: "  【%s】 stands in the directory as %s (%s)"}, x.Signature, x.Name,
			x.Slug)
	}
}

// A skippedGroup is rows of one log that became no incident for one reason.
type skippedGroup struct {
	exhibit string
	sheet   int
	detail  evidence.Text
	at      []int
}

// foldSkipped puts rows with one reason together, in order of their first.
func foldSkipped(rows []intake.SkippedRow) []skippedGroup {
	var out []skippedGroup
	for _, r := range rows {
		n := slices.IndexFunc(out, func(g skippedGroup) bool {
			return g.exhibit == r.Exhibit && g.sheet == r.Sheet &&
				g.detail == r.Detail
		})
		if n < 0 {
			out, n = append(out, skippedGroup{exhibit: r.Exhibit, sheet: r.Sheet, detail: r.Detail}), len(out)
		}
		out[n].at = append(out[n].at, r.Line)
	}
	return out
}

// place is the exhibit, and the sheet where it is not the first.
func (g skippedGroup) place(lang string) string {
	if g.sheet < 2 {
		return g.exhibit
	}
	return g.exhibit + fmt.Sprintf(text{ZH: " 第 %d 张表", EN: " sheet %d"}.In(lang), g.sheet)
}

// lines lists the first few line numbers.
func (g skippedGroup) lines(lang string) string {
	const few = 5
	var b strings.Builder
	for i, n := range g.at[:min(len(g.at), few)] {
		if i > 0 {
			b.WriteString(text{ZH: "、", EN: ", "}.In(lang))
		}
		fmt.Fprint(&b, n)
	}
	if len(g.at) > few {
		b.WriteString(" …")
	}
	return b.String()
}

// writeClocks says which clocks differ, as measured; nothing was changed.
func writeClocks(w io.Writer, clocks []intake.ClockOffset, lang string) {
	for _, c := range clocks {
		late := text{ZH: "晚", EN: "later"}
		if c.Offset < 0 {
			late = text{ZH: "早", EN: "earlier"}
		}
		fmt.Fprintf(w, text{
			ZH: "时钟  %s 的时间比 %s %s %s（%d 处相差都一样）；两边都有的电话按 %[2]s 的时间，" +
				"其余的时间没有改动，靠近界线的先不主张\n",
			EN: "clock  times of %s are those of %s, but %s by %s (%d times the same difference); calls in both " +
				"have the " +
				"time of %[2]s, no other time was changed, and near a limit none is asserted\n",
		}.In(lang), intake.SourceName(c.Source).In(lang), intake.SourceName(c.Against).In(lang), late.In(lang),
			intake.SpanText(c.Offset.Abs()).In(lang), c.Pairs)
	}
}
