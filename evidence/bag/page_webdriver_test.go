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

// A browser is a tab of a real Chromium, driven over WebDriver (W3C).
type browser struct {
	t       *testing.T
	session string // URL of the session
}

// A chromium is one that runs, and was begun with one empty tab.
type chromium struct {
	driver  *exec.Cmd
	session string
	profile string
}

// idle are those that no test uses: to start one takes as long as many pages.
var idle = make(chan *chromium, 4)

func TestMain(m *testing.M) {
	code := m.Run()
	if testing.Verbose() && len(tried.of) > 0 {
		fmt.Println("changes that were tried:", tried.of)
	}
	close(idle)
	for c := range idle {
		c.stop()
	}
	os.Exit(code)
}

func (c *chromium) stop() {
	b := browser{session: c.session}
	b.try("DELETE", "", nil, nil)
	c.driver.Process.Kill()
	c.driver.Wait()
	os.RemoveAll(c.profile)
}

var driverPort = regexp.MustCompile(`started successfully on port (\d+)`)

// newBrowser gives a test a tab of its own.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	driver, program := needTool(t, "chromedriver"), needTool(t, "chromium", "chromium-browser", "google-chrome")
	var c *chromium
	select {
	case c = <-idle:
	default:
		c = startChromium(t, driver, program)
	}
	b := &browser{t: t, session: c.session}
	var first string
	b.call("GET", "/window", nil, &first)
	var tab struct{ Handle string }
	b.call("POST", "/window/new", map[string]string{"type": "tab"}, &tab)
	b.call("POST", "/window", map[string]string{"handle": tab.Handle}, nil)
	t.Cleanup(func() {
		err := b.try("DELETE", "/window", nil, nil)
		if err == nil {
			err = b.try("POST", "/window", map[string]string{"handle": first}, nil)
		}
		if err != nil {
			c.stop()
			return
		}
		idle <- c
	})
	return b
}

func startChromium(t *testing.T, driver, program string) *chromium {
	t.Helper()
	profile, err := os.MkdirTemp("", "chromium")
	if err != nil {
		t.Fatal(err)
	}
	c := &chromium{driver: exec.Command(driver, "--port=0"), profile: profile}
	out, err := c.driver.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.driver.Start(); err != nil {
		t.Fatal(err)
	}
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
	err = b.try("POST", "/session", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"goog:chromeOptions": map[string]any{"binary": program, "args": []string{
			"--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
			"--disable-sync",
			"--user-data-dir=" + profile, "--window-size=1100,1400", "--lang=zh-CN"}},
	}}}, &made)
	c.session = b.session + "/session/" + made.SessionID
	if err != nil {
		c.stop()
		t.Fatal(err)
	}
	return c
}

// call sends one WebDriver command and decodes its value.
func (b *browser) call(method, path string, body, value any) {
	b.t.Helper()
	if err := b.try(method, path, body, value); err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) try(method, path string, body, value any) error {
	var r io.Reader
	if body != nil {
		p, err := json.Marshal(body)
		if err != nil {
			return err
		}
		r = bytes.NewReader(p)
	}
	req, err := http.NewRequest(method, b.session+path, r)
	if err != nil {
		return err
	}
	reply, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	answer := struct {
		Value json.RawMessage `json:"value"`
	}{}
	if err := json.NewDecoder(reply.Body).Decode(&answer); err != nil {
		return err
	}
	if reply.StatusCode != http.StatusOK {
		return fmt.Errorf("webdriver %s %s: %s", method, path, answer.Value)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, value)
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
