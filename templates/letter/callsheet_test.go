package letter

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// What the sheet lets one say is what the case carries: each sentence goes
// when its fact does.
func TestCallSheetSaysWhatTheCaseCarries(t *testing.T) {
	sheet := func(edit func(*Input)) string {
		in := borrower(evidence.ConsumerFinance, "示例消费金融有限公司")
		if edit != nil {
			edit(&in)
		}
		return document.Text(CallSheet(to(t, in, evidence.ToForward)))
	}
	for _, c := range []struct {
		says string // of the first case
		edit func(*Input)
		also string // of the second
	}{
		{"合同编号JK20250601001", func(in *Input) { in.Case.Loan.Contract = "" }, "借款合同编号（案件里没有，打电话以前先查到）"},
		{"工单号GD2026031001", func(in *Input) { in.Case.Filings = nil }, ""},
		{"到现在没有答复", func(in *Input) { in.Case.Filings[0].Answered = "2026-03-20" }, "对方有过答复"},
		{"到现在没有答复", func(in *Input) { in.Case.Filings[0].Date = in.Date.Format(time.DateOnly) }, ""},
		{"我通过“示例借”平台借的款", func(in *Input) { in.Case.Platform = evidence.Party{} }, "我在示例消费金融有限公司借的款"},
		{"我有录音、通话记录、截图", func(in *Input) { in.Findings = in.Findings[:1] }, "我有截图"},
		{"我叫王小雨。", func(in *Input) { in.Case.Agent = evidence.Agent{Name: "王大海"} }, "我叫王大海，受王小雨委托打这个电话"},
		{"我通过“示例借”平台借的款", func(in *Input) {
			in.Case.Complainant.Kind, in.Case.Complainant.Of = evidence.Heir, "王老先生"
		}, "借款人王老先生已去世，我是继承人。"},
		{"我通过“示例借”平台借的款", func(in *Input) {
			in.Findings[0].Incidents[0].Asserted = []evidence.Breach{"V20a"}
			in.Findings[0].Rule, in.Findings[0].Parts = "V20", []evidence.Text{evidence.PartOf("V20a").Title}
		}, "对方说我通过“示例借”平台借了款"},
	} {
		first, second := sheet(nil), sheet(c.edit)
		if !strings.Contains(first, c.says) || strings.Contains(second, c.says) || !strings.Contains(second, c.also) {
			t.Errorf("%s, then %s:\n%s", c.says, c.also, second)
		}
		if strings.Contains(second, "本人") {
			t.Errorf("the caller says 本人:\n%s", second)
		}
	}
}

// Nobody says of a complaint that was filed today that it has no answer.
func TestFiledTodayWaitsForNothing(t *testing.T) {
	in := borrower(evidence.ConsumerFinance, "示例消费金融有限公司")
	if text := document.Text(Compose(to(t, in, evidence.ToRegulator), counted())); !strings.Contains(text, "未得到答复") {
		t.Errorf("filed before:\n%s", text)
	}
	in.Case.Filings[0].Date = in.Date.Format(time.DateOnly)
	if text := document.Text(Compose(to(t, in, evidence.ToRegulator), counted())); strings.Contains(text, "未得到") {
		t.Errorf("filed today:\n%s", text)
	}
}

// Nor of one where the case holds what may be its answer, until the person says
// that it is none.
func TestReplyIsNoSilence(t *testing.T) {
	in := borrower(evidence.ConsumerFinance, "示例消费金融有限公司")
	reply := sms(20, "您反映的问题（工单GD2026031001）已受理，将于15日内答复")
	reply.Time.At = in.Date.AddDate(0, 0, -1)
	in.Case.Filings[0].Receipt = "GD2026031001"
	for _, role := range []evidence.MessageRole{evidence.RoleUnknown, evidence.RoleService, evidence.RoleOther} {
		reply.Role = role
		in.Incidents = append(in.Incidents[:len(in.Incidents):len(in.Incidents)], reply)
		text := document.Text(Compose(to(t, in, evidence.ToRegulator), counted()))
		if got, want := strings.Contains(text, "未得到答复"), role == evidence.RoleOther; got != want {
			t.Errorf("role %q: said that there was no answer: %v, want %v", role, got, want)
		}
		in.Incidents = in.Incidents[:len(in.Incidents)-1]
	}
}
