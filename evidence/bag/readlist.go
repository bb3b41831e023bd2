package bag

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"juzheng/evidence/bag/commit"
)

// listed2 is what a bundle of format 2 holds beside the files of a bag.
type listed2 struct {
	list     commit.List
	sound    bool // both lists could be read, and say the same
	openings map[string]commit.Opening
	records  map[string]commit.Record
	numbers  []string // of openings, in their order

	extracts []Extract // of those here
	noRecord []string  // numbers whose record is not here
	covered  int       // lines that the longest anchor stands for
	stamped  int       // lines that the longest time-stamp is over
	ends     []int     // where each line of the list ends, once it is asked for
	copyBy   Text      // what vouches for this copy; empty: nothing
}

// sumsName is the list of SM3 sums of the payload.
func (c *check) sumsName() string {
	if c.two != nil {
		return payloadSM3Name
	}
	return sm3Name
}

// inList reports the openings and records of exhibits: what lies in their
// folders, but for what systems leave in any folder that is looked at.
func inList(p string) bool {
	return (strings.HasPrefix(p, openingsDir+"/") || strings.HasPrefix(p, recordsDir+"/")) && !systemPath(p)
}

// partOfTwo reports the tag files that a bundle of format 2 is made of, and no
// others: what else the root document lists, somebody added to both.
func partOfTwo(p string) bool {
	switch p {
	case bagitName, bagInfoName, manifestName, payloadSM3Name, listName, listSM3Name, catalogueName, timelineName,
		logName, logDigestsName, indexName, stepsName:
		return true
	}
	return inList(p)
}

// sealName reports what may lie in seal/.
func (c *check) sealName(name string) bool {
	if c.two != nil {
		return sealName2(name)
	}
	return sealNames[name]
}

// sealName2 is sealName of format 2: what vouches for the first NNNN lines of
// the list, or for this copy.
func sealName2(name string) bool {
	switch name {
	case SealCopySignature, SealChain, SealSigners:
		return true
	}
	_, _, ok := sealLines(name)
	return ok
}

// sealLines reads NNNN.sshsig, NNNN.tsq or NNNN.tsr, and the query and reply over
// a signature, NNNN.sshsig.tsq and NNNN.sshsig.tsr.
func sealLines(name string) (lines int, ending string, ok bool) {
	base, ending, ok := strings.Cut(name, ".")
	lines, err := strconv.Atoi(base)
	if !ok || err != nil || lines < 1 || lines > commit.MaxLines || base != fmt.Sprintf("%04d", lines) {
		return 0, "", false
	}
	switch ending {
	case "sshsig", "tsq", "tsr", "sshsig.tsq", "sshsig.tsr":
		return lines, ending, true
	}
	return 0, "", false
}

// SealName is the name under seal/ of what vouches for the first lines of the
// list: a signature ("sshsig"), or the query and reply of a time-stamp ("tsq",
// "tsr").
func SealName(lines int, ending string) string { return fmt.Sprintf("%04d.%s", lines, ending) }

// maxSealFiles is how many files seal/ of format 2 may hold; each is checked
// over a text of its own.
const maxSealFiles = 300

// maxHere is how many openings a bundle may hold, and how many records. An
// exhibit that is here takes three files with its own, and all openings are held
// at once: a bundle that has its exhibits reaches the limit of files before.
const maxHere = 33_334

