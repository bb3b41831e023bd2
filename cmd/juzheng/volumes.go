package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/templates/letter"
	"juzheng/templates/typeset"
)

// writeBook sets the exhibit book, in volumes if it is larger than one may
// be, and notes in the input where its exhibits are. Volumes are planned by
// the sizes of the files, and anew by those of the pages if that was wrong.
func (d *dossier) writeBook(dir, name string, in *letter.Input) ([]typeset.Unset, error) {
	exhibits := letter.BookExhibits(*in)
	size := map[string]int64{}
	for _, x := range exhibits {
		if strings.HasPrefix(x.MediaType, "image/") {
			size[x.Number] = x.Size
		}
	}
	numbers := make([]string, len(exhibits))
	for n, x := range exhibits {
		numbers[n] = x.Number
	}
	const usual = 400_000 // fonts, index and cover sheets
	base := int64(usual)
	for try := 0; ; try++ {
		parts := planVolumes(numbers, size, d.volume, base)
		pages, files, err := d.setVolumes(filepath.Join(dir, name), *in, parts)
		if err != nil {
			return nil, err
		}
		over := false
		for n, f := range files {
			info, err := os.Stat(f)
			if err != nil {
				return nil, err
			}
			pictures := int64(0)
			for x, bytes := range pages[n].Pictures {
				size[x], pictures = bytes, pictures+bytes
			}
			base = max(base, info.Size()-pictures)
			over = over || d.volume > 0 && info.Size() > d.volume && len(parts[n]) > 1
		}
		if over && try < 3 {
			for _, f := range files {
				if err := os.Remove(f); err != nil {
					return nil, err
				}
			}
			continue
		}
		return d.noteVolumes(in, parts, pages, size), nil
	}
}

// noteVolumes tells the input where the exhibits came to stand.
func (d *dossier) noteVolumes(in *letter.Input, parts [][]string, pages []typeset.Pages, size map[string]int64) []typeset.Unset {
	var unset []typeset.Unset
	in.Pages, in.BookPages = map[string]int{}, 0
	for _, p := range pages {
		for x, at := range p.Exhibits {
			in.Pages[x] = at
		}
		in.BookPages += p.Total
		unset = append(unset, p.Unset...)
	}
	if len(parts) > 1 {
		in.Volumes = letter.VolumesOf(parts)
	}
	for x, bytes := range size {
		if d.volume > 0 && bytes > d.volume && !slices.Contains(d.heavy, x) {
			d.heavy = append(d.heavy, x)
		}
	}
	slices.Sort(d.heavy)
	return unset
}

// setVolumes writes the volumes' files, and returns their names.
func (d *dossier) setVolumes(base string, in letter.Input, parts [][]string) (pages []typeset.Pages, files []string, err error) {
	files = []string{base + ".pdf"}
	if len(parts) > 1 {
		files = nil
		for n := range parts {
			files = append(files, fmt.Sprintf("%s-第%d册.pdf", base, n+1))
		}
	}
	err = setFiles(files, func(ws []io.Writer) (err error) {
		pages, err = typeset.Volumes(ws, letter.ComposeVolumes(in, parts))
		return err
	})
	return pages, files, err
}

// planVolumes parts exhibits, in order, so that each volume has at most limit
// bytes, base of them being taken already. An exhibit larger than that is a
// volume by itself.
func planVolumes(numbers []string, size map[string]int64, limit, base int64) [][]string {
	parts := [][]string{nil}
	if limit <= 0 {
		return [][]string{numbers}
	}
	used := base
	for _, x := range numbers {
		now := &parts[len(parts)-1]
		if len(*now) > 0 && used+size[x] > limit {
			parts, used = append(parts, nil), base
			now = &parts[len(parts)-1]
		}
		*now, used = append(*now, x), used+size[x]
	}
	return parts
}

// usualVolume is the most bytes of a volume unless told otherwise: what mail
// and phones take without complaint.
const usualVolume = 100_000_000
