package letter

import (
	"strings"
	"testing"

	"juzheng/evidence"
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
