package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sources parses the Go files of a folder that are no tests.
func sources(t *testing.T, dir string) map[string]*ast.File {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources in %s: %v", dir, err)
	}
	out := map[string]*ast.File{}
	set := token.NewFileSet()
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(path)] = f
	}
	return out
}

// A job neither speaks nor decides for the process it runs in: two of them run
// side by side, under a page as under a command.
func TestDeskIsSilent(t *testing.T) {
	forbidden := map[string][]string{
		"os":            {"Stdout", "Stderr", "Stdin", "Exit", "Args", "Setenv", "Chdir", "Getenv"},
		"fmt":           {"Print", "Printf", "Println"},
		"runtime/debug": {"SetMemoryLimit", "SetGCPercent"},
	}
	for name, f := range sources(t, "../internal/desk") {
		called := map[string]string{} // name in the file -> path
		for _, imp := range f.Imports {
			path, _ := strconv.Unquote(imp.Path.Value)
			called[path[strings.LastIndex(path, "/")+1:]] = path
			for _, never := range []string{"github.com/spf13/pflag", "log", "flag", "golang.org/x/term"} {
				if path == never {
					t.Errorf("desk/%s imports %s", name, path)
				}
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if x, ok := s.X.(*ast.Ident); ok && slices.Contains(forbidden[called[x.Name]], s.Sel.Name) {
				t.Errorf("desk/%s uses %s.%s", name, x.Name, s.Sel.Name)
			}
			return true
		})
	}
}

// A type with many methods is a place where jobs hide from each other.
func TestDeskTypesAreSmall(t *testing.T) {
	const most = 5
	methods := map[string]int{}
	for _, f := range sources(t, "../internal/desk") {
		for _, d := range f.Decls {
			m, ok := d.(*ast.FuncDecl)
			if !ok || m.Recv == nil {
				continue
			}
			of := m.Recv.List[0].Type
			if p, ok := of.(*ast.StarExpr); ok {
				of = p.X
			}
			if id, ok := of.(*ast.Ident); ok {
				methods[id.Name]++
			}
		}
	}
	for name, n := range methods {
		if n > most {
			t.Errorf("desk.%s has %d methods; %d at most", name, n, most)
		}
	}
}

// touching are the packages that read or write a case, or put one on paper:
// a command reaches them through desk alone. What is left over is named here,
// with the file, and the table only shrinks.
var touching = map[string][]string{
	"juzheng/evidence/folder": {
		"add.go", "demo.go", "explain.go", "explainbuild.go", "export.go", "init.go",
		"timestamp.go",
	},
	"juzheng/evidence/bag": {
		"build.go", "demo.go", "handover.go", "history.go", "sign.go", "timestamp.go", "verdict.go",
		"verify.go",
	},
	"juzheng/evidence/bag/timestamp":     {"timestamp.go", "verdict.go"},
	"juzheng/evidence/bag/sshsig":        {"sign.go"},
	"juzheng/evidence/encrypt":           {"decrypt.go", "encrypt.go"},
	"juzheng/evidence/disk":              {},
	"juzheng/evidence/intake":            {"added.go", "explain.go", "list.go", "read.go"},
	"juzheng/evidence/intake/media":      {},
	"juzheng/evidence/intake/names":      {},
	"juzheng/templates/letter":           {},
	"juzheng/templates/typeset":          {"explain.go"},
	"juzheng/templates/filing":           {"print.go"},
	"juzheng/templates/document":         {},
	"juzheng/templates/packet":           {},
	"juzheng/templates/mask":             {},
	"juzheng/templates/typeset/picture":  {},
	"juzheng/evidence/intake/ocr":        {"read.go"},
	"juzheng/evidence/intake/logs":       {},
	"juzheng/evidence/intake/transcript": {},
	"juzheng/evidence/rule":              {},
}

func TestCommandsGoThroughDesk(t *testing.T) {
	reached := map[string][]string{} // package -> files
	for name, f := range sources(t, ".") {
		for _, imp := range f.Imports {
			path, _ := strconv.Unquote(imp.Path.Value)
			reached[path] = append(reached[path], name)
			if allowed, ok := touching[path]; ok && !slices.Contains(allowed, name) {
				t.Errorf("%s imports %s: call desk instead", name, path)
			}
		}
	}
	for path, files := range touching {
		for _, name := range files {
			if !slices.Contains(reached[path], name) {
				t.Errorf("%s no longer imports %s: take it out of the table", name, path)
			}
		}
	}
}
