package folder

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A column of timeline.csv: its Chinese and English head, how a cell becomes
// part of an incident and back. Headers of either language are accepted in
// any order.
type column struct {
	zh, en string
	must   bool
	words  bool                                            // kept as written, full-width or not
	set    func(*evidence.Incident, string) *evidence.Text // what was wanted, if the cell is wrong
	get    func(evidence.Incident) string
}

var columnsOfTimeline = []column{
	{"编号", "id", true, true,
		func(i *evidence.Incident, s string) *evidence.Text { i.ID = s; return nil },
		func(i evidence.Incident) string { return i.ID }},
	{"时间", "time", true, false,
		func(i *evidence.Incident, s string) *evidence.Text {
			if s == "" {
				return nil // not known: the rules ask for it
			}
			t, ok := evidence.ParseTime(s)
			if !ok {
				why := evidence.WhyNoTime(s)
				if why.ZH != "" {
					why = evidence.Text{ZH: "（" + why.ZH + "）", EN: " (" + why.EN + ")"}
				}
				return &evidence.Text{ZH: "真实的时间" + why.ZH + "，例如 2026-03-02 23:14:05、2026-03-02 23:14 或 2026-03-02",
					EN: "a real time" + why.EN + " such as 2026-03-02 23:14:05, 2026-03-02 23:14 or 2026-03-02"}
			}
			t.Source = i.Time.Source // its column may stand before this one
			i.Time = t
			return nil
		},
		func(i evidence.Incident) string { return evidence.FormatTime(i.Time) }},
	{"时间来源", "time source", false, true,
		func(i *evidence.Incident, s string) *evidence.Text { i.Time.Source = s; return nil },
		func(i evidence.Incident) string { return i.Time.Source }},
	{"方式", "kind", true, false, enum(kindWords, func(i *evidence.Incident, v evidence.IncidentKind) { i.Kind = v }),
		func(i evidence.Incident) string { return word(kindWords, i.Kind) }},
	{"方向", "direction", false, false, enum(directionWords,
		func(i *evidence.Incident, v evidence.Direction) { i.Direction = v }),
		func(i evidence.Incident) string { return word(directionWords, i.Direction) }},
	{"号码", "number", false, false, setNumber,
		func(i evidence.Incident) string { return spacedNumber(i.Number) }},
	{"对方名称", "name", false, true,
		func(i *evidence.Incident, s string) *evidence.Text { i.Name = s; return nil },
		func(i evidence.Incident) string { return i.Name }},
	{"联系到谁", "reached", false, false, enum(reachedWords,
		func(i *evidence.Incident, v evidence.Reached) { i.Reached = v }),
		func(i evidence.Incident) string { return word(reachedWords, i.Reached) }},
	{"是否接通", "answered", false, false, enum(answerWords,
		func(i *evidence.Incident, v evidence.Answer) { i.Answered = v }),
		func(i evidence.Incident) string { return word(answerWords, i.Answered) }},
	{"秒数", "seconds", false, false, setSeconds,
		func(i evidence.Incident) string {
			if i.Seconds < 0 {
				return ""
			}
			return strconv.Itoa(i.Seconds)
		}},
	{"是否透露欠款", "disclosed debt", false, false,
		enum(answerWords, func(i *evidence.Incident, v evidence.Answer) { i.Disclosed = v }),
		func(i evidence.Incident) string { return word(answerWords, i.Disclosed) }},
	{"对方此前是否拒绝联系", "refused contact before", false, false,
		enum(answerWords, func(i *evidence.Incident, v evidence.Answer) { i.Refused = v }),
		func(i evidence.Incident) string { return word(answerWords, i.Refused) }},
	{"本人当时能否联系上", "reachable", false, false,
		enum(answerWords, func(i *evidence.Incident, v evidence.Answer) { i.Reachable = v }),
		func(i evidence.Incident) string { return word(answerWords, i.Reachable) }},
	{"材料显示的内容", "what the file shows", false, true,
		func(i *evidence.Incident, s string) *evidence.Text { i.Shown = s; return nil },
		func(i evidence.Incident) string { return i.Shown }},
	{"本人陈述", "my own words", false, true,
		func(i *evidence.Incident, s string) *evidence.Text { i.Words = s; return nil },
		func(i evidence.Incident) string { return i.Words }},
	{"证据", "exhibits", false, false, setExhibits,
		func(i evidence.Incident) string { return strings.Join(i.Exhibits, " ") }},
	{"认为属于", "asserted kinds", false, false, setAsserted,
		func(i evidence.Incident) string {
			var names []string
			for _, b := range i.Asserted {
				names = append(names, string(b))
			}
			for _, b := range i.Denied {
				names = append(names, denied+string(b))
			}
			return strings.Join(names, " ")
		}},
	{"是否采用", "use", false, false, enum(answerWords, func(i *evidence.Incident, v evidence.Answer) { i.Use = v }),
		func(i evidence.Incident) string { return word(answerWords, i.Use) }},
	{"来源", "source", false, true,
		func(i *evidence.Incident, s string) *evidence.Text { i.Source = s; return nil },
		func(i evidence.Incident) string { return i.Source }},
	{"本机号码或卡", "sim", false, true,
		func(i *evidence.Incident, s string) *evidence.Text { i.SIM = s; return nil },
		func(i evidence.Incident) string { return i.SIM }},
	{"开头是否告知录音", "recording announced", false, false,
		enum(answerWords, func(i *evidence.Incident, v evidence.Answer) { i.Announced = v }),
		func(i evidence.Incident) string { return word(answerWords, i.Announced) }},
	{"核实后是否不属实", "checked and untrue", false, false,
		enum(answerWords, func(i *evidence.Incident, v evidence.Answer) { i.Untrue = v }),
		func(i evidence.Incident) string { return word(answerWords, i.Untrue) }},
	{"角色", "role", false, false, enum(roleWords, func(i *evidence.Incident, v evidence.MessageRole) { i.Role = v }),
		func(i evidence.Incident) string { return word(roleWords, i.Role) }},
	{"转告人", "told by", false, true,
		func(i *evidence.Incident, s string) *evidence.Text { i.ToldBy = s; return nil },
		func(i evidence.Incident) string { return i.ToldBy }},
}

