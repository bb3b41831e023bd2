package logs

import (
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

const chatStamp = `20\d\d[-/.]\d{1,2}[-/.]\d{1,2} (?:[上下]午 ?)?\d{1,2}:\d{2}:\d{2}(?: [AaPp][Mm])?`

// The line before a message says when it was written, and by whom. Seconds are
// asked for: a diary has days and minutes as well.
var (
	// chatLine: 2026-10-01 10:15:00 '名', of WeChat exports; 名(10000) of QQ;
	// with 上午 or 下午 of TIM.
	chatLine = lazyregexp.New(`^(` + chatStamp + `) +(\S.*)$`)
	// chatLineLate has the name before, as what is copied from a window has.
	chatLineLate = lazyregexp.New(`^(\S.{0,60}?)[ \t]+(` + chatStamp + `)$`)

	accountMark = lazyregexp.New(`^(.+?) ?(?:\((\d{5,12})\)|<([^<>\s]+@[^<>\s]+)>)$`)
)

// messageLine reads the line before a message.
func messageLine(line string) (t evidence.Time, sender string, ok bool) {
	if m := chatLine.FindStringSubmatch(line); m != nil {
		t, ok = carrierTime(m[1])
		return t, m[2], ok
	}
	if m := chatLineLate.FindStringSubmatch(line); m != nil {
		t, ok = carrierTime(m[2])
		return t, strings.TrimRight(m[1], ":："), ok
	}
	return t, "", false
}

// qqHead begins an export that QQ itself made.
const qqHead = "消息记录（此消息记录为文本格式"

// isChatText reports a text that begins with the line of a message, or with the
// head of such an export.
func isChatText(f *file) bool {
	if strings.HasPrefix(f.begin(), qqHead) {
		return true
	}
	lines := strings.Split(f.begin(), "\n")
	heads, words := 0, 0
	for n, line := range lines {
		line = strings.TrimRight(line, "\r")
		_, _, ok := messageLine(line)
		if n == 0 && !ok {
			return false
		}
		if ok {
			heads++
		} else if n > 0 && strings.TrimSpace(line) != "" {
			words++
		}
	}
	// A list has no words below its times, and a letter one date below its name.
	return words > 0 && (heads > 1 || chatLine.MatchString(strings.TrimRight(lines[0], "\r")))
}

// readChatFile reads a chat export as text: a line with time and sender, the
// lines of the message, a blank line.
func readChatFile(f *file, give func(Row) error) ([]Skipped, error) {
	return whole(func(data []byte, give func(Row) error) ([]Skipped, error) {
		return readChatText(data, f.path, give)
	})(f, give)
}

func readChatText(data []byte, path string, give func(Row) error) ([]Skipped, error) {
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errNoText
	}
	source := "wechat-export"
	if strings.HasPrefix(strings.TrimLeft(s, "\ufeff \r\n"), qqHead) {
		source = "chat-export"
	}
	var skipped []Skipped
	var c chat
	// Of one chat: an export of QQ may hold several. To let many grow takes twice the memory.
	rows := make([]Row, 0, min(strings.Count(s, "\n20"), mostMessages)+1)
	var text []string
	closeRow := func() {
		words := text
		if text = nil; len(rows) == 0 {
			return
		}
		r := &rows[len(rows)-1]
		if r.Incident.Shown = strings.TrimSpace(strings.Join(words, "\n")); r.Sender == "系统消息" {
			skipped = append(skipped, skip(0, r.Line, noticeOfProgram))
			rows = rows[:len(rows)-1]
		}
	}
	blank := true
	n := -1
	for line := range strings.SplitSeq(strings.TrimPrefix(s, "\ufeff"), "\n") {
		n++
		line = strings.TrimRight(line, "\r")
		switch word, value, isHead := strings.Cut(line, ":"); {
		case source == "chat-export" && isHead && word == "消息分组":
			closeRow()
			if err := giveChat(c, path, rows, give); err != nil {
				return skipped, err
			}
			c, rows = chat{group: strings.Contains(value, "群") || strings.Contains(value, "讨论组")}, nil
			continue
		case source == "chat-export" && isHead && word == "消息对象":
			closeRow()
			if c.name = strings.TrimSpace(value); !c.group {
				c.others = []string{c.name}
			}
			continue
		case strings.HasPrefix(line, "======"):
			blank = true
			continue
		}
		t, sender, isLine := evidence.Time{}, "", false
		if blank { // a message may quote such a line in its middle
			t, sender, isLine = messageLine(line)
		}
		if blank = strings.TrimSpace(line) == ""; !isLine {
			if text = append(text, line); !blank && len(rows) > 0 {
				rows[len(rows)-1].last = n + 1
			}
			continue
		}
		closeRow()
		t.Device, t.Source = true, source
		account := ""
		if m := accountMark.FindStringSubmatch(sender); m != nil && source == "chat-export" {
			sender, account = strings.TrimSpace(m[1]), m[2]+m[3]
		}
		name := unquoted(sender)
		c.marked = c.marked || name != sender // who sets names in quotes calls the person 我
		if rows = hold(rows, messageBy(n+1, t, name, account)); len(rows) > mostMessages {
			return skipped, tooManyMessages()
		}
	}
	closeRow()
	return skipped, giveChat(c, path, rows, give)
}

// unquoted is a name without the quotes that some exports set it in.
func unquoted(s string) string {
	if len(s) > 2 && s[0] == '\'' && s[len(s)-1] == '\'' {
		return s[1 : len(s)-1]
	}
	return s
}

// messageBy is the row of a message by a sender.
func messageBy(line int, t evidence.Time, sender, id string) Row {
	r := Row{Line: line, last: line, Sender: sender, senderID: id}
	r.Incident = evidence.Incident{Time: t, Kind: evidence.Message, Name: sender, Seconds: -1}
	if n, is := phoneName(sender); is {
		r.Incident.Number, r.Incident.Name = n, ""
	}
	return r
}

var phoneForm = lazyregexp.New(`^\+?[\d ()‐‑\-]{7,24}$`)

// phoneName is the number of somebody who is called by it.
func phoneName(s string) (number string, is bool) {
	s = strings.Trim(s, "\u200e\u202a\u202c\u00a0 ")
	if !phoneForm.MatchString(strings.ReplaceAll(s, "\u00a0", " ")) {
		return "", false
	}
	number = evidence.NormalNumber(s)
	return number, number != ""
}
