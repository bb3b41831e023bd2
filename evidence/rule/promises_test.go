package rule

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// Whatever the rows, a report keeps the promises of the law file.
func TestPromises(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	edits := []func(*evidence.Incident){deviceClock, missed, outgoing, noExhibit, third, told, shown, words, unused,
		private,
		stranger, guarantor, refused,
		could, couldNot, untrue, genuine, kindIs(evidence.SMS), kindIs(evidence.Post), kindIs(evidence.Visit),
		kindIs(evidence.Other), shown, words}
	for _, b := range evidence.Breaches() {
		edits = append(edits, claims(b))
	}
	for round := range 400 {
		c := testCase()
		c.Lender.Licence = evidence.Licences[r.IntN(len(evidence.Licences))]
		if r.IntN(4) == 0 {
			c.Complainant.Kind = evidence.Contact
		}
		var rows []evidence.Incident
		for range r.IntN(30) {
			at := time.Date(2020, 6, 1, 0, 0, 0, 0,
				evidence.Beijing).Add(time.Duration(r.IntN(2400*24*60)) * time.Minute)
			i := row(at.Format(time.DateTime))
			for range r.IntN(6) {
				edits[r.IntN(len(edits))](&i)
			}
			rows = append(rows, i)
		}
		report := Apply(c, rows, nil, Options{Date: filing})
		if again := Apply(c, rows, nil, Options{Date: filing}); toJSON(again) != toJSON(report) {
			t.Fatal("the same case gives two reports")
		}
		for _, f := range report.Findings {
			promises(t, round, f)
		}
	}
}

func toJSON(v any) string { b, _ := json.Marshal(v); return string(b) }

func promises(t *testing.T, round int, f evidence.Finding) {
	t.Helper()
	law := false
	if f.Doubtful && !evidence.KindOf(f.Rule).Doubtable {
		t.Errorf("round %d: %s is doubtful, and no letter has words for that", round, f.Rule)
	}
	for _, x := range append(slices.Clone(f.Citations), f.Police...) {
		n := slices.IndexFunc(Statutes(), func(p Provision) bool { return p.ID == x.ID })
		if n < 0 || !slices.Contains(Statutes()[n].Rules, f.Rule) {
			t.Errorf("round %d: %s is not of the table for %s", round, x.ID, f.Rule)
		}
	}
	for n, x := range f.Citations {
		if strings.HasPrefix(x.ID, "CL-") || strings.HasPrefix(x.ID, "PII-") {
			t.Errorf("round %d: criminal law %s is cited to others than the police", round, x.ID)
		}
		if x.Tier == evidence.TierB && x.Article != "" {
			t.Errorf("round %d: %s is tier B and has an article", round, x.ID)
		}
		if n > 0 && rankOrder(x.Rank) < rankOrder(f.Citations[n-1].Rank) {
			t.Errorf("round %d: citations of %s are not in rank order", round, f.Rule)
		}
		law = law || rankOrder(x.Rank) < rankOrder(evidence.RecommendedStandard)
		for _, i := range f.Incidents {
			if day := i.Time.At.In(evidence.Beijing).Format(time.DateOnly); day < x.From || x.Until != "" &&
				day > x.Until {
				t.Errorf("round %d: %s is cited for %s", round, x.ID, day)
			}
		}
	}
	if !law && strings.Contains(f.Wording.ZH, "违反法律") || !law && strings.Contains(f.Wording.ZH, "监管规定") {
		t.Errorf("round %d: %s says %s without a law", round, f.Rule, f.Wording.ZH)
	}
	if f.Strength != evidence.Review && len(f.Citations) == 0 {
		t.Errorf("round %d: %s is asserted without a citation", round, f.Rule)
	}
	if f.Doubtful && strings.Contains(f.Wording.ZH, "违反") {
		t.Errorf("round %d: %s is doubtful and called a breach", round, f.Rule)
	}
	if len(f.Bodies) == 0 {
		t.Errorf("round %d: nobody is competent for %s", round, f.Rule)
	}
	if f.Strength == evidence.Review && len(f.Doubts) == 0 {
		t.Errorf("round %d: %s is for review without a reason", round, f.Rule)
	}
	for _, i := range f.Incidents {
		if i.Use == evidence.No {
			t.Errorf("round %d: %s holds a row that was left out", round, f.Rule)
		}
		if f.Strength == evidence.Shown && len(i.Exhibits) == 0 {
			t.Errorf("round %d: %s is shown by no file", round, f.Rule)
		}
	}
}
