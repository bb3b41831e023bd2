package folder

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence"
)

func TestParseTime(t *testing.T) {
	for _, c := range []struct {
		in, want  string
		precision evidence.Precision
		device    bool
	}{
		{"2026-03-02 23:14:05", "2026-03-02T23:14:05+08:00", evidence.ToSecond, true},
		{"2026/3/2 23:14", "2026-03-02T23:14:00+08:00", evidence.ToMinute, true},
		{"2026年3月2日", "2026-03-02T00:00:00+08:00", evidence.ToDay, true},
		{"2026-03-02T15:14:05Z", "2026-03-02T23:14:05+08:00", evidence.ToSecond, false}, // UTC is another Beijing hour
		{"2026-03-02T23:14:05+08:00", "2026-03-02T23:14:05+08:00", evidence.ToSecond, false},
		{"2026-02-30", "", "", false},
		{"2026-03-02 25:61", "", "", false},
		{"1926-03-02", "", "", false},
		{"昨天", "", "", false},
	} {
		got, ok := evidence.ParseTime(c.in)
		if ok != (c.want != "") {
			t.Errorf("%s: accepted is %v", c.in, ok)
			continue
		}
		if ok && (got.At.Format(time.RFC3339) != c.want || got.Precision != c.precision || got.Device != c.device) {
			t.Errorf("%s: got %s %s device %v", c.in, got.At.Format(time.RFC3339), got.Precision, got.Device)
		}
		if back, ok2 := evidence.ParseTime(evidence.FormatTime(got)); ok &&
			(!ok2 || !back.At.Equal(got.At) || back.Precision != got.Precision || back.Device != got.Device) {
			t.Errorf("%s: written as %s, reads back otherwise", c.in, evidence.FormatTime(got))
		}
	}
}

// Every mistake is named with line, column, what was found and what is wanted.
func TestTimelineMistakes(t *testing.T) {
	for _, c := range []struct{ name, in, where, found string }{
		{"impossible date", "编号,时间,方式\nT1,2026-02-30,电话\n", "timeline.csv:2 时间", "2026-02-30"},
		{"unknown kind", "id,time,kind\nT1,2026-03-01,pigeon\n", "timeline.csv:2 方式", "pigeon"},
		{"missing column", "编号,时间\nT1,2026-03-01\n", "timeline.csv:1 方式", "缺少"},
		{"unknown column", "编号,时间,方式,心情\n", "timeline.csv:1 心情", "心情"},
		{"column twice", "编号,时间,方式,方式\n", "timeline.csv:1 方式", "重复"},
		{"spoilt number", "编号,时间,方式,号码\nT1,2026-03-01,电话,1.38E+10\n", "timeline.csv:2 号码", "1.38E+10"},
		{"id twice", "编号,时间,方式\nT1,2026-03-01,电话\nT1,2026-03-02,电话\n", "timeline.csv:3 编号", "第 2 行"},
		{"bad seconds", "编号,时间,方式,秒数\nT1,2026-03-01,电话,-3\n", "timeline.csv:2 秒数", "-3"},
		{"bad exhibit", "编号,时间,方式,证据\nT1,2026-03-01,电话,录音1\n", "timeline.csv:2 证据", "录音1"},
		{"unknown breach", "编号,时间,方式,认为属于\nT1,2026-03-01,电话,V99\n", "timeline.csv:2 认为属于", "V99"},
		{"cell under no column", "编号,时间,方式\nT1,2026-03-01,电话,多出\n", "timeline.csv:2", "多出"},
		{"odd quote", "编号,时间,方式\nT1,\"2026-03-01,电话\n", "timeline.csv:", "引号"},
		{"empty file", "", "timeline.csv:1", "没有表头"},
	} {
		_, err := ParseTimeline(TimelineFile, []byte(c.in))
		var bad LineErrors
		if !errors.As(err, &bad) {
			t.Errorf("%s: got %v", c.name, err)
			continue
		}
		if got := bad[0]; !strings.HasPrefix(got.Where(), c.where) || !strings.Contains(got.Found.ZH, c.found) ||
			got.Wanted.ZH == "" || got.Wanted.EN == "" {
			t.Errorf("%s: %s found %s wanted %s", c.name, got.Where(), got.Found.ZH, got.Wanted.ZH)
		}
	}
}

