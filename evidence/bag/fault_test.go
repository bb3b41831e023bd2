package bag

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// A faultyTree is a bundle on a disk that fails: names in shut cannot be
// listed, those in broken give an error when they are read, at once or after
// their first bytes.
type faultyTree struct {
	tree
	shut, broken []string
	after        int64
}

func (f faultyTree) list(limit int) ([]node, []unreadable, error) {
	nodes, bad, err := f.tree.list(limit)
	nodes = slices.DeleteFunc(nodes, func(n node) bool {
		return slices.ContainsFunc(f.shut, func(s string) bool { return strings.HasPrefix(n.path, s+"/") })
	})
	for _, s := range f.shut {
		bad = append(bad, unreadable{s, syscall.EACCES})
	}
	return nodes, bad, err
}

func (f faultyTree) open(n node) (io.ReadCloser, error) {
	r, err := f.tree.open(n)
	if err != nil || !slices.Contains(f.broken, n.path) {
		return r, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(io.LimitReader(r, f.after), brokenReader{}), r}, nil
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, syscall.EIO }

// What cannot be read is no fault of anybody: 3, never 0, and never 5 unless
// something else was seen to differ. The rest is checked all the same.
func TestReadErrors(t *testing.T) {
	all := []string{bagitName, bagInfoName, manifestName, sm3Name, RootName, evidenceName, catalogueName, timelineName,
		custodyName, indexName, stepsName, recording, "data/E002.jpg", "letters/notes.txt"}
	for _, own := range []bool{true, false} {
		for _, name := range all {
			for _, after := range []int64{0, 5} {
				dir, root := newBundle(t)
				kind := "ours"
				if !own { // a bag of others: only what BagIt asks for
					kind = "others'"
					for _, extra := range []string{sm3Name, evidenceName, catalogueName, custodyName, stepsName,
						bagInfoName, "letters"} {
						os.RemoveAll(filepath.Join(dir, extra))
					}
					redo(RootName)(t, dir)
					if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
						continue
					}
				}
				open := func(c *check) error {
					folder, err := openFolder(dir)
					c.tree = faultyTree{tree: folder, broken: []string{name}, after: after}
					return err
				}
				opt := Options{}
				if own && name != RootName {
					opt.Expect = root.SHA256
				}
				res, err := verifyTree(context.Background(), dir, opt, open)
				if err != nil {
					t.Errorf("%s %s: %v", kind, name, err)
					continue
				}
				if res.Own != own || res.ExitCode() != 3 || res.Verdict != NotChecked {
					t.Errorf("%s %s after %d bytes: exit %d, %s, own %v\n%s", kind, name, after, res.ExitCode(),
						res.Verdict, res.Own, problems(res))
				}
				if !slices.ContainsFunc(res.Problems,
					func(p Problem) bool { return p.Code == "E-FILE-UNREADABLE" && p.Path == name }) {
					t.Errorf("%s %s is not named\n%s", kind, name, problems(res))
				}
			}
		}
	}
	for _, c := range []struct {
		name string
		edit bundleEdit
		exit int
	}{{"shut", func(*testing.T, string) {}, 3}, {"shut, and something else altered",
		edit("data/E002.jpg", "a picture", "b picture"), 5}} {
		dir, _ := newBundle(t)
		c.edit(t, dir)
		res, err := verifyTree(context.Background(), dir, Options{}, func(c *check) error {
			folder, err := openFolder(dir)
			c.tree = faultyTree{tree: folder, shut: []string{"data/E004"}}
			return err
		})
		if err != nil || res.ExitCode() != c.exit || !hasCode(res, "E-UNREADABLE") || hasCode(res, "E-FILE-MISSING") {
			t.Errorf("folder %s: %v, exit %d\n%s", c.name, err, res.ExitCode(), problems(res))
		}
	}
}

