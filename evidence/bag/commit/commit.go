// Package commit keeps the list of commitments that the printed evidence code
// of format 2 stands for.
//
// Each exhibit has an opening, a text of seven lines with its digests and a
// salt, and a record of where it came from. The list holds one line an opening,
// with its digest and nothing else, so that a copy without an exhibit proves
// the same code and tells of that exhibit its number alone: who does not have
// the salt cannot try what it may have been.
//
// A build goes through these steps; all are pure:
//
//	salt := key.Salt(commit.ForExhibit, "E001", sha256)
//	list, err := list.Append([]commit.Addition{{"E001", opening.Format()}}, nil, nil)
//	code := list.Code(list.Len())      // printed as 证据码, with the number of lines
//
// That code is not the root of a bundle of format 1, nor the digest of one copy:
// package bag has both.
//
// The list is only ever appended to. So the code of an earlier letter is that
// of the first lines, and stays checkable: [List.Find]. Anybody can do so by
// hand: head -n K commitments.txt | sha256sum.
//
// The package knows neither folders nor bags nor what an exhibit shows.
package commit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"github.com/emmansun/gmsm/sm3"

	"juzheng/evidence/lazyregexp"
)

// A Key is the case key, from which all salts of a case come. It is drawn
// once, and never leaves the case folder.
type Key [32]byte

// ParseKey reads a key as [Key.Format] writes it.
func ParseKey(text []byte) (Key, error) {
	var k Key
	if len(text) != 2*len(k)+1 || text[len(text)-1] != '\n' {
		return k, errors.New("a case key is one line of 64 hexadecimal digits")
	}
	if _, err := hex.Decode(k[:], text[:2*len(k)]); err != nil {
		return k, errors.New("a case key is one line of 64 hexadecimal digits")
	}
	return k, nil
}

// Format is the key as one line.
func (k Key) Format() []byte { return append(hex.AppendEncode(nil, k[:]), '\n') }

// A Purpose keeps the salt of one thing from being that of another.
type Purpose string

// The purposes.
const (
	ForExhibit Purpose = "exhibit"
	ForRecord  Purpose = "record"
	ForLog     Purpose = "log"
)

// SaltDigits is the length of a salt in hexadecimal digits: 128 bits, which
// nobody can try.
const SaltDigits = 32

// Salt is the salt of one thing: of an exhibit or its record the label is the
// number and sha its SHA-256, of a line of the log the line's number and the
// SHA-256 of the line without its salt.
func (k Key) Salt(p Purpose, label, sha string) string {
	h := hmac.New(sha256.New, k[:])
	h.Write([]byte("juzheng salt 2\n" + string(p) + "\n" + label + "\n" + sha + "\n"))
	return hex.EncodeToString(h.Sum(nil)[:SaltDigits/2])
}

// Digests of a text, as lower-case hex.
func sha256Of(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

func sm3Of(text []byte) string {
	sum := sm3.Sum(text)
	return hex.EncodeToString(sum[:])
}

// numberForm is the number of an exhibit: E and a decimal of three digits or
// more that has no further leading zero.
var numberForm = lazyregexp.New(`^E(00[1-9]|0[1-9][0-9]|[1-9][0-9]{2,8})$`)

// ValidNumber reports whether s is the number of an exhibit.
func ValidNumber(s string) bool { return numberForm.MatchString(s) }

// OpeningPath is where the opening of an exhibit stands in a bundle.
func OpeningPath(number string) string { return "openings/" + number + ".txt" }

// RecordPath is where the record of an exhibit stands in a bundle.
func RecordPath(number string) string { return "records/" + number + ".json" }
