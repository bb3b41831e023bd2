package web

import (
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/bag/browsertest"
)

// Requests that a page elsewhere, another user or another port can bring about
// are refused, and nothing is done by them.
func TestOthersAreRefused(t *testing.T) {
	c := serve(t, "", nil).enter(t)
	stranger := &caller{site: c.site, client: &http.Client{}, root: c.root}
	port := c.origin[strings.LastIndex(c.origin, ":"):]
	post := strings.NewReader
	for _, r := range []struct {
		name    string
		by      *caller
		method  string
		at      string
		headers map[string]string
	}{
		{"a name bound to this address", c, "GET", c.root + "/", map[string]string{"Host": "evil.example" + port}},
		{"localhost", c, "GET", c.root + "/", map[string]string{"Host": "localhost" + port}},
		{"another port as the host", c, "GET", c.root + "/", map[string]string{"Host": "127.0.0.1:1"}},
		{"a link on another page", c, "GET", c.root + "/", map[string]string{"Sec-Fetch-Site": "cross-site"}},
		{"a page of another port", c, "GET", c.root + "/", map[string]string{"Sec-Fetch-Site": "same-site"}},
		{"a script of another page", c, "GET", c.root + "/", map[string]string{"Origin": "https://evil.example"}},
		{"a forged form", c, "POST", c.root + "/sample", map[string]string{"Sec-Fetch-Site": "cross-site",
			"Origin": "https://evil.example"}},
		{"a forged form in an old browser", c, "POST", c.root + "/sample", map[string]string{"Sec-Fetch-Site": "",
			"Origin": "https://evil.example"}},
		{"a form from a sandbox", c, "POST", c.root + "/sample", map[string]string{"Sec-Fetch-Site": "",
			"Origin": "null"}},
		{"a form from nowhere", c, "POST", c.root + "/sample", map[string]string{"Sec-Fetch-Site": "", "Origin": ""}},
		{"a typed form", c, "POST", c.root + "/sample", map[string]string{"Sec-Fetch-Site": "none"}},
		{"another port's origin", c, "POST", c.root + "/sample", map[string]string{"Sec-Fetch-Site": "",
			"Origin": "http://127.0.0.1:1"}},
		{"an upload from elsewhere", c, "PUT", c.root + "/drop/x?path=a", map[string]string{"Origin": "null"}},
		{"somebody without the cookie", stranger, "GET", c.root + "/", nil},
		{"somebody without the cookie, to a folder", stranger, "GET", c.root + "/choose?dir=/", nil},
		{"somebody who guesses the cookie", stranger, "GET", c.root + "/", map[string]string{"Cookie": "juzheng=x"}},
		{"somebody without path and cookie", stranger, "GET", c.origin + "/", nil},
		{"files of the page", stranger, "GET", c.root + "/static/page.css", nil},
		{"a token that was spent", stranger, "GET", c.address.URL, nil},
		{"a token that is none", stranger, "GET", c.origin + "/enter?token=", nil},
		{"a posted token", c, "POST", c.origin + "/enter?token=x", nil},
	} {
		status, body := r.by.do(r.method, r.at, post(""), r.headers)
		if status != http.StatusForbidden || strings.Contains(body, "<") {
			t.Errorf("%s: %d %.200s", r.name, status, body)
		}
	}
	if made, _ := filepath.Glob(filepath.Join(c.home, "cases", "*")); len(made) > 0 {
		t.Errorf("a refused request made %q", made)
	}
	if status, _ := c.do("GET", c.root+"/", nil, nil); status != http.StatusOK {
		t.Errorf("the one who was let in gets %d", status)
	}
	if status, _ := c.do("GET", c.root+"/", nil, map[string]string{"Sec-Fetch-Site": "none"}); status != http.StatusOK {
		t.Errorf("an address that was typed gets %d", status)
	}
}

// The page listens on this computer's own address and no other; the file that
// begins it is the user's alone, and the cookie is kept from scripts, from other
// sites and from other ports.
func TestOnlyThisUser(t *testing.T) {
	s := serve(t, "", nil)
	host := strings.TrimPrefix(s.origin, "http://")
	if h, port, err := net.SplitHostPort(host); err != nil || h != "127.0.0.1" {
		t.Errorf("the page is at %s", host)
	} else if addresses, err := net.InterfaceAddrs(); err == nil {
		for _, a := range addresses {
			ip, _, err := net.ParseCIDR(a.String())
			if err != nil || ip.IsLoopback() {
				continue
			}
			if conn, err := net.DialTimeout("tcp", net.JoinHostPort(ip.String(), port), time.Second); err == nil {
				conn.Close()
				t.Errorf("the page can be reached at %s", ip)
			}
		}
	}
	if runtime.GOOS != "windows" {
		for path, want := range map[string]os.FileMode{s.address.File: 0o600, filepath.Dir(s.address.File): 0o700} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v %v", path, info.Mode(), err)
			}
		}
	}
	data, err := os.ReadFile(s.address.File)
	if err != nil || !strings.Contains(string(data), s.origin+"/enter?token=") ||
		strings.Contains(string(data), s.address.URL) {
		t.Errorf("the file leads elsewhere, or its token is the printed one: %v %s", err, data)
	}
	reply, err := http.Get(s.address.URL)
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()
	cookies := reply.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode ||
		len(cookies[0].Path) < 20 || cookies[0].Domain != "" || cookies[0].MaxAge != 0 || len(cookies[0].Value) < 20 {
		t.Errorf("cookies: %v", cookies)
	}
	s.stop()
	for range 100 {
		if _, err = os.Stat(s.address.File); os.IsNotExist(err) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the file stays after the end")
}

