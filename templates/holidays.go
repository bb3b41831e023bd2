package templates

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"
)

// A HolidayYear is the State Council's schedule of one year (国务院办公厅关于
// 某年部分节假日安排的通知): which days are off, and which weekend days are worked in
// exchange. It is announced toward the end of the year before, so a year to
// come has no table.
type HolidayYear struct {
	Year      int         `json:"year"`
	Notice    string      `json:"notice"`
	Document  string      `json:"document"`   // its number; empty: not checked, not printed
	Rest      [][2]string `json:"rest"`       // first and last day off, yyyy-mm-dd
	Work      []string    `json:"work"`       // weekend days worked
	Checked   string      `json:"checked"`    // as of citations: VT text read …
	Source    string      `json:"source"`     // where it was read
	CheckedOn string      `json:"checked_on"` // yyyy-mm-dd
}

//go:embed holidays.json
var holidaysJSON []byte

// Holidays returns the schedules on record, by year. An error is a fault in
// the data.
var Holidays = sync.OnceValues(func() ([]HolidayYear, error) {
	var all []HolidayYear
	dec := json.NewDecoder(bytes.NewReader(holidaysJSON))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&all); err != nil {
		return nil, fmt.Errorf("holidays.json: %w", err)
	}
	return all, nil
})

// Workday reports whether work is done on the day t, by t's own calendar.
// Without a schedule for its year known is false, and only weekends count as
// days off.
func Workday(t time.Time) (work, known bool) {
	all, _ := Holidays() // faults of the data are found by the tests
	i := slices.IndexFunc(all, func(y HolidayYear) bool { return y.Year == t.Year() })
	if i < 0 {
		return !weekend(t), false
	}
	day := t.Format(time.DateOnly)
	if slices.Contains(all[i].Work, day) {
		return true, true
	}
	off := slices.ContainsFunc(all[i].Rest, func(span [2]string) bool { return span[0] <= day && day <= span[1] })
	return !off && !weekend(t), true
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }
