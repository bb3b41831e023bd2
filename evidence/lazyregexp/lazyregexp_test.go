package lazyregexp_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"juzheng/evidence/lazyregexp"
)

func ExampleNew() {
	var day = lazyregexp.New(`(\d+)月(\d+)日`)
	fmt.Println(day.FindStringSubmatch("3月25日来电"))
	// Output: [3月25日 3 25]
}

// A bad expression would be found by whoever first needs it: all of the program's
// are compiled here.
func TestExpressionsCompile(t *testing.T) {
	const root = "../.."
	found, computed := 0, 0
	err := filepath.WalkDir(root, func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if dir != root && strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" {
			return fs.SkipDir
		}
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return err
		}
		set, consts := token.NewFileSet(), map[string]ast.Expr{}
		var calls []*ast.CallExpr
		for _, name := range files {
			f, err := parser.ParseFile(set, name, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ValueSpec:
					for i := range min(len(n.Names), len(n.Values)) {
						consts[n.Names[i].Name] = n.Values[i]
					}
				case *ast.CallExpr:
					if of, ok := n.Fun.(*ast.SelectorExpr); ok && of.Sel.Name == "New" && fmt.Sprint(of.X) == "lazyregexp" {
						calls = append(calls, n)
					}
				}
				return true
			})
		}
		for _, c := range calls {
			found++
			expr, ok := text(c.Args[0], consts)
			if !ok { // made of what is not constant: a test of its package uses it
				computed++
				continue
			}
			if _, err := regexp.Compile(expr); err != nil {
				t.Errorf("%v: %q: %v", set.Position(c.Pos()), expr, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 150 || computed > 3 {
		t.Errorf("%d expressions were found, %d of them could not be read", found, computed)
	}
}

// text is the value of a string made of literals and constants of its package.
func text(e ast.Expr, consts map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, okA := text(e.X, consts)
		b, okB := text(e.Y, consts)
		return a + b, okA && okB
	case *ast.Ident:
		if of, ok := consts[e.Name]; ok {
			return text(of, consts)
		}
	}
	return "", false
}
