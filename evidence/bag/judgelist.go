package bag

import (
	"bytes"
	"encoding/json"
	"sort"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence/bag/commit"
)

func sortByPath(files []Entry) {
	sort.Slice(files, func(i, j int) bool { return files[i].Path < files[j].Path })
}

// judgeTwo applies what bundles of format 2 promise beyond RFC 8493.
func (c *check) judgeTwo() {
	lists := c.ownLists()
	if payload := lists[manifestName]; payload == nil {
		c.missingDoc(manifestName)
	} else {
		for _, p := range sortedKeys(payload.digests) {
			number, _, _ := strings.Cut(strings.TrimPrefix(p, "data/"), ".")
			if !commit.ValidNumber(number) || !commit.ValidData(p, number) {
				c.add("E-PATH-FORM", payload.name, shown(p))
			}
		}
		c.judgeSums(payload)
	}
	for _, name := range []string{listName, listSM3Name} {
		if c.read[name] == nil {
			c.missingDoc(name)
		}
	}
	c.judgeForeign(lists[RootName])
	c.judgeOpenings()
	c.judgeExtracts()
	c.judgeTimes()
	c.judgeCatalogue()
	c.judgeLog()
	c.judgePages(lists[RootName])
	if c.byPath[timelineName] == nil && !c.behindShut(timelineName) {
		c.add("N-TIMELINE-NONE", timelineName)
	}
	if !c.unread(bagInfoName) && c.res.Case == "" {
		c.add("E-INFO-VALUE", bagInfoName, "External-Identifier")
	}
}

// judgeForeign names the files that the root document lists and that no bundle
// has: a picture called E012.jpg beside the exhibits would be taken for one.
func (c *check) judgeForeign(root *manifest) {
	if root == nil {
		return
	}
	for _, p := range sortedKeys(root.digests) {
		if n := c.byPath[p]; n != nil && !partOfTwo(p) && !strings.HasPrefix(p, "data/") && !inSeal(p) {
			c.add("E-FILE-FOREIGN", p)
		}
	}
}

// judgeOpenings ties every exhibit here to the list: by its opening, which the
// list commits to, and which says what file and what record it is of.
func (c *check) judgeOpenings() {
	salts := map[string]string{}
	for _, number := range c.two.numbers {
		path := commit.OpeningPath(number)
		o := c.two.openings[number]
		if c.two.sound {
			r := c.read[path]
			sha, sm3 := c.two.list.CommitsTo(number, r.digest("sha256"), r.digest("sm3"))
			switch {
			case c.two.list.Line(number) == 0:
				c.add("E-OPENING-UNLISTED", path)
			case sha != sm3:
				c.add("E-LIST-CONFLICT", path)
			case !sha:
				c.add("E-OPENING-DIFFERS", path)
			}
		}
		c.judgeOpened(o)
		c.judgeSalt(path, o.Salt, salts)
		if r, ok := c.two.records[number]; ok {
			c.judgeSalt(commit.RecordPath(number), r.Salt, salts)
		}
	}
	for i := range c.nodes {
		n := &c.nodes[i]
		if n.kind != regular {
			continue
		}
		base, dir, _ := strings.Cut(n.path, "/")
		number, _, _ := strings.Cut(dir, ".")
		o, opened := c.two.openings[number]
		switch base {
		case "data":
			if !opened || o.Data != n.path {
				c.add("E-OPENING-NONE", n.path)
			}
		case recordsDir:
			if !opened && inList(n.path) {
				c.add("E-RECORD-ALONE", n.path)
			}
		}
	}
}

// judgeOpened compares an exhibit and its record with the opening.
func (c *check) judgeOpened(o commit.Opening) {
	path := commit.OpeningPath(o.Number)
	r := c.read[o.Data]
	switch {
	case r == nil && c.byPath[o.Data] == nil && !c.behindShut(o.Data):
		c.add("E-EXHIBIT-MISSING", path, o.Data)
	case r == nil || r.err != nil: // told with the files
	case r.size != o.Size, differs(r.digest("sha256"), o.SHA256), differs(r.digest("sm3"), o.SM3):
		c.add("E-EXHIBIT-DIFFERS", o.Data, path)
	}
	name := commit.RecordPath(o.Number)
	record := c.read[name]
	ok := record != nil && record.err == nil
	switch {
	case ok && record.digest("sha256") != o.Record:
		c.add("E-RECORD-DIFFERS", name, path)
	case !ok && c.byPath[name] == nil && !c.behindShut(name):
		c.two.noRecord = append(c.two.noRecord, o.Number)
	}
}

// differs compares a digest with the one wanted; one that was not computed
// tells nothing.
func differs(got, want string) bool { return got != "" && got != want }

// judgeSalt names salts that hide nothing. They are no sign of a change.
func (c *check) judgeSalt(path, salt string, seen map[string]string) {
	if commit.ZeroSalt(salt) {
		c.add("W-SALT-ZERO", path)
	} else if other, twice := seen[salt]; twice {
		c.add("W-SALT-TWICE", path, other)
	}
	seen[salt] = path
}

