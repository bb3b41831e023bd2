package bag

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence/disk"
)

// CustodyStart is the prev of the first record of a chain.
const CustodyStart = "0000000000000000000000000000000000000000000000000000000000000000"

// A Record is one line of a custody log. Prev is the SHA-256 of the raw bytes
// of the line before, without its LF; so the last line vouches for all.
type Record struct {
	Seq    int    `json:"seq"`
	Time   string `json:"time"` // RFC 3339 with offset
	Event  string `json:"event"`
	Detail string `json:"detail"`
	Actor  string `json:"actor"`
	Tool   string `json:"tool"`
	Prev   string `json:"prev"`
	Root   string `json:"root,omitempty"` // in the first record after a seal: the SHA-256 root it continues
}

// GivenDate ends the tool of a record whose time was given to the program, and
// was not read from a clock.
const GivenDate = "; date given"

// ErrHalfRecord reports a log whose last line has no LF: a write that a crash
// cut short. [RepairCustody] drops it.
var ErrHalfRecord = errors.New("custody log ends in half a record")

// A chain is where a log begins.
type chain struct {
	seq  int
	prev string
	root string // of the first record; empty in a case's own log
}

// NextRecord returns the line, with its LF, that continues the log existing.
func NextRecord(existing []byte, event, detail, actor, tool string, t time.Time) ([]byte, error) {
	_, b, err := nextRecord(existing, chain{prev: CustodyStart}, event, detail, actor, tool, t)
	return b, err
}

// NextAfter returns the line that continues after.jsonl of a sealed bundle.
// The first one is tied to the sealed chain and to the root.
func NextAfter(after []byte, sealed Root, event, detail, actor, tool string, t time.Time) ([]byte, error) {
	_, b, err := nextRecord(after, afterChain(sealed), event, detail, actor, tool, t)
	return b, err
}

func nextRecord(existing []byte, start chain, event, detail, actor, tool string, t time.Time) (Record, []byte, error) {
	r := Record{
		Seq: start.seq, Prev: start.prev, Root: start.root,
		Time: t.Format(time.RFC3339), Event: event, Detail: detail, Actor: actor, Tool: tool,
	}
	if event == "" {
		return r, nil, errors.New("custody record without event")
	}
	if len(existing) > 0 {
		last, err := lastLine(existing)
		if err != nil {
			return r, nil, err
		}
		before, err := parseRecord(last)
		if err != nil {
			return r, nil, fmt.Errorf("custody log: last record: %w", err)
		}
		r.Seq, r.Prev, r.Root = before.Seq+1, lineSum(last), ""
	}
	b, err := r.line()
	return r, b, err
}

// line is the record as one line with its LF.
func (r Record) line() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return nil, fmt.Errorf("custody record: %w", err)
	}
	if b.Len() <= DefaultLimits.Line {
		return b.Bytes(), nil
	}
	// A path can be longer than a record, and is no reason not to go on: both
	// ends of the detail stay, and what vouches for the rest.
	cut := r
	cut.Detail = shortened(r.Detail, b.Len())
	if len(cut.Detail) >= len(r.Detail) {
		return nil, fmt.Errorf("custody record of %d bytes is longer than %d", b.Len(), DefaultLimits.Line)
	}
	return cut.line()
}

// shortened leaves out the middle of the detail of a record that takes size
// bytes as JSON, a quotation mark being more than one.
func shortened(s string, size int) string {
	mark := fmt.Sprintf("…[%d bytes, sha256 %s]…", len(s), lineSum([]byte(s)))
	const others = 512 // bytes of the other fields
	keep := len(s) * max(0, DefaultLimits.Line-len(mark)-others) / size / 2
	return strings.ToValidUTF8(s[:keep], "") + mark + strings.ToValidUTF8(s[len(s)-keep:], "")
}

func lineSum(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}

// lastLine returns the last line of a log without its LF.
func lastLine(log []byte) ([]byte, error) {
	body, ok := bytes.CutSuffix(log, []byte("\n"))
	if !ok {
		return nil, ErrHalfRecord
	}
	return body[bytes.LastIndexByte(body, '\n')+1:], nil
}

func parseRecord(line []byte) (Record, error) {
	var r Record
	if len(line) > DefaultLimits.Line {
		return r, errors.New("line is too long")
	}
	if err := strictJSON(line, 4, 100); err != nil {
		return r, err
	}
	if err := json.Unmarshal(line, &r); err != nil {
		return r, err
	}
	if r.Event == "" || !isDigest(r.Prev, 64) {
		return r, errors.New("event or prev is missing")
	}
	return r, nil
}

// AppendRecord appends one record to the open log f, which must be open for
// reading and writing: it locks the file, checks that the last line is whole,
// writes one line in one call, and syncs.
func AppendRecord(f *os.File, event, detail, actor, tool string, t time.Time) (Record, error) {
	if err := disk.Lock(f); err != nil {
		return Record{}, fmt.Errorf("lock custody log: %w", err)
	}
	defer disk.Unlock(f)
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return Record{}, fmt.Errorf("custody log: %w", err)
	}
	tail, err := readTail(f, size)
	if err != nil {
		return Record{}, fmt.Errorf("read custody log: %w", err)
	}
	r, b, err := nextRecord(tail, chain{prev: CustodyStart}, event, detail, actor, tool, t)
	if err != nil {
		return Record{}, err
	}
	if _, err := f.WriteAt(b, size); err != nil {
		// A record is whole or not there: take back what was written.
		return Record{}, errors.Join(fmt.Errorf("write custody log: %w", err), f.Truncate(size))
	}
	if err := f.Sync(); err != nil {
		return Record{}, fmt.Errorf("sync custody log: %w", err)
	}
	return r, nil
}

