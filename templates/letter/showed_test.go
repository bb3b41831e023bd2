package letter

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
)

// Where a clock was set right by what the person confirmed, letter and book
// print both readings; where it was not, one.
func TestBothReadingsOfAClock(t *testing.T) {
	at := time.Date(2026, 9, 12, 22, 20, 0, 0, evidence.Beijing)
	for _, c := range []struct {
		showed       time.Duration
		precision    evidence.Precision
		letter, book string
	}{
		{0, evidence.ToSecond, "2026年9月12日22时20分00秒", "2026-09-12 22:20:00"},
		{63 * time.Minute, evidence.ToSecond, "2026年9月12日22时20分00秒（手机显示23时23分00秒）",
			"2026-09-12 22:20:00（换算，手机显示23时23分00秒）"},
		{2 * time.Hour, evidence.ToMinute, "2026年9月12日22时20分（手机显示9月13日00时20分）",
			"2026-09-12 22:20（换算，手机显示9月13日00时20分）"},
	} {
		i := evidence.Incident{Kind: evidence.Call, Time: evidence.Time{At: at, Precision: c.precision}}
		if c.showed != 0 {
			i.Time.Showed = at.Add(c.showed)
		}
		if got := (Input{}).when(i); got != c.letter {
			t.Errorf("letter: %s, want %s", got, c.letter)
		}
		if got := (Input{}).bothInTable(i); got != strings.Replace(c.book, "换算，", "", 1) {
			t.Errorf("a table of the letter: %s, want both readings as in %s", got, c.book)
		}
		if got := shortMoment(i.Time); got != c.book {
			t.Errorf("book: %s, want %s", got, c.book)
		}
	}
	const note = "括号里是手机上显示的时间"
	for _, showed := range []bool{false, true} {
		in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
		if showed {
			i := &in.Findings[0].Incidents[0]
			i.Time.Showed = i.Time.At.Add(time.Hour)
		}
		if got := strings.Contains(document.Text(Compose(in, counted())), note); got != showed {
			t.Errorf("the note stands: %v, want %v", got, showed)
		}
	}
}

// One message at night that threatens too is told once: the table has its hour and
// number, the threat its words, and each says that it is the other's.
func TestANightIsToldOnce(t *testing.T) {
	law := []evidence.Citation{guide("不得以恐吓、威胁手段催收。")}
	night := func(words string, kinds ...evidence.Breach) evidence.Incident {
		i := sms(4, words, kinds...)
		i.Time = at("2026-03-04 22:40:00")
		return i
	}
	later := night("再不还就去你单位拉横幅", "V06")
	s := factsOf(kind("V05", law, later), kind("V06", law, later))
	if !strings.Contains(s, "本节第1项所列2026年3月4日22时40分00秒的短信：“再不还就去你单位拉横幅”") ||
		strings.Count(s, "拉横幅") != 1 || strings.Contains(s, "发送短信") {
		t.Errorf("the night first:\n%s", s)
	}
	grave := night("今晚弄死你", "V06a")
	s = factsOf(kind("V05", law, grave), kind("V06", law, grave))
	if !strings.Contains(s, "2026-03-04 22:40:00的短信即本节第1项所述。") || strings.Count(s, "弄死") != 1 {
		t.Errorf("the threat first:\n%s", s)
	}
	silent := night("", "V06")
	silent.Kind, silent.Seconds = evidence.Call, 30
	if s = factsOf(kind("V05", law, silent)); strings.Contains(s, "所述") || strings.Contains(s, "所列") {
		t.Errorf("nothing was said:\n%s", s)
	}
}

// A message the person sent does not read in the book as one they received, neither on
// the page of the log nor in the chronology.
func TestTheBookSaysWhoWrote(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	received, own, open := sms(4, "今天必须还"), sms(5, "请不要再联系我的同事"), sms(6, "下月再说")
	received.Direction, own.Direction, open.Direction = evidence.In, evidence.Out, evidence.DirectionUnknown
	open.Reached = evidence.ReachedUnknown
	reached := sms(7, "把你发到小区群") // of an export that does not tell whose it is: who got it did not write it
	reached.Direction = evidence.DirectionUnknown
	log := evidence.Exhibit{Number: "E004", Kind: evidence.Extract, Extract: &evidence.Extraction{Of: "E003"}}
	rows := []evidence.Incident{received, own, open, reached}
	for n := range rows {
		rows[n].Exhibits = []string{"E004"}
	}
	in.Incidents = append(in.Incidents, rows...)
	in.Findings[0].Incidents = append(in.Findings[0].Incidents, rows...)
	page := document.Text(document.Document{Blocks: paper{Input: in}.logRows(log)})
	times := document.Text(document.Document{Blocks: []document.Block{paper{Input: in}.chronology(in.chronicle())}})
	for where, text := range map[string]string{"page": page, "chronology": times} {
		for words, who := range map[string]string{"今天必须还": "收到短信", "请不要再联系我的同事": "本人发出短信", "下月再说": "短信（收发不明）",
			"把你发到小区群": "收到短信"} {
			row := ""
			for _, line := range strings.Split(text, "\n") {
				if strings.Contains(line, words) {
					row = line
				}
			}
			if !strings.Contains(row, "｜"+who+"｜") {
				t.Errorf("%s: %s does not say %s: %q", where, words, who, row)
			}
		}
	}
	for words, row := range map[string]evidence.Incident{"与号码": open, "向本人发送短信": reached} {
		if act := in.act(row); !strings.Contains(act, words) {
			t.Errorf("the letter says %q of a message, want %q", act, words)
		}
	}
}

// Of a visit that a film shows the person wrote down when it was; the sentence that has the
// film as its exhibit says so, and a sentence that is their own word needs not.
func TestTypedTimeIsToldWithTheAct(t *testing.T) {
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	visit := evidence.Incident{ID: "T900", Kind: evidence.Visit, Exhibits: []string{"E001"}, Reached: evidence.ReachedSelf}
	in.Doubts = append(in.Doubts, evidence.Doubt{Code: evidence.TypedTime, Incident: "T900", About: evidence.AboutTime})
	const typed = "（时间是举报人填写的，材料没有显示）"
	if act := in.act(visit); act != "催收人员上门"+typed {
		t.Errorf("of the film: %s", act)
	}
	visit.Exhibits = nil
	if act := in.act(visit); act != "催收人员上门" {
		t.Errorf("without an exhibit: %s", act)
	}
}
