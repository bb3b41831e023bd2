package web

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
)

// timelineScreen is every act of the case, to be looked at, put right and added to: what
// the questions do not come to.
var timelineScreen = screen{path: timelinePath,
	title:   evidence.Text{ZH: "一件件看", EN: "Act by act"},
	missing: noFiles,
	view:    func(v *visit) (any, error) { return v.timelineView() },
	acts: map[string]act{
		"add":    func(v *visit) (string, error) { return v.addAct() },
		"row":    func(v *visit) (string, error) { return v.changeAct() },
		"remove": func(v *visit) (string, error) { return v.removeAct() },

		"restate": func(v *visit) (string, error) { return v.restateAct() },
	},
	words: timelineWords,
}

var timelineWords = func() words {
	out := words{
		"lead": {ZH: "材料里读到的、您自己说的，按时间排。点一件，看它、改它。",
			EN: "What was read off the files and what you said, by time. Press one to see it and put it right."},
		"matter": {ZH: "和这件事有关的", EN: "Of the matter"},
		"every":  {ZH: "全部", EN: "All"},
		"none":   {ZH: "还没有。", EN: "None yet."},
		"page":   {ZH: "第%d到%d件，共%d件", EN: "%d to %d of %d"},
		"before": {ZH: "前面的", EN: "Earlier"},
		"after":  {ZH: "后面的", EN: "Later"},
		"close":  {ZH: "看完了", EN: "Close"},
		"remove": {ZH: "这件是我写的，删掉", EN: "I wrote this one: take it out"},
		"out":    {ZH: "不算", EN: "not counted"},
		"add":    {ZH: "记一件事", EN: "Write down an act"},
		"add-s": {ZH: "材料里没有的：上门、没有记录的电话、别人转告的。信里写明“本人陈述”。",
			EN: "What no file has: a visit, a call without a record, what somebody told you. Letters say that it is your " +
				"statement."},
		"restate": {ZH: "时间、号码、接没接、说了什么，不是这样的", EN: "Time, number, answered or words: it was otherwise"},
		"restate-s": {ZH: "文件不会改。改了的算您自己说的：信里写明“本人陈述”，连同文件里的记录一起写；文件里那一件不再算。" +
			"只知道没有这回事的，不用在这里改，在“算这件事里的吗”选“不算”。",
			EN: "The file stays as it is. What you say counts as your statement, and letters give it with what the file has; " +
				"the act as the file has it is not counted any more. If there was no such act, say above that it is not of " +
				"the matter instead."},
		"restate-which": {ZH: "哪一样", EN: "What"},
		"restate-value": {ZH: "应该是", EN: "It was"},
		"restate-why":   {ZH: "您怎么知道的（照实写，信里会写）", EN: "How you know (letters give it)"},
		"no-choice":     {ZH: "（不选）", EN: "(none)"},
		"keep":          {ZH: "记下来", EN: "Write it down"},
	}
	for _, name := range []string{"known", "change", "not-yet", "save"} {
		out[name] = listenWords[name]
	}
	return out
}()

// A timelineView is a page of acts, the one that is looked at, and the form of a new one.
type timelineView struct {
	Row           *actCard
	Rows          []lineOfAct
	Every         bool
	From, To, All int
	Before, After string      // addresses of the pages beside
	Href          string      // of the screen with what is chosen
	Fields        []fieldView // of a new act
}

// A lineOfAct is an act in one line of the list.
type lineOfAct struct {
	Href, What, Who, Quote string
	Out                    bool // it does not count
}

// An actCard is an act with all that is on record of it.
type actCard struct {
	ID, Title string
	Exhibits  []exhibitView
	Known     []knownView
	Own       bool // the person wrote it
	Wrong     string
	Column    string // that Wrong is about
	Restate   restateView
}

// A restateView is the form by which something of an act is said to have been otherwise.
type restateView struct {
	Fields               []choiceView // what can be, each with what stands now
	Value, Why           string       // as typed
	WrongValue, WrongWhy string
}

