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
	"juzheng/evidence/folder"
)

var listenScreen = screen{path: listenPath, stage: 2,
	title:   evidence.Text{ZH: "听和看", EN: "Listen and look"},
	missing: noFiles,
	view:    func(v *visit) (any, error) { return v.listenView() },
	done: func(v *visit) (bool, error) {
		a, err := v.asked()
		return !slices.ContainsFunc(a.Questions, ofCards), err
	},
	acts: map[string]act{
		"answer": func(v *visit) (string, error) { return v.answerCard() },
		"draft":  func(v *visit) (string, error) { return v.keepDraft() },
		"row":    func(v *visit) (string, error) { return v.changeRow() },
		"read":   func(v *visit) (string, error) { return v.readWords(listenPath) },

		"read-stop": func(v *visit) (string, error) { return v.stopWords() },
		"undo":      func(v *visit) (string, error) { return v.undoCard() },
	},
	words: listenWords,
}

var listenWords = words{
	"safe-h": {ZH: "先说安全", EN: "Your safety first"},
	"safe-n": {ZH: "还有%d处", EN: "and %d more"},
	"asks":   {ZH: "要您来答", EN: "For you to answer"},
	"count": {ZH: "后面大约还有%d条；挑出新的材料，会多问几条",
		EN: "About %d after this one; what you pick may add a few"},
	"last":   {ZH: "这是最后一条", EN: "This is the last one"},
	"put-by": {ZH: "您先前跳过的", EN: "You passed this over before"},
	"offers": {ZH: "图上读到的，点一下就填上：", EN: "Read off the picture; press to fill it in: "},
	"more-q": {ZH: "要紧的都看过了", EN: "All that weighs most was looked at"},
	"more-q-s": {ZH: "还有%d条可看可不看；没有答的，信里不写。",
		EN: "%d more can be looked at or left; what is not answered is in no letter."},
	"more-go": {ZH: "再看几条", EN: "Look at more"},
	"nth":     {ZH: "第%d条", EN: "No. %d"},
	"about":   {ZH: "这一条的材料", EN: "What it is about"},
	"colon":   {ZH: "：", EN: ": "},
	"known":   {ZH: "已经知道的", EN: "What is known"},
	"change":  {ZH: "改", EN: "Change"},
	"not-yet": {ZH: "没有写", EN: "not said"},
	"save":    {ZH: "就这样", EN: "Save"},
	"more":    {ZH: "另外%d份", EN: "%d more"},
	"guess":   {ZH: "看%s像是：%s", EN: "by %s it seems to be: %s"},
	"hint": {ZH: "照着写，听不清、看不清的写“……”。写字时按 Ctrl＋回车 放和停，再放会退回2秒。",
		EN: "Word for word; “……” for what you cannot make out. While typing Ctrl+Enter plays and stops, and goes back 2 s."},
	"hint-s":    {ZH: "照着写，看不清的写“……”。", EN: "Word for word; “……” for what you cannot make out."},
	"says":      {ZH: "写进信里的话，是这样一句", EN: "If a letter has it, it says"},
	"pick":      {ZH: "勾上是的那几个", EN: "Tick those that are"},
	"these":     {ZH: "就是勾上的", EN: "Those I ticked"},
	"why":       {ZH: "为什么问，答了会怎样", EN: "Why this is asked, and what it does"},
	"no-choice": {ZH: "（不选）", EN: "(none)"},
	"keep":      {ZH: "写好了", EN: "Keep it"},
	"you-had":   {ZH: "您答的是", EN: "You answered"},
	"fix":       {ZH: "改这一条", EN: "Change it"},
	"go-on":     {ZH: "接着看", EN: "Go on"},
	"unknown":   {ZH: "不知道", EN: "I do not know"},
	"skip":      {ZH: "跳过", EN: "Skip"},
	"over":      {ZH: "都看完了", EN: "That is all"},
	"over-s": {ZH: "没有别的要问您了。次数、时间这些，程序自己算好。", EN: "There is nothing more to ask you. Counts and times the program " +
		"works out itself."},
	"left":    {ZH: "还有%d条您跳过了", EN: "%d that you skipped"},
	"left-s":  {ZH: "不答也可以接着；没有答的，信里不写。", EN: "You can go on without; what is not answered is in no letter."},
	"again":   {ZH: "再看这几条", EN: "Look at them again"},
	"numbers": {ZH: "先认一认号码", EN: "First name the numbers"},
	"numbers-s": {ZH: "有%d个号码还没有认；认了以后，这里才知道该问哪些话。",
		EN: "%d numbers have no name yet; only then is it known what to ask here."},
	"to-callers": {ZH: "去认号码", EN: "Name the numbers"},
	"to-result":  {ZH: "看结果", EN: "See the result"},
	"said":       {ZH: "您答过的", EN: "What you answered"},
	"take":       {ZH: "收回", EN: "Take back"},
	"kept":       {ZH: "答一个存一个，随时可以收回", EN: "Each answer is kept at once and can be taken back"},
}

