package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/track"
	"juzheng/templates/packet"
)

// A LetterDraft is a letter that was not handed in, as it would be set now: to be read
// before papers are made.
type LetterDraft struct {
	packet.Draft
	Role   evidence.Role // by which it is asked for
	Name   string        // of the recipient
	Title  string        // 投诉书
	Digest string        // of its words: see [BuildOptions]
	Later  bool          // others have their turn before it; it is set where it is asked for
	Turn   time.Time     // the last day on which those others can answer; zero: not known, or it is not later
	Papers string        // its PDF, where it lies in the case folder as it would be made now; else empty
}

// Set reports whether the letter was set.
func (t LetterDraft) Set() bool { return t.Pages > 0 }

// Drafts are the letters of a case that wait to be read.
type Drafts struct {
	Letters  []LetterDraft
	Returns  []Return            // for which those that are due would be sent back
	Blocked  []evidence.Obstacle // what keeps a letter from being written; where none can be, why
	NotShown bool                // no file shows anything that could be complained of
}

// ExtractForLetters takes out of whole logs what letters cite of them, where a letter can
// be written: one that is read before papers are made has then the numbers and pages that
// are printed. A case that another run holds stays as it is.
func ExtractForLetters(ctx context.Context, d Desk, dir string) error {
	f, unlock, err := d.lock(dir)
	var held *folder.LockedError
	switch {
	case errors.As(err, &held):
		return nil
	case err != nil:
		return err
	}
	defer unlock()
	x, err := readKept(d, f)
	if err != nil {
		return err
	}
	written := func(role evidence.Role) bool { return len(x.Report.ObstaclesTo(role)) == 0 }
	if !slices.ContainsFunc(evidence.UsualRoles(), written) {
		return nil
	}
	_, err = intake.Extract(ctx, f, x.Case, ofLetters(x), d.PDFs, d.Now)
	return err
}

// DraftsOf sets the letters of a case whose turn it is, and those of roles asked for
// beside them, of bodies beside the road of a complaint too. Who is complained of comes first; the
// others when those have answered,
// or their term is over: nobody need wait for that, so each can be asked for. Mark
// stands at the head of their pages as long as the papers are not made. It writes
// nothing but what can be made again.
func DraftsOf(ctx context.Context, d Desk, x Dossier, also []evidence.Role, mark string) (Drafts, error) {
	var out Drafts
	r, err := tracked(x)
	if err != nil {
		return out, err
	}
	to, err := unfiled(x, r.Lanes, also)
	if err != nil {
		return out, err
	}
	if len(to) == 0 && !slices.ContainsFunc(r.Lanes, func(l Lane) bool { return l.Base >= 0 }) {
		out.Blocked = x.Report.ObstaclesTo(evidence.UsualRoles()...)
		out.NotShown = len(out.Blocked) == 0
		return out, nil
	}
	heard, err := listen(ctx, d, x)
	if err != nil {
		return out, err
	}
	first, turn := firstTurn(r.Lanes), turnAfter(r.Lanes)
	var due []addressee
	for n, a := range to {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		t := LetterDraft{Role: a.asked(), Name: a.recipient.Name, Title: a.role.Letter(), Later: first && a.role.Order() > 1}
		if t.Later {
			t.Turn = turn
		}
		if t.Later && !slices.Contains(also, t.Role) {
			out.Letters = append(out.Letters, t)
			continue
		}
		due = append(due, to[n])
		if err := t.set(ctx, x, a, heard, mark); err != nil {
			return out, err
		}
		out.Letters = append(out.Letters, t)
	}
	out.Returns = returns(x, due)
	return out, nil
}

