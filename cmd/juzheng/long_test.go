package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each long test, of which a push runs one in three, is there: a name that no test has
// any more would leave out nothing, and one that two packages have a test that is short.
func TestLongTestsAreThere(t *testing.T) {
	list, err := os.ReadFile("../../.ci/long")
	if err != nil {
		t.Fatal(err)
	}
	homes := map[string][]string{} // test -> folders
	begin := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err = filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		data, err := os.ReadFile(path)
		for _, m := range begin.FindAllSubmatch(data, -1) {
			dir := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../../")
			homes[string(m[1])] = append(homes[string(m[1])], dir)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range bytes.Lines(list) {
		if line[0] == '#' {
			continue
		}
		dir, name, _ := strings.Cut(strings.TrimSpace(string(line)), " ")
		test, script, _ := strings.Cut(name, "/")
		if seen[name] {
			t.Errorf(".ci/long names %s twice", name)
		}
		seen[name] = true
		if got := homes[test]; len(got) != 1 || got[0] != dir {
			t.Errorf(".ci/long: %s of %s is a test of %q", name, dir, got)
		}
		if script == "" {
			continue
		}
		if _, err := os.Stat("testdata/script/" + script + ".txtar"); test != "TestScripts" || err != nil {
			t.Errorf(".ci/long: no script is %s: %v", name, err)
		}
	}
	if len(seen) < 3 {
		t.Errorf(".ci/long names %d tests", len(seen))
	}
}
