package bag

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// sealTime is when every bundle of these tests was sealed.
var sealTime = time.Date(2026, 3, 1, 14, 5, 6, 0, beijing)

// testPayload is what the bundles of these tests hold.
var testPayload = map[string]string{
	"data/E001.m4a":      strings.Repeat("sound ", 300),
	"data/E002.jpg":      "a picture",
	"data/E003.txt":      "09:14 missed call\n",
	"data/E004/part.txt": "one level down",
}

func testContents(t testing.TB, payload map[string]string) Contents {
	t.Helper()
	var log []byte
	for i, event := range []string{"open", "import", "seal"} {
		line, err := NextRecord(log, event, "detail", "me", "juzheng test",
			sealTime.Add(time.Duration(i-2)*time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		log = append(log, line...)
	}
	c := Contents{
		Case: "JZ-2026-0001", Time: sealTime, Software: "juzheng test",
		Timeline: []byte("\xef\xbb\xbfid,time\r\nT001,2026-01-01\r\n"),
		Tags:     []TagFile{{"letters/notes.txt", []byte("what the letter refers to\n")}},
		Custody:  log,
		Open: func(e Entry) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(payload[e.Path])), nil
		},
	}
	for i, p := range sortedKeys(payload) {
		c.Entries = append(c.Entries, Entry{
			Path: p, Number: fmt.Sprintf("E%03d", i+1), Kind: "recording", MediaType: "audio/mp4",
			OriginalName: fmt.Sprintf("录音 %d=?.m4a",
				i+1), Size: int64(len(payload[p])), Sums: sumsOf([]byte(payload[p])),
			Times: []EntryTime{{"captured", "2026-01-02T09:14:00+08:00", "name:miui"}},
		})
	}
	return c
}

// written is a bundle as Write made it once. Most tests start from a copy:
// Write waits for the disk at each file.
var written struct {
	sync.Once
	files map[string][]byte
	root  Root
}

// newBundle lays down a bundle and returns its folder and root.
func newBundle(t testing.TB) (string, Root) {
	t.Helper()
	written.Do(func() {
		dir := filepath.Join(t.TempDir(), "JZ-2026-0001")
		root, err := Write(dir, testContents(t, testPayload))
		if err != nil {
			t.Fatal(err)
		}
		written.root, written.files = root, map[string][]byte{}
		err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, _ := filepath.Rel(dir, path)
			written.files[name], err = os.ReadFile(path)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	dir := filepath.Join(t.TempDir(), "JZ-2026-0001")
	for name, content := range written.files {
		path, mode := filepath.Join(dir, name), fs.FileMode(0o644)
		if strings.HasPrefix(filepath.ToSlash(name), "data/") {
			mode = 0o444
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, mode); err != nil {
			t.Fatal(err)
		}
	}
	return dir, written.root
}

func zipOf(t testing.TB, dir string) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteZip(&b, dir, sealTime); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "bundle.zip")
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func verify(t testing.TB, path string, opt Options) *Result {
	t.Helper()
	res, err := Verify(context.Background(), path, opt)
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	return res
}

// needTool returns the path of an outside program. Without it the test is
// skipped, or fails where JUZHENG_REQUIRE_TOOLS says that all must be there.
func needTool(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
		t.Fatalf("%s is not installed", names[0])
	}
	t.Skipf("%s is not installed", names[0])
	return ""
}

func problems(res *Result) string {
	var b strings.Builder
	for _, p := range res.Problems {
		fmt.Fprintf(&b, "  %s %s %s:%d %s\n", p.Code, p.Severity, p.Path, p.Line, p.Detail.EN)
	}
	return b.String()
}

func TestWriteThenVerify(t *testing.T) {
	dir, root := newBundle(t)
	if root.Files != 4 || root.CustodyEntries != 3 {
		t.Errorf("root = %+v", root)
	}
	if again, err := ReadRoot(dir); err != nil || again != root {
		t.Errorf("ReadRoot = %+v, %v; want %+v", again, err, root)
	}
	for _, path := range []string{dir, zipOf(t, dir)} {
		res := verify(t, path, Options{})
		if res.ExitCode() != 0 || res.Verdict != WithinItself || !res.Own || !res.Valid || !res.Complete ||
			len(res.Problems) != 0 {
			t.Errorf("%s: exit %d, %s, own %v valid %v complete %v\n%s", filepath.Base(path), res.ExitCode(),
				res.Verdict, res.Own, res.Valid, res.Complete, problems(res))
		}
		if res.Root != root || res.Counts.OK != 4 || res.Counts.Bytes != root.Bytes || res.Page != "this" {
			t.Errorf("root %+v counts %+v page %q", res.Root, res.Counts, res.Page)
		}
		res = verify(t, path, Options{Expect: strings.ToUpper(FormatRoot(root.SHA256)), RequireAnchor: true})
		if res.ExitCode() != 0 || res.Verdict != Anchored {
			t.Errorf("expected root: exit %d %s\n%s", res.ExitCode(), res.Verdict, problems(res))
		}
		if res := verify(t, path, Options{RequireAnchor: true}); res.ExitCode() != 7 {
			t.Errorf("no anchor: exit %d, want 7", res.ExitCode())
		}
		if res := verify(t, path, Options{Expect: root.SM3}); res.Verdict != Anchored {
			t.Errorf("SM3 of the root: %s", res.Verdict)
		}
	}
}

