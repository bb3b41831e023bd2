package ask

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A ValueError reports an answer that the question does not take.
type ValueError struct {
	Question Question
	Value    string
	Wanted   evidence.Text // of a free one, what it must be; else empty
	Field    string        // which of its fields it is about; empty: its words
}

func (e *ValueError) Error() string {
	return fmt.Sprintf("answer %s: %q is no answer to it", e.Question.ID, e.Value)
}

// Edits are what an answer changes in the case: nothing, where the person does
// not know or comes back later.
func (q Question) Edits(value string) ([]Edit, error) {
	if value == Unknown || value == Skip {
		return nil, nil
	}
	if list, some := strings.CutPrefix(value, somePrefix); some && q.Parts > 1 {
		if _, ok := picked(list, q.Parts); !ok {
			return nil, &ValueError{Question: q, Value: value}
		}
		return q.edits(value)
	}
	offered := q.offers(value)
	if offered && value == apart {
		return nil, nil
	}
	if strings.TrimSpace(value) == "" || !q.Free && !offered {
		return nil, &ValueError{Question: q, Value: value}
	}
	return q.edits(strings.TrimSpace(value))
}

func (q Question) offers(value string) bool {
	return slices.ContainsFunc(q.Choices, func(c Choice) bool { return c.Value == value })
}

// Said is an answer in words, as far as it was chosen and not typed.
func (q Question) Said(value string) evidence.Text {
	if list, some := strings.CutPrefix(value, somePrefix); some {
		return evidence.Text{ZH: "只有第 " + strings.ReplaceAll(list, ",", "、") + " 条是", EN: "of number " + list +
			" alone"}
	}
	for _, c := range append(slices.Clone(q.Choices), Choice{Unknown, evidence.Text{ZH: "不知道", EN: "don't know"}},
		Choice{Skip, evidence.Text{ZH: "跳过", EN: "skipped"}}) {
		if c.Value == value {
			return c.Text
		}
	}
	return evidence.Text{}
}

// Asks is the text of a question without the list in it, for whoever shows that apart.
func (q Question) Asks() evidence.Text {
	t := q.Text
	if len(q.List) == 0 && q.Parts > 1 {
		return evidence.Text{ZH: WithoutList(t.ZH), EN: WithoutList(t.EN)}
	}
	if len(q.List) == 0 {
		return t
	}
	list := inOrder(q.List)
	for _, s := range []string{"（" + list.ZH + "）", list.ZH} {
		t.ZH = strings.Replace(t.ZH, s, "", 1)
	}
	for _, s := range []string{" (" + list.EN + ")", list.EN} {
		t.EN = strings.Replace(t.EN, s, "", 1)
	}
	return evidence.Text{ZH: strings.TrimSpace(t.ZH), EN: strings.TrimSpace(t.EN)}
}

// WithoutList is a question without the list of what it is about: that stands beside
// it, to be ticked.
func WithoutList(text string) string {
	if at := listBegins.FindStringIndex(text); at != nil {
		return text[:at[0]] + firstRune(text[at[0]:])
	}
	return text
}

// listBegins is the end of a question and the first of a numbered list after it, of
// days that stand before several too.
var listBegins = lazyregexp.New(`[？?。：:] ?(\d+年\d+月\d+日：|\d+ \w+ \d+: )?1[ “]`)

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// somePrefix begins an answer that is yes of some parts of a question and no of
// the others.
const somePrefix = "some:"

// Some is the answer that is yes of these parts of a question, counted from 1,
// and no of all others; not ok where it has no such parts, or the list is none:
// numbers between blanks or commas.
func (q Question) Some(list string) (value string, ok bool) {
	parts, ok := picked(list, q.Parts)
	if !ok || q.Parts < 2 {
		return "", false
	}
	words := make([]string, len(parts))
	for n, k := range parts {
		words[n] = strconv.Itoa(k)
	}
	return somePrefix + strings.Join(words, ","), true
}

// picked reads a list of parts, in their order and each once. Input methods write ２，４ too.
func picked(list string, parts int) ([]int, bool) {
	var out []int
	parting := func(r rune) bool { return strings.ContainsRune(",、 \t", r) }
	for _, w := range strings.FieldsFunc(norm.NFKC.String(list), parting) {
		n, err := strconv.Atoi(w)
		if err != nil || n < 1 || n > parts {
			return nil, false
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return slices.Compact(out), len(out) > 0
}

// isYes reports whether an answer is yes of a part, counted from 1.
func isYes(value string, part, parts int) bool {
	list, some := strings.CutPrefix(value, somePrefix)
	if !some {
		return value == yes
	}
	of, _ := picked(list, parts)
	return slices.Contains(of, part)
}
