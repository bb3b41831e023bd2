package logs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

func TestChatCSV(t *testing.T) {
	for _, c := range []struct {
		name, in string
		skipped  int
		want     []string
	}{
		{"old WeChat", "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime," +
			"Remark,NickName,Sender\n" +
			"1,2,1,0,0,1788361205,3,\"今天不还\n就去你单位\",2026-09-03 00:20:05,催收王,wang,x\n" +
			"2,2,1,0,1,1788361206,3,别这样,2026-09-03 00:20:06,催收王,wang,x\n" +
			"3,2,3,0,0,1788361207,3,<msg/>,2026-09-03 00:20:07,催收王,wang,x\n" +
			"4,2,10000,0,0,1788361208,3,撤回,2026-09-03 00:20:08,催收王,wang,x\n5,2,1,0,0,0,3,无时间,,,,\n",
			2,
			[]string{
				"2 in 2026-09-02T23:00:05 false 催收王 今天不还\n就去你单位",
				"4 out 2026-09-02T23:00:06 false 催收王 别这样", "5 in 2026-09-02T23:00:07 false 催收王 [图片]",
			}},
		{
			"new WeChat", "\ufeff消息ID,类型,发送人,时间,内容,备注\n1,文本,wang,2026-09-03 00:20:05,还钱,催收王\n", 0,
			[]string{"2  2026-09-03T00:20:05 true 催收王 还钱"},
		},
		{"iMazing", "Chat Session,Message Date,Service,Type,Sender ID,Sender Name,Status,Replying to,Subject,Text," +
			"Attachment,Attachment type\n" +
			"+86 138 0013 8000,2026-09-03 00:20:05,SMS,Incoming,+8613800138000,,Read,,,还钱,,\n" +
			"妈妈,2026-09-03 00:20:06,iMessage,Outgoing,,,Sent,,,好,,\n",
			0,
			[]string{"2 in 2026-09-03T00:20:05 true  还钱", "3 out 2026-09-03T00:20:06 true 妈妈 好"}},
	} {
		f, ok := Recognise(strings.NewReader(c.in), int64(len(c.in)))
		if !ok || f.Kind != evidence.ChatLog || f.Extension != ".csv" {
			t.Errorf("%s: recognised as %q", c.name, f.Name)
		}
		var got []string
		skipped, err := readChatCSV([]byte(c.in), "", func(r Row) error { got = append(got, short(r)); return nil })
		if err != nil || len(skipped) != c.skipped || strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: %d skipped, %v\ngot  %q\nwant %q", c.name, len(skipped), err, got, c.want)
		}
	}
}

func short(r Row) string {
	i := r.Incident
	at := i.Time.At.Format("2006-01-02T15:04:05")
	return fmt.Sprintf("%d %s %s %v %s %s", r.Line, i.Direction, at, i.Time.Device, i.Name, i.Shown)
}

func TestChatText(t *testing.T) {
	in := "\ufeff2026-09-03 00:20:05 催收王\r\n还钱\r\n2026-09-03 00:00:00 见\r\n\r\n2026-09-03 00:21:00 我\r\n好\r\n"
	f, ok := Recognise(strings.NewReader(in), int64(len(in)))
	if !ok || f.Kind != evidence.ChatLog || f.Extension != ".txt" {
		t.Errorf("recognised as %q", f.Name)
	}
	var got []string
	_, err := readChatText([]byte(in), "", func(r Row) error { got = append(got, short(r)); return nil })
	want := "1  2026-09-03T00:20:05 true 催收王 还钱\n2026-09-03 00:00:00 见|5 out 2026-09-03T00:21:00 true  好"
	if err != nil || strings.Join(got, "|") != want {
		t.Errorf("%v\ngot  %q\nwant %q", err, strings.Join(got, "|"), want)
	}
}

const bcrNote = `{"timestamp_unix_ms":1788361205088,"timestamp":"2026-09-02T23:00:05.088+08:00",
 "direction":"in","sim_slot":1,"calls":[{"phone_number":"+8613800138000","contact_name":null}],
 "output":{"recording":{"duration_secs_total":61.2,"duration_secs_encoded":60.7}}}`

func TestBCRNote(t *testing.T) {
	row, ok := parseBCR([]byte(bcrNote))
	i := row.Incident
	if !ok || i.Number != "13800138000" || i.Direction != evidence.In || i.Seconds != 61 || i.Time.Device ||
		i.Time.At.Format(time.DateTime) != "2026-09-02 23:00:05" {
		t.Errorf("%v %+v", ok, i)
	}
	if i.SIM != "SIM 1" {
		t.Errorf("card %q", i.SIM)
	}
	if row.Paused || row.Held {
		t.Errorf("paused %v, held %v", row.Paused, row.Held)
	}
	paused := strings.Replace(bcrNote, `"duration_secs_total"`, `"was_ever_paused":true,"duration_secs_total"`, 1)
	if row, ok := parseBCR([]byte(paused)); !ok || !row.Paused || row.Held {
		t.Errorf("paused %v, held %v", row.Paused, row.Held)
	}
	if _, ok := parseBCR([]byte(`{"timestamp_unix_ms":0,"calls":[{}]}`)); ok {
		t.Error("a note without a time was taken")
	}
}

func FuzzReadChat(f *testing.F) {
	f.Add([]byte("发送人,时间,内容\n王,2026-09-03 00:20:05,还钱\n"))
	f.Add([]byte("2026-09-03 00:20:05 王\n还钱\n\n"))
	f.Add([]byte(bcrNote))
	f.Fuzz(func(t *testing.T, data []byte) {
		give := func(r Row) error {
			if r.Incident.Time.IsZero() || r.Line < 1 {
				t.Errorf("%+v", r)
			}
			return nil
		}
		readChatCSV(data, "", give)
		readChatText(data, "", give)
		readBCR(data, give)
	})
}
