package main

import (
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence/bag"
)

// statements are what is said of a bundle: of the exhibits that are here,
// whether all are here, and of the other files of this copy. Of format 1 the
// first is all, unless something is withheld.
func statements(r *bag.Result) []text {
	out := []text{exhibitsText(r)}
	if r.SM3Left {
		out = append(out, text{ZH: "证据只按 SHA-256 核对，没有计算 SM3",
			EN: "the exhibits were checked by SHA-256 alone: SM3 was not computed"})
	}
	if r.Verdict == bag.NotChecked && (r.Evidence == nil || r.Evidence.Lines == 0) {
		return out // nothing is known of the rest
	}
	if e := r.Evidence; e != nil && e.Lines > 0 {
		return append(out, completenessText(e), othersText(r))
	}
	if p := r.Presence(); p.Withheld > 0 {
		out = append(out, presenceText(p))
	}
	return out
}

func exhibitsText(r *bag.Result) text {
	t := verdictText(r)
	if r.Evidence == nil || against(r) != noDoubt {
		return t
	}
	t = text{ZH: "证据" + t.ZH, EN: "exhibits " + t.EN}
	if r.Verdict == bag.NotChecked {
		t = text{ZH: "证据没能全部核对", EN: "the exhibits could not be fully checked"}
	}
	if e := r.Evidence; e.Covered > 0 && r.Verdict == bag.Anchored {
		t.ZH += fmt.Sprintf("（清单第 1–%d 行）", e.Covered)
		t.EN += fmt.Sprintf(" (lines 1–%d of the list)", e.Covered)
	}
	return t
}

// presenceText says whether all exhibits are here. One that is gone, renamed or
// holds something else is not here, whatever the copy was to hold.
func presenceText(p bag.Presence) text {
	lacks := p.Missing.Count + p.Altered.Count + p.Unread.Count
	switch {
	case lacks == 0 && p.Withheld == 0:
		return text{
			ZH: fmt.Sprintf("完整性：全部证据 %d 件都在", p.Items),
			EN: fmt.Sprintf("completeness: all %d exhibits are here", p.Items),
		}
	case lacks == 0:
		return text{
			ZH: fmt.Sprintf("完整性：本副本有 %d 件，全部证据 %d 件，另有 %d 件提交人未提供", p.Here, p.Items, p.Withheld),
			EN: fmt.Sprintf("completeness: %d of %d exhibits are here, %d are withheld", p.Here, p.Items, p.Withheld),
		}
	}
	t := text{
		ZH: fmt.Sprintf("完整性：全部证据 %d 件，在这里而且和清单一致的有 %d 件", p.Items, p.Here),
		EN: fmt.Sprintf("completeness: %d of %d exhibits are here as listed", p.Here, p.Items),
	}
	for _, of := range []struct {
		some   bag.Some
		zh, en string
	}{
		{p.Missing, "；%d 件缺失或被改名（%s）", "; %d gone or renamed (%s)"},
		{p.Altered, "；%d 件和清单不一致（%s）", "; %d not as listed (%s)"},
		{p.Unread, "；%d 件没能读取（%s）", "; %d could not be read (%s)"},
	} {
		if of.some.Count > 0 {
			names := make([]string, len(of.some.Numbers))
			for i, n := range of.some.Numbers {
				names[i] = bag.Marked(n)
			}
			t.ZH += fmt.Sprintf(of.zh, of.some.Count, firstOf(names))
			t.EN += fmt.Sprintf(of.en, of.some.Count, firstOf(names))
		}
	}
	if p.Withheld > 0 {
		t.ZH += fmt.Sprintf("；另有 %d 件提交人未提供", p.Withheld)
		t.EN += fmt.Sprintf("; %d are withheld", p.Withheld)
	}
	return t
}

