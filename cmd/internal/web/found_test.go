package web

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/juzheng/demo"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/bag/browsertest"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
)

// Every file that was given is counted once: used, left out, or of no use.
func TestFoundView(t *testing.T) {
	x := desk.Dossier{
		Exhibits: []evidence.Exhibit{
			{Number: "E001", Kind: evidence.Recording, OriginalName: "a.mp3", Duplicates: []string{"b/a.mp3", "c/a.mp3"}},
			{Number: "E002", Kind: evidence.Photo, OriginalName: "p.jpg", MediaType: "image/jpeg"},
			{Number: "E003", Kind: evidence.Photo, OriginalName: "p.svg", MediaType: "image/svg+xml"},
			{Number: "E004", Kind: evidence.SMSLog, OriginalName: "sms.xml"},
			{Number: "E005", Kind: evidence.Extract, OriginalName: "x", Extract: &evidence.Extraction{Of: "E004"}},
		},
		Out: map[string]bool{"E002": true, "E003": true},
		Unusable: []evidence.Unusable{{Path: "x/.DS_Store", Code: intake.SystemFile}, {Path: "x/e.mp3", Code: "empty-file"},
			{Path: "y/.DS_Store", Code: intake.SystemFile}},
		Incidents: []evidence.Incident{{Kind: evidence.Call}, {Kind: evidence.SMS, Exhibits: []string{"E004"}},
			{Kind: evidence.SMS, Exhibits: []string{"E002", "E004"}}, {Kind: evidence.SMS, Exhibits: []string{"E002"}}},
	}
	questions := []ask.Question{
		{ID: "q1", Kind: ask.Phone, Text: evidence.Text{ZH: "谁的", EN: "whose"}, Prefill: "family",
			Choices: []ask.Choice{{Value: "family", Text: evidence.Text{ZH: "家人", EN: "family"}}},
			Source:  evidence.Text{ZH: "文件夹名", EN: "the folder's name"}},
		{ID: "q2", Kind: ask.Leave, About: ask.About{Exhibits: []string{"E002", "E003"}}, Parts: 2},
		{ID: "q3", Kind: ask.Caller},
	}
	s := &server{}
	v := foundOf(x, questions, "zh", s.note)
	if v.Sum != [4]int{2, 2, 5, 9} || v.Total != 9 || v.UnusedN != 5 || v.Leave != "q2" || !v.Logs {
		t.Errorf("%+v", v)
	}
	if len(v.Phones) != 1 || v.Phones[0].GuessSays != "家人" || slices.ContainsFunc(v.Phones[0].Choices,
		func(c choiceView) bool { return c.Checked }) {
		t.Errorf("a suggestion passes for an answer: %+v", v.Phones)
	}
	if len(v.Groups) != 1 || len(v.Groups[0].Files) != 2 || !v.Groups[0].Files[0].Picture || v.Groups[0].Files[1].Picture {
		t.Errorf("left out: %+v", v.Groups)
	}
	tally := fmt.Sprint(v.Tally)
	if tally != "[{录音 1 段} {短信记录 1 份} {通话 1 次} {短信、消息 2 条}]" {
		t.Errorf("counted: %s", tally)
	}
	n := 0
	for _, u := range v.Unused {
		n += u.N
	}
	if n != 5 || len(v.Unused) != 3 {
		t.Errorf("of no use: %+v", v.Unused)
	}
}

// Whatever is not ticked stays out.
func TestLeaveValue(t *testing.T) {
	q := ask.Question{Parts: 3, About: ask.About{Exhibits: []string{"E004", "E005", "E009"}},
		Choices: []ask.Choice{{Value: "yes"}, {Value: "no"}}}
	for _, c := range []struct {
		in   []string
		want string
	}{{nil, "yes"}, {[]string{"E004", "E005", "E009"}, "no"}, {[]string{"E005"}, "some:1,3"},
		{[]string{"E010"}, "yes"}} {
		if got := leaveValue(q, c.in); got != c.want {
			t.Errorf("%v in: %q, want %q", c.in, got, c.want)
		}
	}
}

