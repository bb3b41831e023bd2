package logs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence"
)

func TestCarrierLists(t *testing.T) {
	mobile := "客户姓名：林*安\n起始时间,通信地点,通信方式,对方号码,通信时长,通信类型,套餐优惠,实收通信费(元)\n" +
		"2026-09-05 22:47:14,杭州,被叫,0571-00000101,1分48秒,国内,x,0.00\n" +
		"2026/9/6 09:00:00,杭州,主叫,13800138000,10秒,国内,x,0.00\n合计,,,,,,,0\n"
	telecom := "对方号码,呼叫类型,起始时间,通话时长（秒）,通话类型,使用地点,费用（元）\n" +
		"057100000101,被叫呼入,20260905224714,108,国内,杭州,0\n1.38E+10,被叫,20260905224714,1,国内,杭州,0\n"
	unicom := "calldate\tcalltime\tcalllonghour\tothernum\tcalltypeName\n" +
		"20260905\t224714\t0时1分48秒\t057100000101\t被叫\n"
	imazing := "Call type,Date,Duration,Number,Contact,Location,Service\n" +
		"Incoming,2026-09-05 22:47:14,00:01:48,057100000101,,,\n"
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(mobile)
	for _, c := range []struct {
		name, in      string
		rows, skipped int
	}{
		{"mobile", mobile, 2, 1},
		{"mobile GB 18030", gb, 2, 1},
		{"mobile BOM", "\ufeff" + mobile, 2, 1},
		{"telecom", telecom, 1, 1},
		{"unicom", unicom, 1, 0},
		{"iMazing", imazing, 1, 0},
	} {
		var rows []Row
		skipped, err := readCarrierCSV([]byte(c.in), func(r Row) error { rows = append(rows, r); return nil })
		if err != nil || len(rows) != c.rows || len(skipped) != c.skipped {
			t.Errorf("%s: %d rows, %d skipped, %v", c.name, len(rows), len(skipped), err)
			continue
		}
		r := rows[0].Incident
		if r.Number != "057100000101" || r.Seconds != 108 || r.Direction != evidence.In || r.Answered != evidence.Yes ||
			r.Time.At.Format(time.DateTime) != "2026-09-05 22:47:14" {
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
	const usual = "对方号码,起始时间,通话时长,呼叫类型"
	for _, c := range []struct{ name, head, row, want string }{
		{"text guard of a spreadsheet", usual,
			`="13800138000",2026-09-05 22:47:14,9,被叫`, "2026-09-05 22:47:14 in 13800138000 9"},
		{"apostrophe", usual, "'057100000101,2026-09-05 22:47:14,9,主叫", "2026-09-05 22:47:14 out 057100000101 9"},
		{"country code without plus", usual,
			"8613800138000,2026-09-05 22:47:14,9,被叫", "2026-09-05 22:47:14 in 13800138000 9"},
		{"digits lost", usual, "1.38E+10,2026-09-05 22:47:14,9,被叫", "数字已经丢失"},
		{"digits all there", usual,
			"1.3800138000E10,2026-09-05 22:47:14,9,被叫", "2026-09-05 22:47:14 in 13800138000 9"},
		{"leading zero lost", usual, "57100000101,2026-09-05 22:47:14,9,被叫", "开头的 0"},
		{"service number", usual, "95588,2026-09-05 22:47:14,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"long service number", usual,
			"95013812345,2026-09-05 22:47:14,9,被叫", "2026-09-05 22:47:14 in 95013812345 9"},
		{"400", usual, "400-000-1234,2026-09-05 22:47:14,9,被叫", "2026-09-05 22:47:14 in 4000001234 9"},
		{"unit in the head", "对方号码 ,通话起始时间,通话时长(秒),主被叫",
			"95588,2026/9/5 22:47:14,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"whole minutes", "对方号码,起始时间,通话时长（分钟）,呼叫类型",
			"95588,2026-09-05 22:47:14,2,被叫", "2026-09-05 22:47:14 in 95588 -1"},
		{"other words", "开始时间,时长（秒）,呼叫方向,对端号码",
			"2026-09-05 22:47:14,9,呼出,95588", "2026-09-05 22:47:14 out 95588 9"},
		{"date and clock", "通话日期;通话时间;通话时长(分秒);呼叫方式;对方电话号码",
			"2026-09-05;22:47:14;1分5秒;被叫;95588", "2026-09-05 22:47:14 in 95588 65"},
		{"newer names of Unicom", "calldateformat,calltimeformat,othernumber,seconds,calltypeName",
			"2026-09-05,22:47:14,95588,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"Chinese date", "对方号码,通信开始时间,通话时长,呼叫类型",
			"95588,2026年09月05日 22:47:14,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"ISO date", usual, "95588,2026-09-05T22:47:14,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"fraction", usual, "95588,2026-09-05 22:47:14.0,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"broken seconds", usual, "95588,2026-09-05 20:17:-0,9,被叫", "2026-09-05 20:17:00 in 95588 9 minute"},
		{"midnight as a day number", usual, "95588,46270,9,被叫", "2026-09-05 00:00:00 in 95588 9"},
		{"forwarded", usual, "95588,2026-09-05 22:47:14,9,呼转", "2026-09-05 22:47:14  95588 9"},
		{"not connected, on a phone", "Call type,Date,Duration,Number,Contact,Location,Service",
			"Outgoing,2026-09-05 22:47:14,00:00:00,95588,,,", "2026-09-05 22:47:14 out 95588 0 no"},
		{"total", usual, "合计,,99,", "不是通话记录"},
		{"dots", usual, "95588,2026.9.5 22:47:14,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"words of the clock", "对方号码,通话日期,通话时间,通话时长,呼叫类型",
			"95588,2026年9月5日,22时47分14秒,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"half a day", usual, "95588,2026/9/5 下午 10:47:14,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"half a day, behind", usual, "95588,2026/9/5 10:47:14 PM,9,被叫", "2026-09-05 22:47:14 in 95588 9"},
		{"midnight of half a day", usual, "95588,2026-09-05 上午12:05:00,9,被叫", "2026-09-05 00:05:00 in 95588 9"},
		{"no year anywhere", usual, "95588,09-05 22:47:14,9,被叫", "时间没有年份"},
		{"other heads of number and direction", "对方手机号,主叫/被叫,通话起始时间,通话时长,通话类型",
			"95588,被叫,2026-09-05 22:47:14,89,本地", "2026-09-05 22:47:14 in 95588 89"},
		{"the direction in a column of another name", "对方号码,起始时间,通话时长,标志",
			"95588,2026-09-05 22:47:14,9,主叫", "2026-09-05 22:47:14 out 95588 9"},
		{"a phone's own log", "姓名,号码,类型,时间,时长",
			"未知,95588,未接来电,2026-09-05 22:47:14,0", "2026-09-05 22:47:14 in 95588 0 no"},
		{"a phone's own log in English", "Name,Number,Type,Date,Duration",
			",95588,Outgoing,2026-09-05 22:47:14,5", "2026-09-05 22:47:14 out 95588 5"},
		{"answered, by a phone", "联系人,电话号码,通话类型,通话时间,通话时长",
			",95588,呼入,2026-09-05 22:47:14,1分2秒", "2026-09-05 22:47:14 in 95588 62"},
		{"a zero before a mobile number", usual, "019900000311,2026-09-05 22:47:14,9,被叫",
			"2026-09-05 22:47:14 in 19900000311 9"},
	} {
		got := ""
		skipped, err := readCarrierCSV([]byte(c.head+"\n"+c.row+"\n"), func(r Row) error {
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
	for in, want := range map[string]int{
		"48": 48, "10秒": 10, "1分48秒": 108, "1时2分3秒": 3723, "00:01:48": 108, "2小时": 7200, "": -1, "很久": -1,
		"99999999999999999999": -1, "0'0'20": 20, "0'1'02": 62, "20s": 20, "20 秒": 20, "62.0": 62, "1:02": 62,
		"1m 2s": 62, "1 hour 2 min": 3720, "１分２秒": 62, "1:2:3": 3723,
	} {
		got, ok := carrierLength(in)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %d %v", in, got, ok)
		}
	}
}

// The year that a list leaves out stands above it or in its name, and lies
// nearest to that month; a row for a day gives it to the rows below.
func TestListsLeaveOutYearAndDay(t *testing.T) {
	const head = "起始时间,通信地点,通信方式,对方号码,通信时长,通信类型\n"
	for _, c := range []struct{ name, file, in, want string }{
		{"month above", "通话详单.csv", "查询月份：2026年10月\n" + head + "10-01 10:15:00,杭州,被叫,95588,1分2秒,国内\n",
			"2026-10-01 10:15:00 62"},
		{"month in the name", "通话详单202609.csv", head + "09-30 22:41:07,杭州,被叫,95588,12秒,国内\n",
			"2026-09-30 22:41:07 12"},
		{"December in a list of January", "2026年1月语音.csv", head + "12-31 22:41:07,杭州,被叫,95588,12秒,国内\n",
			"2025-12-31 22:41:07 12"},
		{"half days and words", "2026年10月.csv", head + "10-01 下午3:05:06,,被叫,95588,5秒,国内\n" +
			"10月02日14时07分37秒,,被叫,95588,6秒,国内\n10-03 3:05:06 PM,,被叫,95588,7秒,国内\n",
			"2026-10-01 15:05:06 5 2026-10-02 14:07:37 6 2026-10-03 15:05:06 7"},
		{"a zero that a workbook took", "a.csv", head + "20261001 94951,,被叫,95588,5秒,国内\n2026-10-01 94952,,被叫,95588," +
			"6秒,国内\n", "2026-10-01 09:49:51 5 2026-10-01 09:49:52 6"},
		{"zones", "a.csv", head + "2026-10-01T09:49:51+08:00,,被叫,95588,5秒,国内\n2026-10-01 01:49:52Z,,被叫,95588,6秒," +
			"国内\n2026-10-01 01:49:53 GMT,,被叫,95588,7秒,国内\n2026/10/1 10:49 +0900,,被叫,95588,8秒,国内\n",
			"2026-10-01 09:49:51 5 2026-10-01 09:49:52 6 2026-10-01 09:49:53 7 2026-10-01 09:49:00 8"},
		{"dots", "a.csv", head + "2026.10.01 09.05.06,,被叫,95588,5秒,国内\n", "2026-10-01 09:05:06 5"},
		{"a range of days", "详单.csv", "起止日期：20260901-20260930\n" + head + "09-30 22:41:07,,被叫,95588,12秒,国内\n",
			"2026-09-30 22:41:07 12"},
		{"days of their own", "详单.csv", head + "2026-10-01,,,,,\n10:15:00,杭州,被叫,95588,5秒,国内\n2026-10-02,,,,,\n" +
			"08:03:00,杭州,被叫,95588,7秒,国内\n", "2026-10-01 10:15:00 5 2026-10-02 08:03:00 7"},
	} {
		var got []string
		skipped, err := readCarrierText([]byte(c.in), c.file, nil, func(r Row) error {
			got = append(got, fmt.Sprintf("%s %d", r.Incident.Time.At.Format(time.DateTime), r.Incident.Seconds))
			return nil
		})
		if err != nil || len(skipped) > 0 || strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, %v, %v", c.name, got, skipped, err)
		}
	}
}

// A list of messages has their numbers and times, and no words.
func TestListOfMessages(t *testing.T) {
	const in = "序号,起始时间,通信地点,对方号码,通信方式,信息类型,通信费(元)\n" +
		"1,2026-10-01 10:15:00,杭州,106900000088,接收,短信,0.00\n2,2026-10-01 10:16:30,杭州,106900000088,发送,短信,0.10\n"
	var got []string
	_, err := readCarrierCSV([]byte(in), func(r Row) error {
		i := r.Incident
		got = append(got, fmt.Sprintf("%s %s %s %q %d", i.Kind, i.Direction, i.Number, i.Answered, i.Seconds))
		return nil
	})
	want := `sms in 106900000088 "" -1; sms out 106900000088 "" -1`
	if err != nil || strings.Join(got, "; ") != want {
		t.Errorf("%v, %v", got, err)
	}
	for _, other := range []string{"号码,公司,备注\n19900000311,某催收,天天打\n", "号码,类型,时间,备注\n1,a,2026-10-01,b\n",
		"时间,号码,方向,信息类型,内容\n2026-10-01 10:15:00,95588,接收,短信,请还款\n"} {
		if _, ok := listHead(other); ok {
			t.Errorf("taken for a list: %s", other)
		}
	}
}

func FuzzReadCarrierCSV(f *testing.F) {
	f.Add([]byte("对方号码,起始时间,通信时长,呼叫类型\n1,2026-09-05 22:47:14,1分,被叫\n合计\n"))
	f.Add([]byte("主叫号码,被叫号码,起始时间,通话时长\n19900000311,19900000001,2026-10-01 10:15:00,62\n"))
	f.Add([]byte("2026-10-01 10:15:00,19900000311,被叫,62\n2026-10-02 11:15:00,0571-00000101,主叫,20\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		readCarrierCSV(data, func(r Row) error {
			if r.Incident.Time.IsZero() || r.Line < 1 || r.Incident.Seconds > 86400 {
				t.Errorf("%+v", r)
			}
			return nil
		})
	})
}
