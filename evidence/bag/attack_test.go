package bag

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// A bundleEdit changes a bundle's folder as an attacker would.
type bundleEdit func(t *testing.T, dir string)

func edit(name, old, new string) bundleEdit {
	return func(t *testing.T, dir string) {
		t.Helper()
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("%s does not hold %q", name, old)
		}
		overwrite(t, path, bytes.Replace(data, []byte(old), []byte(new), 1))
	}
}

func overwrite(t *testing.T, path string, data []byte) {
	t.Helper()
	os.Chmod(path, 0o600)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(name string) bundleEdit {
	return func(t *testing.T, dir string) {
		t.Helper()
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}

func create(name, content string) bundleEdit {
	return func(t *testing.T, dir string) { overwrite(t, filepath.Join(dir, name), []byte(content)) }
}

func rename(from, to string) bundleEdit {
	return func(t *testing.T, dir string) {
		t.Helper()
		if err := os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)); err != nil {
			t.Fatal(err)
		}
	}
}

func both(edits ...bundleEdit) bundleEdit {
	return func(t *testing.T, dir string) {
		for _, e := range edits {
			e(t, dir)
		}
	}
}

// swap exchanges two payload files.
func swap(a, b string) bundleEdit {
	return both(rename(a, "data/tmp"), rename(b, a), rename("data/tmp", b))
}

// redo writes a manifest anew over what now lies there: the attacker who
// knows how bags work. Which manifests are redone says how far they go.
func redo(names ...string) bundleEdit {
	return func(t *testing.T, dir string) {
		t.Helper()
		for _, name := range names {
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			for _, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
				_, path, _ := strings.Cut(line, "  ")
				content, err := os.ReadFile(filepath.Join(dir, path))
				if err != nil {
					continue // the file and its line are dropped
				}
				sums := sumsOf(content)
				digest := sums.SHA256
				if name == sm3Name {
					digest = sums.SM3
				}
				out.WriteString(digest + "  " + path + "\n")
			}
			overwrite(t, filepath.Join(dir, name), []byte(out.String()))
		}
	}
}

const recording = "data/E001.m4a"

