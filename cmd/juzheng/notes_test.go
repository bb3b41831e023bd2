package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every code that intake gives has its words in English.
func TestNotesHaveEnglishWords(t *testing.T) {
	given := regexp.MustCompile(
		`(?:\tnote|bad|fault)\("([a-z-]+)",|Code: "([a-z-]+)"|UnusableError\{"([a-z-]+)"|Note[A-Za-z]+ += "([a-z-]+)"`)
	found := 0
	for _, pattern := range []string{"../../evidence/*.go", "../../evidence/*/*.go", "../../evidence/intake/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if base := filepath.Base(file); strings.HasSuffix(base, "_test.go") || base == "heal.go" {
				continue // heal.go notes events of the custody log
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range given.FindAllStringSubmatch(string(source), -1) {
				code := m[1] + m[2] + m[3] + m[4]
				if found++; noteWords[code] == "" {
					t.Errorf("%s: no English words for %q", filepath.Base(file), code)
				}
			}
		}
	}
	if found < 25 {
		t.Errorf("only %d codes were found", found)
	}
}
