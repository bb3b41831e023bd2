package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"juzheng/evidence"
	"juzheng/evidence/intake"
	"juzheng/evidence/rule"
	"juzheng/templates/letter"
)

var checkCommand = command{
	name:  "check",
	args:  "CASE",
	brief: text{"检查：有哪些违规、还缺什么；不写任何文件", "what is unlawful, what is missing; writes nothing"},
	least: 1,
	most:  1,
	help: text{
		`检查案件：列出可以投诉的情形和依据、只能作为本人陈述的内容、需要您确认的地方、
合法而不能投诉的催收、向谁提交、按什么顺序、期限到哪天，以及提交前必须补齐的事项。
不写任何文件。

用法：juzheng check 案件夹

有必须先解决的问题时退出码是 4，并指出是哪一行、怎么办。`,
		`Lists what can be complained of and on what ground, what is only your own
statement, what needs your eye, what was lawful, whom to turn to in which order and
by when, and what must be mended before anything is filed. Writes nothing.

Use: juzheng check CASE

Exit code 4: something blocks filing; the row and the remedy are named.`,
	},
	setup: func(*pflag.FlagSet) action {
		return func(_ context.Context, e *env, args []string) error { return check(e, args[0]) }
	},
}

// A dossier is a case as read from its folder, with what the rules say of it.
type dossier struct {
	folder    *evidence.Folder
	kase      evidence.Case
	exhibits  []evidence.Exhibit
	unusable  []evidence.Unusable
	incidents []evidence.Incident
	report    evidence.Report
	now       time.Time

	redactions []evidence.Redaction // what papers do not show

	waves    map[string]letter.Wave // see listen
	passages map[string][]letter.Passage

	volume int64    // most bytes of a volume of the exhibit book; 0: no limit
	heavy  []string // exhibits larger than that

	supplement   string // first exhibit of a supplement; empty: none is wanted
	supplemented bool   // somebody got one
}

// openCase reads everything a case folder holds and applies the rules.
func openCase(dir string, now time.Time) (*dossier, error) {
	f, err := evidence.Open(dir, tool())
	if err != nil {
		return nil, err
	}
	d := &dossier{folder: f, now: now}
	return d, d.read()
}

// read reads the folder again, after something in it changed.
func (d *dossier) read() error {
	var err error
	if d.kase, err = d.folder.ReadCase(); err != nil {
		return err
	}
	register, err := d.folder.Register()
	if err != nil {
		return err
	}
	d.exhibits, d.unusable = register.Exhibits, register.Unusable
	if d.incidents, err = d.folder.Timeline(); err != nil {
		return err
	}
	if d.redactions, err = d.folder.Redactions(); err != nil {
		return err
	}
	link(d.incidents, d.exhibits)
	d.report = rule.Apply(d.kase, d.incidents, d.exhibits, rule.Options{Date: d.now, Clocks: doubtedClocks(intake.Clocks(d.incidents))})
	return nil
}

// doubtedClocks are the sources whose times are not relied on: of two that
// differ by a constant both, save that a carrier's list or a backup is taken
// for right against a phone that only names its files.
func doubtedClocks(offsets []intake.ClockOffset) map[string]time.Duration {
	out := map[string]time.Duration{}
	for _, o := range offsets {
		out[o.Source] = max(out[o.Source], o.Offset.Abs())
		if intake.RecordsZone(o.Source) || !intake.RecordsZone(o.Against) {
			out[o.Against] = max(out[o.Against], o.Offset.Abs())
		}
	}
	return out
}

func check(e *env, dir string) error {
	now, err := e.clock()
	if err != nil {
		return err
	}
	d, err := openCase(dir, now)
	if err != nil {
		return err
	}
	var steps []step // without a supervisor there is no road yet; the obstacles say why
	if !slices.ContainsFunc(d.report.Obstacles, func(o evidence.Obstacle) bool { return o.Code != "no-complainant" }) {
		if steps, err = d.route(); err != nil {
			return err
		}
	}
	if e.json {
		for _, s := range steps {
			if err := emit(e.stdout, "step", s); err != nil {
				return err
			}
		}
		for _, o := range d.offers() {
			if err := emit(e.stdout, "offer", o); err != nil {
				return err
			}
		}
		if err := emitReport(e.stdout, d.report); err != nil {
			return err
		}
	} else {
		writeReport(e.stdout, d.report, e.lang)
		if len(steps) > 0 {
			writeRoute(e.stdout, steps, e.lang)
		}
		writeOffers(e.stdout, d.offers(), e.lang)
	}
	if len(d.report.Obstacles) > 0 {
		switch o := d.report.Obstacles; {
		case e.json:
		case len(o) == 1 && o[0].Code == "no-violation" && len(d.report.Findings) == 0:
			e.say(text{"看到的都是合法的催收，没有可以投诉的；能做的见上面。以后有新的情况，加进来再检查", "all that was seen is lawful, and there is nothing to complain of; what helps stands above. Should more happen, add it and check again"})
		default:
			e.say(text{
				"现在还不能提交：先解决上面列出的 %d 个问题，再运行 juzheng check %s",
				"not ready to file: mend the %d points above, then run juzheng check %s",
			}, len(d.report.Obstacles), quote(dir))
		}
		return silent(exitBlocked)
	}
	if !e.json {
		e.say(text{"下一步：juzheng build %s", "next: juzheng build %s"}, quote(dir))
	}
	return nil
}