// attacks is the list of what may be done to a bundle, and what verify has to
// say of it. Code is one that must be among the problems.
var attacks = []struct {
	name   string
	edit   bundleEdit
	code   string
	status Status // of a file named in path; empty: not looked at
	path   string
	exit   int
	folder bool // cannot be put into a zip
}{
	{"byte-changed", edit(recording, "sound", "sOund"), "E-FILE-MODIFIED", Modified, recording, 5, false},
	{"cut-short", create(recording, "sound"), "E-FILE-MODIFIED", Modified, recording, 5, false},
	{"appended", both(edit("data/E002.jpg", "a picture", "a picture and more")), "E-FILE-MODIFIED", Modified,
		"data/E002.jpg", 5, false},
	{"emptied", create("data/E002.jpg", ""), "E-FILE-MODIFIED", Modified, "data/E002.jpg", 5, false},
	{"replaced-same-size", edit("data/E002.jpg", "a picture", "b picture"), "E-FILE-MODIFIED", Modified,
		"data/E002.jpg", 5, false},
	{"swapped", swap(recording, "data/E002.jpg"), "", Swapped, recording, 5, false},
	{"missing", remove(recording), "E-FILE-MISSING", Missing, recording, 5, false},
	{"renamed", rename(recording, "data/E009.m4a"), "", Renamed, recording, 5, false},
	{"case-renamed", rename(recording, "data/e001.m4a"), "", CaseRenamed, recording, 5, false},
	{"added", create("data/E009.m4a", "new"), "E-FILE-ADDED", Added, "data/E009.m4a", 5, false},
	{"added-hidden", create("data/.hidden", "new"), "E-FILE-ADDED", Added, "data/.hidden", 5, false},
	{"added-copy", both(create("data/E009.jpg", "a picture")), "", AddedDuplicate, "data/E009.jpg", 5, false},
	{"empty-folder-added", func(t *testing.T, dir string) { os.Mkdir(filepath.Join(dir, "data/empty"), 0o755) },
		"E-FOLDER-ADDED", "", "", 5, true},
	{"symlink-same-bytes", func(t *testing.T, dir string) {
		if err := os.Rename(filepath.Join(dir, recording), filepath.Join(dir, "data/x")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("x", filepath.Join(dir, recording)); err != nil {
			t.Skip(err)
		}
	}, "", TypeChanged, recording, 5, true},
	{"symlink-out", both(remove(recording), func(t *testing.T, dir string) {
		if err := os.Symlink("/etc/hostname", filepath.Join(dir, recording)); err != nil {
			t.Skip(err)
		}
	}), "", TypeChanged, recording, 5, true},
	{"folder-for-file", both(remove(recording), create(recording+"/x", "x")), "", TypeChanged, recording, 5, true},

	{"file-and-manifest", both(edit(recording, "sound", "sOund"), redo(manifestName)), "", "", "", 5, false},
	{"file-and-both-sums", both(edit(recording, "sound", "sOund"), redo(manifestName, sm3Name)), "", "", "", 5, false},
	{"root-document-gone", remove(RootName), "E-ROOT-MISSING", "", "", 5, false},
	{"line-dropped-with-file", both(remove(recording), redo(manifestName, sm3Name)), "", "", "", 5, false},
	{"line-twice", edit(manifestName, "",
		"0000000000000000000000000000000000000000000000000000000000000000  data/E001.m4a\n"), "", "", "", 5, false},
	{"line-malformed", create(manifestName, "hello\n"), "", "", "", 5, false},
	{"comment-line", edit(manifestName, "", "# a comment\n"), "", "", "", 5, false},
	{"md5-downgrade", create("manifest-md5.txt", "00000000000000000000000000000000  data/E001.m4a\n"), "",
		"", "", 5, false},
	{"sm3-missing", remove(sm3Name), "", "", "", 5, false},
	{"sm3-disagrees", edit(sm3Name, "", ""), "", "", "", 0, false}, // nothing changed: the harness itself is checked

	{"bag-info-edited", edit(bagInfoName, "juzheng test", "juzheng text"), "", "", "", 5, false},
	{"bagit-edited", edit("bagit.txt", "1.0", "9.9"), "", "", "", 5, false},
	{"evidence-edited", edit(evidenceName, "E001", "E00X"), "", "", "", 5, false},
	{"catalogue-edited", edit(catalogueName, "E001", "E00X"), "", "", "", 5, false},
	{"timeline-edited", edit(timelineName, "T001", "T002"), "", "", "", 5, false},
	{"page-replaced", create(indexName, "<html>all is well</html>"), "", "", "", 5, false},
	{"steps-edited", create(stepsName, "trust me"), "", "", "", 5, false},
	{"statement-added", create("letters/forged.txt", "the borrower admits"), "", "", "", 5, false},
	{"tag-file-gone", remove(timelineName), "", "", "", 5, false},
	{"fetch-added", create("fetch.txt", "http://example.invalid/x 1 data/E001.m4a\n"), "", "", "", 5, false},

	{"custody-edited", edit(custodyName, "import", "impart"), "", "", "", 5, false},
	{"custody-edited-and-listed", both(edit(custodyName, `"import"`, `"note"`), redo(RootName)), "", "", "", 5, false},
	{"custody-cut", func(t *testing.T, dir string) {
		data, _ := os.ReadFile(filepath.Join(dir, custodyName))
		lines := bytes.SplitAfter(data, []byte("\n"))
		overwrite(t, filepath.Join(dir, custodyName), bytes.Join(lines[:len(lines)-2], nil))
		redo(RootName)(t, dir)
	}, "", "", "", 5, false},

	// Harmless: nobody is accused.
	{"touched", func(t *testing.T, dir string) { os.Chtimes(filepath.Join(dir, recording), sealTime, sealTime) }, "",
		"", "", 0, false},
	{"mode-changed", func(t *testing.T, dir string) { os.Chmod(filepath.Join(dir, recording), 0o755) }, "",
		"", "", 0, false},
}

// Each attack is noticed and named, in the folder and in the zip, with the
// paper root and without.
func TestAttacks(t *testing.T) {
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			dir, root := newBundle(t)
			a.edit(t, dir)
			check := func(path string) {
				t.Helper()
				res := verify(t, path, Options{})
				if res.ExitCode() != a.exit {
					t.Errorf("%s: exit %d, want %d\n%s", filepath.Ext(path), res.ExitCode(), a.exit, problems(res))
				}
				if a.code != "" && !slices.ContainsFunc(res.Problems,
					func(p Problem) bool { return p.Code == a.code }) {
					t.Errorf("%s: no %s\n%s", filepath.Ext(path), a.code, problems(res))
				}
				if a.status != "" && !slices.ContainsFunc(res.Files,
					func(f FileStatus) bool { return f.Path == a.path && f.Status == a.status }) {
					t.Errorf("%s: %s is not %s: %+v", filepath.Ext(path), a.path, a.status, res.Files)
				}
				if a.exit == 5 && (res.Verdict != IsAltered || len(res.Problems) == 0) {
					t.Errorf("%s: verdict %s", filepath.Ext(path), res.Verdict)
				}
				with := verify(t, path, Options{Expect: root.SHA256})
				if with.ExitCode() != a.exit || a.exit == 0 && with.Verdict != Anchored ||
					a.exit != 0 && len(with.Anchors) > 0 && with.Verdict == Anchored {
					t.Errorf("%s with the paper root: exit %d, verdict %s, want exit %d\n%s", filepath.Ext(path),
						with.ExitCode(), with.Verdict, a.exit, problems(with))
				}
			}
			check(dir)
			if !a.folder {
				check(packTree(t, dir))
			}
		})
	}
}