// How long it takes is said once it can be told, and never more than was said before.
func TestProgress(t *testing.T) {
	begun := time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	type step struct{ after, done, total int } // seconds
	steady := func(seconds, total int) (out []step) {
		for n := range seconds {
			out = append(out, step{n + 1, n + 1, total})
		}
		return out
	}
	for _, c := range []struct {
		name  string
		steps []step
		told  bool // at some time
	}{
		{"nothing is known", []step{{60, 0, 0}}, false},
		{"too early", []step{{1, 10, 100}}, false},
		{"nothing yet", []step{{60, 0, 100}}, false},
		{"one large file at the beginning",
			[]step{{1, 1, 100}, {5, 1, 100}, {9, 1, 100}, {18, 1, 100}, {24, 100, 100}}, false},
		{"steadily", steady(60, 60), true},
		{"one large file in the middle", append(steady(20, 60), step{60, 21, 60}, step{61, 22, 60}, step{99, 60, 60}), true},
		{"more is found to do", append(steady(20, 60), step{21, 21, 600}, step{90, 80, 600}), true},
		{"more than all", []step{{10, 120, 100}}, false},
	} {
		w, least, told := work{started: begun, since: begun}, -1, false
		for n, s := range c.steps {
			w.tell(int64(s.done), int64(s.total), begun.Add(time.Duration(s.after)*time.Second))
			until := s.after + 1
			if n+1 < len(c.steps) {
				until = c.steps[n+1].after
			}
			for at := s.after; at < until; at++ { // as often as a page looks
				p := w.progressAt(begun.Add(time.Duration(at) * time.Second))
				if p.Seconds < 0 {
					continue
				}
				if told && p.Seconds > least {
					t.Errorf("%s: after %d s it rises from %d to %d", c.name, at, least, p.Seconds)
				}
				told, least = true, p.Seconds
			}
		}
		if told != c.told {
			t.Errorf("%s: told %v", c.name, told)
		}
	}
	w := work{done: 50, total: 100}
	if p := w.progressAt(begun); p.Share != 50 || p.Done != 50 || p.Total != 100 || p.Seconds != -1 {
		t.Errorf("%+v", p)
	}
	if g := (progress{Share: 100}).going(); g.Share != -1 || !g.Last { // a full bar seems to be stuck
		t.Errorf("at the end: %+v", g)
	}
	if g := (progress{Seconds: 170}).going(); g.Minutes != 3 {
		t.Errorf("%+v", g)
	}
}

// A list of calls that was not read is no private file that is folded away: it stands in the
// open with why, and can be put in all the same.
func TestUnreadListsStandApart(t *testing.T) {
	const why = "PDF 里的通话记录没有读取，按文件保存；请向运营商另要一份 Excel 或 CSV 格式的详单加进来"
	x := desk.Dossier{Exhibits: []evidence.Exhibit{
		{Number: "E001", Kind: evidence.Document, OriginalName: "移动语音详单202611.pdf",
			Notes: []evidence.Note{{Code: evidence.NoteUnread, Detail: why}}},
		{Number: "E002", Kind: evidence.Document, OriginalName: "体检.pdf"}},
		Out: map[string]bool{"E001": true, "E002": true}}
	s := &server{}
	leave := ask.Question{ID: "q", Kind: ask.Leave, About: ask.About{Exhibits: []string{"E001", "E002"}}}
	v := foundOf(x, []ask.Question{leave}, "zh", s.note)
	if len(v.Lists) != 1 || v.Lists[0].Number != "E001" || v.Lists[0].Why != why || v.Leave != "q" || !v.Few {
		t.Errorf("%+v", v)
	}
	if len(v.Groups) != 1 || len(v.Groups[0].Files) != 1 || v.Groups[0].Files[0].Number != "E002" {
		t.Errorf("%+v", v.Groups)
	}
}

