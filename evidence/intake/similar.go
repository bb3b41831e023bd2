package intake

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/media"
)

// NoteSimilar marks a picture that looks like an earlier exhibit.
const NoteSimilar = "similar"

// noteLikenesses notes with each new picture the earliest exhibit it looks
// like. Both stay exhibits with their own bytes and rows.
func noteLikenesses(f *folder.Folder, fresh []evidence.Exhibit, now time.Time) error {
	register, err := f.Register()
	if err != nil {
		return err
	}
	isFresh := map[string]bool{}
	for _, x := range fresh {
		isFresh[x.Number] = true
	}
	type seen struct {
		x     evidence.Exhibit
		like  media.Likeness
		first string
	}
	var before []seen
	pages := pages{f: f, read: map[string]media.Page{}}
	for _, x := range register.Exhibits {
		like := media.ParseLikeness(x.Media.Likeness)
		if len(like) == 0 {
			continue
		}
		first := x.Number
		var near []seen
		for _, o := range before {
			if sameShape(o.x, x) && o.like.Like(like) {
				near = append(near, o)
			}
		}
		slices.SortStableFunc(near, func(a, b seen) int {
			return cmp.Compare(a.like.Differing(like), b.like.Differing(like))
		})
		for _, o := range near[:min(len(near), heldAgainst)] {
			if isFresh[x.Number] && pages.same(o.x, x) {
				first = o.first
				break
			}
		}
		before = append(before, seen{x, like, first})
		if first == x.Number || !isFresh[x.Number] {
			continue
		}
		detail := fmt.Sprintf(
			"与 %s 的画面几乎相同（不是同一个文件）：可能是同一页截了两次，或转发后被压缩的副本；"+
				"两份都保留，请优先使用原图",
			first,
		)
		if err := f.AddNote(x.Number, evidence.Note{Code: NoteSimilar, Detail: detail, About: first}, now); err != nil {
			return err
		}
	}
	return nil
}

// heldAgainst is how many pictures one is held against; the nearest come first.
const heldAgainst = 8

// pages are pictures of a case, small, some of which are kept.
type pages struct {
	f    *folder.Folder
	read map[string]media.Page // by exhibit
}

// same reports that two exhibits show one page; not so where one cannot be read.
func (p pages) same(a, b evidence.Exhibit) bool {
	one, err := p.of(a)
	if err != nil {
		return false
	}
	other, err := p.of(b)
	return err == nil && one.Same(other)
}

func (p pages) of(x evidence.Exhibit) (media.Page, error) {
	if page, known := p.read[x.Number]; known {
		return page, nil
	}
	in, err := p.f.OpenExhibit(x)
	if err != nil {
		return media.Page{}, err
	}
	defer in.Close()
	page, err := media.ReadPage(in)
	if len(p.read) == 4*heldAgainst { // a megabyte each
		clear(p.read)
	}
	if err == nil {
		p.read[x.Number] = page
	}
	return page, err
}

// sameShape reports sides in the same proportion, within one in fifty.
func sameShape(a, b evidence.Exhibit) bool {
	p, q := a.Media.Width*b.Media.Height, b.Media.Width*a.Media.Height
	return p > 0 && q > 0 && 50*(p-q) <= q && 50*(q-p) <= p
}
