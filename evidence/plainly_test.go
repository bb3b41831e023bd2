package evidence_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"juzheng/evidence"
)

// inner are names that only commands, files and tables have.
var inner = regexp.MustCompile(`juzheng [a-z]|case\.toml|timeline\.csv|\[\[|\[loan\]|` +
	`\b(?:loan|lender|platform|complainant|agency|consent)\.[a-z]+|\bV\d{2}[a-z]?\b|“[^”]*”一栏|side = |` +
	`“(?:本人当时能否联系上|是否透露欠款|认为属于|联系到谁|本人陈述)”`)

// Every sentence of the rules and doubts that advises somebody, as it stands in the code, is
// said to who uses the page without a name that the page does not have.
func TestEveryAdviceIsSaidPlainly(t *testing.T) {
	var files []string
	for _, dir := range []string{"rule", "doubt", "../cmd/internal/desk", "../templates/letter"} {
		found, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", dir, err)
		}
		files = append(files, found...)
	}
	said := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			s, err := strconv.Unquote(lit.Value)
			han := strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
			if err != nil || !han || !inner.MatchString(s) {
				return true
			}
			if strings.HasPrefix(s, "“") && strings.HasSuffix(s, "”") {
				return true // a name alone, and no advice
			}
			said++
			got := evidence.Plainly(s)
			if found := inner.FindString(got); found != "" {
				t.Errorf("%s: %q still has %q:\n%s", file, s, found, got)
			}
			return true
		})
	}
	if said < 20 {
		t.Errorf("%d sentences: they are looked for in the wrong place", said)
	}
}

func TestPlainly(t *testing.T) {
	for in, want := range map[string]string{
		"填常用的手机号": "填常用的手机号",
		"照借款合同写全称；不知道的，先向平台要：juzheng build 案件夹 --letter x": "照借款合同写全称",
		"juzheng check": "",
		"把合同、账单加进来（juzheng add），在 case.toml 的 loan.exhibits 写上编号": "把合同、账单加进来",
		"查住所，填进 platform.address、lender.address":                  "查住所",
		"用借款人本人的身份另建案件（kind = \"borrower\"），另附判决":                 "用借款人本人的身份另建案件，另附判决",
		"add the bill (juzheng add), and fill in loan.exhibits":   "add the bill",
		"另行收费的填 V22b":                  "另行收费的填“以催收名义另行收费”",
		"a further fee is V22b, I say": "a further fee is “a fee charged in the name of collection”, I say",
		"case.toml 里没有投诉的记录：投诉过的，把日期写进 [[filings]]；没有的，现在就可以投诉": "案件里没有投诉的记录：" +
			"投诉过的，把日期在“交出去”那一步记下；没有的，现在就可以投诉",
		"没有写明是谁打给谁（T013 T026 …）：请在“方向”一栏填“呼入”": "没有写明是谁打给谁：请在“听和看”里这一条填“呼入”",
		"没有写答复，信里会写“未得到答复”：已经答复的，先在 [[filings]] 填 answered 和 answer": "没有写答复，信里会写“未得到答复”：" +
			"已经答复的，先在“交出去”那一步记下答复",
		"当时对方能否联系上您本人？请填“本人当时能否联系上”。联系不上时不算违规":                                         "当时对方能否联系上您本人？请在“听和看”里答。联系不上时不算违规",
		"查出是假的，在这一行的“认为属于”填 V08a":                                                      "查出是假的，在“听和看”里这一条填“冒充律师”",
		"是催收方的，写进 case.toml 的 [[numbers]]（side = \"collector\"）；不是的写 side = \"other\"": "是催收方的，在“谁打来的”那一步认",
	} {
		if got := evidence.Plainly(in); got != want {
			t.Errorf("%s:\ngot  %q\nwant %q", in, got, want)
		}
	}
}
