package intake

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence"
)

// unheard takes what a log skipped where a test is about its rows.
func unheard(Skipped) {}

func readBackup(t *testing.T, s string) ([]Row, error) {
	t.Helper()
	var rows []Row
	err := scanBackup(strings.NewReader(s), func(r Row) error { rows = append(rows, r); return nil }, unheard)
	return rows, err
}

func TestSMSBackup(t *testing.T) {
	rows, err := readBackup(t, `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="4" type="full">
  <sms protocol="0" address="+86 138 0013 8000" date="1788361205000" type="1" body="还钱&#55357;&#56832;！&#10;第二行 a &amp; b" contact_name="(Unknown)" />
  <sms address="10690000" date="1788361206000" type="2" body="null" contact_name="妈妈" />
  <sms address="x" date="1788361206000" type="3" body="草稿" />
  <mms date="1788361207000" msg_box="1" address="106~13900000000"><parts><part seq="0" ct="text/plain" text="彩信正文" /><part ct="image/jpeg" data="AAAA" /></parts><addrs><addr address="13900000000" type="137" /></addrs></mms>
  <mms date="1788361208000" msg_box="1" address="13900000000"><parts><part ct="application/smil" text="x" /><part ct="image/jpeg" data="AAAA" /></parts></mms>
</smses>`)
	if err != nil || len(rows) != 4 || rows[3].Incident.Shown != "[图片]" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	first := rows[0].Incident
	if first.Shown != "还钱😀！\n第二行 a & b" || first.Number != "13800138000" || first.Name != "" || first.Direction != evidence.In || rows[0].Line != 3 {
		t.Errorf("%+v line %d", first, rows[0].Line)
	}
	if got := first.Time.At.Format(time.RFC3339); got != "2026-09-02T23:00:05+08:00" || first.Time.Device {
		t.Errorf("time %s", got)
	}
	if rows[1].Incident.Shown != "" || rows[1].Incident.Direction != evidence.Out || rows[1].Incident.Name != "妈妈" {
		t.Errorf("%+v", rows[1].Incident)
	}
	if m := rows[2].Incident; m.Shown != "彩信正文" || m.Number != "13900000000" {
		t.Errorf("%+v", m)
	}
}

