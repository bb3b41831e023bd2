package web

import (
	"context"
	"errors"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/track"
	"juzheng/templates/packet"
	"juzheng/templates/scan"
)

// A fault in one request, and one in work that goes on, ends neither the server
// nor other requests; the page says so and has a text to send.
func TestFaultsEndNothing(t *testing.T) {
	s, err := newServer(t.Context(), Options{Desk: testDesk, Scratch: t.TempDir()}, "127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	h := s.recovering(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		panic("a fault made by the test")
	}))
	form := url.Values{"addr": {"浙江省<b>"}, "v": {"1", "2"}}
	r := httptest.NewRequest("POST", "/k/c/1/loan/save", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	body := w.Body.String()
	for _, want := range []string{"不是您做错了什么", "a fault made by the test", `value="浙江省&lt;b&gt;"`, `value="2"`,
		`action="/k/c/1/loan/save"`, "<textarea"} {
		if w.Code != http.StatusInternalServerError || !strings.Contains(body, want) {
			t.Errorf("%d, no %s in\n%s", w.Code, want, body)
		}
	}
	if text := body[strings.Index(body, "<textarea"):]; strings.Contains(text, "浙江省") {
		t.Error("what was typed is in the text to send")
	}

	v := &visit{s: s, key: "k"}
	if err := v.work("add", func(context.Context, desk.Desk) (any, error) { panic("in work") }); err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if w, ok := v.working(); ok && w.ended {
			var panicked *panicError
			if !errors.As(w.err, &panicked) {
				t.Errorf("work ended with %v", w.err)
			}
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Error("work does not end")
}

// Who presses on while the page itself reads pictures is not told of another window.
func TestLockedByThePageItself(t *testing.T) {
	going := &work{name: "read"}
	v := &visit{s: &server{works: map[string]*work{"k": going}}, key: "k"}
	status, what, _, ok := v.explain(&folder.LockedError{})
	if !ok || status != http.StatusConflict || strings.Contains(what.ZH, "另一个") || what.ZH == "" {
		t.Errorf("while it works: %d %s", status, what.ZH)
	}
	going.ended = true
	if _, what, _, _ := v.explain(&folder.LockedError{}); !strings.Contains(what.ZH, "另一个") {
		t.Errorf("when it has ended: %s", what.ZH)
	}
}

// While another program has the case, a form says so and loses nothing; when it
// is free the same form is carried out.
func TestLockedCase(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "案件")
	d, _ := testDesk()
	if _, err := desk.Init(t.Context(), d, dir, evidence.Case{}); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(dir, d.Tool)
	if err != nil {
		t.Fatal(err)
	}
	c := serve(t, dir, nil).enter(t)
	unlock, err := f.Lock(testNow)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.TrimSuffix(c.begin, foundPath) + "found/answer"
	status, body := c.do("POST", at, strings.NewReader("q=Q1&v=%E5%AE%B6%E4%BA%BA"), nil)
	unlock()
	if status != http.StatusConflict || !strings.Contains(body, `value="家人"`) ||
		!strings.Contains(body, "正在被另一个窗口或命令使用") {
		t.Errorf("%d\n%s", status, body)
	}
	if status, body := c.do("POST", at, strings.NewReader("q=Q1&v=x"), nil); status == http.StatusConflict {
		t.Errorf("still locked: %s", body)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if status, body := c.do("GET", c.begin, nil, nil); status != http.StatusNotFound ||
		!strings.Contains(body, "不在原来的地方了") {
		t.Errorf("of a case that is gone: %d\n%s", status, body)
	}
}

// What happens when papers are handed in is told in the words of the screen: what it is
// and what to do, and no name of a command, an option or a reason in the program.
func TestHandFaultsArePlain(t *testing.T) {
	v := &visit{s: &server{}, lang: "zh"}
	lane := track.Lane{}
	plain := func(said string) {
		t.Helper()
		if said == "" || ofCommands.MatchString(said) || ofFiles.MatchString(said) || strings.ContainsAny(said, "%[]") {
			t.Errorf("not plain: %q", said)
		}
	}
	for err, want := range map[error]string{
		&http.MaxBytesError{Limit: handScreen.most}: "最多64MB", &http.MaxBytesError{Limit: maxForm}: "填的内容太长",
		multipart.ErrMessageTooLarge: "填的内容太长", folder.ErrNoEntry: "没有可以收回的",
		&folder.FilingChangedError{}: "用别的程序改过", &desk.RoleError{To: "zz"}: "没有这个受理机构",
		&desk.NotOfCaseError{To: "zz"}: "没有这个受理机构", &desk.UnknownRecipientError{To: "zz"}: "没有这个受理机构",
		&desk.NotCurrentError{Case: "/home/x"}: "案件又变了",
	} {
		what, hints := v.explained(err)
		if !strings.Contains(what, want) || len(hints) != 1 {
			t.Errorf("%v: %s %q", err, what, hints)
		}
		plain(what + hints[0])
	}
	for _, why := range []track.Why{track.InFuture, track.NoPapers, track.BeforePapers, track.NoLetter,
		track.AlreadyFiled, track.NotFiled, track.NotAnswered, track.BeforeFiling, track.TermRuns, track.NoTerm,
		track.LaneClosed, track.LaneOpen, track.OtherReceipt, track.AlreadyIsSo, track.AnsweredSince} {
		m := refused("filed", &track.Refusal{Why: why, Lane: lane, Day: "2026-10-02", Than: "2026-10-05"})
		if m.field != "filed-on" {
			t.Errorf("%s: beside %s", why, m.field)
		}
		plain(m.text.ZH)
		plain(m.text.EN)
	}
	for _, err := range []error{&scan.Error{File: "/tmp/form-1/0/a.txt", Reason: scan.NoScan},
		&desk.ScanTooLargeError{File: "/tmp/form-1/a.pdf", Bytes: 1 << 30},
		&desk.OtherLetterError{File: "/tmp/form-1/a.pdf", Whose: "甲公司", Wanted: "乙公司"},
		&desk.OtherLetterError{File: "/tmp/form-1/a.pdf", Other: true}, &desk.OtherLetterError{
			File: "/tmp/form-1/a.pdf"},
		&desk.NotCurrentError{Signed: true}} {
		said, ok := unfitScan(err)
		if !ok || strings.Contains(said.ZH+said.EN, "form-1") || !strings.Contains(said.ZH, "没有放进去") {
			t.Errorf("%v: %v", err, said)
		}
		plain(strings.ReplaceAll(said.ZH, "a.txt", ""))
	}
}

// What could not be done is told without commands and files of commands, which
// nobody who only knows the page could follow.
func TestFaultsArePlain(t *testing.T) {
	v := &visit{s: &server{Options: Options{Explain: func(err error, lang string) (string, []string) {
		return "答案“x”没有记下", []string{"juzheng ask 案件夹 --json 列出现在的问题", "改 case.toml 的 [[filings]]", "核对凭据上的日期"}
	}}}, lang: "zh"}
	what, hints := v.explained(errors.New("any"))
	if what != "答案“x”没有记下" || !slices.Equal(hints, []string{"核对凭据上的日期"}) {
		t.Errorf("%s %q", what, hints)
	}
	v.s.Explain = func(err error, lang string) (string, []string) { return "先运行 juzheng build", nil }
	if what, _ := v.explained(errors.New("any")); strings.Contains(what, "juzheng") {
		t.Error(what)
	}
	for _, err := range []error{&desk.StaleQuestionError{ID: "x"}, &desk.StaleQuestionError{ID: "x", Answered: "y"},
		folder.ErrNoAnswer} {
		if what, hints := v.explained(err); !strings.Contains(what, "什么也没有改") || len(hints) != 1 {
			t.Errorf("%v: %s %q", err, what, hints)
		}
	}
	// a mistake in a file that the person did edit is told at its place
	v.s.Explain = func(err error, lang string) (string, []string) {
		return "case.toml 有 1 处", []string{"改 case.toml 第3行"}
	}
	if _, hints := v.explained(folder.LineErrors{{}}); len(hints) != 1 {
		t.Error(hints)
	}
}

// A name that no font draws is no fault of the program: the page says what helps, in
// words of its own.
func TestRareNameIsExplained(t *testing.T) {
	status, what, hint, ok := explain(&desk.UnprintableError{Unprintable: packet.Unprintable{
		Key: "complainant.name", Rune: 0x2BC20, Text: "\U0002bc20小安"}, Line: 11})
	if !ok || status != http.StatusUnprocessableEntity || !strings.Contains(what.ZH, "\U0002bc20小安") ||
		!strings.Contains(hint.ZH, "装上有这个字的字体") || strings.Contains(hint.ZH+hint.EN, "--") {
		t.Errorf("%d %v %s %s", status, ok, what.ZH, hint.ZH)
	}
}

// A passphrase that was typed comes back in no page, whatever went wrong.
func TestPassphraseInNoPage(t *testing.T) {
	s := serve(t, demoCase(t), nil)
	c := s.enter(t)
	for _, at := range []string{strings.TrimSuffix(c.begin, "/found") + "/keep/lock", c.root + "/unlock/open"} {
		_, body := c.do("POST", at, strings.NewReader("of=nothing&phrase=open+sesame+ten&again=open+sesame+other"), nil)
		if strings.Contains(body, "sesame") {
			t.Errorf("%s shows it:\n%s", at, body)
		}
	}
}
