package bag

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"juzheng/evidence/bag/commit"
)

// A Root is what a letter prints of a bundle: both digests of the root
// document, and what lies under it.
type Root struct {
	Sums                  // what a letter prints: of the root document, in format 2 of the list
	Files          int    `json:"files"`        // payload files
	Bytes          int64  `json:"bytes"`        // payload bytes
	CustodyHead    string `json:"custody_head"` // in format 2 that of log-digests.txt
	CustodyEntries int    `json:"custody_entries"`

	Copy   Sums `json:"copy"`             // of the root document: of this copy
	Format int  `json:"format,omitempty"` // 2; 0 in format 1
	Lines  int  `json:"lines,omitempty"`  // of the list, in format 2
	Items  int  `json:"items,omitempty"`  // exhibits it takes in
}

// FormatRoot writes a digest as it is printed: 16 groups of 4.
func FormatRoot(digest string) string {
	var b strings.Builder
	for i, r := range digest {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// A RootError reports a typed root that is not 64 hexadecimal digits.
type RootError struct {
	Digits int    // hexadecimal digits found
	Bad    string // first character that is none, if any
	Lines  string // what stands for the number of lines, and is none
	Copy   bool   // it is the digest of a copy that was given
}

func (e *RootError) Error() string {
	if e.Lines != "" {
		return fmt.Sprintf("%q is no number of lines", e.Lines)
	}
	if e.Bad != "" {
		return fmt.Sprintf("root has a character that is no hexadecimal digit: %q", e.Bad)
	}
	return fmt.Sprintf("root has %d hexadecimal digits, not 64", e.Digits)
}

// ParseRoot reads a root as a person types or pastes it: spaces, dashes,
// upper case, full-width forms, and the byte pairs of old certutil are all
// accepted, and so is the whole text of the QR code. It returns 64 lower-case
// hexadecimal digits or a [*RootError].
func ParseRoot(typed string) (string, error) {
	digits, err := hexDigits(typed)
	if err == nil && len(digits) != 64 {
		err = &RootError{Digits: len(digits)}
	}
	if err != nil {
		return "", err
	}
	return digits, nil
}

// hexDigits takes the digits out of what a person typed, in lower case.
func hexDigits(typed string) (string, error) {
	s := strings.ToLower(strings.TrimSpace(width.Fold.String(typed)))
	if strings.HasPrefix(s, "jz1:") {
		s = s[strings.LastIndexByte(s, ':')+1:]
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r >= 'a' && r <= 'f':
			b.WriteRune(r)
		case separator(r):
		default:
			return "", &RootError{Digits: b.Len(), Bad: string(r)}
		}
	}
	return b.String(), nil
}

// separator reports what people put between groups: any blank, any dash, a
// colon, and the invisible characters that come along when copying.
func separator(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\u00a0', '\u3000', '\u200b', '\u200e', '\ufeff',
		'-', '_', ':', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212':
		return true
	}
	return r >= '\u2000' && r <= '\u200a'
}

// CompareRoot compares a typed root with the computed one and returns the
// groups of four, counted from 1, that differ; none means equal. One wrong
// group is more likely a typing error than tampering, but it is no match.
func CompareRoot(typed, actual string) ([]int, error) {
	want, err := ParseRoot(typed)
	if err != nil {
		return nil, err
	}
	got, err := ParseRoot(actual)
	if err != nil {
		return nil, fmt.Errorf("computed %w", err)
	}
	var groups []int
	for i := 0; i < 64; i += 4 {
		if want[i:i+4] != got[i:i+4] {
			groups = append(groups, i/4+1)
		}
	}
	return groups, nil
}

// QRText is the text of the QR code beside the printed root: upper case, so
// that it stays in the alphanumeric mode of ISO/IEC 18004.
func QRText(caseID, sha256 string) string {
	return strings.ToUpper("JZ1:" + caseID + ":" + sha256)
}

// CodeQRText is the text of the QR code beside an evidence code over lines of
// the list. Mark tells two letters apart that print one code; it may be empty.
func CodeQRText(caseID string, lines int, sha256, mark string) string {
	s := "JZ2:" + caseID + ":" + strconv.Itoa(lines) + ":" + sha256
	if mark != "" {
		s += ":" + mark
	}
	return strings.ToUpper(s)
}

// A Typed is a code as somebody took it from paper.
type Typed struct {
	Digest string // 64 lower-case hexadecimal digits
	Lines  int    // of the list; 0: not said
	Format int    // by the text of a QR code; 0: not said
	Case   string // case id by the text of a QR code of format 2, in lower case; empty: not said
}

