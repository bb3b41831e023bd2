package main

import (
	"fmt"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/folder"
	"juzheng/evidence/intake"
	"juzheng/evidence/phrase"
)

// showPhrases lists words worth reading in what was received, in transcripts
// and in what programs read. They point a person to a place; no letter uses
// them.
func showPhrases(e *env, dir string, kase evidence.Case, rows []evidence.Incident) error {
	f, err := folder.Open(dir, tool())
	if err != nil {
		return err
	}
	register, err := f.Register()
	if err != nil {
		return err
	}
	readings, err := f.Readings()
	if err != nil {
		return err
	}
	inRows := intake.Phrases(kase, rows)
	inExhibits, err := intake.PhrasesInTranscripts(f, register.Exhibits)
	if err != nil {
		return err
	}
	inExhibits = append(inExhibits, intake.PhrasesInReadings(readings)...)
	if e.json {
		return emitPhrases(e, inRows, inExhibits)
	}
	times := map[string]evidence.Time{}
	for _, r := range rows {
		times[r.ID] = r.Time
	}
	var out [][]string
	for _, h := range inRows {
		out = append(out, []string{h.Incident, clockText(times[h.Incident]), phraseText(h.Hit, e.lang)})
	}
	for _, h := range inExhibits {
		where := ""
		if h.At >= 0 {
			where = fmt.Sprintf("%02d:%02d", int(h.At.Minutes()), int(h.At.Seconds())%60)
		}
		if h.Machine {
			where += text{" 机器识别", " machine-read"}.In(e.lang)
		}
		out = append(out, []string{h.Exhibit, where, phraseText(h.Hit, e.lang)})
	}
	fmt.Fprint(e.stdout, columns(out))
	e.say(text{
		"共 %d 处。这是按词找的线索，没有核对，也不判断是否违法；请看原文或原图，确属威胁、辱骂、冒充等的，在时间线“认为属于”一栏写明。",
		"%d places. They were found by words, unchecked, and say nothing of the law: read the original, and where it is a threat, an insult or the like, say so under asserted kinds in the timeline.",
	}, len(out))
	return nil
}

func phraseText(h phrase.Hit, lang string) string {
	s := phrase.Label(h.Category).In(lang) + text{"：“", `: "`}.In(lang) + strings.ReplaceAll(h.Text, "\n", "") + text{"”", `"`}.In(lang)
	if h.Review {
		s += text{"（全文像是提醒或通知，请看全文）", " (the whole reads like a warning or notice: read all of it)"}.In(lang)
	}
	return s
}

func emitPhrases(e *env, rows []intake.MessageHit, exhibits []intake.ExhibitHit) error {
	for _, h := range rows {
		if err := emit(e.stdout, "phrase", phraseJSON("incident", h.Incident, h.Hit)); err != nil {
			return err
		}
	}
	for _, h := range exhibits {
		v := phraseJSON("exhibit", h.Exhibit, h.Hit)
		v["machine_read"] = h.Machine
		if h.At >= 0 {
			v["at_seconds"] = h.At.Seconds()
		}
		if err := emit(e.stdout, "phrase", v); err != nil {
			return err
		}
	}
	return emit(e.stdout, "summary", map[string]int{"phrases": len(rows) + len(exhibits)})
}
