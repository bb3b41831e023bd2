package desk

import (
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/typeset/picture"
)

// pictureOf is an exhibit's picture, with boxes covered.
func pictureOf(f *folder.Folder, x evidence.Exhibit, hide []image.Rectangle) *document.Image {
	open := func() (io.ReadCloser, error) { return f.OpenExhibit(x) }
	return &document.Image{Open: open, MediaType: x.MediaType, Orientation: x.Media.Orientation, Hide: hide}
}

// previews draws the covered pictures, for each recipient that gets another
// one, and the one asked for with its coordinates. It returns their paths.
func previews(
	f *folder.Folder, exhibits []evidence.Exhibit, rows []evidence.Redaction, asked string, page int,
	pages map[string]letter.Sheets,
) ([]string, error) {
	// What an earlier run drew may show what is covered now.
	if err := removePreviews(f); err != nil {
		return nil, err
	}
	var made []string
	draw := func(name string, x evidence.Exhibit, boxes []image.Rectangle, grid bool) error {
		path, err := preview(f, name, pictureOf(f, x, boxes), grid)
		made = append(made, path)
		return err
	}
	drawPage := func(name string, im *document.Image, grid bool) error {
		path, err := preview(f, name, im, grid)
		made = append(made, path)
		return err
	}
	for _, x := range exhibits {
		if s, paged := pages[x.Number]; paged {
			if err := pagePreviews(x, s, rows, x.Number == asked, page, drawPage); err != nil {
				return nil, err
			}
			continue
		}
		if !strings.HasPrefix(x.MediaType, "image/") {
			if x.Number == asked {
				return nil, &NoPictureError{x.Number, x.MediaType}
			}
			continue
		}
		for _, g := range groupsOf(x.Number, 0, rows) {
			if err := draw(x.Number+"-遮盖后"+g.suffix+".png", x, g.boxes, false); err != nil {
				return nil, err
			}
		}
		if x.Number == asked {
			if err := draw(x.Number+"-坐标.png", x, nil, true); err != nil {
				return nil, err
			}
		}
	}
	return made, nil
}

// preview draws one picture and returns its path.
func preview(f *folder.Folder, name string, im *document.Image, grid bool) (string, error) {
	if err := os.MkdirAll(f.Path(folder.PreviewDir), 0o700); err != nil {
		return "", err
	}
	path := f.Path(folder.PreviewDir, name)
	set := func(ws []io.Writer) error { return picture.Preview(ws[0], im, grid) }
	if err := disk.Set([]string{path}, set); err != nil {
		return "", fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return path, nil
}

func removePreviews(f *folder.Folder) error {
	old, err := filepath.Glob(filepath.Join(disk.QuoteGlob(f.Path(folder.PreviewDir)), "E[0-9]*.png"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

type boxGroup struct {
	suffix string
	boxes  []image.Rectangle
}

// groupsOf are the boxes of an exhibit, or of a page of it, as each recipient has them, those who
// have the same ones together.
func groupsOf(exhibit string, page int, rows []evidence.Redaction) []boxGroup {
	var out []boxGroup
	for _, role := range evidence.AllRoles() {
		var boxes []image.Rectangle
		for _, r := range rows {
			if r.Exhibit == exhibit && r.Page == page && r.Text == "" && r.For(string(role)) {
				boxes = append(boxes, r.Box.Rectangle())
			}
		}
		if len(boxes) == 0 {
			continue
		}
		if n := slices.IndexFunc(out, func(g boxGroup) bool { return slices.Equal(g.boxes, boxes) }); n >= 0 {
			out[n].suffix += "-" + string(role)
			continue
		}
		out = append(out, boxGroup{"-" + string(role), boxes})
	}
	if len(out) == 1 && strings.Count(out[0].suffix, "-") == len(evidence.AllRoles()) {
		out[0].suffix = ""
	}
	return out
}
