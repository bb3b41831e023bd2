package evidence_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

func TestAdvice(t *testing.T) {
	both := func(a evidence.Advice, zh, en, pageZH, pageEN string) {
		t.Helper()
		if page := a.OnPage(); a.ZH != zh || a.EN != en || page.ZH != pageZH || page.EN != pageEN {
			t.Errorf("%q %q, on the page %q %q", a.ZH, a.EN, page.ZH, page.EN)
		}
	}
	both(evidence.Advise("填手机号", "your number"), "填手机号", "your number", "填手机号", "your number")
	both(evidence.Advise("{juzheng check|}", "{run juzheng check|}"), "juzheng check", "run juzheng check", "", "")
	add := evidence.Advise("把%[1]s加进来{（%[2]s）|}", "add %[1]s{ (%[2]s)|}")
	// what a case brings is never read for marks
	both(add.With("账单{a|b}100%", "juzheng add"), "把账单{a|b}100%加进来（juzheng add）", "add 账单{a|b}100% (juzheng add)",
		"把账单{a|b}100%加进来", "add 账单{a|b}100%")
	code := evidence.Advise("{V08a|冒充律师}", "{V08a|a lawyer}")
	both(evidence.Advise("填%s：%s", "name it %s: %s").With(code, evidence.Text{ZH: "好", EN: "well"}),
		"填V08a：好", "name it V08a: well", "填冒充律师：好", "name it a lawyer: well")
	all := []evidence.Advice{code, evidence.Advise("丙", "c")}
	both(evidence.List(all, evidence.Advise("、", ", ")), "V08a、丙", "V08a, c", "冒充律师、丙", "a lawyer, c")
	both(code.Through(func(s string) string { return strings.ReplaceAll(s, "律师", "＊") }), "V08a", "V08a", "冒充＊",
		"a lawyer")
}

var (
	// inner are names that only commands, files, tables and the code have.
	inner = regexp.MustCompile(`juzheng [a-z]|--[a-z]|case\.toml|timeline\.csv|redactions\.csv|\[\[|\[loan\]|` +
		`\b(?:loan|lender|platform|complainant|agency|consent|filings|numbers)\.[a-z]+|\bV\d{2}[a-z]?\b|一栏|side = |` +
		`\bcolumn\b|checked and untrue|told by\b|what the file shows|my own words|` +
		`“(?:本人当时能否联系上|是否透露欠款|认为属于|联系到谁|本人陈述|对方此前是否拒绝联系|是否采用|方向|材料显示的内容)”`)
	verbs = regexp.MustCompile(`%(?:\[(\d)\])?[a-z]`)
	// steps are where on the page something is done.
	steps = regexp.MustCompile(`(?:在“([^“”]+)”(?:那一步|里)|[Uu]nder “([^”]+)”|\bat “([^”]+)”)`)
)

// constant is a string written out in the code.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		x, ok := constant(e.X)
		y, too := constant(e.Y)
		return x + y, ok && too && e.Op == token.ADD
	}
	return "", false
}

