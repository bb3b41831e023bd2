package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
	"juzheng/evidence/phrase"
)

var callersScreen = screen{path: callersPath, stage: 2,
	title:   evidence.Text{ZH: "谁打来的", EN: "Who called"},
	missing: noFiles,
	view:    func(v *visit) (any, error) { return v.callersView() },
	done: func(v *visit) (bool, error) {
		a, err := v.asked()
		return !slices.ContainsFunc(a.Questions, func(q ask.Question) bool { return q.Kind == ask.Caller }), err
	},
	acts: map[string]act{
		"whose":     func(v *visit) (string, error) { return v.shown(), v.sayWhose(false) },
		"whose-all": func(v *visit) (string, error) { return v.shown(), v.sayWhoseAll() },
		"in-loan":   func(v *visit) (string, error) { return v.shown(), v.sayWhose(true) },
		"undo":      func(v *visit) (string, error) { return v.shown(), v.undo(v.form("n")) },
		"part":      func(v *visit) (string, error) { return "", v.part() },
	},
	words: callersWords,
}

var callersWords = words{
	"h": {ZH: "谁打来的？", EN: "Who called?"},
	"lead": {ZH: "认得的点一下。“催收”是来要钱的人，自称受让了债权、替您代偿了的公司也在内；" +
		"“平台”是借款的 App 自己的客服和短信。不知道也是一个答案。",
		EN: "Press what you know. A “collector” comes for the money, firms that say they bought the claim or paid it " +
			"for you among them; the “platform” is the app itself, its service and messages. Not to know is an " +
			"answer too."},
	"nobody": {ZH: "材料里没有来电和消息，也就没有号码要认。", EN: "The files show no calls or messages, so there is no number " +
		"to name."},
	"phones": {ZH: "还有%d部手机没有说是谁的。先说了它，才看得出谁打给您、谁打给别人。",
		EN: "Whose %d more phones are is not said. With that said one sees who called you, and who others."},
	"to-phones": {ZH: "先去说", EN: "Say it first"},
	"hear":      {ZH: "录音", EN: "recording"},
	"said-so":   {ZH: "案件里写着：", EN: "the case has it: "},
	"in-loan":   {ZH: "借款的时候，填过这个号码吗？", EN: "Was this number given when the loan was taken out?"},
	"seems":     {ZH: "可能是%s，由您来定", EN: "perhaps: %s; you decide"},
	"all-of":    {ZH: "这%d个都是：", EN: "All %d are:"},
	"singly":    {ZH: "不全是同一方的，一个一个认", EN: "Not all of one side: one by one"},
	"save":      {ZH: "就这样", EN: "Save"},
	"others":    {ZH: "另外%d个号码已经放在一边", EN: "%d other numbers are put aside"},
	"find":      {ZH: "里面要是有催收的号码，打开找一找", EN: "If a collector's is among them, open them and look"},
	"fewer":     {ZH: "收起放在一边的号码", EN: "Fold away the numbers put aside"},
	"lenders":   {ZH: "消息里不止一家", EN: "Messages are of more than one lender"},
	"lenders-s": {ZH: "每一家要分开投诉，不能算在一起。是另一家的，另建一个案件；这里的通话和消息照样留着，只是不再算进这一家。",
		EN: "Each is complained of by itself, never counted together. What is another's gets a case of its own; its " +
			"calls and messages stay here and no longer count."},
	"of-brand": {ZH: "短信%d条，来电%d次", EN: "%d messages, %d calls"},
	"nobodys": {ZH: "这些催收的号码、账号没有署名，是哪一家的？不知道的，两边都不算。",
		EN: "These collectors' numbers and accounts sign nothing. Whose are they? What you do not know counts in neither."},
	"this-one": {ZH: "这个案件的", EN: "of this case"},
	"that-one": {ZH: "%s的", EN: "of %s"},
	"not-know": {ZH: "不知道", EN: "I do not know"},
	"part":     {ZH: "给%s另建一个案件", EN: "Make a case for %s"},
	"parted":   {ZH: "另建的案件", EN: "Cases made of this one"},
	"said":     {ZH: "您答过的", EN: "What you answered"},
	"take":     {ZH: "收回", EN: "Take back"},
	"kept":     {ZH: "认了%d个，还有%d个没有认；不认也可以接着", EN: "%d named, %d not; you can go on without"},
	"all-kept": {ZH: "认了%d个，答一个存一个", EN: "%d named; each answer is kept at once"},
	"on":       {ZH: "接着", EN: "Go on"},
}

