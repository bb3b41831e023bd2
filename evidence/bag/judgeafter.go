package bag

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The events that commands write beside sign and timestamp.
const (
	EventExport = "export" // a copy was made: whole, or with files withheld
	// a copy is about to be made; the copy itself holds this record
	EventExportBegun = "export-begun"
	// a slip is about to be made; it stands once the next is there
	EventHandoverBegun = "handover-begun"
	EventHandover      = "handover" // a copy was handed over, with a slip
	EventPrint         = "print"    // papers that print the root were made
	// an exhibit is left out of bundle and papers from now on, with the reason; is
	// taken back
	EventLeave    = "leave"
	EventTakeBack = "take-back"
	EventApprove  = "approve" // a second person approved letters as they are
)

// HeadDigits is how much of a log's head must be given at least: 64 bits,
// which nobody can meet by trying.
const HeadDigits = 16

// ParseHead reads the head of the log after the seal as typed from a handover
// slip: 16 to 64 hexadecimal digits, grouped in any way [ParseRoot] takes.
// The error is a [*RootError].
func ParseHead(typed string) (string, error) {
	digits, err := hexDigits(typed)
	if err == nil && (len(digits) < HeadDigits || len(digits) > 64) {
		err = &RootError{Digits: len(digits)}
	}
	return digits, err
}

// judgeAfter checks the log after the seal. Who holds the folder can cut its
// tail, and nothing in the folder shows it; a head printed on a handover slip
// does, for it must be the digest of some record.
func (c *check) judgeAfter() {
	name := SealDir + "/" + SealAfter
	want, err := "", error(nil)
	if c.opt.ExpectAfter != "" {
		if want, err = ParseHead(c.opt.ExpectAfter); err != nil {
			return // refused at the start
		}
	}
	met := 0
	if c.hasLog(name) {
		log := c.judgeChain(name, afterChain(c.res.Root), c.opt.Limits.Entries, want)
		c.res.After, c.res.AfterHead = log.records, log.head
		c.add("N-AFTER-TAIL", name)
		if met = log.met; met > 0 {
			c.res.AfterMet, c.res.AfterRest = true, log.lines-met
		}
	}
	if want != "" && met == 0 {
		c.add("E-AFTER-CUT", name)
	}
}

// A readLog is what was found of a log of format 1.
type readLog struct {
	records []Record
	given   int    // of them, with a time that somebody gave
	head    string // digest of the last whole line
	lines   int    // whole ones
	met     int    // the line that has the digest wanted, from 1; 0: none has
}

// judgeChain reads a log of format 1 and reports what breaks its chain. It
// looks at limit lines one by one, and at the digests of all.
func (c *check) judgeChain(path string, start chain, limit int, want string) readLog {
	links := linkCheck{path: path, seq: start.seq, prev: start.prev, root: start.root, limit: limit}
	out := readLog{head: CustodyStart}
	var records kept
	c.eachLine(path, func(l logLine) bool {
		if l.whole {
			out.head, out.lines = l.sum, out.lines+1
			if want != "" && out.met == 0 && strings.HasPrefix(l.sum, want) {
				out.met = out.lines
			}
		}
		if r, ok := links.line(l); ok {
			if givenDate(r.Tool) {
				out.given++
			}
			records.add(r)
		}
		return true
	})
	c.res.Problems = append(c.res.Problems, links.problems...)
	out.records = records.list(c, path)
	return out
}

// WithheldNote is how the record of an export declares what it leaves out:
// the number of files and the digest of withheld.txt.
func WithheldNote(withheld []string) string {
	return fmt.Sprintf("withheld=%d:%s", len(withheld), sumsOf(withheldList(withheld)).SHA256)
}

// withheldList is the content of withheld.txt.
func withheldList(withheld []string) []byte {
	return []byte(strings.Join(append(slices.Sorted(slices.Values(withheld)), ""), "\n"))
}

// judgePartial says what a partial copy leaves out, and whether the log after
// the seal holds the export that left it out. Withheld.txt lies outside the
// root: whoever holds a copy can withhold more, and then no record tells of it.
func (c *check) judgePartial() {
	name := SealDir + "/" + SealWithheld
	list, ok := c.docs[name]
	if !ok {
		return
	}
	for _, raw := range numberedLines(list) {
		if p := string(raw); c.byPath[p] != nil && plainPayload(p) {
			c.add("N-WITHHELD-PRESENT", p)
		}
	}
	if len(c.hold) == 0 {
		return
	}
	c.add("N-PARTIAL", "", strconv.Itoa(len(c.hold)))
	if !c.opt.PartialOK {
		here := c.res.Counts.Listed - c.res.Counts.Withheld
		c.add("E-WITHHELD", "", strconv.Itoa(here), strconv.Itoa(c.res.Counts.Listed),
			strconv.Itoa(c.res.Counts.Withheld))
	}
	note := WithheldNote(sortedKeys(c.hold))
	for _, r := range c.res.After {
		if (r.Event == EventExport || r.Event == EventExportBegun) && slices.Contains(strings.Fields(r.Detail), note) {
			return
		}
	}
	c.add("W-WITHHELD-UNRECORDED", name)
}
