package letter

import (
	"fmt"
	"image"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"juzheng/evidence"
)

// This file is the one place that says who gets which numbers and names.
// [Redact] puts every text of a case through it before a paper is composed:
// rows, tables, file names, captions, transcripts, and what is made of these.
// numbers.go finds the numbers, however they are written.
//
//	own identity number   a respondent: last four; association, regulator: in full
//	own telephone number  a respondent: 138****8000 where an address or mail box
//	                      is given; else, and to everybody else, in full
//	collector's numbers   in full: they are what the complaint is about
//	others' telephone     138****8000, unless the person chose to print it; a
//	                      landline and a service line only if case.toml lists it
//	others' identity      last four
//	others' names         surname alone of those case.toml lists, as for numbers
//
// Bank cards are not masked, for the account money was asked to is evidence.
// Pictures and recordings are covered only by what the person marks:
// [evidence.Redaction].

// Policy is what this recipient gets to read, in sentences for the
// complainant: the table above, as it falls out here.
func (in Input) policy() []string {
	own := "这里需要实名，您的身份证号和手机号写全。只交给" + in.Recipient.Name + "，不要发到网上。"
	if in.complaint() {
		own = "您的身份证号只写后四位；手机号写全，因为没有填通信地址和邮箱，对方只能靠它答复。对方要求核实身份时再出示证件。"
		if p := in.Case.Complainant; in.phone(p) != p.Phone {
			own = "您的身份证号只写后四位，手机号隐去中间四位。对方要求核实身份时再出示证件。"
		}
	}
	out := []string{own, "其他人的手机号、身份证号一律隐去中间，case.toml 里写了姓名的只留姓，信、证据册、表格、文件名和图片说明都一样；催收方的号码写全。没有写进 case.toml 的姓名、座机、住址，程序认不出来。"}
	var full []string
	for _, n := range in.Case.Numbers {
		if n.PrintedFor(string(in.Role)) && n.Side != evidence.CollectorSide {
			full = append(full, n.Number)
		}
	}
	if len(full) > 0 {
		out = append(out, "按您在 case.toml 里的选择（print），给这里写全的有："+strings.Join(full, "、")+"。")
	}
	if s := in.coveredWords(); s != "" {
		out = append(out, s)
	}
	for _, x := range in.Uncovered() {
		out = append(out, fmt.Sprintf("%s的图片上，机器读到%s，没有遮盖。看一看要不要遮。", label(x.Exhibit), strings.Join(x.Words, "、")))
	}
	return append(out, "图片里的文字、头像、号码和银行卡号不会自动遮盖，录音也不能遮盖。请把证据册逐页看一遍；要遮盖的写进 redactions.csv（见 juzheng help redact），再运行一次 build。",
		"证据包（bundle）里是没有遮盖的原件。要交出证据包的，先想好交给谁；只交一部分用 juzheng export。")
}

// A masker is that policy for one recipient.
type masker struct {
	fullID bool
	shown  map[string]bool // numbers in full, in normal form
	hidden []string        // numbers of others, in normal form
	ownIDs []string
	names  []hiddenName
}

func (in Input) masker() *masker {
	if in.masks != nil {
		return in.masks
	}
	me, fullPhone := in.Case.Complainant, in.phone(in.Case.Complainant) == in.Case.Complainant.Phone
	p := &masker{fullID: !in.complaint(), shown: map[string]bool{}, ownIDs: []string{me.IDNumber, in.Case.Agent.IDNumber}}
	for _, f := range in.Findings {
		for _, i := range f.Incidents {
			if i.Direction != evidence.Out {
				p.shown[evidence.NormalNumber(i.Number)] = true
			}
		}
	}
	for _, q := range []evidence.Party{in.Case.Platform, in.Case.Lender, in.Case.Agency} {
		p.shown[evidence.NormalNumber(q.Phone)] = true
	}
	p.shown[evidence.NormalNumber(in.Case.Agent.Phone)] = true
	for _, x := range in.Case.Numbers {
		n, third := evidence.NormalNumber(x.Number), x.Side == evidence.EmergencySide || x.Side == evidence.GuarantorSide || x.Side == evidence.OtherSide
		switch {
		case x.PrintedFor(string(in.Role)) || !third && (x.Side != evidence.SelfSide || fullPhone):
			p.shown[n] = true
		default:
			p.hide(n)
			if name, ok := personalName(x.Name); ok && third && !strings.Contains(me.Name, name) {
				p.names = append(p.names, hiddenName{name, maskName(name)})
			}
		}
	}
	if own := evidence.NormalNumber(me.Phone); fullPhone {
		p.shown[own] = true
	} else {
		p.hide(own)
	}
	delete(p.shown, "")
	// The longer name first: 王小明 before 王小.
	slices.SortStableFunc(p.names, func(a, b hiddenName) int { return len(b.name) - len(a.name) })
	return p
}

