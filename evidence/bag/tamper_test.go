package bag

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// tried counts the changes that were tried, by format and by what was checked;
// TestMain prints the counts where tests say what they do.
var tried struct {
	sync.Mutex
	of map[string]int
}

func triedAs(format string, res *Result) {
	tried.Lock()
	defer tried.Unlock()
	if tried.of == nil {
		tried.of = map[string]int{}
	}
	kind := "folder"
	if res.Zip {
		kind = "zip"
	}
	tried.of[format+", "+kind]++
}

// A layout is a bundle of one format, and what is known of it from outside.
type layout struct {
	name            string
	exhibit, other  string
	list, sums, log string     // a list of the payload, its SM3 sums, the log
	letter          Options    // what a letter prints
	slip            Options    // and what a slip does
	redone          bundleEdit // all manifests, by whoever knows bags
	fresh           func(t *testing.T) string
}

// layouts are the two formats there are.
func layouts(t *testing.T) []layout {
	_, root := newBundle(t)
	c := newListedCase(t, 0, "E001", "E002", "E004")
	base, code := c.write(t, "E001", "E002", "E004")
	return []layout{
		{name: "format 1", exhibit: recording, other: "data/E002.jpg", list: manifestName, sums: sm3Name,
			log: custodyName, letter: Options{Expect: root.SHA256}, slip: Options{Expect: root.SHA256},
			redone: redo(manifestName, sm3Name, RootName),
			fresh:  func(t *testing.T) string { dir, _ := newBundle(t); return dir }},
		{name: "format 2", exhibit: "data/E001.txt", other: "data/E002.txt", list: manifestName, sums: payloadSM3Name,
			log: logName, letter: Options{Expect: code.SHA256},
			slip:   Options{Expect: code.SHA256, ExpectCopy: code.Copy.SHA256},
			redone: redone(), fresh: func(t *testing.T) string { return copied(t, base) }},
	}
}

// tampers are changes that mean the same in both formats, one a row. One that
// is redone may agree with itself; then only what stands outside tells.
var tampers = []struct {
	name     string
	edit     func(l layout) bundleEdit
	notInZip bool
	redone   bool // tried also with all manifests redone over it
}{
	{name: "a byte changed", redone: true, edit: func(l layout) bundleEdit {
		return rewrite(l.exhibit, func(b []byte) []byte { b[3] ^= 1; return b })
	}},
	{name: "cut short", redone: true, edit: func(l layout) bundleEdit {
		return rewrite(l.exhibit, func(b []byte) []byte { return b[:len(b)-1] })
	}},
	{name: "appended to", redone: true, edit: func(l layout) bundleEdit { return add(l.exhibit, "x") }},
	{name: "emptied", redone: true, edit: func(l layout) bundleEdit { return create(l.exhibit, "") }},
	{name: "removed", redone: true, edit: func(l layout) bundleEdit { return remove(l.exhibit) }},
	{name: "swapped", redone: true, edit: func(l layout) bundleEdit { return swap(l.exhibit, l.other) }},
	{name: "renamed", redone: true, edit: func(l layout) bundleEdit { return rename(l.exhibit, "data/E009.txt") }},
	{name: "renamed in case", edit: func(l layout) bundleEdit {
		return rename(l.exhibit, strings.Replace(l.exhibit, "E0", "e0", 1))
	}},
	{name: "a file added", redone: true, edit: func(layout) bundleEdit { return create("data/E009.txt", "x") }},
	{name: "a copy added", redone: true, edit: func(l layout) bundleEdit {
		return func(t *testing.T, dir string) {
			b, err := os.ReadFile(filepath.Join(dir, l.exhibit))
			if err != nil {
				t.Fatal(err)
			}
			overwrite(t, filepath.Join(dir, "data/E009.txt"), b)
		}
	}},
	{name: "a hidden file", edit: func(layout) bundleEdit { return create(".hidden", "x") }},
	{name: "a system's file among the exhibits",
		edit: func(layout) bundleEdit { return create("data/Thumbs.db", "x") }},
	{name: "a statement beside", redone: true, edit: func(layout) bundleEdit { return create("ruling.txt", "x") }},
	{name: "a statement in seal", edit: func(layout) bundleEdit { return create("seal/ruling.txt", "x") }},
	{name: "a folder for a file", edit: func(l layout) bundleEdit {
		return both(remove(l.exhibit), create(l.exhibit+"/x", "x"))
	}},
	{name: "an empty folder", notInZip: true, edit: func(layout) bundleEdit {
		return func(t *testing.T, dir string) {
			if err := os.Mkdir(filepath.Join(dir, "data", "x"), 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}},
	{name: "a link out", notInZip: true, edit: func(l layout) bundleEdit { return link("/etc/hostname", l.exhibit) }},
	{name: "a link inside", notInZip: true, edit: func(l layout) bundleEdit {
		return link(filepath.Base(l.other), l.exhibit)
	}},
	{name: "a linked document", notInZip: true, edit: func(layout) bundleEdit {
		return both(rename(timelineName, "x.csv"), link("x.csv", timelineName))
	}},
	{name: "a line of the list twice", edit: func(l layout) bundleEdit {
		return rewrite(l.list, func(b []byte) []byte { return append(b, b[:bytes.IndexByte(b, '\n')+1]...) })
	}},
	{name: "a line of the list dropped", edit: func(l layout) bundleEdit {
		return rewrite(l.list, func(b []byte) []byte { return b[bytes.IndexByte(b, '\n')+1:] })
	}},
	{name: "a line of the root document dropped", edit: func(layout) bundleEdit {
		return rewrite(RootName, func(b []byte) []byte { return b[bytes.IndexByte(b, '\n')+1:] })
	}},
	{name: "a path that leads out", edit: func(l layout) bundleEdit { return add(l.list, zeros+"  data/../../x") }},
	{name: "an absolute path", edit: func(l layout) bundleEdit { return add(l.list, zeros+"  /etc/passwd") }},
	{name: "digests in capitals", edit: func(l layout) bundleEdit {
		return rewrite(l.list, func(b []byte) []byte { return bytes.ToUpper(b) })
	}},
	{name: "a list with CRLF", edit: func(l layout) bundleEdit {
		return rewrite(l.list, func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) })
	}},
	{name: "SM3 sums of another file", edit: func(l layout) bundleEdit {
		return rewrite(l.sums, func(b []byte) []byte { b[0] ^= 1; return b })
	}},
	{name: "the log edited", redone: true, edit: func(l layout) bundleEdit { return edit(l.log, "import", "Import") }},
	{name: "the log cut", redone: true, edit: func(l layout) bundleEdit {
		return rewrite(l.log, func(b []byte) []byte { return b[:bytes.LastIndexByte(b[:len(b)-1], '\n')+1] })
	}},
	{name: "fetch.txt", edit: func(layout) bundleEdit {
		return create("fetch.txt",
			"http://x.invalid/ 1 data/E009.txt\n")
	}},
	{name: "another version", edit: func(layout) bundleEdit { return create(bagitName, declare("0.97", "UTF-8")) }},
	{name: "another manifest", edit: func(layout) bundleEdit { return create("manifest-md5.txt", "") }},
	{name: "the case renamed", redone: true, edit: func(layout) bundleEdit {
		return edit(bagInfoName, "JZ-2026-0001", "JZ-2026-0002")
	}},
	{name: "a page that lies", redone: true,
		edit: func(layout) bundleEdit { return create(indexName, "<p>all is well") }},
	{name: "steps that lie", redone: true, edit: func(layout) bundleEdit { return create(stepsName, "trust me") }},
	{name: "the catalogue edited", edit: func(layout) bundleEdit { return edit(catalogueName, "E001", "E00X") }},
	{name: "the timeline edited", redone: true, edit: func(layout) bundleEdit {
		return edit(timelineName, "T001", "T009")
	}},
	{name: "the timeline removed", redone: true, edit: func(layout) bundleEdit { return remove(timelineName) }},
}