// What a bundle may cost the one who checks it has ends.
func TestLimits(t *testing.T) {
	dir, _ := newBundle(t)
	for name, c := range map[string]struct {
		edit   bundleEdit
		limits Limits
	}{
		"too many files":  {func(*testing.T, string) {}, Limits{Entries: 10}},
		"too many bytes":  {func(*testing.T, string) {}, Limits{Bytes: 1000}},
		"a list too long": {func(*testing.T, string) {}, Limits{Manifest: 100}},
		"many lists, together": {both(create("manifest-md5.txt", strings.Repeat("x", 900)),
			create("manifest-sha1.txt", strings.Repeat("x", 900)), create("manifest-sha512.txt",
				strings.Repeat("x", 900)), create("manifest-sha384.txt", strings.Repeat("x",
				900))), Limits{Manifest: 2000}},
		"folders without end": {func(t *testing.T, dir string) {
			if err := os.MkdirAll(filepath.Join(dir, "data", strings.Repeat("d/", 300)), 0o755); err != nil {
				t.Skip(err)
			}
		}, Limits{}},
	} {
		again := filepath.Join(t.TempDir(), "JZ-2026-0001")
		if err := os.CopyFS(again, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		c.edit(t, again)
		res := verify(t, again, Options{Limits: c.limits})
		if res.ExitCode() != 8 || !hasCode(res, "E-LIMIT") {
			t.Errorf("%s: exit %d\n%s", name, res.ExitCode(), problems(res))
		}
	}
	deep := foreign{"bagit.txt": declaration, "data/" + strings.Repeat("d/", 200) + "x": "x"}
	deep["manifest-sha256.txt"] = "{sha256:data/" + strings.Repeat("d/", 200) + "x}  data/" +
		strings.Repeat("d/", 200) + "x\n"
	if res := verify(t, deep.write(t), Options{}); res.ExitCode() != 0 {
		t.Errorf("200 folders deep: exit %d\n%s", res.ExitCode(), problems(res))
	}
}

// No payload at all, and a payload of nothing, are bundles too.
func TestSmallest(t *testing.T) {
	for _, payload := range []map[string]string{{}, {"data/E001.txt": ""}} {
		dir := filepath.Join(t.TempDir(), "JZ-2026-0001")
		root, err := Write(dir, testContents(t, payload))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{dir, zipOf(t, dir)} {
			if res := verify(t, path, Options{Expect: root.SHA256}); res.ExitCode() != 0 || res.Verdict != Anchored ||
				len(res.Problems) > 0 {
				t.Errorf("%d files, %s: exit %d\n%s", len(payload), filepath.Ext(path), res.ExitCode(), problems(res))
			}
		}
	}
}

// A trust root that is no certificate, and a signature of a kind that is not
// read, leave the question open: 3, neither anchored nor invalid.
func TestSealUnchecked(t *testing.T) {
	dir, _ := newBundle(t)
	create("seal/root.tsr", "x")(t, dir)
	if res := verify(t, dir, Options{TrustRoots: []byte("no certificate")}); res.ExitCode() != 3 ||
		!hasCode(res, "E-TSA-UNCHECKED") {
		t.Errorf("exit %d\n%s", res.ExitCode(), problems(res))
	}
	dir, _ = newBundle(t)
	document, err := os.ReadFile(filepath.Join(dir, RootName))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(testSignature(t, document, RootNamespace))), "\n")
	raw, err := base64.StdEncoding.DecodeString(strings.Join(lines[1:len(lines)-1], ""))
	if err != nil {
		t.Fatal(err)
	}
	raw = bytes.Replace(raw, []byte("sha512"), []byte("sha999"), 1)
	create("seal/root.sshsig", lines[0]+"\n"+base64.StdEncoding.EncodeToString(raw)+"\n"+lines[len(lines)-1]+"\n")(t,
		dir)
	if res := verify(t, dir, Options{}); res.ExitCode() != 3 || !hasCode(res, "E-SIGNATURE-UNSUPPORTED") {
		t.Errorf("exit %d\n%s", res.ExitCode(), problems(res))
	}
}

// Every code has a test that is about it, and no test is about a code there
// is not.
func TestEveryCodeHasAFixture(t *testing.T) {
	names, err := filepath.Glob("*_test.go")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range names {
		if strings.HasPrefix(name, "page_") {
			continue // the page has codes of its own
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(src)
	}
	used := map[string]bool{}
	for _, m := range regexp.MustCompile(`"([EWN]-[A-Z0-9-]+[A-Z0-9])"`).FindAllStringSubmatch(all.String(), -1) {
		used[m[1]] = true
		if _, ok := words[m[1]]; !ok {
			t.Errorf("there is no code %s", m[1])
		}
	}
	for code, w := range words {
		if !used[code] {
			t.Errorf("no test is about %s", code)
		}
		if w.zh == "" || w.en == "" || severityOrder[w.severity] == 0 && w.severity != Refused {
			t.Errorf("%s lacks words or severity", code)
		}
	}
}
