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
	if err := v.answer(q.ID, leaveValue(q, v.r.Form["in"])); err != nil {
		return err
	}
	desk.KeepDraft(a.Folder, leaveTicks, "")
	return nil
}

// leaveTicks is under what the files are kept, as a draft, that were ticked to go in and not
// sent yet: other buttons of the screen show it anew.
const leaveTicks = "leave-ticks"

// keepTicks keeps which files are ticked to go in.
func (v *visit) keepTicks() error {
	x, err := v.dossier()
	if err == nil {
		desk.KeepDraft(x.Folder, leaveTicks, strings.Join(v.r.PostForm["in"], " "))
	}
	return err
}

// ticked marks the files that were ticked to go in.
func (f *foundView) ticked(numbers []string) {
	mark := func(files []fileView) {
		for n, of := range files {
			files[n].Ticked = slices.Contains(numbers, of.Number)
		}
	}
	mark(f.Lists)
	for _, g := range f.Groups {
		mark(g.Files)
	}
}

// leaveValue is the answer to a question whether files stay out, by the numbers of those
// that go in.
func leaveValue(q ask.Question, in []string) string {
	var stay []string
	for n, x := range q.About.Exhibits {
		if !slices.Contains(in, x) {
			stay = append(stay, strconv.Itoa(n+1))
		}
	}
	switch len(stay) {
	case len(q.About.Exhibits):
		return q.Choices[0].Value
	case 0:
		return q.Choices[1].Value
	}
	value, ok := q.Some(strings.Join(stay, " "))
	if !ok {
		panic(fmt.Sprintf("parts %v of %d", stay, len(q.About.Exhibits))) // they were counted above
	}
	return value
}
