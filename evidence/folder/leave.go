package folder

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/commit"
)

// LeftOut are the exhibits that stay out of bundle and papers: those the person
// leaves out, and photos, documents and recordings that seem private, and databases and
// backups, as long as nothing is said of them. Their files, numbers and lines of the register stay.
func (f *Folder) LeftOut() (map[string]bool, error) {
	register, err := f.Register()
	if err != nil {
		return nil, err
	}
	list, _, err := f.readList()
	if err = sound(err); err != nil {
		return nil, err
	}
	return f.leftOut(list, register)
}

// sound is an error that has nothing to do with a damaged log: that is named
// where the case is read, and keeps it from being sealed.
func sound(err error) error {
	if damaged := (LineErrors)(nil); errors.As(err, &damaged) && damaged[0].File == CustodyFile {
		return nil
	}
	return err
}

// mayBePrivate are the kinds of what can have nothing to do with the matter.
var mayBePrivate = []evidence.ExhibitKind{evidence.Photo, evidence.Document, evidence.Recording,
	evidence.ChatLog, evidence.Video, evidence.OtherKind}

// leftOut is LeftOut beside the list as it was sealed last: what it says of an
// exhibit stays, unless the person says otherwise.
func (f *Folder) leftOut(list commit.List, register Register) (map[string]bool, error) {
	left := map[string]bool{}
	_, out := list.State(list.Len())
	for _, n := range out {
		left[n] = true
	}
	var open []evidence.Exhibit // new, and nothing is said of them
	for _, x := range register.Exhibits {
		switch out, said := x.LeftSaid(); {
		case out:
			left[x.Number] = true
		case said:
			delete(left, x.Number)
		case list.Line(x.Number) == 0 && slices.Contains(mayBePrivate, x.Kind):
			open = append(open, x)
		}
	}
	idle, err := f.idle(open)
	for _, n := range idle {
		left[n] = true
	}
	for _, x := range register.Exhibits { // what a recording says goes where the recording goes
		if _, said := x.LeftSaid(); !said && left[x.TranscriptOf()] && list.Line(x.Number) == 0 {
			left[x.Number] = true
		}
	}
	return left, err
}

// idle are those of some exhibits that seem private. What a bundle of format 1
// held is none of them: nothing was asked then.
func (f *Folder) idle(open []evidence.Exhibit) ([]string, error) {
	if len(open) == 0 {
		return nil, nil
	}
	last, _, err := f.LastSeal()
	if err = sound(err); err != nil {
		return nil, err
	}
	open = slices.DeleteFunc(open, func(x evidence.Exhibit) bool {
		return !last.Time.IsZero() && last.Lines == 0 && !x.Added.After(last.Time)
	})
	kase, err := f.ReadCase()
	if err != nil {
		return nil, err
	}
	rows, err := f.Timeline()
	if err != nil {
		return nil, err
	}
	readings, err := f.Readings()
	if err != nil {
		return nil, err
	}
	read := map[string]string{}
	for _, r := range readings {
		read[r.Exhibit] = r.Text
	}
	return evidence.Idle(kase, rows, open, func(x evidence.Exhibit) string { return read[x.Number] + f.headOf(x) }), nil
}

// headOf is the beginning of a text file; empty of any other, and of one that
// cannot be read.
func (f *Folder) headOf(x evidence.Exhibit) string {
	if !strings.HasPrefix(x.MediaType, "text/plain") {
		return ""
	}
	in, err := f.OpenExhibit(x)
	if err != nil {
		return ""
	}
	defer in.Close()
	const most = 4 << 10
	data, err := io.ReadAll(io.LimitReader(in, most))
	if err != nil {
		return ""
	}
	if end := bytes.LastIndexByte(data, '\n'); len(data) == most && end > 0 {
		data = data[:end] // not in the middle of a character
	}
	text, err := evidence.DecodeText(data)
	if err != nil {
		return ""
	}
	return text
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
	return slices.DeleteFunc(slices.Clone(register.Exhibits), func(x evidence.Exhibit) bool { return left[x.Number] }), nil
}