// readTail reads enough of the end of a log to hold its last line.
func readTail(f *os.File, size int64) ([]byte, error) {
	n := min(size, int64(2*DefaultLimits.Line))
	tail := make([]byte, n)
	_, err := f.ReadAt(tail, size-n)
	if err == io.EOF {
		err = nil
	}
	return tail, err
}

// RepairCustody cuts the half line off the end of the open log f and returns
// what was cut; nil if the log ends whole.
func RepairCustody(f *os.File) ([]byte, error) {
	if err := disk.Lock(f); err != nil {
		return nil, fmt.Errorf("lock custody log: %w", err)
	}
	defer disk.Unlock(f)
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("custody log: %w", err)
	}
	tail, err := readTail(f, size)
	if err != nil {
		return nil, fmt.Errorf("read custody log: %w", err)
	}
	i := bytes.LastIndexByte(tail, '\n')
	if i < 0 && int64(len(tail)) < size {
		return nil, errors.New("custody log: half record is longer than any record")
	}
	half := tail[i+1:]
	if len(half) == 0 {
		return nil, nil
	}
	if err := f.Truncate(size - int64(len(half))); err != nil {
		return nil, fmt.Errorf("repair custody log: %w", err)
	}
	if err := f.Sync(); err != nil {
		return nil, fmt.Errorf("sync custody log: %w", err)
	}
	return half, nil
}

// CheckCustody reads a custody log from its start and lists all that breaks
// its chain. It sees edits, insertions, deletions and a changed order; it
// cannot see a cut tail, which only the printed head shows.
func CheckCustody(log []byte) ([]Record, []Problem) {
	return checkChain(log, custodyName, chain{prev: CustodyStart})
}

// CheckAfter reads seal/after.jsonl of a bundle with the given root. A cut
// tail is not seen: whoever holds the folder can cut it.
func CheckAfter(after []byte, sealed Root) ([]Record, []Problem) {
	return checkChain(after, SealDir+"/"+SealAfter, afterChain(sealed))
}

func afterChain(sealed Root) chain {
	return chain{seq: sealed.CustodyEntries, prev: sealed.CustodyHead, root: sealed.SHA256}
}

// checkChain reads a log that is held.
func checkChain(log []byte, path string, start chain) (records []Record, problems []Problem) {
	links := linkCheck{path: path, seq: start.seq, prev: start.prev, root: start.root, limit: math.MaxInt}
	in := bufio.NewReader(bytes.NewReader(log))
	for l := (logLine{n: 1}); !links.ended; l.n++ {
		if some, _ := l.read(in); !some { // bytes that are held give no error
			break
		}
		if r, ok := links.line(l); ok {
			records = append(records, r)
		}
	}
	return records, links.problems
}

// A linkCheck looks at the records of a log one after another, at most limit of
// them, and at no more where hardly one holds.
type linkCheck struct {
	path       string
	limit      int
	seq        int    // the next
	prev, root string // that the next must name; root: the first
	last       time.Time
	problems   []Problem
	ended      bool
}

// line reports what the line says, unless that is not looked at, or lost.
func (k *linkCheck) line(l logLine) (r Record, ok bool) {
	report := func(code string, args ...any) {
		p := newProblem(code, k.path, args...)
		p.Line = l.n
		k.problems = append(k.problems, p)
	}
	if k.ended {
		return r, false
	}
	if k.ended = l.n > k.limit || len(k.problems) > shownOfACode; k.ended {
		report("E-CUSTODY-MANY")
		return r, false
	}
	if !l.whole {
		report("E-CUSTODY-HALF")
	}
	r, err := parseRecord(l.text)
	if err != nil {
		report("E-CUSTODY-LINE", why(err))
		// What the line says is lost; its bytes still carry the chain.
		k.prev, k.seq = l.sum, k.seq+1
		return r, false
	}
	if r.Prev != k.prev {
		report("E-CUSTODY-PREV")
	}
	if r.Seq != k.seq {
		report("E-CUSTODY-SEQ", strconv.Itoa(k.seq), strconv.Itoa(r.Seq))
	}
	if l.n == 1 && r.Root != k.root {
		report("E-CUSTODY-ROOT")
	}
	t, err := time.Parse(time.RFC3339, r.Time)
	switch {
	case err != nil:
		report("E-CUSTODY-LINE", r.Time)
	case t.Before(k.last):
		report("W-CUSTODY-TIME", k.last.Format(time.RFC3339), r.Time)
	default:
		k.last = t
	}
	k.prev, k.seq = l.sum, r.Seq+1
	return r, true
}

// CustodyHead returns the SHA-256 of the last whole line and the number of
// lines; of an empty log [CustodyStart] and 0.
func CustodyHead(log []byte) (string, int) {
	end := bytes.LastIndexByte(log, '\n')
	if end < 0 {
		return CustodyStart, 0
	}
	last, _ := lastLine(log[:end+1])
	return lineSum(last), bytes.Count(log, []byte("\n"))
}
