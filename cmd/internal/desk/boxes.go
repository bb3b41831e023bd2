package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/templates/letter"
	"juzheng/templates/packet"
)

// A ShownPicture is a picture that goes to somebody, and what of it is covered.
type ShownPicture struct {
	Exhibit evidence.Exhibit
	For     []string       // names of those whose papers show it
	Boxes   []evidence.Box // covered for everybody, in pixels of the picture seen upright
	Some    int            // boxes for some recipients alone
	Words   []string       // that a program read on it and no recipient gets in text; the reading may be wrong
	Plain   []string       // the same as they stand there
}

// ShownPictures are the pictures and films that go to the recipients of a case, those handed in to
// already among them.
func ShownPictures(x Dossier) ([]ShownPicture, error) {
	r, err := roadsOf(x)
	if err != nil {
		return nil, err
	}
	readings, err := x.Folder.Readings()
	if err != nil {
		return nil, err
	}
	var out []ShownPicture
	of := matterOf(x)
	for _, a := range r.competent {
		if !slices.Contains(evidence.UsualRoles(), a.role) {
			continue
		}
		o := of.order(a, bag.Root{})
		o.Input.Readings = readings
		in, _ := packet.Covered(o)
		visible := letter.Uncovered(in)
		for _, number := range letter.Attached(in) {
			n := slices.IndexFunc(x.Exhibits, func(e evidence.Exhibit) bool { return e.Number == number })
			if n < 0 || !pictured(x.Exhibits[n]) {
				continue
			}
			at := slices.IndexFunc(out, func(p ShownPicture) bool { return p.Exhibit.Number == number })
			if at < 0 {
				p := ShownPicture{Exhibit: x.Exhibits[n]}
				for _, row := range x.Redactions {
					switch {
					case row.Exhibit != number || row.Text != "":
					case ofEverybody(row, number):
						p.Boxes = append(p.Boxes, row.Box)
					default:
						p.Some++
					}
				}
				at, out = len(out), append(out, p)
			}
			out[at].For = append(out[at].For, a.recipient.Name)
			for _, u := range visible {
				if u.Exhibit == number {
					out[at].Words = union(out[at].Words, u.Words)
					out[at].Plain = union(out[at].Plain, u.Plain)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b ShownPicture) int {
		return evidence.CompareNumbers(a.Exhibit.Number, b.Exhibit.Number)
	})
	return out, nil
}

// pictured reports what is printed as pictures: a picture, or a film.
func pictured(x evidence.Exhibit) bool {
	return strings.HasPrefix(x.MediaType, "image/") || strings.HasPrefix(x.MediaType, "video/")
}

// union is a list with what another has more.
func union(all, more []string) []string {
	for _, s := range more {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// ofEverybody reports a box over a picture that is covered for all recipients.
func ofEverybody(r evidence.Redaction, exhibit string) bool {
	return r.Exhibit == exhibit && r.Text == "" && r.Page == 0 && len(r.To) == 0
}

// SetBoxes puts boxes in the place of those that cover a picture for everybody. Boxes
// for some recipients alone, words, and the picture itself stay as they are.
func SetBoxes(ctx context.Context, d Desk, dir, exhibit string, boxes []evidence.Box) error {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	register, err := f.Register()
	if err != nil {
		return err
	}
	e, ok := register.Lookup(exhibit)
	switch {
	case !ok:
		return &NoExhibitError{exhibit}
	case !pictured(e):
		return &NoPictureError{exhibit, e.MediaType}
	}
	wide, high := e.Media.Upright()
	rows, err := f.Redactions()
	if err != nil {
		return err
	}
	reasons := map[evidence.Box]string{}
	rows = slices.DeleteFunc(rows, func(r evidence.Redaction) bool {
		if !ofEverybody(r, exhibit) {
			return false
		}
		reasons[r.Box] = r.Reason
		return true
	})
	for _, b := range boxes {
		if b.X < 0 || b.Y < 0 || b.W <= 0 || b.H <= 0 || wide > 0 && (b.X >= wide || b.Y >= high) {
			return &BoxError{Box: fmt.Sprintf("%d,%d,%d,%d", b.X, b.Y, b.W, b.H), Exhibit: exhibit}
		}
		rows = append(rows, evidence.Redaction{Exhibit: exhibit, Box: b, Reason: reasons[b]})
	}
	if err := f.WriteRedactions(rows); err != nil {
		return err
	}
	if err := removePreviews(f); err != nil { // what an earlier run drew may show what is covered now
		return err
	}
	x, err := read(d, f)
	if err != nil {
		return err
	}
	return asideUncovered(d, x)
}
