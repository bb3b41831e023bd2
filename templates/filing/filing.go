// Package filing makes what surrounds a letter: the choice of what to upload
// within a channel's limit, text for web forms, a mail draft, calendar entries
// for terms, the envelope and the posting list.
//
// Everything is a value or bytes; nothing is sent. It draws nothing and knows no
// rules: package letter writes, package typeset draws, and package packet says
// in which order a recipient reads.
package filing

import (
	"fmt"
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

// Order is the order in which files that lie in one recipient's folder are
// enclosed in a mail or listed for the post: the letter, what shows who files
// it, the list of exhibits, the exhibit book, as package packet prints them.
// Unknown papers follow, by name.
func Order(papers []Paper) []Paper {
	rank := func(p Paper) int {
		name, _, _ := strings.Cut(p.Name, ".")
		if kind, _, _ := strings.Cut(name, "（"); strings.HasSuffix(kind, "书") && name != Mandate {
			return 0 // 投诉书, 投诉书（请转办）, 举报书
		}
		if i := slices.Index([]string{Mandate, IDCopy, List, Book}, name); i >= 0 {
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

// FormText is a web form filled in, to be copied field by field, as [Windows]
// opens it.
func FormText(in letter.Input, fields []letter.FormField) []byte {
	var b strings.Builder
	mark := ""
	if in.Unreviewed { // what is copied field by field would not carry it
		mark = "（" + letter.ReviewMark + "）"
		b.WriteString("【" + letter.ReviewMark + "：还没有另一位同事看过，先不要填进网页】\n")
	}
	b.WriteString("【照网页的栏目逐栏复制，只复制横线下面的字；栏目名称和字数限制以网页为准。提交前核对，本程序不会替您提交】\n")
	for _, f := range fields {
		b.WriteString("\n■ " + f.Label + mark)
		switch n := utf8.RuneCountInString(f.Text); {
		case f.Limit > 0 && f.Short:
			fmt.Fprintf(&b, "（网页限%d字，以下%d字，是摘要，全文见附件）", f.Limit, n)
		case f.Limit > 0:
			fmt.Fprintf(&b, "（网页限%d字，以下%d字）", f.Limit, n)
		}
		b.WriteString("\n----------------------------------------\n")
		if f.Text == "" {
			b.WriteString("（案件里没有，请照网页的要求自己填写）\n")
			continue
		}
		b.WriteString(strings.TrimRight(f.Text, "\n") + "\n")
	}
	return Windows(b.String())
}

// Windows is text as a Windows editor opens it without doubt: UTF-8 with a
// byte order mark, and CRLF.
func Windows(text string) []byte {
	return []byte("\ufeff" + strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n"))
}