// ofCards reports a question that is put on a card: all but those that other
// screens ask.
func ofCards(q ask.Question) bool { return isOfCards(q.Kind) }

func isOfCards(k ask.Kind) bool {
	switch k {
	case ask.Caller, ask.Contact, ask.Phone, ask.Leave,
		ask.OneRow, desk.ActAnswer, desk.SheetAnswer, "split": // said of the person's own accord
		return false
	}
	for _, g := range loanGroups {
		if slices.Contains(g.kinds, k) {
			return false
		}
	}
	return true
}

// A listenView is the card that is to be answered now.
type listenView struct {
	Safety  *safetyView
	Card    *cardView
	Had     *hadView // instead: a card that was answered
	N       int
	After   int  // about how many cards come after this one
	PutBy   bool // it was passed over before
	Enough  int  // questions that are left when as many were answered; 0: that many were not, or more are wanted
	Again   bool // those that were skipped or are left are wanted
	Read    *wordsView
	Skipped int // that are left, where no other is
	Callers int // numbers nobody has named
	Back    int // the answer before; 0: there is none
	Said    []saidView
}

// saidIn is an answer in words.
func saidIn(g folder.Answer, lang string) string {
	return cmp.Or(g.Said.In(lang), ask.Spelt(g.Value).In(lang))
}

// A safetyView is what comes before all, where somebody may be in danger. The
// number to call stands out.
type safetyView struct {
	Before, Number, After string
	Acts                  []actView // for which: when, and the words
	More                  int       // beyond those
}

// A hadView is a card that was answered.
type hadView struct {
	N        int
	Text     string
	Said     string
	Exhibits []exhibitView
}

// A cardView is a question with what it is about beside it.
type cardView struct {
	ID, Head, Text, Why, Effect string
	Exhibits                    []exhibitView
	More                        []exhibitView // beyond the first few
	Known                       []knownView
	Guess, GuessSays            string
	Choices                     []keyView
	Parts                       []keyView
	Fields                      []fieldView
	Free, Long                  bool // it is typed; in several lines
	Sound                       bool // there is something to play
	Typed                       string
	Says                        string // what a letter would say by it
	Wrong                       string
}

// A keyView is a choice with the key that takes it; 0: none does. A file that is one
// stands beside it, to be looked at or played.
type keyView struct {
	Value, Text string
	Key         int
	File        *exhibitView
}

// A fieldView is what the same answer can say besides.
type fieldView struct {
	Name, Label, Hint string
	Typed, Wrong      string
	Choices           []choiceView
	Offers            []string // words of the picture that may be it: a press fills them in
}

// A knownView is what is on record of an act, and what it can be changed to.
type knownView struct {
	Label, Value string
	Row, Column  string // empty: it is not changed here
	Choices      []choiceView
	Free         bool
}

// An exhibitView is a file, or the row of a log, that a card is about.
type exhibitView struct {
	Number, Name, When, Facts    string
	Words                        string // of a message
	Picture, Sound, Video, Other bool
	Lines                        []lineView
	Machine                      bool
	Still                        bool       // its lines go into no field here
	Wide, High                   int        // of a picture on which lines are marked
	Marks                        []markView // where they stand
}

// A markView is a place on a picture where a line was read.
type markView struct{ Line, X, Y, W, H int }

// A lineView is a passage on record.
type lineView struct {
	At, Text string
	Seconds  string // from the beginning; empty: not known
}

// mostShown is how many files stand beside a card before the rest is folded away.
const mostShown = 6

