package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What a borrower's dump must come to, over ten seeds, the worst counting.
const (
	truthPrecision = 1.00 // of what letters and findings assert
	truthAsked     = 0.95 // of what files show: asserted or asked before any answer
	truthAnswers   = 40   // to a packet ready to sign, those to init among them
	truthInLetters = 0.90 // of the true violations, after the answers
	truthDay       = "2026-11-28"
)

// quiet runs a command of the program and returns its exit code and lines.
func quiet(args ...string) (int, []map[string]any, string) {
	var out, talk bytes.Buffer
	e := env{args: append(args, "--no-input", "--date", truthDay), stdin: strings.NewReader(""), stdout: &out,
		stderr: &talk, getenv: func(string) string { return "" }, now: time.Now}
	code := run(context.Background(), e)
	var lines []map[string]any
	for line := range strings.Lines(out.String()) {
		v := map[string]any{}
		if json.Unmarshal([]byte(line), &v) == nil {
			lines = append(lines, v)
		}
	}
	return code, lines, talk.String()
}

// canAsk says whether the program has questions.
func canAsk(t *testing.T) bool {
	t.Helper()
	var out bytes.Buffer
	run(context.Background(), env{args: []string{"help"}, stdin: strings.NewReader(""), stdout: &out, stderr: &out,
		getenv: func(string) string { return "" }, now: time.Now})
	return regexp.MustCompile(`(?m)^ *ask CASE`).MatchString(out.String())
}

// A trial is one dump taken through the program.
type trial struct {
	w    *world
	kase string
	who  *person

	right, wrong         int // of what letters and findings assert
	lies                 []string
	asked, shown         int // of the violations that files show
	missing              []string
	inLetter, violations int
	left                 []string
	open                 int // questions that remain
	blocked              string
}

