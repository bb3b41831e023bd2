package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/spelling"
	"juzheng/templates"
	"juzheng/templates/letter"
)

// A plan is what check --to says of one recipient: what of the findings goes
// to it, what it is asked for, and its terms and conditions.
type plan struct {
	step
	CheckedOn string           `json:"checked_on"`
	Asserted  []planned        `json:"asserted"`
	Stated    []planned        `json:"stated"`
	Left      []planned        `json:"left"`
	Requests  []string         `json:"requests"` // as the letter has them
	Refused   []letter.Refusal `json:"refused"`
	Requires  []string         `json:"requires"` // as in the directory
	Refuses   []string         `json:"refuses"`
	Notes     string           `json:"notes,omitempty"`
	Instead   string           `json:"instead,omitempty"` // the body of this case that does what the asked one does elsewhere
}

// A planned finding is named, with its rows, and why it stays out if it does.
type planned struct {
	Rule      string         `json:"rule"`
	Title     evidence.Text  `json:"title"`
	Incidents []string       `json:"incidents"`
	Exhibits  []string       `json:"exhibits"`
	Why       *evidence.Text `json:"why,omitempty"`
}

func plannedOf(f evidence.Finding, why *evidence.Text) planned {
	ids := make([]string, 0, len(f.Incidents))
	for _, i := range f.Incidents {
		ids = append(ids, i.ID)
	}
	return planned{f.Rule, f.Name(), ids, list(f.Exhibits), why}
}

// checkTo says what goes to one recipient: a role of this case, or a record
// of the directory.
func checkTo(e *env, d *dossier, dir, to string) error {
	a, instead, err := d.recipientNamed(to)
	if err != nil && to == string(letter.ToRegulator) && len(d.report.Obstacles) > 0 {
		return check(e, dir, "") // who supervises the lender is what the case does not say yet
	}
	if err != nil {
		return err
	}
	p := d.plan(a)
	p.Instead = instead
	if e.json {
		if err := emit(e.stdout, "plan", p); err != nil {
			return err
		}
		if err := emitEmergency(e.stdout, d.report.Emergency); err != nil {
			return err
		}
		if err := emitObstacles(e.stdout, d.report.Obstacles); err != nil {
			return err
		}
		if err := emit(e.stdout, "summary", struct {
			Asserted  int `json:"asserted"`
			Stated    int `json:"stated"`
			Left      int `json:"left"`
			Obstacles int `json:"obstacles"`
		}{len(p.Asserted), len(p.Stated), len(p.Left), len(d.report.Obstacles)}); err != nil {
			return err
		}
	} else {
		writeEmergency(e.stdout, d.report.Emergency, e.lang)
		p.write(e.stdout, e.lang)
		writeObstacles(e.stdout, d.report.Obstacles, e.lang)
	}
	switch {
	case !p.Competent && instead != "":
		e.say(text{"%s不监管本案的放款机构；本案归%s：juzheng check %s --to regulator", "%s does not supervise this lender; %s does: juzheng check %s --to regulator"}, p.Name, instead, quote(dir))
		return silent(exitBlocked)
	case len(d.report.Obstacles) > 0:
		e.say(text{"现在还不能提交：先解决上面列出的 %d 个问题", "not ready to file: mend the %d points above"}, len(d.report.Obstacles))
		return silent(exitBlocked)
	case !p.Competent:
		e.say(text{"没有可以向%s提交的：有材料证明的情形都不归它处理", "there is nothing to file with %s: it is not competent for anything your material shows"}, p.Name)
		return silent(exitBlocked)
	case p.Role == "":
		e.say(text{"程序不为%s写信；材料可以从 juzheng build %s 做出的证据册里取", "no letter is made for %s; take the material from the exhibit book that juzheng build %s makes"}, p.Name, quote(dir))
	default:
		e.say(text{"下一步：juzheng build %s --to %s", "next: juzheng build %s --to %s"}, quote(dir), p.Role)
	}
	return nil
}

// recipientNamed finds whom --to means. A record that is none of this case's
// recipients has no role; instead names the supervisor of this lender where
// another place's was asked for.
func (d *dossier) recipientNamed(to string) (a addressee, instead string, err error) {
	if slices.Contains(allRoles, to) {
		all, err := d.addressees([]string{to})
		if err != nil {
			return a, "", err
		}
		return all[0], "", nil
	}
	dir, err := templates.Load()
	if err != nil {
		return a, "", err
	}
	r, ok := dir.Lookup(to)
	if !ok {
		return a, "", unknownRecipient(dir, to)
	}
	own, ownErr := d.regulator(dir)
	switch {
	case ownErr == nil && r.Slug == own.Slug:
		return addressee{role: letter.ToRegulator, recipient: r}, "", nil
	case slices.ContainsFunc(r.Brands, func(b string) bool { return b == d.kase.Platform.Brand }):
		return addressee{role: letter.ToPlatform, recipient: platformOf(d.kase)}, "", nil
	case r.Kind == "platform":
		return a, "", usage(text{"%s（%s）不是本案的平台；本案的平台写在 case.toml 的 platform 里，用 --to platform", "%s (%s) is not this case's platform, which stands under platform in case.toml: use --to platform"}, r.Slug, r.Name)
	case ownErr == nil && (r.Code == "NFRA-L" || r.Code == "LFB"):
		instead = own.Name
	}
	return addressee{recipient: r}, instead, nil
}

