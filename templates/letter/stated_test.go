package letter

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// What only the person says is told once, however many kinds it was named as, and
// says what is alleged: that somebody called or wrote is no breach.
func TestStatements(t *testing.T) {
	law := []evidence.Citation{guide("不得以恐吓、辱骂、威胁手段催收。")}
	stated := func(rule string, all ...evidence.Incident) evidence.Finding {
		f := kind(rule, law, all...)
		f.Strength = evidence.Stated
		return f
	}
	words := sms(1, "", "V06a", "V21b")
	words.Words = "他在电话里说要杀我全家"
	night := sms(2, "今晚弄死你", "V06a")
	night.Time = at("2026-03-02 23:10:00")
	alone := sms(3, "")
	alone.Time = at("2026-03-03 23:20:00")
	told := sms(4, "有人打到公司来", "V01")
	told.ToldBy, told.Reached = "同事甲", evidence.ReachedWorkplace
	admitted := sms(5, "你妈电话我已经打过了", "V02")
	for _, c := range []struct {
		name  string
		found []evidence.Finding
		want  string // each stands once
		never string
	}{
		{"two kinds of one act", []evidence.Finding{stated("V06", words), stated("V21", words)},
			"1.2026年3月1日10时00分00秒，他在电话里说要杀我全家", "2.2026年3月1日"},
		{"a night that is the person's word, of a message told above",
			[]evidence.Finding{kind("V06", law, night), stated("V05", night)},
			"1.2026年3月2日23时10分00秒的短信，见本节第1项（在22:00至次日8:00之间催收）", "向本人发送短信（"},
		{"a night that is told nowhere else", []evidence.Finding{stated("V05", alone)},
			"向本人发送短信（在22:00至次日8:00之间催收）", "向本人发送短信。"},
		{"two kinds without own words", []evidence.Finding{stated("V01", told), stated("V02", told)},
			"同事甲向本人转告：“有人打到公司来”（向第三人透露欠款；向与债务无关的第三人催收）", "2.2026年3月4日"},
		{"what the other side says of itself", []evidence.Finding{stated("V02", admitted)},
			"发送短信：“你妈电话我已经打过了”（发送者自称已联系他人，请核查）", "转告"},
	} {
		s := factsOf(c.found...)
		if strings.Count(s, c.want) != 1 || strings.Contains(s, c.never) {
			t.Errorf("%s: want once %q, never %q:\n%s", c.name, c.want, c.never, s)
		}
	}
}

// What only the person says is told by time, whatever kinds it is of, and what has no
// day last.
func TestStatementsAreInOrderOfTime(t *testing.T) {
	law := []evidence.Citation{guide("不得以恐吓、辱骂、威胁手段催收。")}
	said := func(day int, words string) evidence.Incident {
		i := sms(day, "", "V06")
		i.Words = words
		return i
	}
	never := said(1, "某一天打过")
	never.Time = evidence.Time{}
	var all []evidence.Finding
	for _, f := range []evidence.Finding{kind("V01", law, said(9, "九日告诉同事")), kind("V06", law, never,
		said(12, "十二日威胁"), said(3, "三日威胁")), kind("V11", law, said(6, "六日上门"))} {
		f.Strength = evidence.Stated
		all = append(all, f)
	}
	s, last := factsOf(all...), -1
	for _, w := range []string{"三日威胁", "六日上门", "九日告诉同事", "十二日威胁", "某一天打过"} {
		at := strings.Index(s, w)
		if at <= last {
			t.Errorf("%s stands before what came earlier:\n%s", w, s)
		}
		last = at
	}
	var mild []evidence.Incident
	for day := 1; day <= 9; day++ {
		mild = append(mild, said(day, "打过电话"))
	}
	danger := said(20, "说要打断我的腿")
	danger.Asserted = []evidence.Breach{"V06a"}
	f := kind("V06", law, append(mild, danger)...)
	f.Strength = evidence.Stated
	if s := factsOf(f); !strings.Contains(s, "6.2026年3月20日10时00分00秒，说要打断我的腿") || !strings.Contains(s, "另有4项") {
		t.Errorf("a threat to the body is summed up:\n%s", s)
	}
}

