package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/folder"
)

// tree is what a folder holds: the digests of its files, by path.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == folder.CacheDir {
				return fs.SkipDir
			}
			return nil
		}
		if d.Name() == folder.LockFile {
			return nil
		}
		data, err := os.ReadFile(path)
		files[path] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// What --dry-run says is what is written afterwards, file by file and byte by byte as
// to their number; until then nothing is.
func TestRehearsed(t *testing.T) {
	home := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	t.Chdir(home)
	if err := copyDemo("demo"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("note.txt", []byte("0571-00000101 又打来\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	play := func(args ...string) (code int, stdout, stderr string) {
		var out, talk bytes.Buffer
		code = run(context.Background(), env{args: append(args, "--date", "2026-10-09", "--no-input"),
			stdin: strings.NewReader(""), stdout: &out, stderr: &talk, now: time.Now,
			getenv: func(string) string { return "" }})
		return code, out.String(), talk.String()
	}
	const kase = "demo/案件"
	for _, c := range []struct {
		args []string
		code int
		has  string // a path among them, and how it changes; empty: nothing would be written
	}{
		{[]string{"add", kase, "note.txt"}, 0, "demo/案件/exhibits/E015.txt new"},
		{[]string{"leave", kase, "E002"}, 0, "demo/案件/custody.jsonl changed"},
		{[]string{"redact", kase, "--text", "同事"}, 0, "demo/案件/redactions.csv new"},
		{[]string{"report", kase}, 0, "demo/案件/case.html new"},
		{[]string{"report", kase, "--to", "platform", "--out", "给平台.html"}, 0, "给平台.html new"},
		{[]string{"export", kase, "--to", "副本.zip", "--only", "E001"}, 0, "副本.zip new"},
		{[]string{"export", kase, "--to", "副本.zip", "--only", "E001"}, exitFailed, ""},
		{[]string{"handover", kase, "--receiver", "某某律师"}, 0, "demo/案件/custody.jsonl changed"},
		{[]string{"encrypt", "note.txt", "--to", "age19c33xnwz2r2vgdrmehtucwy5cfwuuhqfqgf07fmv6kmvhrr9fscqdgkq36"}, 0,
			"note.txt.age new"},
		{[]string{"encrypt", "note.txt", "--to", "age19c33xnwz2r2vgdrmehtucwy5cfwuuhqfqgf07fmv6kmvhrr9fscqdgkq36"},
			exitFailed, ""},
		{[]string{"init", "另一个", "--name", "林小安"}, 0, "另一个/case.toml new"},
		{[]string{"init", kase, "--name", "林小安"}, exitFailed, ""},
		{[]string{"form", "--lang", "zh"}, 0, "来访登记表.pdf new"},
		{[]string{"timeline", kase}, 0, ""},
		{[]string{"add", "nowhere", "note.txt"}, exitNoCase, ""},
		{[]string{"verify", kase}, exitUsage, ""}, // it writes nothing, and has no such option
	} {
		t.Run(strings.Join(c.args, " "), func(t *testing.T) {
			before := tree(t, ".")
			code, out, talk := play(append(slices.Clone(c.args), "--dry-run", "--json")...)
			if !maps.Equal(before, tree(t, ".")) {
				t.Fatalf("something was written")
			}
			said := map[string]desk.Change{}
			for line := range strings.Lines(out) {
				var x struct {
					Type string `json:"type"`
					desk.Change
				}
				if err := json.Unmarshal([]byte(line), &x); err != nil {
					t.Fatalf("%v: %s", err, line)
				}
				if x.Type == "change" {
					said[filepath.Clean(x.Path)] = x.Change
				}
			}
			if left, _ := filepath.Glob(filepath.Join(home, "cache", "juzheng", "rehearsal-*")); len(left) > 0 {
				t.Errorf("%s is left over", left)
			}
			if strings.Contains(out+talk, "rehearsal-") {
				t.Errorf("the stage is told of:\n%s%s", out, talk)
			}
			if c.code == exitUsage {
				if code != exitUsage {
					t.Errorf("exit %d", code)
				}
				return
			}
			real, _, realTalk := play(c.args...)
			if code != c.code || code != real {
				t.Errorf("exit %d rehearsed, %d for real, want %d\n%s\n%s", code, real, c.code, talk, realTalk)
			}
			after := tree(t, ".")
			for path, was := range before {
				want := ""
				switch now, ok := after[path]; {
				case !ok:
					want = "gone"
				case now != was:
					want = "changed"
				}
				if got := said[path].Change; got != want {
					t.Errorf("%s: %q was said, and it is %q", path, got, want)
				}
			}
			for path := range after {
				if _, ok := before[path]; !ok && said[path].Change != "new" {
					t.Errorf("%s is new, and that was not said", path)
				}
			}
			for path, s := range said {
				if info, err := os.Stat(path); s.Change != "gone" && (err != nil || info.Size() != s.Bytes) {
					t.Errorf("%s was to have %d bytes: %v", path, s.Bytes, err)
				}
			}
			path, change, _ := strings.Cut(c.has, " ")
			if c.has == "" && len(said) > 0 || c.has != "" && said[path].Change != change {
				t.Errorf("said %v, want %s", said, c.has)
			}
		})
	}
}
