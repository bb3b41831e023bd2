package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/templates"
)

// Every term a record or a letter knows is said in English as well.
func TestTermsAreInBothLanguages(t *testing.T) {
	dir, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, r := range dir.All() {
		for _, x := range r.Terms {
			seen++
			if w := events[x.Event]; w.ZH != x.Event || w.EN == "" {
				t.Errorf("%s: the term %q has no words in English", r.Slug, x.Event)
			}
		}
	}
	c, rows := goldenCase(t, "borrower", evidence.Bank, "示例银行股份有限公司")
	d, at := onDisk(t, c, rows)
	checked, err := desk.Check(t.Context(), d, at)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range checked.Road {
		for _, x := range s.Terms {
			seen++
			if events[x.Event].EN == "" {
				t.Errorf("%s: the term %q has no words in English", s.Role, x.Event)
			}
		}
	}
	if seen < 70 {
		t.Errorf("only %d terms were looked at", seen)
	}
}

// onDisk writes a golden case into a folder, with an exhibit for each number
// its rows name.
func onDisk(t *testing.T, c evidence.Case, rows []evidence.Incident) (desk.Desk, string) {
	t.Helper()
	d := desk.Desk{Now: time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing), Tool: "test"}
	dir := filepath.Join(t.TempDir(), "case")
	c.Complainant.IDNumber = "" // a letter's may be invented, case.toml's is checked
	f, err := folder.Init(dir, c, d.Now, d.Tool)
	if err != nil {
		t.Fatal(err)
	}
	kinds := []evidence.ExhibitKind{evidence.Recording, evidence.Screenshot, evidence.CallLog, evidence.SMSLog,
		evidence.Document, evidence.Document}
	for n, kind := range kinds {
		path := filepath.Join(t.TempDir(), fmt.Sprint(n))
		if err := os.WriteFile(path, []byte(path), 0o600); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		src := folder.Source{Path: path, Below: "x", Info: info,
			Open: func() (io.ReadCloser, error) { return os.Open(path) }}
		if _, _, err := f.Admit(t.Context(), src, evidence.Exhibit{Kind: kind}, ".bin", d.Now); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := folder.WriteIncidents(&b, rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.Path(folder.TimelineFile), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return d, dir
}

// A plan tells every finding of the case once: as a fact, as the person's
// word, or as left out with a reason; and its fields are in FORMAT.md.
func TestPlanTellsAll(t *testing.T) {
	format, err := os.ReadFile("../../evidence/FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	row := ""
	for _, line := range strings.Split(string(format), "\n") {
		if strings.HasPrefix(line, "| `plan` |") || strings.HasPrefix(line, "| `step` |") {
			row += line
		}
	}
	documented := regexp.MustCompile(`[a-z_]+`).FindAllString(row, -1)
	for _, who := range []string{"borrower", "contact"} {
		c, rows := goldenCase(t, who, evidence.Bank, "示例银行股份有限公司")
		d, at := onDisk(t, c, rows)
		checked, err := desk.Check(t.Context(), d, at)
		if err != nil {
			t.Fatal(err)
		}
		for _, to := range []string{"platform", "nifa", "regulator", "nfra-zhejiang"} {
			r, err := desk.Plan(t.Context(), d, at, to)
			if err != nil {
				t.Fatal(err)
			}
			p := r.Plan
			if n := len(p.Asserted) + len(p.Stated) + len(p.Left); n != len(checked.Report.Findings) || n == 0 {
				t.Errorf("%s to %s: %d of %d findings", who, to, n, len(checked.Report.Findings))
			}
			for _, l := range p.Left {
				if l.Why == nil || l.Why.ZH == "" || l.Why.EN == "" {
					t.Errorf("%s to %s: no reason why %s stays out", who, to, l.Rule)
				}
			}
			if len(p.Requests) == 0 {
				t.Errorf("%s to %s: nothing is asked for", who, to)
			}
			var out bytes.Buffer
			if err := emit(&out, "plan", p); err != nil {
				t.Fatal(err)
			}
			var fields map[string]any
			if err := json.Unmarshal(out.Bytes(), &fields); err != nil {
				t.Fatal(err)
			}
			for k, v := range fields {
				if k != "type" && k != "schema" && !slices.Contains(documented, k) {
					t.Errorf("%s is not in FORMAT.md", k)
				}
				if v == nil {
					t.Errorf("%s to %s: %s is null", who, to, k)
				}
			}
		}
	}
}
