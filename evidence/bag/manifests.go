package bag

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"juzheng/evidence/lazyregexp"
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

// maxLists is how many manifests a bag may have; each file is looked for in all.
const maxLists = 64

// readManifests reads all lists of files. Unsafe paths end the check before
// anything they name is touched.
func (c *check) readManifests() error {
	unsafe := false
	for _, n := range c.nodes { // by name
		name := n.path
		_, tag, ok := manifestAlgorithm(name)
		if n.kind != regular || !ok && !(name == c.sumsName() && c.own) {
			continue
		}
		if len(c.lists) == maxLists {
			return c.refuse("E-LIMIT", name, Text{fmt.Sprintf("超过 %d 份清单", maxLists),
				fmt.Sprintf("more than %d manifests", maxLists)})
		}
		if r := c.read[name]; r != nil && r.err != nil {
			c.blind.see(tag)
			continue
		}
		m := &manifest{name: name, digests: map[string]string{}, sound: true}
		m.alg, m.tag, _ = manifestAlgorithm(name)
		if name == c.sumsName() {
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
		c.manifestTwin(m)
		c.lists = append(c.lists, m)
	}
	if unsafe {
		return stopError{}
	}
	if payload := c.payloadLists(); len(payload) > 0 &&
		!slices.ContainsFunc(payload, func(m *manifest) bool { return m.known }) {
		c.blind.see(false)
	}
	c.readWithheld()
	c.readFetch()
	return nil
}

func (c *check) payloadLists() []*manifest {
	return slices.DeleteFunc(slices.Clone(c.lists), func(m *manifest) bool { return m.tag })
}

// A blindness says that a list is there and could not be read: then nobody can
// say of a file that it is not listed.
type blindness struct{ payload, tags bool }

func (b *blindness) see(tag bool) {
	if tag {
		b.tags = true
	} else {
		b.payload = true
	}
}

func (b blindness) of(p string) bool {
	if strings.HasPrefix(p, "data/") {
		return b.payload
	}
	return b.tags
}

// manifestTwin reports two lists of one algorithm, manifest-md5.txt beside
// manifest-MD5.txt, RFC 8493, 6.1.1.3. Both are checked.
func (c *check) manifestTwin(m *manifest) {
	for _, other := range c.lists {
		if other.known && other.alg == m.alg && other.tag == m.tag && other.name != c.sumsName() &&
			m.name != c.sumsName() {
			c.add("W-MANIFEST-TWIN", m.name, other.name)
		}
	}
}

// readLines fills m and reports whether a path is unsafe.
func (c *check) readLines(m *manifest) (unsafe bool) {
	text := c.decoded(m.name, c.docs[m.name])
	digits := hex.EncodedLen(algorithms[m.alg]().Size())
	m.lines = parseManifest(text, digits, c.lineLimit(), c.opt.Limits.Entries)
	if len(m.lines) > c.opt.Limits.Entries {
		c.tooManyLines(m.name)
		return true
	}
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

// tooManyLines reports a list of more lines than a bag may have files.
func (c *check) tooManyLines(name string) {
	c.add("E-LIMIT", name, Text{fmt.Sprintf("超过 %d 行", c.opt.Limits.Entries),
		fmt.Sprintf("more than %d lines", c.opt.Limits.Entries)})
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
			c.percent(m, l)
		}
	}
}

// percent reports a % that is not encoded. The drafts did not ask for it.
func (c *check) percent(m *manifest, l *line) {
	p := c.add("W-LINE-PERCENT", m.name)
	p.Line = l.n
	if c.decl.before1() && !c.own {
		p.Severity = Note
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
	// What is in seal/ vouches for the root, and so cannot be under it.
	if strings.HasPrefix(l.path, "data/") || c.own && inSeal(l.path) {
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
			c.percent(m, l)
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
	if !c.own || c.two != nil {
		return
	}
	for n, raw := range numberedLines(c.docs[name]) {
		p := string(raw)
		if !plainPayload(p) {
			c.add("W-SEAL-FORM", name).Line = n
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
	for n, raw := range numberedLines(c.decoded("fetch.txt", text)) {
		if n > c.opt.Limits.Entries {
			c.tooManyLines("fetch.txt")
			return
		}
		if len(bytes.Trim(raw, " \t")) == 0 {
			continue
		}
		if word := c.fetchFault(string(raw)); word != "" {
			p := c.add("E-FETCH-LINE", "fetch.txt", fetchWords[word])
			p.Line = n
			// The drafts asked no more than that nothing leads out of the bag.
			if c.decl.before1() && word != fetchUnsafe && word != fetchForm {
				p.Severity = Warning
			}
		}
	}
}

// What can be wrong with a line of fetch.txt.
const (
	fetchForm     = "form"
	fetchURL      = "url"
	fetchUnsafe   = "unsafe"
	fetchUnlisted = "unlisted"
)

var fetchWords = map[string]Text{
	fetchForm:     {"不是“网址 长度 文件”", "not \"URL LENGTH PATH\""},
	fetchURL:      {"网址不完整", "the URL is not absolute"},
	fetchUnsafe:   {"文件名指向包外", "the path leads out of the bag"},
	fetchUnlisted: {"并非每份清单都列有这个文件", "not every payload manifest lists the file"},
}

// fetchLine is "url length filepath", RFC 8493, 2.2.3.
var fetchLine = lazyregexp.New(`^([^ \t]+)[ \t]+([0-9]+|-)[ \t]+(.+)$`)

// fetchFault finds what is wrong with a line of fetch.txt, if anything.
func (c *check) fetchFault(line string) string {
	m := fetchLine.FindStringSubmatch(line)
	if m == nil {
		return fetchForm
	}
	path, _ := percentDecode(strings.TrimPrefix(m[3], "./"))
	fault := checkPath(path)
	// %HomeDrive% and the like are another way out, where a shell expands them.
	if fault.escapes() || fault == faultBackslash {
		return fetchUnsafe
	}
	if u, err := url.Parse(m[1]); err != nil || !u.IsAbs() {
		return fetchURL
	}
	if !strings.HasPrefix(path, "data/") || !c.listedEverywhere(path) {
		return fetchUnlisted
	}
	return ""
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
