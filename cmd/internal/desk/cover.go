package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates/packet"
)

// coverable reports rows of redactions.csv whose words no paper holds: a slip
// of the pen would leave what was meant to be covered. Missing are as of
// [packet.Covered].
func coverable(missing []evidence.Redaction) error {
	var bad folder.LineErrors
	for _, r := range missing {
		where := evidence.Text{ZH: "材料", EN: "any paper"}
		if r.Exhibit != "" {
			where = evidence.Text{ZH: "证据 " + r.Exhibit + " 的文字里", EN: "the text of exhibit " + r.Exhibit}
		}
		bad = append(bad, &folder.LineError{File: folder.RedactionsFile, Line: r.Line, Column: "文字",
			Found: evidence.Text{ZH: "“" + r.Text + "”，" + where.ZH + "没有这几个字",
				EN: fmt.Sprintf("%q, which is not in %s", r.Text, where.EN)},
			Wanted: evidence.Text{ZH: "照时间线或文字稿里的写法；图片上的字用方框遮",
				EN: "words as the timeline or transcript has them; words on a picture want a box"}})
	}
	if len(bad) > 0 {
		return bad
	}
	return nil
}

// visibleWords are words covered in a picture's text whose picture still shows
// them.
func visibleWords(rows []evidence.Redaction, exhibits []evidence.Exhibit) []WordsVisible {
	var out []WordsVisible
	for _, r := range rows {
		boxed := func(b evidence.Redaction) bool { return b.Exhibit == r.Exhibit && b.Text == "" }
		if r.Text == "" || r.Exhibit == "" || slices.ContainsFunc(rows, boxed) {
			continue
		}
		for _, x := range exhibits {
			if x.Number == r.Exhibit && strings.HasPrefix(x.MediaType, "image/") {
				out = append(out, WordsVisible{x.Number, r.Text})
			}
		}
	}
	return out
}

// covers is a digest of what is covered in the papers of one recipient; empty: nothing.
func covers(x Dossier, a addressee) string {
	o := order(x, a, bag.Root{})
	if len(o.Redactions) == 0 {
		return ""
	}
	_, missing := packet.Covered(o)
	attached := attachedTo(x, a)
	var rows []string
	for _, r := range o.Redactions {
		same := func(m evidence.Redaction) bool { return m.Exhibit == r.Exhibit && m.Text == r.Text }
		if !r.For(string(a.role)) || slices.ContainsFunc(missing, same) ||
			r.Text == "" && !slices.Contains(attached, r.Exhibit) {
			continue
		}
		row := fmt.Sprintf("%s %v %s\n", r.Exhibit, r.Box, r.Text)
		if r.Page > 0 {
			row = fmt.Sprintf("%d %s", r.Page, row)
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return ""
	}
	slices.Sort(rows)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(rows), "")))
	return hex.EncodeToString(sum[:8])
}

// coversOf are those of all whom the case leads to, by the folders of their papers.
func coversOf(x Dossier) folder.Covers {
	out := folder.Covers{}
	if len(x.Redactions) == 0 {
		return out
	}
	for _, role := range evidence.AllRoles() {
		found, err := recipients(x, []evidence.Role{role})
		if err != nil {
			continue // nobody: no papers are made
		}
		a := found[0]
		if c := covers(x, a); !strings.Contains(out[a.folder], c) { // platform and lender may share one
			out[a.folder] += c
		}
	}
	return out
}
