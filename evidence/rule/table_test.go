package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates"
)

// gaps are what the rules lack for a table of kinds: how each is found, a
// provision for it and for each of its parts, and a road to each body.
func gaps(kinds []evidence.Kind, statutes []Provision) []string {
	var out []string
	gap := func(b evidence.Breach, format string, args ...any) {
		out = append(out, string(b)+": "+fmt.Sprintf(format, args...))
	}
	for _, k := range kinds {
		c, found := computed[k.ID]
		_, named := judged[k.ID]
		switch {
		case k.Computed && (!found || c.find == nil):
			gap(k.ID, "no computation")
		case k.Computed && (c.missed.ZH == "" || c.missed.EN == ""):
			gap(k.ID, "nothing to say of a row that was not taken")
		case !k.Computed && !named:
			gap(k.ID, "no judgement")
		case found && named || found && !k.Computed:
			gap(k.ID, "found in two ways")
		}
		var asked []string // facts that something depends on
		cited := false
		for _, p := range statutes {
			if slices.Contains(p.Rules, string(k.ID)) {
				cited = true
				asked = append(asked, conditionWords(p.Condition)...)
			}
		}
		if !cited {
			gap(k.ID, "no provision")
		}
		for _, b := range k.Bodies {
			code, condition, _ := strings.Cut(b, ":")
			asked = append(asked, conditionWords(condition)...)
			// letters are made for these, and the police
			if !slices.Contains([]string{"P", "NIFA", evidence.NationalOffice, "PS"}, code) &&
				!slices.ContainsFunc(ways, func(r way) bool { return r.code == code }) {
				gap(k.ID, "no road to %s", code)
			}
		}
		for _, p := range k.Parts {
			if p.Fact != "" && !slices.Contains(asked, p.Fact) {
				gap(p.ID, "no provision or body asks for %q", p.Fact)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(computed)) {
		if !slices.ContainsFunc(kinds, func(k evidence.Kind) bool { return k.ID == id }) {
			gap(id, "a computation for no kind")
		}
	}
	for _, id := range slices.Sorted(maps.Keys(judged)) {
		if !slices.ContainsFunc(kinds, func(k evidence.Kind) bool { return k.ID == id }) {
			gap(id, "a judgement for no kind")
		}
	}
	return out
}

func TestEveryKindHasItsRule(t *testing.T) {
	for _, g := range gaps(evidence.Kinds, Statutes()) {
		t.Error(g)
	}
}

// A kind that nobody wrote a rule for is named with all that it lacks; with
// its record, its rule and a provision it is found, and judged like any other.
func TestTrialKind(t *testing.T) {
	trial := evidence.Kind{ID: "V25", Title: evidence.Text{ZH: "试行的种类", EN: "a trial kind"},
		Bodies: []string{"P", "TRIAL:trial", "NFRA-L"},
		Advice: evidence.Advise("保留原件", "keep the original"),
		Parts: []evidence.Part{{ID: "V25a", Title: evidence.Text{ZH: "试行的细分", EN: "a trial part"}, Fact: "trial"},
			{ID: "V25b", Fact: "other"}}}
	old, statutes := evidence.Kinds, Statutes
	t.Cleanup(func() {
		evidence.Kinds, Statutes = old, statutes
		delete(judged, "V25")
		delete(judged, "V26")
		delete(computed, "V26")
	})

	evidence.Kinds = append(slices.Clone(old), trial, evidence.Kind{ID: "V26", Computed: true})
	want := []string{"V25: no judgement", "V25: no provision", "V25: no road to TRIAL",
		`V25b: no provision or body asks for "other"`,
		"V26: no computation", "V26: no provision"}
	if got := gaps(evidence.Kinds, statutes()); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	judged["V26"], computed["V26"] = judgement{}, computation{find: func(*applier) {}}
	want = []string{"V26: a computation for no kind", "V25: a judgement for no kind", "V26: a judgement for no kind"}
	judged["V25"] = judgement{judge: func(_ *applier, x act, _ int) ruling {
		if x.bare() {
			return asking(evidence.Advise("请写明是哪一种", "say which it was"))
		}
		return ruling{}
	}}
	if got := gaps(old, statutes()); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	delete(judged, "V26")
	delete(computed, "V26")

	trial.Bodies, trial.Parts = []string{"P", "PS:trial", "NFRA-L"}, trial.Parts[:1]
	evidence.Kinds = append(slices.Clone(old), trial)
	Statutes = func() []Provision {
		return append(slices.Clone(statutes()),
			Provision{ID: "TRIAL-1", Registry: "TRIAL", Name: "试行规定", Rank: evidence.DepartmentalRule,
				From: "2020-01-01", Tier: evidence.TierB, Checked: "VT", Rules: []string{"V25"}, Condition: "trial"})
	}
	for _, g := range gaps(evidence.Kinds, Statutes()) {
		t.Error(g)
	}
	r := Apply(testCase(), []evidence.Incident{row(day, shown, claims("V25a")), row(day, shown, claims("V25"))}, nil,
		Options{Date: filing})
	var got []string
	for _, f := range r.Findings {
		got = append(got, fmt.Sprintf("%s %s %s %v %d cited", f.Rule, f.Strength, f.Name().ZH, f.Bodies,
			len(f.Citations)))
	}
	if want := []string{"V25 shown 试行的细分 [P PS NFRA-L] 1 cited",
		"V25 review 试行的种类 [P NFRA-L] 0 cited"}; !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Who supervises a lender follows its licence alone, and is not guessed where
// nobody gave it.
func TestSupervisor(t *testing.T) {
	for licence, want := range map[evidence.Licence]string{
		evidence.Bank: "P NFRA-L", evidence.ConsumerFinance: "P NFRA-L", evidence.AutoFinance: "P NFRA-L",
		evidence.Trust:     "P NFRA-L",
		evidence.SmallLoan: "P LFB", evidence.Guarantee: "P LFB", evidence.NoLicence: "P LFB",
		evidence.LicenceUnknown: "P", "pawnshop": "P",
	} {
		if got := strings.Join(competent([]string{"P", "NFRA-L"}, licence, nil), " "); got != want {
			t.Errorf("%q: got %s, want %s", licence, got, want)
		}
	}
}

// Terms that a sentence names are those of the directory.
func TestRoadTerms(t *testing.T) {
	d, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	bank, _ := d.Competent("PBC", "")
	if len(bank.Terms) != 1 {
		t.Fatalf("terms of the People's Bank: %+v", bank.Terms)
	}
	numerals := map[int]string{20: "二十", 30: "三十"}
	for _, term := range []templates.Term{templates.ObjectionTerm, bank.Terms[0]} {
		n := slices.IndexFunc(ways, func(r way) bool {
			return strings.Contains(r.text.ZH, "（"+numerals[term.Days]+"日内书面答复）") &&
				strings.Contains(r.text.EN, fmt.Sprintf("%d days)", term.Days))
		})
		if n < 0 {
			t.Errorf("no road names the term of %d days: %s", term.Days, term.Event)
		}
	}
}
