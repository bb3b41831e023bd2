package web

import (
	"encoding/json"
	"slices"

	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

// How many cards a person is asked to answer is settled before the first and kept: an
// answer may lead to more questions, and the end must not move away. What is left
// then is offered, the least useful of all; but what was done to the person is asked to
// the end.
const (
	mostAnswers = 40 // of a heavy case, those of other screens among them
	leastCards  = 8  // that are asked whatever other screens ask
)

// A ceiling is how many cards are asked at most of a case with so many files.
type ceiling struct{ Files, Cards int }

func ceilingPlace() []string { return []string{"cards.json"} }

// lead is how many cards a question may come to, itself among them: of each file that it
// lets the person pick the words are asked next.
func lead(q ask.Question) int {
	if q.Kind == ask.Picture || q.Kind == ask.Heard || q.Kind == ask.SourceRow {
		return 1 + q.Parts
	}
	return 1
}

// laterCards come when the rest is answered: what words are, what is wished.
const laterCards = 4

// lowered is the ceiling after so many answers on cards, with these questions open, of
// which others are answered elsewhere; was is that of before, if there is one.
func lowered(was ceiling, files, had int, open []ask.Question, others int) ceiling {
	now := ceiling{files, had}
	if len(open) > 0 {
		now.Cards += laterCards
	}
	for _, q := range open {
		now.Cards += lead(q)
	}
	most := max(leastCards, mostAnswers-others)
	if was.Files == files && was.Cards > 0 {
		most = was.Cards
	}
	now.Cards = min(now.Cards, most)
	return now
}

// matters are the kinds of questions without which letters leave out what was done: what
// words are, who says them, whom they reached and by whose call, whether the debt was told;
// and whether a letter was answered ([ask.Question.OfFiling]).
// They are asked however many cards there were.
var matters = []ask.Kind{ask.Words, ask.Heard, ask.Speaker, ask.Told, ask.Reached, ask.Direction, ask.Disclosed,
	ask.Reachable}

// ofMatter reports a question that is asked to the end; the words of a picture that the
// person picked is one.
func ofMatter(q ask.Question) bool {
	picked := q.Kind == ask.Picture && q.Free && !slices.Contains([]string{"time", "name", "number"}, q.About.Column)
	return q.Danger || q.OfFiling() || picked || slices.Contains(matters, q.Kind)
}

// beyondCeiling are the questions that are asked after the ceiling is reached.
func beyondCeiling(open []ask.Question) (out []ask.Question) {
	for _, q := range open {
		if ofMatter(q) {
			out = append(out, q)
		}
	}
	return out
}

// after is about how many cards come after the one that is shown: what is open below the
// ceiling, and what is asked beyond it; of who went beyond it, all that is open. It falls
// with each answer, but for what an answer brings up.
func after(had, ceiling int, open []ask.Question) int {
	if had >= ceiling {
		return len(open) - 1
	}
	return max(len(beyondCeiling(open)), min(len(open), ceiling-had)) - 1
}

// twiceSkipped is how often a question is passed over before it is left alone: whoever was
// tired or in doubt is asked once more at the end.
const twiceSkipped = 2

// comesBack reports a question that was passed over once and without which letters leave
// out what was done.
func comesBack(q ask.Question, skips int) bool { return skips < twiceSkipped && ofMatter(q) }

// keptCeiling is the ceiling of a case, lowered by what was answered since, and kept for
// the next time; with files that came since it is counted anew.
func keptCeiling(f *folder.Folder, files, had int, open []ask.Question, others int) int {
	var was ceiling
	data := f.Cached(ceilingPlace()...)
	if json.Unmarshal(data, &was) != nil {
		was = ceiling{} // cut off by a crash: it is made again
	}
	now := lowered(was, files, had, open, others)
	if now != was {
		if data, err := json.Marshal(now); err == nil {
			f.Cache(data, ceilingPlace()...)
		}
	}
	return now.Cards
}
