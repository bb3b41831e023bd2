package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A test that needs an outside program fails without it where JUZHENG_REQUIRE_TOOLS
// is set, as CI does: else a program that is no longer installed takes its tests along
// in silence. Who looks for a program says so in the same function, and scripts ask
// for it by the condition tool.
func TestMissingToolsFail(t *testing.T) {
	looks := regexp.MustCompile(`exec\.LookPath\(([^)]*)\)`)
	function := regexp.MustCompile(`(?ms)^func .*?^}`)
	seen := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		script := strings.HasSuffix(path, ".txtar")
		if d.IsDir() || !script && !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if script && strings.Contains(string(text), "[!exec:") {
			t.Errorf("%s skips without failing where a program is missing; wanted [!tool:...]", path)
		}
		if script {
			return nil
		}
		for _, f := range function.FindAllString(string(text), -1) {
			name, _, _ := strings.Cut(f, "\n")
			for _, m := range looks.FindAllStringSubmatch(f, -1) {
				seen++
				if m[1] != `"juzheng"` && !strings.Contains(f, "JUZHENG_REQUIRE_TOOLS") &&
					!strings.Contains(name, "newAuthority") { // its scripts ask for [tool:openssl]
					t.Errorf("%s: %s looks for %s and does not heed JUZHENG_REQUIRE_TOOLS", path, name, m[1])
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 10 {
		t.Errorf("only %d places look for a program", seen)
	}
}
