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

// What people read is made by the faces, or belongs to a value that others below have too.
func TestDeskHasNoWords(t *testing.T) {
	for name, f := range sources(t, "../internal/desk") {
		for _, d := range f.Decls {
			m, ok := d.(*ast.FuncDecl)
			if !ok || !m.Name.IsExported() || m.Type.Results == nil {
				continue
			}
			for _, r := range m.Type.Results.List {
				s, ok := r.Type.(*ast.SelectorExpr)
				if x, is := r.Type.(*ast.StarExpr); is {
					s, ok = x.X.(*ast.SelectorExpr)
				}
				if ok && s.Sel.Name == "Text" {
					t.Errorf("desk/%s: %s returns text for people", name, m.Name.Name)
				}
			}
		}
	}
}

// below are the packages under desk. A command takes the types of values and
// errors from them, and the functions named here: they put a value into words
// or look at what was typed, and touch no case. timestamp.Fetch, which uses the
// network, is handed to desk. Every other call is a job, and goes through desk.
var below = map[string][]string{
	"juzheng/evidence/ask": {"CheckFact", "LicenceHint", "RegionHint", "Spelt"},
	"juzheng/evidence/bag": {"FormatRoot", "Marked", "MarkedWords", "ParseHead", "Text",
		"TimestampFault"},
	"juzheng/evidence/bag/sshsig":        {"SignerLine"},
	"juzheng/evidence/bag/timestamp":     {"Fetch"},
	"juzheng/evidence/disk":              {"Held"},
	"juzheng/evidence/doubt":             {"Masked"},
	"juzheng/evidence/encrypt":           {},
	"juzheng/evidence/folder":            {"ParseComplainantKind", "ParseLoanKind", "ParseOutcome", "ParseReached"},
	"juzheng/evidence/intake":            {"SourceName", "SpanText"},
	"juzheng/evidence/intake/logs":       {},
	"juzheng/evidence/intake/media":      {},
	"juzheng/evidence/intake/names":      {},
	"juzheng/evidence/intake/ocr":        {},
	"juzheng/evidence/intake/pdf":        {"IsChild", "Main", "Notices"}, // a process of its own
	"juzheng/evidence/intake/transcript": {},
	"juzheng/evidence/rule":              {},
	"juzheng/evidence/track":             {},
	"juzheng/templates":                  {},
	"juzheng/templates/document":         {},
	"juzheng/templates/filing":           {},
	"juzheng/templates/letter":           {"NextLetters"},
	"juzheng/templates/mask":             {},
	"juzheng/templates/packet":           {},
	"juzheng/templates/typeset":          {},
	"juzheng/templates/typeset/picture":  {},
	"juzheng/templates/workbook":         {"Write"}, // of the list of all cases
}

// wordsOnly are the packages that know no case: the faces, and words.
var wordsOnly = []string{"juzheng/cmd/internal/batch", "juzheng/cmd/internal/desk", "juzheng/cmd/internal/say",
	"juzheng/cmd/internal/web", "juzheng/cmd/juzheng/demo", "juzheng/evidence", "juzheng/evidence/lazyregexp",
	"juzheng/evidence/phrase", "juzheng/evidence/spelling", "juzheng/fonts"}

func TestCommandsGoThroughDesk(t *testing.T) {
	called := map[string]bool{} // package.Function
	for name, f := range sources(t, ".") {
		paths := map[string]string{} // name in the file -> path
		for _, imp := range f.Imports {
			path, _ := strconv.Unquote(imp.Path.Value)
			paths[path[strings.LastIndex(path, "/")+1:]] = path
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			s, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := s.X.(*ast.Ident)
			if !ok {
				return true
			}
			allowed, under := below[paths[x.Name]]
			called[paths[x.Name]+"."+s.Sel.Name] = true
			if !under && strings.HasPrefix(paths[x.Name], "juzheng/") && !slices.Contains(wordsOnly, paths[x.Name]) {
				t.Errorf("%s calls %s.%s: give its package a line of the table", name, x.Name, s.Sel.Name)
			}
			if under && !slices.Contains(allowed, s.Sel.Name) {
				t.Errorf("%s calls %s.%s: call desk instead", name, x.Name, s.Sel.Name)
			}
			return true
		})
	}
	for path, functions := range below {
		for _, f := range functions {
			if !called[path+"."+f] {
				t.Errorf("no command calls %s.%s any more: take it out of the table", path, f)
			}
		}
	}
}
