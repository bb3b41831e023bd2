package logs

import (
	"errors"
	"strings"
	"testing"

	"juzheng/evidence"
)

// 2026-10-01 10:15:00 in Beijing.
const chatAt = "1790820900"

// Each form of chat gives who wrote what and when, and to whom the person wrote;
// what is marked as the person's is never taken for the other side's.
func TestChatForms(t *testing.T) {
	const told, answered = "in 2026-10-01T10:15:00 %v 王经理 今天不还就去你单位", "out 2026-10-01T10:16:00 %v 王经理 别联系我同事"
	for _, c := range []struct {
		name, path, in string
		form           string
		device         bool // the time is that of a clock on the wall
		notices        int
	}{
		{"WeFlow text", "王经理.txt", "2026-10-01 10:15:00 '王经理'\n今天不还就去你单位\n\n" +
			"2026-10-01 10:16:00 '我'\n别联系我同事\n\n", "chat, text", true, 0},
		{"WeFlow table", "王经理.csv", "\ufeff会话信息\n微信ID,wxid_a,,昵称,王经理,,,\n导出工具,WeFlow,导出版本,1.0\n" +
			"序号,时间,发送者昵称,发送者微信ID,发送者备注,发送者身份,消息类型,内容\n" +
			"1,2026-10-01 10:15:00,王总,wxid_a,王经理,王经理,文本消息,今天不还就去你单位\n" +
			"2,2026-10-01 10:16:00,林某,wxid_b,,我,文本消息,别联系我同事\n" +
			"3,2026-10-01 10:16:30,,,,系统消息,系统消息,对方撤回了一条消息\n", "chat, table", true, 1},
		{"WeFlow JSON", "王经理.json",
			`{"weflow":{"version":"1"},"session":{"wxid":"wxid_a","nickname":"王总","remark":"王经理",` +
				`"type":"私聊"},"messages":[{"createTime":` + chatAt +
				`,"type":"文本消息","content":"今天不还就去你单位","isSend":0,` +
				`"senderUsername":"wxid_a","senderDisplayName":"王经理"},{"createTime":1790820960,"type":"文本消息",` +
				`"content":"别联系我同事","isSend":1,"senderUsername":"wxid_b","senderDisplayName":"林某"},` +
				`{"createTime":1790820970,"type":"系统消息","content":"撤回","isSend":null}]}`, "WeFlow, JSON", false, 1},
		{"QQ text", "王经理.txt", "\ufeff消息记录（此消息记录为文本格式，不支持重新导入）\r\n\r\n================\r\n" +
			"消息分组:我的好友\r\n================\r\n消息对象:王经理\r\n================\r\n\r\n" +
			"2026-10-01 10:15:00 王经理(100001)\r\n今天不还就去你单位\r\n\r\n" +
			"2026-10-01 10:16:00 林某(200002)\r\n别联系我同事\r\n\r\n2026-10-01 10:17:00 系统消息(10000)\r\n提示\r\n",
			"chat, text", true, 1},
		{"TIM text", "a.txt", "消息记录（此消息记录为文本格式，不支持重新导入）\n\n消息分组:我的好友\n消息对象:王经理\n====\n\n" +
			"2026/10/1 上午 10:15:00 王经理<a@example.com>\n今天不还就去你单位\n\n" +
			"2026/10/1 上午 10:16:00 林某\n别联系我同事\n", "chat, text", true, 0},
		{"PyWxDump table", "a.csv", "id,MsgSvrID,type_name,is_sender,talker,msg,src,CreateTime\n" +
			"1,9,文本,0,王经理,今天不还就去你单位,,2026-10-01 10:15:00\n2,8,文本,1,我,别联系我同事,,2026-10-01 10:16:00\n",
			"chat, table", true, 0},
		{"PyWxDump JSON", "a.json", `[{"id":1,"type_name":"文本","is_sender":0,"talker":"王经理","msg":"今天不还就去你单位",` +
			`"CreateTime":"2026-10-01 10:15:00"},{"id":2,"type_name":"文本","is_sender":1,"talker":"我",` +
			`"msg":"别联系我同事","CreateTime":"2026-10-01 10:16:00"}]`, "PyWxDump, JSON", true, 0},
		{"old WeChat, semicolons", "a.csv", "sep=;\r\nIsSender;CreateTime;Type;StrContent;Remark\r\n" +
			"0;" + chatAt + ";1;今天不还就去你单位;王经理\r\n1;1790820960;1;别联系我同事;林某\r\n", "chat, table", false, 0},
		{"old WeChat, tabs, UTF-16", "a.csv", utf16LE("IsSender\tCreateTime\tType\tStrContent\tRemark\r\n" +
			"0\t" + chatAt + "\t1\t今天不还就去你单位\t王经理\r\n1\t1790820960\t1\t别联系我同事\t\r\n"), "chat, table", false, 0},
		{"ChatLab", "a.json",
			`{"chatlab":{"version":"0.0.2"},"meta":{"name":"王经理","platform":"wechat","type":"private"},` +
				`"members":[{"platformId":"a","accountName":"王经理"},{"platformId":"b","accountName":"林某"}],"messages":[` +
				`{"sender":"a","accountName":"王经理","timestamp":` + chatAt + `,"type":0,"content":"今天不还就去你单位"},` +
				`{"sender":"b","accountName":"林某","timestamp":1790820960,"type":0,"content":"别联系我同事"},` +
				`{"sender":"a","accountName":"王经理","timestamp":1790820961,"type":80,"content":"撤回"}]}`, "ChatLab",
			false,
			1},
		{"ChatLab, lines", "a.jsonl",
			`{"_type":"header","chatlab":{"version":"0.0.2"},"meta":{"name":"王经理","type":"private"}}` +
				"\n" + `{"_type":"member","platformId":"a","accountName":"王经理"}` + "\n" +
				`{"_type":"message","sender":"a","accountName":"王经理","timestamp":` + chatAt + `,"type":0,` +
				`"content":"今天不还就去你单位"}` + "\n" +
				`{"_type":"message","sender":"b","accountName":"林某","timestamp":1790820960,"type":0,"content":"别联系我同事"}` +
				"\n",
			"ChatLab", false, 0},
		{"Telegram", "result.json", `{"name":"王经理","type":"personal_chat","id":7,"messages":[` +
			`{"id":0,"type":"service","date":"2026-10-01T10:00:00","date_unixtime":"1790820000","action":"phone_call"},` +
			`{"id":1,"type":"message","date":"2026-10-01T02:15:00","date_unixtime":"` + chatAt + `","from":"王经理",` +
			`"from_id":"user7","text":["今天不还就去",{"type":"bold","text":"你单位"}]},{"id":2,"type":"message",` +
			`"date":"2026-10-01T02:16:00","date_unixtime":"1790820960","from":"林某","from_id":"user8",` +
			`"text":"别联系我同事"}]}`, "Telegram Desktop, JSON", false, 1},
		{"Telegram, page", "messages.html", `<!DOCTYPE html><html><head><title>Exported Data</title></head><body>` +
			`<div class="page_header"><div class="content"><div class="text bold">` + "\n王经理\n" + `</div></div></div>` +
			`<div class="history"><div class="message service" id="message-1"><div class="body details">1 October 2026</div>` +
			`</div><div class="message default clearfix" id="message1"><div class="body"><div class="pull_right date ` +
			`details" title="01.10.2026 10:15:00 UTC+08:00">10:15</div><div class="from_name">` + "\n王经理 \n" +
			`</div>` +
			`<div class="text">` + "\n今天不还就去<strong>你单位</strong>\n" + `</div></div></div>` +
			`<div class="message default clearfix" id="message2"><div class="body"><div class="pull_right date details" ` +
			`title="01.10.2026 02:16:00 UTC+00:00">02:16</div><div class="from_name">林某</div>` +
			`<div class="text">别联系我同事</div></div></div></div></body></html>`, "Telegram Desktop, page", false, 1},
		{"workbook", "王经理.xlsx", string(workbookOf(t, [][]string{{"会话信息"}, {"昵称", "王经理"},
			{"序号", "时间", "发送者昵称", "发送者身份", "消息类型", "内容"},
			{"1", "2026-10-01 10:15:00", "王经理", "王经理", "文本消息", "今天不还就去你单位"},
			{"2", "2026-10-01 10:16:00", "林某", "我", "文本消息", "别联系我同事"}})), "chat, workbook", true, 0},
		{"workbook a person put together", "王经理(a)/王经理.xlsx", string(workbookOf(t, [][]string{{"消息时间", "发送者", "聊天内容"},
			{"46296.427083333336", "王经理", "今天不还就去你单位"}, {"2026-10-01 10:16:00", "我", "别联系我同事"}})),
			"chat, workbook", true, 0},
		{"Telegram, all chats", "result.json",
			`{"about":"Telegram","personal_information":{"user_id":8},"chats":{"about":"x",` +
				`"list":[{"name":"王经理","type":"personal_chat","id":7,"messages":[{"id":1,"type":"message",` +
				`"date_unixtime":"` + chatAt + `","from":"王经理","from_id":"user7","text":"今天不还就去你单位"},` +
				`{"id":2,"type":"message","date_unixtime":"1790820960","from":"林某","from_id":"user8","text":"别联系我同事"}]}]}}`,
			"Telegram Desktop, JSON", false, 0},
		{"WhatsApp, Android", "与王经理的 WhatsApp 聊天.txt", "2026/10/1 09:00 - 消息和通话已进行端到端加密。\n" +
			"2026/10/1 10:15 - 王经理: 今天不还就去你单位\n2026/10/1 10:16 - 林某: 别联系我同事\n", "WhatsApp, text", true, 1},
		{"WhatsApp, iPhone", "WhatsApp Chat - 王经理/_chat.txt", "\u200e[01/10/2026, 10:15:00] 王经理: 今天不还就去你单位\r\n" +
			"[01/10/2026, 10:16:00] 林某: 别联系我同事\r\n[13/10/2026, 10:00:00] 王经理: \u200eimage omitted\r\n",
			"WhatsApp, text", true, -1},
		{"qq-chat-exporter", "a.json",
			`{"metadata":{"name":"QQChatExporter V4"},"chatInfo":{"name":"王经理","type":"private",` +
				`"selfUin":"200002"},"messages":[{"timestamp":1790820900000,"sender":{"uin":"100001","name":"王经理"},` +
				`"content":{"text":"今天不还就去你单位"}},{"timestamp":1790820960000,"sender":{"uin":"200002","name":"林某"},` +
				`"content":{"text":"别联系我同事"}}]}`, "qq-chat-exporter", false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := strings.NewReader(c.in)
			form, _ := Recognise(in, in.Size())
			if form.Name != c.form || form.Kind != evidence.ChatLog {
				t.Fatalf("recognised as %q", form.Name)
			}
			var got []string
			lines := map[int]bool{}
			skipped, err := Read(in, in.Size(), c.path, func(r Row) error {
				if lines[r.Line] {
					t.Errorf("two rows at %d", r.Line)
				}
				lines[r.Line] = true
				_, s, _ := strings.Cut(short(r), " ")
				got = append(got, s)
				return nil
			})
			want := []string{strings.Replace(told, "%v", boolWord(c.device), 1),
				strings.Replace(answered, "%v", boolWord(c.device), 1)}
			if c.notices < 0 {
				got, c.notices = got[:2], 0
			}
			if err != nil || strings.Join(got, "|") != strings.Join(want, "|") || len(skipped) != c.notices {
				t.Errorf("%v, skipped %v\ngot  %q\nwant %q", err, skipped, got, want)
			}
		})
	}
}

