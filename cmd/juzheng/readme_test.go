package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var readmeCommand = regexp.MustCompile("(?m)(?:^|`)juzheng ([a-z]+)([^#`\n]*)")

// Every command line the READMEs show is one the program takes, and both
// READMEs show the same ones.
func TestReadmeCommands(t *testing.T) {
	seen := map[string][]string{}
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		data, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range readmeCommand.FindAllStringSubmatch(string(data), -1) {
			seen[name] = append(seen[name], m[1])
			c, ok := find(m[1])
			if !ok {
				t.Errorf("%s shows juzheng %s, which is no command", name, m[1])
				continue
			}
			var g global
			fs, _ := c.flags(&g)
			if err := fs.Parse(strings.Fields(strings.ReplaceAll(m[2], `"`, ""))); err != nil {
				t.Errorf("%s: juzheng %s%s: %v", name, m[1], m[2], err)
			}
		}
		for _, must := range []string{"go run ./cmd/juzheng demo\n", "go test ./...\n",
			"head -n 6 commitments.txt | sha256sum", "sha256sum -c manifest-sha256.txt"} {
			if !strings.Contains(string(data), must) {
				t.Errorf("%s does not show %q", name, must)
			}
		}
	}
	if a, b := strings.Join(seen["README.md"], " "), strings.Join(seen["README.zh-CN.md"], " "); a != b {
		t.Errorf("the READMEs show different commands:\n%s\n%s", a, b)
	}
}

var (
	namedTest   = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9]+)`")
	namedScript = regexp.MustCompile("`([a-z]+\\.txtar)`")
	namedFile   = regexp.MustCompile("`((?:evidence|cmd|templates)/[a-z_/*]+\\.go)`")
)

// Every promise of SECURITY.md names what holds it: a test, a script or a file of
// tests.
func TestEachPromiseHasATest(t *testing.T) {
	text, err := os.ReadFile("../../SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	_, promises, _ := strings.Cut(string(text), "## What juzheng promises")
	promises, _, found := strings.Cut(promises, "\n## ")
	if !found {
		t.Fatal("SECURITY.md has no such part")
	}
	list := strings.Split(promises, "\n- **")[1:]
	if len(list) < 30 {
		t.Errorf("only %d promises", len(list))
	}
	for _, promise := range list {
		if !namedTest.MatchString(promise) && !namedScript.MatchString(promise) && !namedFile.MatchString(promise) {
			t.Errorf("nothing holds the promise **%s", promise)
		}
	}
}

// Every test that SECURITY.md names for a claim is there.
func TestSecurityNamesRealTests(t *testing.T) {
	text, err := os.ReadFile("../../SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	var sources strings.Builder
	err = filepath.WalkDir("../..", func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		data, err := os.ReadFile(path)
		sources.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := namedTest.FindAllStringSubmatch(string(text), -1)
	if len(named) < 20 {
		t.Fatalf("only %d tests are named", len(named))
	}
	for _, m := range named {
		if !strings.Contains(sources.String(), "func "+m[1]+"(") {
			t.Errorf("SECURITY.md names %s, which is no test", m[1])
		}
	}
	for _, m := range namedScript.FindAllStringSubmatch(string(text), -1) {
		if _, err := os.Stat("testdata/script/" + m[1]); err != nil {
			t.Errorf("SECURITY.md names %s: %v", m[1], err)
		}
	}
	for _, m := range namedFile.FindAllStringSubmatch(string(text), -1) {
		if found, err := filepath.Glob("../../" + m[1]); err != nil || len(found) == 0 {
			t.Errorf("SECURITY.md names %s, which is not there", m[1])
		}
	}
}
