package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/intake"
)

// A sitting is one session of questions: each answer is kept at once, and one
// step back takes the last one back.
type sitting struct {
	*env
	dir     string
	desk    desk.Desk
	given   int             // answers of this sitting that can be taken back
	skipped map[string]bool // not shown again in this sitting
	seen    map[string]bool // questions that stood already
	fresh   int             // those the last answer led to
	all     bool            // the rows of the question are listed to the last
}

// The words that do something else than answer.
var (
	wordUnknown = []string{"d", "不知道", "不清楚", "unknown"}
	wordSkip    = []string{"s", "跳过", "skip"}
	wordBack    = []string{"b", "上一个", "返回", "back"}
	wordOpen    = []string{"o", "打开", "播放", "open", "play"}
	wordQuit    = []string{"q", "停", "退出", "quit"}
	wordList    = []string{"l", "列出", "list"}
	wordHelp    = []string{"?", "h", "帮助", "说明", "help"}
)

var nothingToAsk = text{ZH: "现在没有要问您的", EN: "there is nothing to ask you now"}

// askAll puts the questions of a case one at a time, until none is left or the
// person stops.
func askAll(ctx context.Context, e *env, dir string) error {
	e.kept = &desk.Kept{}
	d, err := e.desk()
	if err != nil {
		return err
	}
	s := sitting{env: e, dir: dir, desk: d, skipped: map[string]bool{}}
	r, err := desk.Ask(ctx, d, dir)
	if err != nil {
		return err
	}
	e.tellOthers(r.Others, dir)
	if len(r.Questions) == 0 {
		e.say(nothingToAsk)
		return nil
	}
	s.welcome(r)
	for {
		s.count(r.Questions)
		left := slices.DeleteFunc(slices.Clone(r.Questions), func(q ask.Question) bool { return s.skipped[q.ID] })
		if len(left) == 0 {
			break
		}
		switch err := s.one(ctx, r, left[0], len(left)); {
		case errors.Is(err, errQuit) || errors.Is(err, io.EOF):
			e.say(text{ZH: "先到这里，答过的都留着；再运行 juzheng ask %s 接着答",
				EN: "stopped here; what you answered is kept. juzheng ask %s goes on"},
				quote(dir))
			return nil
		case err != nil:
			return err
		}
		if r, err = desk.Ask(ctx, d, dir); err != nil {
			return err
		}
	}
	if n := len(s.skipped); n > 0 && len(r.Questions) > 0 {
		e.say(text{ZH: "都问完了，跳过的 %d 个下次再问", EN: "that is all; the %d you skipped are asked next time"},
			len(r.Questions))
	} else {
		e.say(text{ZH: "都问完了", EN: "that is all"})
	}
	return nil
}

// count notes which questions the last answer led to: the number of those left
// would else seem to stand still.
func (s *sitting) count(now []ask.Question) {
	first := s.seen == nil
	if first {
		s.seen = map[string]bool{}
	}
	s.fresh = 0
	for _, q := range now {
		if !s.seen[q.ID] && !first {
			s.fresh++
		}
		s.seen[q.ID] = true
	}
}

// safety is what to do at once: what the case tells of, or else what an open question quotes,
// for who wrote it may not be known yet.
func safety(r evidence.Report, open []ask.Question) evidence.Text {
	if r.Emergency.ZH != "" || !slices.ContainsFunc(open, func(q ask.Question) bool { return q.Danger }) {
		return r.Emergency
	}
	return evidence.Text{ZH: "有的话像是威胁人身安全。有危险时立即拨打 110，先到安全的地方",
		EN: "some words sound like a threat to somebody's safety; in danger call 110 at once and get to a safe place"}
}

var errQuit = errors.New("the person stops here")

