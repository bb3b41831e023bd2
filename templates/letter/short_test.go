package letter

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// What is told in short tells nothing less: each quotation, exhibit, time of day,
// number, rule and article of the long letter stands in the short one, and no fact
// is set smaller.
func TestShortLosesNothing(t *testing.T) {
	told := regexp.MustCompile(`“[^“”]+”|证据\d+|\d+时\d+分(\d+秒)?|《[^》]+》|第[一二三四五六七八九十百千]{2,}|\b1?\d{10}\b|通话\d+[分秒]`)
	count := func(s string) (out []string) {
		out = told.FindAllString(s, -1)
		slices.Sort(out)
		return slices.Compact(out)
	}
	shorter := 0
	each(t, func(t *testing.T, name string, in Input) {
		long, at := Compose(in, counted()), counted()
		at.Short = true
		short := Compose(in, at)
		said := document.Text(short)
		for _, s := range count(document.Text(long)) {
			s = strings.TrimPrefix(s, "第") // articles of one provision: 第十四、二十九条
			if !strings.Contains(said, s) {
				t.Errorf("%q is lost in\n%s", s, said)
			}
		}
		if said == document.Text(long) {
			return
		}
		shorter++
		facts := false
		for _, b := range short.Blocks {
			if h, ok := b.(document.Heading); ok {
				facts = strings.Contains(h.Text, "材料显示的事实")
			}
			if i, ok := b.(document.Item); ok && facts && i.Small {
				t.Errorf("a fact is set smaller: %v", i)
			}
		}
	})
	if shorter == 0 {
		t.Error("no letter is told in short")
	}
}

// What facts share is said before them; of an assignee each says how far rules go.
func TestShortSaysOnceWhatIsShared(t *testing.T) {
	law := []evidence.Citation{cc("CC-991", "第九百九十一条", "人格权受保护，不得侵害。"),
		cc("CC-1024", "第一千零二十四条", "不得侮辱。"), standard("不应辱骂。")}
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Findings = []evidence.Finding{kind("V06", law, sms(1, "打断你的腿", "V06a")),
		kind("V07", law, sms(2, "我是公安局的", "V07"))}
	in.Findings[1].Doubtful = true
	facts := func() string {
		c := newComposer(paper{in, Counted{Short: true}})
		c.facts()
		return document.BlocksText(c.blocks)
	}
	s := facts()
	for _, want := range []string{"（下列时间都在2026年；逐条写出的来电、短信没有写明号码的，显示号码都是01058880000，由本人指认为催收方。" +
		"所列“依据”见后文：涉嫌违反第1项（法律规定）；不符合第2项（推荐性国家标准）。写“请核查”的，经查所称不实才适用。）",
		"1.威胁人身安全（依据1①②、2）。3月1日10时00分00秒发来短信：“打断你的腿”（证据4）。",
		"：请核查（依据1①②、2）。3月2日10时00分00秒发来短信：“我是公安局的”（证据4）。"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in\n%s", want, s)
		}
	}
	in.Findings[1].Incidents[0].Number = "01058880001"
	in.Findings[1].Incidents[0].Time = at("2025-12-31 10:00:00")
	if s := facts(); strings.Contains(s, "下列时间都在") || !strings.Contains(s,
		"2025年12月31日10时00分00秒，显示号码01058880001向本人发送短信") {
		t.Errorf("another year, another number:\n%s", s)
	}
	in.Findings[1].Incidents[0].Number = ""
	if s := facts(); strings.Contains(s, "没有写明号码") {
		t.Errorf("a message from no number at all is given one:\n%s", s)
	}
	in.Case.Assignee = evidence.Party{Name: "示例资产管理有限公司"}
	if s := facts(); strings.Contains(s, "所列“依据”见后文") || !strings.Contains(s, "威胁人身安全：涉嫌违反法律规定") {
		t.Errorf("an assignee:\n%s", s)
	}
}
