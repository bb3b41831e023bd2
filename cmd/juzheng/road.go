package main

import (
	"fmt"
	"io"
	"strings"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/road"
	"juzheng/templates"
)

// writeRoad says to whom to go and in which order.
func writeRoad(w io.Writer, r desk.Checked, lang string) {
	steps := r.Road
	fmt.Fprintf(w, "■ %s\n", text{ZH: "向谁提交、按什么顺序", EN: "Whom to turn to, and in which order"}.In(lang))
	for _, s := range steps {
		how := text{ZH: "投诉", EN: "complain"}
		switch {
		case s.Role == evidence.ToForward:
			how = text{ZH: "投诉，请它转给放款机构办（也可以打 12378，见通话单）",
				EN: "complain, to be passed on to the lender (or call 12378, see the call sheet)"}
		case !s.Role.Complaint():
			how = text{ZH: "举报，请它查处", EN: "report, for it to look into"}
		}
		fmt.Fprintf(w, text{ZH: "  %d. %s：%s（%s，--to %s）%s\n", EN: "  %d. %s: %s (%s, --to %s)%s\n"}.In(lang), s.Order,
			how.In(lang), s.Name, s.Letter, s.Role, stepNote(s, lang))
		if !s.Competent {
			continue
		}
		for _, t := range s.Terms {
			fmt.Fprintf(w, "       %s\n", termIn(t, s.Filed, lang))
		}
	}
	if why := r.NotForwarded.In(lang); why != "" {
		fmt.Fprintf(w, text{ZH: "  请监管部门转办的投诉书不做：%s\n", EN: "  no complaint to be passed on: %s\n"}.In(lang), why)
	}
	for _, s := range steps {
		for _, c := range s.Channels {
			if limits := limitsOf(c, lang); limits != "" {
				fmt.Fprintf(w, text{ZH: "  %s %s：%s\n", EN: "  %s %s: %s\n"}.In(lang), s.Name, c.Value, limits)
			}
		}
	}
	fmt.Fprintf(w, "  %s\n\n", text{
		ZH: "没有查到举报要等投诉答复的规定，可以同时交；有工单号、答复的附上。协会一般不受理别处已经受理的事项：要交协会的，先交它",
		EN: "no rule was found by which a report waits for the answer to a complaint; add receipts and answers there " +
			"are. The association takes nothing another body already took: if you want it, turn to it first",
	}.In(lang))
}

// writeWays says which roads there are beside that of a complaint, what each can do
// and what it costs.
func writeWays(w io.Writer, all []road.Way, dir, lang string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(w, "■ %s\n", text{ZH: "还可以走的路（各办各的事，不互相等；材料照后面的命令做）",
		EN: "Other roads, each for its own matter (papers by the command behind it)"}.In(lang))
	for _, x := range all {
		of := rows(x.Incidents, lang)
		if of == "" { // what was found of the loan itself has no row
			of = text{ZH: "借款", EN: "the loan"}.In(lang)
		}
		fmt.Fprintf(w, text{ZH: "  %s：%s（%s）\n", EN: "  %s: %s (%s)\n"}.In(lang), x.Role.Title().In(lang),
			x.Role.Letter(), of)
		fmt.Fprintf(w, text{ZH: "     能办：%s；不能：%s\n", EN: "     can: %s; cannot: %s\n"}.In(lang), x.Does.In(lang),
			x.DoesNot.In(lang))
		fmt.Fprintf(w, text{ZH: "     %s；%s\n", EN: "     %s; %s\n"}.In(lang), x.Order.In(lang), x.Cost.In(lang))
		if x.Role == evidence.ToCentralBank { // what goes before it
			fmt.Fprintf(w, "     juzheng build %s --letter credit-objection\n", quote(dir))
		}
		fmt.Fprintf(w, "     juzheng build %s --to %s\n", quote(dir), x.Role)
	}
	fmt.Fprintln(w)
}

