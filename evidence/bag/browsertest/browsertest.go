// Package browsertest drives a real Chromium in tests, over WebDriver (W3C).
//
//	func TestMain(m *testing.M) { code := m.Run(); browsertest.Stop(); os.Exit(code) }
//
//	tab := browsertest.New(t)
//	tab.Open("http://127.0.0.1:8080/")
//	tab.Run(&title, `return document.title`)
//
// A test has a tab of its own; the program behind it goes on to the next test,
// for to start one takes as long as many pages. Where Chromium or its driver is
// missing the test is skipped, and fails where JUZHENG_REQUIRE_TOOLS is 1.
//
// The browser reaches nothing but this computer, whatever a page asks of it.
package browsertest

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A Tab is one page of a browser. T is the test that it works for: a subtest
// may take its place.
type Tab struct {
	T       testing.TB
	session string // URL of the session
}

// A chromium is one that runs, and was begun with one empty tab.
type chromium struct {
	driver  *exec.Cmd
	session string
	profile string
}

// idle are those that no test uses.
var idle = make(chan *chromium, 4)

// Stop ends all browsers that no test uses. No test can begin one after it.
func Stop() {
	close(idle)
	for c := range idle {
		c.stop()
	}
}

func (c *chromium) stop() {
	b := Tab{session: c.session}
	b.Try("DELETE", "", nil, nil)
	c.driver.Process.Kill()
	c.driver.Wait()
	os.RemoveAll(c.profile)
}

var driverPort = regexp.MustCompile(`started successfully on port (\d+)`)

// Need skips a test where there is no browser, as [New] does. A test asks before it makes
// what its page shows, which takes longer than to look for a program.
func Need(t testing.TB) (driver, program string) {
	t.Helper()
	names := []string{shell, "chromium", "chromium-browser", "google-chrome"}
	if os.Getenv("JUZHENG_SLOW") != "" {
		names = names[1:]
	}
	return tool(t, "chromedriver"), tool(t, names...)
}

// shell is Chromium without windows, menus and services: the same engine for half the
// work. Tests that take their time (JUZHENG_SLOW) drive the browser that people have.
const shell = "chromium-headless-shell"

// withPage is a program that starts the shell with a page. By itself it has none, and
// the driver, which gives the browser one, finds nothing to drive.
func withPage(program, dir string) (string, error) {
	script := filepath.Join(dir, "shell")
	return script, os.WriteFile(script, []byte("#!/bin/sh\nexec '"+program+"' \"$@\" about:blank\n"), 0o700)
}

// New gives a test a tab of its own.
func New(t testing.TB) *Tab {
	t.Helper()
	command, program := Need(t)
	var c *chromium
	select {
	case c = <-idle:
	default:
		c = start(t, command, program)
	}
	b := &Tab{T: t, session: c.session}
	var first string
	b.Call("GET", "/window", nil, &first)
	var tab struct{ Handle string }
	b.Call("POST", "/window/new", map[string]string{"type": "tab"}, &tab)
	b.Call("POST", "/window", map[string]string{"handle": tab.Handle}, nil)
	b.Complaints() // those of whoever had the browser before
	b.Requests()
	t.Cleanup(func() {
		err := b.Try("DELETE", "/window", nil, nil)
		if err == nil {
			err = b.Try("POST", "/window", map[string]string{"handle": first}, nil)
		}
		if err != nil {
			c.stop()
			return
		}
		select {
		case idle <- c:
		default: // more than are kept
			c.stop()
		}
	})
	return b
}

// tool finds a program by any of its names.
func tool(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
		t.Fatalf("%s is not installed", names[0])
	}
	t.Skipf("%s is not installed", names[0])
	return ""
}

func start(t testing.TB, command, program string) *chromium {
	t.Helper()
	profile, err := os.MkdirTemp("", "chromium")
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Base(program) == shell {
		if program, err = withPage(program, profile); err != nil {
			t.Fatal(err)
		}
	}
	c := &chromium{driver: exec.Command(command, "--port=0"), profile: profile}
	c.driver.Dir = profile // where the shell puts what is downloaded
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
	b := &Tab{session: "http://127.0.0.1:" + port}
	var made struct {
		SessionID string `json:"sessionId"`
	}
	err = b.Try("POST", "/session", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"goog:loggingPrefs": map[string]string{"browser": "ALL", "performance": "ALL"},
		"goog:chromeOptions": map[string]any{"binary": program, "args": []string{
			"--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
			"--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
			"--user-data-dir=" + profile, "--window-size=1100,1400", "--lang=zh-CN"}},
	}}}, &made)
	c.session = b.session + "/session/" + made.SessionID
	if err != nil {
		c.stop()
		t.Fatal(err)
	}
	return c
}

