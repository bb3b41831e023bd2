package logs

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"juzheng/evidence"
)

// An Extracted is some rows of a log, without the others.
type Extracted struct {
	// Of text, the lines of these rows byte for byte, of UTF-16 as UTF-8; of a page
	// what stands for each message; of a workbook its cells as text with commas, and
	// before them sheet and row, and the time as it was read.
	Data      []byte
	MediaType string
	Extension string
	Lines     string // their numbers in the log: "2,4,7-9", of a workbook "1!3,1!5"
	Rows      int
	More      bool // the log holds other rows

	pieces [][]byte // of rows that stood on one line, what Data has of each
}

// ErrNoLines reports a log whose rows cannot be told apart by lines: several
// stand on one line.
var ErrNoLines = errors.New("rows of the log do not stand on lines of their own")

// ErrNoForm reports a file that is no log of a form that is read here.
var ErrNoForm = errors.New("no form of log that is known here")

// maxExtract bounds what is taken out of a log.
const maxExtract = 16 << 20

// Extract takes rows out of logs of which nobody said whose they are: see [Phone.Extract].
func Extract(r io.ReaderAt, size int64, path string, want func(Row) bool) (Extracted, error) {
	return Phone(nil).Extract(r, size, path, want)
}

// Extract takes rows out of a log, those that want reports. What stands beside
// them, such as its head, is left behind.
func (own Phone) Extract(r io.ReaderAt, size int64, path string, want func(Row) bool) (Extracted, error) {
	f := open(r, size)
	form, ok := f.form()
	if !ok {
		return Extracted{}, ErrNoForm
	}
	x := Extracted{MediaType: form.MediaType, Extension: form.Extension}
	var rows []Row
	var at []int // which of all they are
	all := 0
	starts := map[int]int{} // of text, how many entries begin on a line
	skipped, err := own.Read(r, size, path, func(row Row) error {
		starts[row.Line]++
		if want(row) {
			rows, at = append(rows, row), append(at, all)
		} else {
			x.More = true
		}
		all++
		return nil
	})
	var broken *BrokenError
	var count *CountError
	if err != nil && !errors.As(err, &broken) && !errors.As(err, &count) { // a log that is cut gives what is whole
		return x, err
	}
	for _, k := range skipped {
		starts[k.Line]++
		x.More = true
	}
	if x.Rows = len(rows); x.Rows == 0 {
		return x, nil
	}
	if rows[0].Sheet > 0 {
		book, err := openGrid(f)
		if err != nil {
			return x, err
		}
		return x, x.takeCells(book, rows)
	}
	if rows[0].entry != nil {
		return x, x.takeEntries(rows)
	}
	if err := x.takeLines(f, rows, starts); !errors.Is(err, ErrNoLines) {
		return x, err
	}
	x.Data = nil
	return x, x.takeUnfolded(f, path, rows, at)
}

// takeEntries takes what stands for rows in a file whose rows are no lines: one
// behind another, as the file has them.
func (x *Extracted) takeEntries(rows []Row) error {
	var numbers []string
	for _, row := range rows {
		x.Data = append(append(x.Data, row.entry...), '\n')
		numbers = append(numbers, fmt.Sprint(row.Line))
		if len(x.Data) > maxExtract {
			return fmt.Errorf("more than %d bytes of rows", maxExtract)
		}
	}
	x.Lines = strings.Join(numbers, ",")
	return nil
}

// takeLines takes the lines on which rows stand.
func (x *Extracted) takeLines(f *file, rows []Row, starts map[int]int) error {
	wanted, last := map[int]bool{}, map[int]int{}
	for _, row := range rows {
		last[row.Line] = row.last
		if wanted[row.Line] = true; starts[row.Line] > 1 {
			return ErrNoLines
		}
	}
	var text io.Reader = io.NewSectionReader(f.r, 0, f.size)
	if evidence.IsUTF16(f.head) {
		var err error
		if text, err = f.asUTF8(); err != nil {
			return err
		}
	}
	in := bufio.NewReaderSize(text, 1<<16)
	var entry []byte
	begin, done := 0, 0
	var spans []string
	for n := 1; done < len(wanted); n++ {
		if starts[n] > 0 && begin > 0 {
			return ErrNoLines // an entry ends behind the beginning of the next
		}
		line, err := readLine(in, begin > 0 || wanted[n])
		if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0 && begin == 0) {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if wanted[n] {
			begin, entry = n, nil
		}
		if begin == 0 {
			continue
		}
		entry = append(entry, line...)
		if len(x.Data)+len(entry) > maxExtract {
			return fmt.Errorf("more than %d bytes of rows", maxExtract)
		}
		if over := n >= last[begin]; err == nil && (!over || last[begin] == 0 && !ended(x.MediaType, entry)) {
			continue
		}
		span := fmt.Sprint(begin)
		if n > begin {
			span += fmt.Sprintf("-%d", n)
		}
		x.Data, spans = append(x.Data, entry...), append(spans, span)
		begin, done = 0, done+1
	}
	x.Lines = strings.Join(spans, ",")
	return nil
}

// placeOf is where a row stands in a table in sheets.
func placeOf(sheet, row int) string { return fmt.Sprintf("%d!%d", sheet, row) }

// readLine reads a line with its end; of one that is not kept nothing is held.
func readLine(in *bufio.Reader, keep bool) (line []byte, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if keep {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
		if len(line) > maxExtract {
			return nil, fmt.Errorf("a line of more than %d bytes", maxExtract)
		}
	}
}

// ended reports whether an entry is whole, where its reader does not say on which
// line it ends: in XML its element is closed, in a table its quotes are.
func ended(mediaType string, entry []byte) bool {
	switch mediaType {
	case "text/xml":
		if bytes.HasPrefix(bytes.TrimSpace(entry), []byte("<mms")) {
			return bytes.Contains(entry, []byte("</mms>"))
		}
		return bytes.Contains(entry, []byte("/>")) || bytes.Contains(entry, []byte("</"))
	case "text/csv":
		return bytes.Count(entry, []byte(`"`))%2 == 0
	}
	return true
}

// takeCells takes the cells of rows of a table in sheets.
func (x *Extracted) takeCells(book *grid, rows []Row) error {
	wanted := map[string]string{} // place -> the time as it was read: a cell holds a count of days
	for _, r := range rows {
		at := ""
		if !r.Incident.Time.IsZero() {
			at = r.Incident.Time.At.In(evidence.Beijing).Format(time.DateTime)
		}
		wanted[placeOf(r.Sheet, r.Line)] = at
	}
	x.MediaType, x.Extension = "text/csv", ".csv"
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	var spans []string
	for n, s := range book.sheets {
		err := s.rows(func(row tableRow) error {
			place := placeOf(n+1, row.n)
			at, ok := wanted[place]
			if !ok {
				return nil
			}
			spans = append(spans, place)
			return w.Write(append([]string{place, at}, row.cells...))
		})
		if err != nil {
			return err
		}
	}
	w.Flush()
	x.Data, x.Lines = out.Bytes(), strings.Join(spans, ",")
	if len(x.Data) > maxExtract {
		return fmt.Errorf("more than %d bytes of rows", maxExtract)
	}
	return w.Error()
}
