package intake

import (
	"strings"
	"testing"
)

// A text with messages or calls that no reader took is not kept in silence; one
// that only has a date is no list.
func TestUnreadRowsAreTold(t *testing.T) {
	const message = "2026-10-01 10:15:00 某某(10000)\r\n你再不还钱我就打给你单位\r\n\r\n"
	for _, c := range []struct {
		name, head, says string
	}{
		{"a chat as text", "\ufeff消息记录\r\n\r\n" + message + message, "2 处"},
		{"one row of a table", "id;time;text\r\n1;2026/10/1 10:15;a;b\r\n", "1 处"},
		{"Chinese dates", "2026年10月1日 10时15分 某某\n2026年10月2日　9:01 某某\n", "2 处"},
		{"seconds in JSON", `{"messages":[{"timestamp":1790820900,"content":"a"}]}`, "1 处"},
		{"milliseconds in JSON", `[{"date":1790820900000,"dateSent":1790820899000}]`, "2 处"},
		{"a date in JSON", `{"messages":[{"date":"2026-10-01T10:15:00"}]}`, "1 处"},
		{"a letter", "某某：\n2026年10月1日 10:15，我收到了电话。\n此致\n", ""},
		{"days without a time", "2026-10-01 去了派出所\n2026-10-02 在家\n", ""},
		{"settings", `{"version":3,"runtime":"go1.26","list":[1790820900]}`, ""},
		{"nothing", "", ""},
	} {
		got := unreadRows(c.head)
		if c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q in it", c.name, got, c.says)
		}
	}
}