func TestSameContentsSameBytes(t *testing.T) {
	a := filepath.Join(t.TempDir(), "JZ-2026-0001")
	if _, err := Write(a, testContents(t, testPayload)); err != nil {
		t.Fatal(err)
	}
	b := filepath.Join(t.TempDir(), "JZ-2026-0001")
	if _, err := Write(b, testContents(t, testPayload)); err != nil {
		t.Fatal(err)
	}
	za, err := os.ReadFile(zipOf(t, a))
	if err != nil {
		t.Fatal(err)
	}
	zb, err := os.ReadFile(zipOf(t, b))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(za, zb) {
		t.Error("two bundles of the same contents differ")
	}
}

func TestSha256sumAgrees(t *testing.T) {
	tool := needTool(t, "sha256sum")
	dir, _ := newBundle(t)
	for _, name := range []string{manifestName, RootName} {
		cmd := exec.Command(tool, "--strict", "-c", name)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("sha256sum -c %s: %v\n%s", name, err, out)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	good := testContents(t, testPayload)
	for _, tt := range []struct {
		name string
		edit func(*Contents)
	}{
		{"no case", func(c *Contents) { c.Case = "" }},
		{"line break in case", func(c *Contents) { c.Case = "a\nPayload-Oxum: 1.1" }},
		{"payload outside data", func(c *Contents) { c.Entries[0].Path = "E001.m4a" }},
		{"payload climbs out", func(c *Contents) { c.Entries[0].Path = "data/../x" }},
		{"payload not ASCII", func(c *Contents) { c.Entries[0].Path = "data/录音.m4a" }},
		{"payload twins", func(c *Contents) { c.Entries[1].Path = "data/e001.M4A" }},
		{"reserved name", func(c *Contents) { c.Entries[1].Path = "data/aux.txt" }},
		{"other bytes", func(c *Contents) { c.Entries[0].SHA256 = strings.Repeat("0", 64) }},
		{"other SM3", func(c *Contents) { c.Entries[0].SM3 = strings.Repeat("0", 64) }},
		{"shorter source", func(c *Contents) { c.Entries[0].Size++ }},
		{"longer source", func(c *Contents) { c.Entries[0].Size-- }},
		{"tag is a manifest", func(c *Contents) { c.Tags = []TagFile{{"manifest-md5.txt", nil}} }},
		{"tag in data", func(c *Contents) { c.Tags = []TagFile{{"data/x", nil}} }},
		{"tag in seal", func(c *Contents) { c.Tags = []TagFile{{"seal/root.tsr", nil}} }},
		{"tag is ours", func(c *Contents) { c.Tags = []TagFile{{"Bag-Info.txt", nil}} }},
		{"tag twice", func(c *Contents) { c.Tags = []TagFile{{"a.txt", nil}, {"A.txt", nil}} }},
		{"info is ours", func(c *Contents) { c.Info = []InfoField{{"juzheng-custody-head", "x"}} }},
		{"custody cut", func(c *Contents) { c.Custody = c.Custody[:len(c.Custody)-1] }},
		{"custody edited",
			func(c *Contents) { c.Custody = bytes.Replace(c.Custody, []byte("import"), []byte("export"), 1) }},
		{"superseded root", func(c *Contents) { c.Supersedes = "JZ" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := good
			c.Entries = append([]Entry(nil), good.Entries...)
			tt.edit(&c)
			dir := filepath.Join(t.TempDir(), "bundle")
			if _, err := Write(dir, c); err == nil {
				t.Error("written")
			}
			if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	t.Run("exists", func(t *testing.T) {
		dir := t.TempDir()
		if _, err := Write(dir, good); err == nil {
			t.Error("written over a folder")
		}
	})
}