func completenessText(e *bag.Evidence) text {
	t := presenceText(e.Presence)
	add := func(zh, en string, args ...any) {
		t.ZH += fmt.Sprintf(zh, args...)
		t.EN += fmt.Sprintf(en, args...)
	}
	if e.Out > 0 {
		add("；有 %d 件后来不再放进来（提交人去掉了，或者换成了新的摘录）",
			"; %d were taken out later, left out by the owner or replaced by a newer extract", e.Out)
	}
	if len(e.NotCovered) > 0 {
		add("；%s 是后来加入的，所核对的凭据证明不了", "; %s came later, and what was checked does not cover it",
			firstOf(e.NotCovered))
	}
	if len(e.NoRecord) > 0 {
		add("；%s 的来源记录未提供", "; the record of %s is withheld", firstOf(e.NoRecord))
	}
	for _, of := range []struct {
		state  bag.ExtractState
		zh, en string
	}{
		{bag.ExtractSame, "；%s 是摘录，逐行与整份一致", "; %s: extracts, row by row what their wholes hold"},
		{bag.ExtractByHand, "；%s 是摘录，只能人工与整份对照", "; %s: extracts, to be compared with their wholes by hand"},
		{bag.ExtractWithheld, "；%s 是摘录，整份（%s）未提供", "; %s: extracts in place of %s, which are withheld"},
	} {
		list, wholes := extractsOf(e, of.state)
		switch {
		case len(list) == 0:
		case of.state == bag.ExtractWithheld:
			add(of.zh, of.en, firstOf(list), firstOf(wholes))
		default:
			add(of.zh, of.en, firstOf(list))
		}
	}
	return t
}

// extractsOf are the numbers of extracts of which something is known, and of the
// wholes that they are of, by their records.
func extractsOf(e *bag.Evidence, state bag.ExtractState) (out, wholes []string) {
	for _, x := range e.Extracts {
		if x.State != state {
			continue
		}
		out = append(out, x.Number)
		if of := bag.Marked(x.Of); !slices.Contains(wholes, of) {
			wholes = append(wholes, of)
		}
	}
	return out, wholes
}

// A paperDoubt is how what was typed from paper stands to a bundle of which nothing
// else is wrong: then nothing shows that the bundle was changed.
type paperDoubt int

const (
	noDoubt    paperDoubt = iota // it is met, or there is none, or the bundle is altered by itself
	doubtTyped                   // it differs in a group or two, or in the number of lines
	doubtKind                    // it is a figure of another kind, or of another format
	doubtWhole                   // it is of another bundle; or everything here was made anew
)

var doubtCodes = map[string]paperDoubt{
	"E-CODE-TYPO": doubtTyped, "E-ROOT-TYPO": doubtTyped, "E-CODE-LINES": doubtTyped,
	"E-CODE-IS-COPY": doubtKind, "E-COPY-IS-CODE": doubtKind, "E-CODE-FORMAT-1": doubtKind,
	"E-CODE-FORMAT-2": doubtKind, "E-COPY-FORMAT-1": doubtKind,
	"E-CODE-DIFFERS": doubtWhole, "E-CODE-OLDER": doubtWhole, "E-ROOT-DIFFERS": doubtWhole,
	"E-COPY-DIFFERS": doubtWhole,
}

// against says what alone speaks against a bundle, of several the worst.
func against(r *bag.Result) paperDoubt {
	worst := noDoubt
	for _, p := range r.Problems {
		g := doubtCodes[p.Code]
		if g == noDoubt && (p.Severity == bag.Altered || p.Severity == bag.Refused) {
			return noDoubt
		}
		worst = max(worst, g)
	}
	return worst
}

// againstText says what against found; false if it found nothing.
func againstText(r *bag.Result) (text, bool) {
	agree := text{ZH: "；包里的文件和清单彼此一致", EN: "; the files and the lists inside agree"}
	if unchecked(r) {
		agree = text{}
	}
	t := text{}
	switch against(r) {
	case doubtTyped:
		name := "证据码"
		if r.Root.Format != 2 {
			name = "总校验码"
		}
		t = text{ZH: name + "没有核对上，多半是输入有误", EN: "the code does not match, most likely it was mistyped"}
	case doubtKind:
		t = text{ZH: "给的是另一种码，没有比成", EN: "not compared, a code of another kind was given"}
	case doubtWhole:
		return text{
			ZH: "与您给的码不是同一份：码是另一个案件或另一次封存的，或者打错了" + agree.ZH +
				"。都不是的，就是证据包被整个换过，不能采信",
			EN: "not the bundle of the code you gave: it is that of another case or another seal, or was mistyped" +
				agree.EN + ". If none of these, the whole bundle was replaced and cannot be relied on",
		}, true
	default:
		return t, false
	}
	return text{ZH: t.ZH + agree.ZH, EN: t.EN + agree.EN}, true
}

// mistyped reports that nothing is wrong with a bundle but that the code which
// was typed differs from its own in a group or two, or is its own with another number
// of lines.
func mistyped(r *bag.Result) bool { return against(r) == doubtTyped }

// unchecked reports that something could not be looked at.
func unchecked(r *bag.Result) bool {
	return slices.ContainsFunc(r.Problems, func(p bag.Problem) bool { return p.Severity == bag.Unchecked })
}