// Every answer carries the policy, also a refusal and an error.
func TestEveryAnswerHasThePolicy(t *testing.T) {
	c := serve(t, demoCase(t), nil).enter(t)
	for _, at := range []string{c.root + "/", c.begin, c.root + "/none", c.origin + "/", c.root + "/static/page.css",
		c.root + "/c/0000000000000000/found"} {
		reply, err := c.client.Get(at)
		if err != nil {
			t.Fatal(err)
		}
		reply.Body.Close()
		h := reply.Header
		if h.Get("Content-Security-Policy") != policy || h.Get("X-Content-Type-Options") != "nosniff" ||
			h.Get("Referrer-Policy") != "same-origin" || h.Get("Cross-Origin-Resource-Policy") != "same-origin" ||
			h.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: %v", at, h)
		}
		for name := range h {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s allows others: %s", at, name)
			}
		}
	}
	for _, word := range []string{"unsafe", "http:", "*", "data:", "blob:"} {
		if strings.Contains(policy, word) {
			t.Errorf("the policy has %s", word)
		}
	}
}

// hostilePhone is a folder whose names, messages and pictures try to run
// something in whoever shows them.
func hostilePhone(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), `手机"><img src=x onerror=pwned=1>`)
	const script = `<script>window.pwned="script"</script><img src=x onerror="window.pwned='handler'">`
	for name, content := range map[string]string{
		`a"><img src=x onerror=pwned=1>.svg`: `<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=1">` +
			`<script>window.pwned="svg"</script><image href="http://127.0.0.1:1/x"/></svg>`,
		`{{.}} <b>x</b>.html`:         `<html><body onload="window.pwned=1">` + script,
		"<script>pwned=1<script>.txt": script + strings.Repeat("催收 ", 30),
		"空<b>.m4a":                    "",
		"sms-20260930120000.xml": `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><smses count="1">` +
			`<sms protocol="0" address="19900000311" date="1788922800000" type="1" body="` +
			`&lt;script&gt;window.pwned=1&lt;/script&gt;` +
			`&lt;img src=x onerror=pwned=1&gt; 还钱" read="1" status="-1" /></smses>`,
	} {
		path := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Skip("this system has no such names: ", err)
		}
	}
	return dir
}

// Exhibits are sent as what was recognised, or as bytes to be saved; never as a
// page, and never as a picture that can hold a script.
func TestExhibitsAreSentPlain(t *testing.T) {
	dir := hostilePhone(t)
	d, _ := testDesk()
	kase := filepath.Join(t.TempDir(), "案件")
	if _, err := desk.Init(t.Context(), d, kase, evidence.Case{}); err != nil {
		t.Fatal(err)
	}
	added, err := desk.Add(t.Context(), d, kase, desk.AddOptions{Paths: []string{dir}})
	if err != nil || len(added.Admitted) < 3 {
		t.Fatalf("%d admitted: %v", len(added.Admitted), err)
	}
	c := serve(t, kase, nil).enter(t)
	for _, x := range added.Admitted {
		reply, err := c.client.Get(strings.TrimSuffix(c.begin, foundPath) + "exhibit/" + x.Number)
		if err != nil {
			t.Fatal(err)
		}
		reply.Body.Close()
		h := reply.Header
		kind, _, _ := strings.Cut(h.Get("Content-Type"), ";")
		if reply.StatusCode != 200 || h.Get("Content-Security-Policy") != exhibitPolicy ||
			h.Get("X-Content-Type-Options") != "nosniff" ||
			!shown[kind] && (kind != "application/octet-stream" ||
				!strings.HasPrefix(h.Get("Content-Disposition"), "attachment")) {
			t.Errorf("%s %s: %d %v", x.Number, x.OriginalName, reply.StatusCode, h)
		}
		if strings.Contains(h.Get("Content-Disposition"), "<") {
			t.Errorf("the name of the file is told: %s", h.Get("Content-Disposition"))
		}
	}
	for kind := range shown {
		if strings.Contains(kind, "svg") || strings.Contains(kind, "xml") || strings.Contains(kind, "html") {
			t.Errorf("%s is shown", kind)
		}
	}
	for _, number := range []string{"E999", "..", "%2e%2e%2fcase.toml", "E001.svg"} {
		status, body := c.do("GET", strings.TrimSuffix(c.begin, foundPath)+"exhibit/"+number, nil, nil)
		if status == http.StatusOK || strings.Contains(body, "complainant") {
			t.Errorf("exhibit %s: %d", number, status)
		}
	}
	// A case that came from somebody else may have a link in the place of an exhibit.
	at := filepath.Join(kase, "exhibits", added.Admitted[0].File)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := errors.Join(os.WriteFile(secret, []byte("private key"), 0o600), os.Remove(at)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, at); err != nil {
		t.Skip(err) // Windows: only with rights of its own
	}
	status, body := c.do("GET", strings.TrimSuffix(c.begin, foundPath)+"exhibit/"+added.Admitted[0].Number, nil, nil)
	if status == http.StatusOK || strings.Contains(body, "private key") {
		t.Errorf("a link in the place of an exhibit was followed: %d", status)
	}
}

