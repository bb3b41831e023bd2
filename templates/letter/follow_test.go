package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/track"
	"juzheng/templates/document"
)

// followed is a letter after a complaint to the lender of March 2, handed in on
// March 28.
func followed(t *testing.T, name string, role evidence.Role, change func(*Follow)) string {
	t.Helper()
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), role)
	f := Follow{Filing: evidence.Filing{To: "lender", Date: "2026-03-02", Receipt: "GD7", Exhibit: "E008"},
		Paper: "《投诉书》",
		Code:  "0123456789abcdef0123", Exhibits: []string{"E008"}}
	change(&f)
	in.Case.Filings = []evidence.Filing{f.Filing}
	if f.Recheck.Date != "" {
		in.Case.Filings = append(in.Case.Filings, f.Recheck)
	}
	lender := to(t, in, evidence.ToLender)
	f.Lane = track.Lanes(in.Case, []track.Road{track.RoadTo(evidence.ToLender, lender.Recipient)}, in.Date)[0]
	for _, l := range NextLetters() {
		if l.Name == name {
			doc := l.Compose(in, f)
			return document.Text(doc) + "\n----\n" + document.Text(NextNote(in, l, f))
		}
	}
	t.Fatalf("no letter %s", name)
	return ""
}

func TestNextLetters(t *testing.T) {
	answer := func(o evidence.Outcome) func(*Follow) {
		return func(f *Follow) {
			f.Filing.Answered, f.Filing.Answer, f.Filing.Outcome = "2026-03-20", "已要求催收人员规范作业", o
			f.Filing.Reply, f.Exhibits = "E009", []string{"E008", "E009"}
		}
	}
	points := func(f *Follow) {
		answer(evidence.Unsatisfied)(f)
		f.Filing.Points = "没有提供3月1日的通话录音；没有答复是否停止联系同事李明（13900001234）"
	}
	rechecked := func(f *Follow) {
		answer(evidence.Unsatisfied)(f)
		f.Recheck = evidence.Filing{To: "lender", Date: "2026-03-21", Letter: evidence.Recheck, Receipt: "HC2",
			Answered: "2026-03-27", Answer: "维持原处理意见", Outcome: evidence.Unsatisfied, Points: "没有说明维持的理由"}
	}
	nothing := func(*Follow) {}
	for _, row := range []struct {
		file, name string
		role       evidence.Role
		change     func(*Follow)
	}{
		{"next-reminder", evidence.Reminder, evidence.ToLender, nothing},
		{"next-incomplete", evidence.Incomplete, evidence.ToLender, points},
		{"next-more", evidence.Incomplete, evidence.ToLender, answer(evidence.WantsMore)},
		{"next-disputed", evidence.Disputed, evidence.ToLender, answer(evidence.Unsatisfied)},
		{"next-unanswered-report", UnansweredName, evidence.ToRegulator, nothing},
		{"next-unanswered-forward", UnansweredName, evidence.ToForward, nothing},
		{"next-unanswered-nifa", UnansweredName, evidence.ToAssociation, nothing},
		{"next-recheck", evidence.Recheck, evidence.ToLender, points},
		{"next-escalate-forward", EscalateName, evidence.ToForward, points},
		{"next-escalate-report", EscalateName, evidence.ToRegulator, rechecked},
		{"next-escalate-nifa", EscalateName, evidence.ToAssociation, points},
		{"next-withdrawal", evidence.Withdrawal, evidence.ToLender, nothing},
		{"next-thanks", evidence.Thanks, evidence.ToLender, answer(evidence.Satisfied)},
	} {
		golden(t, row.file, followed(t, row.name, row.role, row.change))
	}
}

// A sentence of these letters is there for what the case has on record, and goes
// with it.
func TestNextLettersSayWhatIsOnRecord(t *testing.T) {
	for _, row := range []struct {
		name, letter string
		role         evidence.Role
		change       func(*Follow)
		gone         string // of the letter without the change
	}{
		{"no receipt", evidence.Reminder, evidence.ToLender, func(f *Follow) { f.Filing.Receipt = "" }, "，编号GD7"},
		{"no paper is kept", evidence.Reminder, evidence.ToLender, func(f *Follow) { f.Paper, f.Code = "", "" },
			"《投诉书》"},
		{"no code", evidence.Reminder, evidence.ToLender, func(f *Follow) { f.Code = "" }, "所印校验码"},
		{"nothing is enclosed", evidence.Reminder, evidence.ToLender, func(f *Follow) { f.Exhibits = nil }, "提交的凭据"},
		{"the term runs", evidence.Reminder, evidence.ToLender, func(f *Follow) { f.Filing.Date = "2026-03-20" },
			"2026年3月17日届满"},
		{"a report and no complaint", evidence.Reminder, evidence.ToRegulator, nil, ""},
	} {
		with := followed(t, row.letter, evidence.ToLender, func(*Follow) {})
		if row.change == nil {
			if got := followed(t, row.letter, row.role, func(*Follow) {}); strings.Contains(got, "延长处理期限") {
				t.Errorf("%s: a supervisor is asked what a lender is", row.name)
			}
			continue
		}
		if !strings.Contains(with, row.gone) {
			t.Fatalf("%s: %q is never said:\n%s", row.name, row.gone, with)
		}
		if got := followed(t, row.letter, row.role, row.change); strings.Contains(got, row.gone) {
			t.Errorf("%s: %q is still said:\n%s", row.name, row.gone, got)
		}
	}
	// What was taken is no longer without an answer, only without a result.
	taken := followed(t, evidence.Reminder, evidence.ToLender, func(f *Follow) { f.Filing.Accepted = "2026-03-05" })
	if !strings.Contains(taken, "2026年3月5日被告知受理。") || !strings.Contains(taken, "没有收到处理结果。") ||
		strings.Contains(taken, "没有收到答复") {
		t.Errorf("taken:\n%s", taken)
	}
}
