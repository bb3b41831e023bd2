//go:build !windows

package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A double click on a desktop leads to the page; nobody's script does.
func TestUnseen(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	defer in.Close()
	desktop := func(name string) string { return map[string]string{"DISPLAY": ":0"}[name] }
	for _, c := range []struct {
		name   string
		files  []*os.File
		getenv func(string) string
		want   bool
	}{
		{"double click", []*os.File{null, null, null}, desktop, true},
		{"no desktop", []*os.File{null, null, null}, func(string) string { return "" }, false},
		{"its words are kept", []*os.File{null, null, file}, desktop, false},
		{"its words are read", []*os.File{null, in, null}, desktop, false},
		{"it is fed", []*os.File{out, null, null}, desktop, false},
	} {
		if got := unseen(c.files, c.getenv); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}
