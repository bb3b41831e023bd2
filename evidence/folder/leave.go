package folder

import (
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/commit"
)

// LeftOut are the exhibits that stay out of bundle and papers: those the person
// leaves out. Their files, numbers and lines of the register stay.
func (f *Folder) LeftOut() (map[string]bool, error) {
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	list, _, err := f.readList()
	if err != nil {
		return nil, err
	}
	return f.leftOut(list, register)
}

// leftOut is LeftOut beside the list as it was sealed last: what it says of an
// exhibit stays, unless the person says otherwise.
func (f *Folder) leftOut(list commit.List, register Register) (map[string]bool, error) {
	left := map[string]bool{}
	_, out := list.State(list.Len())
	for _, n := range out {
		left[n] = true
	}
	for _, x := range register.Exhibits {
		if out, said := x.LeftSaid(); said {
			left[x.Number] = out
		}
	}
	for n, out := range left {
		if !out {
			delete(left, n)
		}
	}
	return left, nil
}

// changedStates are the exhibits of a list that are left out from now on, and
// those that are taken back.
func changedStates(list commit.List, left map[string]bool) (out, in []string) {
	isIn, isOut := list.State(list.Len())
	for _, n := range isIn {
		if left[n] {
			out = append(out, n)
		}
	}
	for _, n := range isOut {
		if !left[n] {
			in = append(in, n)
		}
	}
	return out, in
}

// Leave leaves exhibits out of bundle and papers, or takes them back; the
// caller holds the lock. The reason is on record with it, and is told to whoever
// gets a bundle: it explains why a number is missing.
func (f *Folder) Leave(numbers []string, out bool, reason string, now time.Time) error {
	note, event := evidence.Note{Code: evidence.NoteLeft, About: evidence.TakenIn}, bag.EventTakeBack
	if out {
		note, event = evidence.Note{Code: evidence.NoteLeft, About: evidence.LeftOut, Detail: reason}, bag.EventLeave
	}
	for _, n := range numbers {
		if err := f.AddNote(n, note, now); err != nil {
			return err
		}
		if err := f.Note(event, strings.TrimSpace(n+" "+note.Detail), now); err != nil {
			return err
		}
	}
	return nil
}

// inEvidence are the exhibits that are not left out.
func (f *Folder) inEvidence() ([]evidence.Exhibit, error) {
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	left, err := f.LeftOut()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(register.Exhibits, func(x evidence.Exhibit) bool { return left[x.Number] }), nil
}
