package spelling

import (
	"slices"
	"strings"
	"testing"
)

func TestNear(t *testing.T) {
	commands := []string{"init", "add", "list", "timeline", "timestamp", "check", "build", "sign"}
	people := []string{"紧急联系人", "担保人", "单位", "亲友", "陌生人"}
	for _, test := range []struct {
		word  string
		known []string
		want  string
	}{
		{"chek", commands, "check"},              // a letter left out
		{"chcek", commands, "check"},             // two swapped count once
		{"buidl", commands, "build"},             // at the end as well
		{"tmeline", commands, "timeline"},        //
		{"CHECK", commands, "check"},             // case is no mistake to count
		{"checkk", commands, "check"},            // a letter too many
		{"ad", commands, "add"},                  // one letter of a short word
		{"xy", commands, ""},                     // but not all of it
		{"time", commands, "timeline timestamp"}, // a beginning names all it begins
		{"t", commands, ""},                      // one letter is no beginning
		{"nosuch", commands, ""},
		{"", commands, ""},
		{"紧急联糸人", people, "紧急联系人"}, // letters, not bytes
		{"单", people, "单位"},
		{"客户", people, ""},
		{strings.Repeat("长", 5000), people, ""},
	} {
		if got := strings.Join(Near(test.word, test.known), " "); got != test.want {
			t.Errorf("%s: %q, want %q", test.word, got, test.want)
		}
	}
	if got := Near("lisd", []string{"list", "lisp", "list"}); !slices.Equal(got, []string{"list", "lisp"}) {
		t.Errorf("ties: %q", got)
	}
}
