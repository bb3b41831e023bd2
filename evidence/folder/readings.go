package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// ReadingsFile holds what programs read off exhibits. It is an aid to find
// places worth reading and no part of a bundle.
const ReadingsFile = "readings.jsonl"

// Readings returns what was read, the last reading of each exhibit, in the
// order of their numbers. A last line that a crash cut short is left out.
func (f *Folder) Readings() ([]evidence.Reading, error) {
	data, err := os.ReadFile(f.Path(ReadingsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read readings: %w", err)
	}
	return parseReadings(data)
}

func parseReadings(data []byte) ([]evidence.Reading, error) {
	var out []evidence.Reading
	for n := 1; len(data) > 0; n++ {
		line, rest, whole := bytes.Cut(data, []byte("\n"))
		if !whole {
			break
		}
		data = rest
		var r evidence.Reading
		if err := json.Unmarshal(line, &r); err != nil || !exhibitForm.MatchString(r.Exhibit) {
			return nil, damagedLine(ReadingsFile, n)
		}
		if i := slices.IndexFunc(out, func(o evidence.Reading) bool { return o.Exhibit == r.Exhibit }); i >= 0 {
			out[i] = r
		} else {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b evidence.Reading) int {
		return evidence.CompareNumbers(a.Exhibit, b.Exhibit)
	})
	return out, nil
}

// AddReading appends a reading.
func (f *Folder) AddReading(r evidence.Reading) error {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return fmt.Errorf("readings: %w", err)
	}
	if _, err := appendLine(f.Path(ReadingsFile), line.Bytes()); err != nil {
		return fmt.Errorf("write readings: %w", err)
	}
	return nil
}

// ErrNothingToFill reports that no row is waiting for the words of an exhibit.
var ErrNothingToFill = errors.New("no row names the exhibit and has nothing under what the file shows")

// AcceptReading puts words that a person has compared with an exhibit into
// the rows that name it and say nothing yet under 材料显示的内容, and returns the ids
// of those rows. Every other row stays as it is, byte for byte. The error is
// [ErrNothingToFill] if there is no such row.
func (f *Folder) AcceptReading(exhibit, words string, now time.Time) ([]string, error) {
	data, err := f.readTimeline()
	if err != nil {
		return nil, err
	}
	out, ids, err := rewriteRows(data, "what the file shows", showing(exhibit, words))
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("%s: %w", exhibit, ErrNothingToFill)
	}
	if err := f.PutTimeline(out); err != nil {
		return nil, err
	}
	return ids, f.Note("note", fmt.Sprintf("accepted-reading %s rows %s", exhibit, strings.Join(ids, " ")), now)
}

// showing gives its words to a row that names the exhibit and shows nothing.
func showing(exhibit, words string) func(evidence.Incident) (evidence.Incident, bool) {
	return func(i evidence.Incident) (evidence.Incident, bool) {
		if i.Shown != "" || !slices.Contains(i.Exhibits, exhibit) {
			return i, false
		}
		i.Shown = words
		return i, true
	}
}
