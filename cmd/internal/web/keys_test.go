package web

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"juzheng/evidence/bag/browsertest"
)

// Keys as the protocol of the browser has them.
const (
	tabKey   = "\uE004"
	enterKey = "\uE007"
	spaceKey = " "
	nextKey  = "\uE014" // arrow to the right
)

// press presses keys one after the other, as a keyboard does.
func (p *page) press(keys ...string) {
	p.t.Helper()
	var acts []map[string]string
	for _, k := range keys {
		acts = append(acts, map[string]string{"type": "keyDown", "value": k}, map[string]string{"type": "keyUp", "value": k})
	}
	p.tab.Call("POST", "/actions", map[string]any{"actions": []map[string]any{{"type": "key", "id": "keys",
		"actions": acts}}}, nil)
}

// mostTabs is how often Tab is pressed at most to come to something: a page has fewer things.
const mostTabs = 150

// A focus is where the keyboard is.
type focus struct {
	There, Lost, Seen bool
	At                string
}

// tabTo goes to what a selector finds by Tab alone. On its way the keyboard is never on
// something that does not show it.
func (p *page) tabTo(what string) {
	p.t.Helper()
	var f focus
	for range mostTabs {
		p.press(tabKey)
		f = p.focus(what)
		if !f.Lost && !f.Seen {
			p.t.Errorf("%s: nothing shows that the keyboard is at %s", p.path(), f.At)
		}
		if f.There {
			return
		}
	}
	p.t.Fatalf("%s: Tab does not come to %s; it is at %s", p.path(), what, f.At)
}

func (p *page) focus(what string) (f focus) {
	p.t.Helper()
	p.tab.Run(&f, `const e = document.activeElement, shown = (x) => x && getComputedStyle(x).outlineStyle !== 'none';
		const r = e.getBoundingClientRect(), in_ = r.bottom > 0 && r.top < innerHeight;
		return {There: e.matches(arguments[0]), Lost: e === document.body,
			Seen: e.matches('#main, h1, audio, video') || // players mark their own buttons
				 in_ && (shown(e) || shown(e.closest('.chip'))), At: e.outerHTML.slice(0, 120)}`, what)
	return f
}

