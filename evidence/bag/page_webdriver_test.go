package bag

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"juzheng/evidence/bag/browsertest"
)

// A browser is a tab of a real Chromium with the check page in it.
type browser struct {
	t   *testing.T
	tab *browsertest.Tab
}

func TestMain(m *testing.M) {
	code := m.Run()
	if testing.Verbose() && len(tried.of) > 0 {
		fmt.Println("changes that were tried:", tried.of)
	}
	browsertest.Stop()
	os.Exit(code)
}

// newBrowser gives a test a tab of its own.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	return &browser{t: t, tab: browsertest.New(t)}
}

// call sends one WebDriver command and decodes its value.
func (b *browser) call(method, path string, body, value any) {
	b.t.Helper()
	b.tab.T = b.t
	b.tab.Call(method, path, body, value)
}

// run runs a function body in the page and decodes what it returns.
func (b *browser) run(value any, script string, args ...any) {
	b.t.Helper()
	b.tab.T = b.t
	b.tab.Run(value, script, args...)
}

// open loads the page from a file, as a double click does.
func (b *browser) open() {
	b.t.Helper()
	name := filepath.Join(b.t.TempDir(), "index.html")
	if err := os.WriteFile(name, IndexHTML(), 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.call("POST", "/url", map[string]any{"url": (&url.URL{Scheme: "file", Path: name}).String()}, nil)
}

// choose hands a folder or a zip to one of the two pickers.
func (b *browser) choose(picker, path string) {
	b.t.Helper()
	b.tab.T = b.t
	b.tab.Give("#"+picker, path)
}

// A pageResult is what the page shows, read from its elements.
type pageResult struct {
	Verdict  string
	Refusal  string
	Code     string // of the refusal
	Words    string
	Status   map[string]string // by path
	Problems []string          // code and place
	Tags     map[string]string
	Compared string
	State    string
	Root     string
}

const readPage = `
var out = {Status: {}, Tags: {}, Problems: []}, v = document.getElementById('verdict');
if (!v) { return null; }
out.Verdict = v.getAttribute('data-verdict');
out.Words = v.textContent;
out.Code = v.querySelector('#refusal') ? v.querySelector('#refusal').getAttribute('data-code') : '';
out.Refusal = (document.getElementById('refusal') || {}).textContent || '';
[].forEach.call(document.querySelectorAll('.exhibit'), function (e) {
  out.Status[e.getAttribute('data-path')] = e.getAttribute('data-status');
});
[].forEach.call(document.querySelectorAll('#problems tbody tr'), function (e) {
  out.Problems.push(e.cells[2].textContent + ' ' + e.cells[1].textContent);
});
[].forEach.call(document.querySelectorAll('#tags tbody tr'), function (e) {
  out.Tags[e.cells[0].textContent] = e.cells[1].textContent;
});
out.Compared = document.getElementById('compared').textContent;
out.State = document.getElementById('compared').getAttribute('data-state');
out.Root = (document.getElementById('root-sha256') || {title: ''}).title;
return out;`

// result waits for the verdict and reads the page.
func (b *browser) result() pageResult {
	b.t.Helper()
	for range 6000 {
		var r *pageResult
		b.run(&r, readPage)
		if r != nil {
			return *r
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.t.Fatal("the page gave no verdict in two minutes")
	return pageResult{}
}

// typeRoot puts text into the field for the root from paper.
func (b *browser) typeRoot(text string) {
	b.t.Helper()
	b.run(nil, `var e = document.getElementById('typed'); e.value = arguments[0]; e.dispatchEvent(new Event('input'));`,
		text)
}

func (r pageResult) String() string {
	return fmt.Sprintf("%s; problems %v; status %v; tags %v; %s %s", r.Verdict, r.Problems, r.Status, r.Tags,
		r.Refusal, r.Compared)
}
