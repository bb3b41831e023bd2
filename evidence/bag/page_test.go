package bag

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// part cuts the one element tag out of the page.
func part(t *testing.T, page, tag string) string {
	t.Helper()
	pieces := strings.Split(page, "<"+tag+">")
	if len(pieces) != 2 {
		t.Fatalf("page has %d plain <%s> elements, want 1", len(pieces)-1, tag)
	}
	inner, _, ok := strings.Cut(pieces[1], "</"+tag+">")
	if !ok {
		t.Fatalf("<%s> does not end", tag)
	}
	return inner
}

// The page allows its own script and style by digest and nothing else. After
// an edit, JUZHENG_UPDATE_PAGE=1 writes the new digests into index.html.
func TestPageAllowsOnlyItself(t *testing.T) {
	page := string(IndexHTML())
	want := page
	for tag, directive := range map[string]string{"script": "script-src", "style": "style-src"} {
		sum := sha256.Sum256([]byte(part(t, page, tag)))
		source := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		rule := regexp.MustCompile(directive + ` '[^']*'`)
		if rule.FindString(page) != directive+" "+source {
			if os.Getenv("JUZHENG_UPDATE_PAGE") == "" {
				t.Errorf("got %s, want %s %s", rule.FindString(page), directive, source)
			}
		}
		want = rule.ReplaceAllLiteralString(want, directive+" "+source)
	}
	if want != page && os.Getenv("JUZHENG_UPDATE_PAGE") != "" {
		if err := os.WriteFile("index.html", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Log("index.html updated")
	}
	policy := regexp.MustCompile(`http-equiv="Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(want)
	if policy == nil {
		t.Fatal("page has no policy")
	}
	rest := regexp.MustCompile(`'sha256-[^']*'`).ReplaceAllString(policy[1], "HASH")
	if got, want := rest, "default-src 'none'; script-src HASH; style-src HASH; img-src blob:; media-src blob:; "+
		"base-uri 'none'; form-action 'none'"; got != want {
		t.Errorf("policy\n got %s\nwant %s", got, want)
	}
	if i := strings.Index(want, "Content-Security-Policy"); strings.Contains(want[:i], "<script") ||
		strings.Contains(want[:i], "<style") {
		t.Error("policy stands after what it should govern")
	}
}

// Nothing read from a bundle may become markup or code, nothing may be
// fetched, and the oldest browsers in offices must be able to parse it.
func TestPageScriptIsPlain(t *testing.T) {
	page := string(IndexHTML())
	script := part(t, page, "script")
	for _, word := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
		"new Function", "XMLHttpRequest",
		"fetch(", "WebSocket", "sendBeacon", "importScripts", "localStorage", "sessionStorage", "indexedDB",
		"document.cookie", "window.open", "location"} {
		if strings.Contains(script, word) {
			t.Errorf("script uses %s", word)
		}
	}
	for name, newer := range map[string]string{
		"arrow function": `=>`, "template": "`", "let or const": `(?m)^\s*(let|const|class|async|import|export)\s`,
		"for of":  `for \((var )?\w+ of `,
		"Promise": `Promise`, "spread": `\.\.\.`,
		"ES6 method": `\.(startsWith|endsWith|includes|padStart|repeat|find|fill|from|of)\(`,
	} {
		if m := regexp.MustCompile(newer).FindString(script); m != "" {
			t.Errorf("script has a construct newer than ES5: %s: %q", name, m)
		}
	}
	if m := regexp.MustCompile(`(?i)(https?:)?//[a-z]|<link|<iframe|<object|<embed|<form|\son[a-z]+=`).FindString(
		strings.Replace(page, script, "", 1)); m != "" {
		t.Errorf("page refers elsewhere: %q", m)
	}
}

func TestPageIsUTF8WithoutBOM(t *testing.T) {
	page := IndexHTML()
	if !utf8.Valid(page) || bytes.HasPrefix(page, []byte("\xef\xbb\xbf")) || bytes.Contains(page, []byte("\r")) {
		t.Error("page is not UTF-8 with LF")
	}
	page[0] = 'x'
	if IndexHTML()[0] == 'x' {
		t.Error("IndexHTML gives away its own memory")
	}
	if sum := sha256.Sum256(IndexHTML()); IndexHTMLSum().SHA256 != hex.EncodeToString(sum[:]) {
		t.Error("IndexHTMLSum is not of IndexHTML")
	}
}

// VERIFY.txt is read in Notepad, and its lines are pasted into cmd and
// PowerShell: exact bytes matter.
func TestVerifyTextForWindows(t *testing.T) {
	text := VerifyText()
	if !bytes.HasPrefix(text, []byte("\xef\xbb\xbf")) || !utf8.Valid(text) {
		t.Fatal("VERIFY.txt must be UTF-8 with BOM")
	}
	if n, m := bytes.Count(text, []byte("\n")), bytes.Count(text, []byte("\r\n")); n != m ||
		n != bytes.Count(text, []byte("\r")) || !bytes.HasSuffix(text, []byte("\r\n")) {
		t.Errorf("VERIFY.txt must have CRLF throughout: %d LF, %d CRLF", n, m)
	}
	for _, line := range []string{
		"certutil -hashfile commitments.txt SHA256",
		"certutil -hashfile tagmanifest-sha256.txt SHA256",
		`foreach($m in "tagmanifest-sha256.txt","manifest-sha256.txt"){Get-Content $m -Encoding UTF8|` +
			`%{$h,$p=$_ -split "  ",2;if((Get-FileHash -LiteralPath $p -Algorithm SHA256).Hash -ne $h){"不一致: $p"}}}`,
		"sha256sum -c tagmanifest-sha256.txt manifest-sha256.txt",
		"openssl dgst -sm3 tagmanifest-sha256.txt",
	} {
		if !strings.Contains(string(text), line) {
			t.Errorf("VERIFY.txt lacks %s", line)
		}
	}
	for _, r := range strings.TrimPrefix(string(text), "\ufeff") {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && r != '\r' && r != '\n' {
			t.Errorf("VERIFY.txt has the invisible character %U", r)
		}
	}
}
