package intake

import (
	"fmt"
	"os"
	"path/filepath"
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
func noteLikenesses(f *folder.Folder, fresh []evidence.Exhibit, tell *teller, now time.Time) error {
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
	type near struct {
		seen
		differing float64
	}
	pages := pages{f: f, at: map[string]packedPage{}, ready: map[string]media.Page{}}
	defer pages.drop()
	var before []seen
	for n, x := range register.Exhibits {
		tell.placed(0, likenessesFound, n, len(register.Exhibits))
		like := media.ParseLikeness(x.Media.Likeness)
		if like.Empty() {
			continue
		}
		if !isFresh[x.Number] {
			before = append(before, seen{x, like, x.Number})
			continue
		}
		var nearest []near // at most heldAgainst, of those that differ alike the earliest
		for _, o := range before {
			differing, alike := o.like.Like(like)
			if !alike || !sameShape(o.x, x) {
				continue
			}
			n := len(nearest)
			for n > 0 && nearest[n-1].differing > differing {
				n--
			}
			if n < heldAgainst {
				nearest = slices.Insert(nearest, n, near{o, differing})
				nearest = nearest[:min(len(nearest), heldAgainst)]
			}
		}
		first := x.Number
		for _, o := range nearest {
			if pages.same(o.x, x) {
				first = o.first
				break
			}
		}
		before = append(before, seen{x, like, first})
		if first == x.Number {
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

// pages are pictures of a case, small: each is decoded once, however many are
// held against it. Packed they lie in the cache of the case, a few are kept as
// they are.
type pages struct {
	f     *folder.Folder
	file  *os.File // nil: none was packed
	size  int64
	at    map[string]packedPage // by exhibit
	ready map[string]media.Page
}

// A packedPage is where a page lies in the file, or why there is none.
type packedPage struct {
	from, size int64
	err        error
}

// pagesFile is not "pages", a folder beside it in which what was read of PDFs lies.
const pagesFile = "alike"

// mostReady is how many pages are kept unpacked, a megabyte each.
const mostReady = 4 * heldAgainst

func (p *pages) drop() {
	if p.file != nil {
		p.file.Close()
		os.Remove(p.file.Name())
	}
}

// same reports that two exhibits show one page; not so where one cannot be read.
func (p *pages) same(a, b evidence.Exhibit) bool {
	one, err := p.of(a)
	if err != nil {
		return false
	}
	other, err := p.of(b)
	return err == nil && one.Same(other)
}

func (p *pages) of(x evidence.Exhibit) (media.Page, error) {
	if page, ready := p.ready[x.Number]; ready {
		return page, nil
	}
	var page media.Page
	at, known := p.at[x.Number]
	switch {
	case at.err != nil:
		return page, at.err
	case known:
		data := make([]byte, at.size)
		if _, err := p.file.ReadAt(data, at.from); err != nil {
			return page, err
		}
		if err := page.UnmarshalBinary(data); err != nil {
			return page, err
		}
	default:
		var err error
		if page, err = p.decode(x); err != nil {
			p.at[x.Number] = packedPage{err: err}
			return page, err
		}
		if at, err := p.pack(page); err == nil { // else, as on a full disk, it is decoded again
			p.at[x.Number] = at
		}
	}
	p.keep(x.Number, page)
	return page, nil
}

func (p *pages) decode(x evidence.Exhibit) (media.Page, error) {
	in, err := p.f.OpenExhibit(x)
	if err != nil {
		return media.Page{}, err
	}
	defer in.Close()
	return media.ReadPage(in)
}

func (p *pages) pack(page media.Page) (at packedPage, err error) {
	if p.file == nil {
		path := p.f.Path(folder.CacheDir, pagesFile)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return at, err
		}
		os.Remove(path) // of a run that was killed
		if p.file, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
			return at, err
		}
	}
	data, err := page.MarshalBinary()
	if err != nil {
		return at, err
	}
	at = packedPage{from: p.size, size: int64(len(data))}
	_, err = p.file.WriteAt(data, at.from)
	p.size += at.size
	return at, err
}

func (p *pages) keep(number string, page media.Page) {
	if len(p.ready) == mostReady {
		clear(p.ready)
	}
	p.ready[number] = page
}

// sameShape reports sides in the same proportion, within one in fifty.
func sameShape(a, b evidence.Exhibit) bool {
	p, q := a.Media.Width*b.Media.Height, b.Media.Width*a.Media.Height
	return p > 0 && q > 0 && 50*(p-q) <= q && 50*(q-p) <= p
}
