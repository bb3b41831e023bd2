package bag

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"strconv"
	"strings"
)

// maxLogText is how much of the records of a log is held, to be listed. A log
// is read a line at a time, and may be as long as any file that is parsed.
const maxLogText = 8 << 20

// isLog reports the files that are read a line at a time.
func (c *check) isLog(p string) bool {
	if c.two != nil {
		return p == logName
	}
	return p == custodyName || p == SealDir+"/"+SealAfter
}

// A logLine is one line of a log, without its end.
type logLine struct {
	n     int    // from 1
	text  []byte // of one longer than a record may be, the beginning
	sum   string // SHA-256 of all of it
	whole bool   // it has a line end
}

// hasLog reports a log that was read, and its digests computed.
func (c *check) hasLog(path string) bool {
	r := c.read[path]
	return r != nil && r.err == nil
}

// eachLine gives the lines of a log until one is answered with false. What it
// reads here must be what was hashed before.
func (c *check) eachLine(path string, each func(logLine) bool) {
	r := c.read[path]
	f, err := c.tree.open(*c.byPath[path])
	if err != nil {
		c.add("E-FILE-CHANGING", path)
		return
	}
	defer f.Close()
	var same hash.Hash
	in := io.Reader(&canceled{c, f})
	if len(r.sums) > 0 {
		same = algorithms[r.sums[0].alg]()
		in = io.TeeReader(in, same)
	}
	lines := bufio.NewReaderSize(in, 1<<16)
	for l := (logLine{n: 1}); ; l.n++ {
		some := false
		if some, err = l.read(lines); !some || !each(l) {
			break
		}
	}
	if err == nil || errors.Is(err, io.EOF) {
		_, err = io.Copy(io.Discard, lines)
	}
	if err != nil || same != nil && hex.EncodeToString(same.Sum(nil)) != r.sums[0].sum {
		c.add("E-FILE-CHANGING", path)
	}
}

// read reads the next line; some reports that there is one. A line that says what the one
// before it said has the same sum: a log may be made of millions of them.
func (l *logLine) read(in *bufio.Reader) (some bool, err error) {
	part, err := in.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) && len(part) <= DefaultLimits.Line {
		some = len(part) > 0
		part, l.whole = bytes.CutSuffix(part, []byte("\n"))
		if l.sum == "" || len(l.text) > DefaultLimits.Line || !bytes.Equal(part, l.text) {
			sum := sha256.Sum256(part)
			l.text, l.sum = append(l.text[:0], part...), hex.EncodeToString(sum[:])
		}
		return some, err
	}
	h := sha256.New()
	for l.text = l.text[:0]; ; part, err = in.ReadSlice('\n') {
		part, l.whole = bytes.CutSuffix(part, []byte("\n"))
		h.Write(part)
		l.text = append(l.text, part[:min(len(part), DefaultLimits.Line+1-len(l.text))]...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			l.sum = hex.EncodeToString(h.Sum(nil))
			return true, err
		}
	}
}

// kept collects the records of a log to be listed, and holds each word that
// stands in many of them once.
type kept struct {
	records []Record
	more    int // that are not held
	seal    *Record
	text    int
	words   map[string]string
}

func (k *kept) add(r Record) {
	k.text += len(r.Time) + len(r.Detail) + len(r.Prev) + len(r.Root)
	if k.text > maxLogText {
		if k.more++; r.Event == "seal" { // the last of them says what came before
			k.seal = &r
		}
		return
	}
	if k.words == nil {
		k.words = map[string]string{}
	}
	for _, s := range []*string{&r.Event, &r.Actor, &r.Tool} {
		if w, ok := k.words[*s]; ok {
			*s = w
		} else if k.text += len(*s); len(k.words) < 1000 {
			k.words[*s] = *s
		}
	}
	k.records = append(k.records, r)
}

// list is what was held; of more than that a note is made.
func (k *kept) list(c *check, path string) []Record {
	if k.seal != nil {
		k.records = append(k.records, *k.seal)
	}
	if k.more > 0 {
		c.add("N-LOG-LONG", path, strconv.Itoa(k.more))
	}
	return k.records
}

// givenDate reports a record whose time somebody gave.
func givenDate(tool string) bool { return strings.HasSuffix(tool, GivenDate) }
