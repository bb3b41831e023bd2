package intake

import (
	"context"
	"image"
	"io"
	"strings"
	"testing"

	"juzheng/evidence/intake/pdf"
)

// printed is a line of a page, in letters ten wide and twenty high.
func printed(y int, text string) pdf.Line {
	l, x := pdf.Line{Text: text}, 0
	for _, r := range text {
		wide := 10
		if r > 0x2e80 {
			wide = 20
		}
		l.Boxes = append(l.Boxes, image.Rect(x, 30*y, x+wide, 30*y+20))
		x += wide
	}
	return l
}

// A list that is not read to its end says so, and one that breaks off on the way keeps
// nothing else from being added.
func TestListsOfPDFThatBreakOff(t *testing.T) {
	page := pdf.Page{Number: 1, Lines: []pdf.Line{
		printed(0, "起始时间              通信地点  通信方式  对方号码     通信时长"),
		printed(1, "2026-10-01 10:15:00   浙江杭州  被叫      19900000311     62秒"),
		printed(2, "2026-10-02 10:15:00   上海      主叫      057100000101    62秒")}}
	for name, c := range map[string]struct {
		total int
		err   error
		rows  int
		note  string
	}{
		"whole":         {total: 1, rows: 2},
		"longer":        {total: 500, rows: 2, note: "这份 PDF 有 500 页，只读了前 1 页（2 条）"},
		"breaks off":    {total: 2, err: &pdf.Fault{Code: "broken"}, note: "没有读取：" + pdf.Reason("broken").ZH},
		"no such fault": {total: 2, err: &pdf.Fault{Code: "failed"}, note: "没有读取：" + pdf.Reason("failed").ZH},
	} {
		reader := func(_ context.Context, _ io.Reader, _ int64, each func(pdf.Page) error) (int, error) {
			if err := each(page); err != nil {
				return 0, err
			}
			return c.total, c.err
		}
		dir, f := t.TempDir(), newCase(t)
		put(t, dir, "详单.pdf", []byte("%PDF-1.4\n%%EOF"))
		put(t, dir, "备注.txt", []byte("记得问客服"))
		s, err := Add(t.Context(), f, []string{dir}, Options{Now: testNow, PDFs: reader})
		if err != nil || len(s.Admitted) != 2 {
			t.Errorf("%s: admitted %d (%v)", name, len(s.Admitted), err)
			continue
		}
		var notes []string
		for _, u := range s.Unread {
			notes = append(notes, u.Note.Detail)
		}
		if got := strings.Join(notes, "; "); !strings.HasPrefix(got, c.note) || (got == "") != (c.note == "") {
			t.Errorf("%s: notes %q, want %q", name, got, c.note)
		}
		rows, err := f.Timeline()
		if err != nil || len(rows) != c.rows {
			t.Errorf("%s: %d rows (%v), want %d", name, len(rows), err, c.rows)
		}
	}
}
