package ask

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A Field is something more that the answer of a free question can say, of the same
// picture or recording: when it was sent, by whom. What it says is not asked again,
// and neither is what it leaves empty.
type Field struct {
	Name    string        `json:"name"`
	Label   evidence.Text `json:"label"`
	Hint    evidence.Text `json:"hint,omitzero"`
	Choices []Choice      `json:"choices,omitempty"` // none: it is typed
}

// Mark begins the line of an answer that says a field.
func (f Field) Mark() string { return "〔" + f.Label.ZH + "〕" }

// With is an answer to a question with fields: the words, and a line for each field.
func (q Question) With(words string, fields map[string]string) string {
	for _, f := range q.Fields {
		words += "\n" + f.Mark() + strings.Join(strings.Fields(fields[f.Name]), " ")
	}
	return words
}

// A FieldError reports an answer that says a field the question has not got.
type FieldError struct {
	Question Question
	Name     string
}

func (e *FieldError) Error() string {
	return fmt.Sprintf("answer %s: no field %q", e.Question.ID, e.Name)
}

// Filled is an answer as [Question.With] writes it, of fields by their names.
func (q Question) Filled(words string, fields map[string]string) (string, error) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		n := slices.IndexFunc(q.Fields, func(f Field) bool { return f.Name == name })
		if n < 0 {
			return "", &FieldError{Question: q, Name: name}
		}
		f, value := q.Fields[n], fields[name]
		if len(f.Choices) > 0 && value != "" &&
			!slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Value == value }) {
			return "", q.wrongField(f, value, wantedChoice(f))
		}
	}
	return q.With(words, fields), nil
}

func wantedChoice(f Field) evidence.Text {
	var zh, en []string
	for _, c := range f.Choices {
		zh, en = append(zh, c.Value+"（"+c.Text.ZH+"）"), append(en, c.Value+" ("+c.Text.EN+")")
	}
	return evidence.Text{ZH: strings.Join(zh, "、") + "，或者空着", EN: strings.Join(en, ", ") + ", or nothing"}
}

// split parts an answer into its words and what it says of fields; a field
// without a line is not among those.
func (q Question) split(value string) (words string, fields map[string]string) {
	fields = map[string]string{}
	lines := strings.Split(value, "\n")
	lines = slices.DeleteFunc(lines, func(line string) bool {
		for _, f := range q.Fields {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(line), f.Mark()); ok {
				fields[f.Name] = strings.TrimSpace(rest)
				return true
			}
		}
		return false
	})
	return strings.TrimSpace(strings.Join(lines, "\n")), fields
}

// choosing are the fields of which something is chosen, with all that may be.
func choosing() []Field {
	kinds := kindField
	kinds.Choices = nil
	for _, b := range evidence.Breaches() {
		kinds.Choices = append(kinds.Choices, Choice{string(b), kindWords(b)})
	}
	kinds.Choices = append(heardChoices(), kinds.Choices...)
	placed := placedKinds
	placed.Choices = append(slices.Clone(placed.Choices), mediumField.Choices...)
	return []Field{kinds, byField, mediumField, placed}
}

// Spelt is an answer as a person reads it: of fields what was chosen, by its words, and
// nothing of those left empty.
func Spelt(value string) evidence.Text {
	if !strings.Contains(value, "\n〔") {
		return evidence.Text{ZH: value, EN: value}
	}
	var zh, en []string
	for line := range strings.Lines(value) {
		line = strings.TrimRight(line, "\n")
		m := fieldLine.FindStringSubmatch(line)
		if m == nil {
			zh, en = append(zh, line), append(en, line)
			continue
		}
		if m[2] == "" {
			continue
		}
		said := evidence.Text{ZH: m[2], EN: m[2]}
		for _, f := range choosing() {
			n := slices.IndexFunc(f.Choices, func(c Choice) bool { return c.Value == m[2] })
			if f.Label.ZH == m[1] && n >= 0 {
				said = f.Choices[n].Text
			}
		}
		zh, en = append(zh, m[1]+"："+said.ZH), append(en, labelEN(m[1])+": "+said.EN)
	}
	return evidence.Text{ZH: strings.Join(zh, "\n"), EN: strings.Join(en, "\n")}
}

// fieldLine is a line of an answer that says a field.
var fieldLine = lazyregexp.New(`^〔([^〕]+)〕(.*)$`)

// labelEN is what a field is called for an English reader, by its Chinese label.
func labelEN(zh string) string {
	for _, f := range append(choosing(), senderField, sentField, whenField) {
		if f.Label.ZH == zh {
			return f.Label.EN
		}
	}
	return zh
}

// wrongField is the error of a field that says what it cannot.
func (q Question) wrongField(f Field, value string, wanted evidence.Text) *ValueError {
	return &ValueError{Question: q, Value: value, Wanted: wanted, Field: f.Name}
}

// saidWith reports that a field of a row was before the person when they answered of it.
func (l *lister) saidWith(f Field, id string) bool {
	return slices.ContainsFunc(l.Given, func(g Given) bool {
		return slices.Contains(g.Incidents, id) && strings.Contains(g.Value, "\n"+f.Mark())
	})
}