// newTrial makes the dump of a seed and a case that knows the person's name,
// telephone and platform, and what else is given. JUZHENG_TRUTH names a folder
// where dump and truth are kept to be looked at.
func newTrial(t *testing.T, seed uint64, more ...string) *trial {
	t.Helper()
	keep := os.Getenv("JUZHENG_TRUTH")
	dir := t.TempDir()
	if keep != "" {
		dir = filepath.Join(keep, fmt.Sprintf("seed-%d", seed))
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	w := newWorld(t, seed, filepath.Join(dir, "手机"))
	if keep != "" {
		data, err := json.MarshalIndent(w, "", " ")
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, "truth.json"), data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	r := &trial{w: w, kase: filepath.Join(t.TempDir(), "案件"), who: &person{w: w}}
	args := append([]string{"init", r.kase, "--name", w.Facts["name"], "--phone", w.Facts["phone"], "--platform",
		w.Facts["brand"]}, more...)
	if code, _, talk := quiet(args...); code != 0 {
		t.Fatalf("init: exit %d\n%s", code, talk)
	}
	r.who.answers = 3
	return r
}

func (r *trial) add(t *testing.T) {
	t.Helper()
	if code, _, talk := quiet("add", r.kase, r.w.dir, "--json"); code != 0 && code != 3 {
		t.Fatalf("add: exit %d\n%s", code, talk)
	}
	r.look(t)
}

// look reads what rows and exhibits there are.
func (r *trial) look(t *testing.T) []map[string]any {
	t.Helper()
	_, lines, _ := quiet("list", r.kase, "--json")
	paths := map[string]string{}
	for _, v := range lines {
		if v["type"] != "exhibit" {
			continue
		}
		p := filepath.ToSlash(text1(v["original_path"]))
		if _, below, ok := strings.Cut(p, "/手机/"); ok && filepath.IsAbs(text1(v["original_path"])) {
			p = below
		} else {
			p = strings.TrimPrefix(p, "手机/")
		}
		paths[text1(v["number"])] = p
	}
	_, lines, _ = quiet("timeline", r.kase, "--json")
	var rows []map[string]any
	for _, v := range lines {
		if v["type"] == "incident" {
			rows = append(rows, v)
		}
	}
	r.who.learn(rows, paths)
	return rows
}

func (r *trial) questions() []map[string]any {
	_, lines, _ := quiet("ask", r.kase, "--json")
	var out []map[string]any
	for _, v := range lines {
		if v["type"] == "question" {
			out = append(out, v)
		}
	}
	return out
}

// An assertion is a breach that the program says a file shows, or that the
// person states.
type assertion struct {
	rule  string
	parts string
	acts  []*act
	ids   []string
	shown bool
}

func (r *trial) findings() (list []assertion, blocked string) {
	_, lines, _ := quiet("check", r.kase, "--json")
	for _, v := range lines {
		if v["type"] == "problem" {
			blocked += text1(v["code"]) + " "
		}
		strength := text1(v["strength"])
		if v["type"] != "finding" || strength != "shown" && strength != "stated" {
			continue
		}
		a := assertion{rule: text1(v["rule"]), shown: strength == "shown", ids: words1(v["incidents"])}
		parts, _ := v["parts"].([]any)
		for _, p := range parts {
			m, _ := p.(map[string]any)
			a.parts += text1(m["zh"]) + " "
		}
		for _, id := range a.ids {
			a.acts = append(a.acts, r.who.acts[id]...)
		}
		list = append(list, a)
	}
	return list, blocked
}

// true1 says whether an act was this breach: of a message that tells of a call,
// whether that call was.
func (r *trial) true1(a *act, f assertion) bool {
	if a.Tells > 0 {
		a = r.w.byID(a.Tells)
	}
	if f.rule == "V06" {
		switch {
		case strings.Contains(f.parts, "人身安全") && !slices.Contains([]string{"threat", "family"}, a.Says):
			return false
		case strings.Contains(f.parts, "辱骂") && !strings.Contains(f.parts, "安全") && a.Says != "insult":
			return false
		}
	}
	return r.w.may(a, f.rule)
}

func (r *trial) judged(ok bool, format string, args ...any) {
	if ok {
		r.right++
		return
	}
	r.wrong++
	r.lies = append(r.lies, fmt.Sprintf(format, args...))
}

// judgeFindings holds each act of each finding that a letter asserts against
// the truth.
func (r *trial) judgeFindings(list []assertion) {
	for _, f := range list {
		once := map[*act]bool{}
		for _, id := range f.ids {
			acts := r.who.acts[id]
			twice := f.rule == "V04" && len(acts) == 1 && once[acts[0]]
			for _, a := range acts {
				once[a] = true
			}
			switch {
			case strings.HasPrefix(id, "F"):
			case twice:
				r.judged(false, "V04 counts one call twice: %s", id)
			case len(acts) != 1:
				r.judged(false, "%s %s stands for %d acts", f.rule, id, len(acts))
			default:
				a := acts[0]
				r.judged(r.true1(a, f), "%s%s of %s: %s %s %s%s to %s, %q", f.rule, f.parts, id, a.Kind,
					a.At.In(china).Format(time.DateTime), a.Number, a.Account, a.Reached, a.Words)
			}
		}
	}
}

// covers says whether an assertion has a violation.
func covers(v violation, f assertion, w *world) bool {
	if !slices.ContainsFunc(v.Kinds, func(k string) bool { return strings.HasPrefix(k, f.rule) }) {
		return false
	}
	return slices.ContainsFunc(f.acts, func(a *act) bool {
		return slices.Contains(v.Acts, a.ID) || a.Tells > 0 && slices.Contains(v.Acts, a.Tells)
	})
}

// readable are the acts that a file of text shows: a program without eyes need
// not ask about the words of a picture.
func (r *trial) readable(v violation) bool {
	for _, a := range r.w.Acts {
		if slices.Contains(v.Acts, a.ID) && len(a.Seen) > 0 || a.Tells > 0 && a.Kind != "shot" &&
			slices.Contains(v.Acts, a.Tells) {
			return true
		}
	}
	return false
}

// before measures what is asserted or asked while nothing is answered.
func (r *trial) before(list []assertion, questions []map[string]any) {
	touched := map[int]bool{}
	for _, q := range questions {
		about, _ := q["about"].(map[string]any)
		numbers, account := words1(about["numbers"]), text1(about["account"])
		whose := (*handset)(nil)
		if q["kind"] == "phone" {
			whose = r.who.phone(q)
		}
		for _, a := range r.w.Acts {
			if account != "" && a.Account == account || whose != nil && a.Phone == whose.Key ||
				a.Number != "" && slices.ContainsFunc(numbers, func(n string) bool { return fits(n, a.Number) }) {
				touched[a.ID] = true
			}
		}
		for _, a := range r.who.about(q) {
			if slices.Contains([]string{"zone", "clock", "leave"}, text1(q["kind"])) {
				break
			}
			touched[a.ID] = true
			touched[a.Tells] = true
		}
	}
	for _, v := range r.w.Violations {
		if !r.readable(v) {
			continue
		}
		r.shown++
		if slices.ContainsFunc(list, func(f assertion) bool { return covers(v, f, r.w) }) ||
			slices.ContainsFunc(v.Acts, func(id int) bool { return touched[id] }) {
			r.asked++
			continue
		}
		r.missing = append(r.missing, r.name(v))
	}
}

func (r *trial) name(v violation) string {
	a := r.w.byID(v.Acts[0])
	return fmt.Sprintf("%s %s %s %s%s %q", strings.Join(v.Kinds, "/"), a.At.In(china).Format(time.DateTime), a.Kind,
		a.Number, a.Account, a.Words)
}

// after measures what the letters have of what truly happened.
func (r *trial) after(t *testing.T, list []assertion) {
	t.Helper()
	var told []assertion
	for _, to := range []string{"platform", "lender", "nifa", "regulator"} {
		_, lines, _ := quiet("check", r.kase, "--json", "--to", to)
		for _, v := range lines {
			if v["type"] != "plan" {
				continue
			}
			for _, part := range []string{"asserted", "stated"} {
				items, _ := v[part].([]any)
				for _, item := range items {
					m, _ := item.(map[string]any)
					f := assertion{rule: text1(m["rule"])}
					for _, id := range words1(m["incidents"]) {
						f.acts = append(f.acts, r.who.acts[id]...)
					}
					told = append(told, f)
				}
			}
		}
	}
	for _, v := range r.w.Violations {
		if !r.readable(v) {
			continue
		}
		r.violations++
		if slices.ContainsFunc(told, func(f assertion) bool { return covers(v, f, r.w) }) {
			r.inLetter++
			continue
		}
		r.left = append(r.left, r.name(v))
	}
}

var (
	dated = regexp.MustCompile(
		`(\d{4})[年-](\d{1,2})[月-](\d{1,2})日?(?:[ T]?(\d{1,2})[时:](\d{1,2})分?(?:[:]?(\d{1,2})秒?)?)?`)
	quoted   = regexp.MustCompile(`“([^”]*)”`)
	shownBy  = regexp.MustCompile(`显示号码([0-9*+ -]{3,})`)
	digits   = regexp.MustCompile(`^[0-9*+ -]{3,}$`)
	heading  = regexp.MustCompile(`^\d+\.(\D.*)$`)
	sectionH = regexp.MustCompile(`^（[一二三四五六七八九]）(.*)$`)
	counted  = regexp.MustCompile(`日，([^，]*来电)(\d+)次`)
	rest     = regexp.MustCompile(`另有(\d+)次`)
	fromThem = regexp.MustCompile(`(催收方|对方|显示号码)[^“]*(发送|发来)`)
	reachedZ = map[string]string{"本人": "self", "亲友": "family", "单位": "workplace", "紧急联系人": "emergency",
		"担保人": "guarantor", "陌生人": "stranger"}
)

// judgeLetter reads the letter's facts as a clerk does, and holds each line that
// names a day against the truth.
func (r *trial) judgeLetter(name, text string) {
	section, title, head := "", "", []string(nil)
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if m := sectionH.FindStringSubmatch(line); m != nil {
			section, title = m[1], ""
			continue
		}
		if strings.HasPrefix(line, "三、") {
			return
		}
		if section == "" || strings.Contains(section, "借款情况") || strings.HasPrefix(section, "依据") {
			continue
		}
		if m := heading.FindStringSubmatch(line); m != nil {
			title = m[1]
			if dated.FindString(line) == "" {
				continue
			}
			title, _, _ = strings.Cut(title, "：") // one act stands with its name
		}
		cells := strings.Split(line, "｜")
		times := dated.FindAllStringSubmatch(line, -1)
		if len(cells) > 1 && len(times) == 0 {
			head = cells
			continue
		}
		if len(times) == 0 {
			continue
		}
		why := r.judgeLine(line, title, head, cells, times)
		r.judged(why == "", "%s: %s: %s", name, why, line)
	}
}

