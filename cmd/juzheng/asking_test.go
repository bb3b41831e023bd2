package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
)

const twoThreats = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="2">
 <sms protocol="0" address="19900000312" date="1789698606000" type="1" subject="null" body="再不还钱就打断你的腿" read="1" status="-1" contact_name="(Unknown)" />
 <sms protocol="0" address="19900000312" date="1789785006000" type="1" subject="null" body="明天不还，我们砍死你" read="1" status="-1" contact_name="(Unknown)" />
</smses>
`

// caseOfTwoThreats is a case whose questions are whose telephone it is, and
// whether the two messages of it are threats.
func caseOfTwoThreats(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	kase, phone := filepath.Join(dir, "案件"), filepath.Join(dir, "sms.xml")
	if err := os.WriteFile(phone, []byte(twoThreats), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", kase}, {"add", kase, phone}} {
		if code, _, talk := quiet(args...); code != 0 {
			t.Fatalf("%v: exit %d\n%s", args, code, talk)
		}
	}
	return kase
}

// An interrupt while a question waits ends the asking at once, with the exit
// code of an interrupt, and what was answered before is kept.
func TestInterruptKeepsAnswers(t *testing.T) {
	kase := caseOfTwoThreats(t)
	in, typing := io.Pipe()
	defer typing.Close()
	ctx, interrupt := context.WithCancel(context.Background())
	defer interrupt()
	talk := &watched{words: "每一条", seen: interrupt} // of the second question
	e := &env{stdin: in, stdout: io.Discard, stderr: talk, getenv: func(string) string { return "" }, now: time.Now}
	go io.WriteString(typing, "1\n")
	err := askAll(ctx, e, kase)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("%v\n%s", err, talk.String())
	}
	d, err := e.desk()
	if err != nil {
		t.Fatal(err)
	}
	r, err := desk.Ask(context.Background(), d, kase)
	if err != nil || len(r.Answers) != 1 {
		t.Errorf("%d answers kept, %v\n%s", len(r.Answers), err, talk.String())
	}
}

// An interrupt at the second of the six questions keeps the first answer in the
// case, and the rest is asked by the next run.
func TestInterruptKeepsTheSix(t *testing.T) {
	kase := filepath.Join(t.TempDir(), "案件")
	in, typing := io.Pipe()
	defer typing.Close()
	ctx, interrupt := context.WithCancel(context.Background())
	defer interrupt()
	talk := &watched{words: "2/6", seen: interrupt}
	e := &env{stdin: in, stdout: io.Discard, stderr: talk, getenv: func(string) string { return "" }, now: time.Now}
	go io.WriteString(typing, "林小安\n")
	a := answers{adds: "phone"}
	stopped := a.ask(ctx, e)
	if !errors.Is(stopped, context.Canceled) || a.name != "林小安" {
		t.Fatalf("%v, %+v\n%s", stopped, a, talk.String())
	}
	d, err := e.desk()
	if err != nil {
		t.Fatal(err)
	}
	if err := newCase(ctx, e, d, kase, evidence.Case{}, a, stopped); e.report(err) != exitInterrupted ||
		!strings.Contains(talk.String(), "再运行一次就接着来：juzheng phone") {
		t.Errorf("%v\n%s", err, talk.String())
	}
	r, err := desk.Ask(context.Background(), d, kase)
	if err != nil || r.Case.Complainant.Name != "林小安" || r.Questions[0].Kind != ask.OwnNumber {
		t.Errorf("%+v, %v", r.Questions, err)
	}
}

// Of several messages some may be threats and others not: the person says which
// by their numbers.
func TestSomeOfThemAsked(t *testing.T) {
	kase := caseOfTwoThreats(t)
	var talk bytes.Buffer
	e := &env{stdin: strings.NewReader("1\n9\n4\n2\nq\n"), stdout: io.Discard, stderr: &talk,
		getenv: func(string) string { return "" }, now: time.Now}
	if err := askAll(context.Background(), e, kase); err != nil {
		t.Fatalf("%v\n%s", err, talk.String())
	}
	answers, err := os.ReadFile(filepath.Join(kase, "answers.jsonl"))
	if err != nil || !strings.Contains(string(answers), `"value":"some:2"`) ||
		!strings.Contains(talk.String(), "4 有的是，有的不是") || !strings.Contains(talk.String(), "没有这个选项：9") {
		t.Errorf("%v\n%s\n%s", err, answers, talk.String())
	}
}

// watched calls seen once some words were written. Whoever waits for a line may still be
// writing when an interrupt is told of.
type watched struct {
	sync.Mutex
	bytes.Buffer
	words string
	seen  func()
}

func (w *watched) Write(p []byte) (int, error) {
	w.Lock()
	defer w.Unlock()
	if strings.Contains(string(p), w.words) {
		w.seen()
	}
	return w.Buffer.Write(p)
}

// A row in a question takes one line, and says how long a call was in the
// person's words.
func TestRowOfAQuestion(t *testing.T) {
	at, _ := evidence.ParseTime("2026-09-02 10:30:05")
	call := evidence.Incident{ID: "T006", Time: at, Kind: evidence.Call, Answered: evidence.Yes, Number: "057100000101",
		Seconds: 81}
	for lang, want := range map[string]string{"zh": "T006 2026-09-02 10:30 通话 057100000101 1 分 21 秒",
		"en": "T006 2026-09-02 10:30 call 057100000101 1m21s"} {
		if got := rowLine(call, lang); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