func (p *masker) hide(n string) {
	delete(p.shown, n)
	p.hidden = append(p.hidden, n)
}

// text is a text as the recipient may read it.
func (p *masker) text(s string) string {
	for _, n := range p.names {
		s = strings.ReplaceAll(s, n.name, n.masked)
	}
	return p.numbers(s)
}

// mask is a text as this recipient may read it.
func (in Input) mask(s string) string { return in.masker().text(s) }

// number is how the number of an act is printed.
func (in Input) number(i evidence.Incident) string {
	if i.Number == "" || in.masker().shown[evidence.NormalNumber(i.Number)] {
		return i.Number
	}
	return evidence.MaskNumber(i.Number)
}

// masked puts every text of an input through the policy. Its slices are its
// own; digests, exhibit numbers and provisions stay as they are.
func (in *Input) masked() {
	p := in.masker()
	in.masks = p
	text := func(all ...*string) {
		for _, s := range all {
			*s = p.text(*s)
		}
	}
	incident := func(i *evidence.Incident) {
		i.Number = in.number(*i)
		text(&i.Name, &i.Shown, &i.Words, &i.SIM)
	}
	for n := range in.Incidents {
		incident(&in.Incidents[n])
	}
	for n := range in.Findings {
		f := &in.Findings[n]
		for m := range f.Incidents {
			incident(&f.Incidents[m])
		}
		f.Doubts, f.Counts = slices.Clone(f.Doubts), slices.Clone(f.Counts)
		text(&f.Method.ZH)
		for m := range f.Doubts {
			text(&f.Doubts[m].ZH)
		}
		for m := range f.Counts {
			text(&f.Counts[m].What.ZH)
		}
	}
	for n := range in.Exhibits {
		x := &in.Exhibits[n]
		text(&x.Title, &x.OriginalName, &x.OriginalPath, &x.Media.Number, &x.Media.Contact, &x.Media.SIM)
		for m := range x.Notes {
			text(&x.Notes[m].Detail)
		}
	}
	for x, passages := range in.Passages {
		in.Passages[x] = slices.Clone(passages)
		for m := range in.Passages[x] {
			text(&in.Passages[x][m].Text)
		}
	}
	in.Case = coverCase(in.Case, func(s *string) { text(s) })
}

// identity is the identity number as this recipient gets it: in full where a
// real name is wanted (association, regulator), the last four otherwise.
func (in Input) identity(id string) string {
	switch {
	case id == "" && !in.complaint():
		return blank(18) + "（请手写）"
	case id == "": // a complaint to a bank has to say how the person is known
		return "核实身份时另行出示"
	case in.complaint():
		return evidence.MaskID(id) + "（核实身份时另行出示）"
	}
	return id
}

// phone is the telephone number as this recipient gets it. A respondent gets
// the last four digits where another way to answer is given.
func (in Input) phone(p evidence.Complainant) string {
	if in.complaint() && (p.Address != "" || p.Email != "") {
		return evidence.MaskNumber(p.Phone)
	}
	return p.Phone
}

// coveredMark stands in place of words that were covered, whatever their
// length.
const coveredMark = "〔已遮盖〕"

