package main

import (
	"fmt"
	"io"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/folder"
)

// writeReturns says for what letters would be sent back, and what helps; whose
// tells each one's recipients.
func writeReturns(w io.Writer, all []desk.Return, whose bool, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "交上去可能被退回的地方（照名录和报道整理，没有逐家核对；补上更稳妥）",
		EN: "For what it would be sent back (by the directory and reports, not checked one by one)"}.In(lang))
	for _, r := range all {
		where := ""
		if r.Where != "" {
			where = folder.CaseFile + " " + r.Where + text{ZH: "：", EN: ": "}.In(lang)
		}
		of := ""
		if whose {
			of = fmt.Sprintf(text{ZH: "（%s）", EN: " (%s)"}.In(lang), titlesOf(r.For, lang))
		}
		fmt.Fprintf(w, "  %s%s%s\n     %s%s\n", where, r.What.In(lang), of,
			text{ZH: "怎么办：", EN: "remedy: "}.In(lang), r.Remedy.In(lang))
	}
	fmt.Fprintln(w)
}
