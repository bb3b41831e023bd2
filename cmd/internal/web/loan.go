package web

import (
	"errors"
	"slices"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/lazyregexp"
)

var loanScreen = screen{path: loanPath, stage: 2,
	title:   evidence.Text{ZH: "您和借款", EN: "You and the loan"},
	missing: noFiles,
	view:    func(v *visit) (any, error) { return v.loanView() },
	done: func(v *visit) (bool, error) {
		x, err := v.dossier()
		lacks := slices.ContainsFunc(needed, func(k ask.Kind) bool { return ask.FactOf(x.Case, k) == "" })
		return !lacks, err
	},
	acts: map[string]act{
		"read": func(v *visit) (string, error) { return v.readWords(loanPath) },

		"read-stop": func(v *visit) (string, error) { return v.stopWords() },

		"keep": func(v *visit) (string, error) { return "", v.correct() },
		"go-on": func(v *visit) (string, error) {
			return v.confirm()
		},
	},
	words: loanWords,
}

var loanWords = words{
	"h": {ZH: "您和这笔借款", EN: "You and this loan"},
	"lead": {ZH: "信上会照着写。每一行写着读自哪里，有不对的改那一行；不知道的空着。",
		EN: "The letters will say it so. Each line tells where it was read; change what is wrong, leave what you " +
			"do not know."},
	"fill":    {ZH: "要您来填", EN: "For you to fill in"},
	"change":  {ZH: "改", EN: "Change"},
	"write":   {ZH: "填", EN: "Fill in"},
	"empty":   {ZH: "空着", EN: "empty"},
	"by-you":  {ZH: "您写的", EN: "you wrote it"},
	"by-file": {ZH: "案件里写着", EN: "the case has it"},
	"id":      {ZH: "身份证号", EN: "identity number"},
	"id-s":    {ZH: "签名时手写", EN: "written by hand when you sign"},
	"id-w":    {ZH: "不用填，也不会存下来", EN: "not asked for and not kept"},
	"id-have": {ZH: "案件里写着，信上照印", EN: "the case has it, and letters print it"},
	"choose":  {ZH: "不知道", EN: "I do not know"},
	"among":   {ZH: "材料里有这几个：", EN: "The files name these:"},
	"sources": {ZH: "读自这些地方", EN: "Read in these places"},
	"none": {ZH: "材料里没有读到这些。有合同、账单的，放进同一个文件夹再加一次。",
		EN: "Nothing of this was read in the files. If you have a contract or bill, add it in the same folder."},
	"wordless": {ZH: "这几份里的字程序没有读出来（扫描件多半这样）。打开照着填；合同编号、日期、利率多半在第一页。",
		EN: "No words were read in these, as of most scans. Open them and fill in by them; number, dates and rate are " +
			"mostly on the first page."},
	"mended": {ZH: "您写的“%[1]s”记成“%[2]s”。", EN: "You wrote %[1]s; it is kept as %[2]s."},
	"drawn": {ZH: "“%[1]s”程序自带的字体没有，信上用字体 %[2]s 画。",
		EN: "The program's own fonts lack %[1]s: letters draw it from the font %[2]s."},
	"rare": {ZH: "“%[1]s”程序和这台电脑的字体里都没有，还做不了信。装上有这个字的字体；没有的，用大写拼音代替，例如“NI小安”，" +
		"打印以后用黑色签字笔把字补写上。程序不会替您换成别的字。",
		EN: "No font of the program or this computer has %[1]s, and no letter can be made yet. Install a font that " +
			"has it; or write it in pinyin, such as NI小安, and write it by hand on the printed pages. Nothing is " +
			"put in its place for you."},
	"see":  {ZH: "看原件", EN: "See the original"},
	"left": {ZH: "空着的以后也能填", EN: "What is empty can be filled in later"},
	"all":  {ZH: "都对，接着", EN: "All right, go on"},
	"on":   {ZH: "接着", EN: "Go on"},
}

// needed are the facts without which there is no letter, or only to some.
var needed = []ask.Kind{ask.Name, ask.OwnNumber, ask.Brand, ask.Lender, ask.Licence, ask.Region}

