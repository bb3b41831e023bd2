// Package filing makes what surrounds a letter: the order of a print set, the
// choice of what to upload within a channel's limit, text for web forms, a
// mail draft, calendar entries for terms, the envelope and the posting list.
//
// Everything is a value or bytes; nothing is sent. It draws nothing and knows
// no rules: package letter writes, package typeset draws.
package filing

import (
	"slices"
	"strings"
	"unicode/utf8"

	"juzheng/templates/letter"
)

// A Paper is one file of a packet.
type Paper struct {
	Name  string // file name, with its extension
	Bytes int64
	Pages int // 0: not known
	// Sign says that it must be signed by hand.
	Sign bool
}

// The names of the papers of a packet, without extension.
const (
	List    = "证据目录"
	Book    = "证据册"
	Mandate = "授权委托书"
	IDCopy  = "身份证复印件"
)

// Order is the order in which the papers for one recipient are bound: the
// letter, the list of exhibits, the mandate, then the exhibit book. Unknown
// papers follow, by name.
func Order(papers []Paper) []Paper {
	rank := func(p Paper) int {
		name, _, _ := strings.Cut(p.Name, ".")
		if strings.HasSuffix(name, "书") && name != Mandate {
			return 0 // 投诉书, 举报书
		}
		if i := slices.Index([]string{List, Mandate, IDCopy, Book}, name); i >= 0 {
			return i + 1
		}
		return 9
	}
	out := slices.Clone(papers)
	slices.SortStableFunc(out, func(a, b Paper) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}

// Copies is how many copies of a set to print: one for each respondent and
// body it goes to, and one to keep (最高人民法院关于民事诉讼证据的若干规定,
// Article 19, asks for copies by the number of opponents).
func Copies(recipients int) int { return max(recipients, 1) + 1 }

// FormText is a letter as text to paste into a web form: parts of at most
// limit characters, cut between paragraphs; limit 0 is one part. A paragraph
// longer than the limit is cut between characters. Joined, the parts are the
// text.
func FormText(d letter.Document, limit int) []string {
	text := letter.Text(d)
	if limit <= 0 || utf8.RuneCountInString(text) <= limit {
		return []string{text}
	}
	var parts []string
	var b strings.Builder
	n := 0
	flush := func() {
		if n > 0 {
			parts = append(parts, b.String())
			b.Reset()
			n = 0
		}
	}
	for _, line := range strings.SplitAfter(text, "\n") {
		size := utf8.RuneCountInString(line)
		if n+size > limit {
			flush()
		}
		for r := []rune(line); len(r) > 0; {
			cut := min(limit-n, len(r))
			b.WriteString(string(r[:cut]))
			n += cut
			if r = r[cut:]; len(r) > 0 {
				flush()
			}
		}
	}
	flush()
	return parts
}

// Windows is text as a Windows editor opens it without doubt: UTF-8 with a
// byte order mark, and CRLF.
func Windows(text string) []byte {
	return []byte("\ufeff" + strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n"))
}
