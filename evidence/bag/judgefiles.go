package bag

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// judgeFiles gives every file, listed or found, its status.
func (c *check) judgeFiles() {
	c.record, _ = c.readRecord()
	sizes := map[string]int64{}
	for _, e := range c.record.Files {
		sizes[e.Path] = e.Size
	}
	paths := map[string]bool{}
	for _, m := range c.lists {
		for p := range m.digests {
			paths[p] = true
		}
	}
	for _, n := range c.nodes {
		if n.kind != directory || paths[n.path] {
			paths[n.path] = true
		}
	}
	// There may be a hundred thousand: they are held once.
	all := make([]FileStatus, 0, len(paths))
	for _, p := range slices.Sorted(maps.Keys(paths)) {
		if f := c.judgeFile(p, sizes); f != nil {
			all = append(all, *f)
		}
		c.letGo(p)
	}
	files := make([]*FileStatus, len(all))
	for i := range all {
		files[i] = &all[i]
	}
	c.findMoves(files)
	c.res.Files = all[:0]
	for _, f := range files {
		if f.Status != "" {
			c.reportFile(f)
			c.res.Files = append(c.res.Files, *f)
		}
	}
	c.judgeFolders(paths)
}

// letGo drops the bytes of an opening or record, which are as many as there are
// exhibits, once they are read and hashed.
func (c *check) letGo(p string) {
	if r := c.read[p]; c.two != nil && inList(p) && r != nil && r.err == nil {
		r.digest("sha256")
		r.digest("sm3")
		r.data = nil
	}
}

// A listed digest is what one list says of a path.
type listed struct{ alg, digest string }

// expected collects what the lists say of a path. Two lists may be of one
// algorithm; then both count.
func (c *check) expected(p string) (want []listed, sums Sums) {
	for _, m := range c.lists {
		d, ok := m.digests[p]
		if !ok {
			continue
		}
		want = append(want, listed{m.alg, d})
		switch m.alg {
		case "sha256":
			sums.SHA256 = d
		case "sm3":
			sums.SM3 = d
		}
	}
	return want, sums
}

// inSeal reports what lies outside the root.
func inSeal(p string) bool { return strings.HasPrefix(p, SealDir+"/") }

// besideSeal reports a system's file that lies outside the payload: it says
// nothing, and the bundle is what it was. Among the exhibits it is an addition
// like any other.
func besideSeal(p string) bool { return !strings.HasPrefix(p, "data/") && systemPath(p) }

// unlistable reports files no list can hold: the tag manifests themselves,
// and in our bundles what is in seal/.
func (c *check) unlistable(p string) bool {
	_, tag, ok := manifestAlgorithm(p)
	return ok && tag || c.own && inSeal(p)
}

func (c *check) judgeFile(p string, sizes map[string]int64) *FileStatus {
	want, sums := c.expected(p)
	f := &FileStatus{Path: p, Size: -1, Want: sums}
	n, r := c.byPath[p], c.read[p]
	if strings.HasPrefix(p, "data/") && len(want) > 0 {
		c.res.Counts.Listed++
	}
	switch {
	case n == nil && c.hold[p]:
		f.Status = Withheld
		c.res.Counts.Withheld++
		return f
	case n == nil && c.behindShut(p):
		f.Status, f.How = Unreadable, Text{"所在的文件夹无法查看", "its folder cannot be looked into"}
		return f
	case n == nil:
		f.Status = Missing
		return f
	case n.kind != regular:
		f.Status, f.How = TypeChanged, kindWords[n.kind]
		if len(want) == 0 && p != "data" { // the payload folder is listed by all it holds
			f.Status = Added
		}
		return f
	case r == nil:
		return nil
	case r.err != nil && errors.Is(r.err, errChanging):
		f.Status = Changing
		return f
	case r.err != nil && unreadableErr(r.err):
		f.Status = Unreadable
		f.How = why(r.err)
		return f
	}
	f.Size, f.Got = r.size, Sums{r.digest("sha256"), r.digest("sm3")}
	if r.err != nil { // damage inside a zip
		f.Status = Modified
		f.How = zipDamage(r.err)
		return f
	}
	if len(want) == 0 {
		if c.own && besideSeal(p) {
			f.Status = Beside
			c.add("N-BESIDE", p)
		} else if c.blind.of(p) && !c.unlistable(p) {
			f.Status, f.How = Unreadable, Text{"应当列有它的清单读不出", "the list it should stand in cannot be read"}
		} else if !c.unlistable(p) {
			f.Status = Added
		} else if inSeal(p) && !c.sealName(strings.TrimPrefix(p, SealDir+"/")) {
			c.add("W-SEAL-UNKNOWN", p)
		}
		return f
	}
	c.compare(f, want, r)
	if f.Status == Modified {
		f.How = c.how(n, r, f, sizes)
		if c.onlyLineEnds(n, want) {
			f.How = Text{"只有换行不同（LF 与 CRLF 互换）：多半是编辑器、邮件或同步软件改的，文字未变",
				"only its line ends changed (LF for CRLF or the reverse), most likely by an editor, mail or a sync " +
					"program; the text is the same"}
		}
	}
	if f.Status == OK && strings.HasPrefix(p, "data/") {
		c.res.Counts.OK++
		if n.links > 1 && c.own {
			c.add("W-HARD-LINK", p)
		}
	}
	return f
}

