package bag

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A bundle that people have handled as they handle any folder: put into
// another one, looked at on a Mac, opened in an office program, sent in
// another kind of archive.
func TestHandling(t *testing.T) {
	copyTo := func(name string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			from, _ := newBundle(t)
			if err := os.CopyFS(filepath.Join(dir, filepath.FromSlash(name)), os.DirFS(from)); err != nil {
				t.Fatal(err)
			}
		}
	}
	both := func(edits ...func(*testing.T, string)) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			for _, edit := range edits {
				edit(t, dir)
			}
		}
	}
	replaced := func(name, old, new string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			path := filepath.Join(dir, filepath.FromSlash(name))
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			overwrite(t, path, []byte(strings.ReplaceAll(string(text), old, new)))
		}
	}
	turn := func(name string) func(*testing.T, string) { return replaced(name, "\n", "\r\n") }
	turnBack := func(name string) func(*testing.T, string) { return replaced(name, "\r\n", "\n") }
	inside := copyTo(".")
	for _, c := range []struct {
		name, path string // path: what is checked, below the folder of the test
		edit       func(*testing.T, string)
		exit       int
		code, says string
	}{
		{"a system's file", "", both(inside, create(".DS_Store", "Bud1")), 0, "N-BESIDE", ""},
		{"a lock of an office program", "", both(inside, create("~$letter.docx", "x"), create(".~lock.a.ods#", "x")),
			0, "N-BESIDE", ""},
		{"files of Windows", "", both(inside, create("desktop.ini", "x"), create("letters/Thumbs.db", "x")), 0,
			"N-BESIDE", ""},
		{"a resource fork in seal/", "", both(inside, create("seal/._root.tsr", "x")), 0, "N-BESIDE", ""},
		{"a folder of macOS", "", both(inside, create("__MACOSX/._index.html", "x")), 0, "N-BESIDE", ""},
		{"a system's file among the exhibits", "", both(inside, create("data/Thumbs.db", "x")), 5, "E-FILE-ADDED", ""},
		{"a note beside the bundle's files", "", both(inside, create("说明.txt", "x")), 5, "E-FILE-ADDED", ""},
		{"an exhibit that now has a system's name", "", both(inside, rename(recording, "._E001.m4a")), 5,
			"E-FILE-MISSING", ""},

		{"line ends of a list turned", "", both(inside, turn(manifestName)), 5, "E-FILE-MODIFIED", "只有换行不同"},
		{"line ends of an exhibit turned", "", both(inside, turn("data/E003.txt")), 5, "E-FILE-MODIFIED", "只有换行不同"},
		{"line ends turned back", "", both(inside, turnBack(catalogueName)), 5, "E-FILE-MODIFIED", "只有换行不同"},
		{"line ends turned, and a letter", "", both(inside, turn(manifestName), replaced(manifestName, "E002", "E00Z")),
			5, "E-FILE-MODIFIED", "内容与封存时不同"},
		{"line ends of the root document turned", "", both(inside, turn(RootName)), 5, "E-FORM", "换行被改成了 CRLF"},

		{"a folder around it", "", copyTo("bundle"), 0, "N-BAG-BELOW", ""},
		{"two folders around it, and a letter", "", both(copyTo("收到/bundle"), create("letter.txt", "x")), 0,
			"N-BAG-BELOW", ""},
		{"changed, with a folder around it", "", both(copyTo("bundle"), create("bundle/"+recording, "x")), 5,
			"E-FILE-MODIFIED", ""},
		{"bagit.txt gone, with a folder around it", "", both(copyTo("b"), func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "b", bagitName)); err != nil {
				t.Fatal(err)
			}
		}), 5, "E-BAGIT-MISSING", ""},
		{"three folders around it", "", copyTo("a/b/c"), 8, "E-NOT-A-BAG", "没有 bagit.txt"},
		{"two bundles in one folder", "", both(copyTo("a"), copyTo("b")), 8, "E-NOT-A-BAG", "a  b"},
		{"a zip in a folder", "", create("收到/bundle.zip", "x"), 8, "E-NOT-A-BAG", "收到/bundle.zip"},
		{"a link to a bundle", "", func(t *testing.T, dir string) {
			from, _ := newBundle(t)
			if err := os.Symlink(from, filepath.Join(dir, "bundle")); err != nil {
				t.Skip(err)
			}
		}, 8, "E-NOT-A-BAG", ""},

		{"RAR", "证据.rar", create("证据.rar", "Rar!\x1a\x07\x01\x00"), 8, "E-ARCHIVE", "RAR"},
		{"RAR under another name", "证据.zip", create("证据.zip", "Rar!\x1a\x07\x00"), 8, "E-ARCHIVE", "RAR"},
		{"7z", "a.7z", create("a.7z", "7z\xbc\xaf\x27\x1c\x00\x04"), 8, "E-ARCHIVE", "7z"},
		{"gzip", "a.tar.gz", create("a.tar.gz", "\x1f\x8b\x08"), 8, "E-ARCHIVE", "gzip"},
		{"tar", "a.tar", create("a.tar", strings.Repeat("\x00", 257)+"ustar\x0000"), 8, "E-ARCHIVE", "tar"},
		{"first part of several", "a.7z.001", create("a.7z.001", "7z\xbc\xaf\x27\x1c"), 8, "E-ARCHIVE", "分卷"},
		{"first part of a zip cut in pieces", "bundle.zip.001",
			create("bundle.zip.001", "PK\x03\x04"+strings.Repeat("\x00", 9000)), 8, "E-ARCHIVE", "分卷"},
		{"first part of a zip in several", "a.zip", create("a.zip", "PK\x07\x08PK\x03\x04"), 8, "E-ARCHIVE", "分卷"},
		{"a page in place of the zip", "bundle.zip", create("bundle.zip", "\r\n<!DOCTYPE html>\n<html><head>"), 8,
			"E-NOT-A-BAG", "网页"},
		{"a PDF", "bundle.pdf", create("bundle.pdf", "%PDF-1.7"), 8, "E-NOT-A-BAG", "PDF"},
		{"nothing", "bundle.zip", create("bundle.zip", ""), 8, "E-NOT-A-BAG", "空文件"},
		{"the front of a download", "bundle.zip", create("bundle.zip", "PK\x03\x04"+strings.Repeat("\x00", 9000)), 8,
			"E-ZIP-CUT", "不完整"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			c.edit(t, dir)
			res := verify(t, filepath.Join(dir, c.path), Options{})
			if res.ExitCode() != c.exit || !hasCode(res, c.code) {
				t.Errorf("exit %d, want %d with %s\n%s", res.ExitCode(), c.exit, c.code, problems(res))
			}
			said := ""
			for _, p := range res.Problems {
				said += p.Detail.ZH
			}
			if !strings.Contains(said, c.says) {
				t.Errorf("not said: %s in %s", c.says, said)
			}
		})
	}
}

// What WriteZip makes is read again, whatever the exhibits are: a document of
// an office program holds the end of a zip, which must not lie where readers
// look for that of the bundle. The check page stands between the two.
func TestWrittenZipHasOneEnd(t *testing.T) {
	if len(IndexHTML()) < zipTail {
		t.Errorf("the page has %d bytes: exhibits can come within %d of the end", len(IndexHTML()), zipTail)
	}
	inner := rawZip{entries: []rawEntry{{name: "word/document.xml", data: []byte("<w/>")}}}.bytes()
	dir := filepath.Join(t.TempDir(), "JZ-2026-0001")
	if _, err := Write(dir, testContents(t, map[string]string{"data/E001.docx": string(inner)})); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "bundle.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := WriteZip(f, dir, sealTime); err != nil {
		t.Fatal(err)
	}
	if res := verify(t, path, Options{}); res.ExitCode() != 0 || len(res.Problems) > 0 {
		t.Errorf("exit %d\n%s", res.ExitCode(), problems(res))
	}
}
