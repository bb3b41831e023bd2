package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/ask"
	"juzheng/evidence/folder"
)

// Facts are what is known of who complains, of whom and about which loan, and
// what files say of the rest.
type Facts struct {
	Case      evidence.Case
	Suggested []ask.Suggestion
	// Given says of a fact who wrote it, if the person did so by an answer.
	Given map[ask.Kind]GivenFact
	// Wordless are documents of the case of which no words were read, such as
	// scans: exhibits by number.
	Wordless []string
	// Rare are characters of a fact that the program's own fonts lack.
	Rare map[ask.Kind][]RareCharacter
}

// A GivenFact is a fact that the person gave or confirmed.
type GivenFact struct {
	N    int           // of the answer
	From evidence.Text // where it was read before they confirmed it; empty: they wrote it
	// Typed is what they wrote, where that is kept in another form: 2万元, or a name with a
	// radical.
	Typed string
}

// wordless are the documents in the evidence of which no paper has words.
func wordless(x Dossier, papers []ask.Paper) (out []string) {
	for _, e := range x.Exhibits {
		read := slices.ContainsFunc(papers, func(p ask.Paper) bool {
			return p.Exhibit == e.Number && strings.TrimSpace(p.Text) != ""
		})
		if e.Kind == evidence.Document && !read && !x.Out[e.Number] {
			out = append(out, e.Number)
		}
	}
	return out
}

// FactsOf gathers the facts of a case that was read. Where the directory knows
// the lender, it says more of it.
func FactsOf(x Dossier) (Facts, error) {
	out := Facts{Case: x.Case, Given: map[ask.Kind]GivenFact{}, Rare: map[ask.Kind][]RareCharacter{}}
	given, err := x.Folder.Answers()
	if err != nil {
		return out, err
	}
	record, err := recordOf(x, given)
	if err != nil {
		return out, err
	}
	out.Suggested = ask.Suggest(record)
	out.Wordless = wordless(x, record.Papers)
	rare, err := rareOf(x)
	if err != nil {
		return out, err
	}
	for _, s := range out.Suggested {
		for _, r := range rare {
			if r.Key == s.Key {
				out.Rare[s.Kind] = append(out.Rare[s.Kind], r)
			}
		}
	}
	lender := x.Case.Lender.Name
	for _, s := range out.Suggested {
		if s.Kind == ask.Lender && s.Value != "" {
			lender = s.Value
		}
	}
	for n, s := range out.Suggested {
		if value, ok := listedLender(x, lender, s.Kind); ok && ask.FactOf(x.Case, s.Kind) == "" {
			out.Suggested[n].Value = value
			out.Suggested[n].Source = evidence.Text{ZH: "机构名录里的" + lender, EN: "the directory, under " + lender}
		}
	}
	for _, a := range given {
		if a.Kind == SheetAnswer {
			continue // it is taken back as a whole, and not with one fact
		}
		for _, s := range out.Suggested {
			for _, c := range a.Changes {
				if c.Key == s.Key && c.After == ask.FactOf(x.Case, s.Kind) {
					given := GivenFact{N: a.N, From: readIn(a.Said)}
					if a.Kind == string(s.Kind) && a.Value != c.After && given.From.ZH == "" {
						given.Typed = a.Value
					}
					out.Given[s.Kind] = given
				}
			}
		}
	}
	return out, nil
}

// listedLender is what the directory has for a fact of a lender.
func listedLender(x Dossier, lender string, k ask.Kind) (string, bool) {
	if lender == "" || x.Directory == nil {
		return "", false
	}
	for _, r := range x.Directory.All() {
		if r.Name != lender {
			continue
		}
		switch {
		case k == ask.Region && r.Region != "":
			return r.Region, true
		case k == ask.Licence && r.Licence != "":
			return string(r.Licence), true
		}
	}
	return "", false
}

// A Fact is one that the person gives: a value they wrote, or one that was read
// and that they confirm.
type Fact struct {
	Kind  ask.Kind
	Value string        // empty: it is taken out
	From  evidence.Text // where it was read; empty: they wrote it
}

// confirmed is how an answer says that a value was read and is right; of one that
// the person wrote it says the value alone.
func confirmed(f Fact) evidence.Text {
	t := ask.FactWords(f.Kind, f.Value)
	if f.From.ZH != "" {
		t.ZH, t.EN = t.ZH+readZH+f.From.ZH, t.EN+readEN+f.From.EN
	}
	return t
}

// readIn is where a value was read that an answer confirmed, as confirmed has it.
func readIn(said evidence.Text) evidence.Text {
	_, zh, _ := strings.Cut(said.ZH, readZH)
	_, en, _ := strings.Cut(said.EN, readEN)
	return evidence.Text{ZH: zh, EN: en}
}

// What parts a value from where it was read.
const (
	readZH = "，读自 "
	readEN = ", read in "
)

// A FactError reports a value that a fact cannot have.
type FactError struct {
	Fact   Fact
	Wanted evidence.Text
}

func (e *FactError) Error() string {
	return fmt.Sprintf("%s cannot be %q; wanted %s", e.Fact.Kind, e.Fact.Value, e.Wanted.EN)
}

// Correct writes facts into a case, each as an answer that can be taken back:
// all of them or, where one cannot be, none. What is so already stays.
func Correct(ctx context.Context, d Desk, dir string, facts []Fact) (r AnswerResult, err error) {
	var answers []folder.Answer
	f, unlock, err := d.lock(dir)
	if err != nil {
		return r, err
	}
	defer unlock()
	c, err := f.ReadCase()
	if err != nil {
		return r, err
	}
	for _, fact := range facts {
		edits, wanted := ask.Correct(fact.Kind, fact.Value)
		if wanted.ZH != "" {
			return r, &FactError{fact, wanted}
		}
		a := folder.Answer{Question: "fact-" + string(fact.Kind), Kind: string(fact.Kind), Value: fact.Value,
			Text: ask.FactTitle(fact.Kind), Said: confirmed(fact)}
		for _, e := range edits {
			if ask.FactOf(c, fact.Kind) != e.Value {
				a.Changes = append(a.Changes, folder.Change{Key: e.Key, After: e.Value})
			}
		}
		if len(a.Changes) > 0 {
			answers = append(answers, a)
		}
	}
	if err := ctx.Err(); err != nil {
		return r, err
	}
	for _, a := range answers {
		done, err := f.Answer(a, d.Now)
		if err != nil {
			return r, err
		}
		r.Answers = append(r.Answers, done)
	}
	return r, nil
}