// lookForList tells a bundle of format 2 by its lists and by the word in
// bag-info.txt. One without the other is no earlier format, but a bundle that
// somebody took something away from.
func (c *check) lookForList() error {
	word := false
	if n := c.byPath[bagInfoName]; n != nil && n.kind == regular && n.size <= c.opt.Limits.Manifest {
		r := c.readOne(n, nil, true)
		c.read[n.path] = r
		if r.err == nil {
			c.docs[n.path] = r.data
			fields, _ := parseInfo(r.data, c.lineLimit())
			word = infoValue(fields, keyFormat) == formatTwo
		}
	}
	list, listSM3, openings := c.byPath[listName] != nil, c.byPath[listSM3Name] != nil, false
	for i := range c.nodes {
		openings = openings || c.own && inList(c.nodes[i].path) && strings.HasPrefix(c.nodes[i].path, openingsDir)
	}
	if !word && !list && !listSM3 && !openings {
		return nil
	}
	c.own, c.res.Own = true, true
	c.two = &listed2{openings: map[string]commit.Opening{}, records: map[string]commit.Record{}}
	if !word || !list || !listSM3 {
		c.add("E-FORMAT-MIXED", "")
	}
	seal, opened, recorded := 0, 0, 0
	for i := range c.nodes {
		n := &c.nodes[i]
		most := int64(-1)
		switch {
		case n.path == listName || n.path == listSM3Name:
			most = commit.MaxLines * commit.MaxLine
		case !inList(n.path):
			if inSeal(n.path) {
				seal++
			}
		case strings.HasPrefix(n.path, openingsDir+"/"):
			most = commit.MaxOpening
			opened++
		default:
			most = commit.MaxRecord
			recorded++
		}
		switch {
		case most >= 0 && n.kind != regular && n.kind != directory:
			return c.refuse("E-FILE-TYPE", n.path, Text{"：" + kindWords[n.kind].ZH, ": " + kindWords[n.kind].EN})
		case most >= 0 && n.size > most && n.kind == regular:
			return c.refuse("E-LIMIT", n.path, fmt.Sprintf("%d bytes", n.size))
		case opened > maxHere || recorded > maxHere:
			return c.refuse("E-LIMIT", openingsDir, fmt.Sprintf("> %d", maxHere))
		case seal > maxSealFiles:
			return c.refuse("E-LIMIT", SealDir, fmt.Sprintf("> %d", maxSealFiles))
		}
	}
	return nil
}

// faultTexts say what is wrong with a list or opening.
var faultTexts = map[commit.Fault]Text{
	commit.FaultForm: {"不合格式", "not as the format says"},
	commit.FaultCRLF: {"换行被改成了 CRLF：多半是编辑器、邮件或同步软件改的",
		"its line ends were turned to CRLF, most likely by an editor, mail or a sync program"},
	commit.FaultBOM:     {"开头多了 BOM：多半是编辑器加的", "it begins with a byte order mark, most likely by an editor"},
	commit.FaultCut:     {"最后一行没有换行：末尾被截去", "its last line has no line end: it was cut"},
	commit.FaultNumber:  {"同一个编号列了两次", "a number is listed twice"},
	commit.FaultDigest:  {"同一个校验值列在两个编号下", "a digest is listed under two numbers"},
	commit.FaultState:   {"去掉或放回的编号不在清单里", "it leaves out or puts back what is not listed so"},
	commit.FaultEmpty:   {"清单里没有一件证据", "it lists no exhibit"},
	commit.FaultLists:   {"两份清单的各行对不上", "the two lists have other lines"},
	commit.FaultTooLong: {"行数或行长超出上限", "too many lines, or too long ones"},
}

// readList reads both lists, the openings and the records, before the files
// are judged: the openings know their sizes.
func (c *check) readList() error {
	two := c.two
	sha, ok := c.docs[listName]
	sm3, okSM3 := c.docs[listSM3Name]
	if ok && okSM3 {
		var err error
		var fault *commit.FormError
		if two.list, err = commit.ParseList(sha, sm3); errors.As(err, &fault) {
			name := listName
			if fault.SM3 {
				name = listSM3Name
			}
			if fault.Fault == commit.FaultTooLong {
				return c.refuse("E-LIMIT", name, faultTexts[fault.Fault])
			}
			c.add("E-LIST-FORM", name, faultTexts[fault.Fault]).Line = fault.Line
		}
		two.sound = err == nil
	}
	openings, records := 0, 0
	for i := range c.nodes {
		if n := &c.nodes[i]; strings.HasPrefix(n.path, openingsDir+"/") {
			openings++
		} else if strings.HasPrefix(n.path, recordsDir+"/") {
			records++
		}
	}
	two.openings = make(map[string]commit.Opening, openings)
	two.records = make(map[string]commit.Record, records)
	two.numbers = make([]string, 0, openings)
	var paths []string       // of records
	for i := range c.nodes { // by name
		n := &c.nodes[i]
		r := c.read[n.path]
		if n.kind != regular || r == nil || r.err != nil || !inList(n.path) {
			continue
		}
		if strings.HasPrefix(n.path, openingsDir+"/") {
			c.readOpening(n.path, r.data)
		} else {
			paths = append(paths, n.path)
		}
	}
	if err := c.readRecords(paths); err != nil {
		return err
	}
	if two.sound && len(two.openings) > two.list.Len() {
		return c.refuse("E-LIMIT", openingsDir, fmt.Sprintf("> %d", two.list.Len()))
	}
	return nil
}

