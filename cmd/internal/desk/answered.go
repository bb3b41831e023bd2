package desk

import (
	"context"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// An AnswerResult is what became of answers.
type AnswerResult struct {
	Answers []folder.Answer
	Kept    []folder.Overwritten // of an answer taken back: what somebody wrote over since, and stays
}

// Answers lists the answers of a case that stand, in the order in which they
// were given.
func Answers(ctx context.Context, d Desk, dir string) (AnswerResult, error) {
	f, err := openToRead(d, dir)
	if err != nil {
		return AnswerResult{}, err
	}
	if err := ctx.Err(); err != nil {
		return AnswerResult{}, err
	}
	given, err := f.Answers()
	return AnswerResult{Answers: given}, err
}

// UndoAnswer takes back an answer that stands, the last one or that named by
// its number or the id of its question, with all it changed and nobody wrote
// over since.
func UndoAnswer(ctx context.Context, d Desk, dir, which string) (AnswerResult, error) {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return AnswerResult{}, err
	}
	defer unlock()
	if err := ctx.Err(); err != nil {
		return AnswerResult{}, err
	}
	u, err := f.UndoAnswer(which, d.Now)
	if err != nil {
		return AnswerResult{}, err
	}
	return AnswerResult{[]folder.Answer{u.Answer}, u.Kept}, nil
}

// An AnswerLine is an answer that was taken, taken back, or stands.
type AnswerLine struct {
	N        int                  `json:"n"`
	Made     time.Time            `json:"made"`
	Question string               `json:"question"`
	Kind     string               `json:"kind"`
	Value    string               `json:"value"`
	Changes  []folder.Change      `json:"changes"`
	Text     evidence.Text        `json:"text"`
	Said     evidence.Text        `json:"said,omitzero"`
	Kept     []folder.Overwritten `json:"kept,omitempty"`
}

// An AnswersSummary ends what is said of answers.
type AnswersSummary struct {
	Answers int `json:"answers"`
}

// Lines are the objects of the result.
func (r AnswerResult) Lines() []Line {
	var out []Line
	for _, a := range r.Answers {
		out = append(out, Line{"answer", AnswerLine{a.N, a.Made, a.Question, a.Kind, a.Value, list(a.Changes), a.Text,
			a.Said,
			r.Kept}})
	}
	return append(out, Line{"summary", AnswersSummary{len(r.Answers)}})
}
