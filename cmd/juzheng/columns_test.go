package main

import (
	"strings"
	"testing"
)

// No line is wider than it may be, nothing is lost, and no line begins with a
// mark that closes.
func TestFold(t *testing.T) {
	for _, s := range []string{
		"", "short", strings.Repeat("word ", 40), strings.Repeat("总校验码与书面材料上的一致，", 12),
		"  data/" + strings.Repeat("x", 200) + " 内容与封存时不同 [E-FILE-MODIFIED]",
		strings.Repeat("文件（已声明）。", 20), strings.Repeat("x", 81), strings.Repeat("，", 100),
	} {
		for _, indent := range []int{0, 4} {
			got := fold(s, 80, indent)
			for n, line := range strings.Split(strings.TrimSuffix(got, "\n"), "\n") {
				if cells(line) > 80 {
					t.Errorf("%d cells: %q", cells(line), line)
				}
				if first := []rune(strings.TrimLeft(line, " ")); n > 0 && len(first) > 0 &&
					strings.ContainsRune("。）", first[0]) && strings.Contains(s, "文件（") {
					t.Errorf("begins with a closing mark: %q", line)
				}
			}
			if squeeze(got) != squeeze(s) {
				t.Errorf("got %q, want %q", got, s)
			}
		}
	}
}

func squeeze(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }

// What a person copies stays in one line, wherever the fold would fall.
func TestFoldKeepsWhatIsCopied(t *testing.T) {
	code := strings.TrimSuffix(strings.Repeat("5f3a ", 16), " ")
	for _, token := range []string{code, strings.ReplaceAll(code, " ", ""),
		"案件/packet/3-国家金融监督管理总局上海监管局（请转办）/证据册.pdf", "juzheng build 案件 --to regulator --date 2026-11-29"} {
		for n := range 80 {
			got := foldWhole(strings.Repeat("字", n)+"："+token+"，其他的话", 80, 2)
			if !strings.Contains(got, token) {
				t.Errorf("%d characters before it: %q is broken:\n%s", n, token, got)
			}
		}
	}
}
