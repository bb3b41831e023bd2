package web

import (
	"strings"
	"testing"

	"juzheng/evidence/ask"
)

// What a program read off a picture is offered where it has to be typed: the hours beside
// messages and not that of the phone, the sender that was named before, else the head of
// the chat.
func TestOffersFor(t *testing.T) {
	chat := []string{"21:43 5G 76%", "〈恒茂刘经理", "昨天21:40", "你不接电话我就找你妹妹", "10月9日 晚上9:05", "转3:1、99:99"}
	for _, c := range []struct {
		name, field string
		lines       []string
		want        string
	}{
		{"times", ask.SentName, chat, "昨天21:40|10月9日 晚上9:05"},
		{"the phone's own hour alone", ask.SentName, chat[:2], ""},
		{"a bare hour beside a message", ask.SentName, []string{"09:00 5G", "刘经理", "上午9:12", "9:13"}, "上午9:12|9:13"},
		{"a sender named before", ask.SenderName, []string{"21:43", "《恒茂刘经理 ）", "还钱"}, "恒茂刘经理|恒茂刘经理 ）"},
		{"the head of the chat", ask.SenderName, []string{"21:43 5G", "〈妹妹", "哥"}, "妹妹"},
		{"a group, in which somebody else writes", ask.SenderName, []string{"11:05", "〈五金同行群(86)", "用户7731"}, ""},
		{"a number", ask.SenderName, []string{"16530087721", "今晚不还"}, "16530087721"},
		{"no head", ask.SenderName, []string{"这是一条很长很长的消息，不是谁的名字", "妹妹"}, ""},
		{"nothing was read", ask.SenderName, nil, ""},
		{"another field", "by", chat, ""},
	} {
		if got := strings.Join(offersFor(c.field, c.lines, []string{"恒茂刘经理"}), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