func boolWord(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func utf16LE(s string) string {
	out := []byte{0xff, 0xfe}
	for _, r := range s { // of the basic plane
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

// Where an export does not say whose phone it was, and where three or more
// write, nobody's message is given to the person; neither is a group's.
func TestChatsThatDoNotTellWhoseTheyAre(t *testing.T) {
	for name, in := range map[string]string{
		"QQ group": "消息记录（此消息记录为文本格式）\n\n消息分组:我的群聊\n消息对象:还款群\n\n2026-10-01 10:15:00 还款群(100001)\n还钱\n\n" +
			"2026-10-01 10:16:00 林某(200002)\n好\n",
		"two strangers":        "2026-10-01 10:15:00 王经理\n还钱\n\n2026-10-01 10:16:00 林某\n好\n",
		"copied from a window": "王经理 2026-10-01 10:15:00\n还钱\n\n林某 2026-10-01 10:16:00\n好\n",
		"ChatLab group": `{"chatlab":{},"meta":{"name":"王经理","type":"group","ownerId":"a"},"members":[{"platformId":"a",` +
			`"accountName":"王经理"}],"messages":[{"sender":"a","accountName":"王经理","timestamp":` + chatAt +
			`,"content":"x"}]}`,
		"WhatsApp group": "2026/10/1 10:15 - 王经理: 还钱\n2026/10/1 10:16 - 林某: 好\n2026/10/1 10:17 - 李某: 好\n",
	} {
		n := 0
		_, err := Read(strings.NewReader(in), int64(len(in)), "a.txt", func(r Row) error {
			if n++; r.Incident.Direction != evidence.DirectionUnknown || r.Incident.Name == "" {
				t.Errorf("%s: %s", name, short(r))
			}
			return nil
		})
		if err != nil || n == 0 {
			t.Errorf("%s: %d rows, %v", name, n, err)
		}
	}
}

// A WhatsApp export writes the day as the phone's language does. The order is
// taken from the file, and where two fit, none is.
func TestDaysOfWhatsApp(t *testing.T) {
	for in, want := range map[string]string{
		"13/10/2026, 10:15 - 王: a\n":                       "2026-10-13",
		"10/13/26, 10:15 AM - 王: a\n":                      "2026-10-13",
		"1/9/26, 10:15 - 王: a\n13/9/26, 10:15 - 王: b\n":    "2026-09-01",
		"2/1/26, 10:15 - 王: a\n1/2/26, 10:15 - 王: b\n":     "2026-01-02", // the only order in which they run on
		"01.10.26, 10:15 - 王: a\n02.10.26, 10:15 - 王: b\n": "",
		"1/2/2026, 10:15 - 王: a\n":                         "",
		"2026-10-01, 10:15 - 王: a\n":                       "2026-10-01",
		"[2026/10/1 下午 2:18:00] 王: a\n":                    "2026-10-01",
	} {
		var first string
		_, err := Read(strings.NewReader(in), int64(len(in)), "a.txt", func(r Row) error {
			if first == "" {
				first = r.Incident.Time.At.Format("2006-01-02")
			}
			return nil
		})
		if first != want || (want == "") != errors.Is(err, errDayOrder) {
			t.Errorf("%q: %q, %v; want %q", in, first, err, want)
		}
	}
}

// What is cut gives its rows, and says where it broke.
func TestCutJSON(t *testing.T) {
	in := `{"chatlab":{},"meta":{"name":"王","type":"private"},"messages":[` + "\n" +
		`{"sender":"a","accountName":"王","timestamp":` + chatAt + `,"type":0,"content":"一"},` + "\n" +
		`{"sender":"a","accountName":"王","timestamp":` + chatAt + `,"type":0,"con`
	n := 0
	_, err := Read(strings.NewReader(in), int64(len(in)), "a.json", func(Row) error { n++; return nil })
	var broken *BrokenError
	if n != 1 || !errors.As(err, &broken) || broken.Line != 3 {
		t.Errorf("%d rows, %v", n, err)
	}
}

func FuzzReadForms(f *testing.F) {
	for _, s := range []string{
		`{"chatlab":{},"meta":{"type":"private"},"messages":[{"sender":"a","timestamp":1790820900,"content":"一"}]}`,
		`{"name":"王","type":"personal_chat","id":7,"messages":[{"id":1,"type":"message","date_unixtime":"1","from_id":"u"}]}`,
		`{"weflow":{},"session":{},"messages":[{"createTime":1790820900,"isSend":0}]}`,
		`[{"address":"1","body":"b","date":1790820900000,"type":1}]`,
		"BEGIN:VMSG\nDate:2026-10-01 10:15:00\nEND:VMSG\n",
		`<html><div class="page_header"><div class="history"><div class="message default"><div class="pull_right date ` +
			`details" title="01.10.2026 10:15:00"><div class="text">还钱</div>`,
		"2026/10/1 10:15 - 王: 还钱\n", "消息记录（此消息记录为文本格式\n消息对象:王\n\n2026-10-01 10:15:00 王(10000)\n还钱\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in := strings.NewReader(string(data))
		_, err := Read(in, in.Size(), "a/a.txt", func(r Row) error {
			if r.Incident.Time.IsZero() || r.Line < 1 {
				t.Errorf("%+v", r)
			}
			return nil
		})
		if err == nil {
			_, _ = Extract(in, in.Size(), "a/a.txt", func(r Row) bool { return r.Line%2 == 0 })
		}
	})
}
