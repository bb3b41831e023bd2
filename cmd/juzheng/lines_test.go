package main

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// A file is read in one sitting and a line without turning the head: 500 lines, and 120
// characters with a tab as one. What a string of several lines holds is set as it is.
func TestLinesAndFilesAreShort(t *testing.T) {
	const lines, columns = 500, 120
	seen := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == ".git" {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(path) != ".go" {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		seen++
		var raw map[int]bool // looked for at the first long line
		all := strings.Split(strings.TrimSuffix(string(src), "\n"), "\n")
		if len(all) > lines {
			t.Errorf("%s has %d lines; %d at most", path, len(all), lines)
		}
		for i, line := range all {
			n := utf8.RuneCountInString(line)
			if n > columns && raw == nil {
				raw = insideRaw(src)
			}
			if n > columns && !raw[i+1] {
				t.Errorf("%s:%d has %d columns; %d at most", path, i+1, n, columns)
			}
		}
		return nil
	})
	if err != nil || seen < 500 {
		t.Errorf("%d files: %v", seen, err)
	}
}

// insideRaw are the lines that a string of several lines covers, from 1.
func insideRaw(src []byte) map[int]bool {
	set := token.NewFileSet()
	file := set.AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, 0)
	out := map[int]bool{}
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			return out
		}
		if n := strings.Count(lit, "\n"); tok == token.STRING && n > 0 {
			for first, i := file.Line(pos), 0; i <= n; i++ {
				out[first+i] = true
			}
		}
	}
}
