package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// plan says what goes to one recipient.
func plan(ctx context.Context, e *env, dir, to string) error {
	d, err := e.desk()
	if err != nil {
		return err
	}
	r, err := desk.Plan(ctx, d, dir, to)
	var unsupervised *desk.NoSupervisorError
	if errors.As(err, &unsupervised) && evidence.Role(to).ToSupervisor() {
		// Who supervises the lender is what the case does not say yet.
		if all, checkErr := desk.Check(ctx, d, dir); checkErr == nil && all.Blocked() {
			return check(ctx, e, dir, false)
		}
	}
	if err != nil {
		return err
	}
	if e.json {
		if err := e.emitLines(r.Lines(), dir); err != nil {
			return err
		}
	} else {
		var out strings.Builder
		writeEmergency(&out, r.Emergency, e.lang)
		writePlan(&out, r.Plan, e.lang)
		writeReturns(&out, r.Returns, false, e.lang)
		writeObstacles(&out, r.Obstacles, e.lang)
		io.WriteString(e.stdout, foldLines(out.String(), e.width()))
	}
	return e.tellPlan(r, dir)
}

// tellPlan says what comes next, or what is in the way.
func (e *env) tellPlan(r desk.Planned, dir string) error {
	switch p := r.Plan; {
	case !p.Competent && p.Instead != "":
		e.say(text{ZH: "%s不监管本案的放款机构；本案归%s：juzheng check %s --to regulator",
			EN: "%s does not supervise this lender; %s does: juzheng check %s --to regulator"}, p.Name, p.Instead,
			quote(dir))
	case len(r.Obstacles) > 0:
		e.say(text{ZH: "现在还不能提交：先解决上面列出的 %d 个问题", EN: "not ready to file: mend the %d points above"}, len(r.Obstacles))
	case !p.Competent:
		e.say(text{ZH: "没有可以向%s提交的：有材料证明的情形都不归它处理",
			EN: "there is nothing to file with %s: it is not competent for anything your material shows"}, p.Name)
	case p.Role == "":
		e.say(text{ZH: "程序不为%s写信；材料可以从 juzheng build %s 做出的证据册里取",
			EN: "no letter is made for %s; take the material from the exhibit book that juzheng build %s makes"},
			p.Name,
			quote(dir))
		return nil
	default:
		e.say(text{ZH: "下一步：juzheng build %s --to %s", EN: "next: juzheng build %s --to %s"}, quote(dir), p.Role)
		return nil
	}
	return silent(exitBlocked)
}

// noRecipient is said of a word that is neither role nor slug.
var noRecipient = text{
	ZH: "--to 里没有 %[1]s 这个对象（可用 %[2]s，或者 juzheng directory 列出的代号）",
	EN: "--to knows no %[1]s (there are %[3]s, and the slugs juzheng directory lists)",
}

// writePlan prints a plan to be read.
func writePlan(w io.Writer, p desk.RecipientPlan, lang string) {
	head := p.Name
	if p.Letter != "" {
		head += fmt.Sprintf(text{ZH: "：%s（--to %s）", EN: ": %s (--to %s)"}.In(lang), p.Letter, p.Role)
	}
	fmt.Fprintf(w, "■ %s\n", head)
	fmt.Fprintf(w, "  %s\n\n", recordWords(p).In(lang))
	goes, word := text{ZH: "会写进去的情形（有材料证明）", EN: "What the letter tells (shown by your material)"},
		text{ZH: "会作为“本人陈述”写进去的", EN: "What it quotes as your own statement"}
	if p.Role == "" {
		goes, word = text{ZH: "归它处理的情形（有材料证明）", EN: "What it is competent for (shown by your material)"},
			text{ZH: "归它处理、只有您的陈述的", EN: "What it is competent for on your word alone"}
	}
	writePlanned(w, goes, p.Asserted, lang)
	writePlanned(w, word, p.Stated, lang)
	writePlanned(w, text{ZH: "不会写进去的情形和原因", EN: "What stays out, and why"}, p.Left, lang)
	if len(p.Cut) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{ZH: "节录的长话", EN: "Long words that are cut"}.In(lang))
		for _, s := range p.Cut {
			fmt.Fprintf(w, "  %s\n", s.In(lang))
		}
		fmt.Fprintln(w)
	}
	if p.Competent {
		writeRequests(w, p, lang)
	}
	writeConditions(w, p, lang)
}

