package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"juzheng/evidence"
)

// writeReport prints a report to be read: what is shown first, what blocks last.
func writeReport(w io.Writer, r evidence.Report, lang string) {
	writeEmergency(w, r.Emergency, lang)
	sections := []struct {
		strength evidence.Strength
		head     text
	}{
		{evidence.Shown, text{ZH: "有材料证明、可以写进投诉的情形", EN: "Shown by your material: goes into the letters"}},
		{evidence.Stated, text{ZH: "只有您的陈述、没有材料证明的情形（信中注明“本人陈述”）",
			EN: "Only your own statement: quoted in the letters as such"}},
		{evidence.Review, text{ZH: "需要您自己看一看的地方（不会写进信里）", EN: "Needs your eye: stays out of the letters"}},
	}
	for _, s := range sections {
		first := true
		for _, f := range r.Findings {
			if f.Strength != s.strength {
				continue
			}
			if first {
				fmt.Fprintf(w, "■ %s\n", s.head.In(lang))
				first = false
			}
			writeFinding(w, f, lang)
		}
		if !first {
			fmt.Fprintln(w)
		}
	}
	writeDoubts(w, r.Doubts, lang)
	writeWorded(w, r.Worded, lang)
	if len(r.Lawful) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{ZH: "按时间、次数和对象看合法的催收（程序不会写进去）",
			EN: "Lawful by time, number and person reached: left out"}.In(lang))
		fmt.Fprintf(w, "  %s\n", text{ZH: "对方说了什么，程序没有判断：其中有威胁、冒充、假文书等的，写进时间线“认为属于”一栏",
			EN: "What was said is not judged: name threats, impersonation, forged papers and the like in the " +
				"timeline's " +
				"asserted column"}.In(lang))
		for _, l := range r.Lawful {
			fmt.Fprintf(w, text{ZH: "  %s（%s）\n", EN: "  %s (%s)\n"}.In(lang), l.Act.In(lang), rows(l.Incidents, lang))
		}
		fmt.Fprintln(w)
	}
	if len(r.Elsewhere) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{ZH: "还可以向谁反映", EN: "Whom else to turn to"}.In(lang))
		for _, t := range r.Elsewhere {
			fmt.Fprintf(w, "  %s\n", t.In(lang))
		}
		fmt.Fprintln(w)
	}
	if len(r.Remarks) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{ZH: "提醒", EN: "Please note"}.In(lang))
		for _, t := range r.Remarks {
			fmt.Fprintf(w, "  %s\n", t.In(lang))
		}
		fmt.Fprintln(w)
	}
	writeObstacles(w, r.Obstacles, lang)
}

// writeWorded quotes what sounds like a violation and nobody has named.
func writeWorded(w io.Writer, all []evidence.Worded, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "听起来像违规、请您看一看的话（没有写进信里，也不算合法）",
		EN: "Words that sound like a violation and want your eye: in no letter, and not called lawful"}.In(lang))
	for _, x := range all {
		fmt.Fprintf(w, text{ZH: "  %s %s（%s）：“%s”\n", EN: "  %s %s (%s): \"%s\"\n"}.In(lang),
			x.Incident, x.Label.In(lang), x.Breach, visible(x.Quote))
	}
	fmt.Fprintf(w, "  %s\n\n", text{ZH: "确属的，把括号里的种类填进这一行的“认为属于”；不是的填“非”加种类，例如 非V06",
		EN: "where it is one, write the kind in brackets under asserted kinds of the row; where not, 非 and the " +
			"kind, as " +
			"非V06"}.In(lang))
}

// doubtsShown is how many doubts of one kind are printed one by one.
const doubtsShown = 8

// ofManyRows are doubts that say the same of all rows of one phone or number.
var ofManyRows = []evidence.DoubtCode{evidence.PhoneNotSaid, evidence.ClockOff, evidence.ClockBetween,
	evidence.CallerNotSaid, evidence.CallerOther, evidence.LenderNotSaid, evidence.PhoneAgainstWords}

