package letter

import (
	"strings"

	"juzheng/evidence"
)

// Sentence is what a letter says of one act by itself: when, who did what to whom, and the
// words, as the file shows them or as the person says them. Letters may say it shorter
// among others, and name behind a call what the person takes it for. It is empty where the act has no words.
func Sentence(in Input, i evidence.Incident) string {
	var s string
	switch words := strings.TrimRight(oneLine(in.mask(i.Words)), "。；， "); {
	case i.Shown != "":
		rule := "V06" // whose words are quoted as they were said
		if len(i.Asserted) > 0 {
			rule = i.Asserted[0].Rule()
		}
		s = paper{Input: in}.fact(rule, i)
	case words == "":
		return ""
	default:
		s = in.asTold(i, words)
	}
	var refs []string
	for _, x := range i.Exhibits {
		refs = append(refs, strings.TrimLeft(x, "E0"))
	}
	if len(refs) > 0 {
		s += "（证据" + strings.Join(refs, "、") + "）"
	}
	return s + "。"
}