// welcome says how many questions there are and how to answer. Somebody's
// safety comes before all.
func (s *sitting) welcome(r desk.Asked) {
	writeEmergency(s.stderr, safety(r.Report, r.Questions), s.lang)
	s.say(text{ZH: "有 %d 个问题只有您能答。答一个存一个，随时可以停。", EN: "%d questions only you can answer. Each answer is kept at " +
		"once; stop at any time."}, len(r.Questions))
	s.say(text{
		ZH: "填前面的数字回答；d 不知道，s 跳过，b 上一个，o 打开材料，q 先到这里，? 看说明",
		EN: "answer with the number; d don't know, s skip, b back, o open the exhibit, q stop here, ? help",
	})
}

// one puts one question until it is answered, or the person goes elsewhere.
func (s *sitting) one(ctx context.Context, r desk.Asked, q ask.Question, left int) error {
	s.all = false
	for {
		s.show(r, q, left)
		s.fresh = 0
		line, err := s.line(ctx, text{ZH: "答：", EN: "answer: "})
		if err != nil {
			return err
		}
		word := typed(line)
		switch {
		case slices.Contains(wordHelp, word):
			s.help(q)
			continue
		case slices.Contains(wordQuit, word):
			return errQuit
		case slices.Contains(wordList, word):
			s.all = true
			continue
		case slices.Contains(wordOpen, word):
			s.open(ctx, q)
			continue
		case slices.Contains(wordBack, word):
			if s.given == 0 {
				s.say(text{ZH: "这是这次的第一个问题", EN: "this is the first question of this session"})
				continue
			}
			s.given--
			done, err := desk.UndoAnswer(ctx, s.desk, s.dir, "")
			if err != nil {
				return err
			}
			delete(s.skipped, done.Answers[0].Question)
			if len(done.Kept) > 0 {
				s.tellUndone(done)
			}
			return nil
		}
		if q.Parts > 1 && !ticked(q) && word == strconv.Itoa(len(q.Choices)+1) {
			if line, err = s.line(ctx, someWords(q).which); err != nil {
				return err
			}
			line += "," // one number alone is no choice here
		}
		value, ok := s.value(q, line)
		if !ok {
			s.refuse(q, line)
			continue
		}
		if q.Free && !slices.Contains([]string{ask.Unknown, ask.Skip, ask.No}, value) {
			if value, err = s.besides(ctx, q, value); err != nil {
				return err
			}
		}
		// An interrupt while it is written does not take back what was answered.
		kept, err := desk.Answer(context.WithoutCancel(ctx), s.desk, s.dir,
			[]desk.Reply{{Question: q.ID, Value: value}})
		var wrong *ask.ValueError
		if errors.As(err, &wrong) {
			s.say(text{ZH: "“%[1]s”不能当作答案，应该是：%[2]s。请再写一次；现在不想写的填 s 跳过",
				EN: "%[1]q is no answer; wanted %[3]s. Please type it again, or s to skip it"}, visible(wrong.Value),
				wrong.Wanted.ZH, wrong.Wanted.EN)
			continue
		}
		if err != nil {
			return err
		}
		s.given++
		s.skipped[q.ID] = value == ask.Skip
		if value != ask.Skip && len(kept.Answers) == 1 {
			s.say(text{ZH: "记下了：%s（填 b 收回）", EN: "kept: %s (b takes it back)"},
				visible(answerText(kept.Answers[0], s.lang)))
		}
		return nil
	}
}

// besides asks what else the answer of a free question can say of the same picture or
// recording, and gives the whole answer; Enter leaves a thing empty.
func (s *sitting) besides(ctx context.Context, q ask.Question, words string) (string, error) {
	if len(q.Fields) == 0 {
		return words, nil
	}
	said := map[string]string{}
	for _, f := range q.Fields {
		for n, c := range f.Choices {
			fmt.Fprint(s.stderr, fold(fmt.Sprintf("  %d %s", n+1, c.Text.In(s.lang)), screen, 4))
		}
		if hint := f.Hint.In(s.lang); hint != "" {
			fmt.Fprint(s.stderr, fold("  "+hint, screen, 4))
		}
		line, err := s.line(ctx, fill(text{ZH: "%s（没有的直接回车）：", EN: "%s (Enter: nothing): "}, f.Label.In(s.lang)))
		if err != nil {
			return "", err
		}
		if n, err := strconv.Atoi(typed(line)); err == nil && n >= 1 && n <= len(f.Choices) {
			line = f.Choices[n-1].Value
		}
		said[f.Name] = line
	}
	return q.With(words, said), nil
}