// behindShut reports a path that may well be there, behind a folder or name
// that could not be looked at.
func (c *check) behindShut(p string) bool {
	if len(c.shut) == 0 {
		return false
	}
	for ; p != "." && p != "/"; p = path.Dir(p) {
		if c.shut[p] {
			return true
		}
	}
	return c.shut["."]
}

// compare sets the status of a file that was read to its end.
func (c *check) compare(f *FileStatus, want []listed, r *reading) {
	equal, differ := 0, 0
	for _, w := range want {
		got := r.digest(w.alg)
		switch {
		case got == "":
		case got == w.digest:
			equal++
		default:
			differ++
		}
	}
	switch {
	case differ == 0 && equal > 0:
		f.Status = OK
	case differ == 0:
		f.Status = Unreadable
		f.How = Text{"没有可计算的校验算法", "no digest that can be computed"}
	case equal > 0:
		f.Status = DigestConflict
	default:
		f.Status = Modified
	}
}

// how says in what way a file differs, as far as digests can tell: bytes
// added behind the old end can be proven, bytes cut off cannot.
func (c *check) how(n *node, r *reading, f *FileStatus, sizes map[string]int64) Text {
	size, known := sizes[n.path]
	switch {
	case !known:
		return Text{}
	case r.size == size:
		return Text{"大小未变，内容不同", "same size, other content"}
	case r.size == 0:
		return Text{fmt.Sprintf("已成空文件，原为 %d 字节", size), fmt.Sprintf("empty now, was %d bytes", size)}
	case r.size < size:
		return Text{fmt.Sprintf("少了 %d 字节", size-r.size), fmt.Sprintf("shorter by %d bytes", size-r.size)}
	}
	longer := r.size - size
	if c.prefixSum(n, size) == f.Want.SHA256 {
		return Text{fmt.Sprintf("前 %d 字节与原件相同，末尾被添加 %d 字节", size, longer),
			fmt.Sprintf("the first %d bytes are the original; %d bytes were appended", size, longer)}
	}
	return Text{fmt.Sprintf("多了 %d 字节", longer), fmt.Sprintf("longer by %d bytes", longer)}
}

// turnedLimit is how large a text is looked at for turned line ends.
const turnedLimit = 1 << 20

// onlyLineEnds reports whether a file is what was listed but for its line
// ends, which programs turn unasked.
func (c *check) onlyLineEnds(n *node, want []listed) bool {
	if n.size > turnedLimit {
		return false
	}
	r := c.readOne(n, nil, true)
	if r.err != nil {
		return false
	}
	lf := bytes.ReplaceAll(r.data, []byte("\r\n"), []byte("\n"))
	for _, text := range [][]byte{lf, bytes.ReplaceAll(lf, []byte("\n"), []byte("\r\n"))} {
		turned := &reading{data: text}
		if !slices.ContainsFunc(want, func(w listed) bool { return turned.digest(w.alg) != w.digest }) {
			return true
		}
	}
	return false
}

func (c *check) prefixSum(n *node, size int64) string {
	src, err := c.tree.open(*n)
	if err != nil {
		return ""
	}
	defer src.Close()
	_, sums, err := digestAll(context.Background(), io.LimitReader(src, size), size, []string{"sha256"}, func(int) {})
	if err != nil {
		return ""
	}
	return sums[0].sum
}

