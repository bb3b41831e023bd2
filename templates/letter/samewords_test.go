package letter

import (
	"fmt"
	"strings"
	"testing"

	"juzheng/evidence"
)

// Messages that differ in figures alone are told once, with the days of all: threats to
// life too, and none is summed up. What others say, or another sender, is told by itself.
func TestSameWords(t *testing.T) {
	law := []evidence.Citation{guide("不得以恐吓、威胁手段催收。")}
	var all []evidence.Incident
	for day := 1; day <= 24; day++ {
		all = append(all, sms(day, fmt.Sprintf("今晚弄死你，第%d次通知！", day), "V06a"))
	}
	all[3].Time = at("2026-03-03 18:00:00")
	all[4].Shown = "今晚弄死你全家"
	all[5].Number = "13900009999"
	all[6].Kind = evidence.Call
	s := factsOf(kind("V06", law, all...))
	for _, want := range []string{"（1）2026年3月1日10时", "“今晚弄死你，第1次通知！”",
		"同一号码发来、内容只有数字或标点不同的短信另有20次：2026年3月2日、3日（2次）、8日至24日（每日1次）",
		"今晚弄死你全家", "13900009999", "来电，原话为", "（4）"} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in\n%s", want, s)
		}
	}
	if strings.Contains(s, "（5）") || strings.Contains(s, "同类情形") {
		t.Errorf("alike ones are told apart, or summed up:\n%s", s)
	}
	for n := range all {
		all[n].Shown = "今晚弄死你"
	}
	if s := factsOf(kind("V06", law, all[10:]...)); !strings.Contains(s, "同一号码发来、内容相同的短信另有13次") {
		t.Errorf("the same words:\n%s", s)
	}
	if s := factsOf(kind("V06", law, all[16:]...)); strings.Contains(s, "另有") {
		t.Errorf("few are not told each:\n%s", s)
	}
}

func TestDaysOf(t *testing.T) {
	for want, in := range map[string]string{
		"2026年3月2日":     "2026-03-02",
		"2026年3月2日（2次）": "2026-03-02 2026-03-02",
		"2026年3月2日、3日":  "2026-03-03 2026-03-02",
		"2026年3月2日至4日（每日1次）、5日（2次）、9日": "2026-03-02 2026-03-03 2026-03-04 2026-03-05 2026-03-05 2026-03-09",
		"2026年3月30日、31日；4月1日":          "2026-03-30 2026-03-31 2026-04-01",
		"2026年12月31日；2027年1月1日":        "2026-12-31 2027-01-01",
	} {
		var all []evidence.Incident
		for _, d := range strings.Fields(in) {
			all = append(all, evidence.Incident{Time: at(d + " 23:59:00")})
		}
		if got := daysOf(all); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
