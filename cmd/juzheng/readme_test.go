package main

import (
	"os"
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
		for _, must := range []string{"go run ./cmd/juzheng demo\n", "go test ./...\n", "sha256sum -c manifest-sha256.txt"} {
			if !strings.Contains(string(data), must) {
				t.Errorf("%s does not show %q", name, must)
			}
		}
	}
	if a, b := strings.Join(seen["README.md"], " "), strings.Join(seen["README.zh-CN.md"], " "); a != b {
		t.Errorf("the READMEs show different commands:\n%s\n%s", a, b)
	}
}
