package logs

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
)

// ErrLog reports that a log cannot be read again as it was when rows were
// taken out of it.
var ErrLog = errors.New("the log is not read as it was when rows were taken")

// Hold compares an extract, whose record names these rows, with the log it was
// taken from, where the rows stand on no lines of their own: cells of a table
// in sheets ("1!3"), entries of a list ("2"). It returns the rows that are
// otherwise in the log, or not in it; and those whose cells are the log's, but
// not the time before them, which is no cell and was read by some release.
func Hold(r io.ReaderAt, size int64, name string, extract []byte, rows string) (differ, timed []string, err error) {
	places := strings.Split(rows, ",")
	if strings.Contains(rows, "!") {
		return holdCells(r, size, name, extract, places)
	}
	if strings.Contains(rows, "#") {
		differ, err = holdUnfolded(r, size, name, extract, places)
		return differ, nil, err
	}
	differ, err = holdEntries(r, size, name, extract, places)
	return differ, nil, err
}

// holdCells compares rows of sheets, cell by cell.
func holdCells(r io.ReaderAt, size int64, name string, extract []byte, places []string) (
	differ, timed []string, err error) {
	book, err := openGrid(open(r, size))
	if err != nil {
		return nil, nil, errors.Join(ErrLog, err)
	}
	have, wanted, surplus := map[string][]string{}, map[string]bool{}, false
	for _, place := range places {
		wanted[place] = true
	}
	in := csv.NewReader(bytes.NewReader(extract))
	in.FieldsPerRecord = -1
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			surplus = true
			break
		}
		if len(row) < 2 || have[row[0]] != nil || !wanted[row[0]] {
			surplus = true // what the record does not name, or no row at all
		} else {
			have[row[0]] = row
		}
	}
	same := map[string]bool{}
	for n, s := range book.sheets {
		err := s.rows(func(row tableRow) error {
			place := placeOf(n+1, row.n)
			if x, ok := have[place]; ok && slices.EqualFunc(x[2:], row.cells, func(a, b string) bool {
				return a == strings.ReplaceAll(b, "\r\n", "\n") // as CSV is read
			}) {
				same[place] = true
			}
			return nil
		})
		if err != nil {
			return nil, nil, errors.Join(ErrLog, err)
		}
	}
	at := map[string]string{}
	// Of a log that breaks off, what is whole counts.
	_, _ = Read(r, size, name, func(row Row) error {
		at[placeOf(row.Sheet, row.Line)] = row.Incident.Time.At.In(evidence.Beijing).Format(time.DateTime)
		return nil
	})
	for _, place := range places {
		switch {
		case !same[place]:
			differ = append(differ, place)
		case at[place] != have[place][1]:
			timed = append(timed, place)
		}
	}
	if surplus {
		differ = append(differ, "")
	}
	return differ, timed, nil
}

// holdEntries compares entries of a list, one a line of the extract.
func holdEntries(r io.ReaderAt, size int64, name string, extract []byte, places []string) (differ []string, err error) {
	entries := map[int][]byte{}
	lines := map[int]bool{}
	for _, place := range places {
		n, err := strconv.Atoi(place)
		if err != nil {
			return nil, fmt.Errorf("%w: %s", ErrLog, place)
		}
		lines[n] = true
	}
	skipped, err := Read(r, size, name, func(row Row) error {
		if lines[row.Line] && row.entry != nil {
			entries[row.Line] = slices.Clone(row.entry)
		}
		return nil
	})
	var broken *BrokenError
	if err != nil && !errors.As(err, &broken) {
		return nil, errors.Join(ErrLog, err)
	}
	for _, k := range skipped {
		if lines[k.Line] {
			return nil, ErrLog // it was a row to another release
		}
	}
	rest := extract
	for _, place := range places {
		n, _ := strconv.Atoi(place)
		entry, ok := entries[n]
		after, same := bytes.CutPrefix(rest, append(entry, '\n'))
		if !ok || !same {
			return append(differ, place), nil // where it ends in the extract is not known
		}
		rest = after
	}
	if len(rest) > 0 {
		differ = append(differ, "")
	}
	return differ, nil
}
