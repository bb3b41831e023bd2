package web

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

var foundScreen = screen{path: foundPath, stage: 1,
	title: evidence.Text{ZH: "读到了什么", EN: "What was found"},
	view:  func(v *visit) (any, error) { return v.foundView() },
	done:  func(v *visit) (bool, error) { a, err := v.asked(); return foundDone(a), err },
	acts: map[string]act{
		"answer": func(v *visit) (string, error) { return "", v.answer(v.form("q"), v.form("v")) },
		"undo":   func(v *visit) (string, error) { return "", v.undo(v.form("n")) },
		"go-on":  func(v *visit) (string, error) { return v.base() + "/" + loanPath, v.leaveOut() },
		"ticks":  func(v *visit) (string, error) { return "", v.keepTicks() },
		"leave":  func(v *visit) (string, error) { return "", v.leaveOne(false) },
		"back":   func(v *visit) (string, error) { return "", v.leaveOne(true) },
		"stop": func(v *visit) (string, error) {
			if w, any := v.working(); any && !w.ended && w.name == addWork {
				w.stop()
			}
			return "", nil
		},
		"read": func(v *visit) (string, error) { return v.readWords(foundPath) },

		"read-stop": func(v *visit) (string, error) { return v.stopWords() },

		"resume":   func(v *visit) (string, error) { return "", v.resume() },
		"enough":   func(v *visit) (string, error) { return "", desk.GiveUpAdding(v.desk, v.dir) },
		"remember": func(v *visit) (string, error) { return "", v.s.remember(v.key, v.form("on") == "yes") },
	},
	words: words{
		"missed": {ZH: "拖进来的有%d个没有收到：文件名或大小不合适，或者磁盘满了。原来的文件没有动，用“再加一个文件夹”补上。",
			EN: "%d of what was dropped did not come: name or size will not do, or the disk is full. The " +
				"originals are " +
				"untouched; add the folder again."},
		"reading":  {ZH: "正在读", EN: "Reading"},
		"seen":     {ZH: "%d个文件都看过了", EN: "%d files were looked at"},
		"none":     {ZH: "还没有文件", EN: "There are no files yet"},
		"none-s":   {ZH: "回到“开始”，把手机文件夹拖进来。", EN: "Go to the start and drop the phone's folder."},
		"safe":     {ZH: "一个也没漏，原来的文件没有动。", EN: "None was dropped, and the originals are untouched."},
		"share":    {ZH: "已读%d%%", EN: "%d%% read"},
		"counting": {ZH: "在数有多少", EN: "counting"},
		"meanwhile": {ZH: "可以离开这一页，读不会停；关掉程序会停，下次接着读。",
			EN: "You can leave this page; the reading goes on. It stops when the program ends, and goes on next time."},
		"half":   {ZH: "“%s”还没有读完", EN: "“%s” was not read to its end"},
		"half-s": {ZH: "读过的都在。接着读，已经读过的不会重复。", EN: "What was read is there. Reading on takes nothing twice."},
		"half-0": {ZH: "读过的都在。剩下的不在原来的地方了：把手机文件夹再给一次，已经读过的不会重复。",
			EN: "What was read is there. The rest is no longer where it was: give the phone's folder once more; " +
				"nothing is taken twice."},
		"resume":   {ZH: "接着读", EN: "Read on"},
		"enough":   {ZH: "不读了，就用这些", EN: "Leave it; these will do"},
		"so-far":   {ZH: "%d个文件看过了，还没有完", EN: "%d files were looked at, not all"},
		"where":    {ZH: "案件夹在：", EN: "The case folder is at: "},
		"not-done": {ZH: "没有读完", EN: "It was not read to the end"},
		"ask-you":  {ZH: "要您来答", EN: "For you to answer"},
		"whose":    {ZH: "这些是谁的手机里的？", EN: "Whose phone are these from?"},
		"unknown":  {ZH: "不知道", EN: "I do not know"},
		"save":     {ZH: "就这样", EN: "Save"},
		"change":   {ZH: "改", EN: "Change"},
		"said":     {ZH: "您答过的", EN: "What you answered"},
		"guess":    {ZH: "看%s像是：%s", EN: "by %s it seems to be: %s"},
		"out":      {ZH: "先不放进去", EN: "Left out for now"},
		"out-s": {ZH: "多半与催收无关，或者是您自己的事。用得上的，勾上就放进去。",
			EN: "Mostly nothing to do with the collection, or your own affair. Tick what is of use, and it goes in."},
		"lists":   {ZH: "像是通话详单，里面没有读出来", EN: "These look like lists of calls, and were not read"},
		"lists-s": {ZH: "里面的通话一通也没有算进去。", EN: "None of the calls in them is counted."},
		"lists-in": {ZH: "勾上就把整份放进去；里面也有您和别人的通话，交出去的人看得到。",
			EN: "Tick it to put the whole file in; it also has your calls with others, and whoever gets it can read them."},
		"in":     {ZH: "放进去的", EN: "What goes in"},
		"in-s":   {ZH: "和这件事无关的、您自己的，可以拿出来。", EN: "Take out what has nothing to do with it, or is your own."},
		"gone":   {ZH: "不放进去的", EN: "What stays out"},
		"take":   {ZH: "不放", EN: "Leave it out"},
		"put":    {ZH: "放回去", EN: "Put it back"},
		"rest":   {ZH: "另有%d个没有列出", EN: "%d more are not listed"},
		"look":   {ZH: "一个个看", EN: "Look at each"},
		"put-in": {ZH: "放进去", EN: "put it in"},
		"count":  {ZH: "%d个", EN: "%d"},
		"listen": {ZH: "里面的录音", EN: "a recording"},
		"sealed": {ZH: "整份的短信、通话记录封在原来的备份文件里。交给别人的副本默认不带它们；信里引用的几行另做摘录。",
			EN: "Whole logs of messages and calls stay sealed in their backup files. Copies for others do not " +
				"have them by default; the rows that letters cite are extracted."},
		"unused":   {ZH: "没能用上", EN: "Not used"},
		"unused-0": {ZH: "每个文件都用上了。", EN: "Every file was of use."},
		"sum":      {ZH: "%d个用上＋%d个先不放＋%d个没用上＝%d个文件", EN: "%d used + %d left out + %d not used = %d files"},
		"list-it":  {ZH: "下次在“开始”里列出这个案件", EN: "List this case at the start next time"},
		"list-it-s": {ZH: "会记下它的位置；和别人共用电脑的，不要勾。",
			EN: "Its place is noted; leave this off on a computer that others use."},
		"more-files": {ZH: "再加一个文件夹", EN: "Add another folder"},
		"kept":       {ZH: "都存好了，随时可以关掉", EN: "All is saved; close it whenever you like"},
		"on":         {ZH: "接着", EN: "Go on"},
	},
}