// loanGroups are the facts under their headings.
var loanGroups = []struct {
	title evidence.Text
	kinds []ask.Kind
}{
	{evidence.Text{ZH: "您", EN: "You"}, []ask.Kind{ask.Name, ask.OwnNumber, ask.Identity, ask.Address}},
	{evidence.Text{ZH: "平台和放款机构", EN: "Platform and lender"},
		[]ask.Kind{ask.Brand, ask.Company, ask.Lender, ask.Licence, ask.Region, ask.Agency, ask.Assignee}},
	{evidence.Text{ZH: "这笔借款", EN: "This loan"},
		[]ask.Kind{ask.Loan, ask.Contract, ask.LoanDate, ask.Principal, ask.Rate, ask.Due, ask.Overdue}},
}

// effects say what a fact is for, where it is not known.
var effects = map[ask.Kind]evidence.Text{
	ask.Name: {ZH: "投诉须实名，和身份证一致。空着的话，信上留一条横线，签名时手写。",
		EN: "Complaints are made under your name as on the identity card. Left empty, the letters have a line to " +
			"write on."},
	ask.OwnNumber: {ZH: "受理的人要打电话找您；没有联系方式，多半会被退回。",
		EN: "Whoever handles it calls you; without a number it is likely to be sent back."},
	ask.Address: {ZH: "收书面答复用。空着的话，信上留一条横线，签名时手写。",
		EN: "For a written answer. Left empty, the letters have a line to write on."},
	ask.Brand: {ZH: "借款用的 App 或者平台的名字。不知道投诉谁，信就没法写。",
		EN: "The name of the app or platform. Without knowing of whom, no letter can be written."},
	ask.Company: {ZH: "运营这个 App 的公司，合同上多半有；不知道的空着。",
		EN: "The company that runs the app, mostly named in the contract; leave it if you do not know."},
	ask.Lender: {ZH: "合同上“贷款人”的全称。不知道也能先向平台投诉。",
		EN: "In full, as the contract names the lender. Without it you can still complain to the platform."},
	ask.Licence: {ZH: "它决定由谁监管、适用哪些规定。", EN: "It decides who supervises it and which rules apply."},
	ask.Region: {ZH: "它决定以后向哪里的监管部门举报；不知道也能先向平台投诉。",
		EN: "It decides to which office a report goes; without it you can still complain to the platform."},
	ask.Assignee: {ZH: "对方说债权已经转让的才填，转过几次的填最后那一家；没有转让的空着。",
		EN: "Only where they say that the claim was passed on, the last firm if it was more than once."},
	ask.Agency: {ZH: "受放款机构、平台或者受让公司委托催收的公司；不知道的空着。",
		EN: "The firm that collects for the lender, the platform or the assignee; leave it if you do not know."},
	ask.Due:     {ZH: "年-月-日，例如 2026-09-01。", EN: "A day such as 2026-09-01."},
	ask.Overdue: {ZH: "多少元，例如 2716。", EN: "Yuan, such as 2716."},
}

// A loanView is who complains, of whom and about which loan.
type loanView struct {
	Wordless []fileLink // documents of which no words were read
	Read     *wordsView // pictures can be read
	Groups   []loanGroup
	Sources  []sourceView
	Confirm  bool // something was read that the person has not confirmed
	Moved    string
}

type loanGroup struct {
	Title string
	Rows  []factView
}

// A factView is one fact: what it is, where that was read, and what it can be.
type factView struct {
	Kind, Label string
	Value       string // in words; empty: not known
	Raw         string // as the form has it
	Known       string // as the case has it
	Source      string
	Suggested   bool // read, and not confirmed
	Needed      bool // a letter wants it, and it is not known
	Effect      string
	Choices     []choiceView // nil: it is written
	Among       []string     // values that files name
	Fixed       bool         // it is not filled in here
	Wrong       string
	Typed       string // what was typed, where it is kept otherwise
	Rare        []desk.RareCharacter
}

// A fileLink is a file that can be looked at.
type fileLink struct{ Exhibit, Name string }

// A sourceView is what was read in one place.
type sourceView struct {
	Exhibit, Name string
	Quotes        []string
}