// A term is one value of a column: what is written, and every word accepted.
type term[T ~string] struct {
	value T
	words []string // the first is written
}

var kindWords = []term[evidence.IncidentKind]{
	{evidence.Call, []string{"电话", "通话", "来电", "call"}}, {evidence.SMS, []string{"短信", "彩信", "sms"}},
	{evidence.Message, []string{"消息", "微信", "QQ", "聊天", "message"}},
	{evidence.Post, []string{"发布", "张贴", "群聊", "群里", "朋友圈", "网上", "post"}},
	{evidence.Visit, []string{"上门", "visit"}}, {evidence.Mail, []string{"信函", "邮件", "mail"}},
	{evidence.Other, []string{"其他", "other"}},
}

var directionWords = []term[evidence.Direction]{
	{evidence.In, []string{"呼入", "收到", "被叫", "接收", "来电", "打来", "打进", "in"}},
	{evidence.Out, []string{"呼出", "发出", "主叫", "发送", "去电", "打出", "out"}},
	{evidence.DirectionUnknown, []string{"", "不明", "不清楚", "unknown"}},
}

var reachedWords = []term[evidence.Reached]{
	{evidence.ReachedSelf, []string{"本人", "我", "自己", "我本人", "self"}},
	{evidence.ReachedEmergency, []string{"紧急联系人", "emergency"}},
	{evidence.ReachedGuarantor, []string{"担保人", "共同借款人", "guarantor"}},
	{evidence.ReachedWorkplace, []string{"单位", "同事", "单位同事", "领导", "公司", "老板", "前台", "workplace"}},
	{evidence.ReachedFamily, slices.Concat([]string{"亲友", "亲属", "家属", "父母"}, evidence.Family, []string{"family"})},
	{evidence.ReachedStranger, []string{"陌生人", "其他人", "邻居", "stranger"}},
	{evidence.ReachedUnknown, []string{"", "不清楚", "unknown"}},
}

var roleWords = []term[evidence.MessageRole]{
	{evidence.RoleCollecting, []string{"催收", "催款", "collecting"}}, {evidence.RoleService, []string{"服务", "service"}},
	{evidence.RoleAdmission, []string{"承认", "致歉", "admission"}},
	{evidence.RoleMarketing, []string{"营销", "广告", "marketing"}}, {evidence.RoleOther, []string{"其他", "无关", "other"}},
	{evidence.RoleUnknown, []string{"", "不清楚", "unknown"}},
}

// ParseReached reads who was reached by any word timeline.csv takes for it.
func ParseReached(s string) (evidence.Reached, bool) {
	var i evidence.Incident
	bad := enum(reachedWords, func(i *evidence.Incident, v evidence.Reached) { i.Reached = v })(&i, s)
	return i.Reached, bad == nil
}

var answerWords = []term[evidence.Answer]{
	{evidence.Yes, []string{"是", "能", "对", "有", "√", "✓", "✔", "接通", "已接", "已接通", "接了", "yes", "y", "true"}},
	{evidence.No, []string{"否", "不能", "没有", "不是", "×", "✗", "✘", "没接", "未接", "未接通", "没接通", "没", "无", "no", "n",
		"false"}},
	{evidence.Unknown, []string{"", "不清楚", "未定", "unknown", "undecided"}},
}

