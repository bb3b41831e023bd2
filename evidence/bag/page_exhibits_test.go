package bag

import (
	"archive/zip"
	"fmt"
	"strings"
	"testing"
)

// Beside each exhibit stand its kind, its time, and the rows of the timeline
// that name it; one is found by its number, on a phone of 390 pixels too.
func TestPageExhibits(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	b := newPageBag(t)
	for i := range 120 {
		b[fmt.Sprintf("data/F%03d.txt", i)] = fmt.Appendf(nil, "file %d", i)
	}
	b["timeline.csv"] = []byte("\xef\xbb\xbf编号,时间,方式,方向,号码,材料显示的内容,证据\r\n" +
		"T001,2026-09-01T20:15:00+08:00,电话,呼入,0571-0000 0101,\"他说\"\"还钱\"\"\n马上\",E003 E100\r\n" +
		"T002,2026-09-02 08:00,短信,呼入,,<b>x</b>,E003\r\n")
	b.seal(t)
	b.edit(t, "evidence.json", `"number":"E003","kind":"recording"`, `"number":"E003","kind":"sms-log"`)
	b.sealRoot()
	br.call("POST", "/goog/cdp/execute", map[string]any{"cmd": "Emulation.setDeviceMetricsOverride",
		"params": map[string]any{"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true}}, nil)
	br.open()
	br.choose("zip", b.zip(t, zip.Deflate))
	if r := br.result(); r.Verdict != "within-itself" {
		t.Fatal(r)
	}
	var found struct {
		Text, Focus, None string
		Nameless          []string
		Bold, Shown       int
		Wide, Room        int
	}
	br.run(&found, `
		function go(s) { var i = document.getElementById('jumpTo'); i.value = s; i.nextElementSibling.click(); }
		var out = {};
		go('e100'); out.Focus = document.activeElement.getAttribute('data-path');
		out.Shown = document.querySelectorAll('.exhibit').length;
		go('证据3'); out.Text = document.activeElement.textContent; out.Bold = document.querySelectorAll('.exhibit b').length;
		go('E999'); out.None = document.getElementById('jumped').textContent;
		out.Nameless = [].filter.call(document.querySelectorAll('button, input, textarea, audio, video, img'), function (e) {
			return e.getAttribute('aria-hidden') !== 'true' && !(e.textContent.trim() || e.getAttribute('aria-label') ||
				e.getAttribute('alt') || e.id && document.querySelector('label[for=' + e.id + ']'));
		}).map(function (e) { return e.outerHTML; });
		out.Wide = document.documentElement.scrollWidth; out.Room = document.documentElement.clientWidth;
		return out;`)
	for _, want := range []string{"data/E003.txt", "短信记录", "2 行", `T001 2026-09-01T20:15:00+08:00 电话 呼入 0571-0000 0101`,
		`他说"还钱"\u000a马上`, "<b>x</b>",
		"形成时间 2026-03-01T09:14:00+08:00（文件名里写的时间，手机时钟，没写时区，按北京时间）"} {
		if !strings.Contains(found.Text, want) {
			t.Errorf("not shown: %s in %s", want, found.Text)
		}
	}
	if len(found.Nameless) > 0 {
		t.Errorf("a screen reader has no name for %v", found.Nameless)
	}
	if !strings.HasPrefix(found.Focus, "data/F") || found.Shown < 100 || found.Bold != 0 ||
		!strings.Contains(found.None, "E999") || found.Wide > found.Room {
		t.Errorf("%+v", found)
	}
}
