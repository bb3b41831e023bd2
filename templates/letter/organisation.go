package letter

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"juzheng/templates/document"
)

// ReviewMark stands on every page that is handed in as long as no second person
// approved the letter, where the case asks for one.
const ReviewMark = "待复核"

// mark is what stands at the head of every page of a paper that is handed in: that it
// waits for a second person, and what else the paper has to say of itself.
func (in Input) mark(own string) string {
	if in.Unreviewed {
		return strings.TrimSpace(ReviewMark + "　" + own)
	}
	return own
}

// ownPaper is a paper for the complainant alone, which nobody has to approve.
func (in Input) ownPaper(title string) document.Document {
	in.Unreviewed = false
	return in.document(title)
}

// letterhead names the organisation that helped to prepare a paper, and as what.
func (in Input) letterhead() []document.Block {
	o := in.Case.Organisation
	if o.Name == "" {
		return nil
	}
	line := "协助整理材料的机构" + with("　地址：", o.Address) + with("　电话：", o.Phone)
	return []document.Block{
		document.Paragraph{Spans: []document.Span{{Text: o.Name, Bold: true}}, Align: document.Center},
		document.Paragraph{Spans: plain(line), Align: document.Center, Small: true}}
}

// headed is a letter with the letterhead of the organisation that helped to write it,
// and room for its seal and its signatory below the person's own signature.
func (in Input) headed(d document.Document) document.Document {
	o := in.Case.Organisation
	d.Blocks = append(in.letterhead(), d.Blocks...)
	var rows []document.Field
	if o.Name != "" {
		rows = append(rows, field("协助整理材料的机构（盖章）", o.Name))
	}
	if o.Signatory != "" {
		rows = append(rows, field("经办人（签名）", o.Signatory))
	}
	if len(rows) > 0 {
		d.Blocks, _ = afterSignature(d.Blocks, document.Fields{Rows: rows})
	}
	return d
}

// afterSignature puts a block behind the last signature, on the same page.
func afterSignature(blocks []document.Block, add document.Block) ([]document.Block, bool) {
	blocks = slices.Clone(blocks)
	for n := len(blocks) - 1; n >= 0; n-- {
		switch b := blocks[n].(type) {
		case document.Signature:
			return slices.Insert(blocks, n+1, add), true
		case document.Keep:
			if inner, ok := afterSignature(b.Blocks, add); ok {
				blocks[n] = document.Keep{Blocks: inner}
				return blocks, true
			}
		}
	}
	return blocks, false
}

// Digest is what a second person approves: the words of a letter and the evidence code
// it prints. The day it is printed on is left out, or a letter would have to be
// approved again every morning; what the day changes in its facts is not.
func Digest(in Input, d document.Document) string {
	text := strings.ReplaceAll(document.Text(d), day(in.Date), "")
	sum := sha256.Sum256([]byte(in.Seal.Root + "\n" + string(in.askedAs()) + "\n" + in.Recipient.Name + "\n" + text))
	return hex.EncodeToString(sum[:16])
}

// LetterDigest is [Digest] of the letter of an input, before its pages are counted.
func LetterDigest(in Input) string { return Digest(in, Compose(in, Counted{})) }
