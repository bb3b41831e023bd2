package bag

import (
	"fmt"
	"path"
	"strings"
)

// declaration reads bagit.txt, without which nothing is a bag.
func (c *check) declaration() error {
	text, ok := c.docs[bagitName]
	if !ok {
		c.decl = bagDeclaration{1, 0, "UTF-8"} // to judge the rest by
		switch {
		case c.read[bagitName] != nil: // unreadable or damaged: told with the files
		case c.own:
			c.add("E-BAGIT-MISSING", bagitName)
		default:
			return c.refuse("E-NOT-A-BAG", "", Text{"里面没有 bagit.txt", "there is no bagit.txt in it"})
		}
		return nil
	}
	d, extra, ok := parseDeclaration(text)
	if !ok {
		c.add("E-BAGIT-FORM", bagitName)
		d = bagDeclaration{1, 0, "UTF-8"}
	}
	c.decl = d
	if ok {
		c.res.Version = d.String()
	}
	switch _, decodes := d.decoder(); {
	case !d.known():
		c.add("E-BAGIT-VERSION", bagitName, d.String())
	case !decodes:
		c.add("E-BAGIT-ENCODING", bagitName, d.encoding)
	case c.own && ok && string(text) != declaration:
		c.add("E-BAGIT-FORM", bagitName)
	case extra:
		c.add("W-BAGIT-LINES", bagitName)
	case !c.own && d.before1():
		c.add("N-BAGIT-OLD", bagitName, d.String())
	}
	return nil
}

// readInfo reads bag-info.txt, which 0.93 to 0.95 called package-info.txt.
func (c *check) readInfo() {
	name := bagInfoName
	text, ok := c.docs[name]
	if old, is := c.docs["package-info.txt"]; !ok && is && c.decl.before1() {
		name, text, ok = "package-info.txt", old, true
	}
	if !ok {
		return
	}
	fields, bad := parseInfo(c.decoded(name, text), c.lineLimit())
	for _, n := range bad {
		c.add("E-INFO-LINE", name).Line = n
	}
	c.info = fields
	c.res.Case = infoValue(fields, "External-Identifier")
	c.res.Software = infoValue(fields, "Bag-Software-Agent")
	c.res.Sealed = infoValue(fields, keySealed)
	if v := infoValue(fields, keySupersedes); c.own && isDigest(v, 64) {
		c.res.Older = v // what a bag of others says so is no root
	}
	seen := map[string]bool{}
	for _, f := range fields {
		key := strings.ToLower(f.key)
		if seen[key] && (c.own || once[key]) {
			c.add("E-INFO-TWICE", name, f.key).Line = f.n
		}
		seen[key] = true
		// RFC 8493, 2.2.2; the drafts left the blanks to the writer.
		if f.loose && !c.decl.before1() {
			c.add("W-INFO-BLANKS", name, f.key).Line = f.n
		}
	}
}

// once are the elements that RFC 8493, 2.2.2 says should not be repeated.
// Payload-Oxum, which must not, is judged with its value.
var once = map[string]bool{"bagging-date": true, "bag-size": true, "bag-group-identifier": true, "bag-count": true}

// lineLimit is the longest line of a list or of bag-info.txt that is read. The
// standard sets none, so that bags of others get more room than ours need.
func (c *check) lineLimit() int {
	if c.own {
		return c.opt.Limits.Line
	}
	return 16 * c.opt.Limits.Line
}

// unread reports a document that is there and could not be read: what it says
// is not known, and differs from nothing.
func (c *check) unread(name string) bool {
	r := c.read[name]
	return r != nil && r.err != nil
}

// judgeBag applies what RFC 8493, 3 asks of a complete and valid bag beyond
// the single files.
func (c *check) judgeBag() {
	c.judgeDataFolder()
	c.judgeOxum()
	var payload, tags []*manifest
	for _, m := range c.lists {
		switch {
		case m.name == c.sumsName() && c.own:
		case m.tag:
			tags = append(tags, m)
		default:
			payload = append(payload, m)
		}
	}
	readable := 0
	for _, m := range payload {
		if m.known {
			readable++
		}
	}
	switch {
	case c.own: // judgeOwn asks for manifest-sha256.txt itself
	case len(payload) == 0 && c.blind.payload: // told with the files
	case len(payload) == 0:
		c.add("E-MANIFEST-NONE", "")
	case readable == 0:
		c.add("E-ALGORITHM-NONE", payload[0].name).Severity = Unchecked
	}
	c.judgeEven(payload)
	c.judgeTagManifests(tags, payload)
	c.judgeNames()
	c.res.Complete = c.complete()
}

