package bag

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sort"
	"strings"
	"time"
)

// Options says how to verify. The zero Options check everything that can be
// checked without anything from outside the bundle.
type Options struct {
	Expect     string // root or evidence code as typed from paper, see [ParseTyped]; empty: none
	ExpectCopy string // digest of this copy (format 2), as on a handover slip; empty: none
	// ExpectAfter is the head of the log after the seal, as on a handover slip,
	// or of the log of format 2, as on letters too; empty: none
	ExpectAfter   string
	RequireAnchor bool // ExitCode is 7 if nothing outside vouches for an intact bundle
	PartialOK     bool // a copy that lacks what its owner withheld is as good as a whole one

	Fast     bool                    // what a list has by SHA-256 is not checked by SM3 as well; said in the Result
	Workers  int                     // files hashed at once; 0: one a processor
	Progress func(done, total int64) // bytes; called from several goroutines, never at once

	// KnownPages maps the SHA-256 of an index.html to the release it belongs
	// to. This release's own is always known.
	KnownPages map[string]string

	Signers    []byte    // allowed signers, ssh-keygen(1); from outside the bundle
	TrustRoots []byte    // PEM certificates a time-stamp chain may end in
	Now        time.Time // judges a key's period and notes expired certificates; zero: the clock

	// Rows holds extracts of tables in sheets and of lists of entries against
	// their wholes; nil: those can be compared by hand alone.
	Rows RowReader

	// Older says that the bundle is an older seal: what vouches for the newest
	// may be missing of it.
	Older bool

	Limits Limits // zero fields: DefaultLimits
}

// Limits bound what a hostile bundle can make Verify do.
type Limits struct {
	Entries  int   // files of a bundle
	Bytes    int64 // of all files together
	Ratio    int64 // unpacked to packed, above 1 MiB
	Manifest int64 // bytes of one manifest or other tag file that is parsed
	Line     int   // bytes of one line
	Depth    int   // nesting of JSON
}

// DefaultLimits are the limits used where none is given.
var DefaultLimits = Limits{
	Entries:  100_000,
	Bytes:    64 << 30,
	Ratio:    200,
	Manifest: 64 << 20,
	Line:     4 << 10,
	Depth:    32,
}

func (l Limits) withDefaults() Limits {
	d := DefaultLimits
	if l.Entries <= 0 {
		l.Entries = d.Entries
	}
	if l.Bytes <= 0 {
		l.Bytes = d.Bytes
	}
	if l.Ratio <= 0 {
		l.Ratio = d.Ratio
	}
	if l.Manifest <= 0 {
		l.Manifest = d.Manifest
	}
	if l.Line <= 0 {
		l.Line = d.Line
	}
	if l.Depth <= 0 {
		l.Depth = d.Depth
	}
	return l
}

// A check is one run of Verify.
type check struct {
	ctx   context.Context
	opt   Options
	typed Typed // what Options.Expect says
	res   *Result
	tree  tree

	told map[string]int // problems by code
	over map[string]*overflow

	nodes  []node
	byPath map[string]*node
	byNFC  map[string][]string // built when first needed

	below  string            // where under the given path the bag lies, if not at it
	shut   map[string]bool   // folders and files that could not be looked at
	docs   map[string][]byte // tag files that are parsed, as read once
	blind  blindness
	decl   bagDeclaration
	info   []infoField
	lists  []*manifest
	hold   map[string]bool // paths a partial copy leaves out
	read   map[string]*reading
	record evidenceFile
	sums   *manifest // sm3sums.txt
	own    bool
	two    *listed2 // what a bundle of format 2 holds beside; nil in all others
}

// shownOfACode is how many problems of one code are listed. A hostile bag can
// have millions, and nobody reads more.
const shownOfACode = 100

// An overflow counts the problems of one code that are not listed.
type overflow struct {
	n     int
	last  Problem // its severity may still be changed by whoever reported it
	worst Severity
}

