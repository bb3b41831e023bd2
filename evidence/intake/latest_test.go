package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// Of a log with more rows than are taken those of the latest times are read, wherever
// they stand in it; the person is told how many are not, and they are not taken for
// rows that somebody deleted. What is added later still finds room.
func TestLatestOfVeryManyRows(t *testing.T) {
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, evidence.Beijing)
	csv := func(days ...int) []byte {
		b := "对方号码,呼叫类型,起始时间,通话时长\n"
		for n, day := range days {
			b += fmt.Sprintf("1390000%04d,呼入,%s,65\n", n, start.AddDate(0, 0, day).Format(time.DateTime))
		}
		return []byte(b)
	}
	for _, row := range []struct {
		name string
		days []int
		want []int // rows that are read, in the order of time
	}{
		{"as many as there is room for", []int{0, 1, 2, 3}, []int{0, 1, 2, 3}},
		{"the latest at the end", []int{0, 1, 2, 3, 4, 5, 6}, []int{3, 4, 5, 6}},
		{"the latest at the beginning", []int{6, 5, 4, 3, 2, 1, 0}, []int{3, 2, 1, 0}},
		{"mixed", []int{3, 9, 1, 8, 2, 7, 0}, []int{0, 5, 3, 1}},
		{"several of the first moment", []int{5, 5, 5, 9, 8, 1}, []int{0, 1, 4, 3}},
		{"all of one moment", []int{4, 4, 4, 4, 4, 4}, []int{0, 1, 2, 3}},
	} {
		t.Run(row.name, func(t *testing.T) {
			f, dir := newCase(t), t.TempDir()
			put(t, dir, "通话详单.csv", csv(row.days...))
			opt := Options{Now: testNow, rows: 8} // one log takes half
			s, err := Add(context.Background(), f, []string{dir}, opt)
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for _, i := range s.Incidents {
				var n int
				fmt.Sscanf(i.Number, "1390000%d", &n)
				got = append(got, n)
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("rows %v, want %v", got, row.want)
			}
			told := slices.ContainsFunc(s.Unread, func(u UnreadLog) bool {
				return u.Code == NoteEarlier && strings.Contains(u.Detail, fmt.Sprintf("里面有 %d 行", len(row.days)))
			})
			if told != (len(row.days) > 4) {
				t.Errorf("unread: %+v", s.Unread)
			}
			rows, err := f.Timeline()
			if err != nil {
				t.Fatal(err)
			}
			if got := deletedOf(t, f, rows); len(got) > 0 {
				t.Errorf("taken for deleted: %v", got)
			}
			if got := deletedOf(t, f, rows[1:]); len(got) != 1 {
				t.Errorf("a row that was deleted: %v", got)
			}
			next := t.TempDir()
			put(t, next, "另一份.csv", csv(20, 21))
			s, err = Add(context.Background(), f, []string{next}, opt)
			if err != nil || len(s.Incidents) != 2 {
				t.Errorf("%d rows of another log, error %v", len(s.Incidents), err)
			}
		})
	}
}
