package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A command as a text tells of it, with what follows on its line.
var toldCommand = regexp.MustCompile(`\bjuzheng ([a-z][a-z-]+)([^\n。；，）（："'“”` + "`" + `;,:]*)`)

// No text that the program prints, writes or ships tells of a command, a help
// topic or an option that there is not: the strings of the whole source, from
// which help texts, letters, notes and advice are made, what is embedded, and
// the pages beside it.
func TestEveryToldCommandIsThere(t *testing.T) {
	told := 0
	for where, texts := range toldTexts(t) {
		for _, s := range texts {
			for _, m := range toldCommand.FindAllStringSubmatch(s, -1) {
				if m[1] == "and" || m[1] == "promises" { // "Each command is juzheng and …"
					continue
				}
				// The first lines of files of format 2, and of what a salt is made of.
				if what := m[1] + " " + strings.TrimSpace(m[2]); strings.HasPrefix(what, "evidence list 2") ||
					strings.HasPrefix(what, "exhibit 2") || strings.HasPrefix(what, "salt 2") {
					continue
				}
				told++
				if bad := notThere(m[1], m[2]); bad != "" {
					t.Errorf("%s tells of juzheng %s%s: %s", where, m[1], m[2], bad)
				}
			}
		}
	}
	if told < 250 {
		t.Errorf("only %d commands were found", told)
	}
	for _, c := range [][2]string{{"tracks", " 案件夹"}, {"build", " %s --letters x"}, {"help", " nothing"}} {
		if notThere(c[0], c[1]) == "" {
			t.Errorf("juzheng %s%s passes", c[0], c[1])
		}
	}
}

// notThere says what a told command line has that the program has not; empty:
// all of it is there.
func notThere(name, rest string) string {
	c, ok := find(name)
	if !ok {
		return "no such command"
	}
	words := strings.Fields(rest)
	// "juzheng help lists all commands" is a sentence.
	if name == "help" && len(words) > 0 && !strings.ContainsAny(words[0], "%[") {
		topic := strings.Trim(words[0], "`.,;)")
		if _, ok := find(topic); !ok && !slices.Contains(helpTopics, topic) &&
			topic != "" && topic[0] < 0x80 &&
			strings.ToUpper(topic) != topic && topic != "lists" {
			return "no such topic"
		}
	}
	var g global
	fs, _ := c.flags(&g)
	for _, w := range words {
		flag, isFlag := strings.CutPrefix(w, "--")
		flag, _, _ = strings.Cut(flag, "=")
		flag = regexp.MustCompile(`^[a-z0-9-]*`).FindString(flag)
		if isFlag && flag != "" && fs.Lookup(flag) == nil {
			return "no option --" + flag
		}
	}
	return ""
}

// toldTexts are the texts of each file: the strings of Go sources, those that
// are joined as one, and the whole of any other.
func toldTexts(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, page := range []string{"README.md", "README.zh-CN.md", "SECURITY.md"} {
		data, err := os.ReadFile("../../" + page)
		if err != nil {
			t.Fatal(err)
		}
		out[page] = []string{string(data)}
	}
	for _, root := range []string{"../../cmd", "../../evidence", "../../templates"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return fs.SkipDir
			case strings.HasSuffix(path, "_test.go") || d.IsDir():
				return nil
			case strings.HasSuffix(path, ".go"):
				file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
				if err != nil {
					return err
				}
				ast.Inspect(file, func(n ast.Node) bool {
					e, ok := n.(ast.Expr)
					s := ""
					if ok {
						s, ok = joined(e)
					}
					if ok {
						out[path] = append(out[path], s)
					}
					return !ok
				})
			case strings.Contains(".html .txt .md .json", filepath.Ext(path)):
				data, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				out[path] = []string{string(data)}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// joined is the text of a string, or of strings and values added up; what only
// a run tells stands as %v.
func joined(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		if e.Op != token.ADD {
			return "", false
		}
		a, okA := joined(e.X)
		b, okB := joined(e.Y)
		if !okA {
			a = "%v"
		}
		if !okB {
			b = "%v"
		}
		return a + b, okA || okB
	}
	return "", false
}