func (o *overflow) fold() {
	if o.worst == "" || severityOrder[o.last.Severity] < severityOrder[o.worst] {
		o.worst = o.last.Severity
	}
}

// add reports a problem; in a bag of others by the milder rules of RFC 8493.
func (c *check) add(code, path string, args ...any) *Problem {
	severity := words[code].severity
	if !c.own {
		severity = foreignSeverity(code)
	}
	if c.told[code]++; c.told[code] > shownOfACode {
		o := c.over[code]
		if o == nil {
			o = &overflow{}
			c.over[code] = o
		} else {
			o.fold()
		}
		o.n, o.last = o.n+1, Problem{Code: code, Severity: severity}
		return &o.last
	}
	p := newProblem(code, shown(path), args...)
	p.Severity = severity
	c.res.Problems = append(c.res.Problems, p)
	return &c.res.Problems[len(c.res.Problems)-1]
}

// Verify checks the bag at path, a folder or a zip, which is not unpacked.
// What is wrong with the bag is in the Result; the error is for what kept
// Verify from looking at all: no such path, an Expect that is no root (a
// [*RootError]), an interrupt.
func Verify(ctx context.Context, path string, opt Options) (*Result, error) {
	return verifyTree(ctx, path, opt, func(c *check) error { return c.openTree(path) })
}

// VerifyZip checks the bag in a zip that is no file of its own, such as one
// that is decrypted while it is read. Name stands for the path in the Result.
// The bytes must not change; an error of r counts as damage to the zip.
func VerifyZip(ctx context.Context, r io.ReaderAt, size int64, name string, opt Options) (*Result, error) {
	return verifyTree(ctx, name, opt, func(c *check) error { return c.openZip(zipSource{ReaderAt: r, size: size}, "") })
}

func verifyTree(ctx context.Context, path string, opt Options, open func(*check) error) (*Result, error) {
	var typed Typed
	var err error
	if opt.Expect != "" {
		if typed, err = ParseTyped(opt.Expect); err != nil {
			return nil, fmt.Errorf("expected root: %w", err)
		}
	}
	if opt.ExpectCopy != "" {
		if opt.ExpectCopy, err = ParseRoot(opt.ExpectCopy); err != nil {
			var bad *RootError
			if errors.As(err, &bad) {
				bad.Copy = true
			}
			return nil, fmt.Errorf("expected digest of the copy: %w", err)
		}
	}
	if opt.ExpectAfter != "" {
		if _, err := ParseHead(opt.ExpectAfter); err != nil {
			return nil, fmt.Errorf("expected head after the seal: %w", err)
		}
	}
	opt.Limits = opt.Limits.withDefaults()
	c := &check{
		ctx: ctx, shut: map[string]bool{}, told: map[string]int{}, over: map[string]*overflow{},
		opt:    opt,
		typed:  typed,
		res:    &Result{Path: path, requireAnchor: opt.RequireAnchor},
		byPath: map[string]*node{}, docs: map[string][]byte{}, hold: map[string]bool{}, read: map[string]*reading{},
	}
	err = open(c)
	if err == nil {
		err = c.run(ctx)
	}
	if c.tree != nil {
		c.tree.close()
	}
	var fault *zipFault
	var stop stopError
	switch {
	case errors.As(err, &fault):
		c.own = true // the rules for a zip are the same for every bag
		c.add(fault.code, fault.name, fault.detail)
	case errors.As(err, &stop), err == nil:
	default:
		return nil, fmt.Errorf("verify %s: %w", path, err)
	}
	c.finish()
	return c.res, nil
}

// A stopError ends a check whose problem has been reported: nothing further
// can or may be looked at.
type stopError struct{}

func (stopError) Error() string { return "refused" }

// refuse reports a problem that ends the check.
func (c *check) refuse(code, path string, args ...any) error {
	c.add(code, path, args...).Severity = Refused
	return stopError{}
}