// quote puts words that were read beside the others of their place.
func (l *loanView) quote(exhibit, name, words string) {
	n := slices.IndexFunc(l.Sources, func(s sourceView) bool { return s.Name == name })
	if n < 0 {
		n = len(l.Sources)
		l.Sources = append(l.Sources, sourceView{Exhibit: exhibit, Name: name})
	}
	if !slices.Contains(l.Sources[n].Quotes, words) {
		l.Sources[n].Quotes = append(l.Sources[n].Quotes, words)
	}
}

// exhibitPlace begins the place where something was read.
var exhibitPlace = lazyregexp.New(`^(E\d+)([^：:]*)[：:]\s*`)

func (v *visit) loanView() (loanView, error) {
	x, err := v.dossier()
	if err != nil {
		return loanView{}, err
	}
	facts, err := desk.FactsOf(x)
	if err != nil {
		return loanView{}, err
	}
	out := loanOf(facts, x.Exhibits, v.lang)
	out.Moved = v.wrong["state"]
	if out.Read, err = v.wordsView(x, loanPath); err != nil {
		return out, err
	}
	for g := range out.Groups {
		for r := range out.Groups[g].Rows {
			row := &out.Groups[g].Rows[r]
			row.Wrong = v.wrong[row.Kind]
			if typed, ok := v.r.PostForm["f-"+row.Kind]; ok { // what was typed stays
				row.Raw = typed[0]
				for n, c := range row.Choices {
					row.Choices[n].Checked = c.Value == typed[0]
				}
			}
		}
	}
	return out, nil
}

// keptAs is what a typed value of a fact is kept as; itself, where it cannot be read.
func keptAs(kind, typed string) string {
	edits, wanted := ask.Correct(ask.Kind(kind), typed)
	if wanted.ZH != "" || len(edits) == 0 {
		return strings.TrimSpace(typed)
	}
	return edits[0].Value
}

// loanOf is the screen of the facts of a case.
func loanOf(facts desk.Facts, exhibits []evidence.Exhibit, lang string) loanView {
	names := map[string]string{}
	for _, e := range exhibits {
		names[e.Number] = e.Name()
	}
	suggested := map[ask.Kind]ask.Suggestion{}
	var out loanView
	for _, number := range facts.Wordless {
		out.Wordless = append(out.Wordless, fileLink{number, names[number]})
	}
	for _, s := range facts.Suggested {
		suggested[s.Kind] = s
	}
	for _, g := range loanGroups {
		group := loanGroup{Title: g.title.In(lang)}
		for _, k := range g.kinds {
			if k == ask.Identity {
				group.Rows = append(group.Rows, identityView(facts.Case, lang))
				continue
			}
			row, from := factOf(facts, suggested[k], k, lang)
			if m := exhibitPlace.FindStringSubmatch(from); m != nil && names[m[1]] != "" {
				row.Source = names[m[1]] + m[2]
				out.quote(m[1], row.Source, from[len(m[0]):])
			}
			out.Confirm = out.Confirm || row.Suggested
			group.Rows = append(group.Rows, row)
		}
		out.Groups = append(out.Groups, group)
	}
	return out
}

// factOf is one fact, with where it was read.
func factOf(facts desk.Facts, s ask.Suggestion, k ask.Kind, lang string) (row factView, from string) {
	known := ask.FactOf(facts.Case, k)
	row = factView{Kind: string(k), Label: ask.FactTitle(k).In(lang), Raw: known, Known: known,
		Effect: effects[k].In(lang), Among: s.Among}
	given, said := facts.Given[k]
	switch {
	case known == "" && s.Value != "":
		row.Raw, row.Suggested, from = s.Value, true, s.Source.In(lang)
	case known == "":
		row.Needed = slices.Contains(needed, k)
	case said && given.From.ZH != "":
		from = given.From.In(lang)
	case said:
		from, row.Typed = loanWords["by-you"].In(lang), given.Typed
	default:
		from = loanWords["by-file"].In(lang)
	}
	if row.Raw != "" {
		row.Value = ask.FactWords(k, row.Raw).In(lang)
	}
	if row.Typed == row.Value {
		row.Typed = "" // as it was typed, so it is shown
	}
	row.Source, row.Choices, row.Rare = from, choicesOf(k, row.Raw, lang), facts.Rare[k]
	return row, from
}

