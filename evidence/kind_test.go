package evidence

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// recordGaps are what is missing in a table of kinds, or stands there twice.
func recordGaps(kinds []Kind) []string {
	var out []string
	gap := func(b Breach, format string, args ...any) {
		out = append(out, string(b)+": "+fmt.Sprintf(format, args...))
	}
	of := map[string]Breach{} // word -> whose
	named := func(b Breach, title Text, words []string) {
		if title.ZH == "" || title.EN == "" {
			gap(b, "no title")
		}
		if len(words) == 0 {
			gap(b, "no words")
		}
		for _, w := range append([]string{strings.ToLower(string(b)), title.ZH}, words...) {
			if other, known := of[w]; known && w != "" {
				gap(b, "%s is %s already", w, other)
			}
			if w != strings.ToLower(w) {
				gap(b, "%s is never read: words are compared in small letters", w)
			}
			of[w] = b
		}
	}
	for n, k := range kinds {
		if want := Breach(fmt.Sprintf("V%02d", n+1)); k.ID != want {
			gap(k.ID, "stands in the place of %s", want)
		}
		named(k.ID, k.Title, k.Words)
		if k.Advice.ZH == "" || k.Advice.EN == "" {
			gap(k.ID, "no advice")
		}
		if (k.Contact.ZH == "") != (k.Contact.EN == "") {
			gap(k.ID, "advice to a contact in one language")
		}
		if !slices.Contains(k.Bodies, "P") {
			gap(k.ID, "no complaint to the platform or lender")
		}
		for i, p := range k.Parts {
			// V22a was never printed
			if want := fmt.Sprintf("%s%c", k.ID, 'a'+i); string(p.ID) != want && p.ID != "V22b" {
				gap(p.ID, "stands in the place of %s", want)
			}
			named(p.ID, p.Title, p.Words)
			if p.Fact == "" && p.ID != "V03a" { // a refusal is no breach
				gap(p.ID, "no fact, so that no provision can speak of it")
			}
		}
	}
	return out
}

func TestKinds(t *testing.T) {
	for _, g := range recordGaps(Kinds) {
		t.Error(g)
	}
	if len(Kinds) != 24 {
		t.Errorf("%d kinds: the READMEs and FORMAT.md list 24", len(Kinds))
	}
	for _, b := range Breaches() {
		for _, w := range append([]string{string(b), strings.ToLower(string(b)), b.Title().ZH}, b.Words()...) {
			if got, ok := ParseBreach(w); !ok || got != b {
				t.Errorf("%s is read as %q, not %s", w, got, b)
			}
		}
	}
	for _, b := range []Breach{"", "V", "V00", "V99", "V06x", "V99a"} {
		if b.Title() != (Text{}) || b.Words() != nil || b.Danger() {
			t.Errorf("%q is taken for a kind", b)
		}
	}
}

// TrialKind adds a kind to the table as somebody would who writes a new one.
// Its record alone makes it readable, and whatever the record lacks is named.
func TestTrialKind(t *testing.T) {
	trial := Kind{ID: "V25", Parts: []Part{{ID: "V25a"}}}
	want := []string{"V25: no title", "V25: no words", "V25: no advice", "V25: no complaint to the platform or lender",
		"V25a: no title", "V25a: no words", "V25a: no fact, so that no provision can speak of it"}
	if got := recordGaps(append(slices.Clone(Kinds), trial)); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	trial = Kind{ID: "V25", Title: Text{"试行的种类", "a trial kind"}, Words: []string{"试行", "威胁"}, Bodies: []string{"P"},
		Advice: Advise("保留原件", "keep the original"),
		Parts: []Part{{ID: "V25a", Title: Text{"试行的细分", "a trial part"}, Words: []string{"细分"}, Fact: "trial",
			Danger: true}}}
	if got := recordGaps(append(slices.Clone(Kinds), trial)); !slices.Equal(got, []string{"V25: 威胁 is V06 already"}) {
		t.Errorf("a word of two kinds: got %q", got)
	}
	trial.Words = trial.Words[:1]

	old := Kinds
	Kinds = append(slices.Clone(Kinds), trial)
	t.Cleanup(func() { Kinds = old })
	for _, g := range recordGaps(Kinds) {
		t.Error(g)
	}
	for w, want := range map[string]Breach{"试行": "V25", "v25A": "V25a", "试行的细分": "V25a"} {
		if got, _ := ParseBreach(w); got != want {
			t.Errorf("%s is read as %q, want %s", w, got, want)
		}
	}
	if !Breach("V25a").Danger() || Breach("V25").Danger() || Breach("V25a").Title().EN != "a trial part" {
		t.Error("the trial part's record is not what it is known by")
	}
}

// What is true of the kinds that were there first, as it was gathered from the
// law and from letters, kept apart from the table so that a slip there does
// not pass unseen. A new kind needs no word here.
func TestFactsOfKinds(t *testing.T) {
	for _, c := range []struct {
		what string
		of   func(Kind) bool
		want string
	}{
		{"computed", func(k Kind) bool { return k.Computed }, "V01 V02 V03 V04 V05"},
		{"third", func(k Kind) bool { return k.Third }, "V01 V02 V03"},
		{"danger", func(k Kind) bool { return k.Danger }, "V21"},
		{"debtor only", func(k Kind) bool { return k.DebtorOnly }, "V04 V12 V16 V17 V22 V23"},
		{"not collecting", func(k Kind) bool { return !k.Collecting }, "V12 V14 V16 V23"},
		{"spoken", func(k Kind) bool { return k.Spoken }, "V06 V07 V08 V17 V19 V22 V24"},
		{"on paper", func(k Kind) bool { return k.OnPaper }, "V09 V10 V12 V14 V15 V16 V18 V20 V22 V23"},
		{"checkable", func(k Kind) bool { return k.Checkable }, "V07 V08 V09 V16 V19 V24"},
		{"doubtable", func(k Kind) bool { return k.Doubtable }, "V07 V08 V09 V10 V19 V24"},
		{"disputes", func(k Kind) bool { return k.Disputes }, "V12 V16 V20 V22"},
		{"denies", func(k Kind) bool { return k.Denies }, "V20"},
		{"apology", func(k Kind) bool { return k.Apology }, "V01 V06 V07 V08 V10 V11 V21 V24"},
		{"advice to a contact", func(k Kind) bool { return k.Contact.ZH != "" }, "V02 V03"},
	} {
		for _, k := range Kinds[:24] {
			if c.of(k) != strings.Contains(c.want, string(k.ID)) {
				t.Errorf("%s: %s is %t", k.ID, c.what, c.of(k))
			}
		}
	}
	for _, k := range Kinds[:24] {
		for _, p := range k.Parts {
			if want := strings.Contains("V06a V11a", string(p.ID)); p.Danger != want {
				t.Errorf("%s: danger is %t", p.ID, p.Danger)
			}
			if want := strings.Contains("V13a V15b V16a V16b V16d V18a V23b", string(p.ID)); p.Unseen != want {
				t.Errorf("%s: unseen is %t", p.ID, p.Unseen)
			}
		}
	}
}
