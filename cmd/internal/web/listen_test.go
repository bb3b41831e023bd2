package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/bag/browsertest"
	"juzheng/evidence/folder"
)

// named is [demoCaseUnsaid] with the collectors named.
func named(t testing.TB) string {
	t.Helper()
	kase := demoCaseUnsaid(t)
	d, _ := testDesk()
	for number, who := range map[string]string{"057100000101": "collector", "19900000311": "collector",
		"106900000088": "platform"} {
		if _, err := desk.SayWhose(t.Context(), d, kase, desk.Whose{Number: number, Value: who}); err != nil {
			t.Fatal(err)
		}
	}
	return kase
}

func TestPartsOfACard(t *testing.T) {
	q := ask.Question{Parts: 3, Choices: []ask.Choice{{Value: "yes"}, {Value: "no"}}}
	for _, c := range []struct{ ticked, want string }{
		{"", ""}, {"2", "some:2"}, {"3 1", "some:1,3"}, {"1 2 3", "yes"}, {"9", ""},
	} {
		if got := partsValue(q, strings.Fields(c.ticked)); got != c.want {
			t.Errorf("%q: %q, not %q", c.ticked, got, c.want)
		}
	}
}

// What a card lets the person tick stands on it in words, whatever it is: requests,
// people, days, calls.
func TestPartsAreNamed(t *testing.T) {
	m := cardMaker{lang: "zh", asked: desk.Asked{Incidents: map[string]evidence.Incident{
		"T001": {ID: "T001", Kind: evidence.Call, Direction: evidence.In, Words: "录音里对方说：“还钱”（本人听录）"}}}}
	q := ask.Question{Parts: 2, Text: evidence.Text{ZH: "还想请对方做什么？1 书面道歉；2 延期"},
		List: []evidence.Text{{ZH: "书面道歉"}, {ZH: "延期"}}}
	if got := m.parts(q); strings.Join(got, " ") != "书面道歉 延期" || q.Asks().ZH != "还想请对方做什么？" {
		t.Errorf("%q of %q", got, q.Asks().ZH)
	}
	q = ask.Question{Parts: 1, About: ask.About{Incidents: []string{"T001"}}}
	if got := m.parts(q); !strings.Contains(got[0], "“录音里对方说：“还钱”") {
		t.Errorf("what was heard is not beside the call: %q", got)
	}
}

// An answer is told without the fields that were left empty, and of others what was chosen, never
// its code.
func TestSaidIn(t *testing.T) {
	g := folder.Answer{Value: "明天上门\n〔说话的是〕\n〔图上显示的发送人〕李经理\n〔图上写的时间〕"}
	if got := saidIn(g, "zh"); got != "明天上门\n图上显示的发送人：李经理" {
		t.Errorf("%q", got)
	}
	g.Value = "弄死你\n〔这句话是在〕V06a\n〔说话的是〕to-me"
	if got := saidIn(g, "zh"); got != "弄死你\n这句话是在：威胁您或者家人的人身安全\n说话的是：催收的人，对我说的" {
		t.Errorf("%q", got)
	}
	if got := saidIn(g, "en"); got != "弄死你\nWhat it does: threaten your safety or that of your family\n"+
		"Who says it: the collector, to me" {
		t.Errorf("%q", got)
	}
}

// Somebody's safety comes before all, with the number to call standing out.
func TestSafetyOf(t *testing.T) {
	if got := safetyOf(evidence.Report{}, nil, []ask.Question{{}}, "zh"); got != nil {
		t.Errorf("%+v", got)
	}
	for _, lang := range languages {
		got := safetyOf(evidence.Report{}, nil, []ask.Question{{Danger: true}}, lang)
		if got == nil || got.Number != "110" || got.Before == "" || got.After == "" {
			t.Errorf("%s: %+v", lang, got)
		}
	}
	rows := []evidence.Incident{{ID: "T007", Kind: evidence.SMS, Shown: "今晚到你家，砍死你"}}
	r := evidence.Report{Emergency: evidence.Text{ZH: "涉及人身安全（T007）", EN: "T007"}, Endangered: []string{"T007"},
		Worded: []evidence.Worded{{Incident: "T007", Quote: "砍死你", Danger: true}}}
	for _, lang := range languages {
		got := safetyOf(r, rows, nil, lang)
		if got == nil || got.Number != "110" || len(got.Acts) != 1 || got.Acts[0].Quote != "砍死你" ||
			strings.Contains(fmt.Sprint(*got), "T007") {
			t.Errorf("%s: %+v", lang, got)
		}
	}
}

// What is drawn holds every part of the recording.
func TestDrawing(t *testing.T) {
	got := drawing([]float64{0, 1}, 19, "zh")
	for _, want := range []string{`viewBox="0 0 8 64"`, "M2 31.5v1.0M6 2.0v60.0", "共19秒"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s has no %s", got, want)
		}
	}
}

