package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
)

// What the program tells the person to look at is not printed in the book; what
// is wrong with a file is.
func TestNotesForThePersonStayOutOfTheBook(t *testing.T) {
	x := evidence.Exhibit{Number: "E001", Kind: evidence.CallLog, OriginalName: "详单.csv", File: "E001.csv"}
	for code, printed := range map[string]bool{"columns-guessed": false, "no-direction": false, "rows-unread": false,
		"same-event": false, evidence.NoteLeft: false, "broken-log": true, "damaged": true} {
		x.Notes = []evidence.Note{{Code: code, Detail: "一句话"}}
		found := false
		for _, f := range (paper{}).exhibitFields(x) {
			found = found || strings.Contains(f.Value, "一句话")
		}
		if found != printed {
			t.Errorf("%s: printed %v, want %v", code, found, printed)
		}
	}
}
