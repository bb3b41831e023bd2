package folder

import (
	"os"
	"testing"
	"time"

	"juzheng/evidence"
)

// A cell emptied by hand is known, with what stood there, until it is filled again; what
// the program empties itself was not lost, and neither was a cell never filled.
func TestBlankedCells(t *testing.T) {
	f := newFolder(t)
	const head = "编号,时间,方式,本人陈述,认为属于,来源\n"
	const other = "T002,2026-09-17 11:00,电话,,,person\n"
	put := func(text string) {
		t.Helper()
		if err := os.WriteFile(f.Path(TimelineFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct{ name, table, want string }{
		{"the first", head + "T001,2026-09-17 10:00,短信,我写的,V06,E001:2\n" + other, ""},
		{"the person's", head + "T001,2026-09-17 10:00,短信,,V06,E001:2\n" + other, "T001 本人陈述 我写的"},
		{"another beside it", head + "T001,2026-09-17 10:00,短信,,,E001:2\n" + other, "T001 本人陈述 我写的; T001 认为属于 V06"},
		{"filled again, otherwise", head + "T001,2026-09-17 10:00,短信,新的,,E001:2\n" + other, "T001 认为属于 V06"},
		{"a column taken away", "编号,时间,方式,认为属于,来源\nT001,2026-09-17 10:00,短信,,E001:2\n" + "T002,2026-09-17 11:00,电话,,person\n",
			"T001 本人陈述 新的; T001 认为属于 V06"},
		{"the kind of a row of a file", head + "T001,2026-09-17 10:00,,新的,V06,E001:2\n" + other, "T001 方式 短信 m"},
		{"its file", head + "T001,2026-09-17 10:00,短信,新的,V06,\n" + other, "T001 来源 E001:2 m"},
		{"the row gone", head + other, ""},
	} {
		put(step.table)
		for _, when := range []string{"before", "after"} { // it is seen
			cells, err := f.BlankedCells()
			got := ""
			for _, c := range cells {
				if got != "" {
					got += "; "
				}
				got += c.Row + " " + c.Head().ZH + " " + c.Was
				if c.Machine() {
					got += " m"
				}
			}
			if err != nil || got != step.want {
				t.Errorf("%s, %s it is seen: %q, %v, want %q", step.name, when, got, err, step.want)
			}
			if err := f.SeeTimeline(); err != nil {
				t.Fatal(err)
			}
		}
	}
	put(head + "T001,2026-09-17 10:00,短信,我写的,V06,E001:2\n")
	if err := f.SeeTimeline(); err != nil {
		t.Fatal(err)
	}
	if err := f.PutTimeline([]byte(head + "T001,2026-09-17 10:00,短信,我写的,,E001:2\n")); err != nil {
		t.Fatal(err)
	}
	if cells, err := f.BlankedCells(); err != nil || len(cells) > 0 {
		t.Errorf("taken out by the program: %v, %v", cells, err)
	}
	put(head + "T001,2026-09-17 10:00,短信,,,E001:2\n")
	cells, err := f.BlankedCells()
	if err != nil || len(cells) != 1 {
		t.Fatalf("%v, %v", cells, err)
	}
	if _, err := f.PutBackCells(cells, time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	if rows, err := f.Timeline(); err != nil || rows[0].Words != "我写的" {
		t.Errorf("put back: %+v, %v", rows, err)
	}
	if rows := WithCells([]evidence.Incident{{ID: "T001"}}, cells); rows[0].Words != "我写的" {
		t.Errorf("as they were: %+v", rows)
	}
}
