package phrase

import (
	"strings"
	"testing"
	"time"
)

// A message of a length that nobody sends is searched in no more time than one of the
// most that is searched, whatever it holds; what is said at its beginning is found.
func TestLongMessage(t *testing.T) {
	for name, unit := range map[string]string{"no stop": "长", "plain": "今天天气不错，我们去公园散步吧。",
		"a hit each": "你妈的还钱我去你家找你妈，"} {
		const begin = "还钱，不还弄死你。"
		s := begin + strings.Repeat(unit, 20*MostSearched/len([]rune(unit)))
		begun := time.Now()
		hits := find(s, Collector)
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("%s: took %v", name, took)
		}
		short := find(string([]rune(s)[:MostSearched]), Collector)
		if len(hits) == 0 || len(hits) != len(short) || !strings.Contains(s[:hits[0].End], hits[0].Text) {
			t.Errorf("%s: %d hits, of its beginning %d", name, len(hits), len(short))
		}
	}
}

// The sentence of a match is that it stands in, and of one without end a part.
func TestSentences(t *testing.T) {
	of := sentences("依法起诉。你看着办！" + strings.Repeat("长", 3*mostSentence))
	for want, at := range map[string][2]int{"依法起诉": {0, 2}, "你看着办": {6, 8}} {
		if got := of(at[0], at[1]); got != want {
			t.Errorf("%v: %s, want %s", at, got, want)
		}
	}
	if got := len([]rune(of(10+mostSentence+10, 10+mostSentence+12))); got != 2*mostSentence+2 {
		t.Errorf("%d characters", got)
	}
}
