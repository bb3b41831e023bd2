package intake

import (
	"context"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/doubt"
	"juzheng/evidence/folder"
)

// Very many lines of a log that say the same are one event whose row names the first
// of them; the person is told, progress goes on to its end, and the lines that no row
// names are not taken for rows that somebody deleted.
func TestVeryManyEqualRows(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	line := "13900000001,呼入,2026-09-16 10:02:11,65\n"
	put(t, dir, "通话详单.csv", []byte("对方号码,呼叫类型,起始时间,通话时长\n"+strings.Repeat(line, mostEqual+30)+
		"13900000001,呼入,2026-09-16 10:05:11,65\n"))
	var told []int64
	s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow, Progress: func(done, total int64) {
		told = append(told, done*100/total)
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Incidents) != 2 {
		t.Fatalf("%d rows of two calls", len(s.Incidents))
	}
	if n := len(strings.Fields(s.Incidents[0].Source)); n != mostEqual {
		t.Errorf("its row names %d places, want %d", n, mostEqual)
	}
	if !slices.ContainsFunc(s.Remarks, func(u UnreadLog) bool {
		return u.Code == NoteEqualRows && strings.Contains(u.Detail, "有 30 行")
	}) {
		t.Errorf("remarks: %+v", s.Remarks)
	}
	if !slices.IsSorted(told) || told[len(told)-1] != 100 || !slices.ContainsFunc(told, func(n int64) bool {
		return n >= 80 && n < 100
	}) {
		t.Errorf("progress: %v", told)
	}
	d, err := Differences(f, nil)
	if err != nil {
		t.Fatal(err)
	}
	if all := d.Of(nil); len(all) > 0 {
		t.Errorf("differences: %+v", all)
	}
	// A line that says something else is missed still.
	rows, err := f.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	rows = slices.DeleteFunc(rows, func(i evidence.Incident) bool { return i.ID == s.Incidents[1].ID })
	if got := deletedOf(t, f, rows); len(got) != 1 || !strings.HasSuffix(got[0], ":52") {
		t.Errorf("deleted: %v", got)
	}
}

// deletedOf are the places of lines that no row of a timeline shows.
func deletedOf(t *testing.T, f *folder.Folder, rows []evidence.Incident) (out []string) {
	t.Helper()
	register, err := f.Register()
	if err != nil {
		t.Fatal(err)
	}
	_, doubts := doubt.Hold(rows, Reread(f, register.Exhibits, nil))
	for _, d := range doubts {
		if d.Code == evidence.RowDeleted {
			out = append(out, d.Says[0].Source)
		}
	}
	return out
}