// kept waits until what was pressed is done, and fails where that took the keyboard away.
func (p *page) kept(after string) {
	p.t.Helper()
	p.wait(`return !document.querySelector('.htmx-request')`)
	var f focus
	for range 10 { // the new part of the screen settles a moment after it came
		if f = p.focus("body"); !f.Lost {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Errorf("%s: after %s the keyboard is nowhere", p.path(), after)
}

// enterOn presses Enter on what Tab comes to.
func (p *page) enterOn(what string) { p.t.Helper(); p.tabTo(what); p.press(enterKey) }

// typed writes into a field that Tab comes to, in the place of what it had.
func (p *page) typed(what, text string) {
	p.t.Helper()
	p.tabTo(what)
	p.tab.Run(nil, `document.activeElement.select()`)
	p.tab.Give(what, text)
}

// pick takes a value of a group of choices that Tab comes to: arrows go to it, the space bar
// takes it, and nothing is answered on the way.
func (p *page) pick(group, value string) {
	p.t.Helper()
	p.tabTo(group + " input[type=radio]")
	for range 12 {
		if p.focus("[value='" + value + "']").There {
			break
		}
		p.press(nextKey)
	}
	if f := p.focus("[value='" + value + "']"); !f.There {
		p.t.Fatalf("arrows do not come to %s; they are at %s", value, f.At)
	}
	p.press(spaceKey)
	p.kept(value)
}

func (p *page) at(screen string) {
	p.t.Helper()
	p.wait(`return location.pathname.endsWith('/` + screen + `') && document.readyState === 'complete' &&
		!!document.querySelector('#main h1')`)
}

// The whole road by Tab, Enter, the space bar, arrows and typing: from the phone's folder to
// the sheet that is printed.
func TestKeyboardAlone(t *testing.T) {
	browsertest.Need(t)
	phone := filepath.Join(t.TempDir(), "手机文件")
	writePhone(t, phone)
	opened := 0
	p := newPage(t, "", func(o *Options) { o.Browse = func(string) error { opened++; return nil } })
	p.enterOn(`a.go[href$="/choose"]`)
	p.at("choose")
	p.tabTo("#dir")
	p.tab.Run(nil, `document.activeElement.value = ''`)
	p.tab.Give("#dir", phone)
	p.press(enterKey)
	p.wait(`return document.querySelector('#dir').value.endsWith('手机文件') && !!document.querySelector('footer .go')`)
	p.enterOn("footer .go")
	p.wait(`return location.pathname.endsWith('/found') && !!document.querySelector('.sum')`)
	p.base = p.origin + strings.TrimSuffix(p.path(), "/found")
	const whose = "#main .ask fieldset"
	for n := 0; n < 6 && p.there(whose); n++ {
		p.pick(whose, "family")
	}
	if p.there(whose) {
		t.Error("a question whose phone it is stays")
	}
	p.enterOn("footer .go")
	p.at("loan")
	for _, f := range [][2]string{{"name", "林晓安"}, {"own-number", "19900000001"}, {"brand", "极融"},
		{"lender", "示例消费金融有限公司"}} {
		if p.there("#f-" + f[0]) {
			p.typed("#f-"+f[0], f[1])
			p.press(tabKey)
			p.kept(f[0])
		}
	}
	p.tab.Open(p.base + "/loan") // from its beginning
	for range 4 {
		p.enterOn("footer .go")
		p.wait(`return document.readyState === 'complete' && !document.querySelector('.htmx-request')`)
		if !strings.HasSuffix(p.path(), "/loan") {
			break
		}
	}
	p.at("callers")
	const unsaid = "form[action$=whose]:not(:has(:checked))"
	for n := 0; n < 30 && p.there(unsaid); n++ {
		p.pick(unsaid, "collector")
	}
	p.enterOn("footer .go")
	p.at("listen")
	for n := 0; n < 60 && p.there("#card.answers"); n++ {
		var card string
		p.tab.Run(&card, `return document.querySelector('#card [name=q]').value`)
		switch {
		case p.there("#words"):
			p.tabTo("#words")
			p.tab.Give("#words", "照着写的原话")
			p.enterOn("footer .go")
		case p.there("#card .chip[name=choice]"):
			p.enterOn("#card .chip[name=choice]")
		default:
			p.enterOn("footer .go")
		}
		p.wait(`const q = document.querySelector('#card [name=q]'); return !q || q.value !== ` + strconv.Quote(card))
		p.kept(card)
	}
	p.enterOn("footer .go")
	p.at("result")
	p.enterOn("footer .go")
	p.wait(`return /\/(cover|letters)$/.test(location.pathname)`)
	if strings.HasSuffix(p.path(), "/cover") {
		p.enterOn("footer .go")
	}
	p.wait(`return !!document.querySelector('#is-read')`)
	for n := 0; n < 6 && p.there("#is-read:not(:checked)"); n++ {
		p.tabTo("#is-read")
		p.press(spaceKey)
		p.kept("a letter was read") // the next one is there, if one is due
	}
	p.enterOn(`form[action$="letters/make"] .go`)
	p.wait(`return location.pathname.endsWith('/hand') && !!document.querySelector('form[action$=print] button')`)
	p.enterOn("form[action$=print] button")
	p.wait(`return !!document.querySelector('form[action$=print] ~ *, form[action$=print] a')`)
	if opened == 0 {
		t.Error("no paper was opened to be printed")
	}

	// beside the road
	for _, c := range []struct{ screen, to string }{
		{"timeline", `#main .list a`}, {"timeline", `form[action$="timeline/add"] button`},
		{"sheet", `form button`}, {"keep", `form button`},
	} {
		p.tab.Open(p.base + "/" + c.screen)
		p.wait(`return !!document.querySelector('` + c.to + `')`)
		p.tabTo(c.to)
	}
	p.tab.Open(p.base + "/timeline")
	p.enterOn("#main .list a")
	p.wait(`return !!document.querySelector('#act')`)
	p.enterOn("#act details.fold summary") // it was otherwise
	p.tabTo("#r-value")
	p.clean()
}

func (p *page) there(what string) (yes bool) {
	p.t.Helper()
	p.tab.Run(&yes, `const e = document.querySelector(arguments[0]); return !!e && e.checkVisibility()`, what)
	return yes
}