// enum reads a cell by a list of terms.
func enum[T ~string](terms []term[T], set func(*evidence.Incident, T)) func(*evidence.Incident, string) *evidence.Text {
	return func(i *evidence.Incident, s string) *evidence.Text {
		for _, t := range terms {
			for _, w := range t.words {
				if strings.EqualFold(w, s) {
					set(i, t.value)
					return nil
				}
			}
		}
		var zh, en []string
		for _, t := range terms {
			if t.value != "" {
				zh, en = append(zh, t.words[0]), append(en, string(t.value))
			}
		}
		wanted := evidence.Text{ZH: "下列之一：" + strings.Join(zh, "、"), EN: "one of " + strings.Join(en, ", ")}
		if s != "" && slices.ContainsFunc(terms, func(t term[T]) bool { return slices.Contains(t.words, "") }) {
			wanted.ZH, wanted.EN = wanted.ZH+"，或留空", wanted.EN+", or nothing"
		}
		return &wanted
	}
}

func word[T ~string](terms []term[T], v T) string {
	for _, t := range terms {
		if t.value == v {
			return t.words[0]
		}
	}
	return string(v)
}

// spoilt is a cell that a spreadsheet destroyed: 1.38E+10, a row of #, #NAME?.
var spoilt = lazyregexp.New(`^(?:\d(?:\.\d+)?[Ee]\+?\d+|#{2,}|#(?:NAME\?|VALUE!|REF!|N/A|NUM!|NULL!|DIV/0!))$`)

// quoted is a cell in the form that keeps a spreadsheet from changing it.
var quoted = lazyregexp.New(`^="(.*)"$`)

func setNumber(i *evidence.Incident, s string) *evidence.Text {
	if spoilt.MatchString(s) {
		// 1.38E+10: the digits are gone, and a guess would accuse somebody.
		return &evidence.Text{ZH: "完整的号码（表格软件把它改坏了，数字已经丢失；请对照原件重新输入，单元格设为“文本”）",
			EN: "the whole number (a spreadsheet destroyed it; type it again from the original, in a text cell)"}
	}
	if n := evidence.NormalNumber(s); n != "" || s == "" {
		i.Number = n
	} else {
		i.Number = s // 未知号码
	}
	return nil
}

// lengthInWords is 80秒, 1分20秒, 1小时2分.
var lengthInWords = lazyregexp.New(`^(?:(\d{1,2})\s*小时)?\s*(?:(\d{1,4})\s*分钟?)?\s*(?:(\d{1,5})\s*(?:秒钟?|s))?$`)

func setSeconds(i *evidence.Incident, s string) *evidence.Text {
	i.Seconds = -1
	if s == "" {
		return nil
	}
	n, err := strconv.Atoi(s)
	if m := lengthInWords.FindStringSubmatch(s); err != nil && m != nil {
		n, err = 0, nil
		for k, unit := range []int{3600, 60, 1} {
			part, _ := strconv.Atoi(m[k+1])
			n += part * unit
		}
	}
	if err != nil || n < 0 || n > 24*60*60 {
		return &evidence.Text{ZH: "整数秒，0 到 86400", EN: "whole seconds, 0 to 86400"}
	}
	i.Seconds = n
	return nil
}

var exhibitForm = lazyregexp.New(`^(?:E|证据)0*(\d+)$`)

func setExhibits(i *evidence.Incident, s string) *evidence.Text {
	for _, x := range evidence.SplitList(s) {
		m := exhibitForm.FindStringSubmatch(strings.ToUpper(x))
		n, err := 0, error(nil)
		if m != nil {
			n, err = strconv.Atoi(m[1])
		}
		if m == nil || err != nil || n == 0 {
			return &evidence.Text{ZH: "证据编号，例如 E001 E002", EN: "exhibit numbers such as E001 E002"}
		}
		if x = fmt.Sprintf("E%03d", n); !slices.Contains(i.Exhibits, x) {
			i.Exhibits = append(i.Exhibits, x)
		}
	}
	return nil
}

// denied stands before a kind that the words of a row sound like and are not:
// 非V06.
const denied = "非"

// setAsserted reads kinds by id, title or word. Titles hold no list marks but
// 、, which parts a list too, so a whole cell is tried first.
func setAsserted(i *evidence.Incident, s string) *evidence.Text {
	add := func(b evidence.Breach) {
		if !slices.Contains(i.Asserted, b) {
			i.Asserted = append(i.Asserted, b)
		}
	}
	if b, ok := evidence.ParseBreach(s); ok {
		add(b)
		return nil
	}
	for _, x := range evidence.SplitList(s) {
		x, not := strings.CutPrefix(x, denied)
		b, ok := evidence.ParseBreach(x)
		if not && ok {
			if !slices.Contains(i.Denied, b) {
				i.Denied = append(i.Denied, b)
			}
			continue
		}
		if !ok {
			first, last := evidence.Kinds[0].ID, evidence.Kinds[len(evidence.Kinds)-1].ID
			return &evidence.Text{ZH: fmt.Sprintf("违规种类：%s 到 %s，或其名称（例如 威胁辱骂、冒充公检法、爆通讯录）；全部名称见 juzheng help kinds",
				first, last),
				EN: fmt.Sprintf("kinds %s to %s, or a name such as threat, impersonation, disclosure; juzheng help "+
					"kinds lists them", first, last)}
		}
		add(b)
	}
	return nil
}
