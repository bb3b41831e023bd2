package mask

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"juzheng/evidence"
)

// An Uncovered picture goes to the reader and shows what its text would
// not, as far as the person wrote it down or a program could read it.
type Uncovered struct {
	Exhibit string
	Words   []string // numbers and names masked, and words the person covers elsewhere
	Plain   []string // each of them as it stands on the picture, for whoever covers it
}

// WrittenDown are the words that rows have of pictures, each as a reading of its picture:
// they are to be seen there as they stand. The matter is as the case has it, not masked.
func WrittenDown(in Matter) (out []evidence.Reading) {
	said := map[string][]string{} // by exhibit
	for _, i := range in.Incidents {
		if words := strings.TrimSpace(i.Name + "\n" + i.Shown); words != "" {
			for _, number := range i.Exhibits {
				said[number] = append(said[number], words)
			}
		}
	}
	for _, x := range in.Exhibits {
		if !strings.HasPrefix(x.MediaType, "image/") {
			continue
		}
		for _, words := range said[x.Number] {
			out = append(out, evidence.Reading{Exhibit: x.Number, SHA256: x.SHA256, Tool: evidence.ByPerson, Text: words})
		}
	}
	return out
}

// Uncovered are those of the exhibits with a picture and no box on it whose
// readings have other people's numbers, or words that are covered in text.
func (p *Mask) Uncovered(in Matter, exhibits []evidence.Exhibit, readings []evidence.Reading) []Uncovered {
	var out []Uncovered
	boxed, of := map[string]bool{}, map[string][]evidence.Reading{}
	for _, r := range in.Redactions {
		boxed[r.Exhibit] = boxed[r.Exhibit] || r.Box != evidence.Box{}
	}
	for _, r := range readings {
		of[r.Exhibit] = append(of[r.Exhibit], r)
	}
	for _, x := range exhibits {
		if boxed[x.Number] || !strings.HasPrefix(x.MediaType, "image/") {
			continue
		}
		u := Uncovered{Exhibit: x.Number}
		for _, r := range of[x.Number] {
			if r.SHA256 == x.SHA256 {
				p.hidden(in, x.Number, r.Text+"\n"+r.Other, u.add)
			}
		}
		if len(u.Words) > 0 {
			out = append(out, u)
		}
	}
	return out
}

func (u *Uncovered) add(masked, plain string) {
	if !slices.Contains(u.Words, masked) {
		u.Words = append(u.Words, masked)
	}
	if !slices.Contains(u.Plain, plain) {
		u.Plain = append(u.Plain, plain)
	}
}

// hidden gives what of a text the reader does not get, as it gets it and as it stands:
// numbers, names, and the words of redactions.
func (p *Mask) hidden(in Matter, exhibit, text string, add func(masked, plain string)) {
	for line := range strings.Lines(text) { // a program reads line by line: what stands in two is not one number
		r := []rune(line)
		p.eachFind(r, func(from, to int, as string) { add(as, string(r[from:to])) })
	}
	here := func(r evidence.Redaction) bool { return r.Exhibit == "" || r.Exhibit == exhibit }
	p.words(in, text, here, add)
}

// Numbers are the telephone and identity numbers in a text that the reader does not get,
// once each, as digits in normal form.
func (p *Mask) Numbers(text string) (out []string) {
	for line := range strings.Lines(text) {
		r := []rune(line)
		p.eachFind(r, func(from, to int, _ string) {
			n := strings.Map(func(c rune) rune {
				switch {
				case digit(c) >= 0:
					return rune(digit(c))
				case strings.ContainsRune("XxＸｘ", c):
					return 'X'
				}
				return -1
			}, string(r[from:to]))
			if len(n) != idLength {
				n = evidence.NormalNumber(n)
			}
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		})
	}
	return out
}

// idLength is how many characters an identity number has.
const idLength = 18

// Words are the names in a text that the reader does not get, as it gets them, and the
// words that the person covers, in whatever exhibit.
func (p *Mask) Words(in Matter, text string) []string {
	var u Uncovered
	p.words(in, text, func(evidence.Redaction) bool { return true }, u.add)
	return u.Words
}

func (p *Mask) words(in Matter, text string, of func(evidence.Redaction) bool, add func(masked, plain string)) {
	p.spread(text, func(n hiddenName, _ []int) { add("“"+n.masked+"”", n.name) })
	for _, r := range in.Redactions {
		if r.Text != "" && of(r) && wordsForm(r.Text).MatchString(text) {
			add("“"+r.Text+"”", r.Text)
		}
	}
}

// Places are the parts of a text, from one rune to before another, that the
// reader does not get: other people's numbers and names, and the words that the
// person covers, in this exhibit or everywhere.
func (p *Mask) Places(in Matter, exhibit, text string) (out [][2]int) {
	p.eachFind([]rune(text), func(from, to int, _ string) { out = append(out, [2]int{from, to}) })
	place := func(at []int) {
		from := utf8.RuneCountInString(text[:at[0]])
		out = append(out, [2]int{from, from + utf8.RuneCountInString(text[at[0]:at[1]])})
	}
	p.spread(text, func(_ hiddenName, at []int) { place(at) })
	for _, r := range in.Redactions {
		if r.Text != "" && (r.Exhibit == "" || r.Exhibit == exhibit) {
			for _, at := range wordsForm(r.Text).FindAllStringIndex(text, -1) {
				place(at)
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	return out
}

// Holds reports whether a text has the words of a redaction.
func Holds(r evidence.Redaction, text string) bool {
	return r.Text != "" && wordsForm(r.Text).MatchString(text)
}
