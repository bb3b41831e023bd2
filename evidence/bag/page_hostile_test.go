package bag

import (
	"encoding/base64"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Nothing leaves the page, whoever asks: the browser itself enforces what the
// policy says, even on scripts that are not ours.
func TestPageReachesNothing(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var reached atomic.Int32
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			// For a frame or form Chromium opens a connection before it asks the
			// policy, and closes it without a byte: nothing has left then.
			c.SetReadDeadline(time.Now().Add(2 * time.Second))
			if n, _ := c.Read(make([]byte, 1)); n > 0 {
				reached.Add(1)
			}
			c.Close()
		}
	}()
	br := newBrowser(t)
	attempts := `
	var u = 'http://' + arguments[0] + '/', blocked = [];
	window.violations = 0;
	document.addEventListener('securitypolicyviolation', function () { window.violations++; });
	function tryIt(f) { try { f(); } catch (e) { blocked.push(String(e)); } }
	function put(tag, attributes, text) {
		var e = document.createElement(tag);
		Object.keys(attributes).forEach(function (k) { e.setAttribute(k, attributes[k]); });
		if (text) { e.textContent = text; }
		document.body.appendChild(e);
		return e;
	}
	tryIt(function () { fetch(u + 'fetch').catch(function () {}); });
	tryIt(function () { var x = new XMLHttpRequest(); x.open('GET', u + 'xhr'); x.send(); });
	tryIt(function () { new WebSocket(u.replace('http', 'ws')); });
	tryIt(function () { new EventSource(u + 'events'); });
	tryIt(function () { navigator.sendBeacon(u + 'beacon', 'x'); });
	tryIt(function () { new Worker(u + 'worker.js'); });
	tryIt(function () { put('img', {src: u + 'img'}); });
	tryIt(function () { put('audio', {src: u + 'audio', preload: 'auto'}); });
	tryIt(function () { put('script', {src: u + 'script.js'}); });
	tryIt(function () { put('script', {}, 'window.pwned = "inline script"'); });
	tryIt(function () { put('img', {src: 'data:,x', onerror: 'window.pwned = "handler"'}); });
	tryIt(function () { put('iframe', {src: u + 'frame'}); });
	tryIt(function () { put('iframe', {srcdoc: '<script>parent.pwned = "srcdoc"<\/script>'}); });
	tryIt(function () { put('object', {data: u + 'object'}); });
	tryIt(function () { put('link', {rel: 'stylesheet', href: u + 'style.css'}); });
	tryIt(function () { put('link', {rel: 'prefetch', href: u + 'prefetch'}); });
	tryIt(function () { put('style', {}, '@import url(' + u + 'import.css);'); });
	tryIt(function () { put('div', {style: 'background: url(' + u + 'background)'}); });
	tryIt(function () { put('form', {action: u + 'form', method: 'post'}).submit(); });
	tryIt(function () { put('base', {href: u}); });
	return blocked;`
	var blocked []string
	br.open()
	br.run(&blocked, attempts, listener.Addr().String())
	time.Sleep(2500 * time.Millisecond)
	var after struct {
		Pwned, Base string
		Violations  int
	}
	br.run(&after, `return {Pwned: window.pwned || '', Base: document.baseURI, Violations: window.violations};`)
	if n := reached.Load(); n != 0 {
		t.Errorf("%d requests reached the outside", n)
	}
	if after.Pwned != "" {
		t.Errorf("a foreign script ran: %s", after.Pwned)
	}
	if !strings.HasPrefix(after.Base, "file:") || after.Violations < 10 {
		t.Errorf("base %s, only %d violations were stopped", after.Base, after.Violations)
	}
	// The page still works afterwards.
	b := newPageBag(t)
	br.choose("folder", b.folder(t))
	if r := br.result(); r.Verdict != "within-itself" {
		t.Errorf("afterwards: %v", r)
	}
}

