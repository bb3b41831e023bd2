package web

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

var resultScreen = screen{path: resultPath, stage: 2,
	title:   evidence.Text{ZH: "结果", EN: "Result"},
	missing: noFiles,
	view:    func(v *visit) (any, error) { return v.resultView() },
	done: func(v *visit) (bool, error) {
		x, err := v.dossier()
		return len(x.Report.Obstacles) == 0, err
	},
	acts: map[string]act{
		"restore": func(v *visit) (string, error) { return "", v.restoreTable() },
		"row": func(v *visit) (string, error) {
			_, err := v.changeRow()
			return "", err
		},
		"fact":  func(v *visit) (string, error) { return "", v.writeFact() },
		"write": func(v *visit) (string, error) { return v.writeLetter() },
		"open":  func(v *visit) (string, error) { return "", v.openLetters() },
	},
	words: resultWords,
}

var resultWords = words{
	"safe-h":  {ZH: "先说安全", EN: "Your safety first"},
	"safe-n":  {ZH: "还有%d处", EN: "and %d more"},
	"can":     {ZH: "能投诉的有%d类", EN: "Can be complained of: %d kinds"},
	"none":    {ZH: "现在没有能投诉的", EN: "There is nothing to complain of now"},
	"open-h":  {ZH: "还要答几个问题，才知道能不能投诉", EN: "A few answers, and then it is known what can be complained of"},
	"word":    {ZH: "现在只有您说的，没有材料证明的", EN: "So far there is only your own word"},
	"lead":    {ZH: "另有%d件只有您说的，还差%d处可以补。", EN: "Besides, %d by your word alone, and %d points that can be added."},
	"lead-0":  {ZH: "还差%d处可以补。", EN: "%d points can be added."},
	"shown":   {ZH: "能投诉", EN: "Can be complained of"},
	"shown-s": {ZH: "材料能证明", EN: "your files show it"},
	"stated":  {ZH: "只有您说的", EN: "Only your own word"},
	"stated-s": {ZH: "信里写明“本人陈述”。有录音、截图或者证人字条的，补上会更有力。",
		EN: "Letters say that it is your statement. A recording, a picture or a witness's note makes it stronger."},
	"gaps":     {ZH: "还差一点", EN: "Still missing"},
	"can-add":  {ZH: "可以补", EN: "Can be added"},
	"add":      {ZH: "现在补", EN: "Add it now"},
	"no-need":  {ZH: "不补的，有的信要等，别的照样能交。", EN: "What is not added holds some letters back; the others can go."},
	"must":     {ZH: "不补，信就不能交", EN: "no letter can go without it"},
	"more":     {ZH: "还有%d次", EN: "%d more"},
	"why":      {ZH: "凭什么这样说", EN: "On what ground"},
	"count":    {ZH: "怎么数的：", EN: "How it was counted: "},
	"police":   {ZH: "是否构成，由公安机关认定：", EN: "Whether it is one is for the police to find: "},
	"stronger": {ZH: "可以更有力：", EN: "Stronger with: "},
	"lawful":   {ZH: "不写进去的", EN: "What is left out"},
	"times":    {ZH: "%d次", EN: "%d"},
	"lawful-s": {ZH: "按时间、次数和找的人看，这样催款是允许的，写进去反而会让信站不住。对方说了什么，另外看。",
		EN: "By time, number and person reached this is allowed, and in a letter " +
			" it would weaken the rest. What was said is another matter."},
	"owe": {ZH: "投诉的是怎么催，不是欠不欠。还款有困难的，可以和平台商量延期或者分期。",
		EN: "A complaint is about how they collect, not about what is owed. " +
			"If you cannot pay, a deferral or instalments can be asked for."},
	"instead":   {ZH: "现在能做的", EN: "What you can do now"},
	"instead-s": {ZH: "下面的信不用证明对方违规。", EN: "These letters need no violation."},
	"write":     {ZH: "写这封信", EN: "Write this letter"},
	"written":   {ZH: "写好了", EN: "Written"},
	"folder":    {ZH: "打开文件夹", EN: "Open the folder"},
	"else":      {ZH: "还可以找谁", EN: "Whom else to turn to"},
	"notes":     {ZH: "提醒", EN: "Please note"},
	"table":     {ZH: "时间线表格和材料对不上", EN: "The timeline is not what the files say"},
	"table-c":   {ZH: "有%d格改过。", EN: "%d cells were changed. "},
	"table-r":   {ZH: "少了%d行。", EN: "%d rows are gone. "},
	"table-f":   {ZH: "所以有%d件事现在写不进信里。", EN: "For that %d acts are in no letter now. "},
	"table-s":   {ZH: "材料都在，写回来就都回来了。", EN: "The files are unharmed, and putting it back brings all of it back."},
	"restore":   {ZH: "写回来", EN: "Put it back"},
	"emptied":   {ZH: "时间线表格里有%d格原来填着，现在是空的", EN: "%d cells of the timeline were filled and are empty"},
	"emptied-s": {ZH: "有意清空的不用管；不是的，放回去。", EN: "If you meant to, leave them; if not, put them back."},
	"refill":    {ZH: "放回去", EN: "Put them back"},
	"acts":      {ZH: "一件件看", EN: "Act by act"},
	"acts-s": {ZH: "哪一件不对，哪一件没有：上门、没有记录的电话、别人转告的，在那里改、在那里补。",
		EN: "What is wrong, and what is missing: a visit, a call without a record, what you were told, is mended there."},
	"sent":   {ZH: "什么也没有发出去", EN: "Nothing was sent"},
	"on":     {ZH: "看信", EN: "Read the letters"},
	"on-cov": {ZH: "接着", EN: "Go on"},
}

