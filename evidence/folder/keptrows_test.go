package folder

import (
	"os"
	"path/filepath"
	"testing"

	"juzheng/evidence"
)

// Of a row that several copies have the newest counts; rows of the person are none of a
// file's. What came back stands once.
func TestKeptRows(t *testing.T) {
	f := newFolder(t)
	put := func(at, words string) {
		path := f.Path(filepath.FromSlash(at))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		text := "编号,时间,方式,本人陈述,来源\n" + "T007,2026-09-17 10:00,电话," + words + ",E001:2 E002:9\n" +
			"T008,2026-09-17 10:00,电话,,person\n"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("superseded/older/bundle/timeline.csv", "旧")
	put("bundle/timeline.csv", "新")
	kept, err := f.KeptRows(asTheyStand)
	if err != nil || len(kept) != 2 {
		t.Fatalf("%v, %v", kept, err)
	}
	for _, place := range []string{"E001:2", "E002:9"} {
		if k := kept[place]; k.ID != "T007" || k.Words != "新" || k.From != "bundle/timeline.csv" {
			t.Errorf("%s: %+v", place, k)
		}
	}
	row := kept["E001:2"].Incident
	for _, want := range []int{1, 0} {
		if ids, err := f.PutBackIncidents([]evidence.Incident{row}, testNow); err != nil || len(ids) != want {
			t.Errorf("%v, %v, want %d", ids, err, want)
		}
	}
	rows, err := f.Timeline()
	if err != nil || len(rows) != 1 || rows[0].ID != "T007" || rows[0].Words != "新" {
		t.Errorf("%+v, %v", rows, err)
	}
}

// asTheyStand leaves the places of rows as a copy has them.
func asTheyStand(rows []evidence.Incident) []evidence.Incident { return rows }