func (c *check) run(ctx context.Context) error {
	if err := c.list(); err != nil {
		return err
	}
	if c.below != "" {
		c.add("N-BAG-BELOW", c.below)
	}
	if z, ok := c.tree.(*zipTree); ok {
		for _, p := range z.beside() {
			c.add("N-BESIDE", p)
		}
	}
	if err := c.loadDocs(); err != nil {
		return err
	}
	if err := c.declaration(); err != nil {
		return err
	}
	c.readInfo()
	if err := c.readManifests(); err != nil {
		return err
	}
	if err := c.readAll(ctx); err != nil {
		return err
	}
	if c.two != nil {
		if err := c.readList(); err != nil {
			return err
		}
	}
	judges := []func(){c.judgeFiles, c.judgeBag, c.judgeOwn, c.judgeZip, c.judgeRoot, c.judgeSeal}
	if c.two != nil {
		judges = []func(){c.judgeFiles, c.judgeBag, c.judgeTwo, c.judgeZip, c.judgeCode, c.judgeCodeSeal,
			c.judgeCompleteness}
	}
	for _, judge := range judges {
		if err := ctx.Err(); err != nil {
			return err
		}
		judge()
	}
	return nil
}

func (c *check) list() error {
	nodes, bad, err := c.tree.list(c.opt.Limits.Entries)
	if errors.Is(err, errTooMany) {
		return c.refuse("E-LIMIT", "", fmt.Sprintf("> %d", c.opt.Limits.Entries))
	}
	if errors.Is(err, errTooDeep) {
		return c.refuse("E-LIMIT", "", Text{fmt.Sprintf("文件夹嵌套超过 %d 层", maxDepth),
			fmt.Sprintf("folders nested deeper than %d", maxDepth)})
	}
	if err != nil {
		return err
	}
	c.nodes = nodes
	total := int64(0)
	for i := range nodes {
		c.byPath[nodes[i].path] = &nodes[i]
		if nodes[i].kind == regular {
			total += nodes[i].size
		}
	}
	if total > c.opt.Limits.Bytes || total < 0 {
		return c.refuse("E-LIMIT", "", fmt.Sprintf("> %d bytes", c.opt.Limits.Bytes))
	}
	for _, b := range bad {
		if b.path == "." && errors.Is(b.err, fs.ErrPermission) {
			return b.err
		}
		c.add("E-UNREADABLE", b.path, why(b.err)).Severity = Unchecked
		c.shut[b.path] = true
	}
	c.own = c.looksOwn()
	c.res.Own = c.own
	return nil
}

// ownMarks are the files that only bundles of ours have.
var ownMarks = []string{evidenceName, custodyName, sm3Name, catalogueName, stepsName, listName, listSM3Name,
	payloadSM3Name, logDigestsName}

// looksOwn reports a bundle of ours by any of its marks; so no single change
// makes one pass under the milder rules for bags of others.
func (c *check) looksOwn() bool {
	marks := 0
	for _, name := range ownMarks {
		if c.byPath[name] != nil {
			marks++
		}
	}
	return marks >= 2
}

// loadDocs reads the tag files that are parsed, once, so that what is parsed
// and what is hashed are the same bytes.
func (c *check) loadDocs() error {
	if err := c.lookForList(); err != nil {
		return err
	}
	total := int64(0)
	var nodes []*node
	for i := range c.nodes {
		n := &c.nodes[i]
		if n.kind != regular || !c.parsed(n.path) || c.read[n.path] != nil {
			continue
		}
		if n.size > c.opt.Limits.Manifest {
			return c.refuse("E-LIMIT", n.path, fmt.Sprintf("%d bytes", n.size))
		}
		if c.isLog(n.path) && c.own {
			continue
		}
		// All others are held at once.
		if total += n.size; total > 2*c.opt.Limits.Manifest {
			return c.refuse("E-LIMIT", n.path, fmt.Sprintf("%d bytes", n.size))
		}
		nodes = append(nodes, n)
	}
	// Openings and records are as many as there are exhibits: they are read side by side,
	// and from where they stand.
	readings := make([]*reading, len(nodes))
	err := parallel(len(nodes), c.opt.Workers, func(i int) error {
		readings[i] = c.readOne(nodes[i], nil, true)
		return c.ctx.Err()
	})
	if err != nil {
		return err
	}
	for i, n := range nodes {
		r := readings[i]
		c.read[n.path] = r
		if r.err == nil && (c.two == nil || !inList(n.path)) {
			c.docs[n.path] = r.data
		}
	}
	if text, ok := c.docs[bagInfoName]; ok && !c.own {
		agent := ""
		fields, _ := parseInfo(text, c.lineLimit())
		agent = infoValue(fields, "Bag-Software-Agent")
		c.own = strings.HasPrefix(strings.ToLower(agent), "juzheng") || infoValue(fields, keyCustodyHead) != ""
		c.res.Own = c.own
	}
	return nil
}

