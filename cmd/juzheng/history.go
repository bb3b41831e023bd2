package main

import (
	"fmt"
	"io"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/bag"
)

// writeHistory tells of the older seals of a case, newest first.
func writeHistory(w io.Writer, chain []desk.Superseded, lang string) {
	fmt.Fprintf(w, text{ZH: "以前的封存（%d 份）：\n", EN: "older seals (%d):\n"}.In(lang), len(chain))
	var rows [][]string
	for _, o := range chain {
		result := text{ZH: "不在案件夹里", EN: "not in the case folder"}.In(lang)
		switch {
		case exitOfOlder(o) == exitDone:
			result = text{ZH: "完好", EN: "intact"}.In(lang)
		case o.Path != "":
			result = verdictText(&bag.Result{Verdict: o.Verdict}).In(lang) + " " + strings.Join(o.Codes, " ")
		}
		rows = append(rows, []string{"  " + bag.FormatRoot(visible(o.Root)[:min(16, len(visible(o.Root)))]),
			visible(o.Sealed), result})
	}
	fmt.Fprint(w, aligned(rows))
}

// writeFiled tells of the papers of a case that were filed, oldest first.
func writeFiled(w io.Writer, filed []desk.FiledPapers, lang string) {
	if len(filed) == 0 {
		return
	}
	fmt.Fprintf(w, text{ZH: "提交过的材料（%d 份）：\n", EN: "papers that were filed (%d):\n"}.In(lang), len(filed))
	var table [][]string
	for _, p := range filed {
		result := text{ZH: "没有变化", EN: "unchanged"}.In(lang)
		if len(p.Changed) > 0 {
			result = fmt.Sprintf(text{ZH: "与提交时不同：%s", EN: "not what was filed: %s"}.In(lang), rows(p.Changed, lang))
		}
		if len(p.Added) > 0 {
			result += fmt.Sprintf(text{ZH: "；另有您后来放进来的：%s", EN: "; put there by you since: %s"}.In(lang),
				rows(p.Added, lang))
		}
		if p.TakenBack {
			result += text{ZH: "；这一笔提交后来收回了", EN: "; that filing was taken back since"}.In(lang)
		}
		table = append(table, []string{"  " + visible(p.Day), visible(p.To),
			bag.FormatRoot(visible(p.Code)[:min(16, len(visible(p.Code)))]), visible(result)})
	}
	fmt.Fprint(w, aligned(table))
}
