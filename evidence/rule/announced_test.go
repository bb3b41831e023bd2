package rule

import (
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// An accusation goes as far as it is known: a name that nobody checked is
// asked about, and what a creditor may announce is no threat.
func TestAccusedOnlyAsFarAsKnown(t *testing.T) {
	says := func(s string, edit ...func(*evidence.Incident)) []evidence.Incident {
		sms := func(i *evidence.Incident) { i.Kind, i.Shown = evidence.SMS, s }
		return []evidence.Incident{row(day, append([]func(*evidence.Incident){sms}, edit...)...)}
	}
	const (
		suit      = "您的借款已逾期，再不还款我们将依法起诉并申请强制执行"
		police    = "我是样例派出所的，今天不还款就来抓你"
		remind    = "【样例借】您的借款已逾期12天，请尽快还款3200元。"
		committee = "【样例区人民调解委员会】您的案件今天进入诉前调解，请回电"
	)
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want string // rule/strength, ? where it is doubtful
		says string // in doubts, remarks or lawful acts
	}{
		{"an officer nobody asked about", says(police, claims("V07")), "V07/shown?", ""},
		{"no such officer", says(police, claims("V07"), untrue), "V07/shown", ""},
		{"a committee named as an organ", says(committee, claims("V07")), "V24/shown?", "不是国家机关"},
		{"a committee that knows nothing of it", says(committee, claims("V07"), untrue), "V24/shown", ""},
		{"a committee that is genuine", says(committee, claims("V24"), genuine), "", "身份属实"},
		{"a suit named as a threat", says(suit, claims("V06")), "V06/review", "不当作威胁"},
		{"the same as a threat to safety", says(suit, claims("V06a")), "V06/review", "不当作威胁"},
		{"the same as a court", says(suit, claims("V07")), "V07/review", "没有自称是法院"},
		{"the same as a false consequence", says(suit, claims("V19")), "V19/review", "请核实有没有这回事"},
		{"the court knows of no suit", says(suit, claims("V19"), untrue), "V19/shown", ""},
		{"a suit and a threat", says(suit+"，今晚弄死你", claims("V06a")), "V06/shown", ""},
		{"a reminder named as a threat", says(remind, claims("V06a")), "V06/review", "只是提醒、催促还款"},
		{"the same as an impostor", says(remind, claims("V07")), "V07/review", "只是提醒、催促还款"},
		{"the same as forged papers", says(remind, claims("V09")), "V09/review", "只是提醒、催促还款"},
		{"the same as a bombing", says(remind, claims("V10a")), "V10/shown", ""},
		{"the same after the debt was settled", says(remind, claims("V20b")), "V20/shown", ""},
		{"a reminder and a threat", says(remind+"不然打断你的腿", claims("V06a")), "V06/shown", ""},
		{"one's own message as a threat", says("求求你们别打给我妈了", claims("V06"), outgoing), "V06/review",
			"是您发出的，不能算对方的违规"},
		{"one's own message as an insult and a fee", says("你们这些骗子", claims("V06b"), claims("V22b"), outgoing),
			"V06/review V22/review", "是您发出的，不能算对方的违规"},
		{"a bombing that holds one's own message", slices.Concat(says("还钱", claims("V10")), says("还钱", claims("V10")),
			says("别发了", claims("V10"), outgoing)), "V10/review V10/review", "轰炸要看得出次数"},
		{"a bombing that holds one's own call", slices.Concat(says("还钱", claims("V10")), says("还钱", claims("V10")),
			[]evidence.Incident{row(day, claims("V10"), outgoing)}), "V10/review V10/review", "是您打出的"},
		{"a mother's own message", says("别再给我发短信了", claims("V06"), outgoing, third), "V06/review",
			"是被联系的人发出的，不能算对方的违规"},
		{"one's own message that asked who they are", says("请问您是哪里的", claims("V13"), outgoing), "V13/shown", ""},
		{"a call that one made oneself", []evidence.Incident{row(day, outgoing, shown, claims("V06"))}, "V06/shown",
			""},
		{"a mother's own message at night",
			[]evidence.Incident{row("2026-09-01 23:00:00",
				func(i *evidence.Incident) { i.Kind, i.Shown = evidence.SMS, "别再发了" },
				outgoing, third, could, told)}, "", ""},
		{"violence by a message", says("再不还钱就打你", claims("V21b")), "V21/review", "改填 V06a"},
		{"violence by a call, in one's own words",
			[]evidence.Incident{row(day, words, claims("V21b"))}, "V21/review", "另加一行"},
		{"violence somebody told of in a message",
			says("他们把你弟弟打了", claims("V21b"), words, func(i *evidence.Incident) { i.ToldBy = "母亲" }),
			"V21/shown", ""},
	} {
		r := Apply(testCase(), c.rows, nil, Options{Date: filing})
		var got, said []string
		for _, f := range r.Findings {
			s := f.Rule + "/" + string(f.Strength)
			if f.Doubtful {
				s += "?"
			}
			got = append(got, s)
			for _, d := range f.Doubts {
				said = append(said, d.ZH)
			}
		}
		for _, m := range r.Remarks {
			said = append(said, m.ZH)
		}
		for _, l := range r.Lawful {
			said = append(said, l.Act.ZH)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.name, s, c.want)
		}
		if !strings.Contains(strings.Join(said, "\n"), c.says) {
			t.Errorf("%s: nothing says %q", c.name, c.says)
		}
	}
}

// A complaint whose answer is quoted was answered, whatever day that was.
func TestAnsweredWithoutADay(t *testing.T) {
	for answer, want := range map[string]int{"": 1, "已转相关部门处理": 0} {
		kase := testCase()
		kase.Filings = []evidence.Filing{{To: "lender", Date: "2026-07-01", Answer: answer, Exhibit: "E001"}}
		r := Apply(kase, nil, nil, Options{Date: filing})
		if len(r.Findings) != want {
			t.Errorf("answer %q: %d findings, want %d", answer, len(r.Findings), want)
		}
	}
}
