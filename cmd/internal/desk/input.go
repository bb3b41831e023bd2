package desk

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
	"juzheng/templates/packet"
)

// input is what letters and book are composed of, for one recipient: with
// nothing in it that they are not to see.
func input(x Dossier, a addressee, root bag.Root) letter.Input {
	in, _ := packet.Covered(order(x, a, root))
	return in
}

// A matter is what all papers of a case are made of, whoever gets them.
type matter struct {
	Dossier
	findings   []evidence.Finding
	redactions []evidence.Redaction
	exhibits   []evidence.Exhibit
	rows       []evidence.Incident
}

// matterOf is made once where many recipients are looked at: what it copies of a thousand
// exhibits is megabytes.
func matterOf(x Dossier) matter {
	findings, redactions := byExtracts(x)
	return matter{x, findings, redactions, x.sealed(), x.sealedRows()}
}

// order is what one recipient is to get, before anything is covered.
func order(x Dossier, a addressee, root bag.Root) packet.Order { return matterOf(x).order(a, root) }

// input is what the letter to one recipient is composed of before anything is sealed.
func (x matter) input(a addressee) letter.Input {
	in, _ := packet.Covered(x.order(a, bag.Root{}))
	return in
}

func (x matter) order(a addressee, root bag.Root) packet.Order {
	in := letter.Input{
		Matter: mask.Matter{Case: x.Case, Findings: x.findings, Exhibits: x.exhibits,
			Incidents: x.rows},
		Doubts: x.Report.Doubts, Aside: x.Report.Aside,
		Recipient: a.recipient, Role: a.role, Date: x.Date,
		Seal: letter.Seal{Root: root.SHA256, SM3: root.SM3, Files: root.Files, Bytes: root.Bytes,
			Head: root.CustodyHead, Count: root.CustodyEntries, Format: root.Format, Lines: root.Lines,
			Items: root.Items},
		Emergency: x.Report.Emergency, Elsewhere: x.Report.Elsewhere,
		Open: func(e evidence.Exhibit) (io.ReadCloser, error) { return x.Folder.OpenExhibit(e) },
		Kept: madeOfPictures(x.Folder),
	}
	if root.Format == 2 {
		in.Seal.Mark = mark(x.Dossier, a)
	}
	in.Handed = handed(x.Dossier, in)
	if r, name, ok := x.Folder.Stamp(x.Date); ok {
		in.Seal.Stamp = &letter.Stamp{Time: r.Time, Authority: evidence.Visible(r.Authority), File: name}
		if root.Format == 2 {
			in.Seal.Stamp.Over = "证据码"
		}
	}
	return packet.Order{Input: in, Redactions: x.redactions, Folder: a.folder, Fonts: x.Fonts}
}

// madeOfPictures is what papers that were made before left of the case's pictures.
func madeOfPictures(f *folder.Folder) *document.Kept {
	shelf := f.Shelf(folder.PictureShelf, folder.PictureShelfBytes)
	return &document.Kept{Load: shelf.Load, Save: shelf.Save}
}

// mark tells the letter to one recipient, of a case as it is now, from those to
// others, and from one that says something else and prints the same code: so that
// a scan of either is not taken for it.
func mark(x Dossier, a addressee) string {
	state, err := x.Folder.PaperSum()
	if err != nil {
		return "" // told where the case is read
	}
	if c := covers(x, a); c != "" {
		state += "\n" + c
	}
	return markOf(state, a)
}

func markOf(state string, a addressee) string {
	sum := sha256.Sum256([]byte(state + "\n" + string(a.asked())))
	return hex.EncodeToString(sum[:4])
}
