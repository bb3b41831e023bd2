package logs

import (
	"errors"
	"regexp"
	"strings"

	"juzheng/evidence"
)

var chatLine = regexp.MustCompile(`^(20\d\d-\d\d-\d\d \d\d:\d\d:\d\d) (\S.*)$`)

// isChatText reports a text that begins with the line of a message.
func isChatText(f *file) bool {
	first, _, _ := strings.Cut(f.begin(), "\n")
	m := chatLine.FindStringSubmatch(strings.TrimRight(first, "\r"))
	if m == nil {
		return false
	}
	_, ok := carrierTime(m[1])
	return ok
}

// readChatText reads a chat export as text: a line with time and sender, the
// lines of the message, a blank line. It does not say who the phone's owner
// is: directions stay unknown.
func readChatText(data []byte, give func(Row) error) ([]Skipped, error) {
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errors.New("neither UTF-8 nor GB 18030 text")
	}
	var row Row
	var text []string
	flush := func() error {
		if row.Line == 0 {
			return nil
		}
		row.Incident.Shown = strings.TrimSpace(strings.Join(text, "\n"))
		return give(row)
	}
	blank := true
	for n, line := range strings.Split(strings.TrimPrefix(s, "\ufeff"), "\n") {
		line = strings.TrimRight(line, "\r")
		m := chatLine.FindStringSubmatch(line)
		t, ok := evidence.Time{}, false
		if m != nil && blank { // a message may quote such a line in its middle
			t, ok = carrierTime(m[1])
		}
		if ok {
			if err := flush(); err != nil {
				return nil, err
			}
			t.Device, t.Source = true, "wechat-export"
			row = Row{
				Line: n + 1, Sender: m[2],
				Incident: evidence.Incident{Time: t, Kind: evidence.Message, Name: m[2], Seconds: -1},
			}
			text = text[:0]
		} else {
			text = append(text, line)
		}
		blank = line == ""
	}
	return nil, flush()
}