// Acts of one gravity are in order of time, from whichever finding they come and in
// whatever order their rows stand, also where some are summed up.
func TestActsOfOneGravityAreInOrderOfTime(t *testing.T) {
	law := []evidence.Citation{guide("不得以恐吓、辱骂、威胁手段催收。")}
	for _, n := range []int{5, 14} {
		var mine, other []evidence.Incident
		for k := range n {
			day := 1 + (k*11)%n // each day once, and not in order
			i := sms(day, "再不还就去你单位找你领导"+nth(day), "V06")
			if k%3 == 0 {
				other = append(other, i)
			} else {
				mine = append(mine, i)
			}
		}
		s, last := factsOf(kind("V06", law, mine...), kind("V06", law, other...)), -1
		told := 0
		for day := 1; day <= n; day++ {
			at := strings.Index(s, at("2026-03-01 00:00:00").At.AddDate(0, 0, day-1).Format("2006年1月2日")+"10时")
			if at < 0 {
				continue
			}
			if told++; at < last {
				t.Errorf("%d acts: day %d stands before an earlier one:\n%s", n, day, s)
			}
			last = at
		}
		if told < 5 {
			t.Errorf("%d acts: %d told", n, told)
		}
	}
}

// The heading of what only the person says says of what an exhibit is cited for, and does
// not call that unsupported; the bracket of a phone's own time is explained where one stands.
func TestHeadingOfStatements(t *testing.T) {
	law := []evidence.Citation{guide("不得以恐吓、辱骂、威胁手段催收。")}
	heard := sms(4, "", "V06")
	heard.Kind, heard.Words, heard.Time.Showed = evidence.Call, "录音里对方说要上门", heard.Time.At.Add(time.Hour)
	told := heard
	told.Exhibits = nil
	for _, c := range []struct {
		i    evidence.Incident
		want string
	}{{heard, "（供核查参考：引证据的，证据显示有这次联系"}, {told, "（没有材料佐证，供核查参考）"}} {
		f := kind("V06", law, c.i)
		f.Strength = evidence.Stated
		if s := factsOf(f); !strings.Contains(s, "本人陈述"+c.want) {
			t.Errorf("want %s:\n%s", c.want, s)
		}
	}
	// Of an act that no line tells by itself the note says nothing.
	shown := sms(5, "今天还款", "V06")
	if s := factsOf(kind("V06", law, shown)); strings.Contains(s, "括号里") {
		t.Error(s)
	}
}

// Who told, and is in the case by a given name alone, is not named, nor where others call
// them by it: in the letter and in the book.
func TestGivenNamesInPapers(t *testing.T) {
	in := borrower(evidence.Bank, "示例银行股份有限公司")
	in.Case.Numbers = append(in.Case.Numbers, evidence.Number{Number: "13900004321", Side: evidence.OtherSide,
		Name: "雨桐"})
	told := in.Findings[0].Incidents[0]
	told.ID, told.Kind, told.ToldBy = "T777", evidence.SMS, "雨桐，2026年3月2日告诉"
	told.Shown = "雨桐妈妈也接到了，雨天打来的"
	in.Findings[0].Incidents = append(in.Findings[0].Incidents, told)
	in.Incidents = append(in.Incidents, told)
	in, _ = Redact(to(t, in, evidence.ToPlatform), nil)
	text := document.Text(Compose(in, counted()))
	for _, want := range []string{"一人（姓名已隐去）", "向本人转告", "“**妈妈也接到了，雨天打来的”"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if text += document.Text(bookText(ComposeBook(in, counted()))); strings.Contains(text, "雨桐") {
		t.Errorf("the name is printed:\n%s", text)
	}
}

// What the person heard in a recording stands behind the call that files show: which number
// it was and whom it reached. Nothing is added to their words where no file shows a call.
func TestHeardWordsStandWithTheirCall(t *testing.T) {
	law := []evidence.Citation{guide("不得向联系人透露欠款信息。")}
	heard := sms(5, "", "V01")
	heard.Kind, heard.Seconds, heard.Answered, heard.Reached = evidence.Call, 75, evidence.Yes, evidence.ReachedEmergency
	heard.Number, heard.Words = "17100230045", "录音里对方说：“你女儿欠钱，你让她赶紧还”（本人听录）"
	told := heard
	told.ID, told.Words = "T602", "我爸说对方让他转告"
	alone := told
	alone.ID, alone.Exhibits = "T603", nil
	nameless := heard
	nameless.ID, nameless.Number = "T604", ""
	for _, c := range []struct {
		i    evidence.Incident
		want string
	}{
		{heard, "显示号码17100230045致电本人的紧急联系人，通话1分15秒；录音里对方说：“你女儿欠钱，你让她赶紧还”（本人听录；向第三人透露欠款）"},
		{told, "显示号码17100230045致电本人的紧急联系人，通话1分15秒；我爸说对方让他转告（向第三人透露欠款）"},
		{alone, "10时00分00秒，我爸说对方让他转告。"},
		{nameless, "10时00分00秒，录音里对方说：“你女儿欠钱，你让她赶紧还”（本人听录）"},
	} {
		f := kind("V01", law, c.i)
		f.Strength = evidence.Stated
		if s := factsOf(f); !strings.Contains(s, c.want) {
			t.Errorf("want %s:\n%s", c.want, s)
		}
	}
}
