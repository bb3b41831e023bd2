package packet

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/scan"
	"juzheng/templates/typeset"
	"juzheng/templates/typeset/picture"
)

// scanMark ends the names of a scan of the signed letter.
const scanMark = "（签名扫描件）"

// putScan puts the scan of the signed letter beside the letter, byte for byte.
// Of pictures, one a page, a PDF is made as well. It returns the files that are
// the person's, and the PDF.
func putScan(dir string, in letter.Input, p scan.Paper) (files []string, pdf string, err error) {
	name := in.Role.Letter() + scanMark
	pdf = name + ".pdf"
	if p.PDF() {
		return []string{pdf}, pdf, os.WriteFile(filepath.Join(dir, pdf), p.Files[0].Data, 0o600)
	}
	for n, f := range p.Files {
		own := fmt.Sprintf("%s-%d%s", name, n+1, strings.ToLower(filepath.Ext(f.Name)))
		if err := os.WriteFile(filepath.Join(dir, own), f.Data, 0o600); err != nil {
			return nil, "", err
		}
		files = append(files, own)
	}
	return files, pdf, setScan(filepath.Join(dir, pdf), in, pagesOf(p))
}

// pagesOf are the pictures of a paper.
func pagesOf(p scan.Paper) []*document.Image {
	var out []*document.Image
	for _, f := range p.Files {
		out = append(out, &document.Image{
			Open:      func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(f.Data)), nil },
			MediaType: f.Type, Width: f.Picture.Width, Height: f.Picture.Height, Orientation: f.Picture.Orientation})
	}
	return out
}

func setScan(path string, in letter.Input, pages []*document.Image) error {
	return setFile(path, func(w io.Writer) error {
		return typeset.Fonts(nil).Scan(w, letter.ScanOf(in), pages)
	})
}

// scanTargets are how far photographs of a letter are brought down for an upload,
// the best first; a sheet of paper needs 1000 pixels to stay legible.
var scanTargets = []picture.Target{{Side: 1600, Quality: 80}, {Side: 1240, Quality: 70}, {Side: 1000, Quality: 55}}

// scanShare is the part of an upload that photographs of the letter may take
// while they can be made smaller.
const scanShare = 3

// uploadScan puts the scan into the folder of an upload, photographs made smaller
// if they have to be, and says its size. It is not put there where it is larger
// than the limit.
func uploadScan(path string, in letter.Input, p scan.Paper, limit int64) (int64, error) {
	if p.PDF() {
		data := p.Files[0].Data
		if int64(len(data)) > limit {
			return int64(len(data)), nil
		}
		return int64(len(data)), os.WriteFile(path, data, 0o600)
	}
	pages := pagesOf(p)
	var size int64
	for n := -1; n < len(scanTargets); n++ {
		at := pages
		if n >= 0 {
			at = nil
			targets := make([]picture.Target, len(pages))
			for i := range targets {
				targets[i] = scanTargets[n]
			}
			for _, c := range picture.Shrink(pages, targets) {
				if c.Err != nil {
					return 0, c.Err
				}
				at = append(at, c.Image)
			}
		}
		if err := setScan(path, in, at); err != nil {
			return 0, err
		}
		info, err := os.Stat(path)
		if err != nil {
			return 0, err
		}
		if size = info.Size(); size <= limit/scanShare {
			return size, nil
		}
	}
	if size > limit {
		return size, os.Remove(path)
	}
	return size, nil
}
