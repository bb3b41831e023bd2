package logs

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"juzheng/evidence"
)

// A list whose letters were garbled is read where each letter can be brought back, on the
// lines on which it stands; where one cannot, no column of it is guessed at.
func TestGarbledLists(t *testing.T) {
	western := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			r := charmap.Windows1252.DecodeByte(c)
			if r == '\ufffd' {
				r = rune(c)
			}
			b.WriteRune(r)
		}
		return b.String()
	}
	lost := func(s string) string { return strings.ReplaceAll(western(s), "\u00bb", "?") }
	table := func(how func(string) string) [][]string {
		var out [][]string
		for _, row := range [][]string{{"客户姓名", "郭建业"}, {"序号", "通话起始时间", "通话方式", "对方号码", "通话时长", "费用(元)"},
			{"1", "2026-09-08 01:35:00", "被叫", "17090001122", "4分13秒", "0.00"},
			{"2", "2026-09-09 08:00:00", "主叫", "17090001133", "0分57秒", "0.10"},
			{"3", "2026-09-10 08:00:00", "被叫", "17090001133", "0分7秒", "0.00"}} {
			for n := range row {
				row[n] = how(row[n])
			}
			out = append(out, row)
		}
		return out
	}
	text := func(rows [][]string) []byte {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	plain := func(s string) string { return s }
	for _, c := range []struct {
		name    string
		data    []byte
		letters string
		rows    int
	}{
		{"text", text(table(western)), LettersMended, 3},
		{"workbook", workbookOf(t, table(western)), LettersMended, 3},
		{"text with letters lost", text(table(lost)), LettersGarbled, 0},
		{"workbook with letters lost", workbookOf(t, table(lost)), LettersGarbled, 0},
		{"text as it was written", text(table(plain)), LettersRead, 3},
		{"workbook as it was written", workbookOf(t, table(plain)), LettersRead, 3},
	} {
		size := int64(len(c.data))
		if got := Letters(bytes.NewReader(c.data), size); got != c.letters {
			t.Errorf("%s: letters %q", c.name, got)
		}
		form, ok := Recognise(bytes.NewReader(c.data), size)
		if ok != (c.rows > 0) || ok && form.Kind != evidence.CallLog {
			t.Errorf("%s: recognised as %q", c.name, form.Name)
		}
		if !ok {
			continue
		}
		var rows []Row
		if _, err := Read(bytes.NewReader(c.data), size, "", func(r Row) error {
			rows = append(rows, r)
			return nil
		}); err != nil || len(rows) != c.rows {
			t.Errorf("%s: %d rows, %v", c.name, len(rows), err)
			continue
		}
		first, second := rows[0].Incident, rows[1].Incident
		if rows[0].Line != 3 || first.Direction != evidence.In || first.Seconds != 253 || second.Seconds != 57 ||
			second.Direction != evidence.Out || second.Number != "17090001133" {
			t.Errorf("%s: %+v", c.name, rows[0])
		}
	}
}