// judgeLine is why a line is not true, or nothing.
func (r *trial) judgeLine(line, title string, head, cells []string, times [][]string) string {
	if column(head, cells, "次数") != "" {
		return r.judgeCount(head, cells, times[0])
	}
	if m := counted.FindStringSubmatch(line); m != nil && len(times) == 1 {
		return r.judgeCount([]string{"情形", "次数"}, m[1:3], times[0])
	}
	if m := rest.FindStringSubmatch(line); m != nil && len(times) > 1 {
		return r.judgeRest(m[1], title, times)
	}
	var candidates []*act
	clocked := false
	for _, m := range times {
		if m[4] == "" {
			continue
		}
		clocked = true
		at := moment(m)
		for _, a := range r.w.Acts {
			if a.Kind != "photo" && (near(at, a) || m[6] == "" && at.Equal(a.At.Truncate(time.Minute))) {
				candidates = append(candidates, a)
			}
		}
	}
	if !clocked { // a day alone: the words must be of that day
		for _, a := range r.w.Acts {
			if a.day() == moment(times[0]).Format(time.DateOnly) {
				candidates = append(candidates, a)
			}
		}
	}
	keep := func(why string, of func(*act) bool) string {
		candidates = slices.DeleteFunc(candidates, func(a *act) bool { return !of(a) })
		if len(candidates) == 0 {
			return why
		}
		return ""
	}
	if len(candidates) == 0 {
		return "nothing happened then"
	}
	number := column(head, cells, "显示号码")
	if number == "" {
		number = column(head, cells, "号码")
	}
	if m := shownBy.FindStringSubmatch(line); m != nil {
		number = strings.TrimSpace(m[1])
	}
	if digits.MatchString(number) {
		if why := keep("not that number", func(a *act) bool { return fits(number, a.Number) }); why != "" {
			return why
		}
	}
	for _, m := range quoted.FindAllStringSubmatch(line, -1) {
		if why := keep("not these words", func(a *act) bool {
			return m[1] == a.Account && a.Account != "" || a.Words == "" && a.Kind == "shot" ||
				strings.Contains(a.Words, strings.TrimRight(m[1], "…"))
		}); why != "" {
			return why
		}
	}
	if fromThem.MatchString(line) {
		if why := keep("the words of somebody else", func(a *act) bool {
			return a.Tells == 0 && (a.Caller == "collector" || a.Caller == "platform" || a.Caller == "lender")
		}); why != "" {
			return why
		}
	}
	reached := reachedZ[column(head, cells, "联系到")]
	if strings.Contains(line, "向本人") {
		reached = "self"
	}
	if reached != "" {
		if why := keep("not who was reached", func(a *act) bool {
			return a.Reached == reached || a.Tells > 0 &&
				r.w.byID(a.Tells).Reached == reached
		}); why != "" {
			return why
		}
	}
	if strings.Contains(title, "22:00") {
		if why := keep("not at night", func(a *act) bool { return a.night() && a.collecting() }); why != "" {
			return why
		}
	}
	if strings.Contains(title, "透露") {
		if why := keep("no debt was told", func(a *act) bool {
			return a.Disclose == "yes" || a.Says == "disclosure" || a.Tells > 0 && r.w.byID(a.Tells).Disclose == "yes"
		}); why != "" {
			return why
		}
	}
	return ""
}