// writeDoubts says what contradicts the rows. Rows alike in all that is said
// of them stand in one line.
func writeDoubts(w io.Writer, all []evidence.Doubt, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "对不上、还要弄清的地方（弄清之前不据此主张）",
		EN: "What does not agree and is not asserted until it is known"}.In(lang))
	printed := map[evidence.DoubtCode]int{}
	for n, d := range all {
		if len(d.Says) > 0 && !slices.Contains(ofManyRows, d.Code) {
			if printed[d.Code]++; printed[d.Code] <= doubtsShown {
				fmt.Fprintf(w, "  %s\n", visible(d.Text().In(lang)))
			}
			continue
		}
		same := func(o evidence.Doubt) bool { return o.Code == d.Code && slices.Equal(o.Says, d.Says) }
		if slices.IndexFunc(all, same) < n {
			continue // said with the first of them
		}
		var ids []string
		for _, o := range all {
			if same(o) {
				ids = append(ids, o.Incident)
			}
		}
		d.Incident = rows(ids, lang)
		fmt.Fprintf(w, "  %s\n", d.Text().In(lang))
	}
	for _, n := range printed {
		if n > doubtsShown {
			printed[""] += n - doubtsShown
		}
	}
	if n := printed[""]; n > 0 {
		fmt.Fprintf(w, text{ZH: "  同样的还有 %d 处，--json 全部列出\n", EN: "  %d more like these; --json lists all\n"}.In(lang),
			n)
	}
	if printed[evidence.RowDiffers] > 0 {
		fmt.Fprintf(w, "  %s\n", text{ZH: "对不上的格，程序读的是文件里的，可是写回来以前，这几行不当作材料显示的事实",
			EN: "of cells that differ what the files say was read, yet until they agree these rows are not shown by " +
				"files"}.In(lang))
	}
	if printed[evidence.RowDeleted] > 0 {
		fmt.Fprintf(w, "  %s\n", text{ZH: "少了的行，程序没有读进来，信里不会有",
			EN: "rows that are missing were not read, and no letter has them"}.In(lang))
	}
	if printed[evidence.RowDiffers]+printed[evidence.RowDeleted] > 0 {
		fmt.Fprintf(w, "  %s\n", text{ZH: "表格以文件为准改回来：juzheng timeline 案件夹 --restore",
			EN: "to put them back into the table: juzheng timeline CASE --restore"}.In(lang))
	}
	fmt.Fprintln(w)
}

// ofTable are the doubts about the table itself.
func ofTable(all []evidence.Doubt) []evidence.Doubt {
	return slices.DeleteFunc(slices.Clone(all), func(d evidence.Doubt) bool { return !d.OfTable() })
}

// writeEmergency says what to do at once, if anything.
func writeEmergency(w io.Writer, t evidence.Text, lang string) {
	if s := t.In(lang); s != "" {
		fmt.Fprintf(w, "■ %s\n  %s\n\n", text{ZH: "人身安全", EN: "Safety"}.In(lang), s)
	}
}

// writeObstacles says what blocks filing, and what to do about it.
func writeObstacles(w io.Writer, all []evidence.Obstacle, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "提交前必须解决", EN: "To be mended before filing"}.In(lang))
	for i, o := range all {
		fmt.Fprintf(w, text{ZH: "  %d. %s：%s\n     %s%s\n", EN: "  %d. %s: %s\n     %s%s\n"}.In(lang), i+1, o.Place(),
			o.What.In(lang),
			text{ZH: "怎么办：", EN: "remedy: "}.In(lang), o.Remedy.In(lang))
	}
}

