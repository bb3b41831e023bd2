package rule

import (
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
