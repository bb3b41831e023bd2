package ask

import (
	"testing"

	"juzheng/evidence"
)

// What the person says of a row of their own accord changes that cell alone; what a
// row cannot have is not asked of it.
func TestOfRow(t *testing.T) {
	rows := []evidence.Incident{
		{ID: "T001", Kind: evidence.Call, Direction: evidence.In, Source: "E001:2"},
		{ID: "T002", Kind: evidence.SMS, Direction: evidence.Out, Source: "person"},
	}
	for _, c := range []struct {
		row, column, value string
		ok                 bool
	}{
		{"T001", ReachedColumn, "family", true},
		{"T001", DisclosedColumn, "no", true},
		{"T001", ReachableColumn, "yes", true},
		{"T001", AnnouncedColumn, "yes", true},
		{"T001", ToldByColumn, "", false}, // a file shows it
		{"T002", ToldByColumn, "前台，9月9日", true},
		{"T002", DisclosedColumn, "", false}, // the person's own message
		{"T002", AnnouncedColumn, "", false}, // no call
		{"T003", ReachedColumn, "", false},
		{"T001", "seconds", "", false},
	} {
		q, ok := OfRow(Record{Incidents: rows}, c.row, c.column)
		if ok != c.ok {
			t.Errorf("%s %s: %v", c.row, c.column, ok)
		}
		if !ok {
			continue
		}
		edits, err := q.Edits(c.value)
		if err != nil || len(edits) != 1 || edits[0] != (Edit{Row: c.row, Column: c.column, Value: c.value}) {
			t.Errorf("%s %s: %v, %v", c.row, c.column, edits, err)
		}
		if _, err := q.Edits("   "); err == nil {
			t.Errorf("%s %s takes nothing for an answer", c.row, c.column)
		}
	}
}
