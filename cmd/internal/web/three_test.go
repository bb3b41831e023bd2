package web

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/bag/browsertest"
	"juzheng/evidence/folder"
)

// A walker goes the way as a new user would, and counts: an action is any press
// that is neither an answer nor one that leads on.
type walker struct {
	*page
	actions, answers, on int
}

func (w *walker) act(what string)    { w.t.Helper(); w.reach(what); w.actions++ }
func (w *walker) answer(what string) { w.t.Helper(); w.reach(what); w.answers++ }
func (w *walker) goOn(what string)   { w.t.Helper(); w.reach(what); w.on++ }

// From a phone's folder to papers that wait to be signed: three actions, no more
// answers than a light case may have in all, and no file opened by hand. The
// same answers by the jobs of the commands give the same bytes.
func TestThreeActions(t *testing.T) {
	browsertest.Need(t)
	home := t.TempDir()
	phone := filepath.Join(home, "手机文件")
	writePhone(t, phone)
	opened := 0
	w := &walker{page: newPage(t, "", func(o *Options) {
		o.Browse = func(string) error { opened++; return nil }
	})}
	w.tab.Devtools("Input.dispatchDragEvent", drag("dragEnter", phone), nil)
	w.tab.Devtools("Input.dispatchDragEvent", drag("dragOver", phone), nil)
	w.tab.Devtools("Input.dispatchDragEvent", drag("drop", phone), nil)
	w.actions++ // the first: the folder is given
	w.wait(`return location.pathname.endsWith('/found') && !!document.querySelector('.sum')`)
	w.base = w.origin + strings.TrimSuffix(w.path(), "/found")
	kase := filepath.Join(w.home, "cases", "手机文件-案件")
	twin := filepath.Join(home, "twin")
	if err := os.CopyFS(twin, os.DirFS(kase)); err != nil {
		t.Fatal(err)
	}

	for w.there(".ask .chip:has([value=family])") {
		w.answer(".ask .chip:has([value=family])")
		w.wait(`return !document.querySelector('.htmx-request')`)
	}
	w.goOn("footer .go")
	w.wait(`return location.pathname.endsWith('/loan')`)
	for field, value := range map[string]string{"name": "林晓安", "own-number": "19900000001", "brand": "极融",
		"lender": "示例消费金融有限公司"} {
		if w.there("#f-" + field) {
			w.tab.Run(nil, `document.getElementById(arguments[0]).value = ''`, "f-"+field)
			w.tab.Give("#f-"+field, value)
			w.answers++
		}
	}
	w.act("footer .go") // the second: what was found is confirmed
	for range 3 {
		w.wait(`return !document.querySelector('.htmx-request')`)
		if !strings.HasSuffix(w.path(), "/loan") {
			break
		}
		w.goOn("footer .go") // more is known by the lender's name
	}
	w.wait(`return location.pathname.endsWith('/callers')`)
	const unsaid = "form[action$=whose]:not(:has(:checked)) .chip:has([value=collector])"
	for n := 0; n < 40 && w.there(unsaid); n++ {
		w.answer(unsaid)
		w.wait(`return !document.querySelector('.htmx-request')`)
	}
	w.goOn("footer .go")
	w.wait(`return location.pathname.endsWith('/listen')`)
	for n := 0; n < 60 && w.there("#card.answers"); n++ {
		var card string
		w.tab.Run(&card, `return document.querySelector('#card [name=q]').value`)
		switch {
		case w.there("#words"):
			w.tab.Give("#words", "照着写的原话")
			w.answer("footer .go")
		case w.there("#card .chip[name=choice]"):
			w.answer("#card .chip[name=choice]")
		default:
			w.answer("footer .go")
		}
		w.wait(`const q = document.querySelector('#card [name=q]'); return !q || q.value !== ` + strconv.Quote(card))
	}
	w.goOn("footer .go")
	w.wait(`return location.pathname.endsWith('/result')`)
	w.goOn("footer .go")
	w.wait(`return /\/(cover|letters)$/.test(location.pathname)`)
	if strings.HasSuffix(w.path(), "/cover") {
		w.goOn("footer .go")
		w.wait(`return location.pathname.endsWith('/letters')`)
	}
	w.wait(`return !!document.querySelector('form[action$="letters/read"]')`)
	var due []string
	w.tab.Run(&due, `return [...document.querySelectorAll('#now ~ ol a')].map((e) => e.href)`)
	var to []evidence.Role
	for _, letter := range due {
		w.tab.Open(letter)
		w.on++
		w.wait(`return !!document.querySelector('form[action$="letters/read"]')`)
		var role evidence.Role
		w.tab.Run(&role, `return document.querySelector('form[action$="letters/read"] [name=to]').value`)
		to = append(to, role)
		w.answer(`form[action$="letters/read"] .chip`) // it was read
		w.wait(`return !document.querySelector('.htmx-request')`)
	}
	w.act(`form[action$="letters/make"] .go`) // the third: the papers are made
	for range 12 {                            // papers take longer than a screen
		if w.there(`footer a.go[href$="/hand"]`) {
			w.goOn(`footer a.go[href$="/hand"]`)
			break
		}
		time.Sleep(5 * time.Second)
	}
	w.wait(`return location.pathname.endsWith('/hand') && !!document.querySelector('form[action$=print]')`)

	t.Logf("%d actions, %d answers, %d presses that lead on, %d files opened by hand", w.actions, w.answers, w.on, opened)
	if w.actions > 3 || w.answers > 40 || opened > 0 {
		t.Errorf("%d actions (3), %d answers (40), %d files opened (0)", w.actions, w.answers, opened)
	}
	w.clean()
	sameByCommands(t, kase, twin, to)
}