// judgeLog compares each line of the log with the digest at its number. Lines
// that speak of what is withheld are not here, and their digests are.
func (c *check) judgeLog() {
	digests, ok := c.docs[logDigestsName]
	log := c.hasLog(logName)
	if !log {
		c.missingDoc(logName)
	}
	if !ok {
		c.missingDoc(logDigestsName)
	}
	if !log || !ok {
		return
	}
	if bytes.Count(digests, []byte("\n")) > c.opt.Limits.Entries {
		c.add("E-CUSTODY-MANY", logDigestsName)
		return
	}
	var all []string
	for raw := range bytes.Lines(digests) {
		digest, whole := strings.CutSuffix(string(raw), "\n")
		if !whole || !isDigest(digest, 64) {
			c.add("E-LOG-DIGEST", logDigestsName).Line = len(all) + 1
			return
		}
		all = append(all, digest)
	}
	last, given := 0, 0
	var before time.Time
	var records kept
	c.eachLine(logName, func(line logLine) bool {
		if line.n > len(all) || c.told["E-LOG-LINE"] > shownOfACode {
			c.add("E-CUSTODY-MANY", logName).Line = line.n
			return false
		}
		l, bad := parseLogLine(line.text)
		if !line.whole {
			bad = Text{"没有换行结尾", "no line end"}
		}
		switch {
		case bad != (Text{}):
			c.add("E-LOG-LINE", logName, bad).Line = line.n
			return true
		case l.Seq <= last || l.Seq > len(all):
			c.add("E-LOG-SEQ", logName, strconv.Itoa(l.Seq)).Line = line.n
		case all[l.Seq-1] != line.sum:
			c.add("E-LOG-DIFFERS", logName, strconv.Itoa(l.Seq)).Line = line.n
		}
		last = max(last, l.Seq)
		if at, _ := time.Parse(time.RFC3339, l.Time); at.Before(before) {
			c.add("W-CUSTODY-TIME", logName, before.Format(time.RFC3339), l.Time).Line = line.n
		} else {
			before = at
		}
		if givenDate(l.Tool) {
			given++
		}
		records.add(Record{Seq: l.Seq, Time: l.Time, Event: l.Event,
			Detail: strings.TrimSpace(l.Exhibit + " " + l.Detail), Actor: l.Actor, Tool: l.Tool})
		return true
	})
	c.res.Custody = records.list(c, logName)
	if given > 0 {
		c.add("N-DATE-GIVEN", logName, strconv.Itoa(given))
	}
}

// parseLogLine reads one line of the log; bad is what is wrong with it.
func parseLogLine(line []byte) (l commit.LogLine, bad Text) {
	if len(line) > DefaultLimits.Line {
		return l, Text{"这一行太长", "the line is too long"}
	}
	if strictJSON(line, 4, 100) != nil || json.Unmarshal(line, &l) != nil {
		return l, Text{"不是一个 JSON 对象，或者形式不对", "it is no JSON object, or of another form"}
	}
	if l.Event == "" || !isDigest(l.Salt, commit.SaltDigits) {
		return l, Text{"缺 event 或 salt", "event or salt is missing"}
	}
	if _, err := time.Parse(time.RFC3339, l.Time); err != nil {
		return l, Text{"时间不是 RFC 3339 的写法", "the time is not in the form of RFC 3339"}
	}
	return l, Text{}
}

// named adds a number to those that are shown; nobody reads more than a hundred.
func named(list []string, number string) []string {
	if len(list) >= shownOfACode {
		return list
	}
	return append(list, number)
}

// judgeCompleteness says how much of the evidence is here. It looks at the
// lines an anchor stands for: a stranger can append to the list, and nobody
// can take a line away from under a code.
func (c *check) judgeCompleteness() {
	two := c.two
	if two.covered == 0 {
		two.covered = two.stamped
	}
	e := &Evidence{Others: []string{}}
	c.res.Evidence = e
	if !two.sound {
		return
	}
	e.Extracts = two.extracts
	e.Lines, e.Covered, e.Follows = two.list.Len(), two.covered, two.list.Follows()
	lines := two.covered
	if lines == 0 {
		lines = e.Lines
	}
	in, out := two.list.State(lines)
	e.Presence, e.Out = c.presence(in), len(out)
	left := map[string]bool{}
	for _, number := range out {
		left[number] = true
	}
	for _, number := range two.numbers {
		line := two.list.Line(number)
		switch {
		case line > lines:
			e.NotCovered = named(e.NotCovered, number)
			c.add("E-NOT-COVERED", two.openings[number].Data, number, strconv.Itoa(lines))
		case left[number]:
			e.OutHere = named(e.OutHere, number)
			c.add("W-OUT-HERE", two.openings[number].Data, number)
		}
	}
	for _, number := range two.noRecord {
		e.NoRecord = named(e.NoRecord, number)
	}
	if e.Withheld > 0 && !c.opt.PartialOK {
		c.add("E-WITHHELD", "", strconv.Itoa(e.Here), strconv.Itoa(e.Items), strconv.Itoa(e.Withheld))
	}
	for _, number := range two.noRecord {
		if p := c.add("W-RECORD-WITHHELD", commit.RecordPath(number), number); !c.opt.PartialOK {
			p.Severity = Incomplete
		}
	}
	e.CopyMet, e.CopyBy, e.LogMet = two.copyBy.ZH != "", two.copyBy, c.res.AfterMet
	for _, f := range c.res.Files {
		tag := f.Status == OK && !strings.HasPrefix(f.Path, "data/")
		if tag && !inList(f.Path) && f.Path != listName && f.Path != listSM3Name {
			e.Others = append(e.Others, f.Path)
		}
	}
}
