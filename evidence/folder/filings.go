package folder

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"juzheng/evidence"
)

// PutFiling writes the nth [[filings]] of case.toml, from 0, or one behind the
// last: the keys in which it differs from what stands there. All else of the
// file stays, byte for byte. What stood there is kept for [Folder.UndoFiling], and
// the custody log notes which was changed, by what verb and for which day. The
// caller holds the lock.
func (f *Folder) PutFiling(n int, g evidence.Filing, verb, on string, now time.Time) error {
	data, err := f.caseText()
	if err != nil {
		return err
	}
	c, err := ParseCase(CaseFile, data)
	if err != nil {
		return err
	}
	var out []byte
	if n < len(c.Filings) {
		out, err = changedFiling(data, n, c.Filings[n], g)
	} else {
		out, err = appendedFiling(data, g)
	}
	if err != nil || bytes.Equal(out, data) {
		return err
	}
	_, all, _, err := f.tracked()
	if err != nil {
		return err
	}
	e := FilingEntry{N: all + 1, Made: now, Verb: verb, Filing: n + 1}
	begin, end := filingAt(data, n)
	e.Before = string(data[begin:end])
	begin, end = filingAt(out, n)
	e.After = string(out[begin:end])
	if err := f.appendTracked(trackedLine{Type: "entry", FilingEntry: &e}); err != nil {
		return err
	}
	if err := f.putCase(out, now); err != nil {
		return err
	}
	// Whose filing it is stands in case.toml.
	return f.Note("note", fmt.Sprintf("track %s filing=%d date=%s", verb, n+1, on), now)
}

// keysOf are the keys of a [[filings]] in the order in which they are written,
// those first that each has.
func keysOf(g evidence.Filing) [][2]string {
	return [][2]string{{"to", g.To}, {"date", g.Date}, {"receipt", g.Receipt}, {"answered", g.Answered},
		{"answer", g.Answer}, {"exhibit", g.Exhibit}, {"papers", g.Papers}, {"letter", g.Letter},
		{"accepted", g.Accepted},
		{"outcome", string(g.Outcome)}, {"points", g.Points}, {"reply", g.Reply}, {"withdrawn", g.Withdrawn},
		{"closed", g.Closed}}
}

// always is how many of [keysOf] are written though they are empty: they show
// what can be filled in by hand.
const always = 6

func changedFiling(data []byte, n int, old, g evidence.Filing) (out []byte, err error) {
	before := keysOf(old)
	out = data
	for k, v := range keysOf(g) {
		if v[1] == before[k][1] {
			continue
		}
		if out, err = setKey(out, "filings."+v[0], v[1], n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func appendedFiling(data []byte, g evidence.Filing) ([]byte, error) {
	end := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		end = "\r\n"
	}
	lines := []string{"", "[[filings]]"}
	for k, v := range keysOf(g) {
		if k < always || v[1] != "" {
			lines = append(lines, v[0]+" = "+tomlString(v[1]))
		}
	}
	block := strings.Join(lines, end) + end
	out := append(bytes.TrimRight(slices.Clone(data), "\r\n"), end+block...)
	c, err := ParseCase(CaseFile, out)
	if err != nil || len(c.Filings) == 0 || c.Filings[len(c.Filings)-1].To != g.To {
		// such as filings in a form that no table can be added to
		return nil, handKey("filings", lineOfKey(data, "filings.to", 0))
	}
	return out, nil
}
