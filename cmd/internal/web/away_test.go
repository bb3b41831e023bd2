package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/evidence/bag/browsertest"
)

func TestMonth(t *testing.T) {
	for day, want := range map[string]string{
		"2026-02-28": "2026年2月 [[0 0 0 0 0 0 1] [2 3 4 5 6 7 8] [9 10 11 12 13 14 15] [16 17 18 19 20 21 22] " +
			"[23 24 25 26 27 28 0]]",
		"2027-02-01": "2027年2月 [[1 2 3 4 5 6 7] [8 9 10 11 12 13 14] [15 16 17 18 19 20 21] [22 23 24 25 26 27 28]]",
		"2026-08-31": "2026年8月 [[0 0 0 0 0 1 2] [3 4 5 6 7 8 9] [10 11 12 13 14 15 16] [17 18 19 20 21 22 23] " +
			"[24 25 26 27 28 29 30] [31 0 0 0 0 0 0]]",
	} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if m := monthOf(at, "zh"); fmt.Sprint(m.Title, " ", m.Weeks) != want || m.Today != at.Day() {
			t.Errorf("%s: %s %v, want %s", day, m.Title, m.Weeks, want)
		}
	}
}

// Escape pressed twice shows a page with no word of the case or of the program,
// and leads back to where one was with what was typed kept.
func TestNeutralPage(t *testing.T) {
	browsertest.Need(t)
	dir := demoCase(t)
	p := newPage(t, dir, nil)
	p.open("loan")
	p.tab.Run(nil, `document.querySelector('#row-address details').open = true`)
	p.tab.Give("#f-address", "虚构区样例路1号")
	twice := `for (const _ of [1, 2]) document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))`
	p.tab.Run(nil, `document.querySelector('#f-address').blur()`)
	p.wait(`return document.querySelector('#row-address .w').textContent.includes('样例路')`)
	p.tab.Run(nil, twice)
	p.wait(`return location.pathname.endsWith('/calendar') && document.readyState === 'complete'`)
	var html string
	p.tab.Run(&html, `return document.title + document.body.textContent`)
	for _, word := range []string{"举证", "催收", "样例路", "案件", "110"} {
		if strings.Contains(html, word) {
			t.Errorf("the neutral page says %s", word)
		}
	}
	p.clean()
	p.tab.Run(nil, twice)
	p.wait(`return location.pathname.endsWith('/loan') && document.readyState === 'complete'`)
	if !strings.Contains(p.text(), "样例路") {
		t.Error("what was typed is gone")
	}
	p.clean()
}
