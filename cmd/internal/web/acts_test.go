package web

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"juzheng/cmd/internal/desk"
)

// The acts that the screens offer, in the order of the way, each with the test, or the part of
// one, that presses it and how: the words by which it does so. Where a screen is made anew, a
// test that is gone or presses something else is noticed here.
var pressedActs = []struct{ screen, act, test, how string }{
	{startPath, "drop a folder", "TestDropAFolder", `drag("drop", phone)`},
	{startPath, "choose a folder", "TestKeyboardAlone", `a.go[href$="/choose"]`},
	{startPath, "go on with the last case", "TestFoundScreen", `p.tab.Click(".card .b")`},
	{startPath, "take it off the list", "TestFoundScreen", `p.tab.Click(".card .link")`},
	{startPath, "see the sample", "TestSampleIsOpened", `"/sample"`},
	{startPath, "check a bundle", "TestCheckABundle", `choose?for=verify`},
	{foundPath, "whose phone", "TestFoundScreen", `.chip:has([value=family])`},
	{foundPath, "put a file in", "TestFoundScreen", `p.tab.Click("input[name=in]")`},
	{foundPath, "take it out, put it back", "TestFoundScreen", `form[action$="found/back"] button`},
	{foundPath, "go on", "TestFoundScreen", `p.tab.Click("footer .go")`},
	{loanPath, "change a row", "TestLoanScreen", `p.tab.Give("#f-own-number"`},
	{loanPath, "all right, go on", "TestLoanScreen", `p.tab.Click("footer .go")`},
	{callersPath, "collector", "TestCallersScreen", `press("057100000101", "collector")`},
	{callersPath, "platform", "TestCallersScreen", `press("106900000088", "platform")`},
	{callersPath, "family", "TestCallersScreen", `press("19900000777", "family")`},
	{callersPath, "another lender's", "TestCallersPart", `.part .b`},
	{listenPath, "keep the words, next", "TestListenScreen", `p.tab.Click("footer .go")`},
	{listenPath, "skip", "TestListenScreen", `p.tab.Click("footer [value=skip]")`},
	{listenPath, "I do not know", "TestListenScreen", `p.tab.Click("footer [value=unknown]")`},
	{listenPath, "a key", "TestListenScreen", `Input.dispatchKeyEvent`},
	{listenPath, "back", "TestListenScreen", `p.tab.Click("footer .back")`},
	{resultPath, "add it now", "TestResultScreen", `.gaps a[href$="/listen"]`},
	{resultPath, "put the table back", "TestResultScreen", `form[action$="/result/restore"] .b`},
	{resultPath, "read the letters", "TestResultScreen", `p.tab.Click("footer .go")`},
	{coverPath, "draw and move", "TestCoverScreen", `"mousePressed"`},
	{coverPath, "undo", "TestCoverScreen", `form[action*="cover/undo"] button`},
	{lettersPath, "a sentence", "TestLettersScreen", `p.reach(".paper td a")`},
	{lettersPath, "I have read it", "TestLettersScreen", `p.reach("input[name=on]")`},
	{lettersPath, "make the papers", "TestThreeActions", `form[action$="letters/make"] .go`},
	{handPath, "print", "TestHandScreen", `form[action$=print] button.go`},
	{handPath, "open the folder", "TestHandScreen", `[formaction$="/open"]`},
	{handPath, "copy a field", "copiesField", `[data-copies=ff-0]`},
	{handPath, "the mail draft", "TestHandScreen", `/paper/lender/mail`},
	{handPath, "the signed scan", "signs", `form[action*="hand/signed"] button`},
	{handPath, "a copy on a stick", "TestHandScreen", `form[action*="hand/copy"] button`},
	{handPath, "I handed it in", "TestHandScreen", `form[action*="hand/filed"] button`},
	{handPath, "the calendar", "TestHandScreen", `form[action$="hand/calendar"] button`},
	{handPath, "an answer came", "TestHandScreen", `form[action*="hand/answered"] button`},
	{verifyPath, "compare the code", "TestCheckABundle", `p.tab.Give("#code"`},
	{verifyPath, "another one", "TestCheckABundle", `.from a`},
	{timelinePath, "write down, put right, take out", "TestActsAreWrittenAndMended", `send("remove"`},
	{timelinePath, "it was otherwise", "TestActIsRestated", `"/restate"`},
	{sheetPath, "make the workbook", "TestKeepScreen", `form[action$='sheet/make'] button`},
	{sheetPath, "take it over", "TestWorkbookOnThePage", `apply`},
	{keepPath, "take an answer back", "TestKeepScreen", `form[action$='keep/undo'] button`},
	{keepPath, "lock", "TestKeepScreen", `form[action$='keep/lock'] button`},
	{keepPath, "close", "TestKeepScreen", `form[action$='keep/close'] button`},
	{keepPath, "delete", "TestKeepScreen", `form[action$='keep/delete'] button`},
	{unlockPath, "unlock", "TestKeepScreen", `form[action*='unlock/open'] button`},
}

// Each act is pressed by its test, and no screen with acts has none in the table.
func TestEachActIsPressed(t *testing.T) {
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]string{}
	begins := regexp.MustCompile(`(?m)^func (?:\([^)]*\) )?(\w+)\(`)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all := begins.FindAllStringSubmatchIndex(string(data), -1)
		for n, at := range all {
			end := len(data)
			if n+1 < len(all) {
				end = all[n+1][0]
			}
			tests[string(data[at[2]:at[3]])] = string(data[at[0]:end])
		}
	}
	have := map[string]bool{}
	for _, a := range pressedActs {
		have[a.screen] = true
		switch text, ok := tests[a.test]; {
		case !ok:
			t.Errorf("%s, %s: there is no %s", a.screen, a.act, a.test)
		case !strings.Contains(strings.ReplaceAll(text, "`", `"`), strings.ReplaceAll(a.how, "`", `"`)):
			t.Errorf("%s, %s: %s does not press %s", a.screen, a.act, a.test, a.how)
		}
	}
	for _, sc := range screens() {
		if len(sc.acts) > 0 && !have[sc.path] && sc.path != choosePath { // pressed wherever a folder is chosen
			t.Errorf("no act of the screen %s is in the table", sc.path)
		}
	}
	t.Logf("%d acts", len(pressedActs))
}

// The sample is made below the folder of cases, and opened.
func TestSampleIsOpened(t *testing.T) {
	kase := demoCase(t)
	c := serve(t, "", func(o *Options) {
		o.Path = kase // let in somewhere
		o.Sample = func(context.Context, desk.Desk, string) (string, error) { return kase, nil }
	}).enter(t)
	status, to := c.do("POST", c.root+"/sample", strings.NewReader(""), nil)
	if status != http.StatusSeeOther || !strings.HasSuffix(to, "/"+foundPath) {
		t.Fatalf("%d %s", status, to)
	}
	if status, body := c.do("GET", to, nil, nil); status != http.StatusOK || !strings.Contains(body, `class="tally"`) {
		t.Errorf("%d %.200s", status, body)
	}
}
