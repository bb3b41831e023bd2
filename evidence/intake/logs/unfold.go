package logs

import (
	"bytes"
	"fmt"
	"io"
	"slices"
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
		place := fmt.Sprint(r.Line)
		if r.Nth > 0 {
			place += fmt.Sprintf("#%d", r.Nth)
		}
		places = append(places, place)
	}
	x.Data, x.Lines = y.Data, strings.Join(places, ",")
	return nil
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
