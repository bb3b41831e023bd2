package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
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

// A trial is one dump taken through the program.
type trial struct {
	w    *world
	kase string
	kept keptCase
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

func (r *trial) quiet(args ...string) (int, []map[string]any, string) {
	return quietly(&r.kept, args...)
}

func (r *trial) add(t *testing.T) {
	t.Helper()
	if code, _, talk := r.quiet("add", r.kase, r.w.dir, "--json"); code != 0 && code != 3 {
		t.Fatalf("add: exit %d\n%s", code, talk)
	}
	r.look(t)
}

// look reads what rows and exhibits there are.
func (r *trial) look(t *testing.T) []map[string]any {
	t.Helper()
	_, lines, _ := r.quiet("list", r.kase, "--json")
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
	_, lines, _ = r.quiet("timeline", r.kase, "--json")
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
	_, lines, _ := r.quiet("ask", r.kase, "--json")
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
	_, lines, _ := r.quiet("check", r.kase, "--json")
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
		_, lines, _ := r.quiet("check", r.kase, "--json", "--to", to)
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
		if code, _, talk := r.quiet("ask", r.kase, "--answer", id+"="+answer); code != 0 {
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
	worst := [4]float64{1, 1, 0, 1}
	for _, seed := range truthSeeds() {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
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
				t.Errorf("%d answers, %d questions left, blocked by %q", r.who.answers, r.open, r.blocked)
			}
			if share(r.inLetter, r.violations) < truthInLetters {
				t.Errorf("in letters %.3f; left out:\n    %s", share(r.inLetter, r.violations), few(r.left))
			}
		})
	}
	t.Logf("worst of %d seeds: precision %.3f, asserted or asked %.3f, %.0f answers, in letters %.3f",
		len(truthSeeds()), worst[0], worst[1], worst[2], worst[3])
}

func (r *trial) report(t *testing.T) {
	t.Helper()
	t.Logf("precision %.3f (%d of %d), asserted or asked %.3f (%d of %d), "+
		"%d answers (%d of them 不知道), in letters %.3f (%d of %d)",
		r.precision(), r.right, r.right+r.wrong, share(r.asked, r.shown), r.asked, r.shown,
		r.who.answers, r.who.unknown, share(r.inLetter, r.violations), r.inLetter, r.violations)
	t.Logf("neither asserted nor asked:\n    %s", strings.Join(r.missing, "\n    "))
	t.Logf("asked:\n    %s", strings.Join(r.who.log, "\n    "))
}
