package logs

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/lazyregexp"
)

// A chatJSON is how one program writes a chat as JSON.
type chatJSON struct {
	key    string // of the list of messages
	source string // of the times
	head   func(c *chat, name string, value json.RawMessage)
	entry  func(raw json.RawMessage) (Row, *evidence.Text)
}

var (
	chatLab = chatJSON{"messages", "chat-export", chatLabHead, chatLabEntry}
	weFlow  = chatJSON{"messages", "wechat-export", weFlowHead, weFlowEntry}
	wxDump  = chatJSON{"", "wechat-export", nil, wxDumpEntry}
	qqJSON  = chatJSON{"messages", "chat-export", qqHeadJSON, qqEntry}
)

// holds reports JSON in whose beginning all of some names stand.
func holds(names ...string) func(*file) bool {
	return func(f *file) bool {
		_, is := f.opens()
		return is && !slices.ContainsFunc(names, func(n string) bool { return !strings.Contains(f.text, `"`+n+`"`) })
	}
}

// read reads such an export. Row.Line counts its messages.
func (j chatJSON) read(f *file, give func(Row) error) ([]Skipped, error) {
	var c chat
	var rows []Row
	var skipped []Skipped
	leave := func(n int, why evidence.Text) { skipped = append(skipped, skip(0, n, why)) }
	in := entryReader{f: f, key: j.key, bad: leave}
	if j.head != nil {
		in.other = func(name string, value json.RawMessage) { j.head(&c, name, value) }
	}
	// A file with an entry a line has its head in one too.
	lined := j.key != "" && strings.Contains(f.text, `"_type"`)
	if lined {
		in.key = ""
	}
	in.each = func(n int, raw json.RawMessage) error {
		if lined && !isMessageLine(&c, j, raw) {
			return nil
		}
		row, why := j.entry(raw)
		if why == nil && row.Incident.Time.IsZero() {
			why = &evidence.Text{ZH: "没有可用的时间", EN: "no usable time"}
		}
		if why != nil {
			leave(n, *why)
			return nil
		}
		row.Line, row.entry, row.Incident.Time.Source = n, raw, j.source
		row.Incident.Kind, row.Incident.Seconds = evidence.Message, -1
		rows = hold(rows, row)
		return nil
	}
	if f.size > maxSize {
		return nil, tooLarge()
	}
	broken := in.read()
	if err := giveChat(c, f.path, rows, give); err != nil {
		return skipped, err
	}
	return skipped, broken
}

// isMessageLine reports a line that is a message, and takes in one of the head.
func isMessageLine(c *chat, j chatJSON, raw json.RawMessage) bool {
	var line struct {
		Type string          `json:"_type"`
		Meta json.RawMessage `json:"meta"`
	}
	if json.Unmarshal(raw, &line) != nil {
		return true
	}
	switch line.Type {
	case "header":
		j.head(c, "meta", line.Meta)
	case "member":
		j.head(c, "members", slices.Concat([]byte("["), raw, []byte("]")))
	}
	return line.Type == "message"
}

// epochTime is a time in seconds or milliseconds since 1970: an absolute one.
func epochTime(n int64) evidence.Time {
	if n > 100_000_000_000 {
		n /= 1000
	}
	if n <= 946_684_800 || n >= 4_102_444_800 {
		return evidence.Time{}
	}
	return evidence.Time{At: time.Unix(n, 0).In(evidence.Beijing), Precision: evidence.ToSecond}
}

// messageOf is a message by a sender.
func messageOf(t evidence.Time, name, id, text string) Row {
	r := messageBy(0, t, name, id)
	r.Incident.Shown = strings.TrimSpace(text)
	return r
}

// shownAs is what a message that is no text is shown as, before what it says.
func shownAs(kind, text string) string {
	text = strings.TrimSpace(text)
	if kind == "" || strings.HasPrefix(text, "["+kind) {
		return text
	}
	return strings.TrimSpace("[" + kind + "] " + text)
}

// ChatLab, a form that programs exchange chats in (version 0.0.2 of its
// specification): chatlab, meta, members, messages.

var chatLabKinds = map[int]string{1: "图片", 2: "语音", 3: "视频", 4: "文件", 5: "表情", 7: "链接", 8: "位置", 20: "红包",
	21: "转账", 22: "拍一拍", 23: "语音或视频通话", 24: "分享", 26: "转发", 27: "名片", 81: "撤回", 99: "其他"}

const chatLabNotice = 80

func chatLabHead(c *chat, name string, value json.RawMessage) {
	switch name {
	case "meta":
		var meta struct{ Name, Type, OwnerID string }
		_ = json.Unmarshal(value, &meta) // what it does not say stays open
		c.name, c.group, c.two = meta.Name, meta.Type == "group", meta.Type == "private"
		if meta.OwnerID != "" && !c.group { // of a group it may be who keeps it
			c.own = append(c.own, meta.OwnerID)
		}
	case "members":
		var members []struct {
			PlatformID, AccountName, GroupNickname string
			Aliases                                []string
		}
		_ = json.Unmarshal(value, &members)
		for _, m := range members {
			names := append([]string{m.AccountName, m.GroupNickname}, m.Aliases...)
			if !c.group && c.name != "" && len(c.others) < 2 &&
				(slices.Contains(names, c.name) || m.PlatformID == c.name) {
				c.others = append(c.others, m.PlatformID)
			}
		}
		c.two = c.two && len(c.others) > 0
	}
}

