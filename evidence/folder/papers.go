package folder

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Covers say, of the folder of each recipient of a case, without its number, what is
// covered in their papers: a digest, empty where nothing is.
type Covers map[string]string

func (c Covers) of(top string) string { return c[Unnumbered(top)] }

// A madeOf is what the papers of one recipient were made of beside the evidence and the
// case: what can change and leave the papers of others as they are.
type madeOf struct {
	Covers  string   `json:"covers,omitempty"`  // as in [Covers]
	Filings []string `json:"filings,omitempty"` // of each complaint that the case had, a digest
}

// outdated reports papers that show what is covered by now, or cover other things, or
// tell of a complaint of which the case says something else: that it was answered, say.
// One that was handed in since makes no paper untrue.
func (t madeOf) outdated(now madeOf) bool {
	return t.Covers != now.Covers ||
		slices.ContainsFunc(t.Filings, func(s string) bool { return !slices.Contains(now.Filings, s) })
}

// same reports papers that would be made as they are.
func (t madeOf) same(now madeOf) bool {
	return t.Covers == now.Covers && slices.Equal(t.Filings, now.Filings)
}

// toldOf is what the papers in a folder were made of. An earlier release covered what
// it covered without saying so; its state was over the complaints too.
func (m made) toldOf(top string, filings []string) madeOf {
	if t, ok := m.Told[top]; ok {
		return t
	}
	return madeOf{Filings: filings}
}

// PapersCurrent reports whether the papers of a recipient, whatever the number of their
// folder, may stand beside what is made of the case as it is now, and whether they
// would be made the same. So it is where a release before this one made them and did
// not say, and where there are none.
func (f *Folder) PapersCurrent(recipient string, covers Covers) (current, same bool, err error) {
	m, known := readMade(f.Path(PacketDir))
	if !known || m.State == "" {
		return true, true, nil
	}
	if current, err = f.saysNow(m); err != nil || !current {
		return false, false, err
	}
	filings, err := f.filingSums()
	if err != nil {
		return false, false, err
	}
	same = true
	for path := range m.Files {
		top, _, deep := strings.Cut(path, "/")
		if !deep || Unnumbered(top) != Unnumbered(recipient) {
			continue
		}
		was, now := m.toldOf(top, filings), madeOf{covers.of(top), filings}
		current, same = current && !was.outdated(now), same && was.same(now)
	}
	return current, same, nil
}

// saysNow reports papers made of the case as it is now. Earlier releases wrote down
// the sum with the complaints, or over all of the register.
func (f *Folder) saysNow(m made) (bool, error) {
	for _, sum := range []func() (string, error){f.PaperSum, f.PaperSumOf2, f.PaperSumOf1, f.StateSum} {
		if s, err := sum(); err != nil || m.State == s {
			return err == nil, err
		}
	}
	return false, nil
}

// PaperSum is a SHA-256 over what the papers of a case are made from: case.toml,
// timeline.csv, and what exhibits.jsonl says of the exhibits on the list. Whatever
// was never sealed is in no letter: what happens to it leaves a signed one as it is.
// So does handing one in: the [[filings]] are no part of the sum.
func (f *Folder) PaperSum() (string, error) {
	about, err := f.listedOnly()
	if err != nil {
		return "", err
	}
	return f.stateSum(about, withoutFilings)
}

// PaperSumOf2 is the sum of releases for which a block of [[filings]] ended at its first
// note: what stood below that went into the sum.
func (f *Folder) PaperSumOf2() (string, error) {
	about, err := f.listedOnly()
	if err != nil {
		return "", err
	}
	return f.stateSum(about, func(data []byte) []byte { return filingsCut(data, filingToNote) })
}

// PaperSumOf1 is the sum of releases that took the [[filings]] for a part of what
// papers say.
func (f *Folder) PaperSumOf1() (string, error) {
	about, err := f.listedOnly()
	if err != nil {
		return "", err
	}
	return f.stateSum(about, nil)
}

// listedOnly tells the exhibits on the list; nil: all, where there is no list.
func (f *Folder) listedOnly() (func(number string) bool, error) {
	list, _, err := f.readList()
	if err = sound(err); err != nil || list.Len() == 0 {
		return nil, err
	}
	return func(number string) bool { return list.Line(number) > 0 }, nil
}

// withoutFilings is a case.toml without its [[filings]] and without empty lines, of
// which an entry brings some.
func withoutFilings(data []byte) []byte { return filingsCut(data, filingAt) }

func filingsCut(data []byte, at func([]byte, int) (begin, end int)) []byte {
	data, _ = understood(CaseFile, data) // an entry makes it plain
	for {
		begin, end := at(data, 0)
		if begin == len(data) {
			break
		}
		data = slices.Concat(data[:begin], data[end:])
	}
	var out []byte
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) > 0 {
			out = append(append(out, bytes.TrimRight(line, " \t\r\n")...), '\n')
		}
	}
	return out
}

// filingSums are digests of the complaints in case.toml, each over the keys that say
// something.
func (f *Folder) filingSums() ([]string, error) {
	data, err := f.caseText()
	if err != nil {
		return nil, err
	}
	var out []string
	for n := 0; ; n++ {
		begin, end := filingAt(data, n)
		if begin == len(data) {
			return out, nil
		}
		h := sha256.New()
		for line := range bytes.Lines(data[begin:end]) {
			line = bytes.TrimSpace(line)
			if len(line) > 0 && line[0] != '#' && !bytes.HasSuffix(line, []byte(`= ""`)) {
				fmt.Fprintf(h, "%s\n", line)
			}
		}
		out = append(out, hex.EncodeToString(h.Sum(nil)[:8]))
	}
}
