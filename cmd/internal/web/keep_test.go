package web

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/ask"
	"juzheng/evidence/bag/browsertest"
)

// The case as a whole: an answer is taken back, the case copied, closed, locked,
// opened with its passphrase and deleted, and nothing but what was asked for is
// gone.
func TestKeepScreen(t *testing.T) {
	browsertest.Need(t)
	kase := demoCase(t)
	own := filepath.Join(kase, "我的笔记.txt")
	if err := os.WriteFile(own, []byte("我写的"), 0o600); err != nil {
		t.Fatal(err)
	}
	d, _ := testDesk()
	a, err := desk.Ask(t.Context(), d, kase)
	if err != nil || len(a.Questions) == 0 {
		t.Fatal(a, err)
	}
	reply := desk.Reply{Question: a.Questions[0].ID, Value: ask.Unknown}
	if _, err := desk.Answer(t.Context(), d, kase, []desk.Reply{reply}); err != nil {
		t.Fatal(err)
	}
	p := newPage(t, kase, nil)
	text := func() (s string) { p.tab.Run(&s, `return document.querySelector("main").innerText`); return s }
	says := func(want string) {
		t.Helper()
		p.wait(`return document.querySelector("main").innerText.includes(` + strconv.Quote(want) + `)`)
	}
	p.open("keep")
	p.look("keep")
	p.tab.Run(nil, `document.querySelector("main a[href$='/sheet']").click()`)
	p.wait(`return location.pathname.endsWith("/sheet")`)
	p.reach("form[action$='sheet/make'] button")
	says("没有要写进案件的改动")
	p.look("sheet")
	p.open("keep")
	if s := text(); !strings.Contains(s, "我的笔记.txt") || !strings.Contains(s, a.Questions[0].Text.ZH) {
		t.Error(s)
	}
	p.reach("form[action$='keep/undo'] button")
	says("还没有答过问题")

	stick := t.TempDir()
	p.tab.Open(p.root + "/choose?for=copy&case=" + filepath.Base(p.base) + "&dir=" + stick)
	p.reach("footer button.go")
	says("都核对过")
	data, err := os.ReadFile(filepath.Join(stick, filepath.Base(kase), "我的笔记.txt"))
	if err != nil || string(data) != "我写的" {
		t.Errorf("%q %v", data, err)
	}

	// two phrases that differ lock nothing
	open := func(name string) {
		p.tab.Run(nil, `document.querySelector("[name=`+name+`]").closest("details").open = true`)
	}
	open("phrase")
	p.reach("[name=phrase]")
	p.tab.Give("[name=phrase]", "correct horse battery")
	p.tab.Give("[name=again]", "correct horse")
	p.reach("form[action$='keep/lock'] button")
	says("两次写的不一样")
	p.tab.Give("[name=phrase]", "correct horse battery")
	p.tab.Give("[name=again]", "correct horse battery")
	p.reach("form[action$='keep/lock'] button")
	says("已经上锁")
	locked := kase + desk.LockedCaseEnd
	if _, err := os.Stat(kase); !os.IsNotExist(err) {
		t.Errorf("the folder is there: %v", err)
	}
	p.tab.Complaints() // of the answer 422, as wanted
	p.look("locked")

	// only its passphrase opens it, from the list of folders
	p.tab.Open(p.root + "/choose?dir=" + filepath.Dir(kase))
	p.reach("form[action$='choose/take'] input[value='" + locked + "'] ~ button")
	p.wait(`return location.pathname.endsWith('/unlock')`)
	p.tab.Give("[name=phrase]", "wrong")
	p.reach("form[action*='unlock/open'] button")
	says("密码不对")
	p.tab.Give("[name=phrase]", "correct horse battery")
	p.reach("form[action*='unlock/open'] button")
	says("打开了")
	p.tab.Complaints()
	p.look("unlocked")
	if data, err := os.ReadFile(own); err != nil || string(data) != "我写的" {
		t.Errorf("%q %v", data, err)
	}
	p.reach("a.go")
	p.wait(`return !!document.querySelector("footer .go")`)

	// closed: its name is in no page; a word that is not the one deletes nothing
	p.open("keep")
	p.reach("form[action$='keep/close'] button")
	says("案件关上了")
	if s := text(); strings.Contains(s, "林晓安") {
		t.Error(s)
	}
	p.tab.Open(p.root + "/choose?dir=" + filepath.Dir(kase))
	p.reach("form[action$='choose/take'] input[value='" + kase + "'] ~ button")
	p.wait(`return location.pathname.endsWith('/found')`)
	p.open("keep")
	open("sure")
	p.tab.Give("[name=sure]", "好")
	p.reach("form[action$='keep/delete'] button")
	says("没有删")
	if _, err := os.Stat(own); err != nil {
		t.Error(err)
	}
	p.tab.Give("[name=sure]", "删掉")
	p.reach("form[action$='keep/delete'] button")
	says("案件删掉了")
	if _, err := os.Stat(kase); !os.IsNotExist(err) {
		t.Errorf("the folder is there: %v", err)
	}
	for _, still := range []string{locked, filepath.Join(stick, filepath.Base(kase), "case.toml")} {
		if _, err := os.Stat(still); err != nil {
			t.Error(err)
		}
	}
}