// Characters that XML does not have stand in real messages. They end neither
// the message nor the reading of those behind it.
func TestBackupWithIllegalCharacters(t *testing.T) {
	rows, err := readBackup(t, "<smses><sms address=\"1\" date=\"1788361205000\" type=\"1\" body=\"a&#0;b&#11;c&#xFFFF;d&#55357;e\x0bf\xff\xfeg&#x1F600;\u200d&#1234567890;\" />\n"+
		"<sms address=\"1\" date=\"1788361206000\" type=\"1\" body=\"&nbsp; & 1 < 2 > 0 '\" /><sms address=\"1\" date=\"1788361207000\" type=\"1\" body=\"好\" /></smses>")
	if err != nil || len(rows) != 3 || rows[2].Incident.Shown != "好" || rows[1].Incident.Shown != "&nbsp; & 1 < 2 > 0 '" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if got, want := rows[0].Incident.Shown, "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffd\ufffdg😀\u200d\ufffd"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What waited to be sent, or was not, reached nobody.
func TestUnsentMessages(t *testing.T) {
	var skipped []Skipped
	rows := 0
	in := "<smses>"
	for kind := range 7 {
		in += fmt.Sprintf(`<sms address="1" date="1788361205000" type="%d" body="x" /><mms date="1788361205000" msg_box="%[1]d" address="1"></mms>`, kind)
	}
	err := scanBackup(strings.NewReader(in+"</smses>"), func(Row) error { rows++; return nil }, func(k Skipped) { skipped = append(skipped, k) })
	if err != nil || rows != 6 || len(skipped) != 8 {
		t.Errorf("%d rows, %d skipped, %v", rows, len(skipped), err)
	}
}

func TestCallTypes(t *testing.T) {
	for kind, want := range map[string]struct {
		direction evidence.Direction
		answered  evidence.Answer
	}{
		"1": {evidence.In, evidence.Yes}, "2": {evidence.Out, evidence.Yes}, "3": {evidence.In, evidence.No}, "5": {evidence.In, evidence.No},
		"6": {evidence.In, evidence.No}, "9": {"", ""},
	} {
		rows, err := readBackup(t, fmt.Sprintf(`<calls><call number="95588" duration="30" date="1788361205000" type="%s" /></calls>`, kind))
		if err != nil || len(rows) != 1 || rows[0].Incident.Direction != want.direction || rows[0].Incident.Answered != want.answered {
			t.Errorf("type %s: %+v %v", kind, rows, err)
		}
	}
}

// A lone surrogate is damage that stays visible; a pair over the border of
// the read buffer is still joined.
func TestSurrogates(t *testing.T) {
	for in, want := range map[string]string{
		"&#55357;&#56832;": "😀", "&#xD83D;&#xDE00;": "😀", "&#55357;x": "\uFFFDx", "&#56832;": "\uFFFD", "&#55357;&#55357;&#56832;": "\uFFFD😀",
		"&#10;": "\n", "&amp;#55357;": "&#55357;", "a&lt;b": "a<b",
	} {
		rows, err := readBackup(t, `<smses><sms address="1" date="1788361205000" type="1" body="`+in+`" /></smses>`)
		if err != nil || len(rows) != 1 || rows[0].Incident.Shown != want {
			t.Errorf("%s: %+v %v", in, rows, err)
		}
	}
	for pad := 64<<10 - 20; pad < 64<<10+20; pad++ {
		s := newCleaner(strings.NewReader(strings.Repeat("x", pad) + "&#55357;&#56832;y"))
		var b strings.Builder
		buf := make([]byte, 1000)
		for {
			n, err := s.Read(buf)
			b.Write(buf[:n])
			if err != nil {
				break
			}
		}
		if !strings.HasSuffix(b.String(), "x😀y") {
			t.Fatalf("at %d: …%q", pad, b.String()[b.Len()-20:])
		}
	}
}

// A cut file gives its whole rows and then says where it breaks.
func TestCutBackup(t *testing.T) {
	rows, err := readBackup(t, "<smses>\n<sms address=\"1\" date=\"1788361205000\" type=\"1\" body=\"a\" />\n<sms address=\"2\" da")
	var broken *BrokenError
	if len(rows) != 1 || !errors.As(err, &broken) || broken.Line < 2 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if _, err := readBackup(t, "<smses>\n<sms address=\"1\" date=\"1788361205000\" type=\"1\" body=\"a\" />\n"); !errors.As(err, &broken) {
		t.Errorf("an unclosed file: %v", err)
	}
}

// endless gives rows for ever, up to n.
type endless struct {
	n, at int
	rest  string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		switch {
		case e.at == 0:
			e.rest = "<smses>"
		case e.at <= e.n:
			e.rest = fmt.Sprintf(`<sms address="%d" date="%d" type="1" body="%s" />`, e.at, 1788361205000+e.at, strings.Repeat("x", 300))
		case e.at == e.n+1:
			e.rest = "</smses>"
		default:
			return 0, fmt.Errorf("EOF was not met")
		}
		e.at++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// Memory does not grow with the file.
func TestBackupOfAnySize(t *testing.T) {
	rows := 0
	var peak, start runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&start)
	err := scanBackup(&endless{n: 60_000}, func(Row) error {
		if rows++; rows == 59_000 {
			runtime.GC()
			runtime.ReadMemStats(&peak)
		}
		return nil
	}, unheard)
	if err != nil && !strings.Contains(err.Error(), "EOF was not met") || rows != 60_000 {
		t.Errorf("%d rows, %v", rows, err)
	}
	if grown := int64(peak.HeapAlloc) - int64(start.HeapAlloc); grown > 4<<20 {
		t.Errorf("%d bytes kept after 59,000 rows (20 MB read)", grown)
	}
}

func TestCarrierLists(t *testing.T) {
	mobile := "客户姓名：林*安\n起始时间,通信地点,通信方式,对方号码,通信时长,通信类型,套餐优惠,实收通信费(元)\n" +
		"2026-09-05 22:47:14,杭州,被叫,0571-00000101,1分48秒,国内,x,0.00\n2026/9/6 09:00:00,杭州,主叫,13800138000,10秒,国内,x,0.00\n合计,,,,,,,0\n"
	telecom := "对方号码,呼叫类型,起始时间,通话时长（秒）,通话类型,使用地点,费用（元）\n057100000101,被叫呼入,20260905224714,108,国内,杭州,0\n1.38E+10,被叫,20260905224714,1,国内,杭州,0\n"
	unicom := "calldate\tcalltime\tcalllonghour\tothernum\tcalltypeName\n20260905\t224714\t0时1分48秒\t057100000101\t被叫\n"
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(mobile)
	for _, c := range []struct {
		name, in      string
		rows, skipped int
	}{{"mobile", mobile, 2, 1}, {"mobile GB 18030", gb, 2, 1}, {"mobile BOM", "\ufeff" + mobile, 2, 1}, {"telecom", telecom, 1, 1}, {"unicom", unicom, 1, 0},
		{"iMazing", "Call type,Date,Duration,Number,Contact,Location,Service\nIncoming,2026-09-05 22:47:14,00:01:48,057100000101,,,\n", 1, 0}} {
		var rows []Row
		skipped, err := ReadCarrierCSV([]byte(c.in), func(r Row) error { rows = append(rows, r); return nil })
		if err != nil || len(rows) != c.rows || len(skipped) != c.skipped {
			t.Errorf("%s: %d rows, %d skipped, %v", c.name, len(rows), len(skipped), err)
			continue
		}
		r := rows[0].Incident
		if r.Number != "057100000101" || r.Seconds != 108 || r.Direction != evidence.In || r.Answered != evidence.Yes || r.Time.At.Format(time.DateTime) != "2026-09-05 22:47:14" {
			t.Errorf("%s: %+v", c.name, r)
		}
		line := strings.Split(strings.TrimPrefix(c.in, "\ufeff"), "\n")[rows[0].Line-1]
		if !strings.Contains(line, "0101") {
			t.Errorf("%s: row is said to stand in line %d: %q", c.name, rows[0].Line, line)
		}
	}
}

// What provinces and spreadsheets make of one row: time, direction, number and
// seconds, or why it is no call.
func TestCarrierRows(t *testing.T) {
	for _, c := range []struct{ name, head, row, want string }{
		{"text guard of a spreadsheet", "对方号码,起始时间,通话时长,呼叫类型", `="13800138000",2026-09-05 22:47:14,9,被叫`, "2026-09-05 22:47:14 in 13800138000 9"},
		{"apostrophe", "对方号码,起始时间,通话时长,呼叫类型", "'057100000101,2026-09-05 22:47:14,9,主叫", "2026-09-05 22:47:14 out 057100000101 9"},
		{"country code without plus", "对方号码,起始时间,通话时长,呼叫类型", "8613800138000,2026-09-05 22:47:14,9,被叫", "2026-09-05 22:47:14 in 13800138000 9"},
		{"digits lost", "对方号码,起始时间,通话时长,呼叫类型", "1.38E+10,2026-09-05 22:47:14,9,被叫", "数字已经丢失"},
		{"digits all there", "对方号码,起始时间,通话时长,呼叫类型", "1.3800138000E10,2026-09-05 22:47:14,9,被叫", "2026-09-05 22:47:14 in 13800138000 9"},
		{"leading zero lost", "对方号码,起始时间,通话时长,呼叫类型", "57100000101,2026-09-05 22:47:14,9,被叫", "开头的 0"},
		{"service number", "对方号码,起始时间,通话时长,呼叫类型", "95588,2026-09-05 22:47:14,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"long service number", "对方号码,起始时间,通话时长,呼叫类型", "95013812345,2026-09-05 22:47:14,9,被叫", "2026-09-05 22:47:14 in 95013812345 9"},
		{"400", "对方号码,起始时间,通话时长,呼叫类型", "400-000-1234,2026-09-05 22:47:14,9,被叫", "2026-09-05 22:47:14 in 4000001234 9"},
		{"unit in the head", "对方号码 ,通话起始时间,通话时长(秒),主被叫", "95588,2026/9/5 22:47:14,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"whole minutes", "对方号码,起始时间,通话时长（分钟）,呼叫类型", "95588,2026-09-05 22:47:14,2,被叫", "2026-09-05 22:47:14 in 95588 -1"},
		{"other words", "开始时间,时长（秒）,呼叫方向,对端号码", "2026-09-05 22:47:14,9,呼出,95588", "2026-09-05 22:47:14 out 95588 9"},
		{"date and clock", "通话日期;通话时间;通话时长(分秒);呼叫方式;对方电话号码", "2026-09-05;22:47:14;1分5秒;被叫;95588", "2026-09-05 22:47:14 in 95588 65"},
		{"newer names of Unicom", "calldateformat,calltimeformat,othernumber,seconds,calltypeName", "2026-09-05,22:47:14,95588,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"Chinese date", "对方号码,通信开始时间,通话时长,呼叫类型", "95588,2026年09月05日 22:47:14,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"ISO date", "对方号码,起始时间,通话时长,呼叫类型", "95588,2026-09-05T22:47:14,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"fraction", "对方号码,起始时间,通话时长,呼叫类型", "95588,2026-09-05 22:47:14.0,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"broken seconds", "对方号码,起始时间,通话时长,呼叫类型", "95588,2026-09-05 20:17:-0,9,被叫", "2026-09-05 20:17:00 in 95588 9 minute"},
		{"midnight as a day number", "对方号码,起始时间,通话时长,呼叫类型", "95588,46270,9,被叫", "2026-09-05 00:00:00 in 95588 9"},
		{"forwarded", "对方号码,起始时间,通话时长,呼叫类型", "95588,2026-09-05 22:47:14,9,呼转", "2026-09-05 22:47:14  95588 9"},
		{"not connected, on a phone", "Call type,Date,Duration,Number,Contact,Location,Service", "Outgoing,2026-09-05 22:47:14,00:00:00,95588,,,", "2026-09-05 22:47:14 out 95588 0 no"},
		{"total", "对方号码,起始时间,通话时长,呼叫类型", "合计,,99,", "不是通话记录"},
	} {
		got := ""
		skipped, err := ReadCarrierCSV([]byte(c.head+"\n"+c.row+"\n"), func(r Row) error {
			i := r.Incident
			got = fmt.Sprintf("%s %s %s %d", i.Time.At.Format(time.DateTime), i.Direction, i.Number, i.Seconds)
			if i.Time.Precision != evidence.ToSecond {
				got += " " + string(i.Time.Precision)
			}
			if i.Answered == evidence.No {
				got += " no"
			}
			return nil
		})
		for _, k := range skipped {
			got += k.Detail.ZH
		}
		if err != nil || got != c.want && (strings.HasPrefix(c.want, "2026") || !strings.Contains(got, c.want)) {
			t.Errorf("%s: %q, want %q, %v", c.name, got, c.want, err)
		}
	}
}

func TestCarrierLength(t *testing.T) {
	for in, want := range map[string]int{"48": 48, "10秒": 10, "1分48秒": 108, "1时2分3秒": 3723, "00:01:48": 108, "2小时": 7200, "": -1, "很久": -1, "99999999999999999999": -1} {
		got, ok := carrierLength(in)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %d %v", in, got, ok)
		}
	}
}

func call(number, at, source string, seconds int, exhibit string) evidence.Incident {
	t, _ := evidence.ParseTime(at)
	t.Source = source
	return evidence.Incident{Kind: evidence.Call, Number: number, Time: t, Direction: evidence.In, Answered: evidence.Yes, Seconds: seconds, Exhibits: []string{exhibit}, Source: exhibit + ":1"}
}

func TestJoin(t *testing.T) {
	missed := call("1", "2026-09-05 22:47:08", "sms-backup", 0, "E1")
	missed.Answered = evidence.No
	out := call("1", "2026-09-05 22:47:08", "sms-backup", 20, "E1")
	out.Direction = evidence.Out
	log := call("1", "2026-09-05 22:47:08", "sms-backup", 20, "E1")
	for _, c := range []struct {
		name string
		rows []evidence.Incident
		want int
	}{
		{"log, carrier and recording of one call", []evidence.Incident{log, call("1", "2026-09-05 22:47:14", "carrier", 20, "E2"), call("1", "2026-09-05 22:47:30", "name:miui", 18, "E3")}, 1},
		{"another number", []evidence.Incident{log, call("2", "2026-09-05 22:47:08", "carrier", 20, "E2")}, 2},
		{"a quarter of an hour apart", []evidence.Incident{log, call("1", "2026-09-05 23:02:08", "carrier", 20, "E2")}, 2},
		{"lengths that disagree", []evidence.Incident{log, call("1", "2026-09-05 22:47:14", "carrier", 300, "E2")}, 2},
		{"missed and answered", []evidence.Incident{missed, call("1", "2026-09-05 22:47:14", "carrier", 20, "E2")}, 2},
		{"out and in", []evidence.Incident{out, call("1", "2026-09-05 22:47:14", "carrier", 20, "E2")}, 2},
		{"two calls of one log within a minute", []evidence.Incident{log, call("1", "2026-09-05 22:47:40", "sms-backup", 20, "E1")}, 2},
		{"one call in two backups", []evidence.Incident{log, call("1", "2026-09-05 22:47:08", "sms-backup", 20, "E2")}, 1},
		{"minutes only", []evidence.Incident{log, call("1", "2026-09-05 22:48", "name:oppo", 19, "E3")}, 1},
	} {
		got, _ := join(c.rows, nil)
		if len(got) != c.want {
			t.Errorf("%s: %d rows, want %d: %+v", c.name, len(got), c.want, got)
		}
		if c.want == 1 && len(got[0].Exhibits) != len(c.rows) {
			t.Errorf("%s: exhibits %v", c.name, got[0].Exhibits)
		}
	}
}

func FuzzScanBackup(f *testing.F) {
	f.Add(`<smses><sms address="1" date="1788361205000" type="1" body="&#55357;&#56832;" /></smses>`)
	f.Add(`<calls><call number="1" duration="x" date="-1" type="1" /></calls>`)
	f.Add("<mms><part ct=\"text/plain\"")
	f.Fuzz(func(t *testing.T, s string) {
		n := 0
		scanBackup(strings.NewReader(s), func(r Row) error {
			if n++; r.Incident.Time.IsZero() || r.Line < 1 {
				t.Errorf("row without time or line: %+v", r)
			}
			return nil
		}, unheard)
	})
}

func FuzzReadCarrierCSV(f *testing.F) {
	f.Add([]byte("对方号码,起始时间,通信时长,呼叫类型\n1,2026-09-05 22:47:14,1分,被叫\n合计\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ReadCarrierCSV(data, func(r Row) error {
			if r.Incident.Time.IsZero() || r.Line < 1 || r.Incident.Seconds > 86400 {
				t.Errorf("%+v", r)
			}
			return nil
		})
	})
}
