package intake

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"juzheng/evidence"
)

// What letters need of a log is an exhibit of its own; a log of the collector's
// rows alone is left as it is, and so is one whose rows share a line.
func TestExtract(t *testing.T) {
	head := "<?xml version='1.0' encoding='UTF-8' ?>\n<calls count=\"3\">\n"
	call := func(number, ms string) string {
		return `  <call number="` + number + `" duration="20" date="` + ms + `" type="1" />` + "\n"
	}
	mixed := head + call("19900000311", "1789698606000") + call("19900000777", "1789785006000") +
		call("19900000312", "1789871406000") + "</calls>\n"
	alone := head + call("19900000311", "1789698606000") + "</calls>\n"
	line := strings.ReplaceAll(mixed, "\n", " ")
	for _, row := range []struct {
		name, log, lines, want string
	}{
		{"others in it", mixed, "3", call("19900000311", "1789698606000")},
		{"the collector's alone", alone, "", ""},
		{"all on one line", line, "1#1",
			strings.TrimSpace(call("19900000311", "1789698606000")) + "   \n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			f, dir := newCase(t), t.TempDir()
			put(t, dir, "calls.xml", []byte(row.log))
			if _, err := Add(t.Context(), f, []string{dir}, Options{Now: testNow}); err != nil {
				t.Fatal(err)
			}
			rows, err := f.Timeline()
			if err != nil || len(rows) == 0 {
				t.Fatal(rows, err)
			}
			c := evidence.Case{Numbers: []evidence.Number{{Number: "19900000311", Side: evidence.CollectorSide}}}
			changed, err := Extract(t.Context(), f, c, rows[:1], nil, testNow)
			if err != nil || changed != (row.lines != "") {
				t.Fatalf("changed %v, %v", changed, err)
			}
			register, err := f.Register()
			if err != nil {
				t.Fatal(err)
			}
			x := register.Exhibits[len(register.Exhibits)-1]
			if row.lines == "" {
				if len(register.Exhibits) != 1 {
					t.Errorf("made %+v", x)
				}
				return
			}
			if x.Extract == nil || *x.Extract != (evidence.Extraction{Of: "E001", Lines: row.lines}) {
				t.Errorf("%+v", x)
			}
			if got, err := os.ReadFile(f.Path("exhibits", x.File)); err != nil || !bytes.Equal(got, []byte(row.want)) {
				t.Errorf("%q, %v", got, err)
			}
			// Nothing more to do; then other rows are wanted, and the first again.
			if changed, err := Extract(t.Context(), f, c, rows[:1], nil, testNow); err != nil || changed {
				t.Errorf("made again: %v", err)
			}
			c.Numbers = append(c.Numbers, evidence.Number{Number: "19900000312", Side: evidence.CollectorSide})
			for _, want := range []string{"E003", "E002"} {
				if changed, err := Extract(t.Context(), f, c, rows[:1], nil, testNow); err != nil || !changed {
					t.Fatal(changed, err)
				}
				left, err := f.LeftOut()
				if err != nil || left[want] || len(left) != 1 {
					t.Errorf("left out are %v, %v; want all but %s", left, err, want)
				}
				c.Numbers = c.Numbers[:1]
			}
		})
	}
}
