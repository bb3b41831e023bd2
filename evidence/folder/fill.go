package folder

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence"
)

// FillIncidents writes into rows of timeline.csv what a later file says of
// the same event. Only rows the program made are filled, and only cells that
// are empty there; exhibits and sources are added to. Want is by id. Returned
// are the ids of the rows that changed; every other row stays as it is, byte
// for byte.
func (f *Folder) FillIncidents(want map[string]evidence.Incident, now time.Time) ([]string, error) {
	if len(want) == 0 {
		return nil, nil
	}
	data, err := f.readTimeline()
	if err != nil {
		return nil, err
	}
	out, ids, err := rewriteRows(data, "", func(i evidence.Incident) (evidence.Incident, bool) {
		w, ok := want[i.ID]
		if !ok || !i.Made() {
			return i, false
		}
		return filled(i, w)
	})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	if err := f.PutTimeline(out); err != nil {
		return nil, err
	}
	return ids, f.Note("note", "filled-from-later-file rows "+strings.Join(ids, " "), now)
}

// RestoreIncidents writes into rows of timeline.csv what their files say, as
// [Folder.ChangeIncidents] does.
func (f *Folder) RestoreIncidents(want map[string]evidence.Incident, now time.Time) ([]string, error) {
	return f.ChangeIncidents(want, "restored-from-file", now)
}

// ChangeIncidents writes rows of timeline.csv anew, by id: the cells in which
// they differ from what stands there. Every other row stays as it is, byte for
// byte. Why is noted in the log. Returned are the ids of the rows that changed.
func (f *Folder) ChangeIncidents(want map[string]evidence.Incident, why string, now time.Time) ([]string, error) {
	if len(want) == 0 {
		return nil, nil
	}
	data, err := f.readTimeline()
	if err != nil {
		return nil, err
	}
	out, ids, err := rewriteRows(data, "", func(i evidence.Incident) (evidence.Incident, bool) {
		w, ok := want[i.ID]
		return w, ok
	})
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	if err := f.PutTimeline(out); err != nil {
		return nil, err
	}
	return ids, f.Note("note", why+" rows "+strings.Join(ids, " "), now)
}

// filled takes over what i does not say.
func filled(i, w evidence.Incident) (evidence.Incident, bool) {
	before := i
	before.Exhibits = slices.Clone(i.Exhibits)
	if i.Number == "" || strings.Contains(i.Number, "*") && w.Number != "" {
		i.Number = w.Number
	}
	i.Time = w.Time // of a better clock, where it is another
	if i.Kind == evidence.Other && w.Kind == evidence.Call && i.Shown == "" && i.Words == "" {
		i.Kind = w.Kind // a recording of which it was not known that it is of a call
	}
	if i.Name == "" {
		i.Name = w.Name
	}
	if i.Direction == evidence.DirectionUnknown {
		i.Direction = w.Direction
	}
	if i.Reached == evidence.ReachedUnknown {
		i.Reached = w.Reached
	}
	if i.Answered == evidence.Unknown {
		i.Answered = w.Answered
	}
	if i.Seconds < 0 {
		i.Seconds = w.Seconds
	}
	if i.SIM == "" {
		i.SIM = w.SIM
	}
	for _, x := range w.Exhibits {
		if !slices.Contains(i.Exhibits, x) {
			i.Exhibits = append(slices.Clip(i.Exhibits), x)
		}
	}
	for _, place := range strings.Fields(w.Source) {
		if !slices.Contains(strings.Fields(i.Source), place) {
			i.Source += " " + place
		}
	}
	changed := slices.ContainsFunc(columnsOfTimeline, func(c column) bool { return c.get(i) != c.get(before) })
	return i, changed
}

