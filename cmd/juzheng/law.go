package main

import (
	"fmt"
	"io"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// writeLaw says as of which day the provisions speak, and which of them are
// the user's own.
func writeLaw(w io.Writer, age desk.LawAge, own []desk.Outside, lang string) {
	fmt.Fprintf(w, text{ZH: "■ 依据截至 %s\n", EN: "■ Provisions as of %s\n"}.In(lang), age.AsOf)
	if age.Stale {
		fmt.Fprintf(w, "  %s\n", text{
			ZH: "已经超过六个月：提交前先查一查规定有没有变化，或者换新版本的程序；新的规定可以自己放进 statutes.d（见 juzheng help check）",
			EN: "more than six months ago: look whether the law changed before you file, or get a newer version; a " +
				"new provision can be put into statutes.d (see juzheng help check)"}.In(lang))
	}
	for _, f := range own {
		fmt.Fprintf(w, text{ZH: "  另有您自己的记录（%s）：%s（%s）\n", EN: "  and records of your own (%s): %s (%s)\n"}.In(lang),
			evidence.UserWords.In(lang), visible(f.Path), strings.Join(f.Records, text{ZH: "、", EN: ", "}.In(lang)))
		if len(f.Lowered) > 0 {
			fmt.Fprintf(w, text{ZH: "    其中写着 A 的（%s）按 B 用，不印条号\n",
				EN: "    of these, what says tier A (%s) is used as B, without its article\n"}.In(lang),
				strings.Join(f.Lowered, text{ZH: "、", EN: ", "}.In(lang)))
		}
	}
	fmt.Fprintln(w)
}