// In a browser: a hostile phone runs nothing, and nothing is asked for outside.
func TestHostilePhoneInBrowser(t *testing.T) {
	p := newPage(t, hostilePhone(t), nil)
	p.wait(`return !!document.querySelector('.tally') && !document.querySelector('progress')`)
	p.tab.Run(nil, `document.querySelectorAll('details').forEach(function (d) { d.open = true; })`)
	time.Sleep(300 * time.Millisecond)
	var pwned any
	p.tab.Run(&pwned, `return window.pwned === undefined ? null : String(window.pwned)`)
	if pwned != nil {
		t.Errorf("something ran: %v", pwned)
	}
	if text := p.text(); !strings.Contains(text, "空<b>.m4a") {
		t.Errorf("the name is not shown as it is:\n%s", text)
	}
	// opened by itself an exhibit shows no page
	var number string
	p.tab.Run(&number, `return (document.querySelector('input[name=in]') || {value: ''}).value`)
	for _, n := range []string{"E001", "E002", "E003", "E004"} {
		p.tab.Run(nil, `var a = document.createElement('iframe'); a.src = arguments[0]; document.body.append(a);`,
			p.base+"/exhibit/"+n)
	}
	time.Sleep(300 * time.Millisecond)
	p.tab.Run(&pwned, `return window.pwned === undefined ? null : String(window.pwned)`)
	if pwned != nil {
		t.Errorf("something ran in an exhibit: %v", pwned)
	}
	for _, at := range p.tab.Requests() {
		if !strings.HasPrefix(at, p.origin+"/") && !strings.HasPrefix(at, "file://") {
			t.Errorf("the page asked for %s", at)
		}
	}
}

// The browser itself keeps the page from reaching anybody, whoever asks.
func TestPageAsksNobody(t *testing.T) {
	browsertest.Need(t)
	elsewhere, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer elsewhere.Close()
	reached := make(chan string, 100)
	go func() {
		for {
			c, err := elsewhere.Accept()
			if err != nil {
				return
			}
			c.SetReadDeadline(time.Now().Add(2 * time.Second))
			buf := make([]byte, 200)
			if n, _ := c.Read(buf); n > 0 {
				reached <- string(buf[:n])
			}
			c.Close()
		}
	}()
	p := newPage(t, "", nil)
	var inline bool
	p.tab.Run(nil, `
		var u = 'http://' + arguments[0] + '/';
		function put(tag, with_, text) {
			var e = document.createElement(tag);
			Object.keys(with_).forEach(function (k) { e.setAttribute(k, with_[k]); });
			if (text) { e.textContent = text; }
			document.body.appendChild(e);
			return e;
		}
		try { fetch(u).catch(function () {}); } catch (e) {}
		try { new EventSource(u); } catch (e) {}
		try { navigator.sendBeacon(u, 'x'); } catch (e) {}
		try { new WebSocket(u.replace('http', 'ws')); } catch (e) {}
		put('img', {src: u + 'img'}); put('script', {src: u + 'js'}); put('iframe', {src: u + 'frame'});
		put('link', {rel: 'stylesheet', href: u + 'css'}); put('audio', {src: u + 'audio', preload: 'auto'});
		put('div', {style: 'background: url(' + u + 'style)'}); put('object', {data: u + 'object'});
		put('form', {action: u + 'form', method: 'post'}).submit();
		put('script', {}, 'window.pwned = 1');
		setTimeout("window.pwned = 2", 0);`, elsewhere.Addr().String())
	time.Sleep(2500 * time.Millisecond)
	p.tab.Run(&inline, `return window.pwned !== undefined`)
	if inline {
		t.Error("inline script or eval ran")
	}
	select {
	case got := <-reached:
		t.Errorf("something left: %q", got)
	default:
	}
	if len(p.tab.Complaints()) < 8 {
		t.Error("the browser refused less than was tried")
	}
}

// The server ends when no page has been there for a while, and not while one is.
func TestEndsWhenThePageIsGone(t *testing.T) {
	s := serve(t, "", func(o *Options) { o.Gone = 400 * time.Millisecond })
	c := s.enter(t)
	r, err := http.NewRequestWithContext(t.Context(), "GET", c.root+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := c.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-s.ended:
		t.Fatalf("it ended while a page was there: %v", err)
	case <-time.After(1200 * time.Millisecond):
	}
	stream.Body.Close()
	select {
	case err := <-s.ended:
		if err != nil {
			t.Error(err)
		}
		s.ended <- nil
	case <-time.After(10 * time.Second):
		t.Error("it does not end")
	}
}
