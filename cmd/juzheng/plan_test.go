package main

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/rule"
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
	for _, s := range plannedSteps(t, c, rows) {
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

func plannedDossier(c evidence.Case, rows []evidence.Incident) *dossier {
	exhibits := []evidence.Exhibit{{Number: "E001", Kind: evidence.Recording}}
	d := &dossier{kase: c, exhibits: exhibits, incidents: rows, now: time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing), folder: &folder.Folder{}}
	d.report = rule.Apply(c, rows, exhibits, rule.Options{Date: d.now})
	return d
}

func plannedSteps(t *testing.T, c evidence.Case, rows []evidence.Incident) []step {
	t.Helper()
	steps, err := plannedDossier(c, rows).route()
	if err != nil {
		t.Fatal(err)
	}
	return steps
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
		d := plannedDossier(c, rows)
		for _, to := range []string{"platform", "nifa", "regulator", "nfra-zhejiang"} {
			a, _, err := d.recipientNamed(to)
			if err != nil {
				t.Fatal(err)
			}
			p := d.plan(a)
			if n := len(p.Asserted) + len(p.Stated) + len(p.Left); n != len(d.report.Findings) || n == 0 {
				t.Errorf("%s to %s: %d of %d findings", who, to, n, len(d.report.Findings))
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
