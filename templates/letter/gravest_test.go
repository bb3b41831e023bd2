package letter

import (
	"fmt"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// sms is a message of the collector on a day of March.
func sms(day int, words string, kinds ...evidence.Breach) evidence.Incident {
	return evidence.Incident{ID: fmt.Sprintf("T%03d", day), Time: at(fmt.Sprintf("2026-03-%02d 10:00:00", day)),
		Kind: evidence.SMS, Direction: evidence.In, Number: collector, Reached: evidence.ReachedSelf, Shown: words,
		Asserted: kinds, Exhibits: []string{"E004"}, Source: "E004:1"}
}

// nth is a letter, another for each number, that makes words others: figures do not.
func nth(n int) string { return string('一' + rune(n-1)) }

// kind is a finding of some acts with the parts they were named as.
func kind(rule string, cited []evidence.Citation, all ...evidence.Incident) evidence.Finding {
	f := evidence.Finding{Rule: rule, Title: evidence.KindOf(rule).Title, Strength: evidence.Shown, Incidents: all,
		Exhibits: []string{"E004"}, Citations: cited, Bodies: civil}
	for _, b := range all[0].Asserted {
		if b.Rule() == rule && b.Part() != "" {
			f.Parts = append(f.Parts, evidence.PartOf(b).Title)
		}
	}
	return f
}

func factsOf(all ...evidence.Finding) string {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Findings = all
	c := newComposer(paper{Input: in})
	c.facts()
	return document.BlocksText(c.blocks)
}

func TestTheGravestComesFirst(t *testing.T) {
	var mild []evidence.Incident
	for day := 1; day <= 12; day++ {
		mild = append(mild, sms(day, "第"+nth(day)+"天了，你看着办", "V06"))
	}
	law := []evidence.Citation{guide("不得以恐吓、威胁手段催收。")}
	s := factsOf(kind("V01", law, sms(20, "已告诉你单位", "V01")), kind("V06", law, mild...),
		kind("V06", law, sms(25, "今晚弄死你", "V06a")))
	grave, first := strings.Index(s, "今晚弄死你"), strings.Index(s, "第一天了")
	if grave < 0 || first < grave || strings.Index(s, "已告诉你单位") < grave {
		t.Errorf("the threat to kill does not come first:\n%s", s)
	}
	if !strings.Contains(s, "次同类情形（其中2026年3月") {
		t.Errorf("the rest does not name its gravest:\n%s", s)
	}
}

// Within a kind threats to life stand first, then those to body, home, name and
// peace, whenever they came and whatever the person named them as; of many acts
// none of the first is summed up.
func TestWithinAKindTheGravestComesFirst(t *testing.T) {
	law := []evidence.Citation{guide("不得以恐吓、威胁手段催收。")}
	words := []string{"再不接就一直打到你关机为止", "我去你单位找你领导", "今晚不还就带人去你家门口坐着", "再拖就打断你的腿", "你们全家死光"}
	var all []evidence.Incident
	for n, s := range words {
		all = append(all, sms(n+1, s, "V06"))
	}
	all[2].Asserted = []evidence.Breach{"V06a"}
	check := func(s string) {
		t.Helper()
		last := len(s)
		for _, w := range words {
			at := strings.Index(s, "："+quoted(w))
			if at < 0 || at > last {
				t.Errorf("%q at %d, after %d:\n%s", w, at, last, s)
			}
			last = at
		}
	}
	check(factsOf(kind("V06", law, all...)))
	words = words[3:]
	for day := 6; day <= 20; day++ {
		all = append(all, sms(day, "再不还就去你家门口坐着，第"+nth(day)+"次", "V06"))
	}
	s := factsOf(kind("V06", law, all...))
	check(s)
	if told, rest, ok := strings.Cut(s, "次同类情形"); !ok || strings.Contains(rest, "死光") || strings.Contains(rest, "打断") ||
		!strings.Contains(told, "死光") {
		t.Errorf("a threat to life or body is summed up:\n%s", s)
	}
}

// Several parts of a kind with the same provisions share a ground, which is said
// once and pointed to; where they differ, each fact has its own.
func TestEachPartHasItsGround(t *testing.T) {
	law := []evidence.Citation{guide("不得以恐吓、辱骂、威胁手段催收。")}
	s := factsOf(kind("V06", law, sms(1, "打断你的腿", "V06a")), kind("V06", law, sms(2, "废物东西", "V06b")),
		kind("V06", law, sms(3, "你给我等着", "V06")))
	if n := strings.Count(s, "违反行业自律规范（依据1）。"); n != 1 {
		t.Errorf("one ground of three parts is said %d times:\n%s", n, s)
	}
	s = factsOf(kind("V06", law, sms(1, "打断你的腿", "V06a")),
		kind("V06", append(law, cc("CC-1024", "第一千零二十四条", "以侮辱方式贬损他人名誉的，侵害名誉权。")),
			sms(2, "废物东西", "V06b")))
	for _, want := range []string{"打断你的腿”（证据4）。违反行业自律规范（依据2）。",
		"废物东西”（证据4）。涉嫌违反法律规定，违反行业自律规范（依据1、2）。", "1.《中华人民共和国民法典》第一千零二十四条："} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in\n%s", want, s)
		}
	}
}

func TestOneFactIsToldOnce(t *testing.T) {
	law := []evidence.Citation{guide("不得冒充国家机关。")}
	i := sms(1, "你涉嫌诈骗，传票已发，今晚到户带人", "V07", "V19")
	s := factsOf(kind("V07", law, i), kind("V19", law, i))
	if strings.Count(s, "传票已发") != 1 || !strings.Contains(s, "的短信，内容见本节第1项") {
		t.Errorf("told more than once, or not referred to:\n%s", s)
	}
}

