package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"unicode"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/logs"
	"juzheng/evidence/intake/pdf"
	"juzheng/evidence/lazyregexp"
)

// A PDFReader reads the text of a PDF, page by page: see [pdf.Program.Read].
type PDFReader func(ctx context.Context, in io.Reader, size int64, each func(pdf.Page) error) (total int, err error)

// A PDFText is what stands as text in a PDF.
type PDFText struct {
	Total int        // pages of the file
	Fault string     `json:",omitempty"` // a code of pdf
	Pages logs.Pages // words and where they stand
	Lines [][]string // of each page, as the file has them
}

// empty reports a file without any text: pages that were scanned.
func (t PDFText) empty() bool {
	for _, p := range t.Pages {
		if len(p) > 0 {
			return false
		}
	}
	return true
}

var callWords = lazyregexp.New(`[主被]叫|呼叫类型|通[话信]时长|对方号码`)

// ofCalls reports a file whose words are those of a list of calls.
func (t PDFText) ofCalls() bool {
	return slices.ContainsFunc(t.Lines, func(page []string) bool {
		return slices.ContainsFunc(page, callWords.MatchString)
	})
}

// cut reports a file of which only the first pages were read.
func (t PDFText) cut() bool { return t.Total > len(t.Pages) }

// A cutError reports that.
type cutError struct{ read, of int }

func (e *cutError) Error() string {
	return fmt.Sprintf("of %d pages the first %d were read", e.of, e.read)
}

// textMark stands in the names of texts in the cache: another way of reading has
// another.
const textMark = "-text1.json"

const pdfType = "application/pdf"

// oneByOne reads one file at a time, however many ask: each takes a process.
func (r PDFReader) oneByOne() PDFReader {
	if r == nil {
		return nil
	}
	var busy sync.Mutex
	return func(ctx context.Context, in io.Reader, size int64, each func(pdf.Page) error) (int, error) {
		busy.Lock()
		defer busy.Unlock()
		return r(ctx, in, size, each)
	}
}

// read reads a file; what is wrong with it is no error.
func (r PDFReader) read(ctx context.Context, in io.Reader, size int64) (t PDFText, err error) {
	t.Total, err = r(ctx, in, size, func(p pdf.Page) error {
		var lines []string
		for _, l := range p.Lines {
			lines = append(lines, strings.TrimSpace(l.Text))
		}
		t.Pages, t.Lines = append(t.Pages, wordsOf(p.Lines)), append(t.Lines, lines)
		return ctx.Err()
	})
	var fault *pdf.Fault
	if errors.As(err, &fault) {
		t.Fault, err = fault.Code, nil
	}
	return t, err
}

// cacheText keeps what was read of an exhibit. What failed may be the machine's
// doing, and is tried again.
func cacheText(f *folder.Folder, x evidence.Exhibit, t PDFText) {
	if data, err := json.Marshal(t); err == nil && t.Fault != "failed" {
		f.Cache(data, "pages", x.SHA256+textMark)
	}
}

// errNoText reports a PDF that nothing here reads.
var errNoText = errors.New("the text of the PDF cannot be read here")

// Text is the text of an exhibit that is a PDF, as it was read when it was added;
// where the cache is gone it is read again.
func (r PDFReader) Text(ctx context.Context, f *folder.Folder, x evidence.Exhibit) (t PDFText, err error) {
	if json.Unmarshal(f.Cached("pages", x.SHA256+textMark), &t) == nil && (t.Total > 0 || t.Fault != "") {
		return t, nil
	}
	if r == nil {
		return PDFText{}, errNoText
	}
	in, err := f.OpenExhibit(x)
	if err != nil {
		return PDFText{}, err
	}
	defer in.Close()
	if t, err = r.read(ctx, in, x.Size); err != nil {
		return PDFText{}, err
	}
	cacheText(f, x, t)
	return t, nil
}