// callerChips are whose a number can be, as the screen says it.
var callerChips = []struct {
	value string
	text  evidence.Text
}{
	{"collector", evidence.Text{ZH: "催收", EN: "Collector"}},
	{"platform", evidence.Text{ZH: "平台", EN: "Platform"}},
	{"lender", evidence.Text{ZH: "放款机构", EN: "Lender"}},
	{"family", evidence.Text{ZH: "家人", EN: "Family"}},
	{"workplace", evidence.Text{ZH: "同事", EN: "Colleague"}},
	{"friend", evidence.Text{ZH: "朋友", EN: "Friend"}},
	{"other", evidence.Text{ZH: "无关", EN: "Unrelated"}},
	{ask.Unknown, evidence.Text{ZH: "不知道", EN: "I do not know"}},
}

// inLoanChips are what somebody can be in the loan.
var inLoanChips = []struct {
	value string
	text  evidence.Text
}{
	{ask.AsEmergency, evidence.Text{ZH: "填过，是紧急联系人", EN: "Yes, as an emergency contact"}},
	{ask.AsGuarantor, evidence.Text{ZH: "是担保人", EN: "A guarantor"}},
	{"no", evidence.Text{ZH: "没填过", EN: "No"}},
	{ask.Unknown, evidence.Text{ZH: "记不清", EN: "I do not remember"}},
}

// A callersView is who called and wrote, as far as anybody knows.
type callersView struct {
	Phones   int           // of which it is to be said whose they are
	Groups   []callerGroup // numbers that are asked about together, none of which is in Rows
	Rows     []callerView
	Aside    []asideView // numbers that are put aside, counted by why
	AsideN   int
	All      bool // those put aside are shown as well
	Named    int
	Unnamed  int // of those shown
	Brands   []brandView
	Own      []string     // names of the case's own creditor
	Nobodys  []nobodyView // numbers and accounts that collect and sign nothing
	Parted   []partedView
	Said     []saidView
	HasCalls bool
}

// A callerView is one number or account.
type callerView struct {
	ID              string // in the page
	Number, Account string // as the form names it
	Label, Name     string
	Facts           string
	Sample          string // words of a message
	Recording       string // an exhibit; empty: none is of it
	Why             string // it is asked about
	CalledToo       bool   // the person calls it themselves, and often
	Already         string // what the case has, said by no chip
	Choices         []choiceView
	Suggested       string // value of the choice that files suggest
	Seems           string // the same in words
	InLoan          []choiceView
}

type asideView struct {
	Name string
	N    int
}

type brandView struct {
	Name            string
	Messages, Calls int
}

type partedView struct{ Name, Href string }

// shown is the screen as it was asked for, after an act.
func (v *visit) shown() string {
	if v.form("all") != "" {
		return query(v.here(), "all", "yes")
	}
	return ""
}

func (v *visit) callersView() (callersView, error) {
	x, err := v.dossier()
	if err != nil {
		return callersView{}, err
	}
	a, err := v.asked()
	if err != nil {
		return callersView{}, err
	}
	given, err := desk.Answers(v.ctx, v.desk, v.dir)
	if err != nil {
		return callersView{}, err
	}
	out := callersOf(x, a.Questions, given.Answers, v.form("all") != "", v.lang)
	split := desk.BrandsOf(x)
	out.Own, out.Nobodys = split.Own, nobodysOf(x, split, v.lang)
	out.Brands = othersBrands(split)
	out.Parted, err = v.partedView(given.Answers)
	out.Said = saidOf(given.Answers, v.lang, ask.Caller, ask.Contact, "split")
	return out, err
}

// asides are why a number is put aside.
var asides = []evidence.Text{
	{ZH: "通讯录里有名字的", EN: "with a name in your contacts"},
	{ZH: "验证码、通知、银行和快递", EN: "codes, notices, banks and couriers"},
	{ZH: "您只打出去过的", EN: "that only you called"},
	{ZH: "没有名字的其他号码", EN: "others without a name"},
}

// asideOf is which of asides a number belongs to.
func asideOf(c desk.Caller) int {
	switch {
	case len(c.Names) > 0 && c.Number != "":
		return 0
	case evidence.IsService(c.Number):
		return 1
	case c.Contacts() == 0:
		return 2
	}
	return 3
}

