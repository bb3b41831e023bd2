package typeset

import (
	"fmt"
	"io"

	"juzheng/templates/document"
)

// scanMargin is what printers leave free at the edge of a sheet.
const scanMargin = 6 * mm

// Scan sets the pictures of a signed paper, each on a page of its own and as
// large as A4 holds. One that cannot be shown is a [picture.Error].
func (fonts Fonts) Scan(w io.Writer, d document.Document, pages []*document.Image) error {
	u, err := fonts.use()
	if err != nil {
		return err
	}
	f := newFile(w)
	shown, err := f.showAll(pages)
	if err != nil {
		return err
	}
	l := newLayouter(u, bookArea, d, nil)
	for n, im := range pages {
		p := shown[im]
		if p.err != nil {
			return p.err
		}
		wide, high := upright(p, im.Orientation)
		scale := min((pageWidth-2*scanMargin)/wide, (pageHeight-2*scanMargin)/high)
		l.page = n + 1
		end := l.figure(fmt.Sprintf("签名扫描件第%d页，共%d页", n+1, len(pages)), 0, 0, pageWidth)
		l.add(op{kind: imageOp, image: &placed{pic: p, orientation: im.Orientation,
			x: (pageWidth - wide*scale) / 2, y: (pageHeight - high*scale) / 2, w: wide * scale, h: high * scale}})
		l.y = pageHeight
		end()
	}
	_, err = l.write(f, d, len(pages))
	return err
}