// ofFound reports a question that is put on this screen.
func ofFound(q ask.Question) bool { return q.Kind == ask.Phone || q.Kind == ask.Leave }

// foundDone reports that the person has seen what goes in. What later answers put on this
// screen stays out until it is put in, and takes no step back.
func foundDone(a desk.Asked) bool {
	past := slices.ContainsFunc(a.Answers, func(g folder.Answer) bool { return ask.Kind(g.Kind) != ask.Phone })
	return len(a.Exhibits) > 0 && !slices.ContainsFunc(a.Questions, func(q ask.Question) bool {
		return ofFound(q) && !(past && q.Kind == ask.Leave)
	})
}

// A foundView is what became of the files.
type foundView struct {
	Going   *goingView  // files are being read
	Failed  *failedView // reading ended before its time
	Read    *wordsView  // pictures can be read
	Half    string      // what was not read to its end; else empty
	HalfOn  bool        // it is still there
	Missed  int         // files that were dropped and did not come
	Total   int
	Tally   []tallyView
	Phones  []questionView
	Said    []saidView
	In      []groupView // what goes in, by kind
	Out     []groupView // what the person said stays out
	Dir     string      // of the case
	InUse   string      // why one could not be left out; else empty
	Leave   string      // id of the question whether these stay out; empty: none do
	Groups  []groupView
	Few     bool       // those are so few that they stand unfolded
	Lists   []fileView // of them those that look like lists of calls and were not read
	Logs    bool       // whole logs are among the files
	Unused  []unusedView
	UnusedN int
	Sum     [4]int // used, left out, not used, all
	Listed  bool
	CanList bool // where cases are listed is known
}

type goingView struct {
	Share   int  // per cent; -1: not known
	Seconds int  // -1: not known
	Minutes int  // instead, of what takes long; else 0
	Last    bool // what can be counted is done
}

type tallyView struct{ Name, N, Unit string }

// A questionView is a question with what can be answered.
type questionView struct {
	ID, Text, Why string
	Guess         string // where the suggested answer was read; empty: none is
	GuessSays     string
	Choices       []choiceView
}

type choiceView struct {
	Value, Text string
	Checked     bool
}

// A saidView is an answer that stands.
type saidView struct {
	N          int
	Text, Said string
}

type groupView struct {
	Name  string
	Files []fileView
	More  int // that are not listed
	N     int // of all
}

type fileView struct {
	Number, Name string
	Picture      bool
	Sound        bool
	Why          string // it was not read
	Out          bool   // it stays out
	Ticked       bool   // to go in, and that was not sent yet
}

