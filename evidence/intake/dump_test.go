package intake

import (
	"context"
	"fmt"
	"image/color"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"juzheng/evidence"
)

// recordedAs is the name a maker gives the recording of a call, and how long
// after the call began it may say it did.
var recordedAs = []struct {
	maker string
	late  time.Duration
	name  func(number, direction string, at time.Time) string
}{
	{"huawei", 9 * time.Second, func(n, _ string, at time.Time) string {
		return "Sounds/CallRecord/" + n + "_" + at.Format("20060102150405") + ".amr"
	}},
	{"miui", 6 * time.Second, func(n, _ string, at time.Time) string {
		return "MIUI/sound_recorder/call_rec/通话录音@" + n[:3] + " " + n[3:7] + " " + n[7:] + "(0086" + n + ")_" +
			at.Format("20060102150405") + ".mp3"
	}},
	{"samsung", 4 * time.Second, func(n, _ string, at time.Time) string {
		return "Recordings/Call/Call recording +86" + n + "_" + at.Format("060102_150405") + ".m4a"
	}},
	{"vivo", 11 * time.Second, func(n, _ string, at time.Time) string {
		return "Record/Call/" + n + " " + at.Format("2006-01-02 15-04-05") + ".amr"
	}},
	{"oppo", 3 * time.Second, func(n, _ string, at time.Time) string {
		return "Music/Recordings/Call Recordings/+86" + n + "-" + at.Format("0601021504") + ".mp3"
	}},
	{"acr", 2 * time.Second, func(n, d string, at time.Time) string {
		return fmt.Sprintf("ACRCalls/+86%s-%d-%d.m4a", n, map[string]int{"in": 0, "out": 1}[d], at.UnixMilli())
	}},
	{"bcr", time.Second, func(n, d string, at time.Time) string {
		return "BCR/" + at.UTC().Format("20060102_150405.000-0700") + "_" + d + "_sim1_+86" + n + ".oga"
	}},
}