// A resultView is what a case comes to, in plain words.
type resultView struct {
	Safety  *safetyView
	Head    string // a word of the screen
	Kinds   int
	Shown   []findingView
	Stated  []findingView
	Gaps    []gapView
	Lawful  []lawfulView
	Offers  []offerView
	Written []string // folders of letters that were written
	Else    []string
	Notes   []string
	Harm    *desk.TableHarm
	Emptied []string // cells that the person had filled and that were emptied by hand
	Refill  []string // their rows
	NStated int
	Cover   bool // pictures go along, in which others may have to be covered first
}

// A findingView is a kind of violation with the acts it rests on.
type findingView struct {
	Name     string
	Acts     []actView
	Rest     int // acts that are not shown one by one
	Counts   []string
	Strips   []stripView // of the days that have most
	Method   string
	Wording  string
	Laws     []string
	Police   []string
	Stronger []string
}

// An actView is one act: when, what was said, which exhibit shows it.
type actView struct {
	What, Quote, Number string
}

// A gapView is something that is missing, and where to add it.
type gapView struct {
	What, How string
	Acts      []actView   // that it is of
	Facts     []knownView // of its one act, that are empty and can be said here
	row       string      // of that act
	Href      string      // empty: it is done elsewhere, as How says
	Must      bool        // no letter can go without it
	Field     string      // the fact that is written here; empty: none is
	Label     string
	Wrong     string
	Typed     string
}

type lawfulView struct {
	Act string
	N   int
}

type offerView struct {
	Code, Text string // Code empty: there is no letter to write
}

// mostActs is how many acts of a kind are shown one by one.
const mostActs = 5

func (v *visit) resultView() (resultView, error) {
	x, err := v.dossier()
	if err != nil {
		return resultView{}, err
	}
	r, err := desk.CheckOf(v.desk, x)
	if err != nil {
		return resultView{}, err
	}
	out := resultOf(r, x.Incidents, v.lang)
	a, err := v.asked()
	if err != nil {
		return resultView{}, err
	}
	out.Gaps = gapsOf(x.Case, r, unknownCallers(a.Answers, x.Case), v.base(), v.lang, v.s.note)
	for n := range out.Gaps {
		g := &out.Gaps[n]
		if g.row != "" {
			if g.Facts, err = v.emptyFacts(x, g.row); err != nil {
				return resultView{}, err
			}
			if len(g.Facts) > 0 {
				g.How = "" // it is said here
			}
		}
		if g.Field != "" && g.Field == v.r.PostForm.Get("fact") {
			g.Wrong, g.Typed = v.wrong[g.Field], v.r.PostForm.Get("v")
		}
	}
	out.Cover = slices.ContainsFunc(x.Exhibits, func(e evidence.Exhibit) bool {
		return (e.Kind == evidence.Screenshot || e.Kind == evidence.Photo) && !x.Out[e.Number] &&
			slices.ContainsFunc(r.Report.Findings, func(f evidence.Finding) bool {
				return f.Strength != evidence.Review && slices.Contains(f.Exhibits, e.Number)
			})
	})
	written, err := filepath.Glob(filepath.Join(v.dir, folder.LettersDir, "*", "*.pdf"))
	for _, file := range written {
		rel, _ := filepath.Rel(v.dir, file)
		out.Written = append(out.Written, rel)
	}
	return out, err
}