type unusedView struct {
	What  string
	N     int
	Names []string // the first of them
}

// mostNames is how many files are named of those that were of no use for one
// reason.
const mostNames = 200

func (v *visit) foundView() (foundView, error) {
	w, any := v.working()
	if any && !w.ended && w.name != readingWork {
		return v.foundSoFar(w)
	}
	x, err := v.dossier()
	if err != nil {
		return foundView{}, err
	}
	a, err := v.asked()
	if err != nil {
		return foundView{}, err
	}
	answers, err := desk.Answers(v.ctx, v.desk, v.dir)
	if err != nil {
		return foundView{}, err
	}
	out := foundOf(x, a.Questions, v.lang, v.s.note)
	out.Said = saidOf(answers.Answers, v.lang, ask.Phone)
	out.InUse, out.Dir = v.wrong["leave"], v.dir
	if a, there, ok := desk.Unfinished(v.desk, v.dir); ok {
		out.Half, out.HalfOn = filepath.Base(a.Paths[0]), there
	}
	if out.Read, err = v.wordsView(x, foundPath); err != nil {
		return out, err
	}
	if any && w.name != readingWork && w.err != nil && !errors.Is(w.err, context.Canceled) {
		out.Failed = v.failedView(w.err)
	}
	out.Missed = w.missed
	out.ticked(strings.Fields(desk.Draft(x.Folder, leaveTicks)))
	out.CanList = v.s.recentPath() != ""
	out.Listed = slices.Contains(v.s.recent(), v.dir)
	return out, nil
}

// foundSoFar counts what was admitted while files are read.
func (v *visit) foundSoFar(w work) (foundView, error) {
	var out foundView
	out.Going = w.progressAt(time.Now()).going()
	listed, err := desk.List(v.ctx, v.desk, v.dir)
	if err != nil {
		return out, err
	}
	out.Tally = tallyOf(listed.Exhibits, nil, nil, v.lang)
	return out, nil
}

// tallyKinds are the kinds of files that are counted, in their order.
var tallyKinds = []struct {
	kinds []evidence.ExhibitKind
	unit  evidence.Text
}{
	{[]evidence.ExhibitKind{evidence.Recording}, evidence.Text{ZH: "段"}},
	{[]evidence.ExhibitKind{evidence.Screenshot}, evidence.Text{ZH: "张"}},
	{[]evidence.ExhibitKind{evidence.Photo}, evidence.Text{ZH: "张"}},
	{[]evidence.ExhibitKind{evidence.Video}, evidence.Text{ZH: "段"}},
	{[]evidence.ExhibitKind{evidence.SMSLog}, evidence.Text{ZH: "份"}},
	{[]evidence.ExhibitKind{evidence.CallLog}, evidence.Text{ZH: "份"}},
	{[]evidence.ExhibitKind{evidence.ChatLog}, evidence.Text{ZH: "份"}},
	{[]evidence.ExhibitKind{evidence.Document}, evidence.Text{ZH: "份"}},
}

// logKinds are the kinds of files that hold messages as rows.
var logKinds = []evidence.ExhibitKind{evidence.SMSLog, evidence.CallLog, evidence.ChatLog, evidence.Document}

// tallyOf counts files by kind, without those that stay out, and the calls and
// messages that are read in them.
func tallyOf(exhibits []evidence.Exhibit, out map[string]bool, rows []evidence.Incident, lang string) []tallyView {
	var all []tallyView
	put := func(name evidence.Text, n int, unit evidence.Text) {
		if n > 0 {
			all = append(all, tallyView{name.In(lang), strconv.Itoa(n), unit.In(lang)})
		}
	}
	for _, k := range tallyKinds {
		n := 0
		for _, x := range exhibits {
			if slices.Contains(k.kinds, x.Kind) && !out[x.Number] {
				n++
			}
		}
		put(k.kinds[0].Title(), n, k.unit)
	}
	pictures := map[string]bool{} // and recordings: counted above, each is at most one message
	for _, x := range exhibits {
		pictures[x.Number] = !slices.Contains(logKinds, x.Kind)
	}
	calls, messages := 0, 0
	for _, i := range rows {
		switch i.Kind {
		case evidence.Call:
			calls++
		case evidence.SMS, evidence.Message:
			if slices.ContainsFunc(i.Exhibits, func(x string) bool { return !pictures[x] }) {
				messages++
			}
		}
	}
	put(evidence.Text{ZH: "通话", EN: "calls"}, calls, evidence.Text{ZH: "次"})
	put(evidence.Text{ZH: "短信、消息", EN: "messages"}, messages, evidence.Text{ZH: "条"})
	return all
}