func chatLabEntry(raw json.RawMessage) (Row, *evidence.Text) {
	var m struct {
		Sender, AccountName, GroupNickname string
		Timestamp                          json.RawMessage
		Type                               int
		Content                            string
	}
	if json.Unmarshal(raw, &m) != nil {
		return Row{}, &noMessage
	}
	if m.Type == chatLabNotice {
		return Row{}, &noticeOfProgram
	}
	name := m.AccountName
	if name == "" {
		name = m.GroupNickname
	}
	if name == "" {
		name = m.Sender
	}
	return messageOf(timeOrEpoch(m.Timestamp), name, m.Sender, shownAs(chatLabKinds[m.Type], m.Content)), nil
}

// WeFlow, and echotrace before it: weflow, session, messages.

func weFlowHead(c *chat, name string, value json.RawMessage) {
	if name != "session" {
		return
	}
	var s struct{ Wxid, Nickname, Remark, DisplayName, Type string }
	_ = json.Unmarshal(value, &s)
	c.group = s.Type == "群聊" || strings.HasSuffix(s.Wxid, "@chatroom")
	for _, n := range []string{s.Remark, s.DisplayName, s.Nickname} {
		if c.name == "" {
			c.name = n
		}
	}
	if !c.group && s.Wxid != "" {
		c.others, c.two = []string{s.Wxid}, true
	}
}

func weFlowEntry(raw json.RawMessage) (Row, *evidence.Text) {
	var m struct {
		CreateTime        json.RawMessage
		Type              string
		Content           string
		IsSend            *int
		SenderUsername    string
		SenderDisplayName string
	}
	if json.Unmarshal(raw, &m) != nil {
		return Row{}, &noMessage
	}
	if m.Type == "系统消息" {
		return Row{}, &noticeOfProgram
	}
	kind := m.Type
	if strings.Contains(kind, "文本") || kind == "引用消息" {
		kind = ""
	}
	r := messageOf(timeOrEpoch(m.CreateTime), m.SenderDisplayName, m.SenderUsername,
		shownAs(strings.TrimSuffix(kind, "消息"), m.Content))
	if m.IsSend != nil {
		r.Incident.Direction = sentOrNot(*m.IsSend == 1)
	}
	return r, nil
}

func sentOrNot(sent bool) evidence.Direction {
	if sent {
		return evidence.Out
	}
	return evidence.In
}

// PyWxDump: a list of messages with the columns of its table.

func wxDumpEntry(raw json.RawMessage) (Row, *evidence.Text) {
	var m struct {
		Type    string          `json:"type_name"`
		Sent    int             `json:"is_sender"`
		Talker  string          `json:"talker"`
		Message string          `json:"msg"`
		Content string          `json:"content"`
		Time    json.RawMessage `json:"CreateTime"`
	}
	if json.Unmarshal(raw, &m) != nil {
		return Row{}, &noMessage
	}
	if m.Type == "系统通知" || m.Type == "系统消息" {
		return Row{}, &noticeOfProgram
	}
	if m.Message == "" {
		m.Message = m.Content
	}
	kind := m.Type
	if strings.Contains(kind, "文本") {
		kind = ""
	}
	r := messageOf(timeOrEpoch(m.Time), m.Talker, "", shownAs(kind, m.Message))
	r.Incident.Direction = sentOrNot(m.Sent == 1)
	return r, nil
}

// timeOrEpoch is a time that is a number or a word.
func timeOrEpoch(raw json.RawMessage) evidence.Time {
	s, _ := scalar(raw)
	if n, err := strconv.ParseFloat(s, 64); err == nil && n > 0 && n < 1e15 && len(s) != len("20060102150405") {
		return epochTime(int64(n))
	}
	t, _ := carrierTime(s)
	t.Device = !t.IsZero()
	return t
}

// qq-chat-exporter: metadata, chatInfo, messages.

func qqHeadJSON(c *chat, name string, value json.RawMessage) {
	if name != "chatInfo" {
		return
	}
	var s struct{ Name, Type, SelfUin, SelfUID string }
	_ = json.Unmarshal(value, &s)
	c.name, c.group = s.Name, s.Type == "group"
	for _, own := range []string{s.SelfUin, s.SelfUID} {
		if own != "" {
			c.own = append(c.own, own)
		}
	}
}

func qqEntry(raw json.RawMessage) (Row, *evidence.Text) {
	var m struct {
		Timestamp json.RawMessage
		System    bool `json:"isSystemMessage"`
		Sender    struct{ UID, UIN, Name string }
		Content   struct{ Text string }
	}
	if json.Unmarshal(raw, &m) != nil {
		return Row{}, &noMessage
	}
	if m.System {
		return Row{}, &noticeOfProgram
	}
	t := timeOrEpoch(m.Timestamp)
	var s string
	if json.Unmarshal(m.Timestamp, &s) == nil {
		if at, err := time.Parse(time.RFC3339, s); err == nil {
			t = epochTime(at.Unix())
		}
	}
	id := m.Sender.UIN
	if id == "" {
		id = m.Sender.UID
	}
	return messageOf(t, m.Sender.Name, id, m.Content.Text), nil
}

// isChatLab and isWeFlow go by the mark that these programs set first.
func isChatLab(f *file) bool { return holds("chatlab")(f) && chatLabMark.MatchString(f.text) }

func isWeFlow(f *file) bool {
	return holds("weflow")(f) && weFlowMark.MatchString(f.text) || holds("session", "senderUsername", "createTime")(f)
}

var (
	chatLabMark = lazyregexp.New(`"chatlab"\s*:\s*\{`)
	weFlowMark  = lazyregexp.New(`"weflow"\s*:\s*\{`)
)
