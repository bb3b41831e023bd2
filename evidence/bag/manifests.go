package bag

import (
	"bytes"
	"encoding/hex"
	"sort"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A manifest is a payload or tag manifest, or sm3sums.txt, as read.
type manifest struct {
	name    string
	alg     string
	tag     bool
	known   bool // the algorithm can be computed
	lines   []line
	digests map[string]string // by path in the bag
	sound   bool              // every line could be used
}

// readManifests reads all lists of files. Unsafe paths end the check before
// anything they name is touched.
func (c *check) readManifests() error {
	var names []string
	for name := range c.docs {
		if _, _, ok := manifestAlgorithm(name); ok || name == sm3Name && c.own {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	unsafe := false
	for _, name := range names {
		m := &manifest{name: name, digests: map[string]string{}, sound: true}
		m.alg, m.tag, _ = manifestAlgorithm(name)
		if name == sm3Name {
			m.alg = "sm3"
			c.sums = m
		}
		_, m.known = algorithms[m.alg]
		if !m.known {
			c.add("W-ALGORITHM-UNKNOWN", name, m.alg)
			c.lists = append(c.lists, m)
			continue
		}
		if weak(m.alg) {
			c.add("W-ALGORITHM-WEAK", name, m.alg)
		}
		if c.readLines(m) {
			unsafe = true
		}
		c.lists = append(c.lists, m)
	}
	if unsafe {
		return stopError{}
	}
	c.readWithheld()
	c.readFetch()
	return nil
}

// readLines fills m and reports whether a path is unsafe.
func (c *check) readLines(m *manifest) (unsafe bool) {
	enc, _ := c.decl.decoder()
	text, bom := decodeTag(c.docs[m.name], enc)
	if bom {
		c.add("E-FORM", m.name, Text{"以 BOM 开头", "begins with a byte order mark"})
	}
	digits := hex.EncodedLen(algorithms[m.alg]().Size())
	m.lines = parseManifest(text, digits, c.opt.Limits.Line)
	twins := map[string]string{}
	listed := map[string]string{} // decoded path → digest, to find what stands twice
	for i := range m.lines {
		l := &m.lines[i]
		c.lineFaults(m, l)
		if !l.usable() {
			m.sound = false
			continue
		}
		bad := c.pathProblem(m, l, twins)
		unsafe = unsafe || bad
		if bad {
			continue
		}
		c.scope(m, l)
		if before, ok := listed[l.path]; ok {
			c.twice(m, l, before)
			continue
		}
		listed[l.path] = l.digest
		m.digests[c.resolve(m, l)] = l.digest
	}
	return unsafe
}

func (c *check) lineFaults(m *manifest, l *line) {
	report := func(code string, args ...any) { c.add(code, m.name, args...).Line = l.n }
	for _, f := range l.faults {
		switch f {
		case lineBlank:
			report("E-LINE-BLANK")
		case lineMalformed:
			report("E-LINE-MALFORMED")
		case lineTooLong:
			report("E-LINE-LONG")
		case lineDigest:
			report("E-LINE-DIGEST", m.alg)
		case lineStar:
			report("W-LINE-STAR")
		case lineDotSlash:
			report("W-LINE-DOT")
		case linePercent:
			report("W-LINE-PERCENT")
		}
	}
}

// pathProblem reports an unsafe path: in our bundles one that any system
// would read differently, in others' one that leaves the bag.
func (c *check) pathProblem(m *manifest, l *line, twins map[string]string) (unsafe bool) {
	fault := checkPath(l.path)
	if fault != "" && (c.own || fault.escapes()) {
		p := c.add("E-PATH-UNSAFE", m.name, shown(l.path), faultWords[fault])
		p.Line, p.Severity = l.n, Refused
		if !c.own {
			// Nothing outside is opened either way; of a bag of others the
			// rest can still be judged.
			p.Severity = Altered
			m.sound = false
			return false
		}
		return true
	}
	if fault != "" {
		c.add("W-PATH-AWKWARD", m.name, shown(l.path), faultWords[fault]).Line = l.n
	}
	key := twinKey(l.path)
	if other, ok := twins[key]; ok && other != l.path {
		p := c.add("E-PATH-TWINS", m.name, shown(other), shown(l.path))
		p.Line = l.n
		return c.own
	}
	twins[key] = l.path
	return false
}

// scope checks that a manifest lists what it is for.
func (c *check) scope(m *manifest, l *line) {
	if !m.tag {
		if !strings.HasPrefix(l.path, "data/") {
			c.add("E-LINE-SCOPE", m.name, shown(l.path)).Line = l.n
			m.sound = false
		}
		return
	}
	if _, tag, ok := manifestAlgorithm(l.path); ok && tag {
		c.add("E-LINE-SELF", m.name, shown(l.path)).Line = l.n
	}
	if strings.HasPrefix(l.path, "data/") {
		c.add("E-LINE-SCOPE", m.name, shown(l.path)).Line = l.n
	}
}

// twice judges a path that stands a second time. The drafts before 1.0 let
// the same digest pass.
func (c *check) twice(m *manifest, l *line, before string) {
	code := "E-LINE-TWICE"
	if before != l.digest {
		code = "E-LINE-CONFLICT"
	}
	p := c.add(code, m.name, shown(l.path))
	p.Line = l.n
	if code == "E-LINE-TWICE" && c.decl.before1() && !c.own {
		p.Severity = Warning
	}
}

// resolve finds the file a line means. In bags of others a name may have been
// written without percent-encoding, or be stored in another Unicode normal
// form than it is listed in.
func (c *check) resolve(m *manifest, l *line) string {
	if c.byPath[l.path] != nil || c.own {
		return l.path
	}
	literal := strings.TrimPrefix(strings.TrimPrefix(l.literal, "*"), "./")
	if c.byPath[literal] != nil {
		if literal != l.path {
			c.add("W-LINE-PERCENT", m.name).Line = l.n
		}
		return literal
	}
	if c.byNFC == nil {
		c.byNFC = map[string][]string{}
		for _, n := range c.nodes {
			key := norm.NFC.String(n.path)
			c.byNFC[key] = append(c.byNFC[key], n.path)
		}
	}
	if same := c.byNFC[norm.NFC.String(l.path)]; len(same) == 1 {
		c.add("W-PATH-FORM", m.name, shown(l.path)).Line = l.n
		return same[0]
	}
	return l.path
}

// readWithheld reads which files a partial copy declares to leave out.
func (c *check) readWithheld() {
	name := SealDir + "/" + SealWithheld
	if !c.own {
		return
	}
	for i, raw := range splitLines(c.docs[name]) {
		p := string(raw)
		if !plainPayload(p) {
			c.add("W-SEAL-FORM", name).Line = i + 1
			continue
		}
		if c.byPath[p] == nil {
			c.hold[p] = true
		}
	}
}

// readFetch reports fetch.txt. What it names is never fetched: a file that is
// not here is missing.
func (c *check) readFetch() {
	text, ok := c.docs["fetch.txt"]
	if !ok {
		return
	}
	c.add("E-FETCH", "fetch.txt")
	if c.own {
		return
	}
	for i, raw := range splitLines(text) {
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		path, ok := fetchPath(string(raw))
		// RFC 8493, 2.2.3: what is to be fetched stands in every manifest.
		if ok && strings.HasPrefix(path, "data/") && !checkPath(path).escapes() && c.listedEverywhere(path) {
			continue
		}
		p := c.add("E-FETCH-LINE", "fetch.txt")
		p.Line = i + 1
		// Older versions said less of these lines; none let a path lead out of
		// the bag.
		if fault := checkPath(path); c.decl.before1() && !fault.escapes() && fault != faultBackslash {
			p.Severity = Warning
		}
	}
}

// fetchPath takes the path from a line of fetch.txt, "URL LENGTH PATH". The
// path may hold blanks; the length is a number of bytes or a dash.
func fetchPath(line string) (path string, ok bool) {
	const blanks = " \t"
	cut := func() string {
		line = strings.TrimLeft(line, blanks)
		n := strings.IndexAny(line, blanks)
		if n < 0 {
			n = len(line)
		}
		field := line[:n]
		line = line[n:]
		return field
	}
	cut() // the URL is nobody's here: nothing is fetched
	length := cut()
	path, _ = percentDecode(strings.TrimPrefix(strings.TrimLeft(line, blanks), "./"))
	return path, path != "" && (length == "-" || decimal(length))
}

// listedEverywhere reports whether every payload manifest lists a path.
func (c *check) listedEverywhere(path string) bool {
	for _, m := range c.lists {
		if _, ok := m.digests[path]; !m.tag && !ok {
			return false
		}
	}
	return true
}

// canonical reports whether the bytes of m are what this program writes for
// what it lists.
func (c *check) canonical(m *manifest) bool {
	return bytes.Equal(c.docs[m.name], formatManifest(m.digests))
}