// Cards are answered one after another, by press and by key; what was typed is kept
// before it is given; an answer can be looked at again, changed and taken back.
func TestListenScreen(t *testing.T) {
	browsertest.Need(t)
	kase := named(t)
	p := newPage(t, kase, nil)
	d, _ := testDesk()
	given := func() []folder.Answer {
		t.Helper()
		r, err := desk.Answers(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		return r.Answers[3:] // after those that named the collectors
	}
	stand := func(want ...string) {
		t.Helper()
		var got []string
		for range 100 {
			got = nil
			for _, a := range given() {
				got = append(got, a.Kind+" "+a.Value)
			}
			if fmt.Sprint(got) == fmt.Sprint(want) {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("answered were %q, not %q", got, want)
	}
	// goes to the card whose question has some words
	to := func(words string) string {
		t.Helper()
		r, err := desk.Ask(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range r.Questions {
			if strings.Contains(q.Text.ZH, words) {
				p.open("listen?q=" + q.ID)
				return q.ID
			}
		}
		t.Fatalf("nothing is asked about %s", words)
		return ""
	}
	key := func(keys string) {
		t.Helper()
		press := map[string]any{"type": "keyDown", "key": keys, "text": keys}
		switch keys {
		case " ":
			press["code"], press["windowsVirtualKeyCode"] = "Space", 32
		case "Ctrl+Enter":
			press = map[string]any{"type": "rawKeyDown", "key": "Enter", "code": "Enter", "modifiers": 2,
				"windowsVirtualKeyCode": 13}
		default:
			press["code"], press["windowsVirtualKeyCode"] = "Digit"+keys, int(keys[0])
		}
		p.tab.Devtools("Input.dispatchKeyEvent", press, nil)
		press["type"] = "keyUp"
		p.tab.Devtools("Input.dispatchKeyEvent", press, nil)
	}

	// which recordings hold words that matter: the player, its waveform, ticks
	to("没有文字稿")
	p.wait(`return document.querySelectorAll('.wave svg').length >= 1`)
	p.look("listen-parts")
	p.open("listen")
	to("没有文字稿")
	p.wait(`return document.querySelector('audio').readyState >= 1`)
	p.tab.Run(nil, `document.body.focus()`)
	key(" ")
	p.wait(`return !document.querySelector('audio').paused`)
	key(" ")
	p.wait(`return document.querySelector('audio').paused`)
	p.tab.Click("footer .go")
	p.wait(`return !!document.querySelector('.wrong')`) // nothing was ticked
	stand()
	key("1")
	p.wait(`return document.querySelector('[data-key="1"]').checked`)
	p.tab.Click("footer .go")
	stand("heard some:1")

	// its words: typed, kept while typing, mended where they are none
	heard := to("最要紧的是哪一句")
	p.tab.Run(nil, `const w = document.getElementById('words'); w.focus(); w.value = '再';
		w.dispatchEvent(new Event('input', {bubbles: true}))`)
	x, err := desk.Open(t.Context(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if desk.Draft(x.Folder, heard) == "再" {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.open("listen?q=" + heard)
	p.wait(`return document.getElementById('words').value === '再'`)
	p.wait(`return document.querySelector('audio').readyState >= 1`)
	p.tab.Run(nil, `document.getElementById('words').focus()`)
	key("1") // a digit in a field is a digit
	p.wait(`return document.getElementById('words').value.includes('1')`)
	key("Ctrl+Enter")
	p.wait(`return !document.querySelector('audio').paused`)
	key("Ctrl+Enter")
	p.wait(`return document.querySelector('audio').paused`)
	stand("heard some:1")
	p.tab.Run(nil, `document.getElementById('words').value = '再'`)
	p.tab.Click("footer .go")
	p.wait(`return document.querySelector('.wrong') && document.querySelector('.wrong').innerText.includes('至少 2 个字')`)
	for _, complaint := range p.tab.Complaints() {
		if !strings.Contains(complaint, "422") { // how the browser tells of a mistake in a field
			t.Error(complaint)
		}
	}
	p.look("listen-words")
	p.open("listen?q=" + heard)
	p.wait(`return document.getElementById('says').hidden`) // one character is no sentence
	p.tab.Run(nil, `const w = document.getElementById('words'); w.value = '你再不还钱，我就让你在单位待不下去';
		w.dispatchEvent(new Event('input', {bubbles: true}))`)
	p.wait(`const s = document.getElementById('says');
		return !s.hidden && /^\d+年.*来电.*“你再不还钱，我就让你在单位待不下去”.*（证据[\d、]+）。$/.test(s.querySelector('p').innerText)`)
	p.look("listen-says")
	p.open("listen?q=" + heard)
	p.tab.Run(nil, `document.getElementById('words').value = '你再不还钱，我就让你在单位待不下去'`)
	p.tab.Run(nil, `document.querySelector('[name=f-kind]').value = 'V06'`)
	p.tab.Click("footer .go")
	stand("heard some:1", "heard 你再不还钱，我就让你在单位待不下去\n〔这句话是在〕V06")
	for n := 0; desk.Draft(x.Folder, heard) != ""; n++ {
		if n == 100 {
			t.Fatalf("the draft stays: %q", desk.Draft(x.Folder, heard))
		}
		time.Sleep(50 * time.Millisecond)
	}

	// what stands of the act is changed beside the card, which stays
	words := to("辱骂您")
	p.tab.Run(nil, `document.querySelector('[name=column][value=reached] ~ .chips [value=workplace]').click()`)
	stand("heard some:1", "heard 你再不还钱，我就让你在单位待不下去\n〔这句话是在〕V06", "row workplace")
	p.wait(`return document.querySelector('.known').innerText.includes('单位、同事')`)
	if at, want := p.path(), "/listen"; !strings.HasSuffix(at, want) {
		t.Errorf("the card is gone: %s", at)
	}
	if _, err := desk.UndoAnswer(t.Context(), d, kase, ""); err != nil {
		t.Fatal(err)
	}

	// a choice by its key, which come after those of the two kinds it lists, not known, skipped
	p.open("listen?q=" + words)
	p.look("listen-choice")
	p.open("listen?q=" + words)
	p.tab.Run(nil, `document.body.focus()`)
	key("3")
	stand("heard some:1", "heard 你再不还钱，我就让你在单位待不下去\n〔这句话是在〕V06", "words yes")
	to("聊天截图")
	p.look("listen-pictures")
	to("聊天截图")
	p.tab.Click("footer [value=skip]")
	stand("heard some:1", "heard 你再不还钱，我就让你在单位待不下去\n〔这句话是在〕V06", "words yes", "picture skip")
	to("照片、视频")
	p.tab.Click("footer [value=unknown]")
	stand("heard some:1", "heard 你再不还钱，我就让你在单位待不下去\n〔这句话是在〕V06", "words yes", "picture skip", "source-row unknown")

	// back to what was answered, and changed
	p.open("listen")
	p.tab.Click("footer .back")
	p.wait(`return location.search.startsWith('?had=') && document.body.innerText.includes('不知道')`)
	p.tab.Click("footer .back")
	p.wait(`return document.querySelector('.had').innerText.trim() === '每一样都是'`)
	p.look("listen-had")
	p.tab.Run(nil, `document.querySelector('.answers .b').click()`)
	p.wait(`return !!document.querySelector('.ask [data-key="4"]')`)
	stand("heard some:1", "heard 你再不还钱，我就让你在单位待不下去\n〔这句话是在〕V06", "picture skip", "source-row unknown")
	p.tab.Run(nil, `document.querySelector('.ask [data-key="4"]').click()`)
	stand("heard some:1", "heard 你再不还钱，我就让你在单位待不下去\n〔这句话是在〕V06", "picture skip", "source-row unknown", "words no")

	// and taken back from the list: the last stands first
	p.open("listen")
	p.tab.Run(nil, `document.querySelector('details.aside .fix').click()`)
	stand("heard some:1", "heard 你再不还钱，我就让你在单位待不下去\n〔这句话是在〕V06", "picture skip", "source-row unknown")
	p.clean()
}

// Without scripts a card is a form like any other, and what only was skipped is
// offered once more at the end.
func TestListenWithoutScripts(t *testing.T) {
	kase := messagesCase(t, testCase(), [2]string{"19900000311", "再不还钱就打断你的腿"})
	d, _ := testDesk()
	if _, err := desk.SayWhose(t.Context(), d, kase, desk.Whose{Number: "19900000311", Value: "collector"}); err != nil {
		t.Fatal(err)
	}
	c := serve(t, kase, nil).enter(t)
	at := strings.TrimSuffix(c.begin, "/"+foundPath) + "/listen"
	for range 40 {
		r, err := desk.Ask(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		status, body := c.do("GET", at, nil, nil)
		if status != 200 || !strings.Contains(body, "先说安全") {
			t.Fatalf("%d\n%s", status, body)
		}
		_, rest, ok := strings.Cut(body, `name="q" value="`)
		if !ok {
			if !strings.Contains(body, "条您跳过了") || !strings.Contains(body, "again=yes") {
				t.Errorf("the end of %d questions:\n%s", len(r.Questions), body)
			}
			return
		}
		id, _, _ := strings.Cut(rest, `"`)
		if status, body := c.do("POST", at+"/answer", strings.NewReader("q="+id+"&choice=skip"), nil); status != 303 {
			t.Fatalf("%d\n%s", status, body)
		}
	}
	t.Error("the cards never end")
}

// On a narrow screen the tape stays in view while its words are typed.
func TestTapeStays(t *testing.T) {
	browsertest.Need(t)
	kase := named(t)
	d, _ := testDesk()
	heard := func(words string) string {
		t.Helper()
		r, err := desk.Ask(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range r.Questions {
			if strings.Contains(q.Text.ZH, words) {
				return q.ID
			}
		}
		t.Fatalf("nothing is asked about %s", words)
		return ""
	}
	if _, err := desk.Answer(t.Context(), d, kase,
		[]desk.Reply{{Question: heard("没有文字稿"), Value: "some:1"}}); err != nil {
		t.Fatal(err)
	}
	p := newPage(t, kase, nil)
	p.tab.Screen(390, 700, false)
	p.open("listen?q=" + heard("最要紧的是哪一句"))
	p.tab.Run(nil, `document.getElementById('words').focus(); scrollTo(0, document.body.scrollHeight)`)
	p.wait(`const r = document.querySelector('audio').getBoundingClientRect();
		return scrollY > 100 && r.top >= 0 && r.bottom <= innerHeight`)
	p.clean()
}
