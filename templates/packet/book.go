package packet

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"juzheng/templates/letter"
	"juzheng/templates/typeset"
)

// A book is what is known of an exhibit book once it is set.
type book struct {
	at    letter.Counted
	unset []typeset.Unset
	heavy []string
}

// setBook sets the exhibit book, in volumes if it is larger than one may be.
// Volumes are planned by the sizes of the files, and again by those of the
// pages if that was wrong.
func setBook(ctx context.Context, base string, in letter.Input, o Order) (book, error) {
	limit := o.Volume
	var numbers []string
	size := map[string]int64{}
	for _, x := range letter.BookExhibits(in) {
		numbers = append(numbers, x.Number)
		if strings.HasPrefix(x.MediaType, "image/") {
			size[x.Number] = x.Size
		}
		if pages := letter.SheetBytes(in, x.Number); pages > 0 {
			size[x.Number] = pages
		}
	}
	const usual = 400_000 // fonts, index and cover sheets
	taken := int64(usual)
	for try := 0; ; try++ {
		if err := ctx.Err(); err != nil {
			return book{}, err
		}
		parts := planVolumes(numbers, size, limit, taken)
		pages, files, err := setVolumes(base, in, parts, o.Fonts)
		if err != nil {
			return book{}, err
		}
		over := false
		for n, f := range files {
			info, err := os.Stat(f)
			if err != nil {
				return book{}, err
			}
			pictures := int64(0)
			for x, bytes := range pages[n].Pictures {
				size[x], pictures = bytes, pictures+bytes
			}
			taken = max(taken, info.Size()-pictures)
			over = over || limit > 0 && info.Size() > limit && len(parts[n]) > 1
		}
		if !over || try == 3 {
			return bookOf(parts, pages, size, limit), nil
		}
		for _, f := range files {
			if err := os.Remove(f); err != nil {
				return book{}, err
			}
		}
	}
}

// bookOf gathers where the exhibits came to stand.
func bookOf(parts [][]string, pages []typeset.Pages, size map[string]int64, limit int64) book {
	b := book{at: letter.Counted{Pages: map[string]int{}}}
	for _, p := range pages {
		for x, page := range p.Exhibits {
			b.at.Pages[x] = page
		}
		b.at.Book += p.Total
		b.unset = append(b.unset, p.Unset...)
	}
	if len(parts) > 1 {
		b.at.Volumes = letter.VolumesOf(parts)
	}
	for x, bytes := range size {
		if limit > 0 && bytes > limit {
			b.heavy = append(b.heavy, x)
		}
	}
	slices.Sort(b.heavy)
	return b
}

// setVolumes writes the volumes' files, and returns their names.
func setVolumes(base string, in letter.Input, parts [][]string, fonts typeset.Fonts) (pages []typeset.Pages,
	files []string, err error) {
	files = []string{base + ".pdf"}
	if len(parts) > 1 {
		files = nil
		for n := range parts {
			files = append(files, fmt.Sprintf("%s-第%d册.pdf", base, n+1))
		}
	}
	err = setFiles(files, func(ws []io.Writer) (err error) {
		pages, err = fonts.Volumes(ws, letter.ComposeVolumes(in, letter.Counted{}, parts))
		return err
	})
	return pages, files, err
}

// planVolumes divides exhibits, in order, so that each volume has at most
// limit bytes, some of them taken by what is in every volume. An exhibit larger
// than that is a volume by itself.
func planVolumes(numbers []string, size map[string]int64, limit, taken int64) [][]string {
	if limit <= 0 {
		return [][]string{numbers}
	}
	parts := [][]string{nil}
	used := taken
	for _, x := range numbers {
		now := &parts[len(parts)-1]
		if len(*now) > 0 && used+size[x] > limit {
			parts, used = append(parts, nil), taken
			now = &parts[len(parts)-1]
		}
		*now, used = append(*now, x), used+size[x]
	}
	return parts
}
