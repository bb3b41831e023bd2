package evidence

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// ReadingsFile holds what programs read off exhibits. It is an aid to find
// places worth reading and no part of a bundle.
const ReadingsFile = "readings.jsonl"

// A Reading 机器识别 is the text that a program read off a picture or heard in a
// recording. It is unchecked: no letter says any of it until a person has
// compared it with the exhibit and accepted it.
type Reading struct {
	Exhibit  string    `json:"exhibit"`
	SHA256   string    `json:"sha256"` // of the exhibit as it was read
	Tool     string    `json:"tool"`   // program, version and settings
	Text     string    `json:"text"`
	Other    string    `json:"other,omitempty"` // a second reading of the same exhibit, searched as well
	Made     time.Time `json:"made"`
	Accepted time.Time `json:"accepted,omitzero"` // when a person said that they had compared it; zero: nobody did
}

// Readings returns what was read, the last reading of each exhibit, in the
// order of their numbers. A last line that a crash cut short is left out.
func (f *Folder) Readings() ([]Reading, error) {
	data, err := os.ReadFile(f.Path(ReadingsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read readings: %w", err)
	}
	return parseReadings(data)
}

func parseReadings(data []byte) ([]Reading, error) {
	var out []Reading
	for n := 1; len(data) > 0; n++ {
		line, rest, whole := bytes.Cut(data, []byte("\n"))
		if !whole {
			break
		}
		data = rest
		var r Reading
		if err := json.Unmarshal(line, &r); err != nil || !exhibitForm.MatchString(r.Exhibit) {
			return nil, LineErrors{{File: ReadingsFile, Line: n,
				Found:  Text{"读不懂的一行", "a damaged line"},
				Wanted: Text{"程序写下的识别结果；可以删去这个文件，再运行 juzheng read 重新识别", "a reading as the program wrote it; delete the file and run juzheng read again"}}}
		}
		if i := slices.IndexFunc(out, func(o Reading) bool { return o.Exhibit == r.Exhibit }); i >= 0 {
			out[i] = r
		} else {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b Reading) int {
		return cmp.Or(len(a.Exhibit)-len(b.Exhibit), strings.Compare(a.Exhibit, b.Exhibit))
	})
	return out, nil
}

// AddReading appends a reading.
func (f *Folder) AddReading(r Reading) error {
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
	path := f.Path(TimelineFile)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read timeline: %w", err)
	}
	out, ids, err := fillShown(data, exhibit, words)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("%s: %w", exhibit, ErrNothingToFill)
	}
	if err := replaceFile(path, out, 0o600); err != nil {
		return nil, fmt.Errorf("write timeline: %w", err)
	}
	return ids, f.Note("note", fmt.Sprintf("accepted-reading %s rows %s", exhibit, strings.Join(ids, " ")), now)
}

// fillShown rewrites the records of timeline.csv that name an exhibit and
// show nothing yet.
func fillShown(data []byte, exhibit, words string) (out []byte, ids []string, err error) {
	if _, err := ParseTimeline(TimelineFile, data); err != nil {
		return nil, nil, err
	}
	s, err := DecodeText(data)
	if err != nil {
		return nil, nil, err
	}
	mark := ""
	if rest, ok := strings.CutPrefix(s, "\ufeff"); ok {
		s, mark = rest, "\ufeff"
	} else if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) || bytes.HasPrefix(data, []byte("\xff\xfe")) {
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
	shown := slices.IndexFunc(cols, func(c *column) bool { return c != nil && c.en == "what the file shows" })
	if shown < 0 {
		return nil, nil, LineErrors{{File: TimelineFile, Line: 1, Found: Text{"没有“材料显示的内容”这一列", "no column for what the file shows"},
			Wanted: Text{"列 材料显示的内容", "a column what the file shows"}}}
	}
	var b strings.Builder
	b.WriteString(mark)
	b.WriteString(s[:r.InputOffset()])
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
		if strings.Join(row, "") == "" || i.Shown != "" || !slices.Contains(i.Exhibits, exhibit) {
			b.WriteString(raw)
			continue
		}
		ids = append(ids, numberRows([]Incident{i})[0].ID)
		for len(row) <= shown {
			row = append(row, "")
		}
		row[shown] = guard(words)
		c := csv.NewWriter(&b)
		c.Comma, c.UseCRLF = r.Comma, true
		c.Write(row)
		if c.Flush(); c.Error() != nil {
			return nil, nil, c.Error()
		}
	}
	encoded, err := encodeLike(data, b.String())
	return encoded, ids, err
}