func column(head, cells []string, name string) string {
	n := slices.IndexFunc(head, func(h string) bool { return strings.Contains(h, name) })
	if n < 0 || n >= len(cells) || len(cells) < 2 {
		return ""
	}
	return cells[n]
}

func moment(m []string) time.Time {
	n := func(s string) int { v, _ := strconv.Atoi(s); return v }
	return time.Date(n(m[1]), time.Month(n(m[2])), n(m[3]), n(m[4]), n(m[5]), n(m[6]), 0, china)
}

// judgeCount holds a number of a day against what truly came that day.
func (r *trial) judgeCount(head, cells []string, m []string) string {
	day, what := moment(m).Format(time.DateOnly), column(head, cells, "情形")
	said, err := strconv.Atoi(strings.Trim(column(head, cells, "次数"), "次 "))
	if err != nil {
		return "no number"
	}
	truly := 0
	for _, a := range r.w.Acts {
		if a.day() != day || a.Out || a.Reached != "self" {
			continue
		}
		switch {
		case strings.Contains(what, "未接通"):
			if a.Kind == "call" && a.Talk == 0 && (a.collecting() || a.Bulk != "" && strings.Contains(what, "轰炸")) {
				truly++
			}
		case strings.Contains(what, "接通"):
			if a.Kind == "call" && a.Talk > 0 && a.collecting() {
				truly++
			}
		default:
			if a.collecting() || a.Bulk != "" {
				truly++
			}
		}
	}
	if said > truly {
		return fmt.Sprintf("%d, and truly %d", said, truly)
	}
	return ""
}