// restateFields are what is read off a file as it stands there, by the column of each.
var restateFields = []struct {
	column string
	label  evidence.Text
	has    func(evidence.Incident) bool
}{
	{ask.TimeColumn, evidence.Text{ZH: "时间", EN: "when"}, always},
	{"number", evidence.Text{ZH: "对方的号码", EN: "their number"}, always},
	{"direction", evidence.Text{ZH: "打来、打出", EN: "in or out"},
		func(i evidence.Incident) bool { return i.Kind != evidence.Visit }},
	{"answered", evidence.Text{ZH: "接通了吗（是、否）", EN: "answered (yes, no)"},
		func(i evidence.Incident) bool { return i.Kind == evidence.Call }},
	{"seconds", evidence.Text{ZH: "多少秒", EN: "seconds"},
		func(i evidence.Incident) bool { return i.Kind == evidence.Call }},
	{"what the file shows", evidence.Text{ZH: "说了什么", EN: "what was said"},
		func(i evidence.Incident) bool { return i.Made() && i.Shown != "" }},
}

// restateOf is that form for an act.
func restateOf(i evidence.Incident, chosen, lang string) restateView {
	var out restateView
	for _, f := range restateFields {
		if f.has(i) {
			text := f.label.In(lang)
			if now := beginning(desk.CellOf(i, f.column)); now != "" {
				text += evidence.Text{ZH: "：", EN: ": "}.In(lang) + now
			}
			out.Fields = append(out.Fields, choiceView{f.column, text, f.column == chosen})
		}
	}
	return out
}

// actFacts are what can be changed of any act.
var actFacts = slices.Concat([]rowFact{
	{ask.TimeColumn, evidence.Text{ZH: "时间", EN: "When"},
		func(i evidence.Incident) string { return evidence.FormatTime(i.Time) }, always},
	{ask.NameColumn, evidence.Text{ZH: "对方叫什么", EN: "They are called"},
		func(i evidence.Incident) string { return i.Name }, always},
	{ask.UseColumn, evidence.Text{ZH: "算这件事里的吗", EN: "Of the matter"},
		func(i evidence.Incident) string { return string(i.Use) }, always},
}, rowFacts, []rowFact{
	{ask.KindsColumn, evidence.Text{ZH: "对方是在", EN: "Amounts to"},
		func(i evidence.Incident) string {
			if len(i.Asserted) == 1 {
				return string(i.Asserted[0].Rule())
			}
			return ""
		}, func(i evidence.Incident) bool { return len(i.Asserted) < 2 }}, // several are not to be one by a press
	{ask.WordsColumn, evidence.Text{ZH: "您的话", EN: "Your words"},
		func(i evidence.Incident) string { return i.Words }, always},
})

func always(evidence.Incident) bool { return true }

// actsShown is how many acts stand on one page.
const actsShown = 50

func (v *visit) timelineView() (timelineView, error) {
	x, err := v.dossier()
	if err != nil {
		return timelineView{}, err
	}
	a, err := v.asked()
	if err != nil {
		return timelineView{}, err
	}
	every := v.form("every") != ""
	from, _ := strconv.Atoi(v.form("from"))
	out := timelineOf(x, every, from, v.base()+"/"+timelinePath, v.lang)
	for n := range out.Fields {
		f := &out.Fields[n]
		f.Typed, f.Wrong = v.r.PostForm.Get(f.Name), v.wrong[f.Name]
		for k := range f.Choices {
			f.Choices[k].Checked = f.Choices[k].Value == f.Typed
		}
	}
	id := v.form("row")
	n := slices.IndexFunc(x.Incidents, func(i evidence.Incident) bool { return i.ID == id })
	if n < 0 {
		return out, nil
	}
	i, cards := x.Incidents[n], cardMaker{x, a, v.lang}
	out.Row = &actCard{ID: id, Title: cards.title(i), Own: !i.Made(), Wrong: v.wrong["value"],
		Column: v.r.PostForm.Get("column")}
	out.Row.Restate = restateOf(i, v.form("column"), v.lang)
	out.Row.Restate.Value, out.Row.Restate.Why = v.r.PostForm.Get(restateValue), v.r.PostForm.Get(restateWhy)
	out.Row.Restate.WrongValue, out.Row.Restate.WrongWhy = v.wrong[restateValue], v.wrong[restateWhy]
	if out.Row.Known, err = cards.known(id, actFacts); err != nil {
		return out, err
	}
	out.Row.Exhibits, err = cards.exhibits([]string{id}, nil)
	for n := range out.Row.Exhibits {
		out.Row.Exhibits[n].When, out.Row.Exhibits[n].Still = "", true // that stands above
	}
	return out, err
}