// recordWords is where the record comes from: the directory, or the person.
func recordWords(p desk.RecipientPlan) text {
	if _, err := time.Parse(time.DateOnly, p.CheckedOn); err != nil {
		return text{ZH: "名称和电话由您提供，未核对", EN: "name and telephone as you gave them, unchecked"}
	}
	return fill(text{ZH: "名录记录：%[1]s，资料日期 %[3]s", EN: "record: %[2]s, as of %[3]s"}, quality(p.Quality).In("zh"),
		quality(p.Quality).In("en"), p.CheckedOn)
}

func writePlanned(w io.Writer, head text, all []desk.PlannedFinding, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", head.In(lang))
	for _, f := range all {
		why := ""
		if f.Why != nil {
			why = text{ZH: "：", EN: ": "}.In(lang) + f.Why.In(lang)
		}
		fmt.Fprintf(w, text{ZH: "  %s %s（%s）%s\n", EN: "  %s %s (%s)%s\n"}.In(lang), f.Rule, f.Title.In(lang),
			standsOn(f.Incidents, f.Exhibits, lang), why)
	}
	fmt.Fprintln(w)
}

func writeRequests(w io.Writer, p desk.RecipientPlan, lang string) {
	if len(p.Requests) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{ZH: "会提出的请求", EN: "What it asks for (in the letter's words)"}.In(lang))
		for n, r := range p.Requests {
			fmt.Fprintf(w, "  %d. %s\n", n+1, r)
		}
		fmt.Fprintln(w)
	}
	if len(p.Refused) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{ZH: "您写的、不会提出的请求", EN: "Requests of yours that it does not make"}.In(lang))
		for _, r := range p.Refused {
			fmt.Fprintf(w, "  %s%s%s\n", strings.TrimRight(r.Request, "。"), text{ZH: "：", EN: ": "}.In(lang),
				r.Why.In(lang))
		}
		fmt.Fprintln(w)
	}
}

// writeConditions says how it is reached, what it wants, and by when it acts.
func writeConditions(w io.Writer, p desk.RecipientPlan, lang string) {
	sep := text{ZH: "；", EN: "; "}.In(lang)
	line := func(label text, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %s%s\n", label.In(lang), value)
		}
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "怎样提交、期限", EN: "How to file, and its terms"}.In(lang))
	for _, c := range p.Channels {
		way := c.Value
		if limits := limitsOf(c, lang); limits != "" {
			way += fmt.Sprintf(text{ZH: "（%s）", EN: " (%s)"}.In(lang), limits)
		}
		line(channelWord(c.Type), way)
	}
	if p.Quality == evidence.ByUser {
		line(text{ZH: "", EN: ""}, text{ZH: "这些是您自己的记录里写的（用户提供，未核对）：先和它自己网站上的核对",
			EN: "these are of your own record (provided by the user, unchecked): compare them with the " +
				"body's own site"}.In(lang))
	}
	if len(p.Channels) == 0 {
		line(text{ZH: "", EN: ""}, text{ZH: "地址和电话请照 App、合同或其官方网站",
			EN: "its address and telephone are in the app, the contract or on its site"}.In(lang))
	}
	line(text{ZH: "要求：", EN: "wants: "}, inWords(p.Requires, lang, sep))
	line(text{ZH: "不受理：", EN: "does not take: "}, inWords(p.Refuses, lang, sep))
	for _, t := range p.Terms {
		line(text{ZH: "期限：", EN: "term: "}, termIn(t, p.Filed, lang))
	}
	if len(p.Terms) == 0 {
		line(text{ZH: "期限：", EN: "term: "}, text{ZH: "没有查到它必须在几日内答复的规定", EN: "none on record"}.In(lang))
	}
	if !p.Role.Complaint() && p.Role != "" {
		line(text{ZH: "先后：", EN: "order: "}, text{ZH: "不用等投诉的答复；协会一般不受理别处已经受理的事项，要交协会的，先交协会",
			EN: "it need not wait for the answer to a complaint; the association takes nothing another body took: " +
				"if you want it, turn to it first"}.In(lang))
	}
	if p.Role == "" || p.Role == evidence.ToAssociation || p.Role.ToSupervisor() {
		line(text{ZH: "说明：", EN: "note: "}, p.Notes)
	}
	fmt.Fprintln(w)
}