func (v *visit) listenView() (listenView, error) {
	x, err := v.dossier()
	if err != nil {
		return listenView{}, err
	}
	a, err := v.asked()
	if err != nil {
		return listenView{}, err
	}
	given, err := desk.Answers(v.ctx, v.desk, v.dir)
	if err != nil {
		return listenView{}, err
	}
	out := listenView{Safety: safetyOf(x.Report, x.Incidents, a.Questions, v.lang)}
	var had []folder.Answer
	skips := map[string]int{}
	for _, g := range given.Answers {
		switch {
		case g.Value == ask.Skip:
			skips[g.Question]++
		case isOfCards(ask.Kind(g.Kind)) && !strings.HasPrefix(g.Question, "fact-"):
			had = append(had, g)
			out.Said = append(out.Said, saidView{g.N, ask.WithoutList(g.Text.In(v.lang)), saidIn(g, v.lang)})
		}
	}
	slices.Reverse(out.Said)
	var open, putBy []ask.Question
	for _, q := range a.Questions {
		switch {
		case q.Kind == ask.Caller:
			out.Callers++
		case !ofCards(q):
		case skips[q.ID] == 0 || v.form("again") != "" || v.form("q") == q.ID:
			open = append(open, q)
		case comesBack(q, skips[q.ID]):
			putBy = append(putBy, q)
		default:
			out.Skipped++
		}
	}
	files, others := len(x.Exhibits), len(given.Answers)-len(had)+len(a.Questions)-len(open)-len(putBy)-out.Skipped
	out.N = len(had) + 1
	ceiling := keptCeiling(x.Folder, files, len(had), open, others)
	out.Again = v.form("again") != ""
	if out.Read, err = v.wordsView(x, listenPath); err != nil {
		return out, err
	}
	if len(had) > 0 {
		out.Back = had[len(had)-1].N
	}
	cards := cardMaker{x, a, v.lang}
	if n := slices.IndexFunc(had, func(g folder.Answer) bool { return strconv.Itoa(g.N) == v.form("had") }); n >= 0 {
		out.N, out.Back = n+1, 0
		if n > 0 {
			out.Back = had[n-1].N
		}
		out.Had, err = cards.had(had[n])
		return out, err
	}
	if out.Read != nil && out.Read.Going {
		return out, nil
	}
	if len(had) >= ceiling && !out.Again && v.form("q") == "" {
		matter := append(beyondCeiling(open), putBy...)
		if out.Enough = len(open); len(matter) > 0 {
			out.Enough = 0
		}
		open = matter
	} else {
		open = append(open, putBy...)
	}
	if len(open) == 0 {
		return out, nil
	}
	out.After = after(len(had), ceiling, open)
	at := max(0, slices.IndexFunc(open, func(q ask.Question) bool { return q.ID == v.form("q") }))
	out.PutBy = skips[open[at].ID] > 0
	if out.Card, err = cards.card(open[at]); err != nil {
		return out, err
	}
	out.Card.Wrong = v.wrong["v"]
	out.Card.Typed = desk.Draft(x.Folder, open[at].ID)
	for n := range out.Card.Fields {
		f := &out.Card.Fields[n]
		f.Wrong, f.Typed = v.wrong[fieldPrefix+f.Name], v.form(fieldPrefix+f.Name)
		for k := range f.Choices {
			f.Choices[k].Checked = f.Choices[k].Value == f.Typed
		}
	}
	if typed, ok := v.r.PostForm["v"]; ok && len(v.wrong) > 0 {
		out.Card.Typed = typed[0]
	} else if out.Card.Typed == "" && open[at].Free {
		out.Card.Typed = open[at].Prefill
	}
	out.Card.Says = sentenceOf(x, open[at], out.Card)
	return out, nil
}

// safetyOf is what to do at once, if anybody may be in danger.
func safetyOf(report evidence.Report, rows []evidence.Incident, open []ask.Question, lang string) *safetyView {
	var t evidence.Text
	if report.Emergency.ZH != "" {
		t = evidence.Text{
			ZH: "下面的话涉及人身安全。有危险时立即拨打 110，先到安全的地方；已经发生的，尽快到派出所报案，索取受案回执。投诉材料不能代替报警。",
			EN: "These words concern somebody's safety. In danger call 110 at once and get to a safe place; report what has " +
				"happened to the police and ask for a receipt. No complaint letter stands in for that."}
	} else if slices.ContainsFunc(open, func(q ask.Question) bool { return q.Danger }) {
		t = evidence.Text{ZH: "有的话像是威胁人身安全。有危险时立即拨打 110，先到安全的地方。",
			EN: "Some words sound like a threat to somebody's safety. In danger call 110 at once and get to a safe place."}
	}
	if t.ZH == "" {
		return nil
	}
	out := &safetyView{}
	for _, id := range report.Endangered {
		n := slices.IndexFunc(rows, func(i evidence.Incident) bool { return i.ID == id })
		switch {
		case n < 0:
		case len(out.Acts) == mostEndangered:
			out.More++
		default:
			a := actOf(rows[n], lang)
			for _, w := range report.Worded {
				if w.Incident == id && w.Danger {
					a.Quote = w.Quote
				}
			}
			out.Acts = append(out.Acts, a)
		}
	}
	var found bool
	if out.Before, out.After, found = strings.Cut(t.In(lang), "110"); found {
		out.Number = "110"
	}
	return out
}

// mostEndangered is how many acts stand under what to do at once.
const mostEndangered = 3