// unknownRecipient refuses a slug and says which there are that come near.
func unknownRecipient(dir *templates.Directory, to string) error {
	const most = 5
	found := dir.Search(to)
	if code, ok := evidence.FindRegion(to); ok && len(found) == 0 {
		found = dir.Search(code)
	}
	if len(found) == 0 {
		if hints := meant(to, allRoles, ""); hints != nil {
			return fail(exitUsage, nil, fill(noRecipient, to, strings.Join(allRoles, "、"), strings.Join(allRoles, ", ")), hints...)
		}
		found = alike(dir.All(), to)
	}
	var near []string
	for _, r := range found[:min(len(found), most)] {
		near = append(near, fmt.Sprintf("%s（%s）", r.Slug, r.Name))
	}
	if len(near) == 0 {
		return usage(noRecipient, to, strings.Join(allRoles, "、"), strings.Join(allRoles, ", "))
	}
	return usage(text{"--to 里没有 %s 这个对象；您要的是不是：%s", "--to knows no %s; did you mean: %s"}, to, strings.Join(near, "、"))
}

var noRecipient = text{
	"--to 里没有 %[1]s 这个对象（可用 %[2]s，或者 juzheng directory 列出的代号）",
	"--to knows no %[1]s (there are %[3]s, and the slugs juzheng directory lists)",
}

// alike are the records whose slug differs least from a word, or else begins
// most like it, if it does at all.
func alike(all []templates.Recipient, word string) []templates.Recipient {
	var slugs []string
	for _, r := range all {
		slugs = append(slugs, r.Slug)
	}
	if near := spelling.Near(word, slugs); near != nil {
		return slices.DeleteFunc(all, func(r templates.Recipient) bool { return !slices.Contains(near, r.Slug) })
	}
	const least = 3
	shared := func(r templates.Recipient) int {
		n := 0
		for n < len(word) && n < len(r.Slug) && word[n] == r.Slug[n] {
			n++
		}
		return n
	}
	best := least
	for _, r := range all {
		best = max(best, shared(r))
	}
	return slices.DeleteFunc(all, func(r templates.Recipient) bool { return shared(r) < best })
}

// plan works out what goes to a recipient.
func (d *dossier) plan(a addressee) plan {
	in := d.input(a, bag.Root{})
	p := plan{step: d.step(a), CheckedOn: a.recipient.CheckedOn, Asserted: []planned{}, Stated: []planned{}, Left: []planned{}, Requests: []string{},
		Refused: []letter.Refusal{}, Requires: list(a.recipient.Requires), Refuses: list(a.recipient.Refuses), Notes: a.recipient.Notes}
	if a.role == "" {
		d.remit(a, &p)
		return p
	}
	of := letter.PlanOf(in)
	for _, f := range of.Asserted {
		p.Asserted = append(p.Asserted, plannedOf(f, nil))
	}
	for _, f := range of.Stated {
		p.Stated = append(p.Stated, plannedOf(f, nil))
	}
	for _, o := range of.Left {
		p.Left = append(p.Left, plannedOf(o.Finding, &o.Why))
	}
	p.Requests, p.Refused = of.Requests, append(p.Refused, of.Refused...)
	return p
}

// remit lists what a body no letter is made for is competent for, by its code
// and nothing else.
func (d *dossier) remit(a addressee, p *plan) {
	p.Letter, p.Order, p.Competent = "", 0, false
	code := a.recipient.Code
	for _, f := range d.report.Findings {
		if code == "" || code == "NFRA-L" || code == "LFB" || !slices.Contains(f.Bodies, code) {
			continue
		}
		switch f.Strength {
		case evidence.Shown:
			p.Asserted, p.Competent = append(p.Asserted, plannedOf(f, nil)), true
		case evidence.Stated:
			p.Stated = append(p.Stated, plannedOf(f, nil))
		}
	}
}

