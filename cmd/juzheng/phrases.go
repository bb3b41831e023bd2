package main

import (
	"context"
	"fmt"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/phrase"
)

// showPhrases lists words worth reading in what was received, in transcripts
// and in what programs read.
func showPhrases(ctx context.Context, e *env, d desk.Desk, dir string) error {
	r, err := desk.Phrases(ctx, d, dir)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	var out [][]string
	for _, h := range r.Rows {
		out = append(out, []string{h.Incident, clockText(r.Times[h.Incident]), phraseText(h.Hit, e.lang)})
	}
	for _, h := range r.Exhibits {
		where := ""
		if h.At >= 0 {
			where = fmt.Sprintf("%02d:%02d", int(h.At.Minutes()), int(h.At.Seconds())%60)
		}
		if h.Machine {
			where += text{ZH: " 机器识别", EN: " machine-read"}.In(e.lang)
		}
		out = append(out, []string{h.Exhibit, where, phraseText(h.Hit, e.lang)})
	}
	fmt.Fprint(e.stdout, columns(out, e.width()))
	e.say(text{
		ZH: "共 %d 处。这是按词找的线索，没有核对，也不判断是否违法；请看原文或原图，确属威胁、辱骂、冒充等的，在时间线“认为属于”一栏写明。",
		EN: "%d places. They were found by words, unchecked, and say nothing of the law: read the original, and " +
			"where it " +
			"is a threat, an insult or the like, say so under asserted kinds in the timeline.",
	}, len(out))
	return nil
}

func phraseText(h phrase.Hit, lang string) string {
	s := phrase.Label(h.Category).In(lang) + text{ZH: "：“",
		EN: `: "`}.In(lang) + strings.ReplaceAll(h.Text, "\n", "") + text{ZH: "”",
		EN: `"`}.In(lang)
	if h.Review {
		s += text{ZH: "（全文像是提醒或通知，请看全文）", EN: " (the whole reads like a warning or notice: read all of it)"}.In(lang)
	}
	return s
}
