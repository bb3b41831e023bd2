package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// A long message is shortened in the letter around the words that make the breach,
// never through them, through a mark, or through half a name; where nothing tells which
// words they are, it stands.
func TestLongQuotations(t *testing.T) {
	polite := strings.Repeat("您好，关于您的账户情况我们已经多次与您沟通，", 12)
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPlatform)
	for _, c := range []struct {
		name, rule, shown string
		most              int
		want, not         []string // of the quotation
		cut               bool
	}{
		{"short enough", "V06", "再不还就打断你的腿", 160, []string{"再不还就打断你的腿"}, []string{"……"}, false},
		{"a threat at the end", "V06", polite + "再不还就打断你的腿。", 160, []string{"您好，关于您的账户", "……再不还就打断你的腿。"}, nil, true},
		{"a threat in the middle", "V06", polite + "再不还就打断你的腿，" + polite, 60, []string{"……再不还就打断你的腿", "……"}, nil, true},
		{"two threats", "V06", "打断你的腿，" + polite + "今晚就弄死你", 60, []string{"打断你的腿", "……今晚就弄死你"}, nil, true},
		{"passages of one recording", "V06", "再不还钱就打断你的腿……明天去你单位找你领导……今晚就弄死你", 160,
			[]string{"打断你的腿……明天去你单位找你领导……今晚就弄死你"}, nil, false},
		{"passages of one recording, where there is little room", "V06", "再不还钱就打断你的腿……" + polite + "……今晚就弄死你", 60,
			[]string{"打断你的腿", "……今晚就弄死你"}, nil, true},
		{"the debt told to a colleague", "V01", strings.Repeat("请问这里几点开门，周末有没有人，", 14) + "她欠我们一万元没有还", 60,
			[]string{"……她欠我们一万元没有还"}, nil, true},
		{"words nobody has a list of", "V18", strings.Repeat("我们这里的规矩就是这样的，", 20), 160, nil, []string{"……"}, false},
		{"a very long message of such words", "V18", strings.Repeat("我们这里的规矩就是这样的，", 40), 160, []string{"，……"}, nil,
			true},
		{"a call by night, whatever was said", "V05", polite, 60, []string{"，……"}, nil, true},
		{"a mark where it would be cut", "V05", strings.Repeat("好", 55) + "〔听不清，有杂音，约三秒钟〕" + polite, 60,
			[]string{"〔听不清，有杂音，约三秒钟〕……"}, nil, true},
		{"a mark beside the threat", "V06", polite + "〔听不清〕打断你的腿〔停顿两秒〕" + polite, 60,
			[]string{"〔听不清〕打断你的腿〔停顿两秒〕"}, nil, true},
		{"no end of a clause anywhere", "V05", strings.Repeat("好", 300), 60, []string{strings.Repeat("好", 60) + "……"},
			nil, true},
	} {
		got, cut := in.quotable(c.rule, evidence.Incident{Kind: evidence.SMS, Shown: c.shown}, c.most)
		if cut != c.cut || !cut && got != c.shown {
			t.Errorf("%s: cut %t: %s", c.name, cut, got)
		}
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: no %q in %s", c.name, w, got)
			}
		}
		for _, w := range c.not {
			if strings.Contains(got, w) {
				t.Errorf("%s: %q in %s", c.name, w, got)
			}
		}
		if open, shut := strings.Count(got, "〔"), strings.Count(got, "〕"); open != shut {
			t.Errorf("%s: cut through a mark: %s", c.name, got)
		}
		for _, part := range strings.Split(got, "……") {
			if !strings.Contains(c.shown, part) {
				t.Errorf("%s: says what was not said: %s", c.name, part)
			}
		}
	}
	// In a letter it says so, and where the whole is.
	in.Findings = []evidence.Finding{kind("V06", []evidence.Citation{cc("CC-991", "第九百九十一条", "人格权受保护。")},
		sms(1, polite+"再不还就打断你的腿。", "V06"))}
	if s := document.Text(Compose(in, counted())); !strings.Contains(s, "再不还就打断你的腿。”（节录，全文见该证据）（证据") {
		t.Error(s)
	}
	// No half of an identity number is left where a name or number is hidden.
	id := "身份证110105199003072330，"
	i := evidence.Incident{Kind: evidence.SMS, Shown: strings.Repeat("好", 45) + id + polite}
	for most := 50; most < 80; most++ {
		if got, _ := in.quotable("V05", i, most); strings.Contains(got, "1101051990") {
			t.Errorf("%d: %s", most, got)
		}
	}
}

// Of long words that no list knows, those stand that the person repeats in their own;
// where they repeat none, it is said which act is cut blindly, in check and beside the
// letter. Words of another breach tell nothing of this one.
func TestLongWordsNobodyHasAListOf(t *testing.T) {
	long := strings.Repeat("我们这里的规矩就是这样的，", 40)
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPlatform)
	cited := []evidence.Citation{cc("CC-991", "第九百九十一条", "人格权受保护。")}
	letterOf := func(i evidence.Incident) (letter, note string, cut int) {
		in.Findings = []evidence.Finding{kind("V06", cited, i)}
		return document.Text(Compose(in, counted())), document.Text(CoverNote(in, nil)), len(OutlineOf(in).Cut)
	}
	i := sms(1, long+"你这样的我见得多了，"+long, "V06")
	s, note, cut := letterOf(i)
	if strings.Contains(s, "我见得多了") || cut != 1 || !strings.Contains(note, "T001（2026年3月1日10时00分00秒）的原话有1050字") {
		t.Errorf("cut %d, and not said:\n%s", cut, note)
	}
	i.Words = "他骂我“你这样的我见得多了”，我很难受"
	s, note, cut = letterOf(i)
	if !strings.Contains(s, "你这样的我见得多了") || cut != 0 || strings.Contains(note, "的原话有") {
		t.Errorf("cut %d: what the person repeats is not quoted:\n%s\n%s", cut, s, note)
	}
	// A threat of another kind does not shorten what was said to somebody's colleague.
	i = evidence.Incident{Kind: evidence.SMS, Shown: strings.Repeat("规矩就是这样的，", 22) + "打断你的腿，" + "看你怎么见人，"}
	if got, cut := in.quotable("V18", i, mostQuoted); cut || got != i.Shown {
		t.Errorf("cut by the words of another breach: %s", got)
	}
}