// A logFile is an exhibit that holds rows.
type logFile struct {
	x   evidence.Exhibit
	in  *os.File
	pdf *PDFText // of a PDF

	latest latest // the rows that are read; zero: all
	phone  logs.Phone
}

// openLog opens an exhibit that holds rows.
func (r PDFReader) openLog(f *folder.Folder, x evidence.Exhibit) (*logFile, error) {
	in, err := f.OpenExhibit(x)
	if err != nil {
		return nil, err
	}
	if x.MediaType == pdfType {
		in.Close()
		t, err := r.Text(context.Background(), f, x)
		if err != nil {
			return nil, err
		}
		if t.Fault != "" {
			return nil, &logs.UnreadError{Detail: pdf.Reason(t.Fault)}
		}
		return &logFile{x: x, pdf: &t, latest: latestOf(x), phone: phoneOf(f, x)}, nil
	}
	return &logFile{x: x, in: in, latest: latestOf(x), phone: phoneOf(f, x)}, nil
}

// phoneOf are the person's own numbers, of what is from their phone.
func phoneOf(f *folder.Folder, x evidence.Exhibit) (out logs.Phone) {
	c, err := f.ReadCase()
	if err != nil || x.PhoneOf().Third() {
		return nil // what is wrong with case.toml is told where it is needed
	}
	for _, n := range c.Numbers {
		if n.Side == evidence.SelfSide {
			out = append(out, n.Number)
		}
	}
	return append(out, c.Complainant.Phone)
}

func (l *logFile) Close() error {
	if l.in == nil {
		return nil
	}
	return l.in.Close()
}

func (l *logFile) read(give func(logs.Row) error) ([]logs.Skipped, error) {
	if chosen, all := l.latest, give; chosen != (latest{}) {
		give = func(r logs.Row) error {
			if !chosen.take(r.Incident.Time.At) {
				return nil
			}
			return all(r)
		}
	}
	if l.pdf != nil {
		skipped, err := l.pdf.Pages.Read(l.x.OriginalPath, l.phone, give)
		if err == nil && l.pdf.cut() {
			err = &cutError{read: len(l.pdf.Pages), of: l.pdf.Total}
		}
		return skipped, err
	}
	return l.phone.Read(l.in, l.x.Size, l.x.OriginalPath, give)
}

func (l *logFile) extract(want func(logs.Row) bool) (logs.Extracted, error) {
	if l.pdf != nil {
		x, err := l.pdf.Pages.Extract(l.x.OriginalPath, l.phone, want)
		x.More = x.More || l.pdf.cut() // nobody read what stands there
		return x, err
	}
	return l.phone.Extract(l.in, l.x.Size, l.x.OriginalPath, want)
}

func (l *logFile) columns() (words evidence.Text, guessed, ok bool) {
	if l.pdf != nil {
		return l.pdf.Pages.Columns()
	}
	return logs.Columns(l.in, l.x.Size)
}

// closeBy is how far apart characters of one word stand at most, in hundredths of
// the height of their line.
const closeBy = 40

// wordsOf parts lines into words.
func wordsOf(lines []pdf.Line) []logs.Word {
	var out []logs.Word
	for _, l := range lines {
		high := 0
		for _, b := range l.Boxes {
			high = max(high, b.Dy())
		}
		var w logs.Word
		end := func() {
			if w.Text != "" {
				out = append(out, w)
			}
			w = logs.Word{}
		}
		for n, r := range []rune(l.Text) {
			box := image.Rectangle{}
			if n < len(l.Boxes) {
				box = l.Boxes[n]
			}
			switch {
			case unicode.IsSpace(r) || unicode.IsControl(r):
				end()
				continue
			case w.Text != "" && (100*(box.Min.X-w.At.Max.X) > closeBy*high || box.Max.X < w.At.Min.X):
				end()
			}
			if w.Text == "" {
				w.At = box
			}
			w.Text, w.At = w.Text+string(r), w.At.Union(box)
		}
		end()
	}
	return out
}
