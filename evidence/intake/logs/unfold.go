package logs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// mostUnfolded bounds a log whose rows are parted although they stand on one line.
const mostUnfolded = 64 << 20

// takeUnfolded takes rows of a backup several of which stand on one line: each as it stands
// in the file, on a line of its own. A program that saves a backup again may leave out the
// ends of lines. Rows are those wanted, and at says which they are of all rows. The error is
// [ErrNoLines] where the text cannot be parted so that it gives the same rows.
func (x *Extracted) takeUnfolded(f *file, path string, rows []Row, at []int) error {
	if f.size > mostUnfolded || evidence.IsUTF16(f.head) || f.mended || x.MediaType != "text/xml" {
		return ErrNoLines
	}
	data, err := io.ReadAll(io.NewSectionReader(f.r, 0, f.size))
	if err != nil {
		return err
	}
	parted := elementsApart(data)
	got, starts := again(parted, path, at)
	y := Extracted{MediaType: x.MediaType, Extension: x.Extension}
	if !slices.EqualFunc(got, rows, sameRow) ||
		y.takeLines(open(bytes.NewReader(parted), int64(len(parted))), got, starts) != nil {
		return ErrNoLines
	}
	var places []string
	for _, r := range rows {
		places = append(places, placeOnLine(r))
	}
	x.Data, x.Lines, x.pieces = y.Data, strings.Join(places, ","), piecesOf(y.Data, y.Lines)
	return nil
}

// placeOnLine is where a row stands in such a backup: 1#3, or 4 where it is alone there.
func placeOnLine(r Row) string {
	if r.Nth > 0 {
		return fmt.Sprintf("%d#%d", r.Line, r.Nth)
	}
	return strconv.Itoa(r.Line)
}

// piecesOf are the lines of each row, by the spans that they were.
func piecesOf(data []byte, spans string) [][]byte {
	var out [][]byte
	for part := range strings.SplitSeq(spans, ",") {
		a, b, more := strings.Cut(part, "-")
		lines := 1
		if more {
			first, _ := strconv.Atoi(a) // both as takeLines wrote them
			last, _ := strconv.Atoi(b)
			lines = last - first + 1
		}
		end := 0
		for range lines {
			n := bytes.IndexByte(data[end:], '\n') + 1
			if n == 0 {
				n = len(data) - end
			}
			end += n
		}
		out, data = append(out, data[:end]), data[end:]
	}
	return out
}

// holdUnfolded compares an extract with the rows of a backup that stand at some places, as
// they were taken; the first that differs is named, and "" stands for bytes behind the last.
func holdUnfolded(r io.ReaderAt, size int64, name string, extract []byte, places []string) ([]string, error) {
	wanted := map[string]bool{}
	for _, p := range places {
		wanted[p] = true
	}
	x, err := Extract(r, size, name, func(row Row) bool { return wanted[placeOnLine(row)] })
	if err != nil {
		return nil, errors.Join(ErrLog, err)
	}
	got := strings.Split(x.Lines, ",")
	for n, place := range places {
		if n >= len(x.pieces) || got[n] != place || !bytes.HasPrefix(extract, x.pieces[n]) {
			return []string{place}, nil
		}
		extract = extract[len(x.pieces[n]):]
	}
	if len(extract) > 0 {
		return []string{""}, nil
	}
	return nil, nil
}

// again reads some of the rows of a text, by which they are of all, and on which lines
// rows begin.
func again(text []byte, path string, at []int) (rows []Row, starts map[int]int) {
	starts = map[int]int{}
	n := 0
	skipped, _ := Read(bytes.NewReader(text), int64(len(text)), path, func(r Row) error { // cut, it gives what is whole
		starts[r.Line]++
		if len(rows) < len(at) && at[len(rows)] == n {
			rows = append(rows, r)
		}
		n++
		return nil
	})
	for _, k := range skipped {
		starts[k.Line]++
	}
	return rows, starts
}

// sameRow reports that two readings are of one row.
func sameRow(a, b Row) bool {
	i, o := a.Incident, b.Incident
	return i.Kind == o.Kind && i.Number == o.Number && i.Name == o.Name && i.Direction == o.Direction &&
		i.Seconds == o.Seconds && i.Shown == o.Shown && i.Time.At.Equal(o.Time.At)
}

// rowElement begins an element that is a row of a backup of calls or messages, or ends them
// all. In a value "<" is written otherwise.
var rowElement = lazyregexp.New(`<(?:sms|mms|call)[ \t>]|</(?:smses|calls)>`)

// elementsApart begins a line with each element that is a row. Nothing else is changed.
func elementsApart(data []byte) []byte {
	var out bytes.Buffer
	last := 0
	for _, m := range rowElement.Compiled().FindAllIndex(data, -1) {
		out.Write(data[last:m[0]])
		out.WriteByte('\n')
		last = m[0]
	}
	out.Write(data[last:])
	return out.Bytes()
}