// Whoever rewrites everything consistently gets "intact within itself", and
// only the paper tells: so the verdict has to say so.
func TestConsistentForgeryNeedsThePaper(t *testing.T) {
	dir, root := newBundle(t)
	forged := map[string]string{}
	for k, v := range testPayload {
		forged[k] = v
	}
	forged[recording] = strings.Repeat("other ", 300)
	again := filepath.Join(t.TempDir(), "JZ-2026-0001")
	if _, err := Write(again, testContents(t, forged)); err != nil {
		t.Fatal(err)
	}
	if res := verify(t, again, Options{}); res.Verdict != WithinItself || res.ExitCode() != 0 {
		t.Errorf("without paper: %s, exit %d", res.Verdict, res.ExitCode())
	}
	if res := verify(t, again, Options{RequireAnchor: true}); res.ExitCode() != 7 {
		t.Errorf("with --require-anchor: exit %d", res.ExitCode())
	}
	res := verify(t, again, Options{Expect: root.SHA256})
	if res.Verdict != IsAltered || res.ExitCode() != 5 || len(res.Differs) == 0 {
		t.Errorf("with paper: %s, exit %d, groups %v", res.Verdict, res.ExitCode(), res.Differs)
	}
	_ = dir
}

// smallBundle is a bundle without our own large pages, so that every one of
// its bytes can be tried.
func smallBundle(t testing.TB) (string, Root) {
	t.Helper()
	payload := map[string]string{"data/E001.m4a": "sound", "data/E002.jpg": "a picture"}
	c := testContents(t, payload)
	c.Tags = append(c.Tags, TagFile{indexName, []byte("<p>page")}, TagFile{stepsName, []byte("steps")})
	dir := filepath.Join(t.TempDir(), "JZ-2026-0001")
	root, err := Write(dir, c)
	if err != nil {
		t.Fatal(err)
	}
	return dir, root
}