// answerCard takes the answer of a card and goes on to the next.
func (v *visit) answerCard() (string, error) {
	id := v.form("q")
	value := strings.TrimSpace(v.r.PostForm.Get("choice"))
	a, err := v.asked()
	if err != nil {
		return "", err
	}
	n := slices.IndexFunc(a.Questions, func(q ask.Question) bool { return q.ID == id })
	if n < 0 {
		return v.answeredElsewhere(id)
	}
	q := a.Questions[n]
	switch {
	case value != "":
	case q.Parts > 1:
		value = partsValue(q, v.r.PostForm["p"])
	default:
		value = strings.TrimSpace(v.r.PostForm.Get("v"))
		if value != "" && len(q.Fields) > 0 {
			fields := map[string]string{}
			for _, f := range q.Fields {
				fields[f.Name] = v.r.PostForm.Get(fieldPrefix + f.Name)
			}
			value = q.With(value, fields)
		}
	}
	if value == "" {
		return "", &mistake{"v", emptyWords(q)}
	}
	err = v.answer(id, value)
	var wrong *ask.ValueError
	if errors.As(err, &wrong) {
		t := wrong.Wanted
		if t.ZH == "" {
			t = emptyWords(q)
		}
		field := "v"
		if wrong.Field != "" {
			field = fieldPrefix + wrong.Field
		}
		return "", &mistake{field, t}
	}
	if err == nil {
		desk.KeepDraft(a.Folder, id, "")
	}
	if err == nil && v.form("again") != "" {
		return query(v.here(), "again", "yes"), nil
	}
	return "", err
}

// fieldPrefix begins the name of a field of a card in its form.
const fieldPrefix = "f-"

// answeredElsewhere shows what a question was answered that stands no longer: in another
// window, or by a second press.
func (v *visit) answeredElsewhere(id string) (string, error) {
	given, err := desk.Answers(v.ctx, v.desk, v.dir)
	if err != nil {
		return "", err
	}
	for _, g := range given.Answers {
		if g.Question == id && g.Value != cmp.Or(v.form("choice"), g.Value) {
			return query(v.here(), "had", strconv.Itoa(g.N)), nil
		}
		if g.Question == id {
			return "", nil
		}
	}
	return "", &desk.StaleQuestionError{ID: id}
}

func emptyWords(q ask.Question) evidence.Text {
	if q.Free {
		return evidence.Text{ZH: "还没有写。不知道的，按“不知道”。", EN: "Nothing was typed. If you do not know, say so below."}
	}
	return evidence.Text{ZH: "还没有选。不知道的，按“不知道”。", EN: "Nothing was chosen. If you do not know, say so below."}
}

// partsValue is the answer that is yes of the parts that were ticked; none is no
// answer: who means that presses so.
func partsValue(q ask.Question, ticked []string) string {
	if len(ticked) == 0 {
		return ""
	}
	if len(ticked) == q.Parts && len(q.Choices) > 0 {
		return q.Choices[0].Value
	}
	value, _ := q.Some(strings.Join(ticked, " "))
	return value
}

// keepDraft keeps what is being typed, and goes on to its card, which has the sentence that
// comes of it.
func (v *visit) keepDraft() (string, error) {
	a, err := v.asked()
	if err != nil {
		return "", err
	}
	id := v.form("q")
	n := slices.IndexFunc(a.Questions, func(q ask.Question) bool { return q.ID == id })
	if n < 0 {
		return "", nil
	}
	desk.KeepDraft(a.Folder, id, v.r.PostForm.Get("v"))
	with := []string{"q", id}
	for _, f := range a.Questions[n].Fields {
		with = append(with, fieldPrefix+f.Name, v.r.PostForm.Get(fieldPrefix+f.Name))
	}
	return query(v.here(), with...), nil
}

// sentenceOf is what a letter would say by a card as it is filled in.
func sentenceOf(x desk.Dossier, q ask.Question, c *cardView) string {
	if !c.Long || strings.TrimSpace(c.Typed) == "" {
		return ""
	}
	value := strings.TrimSpace(c.Typed)
	if len(q.Fields) > 0 {
		fields := map[string]string{}
		for _, f := range c.Fields {
			fields[f.Name] = f.Typed
		}
		value = q.With(value, fields)
	}
	return desk.SentenceOf(x, q, value)
}

// undoCard takes an answer back and shows its card again.
func (v *visit) undoCard() (string, error) {
	r, err := desk.UndoAnswer(v.ctx, v.desk, v.dir, v.form("n"))
	if err != nil {
		return "", err
	}
	return query(v.here(), "q", r.Answers[0].Question), nil
}

// changeRow changes what stands of the act that a card is about, and shows the card
// again.
func (v *visit) changeRow() (string, error) {
	back := query(v.here(), "q", v.form("q"))
	value := strings.TrimSpace(v.form("value"))
	if value == "" {
		return back, nil
	}
	_, err := desk.SayOfRow(v.ctx, v.keeping(), v.dir, desk.RowFact{Row: v.form("row"), Column: v.form("column"),
		Value: value})
	return back, err
}