// unfiled are the recipients of a case to whom nothing was handed in, and to whom a
// letter can be written; beside the road of a complaint those asked for.
func unfiled(x Dossier, lanes []Lane, also []evidence.Role) ([]addressee, error) {
	var roles []evidence.Role
	for _, l := range lanes {
		if l.Base < 0 && l.Role != "" && len(x.Report.ObstaclesTo(l.Role)) == 0 {
			roles = append(roles, l.Role)
		}
	}
	for _, role := range also {
		known := slices.ContainsFunc(lanes, func(l Lane) bool { return l.Role == role })
		if role.Further() && !known && len(x.Report.ObstaclesTo(role)) == 0 {
			roles = append(roles, role)
		}
	}
	if len(roles) == 0 {
		return nil, nil
	}
	// The folders are numbered over all of them, as a build of the usual ones does.
	all, err := recipients(x, slices.Concat(usualReady(x), roles))
	if err != nil {
		return nil, err
	}
	able, _ := competent(x, all)
	return slices.DeleteFunc(able, func(a addressee) bool { return !slices.Contains(roles, a.role) }), nil
}

// usualReady are the usual recipients whom no obstacle hides.
func usualReady(x Dossier) []evidence.Role {
	return slices.DeleteFunc(evidence.UsualRoles(), func(r evidence.Role) bool { return len(x.Report.ObstaclesTo(r)) > 0 })
}

// firstTurn reports that those who are complained of are still to be written to, or
// waited for.
func firstTurn(lanes []Lane) bool {
	return slices.ContainsFunc(lanes, func(l Lane) bool {
		return l.Role.Order() == 1 && (l.Base < 0 || l.State == track.Waiting)
	})
}

// turnAfter is the last day on which those who are complained of can answer; zero:
// something is still to be handed in to one of them.
func turnAfter(lanes []Lane) (day time.Time) {
	for _, l := range lanes {
		switch {
		case l.Role.Order() != 1:
		case l.Base < 0:
			return time.Time{}
		case l.State == track.Waiting && l.Until.After(day):
			day = l.Until
		}
	}
	return day
}

// set sets the letter to a recipient, with the code that it would print now.
func (t *LetterDraft) set(ctx context.Context, x Dossier, a addressee, heard heard, mark string) error {
	root, current, err := x.Folder.Current()
	if err != nil {
		return err
	}
	if !current {
		root = bag.Root{}
	}
	dir, err := os.MkdirTemp("", "juzheng-draft-")
	if err != nil {
		return fmt.Errorf("set the letter: %w", err)
	}
	defer os.RemoveAll(dir)
	o := heard.into(order(x, a, root))
	t.Digest = packet.ReadDigest(o)
	if t.Draft, err = packet.SetDraft(ctx, dir, o, mark); err != nil {
		return err
	}
	if current {
		t.Papers, err = letterFile(x, a)
	}
	return err
}

// letterFile is the PDF of the letter to a recipient, where it lies in the case folder
// as it would be made now; else empty.
func letterFile(x Dossier, a addressee) (string, error) {
	_, same, err := x.Folder.PapersCurrent(a.folder, coversOf(x))
	if err != nil || !same {
		return "", err
	}
	dir, ok := packetOf(x.Folder, a)
	if !ok {
		return "", nil
	}
	path := x.Folder.Path(folder.PacketDir, dir, a.role.Letter()+".pdf")
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return "", nil
	}
	return path, nil
}

// packetOf is the folder that [Build] made for a recipient, below packet/, whatever its
// number, which depends on whom else papers were made for.
func packetOf(f *folder.Folder, a addressee) (string, bool) {
	made, _ := os.ReadDir(f.Path(folder.PacketDir)) // none: nothing was built
	for _, e := range made {
		if e.IsDir() && folder.Unnumbered(e.Name()) == folder.Unnumbered(a.folder) {
			return e.Name(), true
		}
	}
	return "", false
}

// A ReadOtherwiseError reports letters that are no longer as they were read.
type ReadOtherwiseError struct{ To []evidence.Role }

func (e *ReadOtherwiseError) Error() string {
	return fmt.Sprintf("letters changed since they were read: %v", e.To)
}

// asRead reports letters that say otherwise than when they were read.
func asRead(x Dossier, to []addressee, heard heard, read map[evidence.Role]string) error {
	var other []evidence.Role
	for _, a := range to {
		if was, ok := read[a.asked()]; ok && was != packet.ReadDigest(heard.into(order(x, a, bag.Root{}))) {
			other = append(other, a.asked())
		}
	}
	if len(other) > 0 {
		return &ReadOtherwiseError{other}
	}
	return nil
}