// A dump of several hundred mixed files, counted apart from the code that
// reads them: every call and message once, with its time, direction and
// number, no matter what made the files and how many show the same event.
func TestDumpOfHundreds(t *testing.T) {
	dir := t.TempDir()
	type want struct{ at, direction, number string }
	calls, messages := map[want]int{}, map[want]int{}
	var xmlCalls, xmlSMS, mobile, telecom, chat strings.Builder
	mobile.WriteString("客户姓名：某某\r\n起始时间,通信地点,通信方式,对方号码,通信时长,通信类型\r\n")
	telecom.WriteString("对方号码,呼叫类型,起始时间,通话时长（秒）\n")
	chat.WriteString("localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName," +
		"Sender\n")
	base := time.Date(2026, 8, 1, 8, 0, 0, 0, evidence.Beijing)
	rounds := 360
	if testing.Short() {
		rounds = 60
	}
	files, recordings := 0, 0
	give := func(name string, data []byte) { put(t, dir, name, data); files++ }
	for i := range rounds {
		at := base.Add(time.Duration(i) * 97 * time.Minute)
		number := fmt.Sprintf("1990000%04d", i%7)
		kind, direction, seconds := 1+i%3, "in", 20+i%40
		if kind == 2 {
			direction = "out"
		}
		if kind == 3 {
			seconds = 0
		}
		fmt.Fprintf(
			&xmlCalls, "<call number=\"+86 %s\" duration=\"%d\" date=\"%d\" type=\"%d\" subscription_id=\"1\" />\n",
			number, seconds, at.UnixMilli(), kind,
		)
		if seconds == 0 {
			calls[want{at.Format(time.DateTime), direction, number}]++
		} else { // carriers list connected calls, some seconds later, and theirs is the better clock
			calls[want{at.Add(7 * time.Second).Format(time.DateTime), direction, number}]++
			word := map[string]string{"in": "被叫", "out": "主叫"}[direction]
			listed := at.Add(7 * time.Second)
			if i < rounds/2 {
				fmt.Fprintf(
					&mobile, "%s,杭州,%s,%s,0小时0分%d秒,本地\r\n", listed.Format("2006/1/2 15:04:05"), word, number,
					seconds,
				)
			} else {
				fmt.Fprintf(&telecom, "%s,%s,%s,%d\n", number, word, listed.Format(time.DateTime), seconds)
			}
			maker := recordedAs[i%len(recordedAs)]
			sound := amr(50*seconds - 40)
			sound[len(sound)-1] = byte(i) // no two alike
			sound[len(sound)-2] = byte(i >> 8)
			give(maker.name(number, direction, at.Add(maker.late)), sound)
			recordings++
		}
		sms := base.Add(time.Duration(i)*53*time.Minute + 11*time.Second)
		fmt.Fprintf(
			&xmlSMS, "<sms address=\"%s\" date=\"%d\" type=\"%d\" body=\"第%d条\" />\n", number, sms.UnixMilli(), 1+i%2,
			i,
		)
		messages[want{sms.Format(time.DateTime), []string{"in", "out"}[i%2], number}]++
		said := base.Add(time.Duration(i)*41*time.Minute + 23*time.Second)
		fmt.Fprintf(&chat, "%d,2,1,0,%d,%d,3,第%d句,,催收王,wang,x\n", i, i%2, said.Unix(), i)
		messages[want{said.Format(time.DateTime), []string{"in", "out"}[i%2], ""}]++
	}
	for n := range rounds / 6 {
		give(
			fmt.Sprintf("DCIM/Screenshots/Screenshot_2026-09-%02d-1%d-00-00-000_com.tencent.mm.png", 1+n%28, n/28),
			pngOf(t, chatPage(uint64(1000+n), color.Black)),
		)
	}
	// A recording that stands in no log.
	give("Sounds/CallRecord/13900000000_20260920101010.amr", amr(60))
	calls[want{"2026-09-20 10:10:10", "", "13900000000"}]++
	give("calls.xml", []byte("<calls>\n"+xmlCalls.String()+"</calls>"))
	give("sms.xml", []byte("<smses>\n"+xmlSMS.String()+"</smses>"))
	give("sms-older.xml", []byte("<smses backup=\"older\">\n"+xmlSMS.String()+"</smses>")) // overlaps wholly
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(mobile.String() + "合计,,,,99分,\r\n")
	if err != nil {
		t.Fatal(err)
	}
	give("移动详单.csv", []byte(gbk))
	give("电信详单.csv", []byte(telecom.String()))
	give("催收王.csv", []byte("\ufeff"+chat.String()))

	f := newCase(t)
	s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	accounted(t, s, files)
	if files < rounds*5/6 || len(s.Admitted) != files || len(s.Skipped) != 1 || len(s.Clocks) != 0 {
		t.Errorf("%d files, %d exhibits, %d rows skipped, clocks %+v", files, len(s.Admitted), len(s.Skipped), s.Clocks)
	}
	rows, err := f.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	tied := 0
	for _, r := range rows {
		w := want{r.Time.At.Format(time.DateTime), string(r.Direction), r.Number}
		switch r.Kind {
		case evidence.Call:
			calls[w]--
			if len(r.Exhibits) == 3 {
				tied++
			}
			if r.Number != "13900000000" && r.SIM != "SIM id 1" {
				t.Errorf("%s reached card %q", r.ID, r.SIM)
			}
		case evidence.SMS, evidence.Message:
			if r.Time.Source != "name:xiaomi" {
				messages[w]--
			}
		}
	}
	if tied != recordings {
		t.Errorf("%d calls have log, list and recording, want %d", tied, recordings)
	}
	for name, left := range map[string]map[want]int{"call": calls, "message": messages} {
		for w, n := range left {
			if n != 0 {
				t.Errorf("%s %+v stands in the timeline %+d times too few", name, w, n)
			}
		}
	}
}