// typed is a line as a word or a number: input methods write ？ and １ too.
func typed(line string) string { return strings.ToLower(norm.NFKC.String(line)) }

// refuse says what is wanted instead of a line.
func (s *sitting) refuse(q ask.Question, line string) {
	last := len(q.Choices)
	if q.Parts > 1 {
		last++
	}
	if ticked(q) {
		s.refuseTick(q, line)
		return
	}
	switch {
	case line == "" && q.Free:
		s.say(text{ZH: "还没有写。请直接写出来；不知道填 d，跳过填 s，看说明填 ?",
			EN: "nothing was typed: please type it, or d if you don't know, s to skip, ? for help"})
	case line == "":
		s.say(text{ZH: "还没有选。请填前面的数字（1 到 %d）；不知道填 d，跳过填 s，看说明填 ?",
			EN: "nothing was chosen: please type its number (1 to %d), or d if you don't know, s to skip, ? for help"},
			last)
	default:
		s.say(text{ZH: "没有这个选项：%s。请填前面的数字（1 到 %d）；不知道填 d，跳过填 s，看说明填 ?",
			EN: "no such choice: %s; please type its number (1 to %d), or d if you don't know, s to skip, ? for help"},
			visible(line), last)
	}
}

// help says what may be typed at a question.
func (s *sitting) help(q ask.Question) {
	out := func(t text, args ...any) {
		fmt.Fprint(s.stderr, fold(visible(fmt.Sprintf(t.In(s.lang), args...)), screen, 16))
	}
	fmt.Fprintln(s.stderr)
	if ticked(q) {
		out(text{ZH: "  1,3 这样写     只有第 1、3 样是，别的都不是；只有一样也可以", EN: "  such as 1,3     " +
			"of these it is so, and of no other; one alone will do"})
		for n, c := range q.Choices {
			out(text{ZH: "  %-14s %s", EN: "  %-15s %s"}, key(q, n), c.Text.In(s.lang))
		}
	} else if n := len(q.Choices); n > 0 {
		out(text{ZH: "  1 到 %-9d 选这一条；也可以写它的字", EN: "  1 to %-9d  takes that choice; its words do too"}, n)
	}
	if q.Parts > 1 && !ticked(q) {
		out(text{ZH: "  1,3 这样写     只有第 1、3 条是，别的都不是", EN: "  such as 1,3     of these it is so, and of no other"})
	}
	if q.Free {
		out(text{ZH: "  直接写         写什么就记什么", EN: "  any text        is kept as you type it"})
	}
	if q.Prefill != "" {
		out(text{ZH: "  回车           就用标着“直接回车”的那一条", EN: "  Enter           takes the choice it stands beside"})
	}
	out(text{ZH: "  d              不知道：记下来，以后不再问", EN: "  d               I don't know; it is not asked again"})
	out(text{ZH: "  s              跳过：这次不答，下次再问", EN: "  s               skip it; it is asked next time"})
	out(text{ZH: "  b              上一个：收回刚才的答案，重新答", EN: "  b               back: takes the last answer back"})
	if len(q.About.Exhibits) > 0 {
		out(text{ZH: "  o              打开材料，听一听、看一看：%s", EN: "  o               open the exhibit: %s"},
			rows(q.About.Exhibits, s.lang))
	}
	if len(q.About.Incidents) > rowsListed || len(q.List) > listedInText {
		out(text{ZH: "  l              把每一条都列出来", EN: "  l               lists every row"})
	}
	out(text{ZH: "  q              先到这里；答过的都留着，下次从这里接着", EN: "  q               stop; what you answered is kept"})
	out(text{ZH: "  答错了也不要紧，随时可以收回。", EN: "  A wrong answer can be taken back at any time."})
}

