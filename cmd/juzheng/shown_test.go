package main

import (
	"os"
	"strings"
	"testing"
)

// Colours are for a terminal, and for whoever asks; NO_COLOR has the last word.
func TestColours(t *testing.T) {
	for _, c := range []struct {
		name string
		env  map[string]string
		want bool
	}{
		{"a pipe", nil, false},
		{"asked for", map[string]string{"CLICOLOR_FORCE": "1"}, true},
		{"asked for, by a word for no", map[string]string{"CLICOLOR_FORCE": "0"}, false},
		{"NO_COLOR", map[string]string{"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, false},
		{"a dumb terminal that is told to", map[string]string{"CLICOLOR_FORCE": "1", "TERM": "dumb"}, true},
	} {
		e := &env{getenv: func(name string) string { return c.env[name] }}
		if got := e.colours(&strings.Builder{}); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
	json := &env{getenv: func(string) string { return "1" }, global: global{json: true}}
	if json.colours(os.Stdout) {
		t.Error("JSON is coloured")
	}
}

// Every ink says what the words say too: without it nothing is lost.
func TestPainted(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"错误：没有命令\n", bad + "错误：" + none + "没有命令\n"},
		{"hint: run it again\n", head + "hint: " + none + "run it again\n"},
		{"结论：证据已被改动\n", "结论：" + bad + "证据已被改动" + none + "\n"},
		{"结论：与您给的码不是同一份：\n", "结论：" + bad + "与您给的码不是同一份：" + none + "\n"},
		{"结论：证据仅内部一致：文件之间互相吻合\n", "结论：" + warn + "证据仅内部一致：文件之间互相吻合" + none + "\n"},
		{"verdict: exhibits intact and anchored\n", "verdict: " + good + "exhibits intact and anchored" + none + "\n"},
		{"  平台  已超期 3 天：等到 2026-11-02\n", "  平台  " + bad + "已超期 3 天" + none + "：等到 2026-11-02\n"},
		{"■ 人身安全　先打 110\n", bad + "■ 人身安全" + none + "　先打 110\n"},
		{"■ 等您回答的 3 个：juzheng ask x\n", head + "■ 等您回答的 3 个" + none + "：juzheng ask x\n"},
		{"E001  录音  错误：不是行首\n", "E001  录音  错误：不是行首\n"},
	} {
		got := painted(c.line)
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if plain := strings.NewReplacer(bad, "", warn, "", good, "", head, "", none, "").Replace(got); plain != c.line {
			t.Errorf("the words became %q", plain)
		}
	}
}

func TestPager(t *testing.T) {
	for _, c := range []struct{ pager, term, want string }{
		{"cat", "xterm", ""},
		{"cat -s", "xterm", "cat -s"},
		{"no-such-pager-here", "xterm", ""},
		{"cat -s", "dumb", ""},
	} {
		if c.want != "" {
			needTool(t, strings.Fields(c.pager)[0])
		}
		get := func(name string) string { return map[string]string{"PAGER": c.pager, "TERM": c.term}[name] }
		if got := pagerOf(get, posix); got != c.want {
			t.Errorf("PAGER=%s TERM=%s: got %q", c.pager, c.term, got)
		}
	}
	if n := screenLines("ab\n"+strings.Repeat("中", 41)+"\n\n", 80); n != 4 {
		t.Errorf("%d lines", n)
	}
}