// Redact makes an input what its recipient may read: it takes in the
// redactions that are for them, replaces their words in everything the case
// says or a file shows, and masks other people's numbers and names. Boxes are
// left to the pictures of the book. Missing are those whose words are nowhere:
// what they were meant for would stay to be read.
func Redact(in Input, rows []evidence.Redaction) (out Input, missing []evidence.Redaction) {
	for _, r := range rows {
		if r.For(string(in.Role)) {
			in.Redactions = append(in.Redactions, r)
		}
	}
	in.Findings, in.Incidents, in.Exhibits = slices.Clone(in.Findings), slices.Clone(in.Incidents), slices.Clone(in.Exhibits)
	for n := range in.Findings {
		in.Findings[n].Incidents = slices.Clone(in.Findings[n].Incidents)
	}
	in.Passages = maps.Clone(in.Passages)
	for n, x := range in.Exhibits {
		in.Exhibits[n].Notes = slices.Clone(x.Notes)
	}
	for _, r := range in.Redactions {
		if r.Text != "" && !in.replace(r) {
			missing = append(missing, r)
		}
	}
	in.masked()
	return in, missing
}

// replace covers the words of one row and reports whether they were there.
// The slices of the input are its own.
func (in *Input) replace(r evidence.Redaction) (found bool) {
	words := wordsForm(r.Text)
	hide := func(s *string) {
		if words.MatchString(*s) {
			*s, found = words.ReplaceAllLiteralString(*s, coveredMark), true
		}
	}
	act := func(i *evidence.Incident) {
		if r.Exhibit == "" || slices.Contains(i.Exhibits, r.Exhibit) {
			hide(&i.Shown)
			hide(&i.Words)
			hide(&i.Name)
		}
	}
	for n := range in.Incidents {
		act(&in.Incidents[n])
	}
	for n := range in.Findings {
		for m := range in.Findings[n].Incidents {
			act(&in.Findings[n].Incidents[m])
		}
	}
	for n := range in.Exhibits {
		x := &in.Exhibits[n]
		if r.Exhibit != "" && r.Exhibit != x.Number && r.Exhibit != x.TranscriptOf() {
			continue
		}
		hide(&x.Title)
		hide(&x.OriginalName)
		hide(&x.Media.Contact)
		for m := range x.Notes {
			hide(&x.Notes[m].Detail)
		}
		if p := slices.Clone(in.Passages[x.Number]); p != nil {
			for m := range p {
				hide(&p[m].Text)
			}
			in.Passages[x.Number] = p
		}
	}
	if r.Exhibit == "" {
		in.Case = coverCase(in.Case, hide)
	}
	return found
}

// coverCase replaces words in what the person wrote in their own words. Names
// of parties stay: a letter without them is none.
func coverCase(c evidence.Case, hide func(*string)) evidence.Case {
	c.Requests, c.Filings = slices.Clone(c.Requests), slices.Clone(c.Filings)
	for n := range c.Requests {
		hide(&c.Requests[n])
	}
	for n := range c.Filings {
		hide(&c.Filings[n].Receipt)
		hide(&c.Filings[n].Answer)
	}
	for _, s := range []*string{&c.Deferral.Reason, &c.Credit.Entry, &c.Credit.Wrong} {
		hide(s)
	}
	for _, l := range []*[]string{&c.Deferral.Plan, &c.Loan.Schedule, &c.Loan.Fees, &c.Loan.Repaid} {
		*l = slices.Clone(*l)
		for n := range *l {
			hide(&(*l)[n])
		}
	}
	return c
}

// wordsForm finds words however a file breaks them over lines or spaces them.
func wordsForm(s string) *regexp.Regexp {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsSpace(r) {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(`[\s\x{200B}-\x{200F}\x{3000}]*`)
		}
		b.WriteString(regexp.QuoteMeta(string(r)))
	}
	return regexp.MustCompile(`(?i)` + b.String())
}

