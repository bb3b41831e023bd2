package phrase

import (
	"regexp"
	"testing"
)

func TestNeeds(t *testing.T) {
	for _, c := range []struct {
		expr, lacks string // a text the pattern need not be tried on; empty: none
	}{
		{"死全家", "你全家都好"},
		{"(?:杀|弄死)你", "杀他"},
		{"(?:杀|弄死)你", "你好"},
		{"[杀砍]你.*头", "砍你的手"},
		{"走|(?:跑|爬)掉", "跑步"},
		{"(?:杀你)+", "你好"},
		{"(?:杀你){2}", "你好"},
		{"(?:杀你)?", ""},
		{"(?:杀你){0,2}", ""},
		{"杀|.", ""},
		{"^$", ""},
		{"[^杀]", ""},
		{"(?i)cnm", ""},
	} {
		p := compile(c.expr)
		if c.lacks == "" {
			if !p.may("") {
				t.Errorf("%s: something is needed: %q", c.expr, p.branches)
			}
		} else if p.may(c.lacks) {
			t.Errorf("%s: %q has all of %q", c.expr, c.lacks, p.branches)
		}
	}
}

// A pattern finds what its regular expression finds, nothing less.
func FuzzPattern(f *testing.F) {
	for _, seed := range []string{"(?i)k你|ſ", "[a-c]*杀{1,2}", "(?:)|死", "\\x{FFFD}."} {
		f.Add(seed, "K你死\xff全家ſ杀")
	}
	f.Fuzz(func(t *testing.T, expr, s string) {
		re, err := regexp.Compile(expr)
		if err != nil {
			return
		}
		if got, want := compile(expr).MatchString(s), re.MatchString(s); got != want {
			t.Errorf("%q in %q: %v, want %v", expr, s, got, want)
		}
	})
}
