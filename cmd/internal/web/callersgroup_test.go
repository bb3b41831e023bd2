package web

import (
	"testing"

	"juzheng/evidence/ask"
)

// Numbers that only called are named with one press, but for those that the person calls
// often: that is a shop's or an office's rather than a collector's.
func TestOnlyCalled(t *testing.T) {
	asked := map[string]ask.Question{}
	row := func(number string, calledToo bool) callerView {
		asked[number] = ask.Question{ID: "q-" + number}
		return callerView{Number: number, Why: "打来得多", CalledToo: calledToo}
	}
	rows := []callerView{row("1", false), row("2", true), row("3", false), row("4", false)}
	groups, rest := grouped(rows, asked, "zh")
	if len(groups) != 1 || len(groups[0].Rows) != 3 || len(rest) != 1 || rest[0].Number != "2" {
		t.Errorf("groups %+v, alone %+v", groups, rest)
	}
	if groups, rest = grouped(rows[1:], asked, "zh"); len(groups) != 0 || len(rest) != 3 {
		t.Errorf("of two and one: groups %+v, alone %+v", groups, rest)
	}
}
