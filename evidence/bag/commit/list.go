package commit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/sm3"
)

// The bounds of a list.
const (
	MaxLines = 100_000
	MaxLine  = 96 // bytes
)

const (
	listHead    = "# juzheng evidence list 2"
	followsHead = "# follows JZ1 "
	outHead     = "# out "
	inHead      = "# in "
)

// A List is commitments.txt and commitments-sm3.txt: the same lines in the
// same order, with the SHA-256 and with the SM3 of each opening. The zero List
// has no line.
type List struct {
	lines   []line
	follows string
	at      map[string]int // number -> its line
}

// A line is one line of both lists. Sha and sm3 are empty where it is a
// remark, which text is.
type line struct {
	text     string
	number   string
	sha, sm3 string
	out, in  bool
}

func (l line) in256() string {
	if l.sha == "" {
		return l.text
	}
	return l.sha + "  " + OpeningPath(l.number)
}

func (l line) inSM3() string {
	if l.sha == "" {
		return l.text
	}
	return l.sm3 + "  " + OpeningPath(l.number)
}

// A Code is what a letter prints: both digests of the first lines of a list.
type Code struct{ SHA256, SM3 string }

// An Addition is an exhibit that enters the list.
type Addition struct {
	Number  string
	Opening []byte
}

// New is the list of a case without exhibits. Follows is the last root of
// format 1 that a letter of the case printed; empty: there was none.
func New(follows string) List {
	l := List{lines: []line{{text: listHead}}, follows: follows}
	if follows != "" {
		l.lines = append(l.lines, line{text: followsHead + follows})
	}
	return l
}

// Append is the list with exhibits taken in, and with the states that changed:
// all in the order of their numbers. The error is a [*FormError].
func (l List) Append(add []Addition, out, in []string) (List, error) {
	next := slices.Clone(l.lines)
	add = slices.Clone(add)
	slices.SortFunc(add, func(a, b Addition) int { return compareNumbers(a.Number, b.Number) })
	for _, a := range add {
		next = append(next, line{number: a.Number, sha: sha256Of(a.Opening), sm3: sm3Of(a.Opening)})
	}
	var states []line
	for _, n := range out {
		states = append(states, line{text: outHead + n, number: n, out: true})
	}
	for _, n := range in {
		states = append(states, line{text: inHead + n, number: n, in: true})
	}
	slices.SortFunc(states, func(a, b line) int { return compareNumbers(a.number, b.number) })
	return of(append(next, states...), l.follows)
}