// What spreadsheets save is read: encodings, delimiters, either language, any
// order of columns.
func TestTimelineForms(t *testing.T) {
	zh := "方式,编号,时间,联系到谁,是否透露欠款,认为属于\n电话,T001,2026-03-01 10:00,同事,是,爆通讯录 威胁\n"
	gb, _ := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(zh))
	utf16 := []byte{0xff, 0xfe}
	for _, r := range zh {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	for name, in := range map[string][]byte{
		"UTF-8": []byte(zh), "BOM": []byte("\ufeff" + zh), "GB 18030": gb, "UTF-16": utf16,
		"CRLF":       []byte(strings.ReplaceAll(zh, "\n", "\r\n")),
		"semicolons": []byte(strings.ReplaceAll(zh, ",", ";")), "tabs": []byte(strings.ReplaceAll(zh, ",", "\t")),
		"English": []byte("kind,id,time,reached,disclosed debt,asserted kinds\ncall,T001,2026-03-01 " +
			"10:00,workplace,yes,V01 threat\n"),
	} {
		rows, err := ParseTimeline(TimelineFile, in)
		if err != nil || len(rows) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r := rows[0]
		if r.Kind != evidence.Call || r.Reached != evidence.ReachedWorkplace || r.Disclosed != evidence.Yes ||
			len(r.Asserted) != 2 || r.Asserted[1] != "V06" || r.Line != 2 {
			t.Errorf("%s: read as %+v", name, r)
		}
	}
}

// A text a spreadsheet would take for a formula is written so that it does
// not, and reads back the same.
func TestFormulasAreDefused(t *testing.T) {
	for _, s := range []string{"=1+1", "+8613800138000", "-x", "@SUM(A1)", "'quoted", "plain", "行一\n行二"} {
		var b bytes.Buffer
		at, _ := evidence.ParseTime("2026-03-01 10:00")
		if err := WriteIncidents(&b, []evidence.Incident{{ID: "T1", Time: at, Kind: evidence.Call, Seconds: -1,
			Words: s}}); err != nil {
			t.Fatal(err)
		}
		for _, cell := range strings.Split(strings.Split(b.String(), "\r\n")[1], ",") {
			if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("%q is written as %q", s, cell)
			}
		}
		rows, err := ParseTimeline(TimelineFile, b.Bytes())
		if err != nil || rows[0].Words != s {
			t.Errorf("%q reads back as %v, %v", s, rows, err)
		}
	}
}

func FuzzParseTimeline(f *testing.F) {
	f.Add([]byte("编号,时间,方式,号码\nT001,2026-03-01 10:00,电话,13800138000\n"))
	f.Add([]byte("\xff\xfeA\x00"))
	f.Add([]byte("id;time;kind\n\"T;1\";2026-03-01;sms\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := ParseTimeline(TimelineFile, data)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := WriteIncidents(&b, rows); err != nil {
			t.Fatal(err)
		}
		again, err := ParseTimeline(TimelineFile, b.Bytes())
		if err != nil || len(again) != len(rows) {
			t.Fatalf("%d rows, written and read again %d: %v", len(rows), len(again), err)
		}
	})
}

// How something came is taken in the words people write for it.
func TestWordsForTheWay(t *testing.T) {
	for word, want := range map[string]evidence.IncidentKind{"来电": evidence.Call, "彩信": evidence.SMS,
		"微信": evidence.Message, "张贴": evidence.Post, "朋友圈": evidence.Post, "上门": evidence.Visit, "邮件": evidence.Mail} {
		rows, err := ParseTimeline(TimelineFile, []byte("编号,方式,时间,本人陈述\nL1,"+word+",2026-03-01,照实写\n"))
		if err != nil || len(rows) != 1 || rows[0].Kind != want {
			t.Errorf("%s: %+v, %v", word, rows, err)
		}
	}
	if _, err := ParseTimeline(TimelineFile, []byte("编号,方式,时间\nL1,飞鸽,2026-03-01\n")); err == nil {
		t.Error("a word that means nothing is taken")
	}
}