// value is what a line answers.
func (s *sitting) value(q ask.Question, line string) (string, bool) {
	word := typed(line)
	switch {
	case line == "" && q.Prefill != "":
		return q.Prefill, true
	case line == "":
		return "", false
	case slices.Contains(wordUnknown, word):
		return ask.Unknown, true
	case slices.Contains(wordSkip, word):
		return ask.Skip, true
	}
	if value, ok := q.Some(line); ok && (ticked(q) || strings.ContainsAny(line, ",，、 ")) {
		return value, true
	}
	if ticked(q) {
		if n := slices.IndexFunc(q.Choices, func(c ask.Choice) bool { return word == initial(c) }); n >= 0 {
			return q.Choices[n].Value, true
		}
	} else if n, err := strconv.Atoi(word); err == nil && n >= 1 && n <= len(q.Choices) {
		return q.Choices[n-1].Value, true
	}
	for _, c := range q.Choices {
		if word == strings.ToLower(c.Value) || line == c.Text.ZH || word == strings.ToLower(c.Text.EN) {
			return c.Value, true
		}
	}
	return line, q.Free
}

// rowsListed is how many rows a question lists unless asked for all.
const rowsListed = 8

// show prints a question: what, of which rows, why, and the choices.
func (s *sitting) show(r desk.Asked, q ask.Question, left int) {
	line := func(indent int, t text, args ...any) {
		fmt.Fprint(s.stderr, fold(visible(fmt.Sprintf(t.In(s.lang), args...)), screen, indent))
	}
	fmt.Fprintln(s.stderr)
	if s.fresh > 0 {
		line(2, text{ZH: "（刚才的回答又带出 %d 个问题）", EN: "(your answer led to %d more)"}, s.fresh)
	}
	long := q.Parts > listedInText
	asks := q.Text
	if ticked(q) || long {
		asks = q.Asks()
	}
	line(2, text{ZH: "■ 还有 %d 个　%s", EN: "■ %d left  %s"}, left, asks.In(s.lang))
	if ticked(q) || long {
		s.listParts(q, line)
	}
	ids := q.About.Incidents
	if len(ids) > 1 || q.Kind != ask.Words {
		for n, id := range ids {
			if n == rowsListed && !s.all && len(ids) > rowsListed+1 {
				line(4, text{ZH: "  … 还有 %d 条（l 全部列出）", EN: "  … %d more (l lists all)"}, len(ids)-n)
				break
			}
			number := ""
			if long && len(q.List) == 0 && len(ids) == q.Parts {
				number = strconv.Itoa(n+1) + " "
			}
			fmt.Fprintln(s.stderr, cut("  "+number+visible(rowLine(r.Incidents[id], s.lang)), screen))
		}
	}
	line(4, text{ZH: "  为什么问：%s", EN: "  why: %s"}, q.Why.In(s.lang))
	line(4, text{ZH: "  答了会怎样：%s", EN: "  what it does: %s"}, q.Effect.In(s.lang))
	for n, c := range q.Choices {
		mark := ""
		if c.Value == q.Prefill {
			mark = fmt.Sprintf(text{ZH: "　← 直接回车就选这个（%s）", EN: "  <- Enter takes this (%s)"}.In(s.lang),
				q.Source.In(s.lang))
		}
		line(6, text{ZH: "  %s %s%s", EN: "  %s %s%s"}, key(q, n), c.Text.In(s.lang), mark)
	}
	switch {
	case ticked(q):
		line(4, text{ZH: "  是哪几样就写哪几样的编号，例如 1,3；只有一样就写一个", EN: "  type the numbers of those that are so, " +
			"such as 1,3, or one alone"})
	case q.Parts > 1:
		line(6, fill(text{ZH: "  %d %s", EN: "  %d %s"}, len(q.Choices)+1, someWords(q).choice.In(s.lang)))
	}
	if q.Free && len(q.Choices) > 0 {
		line(4, text{ZH: "  不是的，直接写", EN: "  if not, type it"})
	}
}