func compareNumbers(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// ParseList reads both lists. They are read strictly: what the lists say, and
// that they say the same, is what every check rests on. The error is a
// [*FormError].
func ParseList(sha, sm3 []byte) (List, error) {
	first, follows, err := parseLines(sha)
	if err != nil {
		return List{}, err
	}
	second, _, err := parseLines(sm3)
	if err != nil {
		err.SM3 = true
		return List{}, err
	}
	if len(first) != len(second) {
		return List{}, &FormError{SM3: true, Line: min(len(first), len(second)) + 1, Fault: FaultLists}
	}
	for i := range first {
		a, b := &first[i], second[i]
		if a.text != b.text || a.number != b.number {
			return List{}, &FormError{SM3: true, Line: i + 1, Fault: FaultLists}
		}
		a.sm3 = b.sha
	}
	return of(first, follows)
}

// parseLines reads one list; a digest stands in sha, whichever it is.
func parseLines(text []byte) (lines []line, follows string, err *FormError) {
	if fault := formFault(text); fault != "" {
		return nil, "", &FormError{Fault: fault}
	}
	for raw := range bytes.Lines(text) {
		n := len(lines) + 1
		if n > MaxLines || len(raw) > MaxLine {
			return nil, "", &FormError{Line: n, Fault: FaultTooLong}
		}
		s := strings.TrimSuffix(string(raw), "\n")
		l := line{text: s}
		root, follow := strings.CutPrefix(s, followsHead)
		out, isOut := strings.CutPrefix(s, outHead)
		in, isIn := strings.CutPrefix(s, inHead)
		switch {
		case n == 1:
			if s != listHead {
				return nil, "", &FormError{Line: n, Fault: FaultForm}
			}
		case n == 2 && follow && lowerHex(root, 64):
			follows = root
		case isOut && ValidNumber(out):
			l.number, l.out = out, true
		case isIn && ValidNumber(in):
			l.number, l.in = in, true
		default:
			digest, path, _ := strings.Cut(s, "  ")
			number := strings.TrimSuffix(strings.TrimPrefix(path, "openings/"), ".txt")
			if !lowerHex(digest, 64) || !ValidNumber(number) || path != OpeningPath(number) {
				return nil, "", &FormError{Line: n, Fault: FaultForm}
			}
			l = line{number: number, sha: digest}
		}
		lines = append(lines, l)
	}
	return lines, follows, nil
}

// of checks what lines may follow each other.
func of(lines []line, follows string) (List, error) {
	l := List{lines: lines, follows: follows, at: map[string]int{}}
	if len(lines) > MaxLines {
		return List{}, &FormError{Line: MaxLines + 1, Fault: FaultTooLong}
	}
	out := map[string]bool{}
	digests := map[string]bool{}
	for i, x := range lines {
		_, listed := l.at[x.number]
		fault := Fault("")
		switch {
		case x.out && (!listed || out[x.number]), x.in && !out[x.number]:
			fault = FaultState
		case x.out || x.in:
			out[x.number] = x.out
		case x.sha == "":
		case !ValidNumber(x.number):
			fault = FaultForm
		case listed:
			fault = FaultNumber
		case digests[x.sha] || digests[x.sm3]:
			fault = FaultDigest
		default:
			l.at[x.number], digests[x.sha], digests[x.sm3] = i, true, true
		}
		if fault != "" {
			return List{}, &FormError{Line: i + 1, Fault: fault}
		}
	}
	if len(l.at) == 0 {
		return List{}, &FormError{Fault: FaultEmpty}
	}
	return l, nil
}

// Len is the number of lines, K.
func (l List) Len() int { return len(l.lines) }

// Follows is the root of format 1 that this list comes after; empty: none.
func (l List) Follows() string { return l.follows }

// Text is commitments.txt.
func (l List) Text() []byte { return l.join(line.in256) }

// SM3Text is commitments-sm3.txt.
func (l List) SM3Text() []byte { return l.join(line.inSM3) }

func (l List) join(say func(line) string) []byte {
	var b bytes.Buffer
	for _, x := range l.lines {
		b.WriteString(say(x) + "\n")
	}
	return b.Bytes()
}

// Prefix is the first k lines of commitments.txt: what signatures and
// time-stamps are made over.
func (l List) Prefix(k int) []byte { return List{lines: l.lines[:k]}.Text() }

// Code is the evidence code over the first k lines.
func (l List) Code(k int) Code {
	p := List{lines: l.lines[:k]}
	return Code{sha256Of(p.Text()), sm3Of(p.SM3Text())}
}

// Codes are the evidence codes over the first line, the first two, and so on.
func (l List) Codes() []Code {
	h, g := sha256.New(), sm3.New()
	out := make([]Code, len(l.lines))
	for i, x := range l.lines {
		out[i] = Code{grown(h, x.in256()), grown(g, x.inSM3())}
	}
	return out
}

func grown(h hash.Hash, text string) string {
	h.Write([]byte(text + "\n"))
	return hex.EncodeToString(h.Sum(nil))
}

// Find is the number of lines over which the list has a code, by either
// digest: the letter that printed it was about these.
func (l List) Find(digest string) (k int, ok bool) {
	for i, c := range l.Codes() {
		if digest == c.SHA256 || digest == c.SM3 {
			return i + 1, true
		}
	}
	return 0, false
}

// Line is the line on which an exhibit entered the list, from 1; 0: it never did.
func (l List) Line(number string) int {
	if i, ok := l.at[number]; ok {
		return i + 1
	}
	return 0
}

// Commits reports whether the line of a number is that of an opening, by each
// of its digests.
func (l List) Commits(number string, opening []byte) (sha, sm3 bool) {
	return l.CommitsTo(number, sha256Of(opening), sm3Of(opening))
}

// CommitsTo is [List.Commits] by the digests of the opening.
func (l List) CommitsTo(number, sha256, sm3 string) (sha, sm bool) {
	i, ok := l.at[number]
	if !ok {
		return false, false
	}
	return l.lines[i].sha == sha256, l.lines[i].sm3 == sm3
}

// State says which exhibits the first k lines take in, in the order of their
// lines, and which of them are left out by then.
func (l List) State(k int) (in, out []string) {
	left := map[string]bool{}
	for _, x := range l.lines[:k] {
		if x.out || x.in {
			left[x.number] = x.out
		}
	}
	for _, x := range l.lines[:k] {
		switch {
		case x.sha == "":
		case left[x.number]:
			out = append(out, x.number)
		default:
			in = append(in, x.number)
		}
	}
	return in, out
}