// identityView is the number that is not asked for here.
func identityView(c evidence.Case, lang string) factView {
	row := factView{Kind: string(ask.Identity), Label: loanWords["id"].In(lang), Fixed: true,
		Source: loanWords["id-w"].In(lang)}
	if c.Complainant.IDNumber != "" {
		row.Value, row.Source = "······", loanWords["id-have"].In(lang)
	}
	return row
}

// choicesOf are the values of a fact that has only some.
func choicesOf(k ask.Kind, chosen, lang string) (out []choiceView) {
	put := func(value string, t evidence.Text) {
		out = append(out, choiceView{value, t.In(lang), value == chosen})
	}
	switch k {
	case ask.Licence:
		for _, l := range evidence.Licences {
			put(string(l), l.Title())
		}
	case ask.Loan:
		for _, l := range evidence.LoanKinds() {
			put(string(l), l.Title())
		}
	case ask.Region:
		for _, r := range evidence.Regions {
			if strings.HasSuffix(r.Code, "0000") || r.Code == chosen {
				put(r.Code, evidence.Text{ZH: r.Name, EN: r.Name})
			}
		}
	}
	return out
}

// correct writes down what the form says otherwise than the case.
func (v *visit) correct() error {
	x, err := v.dossier()
	if err != nil {
		return err
	}
	known, err := desk.FactsOf(x)
	if err != nil {
		return err
	}
	var facts []desk.Fact
	for _, s := range known.Suggested {
		typed, ok := v.r.PostForm["f-"+string(s.Kind)]
		if !ok {
			continue
		}
		f := desk.Fact{Kind: s.Kind, Value: strings.TrimSpace(typed[0])}
		if f.Value == ask.FactOf(x.Case, s.Kind) {
			continue
		}
		if s.Value != "" && f.Value == s.Value {
			f.From = s.Source
		}
		facts = append(facts, f)
	}
	if len(facts) == 0 {
		return nil
	}
	_, err = desk.Correct(v.ctx, v.desk, v.dir, facts)
	var bad *desk.FactError
	if errors.As(err, &bad) {
		return &mistake{string(bad.Fact.Kind), bad.Wanted}
	}
	return err
}

// moved reports a fact that the case has otherwise than when the form was made,
// and otherwise than the form has it now. What this screen kept meanwhile is not
// that: a button can be pressed while it is being kept.
func (v *visit) moved() (bool, error) {
	x, err := v.dossier()
	if err != nil {
		return false, err
	}
	for name, was := range v.r.PostForm {
		if kind, ok := strings.CutPrefix(name, "was-"); ok {
			now := ask.FactOf(x.Case, ask.Kind(kind))
			if now == was[0] {
				continue
			}
			if now != keptAs(kind, v.form("f-"+kind)) {
				return true, nil
			}
		}
	}
	return false, nil
}

// confirm takes all that stands on the screen, and goes on unless something new
// can be read by it: a lender says more than was known before.
func (v *visit) confirm() (string, error) {
	moved, err := v.moved()
	if err != nil {
		return "", err
	}
	if moved {
		return "", &mistake{"state", evidence.Text{
			ZH: "案件在别处改过了，下面是现在的样子。看一遍，再按一次。",
			EN: "The case was changed elsewhere; below is how it stands now. Look through it and press once more."}}
	}
	if err := v.correct(); err != nil {
		return "", err
	}
	x, err := v.dossier()
	if err != nil {
		return "", err
	}
	known, err := desk.FactsOf(x)
	if err != nil {
		return "", err
	}
	for _, s := range known.Suggested {
		typed, ok := v.r.PostForm["f-"+string(s.Kind)]
		if ok && s.Value != "" && strings.TrimSpace(typed[0]) != s.Value && ask.FactOf(x.Case, s.Kind) == "" {
			if typed[0] == "" && slices.Contains(v.r.PostForm["seen"], string(s.Kind)+"="+s.Value) {
				continue // it was suggested before, and taken out
			}
			return "", nil
		}
	}
	return v.base() + "/" + callersPath, nil
}
