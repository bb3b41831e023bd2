package bag

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// A browser is one session of a real Chromium, driven over WebDriver (W3C).
type browser struct {
	t       *testing.T
	session string // URL of the session
}

var driverPort = regexp.MustCompile(`started successfully on port (\d+)`)

func newBrowser(t *testing.T) *browser {
	t.Helper()
	driver, chromium := needTool(t, "chromedriver"), needTool(t, "chromium", "chromium-browser", "google-chrome")
	cmd := exec.Command(driver, "--port=0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	lines := bufio.NewScanner(out)
	port := ""
	for port == "" && lines.Scan() {
		if m := driverPort.FindStringSubmatch(lines.Text()); m != nil {
			port = m[1]
		}
	}
	go io.Copy(io.Discard, out)
	b := &browser{t: t, session: "http://127.0.0.1:" + port}
	var made struct {
		SessionID string `json:"sessionId"`
	}
	b.call("POST", "/session", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"goog:chromeOptions": map[string]any{"binary": chromium, "args": []string{
			"--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
			"--disable-sync",
			"--user-data-dir=" + t.TempDir(), "--window-size=1100,1400", "--lang=zh-CN"}},
	}}}, &made)
	b.session += "/session/" + made.SessionID
	// Before the directories of the test are removed, the browser must be gone.
	t.Cleanup(func() { b.call("DELETE", "", nil, nil) })
	return b
}

// call sends one WebDriver command and decodes its value.
func (b *browser) call(method, path string, body, value any) {
	b.t.Helper()
	var r io.Reader
	if body != nil {
		p, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		r = bytes.NewReader(p)
	}
	req, err := http.NewRequest(method, b.session+path, r)
	if err != nil {
		b.t.Fatal(err)
	}
	reply, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer reply.Body.Close()
	answer := struct {
		Value json.RawMessage `json:"value"`
	}{}
	if err := json.NewDecoder(reply.Body).Decode(&answer); err != nil {
		b.t.Fatal(err)
	}
	if reply.StatusCode != http.StatusOK {
		b.t.Fatalf("webdriver %s %s: %s", method, path, answer.Value)
	}
	if value != nil {
		if err := json.Unmarshal(answer.Value, value); err != nil {
			b.t.Fatal(err)
		}
	}
}

// run runs a function body in the page and decodes what it returns.
func (b *browser) run(value any, script string, args ...any) {
	b.t.Helper()
	if args == nil {
		args = []any{}
	}
	b.call("POST", "/execute/sync", map[string]any{"script": script, "args": args}, value)
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
	var element map[string]string
	b.call("POST", "/element", map[string]string{"using": "css selector", "value": "#" + picker}, &element)
	for _, id := range element {
		b.call("POST", "/element/"+id+"/value", map[string]any{"text": path}, nil)
	}
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
