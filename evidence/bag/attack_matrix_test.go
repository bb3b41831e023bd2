package bag

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// The attack list of the design, one mutation a row. An attacker changes
// content only, or redoes manifests, or the root document too, or rewrites
// everything so that it agrees; the last shows only against the paper.
type attackRow struct {
	name  string
	edit  bundleEdit
	codes []string // all of these must be among the problems
	exit  int
	paper int // exit with the paper root, if another
	// How the zip of it ends, if another; -1: it cannot be in a zip.
	zip     int
	zipCode string
}

const notInZip = -1

// link makes a symbolic link.
func link(target, name string) bundleEdit {
	return func(t *testing.T, dir string) {
		t.Helper()
		os.RemoveAll(filepath.Join(dir, name))
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
}

// text changes a file as a whole.
func rewrite(name string, change func([]byte) []byte) bundleEdit {
	return func(t *testing.T, dir string) {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		after := change(bytes.Clone(data))
		if bytes.Equal(after, data) {
			t.Fatalf("%s is unchanged", name)
		}
		overwrite(t, filepath.Join(dir, name), after)
	}
}

// add puts a line behind those of a list.
func add(name, line string) bundleEdit {
	return rewrite(name, func(b []byte) []byte { return append(b, line+"\n"...) })
}

// lineOf replaces the line of a file in a list.
func lineOf(list, path string, change func(digest string) string) bundleEdit {
	return rewrite(list, func(b []byte) []byte {
		var out []string
		for line := range strings.Lines(string(b)) {
			if digest, p, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  "); p == path {
				line = change(digest)
			}
			out = append(out, line)
		}
		return []byte(strings.Join(out, ""))
	})
}

// listAs changes what manifest and SM3 list call a file, and redoes the root.
func listAs(path, as string) bundleEdit {
	rename := func(digest string) string { return digest + "  " + as + "\n" }
	return both(lineOf(manifestName, path, rename), lineOf(sm3Name, path, rename), redo(RootName))
}