func stepNote(s desk.Step, lang string) string {
	var out []string
	if s.Filed != "" {
		out = append(out, text{ZH: s.Filed + " 已提交，等答复", EN: "filed on " + s.Filed + ", not answered yet"}.In(lang))
	}
	if !s.Competent {
		out = append(out, text{ZH: "没有材料证明、归它处理的情形，不给它做材料",
			EN: "not competent for anything a file shows; no papers are made"}.In(lang))
	} else if s.Quality == evidence.ByUser {
		out = append(out, evidence.UserWords.In(lang))
	} else if s.Quality == "unchecked" {
		out = append(out, text{ZH: "名称未核对", EN: "name not checked"}.In(lang))
	}
	if len(out) == 0 {
		return ""
	}
	sep := text{ZH: "；", EN: "; "}.In(lang)
	return sep + strings.Join(out, sep)
}

// events are what the terms on record run to, as the records say it; a test
// holds that none is missing.
var events = map[string]text{
	"决定是否受理投诉并告知": {ZH: "决定是否受理投诉并告知", EN: "it decides whether to take the complaint, and says so"},
	"初步审核并转送":     {ZH: "初步审核并转送", EN: "first look, and passing it on"},
	"受理后书面告知是否查实": {ZH: "受理后书面告知是否查实", EN: "after taking it: says in writing whether it was found so"},
	"收到完整的举报材料，决定是否受理": {ZH: "收到完整的举报材料，决定是否受理",
		EN: "complete material received: it decides whether to take the report"},
	"核查、处理异议并书面答复": {ZH: "核查、处理异议并书面答复", EN: "the objection is looked into and answered in writing"},
	"核查、处理征信投诉并书面答复": {ZH: "核查、处理征信投诉并书面答复",
		EN: "the complaint of credit reporting is looked into and answered in writing"},
	"放款机构处理消费投诉并告知结果": {ZH: "放款机构处理消费投诉并告知结果", EN: "the lender deals with the complaint and says how"},
	"放款机构收到转来的投诉，处理并告知结果": {ZH: "放款机构收到转来的投诉，处理并告知结果",
		EN: "the lender deals with the complaint passed on to it, and says how"},
	"情况复杂、延长处理的，告知结果":   {ZH: "情况复杂、延长处理的，告知结果", EN: "in a complex matter"},
	"特别复杂、经批准再延长的，告知结果": {ZH: "特别复杂、经批准再延长的，告知结果", EN: "in a most complex one, with approval"},
}

// termIn says a term in a language, of what was filed on a day, or would be today;
// names of rules stay as they are.
func termIn(t desk.Term, filed, lang string) string {
	days := text{ZH: "%d日", EN: "%d days"}
	if t.Working {
		days = text{ZH: "%d个工作日", EN: "%d working days"}
	}
	event := t.Event
	if w, ok := events[event]; ok {
		event = w.In(lang)
	}
	s := event + text{ZH: "：", EN: ": "}.In(lang) + fmt.Sprintf(days.In(lang), t.Days)
	if t.On != "" {
		since, until := text{ZH: "今天", EN: "if filed today"}, text{ZH: "到", EN: "until"}
		if filed != "" {
			since = text{ZH: filed + " ", EN: "filed on " + filed}
		}
		if t.About {
			until = text{ZH: "约到", EN: "until about"}
		}
		s += text{ZH: "，" + since.ZH + "提交的" + until.ZH + " " + t.On, EN: ", " + since.EN + " " + until.EN + " " +
			t.On}.In(lang)
	}
	if t.Basis != "" {
		s += text{ZH: "，依据", EN: ", by "}.In(lang) + inWords([]string{t.Basis}, lang, "")
	}
	if !t.Checked {
		s += text{ZH: "（未核对）", EN: " (not checked)"}.In(lang)
	}
	return s
}

// limitsOf are what a channel takes, as far as the directory says.
func limitsOf(c templates.Channel, lang string) string {
	var out []string
	if c.MaxAttachmentBytes > 0 {
		out = append(out, fmt.Sprintf(text{ZH: "附件不超过 %d MB", EN: "attachments of %d MB at most"}.In(lang),
			c.MaxAttachmentBytes/1_000_000))
	}
	if c.MaxPerDay > 0 {
		out = append(out, fmt.Sprintf(text{ZH: "每人每天最多 %d 件", EN: "%d reports a person and day"}.In(lang), c.MaxPerDay))
	}
	if c.RealName {
		out = append(out, text{ZH: "须实名", EN: "real name wanted"}.In(lang))
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(append(out, text{ZH: "以网站为准", EN: "check on the site"}.In(lang)),
		text{ZH: "，", EN: ", "}.In(lang))
}
