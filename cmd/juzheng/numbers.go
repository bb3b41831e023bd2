package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"juzheng/evidence"
)

// A numberLine is what the timeline holds of one number.
type numberLine struct {
	Number      string        `json:"number"`
	Side        evidence.Side `json:"side"` // by case.toml; empty: not said
	Names       []string      `json:"names"`
	Answered    int           `json:"calls_answered"`   // received and connected
	Missed      int           `json:"calls_unanswered"` // received and not connected
	Out         int           `json:"calls_out"`        // made by the person
	Messages    int           `json:"messages"`         // received
	Nights      int           `json:"nights"`           // received from 22:00 to 08:00
	First, Last time.Time     `json:"-"`
}

// contacts is how often the number reached the person.
func (n numberLine) contacts() int { return n.Answered + n.Missed + n.Messages }

// countNumbers sums up the rows by number, the busiest first. Rows the person
// left out do not count.
func countNumbers(c evidence.Case, rows []evidence.Incident) []numberLine {
	at := map[string]int{}
	var out []numberLine
	for _, r := range rows {
		if r.Number == "" || r.Use == evidence.No {
			continue
		}
		n, ok := at[r.Number]
		if !ok {
			n = len(out)
			at[r.Number] = n
			out = append(out, numberLine{Number: r.Number, Side: c.SideOf(r.Number)})
		}
		l := &out[n]
		if r.Name != "" && !slices.Contains(l.Names, r.Name) {
			l.Names = append(l.Names, r.Name)
		}
		switch {
		case r.Kind == evidence.Call && r.Direction == evidence.Out:
			l.Out++
		case r.Kind == evidence.Call && r.Answered == evidence.No:
			l.Missed++
		case r.Kind == evidence.Call:
			l.Answered++
		case r.Direction != evidence.Out:
			l.Messages++
		}
		if r.Time.IsZero() {
			continue
		}
		if h := r.Time.At.In(evidence.Beijing).Hour(); r.Direction != evidence.Out && r.Time.Precision != evidence.ToDay && (h >= 22 || h < 8) {
			l.Nights++
		}
		if l.First.IsZero() || r.Time.At.Before(l.First) {
			l.First = r.Time.At
		}
		if r.Time.At.After(l.Last) {
			l.Last = r.Time.At
		}
	}
	slices.SortStableFunc(out, func(a, b numberLine) int {
		return cmp.Or(b.contacts()-a.contacts(), cmp.Compare(a.Number, b.Number))
	})
	return out
}

// writeNumbers prints who reached the person how often, and how to say whose
// a number is.
func writeNumbers(w io.Writer, lines []numberLine, lang string) {
	head := []text{{"号码", "number"}, {"是谁的", "whose"}, {"接通", "answ."}, {"未接", "missed"}, {"打出", "out"}, {"短信", "msgs"}, {"夜间", "night"}, {"最早", "first"}, {"最近", "last"}, {"名称", "name"}}
	row := make([]string, len(head))
	for i, h := range head {
		row[i] = h.In(lang)
	}
	out := [][]string{row}
	unnamed := 0
	for _, l := range lines {
		side := sideName(l.Side).In(lang)
		if l.Side == "" && l.contacts() > 0 {
			unnamed++
		}
		name := ""
		if len(l.Names) > 0 {
			name = l.Names[0]
		}
		out = append(out, []string{l.Number, side, fmt.Sprint(l.Answered), fmt.Sprint(l.Missed), fmt.Sprint(l.Out), fmt.Sprint(l.Messages),
			fmt.Sprint(l.Nights), dayText(l.First), dayText(l.Last), name})
	}
	fmt.Fprint(w, columns(out))
	if unnamed > 0 {
		fmt.Fprintf(w, text{
			"\n有 %d 个号码还没有写明是谁的。是催收方的，请在 case.toml 里加上（每个号码一段）：\n[[numbers]]\nnumber = \"号码\"\nside = \"collector\"   # 紧急联系人 emergency，担保人 guarantor，无关的人 other，本人 self\n",
			"\n%d numbers are not named yet. For each that is the collector's, add to case.toml:\n[[numbers]]\nnumber = \"the number\"\nside = \"collector\"   # or emergency, guarantor, other, self\n",
		}.In(lang), unnamed)
	}
}

func sideName(s evidence.Side) text {
	switch s {
	case evidence.CollectorSide:
		return text{"催收方", "collector"}
	case evidence.SelfSide:
		return text{"本人", "self"}
	case evidence.EmergencySide:
		return text{"紧急联系人", "emergency"}
	case evidence.GuarantorSide:
		return text{"担保人", "guarantor"}
	case evidence.OtherSide:
		return text{"无关的人", "other"}
	}
	return text{"没有写明", "not said"}
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(evidence.Beijing).Format(time.DateOnly)
}

func emitNumbers(w io.Writer, lines []numberLine) error {
	for _, l := range lines {
		l.Names = list(l.Names)
		if err := emit(w, "number", struct {
			numberLine
			First string `json:"first"`
			Last  string `json:"last"`
		}{l, dayText(l.First), dayText(l.Last)}); err != nil {
			return err
		}
	}
	return emit(w, "summary", map[string]int{"numbers": len(lines)})
}