// foundOf is what became of the files of a case. Note says why a file was of no
// use.
func foundOf(x desk.Dossier, open []ask.Question, lang string, note func(code, detail, lang string) string) foundView {
	out := foundView{Tally: tallyOf(x.Exhibits, x.Out, x.Incidents, lang)}
	var leave ask.Question
	for _, q := range open {
		switch q.Kind {
		case ask.Phone:
			out.Phones = append(out.Phones, questionOf(q, lang))
		case ask.Leave:
			leave = q
		}
	}
	same := 0
	var copies []string
	for _, e := range x.Exhibits {
		if e.Extract != nil {
			continue // made by the program of another
		}
		if x.Out[e.Number] {
			out.Sum[1]++
		} else {
			out.Sum[0]++
		}
		same += len(e.Duplicates)
		copies = append(copies, e.Duplicates...)
		out.Logs = out.Logs || e.Kind.IsLog()
	}
	out.Groups = groupsOf(x, leave, lang)
	out.Groups, out.Lists = listsApart(out.Groups, x.Exhibits, lang, note)
	few := 0
	for _, g := range out.Groups {
		few += len(g.Files)
	}
	out.Few = few <= mostUnfolded
	if len(out.Groups)+len(out.Lists) > 0 {
		out.Leave = leave.ID
	}
	out.In = listed(filesOf(x, lang, func(e evidence.Exhibit) bool { return !x.Out[e.Number] }))
	out.Out = listed(filesOf(x, lang, func(e evidence.Exhibit) bool {
		return x.Out[e.Number] && !slices.Contains(leave.About.Exhibits, e.Number)
	}))
	if same > 0 {
		what := evidence.Text{ZH: "和别的文件一模一样，不重复存", EN: "the same as another file, byte for byte"}
		out.Unused = append(out.Unused, unusedView{What: what.In(lang), Names: copies})
	}
	out.Unused = append(out.Unused, unusedOf(x.Unusable, lang, note)...)
	for n, u := range out.Unused {
		out.Unused[n].N = len(u.Names)
		out.UnusedN += len(u.Names)
		out.Unused[n].Names = u.Names[:min(len(u.Names), mostNames)]
	}
	out.Sum[2] = out.UnusedN
	out.Sum[3] = out.Sum[0] + out.Sum[1] + out.Sum[2]
	out.Total = out.Sum[3]
	return out
}

// unusedOf are the files that were of no use, those with one reason together;
// the ones a system made come last.
func unusedOf(files []evidence.Unusable, lang string, note func(code, detail, lang string) string) []unusedView {
	var out []unusedView
	at := map[string]int{}
	for _, u := range files {
		what := note(u.Code, u.Detail, lang)
		key := cmp.Or(what, u.Code)
		n, ok := at[key]
		if !ok {
			n = len(out)
			at[key] = n
			out = append(out, unusedView{What: key})
		}
		out[n].Names = append(out[n].Names, u.Path)
	}
	slices.SortStableFunc(out, func(a, b unusedView) int { return cmp.Compare(len(a.Names), len(b.Names)) })
	return out
}

// questionOf is a question as a screen shows it; what was suggested is told and
// not chosen, for it would pass for an answer.
func questionOf(q ask.Question, lang string) questionView {
	q = q.OnPage()
	out := questionView{ID: q.ID, Text: q.Text.In(lang), Why: q.Why.In(lang)}
	for _, c := range q.Choices {
		out.Choices = append(out.Choices, choiceView{Value: c.Value, Text: c.Text.In(lang)})
	}
	if q.Prefill != "" {
		out.Guess, out.GuessSays = q.Source.In(lang), q.Said(q.Prefill).In(lang)
	}
	return out
}

// saidOf are the answers of some kinds that stand.
func saidOf(answers []folder.Answer, lang string, kinds ...ask.Kind) []saidView {
	var out []saidView
	for _, a := range answers {
		if slices.Contains(kinds, ask.Kind(a.Kind)) {
			out = append(out, saidView{a.N, a.Text.In(lang), cmp.Or(a.Said.In(lang), a.Value)})
		}
	}
	return out
}

// answer takes an answer; nothing chosen is none.
func (v *visit) answer(id, value string) error {
	if value == "" {
		return nil
	}
	_, err := desk.Answer(v.ctx, v.keeping(), v.dir, []desk.Reply{{Question: id, Value: value}})
	return err
}

func (v *visit) undo(n string) error {
	_, err := desk.UndoAnswer(v.ctx, v.desk, v.dir, n)
	return err
}

// note says why a file was of no use.
func (s *server) note(code, detail, lang string) string {
	switch {
	case code == intake.SystemFile:
		return evidence.Text{ZH: "系统自动产生的文件", EN: "files that a system made"}.In(lang)
	case s.Note != nil:
		return s.Note(code, detail, lang)
	}
	return detail
}
