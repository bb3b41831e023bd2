package desk

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake/pdf"
	"juzheng/templates/scan"
)

// A SignedToError reports a scan that is not for one recipient: which letter it is
// nobody could tell.
type SignedToError struct{ Recipients int }

func (e *SignedToError) Error() string {
	return fmt.Sprintf("a signed letter, and %d recipients", e.Recipients)
}

// An OtherLetterError reports a scan whose code is another letter's: of another
// case, or of this one as it was before.
type OtherLetterError struct {
	File  string
	Found string // what its code says
	Code  string // the digest in that; empty: it is no code of ours
	Root  string // that a letter of the case prints now
	Other bool   // it is of another case
	// Whose is whom the letter is for, and Wanted whom a letter was asked for: a
	// letter of the case as it is now, to somebody else. Empty: it is none of these.
	Whose, Wanted string
}

func (e *OtherLetterError) Error() string {
	return fmt.Sprintf("%s: the code says %q", e.File, e.Found)
}

// A ScanTooLargeError reports a file that is larger than a scan of a letter is.
type ScanTooLargeError struct {
	File  string
	Bytes int64
}

func (e *ScanTooLargeError) Error() string { return fmt.Sprintf("%s: %d bytes", e.File, e.Bytes) }

// ScanUnread tells that no code could be read on a scan, so that nobody has checked
// which letter it is.
type ScanUnread struct{ File, Root, Name string }

// ScanUnnamed tells that the code on a scan is an earlier release's, which does not
// say to whom the letter is.
type ScanUnnamed struct{ File, Name string }

// ScanPages tells that there are not as many pictures as the letter has pages.
type ScanPages struct{ Given, Pages int }

// ScanOrder tells that pages of the letter are missing on a scan, or stand in another order.
type ScanOrder struct {
	scan.Order
	Pages int // of the letter
}

// ScanUnused tells that the scan of a signed letter is not what it was: it stays,
// and nothing is made of it.
type ScanUnused struct{ Err *scan.Error }

// Code names the notice.
func (ScanUnread) Code() string  { return "scan-unread" }
func (ScanUnnamed) Code() string { return "scan-unnamed" }
func (ScanPages) Code() string   { return "scan-pages" }
func (ScanOrder) Code() string   { return "scan-order" }
func (ScanUnused) Code() string  { return "scan-unused" }

// mostScan is the most bytes of a file of a scan.
const mostScan = 64 << 20

// readScan reads the files of one signed letter.
func readScan(paths []string) (*scan.Paper, error) {
	var files []scan.File
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return nil, err
		case !info.Mode().IsRegular():
			return nil, &scan.Error{File: filepath.Base(path), Reason: scan.NoScan}
		case info.Size() > mostScan:
			return nil, &ScanTooLargeError{path, info.Size()}
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		files = append(files, scan.File{Name: filepath.Base(path), Data: data})
	}
	p, err := scan.Read(files)
	return &p, err
}

// signedLetter is the scan that was given for the one recipient. The letter was
// signed as it was printed: a case that changed since has no signed letter yet.
func signedLetter(ctx context.Context, d Desk, x Dossier, to []addressee, paths []string) (*scan.Paper, error) {
	if len(to) != 1 {
		return nil, &SignedToError{len(to)}
	}
	p, err := readScan(paths)
	if err != nil {
		return nil, err
	}
	root, current, err := x.Folder.Current()
	switch {
	case err != nil:
		return nil, err
	case !current:
		return nil, &NotCurrentError{Case: x.Folder.Dir(), Signed: true}
	}
	if err := papersCurrent(x, to[0], true); err != nil {
		return nil, err
	}
	want, older, err := letterCodes(x, to[0], root)
	if err != nil {
		return nil, err
	}
	switch {
	case p.Code == "":
		d.tell(ScanUnread{paths[0], root.SHA256, to[0].recipient.Name})
	case p.Code == older.unnamed:
		d.tell(ScanUnnamed{paths[0], to[0].recipient.Name})
	case p.Code != want && !slices.Contains(older.named, p.Code):
		id, _, _ := strings.Cut(strings.TrimPrefix(want, qrMark(want)), ":")
		other := &OtherLetterError{File: paths[len(paths)-1], Found: p.Code, Root: root.SHA256,
			Other: !strings.Contains(p.Code, id), Wanted: to[0].recipient.Name}
		if t, err := bag.ParseTyped(p.Code); err == nil {
			other.Code = t.Digest
		}
		if other.Whose, err = whose(x, p.Code, root); err != nil {
			return nil, err
		}
		return nil, other
	}
	return p, lookAtOrder(ctx, d, x, to[0], p)
}

// letterMade is the letter to somebody as it was printed; nil: there is none.
func letterMade(x Dossier, a addressee) []byte {
	name, ok := packetOf(x.Folder, a)
	if !ok {
		return nil
	}
	data, err := os.ReadFile(x.Folder.Path(folder.PacketDir, name, a.role.Letter()+".pdf"))
	if err != nil {
		return nil
	}
	return data
}

