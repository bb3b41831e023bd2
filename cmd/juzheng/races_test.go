package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// .ci/run looks for races on each push wherever goroutines are started, and in
// this package by three scripts.
func TestRacesAreLookedFor(t *testing.T) {
	script, err := os.ReadFile("../../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	_, race, _ := strings.Cut(string(script), "\nrace() {")
	race, _, _ = strings.Cut(race, "\n}")
	watched := " " + strings.Join(strings.Fields(race), " ") + " "
	starting := 0
	err = filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		dir := "." + strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../..")
		if dir == "./.ci" || !startsGoroutine(t, path) {
			return nil
		}
		starting++
		if !strings.Contains(watched, " "+dir+" ") {
			t.Errorf("%s starts a goroutine, and the step race of .ci/run does not name %s", path, dir)
		}
		return nil
	})
	if err != nil || starting < 5 {
		t.Errorf("found %d files that start goroutines; %v", starting, err)
	}
}

// startsGoroutine reports a go statement, or the call of a method Go with a
// function: that of a wait group or the like.
func startsGoroutine(t *testing.T, path string) (starts bool) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			starts = true
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Go" && len(n.Args) == 1 {
				starts = true
			}
		}
		return !starts
	})
	return starts
}
