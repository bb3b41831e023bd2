package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each long test, of which a push runs one in eight, is there: a name that no test has
// any more would leave out nothing, and one that two packages have a test that is short.
func TestLongTestsAreThere(t *testing.T) {
	homes := map[string][]string{} // test -> folders
	begin := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
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
	for _, name := range []string{"long", "long-race"} {
		list, err := os.ReadFile("../../.ci/" + name)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for line := range strings.Lines(string(list)) {
			if line[0] == '#' {
				continue
			}
			dir, long, _ := strings.Cut(strings.TrimSpace(line), " ")
			test, script, _ := strings.Cut(long, "/")
			if seen[long] {
				t.Errorf(".ci/%s names %s twice", name, long)
			}
			seen[long] = true
			if got := homes[test]; len(got) != 1 || got[0] != dir {
				t.Errorf(".ci/%s: %s of %s is a test of %q", name, long, dir, got)
			}
			if script == "" {
				continue
			}
			if _, err := os.Stat("testdata/script/" + script + ".txtar"); test != "TestScripts" || err != nil {
				t.Errorf(".ci/%s: no script is %s: %v", name, long, err)
			}
		}
		if len(seen) < 3 {
			t.Errorf(".ci/%s names %d tests", name, len(seen))
		}
	}
}
