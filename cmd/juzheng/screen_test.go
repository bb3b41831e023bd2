package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
)

// What the commands say of the demo, before and after it was handed in, fits a terminal
// of 80 columns in both languages: a line is wider only if it is one command, path or
// code, which is copied whole.
func TestNothingIsWiderThanAScreen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	if err := copyDemo(dir); err != nil {
		t.Fatal(err)
	}
	kase := filepath.Join(dir, "案件")
	later := filepath.Join(dir, "later", "sms-20261105120000.xml")
	if err := os.MkdirAll(filepath.Dir(later), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(later, []byte(`<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="1">
  <sms protocol="0" address="19900000311" date="1793844000000" type="1"
    body="林晓安，今天再不还钱，带人上门弄死你全家" read="1" status="-1" />
</smses>
`), 0o600); err != nil {
		t.Fatal(err)
	}
	told := func(lang string, args ...string) string {
		var out bytes.Buffer
		code := run(context.Background(), env{args: append(args, "--lang", lang, "--date", "2026-11-28", "--no-input"),
			stdin: strings.NewReader(""), stdout: &out, stderr: &out,
			getenv: func(string) string { return "" }, now: time.Now})
		if code != exitDone && code != exitPartial && code != exitBlocked {
			t.Fatalf("%s: exit %d\n%s", args, code, &out)
		}
		return out.String()
	}
	looks := [][]string{{"list"}, {"ask"}, {"ask", "--answers"}, {"check"}, {"check", "--full"},
		{"check", "--to", "platform"},
		{"check", "--to", "nifa"}, {"timeline"}, {"timeline", "--numbers"}, {"timeline", "--phrases"}, {"track"},
		{"track", "list"}, {"verify"}}
	for _, lang := range []string{"zh", "en"} {
		fresh := filepath.Join(dir, "new-"+lang)
		narrow(t, lang, "init", told(lang, "init", fresh))
		for range 2 {
			narrow(t, lang, "add", told(lang, "add", fresh, filepath.Join(dir, "手机文件")))
		}
		for _, in := range []string{fresh, kase} {
			for _, args := range looks {
				at := []string{args[0], in}
				if args[0] == "track" && len(args) > 1 {
					args = args[:1]
				}
				if args[0] == "check" && len(args) > 1 && in == fresh || args[0] == "verify" && in == fresh {
					continue // nothing is sealed or shown yet
				}
				narrow(t, lang, strings.Join(args, " "), told(lang, append(at, args[1:]...)...))
			}
		}
		narrow(t, lang, "status", told(lang, "status", dir))
		if lang == "zh" {
			told(lang, "track", kase, "filed", "--to", "platform", "--on", "2026-11-02", "--receipt", "示例0007")
			narrow(t, lang, "add", told(lang, "add", kase, later))
		}
	}
}

// narrow reports the lines of what was told that are wider than a screen.
func narrow(t *testing.T, lang, command, told string) {
	t.Helper()
	for line := range strings.Lines(told) {
		line = strings.TrimSuffix(line, "\n")
		body := strings.Trim(strings.TrimSpace(line), "，。；：:,;")
		onlyCommand := strings.HasPrefix(body, "juzheng ") && !strings.ContainsAny(body, "，。；：")
		onlyToken := !strings.ContainsFunc(body, unicode.IsSpace) && !strings.ContainsAny(body, "，。；：（）") &&
			strings.ContainsAny(body, "/\\_-")
		if cells(line) > screen && !onlyCommand && !onlyToken {
			t.Errorf("%s %s: %d columns: %s", lang, command, cells(line), line)
		}
	}
}
