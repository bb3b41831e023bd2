package device

import (
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// A picture whose words a log has is joined to that row where the time or the writer on it
// is the row's, and to none where they are others'.
func TestRepeated(t *testing.T) {
	const words = "再不还款，我们会安排人员上门找你父母，到时候别后悔"
	log := []string{"T1 sms 2026-11-03T15:00:41 16530087721 " + words + " E1:1",
		"T2 sms 2026-11-04T09:12:05 16530087721 请尽快处理您的欠款，避免影响征信 E1:2",
		"T3 message 2026-11-03T15:02:00 - " + words + " E2:1"}
	for _, c := range []struct {
		name, screen string
		sounding     []string
		shot, want   string
	}{
		{"the time is on it", "14:31 5G\n1653 0087 721\n11月3日 15:00\n" + words, []string{words}, "", "T1+T4 E1 E8"},
		{"in yesterday's words", "1653 0087 721\n昨天 15:00\n" + words, []string{words}, "", "T1+T4 E1 E8"},
		{"a letter in twenty is wrong", "1653 0087 721\n昨天 15:00\n" + strings.NewReplacer("排", "徘", "悔", "侮").Replace(words),
			[]string{words}, "", "T1+T4 E1 E8"},
		{"no time, the number, on its day", "1653 0087 721\n" + words, []string{words}, "2026-11-03T20:00:00", "T1+T4 E1 E8"},
		{"no time, the number, on another day", "1653 0087 721\n" + words, []string{words}, "", ""},
		{"nothing but the words", words, []string{words}, "2026-11-03T20:00:00", ""},
		{"another number", "1653 0087 722\n昨天 15:00\n" + words, []string{words}, "", ""},
		{"another day", "1653 0087 721\n11月2日 15:00\n" + words, []string{words}, "", ""},
		{"another hour", "1653 0087 721\n昨天 11:00\n" + words, []string{words}, "", ""},
		{"taken before it", "1653 0087 721\n" + words, []string{words}, "2026-11-03T11:00:00", ""},
		{"other words", "1653 0087 721\n昨天 15:00\n明天上午去你公司找你领导谈谈", []string{"明天上午去你公司找你领导谈谈"}, "", ""},
		{"more that sounds like a violation", "1653 0087 721\n昨天 15:00\n" + words + "\n你等着坐牢吧",
			[]string{words, "你等着坐牢吧"}, "", ""},
		{"another that the log has", "1653 0087 721\n昨天 15:00\n" + words + "\n今天 09:12\n请尽快处理您的欠款，避免影响征信",
			[]string{words}, "2026-11-04T20:00:00", "T1+T4 E1 E8|T2+T4 E1 E8"},
		{"nothing that sounds so, and more besides", "1653 0087 721\n今天 09:12\n请尽快处理您的欠款，避免影响征信\n" +
			"好的我明天下午去银行给你们转过去可以吗，麻烦了谢谢", nil, "", ""},
		{"nothing that sounds so", "1653 0087 721\n今天 09:12\n请尽快处理您的欠款，避免影响征信", nil, "", "T2+T4 E1 E8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.shot == "" {
				c.shot = "2026-11-04T20:00:00"
			}
			rows := rowsOf(append(append([]string{}, log[:2]...), "T4 message "+c.shot+" - - E8")...)
			rows[2].Direction, rows[2].Reached = "", ""
			exhibits := []evidence.Exhibit{{Number: "E1"}, {Number: "E8", Kind: evidence.Screenshot}}
			got := Repeated(rows, exhibits, Phones{}, map[string]Seen{"E8": {c.screen, c.sounding}})
			want := c.want
			if want == "" && len(got) != len(rows) {
				t.Errorf("joined: %s", joinedRows(got))
			} else if want != "" && joinedRows(got) != want {
				t.Errorf("%q, want %q", joinedRows(got), want)
			}
			if len(rows[0].Also)+len(rows[1].Also) > 0 || len(rows[0].Exhibits) != 1 {
				t.Error("the rows that were given are changed")
			}
		})
	}
	chat := Seen{"恒茂刘经理\n昨天 15:00\n" + words, []string{words}}
	for _, c := range []struct {
		name string
		seen Seen
		want string
	}{
		{"恒茂刘经理", chat, "T3+T4 E2 E8"},
		{"王老师", chat, ""},
		{"", chat, "T3+T4 E2 E8"},
		{"恒茂刘经理", Seen{"恒茂刘经理\n昨天 14:58\n" + words, []string{words}}, "T3+T4 E2 E8"},
		{"恒茂刘经理", Seen{"相亲相爱一家人(12)\n昨天 15:00\n" + words, []string{words}}, "T3+T4 E2 E8"},
	} {
		rows := rowsOf(log[2], "T4 message 2026-11-04T20:00:00 - - E8")
		rows[0].Name = c.name
		got := Repeated(rows, []evidence.Exhibit{{Number: "E8", Kind: evidence.Screenshot}}, Phones{},
			map[string]Seen{"E8": c.seen})
		if joinedRows(got) != c.want {
			t.Errorf("chat of %q: %q, want %q", c.name, joinedRows(got), c.want)
		}
	}
	rows := rowsOf(log[0])
	for _, x := range []struct {
		exhibit evidence.Exhibit
		joined  bool
	}{
		{evidence.Exhibit{Number: "E8", Kind: evidence.Screenshot}, true},
		{evidence.Exhibit{Number: "E8", Kind: evidence.Screenshot,
			Notes: []evidence.Note{{Code: evidence.NoteLeft, About: evidence.LeftOut}}}, false},
		{evidence.Exhibit{Number: "E8", Kind: evidence.Photo}, false},
	} {
		dated := Seen{"1653 0087 721\n2026年11月3日 15:00\n" + words, []string{words}}
		got := Repeated(rows, []evidence.Exhibit{x.exhibit}, Phones{}, map[string]Seen{"E8": dated})
		if (len(got[0].Exhibits) == 2) != x.joined {
			t.Errorf("without a row, %+v: %v", x.exhibit, got[0].Exhibits)
		}
	}
}

// joinedRows are the rows that others became part of or that have several exhibits.
func joinedRows(rows []evidence.Incident) string {
	var out []string
	for _, r := range rows {
		if len(r.Also) > 0 {
			out = append(out, strings.Join(append([]string{r.ID}, r.Also...), "+")+" "+strings.Join(r.Exhibits, " "))
		}
	}
	return strings.Join(out, "|")
}

// Thousands of messages and pictures are held against each other in a moment.
func TestRepeatedIsQuick(t *testing.T) {
	var lines []string
	for n := range 5000 {
		at := time.Date(2026, 1, 1, 8, 0, 0, 0, evidence.Beijing).Add(time.Duration(n) * time.Hour)
		lines = append(lines, "T"+string(rune('a'+n%26))+" sms "+at.Format("2006-01-02T15:04:05")+
			" 16530087721 您尾号3308的账户消费"+at.Format("010215")+"元，当前余额请登录手机银行查询，退订回T E1:1")
	}
	rows, seen := rowsOf(lines...), map[string]Seen{}
	var exhibits []evidence.Exhibit
	for n := range 500 {
		x := "E" + string(rune('A'+n/26)) + string(rune('a'+n%26))
		exhibits = append(exhibits, evidence.Exhibit{Number: x, Kind: evidence.Screenshot})
		seen[x] = Seen{Text: rows[n*9].Shown + "\n" + rows[n*7].Shown}
	}
	begin := time.Now()
	Repeated(rows, exhibits, Phones{}, seen)
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("%v for 5,000 messages and 500 pictures", took)
	}
}
