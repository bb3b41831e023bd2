package letter

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// Tables are cut like lists, and say what they leave out.
func TestLongTables(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
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
	text := document.Text(Compose(in, counted()))
	for _, want := range []string{"此外，至2026年3月20日另有14天超出上述次数。", "此外，2026年3月8日至3月10日另有3次同类情形"} {
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
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	old := in.Findings[0]
	old.Incidents = slices.Clone(old.Incidents)
	old.Incidents[0].ID = "T000"
	old.Incidents[0].Time = at("2024-12-30 10:00:00")
	old.Citations = old.Citations[:1] // no national standard yet
	in.Findings = append([]evidence.Finding{old}, in.Findings...)
	text := document.Text(Compose(in, counted()))
	if n := strings.Count(text, "1.向第三人透露欠款\n"); n != 1 {
		t.Errorf("the kind stands %d times in the facts", n)
	}
	facts, grounds, _ := strings.Cut(text, "）依据\n")
	standard := regexp.MustCompile(`(?m)^(\d)\..*透露债务人的欠款信息`).FindStringSubmatch(grounds)[1]
	var of []string
	for _, line := range strings.Split(facts, "\n") {
		if _, p, ok := strings.Cut(line, "（依据"); ok && strings.Contains(line, "同事") {
			of = append(of, p)
		}
	}
	if len(of) != 2 || strings.Contains(of[0], standard) || !strings.Contains(of[1], standard) {
		t.Errorf("the standard (%s) stands with acts before it: %q", standard, of)
	}
}

// Police law is told to others only where nothing else binds.
func TestPoliceLaw(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	if strings.Contains(document.Text(Compose(in, counted())), "治安管理处罚法") {
		t.Error("police law stands beside the civil code")
	}
	in.Findings[3].Citations = []evidence.Citation{police, guide("会员机构不得以恐吓、辱骂等手段催收。")}
	if text := document.Text(Compose(in, counted())); !strings.Contains(text,
		"《中华人民共和国治安管理处罚法》第五十条第一款第六项：散布他人隐私可受治安处罚（是否构成，由公安机关认定）。") {
		t.Errorf("police law is left out:\n%s", text)
	}
	in.Findings[3].Citations = nil // nothing printable: not asserted
	if strings.Contains(document.Text(Compose(in, counted())), "威胁、辱骂、恐吓") {
		t.Error("a breach is asserted without a rule")
	}
}

// A transcript stands behind its recording, with its time codes and who made
// it; its own page leads there. One that could not be read is pointed to.
func TestTranscript(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	in.Exhibits = append(in.Exhibits, exhibit(7, evidence.Transcript, "文字稿.srt"))
	in.Exhibits[6].MediaType = "text/plain"
	for _, n := range []int{2, 3} {
		f := &in.Findings[n]
		f.Incidents = slices.Clone(f.Incidents)
		f.Incidents[0].Exhibits = []string{"E001", "E007"}
		f.Exhibits = []string{"E001", "E007"}
	}
	at := counted()
	at.Pages["E007"] = 10
	body := func(number string) string {
		for _, x := range ComposeBook(in, at).Exhibits {
			if x.Number == number {
				return document.BlocksText(x.Body)
			}
		}
		t.Fatalf("%s is not in the book", number)
		return ""
	}
	if text := body("E001"); !strings.Contains(text, "文字稿（证据7；制作方式未注明，未核对；以录音为准）\n全文另见证据7（10）。") {
		t.Errorf("an unread transcript: got\n%s", text)
	}
	in.Passages = map[string][]evidence.Passage{"E007": {{Begin: 0, Text: "您好，您是王小雨的同事李明（13900001234）吗？"},
		{Begin: 3723*time.Second + 240*time.Millisecond, Text: "再不还就去你单位拉横幅"}}}
	in.Exhibits[6].Notes = []evidence.Note{{Code: evidence.NoteMachine}, {Code: evidence.NoteChecked}}
	for _, want := range []string{"文字稿（证据7；机器转写，提交人表示已对照录音核对；以录音为准）\n时间码｜内容\n00:00.0｜", "139****1234",
		"\n1:02:03.2｜再不还就去你单位拉横幅\n"} {
		if text := body("E001"); !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if text := body("E007"); text != "全文排在它所写的录音之后：证据1（5）\n" {
		t.Errorf("the transcript's own page: %q", text)
	}
}

// A recording that could not be decoded says why no waveform is there.
func TestWaveform(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	for want, w := range map[string]Wave{
		"没有画出波形图：本机没有解码程序。":        {Why: evidence.Text{ZH: "本机没有解码程序"}},
		"不代表内容。由 ffmpeg 5.1 解码画出。": {Peaks: []float64{0, 1}, Seconds: 2, By: "ffmpeg 5.1"},
	} {
		in.Waves = map[string]Wave{"E001": w}
		if text := document.BlocksText(ComposeBook(in, counted()).Exhibits[0].Body); !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// What a contact's letter leaves out is told to the contact.
func TestLeftOutIsTold(t *testing.T) {
	in := to(t, harassed(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	if text := document.Text(Start(in, nil)); !strings.Contains(text, "一日内催收来电过多：这类规则针对借款人本人，应由借款人自己反映。") {
		t.Errorf("got\n%s", text)
	}
}

// The lender's term stands in a complaint to a bank and in no other: it binds
// no platform that is another company.
func TestDeadlines(t *testing.T) {
	for licence, want := range map[evidence.Licence]int{evidence.Bank: 3, evidence.SmallLoan: 0,
		evidence.LicenceUnknown: 0} {
		in := to(t, borrower(licence, "示例公司"), evidence.ToLender)
		got := Deadlines(in)
		if p := to(t, borrower(licence, "示例公司"), evidence.ToPlatform); len(Deadlines(p)) > 0 {
			t.Errorf("%s: a platform is bound by %v", licence, Deadlines(p))
		}
		if len(got) != want {
			t.Errorf("%s: %v", licence, got)
		}
		in.Case.Loan.Kind = evidence.BusinessLoan
		if forward := to(t, in, evidence.ToForward); licence == evidence.Bank && len(Deadlines(in))+
			len(Deadlines(forward)) > 0 {
			t.Errorf("a complaint about a business loan has the terms of a consumer's: %v", Deadlines(forward))
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
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToAssociation)
	if got := Deadlines(in)[0]; got.About() || !strings.Contains(got.String(),
		"从提交的次日算，到2026年4月20日（按国务院办公厅公布的放假安排计算）") {
		t.Error(got)
	}
	in.Date = in.Date.AddDate(0, 9, 0) // 2026-12-28
	if got := Deadlines(in)[0]; !got.About() || !strings.Contains(got.String(), "约到2027年1月18日（没有2027年的放假安排，只扣除周六、周日）") {
		t.Error(got)
	}
}

// The guide says which letter does what, and that no report waits for an
// answer; a letter to the lender is not asked for again.
func TestStartTellsTheRoads(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToPlatform)
	lender := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToLender).Recipient
	nifa, regulator := to(t, in, evidence.ToAssociation).Recipient, to(t, in, evidence.ToRegulator).Recipient
	steps := []GuideEntry{{Recipient: in.Recipient, Role: evidence.ToPlatform, Folder: "1"},
		{Recipient: nifa, Role: evidence.ToAssociation, Folder: "2"},
		{Recipient: regulator, Role: evidence.ToForward, Folder: "3"},
		{Recipient: regulator, Role: evidence.ToRegulator, Folder: "4"}}
	in.Emergency = evidence.Text{ZH: "有人身危险，请立即拨打 110"}
	text := document.Text(Start(in, steps))
	of := map[evidence.Role]string{evidence.ToPlatform: "直接交给平台或放款机构", evidence.ToForward: "也可以打 12378，照“12378通话单”说",
		evidence.ToRegulator: "请监管部门查处违规：举报书", evidence.ToAssociation: "要交协会的，先交协会"}
	for role, want := range of {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
		without := slices.DeleteFunc(slices.Clone(steps), func(s GuideEntry) bool { return s.Role == role })
		if strings.Contains(document.Text(Start(in, without)), want) {
			t.Errorf("%q without a letter to %s", want, role)
		}
	}
	for _, want := range []string{"也投诉一次", "没有查到举报必须等投诉答复的规定：举报可以同时交，有威胁的更不要等。"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	in.Emergency = evidence.Text{}
	text = document.Text(Start(in, []GuideEntry{{Recipient: in.Recipient, Role: evidence.ToPlatform, Folder: "1"},
		{Recipient: lender, Role: evidence.ToLender, Folder: "2"},
		{Recipient: regulator, Role: evidence.ToRegulator, Folder: "3"}}))
	for _, not := range []string{"没有解决以后才交", "有威胁的更不要等", "也投诉一次"} {
		if strings.Contains(text, not) {
			t.Errorf("%q in\n%s", not, text)
		}
	}
}

// Until when the police can be told is said of the acts still in time.
func TestReportToPolice(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Date = at("2026-09-03 09:00:00").At
	if s := in.reportToPolice(); !strings.Contains(s, "最早的一次在2026年3月2日，已超过六个月；没有超过的，最早的一次在2026年3月8日，请在2026年9月8日以前报案") {
		t.Error(s)
	}
	in.Date = at("2026-10-01 09:00:00").At
	if s := in.reportToPolice(); strings.Contains(s, "没有超过的") || !strings.Contains(s, "仍可以报案") {
		t.Error(s)
	}
	in.Date = at("2026-03-28 09:00:00").At
	if s := in.reportToPolice(); !strings.Contains(s, "请在2026年9月2日以前报案") || strings.Contains(s, "已超过") {
		t.Error(s)
	}
}

// What is summed up says how much it leaves out: of exhibits, of rows told before, in
// paragraphs of threats and of nights alike.
func TestNothingSaysLessThanItHolds(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	law := []evidence.Citation{guide("不得以恐吓、威胁手段催收。")}
	acts := func(rule string, n int, day int) evidence.Finding {
		f := evidence.Finding{Rule: rule, Title: evidence.KindOf(rule).Title, Strength: evidence.Shown, Citations: law,
			Bodies: civil, Method: evidence.Text{ZH: "以北京时间计"}}
		for k := range n {
			x := fmt.Sprintf("E%03d", 10+k)
			i := sms(1, "第"+nth(k+1)+"天了，你看着办", evidence.Breach(rule))
			i.ID, i.Exhibits = fmt.Sprintf("T%d%02d", day, k), []string{x}
			i.Time.At = at(fmt.Sprintf("2026-03-%02d 23:10:00", day)).At.Add(time.Duration(k) * 24 * time.Hour)
			f.Incidents, f.Exhibits = append(f.Incidents, i), append(f.Exhibits, x)
		}
		return f
	}
	for k := range 30 {
		in.Exhibits = append(in.Exhibits, exhibit(10+k, evidence.Screenshot, "截图.png"))
	}
	threats, nights := acts("V06", 29, 1), acts(atNight, 29, 2)
	in.Findings = []evidence.Finding{threats, nights}
	c := newComposer(paper{Input: in})
	for _, i := range nights.Incidents[:5] {
		c.toldAt[i.ID] = "本节第9项"
	}
	c.facts()
	text := document.BlocksText(c.blocks)
	summed := regexp.MustCompile(`另有(\d+)次同类情形[^。]*?（([^（）]*)）。`).FindAllStringSubmatch(text, -1)
	if len(summed) != 2 {
		t.Fatalf("%d paragraphs sum up, want the threats and the nights:\n%s", len(summed), text)
	}
	for _, m := range summed {
		if want := "等" + m[1] + "份"; !strings.Contains(m[2], want) {
			t.Errorf("%s acts with an exhibit each: %q does not say %s", m[1], m[2], want)
		}
	}
	if !strings.Contains(text, "另有2次也已在前面各项写明") {
		t.Errorf("five nights told before, three of them named and no word of two:\n%s", text)
	}
	review := threats
	review.Strength, review.Doubts = evidence.Review, []evidence.Advice{evidence.Advise("请核对", "")}
	in.Findings = []evidence.Finding{review}
	if s := in.reviews()[0].line(); !strings.Contains(s, "等29条）") {
		t.Errorf("29 rows wait to be looked at: %s", s)
	}
}
