package logs

import (
	"fmt"
	"strings"
	"testing"

	"juzheng/evidence"
)

const fossify = `[{"subscriptionId":1,"address":"106900000088","body":"今天不还\n就去你单位","date":1790820900000,` +
	`"dateSent":1790820899000,"locked":0,"protocol":"0","read":1,"type":1,"serviceCenter":null,"backupType":"sms"},` +
	`{"subscriptionId":1,"address":"106900000088","body":"别再打","date":1790820960000,"type":2,"backupType":"sms"},` +
	`{"address":"13900000011","body":"草稿","date":1790820960000,"type":3,"backupType":"sms"},` +
	`{"creator":"x","date":1790821020,"messageBox":1,"parts":[{"contentType":"text/plain","text":"见图"},` +
	`{"contentType":"image/jpeg"}],"addresses":[{"address":"106900000088","type":137},` +
	`{"address":"13800138000","type":151}],"backupType":"mms"}]`

// Messages and calls that programs on Android keep as JSON say what a backup of
// the same phone says.
func TestPhoneJSON(t *testing.T) {
	for _, c := range []struct {
		name, in string
		form     string
		kind     evidence.ExhibitKind
		skipped  int
		want     []string
	}{
		{"Fossify Messages", fossify, "messages of an Android program, JSON", evidence.SMSLog, 1, []string{
			"1 in 2026-10-01T10:15:00 sms 106900000088 -1 今天不还\n就去你单位 SIM id 1",
			"2 out 2026-10-01T10:16:00 sms 106900000088 -1 别再打 SIM id 1",
			"4 in 2026-10-01T10:17:00 sms 106900000088 -1 见图 "}},
		{"QKSMS", `{"messageCount":2,"messages":[{"type":1,"address":"+8613900000011","date":1790820900000,"dateSent":0,` +
			`"read":true,"status":-1,"body":"今天不还","protocol":0,"serviceCenter":null,"locked":false,"subId":1},` +
			`{"type":5,"address":"13900000011","date":1790820900000,"body":"没发出去"}]}`,
			"messages of an Android program, JSON", evidence.SMSLog, 1,
			[]string{"1 in 2026-10-01T10:15:00 sms 13900000011 -1 今天不还 SIM id 1"}},
		{"SMS Import/Export, messages",
			`{"_id":"1","address":"+8613900000011","date":"1790820900000","date_sent":"0",` +
				`"type":"1","body":"今天不还","display_name":"催收王"}` + "\n" +
				`{"_id":"9","date":"1790820960","msg_box":"2","__parts":[{"ct":"text/plain","text":"别再打"}],` +
				`"__sender_address":{"address":"insert-address-token","type":"137"},` +
				`"__recipient_addresses":[{"address":"13900000011","type":"151"}]}` + "\n",
			"messages of an Android program, JSON", evidence.SMSLog, 0,
			[]string{"1 in 2026-10-01T10:15:00 sms 13900000011 -1 今天不还 ",
				"2 out 2026-10-01T10:16:00 sms 13900000011 -1 别再打 "}},
		{"SMS Import/Export, calls",
			`[{"_id":"1","number":"13900000011","date":"1790820900000","duration":"62","type":"1",` +
				`"name":"催收王","presentation":"1"},{"_id":"2","number":"13900000011","date":"1790820960000","duration":"0",` +
				`"type":"3"}]`, "calls of an Android program, JSON", evidence.CallLog, 0,
			[]string{"1 in 2026-10-01T10:15:00 call 13900000011 62  ",
				"2 in 2026-10-01T10:16:00 call 13900000011 0  "}},
	} {
		in := strings.NewReader(c.in)
		form, _ := Recognise(in, in.Size())
		if form.Name != c.form || form.Kind != c.kind {
			t.Errorf("%s: recognised as %q", c.name, form.Name)
		}
		var got []string
		skipped, err := Read(in, in.Size(), "a.json", func(r Row) error {
			i := r.Incident
			got = append(got, fmt.Sprintf("%d %s %s %s %s %d %s %s", r.Line, i.Direction,
				i.Time.At.Format("2006-01-02T15:04:05"), i.Kind, i.Number, i.Seconds, i.Shown, i.SIM))
			return nil
		})
		if err != nil || len(skipped) != c.skipped || strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: %v, %v\ngot  %q\nwant %q", c.name, skipped, err, got, c.want)
		}
	}
}

