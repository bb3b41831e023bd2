package letter

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// Tables are cut like lists, and say what they leave out.
func TestLongTables(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), ToRegulator)
	calls, nights := &in.Findings[1], &in.Findings[2]
	day := calls.Counts[0]
	calls.Counts = nil
	for n := range 20 {
		d := day
		d.Day = fmt.Sprintf("2026-03-%02d", n+1)
		calls.Counts = append(calls.Counts, d)
	}
	one := nights.Incidents[0]
	nights.Incidents = nil
	for n := range 9 {
		i := one
		i.Time.At = one.Time.At.AddDate(0, 0, n)
		nights.Incidents = append(nights.Incidents, i)
	}
	text := Text(Compose(in))
	for _, want := range []string{"此外，至2026年3月20日另有14天超出上述次数。", "此外，2026年3月8日至2026年3月10日另有3次同类情形"} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter does not say %q in\n%s", want, text)
		}
	}
	if n := strings.Count(text, "｜接通的催收来电｜"); n != most {
		t.Errorf("%d days in the table, want %d", n, most)
	}
}

// Acts before and after a change of law are one kind with the rules of each.
func TestChangeOfLaw(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), ToRegulator)
	old := in.Findings[0]
	old.Incidents = slices.Clone(old.Incidents)
	old.Incidents[0].ID = "T000"
	old.Incidents[0].Time = at("2024-12-30 10:00:00")
	old.Citations = old.Citations[:1] // no national standard yet
	in.Findings = append([]evidence.Finding{old}, in.Findings...)
	text := Text(Compose(in))
	if n := strings.Count(text, "1.向第三人透露欠款\n"); n != 1 {
		t.Errorf("the kind stands %d times in the facts", n)
	}
	before, after, ok := strings.Cut(text, "2026年3月2日的行为，涉嫌违反法律规定，不符合推荐性国家标准")
	if !ok || !strings.Contains(before, "2024年12月30日的行为，涉嫌违反法律规定。") {
		t.Errorf("the acts are not told apart:\n%s", text)
	}
	if !strings.Contains(after, "GB/T 45251—2025") || strings.Contains(before, "GB/T 45251—2025") {
		t.Error("the standard stands with acts before it")
	}
}

// Police law is told to others only where nothing else binds.
func TestPoliceLaw(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), ToRegulator)
	if strings.Contains(Text(Compose(in)), "治安管理处罚法") {
		t.Error("police law stands beside the civil code")
	}
	in.Findings[3].Citations = []evidence.Citation{police, guide("会员机构不得以恐吓、辱骂等手段催收。")}
	if text := Text(Compose(in)); !strings.Contains(text, "《中华人民共和国治安管理处罚法》第五十条第一款第六项：散布他人隐私可受治安处罚（是否构成，由公安机关认定）。") {
		t.Errorf("police law is left out:\n%s", text)
	}
	in.Findings[3].Citations = nil // nothing printable: not asserted
	if strings.Contains(Text(Compose(in)), "威胁、辱骂、恐吓") {
		t.Error("a breach is asserted without a rule")
	}
}

// A transcript is pointed to from its recording.
func TestTranscript(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), ToRegulator)
	in.Exhibits = append(in.Exhibits, exhibit(7, evidence.Transcript, "文字稿.txt"))
	in.Exhibits[6].MediaType = "text/plain"
	for _, n := range []int{2, 3} {
		f := &in.Findings[n]
		f.Incidents = slices.Clone(f.Incidents)
		f.Incidents[0].Exhibits = []string{"E001", "E007"}
		f.Exhibits = []string{"E001", "E007"}
	}
	in.Pages["E007"] = 10
	for _, x := range ComposeBook(in).Exhibits {
		if text := BlocksText(x.Body); x.Number == "E001" && !strings.Contains(text, "文字稿另见证据7（10）。") {
			t.Errorf("got\n%s", text)
		}
	}
}

// What a contact's letter leaves out is told to the contact.
func TestLeftOutIsTold(t *testing.T) {
	in := to(t, harassed(evidence.Bank, "示例银行股份有限公司"), ToRegulator)
	if text := Text(Start(in, nil)); !strings.Contains(text, "一日内催收来电过多：这类规则针对借款人本人，应由借款人自己反映。") {
		t.Errorf("got\n%s", text)
	}
}

// The lender's term stands in a complaint against a bank and in no other.
func TestDeadlines(t *testing.T) {
	for licence, want := range map[evidence.Licence]int{evidence.Bank: 3, evidence.SmallLoan: 0, evidence.LicenceUnknown: 0} {
		in := to(t, borrower(licence, "示例公司"), ToPlatform)
		got := Deadlines(in)
		if len(got) != want {
			t.Errorf("%s: %v", licence, got)
		}
		if want == 0 {
			continue
		}
		for n, day := range []string{"2026-04-12", "2026-04-27", "2026-05-27"} {
			if got[n].On.Format("2006-01-02") != day {
				t.Errorf("%s: %v", licence, got[n])
			}
		}
		if !got[0].Rest || !strings.Contains(got[0].String(), "当天休息，是否顺延没有核对") {
			t.Errorf("a Sunday is passed over: %v", got[0])
		}
	}
}

// Working days through a year whose holidays are not on record are an
// estimate, and said to be one.
func TestDeadlineWithoutSchedule(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), ToAssociation)
	if got := Deadlines(in)[0]; got.About() || !strings.Contains(got.String(), "从提交的次日算，到2026年4月20日（按国务院办公厅公布的放假安排计算）") {
		t.Error(got)
	}
	in.Date = in.Date.AddDate(0, 9, 0) // 2026-12-28
	if got := Deadlines(in)[0]; !got.About() || !strings.Contains(got.String(), "约到2027年1月18日（没有2027年的放假安排，只扣除周六、周日）") {
		t.Error(got)
	}
}