// rewriteAll makes all documents anew over whatever lies in data/, as the
// attacker does who has our program and more time. The paper is what is left.
func rewriteAll(t *testing.T, dir string) {
	t.Helper()
	var was evidenceFile
	data, err := os.ReadFile(filepath.Join(dir, evidenceName))
	if err == nil {
		err = json.Unmarshal(data, &was)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := Contents{Case: was.Case, Time: sealTime, Software: was.Software}
	sha, sm3, total := map[string]string{}, map[string]string{}, int64(0)
	filepath.WalkDir(filepath.Join(dir, "data"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		e := Entry{Path: filepath.ToSlash(rel), Number: "E001", Size: int64(len(content)), Sums: sumsOf(content),
			Times: []EntryTime{}}
		c.Entries = append(c.Entries, e)
		sha[e.Path], sm3[e.Path] = e.SHA256, e.SM3
		total += e.Size
		return nil
	})
	slices.SortFunc(c.Entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	log, err := os.ReadFile(filepath.Join(dir, custodyName))
	if err != nil {
		t.Fatal(err)
	}
	head, records := CustodyHead(log)
	record, err := formatEvidence(c, c.Entries)
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := formatCatalogue(c.Entries)
	if err != nil {
		t.Fatal(err)
	}
	overwrite(t, filepath.Join(dir, evidenceName), record)
	overwrite(t, filepath.Join(dir, catalogueName), catalogue)
	overwrite(t, filepath.Join(dir, manifestName), formatManifest(sha))
	overwrite(t, filepath.Join(dir, sm3Name), formatManifest(sm3))
	overwrite(t, filepath.Join(dir, bagInfoName), []byte(formatInfo(c, total, len(c.Entries), head, records)))
	redo(RootName)(t, dir)
}

// relog makes the custody log anew from changed records, each continuing the
// one before, and bag-info.txt and the root with it.
func relog(change func([]Record) []Record) bundleEdit {
	return func(t *testing.T, dir string) {
		t.Helper()
		data, _ := os.ReadFile(filepath.Join(dir, custodyName))
		records, _ := CheckCustody(data)
		var log []byte
		prev := CustodyStart
		for i, r := range change(records) {
			r.Seq, r.Prev = i, prev
			line, err := r.line()
			if err != nil {
				t.Fatal(err)
			}
			log = append(log, line...)
			prev = lineSum(bytes.TrimSuffix(line, []byte("\n")))
		}
		overwrite(t, filepath.Join(dir, custodyName), log)
		rewriteAll(t, dir)
	}
}

// logLines changes the lines of the custody log as they are, and redoes the
// root.
func logLines(change func([][]byte) [][]byte) bundleEdit {
	return both(rewrite(custodyName, func(b []byte) []byte {
		lines := bytes.SplitAfter(b, []byte("\n"))
		return bytes.Join(change(lines[:len(lines)-1]), nil)
	}), redo(RootName))
}

// contentAttacks are done by all attackers: see TestThreeAttackers.
var contentAttacks = []attackRow{
	{name: "bit flipped", edit: edit(recording, "sound", "sounb"), codes: []string{"E-FILE-MODIFIED"}},
	{name: "cut", edit: create(recording, "sound"), codes: []string{"E-FILE-MODIFIED"}},
	{name: "appended", edit: rewrite(recording, func(b []byte) []byte { return append(b, 'x') }),
		codes: []string{"E-FILE-MODIFIED"}},
	{name: "emptied", edit: create(recording, ""), codes: []string{"E-FILE-MODIFIED"}},
	{name: "replaced, same size", edit: rewrite(recording, bytes.ToUpper), codes: []string{"E-FILE-MODIFIED"}},
	{name: "swapped", edit: swap(recording, "data/E002.jpg"), codes: []string{"E-FILE-SWAPPED"}},
	{name: "copied over another", edit: func(t *testing.T, dir string) {
		data, _ := os.ReadFile(filepath.Join(dir, recording))
		overwrite(t, filepath.Join(dir, "data/E002.jpg"), data)
	}, codes: []string{"E-FILE-MODIFIED"}},
	{name: "missing", edit: remove(recording), codes: []string{"E-FILE-MISSING"}},
	{name: "added", edit: create("data/E009.txt", "new"), codes: []string{"E-FILE-ADDED"}},
	{name: "added copy", edit: create("data/E009.jpg", "a picture"), codes: []string{"E-FILE-ADDED-DUPLICATE"}},
	{name: "renamed", edit: rename(recording, "data/E009.m4a"), codes: []string{"E-FILE-RENAMED"}},
	{name: "case renamed", edit: rename(recording, "data/e001.M4A"), codes: []string{"E-FILE-CASE-RENAMED"}},
}

// Whoever changes content and redoes no list, the manifests, or the manifests
// and the root document is caught; whoever rewrites everything gets no more
// than "intact within itself", and the paper tells.
func TestThreeAttackers(t *testing.T) {
	for _, a := range contentAttacks {
		for _, by := range []attackRow{
			{name: "content only", edit: func(*testing.T, string) {}, codes: a.codes, exit: 5, paper: 5},
			{name: "manifest redone", edit: redo(manifestName), exit: 5, paper: 5},
			{name: "manifests redone", edit: redo(manifestName, sm3Name), exit: 5, paper: 5},
			{name: "manifests and root redone", edit: redo(manifestName, sm3Name, RootName), exit: 5, paper: 5},
			{name: "everything rewritten", edit: rewriteAll, exit: 0, paper: 5},
		} {
			by.edit = both(a.edit, by.edit)
			t.Run(a.name+", "+by.name, func(t *testing.T) { by.run(t) })
		}
	}
}

func (a attackRow) run(t *testing.T) {
	dir, root := newBundle(t)
	a.edit(t, dir)
	if a.paper == 0 {
		a.paper = a.exit
	}
	a.check(t, dir, root, a.exit, a.paper, a.codes)
	if a.zip == notInZip {
		return
	}
	exit, paper, codes := a.exit, a.paper, a.codes
	if a.zip != 0 {
		exit, paper, codes = a.zip, a.zip, []string{a.zipCode}
	}
	a.check(t, packTree(t, dir), root, exit, paper, codes)
}

func (a attackRow) check(t *testing.T, path string, root Root, exit, paper int, codes []string) {
	t.Helper()
	res := verify(t, path, Options{})
	kind := "folder"
	if res.Zip {
		kind = "zip"
	}
	triedAs("format 1", res)
	if res.ExitCode() != exit {
		t.Errorf("%s: exit %d, want %d\n%s", kind, res.ExitCode(), exit, problems(res))
	}
	for _, code := range codes {
		if !hasCode(res, code) {
			t.Errorf("%s: no %s among\n%s", kind, code, problems(res))
		}
	}
	if len(res.Anchors) > 0 || res.Verdict == Anchored {
		t.Errorf("%s: anchored by nothing", kind)
	}
	if exit == 0 {
		if res := verify(t, path, Options{RequireAnchor: true}); res.ExitCode() != 7 {
			t.Errorf("%s with --require-anchor: exit %d", kind, res.ExitCode())
		}
	}
	for _, typed := range []string{root.SHA256, root.SM3} {
		with := verify(t, path, Options{Expect: typed})
		// Something false in seal/ leaves the content what the paper says.
		content := paper == 0 || paper == 6
		if with.ExitCode() != paper || !content && (with.Verdict == Anchored || len(with.Anchors) > 0) ||
			content && with.Verdict != Anchored {
			t.Errorf("%s with the paper: exit %d, %s, want %d\n%s", kind, with.ExitCode(), with.Verdict,
				paper, problems(with))
		}
	}
}

// digestAs is a line with the digest changed in form.
func digestAs(change func(string) string) bundleEdit {
	return both(lineOf(manifestName, recording,
		func(d string) string { return change(d) + "  " + recording + "\n" }), redo(RootName))
}

func TestNameAttacks(t *testing.T) {
	outside := func(t *testing.T, dir string) {
		// Another name, outside, through which the file can be changed.
		if err := os.Link(filepath.Join(dir, recording), filepath.Join(filepath.Dir(dir), "outside")); err != nil {
			t.Skip(err)
		}
	}
	nfd := norm.NFD.String("é")
	rows := []attackRow{
		{name: "case twin", edit: create("data/e001.M4A", "x"),
			codes: []string{"E-FILE-ADDED"}, exit: 5, zip: 8, zipCode: "E-ZIP-DUPLICATE"},
		{name: "normal-form twins", edit: both(create("data/é", "x"), create("data/"+nfd, "y")),
			codes: []string{"E-FILE-ADDED"}, exit: 5, zip: 8, zipCode: "E-ZIP-DUPLICATE"},
		{name: "name ends in a space", edit: rename(recording, recording+" "),
			codes: []string{"E-FILE-RENAMED"}, exit: 5, zip: 8, zipCode: "E-ZIP-NAME"},
		{name: "name ends in U+3000", edit: rename(recording, recording+"\u3000"),
			codes: []string{"E-FILE-RENAMED"}, exit: 5, zip: 8, zipCode: "E-ZIP-NAME"},
		{name: "name ends in a dot", edit: rename(recording, recording+"."),
			codes: []string{"E-FILE-RENAMED"}, exit: 5, zip: 8, zipCode: "E-ZIP-NAME"},
		{name: "reserved name", edit: rename(recording, "data/aux.m4a"),
			codes: []string{"E-FILE-RENAMED"}, exit: 5, zip: 8, zipCode: "E-ZIP-NAME"},
		{name: "literal %0A", edit: rename(recording, "data/E001%0A.m4a"), codes: []string{"E-FILE-RENAMED"}, exit: 5},
		{name: "not UTF-8", edit: rename(recording, "data/E\xff.m4a"),
			codes: []string{"E-FILE-RENAMED"}, exit: 5, zip: 8, zipCode: "E-ZIP-UNCLEAR"},
		{name: "LF in a name", edit: rename(recording, "data/E001\n.m4a"),
			codes: []string{"E-FILE-RENAMED"}, exit: 5, zip: 8, zipCode: "E-ZIP-NAME"},
		{name: "CR in a name", edit: create("data/E001\r.m4a", "x"),
			codes: []string{"E-FILE-ADDED"}, exit: 5, zip: 8, zipCode: "E-ZIP-NAME"},
		{name: "right-to-left mark", edit: create("data/E\u202e100.m4a", "x"),
			codes: []string{"E-FILE-ADDED"}, exit: 5, zip: 8, zipCode: "E-ZIP-NAME"},
		{name: "zero-width space", edit: create("data/E001\u200b.m4a", "x"),
			codes: []string{"E-FILE-ADDED"}, exit: 5, zip: 8, zipCode: "E-ZIP-NAME"},
		{name: "escape sequence", edit: create("data/\x1b[2Jx", "x"),
			codes: []string{"E-FILE-ADDED"}, exit: 5, zip: 8, zipCode: "E-ZIP-NAME"},
		{name: "symlink out", edit: link("/etc/hostname", recording),
			codes: []string{"E-FILE-TYPE"}, exit: 5, zip: notInZip},
		{name: "symlink to the same bytes inside",
			edit: both(rename(recording, "seal-"), create("seal/x", "x"), rename("seal-", "seal/signers"),
				link("../seal/signers", recording)),
			codes: []string{"E-FILE-TYPE"}, exit: 5, zip: notInZip},
		{name: "symlinked folder", edit: both(rename("data/E004", "data/E005"), link("E005", "data/E004")),
			codes: []string{"E-FILE-ADDED"}, exit: 5, zip: notInZip},
		{name: "symlinked data", edit: both(rename("data", "elsewhere"), link("elsewhere", "data")),
			codes: []string{"E-FILE-TYPE"}, exit: 5, zip: notInZip},
		{name: "symlinked seal", edit: link("/etc", "seal"), codes: []string{"E-FILE-ADDED"}, exit: 5, zip: notInZip},
		{name: "symlink in seal", edit: both(create("seal/signers", "x"), link("/etc/passwd", "seal/root.tsr")),
			codes: []string{"E-FILE-ADDED"}, exit: 5, zip: notInZip},
		{name: "symlinked tag file", edit: both(rename(timelineName, "data.csv"), link("data.csv", timelineName)),
			codes: []string{"E-FILE-TYPE"}, exit: 5, zip: notInZip},
		{name: "symlinked bagit.txt", edit: both(rename(bagitName, "b"), link("b", bagitName)),
			codes: []string{"E-FILE-TYPE"}, exit: 5, zip: notInZip},
		{name: "symlinked root document", edit: both(rename(RootName, "b"), link("b", RootName)),
			codes: []string{"E-ROOT-MISSING", "E-FILE-ADDED"}, exit: 5, zip: notInZip},
		{name: "folder for a file", edit: both(remove(recording), create(recording+"/x", "x")),
			codes: []string{"E-FILE-TYPE"}, exit: 5, zip: 5, zipCode: "E-FILE-TYPE"},
		{name: "file for a folder", edit: both(remove("data/E004"), create("data/E004", "one level down")),
			codes: []string{"E-FILE-RENAMED"}, exit: 5},
		{name: "empty folder", edit: func(t *testing.T, dir string) { os.Mkdir(filepath.Join(dir, "data/x"), 0o755) },
			codes: []string{"E-FOLDER-ADDED"}, exit: 5, zip: notInZip},
		{name: "hard link from outside", edit: outside, codes: []string{"W-HARD-LINK"}, exit: 0, zip: notInZip},
		{name: "hidden file", edit: create(".hidden", "x"), codes: []string{"E-FILE-ADDED"}, exit: 5},
		{name: "Thumbs.db", edit: create("data/Thumbs.db", "x"), codes: []string{"E-FILE-ADDED"}, exit: 5},
		{name: "a second bundle inside", edit: create("data/in/bagit.txt", "x"),
			codes: []string{"E-FILE-ADDED"}, exit: 5},
		{name: "case.toml laid in", edit: create("case.toml", "x"), codes: []string{"E-FILE-ADDED"}, exit: 5},
	}
	// The same names as a list has them: no list of ours holds one, and some
	// are read differently elsewhere, so nothing they name is touched.
	for name, as := range map[string]string{
		"parent": "data/../../x", "parent within": "data/../data/E001.m4a", "absolute": "/etc/passwd", "drive": "C:/x",
		"UNC": `\\host\x`, "home": "~/x", "user": "~root/x",
		"backslash": `data\E001.m4a`, "device": "data/NUL", "device with extension": "data/com1.m4a",
		"console in": "data/CONIN$", "console out": "data/conout$.txt", "trailing dot": "data/E001.",
		"trailing space":  "data/E001 ",
		"trailing U+3000": "data/E001\u3000", "control": "data/E\x01", "NUL": "data/E\x00", "not UTF-8": "data/\xff",
		"right-to-left": "data/E\u202e1", "zero width": "data/E\u200b1",
		"dot": "data/./E001.m4a", "double slash": "data//E001.m4a", "trailing slash": "data/E001.m4a/",
		"encoded LF": "data/E%0A1", "question mark": "data/E?1",
		"stream": "data/E001.m4a:x",
	} {
		rows = append(rows, attackRow{name: "listed: " + name, edit: listAs(recording, as),
			codes: []string{"E-PATH-UNSAFE"}, exit: 8})
	}
	for name, as := range map[string]string{"Han": "data/录音.m4a", "two levels": "data/a/b/c.m4a",
		"hidden": "data/.E001", "dash": "data/-rf", "long": "data/" + strings.Repeat("E", 65)} {
		rows = append(rows, attackRow{name: "renamed and listed: " + name, edit: func(t *testing.T, dir string) {
			content, _ := os.ReadFile(filepath.Join(dir, recording))
			remove(recording)(t, dir)
			create(as, string(content))(t, dir)
			rewriteAll(t, dir)
		}, codes: []string{"E-PATH-FORM"}, exit: 5})
	}
	rows = append(rows,
		attackRow{name: "listed: case twins",
			edit:  func(t *testing.T, dir string) { create("data/e001.M4A", "x")(t, dir); rewriteAll(t, dir) },
			codes: []string{"E-PATH-TWINS"}, exit: 8, zip: 8, zipCode: "E-ZIP-DUPLICATE"},
		attackRow{name: "listed: normal-form twins", edit: func(t *testing.T, dir string) {
			both(create("data/é", "x"), create("data/"+nfd, "y"))(t, dir)
			rewriteAll(t, dir)
		}, codes: []string{"E-PATH-TWINS"}, exit: 8, zip: 8, zipCode: "E-ZIP-DUPLICATE"})
	for _, a := range rows {
		t.Run(a.name, func(t *testing.T) {
			if runtime.GOOS == "windows" {
				t.Skip("names that Windows cannot have")
			}
			a.run(t)
		})
	}
}
