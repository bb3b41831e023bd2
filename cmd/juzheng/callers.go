package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/device"
	"juzheng/evidence/doubt"
)

// showNumbers prints who reached the person how often.
func showNumbers(ctx context.Context, e *env, d desk.Desk, dir string) error {
	r, err := desk.Numbers(ctx, d, dir)
	if err != nil {
		return err
	}
	if e.json {
		return e.emitLines(r.Lines(), dir)
	}
	writeNumbers(e.stdout, r.Numbers, e.lang, e.width())
	var offers strings.Builder
	writeSuggestions(&offers, r.Offers, e.lang)
	io.WriteString(e.stdout, foldLines(offers.String(), e.width()))
	e.say(text{ZH: "下一步：juzheng timeline %s", EN: "next: juzheng timeline %s"}, quote(dir))
	return nil
}

// writeNumbers prints who reached the person how often, and how to say whose
// a number is.
func writeNumbers(w io.Writer, lines []desk.Caller, lang string, width int) {
	head := []text{{ZH: "号码", EN: "number"}, {ZH: "是谁的", EN: "whose"}, {ZH: "接通", EN: "answ."},
		{ZH: "未接", EN: "missed"}, {ZH: "打出", EN: "out"}, {ZH: "短信", EN: "msgs"},
		{ZH: "夜间", EN: "night"}, {ZH: "最早", EN: "first"}, {ZH: "最近", EN: "last"}, {ZH: "名称", EN: "name"}}
	row := make([]string, len(head))
	for i, h := range head {
		row[i] = h.In(lang)
	}
	out := [][]string{row}
	unnamed := 0
	for _, l := range lines {
		side := sideName(l.Side).In(lang)
		switch {
		case doubt.Masked(l.Number): // it can be several callers: nobody can say whose
			side = text{ZH: "号码不全", EN: "masked"}.In(lang)
		case l.Side == "" && l.Contacts() > 0:
			unnamed++
		}
		name := ""
		if len(l.Names) > 0 {
			name = l.Names[0]
		}
		out = append(out, []string{cmp.Or(l.Number, cut(visible(l.Account), 20)), side, fmt.Sprint(l.Answered),
			fmt.Sprint(l.Missed), fmt.Sprint(l.Out),
			fmt.Sprint(l.Messages),
			fmt.Sprint(l.Nights), dayText(l.First), untilText(l.First, l.Last), name})
	}
	fmt.Fprint(w, columns(out, width))
	if unnamed > 0 {
		fmt.Fprintf(w, text{
			ZH: "\n有 %d 个号码、聊天账号还没有写明是谁的。是催收方的，每个在 case.toml 里加一段：\n" +
				"[[numbers]]\nnumber = \"号码\"   # 聊天账号写 account = \"聊天里的名称\"\nside = \"collector\"\n" +
				"# 紧急联系人写 side = \"emergency\"，担保人 guarantor，无关的人 other，本人 self\n",
			EN: "\n%d numbers and accounts are not named yet. For each of the collector's, add this\nto case.toml:\n" +
				"[[numbers]]\nnumber = \"the number\"   # of a chat: account = \"the name it shows\"\n" +
				"side = \"collector\"   # or emergency, guarantor, other, self\n",
		}.In(lang), unnamed)
	}
}

// writeSuggestions says whose numbers and accounts may be, by what files say.
// Nothing is taken for so before the person writes it into case.toml.
func writeSuggestions(w io.Writer, offers []device.Offer, lang string) {
	if !slices.ContainsFunc(offers, func(o device.Offer) bool { return o.Kind == device.OfferCaller }) {
		return
	}
	fmt.Fprintf(w, "\n■ %s\n", text{ZH: "材料里写着像是谁的（没有采用，请您认一认）",
		EN: "Whose they may be by what your files say (not taken: please confirm)"}.In(lang))
	for _, o := range offers {
		if o.Kind != device.OfferCaller {
			continue
		}
		side := sideName(o.Value).In(lang)
		if o.Value == "" {
			side = text{ZH: "不清楚", EN: "not clear"}.In(lang)
		}
		fmt.Fprintf(w, text{ZH: "  %s  像是%s：“%s”（%s）\n", EN: "  %s  %s? “%s” (%s)\n"}.In(lang),
			visible(cmp.Or(o.Number, o.Account)), side, cut(visible(o.Quote), 40), o.Source)
	}
}

func sideName(s evidence.Side) text {
	switch s {
	case evidence.CollectorSide:
		return text{ZH: "催收方", EN: "collector"}
	case evidence.PlatformSide:
		return text{ZH: "平台", EN: "platform"}
	case evidence.LenderSide:
		return text{ZH: "放款机构", EN: "lender"}
	case evidence.SelfSide:
		return text{ZH: "本人", EN: "self"}
	case evidence.EmergencySide:
		return text{ZH: "紧急联系人", EN: "emergency"}
	case evidence.GuarantorSide:
		return text{ZH: "担保人", EN: "guarantor"}
	case evidence.OtherSide:
		return text{ZH: "无关的人", EN: "other"}
	}
	return text{ZH: "没有写明", EN: "not said"}
}

// untilText is a day that follows another, without the year where that is the same.
func untilText(first, last time.Time) string {
	if !last.IsZero() && first.In(evidence.Beijing).Year() == last.In(evidence.Beijing).Year() {
		return last.In(evidence.Beijing).Format("01-02")
	}
	return dayText(last)
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(evidence.Beijing).Format(time.DateOnly)
}