// sources are the files of the program as they stand.
func sources(t *testing.T, see func(path string, set *token.FileSet, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err == nil {
			see(filepath.ToSlash(path), set, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Every advice there is has its words for the page beside those for the console: written out,
// with as many values in one language as in the other, and on the page without a name that
// the page does not have and with no step that it does not have.
func TestEveryAdvice(t *testing.T) {
	var titles []string
	said, parted := 0, 0
	type found struct{ at, text string }
	var pages []found
	sources(t, func(path string, set *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr: // the title of a screen
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "title" && strings.Contains(path, "internal/web/") {
					if lit, ok := n.Value.(*ast.CompositeLit); ok {
						for _, e := range lit.Elts {
							s, _ := constant(e.(*ast.KeyValueExpr).Value)
							titles = append(titles, s)
						}
					}
				}
			case *ast.CompositeLit:
				of, _ := n.Type.(*ast.SelectorExpr)
				if of != nil && of.Sel.Name == "Advice" && len(n.Elts) > 0 {
					t.Errorf("%s: an advice made past Advise", set.Position(n.Pos()))
				}
			case *ast.CallExpr:
				name := ""
				switch f := n.Fun.(type) {
				case *ast.Ident:
					name = f.Name
				case *ast.SelectorExpr:
					name = f.Sel.Name
				}
				if name != "Advise" || len(n.Args) != 2 {
					return true
				}
				at := set.Position(n.Pos()).String()
				zh, ok := constant(n.Args[0])
				en, too := constant(n.Args[1])
				if !ok || !too || zh == "" || en == "" {
					t.Errorf("%s: not written out in both languages", at)
					return true
				}
				said++
				a := evidence.Advise(zh, en)
				page := a.OnPage()
				if page != a.Text {
					parted++
				}
				for _, s := range []string{zh, en} {
					if strings.Count(s, "{") != strings.Count(s, "}") || strings.Count(s, "|") != strings.Count(s, "{") {
						t.Errorf("%s: marks that do not close: %s", at, s)
					}
				}
				for _, s := range []string{page.ZH, page.EN} {
					pages = append(pages, found{at, s})
					if in := inner.FindString(s); in != "" {
						t.Errorf("%s: on the page %q, in: %s", at, in, s)
					}
				}
				all := []string{a.ZH, a.EN, page.ZH, page.EN}
				most := 0
				for _, s := range all {
					most = max(most, len(valuesOf(s)))
				}
				for _, s := range all {
					if n := len(valuesOf(s)); n > 0 && n < most && !strings.Contains(s, "%[") {
						t.Errorf("%s: leaves out a value and does not number them: %s", at, s)
					}
				}
				return true
			}
			return true
		})
	})
	for _, p := range pages {
		for _, m := range steps.FindAllStringSubmatch(p.text, -1) {
			if step := m[1] + m[2] + m[3]; !slices.Contains(titles, step) {
				t.Errorf("%s: the page has no step %q: %s", p.at, step, p.text)
			}
		}
	}
	if said < 300 || parted < 80 || len(titles) < 20 {
		t.Errorf("%d advices, %d of them parted, %d titles: looked for in the wrong place", said, parted, len(titles))
	}
}

// valuesOf are the values a sentence takes.
func valuesOf(s string) []int {
	var out []int
	next := 1
	for _, m := range verbs.FindAllStringSubmatch(strings.ReplaceAll(s, "%%", ""), -1) {
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		out = append(out, next)
		next++
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// What a card asks names no command, file, column or code either, but in an advice, which has
// words for the page beside them.
func TestEveryQuestion(t *testing.T) {
	n := 0
	sources(t, func(path string, set *token.FileSet, file *ast.File) {
		if !strings.Contains(path, "evidence/ask/") {
			return
		}
		ast.Inspect(file, func(node ast.Node) bool {
			field, ok := node.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			name, ok := field.Key.(*ast.Ident)
			if !ok || !slices.Contains([]string{"Text", "Why", "Effect"}, name.Name) {
				return true
			}
			ast.Inspect(field.Value, func(node ast.Node) bool {
				e, ok := node.(ast.Expr)
				if !ok {
					return true
				}
				s, ok := constant(e)
				if !ok {
					return true
				}
				n++
				if in := inner.FindString(s); in != "" {
					t.Errorf("%s: %q in %q", set.Position(node.Pos()), in, s)
				}
				return false
			})
			return true
		})
	})
	if n < 200 {
		t.Errorf("only %d texts were found", n)
	}
}

// An act is called by what it is and when, where nobody sees the codes of a table.
func TestActsAreCalledInWords(t *testing.T) {
	at := evidence.Time{At: time.Date(2026, 11, 16, 18, 2, 0, 0, evidence.Beijing)}
	call := evidence.Incident{Kind: evidence.Call, Direction: evidence.In, Time: at}
	missed := call
	missed.Answered = evidence.No
	for want, got := range map[string]evidence.Text{
		"2026年11月16日18:02的短信":   evidence.Incident{Kind: evidence.SMS, Time: at}.Called(""),
		"2026年11月16日18:02的来电":   call.Called(evidence.Recording),
		"2026年11月16日18:02的未接来电": missed.Called(""),
		"照片，时间不详":               evidence.Incident{Kind: evidence.Other}.Called(evidence.Photo),
		"2026年11月16日18:02的一件事":  evidence.Incident{Kind: evidence.Other, Time: at}.Called(""),
	} {
		if got.ZH != want || got.EN == "" {
			t.Errorf("%v, want %q", got, want)
		}
	}
	d := evidence.Doubt{Code: evidence.RowDiffers, Incident: "T013", Column: evidence.Text{ZH: "号码", EN: "number"},
		Says: []evidence.Statement{{Value: "19900000001"}, {Value: "19900000002"}}}
	if said := d.Text(); !strings.HasPrefix(said.ZH, "T013 号码：") || !strings.HasPrefix(said.OnPage().ZH, "号码：") ||
		!strings.HasPrefix(said.OnPage().EN, "number: ") {
		t.Errorf("%q, on the page %q", said.ZH, said.OnPage().ZH)
	}
}