// callersOf are the numbers and accounts of a case: those that are asked about,
// that the person named or that a file names; the rest is put aside.
func callersOf(x desk.Dossier, open []ask.Question, given []folder.Answer, all bool, lang string) callersView {
	out := callersView{All: all}
	asked := map[string]ask.Question{}
	for _, q := range open {
		if q.Kind == ask.Phone {
			out.Phones++
		}
		for _, who := range q.About.Subject() {
			if q.Kind == ask.Caller {
				asked[who] = q
			}
		}
	}
	said, inLoan := map[string]string{}, map[string]string{}
	for _, a := range given {
		if a.Kind == "split" { // what went to another case was answered anew by that
			for _, c := range a.Changes {
				delete(said, cmp.Or(c.Number, c.Account))
			}
			continue
		}
		for _, who := range a.Subject {
			switch ask.Kind(a.Kind) {
			case ask.Caller:
				said[who] = a.Value
			case ask.Contact:
				inLoan[who] = a.Value
			}
		}
	}
	var aside []callerView
	counts := make([]int, len(asides))
	rows := rowsBy(x.Incidents)
	for _, c := range desk.CallersOf(x).Numbers {
		who := cmp.Or(c.Number, c.Account)
		if c.Side == evidence.SelfSide || strings.Contains(who, "*") {
			continue
		}
		q, wanted := asked[who]
		row := callerOf(c, rows[who], x, q, said[who], inLoan[who], lang)
		row.ID = fmt.Sprintf("n%d", len(out.Rows)+len(aside)+1)
		switch {
		case wanted || said[who] != "" || c.Side != "":
			out.Rows = append(out.Rows, row)
			if said[who] != "" || c.Side != "" {
				out.Named++
			} else {
				out.Unnamed++
			}
		default:
			aside = append(aside, row)
			counts[asideOf(c)]++
		}
	}
	// those that are asked about first, in their order
	at := func(c callerView) int {
		who := cmp.Or(c.Number, c.Account)
		if _, ok := asked[who]; ok || c.Why != "" || said[who] != "" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(out.Rows, func(a, b callerView) int { return at(a) - at(b) })
	out.HasCalls, out.AsideN = len(out.Rows)+len(aside) > 0, len(aside)
	for n, t := range asides {
		if counts[n] > 0 {
			out.Aside = append(out.Aside, asideView{t.In(lang), counts[n]})
		}
	}
	out.Groups, out.Rows = grouped(out.Rows, asked, lang)
	if all {
		out.Rows = append(out.Rows, aside...)
	}
	return out
}

// HasRows reports that there is a number to be seen.
func (c callersView) HasRows() bool { return len(c.Groups)+len(c.Rows) > 0 }

// rowsBy are the acts of each number and account.
func rowsBy(all []evidence.Incident) map[string][]evidence.Incident {
	out := map[string][]evidence.Incident{}
	for _, i := range all {
		if who := cmp.Or(i.Number, i.Account()); who != "" && i.Use != evidence.No {
			out[who] = append(out[who], i)
		}
	}
	return out
}

// callerOf is one number or account, with what files and the person say of it.
func callerOf(c desk.Caller, rows []evidence.Incident, x desk.Dossier, q ask.Question,
	said, inLoan, lang string,
) callerView {
	row := callerView{Number: c.Number, Account: c.Account, Label: cmp.Or(c.Number, c.Account),
		Facts: callerFacts(c, lang), Sample: q.About.Quote, Recording: recordingOf(rows, x.Exhibits),
		CalledToo: c.Out > oftenCalled}
	if c.Number != "" {
		row.Name = strings.Join(c.Names, "、")
	}
	for _, i := range rows {
		if row.Sample == "" && i.Direction != evidence.Out && i.Kind != evidence.Call {
			row.Sample = beginning(i.Shown)
		}
	}
	chosen := cmp.Or(said, string(c.Side))
	if said == "service" { // as the command line has it
		chosen = "other"
	}
	known := false
	for _, k := range callerChips {
		row.Choices = append(row.Choices, choiceView{k.value, k.text.In(lang), k.value == chosen})
		known = known || k.value == chosen
	}
	for _, k := range q.Choices { // somebody whom the contract names can be said to be so at once
		if k.Value == ask.AsEmergency || k.Value == ask.AsGuarantor {
			row.Choices = append(row.Choices, choiceView{k.Value, k.Text.In(lang), k.Value == chosen})
			known = known || k.Value == chosen
		}
	}
	if !known && c.Side != "" {
		row.Already = sideWords(c.Side).In(lang)
	}
	if said == "" && c.Side == "" {
		row.Why = q.Why.In(lang)
		if m := exhibitPlace.FindStringSubmatch(row.Why); m != nil {
			if n := slices.IndexFunc(x.Exhibits, func(e evidence.Exhibit) bool { return e.Number == m[1] }); n >= 0 {
				row.Why = x.Exhibits[n].Name() + strings.TrimPrefix(row.Why, m[1])
			}
		}
		row.Suggested = suggested(q, rows, x.Case)
		for _, k := range row.Choices {
			if k.Value == row.Suggested {
				row.Seems = k.Text
			}
		}
	}
	if slices.Contains([]string{"family", "workplace", "friend"}, said) {
		for _, k := range inLoanChips {
			row.InLoan = append(row.InLoan, choiceView{k.value, k.text.In(lang), k.value == inLoan})
		}
	}
	return row
}

// suggested is whose a number seems to be, by what its messages are signed with or
// a file says: the person decides.
func suggested(q ask.Question, rows []evidence.Incident, c evidence.Case) string {
	for _, i := range rows {
		if side := phrase.InstitutionOf(c, i.Signature()); side != "" {
			return string(side)
		}
	}
	if len(q.About.Subject()) == 1 {
		return q.Prefill
	}
	return ""
}

// sideWords are the sides that no chip says.
func sideWords(s evidence.Side) evidence.Text {
	switch s {
	case evidence.EmergencySide:
		return evidence.Text{ZH: "紧急联系人", EN: "an emergency contact"}
	case evidence.GuarantorSide:
		return evidence.Text{ZH: "担保人或者共同借款人", EN: "a guarantor or co-borrower"}
	}
	return evidence.Text{ZH: string(s), EN: string(s)}
}

// mostSample is how many characters of a message are shown.
const mostSample = 60

// beginning is the first words of a message in one line.
func beginning(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > mostSample {
		return string(r[:mostSample]) + "……"
	}
	return s
}

// recordingOf is the recording of the longest of some calls that a page can play;
// empty: there is none.
func recordingOf(rows []evidence.Incident, exhibits []evidence.Exhibit) string {
	best, out := -1, ""
	for _, i := range rows {
		if i.Kind != evidence.Call || i.Seconds <= best {
			continue
		}
		for _, x := range exhibits {
			if x.Kind == evidence.Recording && slices.Contains(i.Exhibits, x.Number) && showable(x) {
				best, out = i.Seconds, x.Number
			}
		}
	}
	return out
}

// callerFacts is how often somebody came, and when.
func callerFacts(c desk.Caller, lang string) string {
	var parts []string
	put := func(n int, t evidence.Text) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(t.In(lang), n))
		}
	}
	calls := c.Answered + c.Missed
	put(calls, evidence.Text{ZH: "来电%d次", EN: "calls: %d"})
	if calls > 0 {
		put(c.Answered, evidence.Text{ZH: "接通%d次", EN: "answered: %d"})
	}
	put(c.Messages, evidence.Text{ZH: "发来%d条", EN: "messages: %d"})
	put(c.Nights, evidence.Text{ZH: "夜里%d次", EN: "at night: %d"})
	put(c.Out, evidence.Text{ZH: "您打出%d次", EN: "called by you: %d"})
	out := strings.Join(parts, evidence.Text{ZH: "，", EN: ", "}.In(lang))
	if !c.First.IsZero() {
		out += evidence.Text{ZH: "；", EN: "; "}.In(lang) + daysBetween(c.First, c.Last, lang)
	}
	return out
}

// daysBetween is from when to when, without the year where it is one.
func daysBetween(first, last time.Time, lang string) string {
	first, last = first.In(evidence.Beijing), last.In(evidence.Beijing)
	if lang == "en" {
		a, b := first.Format("2 Jan 2006"), last.Format("2 Jan 2006")
		if a == b {
			return a
		}
		return a + " to " + b
	}
	day := func(t time.Time, year bool) string {
		if year {
			return t.Format("2006年1月2日")
		}
		return t.Format("1月2日")
	}
	switch {
	case first.Format(time.DateOnly) == last.Format(time.DateOnly):
		return day(first, true)
	case first.Year() == last.Year():
		return day(first, true) + "至" + day(last, false)
	}
	return day(first, true) + "至" + day(last, true)
}

// sayWhose takes whose a number is; nothing chosen is no answer.
func (v *visit) sayWhose(inLoan bool) error {
	value := v.form("v")
	if value == "" {
		return nil
	}
	_, err := desk.SayWhose(v.ctx, v.keeping(), v.dir, desk.Whose{Number: v.form("number"), Account: v.form("account"),
		Value: value, InLoan: inLoan})
	return err
}
