package main

import (
	"os"
	"path/filepath"
	"testing"
)

// What is fed is told apart from nothing at all, so that answers nobody reads are
// never dropped without a word.
func TestFed(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) *os.File {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, tt := range []struct {
		name    string
		in      *os.File
		noInput bool
		want    bool
	}{
		{"answers in a file", file("answers", "赵一宁\n"), false, true},
		{"an empty file", file("empty", ""), false, false},
		{"nothing", null, false, false},
		{"--no-input", file("answers2", "赵一宁\n"), true, false},
	} {
		e := &env{stdin: tt.in}
		e.noInput = tt.noInput
		if got := e.fed(); got != tt.want {
			t.Errorf("%s: fed is %t", tt.name, got)
		}
	}
}
