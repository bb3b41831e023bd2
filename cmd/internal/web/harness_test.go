package web

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/png"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/juzheng/demo"
	"juzheng/evidence"
	"juzheng/evidence/bag/browsertest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browsertest.Stop()
	os.RemoveAll(madeIn)
	os.Exit(code)
}

var testNow = time.Date(2026, 10, 2, 9, 0, 0, 0, evidence.Beijing)

func testDesk() (desk.Desk, error) { return desk.Desk{Now: testNow, Tool: "juzheng test"}, nil }

// A site is a server in this process.
type site struct {
	t       testing.TB
	origin  string // http://127.0.0.1:PORT
	address Address
	home    string
	stop    func()
	ended   chan error
}

// serve runs the page until the test ends. Change may set other options; nil:
// none.
func serve(t testing.TB, path string, change func(*Options)) *site {
	t.Helper()
	home := t.TempDir()
	ready := make(chan Address, 1)
	o := Options{Desk: testDesk, Lang: "zh", Path: path, Home: filepath.Join(home, "cases"),
		Scratch: filepath.Join(home, "scratch"), Ready: func(a Address) { ready <- a }}
	if change != nil {
		change(&o)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &site{t: t, home: home, stop: stop, ended: make(chan error, 1)}
	go func() { s.ended <- Serve(ctx, o) }()
	select {
	case s.address = <-ready:
	case err := <-s.ended:
		stop()
		t.Fatalf("the server ended at once: %v", err)
	}
	t.Cleanup(func() {
		stop()
		select {
		case err := <-s.ended:
			if err != nil {
				t.Errorf("the server ended: %v", err)
			}
		case <-time.After(20 * time.Second):
			t.Error("the server does not end")
		}
	})
	s.origin, _, _ = strings.Cut(s.address.URL, "/enter")
	return s
}

// A caller is a browser without a screen, that was let in.
type caller struct {
	*site
	client *http.Client
	root   string // origin and path
	begin  string // where it was led to
}

var led = regexp.MustCompile(`url=([^"]+)"`)

// enter lets a caller in by the address.
func (s *site) enter(t testing.TB) *caller {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	c := &caller{site: s, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}}
	status, body := c.do("GET", s.address.URL, nil, nil)
	m := led.FindStringSubmatch(body)
	if status != http.StatusOK || m == nil {
		t.Fatalf("not let in: %d %s", status, body)
	}
	c.begin = s.origin + m[1]
	c.root = s.origin + "/" + strings.Split(m[1], "/")[1]
	return c
}

