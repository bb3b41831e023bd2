package logs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

const sharedByWeChat = `王经理 和 林某 在微信上的聊天记录如下，请查收。

—————  2026-10-01  —————


王经理  10:15

今天不还就去你单位

附：他上次说
林某  9:30
再等等


林某  10:16

别联系我同事


—————  2026-10-2  —————


王经理  22:31

[图片: 8b0abeb1.jpg(请在附件中查看)]
`

// WeChat itself writes the day once and the minute beside each sender. No second is made
// up, words of a message that look like a sender stay in it, and nothing tells whose phone
// it was.
func TestChatThatWeChatGivesAway(t *testing.T) {
	want := "2026-10-01 10:15 minute 王经理: 今天不还就去你单位//附：他上次说/林某  9:30/再等等|" +
		"2026-10-01 10:16 minute 林某: 别联系我同事|2026-10-02 22:31 minute 王经理: [图片: 8b0abeb1.jpg(请在附件中查看)]"
	compact := strings.NewReplacer("附：他上次说\n林某  9:30\n再等等\n", "", "今天不还就去你单位\n\n", "今天不还就去你单位\n").
		Replace(sharedByWeChat)
	compact = strings.ReplaceAll(strings.ReplaceAll(compact, "\n\n", "\n"), "\n\n", "\n")
	for name, c := range map[string]struct{ in, want string }{
		"as mailed":           {sharedByWeChat, want},
		"ends of Windows":     {strings.ReplaceAll(sharedByWeChat, "\n", "\r\n"), want},
		"without a greeting":  {sharedByWeChat[strings.Index(sharedByWeChat, "—"):], want},
		"without blank lines": {compact, strings.Replace(want, "//附：他上次说/林某  9:30/再等等", "", 1)},
	} {
		in := strings.NewReader(c.in)
		if f, ok := Recognise(in, in.Size()); !ok || f.Kind != evidence.ChatLog {
			t.Errorf("%s: taken for %q", name, f.Name)
			continue
		}
		var got []string
		skipped, err := Read(in, in.Size(), "王经理.txt", func(r Row) error {
			i := r.Incident
			got = append(got, fmt.Sprintf("%s %s %s: %s", i.Time.At.Format("2006-01-02 15:04"), i.Time.Precision, i.Name,
				strings.ReplaceAll(i.Shown, "\n", "/")))
			if i.Direction != evidence.DirectionUnknown || !i.Time.Device || i.Kind != evidence.Message {
				t.Errorf("%s: %+v", name, i)
			}
			return nil
		})
		if s := strings.Join(got, "|"); s != c.want || err != nil || len(skipped) > 0 {
			t.Errorf("%s: %s, %v, %v", name, s, skipped, err)
		}
	}
	for name, in := range map[string]string{
		"a diary":           "—————  2026-10-01  —————\n\n早上催收打来\n\n下午 3:05 又打\n",
		"a table's rule":    "-----\n2026-10-01\n-----\n王  10:15\n",
		"no words above it": strings.Repeat("说明一行\n", 8) + "—————  2026-10-01  —————\n\n王  10:15\n\n好\n",
	} {
		r := strings.NewReader(in)
		if f, ok := Recognise(r, r.Size()); ok && f.Name == "WeChat, given away as text" {
			t.Errorf("%s is taken for a chat", name)
		}
	}
}

// A group is told by the greeting, and by an extract each message keeps its day.
func TestChatThatWeChatGivesAwayTakenApart(t *testing.T) {
	in := strings.NewReader(strings.Replace(sharedByWeChat, "王经理 和 林某 在微信上的", "催收二组 微信群上的", 1))
	x, err := Extract(in, in.Size(), "a.txt", func(r Row) bool { return r.Sender == "王经理" })
	if err != nil || x.Rows != 2 || !x.More {
		t.Fatalf("%+v, %v", x, err)
	}
	again := strings.NewReader(string(x.Data))
	var got []string
	if _, err := Read(again, again.Size(), "a.txt", func(r Row) error {
		got = append(got, r.Incident.Time.At.Format(time.DateOnly)+" "+r.Sender)
		return nil
	}); err != nil || strings.Join(got, "|") != "2026-10-01 王经理|2026-10-02 王经理" {
		t.Errorf("%q of\n%s, %v", got, x.Data, err)
	}
}
