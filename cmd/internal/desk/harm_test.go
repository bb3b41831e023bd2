package desk

import "testing"

func TestCosts(t *testing.T) {
	kinds := func(night, many string) map[string]map[string]bool {
		out := map[string]map[string]bool{"夜间": {}, "过多": {}}
		for _, row := range night {
			out["夜间"][string(row)] = true
		}
		for _, row := range many {
			out["过多"][string(row)] = true
		}
		return out
	}
	for _, c := range []struct {
		name        string
		now, whole  map[string]map[string]bool
		lost, fewer int
	}{
		{"nothing", kinds("a", "bcde"), kinds("a", "bcde"), 0, 0},
		{"a row", kinds("a", "bcde"), kinds("ab", "bcde"), 0, 1},
		{"a row of two kinds is one act", kinds("", "bcd"), kinds("a", "abcd"), 1, 1},
		{"one of four in a day: the kind goes, with all four", kinds("a", ""), kinds("a", "bcde"), 1, 4},
		{"a row that would not stand there makes up for none", kinds("xy", "bcde"), kinds("ab", "bcde"), 0, 2},
	} {
		if lost, fewer := costs(c.now, c.whole); lost != c.lost || fewer != c.fewer {
			t.Errorf("%s: lost %d, fewer %d, want %d, %d", c.name, lost, fewer, c.lost, c.fewer)
		}
	}
}