// do sends a request as a browser on the page would, with the headers given
// over its own.
func (c *caller) do(method, url string, body io.Reader, headers map[string]string) (status int, answer string) {
	c.t.Helper()
	r, err := http.NewRequest(method, url, body)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if method != "GET" {
		r.Header.Set("Origin", c.origin)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range headers {
		if name == "Host" {
			r.Host = value
		}
		r.Header.Set(name, value)
		if value == "" {
			r.Header.Del(name)
		}
	}
	reply, err := c.client.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer reply.Body.Close()
	data, err := io.ReadAll(reply.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if to := reply.Header.Get("Location"); to != "" {
		return reply.StatusCode, c.origin + to
	}
	return reply.StatusCode, string(data)
}

// A page is a browser on a server of the test, let in.
type page struct {
	*site
	tab  *browsertest.Tab
	root string // origin and path
	base string // of the case that it began with; empty: none
}

// newPage opens the page on a case, a folder or a bundle; empty: on the start.
func newPage(t *testing.T, path string, change func(*Options)) *page {
	t.Helper()
	tab := browsertest.New(t) // first, for where there is no browser the test is skipped
	p := &page{site: serve(t, path, change), tab: tab}
	tab.Screen(1280, 900, false)
	tab.Open((&url.URL{Scheme: "file", Path: p.address.File}).String())
	p.wait(`return document.documentElement.dataset.root !== undefined`)
	var at struct{ Root, Case string }
	tab.Run(&at, `return {Root: document.documentElement.dataset.root, Case: document.documentElement.dataset.case}`)
	p.root = p.origin + at.Root
	if at.Case != "" {
		p.base = p.origin + at.Case
	}
	return p
}

// open goes to a screen: of the case, or of none if its path begins with "/".
func (p *page) open(path string) {
	p.t.Helper()
	at := p.base + "/" + path
	if rest, of := strings.CutPrefix(path, "/"); of {
		at = p.root + "/" + rest
	}
	p.tab.Open(at)
}

// wait waits until a script says true. To ask costs the browser as much as a small
// page does, so that it is asked less and less often.
func (p *page) wait(script string) {
	p.t.Helper()
	pause := 20 * time.Millisecond
	for end := time.Now().Add(40 * time.Second); time.Now().Before(end); time.Sleep(pause) {
		done := false
		p.tab.Run(&done, script)
		if done {
			return
		}
		pause = min(pause*5/4, 200*time.Millisecond)
	}
	var text string
	p.tab.Run(&text, `return location.href + "\n" + document.body.innerText`)
	p.t.Fatalf("waited in vain for %s; the page is\n%s", script, text)
}

// text is what the page shows.
func (p *page) text() (text string) {
	p.t.Helper()
	p.tab.Run(&text, `return document.body.innerText`)
	return text
}

// clean fails where the browser complained, a refusal of the policy among that,
// or asked anybody else for anything.
func (p *page) clean() {
	p.t.Helper()
	for _, c := range p.tab.Complaints() {
		p.t.Errorf("the browser complains: %s", c)
	}
	for _, at := range p.tab.Requests() {
		if !strings.HasPrefix(at, p.origin+"/") && !strings.HasPrefix(at, "file://") {
			p.t.Errorf("the page asked for %s", at)
		}
	}
}

// look looks at the screen as it is: at three widths, in both languages, light
// and dark. It must not scroll sideways, nor cut what is to be read. What axe-core
// judges takes most of the time: each width but one, each language and both colours
// are judged once, and all of them together with JUZHENG_SLOW (.ci/run all).
func (p *page) look(name string) {
	p.t.Helper()
	slow := os.Getenv("JUZHENG_SLOW") != ""
	if !slow {
		p.t.Logf("%s: axe-core at 390 px in zh and at 1280 px, dark, in en; the rest with JUZHENG_SLOW", name)
	}
	var here string
	p.tab.Run(&here, `return location.href`)
	here, _, _ = strings.Cut(here, "#")
	in := func(lang string) string {
		if strings.Contains(here, "?") {
			return here + "&lang=" + lang
		}
		return here + "?lang=" + lang
	}
	for _, lang := range languages {
		p.tab.Open(in(lang))
		for _, width := range []int{390, 768, 1280} {
			for _, dark := range []bool{false, true} {
				pictures := os.Getenv("JUZHENG_PICTURES")
				if dark && pictures == "" && width != 1280 {
					continue // colours move nothing, and contrast is the same at each width
				}
				judged := slow || lang == "zh" && width == 390 && !dark || lang == "en" && width == 1280 && dark
				if dark && pictures == "" && !judged {
					continue
				}
				p.tab.Screen(width, 900, dark)
				if judged {
					p.accessible(fmt.Sprintf("%s, %s, %d px, dark %v", name, lang, width, dark))
				}
				var wide []string
				p.tab.Run(&wide, `
					var out = [], most = document.documentElement.clientWidth;
					if (document.documentElement.scrollWidth > most) { out.push('the page'); }
					document.querySelectorAll('main *, footer *').forEach(function (e) {
						var r = e.getBoundingClientRect();
						var wide = r.width > 1 && r.right > most + 1;
						if (wide && !e.closest('.scroll, .tbl')) { out.push(e.tagName + ' ' + e.className); }
					});
					document.querySelectorAll('main a, footer a, button, summary, .chip').forEach(function (e) {
						var walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), n;
						while ((n = walk.nextNode())) {
							var word = n.data.trim(), most = /[一-鿿]/.test(word) ? 4 : 8;
							var hidden = n.parentElement.closest('.vh, .path') || !e.checkVisibility();
							if (!word || word.length > most || hidden) { continue; }
							var range = document.createRange(); range.selectNodeContents(n);
							var tops = new Set(Array.from(range.getClientRects()).map((r) => Math.round(r.top)));
							if (tops.size > 1) { out.push('in two lines: ' + word); }
						}
					});
					return out.slice(0, 5);`)
				if len(wide) > 0 {
					p.t.Errorf("%s, %s, %d px: wider than the screen: %q", name, lang, width, wide)
				}
				if pictures != "" {
					p.picture(filepath.Join(pictures, fmt.Sprintf("%s-%s-%d-%v.png", name, lang, width, dark)))
				}
			}
		}
	}
	p.tab.Screen(1280, 900, false)
	p.tab.Open(in("zh"))
	p.clean()
}

// accessible runs axe-core on the screen, where JUZHENG_AXE names its file: it
// is fetched for a run and stands in no commit. The window is as high as the
// page, for what lies below its edge is not judged.
func (p *page) accessible(where string) {
	p.t.Helper()
	file := os.Getenv("JUZHENG_AXE")
	if file == "" {
		return
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		p.t.Fatal(err)
	}
	p.tab.Run(nil, string(axe))
	var found []string
	p.tab.Call("POST", "/execute/async", map[string]any{"args": []any{}, "script": `
		var done = arguments[0], of = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
		axe.run(document, {runOnly: of}).then(function (r) {
			done(r.violations.map(function (v) {
				return v.id + ': ' + v.nodes.map(function (n) { return n.html.slice(0, 160); }).join(' | ');
			}));
		}, function (e) { done([String(e)]); });`}, &found)
	for _, f := range found {
		p.t.Errorf("%s: %s", where, f)
	}
}

func (p *page) picture(file string) {
	p.t.Helper()
	data := p.tab.Picture()
	if _, _, err := image.DecodeConfig(bytes.NewReader(data)); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

var madeIn string

// theCase is the invented case with its files added and nothing answered, made once.
var theCase = sync.OnceValues(func() (dir string, err error) {
	if madeIn, err = os.MkdirTemp("", "juzheng-web"); err != nil {
		return "", err
	}
	phone, kase := filepath.Join(madeIn, "手机文件"), filepath.Join(madeIn, "案件")
	if err := demo.Write(phone); err != nil {
		return "", err
	}
	d, _ := testDesk()
	if _, err := desk.InitPublished(context.Background(), d, kase, demo.Case(), demo.Key()); err != nil {
		return "", err
	}
	_, err = desk.Add(context.Background(), d, kase, desk.AddOptions{Paths: []string{phone}, Base: madeIn})
	return kase, err
})

// demoCase is a copy of the invented case.
func demoCase(t testing.TB) string {
	t.Helper()
	made, err := theCase()
	if err != nil {
		t.Fatal(err)
	}
	kase := filepath.Join(t.TempDir(), "案件")
	if err := os.CopyFS(kase, os.DirFS(made)); err != nil {
		t.Fatal(err)
	}
	return kase
}