// timelineOf is a page of acts: of the matter, or every one.
func timelineOf(x desk.Dossier, every bool, from int, at, lang string) timelineView {
	out := timelineView{Every: every}
	rows := slices.DeleteFunc(slices.Clone(x.Incidents), func(i evidence.Incident) bool {
		return !every && i.Made() && !x.Case.Concerns(i)
	})
	slices.SortStableFunc(rows, func(a, b evidence.Incident) int { return a.Time.At.Compare(b.Time.At) })
	page := func(from int, more ...string) string {
		pairs := append([]string{"from", strconv.Itoa(from)}, more...)
		if every {
			pairs = append(pairs, "every", "yes")
		}
		return query(at, pairs...)
	}
	out.All = len(rows)
	from = max(0, min(from, len(rows)-1))
	from -= from % actsShown
	out.Href = page(from)
	if from > 0 {
		out.Before = page(from - actsShown)
	}
	shown := rows[from:min(len(rows), from+actsShown)]
	if from+len(shown) < len(rows) {
		out.After = page(from + actsShown)
	}
	out.From, out.To = from+min(1, len(shown)), from+len(shown)
	m := cardMaker{lang: lang}
	for _, i := range shown {
		out.Rows = append(out.Rows, lineOfAct{page(from, "row", i.ID), m.title(i),
			strings.TrimSpace(i.Number + " " + i.Name), beginning(cmp.Or(i.Shown, i.Words)), i.Use == evidence.No})
	}
	for _, f := range actFields {
		view := fieldView{Name: f.name, Label: f.label.In(lang), Hint: f.hint.In(lang)}
		if f.choices != nil {
			if view.Choices = f.choices(x, lang); len(view.Choices) == 0 {
				continue
			}
		}
		out.Fields = append(out.Fields, view)
	}
	return out
}

func choicesIn(all []ask.Choice, lang string) (out []choiceView) {
	for _, c := range all {
		out = append(out, choiceView{Value: c.Value, Text: c.Text.In(lang)})
	}
	return out
}

// unplacedIn are the exhibits that no act has: one of them may be the recording or the
// picture of what is written down.
func unplacedIn(x desk.Dossier, _ string) (out []choiceView) {
	for _, e := range x.Exhibits {
		if !e.Kind.IsLog() && e.Extract == nil && !slices.ContainsFunc(x.Incidents, func(i evidence.Incident) bool {
			return slices.Contains(i.From(), e.Number)
		}) {
			out = append(out, choiceView{Value: e.Number, Text: e.Number + " " + e.Name()})
		}
	}
	return out
}

func kindsOfActs(_ desk.Dossier, lang string) (out []choiceView) {
	for _, k := range []evidence.IncidentKind{evidence.Visit, evidence.Call, evidence.SMS, evidence.Message, evidence.Mail,
		evidence.Post} {
		out = append(out, choiceView{Value: string(k), Text: k.Title().In(lang)})
	}
	return out
}

