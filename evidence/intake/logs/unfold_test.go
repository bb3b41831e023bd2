package logs

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Rows of a log that another program saved on one line are taken all the same: each as it
// stands there, on a line of its own, by its place on the line.
func TestExtractOfOneLine(t *testing.T) {
	xml := strings.ReplaceAll(backup, "\n", "")
	cut := strings.Replace(backup, "?>\n<smses count=\"4\">\n", "?><smses count=\"4\">", 1) // some lines have their ends
	const message = `{"address":"%s","date":%d,"type":1,"body":"%s","parts":[{"text":"a{b"},{"text":"]"}]}`
	json := `[` + fmt.Sprintf(message, "19900000311", 1789698606000, `还钱\"}],{`) + "," +
		fmt.Sprintf(message, "19900000777", 1789785006000, "周末打球吗") + "," +
		fmt.Sprintf(message, "19900000311", 1789957806000, "今天还") + `]`
	for _, c := range []struct {
		name, log, number string
		lines             string
		rows              int
	}{
		{"a backup", xml, "19900000311", "1#1,1#3,1#5", 3},
		{"one of it", xml, "19900000777", "1#2", 1},
		{"some on lines", cut, "19900000311", "1,3-5,7", 3},
		{"as JSON", json, "19900000311", "1,3", 2},
		{"one of it as JSON", json, "19900000777", "2", 1},
	} {
		var want []string // what the file has of the rows
		x, err := Extract(strings.NewReader(c.log), int64(len(c.log)), "log",
			func(r Row) bool { return r.Incident.Number == c.number })
		if err != nil || x.Rows != c.rows || !x.More {
			t.Errorf("%s: %d rows, more %t, %v", c.name, x.Rows, x.More, err)
			continue
		}
		if x.Lines != c.lines {
			t.Errorf("%s: lines %s, want %s\n%s", c.name, x.Lines, c.lines, x.Data)
		}
		for _, line := range strings.Split(strings.TrimRight(string(x.Data), "\n"), "\n") {
			want = append(want, line)
			if !strings.Contains(c.log, line) {
				t.Errorf("%s: not as it stands there: %s", c.name, line)
			}
		}
		if s := string(x.Data); strings.Count(s, c.number) != c.rows || len(want) < c.rows {
			t.Errorf("%s:\n%s", c.name, s)
		}
		if strings.Contains(x.Lines, "#") { // who has both holds one against the other
			log, size := strings.NewReader(c.log), int64(len(c.log))
			for n, held := range []struct {
				data   []byte
				differ int
			}{{x.Data, 0}, {x.Data[1:], 1}, {append(slices.Clone(x.Data), "<sms/>"...), 1},
				{bytes.Replace(x.Data, []byte("19900000"), []byte("19900001"), 1), 1}} {
				if differ, _, err := Hold(log, size, "log", held.data, x.Lines); err != nil || len(differ) != held.differ {
					t.Errorf("%s, %d: %q, %v", c.name, n, differ, err)
				}
			}
		}
		for _, other := range []string{"19900000311", "19900000777", "19900000778"} {
			if other != c.number && strings.Contains(string(x.Data), other) {
				t.Errorf("%s holds %s:\n%s", c.name, other, x.Data)
			}
		}
	}
}