func (c *check) readOpening(path string, text []byte) {
	o, err := commit.ParseOpening(text)
	var fault *commit.FormError
	if errors.As(err, &fault) {
		c.add("E-OPENING-FORM", path, faultTexts[fault.Fault]).Line = fault.Line
		return
	}
	if path != commit.OpeningPath(o.Number) {
		c.add("E-OPENING-NAME", path, o.Number)
		return
	}
	c.shareDigests(&o)
	c.two.openings[o.Number] = o
	c.two.numbers = append(c.two.numbers, o.Number)
}

// shareDigests lets an opening have the digests that were computed of what it is
// about, where they are the same: there may be tens of thousands, and each is
// held once.
func (c *check) shareDigests(o *commit.Opening) {
	share := func(s *string, path, alg string) {
		if r := c.read[path]; r != nil && r.err == nil {
			if got := r.digest(alg); got == *s {
				*s = got
			}
		}
	}
	share(&o.SHA256, o.Data, "sha256")
	share(&o.SM3, o.Data, "sm3")
	share(&o.Record, commit.RecordPath(o.Number), "sha256")
	if n := c.byPath[o.Data]; n != nil {
		o.Data = n.path
	} else {
		o.Data = strings.Clone(o.Data) // it is part of a line
	}
}

// readRecords reads records side by side, and keeps them in the order of their names.
func (c *check) readRecords(paths []string) error {
	type outcome struct {
		record commit.Record
		err    error
	}
	read := make([]outcome, len(paths))
	err := parallel(len(paths), c.opt.Workers, func(i int) error {
		read[i].record, read[i].err = parseExhibitRecord(c.read[paths[i]].data)
		return c.ctx.Err()
	})
	if err != nil {
		return err
	}
	for i, path := range paths {
		switch r := read[i]; {
		case r.err != nil:
			c.add("E-RECORD-FORM", path, why(r.err))
		case path != commit.RecordPath(r.record.Exhibit):
			c.add("E-RECORD-FORM", path, r.record.Exhibit)
		default:
			c.two.records[r.record.Exhibit] = r.record
		}
	}
	return nil
}

// parseExhibitRecord reads a record of format 2.
func parseExhibitRecord(text []byte) (commit.Record, error) {
	var r commit.Record
	if err := strictJSON(text, 4, 1000); err != nil {
		return r, err
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, err
	}
	if !commit.ValidNumber(r.Exhibit) || !isDigest(r.Salt, commit.SaltDigits) {
		return r, errors.New("exhibit or salt is missing")
	}
	return r, nil
}

// recordOfList is what openings and records say of the exhibits here, in the
// form of format 1.
func (c *check) recordOfList() evidenceFile {
	e := evidenceFile{Schema: 2, Case: c.res.Case, Sealed: c.res.Sealed, Software: c.res.Software}
	for _, number := range c.two.numbers {
		o := c.two.openings[number]
		x := Entry{Path: o.Data, Number: o.Number, Size: o.Size, Sums: Sums{o.SHA256, o.SM3}}
		if r, ok := c.two.records[number]; ok {
			x = entryOfRecord(o, r)
		}
		e.Files = append(e.Files, x)
	}
	sortByPath(e.Files)
	return e
}
