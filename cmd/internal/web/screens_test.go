package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	wordUse = regexp.MustCompile(`\bt "([a-z0-9-]+)"`)
	// views say a word themselves where it depends on more than a template knows
	wordInCode = regexp.MustCompile(`(?:Words\[|say\()"([a-z0-9-]+)"`)
	verb       = regexp.MustCompile(`%(\[\d+\])?[a-z]`)
)

// Every word that a template has is there, in both languages and with the same
// values put in; every word that is there is used.
func TestWords(t *testing.T) {
	shared := usesIn(t, "frame.html", "parts.html")
	usedOfFrame := slices.Clone(shared)
	for _, sc := range append(screens(), faultScreen) {
		file := sc.file
		if file == "" {
			file = sc.path + ".html"
		}
		used := usesIn(t, file)
		own, err := filepath.Glob(sc.path + "*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range own {
			code, err := os.ReadFile(at)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range wordInCode.FindAllStringSubmatch(string(code), -1) {
				used = append(used, m[1])
			}
		}
		computed := strings.Contains(read(t, file), "{{t .")
		for _, name := range used {
			if _, ok := sc.words[name]; ok {
				continue
			}
			usedOfFrame = append(usedOfFrame, name)
			if _, ok := frameWords[name]; !ok {
				t.Errorf("%s has the word %q, which is nowhere", file, name)
			}
		}
		for name, w := range sc.words {
			if !slices.Contains(used, name) && !computed {
				t.Errorf("%s: no template has the word %q", sc.path, name)
			}
			if _, twice := frameWords[name]; twice {
				t.Errorf("%s: %q is a word of the frame", sc.path, name)
			}
			checkWord(t, sc.path, name, w.ZH, w.EN)
		}
		if sc.title.ZH == "" || sc.title.EN == "" {
			if sc.path != partPath {
				t.Errorf("%s has no title", sc.path)
			}
		}
	}
	for name, w := range frameWords {
		if !slices.Contains(usedOfFrame, name) {
			t.Errorf("no template has the word %q of the frame", name)
		}
		checkWord(t, "frame", name, w.ZH, w.EN)
	}
}

func checkWord(t *testing.T, where, name, zh, en string) {
	t.Helper()
	if strings.TrimSpace(zh) == "" || strings.TrimSpace(en) == "" {
		t.Errorf("%s: %q is missing in a language", where, name)
	}
	if a, b := verb.FindAllString(zh, -1), verb.FindAllString(en, -1); len(a) != len(b) {
		t.Errorf("%s: %q takes %v in Chinese and %v in English", where, name, a, b)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := fs.ReadFile(pageFiles, file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func usesIn(t *testing.T, files ...string) (out []string) {
	t.Helper()
	for _, file := range files {
		for _, m := range wordUse.FindAllStringSubmatch(read(t, file), -1) {
			out = append(out, m[1])
		}
	}
	return out
}

// Templates have no code and no styles of their own: the policy would refuse
// them, and a screen would be broken only where nobody looked.
func TestTemplatesArePlain(t *testing.T) {
	files, err := fs.Glob(pageFiles, "*.html")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d templates: %v", len(files), err)
	}
	bad := regexp.MustCompile(`(?i)<script>|` +
		`<style|\son[a-z]+=|\sstyle=|javascript:|hx-on|hx-vals='js|hx-vars|https?://|` +
		`hx-trigger="[^"]*\[`)
	for _, file := range files {
		if m := bad.FindString(read(t, file)); m != "" {
			t.Errorf("%s has %q", file, m)
		}
	}
	for end, most := range map[string]int{"css": 20 << 10, "js": 30 << 10} {
		own, err := fs.Glob(staticFiles, "static/*."+end)
		if err != nil || len(own) == 0 {
			t.Fatalf("no file of our own ends in .%s: %v", end, err)
		}
		sum := 0
		for _, file := range own {
			if strings.Contains(file, "htmx") {
				continue
			}
			data, err := staticFiles.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sum += len(data)
		}
		if sum > most {
			t.Errorf("our own .%s have %d bytes, more than %d", end, sum, most)
		}
	}
}

// Every step can be opened before it has anything to show, and says what is
// missing; none leads nowhere.
func TestEveryStepOpens(t *testing.T) {
	kase := demoCase(t)
	c := serve(t, kase, nil).enter(t)
	base := strings.TrimSuffix(c.begin, "/"+foundPath)
	for _, lang := range languages {
		for _, sc := range screens() {
			at := base + "/" + sc.path
			switch {
			case sc.path == startPath:
				at = c.root + "/"
			case sc.path == partPath, sc.path == verifyPath, sc.path == unlockPath:
				continue // opened with what it is about
			case sc.free:
				at = c.root + "/" + sc.path
			}
			status, body := c.do("GET", at+"?lang="+lang, nil, nil)
			if status != 200 || !strings.Contains(body,
				`<html lang="`+map[string]string{"zh": "zh-CN", "en": "en"}[lang]) {
				t.Errorf("%s in %s: %d\n%s", sc.path, lang, status, body)
			}
			for name := range sc.acts { // a form with a mistake leaves its address in the bar
				act := strings.TrimSuffix(at, "/") + "/" + name
				if status, to := c.do("GET", act+"?of=x", nil, nil); status != 303 || to != at+"?of=x" {
					t.Errorf("%s: %d %s", act, status, to)
				}
			}
			for _, link := range regexp.MustCompile(`<a [^>]*href="([^"#?]+)`).FindAllStringSubmatch(body, -1) {
				if status, _ := c.do("GET", c.origin+link[1], nil, nil); status != 200 {
					t.Errorf("%s leads to %s: %d", sc.path, link[1], status)
				}
			}
		}
	}
}
