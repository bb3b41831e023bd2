package letter_test

import (
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The package doc leads to where a sentence is made: it names each file, and no other.
func TestDocNamesEachFile(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "letter.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	doc := " " + strings.Join(strings.Fields(file.Doc.Text()), " ")
	for _, name := range regexp.MustCompile(`[a-z]+\.go\b`).FindAllString(doc, -1) {
		if _, err := os.Stat(name); err != nil {
			t.Errorf("%s is named, and not there", name)
		}
	}
	all, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		name := e.Name()
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && name != "letter.go" &&
			!strings.Contains(doc, " "+name) {
			t.Errorf("%s is not named", name)
		}
	}
}