// resultOf is what was found, without what is missing.
func resultOf(r desk.Checked, rows []evidence.Incident, lang string) resultView {
	out := resultView{Safety: safetyOf(r.Report, rows, r.Questions, lang)}
	for _, f := range r.Report.Findings {
		switch {
		case desk.StillAsked(f, r.Questions):
		case f.Strength == evidence.Shown:
			out.Shown = putFinding(out.Shown, f, rows, lang)
		case f.Strength == evidence.Stated:
			out.Stated = putFinding(out.Stated, f, rows, lang)
			out.NStated += max(1, len(f.Incidents))
		}
	}
	out.Kinds = len(out.Shown)
	hopeless := len(r.Offers) > 0
	switch {
	case out.Kinds > 0:
		out.Head = "can"
	case hopeless && len(out.Stated) == 0:
		out.Head = "none"
	case len(out.Stated) > 0:
		out.Head = "word"
	case slices.ContainsFunc(r.Questions, func(q ask.Question) bool { return !q.Kind.OfCase() }):
		out.Head = "open-h"
	default:
		out.Head = "none"
	}
	for _, l := range r.Report.Lawful {
		out.Lawful = append(out.Lawful, lawfulView{l.Act.OnPage().In(lang), len(l.Incidents)})
	}
	for _, o := range r.Offers {
		out.Offers = append(out.Offers, offerOf(o, lang))
	}
	for _, t := range r.Report.Elsewhere {
		out.Else = append(out.Else, t.OnPage().In(lang))
	}
	for _, t := range r.Report.Remarks {
		if s := t.OnPage().In(lang); s != "" {
			out.Notes = append(out.Notes, s)
		}
	}
	if r.Harm.Cells+r.Harm.Rows > 0 {
		out.Harm = &r.Harm
	}
	for _, c := range r.Harm.Emptied {
		out.Emptied = append(out.Emptied, c.Text().In(lang))
	}
	out.Refill = desk.RowsOf(r.Harm.Emptied)
	return out
}

// putFinding puts a finding beside those of the same name.
func putFinding(all []findingView, f evidence.Finding, rows []evidence.Incident, lang string) []findingView {
	name := f.Name().In(lang)
	n := slices.IndexFunc(all, func(v findingView) bool { return v.Name == name })
	if n < 0 {
		n = len(all)
		all = append(all, findingView{Name: name, Wording: f.Wording.In(lang), Laws: lawsOf(f.Citations, lang),
			Police: lawsOf(f.Police, lang), Method: f.Method.In(lang)})
	}
	v := &all[n]
	for _, i := range f.Incidents {
		if len(v.Acts) == mostActs {
			v.Rest++
			continue
		}
		v.Acts = append(v.Acts, actOf(i, lang))
	}
	if f.Cost != nil {
		for _, x := range f.Cost.Figures {
			v.Counts = append(v.Counts, fmt.Sprintf(evidence.Text{ZH: "%s：%s", EN: "%s: %s"}.In(lang), x.Label.In(lang),
				x.Value.In(lang)))
		}
	}
	for _, c := range f.Counts {
		t := fmt.Sprintf(evidence.Text{ZH: "%s%s：%d次", EN: "%s %s: %d"}.In(lang), dayWords(c.Day, lang), c.What.In(lang),
			c.N)
		if c.Limit > 0 {
			t += fmt.Sprintf(evidence.Text{ZH: "，建议不超过%d次", EN: ", recommended at most %d"}.In(lang), c.Limit)
		}
		v.Counts = append(v.Counts, t)
	}
	v.Strips = append(v.Strips, stripsOf(f, rows, lang)...)
	for _, t := range f.Advice {
		if s := t.OnPage().In(lang); s != "" && !slices.Contains(v.Stronger, s) {
			v.Stronger = append(v.Stronger, s)
		}
	}
	return all
}

// dayWords is a day as a person says it, if it is one: 2026-09-08.
func dayWords(day, lang string) string {
	t, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return day
	case lang == "en":
		return t.Format("2 Jan 2006")
	}
	return t.Format("2006年1月2日")
}

// monthWords is a month as a person says it: 2026-09.
func monthWords(month, lang string) string {
	t, err := time.Parse("2006-01", month)
	switch {
	case err != nil:
		return month
	case lang == "en":
		return t.Format("January 2006")
	}
	return t.Format("2006年1月")
}

// emptyFacts are what the person can say of an act and has not.
func (v *visit) emptyFacts(x desk.Dossier, row string) ([]knownView, error) {
	a, err := v.asked()
	if err != nil {
		return nil, err
	}
	known, err := cardMaker{x, a, v.lang}.known(row, rowFacts)
	asked := []string{ask.ReachedColumn, ask.DisclosedColumn, ask.ReachableColumn}
	return slices.DeleteFunc(known, func(k knownView) bool {
		return !slices.Contains(asked, k.Column) || k.Value != ""
	}), err
}

// actOf is an act of a finding.
func actOf(i evidence.Incident, lang string) actView {
	m := cardMaker{lang: lang}
	a := actView{What: m.title(i), Quote: beginning(i.Shown), Number: strings.Join(i.Exhibits, " ")}
	if i.Shown == "" && i.Words != "" {
		a.What += evidence.Text{ZH: "，您说：", EN: ", in your words: "}.In(lang)
		a.Quote = beginning(i.Words)
	}
	return a
}