// As a person would: choose the folder, say whose phone a part is from, take one
// file in, list the case at the start, go on; all of it is in the case.
func TestFoundScreen(t *testing.T) {
	browsertest.Need(t)
	home := t.TempDir()
	settings := filepath.Join(home, "settings")
	phone := filepath.Join(home, "手机文件")
	writePhone(t, phone)
	p := newPage(t, "", func(o *Options) {
		o.Desk = func() (desk.Desk, error) {
			d, err := testDesk()
			d.Settings = settings
			return d, err
		}
	})
	p.open("/choose?dir=" + home)
	p.tab.Click(`a[href*="` + "%E6%89%8B%E6%9C%BA%E6%96%87%E4%BB%B6" + `"]`)
	p.wait(`return !!document.querySelector('footer .go')`)
	p.look("choose")
	p.tab.Click("footer .go")
	p.wait(`return !!document.querySelector('.sum')`)
	p.base = p.origin + strings.TrimSuffix(p.path(), "/found")
	kase := phone + "-案件"
	d, _ := testDesk()
	found := p.path()
	p.reach(`a[href*="choose?case="]`)
	p.wait(`return location.pathname.endsWith('/choose')`)
	if text := p.text(); strings.Contains(text, "还没有打开案件") || !strings.Contains(text, "加进“手机文件-案件”") ||
		!strings.Contains(text, "现在在 "+home) {
		t.Errorf("what a folder is chosen for:\n%s", text)
	}
	p.tab.Click("footer .back")
	p.wait(`return location.pathname === '` + found + `'`)
	if text := p.text(); !strings.Contains(text, "这些是谁的手机里的") {
		t.Fatalf("nobody is asked whose phone it is:\n%s", text)
	}
	p.tab.Click(`.chip:has([value=family])`)
	p.wait(`return !!document.querySelector('#said')`)
	p.tab.Click("#said ~ dl .fix") // taken back, and said again
	p.wait(`return !document.querySelector('#said')`)
	p.tab.Click(`.chip:has([value=family])`)
	p.wait(`return !!document.querySelector('#said')`)
	p.reach(`.tick input[name=on]`)
	p.wait(`return document.querySelector('.tick input[name=on]').checked`)
	p.look("found-answered")
	p.tab.Run(nil, `document.querySelectorAll('details').forEach(function (e) { e.open = true; })`)
	// what is ticked stays so when other buttons show the screen anew
	p.tab.Click(`input[name=in]`)
	p.wait(`return !document.querySelector('.htmx-request')`)
	p.open("found")
	p.wait(`return document.querySelector('input[name=in]').checked`)
	p.tab.Click("footer .go")
	p.wait(`return location.pathname.endsWith('/loan')`)
	answers, err := desk.Answers(t.Context(), d, kase)
	if err != nil || len(answers.Answers) != 2 || answers.Answers[0].Value != "family" {
		t.Errorf("answers: %+v, %v", answers.Answers, err)
	}
	f, err := folder.Open(kase, d.Tool)
	if err != nil {
		t.Fatal(err)
	}
	out, err := f.LeftOut()
	if err != nil || len(out) != 1 {
		t.Errorf("left out are %v, %v; one photo of two was ticked", out, err)
	}
	// what stays out is listed and comes back; what goes in can be taken out
	listed := func(want int) {
		t.Helper()
		if out, err = f.LeftOut(); err != nil || len(out) != want {
			t.Errorf("left out are %v, %v", out, err)
		}
	}
	p.open("found")
	p.tab.Run(nil, `document.querySelectorAll('details').forEach(function (e) { e.open = true; })`)
	p.reach(`form[action$="found/back"] button`)
	p.wait(`return !document.querySelector('form[action$="found/back"]')`)
	listed(0)
	p.tab.Run(nil, `document.querySelectorAll('details').forEach(function (e) { e.open = true; })`)
	p.reach(`form[action$="found/leave"]:has([value=E001]) button`)
	p.wait(`return !!document.querySelector('form[action$="found/back"]')`)
	listed(1)
	p.open("/")
	p.tab.Click(".card .b")
	p.wait(`return location.pathname.endsWith('/found')`)
	p.open("/")
	p.tab.Click(".card .link")
	p.wait(`return !document.querySelector('.card')`)
	if _, err := os.Stat(filepath.Join(settings, recentFile)); !os.IsNotExist(err) {
		t.Errorf("the list of cases stays: %v", err)
	}
	p.clean()
}

// writePhone makes a phone with a folder that is named as somebody else's phone,
// and two photos of nothing.
func writePhone(t *testing.T, dir string) {
	t.Helper()
	if err := demo.Write(dir); err != nil {
		t.Fatal(err)
	}
	shots, err := filepath.Glob(filepath.Join(dir, "DCIM", "Screenshots", "*mms.png"))
	if err != nil || len(shots) == 0 {
		t.Fatalf("the invented phone has no screenshot: %v", err)
	}
	photos, err := filepath.Glob(filepath.Join(dir, "DCIM", "Camera", "*.png"))
	if err != nil || len(photos) == 0 {
		t.Fatalf("the invented phone has no photo: %v", err)
	}
	for to, from := range map[string]string{
		"妈妈手机/DCIM/Screenshots/Screenshot_2026-09-07-10-00-00-000_com.android.mms.png": shots[0],
		"DCIM/Camera/IMG_20260902_101500.png":                                          photos[0],
	} {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		to = filepath.Join(dir, filepath.FromSlash(to))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, append(data, 0), 0o600); err != nil { // another file than the first
			t.Fatal(err)
		}
	}
}

// The step is done when nothing on it is open, and stays so when later answers leave
// more files out.
func TestFoundDone(t *testing.T) {
	some := map[string]evidence.Exhibit{"E001": {}}
	leave, phone := []ask.Question{{Kind: ask.Leave}}, []ask.Question{{Kind: ask.Phone}}
	given := func(k ask.Kind) []folder.Answer { return []folder.Answer{{Kind: string(k)}} }
	for _, c := range []struct {
		a    desk.Asked
		want bool
	}{
		{desk.Asked{}, false},
		{desk.Asked{Exhibits: some}, true},
		{desk.Asked{Exhibits: some, Questions: leave}, false},
		{desk.Asked{Exhibits: some, Questions: leave, Answers: given(ask.Phone)}, false},
		{desk.Asked{Exhibits: some, Questions: leave, Answers: given(ask.Caller)}, true},
		{desk.Asked{Exhibits: some, Questions: phone, Answers: given(ask.Caller)}, false},
	} {
		if got := foundDone(c.a); got != c.want {
			t.Errorf("%+v: %v", c.a, got)
		}
	}
}