// An extract of such a file has the entries asked for as they are, and no
// others, whether or not they stand on one line; it is read again as the file is.
func TestExtractOfEntries(t *testing.T) {
	in := strings.NewReader(strings.Replace(fossify, `"address":"106900000088","body":"别再打"`,
		`"address":"13700000077","body":"妈,晚上回来吃饭"`, 1))
	x, err := Extract(in, in.Size(), "a.json", func(r Row) bool { return r.Incident.Number == "106900000088" })
	if err != nil || x.Lines != "1,4" || x.Rows != 2 || !x.More || strings.Contains(string(x.Data), "回来吃饭") {
		t.Fatalf("%+v, %v\n%s", x, err, x.Data)
	}
	n := 0
	_, err = Read(strings.NewReader(string(x.Data)), int64(len(x.Data)), "", func(r Row) error {
		n++
		return nil
	})
	if err != nil || n != 2 {
		t.Errorf("%d rows of 2, %v", n, err)
	}
}

// A message whose characters are in no known encoding is told of, and the rest
// is read.
func TestPhoneJSONWithBadCharacters(t *testing.T) {
	in := strings.NewReader(fossify[:len(fossify)-1] + strings.Repeat(" ", headSize) +
		",{\"address\":\"1\",\"body\":\"\xff\xfe\",\"date\":1790820900000,\"type\":1}]")
	n := 0
	skipped, err := Read(in, in.Size(), "", func(Row) error { n++; return nil })
	if err != nil || n != 3 || len(skipped) != 2 || skipped[1].Line != 5 {
		t.Errorf("%d rows, %v, %v", n, skipped, err)
	}
}

func TestVMessage(t *testing.T) {
	one := func(box, date, body string) string {
		return "BEGIN:VMSG\r\nVERSION:1.1\r\nX-IRMC-STATUS:READ\r\n" + box +
			"\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nN:\r\n" +
			"TEL:+8613900000011\r\nEND:VCARD\r\nBEGIN:VENV\r\nBEGIN:VBODY\r\n" + date + "\r\n" + body +
			"\r\nEND:VBODY\r\nEND:VENV\r\nEND:VMSG\r\n"
	}
	in := one("X-IRMC-BOX:INBOX", "Date:2026/10/01 10:15:00",
		"Subject;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E4=BB=8A=E5=A4=A9=\r\n=E4=B8=8D=E8=BF=98") +
		one("X-IRMC-BOX:SENTBOX", "Date:01.10.2026 10:16:00", "别再打\r\n说明: 已报警") +
		one("X-IRMC-BOX:INBOX", "Date:2026.10.1.10.17.5", "TEXT:还钱") +
		one("X-IRMC-BOX:DRAFT", "Date:2026/10/01 10:18:00", "草稿") +
		one("X-MESSAGE-TYPE:DELIVER\r\nX-NOK-DT:20261001T021500Z", "Date:", "还钱") +
		one("X-IRMC-BOX:INBOX", "Date:", "没有时间")
	f, _ := Recognise(strings.NewReader(in), int64(len(in)))
	if f.Name != "vMessage" || f.Kind != evidence.SMSLog {
		t.Fatalf("recognised as %q", f.Name)
	}
	var got []string
	skipped, err := Read(strings.NewReader(in), int64(len(in)), "", func(r Row) error {
		i := r.Incident
		got = append(got, fmt.Sprintf("%d %s %s %v %s %s", r.Line, i.Direction, i.Time.At.Format("2006-01-02T15:04:05"),
			i.Time.Device, i.Number, i.Shown))
		return nil
	})
	want := []string{"1 in 2026-10-01T10:15:00 true 13900000011 今天不还",
		"18 out 2026-10-01T10:16:00 true 13900000011 别再打\n说明: 已报警",
		"35 in 2026-10-01T10:17:05 true 13900000011 还钱", "67 in 2026-10-01T10:15:00 false 13900000011 还钱"}
	if err != nil || len(skipped) != 2 || strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%v, %v\ngot  %q\nwant %q", skipped, err, got, want)
	}
	cut := in[:len(in)-20]
	_, err = Read(strings.NewReader(cut), int64(len(cut)), "", func(Row) error { return nil })
	if err == nil {
		t.Error("a file that is cut is not said to be")
	}
	x, err := Extract(strings.NewReader(in), int64(len(in)), "", func(r Row) bool { return r.Line == 18 })
	if err != nil || !strings.HasPrefix(string(x.Data), "BEGIN:VMSG") || strings.Contains(string(x.Data), "TEXT:还钱") {
		t.Errorf("%v\n%s", err, x.Data)
	}
}
