package web

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/ask"
)

// leaveOne takes a file out of the evidence, or puts it back.
func (v *visit) leaveOne(back bool) error {
	_, err := desk.Leave(v.ctx, v.desk, v.dir, desk.LeaveOptions{Exhibits: []string{v.form("n")}, Back: back})
	var used *desk.InUseError
	if errors.As(err, &used) {
		return &mistake{"leave", fill(evidence.Text{ZH: "%s 拿不出来：信里用到了它。要拿出来，先在“听和看”里改掉用到它的那一条。",
			EN: "%s cannot be left out: letters rest on it. First change what uses it, on “Listen and look”."},
			used.Uses[0].Exhibit)}
	}
	return err
}

// leaveOut answers whether files stay out: those that were not ticked do.
func (v *visit) leaveOut() error {
	id := v.form("leave")
	if id == "" {
		return nil
	}
	a, err := v.asked()
	if err != nil {
		return err
	}
	n := slices.IndexFunc(a.Questions, func(q ask.Question) bool { return q.ID == id })
	if n < 0 {
		return nil // answered in another window
	}
	q := a.Questions[n]
	value := leaveValue(q, v.r.Form["in"])
	return v.answer(q.ID, value)
}

// leaveValue is the answer to a question whether files stay out, by the parts
// of it that go in.
func leaveValue(q ask.Question, in []string) string {
	parts := max(q.Parts, len(q.About.Exhibits))
	var stay []string
	for n := 1; n <= parts; n++ {
		if !slices.Contains(in, strconv.Itoa(n)) {
			stay = append(stay, strconv.Itoa(n))
		}
	}
	switch len(stay) {
	case parts:
		return q.Choices[0].Value
	case 0:
		return q.Choices[1].Value
	}
	value, ok := q.Some(strings.Join(stay, " "))
	if !ok {
		panic(fmt.Sprintf("parts %v of %d", stay, parts)) // they were counted above
	}
	return value
}
