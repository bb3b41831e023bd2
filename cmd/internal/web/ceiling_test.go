package web

import (
	"testing"

	"juzheng/evidence/ask"
)

// What is named at the top never grows, whatever answers lead to, and is small where
// little is asked.
func TestCeilingNeverGrows(t *testing.T) {
	pictures := ask.Question{Kind: ask.Picture, Parts: 35}
	many := func(n int) []ask.Question { return make([]ask.Question, n) }
	var was ceiling
	last := 1000
	for had, open := range [][]ask.Question{
		append(many(5), pictures), many(12), many(14), many(18), many(23), many(30), many(2), many(9), many(1), nil,
	} {
		was = lowered(was, 177, had, open, 20)
		if was.Cards > last {
			t.Errorf("after %d answers it is %d, after being %d", had, was.Cards, last)
		}
		if last = was.Cards; last > mostAnswers-20 {
			t.Errorf("with 20 other answers %d cards are asked", last)
		}
	}
	if got := lowered(ceiling{}, 3, 0, many(2), 1).Cards; got > 8 {
		t.Errorf("a light case: %d", got)
	}
	if got := lowered(ceiling{}, 3, 0, nil, 1).Cards; got != 0 {
		t.Errorf("nothing is asked: %d", got)
	}
	if got := lowered(ceiling{177, 9}, 178, 9, many(30), 20).Cards; got <= 9 {
		t.Errorf("new files ask nothing: %d", got)
	}
}

// What was done to the person is asked to the end; what only betters a letter is not.
func TestWhatMattersIsAskedBeyondTheCeiling(t *testing.T) {
	open := []ask.Question{{ID: "1", Kind: ask.Picture}, {ID: "2", Kind: ask.Words}, {ID: "3", Kind: ask.Wish},
		{ID: "4", Kind: ask.Heard}, {ID: "5", Kind: ask.Picture, Danger: true}, {ID: "6", Kind: ask.Disclosed},
		{ID: "7", Kind: ask.Direction}, {ID: "8", Kind: ask.Picture, Free: true},
		{ID: "9", Kind: ask.Picture, Free: true, About: ask.About{Column: "time"}}}
	var got string
	for _, q := range beyondCeiling(open) {
		got += q.ID
	}
	if got != "245678" {
		t.Errorf("asked: %s", got)
	}
}

// What is said to come after a card falls by one with each, and is none at the last.
func TestWhatComesAfterFalls(t *testing.T) {
	open := []ask.Question{{Kind: ask.Words}, {Kind: ask.Words}, {Kind: ask.Told}, {Kind: ask.Wish}, {Kind: ask.Wish}}
	for had, want := range []int{3, 2, 1, 0} { // the ceiling is four
		if got := after(had, 4, open[had:]); got != want {
			t.Errorf("after %d answers: %d, want %d", had, got, want)
		}
	}
	for n := range open { // whoever looks at more than the ceiling
		if got := after(9, 4, open[n:]); got != len(open)-n-1 {
			t.Errorf("beyond the ceiling, %d before: %d", n, got)
		}
	}
}

// A question without which letters leave out what was done comes back once, and no more.
func TestSkippedComesBackOnce(t *testing.T) {
	told, wish := ask.Question{Kind: ask.Told}, ask.Question{Kind: ask.Wish}
	if !comesBack(told, 1) || comesBack(told, 2) || comesBack(wish, 1) {
		t.Errorf("%v %v %v", comesBack(told, 1), comesBack(told, 2), comesBack(wish, 1))
	}
}