// actFields are the fields of a new act, each with the head of the timeline that it fills.
var actFields = []struct {
	name, head  string
	label, hint evidence.Text
	choices     func(desk.Dossier, string) []choiceView // nil: it is typed
}{
	{"kind", "kind", evidence.Text{ZH: "是什么事", EN: "What it was"}, evidence.Text{}, kindsOfActs},
	{"time", "time", evidence.Text{ZH: "什么时候", EN: "When"}, evidence.Text{
		ZH: "写成 2026-09-08 19:30；只记得哪一天的，写到日。", EN: "As 2026-09-08 19:30, or the day alone."}, nil},
	{"name", "name", evidence.Text{ZH: "对方叫什么、自称什么", EN: "What they are called, or called themselves"},
		evidence.Text{}, nil},
	{"number", "number", evidence.Text{ZH: "对方的号码", EN: "Their number"},
		evidence.Text{ZH: "不知道就空着。", EN: "Leave it empty if you do not know."}, nil},
	{"reached", "reached", evidence.Text{ZH: "找到的是谁", EN: "Who was reached"}, evidence.Text{},
		func(_ desk.Dossier, lang string) []choiceView { return choicesIn(ask.People(), lang) }},
	{"told", "told by", evidence.Text{ZH: "别人转告的：谁、什么时候告诉您的", EN: "If you were told: by whom, and when"},
		evidence.Text{}, nil},
	{wordsField, "my own words", evidence.Text{ZH: "经过，对方说了什么", EN: "What happened, and what they said"},
		evidence.Text{}, nil},
	{"kinds", "asserted kinds", evidence.Text{ZH: "对方是在", EN: "What it amounts to"},
		evidence.Text{ZH: "拿不准的不选。", EN: "Choose none if you are not sure."},
		func(_ desk.Dossier, lang string) []choiceView { return choicesIn(ask.ActKinds(), lang) }},
	{"exhibit", "exhibits", evidence.Text{ZH: "有录音、照片的，选它", EN: "Its recording or picture, if there is one"},
		evidence.Text{}, unplacedIn},
}

// wordsField is the one field of several lines.
const wordsField = "words"

// addAct writes down an act that no file has.
func (v *visit) addAct() (string, error) {
	cells := map[string]string{}
	for _, f := range actFields {
		if value := v.form(f.name); !(f.name == "kinds" && value == string(evidence.No)) {
			cells[f.head] = value
		}
	}
	_, err := desk.RecordAct(v.ctx, v.keeping(), v.dir, cells)
	var bad *desk.CellError
	if errors.As(err, &bad) {
		for _, f := range actFields {
			if f.head == bad.Column {
				return "", &mistake{f.name, bad.Wanted}
			}
		}
	}
	return "", err
}

// changeAct changes what stands of an act, and shows it again.
func (v *visit) changeAct() (string, error) {
	at := v.actAt(v.form("row"))
	value := strings.TrimSpace(v.form("value"))
	if value == "" {
		return at, nil
	}
	_, err := desk.SayOfRow(v.ctx, v.keeping(), v.dir, desk.RowFact{Row: v.form("row"), Column: v.form("column"),
		Value: value})
	var wrong *ask.ValueError
	if errors.As(err, &wrong) && wrong.Wanted.ZH != "" {
		return "", &mistake{"value", wrong.Wanted}
	}
	return at, err
}

// The fields of the form of [restateView].
const restateValue, restateWhy = "r-value", "r-why"

// restateAct takes what the person says of an act otherwise than it stands.
func (v *visit) restateAct() (string, error) {
	_, err := desk.RestateAct(v.ctx, v.keeping(), v.dir, desk.Restated{Row: v.form("row"), Column: v.form("column"),
		Value: v.form(restateValue), Why: v.form(restateWhy)})
	var bad *desk.CellError
	if errors.As(err, &bad) {
		field := restateValue
		if bad.Column == desk.RestateWhy {
			field = restateWhy
		}
		return "", &mistake{field, bad.Wanted}
	}
	return v.actAt(""), err
}

// removeAct takes out an act that the person wrote.
func (v *visit) removeAct() (string, error) {
	_, err := desk.RemoveAct(v.ctx, v.keeping(), v.dir, v.form("row"))
	return v.actAt(""), err
}

// actAt is the address of the page of acts that the form came from, with an act open.
func (v *visit) actAt(row string) string {
	var with []string
	for _, name := range []string{"every", "from"} {
		if value := v.form(name); value != "" {
			with = append(with, name, value)
		}
	}
	if row != "" {
		with = append(with, "row", row)
	}
	return query(v.here(), with...)
}
