package logs

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// samples are a file of each form, with how many entries it holds.
func samples(t testing.TB) map[string]struct {
	data    string
	entries int
} {
	file := func(name string) string {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	list := [][]string{{"对方号码", "起始时间", "通信方式", "通信时长"}, {"19900000311", "2026-10-01 10:15:00", "被叫", "62秒"},
		{"19900000311", "昨天", "被叫", "62秒"}, {"合计", "", "", "62秒"}}
	talk := [][]string{{"时间", "发送人", "内容"}, {"2026-10-01 10:15:00", "王经理", "今天不还就去你单位"}, {"昨天", "王经理", "接电话"}}
	text := func(rows [][]string) string {
		var out string
		for _, row := range rows {
			out += strings.Join(row, ",") + "\n"
		}
		return out
	}
	return map[string]struct {
		data    string
		entries int
	}{
		"SMS Backup & Restore, messages": {`<smses count="2"><sms address="95588" date="1790820900000" type="1" body="一"/>` +
			"\n" + `<sms address="95588" date="1790820960000" type="3" body="二"/></smses>`, 2},
		"SMS Backup & Restore, calls": {`<calls count="2"><call number="19900000311" date="1790820900000" duration="9" ` +
			`type="1"/>` + "\n" + `<call number="1.99E+10" date="1790820900000" duration="9" type="1"/></calls>`, 2},
		"call list, workbook":     {string(workbookOf(t, list)), 3},
		"call list, OpenDocument": {file("few.ods"), 4},
		"call list, old workbook": {file("list.xls"), 201},
		"call list, XML workbook": {file("few.xml"), 4},
		"call list, page": {"<html><table><tr><td>对方号码<td>起始时间<td>通信方式<td>通信时长</tr><tr><td>19900000311" +
			"<td>2026-10-01 10:15:00<td>被叫<td>62秒</tr><tr><td>19900000311<td>昨天<td>被叫<td>9秒</tr></table></html>", 2},
		"call list, text":        {text(list), 3},
		"chat, workbook":         {string(workbookOf(t, talk)), 2},
		"chat, OpenDocument":     {file("chat.ods"), 3},
		"chat, old workbook":     {file("chat.xls"), 3},
		"chat, table":            {text(talk), 2},
		"chat, text":             {"2026-10-01 10:15:00 '王经理'\n还钱\n\n2026-10-01 10:16:00 '系统消息'\n撤回\n\n", 2},
		"Telegram Desktop, page": {telegramPage, 3},
		"WeChat, given away as text": {"王经理 和 林某 在微信上的聊天记录如下，请查收。\n\n—————  2026-10-01  —————\n\n\n" +
			"王经理  10:15\n\n还钱\n\n王经理  10:16\n\n今天就还\n", 2},
		"WhatsApp, text": {"2026/10/1 09:00 - 消息和通话已加密。\n2026/10/1 10:15 - 王经理: 还钱\n", 2},
		"ChatLab": {`{"chatlab":{"version":"0.0.2"},"meta":{"name":"王","type":"private"},"members":[],"messages":[` +
			`{"sender":"a","timestamp":1790820900,"type":0,"content":"还钱"},{"sender":"a","timestamp":1790820901,"type":80,` +
			`"content":"撤回"}]}`, 2},
		"WeFlow, JSON": {`{"weflow":{"version":"1"},"session":{"type":"私聊"},"messages":[{"createTime":1790820900,` +
			`"type":"文本消息","content":"还钱","isSend":0},{"createTime":1790820970,"type":"系统消息","content":"撤回"}]}`, 2},
		"PyWxDump, JSON": {`[{"id":1,"type_name":"文本","is_sender":0,"talker":"王","msg":"还钱","CreateTime":` +
			`"2026-10-01 10:15:00"},{"id":2,"type_name":"文本","is_sender":0,"talker":"王","msg":"还钱","CreateTime":"x"}]`,
			2},
		"qq-chat-exporter": {`{"metadata":{"name":"Q"},"chatInfo":{"name":"王","type":"private"},"messages":[` +
			`{"timestamp":1790820900000,"sender":{"uin":"1","name":"王"},"content":{"text":"还钱"}},{"timestamp":0,` +
			`"sender":{"uin":"1","name":"王"},"content":{"text":"x"}}]}`, 2},
		"Telegram Desktop, JSON": {`{"name":"王","type":"personal_chat","id":7,"messages":[{"id":0,"type":"service",` +
			`"date_unixtime":"1790820000"},{"id":1,"type":"message","date_unixtime":"1790820900","from":"王",` +
			`"from_id":"user7","text":"还钱"}]}`, 2},
		"messages of an Android program, JSON": {fossify, 4},
		"calls of an Android program, JSON": {`[{"number":"19900000311","date":"1790820900000","duration":"9","type":"1"},` +
			`{"number":"1.99E+10","date":"1790820900000","duration":"9","type":"1"}]`, 2},
		"vMessage": {"BEGIN:VMSG\nVERSION:1.1\nX-BOX:INBOX\nBEGIN:VCARD\nTEL:95588\nEND:VCARD\nBEGIN:VBODY\nX-TYPE:SMS\n" +
			"Date:2026-10-01 10:15:00\n还钱\nEND:VBODY\nEND:VMSG\n", 1},
		"call list without a head, text": {"2026-10-01 10:15:00,19900000311,被叫,62秒\n" +
			"2026-10-02 10:15:00,19900000311,被叫,62秒\n2026-10-03 10:15:00,19900000311,被叫,62秒\n", 3},
		"BCR, note beside a recording": {bcrNote, 1},
	}
}

const telegramPage = `<!DOCTYPE html><html><div class="page_header"><div class="text bold">王</div></div>` +
	`<div class="history"><div class="message service" id="m0"></div><div class="message default clearfix" id="m1">` +
	`<div class="pull_right date details" title="01.10.2026 10:15:00"></div><div class="from_name">王</div>` +
	`<div class="text">还钱</div></div><div class="message default clearfix joined" id="m2"><div class="pull_right date ` +
	`details" title="nonsense"></div></div></div></html>`

// Of each form: what is read and what is told of is all that it holds, and what is
// cut off anywhere gives what stands before, without a panic.
func TestEachFormGivesOrTells(t *testing.T) {
	have := samples(t)
	for _, form := range forms {
		s, ok := have[form.Name]
		if !ok {
			t.Errorf("no sample of %s", form.Name)
			continue
		}
		in := strings.NewReader(s.data)
		if got, _ := Recognise(in, in.Size()); got.Name != form.Name {
			t.Errorf("the sample of %s is recognised as %q", form.Name, got.Name)
			continue
		}
		given := 0
		skipped, err := Read(in, in.Size(), "王/王.txt", func(Row) error { given++; return nil })
		if err != nil || given+len(skipped) != s.entries || given == 0 {
			t.Errorf("%s: %d given and %d told of %d, %v", form.Name, given, len(skipped), s.entries, err)
		}
		step := max(1, len(s.data)/40)
		for n := 0; n < len(s.data); n += step {
			cut := strings.NewReader(s.data[:n])
			rows := 0
			_, _ = Read(cut, cut.Size(), "a.txt", func(Row) error { rows++; return nil })
			if rows > given+len(skipped) {
				t.Errorf("%s, cut at %d: %d rows", form.Name, n, rows)
			}
		}
	}
}

// FuzzForms is for every reader: it begins with a file of each form.
func FuzzForms(f *testing.F) {
	for _, s := range samples(f) {
		f.Add([]byte(s.data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := strings.NewReader(string(data))
		_, _ = Read(in, in.Size(), "a/a.txt", func(r Row) error {
			if r.Incident.Time.IsZero() || r.Line < 1 {
				t.Errorf("%+v", r)
			}
			return nil
		})
	})
}

// The page of formats has a row for each reader, with who writes such files and the
// file of its tests, which is there.
func TestFormsStandInFormats(t *testing.T) {
	page, err := os.ReadFile("../../FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "| reader | who writes it | tests | read as |\n|---|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	rows := map[string][]string{}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		rows[strings.TrimSpace(cells[0])] = cells
	}
	for _, form := range append([]Form{{Name: "call list, PDF"}}, forms...) {
		cells := rows[form.Name]
		if len(cells) != 4 {
			t.Errorf("no row for %s", form.Name)
			continue
		}
		delete(rows, form.Name)
		for _, name := range strings.Fields(strings.ReplaceAll(cells[2], "`", "")) {
			if _, err := os.Stat(name); err != nil {
				t.Errorf("%s: %v", form.Name, err)
			}
		}
	}
	for name := range rows {
		t.Errorf("no reader is called %s", name)
	}
}
