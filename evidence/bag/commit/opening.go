package commit

import (
	"bytes"
	"strconv"
	"strings"

	"juzheng/evidence/lazyregexp"
)

// An Opening is what a line of the list commits to: which file has a number,
// and which record.
type Opening struct {
	Number string
	Size   int64
	SHA256 string // of the exhibit
	SM3    string
	Salt   string
	Data   string // where the exhibit stands in a bundle: "data/E001.jpg"
	Record string // SHA-256 of the record
}

// MaxOpening is the largest opening there is, in bytes.
const MaxOpening = 512

const openingHead = "# juzheng exhibit 2"

// Format is the opening as it stands in openings/: sha256sum -c passes over
// the first five lines and checks the last two.
func (o Opening) Format() []byte {
	return []byte(strings.Join([]string{openingHead, "# number " + o.Number, "# size " + strconv.FormatInt(o.Size, 10),
		"# sm3 " + o.SM3, "# salt " + o.Salt, o.SHA256 + "  " + o.Data, o.Record + "  " + RecordPath(o.Number), ""},
		"\n"))
}

// dataForm is the only name a payload file of format 2 has: by what stands
// before its first dot it is told by hand which opening is its own.
var dataForm = lazyregexp.New(`^data/(E[0-9]+)\.[a-z0-9]{1,16}$`)

// ValidData reports whether path is the name of an exhibit's file.
func ValidData(path, number string) bool {
	m := dataForm.FindStringSubmatch(path)
	return m != nil && m[1] == number
}

// ParseOpening reads an opening. There is one way to write it, and no other is
// read: the error is a [*FormError].
func ParseOpening(text []byte) (Opening, error) {
	var o Opening
	if fault := formFault(text); fault != "" {
		return o, &FormError{Fault: fault}
	}
	lines := bytes.Split(text, []byte("\n"))
	if len(lines) != 8 || string(lines[0]) != openingHead {
		return o, &FormError{Fault: FaultForm}
	}
	for i, f := range []struct {
		head string
		to   *string
	}{{"# number ", &o.Number}, {"# size ", nil}, {"# sm3 ", &o.SM3}, {"# salt ", &o.Salt}} {
		rest, ok := strings.CutPrefix(string(lines[i+1]), f.head)
		if !ok {
			return o, &FormError{Line: i + 2, Fault: FaultForm}
		}
		if f.to != nil {
			*f.to = rest
			continue
		}
		var err error
		if o.Size, err = strconv.ParseInt(rest, 10, 64); err != nil {
			return o, &FormError{Line: i + 2, Fault: FaultForm}
		}
	}
	o.SHA256, o.Data, _ = strings.Cut(string(lines[5]), "  ")
	o.Record, _, _ = strings.Cut(string(lines[6]), "  ")
	if !ValidNumber(o.Number) || !ValidData(o.Data, o.Number) || !lowerHex(o.SHA256, 64) || !lowerHex(o.SM3, 64) ||
		!lowerHex(o.Record, 64) || !lowerHex(o.Salt, SaltDigits) || o.Size < 0 || o.Size > 1<<53-1 ||
		!bytes.Equal(o.Format(), text) { // the size without a sign or zeros before it, the record's own path
		return o, &FormError{Fault: FaultForm}
	}
	return o, nil
}

func lowerHex(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for i := range n {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// ZeroSalt reports a salt that hides nothing.
func ZeroSalt(salt string) bool { return strings.Trim(salt, "0") == "" }

// A Fault is what is wrong with a text of ours.
type Fault string

// The faults.
const (
	FaultForm    Fault = "form"    // not as the format says
	FaultCRLF    Fault = "crlf"    // line ends were turned
	FaultBOM     Fault = "bom"     // begins with a byte order mark
	FaultCut     Fault = "cut"     // the last line has no line end
	FaultNumber  Fault = "number"  // a number stands twice
	FaultDigest  Fault = "digest"  // a digest stands under two numbers
	FaultState   Fault = "state"   // out of what is not in, in of what is not out
	FaultEmpty   Fault = "empty"   // no exhibit is listed
	FaultLists   Fault = "lists"   // the two lists have other lines
	FaultTooLong Fault = "toolong" // more lines, or longer ones, than there can be
)

// A FormError says what is wrong with a text, and where.
type FormError struct {
	SM3   bool // of the second list
	Line  int  // from 1; 0: the text as a whole
	Fault Fault
}

func (e *FormError) Error() string {
	list := ""
	if e.SM3 {
		list = "SM3 list, "
	}
	return list + "line " + strconv.Itoa(e.Line) + ": " + string(e.Fault)
}

// formFault finds what editors and mail programs do to a text.
func formFault(text []byte) Fault {
	switch {
	case bytes.HasPrefix(text, []byte("\xef\xbb\xbf")):
		return FaultBOM
	case bytes.IndexByte(text, '\r') >= 0:
		return FaultCRLF
	case !bytes.HasSuffix(text, []byte("\n")):
		return FaultCut
	}
	return ""
}