// write prints a plan to be read.
func (p plan) write(w io.Writer, lang string) {
	head := p.Name
	if p.Letter != "" {
		head += fmt.Sprintf(text{"：%s（--to %s）", ": %s (--to %s)"}.In(lang), p.Letter, p.Role)
	}
	fmt.Fprintf(w, "■ %s\n", head)
	fmt.Fprintf(w, "  %s\n\n", p.source().In(lang))
	goes, word := text{"会写进去的情形（有材料证明）", "What the letter tells (shown by your material)"}, text{"会作为“本人陈述”写进去的", "What it quotes as your own statement"}
	if p.Role == "" {
		goes, word = text{"归它处理的情形（有材料证明）", "What it is competent for (shown by your material)"}, text{"归它处理、只有您的陈述的", "What it is competent for on your word alone"}
	}
	writePlanned(w, goes, p.Asserted, lang)
	writePlanned(w, word, p.Stated, lang)
	writePlanned(w, text{"不会写进去的情形和原因", "What stays out, and why"}, p.Left, lang)
	if p.Competent {
		p.writeRequests(w, lang)
	}
	p.writeConditions(w, lang)
}

// source is where the record comes from: the directory, or the person.
func (p plan) source() text {
	if _, err := time.Parse(time.DateOnly, p.CheckedOn); err != nil {
		return text{"名称和电话由您提供，未核对", "name and telephone as you gave them, unchecked"}
	}
	return fill(text{"名录记录：%[1]s，资料日期 %[3]s", "record: %[2]s, as of %[3]s"}, quality(p.Quality).In("zh"), quality(p.Quality).In("en"), p.CheckedOn)
}

func writePlanned(w io.Writer, head text, all []planned, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", head.In(lang))
	for _, f := range all {
		from := rows(f.Incidents, lang) + exhibitList(f.Exhibits, lang)
		why := ""
		if f.Why != nil {
			why = text{"：", ": "}.In(lang) + f.Why.In(lang)
		}
		if from != "" {
			from = fmt.Sprintf(text{"（%s）", " (%s)"}.In(lang), from)
		}
		fmt.Fprintf(w, "  %s %s%s%s\n", f.Rule, f.Title.In(lang), from, why)
	}
	fmt.Fprintln(w)
}

func (p plan) writeRequests(w io.Writer, lang string) {
	if len(p.Requests) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{"会提出的请求", "What it asks for (in the letter's words)"}.In(lang))
		for n, r := range p.Requests {
			fmt.Fprintf(w, "  %d. %s\n", n+1, r)
		}
		fmt.Fprintln(w)
	}
	if len(p.Refused) > 0 {
		fmt.Fprintf(w, "■ %s\n", text{"您写的、不会提出的请求", "Requests of yours that it does not make"}.In(lang))
		for _, r := range p.Refused {
			fmt.Fprintf(w, "  %s%s%s\n", strings.TrimRight(r.Request, "。"), text{"：", ": "}.In(lang), r.Why.In(lang))
		}
		fmt.Fprintln(w)
	}
}

// writeConditions says how it is reached, what it wants, and by when it acts.
func (p plan) writeConditions(w io.Writer, lang string) {
	sep := text{"；", "; "}.In(lang)
	line := func(label text, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %s%s\n", label.In(lang), value)
		}
	}
	fmt.Fprintf(w, "■ %s\n", text{"怎样提交、期限", "How to file, and its terms"}.In(lang))
	for _, c := range p.Channels {
		way := c.Value
		if limits := limitsOf(c, lang); limits != "" {
			way += fmt.Sprintf(text{"（%s）", " (%s)"}.In(lang), limits)
		}
		line(channelWord(c.Type), way)
	}
	if len(p.Channels) == 0 {
		line(text{"", ""}, text{"地址和电话请照 App、合同或其官方网站", "its address and telephone are in the app, the contract or on its site"}.In(lang))
	}
	line(text{"要求：", "wants: "}, inWords(p.Requires, lang, sep))
	line(text{"不受理：", "does not take: "}, inWords(p.Refuses, lang, sep))
	for _, t := range p.Terms {
		line(text{"期限：", "term: "}, t.In(lang))
	}
	if len(p.Terms) == 0 {
		line(text{"期限：", "term: "}, text{"没有查到它必须在几日内答复的规定", "none on record"}.In(lang))
	}
	if p.Order == 2 {
		line(text{"先后：", "order: "}, text{"先投诉、后举报，附上投诉的回执和答复；协会和监管部门只交一处",
			"complain first and report afterwards, with the receipt and the answer; turn to one of association and supervisor"}.In(lang))
	}
	if p.Role == "" || p.Role == letter.ToAssociation || p.Role == letter.ToRegulator {
		line(text{"说明：", "note: "}, p.Notes)
	}
	fmt.Fprintln(w)
}
