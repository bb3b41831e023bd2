package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// The other side's own message that a loan was paid is quoted with the demands that
// came after it, and is in the book with what it shows; what is in doubt is not, nor
// is it an act of the matter.
func TestMessageThatALoanWasPaidIsQuoted(t *testing.T) {
	const words = "您的借款已全部结清，感谢您的配合"
	const quote = "发送短信：“" + words + "”"
	paid := sms(9, words)
	paid.ID, paid.Exhibits, paid.Source = "T090", []string{"E004"}, "E004:7"
	tell := func(strength evidence.Strength, edit func(*Input)) Input {
		in := rowSettled(evidence.ConsumerFinance, "示例消费金融有限公司")
		f := &in.Findings[len(in.Findings)-1]
		f.Strength = strength
		f.Incidents[0].Shown = "王小雨，今天必须还款"
		demand := f.Incidents[0]
		in.Findings = append(in.Findings, // it is told as more than that: the message is quoted once
			kind("V06", []evidence.Citation{cc("CC-991", "第九百九十一条", "人格权受保护，不得侵害。")}, demand, sms(11, "我们去堵你", "V06")))
		in.Incidents = append(in.Incidents, paid, demand)
		edit(&in)
		return to(t, in, evidence.ToLender)
	}
	nothing := func(*Input) {}
	for _, x := range []struct {
		name string
		in   Input
		want bool
	}{
		{"a file shows the demand", tell(evidence.Shown, nothing), true},
		{"the person says it", tell(evidence.Stated, nothing), true},
		{"it is in doubt", tell(evidence.Shown, func(in *Input) {
			in.Doubts = []evidence.Doubt{{Code: evidence.RowDiffers, Incident: "T090", About: evidence.AboutRow}}
		}), false},
		{"it came later", tell(evidence.Shown, func(in *Input) {
			in.Incidents[len(in.Incidents)-2].Time = at("2026-03-20 10:00:00")
		}), false},
		{"no file of the bundle holds it", tell(evidence.Shown, func(in *Input) {
			in.Incidents[len(in.Incidents)-2].Exhibits = []string{"E099"}
		}), false},
		{"the person left it out", tell(evidence.Shown, func(in *Input) {
			in.Incidents[len(in.Incidents)-2].Use = evidence.No
		}), false},
	} {
		in, _ := Redact(x.in, nil)
		if got := strings.Count(document.Text(Compose(in, Counted{})), quote); (got == 1) != x.want || got > 1 {
			t.Errorf("%s: the letter quotes it %d times", x.name, got)
		}
		list := document.Text(List(in, Counted{}))
		if got := strings.Contains(list, "对方告知借款已经结清"); got != x.want {
			t.Errorf("%s: named in the list of exhibits: %v: %s", x.name, got, list)
		}
		for _, i := range in.events() {
			if i.ID == "T090" {
				t.Errorf("%s: it is an act of the matter", x.name)
			}
		}
	}
}