func (c *check) judgeDataFolder() {
	switch n := c.byPath["data"]; {
	case n == nil && c.behindShut("data"):
	case n == nil && !c.dataInZip():
		c.add("E-DATA-MISSING", "data")
	case n != nil && n.kind != directory:
		// A link called data leads the whole payload elsewhere.
		for _, f := range c.res.Files {
			if f.Path == "data" {
				return
			}
		}
		c.add("E-FILE-TYPE", "data", Text{"：" + kindWords[n.kind].ZH, ": " + kindWords[n.kind].EN}, "")
	}
}

// dataInZip reports that a zip without entry for the folder may still be a
// bag: packers drop empty folders.
func (c *check) dataInZip() bool {
	return c.res.Zip && len(c.expectedPayload()) == 0
}

func (c *check) expectedPayload() []string {
	var out []string
	for _, m := range c.lists {
		if m.tag {
			continue
		}
		for p := range m.digests {
			out = append(out, p)
		}
	}
	return out
}

// judgeOxum compares Payload-Oxum with the payload.
func (c *check) judgeOxum() {
	values := infoValues(c.info, "Payload-Oxum")
	name := bagInfoName
	if c.unread(name) || c.own && c.record.Schema == 0 { // told already
		return
	}
	if len(values) == 0 {
		if c.own {
			c.add("E-OXUM-MISSING", name)
		} else {
			c.add("N-OXUM-MISSING", name)
		}
		return
	}
	if len(values) > 1 {
		p := c.add("E-OXUM-TWICE", name)
		if c.decl.before1() && !c.own {
			p.Severity = Warning
		}
	}
	bytes, files, ok := parseOxum(values[0])
	if !ok {
		c.add("E-OXUM-FORM", name, values[0])
		return
	}
	haveBytes, haveFiles := c.payloadFound()
	if c.own {
		haveBytes, haveFiles = c.payloadRecorded()
	}
	if bytes != haveBytes || files != haveFiles {
		c.add("E-OXUM-DIFFERS", name, values[0], fmt.Sprintf("%d.%d", haveBytes, haveFiles))
	}
}

func (c *check) payloadFound() (bytes, files uint64) {
	for _, n := range c.nodes {
		if n.kind == regular && strings.HasPrefix(n.path, "data/") {
			bytes += uint64(n.size)
			files++
		}
	}
	return bytes, files
}

// payloadRecorded counts by evidence.json, so that one missing file is told
// once, and a partial copy is judged by what was sealed.
func (c *check) payloadRecorded() (bytes, files uint64) {
	for _, e := range c.record.Files {
		bytes += uint64(max(e.Size, 0))
		files++
	}
	return bytes, files
}

// judgeEven asks that every payload manifest lists the same files. Before 1.0
// one was enough.
func (c *check) judgeEven(payload []*manifest) {
	if c.decl.before1() {
		return
	}
	for _, m := range payload {
		if !m.known {
			continue
		}
		for _, other := range payload {
			if other == m || !other.known {
				continue
			}
			for _, p := range sortedKeys(other.digests) {
				if _, ok := m.digests[p]; !ok {
					c.add("E-MANIFEST-UNEVEN", m.name, shown(p))
				}
			}
		}
	}
}

func (c *check) judgeTagManifests(tags, payload []*manifest) {
	if len(tags) == 0 && !c.own {
		c.add("N-TAGMANIFEST-NONE", "")
	}
	for _, t := range tags {
		if !t.known {
			continue
		}
		for _, m := range payload {
			if _, ok := t.digests[m.name]; !ok {
				c.add("E-TAGMANIFEST-LACKS", t.name, m.name)
			}
		}
	}
}

// systemFiles are those that file managers leave behind; a bag that holds
// them breaks when the next one tidies up.
var systemFiles = map[string]bool{"thumbs.db": true, "desktop.ini": true, ".ds_store": true, ".directory": true,
	".spotlight-v100": true, ".trashes": true, "__macosx": true}

func (c *check) judgeNames() {
	if c.own {
		return
	}
	for _, n := range c.nodes {
		base := strings.ToLower(path.Base(n.path))
		if systemFiles[base] || strings.HasPrefix(base, "._") {
			c.add("W-SYSTEM-FILE", n.path)
		}
		if strings.HasPrefix(n.path, "data/") && base == bagitName {
			c.add("W-BAG-IN-BAG", n.path)
		}
	}
}

// complete as of RFC 8493, 3: every element is there, and every file is
// listed; whether the digests match is another question.
func (c *check) complete() bool {
	for _, p := range c.res.Problems {
		switch p.Code {
		case "E-FILE-MODIFIED", "E-FILE-SWAPPED", "E-DIGEST-CONFLICT":
			continue
		}
		if p.Severity == Altered || p.Severity == Refused || p.Severity == Unchecked || p.Code == "W-FILE-WITHHELD" {
			return false
		}
	}
	return true
}