// step is 1, so that every byte is tried; with -short every eleventh.
func step(t *testing.T) int {
	if testing.Short() {
		return 11
	}
	return 1
}

// Any single byte flipped in any file of a sealed bundle is noticed, by the
// paper and without, and the file is named.
func TestEveryByte(t *testing.T) {
	dir, root := smallBundle(t)
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name, _ := filepath.Rel(dir, path)
		for at := 0; at < len(data); at += step(t) {
			data[at] ^= 1 << (at % 8)
			overwrite(t, path, data)
			opt := Options{}
			if at%2 == 1 {
				opt.Expect = root.SHA256
			}
			res := verify(t, dir, opt)
			if code := res.ExitCode(); code != 5 && code != 8 || len(res.Anchors) > 0 {
				t.Errorf("%s byte %d: exit %d, verdict %s", name, at, code, res.Verdict)
			}
			named := name == RootName ||
				slices.ContainsFunc(res.Problems, func(p Problem) bool { return p.Path == filepath.ToSlash(name) })
			if !named {
				t.Errorf("%s byte %d is not named:\n%s", name, at, problems(res))
			}
			data[at] ^= 1 << (at % 8)
		}
		overwrite(t, path, data)
		return nil
	})
	if res := verify(t, dir, Options{}); res.ExitCode() != 0 {
		t.Errorf("put back: %s", problems(res))
	}
}

// packTree packs a folder as it is, without any care, as an attacker would.
func packTree(t *testing.T, dir string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(filepath.Dir(dir), path)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		store(t, w, filepath.ToSlash(rel), data)
		return nil
	})
	w.Close()
	name := filepath.Join(t.TempDir(), "bundle.zip")
	overwrite(t, name, b.Bytes())
	return name
}

func store(t *testing.T, w *zip.Writer, name string, data []byte) {
	t.Helper()
	h := &zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(data),
		CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(len(data))}
	if !isASCII(name) && utf8.ValidString(name) {
		h.Flags |= flagUTF8
	}
	f, err := w.CreateRaw(h)
	if err != nil {
		t.Fatal(err)
	}
	f.Write(data)
}

// A pipe in the bundle is reported and never opened: it would hang.
func TestPipeDoesNotHang(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no named pipes in the file tree")
	}
	dir, _ := newBundle(t)
	os.Remove(filepath.Join(dir, recording))
	if err := makePipe(filepath.Join(dir, recording)); err != nil {
		t.Skip(err)
	}
	res := verify(t, dir, Options{})
	if res.ExitCode() != 5 {
		t.Errorf("exit %d\n%s", res.ExitCode(), problems(res))
	}
}

func FuzzVerifyZip(f *testing.F) {
	dir, _ := newBundle(f)
	data, err := os.ReadFile(zipOf(f, dir))
	if err != nil {
		f.Fatal(err)
	}
	// The two large files of ours would only slow the search down.
	f.Add(data[:0])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "b.zip")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		verify(t, path, Options{}) // no panic, no hang
	})
}

func FuzzVerifyManifest(f *testing.F) {
	f.Add([]byte("0000000000000000000000000000000000000000000000000000000000000000  data/a.txt\n"))
	f.Add([]byte("00  /etc/hostname\n# x\n"))
	f.Add([]byte("\xef\xbb\xbf\r\n~/x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		os.Mkdir(filepath.Join(dir, "data"), 0o755)
		os.WriteFile(filepath.Join(dir, "data/a.txt"), []byte("a"), 0o600)
		os.WriteFile(filepath.Join(dir, "bagit.txt"),
			[]byte("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), 0o600)
		os.WriteFile(filepath.Join(dir, "manifest-sha256.txt"), data, 0o600)
		os.WriteFile(filepath.Join(dir, "bag-info.txt"), data, 0o600)
		res := verify(t, dir, Options{})
		if res.ExitCode() == 0 && !res.Valid {
			t.Errorf("exit 0 for a bag that is not valid:\n%s", problems(res))
		}
	})
}