// What a colleague tells is their telling, with their words, and not a message
// of the collector.
func TestHearsayIsToldAsHearsay(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	i := evidence.Incident{Time: at("2026-03-01 12:31:00"), Kind: evidence.Message, Direction: evidence.In, Name: "刘姐",
		Reached: evidence.ReachedWorkplace, Shown: "刚才有人打我电话说你欠钱", ToldBy: "刘姐，当天中午"}
	for told, who := range map[string]string{
		"刘姐，当天中午":              "刘姐（当天中午）向本人转告",
		"刘姐，2026年3月1日12:31告诉":  "刘姐向本人转告", // the time of the row, once
		"刘姐，2026年3月2日9:00告诉本人": "刘姐向本人转告（转告时间：2026年3月2日09时00分）",
		"刘姐，2026-03-02":        "刘姐向本人转告（转告时间：2026年3月2日）",
		"刘姐":                   "刘姐向本人转告",
	} {
		i.ToldBy = told
		want := "2026年3月1日12时31分00秒，" + who + "：“刚才有人打我电话说你欠钱”"
		if got := (paper{Input: in}).fact("V01", i); got != want {
			t.Errorf("%s: got %s, want %s", told, got, want)
		}
	}
}

// Several doubts about one thing are a list, one sentence each.
func TestDoubtsAreAList(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Findings = []evidence.Finding{{Rule: "V05", Title: evidence.Text{ZH: "夜间催收"}, Strength: evidence.Review,
		Doubts: []evidence.Advice{evidence.Advise("T001：两个时间不一致", ""), evidence.Advise("T002：号码被遮盖", "")}}}
	var got []string
	for _, b := range Start(in, nil).Blocks {
		if i, ok := b.(document.Item); ok {
			got = append(got, i.Label+i.Spans[0].Text)
		}
	}
	s := strings.Join(got, "\n")
	if want := "1.夜间催收，有 2 处说不准：\n（1）T001：两个时间不一致。\n（2）T002：号码被遮盖。"; !strings.Contains(s, want) {
		t.Errorf("no %q in\n%s", want, s)
	}
}

// A call without words that is of two kinds is told once, and referred to the second
// time; one that a list has is said to be that one, with whom it reached.
func TestACallWithoutWordsIsToldOnce(t *testing.T) {
	law := []evidence.Citation{guide("不得向无关第三人催收。")}
	call := func(day int) evidence.Incident {
		i := sms(day, "")
		i.Kind, i.Answered, i.Seconds, i.Reached = evidence.Call, evidence.Yes, 95, evidence.ReachedWorkplace
		return i
	}
	i := call(7)
	s := factsOf(kind("V02", law, i, call(8)), kind("V03", law, i, call(9)))
	want := "2026年3月7日10时00分00秒的通话，即本节第1项（1）所述"
	if strings.Count(s, "致电") != 3 || !strings.Contains(s, want) {
		t.Errorf("told twice, or no %q in\n%s", want, s)
	}
	s = factsOf(kind("V05", law, call(10)), kind("V12", law, call(10)))
	want = "（即本节第1项所列的同一次）"
	if !strings.Contains(s, want) || strings.Count(s, "致电") != 1 {
		t.Errorf("no %q in\n%s", want, s)
	}
	// The call that was refused in is told as what the collector did, and then as refused.
	i.Asserted = []evidence.Breach{"V01", "V03a"}
	s = factsOf(kind("V01", law, i), kind("V03", law, i, call(9)))
	want = "的通话（见本节第1项）中，本人的单位同事表示拒绝"
	if strings.Count(s, "致电") != 2 || strings.Count(s, "表示拒绝（") != 1 || !strings.Contains(s, want) {
		t.Errorf("no %q in\n%s", want, s)
	}
}

// Of each part that a heading names one act is told with its words, however many there are
// of another; what is told in its place is the mildest, and never what is too grave.
func TestEachPartOfAHeadingIsTold(t *testing.T) {
	law := []evidence.Citation{guide("不得以恐吓、威胁手段催收。")}
	var all []evidence.Incident
	for day := 1; day <= 9; day++ {
		all = append(all, sms(day, "第"+nth(day)+"天了，带人去你家门口坐着", "V06"))
	}
	insult := sms(15, "骗子，人渣，欠钱不还的畜生", "V06b")
	wreath := sms(20, "睡你妈，等着收花圈吧", "V06")
	s := factsOf(kind("V06", law, append(all, wreath)...), kind("V06", law, insult))
	first, last := strings.Index(s, wreath.Shown), strings.Index(s, insult.Shown)
	if first < 0 || last < first || strings.Index(s, "第一天了") < first {
		t.Errorf("the death threat does not come first, or the only insult is not told:\n%s", s)
	}
	if n := strings.Count(s, "天了，带人"); n != 5 && n != 4 { // one of the rest may be quoted as its gravest
		t.Errorf("%d of the others are told:\n%s", n, s)
	}
	if !strings.Contains(s, "另有5次同类情形") {
		t.Errorf("the rest is not of those that are not told:\n%s", s)
	}
	for n := range all { // none can give way
		all[n].Shown = "第" + nth(n+1) + "次了，打断你的腿"
	}
	if s = factsOf(kind("V06", law, all...), kind("V06", law, insult)); !strings.Contains(s, insult.Shown) ||
		strings.Count(s, "打断你的腿") != len(all) {
		t.Errorf("a part beside threats to the body:\n%s", s)
	}
}