// emitReport writes a report as JSON lines; evidence/FORMAT.md describes them.
func emitReport(w io.Writer, r evidence.Report) error {
	for _, f := range r.Findings {
		dates := make([]string, 0, len(f.Incidents))
		ids := make([]string, 0, len(f.Incidents))
		for _, i := range f.Incidents {
			ids = append(ids, i.ID)
			if day := i.Time.At.In(evidence.Beijing).Format(time.DateOnly); len(dates) == 0 || dates[len(dates)-1] != day {
				dates = append(dates, day)
			}
		}
		if err := emit(w, "finding", struct {
			Rule       string              `json:"rule"`
			Title      evidence.Text       `json:"title"`
			Parts      []evidence.Text     `json:"parts,omitempty"`
			Incidents  []string            `json:"incidents"`
			Dates      []string            `json:"date"`
			Count      int                 `json:"count"`
			Strength   evidence.Strength   `json:"strength"`
			Exhibits   []string            `json:"exhibits"`
			Counts     []evidence.Count    `json:"counts,omitempty"`
			Method     evidence.Text       `json:"method"`
			Citations  []evidence.Citation `json:"citations"`
			Wording    evidence.Text       `json:"wording"`
			Doubtful   bool                `json:"doubtful,omitempty"`
			Police     []evidence.Citation `json:"police,omitempty"`
			Recipients []string            `json:"recipients"`
			Advice     []evidence.Text     `json:"advice,omitempty"`
			Doubts     []evidence.Text     `json:"doubts,omitempty"`
			Cost       *evidence.Cost      `json:"cost,omitempty"`
		}{f.Rule, f.Title, f.Parts, ids, dates, len(ids), f.Strength, list(f.Exhibits), f.Counts, f.Method,
			f.Citations, f.Wording, f.Doubtful, f.Police, list(f.Bodies), f.Advice, f.Doubts, f.Cost}); err != nil {
			return err
		}
	}
	for _, l := range r.Lawful {
		if err := emit(w, "lawful", struct {
			Act       evidence.Text `json:"act"`
			Incidents []string      `json:"incidents"`
		}{l.Act, list(l.Incidents)}); err != nil {
			return err
		}
	}
	if r.Emergency.ZH != "" {
		if err := emit(w, "remark", struct {
			Text      evidence.Text `json:"text"`
			Emergency bool          `json:"emergency"`
		}{r.Emergency, true}); err != nil {
			return err
		}
	}
	for _, t := range r.Elsewhere {
		if err := emit(w, "remark", struct {
			Text      evidence.Text `json:"text"`
			Elsewhere bool          `json:"elsewhere"`
		}{t, true}); err != nil {
			return err
		}
	}
	for _, t := range r.Remarks {
		if err := emit(w, "remark", struct {
			Text evidence.Text `json:"text"`
		}{t}); err != nil {
			return err
		}
	}
	for _, o := range r.Obstacles {
		if err := emit(w, "problem", struct {
			Code   string        `json:"code"`
			Path   string        `json:"path"`
			Detail evidence.Text `json:"detail"`
			Remedy evidence.Text `json:"remedy"`
		}{o.Code, o.Where, o.What, o.Remedy}); err != nil {
			return err
		}
	}
	return emit(w, "summary", struct {
		Findings  int `json:"findings"`
		Lawful    int `json:"lawful"`
		Obstacles int `json:"obstacles"`
	}{len(r.Findings), len(r.Lawful), len(r.Obstacles)})
}