// firstOf names the first dozen of a list.
func firstOf(list []string) string {
	const most = 12
	if len(list) <= most {
		return strings.Join(list, " ")
	}
	return strings.Join(list[:most], " ") + " …"
}

func othersText(r *bag.Result) text {
	list := firstOf(r.Evidence.Others)
	if r.Verdict == bag.IsAltered && against(r) == noDoubt {
		return text{
			ZH: "其他文件（" + list + "）：不在证据码之内，见下面的问题",
			EN: "other files (" + list + "): the code does not cover them, see the problems below",
		}
	}
	if r.Evidence.CopyMet {
		by := text(r.Evidence.CopyBy)
		return text{
			ZH: "其他文件（" + list + "）：也有外部凭据佐证：" + by.ZH,
			EN: "other files (" + list + "): vouched for too: " + by.EN,
		}
	}
	return text{
		ZH: "其他文件（" + list + "）：不在证据码之内，仅内部一致；有交接单的，用 --copy 核对",
		EN: "other files (" + list + "): the code does not cover them, they agree among themselves only; with a " +
			"handover slip check them with --copy",
	}
}

// codes shows what a letter and a slip print of a bundle.
func (p report) codes(r *bag.Result) {
	if r.Root.SHA256 == "" {
		return
	}
	if r.Root.Format != 2 {
		p.line(0, text{ZH: "总校验码", EN: "root"})
		p.digest("SHA-256", r.Root.SHA256)
		p.digest("SM3", r.Root.SM3)
		return
	}
	p.line(0, text{ZH: "证据码（格式2），清单 %d 行", EN: "evidence code (format 2), %d lines of the list"}, r.Root.Lines)
	p.digest("SHA-256", r.Root.SHA256)
	p.digest("SM3", r.Root.SM3)
	p.line(0, text{ZH: "本包校验值（交接单上的）", EN: "digest of this copy, as on a handover slip"})
	p.digest("SHA-256", r.Root.Copy.SHA256)
	p.line(0, text{ZH: "保管记录 %d 条，末条校验值", EN: "log: %d records, head"}, r.Root.CustodyEntries)
	p.digest("", r.Root.CustodyHead)
	if r.AfterMet {
		p.line(2, text{ZH: "  书面材料上的那一条在内：到那时为止没有被截去",
			EN: "  the record on paper is among them: nothing was cut up to there"})
		p.afterRest(r)
	} else if f := r.Evidence; f != nil && f.Covered > 0 && r.Root.CustodyEntries > 0 {
		// a letter was printed before: each copy that is handed out is a record too
		p.line(2, text{ZH: "  信上的条数比这里少，是正常的：写信之后做的事，包括交出副本，各记一条；用 --after 输入信上的末条校验值核对",
			EN: "  a letter may print fewer records: what was done after it, handing out a copy too, is one each; check with " +
				"--after and the head that the letter prints"})
	}
	if f := r.Evidence; f != nil && f.Follows != "" {
		p.line(0, text{ZH: "在它之前的信印的是旧格式的总校验码", EN: "letters before it print a root of format 1"})
		p.digest("SHA-256", f.Follows)
	}
}

// afterRest tells how much of a log came behind the head on paper: whoever holds
// the folder could have written or cut that. A slip that vouches for the whole
// copy vouches for its log too.
func (p report) afterRest(r *bag.Result) {
	if r.AfterRest == 0 || r.Evidence != nil && r.Evidence.CopyMet {
		return
	}
	p.line(2, text{ZH: "  其后 %d 条没有外部凭据", EN: "  nothing from outside vouches for the %d records behind it"},
		r.AfterRest)
}

// incompleteStep says what to do with a copy in which not all is, or not all is
// vouched for.
func incompleteStep(r *bag.Result) text {
	if r.Evidence != nil && len(r.Evidence.NotCovered) > 0 {
		return text{
			ZH: "下一步：后来加入的证据，用后来那封信上的证据码核对；没有那封信的，只能采用其余的证据。",
			EN: "next: check what came later with the code on a later letter; without one, use the other exhibits only.",
		}
	}
	return text{
		ZH: "下一步：核对过的这些可以使用；需要其余的，请提交人提供。只要这些就够的，加 --partial-ok 再核对。",
		EN: "next: what was checked can be used; ask whoever handed it over for the rest. If this is enough, check " +
			"again with --partial-ok.",
	}
}