// lawsOf are provisions as they are named, with how each was checked.
func lawsOf(all []evidence.Citation, lang string) []string {
	var out []string
	for _, c := range all {
		how := evidence.Text{ZH: "转述，未见原文", EN: "as reported, text not seen"}
		switch {
		case c.Checked == evidence.ByUser:
			how = evidence.UserWords
		case c.Checked == "VT":
			how = evidence.Text{ZH: "读过转载的条文", EN: "text read, in a copy"}
		case strings.HasPrefix(c.Checked, "FM"):
			how = evidence.Text{ZH: "未核对", EN: "not checked"}
		}
		notes := slices.DeleteFunc([]string{c.Document, how.In(lang), c.CheckedOn}, func(s string) bool { return s == "" })
		out = append(out, "《"+c.Name+"》"+c.Article+evidence.Text{ZH: "（", EN: " ("}.In(lang)+
			strings.Join(notes, evidence.Text{ZH: "，", EN: ", "}.In(lang))+evidence.Text{ZH: "）", EN: ")"}.In(lang))
	}
	return out
}

// offerOf says what can be done where nothing can be complained of.
func offerOf(o desk.Offer, lang string) offerView {
	t := evidence.Text{ZH: "免费法律咨询：拨打 12348；人身危险打 110。", EN: "Free legal advice: call 12348; in danger 110."}
	code := string(o.Code)
	switch o.Code {
	case desk.OfferAdvice:
		code = ""
	case desk.OfferStatement:
		t = evidence.Text{ZH: "想弄清放款机构是谁、谁在催收、欠款怎么算：书面要求提供账单和委托材料。",
			EN: "To learn who lends, who collects and how the sum comes about: ask in writing for statement and mandate."}
	case desk.OfferObjection:
		t = evidence.Text{ZH: "征信报告有错：提出异议；记载属实的不能提。", EN: "A wrong credit record: object to it; a true one cannot be " +
			"objected to."}
	case desk.OfferDeferral:
		t = deferralWords(o)
	}
	return offerView{code, t.In(lang)}
}

func deferralWords(o desk.Offer) evidence.Text {
	switch o.Overdue {
	case desk.NotDue:
		return evidence.Text{ZH: "还没有到期；到期还不上的，现在就可以书面向平台申请延期或分期。",
			EN: "Not yet due; if you will not be able to pay, ask the platform in writing now."}
	case desk.OverdueShort:
		return fill(evidence.Text{ZH: "逾期%d天：书面向平台申请延期或分期。",
			EN: "Overdue by %d days: ask the platform in writing for a deferral or instalments."}, o.Days)
	case desk.OverdueLong:
		return fill(evidence.Text{ZH: "逾期%d天：书面向放款机构申请延期或分期。",
			EN: "Overdue by %d days: ask the lender in writing for a deferral or instalments."}, o.Days)
	}
	return evidence.Text{ZH: "还款有困难：书面向平台申请延期或分期。",
		EN: "If you cannot pay: ask the platform in writing for a deferral or instalments."}
}

// writeFact writes down a fact that the letters lack.
func (v *visit) writeFact() error {
	f := desk.Fact{Kind: ask.Kind(v.form("fact")), Value: strings.TrimSpace(v.form("v"))}
	if f.Value == "" {
		return nil
	}
	_, err := desk.Correct(v.ctx, v.desk, v.dir, []desk.Fact{f})
	var bad *desk.FactError
	if errors.As(err, &bad) {
		return &mistake{string(f.Kind), bad.Wanted}
	}
	return err
}

// restoreTable puts back into the timeline what the files say; where the form names rows,
// what the person had filled in there.
func (v *visit) restoreTable() error {
	_, err := desk.Restore(v.ctx, v.desk, v.dir, v.r.PostForm["row"])
	return err
}

// writeLetter writes a letter that needs no violation, to whom it usually goes.
func (v *visit) writeLetter() (string, error) {
	x, err := v.dossier()
	if err != nil {
		return "", err
	}
	r, err := desk.CheckOf(v.desk, x)
	if err != nil {
		return "", err
	}
	o := desk.LetterOptions{Name: v.form("letter")}
	for _, offer := range r.Offers {
		if string(offer.Code) == o.Name && offer.To != "" {
			o.To = []evidence.Role{offer.To}
		}
	}
	_, err = desk.BuildLetter(v.ctx, v.desk, v.dir, o)
	return "", err
}

// openLetters opens the folder of letters in the program that the system has for it.
func (v *visit) openLetters() error { return desk.Browse(filepath.Join(v.dir, folder.LettersDir)) }