// A bundle made to harm the one who looks at it: names and records that are
// markup, pictures that are scripts, nesting without end.
func TestPageShowsHostileBundle(t *testing.T) {
	t.Parallel()
	br := newBrowser(t)
	const script = `<script>window.pwned=1</script>`
	svg := []byte(
		`<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1">` + script +
			`<rect width="9" height="9"/></svg>`)
	b := newPageBag(t)
	b["data/E010.svg"] = svg
	b["data/E011.png"] = svg
	b["data/E012.html"] = []byte("<html>" + script)
	b["data/<img src=x onerror=window.pwned=1>.txt"] = []byte("x")
	b["data/__proto__"] = []byte("x")
	b["data/constructor"] = []byte("x")
	b.seal(t)
	record := string(b["evidence.json"])
	record = strings.Replace(record, `"number":"E001"`,
		`"title":"<img src=x onerror=window.pwned=1>","number":"`+strings.ReplaceAll(script, "<", `\u003c`)+`"`, 1)
	b["evidence.json"] = []byte(record)
	b.sealRoot()
	for name, path := range map[string]string{"folder": b.folder(t), "zip": b.zip(t, 0)} {
		br.open()
		br.choose(name, path)
		r := br.result()
		// The command refuses such a name; the page lists it and calls it altered.
		if r.Verdict != map[string]string{"folder": "altered", "zip": "not-checked"}[name] {
			t.Errorf("%s: %v", name, r)
		}
		time.Sleep(300 * time.Millisecond)
		var found struct{ Pwned, Scripts, Odd int }
		br.run(&found, `return {Pwned: window.pwned || 0, Scripts: document.scripts.length,
			Odd: document.querySelectorAll('#result svg, #result iframe, #result object, #result embed, ' +
				'#result a, #result img[onerror]').length};`)
		if found.Pwned != 0 || found.Scripts != 1 || found.Odd != 0 {
			t.Errorf("%s: %+v", name, found)
		}
	}
	for name, record := range map[string]string{
		"deep":  strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000),
		"wide":  `{"files":[` + strings.Repeat(`{"path":"data/E001.png"},`, 200_000) + `{}]}`,
		"no":    "hello",
		"proto": `{"__proto__":{"path":"data/E001.png","sha256":1},"files":{"path":["data"]}}`,
	} {
		b := newPageBag(t)
		b["evidence.json"] = []byte(record)
		b.sealRoot()
		br.open()
		br.choose("folder", b.folder(t))
		if r := br.result(); r.Verdict != "within-itself" && r.Verdict != "altered" {
			t.Errorf("%s: %v", name, r)
		}
	}
}

// The page fits a phone and a desk, for bundles of both formats: nothing runs
// over its side. With JUZHENG_SHOTS=DIR what it looks like is kept there.
func TestPageFits(t *testing.T) {
	if !slow() {
		t.Skip("it draws the page two dozen times; set JUZHENG_SLOW=1")
	}
	t.Parallel()
	br := newBrowser(t)
	altered := newPageBag(t)
	altered.flip("data/E004.bin", 7)
	delete(altered, "data/E002.wav")
	altered["data/E009-"+strings.Repeat("long", 30)+".txt"] = []byte("added")
	partial := newPageBag(t)
	delete(partial, "data/E002.wav")
	partial["seal/withheld.txt"] = []byte("data/E002.wav\n")
	listed := newListedCase(t, 0, "E001", "E002", "E003", "E004", "E005")
	whole, root := listed.write(t, "E001", "E002", "E003", "E004", "E005")
	part, _ := listed.write(t, "E001", "E002", "E004")
	changed := copied(t, part)
	rewrite("data/E001.txt", func(b []byte) []byte { return append(b, '!') })(t, changed)
	bundles := []struct{ name, dir, code string }{
		{"format-1", newPageBag(t).folder(t), ""}, {"format-1-altered", altered.folder(t), ""},
		{"format-1-partial", partial.folder(t), ""}, {"whole", whole, root.SHA256}, {"partial", part, root.SHA256},
		{"altered", changed, root.SHA256},
	}
	for _, width := range []int{360, 390, 1280} {
		br.call("POST", "/goog/cdp/execute", map[string]any{"cmd": "Emulation.setDeviceMetricsOverride",
			"params": map[string]any{"width": width, "height": 900, "deviceScaleFactor": 1,
				"mobile": width < 500}}, nil)
		for _, b := range bundles {
			for _, lang := range []string{"zh", "en"} {
				br.open()
				if lang == "en" {
					br.run(nil, `document.getElementById('lang').click();`)
				}
				br.choose("folder", b.dir)
				br.result()
				br.run(nil, `const typed = document.getElementById('typed'); typed.value = arguments[0]; typed.oninput();`,
					b.code)
				br.result()
				var size struct{ Wide, Room int }
				br.run(&size,
					`return {Wide: document.documentElement.scrollWidth, Room: document.documentElement.clientWidth};`)
				if size.Wide > size.Room {
					t.Errorf("%s at %d: %d wide", b.name, width, size.Wide)
				}
				if dir := os.Getenv("JUZHENG_SHOTS"); dir != "" {
					br.shoot(filepath.Join(dir, fmt.Sprintf("%s-%s-%d.png", b.name, lang, width)))
				}
			}
		}
	}
}

// shoot keeps a picture of the whole page.
func (b *browser) shoot(path string) {
	b.t.Helper()
	var shot struct{ Data string }
	b.call("POST", "/goog/cdp/execute", map[string]any{"cmd": "Page.captureScreenshot",
		"params": map[string]any{"captureBeyondViewport": true}}, &shot)
	png, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}