// boxes are the boxes over an exhibit's picture, and why, once each.
func (in Input) boxes(exhibit string) (boxes []image.Rectangle, reasons []string) {
	for _, r := range in.Redactions {
		if r.Exhibit != exhibit || r.Box == (evidence.Box{}) {
			continue
		}
		boxes = append(boxes, r.Box.Rectangle())
		if r.Reason != "" && !slices.Contains(reasons, r.Reason) {
			reasons = append(reasons, r.Reason)
		}
	}
	return boxes, reasons
}

// covers says on an exhibit's page what of it was covered: of the picture,
// and of its words.
func (in Input) covers(x evidence.Exhibit) string {
	boxes, reasons := in.boxes(x.Number)
	var out []string
	if len(boxes) > 0 {
		out = append(out, fmt.Sprintf("图片已遮盖%d处%s", len(boxes), because(reasons)))
	}
	reasons = nil
	words := 0
	for _, r := range in.Redactions {
		if r.Text == "" || r.Exhibit != x.Number && r.Exhibit != x.TranscriptOf() || r.Exhibit == "" {
			continue
		}
		words++
		if r.Reason != "" && !slices.Contains(reasons, r.Reason) {
			reasons = append(reasons, r.Reason)
		}
	}
	if words > 0 {
		out = append(out, fmt.Sprintf("文字已遮盖%d种，处处写作%s%s", words, coveredMark, because(reasons)))
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, "；") + "。本页是副本；没有遮盖的原件是证据包内的 data/" + x.File + "，SHA-256 见本页。"
}

func because(reasons []string) string {
	if len(reasons) == 0 {
		return ""
	}
	return "（" + strings.Join(reasons, "、") + "）"
}

// coveredWords tells the complainant what was covered here.
func (in Input) coveredWords() string {
	boxes, words := 0, 0
	for _, r := range in.Redactions {
		if r.Text != "" {
			words++
		} else {
			boxes++
		}
	}
	if boxes+words == 0 {
		return ""
	}
	return fmt.Sprintf("按 redactions.csv 遮盖：图片方框%d个，文字%d种（写作%s）。打开证据册看一遍，确认该遮的都遮住了。", boxes, words, coveredMark)
}

// handed reports whether anything that goes to the recipient is covered.
func (in Input) handed() bool {
	for _, r := range in.Redactions {
		if r.Exhibit == "" || slices.ContainsFunc(in.used(), func(x evidence.Exhibit) bool { return x.Number == r.Exhibit || x.TranscriptOf() == r.Exhibit }) {
			return true
		}
	}
	return false
}

// An Uncovered picture goes to the recipient and shows what its text would
// not, as far as a program could read it.
type Uncovered struct {
	Exhibit string
	Words   []string // numbers and names masked, and words the person covers elsewhere
}

// Uncovered are the pictures of the book with no box on them on which a
// program read other people's numbers or words that are covered in text.
func (in Input) Uncovered() []Uncovered {
	var out []Uncovered
	for _, x := range in.used() {
		boxes, _ := in.boxes(x.Number)
		if len(boxes) > 0 || !strings.HasPrefix(x.MediaType, "image/") {
			continue
		}
		for _, r := range in.Readings {
			if r.Exhibit != x.Number || r.SHA256 != x.SHA256 {
				continue
			}
			if words := in.hidden(x.Number, r.Text+"\n"+r.Other); len(words) > 0 {
				out = append(out, Uncovered{x.Number, words})
			}
		}
	}
	return out
}

// hidden are what of a text this recipient does not get: numbers, as it gets
// them, and the words of redactions.
func (in Input) hidden(exhibit, text string) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	p := in.masker()
	for line := range strings.Lines(text) { // a program reads line by line: what stands in two is not one number
		p.eachFind([]rune(line), func(_, _ int, as string) { add(as) })
	}
	for _, n := range p.names {
		if wordsForm(n.name).MatchString(text) {
			add(quoted(n.masked))
		}
	}
	for _, r := range in.Redactions {
		if r.Text != "" && (r.Exhibit == "" || r.Exhibit == exhibit) && wordsForm(r.Text).MatchString(text) {
			add(quoted(r.Text))
		}
	}
	return out
}