// sameByCommands gives the twin of a case, as it was before anything was
// answered, the answers that the case got by the page, builds it, and compares
// packet and bundle byte for byte.
func sameByCommands(t *testing.T, kase, twin string, to []evidence.Role) {
	t.Helper()
	d, _ := testDesk()
	given, err := desk.Answers(t.Context(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range given.Answers {
		if err := replay(t, d, twin, a); err != nil {
			t.Fatalf("%s=%s: %v", a.Question, a.Value, err)
		}
	}
	if _, err := desk.Build(t.Context(), d, twin, desk.BuildOptions{To: to, Volume: desk.UsualVolume}); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, top := range []string{folder.PacketDir, folder.BundleDir, folder.CommitDir} {
		err := filepath.WalkDir(filepath.Join(kase, top), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			below, _ := filepath.Rel(kase, path)
			one, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			two, err := os.ReadFile(filepath.Join(twin, below))
			if err != nil || !bytes.Equal(one, two) {
				t.Errorf("%s differs, %v", below, err)
			}
			compared++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if compared < 10 {
		t.Errorf("%d files were compared", compared)
	}
}

// replay gives an answer of the page once more, without the page: to the question
// that stands, of a number, or as a fact of the case.
func replay(t *testing.T, d desk.Desk, dir string, a folder.Answer) error {
	t.Helper()
	asked, err := desk.Ask(t.Context(), d, dir)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(asked.Questions, func(q ask.Question) bool { return q.ID == a.Question })
	switch {
	case strings.HasPrefix(a.Question, "fact-"):
		_, err = desk.Correct(t.Context(), d, dir, []desk.Fact{{Kind: ask.Kind(a.Kind), Value: a.Value}})
	case n >= 0:
		_, err = desk.Answer(t.Context(), d, dir, []desk.Reply{{Question: a.Question, Value: a.Value}})
	case len(a.Subject) == 1:
		_, err = desk.SayWhose(t.Context(), d, dir, desk.Whose{Number: a.Subject[0], Value: a.Value})
	default:
		t.Errorf("nothing asks %s (%s) any more", a.Question, a.Text.ZH)
	}
	return err
}