// someWords are the choice by which an answer is yes of some parts of a
// question, and the line that asks which they are.
func someWords(q ask.Question) (w struct{ choice, which text }) {
	if q.Kind == ask.Leave {
		w.choice = text{ZH: "只有其中几份不放，别的放进去（接着写编号）", EN: "some stay out, the others go in (their numbers come next)"}
		w.which = text{ZH: "不放的是哪几份？写前面的编号，例如 1,3：", EN: "which ones stay out? their numbers, such as 1,3: "}
		return w
	}
	if q.Kind == ask.Lender {
		w.choice = text{ZH: "有的对，有的不对（接着写对的编号）", EN: "some are right (their numbers come next)"}
		w.which = text{ZH: "对的是哪几项？写前面的编号，例如 1,3：", EN: "which are right? their numbers, such as 1,3: "}
		return w
	}
	if q.Kind == ask.Caller {
		w.choice = text{ZH: "只有其中几个是催收的，别的一个一个问（接着写编号）",
			EN: "some are a collector's, and ask me of the others one by one (their numbers come next)"}
		w.which = text{ZH: "催收的是哪几个？写前面的编号，例如 1,3：", EN: "which are a collector's? their numbers, such as 1,3: "}
		return w
	}
	w.choice = text{ZH: "有的是，有的不是（接着写编号）", EN: "some do and some do not (their numbers come next)"}
	w.which = text{ZH: "是的是哪几条？写前面的编号，例如 1,3：", EN: "which ones do? their numbers, such as 1,3: "}
	return w
}

// rowLine is a row of the timeline in short.
func rowLine(i evidence.Incident, lang string) string {
	at := text{ZH: "时间不详", EN: "time unknown"}.In(lang)
	if !i.Time.IsZero() {
		at = i.Time.At.In(evidence.Beijing).Format("2006-01-02 15:04")
	}
	who := i.Number
	if i.Name != "" {
		who = strings.TrimSpace(who + " " + i.Name)
	}
	parts := []string{i.ID, at, i.Kind.Title().In(lang), who}
	switch {
	case i.Kind == evidence.Call && i.Answered == evidence.No:
		parts = append(parts, text{ZH: "未接", EN: "not answered"}.In(lang))
	case i.Kind == evidence.Call && i.Seconds > 0:
		parts = append(parts, intake.SpanText(time.Duration(i.Seconds)*time.Second).In(lang))
	case i.Shown != "":
		parts = append(parts, cut(strings.Join(strings.Fields(i.Shown), " "), 44))
	}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " ")
}

// open plays or opens what a question is about.
func (s *sitting) open(ctx context.Context, q ask.Question) {
	if len(q.About.Exhibits) == 0 {
		s.say(text{ZH: "这个问题没有对应的材料", EN: "no exhibit belongs to this question"})
		return
	}
	x := q.About.Exhibits[0]
	if len(q.About.Exhibits) > 1 {
		line, err := s.line(ctx, fill(text{ZH: "打开哪一份？（%s）", EN: "which one? (%s) "}, rows(q.About.Exhibits, s.lang)))
		if err != nil {
			return
		}
		if line != "" {
			x = strings.ToUpper(line)
		}
	}
	if !slices.Contains(q.About.Exhibits, x) {
		s.say(text{ZH: "这个问题没有用到 %s", EN: "this question is not about %s"}, visible(x))
		return
	}
	if err := desk.Show(ctx, s.desk, s.dir, x); err != nil {
		s.report(err)
		return
	}
	s.say(text{ZH: "已打开 %s", EN: "opened %s"}, x)
}

// line puts a question and reads one line. An interrupt ends the waiting; what
// was answered before is kept.
func (e *env) line(ctx context.Context, t text) (string, error) {
	type answer struct {
		line string
		err  error
	}
	typed := make(chan answer, 1)
	go func() { // it waits for the Enter key, whatever happens
		line, err := e.ask(t)
		typed <- answer{line, err}
	}()
	select {
	case a := <-typed:
		return a.line, a.err
	case <-ctx.Done():
		fmt.Fprintln(e.stderr)
		return "", ctx.Err()
	}
}
