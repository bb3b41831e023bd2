package logs

import (
	"bytes"
	"strings"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// WeChat itself gives a chat away as text, by mail or to another program: a line for each
// day, and for each message its sender with the minute, two blanks between.
//
//	小红 和 小明 在微信上的聊天记录如下，请查收。
//
//	—————  2026-04-06  —————
//
//	小红  16:21
//
//	有点事
var (
	sharedDay    = lazyregexp.New(`^[—–―-]{3,}\s*(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?\s*[—–―-]{3,}$`)
	sharedSender = lazyregexp.New(`^(\S.{0,80}?)[ \t\x{00A0}]{2,}(\d{1,2}:\d{2})$`)
	sharedGroup  = lazyregexp.New(`^(?:微信群[“"]?)?(.+?)[”"]?\s*(?:微信群上|群聊中|微信群)?的聊天记录如下`)
)

// sharedHead is how many lines with words stand before the first day at most.
const sharedHead = 5

// isSharedChat reports a text in which the line of a day and then that of a sender stand
// below no more than a greeting.
func isSharedChat(f *file) bool {
	words, day := 0, false
	for line := range strings.SplitSeq(f.begin(), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case day:
			return sharedSender.MatchString(line)
		case sharedDay.MatchString(line):
			day = true
		default:
			if words++; words > sharedHead {
				return false
			}
		}
	}
	return false
}

// readSharedChat reads such a text. Each message goes with the line of its day into an
// extract: without that nobody knows when it was.
func readSharedChat(f *file, give func(Row) error) ([]Skipped, error) {
	return whole(func(data []byte, give func(Row) error) ([]Skipped, error) {
		s, ok := evidence.DecodeIfText(data)
		if !ok {
			return nil, errNoText
		}
		c, rows := sharedRows(strings.Split(strings.TrimPrefix(s, "\ufeff"), "\n"))
		return nil, giveChat(c, f.path, rows, give)
	})(f, give)
}

func sharedRows(lines []string) (c chat, rows []Row) {
	day, date := "", ""
	spaced := false // a sender stands between blank lines, so that words of a message are no sender
	var entry bytes.Buffer
	var text []string
	closeRow := func() {
		if len(rows) > 0 && text != nil {
			r := &rows[len(rows)-1]
			r.Incident.Shown = strings.TrimSpace(strings.Join(text, "\n"))
			r.entry = append(bytes.TrimRight(bytes.Clone(entry.Bytes()), "\r\n"), '\n') // a blank line before the next
		}
		text = nil
	}
	blank := true
	for n, line := range lines {
		line = strings.TrimRight(line, "\r")
		bare := strings.TrimSpace(line)
		if m := sharedDay.FindStringSubmatch(bare); m != nil && (blank || !spaced) {
			closeRow()
			day, date, blank = line, m[1]+"-"+m[2]+"-"+m[3], true
			continue
		}
		if day == "" {
			c.sharedBy(bare)
			continue
		}
		m := sharedSender.FindStringSubmatch(bare)
		if m != nil && len(rows) == 0 {
			spaced = n+1 < len(lines) && strings.TrimSpace(lines[n+1]) == ""
		}
		t, ok := evidence.Time{}, false
		if m != nil && (blank || !spaced) {
			t, ok = evidence.ParseTime(date + " " + m[2])
		}
		blank = bare == ""
		if !ok {
			if text != nil {
				text = append(text, line)
				entry.WriteString(line + "\n")
				if !blank {
					rows[len(rows)-1].last = n + 1
				}
			}
			continue
		}
		closeRow()
		t.Source = "wechat-export"
		if rows = hold(rows, messageBy(n+1, t, m[1], "")); len(rows) > mostMessages {
			return c, rows
		}
		text = []string{}
		entry.Reset()
		entry.WriteString(day + "\n" + line + "\n")
		blank = false
	}
	closeRow()
	return c, rows
}

// sharedBy takes from the greeting whether it is of a group. Of two people it does not say
// which is the one whose phone it was.
func (c *chat) sharedBy(line string) {
	if m := sharedGroup.FindStringSubmatch(line); m != nil && strings.Contains(line, "群") {
		c.group, c.name = true, m[1]
	}
}