// judgeRest holds what a letter sums up over some days: at night there were at
// least so many; of other kinds the acts were judged one by one.
func (r *trial) judgeRest(number, title string, times [][]string) string {
	said, _ := strconv.Atoi(number)
	first, last := moment(times[0]).Format(time.DateOnly), moment(times[1]).Format(time.DateOnly)
	truly := 0
	for _, a := range r.w.Acts {
		if a.Kind != "shot" && a.Reached == "self" && a.collecting() && a.night() && a.day() >= first &&
			a.day() <= last {
			truly++
		}
	}
	if strings.Contains(title, "22:00") && said > truly {
		return fmt.Sprintf("%d in these days, and truly %d", said, truly)
	}
	return ""
}

// judgeLetters builds for everybody and reads the letters.
func (r *trial) judgeLetters(t *testing.T) {
	t.Helper()
	code, _, talk := quiet("build", r.kase, "--to", "platform,lender,nifa,regulator")
	if code != 0 && code != 3 {
		r.blocked += fmt.Sprintf("build exits %d: %s", code, strings.ReplaceAll(talk, "\n", " "))
		return
	}
	before := r.right + r.wrong
	letters, err := filepath.Glob(filepath.Join(r.kase, "packet", "*", "正文.txt"))
	if err != nil || len(letters) == 0 {
		t.Fatalf("no letter: %v", err)
	}
	for _, name := range letters {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r.judgeLetter(filepath.Base(filepath.Dir(name)), string(data))
	}
	if read := r.right + r.wrong - before; read < 5*len(letters) {
		t.Errorf("only %d dated lines in %d letters: are they read as they are written?", read, len(letters))
	}
}

// converse answers one question after another until none is left.
func (r *trial) converse(t *testing.T) {
	t.Helper()
	skipped := map[string]bool{}
	for r.who.answers < 60 {
		r.look(t)
		list := slices.DeleteFunc(r.questions(), func(q map[string]any) bool { return skipped[text1(q["id"])] })
		r.open = len(list)
		if len(list) == 0 {
			return
		}
		q := list[0]
		id, answer := text1(q["id"]), r.who.answer(q)
		r.who.answers++
		if answer == "unknown" {
			r.who.unknown++
			skipped[id] = true // a question that comes back after 不知道 is not asked twice
		}
		text, _ := q["text"].(map[string]any)
		r.who.log = append(r.who.log, fmt.Sprintf("%s %s → %s", text1(q["kind"]), text1(text["zh"]), answer))
		if code, _, talk := quiet("ask", r.kase, "--answer", id+"="+answer); code != 0 {
			t.Errorf("ask --answer %s=%s: exit %d\n%s", id, answer, code, talk)
			return
		}
	}
}

func (r *trial) precision() float64 { return float64(r.right) / float64(max(1, r.right+r.wrong)) }

func share(n, of int) float64 { return float64(n) / float64(max(1, of)) }

func few(list []string) string {
	if len(list) > 12 {
		list = append(slices.Clone(list[:12]), fmt.Sprintf("… and %d more", len(list)-12))
	}
	return strings.Join(list, "\n    ")
}

// truthSeeds are the seeds of a run: one, or as many of the ten fixed ones as
// JUZHENG_SEEDS says.
func truthSeeds() []uint64 {
	all := []uint64{3, 8, 21, 34, 55, 89, 144, 233, 377, 610}
	n, _ := strconv.Atoi(os.Getenv("JUZHENG_SEEDS"))
	return all[:max(1, min(n, len(all)))]
}

// A person who knows what happened answers what they are asked; then all that
// letters assert is true, and what truly happened stands in one.
func TestTruthInLetters(t *testing.T) {
	asks := canAsk(t)
	worst := [4]float64{1, 1, 0, 1}
	for _, seed := range truthSeeds() {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			if !asks {
				if os.Getenv("JUZHENG_SEEDS") != "" {
					today(t, seed)
				}
				t.Skip("the program asks nothing yet")
			}
			r := newTrial(t, seed)
			r.add(t)
			list, _ := r.findings()
			r.judgeFindings(list)
			r.before(list, r.questions())
			r.converse(t)
			r.look(t)
			list, blocked := r.findings()
			r.blocked = blocked
			r.judgeFindings(list)
			r.after(t, list)
			r.judgeLetters(t)
			r.report(t)
			worst = [4]float64{min(worst[0], r.precision()), min(worst[1], share(r.asked, r.shown)),
				max(worst[2], float64(r.who.answers)), min(worst[3], share(r.inLetter, r.violations))}
			if r.precision() < truthPrecision {
				t.Errorf("precision %.3f:\n    %s", r.precision(), few(r.lies))
			}
			if share(r.asked, r.shown) < truthAsked {
				t.Errorf("asserted or asked %.3f; neither:\n    %s", share(r.asked, r.shown), few(r.missing))
			}
			if r.who.answers > truthAnswers || r.open > 0 || r.blocked != "" {
				t.Errorf("%d answers, %d questions left, blocked by %q:\n    %s", r.who.answers, r.open, r.blocked,
					strings.Join(r.who.log, "\n    "))
			}
			if share(r.inLetter, r.violations) < truthInLetters {
				t.Errorf("in letters %.3f; left out:\n    %s", share(r.inLetter, r.violations), few(r.left))
			}
		})
	}
	if asks {
		t.Logf("worst of %d seeds: precision %.3f, asserted or asked %.3f, %.0f answers, in letters %.3f",
			len(truthSeeds()), worst[0], worst[1], worst[2], worst[3])
	}
}