// lookAtOrder holds the pages of a scan against those of the letter, and tells where they
// are others. What cannot be drawn is not looked at: nobody is kept from a scan by that.
func lookAtOrder(ctx context.Context, d Desk, x Dossier, a addressee, p *scan.Paper) error {
	made := letterMade(x, a)
	if d.Draw == nil || made == nil {
		return nil
	}
	letter := printsOf(ctx, d, made)
	var scanned []*scan.Print
	if p.PDF() {
		scanned = printsOf(ctx, d, p.Files[0].Data)
	} else {
		scanned = p.Prints()
	}
	if len(letter) > 0 && len(scanned) > 0 {
		if o := scan.OrderOf(scan.Shows(scanned, letter), len(letter)); !o.Right() {
			d.tell(ScanOrder{o, len(letter)})
		}
	}
	return ctx.Err()
}

// printsOf are the pages of a PDF; none, where they cannot be drawn.
func printsOf(ctx context.Context, d Desk, data []byte) []*scan.Print {
	var out []*scan.Print
	_, err := d.Draw(ctx, bytes.NewReader(data), int64(len(data)), func(p pdf.Page) error {
		m, _, err := image.Decode(bytes.NewReader(p.Data))
		if err == nil {
			out = append(out, scan.PrintOf(m))
		}
		return err
	})
	if err != nil {
		return nil
	}
	return out
}

// olderCodes are the texts of the QR code as earlier releases printed it on a letter
// that is made now: the first did not say to whom, the next took the complaints handed
// in for a part of what it says, or what stood below a note among them.
type olderCodes struct {
	unnamed string
	named   []string
}

// A SignedLook is what can be told of the scan of a signed letter before it is put beside
// the letter.
type SignedLook struct {
	Unread  bool   // no code could be read on it: nobody has checked which letter it is
	Unnamed bool   // the code on it does not say whose letter it is: an earlier release's
	Code    string // that the letter prints
	Name    string // of the recipient
	Given   int    // pages of the scan; 0: not known
	Pages   int    // of the letter; 0: not known
	Order   scan.Order
}

// Sure reports a scan that is the letter, whole, as far as can be told.
func (l SignedLook) Sure() bool {
	return !l.Unread && !l.Unnamed && (l.Given == 0 || l.Given == l.Pages) && l.Order.Right()
}

// LookSigned looks at the files of the scan of one signed letter, in the order of its
// pages, as [Build] does, and fails where that would. It writes nothing.
func LookSigned(ctx context.Context, d Desk, dir string, to evidence.Role, paths []string) (SignedLook, error) {
	l := SignedLook{}
	d.Tell = func(n Notice) {
		switch n := n.(type) {
		case ScanUnread:
			l.Unread, l.Code, l.Name = true, n.Root, n.Name
		case ScanUnnamed:
			l.Unnamed, l.Name = true, n.Name
		case ScanOrder:
			l.Order = n.Order
		}
	}
	x, err := Open(ctx, d, dir)
	if err != nil {
		return l, err
	}
	all, err := recipients(x, []evidence.Role{to})
	if err != nil {
		return l, err
	}
	p, err := signedLetter(ctx, d, x, all, paths)
	if err != nil {
		return l, err
	}
	l.Name = all[0].recipient.Name
	l.Given = p.Pages()
	l.Pages = scan.PagesOf(letterMade(x, all[0]))
	if l.Pages == 0 {
		l.Given = 0
	}
	return l, nil
}

// letterCodes are the texts of the QR code on the letter to one recipient.
func letterCodes(x Dossier, a addressee, root bag.Root) (want string, older olderCodes, err error) {
	if root.Format != 2 {
		want = bag.QRText(x.Case.ID, root.SHA256)
		return want, olderCodes{want, []string{want}}, nil
	}
	code := func(mark string) string { return bag.CodeQRText(x.Case.ID, root.Lines, root.SHA256, mark) }
	want = code(mark(x, a))
	if covers(x, a) != "" { // earlier ones may have printed what is covered
		return want, older, nil
	}
	state, err := x.Folder.StateSum()
	if err != nil {
		return "", older, err
	}
	older.unnamed = code(state[:8])
	for _, sum := range []func() (string, error){x.Folder.PaperSumOf1, x.Folder.PaperSumOf2} {
		papers, err := sum()
		if err != nil {
			return "", older, err
		}
		older.named = append(older.named, code(markOf(papers, a)))
	}
	return want, older, nil
}

// whose is whom the letter with a code is for, of those that the case makes now;
// empty: it is none of them.
func whose(x Dossier, code string, root bag.Root) (string, error) {
	for _, role := range evidence.AllRoles() {
		found, err := recipients(x, []evidence.Role{role})
		if err != nil {
			continue // the case leads to nobody there
		}
		want, _, err := letterCodes(x, found[0], root)
		if err != nil {
			return "", err
		}
		if want == code {
			return found[0].recipient.Name, nil
		}
	}
	return "", nil
}

// qrMark is what a code of ours begins with: JZ1 or JZ2, and a colon.
func qrMark(code string) string {
	mark, _, _ := strings.Cut(code, ":")
	return mark + ":"
}

// scanOf is the scan of a letter that was signed before and still prints the root;
// nil: there is none.
func scanOf(d Desk, x Dossier, a addressee, root bag.Root) *scan.Paper {
	paths := x.Folder.Scans(a.folder, root.SHA256, coversOf(x))
	if len(paths) == 0 {
		return nil
	}
	p, err := readScan(paths)
	if err != nil {
		if unfit, ok := err.(*scan.Error); ok {
			d.tell(ScanUnused{unfit})
		}
		return nil
	}
	return p
}
