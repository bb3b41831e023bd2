package desk_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// Where a spreadsheet loses the column that says which line of which file a row is, the
// rows are still held against those lines: nothing more is asserted, and no less.
func TestSourceColumnIsGone(t *testing.T) {
	d, kase := demoCase(t)
	before, err := desk.Check(context.Background(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	at := filepath.Join(kase, "timeline.csv")
	data, err := os.ReadFile(at)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	write := func(edit func(rows [][]string)) {
		t.Helper()
		var b bytes.Buffer
		out := make([][]string, len(rows))
		for n, r := range rows {
			out[n] = slices.Clone(r)
		}
		edit(out)
		if err := csv.NewWriter(&b).WriteAll(out); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	source, when := slices.Index(rows[0], "来源"), slices.Index(rows[0], "时间")
	if source < 0 || when < 0 {
		t.Fatal(rows[0])
	}
	told := func(r evidence.Report) (out [][]string) {
		for _, f := range r.Findings {
			line := []string{f.Rule, string(f.Strength)}
			for _, i := range f.Incidents {
				line = append(line, i.ID, i.Time.At.String())
				line = append(line, i.Exhibits...)
			}
			out = append(out, line)
		}
		return out
	}
	write(func(rows [][]string) {
		for n := range rows {
			rows[n] = slices.Delete(rows[n], source, source+1)
		}
	})
	gone, err := desk.Check(context.Background(), d, kase)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(gone.Report), told(before.Report); !reflect.DeepEqual(got, want) {
		t.Errorf("without the column:\n%v\nwant\n%v", got, want)
	}
	if gone.Harm.Cells == 0 {
		t.Error("nobody is told of the column")
	}
	// and a row that lost its source, with another time, is of its file all the same
	var id string
	write(func(rows [][]string) {
		for _, r := range rows[1:] {
			if len(r[source]) > 5 && r[source][4] == ':' && len(r[when]) == len("2026-09-05T22:47:14+08:00") {
				id, r[source], r[when] = r[0], "", r[when][:11]+"23:59:01+08:00"
				return
			}
		}
	})
	moved, err := desk.Check(context.Background(), d, kase)
	if err != nil || id == "" {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(moved.Report.Doubts, func(d evidence.Doubt) bool {
		return d.Code == evidence.RowDiffers && d.Incident == id && d.Column == evidence.Text{ZH: "时间", EN: "time"}
	}) {
		t.Errorf("%s is not held against its file", id)
	}
}