// findMoves sees what happened between files: a missing one under another
// name, two that changed places, copies.
func (c *check) findMoves(files []*FileStatus) {
	// By what is listed and by what is found, as far as somebody asks below.
	byWant, byGot := map[string][]*FileStatus{}, map[string][]*FileStatus{}
	for _, f := range files {
		if f.Got.SHA256 != "" && (f.Status == Added || f.Status == Modified) {
			byWant[f.Got.SHA256] = nil
		}
		if f.Got.SHA256 != "" && f.Status == Added {
			byGot[f.Got.SHA256] = append(byGot[f.Got.SHA256], f)
		}
	}
	for _, f := range files {
		if _, asked := byWant[f.Want.SHA256]; asked && f.Want.SHA256 != "" {
			byWant[f.Want.SHA256] = append(byWant[f.Want.SHA256], f)
		}
	}
	for _, f := range files {
		switch f.Status {
		case Missing:
			// What was taken for another one is not looked at again: a thousand
			// copies of one file would cost a million looks.
			rest := byGot[f.Want.SHA256]
			for len(rest) > 0 && f.Other == "" {
				other := rest[0]
				rest = rest[1:]
				if other.Status == Added && other.Other == "" {
					f.Status, f.Other = renamed(f.Path, other.Path), other.Path
					other.Status, other.Other = "", f.Path // told once
				}
			}
			if len(rest) > 0 {
				byGot[f.Want.SHA256] = rest
			} else {
				delete(byGot, f.Want.SHA256)
			}
		case Modified:
			for _, other := range byWant[f.Got.SHA256] {
				if other == f {
					continue
				}
				f.Other = other.Path
				if other.Got.SHA256 == f.Want.SHA256 && (other.Status == Modified || other.Status == Swapped) {
					f.Status = Swapped
				}
				break
			}
		}
	}
	for _, f := range files {
		if f.Status != Added || f.Got.SHA256 == "" {
			continue
		}
		if same := byWant[f.Got.SHA256]; len(same) > 0 {
			f.Status, f.Other = AddedDuplicate, same[0].Path
		}
	}
}

func renamed(from, to string) Status {
	switch {
	case norm.NFC.String(from) == norm.NFC.String(to):
		return FormRenamed
	case path.Dir(from) == path.Dir(to) && twinKey(from) == twinKey(to):
		return CaseRenamed
	}
	return Renamed
}

var fileCodes = map[Status]string{
	Modified: "E-FILE-MODIFIED", Swapped: "E-FILE-SWAPPED", Missing: "E-FILE-MISSING", Withheld: "W-FILE-WITHHELD",
	Renamed: "E-FILE-RENAMED", CaseRenamed: "E-FILE-CASE-RENAMED", FormRenamed: "E-FILE-FORM-RENAMED",
	Added: "E-FILE-ADDED", AddedDuplicate: "E-FILE-ADDED-DUPLICATE", TypeChanged: "E-FILE-TYPE",
	Unreadable: "E-FILE-UNREADABLE", Changing: "E-FILE-CHANGING", DigestConflict: "E-DIGEST-CONFLICT",
}

// reportFile turns a status into a problem.
func (c *check) reportFile(f *FileStatus) {
	code, ok := fileCodes[f.Status]
	if !ok {
		return
	}
	if !c.own && (f.Status == Added || f.Status == AddedDuplicate) && !strings.HasPrefix(f.Path, "data/") {
		c.tagUnlisted(f)
		return
	}
	c.add(code, f.Path, c.withHow(f), shown(f.Other))
}

// withHow is what follows the sentence of a file problem, if anything.
func (c *check) withHow(f *FileStatus) Text {
	t := f.How
	if f.Status == Modified && f.Other != "" {
		t.ZH += fmt.Sprintf("（内容与 %s 登记的相同）", Marked(f.Other))
		t.EN += fmt.Sprintf(" (it holds what is listed as %s)", Marked(f.Other))
		t.EN = strings.TrimSpace(t.EN)
	}
	if c.own && c.two == nil && f.Status == Modified && !strings.HasPrefix(f.Path, "data/") {
		// Only the root document vouches for a tag file, and nothing inside
		// the bundle for the root document: its line may be what was changed.
		t.ZH += "（或者是 " + RootName + " 中它的那一行被改动；用信上的总校验码核对可以分清）"
		t.EN += " (or its line in " + RootName + " was changed; the root on paper tells which)"
		t.EN = strings.TrimSpace(t.EN)
	}
	if t.ZH == "" {
		return Text{}
	}
	if strings.HasPrefix(t.ZH, "（") {
		return Text{t.ZH, " " + t.EN}
	}
	return Text{"：" + t.ZH, ": " + t.EN}
}

// tagUnlisted is about a tag file of a bag of others: RFC 8493, 2.2.1 says
// that a tag manifest should list it, not that it must.
func (c *check) tagUnlisted(f *FileStatus) {
	for _, m := range c.lists {
		if m.tag {
			c.add("W-TAG-UNLISTED", f.Path)
			return
		}
	}
	f.Status = OK
}

// judgeFolders finds folders nobody lists: in our bundles there are none but
// those that hold listed files, so an empty one was added.
func (c *check) judgeFolders(listed map[string]bool) {
	holds := map[string]bool{"data": true, SealDir: true}
	for p := range listed {
		// The parent of "/" is "/": a hostile manifest may list absolute paths.
		for d := path.Dir(p); d != "." && d != "/"; d = path.Dir(d) {
			holds[d] = true
		}
	}
	for _, n := range c.nodes {
		if n.kind == directory && !holds[n.path] && !listed[n.path] &&
			!(c.own && systemFolder(n.path) && !strings.HasPrefix(n.path, "data/")) {
			c.add("E-FOLDER-ADDED", n.path)
		}
	}
}