func (c *check) parsed(p string) bool {
	if c.two != nil {
		switch p {
		case listName, listSM3Name, payloadSM3Name, logName, logDigestsName:
			return true
		case sm3Name, evidenceName, custodyName:
			return false
		}
		if inList(p) || strings.HasPrefix(p, SealDir+"/") && sealName2(strings.TrimPrefix(p, SealDir+"/")) {
			return true
		}
	}
	switch p {
	case bagitName, bagInfoName, "package-info.txt", "fetch.txt", sm3Name, evidenceName, catalogueName, custodyName:
		return true
	}
	if rest, ok := strings.CutPrefix(p, SealDir+"/"); ok {
		return sealNames[rest]
	}
	if strings.Contains(p, "/") {
		return false
	}
	alg, _, ok := manifestAlgorithm(p)
	return ok && algorithms[alg] != nil
}

var sealNames = map[string]bool{
	SealQuery: true, SealReply: true, SealChain: true, SealSignature: true, SealMinisign: true,
	SealSigners: true, SealAfter: true, SealWithheld: true,
}

// finish sorts what was found and reaches the verdict.
func (c *check) finish() {
	r := c.res
	sort.SliceStable(r.Problems, func(i, j int) bool {
		a, b := r.Problems[i], r.Problems[j]
		if a.Severity != b.Severity {
			return severityOrder[a.Severity] < severityOrder[b.Severity]
		}
		if a.Path != b.Path {
			return a.Path < b.Path
		}
		return a.Line < b.Line
	})
	sort.Slice(r.Files, func(i, j int) bool { return r.Files[i].Path < r.Files[j].Path })
	for i := range r.Files {
		// What cannot be written as text is escaped, and kept as it is beside.
		f := &r.Files[i]
		if p := shown(f.Path); p != f.Path {
			f.PathHex, f.Path = hex.EncodeToString([]byte(f.Path)), p
		}
		f.Other = shown(f.Other)
	}
	for _, code := range sortedKeys(c.over) {
		o := c.over[code]
		o.fold()
		r.Problems = append(r.Problems, Problem{Code: code, Severity: o.worst, Count: o.n, Detail: Text{
			fmt.Sprintf("另有 %d 处同样的问题，未逐一列出", o.n), fmt.Sprintf("and %d more of the same", o.n)}})
	}
	worst := map[Severity]bool{}
	for _, p := range r.Problems {
		worst[p.Severity] = true
	}
	switch {
	case worst[Refused]:
		r.Verdict, r.Anchors = NotChecked, nil
	case worst[Altered]:
		r.Verdict, r.Anchors = IsAltered, nil
	case worst[Unchecked]:
		r.Verdict = NotChecked
	case len(r.Anchors) > 0:
		r.Verdict = Anchored
	default:
		r.Verdict = WithinItself
	}
	r.Valid = !worst[Refused] && !worst[Altered] && !worst[Unchecked] && len(c.hold) == 0
	if c.tree == nil || worst[Refused] {
		r.Complete = false
	}
}
