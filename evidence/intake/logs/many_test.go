package logs

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// A chat of more messages than are held is not read, and says how to have it read.
func TestVeryLongChat(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"name":"A","type":"personal_chat","id":7,"messages":[`)
	for n := range mostMessages + 1 {
		fmt.Fprintf(&b, `{"id":%d,"type":"message","date_unixtime":"%d","from":"A","from_id":"user7","text":"好"},`,
			n, 1788361205+n)
	}
	text := b.String() + `{}]}`
	given := 0
	_, err := Read(strings.NewReader(text), int64(len(text)), "result.json", func(Row) error { given++; return nil })
	var unread *UnreadError
	if !errors.As(err, &unread) || !strings.Contains(unread.Detail.ZH, fmt.Sprint(mostMessages)) || given > 0 {
		t.Errorf("%d rows, error %v", given, err)
	}
}

// A message of very many lines costs no more than its length.
func TestMessageOfManyLines(t *testing.T) {
	lines := strings.Repeat("x\n", 200_000)
	first := strings.Repeat("2026/3/1 08:00:00 - B: 早\n", 800) // more than the head that is looked at
	text := first + "2026/3/1 09:00:00 - A: 好\n" + lines + "2026/3/1 09:01:00 - B: 是\n2026/3/1 09:02:00 - 消息已加密\n"
	start := time.Now()
	var rows []Row
	_, err := Read(strings.NewReader(text), int64(len(text)), "chat.txt", func(r Row) error {
		rows = append(rows, r)
		return nil
	})
	if err != nil || len(rows) != 802 || rows[800].Incident.Shown != "好\n"+strings.TrimSpace(lines) ||
		rows[801].Incident.Shown != "是" {
		t.Fatalf("%d rows, error %v", len(rows), err)
	}
	if spent := time.Since(start); spent > 5*time.Second {
		t.Errorf("took %v", spent)
	}
}
