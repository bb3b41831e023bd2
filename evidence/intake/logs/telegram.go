package logs

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"juzheng/evidence"
)

// Telegram Desktop exports one chat, or all of them, as result.json: a chat is
// an object with name, type, id and messages; all chats stand under chats, in
// its list.

// isTelegram reports such an export.
func isTelegram(f *file) bool {
	return holds("messages", "from_id", "date")(f) || holds("messages", "id", "type", "name", "date_unixtime")(f) ||
		holds("chats", "list")(f) && strings.Contains(f.text, "Telegram")
}

// A telegramReader goes through the chats of an export.
type telegramReader struct {
	d       *json.Decoder
	own     []string // ids of the person
	n       int      // messages so far
	path    string
	give    func(Row) error
	skipped []Skipped
}

func readTelegram(f *file, give func(Row) error) ([]Skipped, error) {
	if f.size > maxSize {
		return nil, tooLarge()
	}
	in, err := f.asUTF8()
	if err != nil {
		return nil, err
	}
	t := telegramReader{d: json.NewDecoder(in), path: f.path, give: give}
	err = t.chat()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = &BrokenError{f.lineAt(t.d.InputOffset()), errors.New("the file ends in the middle")}
	}
	return t.skipped, err
}

// chat reads an object that is a chat, or that holds chats. The messages before
// a break are given.
func (t *telegramReader) chat() error {
	var c chat
	var rows []Row
	var kind, id string
	err := t.members(func(name string) error {
		switch name {
		case "messages":
			return t.list(func() error { return t.message(&rows) })
		case "chats", "left_chats":
			return t.members(func(name string) error {
				if name == "list" {
					return t.list(t.chat)
				}
				return t.d.Decode(new(json.RawMessage))
			})
		}
		var value json.RawMessage
		if err := t.d.Decode(&value); err != nil {
			return err
		}
		s, _ := scalar(value)
		switch name {
		case "name":
			c.name = s
		case "type":
			kind = s
		case "id":
			id = s
		case "personal_information":
			var who struct {
				ID json.Number `json:"user_id"`
			}
			if json.Unmarshal(value, &who) == nil && who.ID != "" {
				t.own = append(t.own, "user"+who.ID.String())
			}
		}
		return nil
	})
	c.own = t.own
	c.group = kind != "" && kind != "personal_chat" && kind != "bot_chat" && kind != "saved_messages"
	switch {
	case c.group:
	case kind == "saved_messages":
		for n := range rows {
			rows[n].Incident.Direction = evidence.Out
		}
	default:
		c.others, c.two = []string{"user" + id}, kind != "" && id != ""
		if c.name != "" {
			c.others = append(c.others, c.name)
		}
	}
	if stop := giveChat(c, t.path, rows, t.give); stop != nil {
		return stop
	}
	return err
}

// members calls each for the names of an object, which reads the value.
func (t *telegramReader) members(each func(name string) error) error {
	if open, err := t.d.Token(); err != nil || open != json.Delim('{') {
		return orSyntax(err)
	}
	for t.d.More() {
		name, err := t.d.Token()
		if err != nil {
			return err
		}
		if err := each(fmt.Sprint(name)); err != nil {
			return err
		}
	}
	_, err := t.d.Token()
	return err
}

func (t *telegramReader) list(each func() error) error {
	if open, err := t.d.Token(); err != nil || open != json.Delim('[') {
		return orSyntax(err)
	}
	for t.d.More() {
		if err := each(); err != nil {
			return err
		}
	}
	_, err := t.d.Token()
	return err
}

func (t *telegramReader) message(rows *[]Row) error {
	var raw json.RawMessage
	if err := t.d.Decode(&raw); err != nil {
		return err
	}
	t.n++
	var m struct {
		Type, Date, From string
		FromID           json.RawMessage `json:"from_id"`
		Unix             json.RawMessage `json:"date_unixtime"`
		Media            string          `json:"media_type"`
		Photo, File      string
		Text             json.RawMessage
	}
	leave := func(why evidence.Text) { t.skipped = append(t.skipped, skip(0, t.n, why)) }
	if json.Unmarshal(raw, &m) != nil {
		leave(noMessage)
		return nil
	}
	if m.Type != "message" {
		leave(noticeOfProgram)
		return nil
	}
	at := telegramTime(m.Unix, m.Date)
	if at.IsZero() {
		leave(evidence.Text{ZH: "没有可用的时间", EN: "no usable time"})
		return nil
	}
	kind := ""
	switch {
	case m.Photo != "":
		kind = "图片"
	case m.Media != "":
		if kind = telegramKinds[m.Media]; kind == "" {
			kind = m.Media
		}
	case m.File != "":
		kind = "文件"
	}
	id, _ := scalar(m.FromID)
	r := messageOf(at, m.From, id, shownAs(kind, telegramText(m.Text)))
	r.Line, r.entry = t.n, raw
	*rows = hold(*rows, r)
	return nil
}

var telegramKinds = map[string]string{"voice_message": "语音", "video_message": "视频", "video_file": "视频",
	"audio_file": "音频", "sticker": "表情", "animation": "动图"}

// telegramTime is absolute where the export has seconds since 1970; before 2021
// it had the clock of the computer alone.
func telegramTime(unix json.RawMessage, date string) evidence.Time {
	s, _ := scalar(unix)
	var n int64
	if _, err := fmt.Sscan(s, &n); err == nil {
		if t := epochTime(n); !t.IsZero() {
			t.Source = "chat-export"
			return t
		}
	}
	t, _ := carrierTime(date)
	t.Device, t.Source = !t.IsZero(), "chat-export"
	return t
}

// telegramText is a text, of which parts may be links and the like.
func telegramText(raw json.RawMessage) string {
	if s, ok := scalar(raw); ok {
		return s
	}
	var parts []json.RawMessage
	if json.Unmarshal(raw, &parts) != nil {
		return ""
	}
	var out strings.Builder
	for _, p := range parts {
		if s, ok := scalar(p); ok {
			out.WriteString(s)
			continue
		}
		var part struct{ Text string }
		_ = json.Unmarshal(p, &part) // a part without words has none
		out.WriteString(part.Text)
	}
	return out.String()
}