func (r *trial) report(t *testing.T) {
	t.Helper()
	t.Logf("precision %.3f (%d of %d), asserted or asked %.3f (%d of %d), "+
		"%d answers (%d of them 不知道), in letters %.3f (%d of %d)",
		r.precision(), r.right, r.right+r.wrong, share(r.asked, r.shown), r.asked, r.shown,
		r.who.answers, r.who.unknown, share(r.inLetter, r.violations), r.inLetter, r.violations)
}

// today measures a program without questions: the lender and the collectors'
// numbers are in case.toml, and nothing else is said.
func today(t *testing.T, seed uint64) {
	t.Helper()
	r := newTrial(t, seed, "--lender", "示例消费金融有限公司", "--licence", "consumer-finance", "--lender-region", "330000")
	registerCollectors(t, r.kase, collectors...)
	r.add(t)
	list, _ := r.findings()
	r.judgeFindings(list)
	r.before(list, nil)
	r.after(t, list)
	r.judgeLetters(t)
	r.report(t)
	t.Logf("untrue:\n    %s", few(r.lies))
	t.Logf("not asserted:\n    %s", few(r.missing))
	if r.blocked != "" {
		t.Logf("blocked: %s", r.blocked)
	}
}

// registerCollectors writes into case.toml whose numbers these are.
func registerCollectors(t *testing.T, kase string, numbers ...string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(kase, "case.toml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range numbers {
		fmt.Fprintf(f, "\n[[numbers]]\nnumber = %q\nside = \"collector\"\n", n)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// The dump is what the issue asks for, and the same seed makes the same files.
func TestTruthDump(t *testing.T) {
	for _, seed := range truthSeeds() {
		w, again := newWorld(t, seed, t.TempDir()), newWorld(t, seed, t.TempDir())
		calls, messages, bad, others, night, told := 0, 0, 0, 0, 0, 0
		for _, a := range w.Acts {
			switch {
			case a.Kind == "call" && a.Caller == "collector":
				calls++
				if a.Reached != "self" {
					others++
				}
			case a.Kind == "sms" && a.Bulk == "":
				messages++
			}
			if a.Says != "" {
				bad++
			}
			if a.Kind != "shot" && a.collecting() && a.Reached == "self" && a.night() {
				night++
			}
			if a.Kind != "shot" && a.Tells > 0 {
				told++
			}
		}
		t.Logf("seed %d: %d files, %d calls of collectors (%d to others), %d SMS, "+
			"%d threats and the like, %d acts at night, %d told of; %d violations",
			seed, w.Files, calls, others, messages, bad, night, told, len(w.Violations))
		if w.Files < 165 || calls < 90 || messages < 78 || bad < 25 || told < 6 || others < 20 {
			t.Errorf("seed %d makes too little", seed)
		}
		if one, two := treeOf(t, w.dir), treeOf(t, again.dir); one != two {
			t.Errorf("seed %d makes other files the second time", seed)
		}
	}
}

func treeOf(t *testing.T, dir string) string {
	t.Helper()
	sum := sha256.New()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(sum, "%s %d\n%s", strings.TrimPrefix(path, dir), len(data), data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// Every row of the timeline stands for something that happened, and all that
// the files show stands in one.
func TestTruthDumpIsRead(t *testing.T) {
	r := newTrial(t, truthSeeds()[0])
	r.add(t)
	rows := r.look(t)
	seen := map[*act]bool{}
	for _, v := range rows {
		acts := r.who.acts[text1(v["id"])]
		if len(acts) == 0 {
			t.Errorf("%v stands for nothing: %v", v["id"], v["source"])
		}
		for _, a := range acts {
			seen[a] = true
		}
	}
	for _, a := range r.w.Acts {
		if len(a.Seen) > 0 && !seen[a] && a.Kind != "photo" {
			t.Errorf("%s %s %s%s stands in no row: %v", a.Kind, a.At.Format(time.DateTime), a.Number, a.Account, a.Seen)
		}
	}
}

// The judge of letters takes what is true and refuses each way of not being so.
func TestTruthJudge(t *testing.T) {
	w := newWorld(t, truthSeeds()[0], t.TempDir())
	find := func(of func(*act) bool) *act {
		t.Helper()
		n := slices.IndexFunc(w.Acts, of)
		if n < 0 {
			t.Fatal("no such act")
		}
		return w.Acts[n]
	}
	night := find(func(a *act) bool {
		return a.Kind == "call" && a.Reached == "self" && a.Talk > 0 && a.collecting() && a.night()
	})
	threat := find(func(a *act) bool { return a.Kind == "sms" && a.Says == "threat" })
	code := find(func(a *act) bool { return a.Kind == "sms" && a.Role == "service" && a.night() })
	told := find(func(a *act) bool { return a.Tells > 0 && a.Kind == "message" && w.byID(a.Tells).Disclose == "yes" })
	asked := find(func(a *act) bool { return a.Reached == "family" && a.Disclose == "no" && a.Talk > 0 })
	many := ""
	for _, v := range w.Violations {
		if v.Kinds[0] == "V04" && w.byID(v.Acts[0]).Talk > 0 {
			many = w.byID(v.Acts[0]).At.In(china).Format("2006年1月2日")
		}
	}
	when := func(a *act, late time.Duration) string {
		return a.At.Add(late).In(china).Format("2006年1月2日15时04分05秒")
	}
	letter := func(title, head, line string) string {
		return "二、事实与理由\n（二）材料显示的事实\n1." + title + "\n" + head + "\n" + line + "\n（四）依据\n"
	}
	const nights, table = "在22:00至次日8:00之间催收", "时间｜方式｜显示号码｜联系到｜证据（页）"
	for _, c := range []struct {
		name, letter string
		true         bool
	}{
		{"a night call", letter(nights, table, when(night, 0)+"｜来电｜"+night.Number+"｜本人｜证据2（6）"), true},
		{"the talk of a night call", letter(nights, table, when(night, time.Duration(night.Ring)*time.Second)+"｜来电｜"+
			night.Number+"｜本人｜证据2（6）"), true},
		{"an hour off", letter(nights, table, when(night, time.Hour)+"｜来电｜"+night.Number+"｜本人｜证据2（6）"), false},
		{"another number", letter(nights, table, when(night, 0)+"｜来电｜19900009999｜本人｜证据2（6）"), false},
		{"another person", letter(nights, table, when(night, 0)+"｜来电｜"+night.Number+"｜亲友｜证据2（6）"), false},
		{"a code at night", letter(nights, table, when(code, 0)+"｜短信｜"+code.Number+"｜本人｜证据2（6）"), false},
		{"a threat", letter("威胁人身安全", "", "（1）"+when(threat, 0)+"，显示号码"+threat.Number+"向本人发送短信：“"+
			threat.Words+"”（证据3，第7页）。"), true},
		{"a threat with a masked number", letter("威胁人身安全", "", "（1）"+when(threat, 0)+"，显示号码"+threat.Number[:3]+"****"+
			threat.Number[7:]+"向本人发送短信：“"+threat.Words+"”（证据3，第7页）。"), true},
		{"other words", letter("威胁人身安全", "", "（1）"+when(threat, 0)+"，显示号码"+
			threat.Number+"向本人发送短信：“今天就弄死你全家”（证据3，第7页）。"), false},
		{"hearsay as the collector's", letter("向第三人透露欠款", "", "（1）"+when(told, 0)+"，催收方向单位发送消息：“"+
			told.Words+"”（证据3，第7页）。"), false},
		{"hearsay as it is", letter("向第三人透露欠款", "", "（1）"+when(told, 0)+"，刘姐向本人转告：“"+told.Words+"”（证据3，第7页）。"), true},
		{"nothing was told", letter("向第三人透露欠款", "", "（1）"+when(asked, 0)+"，显示号码"+asked.Number+"致电亲友，透露本人欠款（证据3）。"),
			false},
		{"a number of a day", letter("一日内催收来电过多", "日期｜情形｜次数｜建议上限｜证据（页）", many+"｜接通的催收来电｜4｜3｜证据2（6）"), true},
		{"a number of one day", "二、事实与理由\n（二）材料显示的事实\n1.一日内催收来电过多：不符合推荐性国家标准（依据1）。" + many +
			"，接通的催收来电4次，建议上限3次（证据2，第6页）。\n（四）依据\n", true},
		{"more than there were on one day", "二、事实与理由\n（二）材料显示的事实\n1.一日内催收来电过多：不符合推荐性国家标准（依据1）。" + many +
			"，接通的催收来电9次，建议上限3次（证据2，第6页）。\n（四）依据\n", false},
		{"the rest of the nights", letter(nights, table, "此外，2026年9月3日至2026年11月20日另有2次同类情形，逐次列于证据册的时间线。"), true},
		{"more nights than there were", letter(nights, table, "此外，2026年9月3日至2026年11月20日另有40次同类情形，逐次列于证据册的时间线。"), false},
		{"more than there were", letter("一日内催收来电过多", "日期｜情形｜次数｜建议上限｜证据（页）", many+"｜接通的催收来电｜9｜3｜证据2（6）"), false},
	} {
		r := &trial{w: w}
		r.judgeLetter(c.name, c.letter)
		if r.right+r.wrong != 1 || (r.right == 1) != c.true {
			t.Errorf("%s: %d true, %d not: %v", c.name, r.right, r.wrong, r.lies)
		}
	}
}

// The person answers from the truth, and says so where they do not know.
func TestTruthPerson(t *testing.T) {
	w := newWorld(t, truthSeeds()[0], t.TempDir())
	p := &person{w: w, acts: map[string][]*act{}}
	row := func(of func(*act) bool) string {
		t.Helper()
		n := slices.IndexFunc(w.Acts, of)
		if n < 0 {
			t.Fatal("no such act")
		}
		id := fmt.Sprintf("T%03d", len(p.acts)+1)
		p.acts[id] = []*act{w.Acts[n]}
		return id
	}
	threat := row(func(a *act) bool { return a.Says == "threat" })
	insult := row(func(a *act) bool { return a.Says == "insult" })
	code := row(func(a *act) bool { return a.Role == "service" })
	mum := row(func(a *act) bool { return a.Phone == "mum" && a.Disclose == "yes" && a.Caller == "collector" })
	told := row(func(a *act) bool { return a.Tells > 0 && a.Kind == "message" && w.byID(a.Tells).Disclose == "yes" })
	list := func(s ...string) []any {
		var out []any
		for _, v := range s {
			out = append(out, v)
		}
		return out
	}
	for _, c := range []struct {
		kind  string
		about map[string]any
		want  string
	}{
		{"phone", map[string]any{"path": w.Phones["mum"].Folder}, "family"},
		{"phone", map[string]any{"path": w.Phones["desk"].Folder + "/Music"}, "workplace"},
		{"phone", map[string]any{"path": "别的文件夹"}, "unknown"},
		{"caller", map[string]any{"numbers": list("0571-00000101", "19900000311")}, "collector"},
		{"caller", map[string]any{"numbers": list("199****0777")}, "family"},
		{"caller", map[string]any{"numbers": list("19900000311", mother)}, "unknown"},
		{"caller", map[string]any{"account": chatName}, "collector"},
		{"caller", map[string]any{"numbers": list("13300000000")}, "unknown"},
		{"role", map[string]any{"incidents": list(code)}, "service"},
		{"role", map[string]any{"incidents": list(code, threat)}, "unknown"},
		{"reached", map[string]any{"incidents": list(mum)}, "family"},
		{"disclosed", map[string]any{"incidents": list(mum)}, "yes"},
		{"disclosed", map[string]any{"incidents": list(told)}, "yes"},
		{"disclosed", map[string]any{"incidents": list(threat)}, "unknown"},
		{"words", map[string]any{"incidents": list(threat), "breach": "V06a"}, "yes"},
		{"words", map[string]any{"incidents": list(threat), "breach": "V06"}, "yes"},
		{"words", map[string]any{"incidents": list(threat), "breach": "V06b"}, "no"},
		{"words", map[string]any{"incidents": list(threat, insult), "breach": "V06a"}, "some:1"},
		{"words", map[string]any{"incidents": list(code), "breach": "V05"}, "no"},
		{"told", map[string]any{"incidents": list(told)}, "yes"},
		{"told", map[string]any{"incidents": list(threat)}, "no"},
		{"lender", nil, "示例消费金融有限公司"},
		{"weather", nil, "unknown"},
	} {
		q := map[string]any{"kind": c.kind, "about": c.about}
		if got := p.answer(q); got != c.want {
			t.Errorf("%s %v: %s, want %s", c.kind, c.about, got, c.want)
		}
	}
}
