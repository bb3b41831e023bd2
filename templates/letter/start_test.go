package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// 12378 is no number for a lender of a local bureau.
func TestStartNamesTheLineOfTheLender(t *testing.T) {
	for licence, want := range map[evidence.Licence]string{
		"consumer-finance": "12378：银行保险消费者投诉",
		"small-loan":       "投诉小额贷款公司等地方金融组织也打它",
	} {
		in := Input{}
		in.Case.Lender.Licence = licence
		if text := document.Text(Start(in, nil)); !strings.Contains(text, want) {
			t.Errorf("%s: want %q in\n%s", licence, want, text)
		}
	}
}

// The guide and the notes of a person who only used the page name steps of the page.
// Commands and the files for them stand in one place, at the end.
func TestPageWordsFirst(t *testing.T) {
	in := borrower(evidence.ConsumerFinance, "示例消费金融有限公司")
	in.Case.Filings = []evidence.Filing{{To: "lender", Date: "2026-03-07"}}
	in.Emergency = evidence.Text{ZH: "涉及人身安全（T001、T009）：有危险时立即拨打 110"}
	in.Incidents = append(in.Incidents, evidence.Incident{ID: "T009", Kind: evidence.SMS, // of no finding yet
		Time: at("2026-03-09 10:00:00")})
	in.Elsewhere = []evidence.Advice{evidence.Advise("透露欠款（T001 T002）可以向派出所报案", "")}
	in.Findings = append(in.Findings, evidence.Finding{Rule: "V12", Strength: evidence.Review,
		Doubts: []evidence.Advice{evidence.Advise("没有填借款日期{（loan.date）|}", ""),
			evidence.Advise("把账单加进来{（juzheng add）|}", "")}})
	var steps []GuideEntry
	for _, role := range evidence.Roles() {
		steps = append(steps, GuideEntry{Recipient: to(t, in, role).Recipient, Role: role, Folder: string(role)})
	}
	texts := []string{document.Text(Start(to(t, in, evidence.ToLender), steps))}
	for _, role := range evidence.Roles() {
		texts = append(texts, document.Text(CoverNote(to(t, in, role), nil)))
	}
	for _, text := range texts {
		page, commands, found := strings.Cut(text, "用命令做的人看这里")
		if !found || !strings.Contains(page, "网页“") || !strings.Contains(commands, "juzheng ") {
			t.Errorf("no place for commands: %s", text)
		}
		for _, not := range []string{"juzheng ", "--", "case.toml", ".csv", "build", "loan.", "T001", "T002", "T009"} {
			if strings.Contains(page, not) {
				t.Errorf("%q in %s", not, page)
			}
		}
	}
	if !strings.Contains(texts[0], "、2026年3月9日10时00分的短信）") {
		t.Errorf("a row without its day: %s", texts[0])
	}
}
