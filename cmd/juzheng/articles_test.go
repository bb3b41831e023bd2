package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/rule"
)

// articlesBeside are articles that words outside the table of provisions name and that
// no record is of: how to go on, and no ground. Their texts were read.
var articlesBeside = map[string][]string{
	"民法典":   {"第九百九十七条"},
	"行政复议法": {"第十一条", "第二十条"},
}

var (
	article     = regexp.MustCompile(`第[〇零一二三四五六七八九十百千]+条`)
	namedAt     = regexp.MustCompile(`(?:《([^》]+)》|(民法典))((?:[、至]?第[〇零一二三四五六七八九十百千]+条)+)`)
	numberOfLaw = regexp.MustCompile(`[^"“”\s《》（），；。]{2,6}〔20\d\d〕\d+号`)
)

// An article number is printed only where its text was read: what words outside the
// table of provisions name of a law is an article of one of its records, or in the list
// above. So is a document number.
func TestArticlesAreThoseOfTheTable(t *testing.T) {
	read := func(law, article string) bool {
		return slices.Contains(articlesBeside[law], article) ||
			slices.ContainsFunc(rule.Statutes(), func(p rule.Provision) bool {
				return p.Tier == evidence.TierA && strings.HasSuffix(p.Name, law) &&
					slices.Contains(regexp.MustCompile("[、至]").Split(p.Article, -1), article)
			})
	}
	seen := 0
	for _, top := range []string{"cmd", "evidence", "templates"} {
		err := filepath.WalkDir(filepath.Join("..", "..", top), func(path string, d fs.DirEntry, err error) error {
			name := filepath.Base(path)
			switch {
			case err != nil:
				return err
			case d.IsDir() && name == "testdata":
				return filepath.SkipDir
			case d.IsDir(), strings.HasSuffix(name, "_test.go"), strings.HasPrefix(name, "statutes"),
				!slices.Contains([]string{".go", ".json", ".html"}, filepath.Ext(name)):
				return nil
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for n, line := range strings.Split(string(data), "\n") {
				words := line
				if filepath.Ext(name) == ".go" { // comments are for developers
					words, _, _ = strings.Cut(line, "//")
				}
				for _, m := range namedAt.FindAllStringSubmatch(words, -1) {
					for _, a := range article.FindAllString(m[3], -1) {
						if seen++; !read(m[1]+m[2], a) {
							t.Errorf("%s:%d names %s of %s, which no record of tier A is of", path, n+1, a, m[1]+m[2])
						}
					}
				}
				if rest := namedAt.ReplaceAllString(words, ""); article.MatchString(rest) {
					t.Errorf("%s:%d names an article of no law: %s", path, n+1, strings.TrimSpace(rest))
				}
				for _, x := range numberOfLaw.FindAllString(words, -1) {
					if name != "holidays.json" && !slices.ContainsFunc(rule.Statutes(),
						func(p rule.Provision) bool { return p.Document == x }) {
						t.Errorf("%s:%d prints the document number %s, which no record has", path, n+1, x)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 10 {
		t.Errorf("only %d articles were seen: the walk looks in the wrong place", seen)
	}
}
