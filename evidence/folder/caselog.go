package folder

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"juzheng/evidence/bag"
	"juzheng/evidence/bag/commit"
	"juzheng/evidence/disk"
)

// caseLog is the log as copies tell it, brought up to the custody log: one line
// for each of its records. What stands in it stays byte for byte, for its head
// is printed on letters.
func (f *Folder) caseLog(key commit.Key) ([]byte, error) {
	custody, err := f.Custody()
	if err != nil {
		return nil, err
	}
	log, err := readRegular(f.Path(CommitDir, logFile))
	if err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	log = log[:bytes.LastIndexByte(log, '\n')+1]
	have, n := bytes.Count(log, []byte("\n")), 0
	before := len(log)
	for raw := range bytes.Lines(custody) {
		line, whole := bytes.CutSuffix(raw, []byte("\n"))
		if !whole {
			break
		}
		if n++; n <= have {
			continue
		}
		var r bag.Record
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, damagedLine(CustodyFile, n)
		}
		text, err := key.Line(logLine(r, n))
		if err != nil {
			return nil, err
		}
		log = append(log, text...)
	}
	if len(log) == before {
		return log, nil
	}
	if err := os.MkdirAll(f.Path(CommitDir), 0o700); err != nil {
		return nil, fmt.Errorf("write the log: %w", err)
	}
	return log, disk.Replace(f.Path(CommitDir, logFile), log, 0o600)
}

// logLine is what copies tell of a record: of which exhibit it is, and nothing
// of paths, digests and free text.
func logLine(r bag.Record, seq int) commit.LogLine {
	l := commit.LogLine{Seq: seq, Time: r.Time, Event: r.Event, Actor: r.Actor, Tool: r.Tool}
	words := strings.Fields(r.Detail)
	if len(words) > 0 && exhibitForm.MatchString(words[0]) {
		l.Exhibit = words[0]
		if r.Event == bag.EventLeave { // why a number is missing
			l.Detail = strings.Join(words[1:], " ")
		}
		return l
	}
	keep := map[string][]string{"seal": {"lines="}, "sign": {"key=", "file="},
		"timestamp":          {"time=", "serial=", "file="},
		bag.EventExportBegun: {"to=", "here=", "of="}}[r.Event]
	var detail []string
	for i, w := range words {
		switch {
		case r.Event == "open", r.Event == "exclude" && i == 0:
			detail = append(detail, w)
		default:
			for _, k := range keep {
				if strings.HasPrefix(w, k) {
					detail = append(detail, w)
				}
			}
		}
	}
	l.Detail = strings.Join(detail, " ")
	return l
}

// told are the lines of a log that a copy with these exhibits holds: of them
// or of none, what is left out of the evidence and why, and of no other
// recipient. Of what is in the evidence and withheld nothing is told. Own is the number of the record that
// tells of this copy; 0: there is none.
func told(log []byte, here, in map[string]bool, own int) []byte {
	var out []byte
	for raw := range bytes.Lines(log) {
		var l commit.LogLine
		if json.Unmarshal(raw, &l) != nil {
			continue // never of our making; its digest stays
		}
		switch l.Event {
		case bag.EventExport, bag.EventExportBegun, bag.EventHandover, bag.EventHandoverBegun, bag.EventPrint:
			if l.Seq != own {
				continue
			}
		}
		leaving := l.Event == bag.EventLeave || l.Event == bag.EventTakeBack
		if l.Exhibit == "" || here[l.Exhibit] || leaving && !in[l.Exhibit] {
			out = append(out, raw...)
		}
	}
	return out
}

// firstLines are the first n lines of a log.
func firstLines(log []byte, n int) []byte {
	end := 0
	for range n {
		i := bytes.IndexByte(log[end:], '\n')
		if i < 0 {
			break
		}
		end += i + 1
	}
	return log[:end]
}
