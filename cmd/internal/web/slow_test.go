package web

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/bag/browsertest"
)

// slowly answers each request after a while, as with a large case on an old
// computer.
func slowly(d time.Duration) func(*Options) {
	return func(o *Options) {
		o.Desk = func() (desk.Desk, error) { time.Sleep(d); return testDesk() }
	}
}

// What is typed while an answer is on the way stays in its field, a choice that
// was made keeps the keyboard, and what this page changed itself is not told as
// changed elsewhere.
func TestSlowAnswers(t *testing.T) {
	browsertest.Need(t)
	kase := contractCase(t)
	p := newPage(t, kase, slowly(1500*time.Millisecond))
	p.open("loan")
	p.tab.Run(nil, `document.querySelectorAll('#main details').forEach((e) => { e.open = true; });`)
	p.tab.Give("#f-own-number", "199 0000 00")
	p.tab.Run(nil, `document.activeElement.blur()`) // it is sent, and is a mistake
	time.Sleep(300 * time.Millisecond)
	p.tab.Give("#f-own-number", "01")
	time.Sleep(2500 * time.Millisecond)
	var at struct {
		Value string
		In    bool
	}
	p.tab.Run(&at, `const e = document.querySelector('#f-own-number');
		return {Value: e.value, In: document.activeElement === e}`)
	if at.Value != "199 0000 0001" || !at.In {
		t.Errorf("what was typed meanwhile: %+v", at)
	}
	p.tab.Run(nil, `document.activeElement.blur()`)
	p.wait(`return document.querySelector('#row-own-number .w').innerText.includes('19900000001')`)
	p.tab.Run(nil, `const e = document.querySelector('#f-region');
		e.closest('details') && (e.closest('details').open = true);
		e.focus(); e.value = '410000'; e.dispatchEvent(new Event('change', {bubbles: true}));`)
	p.wait(`return document.querySelector('#row-region .w').innerText.includes('河南')`)
	p.wait(`return document.activeElement.id === 'f-region'`)
	time.Sleep(6 * time.Second) // as long as any sign of a state is on the way
	var told bool
	p.tab.Run(&told, `return !document.getElementById('moved').hidden`)
	if told {
		t.Error("what this page changed is told as changed elsewhere")
	}
	file := filepath.Join(kase, "case.toml")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(data, "# 改过\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	p.wait(`return !document.getElementById('moved').hidden`)
	for _, c := range p.tab.Complaints() {
		if !strings.Contains(c, "422") { // how the browser tells of a mistake in a field
			t.Error(c)
		}
	}
}

// A screen that waits for work shows how it ended, also where each look takes
// longer than the work.
func TestSlowWorkEnds(t *testing.T) {
	browsertest.Need(t)
	kase := contractCase(t)
	var at *server
	p := newPage(t, kase, func(o *Options) {
		slowly(2500 * time.Millisecond)(o)
		o.started = func(s *server) { at = s }
	})
	p.open("found")
	v := &visit{s: at, ctx: t.Context(), key: keyOf(kase), dir: kase}
	end := make(chan bool)
	err := v.work(addWork, func(context.Context, desk.Desk) (any, error) { <-end; return nil, nil })
	if err != nil {
		t.Fatal(err)
	}
	p.open("found")
	p.wait(`return !!document.querySelector('[hx-trigger^=work]')`)
	time.Sleep(1500 * time.Millisecond) // the first look is on its way
	close(end)
	p.wait(`return !document.querySelector('[hx-trigger^=work]') && !!document.querySelector('.sum')`)
}
