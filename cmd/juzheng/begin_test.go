package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A locked bundle that is dropped on the program is opened on the page, which asks for its
// key; a key that is dropped is answered as on the command line.
func TestPageBeginsWithALockedFile(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		ok   bool
	}{
		"证据包.zip.age": {"age-encryption.org/v1\n-> X25519 abc\n", true},
		"key.txt":     {"# created: 2026-11-01T10:00:00+08:00\nAGE-SECRET-KEY-1QQQQ\n", false},
	} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := canBegin(file); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}
