package logs

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// An extract is held against its log by the reader that took it: a changed
// cell, a row that is not there, a row too many are named; the time before the
// cells, which is no cell, is told apart.
func TestHold(t *testing.T) {
	book, err := os.ReadFile("testdata/few.ods")
	if err != nil {
		t.Fatal(err)
	}
	entries := `[{"address":"19900000311","body":"还钱","date":"1789698606000","type":"1"},` +
		`{"address":"19900000777","body":"周末打球吗","date":"1789785006000","type":"1"},` +
		`{"address":"19900000311","body":"今天还","date":"1789957806000","type":"1"}]`
	card := func(number, words string) string {
		return "BEGIN:VMSG\r\nX-IRMC-BOX:INBOX\r\nBEGIN:VCARD\r\nTEL:" + number + "\r\nEND:VCARD\r\nBEGIN:VENV\r\n" +
			"BEGIN:VBODY\r\nDate:2026-09-20 10:15:00\r\n" + words + "\r\nEND:VBODY\r\nEND:VENV\r\nEND:VMSG\r\n"
	}
	cards := card("19900000311", "还钱") + card("19900000777", "打球吗") + card("19900000311", "今天还")
	for _, row := range []struct {
		name, log     string
		number        string
		rows          string // instead of those that were taken
		was, is, more string // a change of the extract
		differ, timed []string
		err           error
	}{
		{name: "sheets as taken", log: string(book)},
		{name: "a cell", log: string(book), was: "主叫", is: "被叫", differ: []string{"1!4"}},
		{name: "the time", log: string(book), was: "1!4,20", is: "1!4,19", timed: []string{"1!4"}},
		{name: "a row too many", log: string(book), was: "1!4,", is: "1!9,x\n1!4,", differ: []string{""}},
		{name: "a row that is not there", log: string(book), rows: "1!4,9!9", differ: []string{"9!9"}},
		{name: "no table any more", log: "PK", rows: "1!2", err: ErrLog},
		{name: "entries as taken", log: entries, number: "19900000311"},
		{name: "an entry", log: entries, number: "19900000311", was: "今天还", is: "今天死", differ: []string{"3"}},
		{name: "an entry too many", log: entries, number: "19900000311", more: "{}\n",
			differ: []string{""}},
		{name: "an entry of somebody else", log: entries, number: "19900000311", rows: "1,2", differ: []string{"2"}},
		{name: "an entry that is not there", log: entries, number: "19900000311", rows: "1,3,7",
			differ: []string{"7"}},
		{name: "cards as taken", log: cards, number: "19900000311", rows: "1,25"},
		{name: "a card", log: cards, number: "19900000311", was: "今天还", is: "今天死", differ: []string{"25"}},
		{name: "no list any more", log: "hello", rows: "1", err: ErrLog},
	} {
		t.Run(row.name, func(t *testing.T) {
			log := strings.NewReader(row.log)
			first := ""
			taken, err := Extract(log, log.Size(), "log", func(r Row) bool {
				if first == "" {
					first = placeOf(r.Sheet, r.Line)
				}
				return row.number == "" && placeOf(r.Sheet, r.Line) == first || r.Incident.Number == row.number
			})
			if err != nil && row.err == nil {
				t.Fatal(err)
			}
			if row.rows == "" {
				row.rows = taken.Lines
			}
			if row.was != "" && !bytes.Contains(taken.Data, []byte(row.was)) {
				t.Fatalf("the extract has no %q:\n%s", row.was, taken.Data)
			}
			data := bytes.Replace(taken.Data, []byte(row.was), []byte(row.is), 1)
			data = append(data, row.more...)
			differ, timed, err := Hold(log, log.Size(), "log", data, row.rows)
			if !slices.Equal(differ, row.differ) || !slices.Equal(timed, row.timed) || !errors.Is(err, row.err) {
				t.Errorf("differ %q, timed %q, %v\n%s of %s", differ, timed, err, row.rows, data)
			}
		})
	}
}