func writeFinding(w io.Writer, f evidence.Finding, lang string) {
	var ids, refusals []string
	for _, x := range f.Incidents {
		if f.Rule == "V03" && slices.Contains(x.Asserted, "V03a") {
			refusals = append(refusals, x.ID) // letters count what came after it
		} else {
			ids = append(ids, x.ID)
		}
	}
	title := f.Name().In(lang)
	from := standsOn(ids, f.Exhibits, lang)
	if len(refusals) > 0 && len(ids) > 0 {
		from = text{ZH: "表示拒绝：", EN: "refusal: "}.In(lang) + rows(refusals, lang) +
			text{ZH: "；其后：", EN: "; after it: "}.In(lang) + from
	} else if len(ids) == 0 {
		from = standsOn(refusals, f.Exhibits, lang)
	}
	fmt.Fprintf(w, text{ZH: "  %s %s（%s）\n", EN: "  %s %s (%s)\n"}.In(lang), f.Rule, title, from)
	if f.Cost != nil {
		for _, x := range f.Cost.Figures {
			fmt.Fprintf(w, text{ZH: "     %s：%s\n", EN: "     %s: %s\n"}.In(lang), x.Label.In(lang), x.Value.In(lang))
		}
	}
	for _, c := range f.Counts {
		limit := ""
		if c.Limit > 0 {
			limit = fmt.Sprintf(text{ZH: "（建议上限 %d）", EN: " (limit %d)"}.In(lang), c.Limit)
		}
		fmt.Fprintf(w, text{ZH: "     %s %s：%d%s\n", EN: "     %s %s: %d%s\n"}.In(lang), c.Day, c.What.In(lang), c.N,
			limit)
	}
	if m := f.Method.In(lang); m != "" {
		fmt.Fprintf(w, "     %s%s\n", text{ZH: "计算方法：", EN: "how counted: "}.In(lang), m)
	}
	if t := f.Wording.In(lang); t != "" {
		fmt.Fprintf(w, "     %s\n", t)
	}
	for n, c := range f.Citations {
		articles := c.Article
		if n > 0 && sameLaw(f.Citations[n-1], c) {
			continue // named with the first of it
		}
		for _, d := range f.Citations[n+1:] {
			if !sameLaw(c, d) {
				break
			}
			articles += "、" + d.Article
		}
		fmt.Fprintf(w, "     · 《%s》%s%s\n", c.Name, articles, citationNote(c, lang))
	}
	for _, d := range f.Doubts {
		fmt.Fprintf(w, "     %s%s\n", text{ZH: "请确认：", EN: "please check: "}.In(lang), d.In(lang))
	}
	for _, a := range f.Advice {
		fmt.Fprintf(w, "     %s%s\n", text{ZH: "可以更有力：", EN: "stronger with: "}.In(lang), a.In(lang))
	}
}

// sameLaw reports whether two articles can be named together: of one law, and
// read in the same way.
func sameLaw(c, d evidence.Citation) bool {
	return c.Name == d.Name && c.Article != "" && d.Article != "" && c.Checked == d.Checked &&
		c.CheckedOn == d.CheckedOn
}

// citationNote gives the document number and says how the rule was checked.
func citationNote(c evidence.Citation, lang string) string {
	how := text{ZH: "转述，未见原文", EN: "as reported, text not seen"}
	switch {
	case c.Checked == evidence.ByUser:
		how = text{ZH: evidence.UserWords.ZH + "，见 " + visible(c.Origin), EN: evidence.UserWords.EN + ", see " +
			visible(c.Origin)}
	case c.Checked == "VT":
		how = text{ZH: "读过转载的条文", EN: "text read, in a copy"}
	case strings.HasPrefix(c.Checked, "FM"):
		how = text{ZH: "未核对", EN: "not checked"}
	}
	note := how.In(lang)
	if c.Document != "" {
		note = c.Document + text{ZH: "，", EN: ", "}.In(lang) + note
	}
	return fmt.Sprintf(text{ZH: "（%s，%s）", EN: " (%s, %s)"}.In(lang), note, c.CheckedOn)
}

// rows names incidents, the first few of many.
func rows(ids []string, lang string) string {
	const most = 6
	sep := text{ZH: "、", EN: ", "}.In(lang)
	if len(ids) <= most {
		return strings.Join(ids, sep)
	}
	return fmt.Sprintf(text{ZH: "%s 等 %d 条", EN: "%s … %d in all"}.In(lang), strings.Join(ids[:most], sep), len(ids))
}

// standsOn is what a finding stands on: rows of the timeline and exhibits, or the
// loan in case.toml where it has no row.
func standsOn(ids, exhibits []string, lang string) string {
	from := text{ZH: "借款", EN: "the loan"}.In(lang)
	if len(ids) > 0 {
		from = rows(ids, lang)
	}
	if len(exhibits) == 0 {
		return from
	}
	return from + text{ZH: "；证据 ", EN: "; exhibits "}.In(lang) + rows(exhibits, lang)
}