// list makes an empty list of nothing, so that JSON never says null.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// writeReport prints a report to be read: what is shown first, what blocks last.
func writeReport(w io.Writer, r evidence.Report, lang string) {
	if t := r.Emergency.In(lang); t != "" {
		fmt.Fprintf(w, "■ %s\n  %s\n\n", text{"人身安全", "Safety"}.In(lang), t)
	}
	sections := []struct {
		strength evidence.Strength
		head     text
	}{
		{evidence.Shown, text{"有材料证明、可以写进投诉的情形", "Shown by your material: goes into the letters"}},
		{evidence.Stated, text{"只有您的陈述、没有材料证明的情形（信中注明“本人陈述”）", "Only your own statement: quoted in the letters as such"}},
		{evidence.Review, text{"需要您自己看一看的地方（不会写进信里）", "Needs your eye: stays out of the letters"}},
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
	if len(r.Lawful) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{"合法的催收（不能投诉，程序不会写进去）", "Lawful acts: not to be complained of, and left out"}.In(lang))
		for _, l := range r.Lawful {
			fmt.Fprintf(w, text{"  %s（%s）\n", "  %s (%s)\n"}.In(lang), l.Act.In(lang), rows(l.Incidents, lang))
		}
		fmt.Fprintln(w)
	}
	if len(r.Elsewhere) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{"还可以向谁反映（程序不为它们写信）", "Whom else to turn to (no letters are made for them)"}.In(lang))
		for _, t := range r.Elsewhere {
			fmt.Fprintf(w, "  %s\n", t.In(lang))
		}
		fmt.Fprintln(w)
	}
	if len(r.Remarks) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{"提醒", "Please note"}.In(lang))
		for _, t := range r.Remarks {
			fmt.Fprintf(w, "  %s\n", t.In(lang))
		}
		fmt.Fprintln(w)
	}
	if len(r.Obstacles) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{"提交前必须解决", "To be mended before filing"}.In(lang))
		for i, o := range r.Obstacles {
			fmt.Fprintf(w, text{"  %d. %s：%s\n     %s%s\n", "  %d. %s: %s\n     %s%s\n"}.In(lang), i+1, o.Where, o.What.In(lang),
				text{"怎么办：", "remedy: "}.In(lang), o.Remedy.In(lang))
		}
	}
}

func writeFinding(w io.Writer, f evidence.Finding, lang string) {
	ids := make([]string, len(f.Incidents))
	for i, x := range f.Incidents {
		ids[i] = x.ID
	}
	title := f.Name().In(lang)
	from := rows(ids, lang) + exhibitList(f.Exhibits, lang)
	if f.Cost != nil {
		from = text{"借款", "the loan"}.In(lang) + exhibitList(f.Exhibits, lang)
	}
	fmt.Fprintf(w, text{"  %s %s（%s）\n", "  %s %s (%s)\n"}.In(lang), f.Rule, title, from)
	if f.Cost != nil {
		for _, x := range f.Cost.Figures {
			fmt.Fprintf(w, text{"     %s：%s\n", "     %s: %s\n"}.In(lang), x.Label.In(lang), x.Value.In(lang))
		}
	}
	for _, c := range f.Counts {
		limit := ""
		if c.Limit > 0 {
			limit = fmt.Sprintf(text{"（建议上限 %d）", " (limit %d)"}.In(lang), c.Limit)
		}
		fmt.Fprintf(w, text{"     %s %s：%d%s\n", "     %s %s: %d%s\n"}.In(lang), c.Day, c.What.In(lang), c.N, limit)
	}
	if m := f.Method.In(lang); m != "" {
		fmt.Fprintf(w, "     %s%s\n", text{"计算方法：", "how counted: "}.In(lang), m)
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
		fmt.Fprintf(w, "     %s%s\n", text{"请确认：", "please check: "}.In(lang), d.In(lang))
	}
	for _, a := range f.Advice {
		fmt.Fprintf(w, "     %s%s\n", text{"可以更有力：", "stronger with: "}.In(lang), a.In(lang))
	}
}

// sameLaw reports whether two articles can be named together: of one law, and
// read in the same way.
func sameLaw(c, d evidence.Citation) bool {
	return c.Name == d.Name && c.Article != "" && d.Article != "" && c.Checked == d.Checked && c.CheckedOn == d.CheckedOn
}

// citationNote gives the document number and says how the rule was checked.
func citationNote(c evidence.Citation, lang string) string {
	how := text{"转述，未见原文", "as reported, text not seen"}
	switch {
	case c.Checked == "VT":
		how = text{"读过转载的条文", "text read, in a copy"}
	case strings.HasPrefix(c.Checked, "FM"):
		how = text{"未核对", "not checked"}
	}
	note := how.In(lang)
	if c.Document != "" {
		note = c.Document + text{"，", ", "}.In(lang) + note
	}
	return fmt.Sprintf(text{"（%s，%s）", " (%s, %s)"}.In(lang), note, c.CheckedOn)
}

// rows names incidents, the first few of many.
func rows(ids []string, lang string) string {
	const most = 6
	sep := text{"、", ", "}.In(lang)
	if len(ids) <= most {
		return strings.Join(ids, sep)
	}
	return fmt.Sprintf(text{"%s 等 %d 条", "%s … %d in all"}.In(lang), strings.Join(ids[:most], sep), len(ids))
}

func exhibitList(numbers []string, lang string) string {
	if len(numbers) == 0 {
		return ""
	}
	return text{"；证据 ", "; exhibits "}.In(lang) + rows(numbers, lang)
}
