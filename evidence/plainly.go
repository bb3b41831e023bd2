package evidence

import (
	"strings"
	"unicode"

	"juzheng/evidence/lazyregexp"
)

const machineWords = `juzheng |--[a-z]|case\.toml|timeline\.csv|redactions\.csv|\b[a-z]+\.(?:[a-z]+_?)+|\[\[|` +
	`\[loan\]|\b[a-z]+ = |\bside\b`

var (
	ofMachine = lazyregexp.New(machineWords)
	aside     = lazyregexp.New(`\s*[（(][^（）()]*(?:` + machineWords + `)[^（）()]*[）)]`)
	kindCodes = lazyregexp.New(` ?\bV\d{2}[a-z]?\b`)
	rowLists  = lazyregexp.New(`\s*[（(]T\d+(?:[ 、,]+(?:T\d+|…))*[）)]`)
	clauses   = lazyregexp.New(`[^；;。]*[；;。]?`)
)

// columns are heads of the timeline that advice names as they stand.
const columns = `“(?:本人当时能否联系上|是否透露欠款|对方此前是否拒绝联系|联系到谁|核实后是否不属实|认为属于|材料显示的内容|本人陈述|转告人)”`

// steps say where on the page is done what a sentence tells by the files and columns that
// commands and editors work on. Each is tried in turn.
var steps = []struct {
	of *lazyregexp.Regexp
	to string
}{
	{lazyregexp.New(`case\.toml 里`), "案件里"},
	{lazyregexp.New(`按 case\.toml 的`), "按案件里的"},
	{lazyregexp.New(`写进 (?:case\.toml 的 )?\[\[filings\]\]`), "在“交出去”那一步记下"},
	{lazyregexp.New(`在 \[\[filings\]\] 填 answered 和 answer`), "在“交出去”那一步记下答复"},
	{lazyregexp.New(`在 \[\[filings\]\] 的 answered `), "在“交出去”那一步"},
	{lazyregexp.New(`在 (?:case\.toml 的 )?\[\[numbers\]\] 写明`), "在“谁打来的”那一步认"},
	{lazyregexp.New(`(?:写|加)进 (?:case\.toml 的 )?\[\[numbers\]\](?:（[^）]*）)?`), "在“谁打来的”那一步认"},
	{lazyregexp.New(`填 case\.toml 的 lender\.licence 和 loan\.kind，或者用 juzheng ask 回答`), "在“您和借款”那一步填"},
	{lazyregexp.New(`在 case\.toml 的 (?:\[loan\]|loan\.(?:date|principal|rate|kind)) ?`), "在“您和借款”那一步"},
	{lazyregexp.New(`在 case\.toml 填写 loan\.date`), "在“您和借款”那一步填写借款日期"},
	{lazyregexp.New(`改 (?:loan\.date|case\.toml)`), "在“您和借款”那一步改"},
	{lazyregexp.New(`(?:写|填|抄)进(?:这一行的|这些行的)?“[^”]*”一栏`), "在“听和看”里这一条写明"},
	{lazyregexp.New(`抄进 timeline\.csv 这一行的“[^”]*”`), "抄进“听和看”里这一条"},
	{lazyregexp.New(`在(?:时间线|这一行|这些行的)?“[^”]*”一栏`), "在“听和看”里这一条"},
	{lazyregexp.New(`填` + columns + `$|填` + columns + `([，；。])`), "在“听和看”里答$1"},
	{lazyregexp.New(`(?:在)?(?:时间线|这一行|这些行)?的?` + columns), "在“听和看”里这一条"},
	{lazyregexp.New(`“[^”]*”一栏`), "“听和看”里这一条"},
	{lazyregexp.New(`in (?:case\.toml's )?\[\[filings\]\]|to \[\[filings\]\]`), "at “Hand in”"},
	{lazyregexp.New(`(?:the )?column “[^”]*”|(?:the )?“[^”]*” column`), "this entry of “Listen and look”"},
}

// Plainly says an advice to who works with the page: it names no command, file, key, column
// or code that the page does not have, but the step where the thing is done. Kinds are called
// by their names. A clause of which nothing is left without those is left out; empty: all are.
func Plainly(s string) string {
	s = rowLists.ReplaceAllString(s, "")
	for _, step := range steps {
		s = step.of.ReplaceAllString(s, step.to)
	}
	s = aside.ReplaceAllString(s, "")
	han := strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
	s = kindCodes.ReplaceAllStringFunc(s, func(code string) string {
		title := Breach(strings.TrimSpace(code)).Title()
		if !han {
			return " “" + title.EN + "”"
		}
		return "“" + title.ZH + "”"
	})
	var out strings.Builder
	for _, clause := range clauses.FindAllString(s, -1) {
		at := ofMachine.FindStringIndex(clause)
		if at == nil {
			out.WriteString(clause)
			continue
		}
		// Whose case it is that something is done in, 不知道的, says nothing without that.
		n := strings.LastIndexAny(clause[:at[0]], "，,")
		if n > 0 && strings.HasSuffix(clause[:n], "的") {
			n = strings.LastIndexAny(clause[:n], "，,：:")
		}
		if n > 0 {
			out.WriteString(clause[:n])
			if end := strings.LastIndexAny(clause, "；;。"); end > n {
				out.WriteString(clause[end:])
			}
		}
	}
	return strings.TrimRight(strings.TrimSpace(out.String()), "；;，,")
}
