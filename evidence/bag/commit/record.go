package commit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// MaxRecord is the largest record there is, in bytes.
const MaxRecord = 64 << 10

// A Record says where an exhibit came from. It holds no path, no time of
// adding and no words of the person: what changes with them must not move the
// code.
type Record struct {
	Exhibit   string `json:"exhibit"`
	Salt      string `json:"salt"`
	Name      string `json:"name"`               // original name; of a recording it is the provenance
	NameHex   string `json:"name_hex,omitempty"` // its raw bytes, if they are not UTF-8
	Kind      string `json:"kind"`
	MediaType string `json:"media_type"`
	Times     []Time `json:"times"`
	Phone     string `json:"phone,omitempty"` // whose phone it is from
	// of an exhibit made out of another: how, of which, and of which lines
	Made  string `json:"made,omitempty"`
	Of    string `json:"of,omitempty"`
	Lines string `json:"lines,omitempty"`
}

// A Time is one time known of an exhibit, and how it is known.
type Time struct {
	What   string `json:"what"` // captured, modified
	Time   string `json:"time"` // RFC 3339 with offset
	Source string `json:"source"`
}

// Format is the record as it stands in records/.
func (r Record) Format() ([]byte, error) {
	if r.Times == nil {
		r.Times = []Time{}
	}
	b, err := oneLine(r)
	if err == nil && len(b) > MaxRecord {
		err = fmt.Errorf("%d bytes are more than %d", len(b), MaxRecord)
	}
	if err != nil {
		return nil, fmt.Errorf("record of %s: %w", r.Exhibit, err)
	}
	return b, nil
}

func oneLine(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}

// A LogLine is one event of a case, as copies tell it.
type LogLine struct {
	Seq     int    `json:"seq"` // from 1
	Time    string `json:"time"`
	Event   string `json:"event"`
	Detail  string `json:"detail,omitempty"`
	Exhibit string `json:"exhibit,omitempty"` // the only one it speaks of
	Actor   string `json:"actor"`
	Tool    string `json:"tool"`
	Salt    string `json:"salt,omitempty"`
}

// Line is an event as a line of log.jsonl, salted so that a copy can keep the
// digest without telling the line.
func (k Key) Line(l LogLine) ([]byte, error) {
	l.Salt = ""
	bare, err := oneLine(l)
	if err != nil {
		return nil, fmt.Errorf("log: %w", err)
	}
	l.Salt = k.Salt(ForLog, fmt.Sprint(l.Seq), sha256Of(bytes.TrimSuffix(bare, []byte("\n"))))
	return oneLine(l)
}

// LogDigests is log-digests.txt: the SHA-256 of every line of a log, without
// its line end.
func LogDigests(log []byte) []byte {
	var b bytes.Buffer
	for raw := range bytes.Lines(log) {
		b.WriteString(LineDigest(bytes.TrimSuffix(raw, []byte("\n"))) + "\n")
	}
	return b.Bytes()
}

// LineDigest is what log-digests.txt says of a line.
func LineDigest(line []byte) string { return sha256Of(line) }

// LogHeads are the heads of a log after its first line, its first two, and so
// on: the SHA-256 of the first lines of log-digests.txt.
func LogHeads(digests []byte) []string {
	h := sha256.New()
	var out []string
	for raw := range bytes.Lines(digests) {
		h.Write(raw)
		out = append(out, hex.EncodeToString(h.Sum(nil)))
	}
	return out
}