// No tamper case of format 1 is silent in format 2: one table for both, folder
// and zip, with and without the manifests redone. What a letter does not cover
// is told by the slip, and with the letter alone it is named as not covered.
func TestNoTamperCaseIsSilent(t *testing.T) {
	for _, l := range layouts(t) {
		for _, a := range tampers {
			for _, again := range []bool{false, true} {
				if again && !a.redone {
					continue
				}
				name := l.name + ", " + a.name
				dir := l.fresh(t)
				a.edit(l)(t, dir)
				if again {
					name += ", redone"
					l.redone(t, dir)
				}
				paths := []string{dir}
				if !a.notInZip {
					paths = append(paths, packTree(t, dir))
				}
				for _, path := range paths {
					res := verify(t, path, l.slip)
					triedAs(l.name, res)
					if code := res.ExitCode(); code != 5 && code != 8 && !hasCode(res, "W-SEAL-UNKNOWN") ||
						len(res.Problems) == 0 {
						t.Errorf("%s, %s: exit %d with all that is known\n%s", name, filepath.Ext(path), code,
							problems(res))
					}
					if !again || path != dir {
						continue
					}
					res = verify(t, path, l.letter)
					if gone := a.name == "the timeline removed" && l.slip.ExpectCopy != ""; gone &&
						!hasCode(res, "N-TIMELINE-NONE") {
						t.Errorf("%s: %s", name, problems(res))
					}
					if left := unnamed(t, l.fresh(t), dir, res); res.ExitCode() == 0 && len(left) > 0 {
						t.Errorf("%s: the letter alone says nothing of %v", name, left)
					}
				}
			}
		}
	}
}

// unnamed are the files that two folders have otherwise, but for those that the
// verdict names: as not covered by the code, or as not there.
func unnamed(t *testing.T, was, is string, res *Result) (out []string) {
	t.Helper()
	before := map[string]string{}
	for _, f := range treeOf(t, was) {
		before[f.name] = f.text
	}
	for _, f := range treeOf(t, is) {
		if before[f.name] != f.text {
			out = append(out, f.name)
		}
		delete(before, f.name)
	}
	for name := range before {
		out = append(out, name)
	}
	return slices.DeleteFunc(out, func(name string) bool {
		return name == RootName || res.Evidence != nil && slices.Contains(res.Evidence.Others, name) ||
			slices.ContainsFunc(res.Problems, func(p Problem) bool { return p.Path == name })
	})
}