// ParseTyped reads what [ParseRoot] reads, and a code of format 2 with the
// number of lines it is of: CODE@6, or the text of its QR code. The error is a
// [*RootError].
func ParseTyped(typed string) (Typed, error) {
	var t Typed
	s := strings.TrimSpace(width.Fold.String(typed))
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		lines, ok := lineCount(strings.TrimSpace(s[at+1:]))
		if !ok {
			return t, &RootError{Lines: s[at+1:]}
		}
		t.Lines, s = lines, s[:at]
	}
	parts := strings.Split(strings.ToLower(s), ":")
	switch {
	case parts[0] == "jz1":
		t.Format = 1
	case parts[0] == "jz2" && (len(parts) == 4 || len(parts) == 5):
		lines, ok := lineCount(parts[2])
		if !ok {
			return t, &RootError{Lines: parts[2]}
		}
		t.Format, t.Lines, t.Case, s = 2, lines, strings.TrimSpace(parts[1]), parts[3]
	}
	digits, err := ParseRoot(s)
	t.Digest = digits
	return t, err
}

// sameCase reports whether a case id is the one that was given; a QR code has
// capitals alone.
func (t Typed) sameCase(id string) bool {
	return t.Case == strings.TrimSpace(strings.ToLower(width.Fold.String(id)))
}

func lineCount(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && decimal(s) && n >= 1 && n <= commit.MaxLines
}

// ReadRoot computes the root of the bundle folder dir and reads what
// bag-info.txt says is under it. It checks nothing else: see [Verify].
func ReadRoot(dir string) (Root, error) {
	doc, err := os.ReadFile(filepath.Join(dir, RootName))
	if err != nil {
		return Root{}, fmt.Errorf("read root document: %w", err)
	}
	info, err := os.ReadFile(filepath.Join(dir, bagInfoName))
	if err != nil {
		return Root{}, fmt.Errorf("read root: %w", err)
	}
	fields, bad := parseInfo(info, DefaultLimits.Line)
	if len(bad) > 0 {
		return Root{}, fmt.Errorf("read root: %s:%d is not \"label: value\"", bagInfoName, bad[0])
	}
	root := rootOf(sumsOf(doc), fields)
	if infoValue(fields, keyFormat) != formatTwo {
		return root, nil
	}
	var texts [3][]byte
	for i, name := range []string{listName, listSM3Name, logDigestsName} {
		if texts[i], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return Root{}, fmt.Errorf("read code: %w", err)
		}
	}
	list, err := commit.ParseList(texts[0], texts[1])
	if err != nil {
		return Root{}, fmt.Errorf("read code: %w", err)
	}
	return root.of(list, texts[2]), nil
}

// of is the root of a bundle of format 2 with that list and log.
func (r Root) of(list commit.List, logDigests []byte) Root {
	code := list.Code(list.Len())
	r.Sums = Sums{code.SHA256, code.SM3}
	in, _ := list.State(list.Len())
	r.Format, r.Lines, r.Items = 2, list.Len(), len(in)
	if heads := commit.LogHeads(logDigests); len(heads) > 0 {
		r.CustodyHead, r.CustodyEntries = heads[len(heads)-1], len(heads)
	}
	return r
}

// rootOf puts together the digests of the root document and what bag-info.txt
// says. A figure that cannot be read stays zero; Verify reports it.
func rootOf(sums Sums, fields []infoField) Root {
	r := Root{Sums: sums, Copy: sums, CustodyHead: infoValue(fields, keyCustodyHead)}
	if n, files, ok := parseOxum(infoValue(fields, "Payload-Oxum")); ok && n <= maxInteger && files <= maxInteger {
		r.Bytes, r.Files = int64(n), int(files)
	}
	r.CustodyEntries, _ = strconv.Atoi(infoValue(fields, keyCustodyEntries))
	return r
}

// maxInteger is the largest whole number every JSON reader keeps exact.
const maxInteger = 1<<53 - 1

// The labels of ours in bag-info.txt.
const (
	keyCustodyHead    = "Juzheng-Custody-Head"
	keyCustodyEntries = "Juzheng-Custody-Entries"
	keySupersedes     = "Juzheng-Supersedes"
	keySealed         = "Juzheng-Sealed"
	keyFormat         = "Juzheng-Format"

	formatTwo = "2"
)