// Call sends one WebDriver command and decodes its value.
func (b *Tab) Call(method, path string, body, value any) {
	b.T.Helper()
	if err := b.Try(method, path, body, value); err != nil {
		b.T.Fatal(err)
	}
}

// driver is where commands are sent; none takes minutes, and a test that waits
// for ever tells nothing.
var driver = &http.Client{Timeout: 3 * time.Minute}

// Try is Call for a command that may fail.
func (b *Tab) Try(method, path string, body, value any) error {
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
	reply, err := driver.Do(req)
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

// Run runs a function body in the page and decodes what it returns.
func (b *Tab) Run(value any, script string, args ...any) {
	b.T.Helper()
	if args == nil {
		args = []any{}
	}
	b.Call("POST", "/execute/sync", map[string]any{"script": script, "args": args}, value)
}

// Open loads an address and waits until the page is there.
func (b *Tab) Open(url string) {
	b.T.Helper()
	b.Call("POST", "/url", map[string]any{"url": url}, nil)
}

// Give types into the element that a CSS selector finds, as keys would; of a
// field for files it chooses the path.
func (b *Tab) Give(selector, text string) {
	b.T.Helper()
	b.Call("POST", b.element(selector)+"/value", map[string]any{"text": text}, nil)
}

// Click presses the element that a CSS selector finds: like a person's click it
// fails where something else lies over it.
func (b *Tab) Click(selector string) {
	b.T.Helper()
	b.Call("POST", b.element(selector)+"/click", map[string]any{}, nil)
}

func (b *Tab) element(selector string) string {
	b.T.Helper()
	var element map[string]string
	b.Call("POST", "/element", map[string]string{"using": "css selector", "value": selector}, &element)
	for _, id := range element {
		return "/element/" + id
	}
	b.T.Fatalf("no element %s", selector)
	return ""
}

// Devtools sends a command of Chromium's own protocol.
func (b *Tab) Devtools(command string, params, value any) {
	b.T.Helper()
	if params == nil {
		params = struct{}{}
	}
	b.Call("POST", "/goog/cdp/execute", map[string]any{"cmd": command, "params": params}, value)
}

// Screen sets how wide and high the page is seen, in CSS pixels, and whether
// dark colours are wanted.
func (b *Tab) Screen(width, height int, dark bool) {
	b.T.Helper()
	b.Devtools("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height,
		"deviceScaleFactor": 1, "mobile": false}, nil)
	b.Devtools("Emulation.setScrollbarsHidden", map[string]bool{"hidden": true}, nil)
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.Devtools("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{
		{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// Picture is a PNG of the whole page, also of what does not fit on the screen.
func (b *Tab) Picture() []byte {
	b.T.Helper()
	var shot struct{ Data string }
	b.Devtools("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true, "format": "png"}, &shot)
	data, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		b.T.Fatal(err)
	}
	return data
}

// entries reads one of the browser's logs, which empties it.
func (b *Tab) entries(log string) (out []struct{ Level, Source, Message string }) {
	b.T.Helper()
	b.Call("POST", "/se/log", map[string]string{"type": log}, &out)
	return out
}

// Complaints are what the browser's console has of errors and warnings since
// they were last asked for: what a policy refused is among them.
func (b *Tab) Complaints() (out []string) {
	b.T.Helper()
	for _, e := range b.entries("browser") {
		if e.Level == "SEVERE" || e.Level == "WARNING" {
			out = append(out, e.Level+" "+e.Message)
		}
	}
	return out
}

// Requests are the addresses that the browser asked for since they were last
// asked for, data: and those of its own apart.
func (b *Tab) Requests() (out []string) {
	b.T.Helper()
	for _, e := range b.entries("performance") {
		var m struct {
			Message struct {
				Method string
				Params struct{ Request struct{ URL string } }
			}
		}
		if err := json.Unmarshal([]byte(e.Message), &m); err != nil {
			b.T.Fatal(errors.Join(err, errors.New(e.Message)))
		}
		url := m.Message.Params.Request.URL
		own := strings.HasPrefix(url, "data:") || strings.HasPrefix(url, "blob:") || strings.HasPrefix(url, "chrome")
		if m.Message.Method == "Network.requestWillBeSent" && !own {
			out = append(out, url)
		}
	}
	return out
}
