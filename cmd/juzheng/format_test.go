package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// What check --json writes is what evidence/FORMAT.md says of it, field by
// field: nothing undocumented, and of findings and steps nothing documented
// that is never written.
func TestCheckJSONIsDocumented(t *testing.T) {
	format, err := os.ReadFile("../../evidence/FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string][]string{} // type -> words of its row
	word := regexp.MustCompile(`[a-z_]+`)
	for _, line := range strings.Split(string(format), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		for _, c := range []string{"check", "all"} {
			if fields := strings.TrimSpace(cells[2]); fields == c || strings.HasPrefix(fields, c+",") {
				for _, k := range regexp.MustCompile("`([a-z]+)`").FindAllStringSubmatch(cells[1], -1) {
					documented[k[1]] = append(documented[k[1]], word.FindAllString(cells[3], -1)...)
				}
			}
		}
	}
	written := map[string]map[string]bool{}
	nested := map[string]map[string]bool{} // of objects in a finding, by its key
	for _, kase := range []string{"borrower", "lawful"} {
		c, rows := goldenCase(t, "borrower", evidence.Bank, "示例银行股份有限公司")
		c.Loan.Exhibits, c.Loan.Received = []string{"E006"}, "9000"
		c.Filings = nil
		if kase == "lawful" {
			rows = rows[4:6]
			c.Loan.Received = ""
		}
		d, at := onDisk(t, c, rows)
		if kase == "lawful" { // what files show besides has nothing to do with it
			a, err := desk.Ask(t.Context(), d, at)
			for _, q := range a.Questions {
				if err == nil && len(q.Choices) > 0 {
					no := q.Choices[len(q.Choices)-1].Value
					_, err = desk.Answer(t.Context(), d, at, []desk.Reply{{Question: q.ID, Value: no}})
				}
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		r, err := desk.Check(t.Context(), d, at)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := (&env{stdout: &out}).emitLines(r.Lines(), at); err != nil {
			t.Fatal(err)
		}
		for dec := json.NewDecoder(&out); dec.More(); {
			var m map[string]any
			if err := dec.Decode(&m); err != nil {
				t.Fatal(err)
			}
			of := m["type"].(string)
			if written[of] == nil {
				written[of] = map[string]bool{}
			}
			for k, v := range m {
				written[of][k] = true
				list, _ := v.([]any)
				if one, ok := v.(map[string]any); ok {
					list = []any{one}
				}
				for _, x := range list {
					if fields, ok := x.(map[string]any); ok && of != "offer" {
						if nested[k] == nil {
							nested[k] = map[string]bool{}
						}
						for f := range fields {
							nested[k][f] = true
						}
					}
				}
			}
		}
	}
	for _, of := range []string{"finding", "step", "lawful", "remark", "problem", "summary", "offer"} {
		if len(written[of]) == 0 {
			t.Errorf("no %s was written; the case of this test wants more", of)
		}
		if of == "summary" {
			continue // counts, as its row says
		}
		for _, k := range slices.Sorted(maps.Keys(written[of])) {
			if k != "type" && k != "schema" && !slices.Contains(documented[of], k) {
				t.Errorf("%s: %s is written and not documented (%v)", of, k, documented[of])
			}
		}
	}
	for _, of := range []string{"finding", "step"} {
		row := documented[of]
		if n := slices.Index(row, "whom"); n >= 0 {
			row = row[:n] // what follows is prose
		}
		for _, k := range row {
			if !written[of][k] {
				t.Errorf("%s: %s is documented and never written (%v)", of, k, slices.Sorted(maps.Keys(written[of])))
			}
		}
	}
	// The objects inside, described below the table.
	text := string(format)
	for _, k := range []string{"citations", "police", "counts", "cost", "terms"} {
		for _, f := range slices.Sorted(maps.Keys(nested[k])) {
			if !regexp.MustCompile(`\b` + f + `\b`).MatchString(text) {
				t.Errorf("%s of %s is not documented", f, k)
			}
			if f != strings.ToLower(f) {
				t.Errorf("%s of %s has capitals", f, k)
			}
		}
		if len(nested[k]) == 0 {
			t.Errorf("no %s were written", k)
		}
	}
}

// The tables of kinds, of notes and of unusable files are those of the program,
// line by line; a line of prose fits a terminal.
func TestFormatTables(t *testing.T) {
	format, err := os.ReadFile("../../evidence/FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, b := range evidence.Breaches() {
		want[fmt.Sprintf("| %s | %s | %s |", b, b.Title().ZH, b.Title().EN)] = true
	}
	for code, words := range noteWords {
		want[fmt.Sprintf("| `%s` | %s |", code, words)] = true
	}
	kind := regexp.MustCompile(`^\| V\d`)
	for n, line := range strings.Split(string(format), "\n") {
		if kind.MatchString(line) && !want[line] {
			t.Errorf("FORMAT.md:%d: no such kind: %s", n+1, line)
		}
		if !strings.HasPrefix(line, "|") && utf8.RuneCountInString(line) > 120 {
			t.Errorf("FORMAT.md:%d: %d columns", n+1, utf8.RuneCountInString(line))
		}
		delete(want, line)
	}
	for _, line := range slices.Sorted(maps.Keys(want)) {
		t.Errorf("FORMAT.md lacks the line %s", line)
	}
}
