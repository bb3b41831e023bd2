package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

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