// rewriteRows changes the records of timeline.csv that change says, and of
// them the cells that differ. A change to a column the file does not have is
// left out, unless it is the one that must be there. Encoding, delimiter,
// order and every other record stay, byte for byte.
func rewriteRows(data []byte, must string, change func(evidence.Incident) (evidence.Incident, bool)) (out []byte,
	ids []string, err error) {
	return rewriteRecords(data, nil, func(cols []*column) error {
		if must == "" || slices.ContainsFunc(cols, func(c *column) bool { return c != nil && c.en == must }) {
			return nil
		}
		c := columnNamed(must)
		return LineErrors{{File: TimelineFile, Line: 1,
			Found:  evidence.Text{ZH: "没有“" + c.zh + "”这一列", EN: "no column " + c.en},
			Wanted: evidence.Text{ZH: "列 " + c.zh, EN: "a column " + c.en}}}
	}, func(i evidence.Incident, cols []*column, row []string) ([]string, bool) {
		after, changed := change(i)
		if !changed {
			return row, false
		}
		for n, c := range cols {
			if c == nil || c.get(after) == c.get(i) {
				continue
			}
			for len(row) <= n {
				row = append(row, "")
			}
			row[n] = guard(c.get(after))
		}
		return row, true
	})
}

// columnNamed is a column by its English head; nil if there is none.
func columnNamed(en string) *column {
	n := slices.IndexFunc(columnsOfTimeline, func(c column) bool { return c.en == en })
	if n < 0 {
		return nil
	}
	return &columnsOfTimeline[n]
}

// rewriteRecords writes timeline.csv with the records that change gives
// another form, and with more columns behind those it has; check sees the
// columns first. A record that change leaves out altogether (nil) is dropped.
func rewriteRecords(data []byte, more []*column, check func([]*column) error,
	change func(i evidence.Incident, cols []*column, row []string) ([]string, bool)) (out []byte, ids []string,
	err error) {
	if _, err := ParseTimeline(TimelineFile, data); err != nil {
		return nil, nil, err
	}
	s, err := evidence.DecodeText(data)
	if err != nil {
		return nil, nil, err
	}
	mark := ""
	if rest, ok := strings.CutPrefix(s, "\ufeff"); ok {
		s, mark = rest, "\ufeff"
	} else if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) || evidence.IsUTF16(data) {
		mark = "\ufeff"
	}
	r := csv.NewReader(strings.NewReader(s))
	r.Comma, r.FieldsPerRecord = delimiter(s), -1
	head, err := r.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("timeline: %w", err)
	}
	cols, bad := readHead(TimelineFile, head)
	if len(bad) > 0 {
		return nil, nil, bad
	}
	if err := check(cols); err != nil {
		return nil, nil, err
	}
	var b strings.Builder
	b.WriteString(mark)
	write := csv.NewWriter(&b)
	write.Comma, write.UseCRLF = r.Comma, true
	if len(more) == 0 {
		b.WriteString(s[:r.InputOffset()])
	} else {
		for _, c := range more {
			head, cols = append(head, c.zh), append(cols, c)
		}
		write.Write(head)
		write.Flush()
	}
	for {
		from := r.InputOffset()
		row, err := r.Read()
		if err != nil {
			b.WriteString(s[from:])
			break
		}
		raw := s[from:r.InputOffset()]
		line, _ := r.FieldPos(0)
		i, _ := readRow(TimelineFile, line, cols, row)
		i = numberRows([]evidence.Incident{i})[0]
		changed := false
		if !blank(row) {
			row, changed = change(i, cols, row)
		}
		if !changed {
			b.WriteString(raw)
			continue
		}
		ids = append(ids, i.ID)
		if row != nil {
			write.Write(row)
		}
		if write.Flush(); write.Error() != nil {
			return nil, nil, write.Error()
		}
	}
	encoded, err := encodeLike(data, b.String())
	return encoded, ids, err
}

// encodeLike writes s in the encoding of an existing file.
func encodeLike(data []byte, s string) ([]byte, error) {
	switch {
	case evidence.IsUTF16(data):
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			if data[0] == 0xfe {
				b = append(b, byte(u>>8), byte(u))
			} else {
				b = append(b, byte(u), byte(u>>8))
			}
		}
		return b, nil
	case utf8.Valid(data):
		return []byte(s), nil
	}
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	if err != nil {
		return nil, fmt.Errorf("write in the file's encoding: %w", err)
	}
	return b, nil
}
