package logs

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"juzheng/evidence"
)

// Heads of chat exports by field. A form is known by its head words, never by
// the position of its columns.
var chatForms = []struct {
	source string // of the times
	must   []string
	heads  map[string]string // field: head; several words where versions differ
}{
	{"wechat-export", []string{"IsSender", "CreateTime", "StrContent"}, map[string]string{
		"epoch": "CreateTime", "time": "StrTime", "type": "Type", "sent": "IsSender", "text": "StrContent",
		"name": "Remark", "nick": "NickName", "sender": "Sender",
	}},
	{"wechat-export", []string{ownMark, "时间", "内容"}, map[string]string{ // WeFlow
		"time": "时间", "type": "消息类型", "text": "内容", "name": "发送者备注", "nick": "发送者昵称", "sender": ownMark,
		"id": "发送者微信ID",
	}},
	{"wechat-export", []string{"is_sender", "CreateTime", "type_name"}, map[string]string{ // PyWxDump, WeClone
		"time": "CreateTime", "epoch": "CreateTime", "type": "type_name", "sent": "is_sender",
		"text":   "msg|content|StrContent",
		"sender": "talker",
	}},
	{"wechat-export", []string{"SenderName", "TalkerName", "Content"}, map[string]string{ // chatlog
		"time": "Time", "text": "Content", "sender": "SenderName", "id": "Sender",
	}},
	{"wechat-export", []string{"发送人", "时间", "内容"}, map[string]string{
		"time": "时间", "type": "类型", "text": "内容", "name": "备注", "nick": "昵称", "sender": "发送人",
	}},
	{"chat-export", []string{"时间|发送时间|消息时间|日期时间", "发送者|发送人|发言人|发信人", "内容|消息内容|聊天内容|消息"},
		map[string]string{"time": "时间|发送时间|消息时间|日期时间", "sender": "发送者|发送人|发言人|发信人",
			"text": "内容|消息内容|聊天内容|消息", "type": "类型|消息类型"}},
	{"imazing", []string{"Message Date", "Sender ID", "Text"}, imazingHeads("Message Date")},
	{"imazing", []string{"Sent Date", "Sender ID", "Text"}, imazingHeads("Sent Date")},
}

// ownMark is the column in which WeFlow writes 我 for the person, and the name
// of anybody else.
const ownMark = "发送者身份"

func imazingHeads(date string) map[string]string {
	return map[string]string{
		"time": date, "service": "Service", "way": "Type", "number": "Sender ID", "sender": "Sender Name",
		"nick": "Chat Session", "text": "Text", "attachment": "Attachment",
	}
}

// chatColumns recognises the head row of a chat export.
func chatColumns(cells []string) (form int, cols map[string]int, ok bool) {
	at := map[string]int{}
	for n, c := range cells {
		at[strings.TrimSpace(strings.Trim(c, "\ufeff\""))] = n
	}
	lacks := func(heads string) bool {
		for h := range strings.SplitSeq(heads, "|") {
			if _, have := at[h]; have {
				return false
			}
		}
		return true
	}
	for f, form := range chatForms {
		if !slices.ContainsFunc(form.must, lacks) {
			cols := map[string]int{}
			for field, heads := range form.heads {
				for head := range strings.SplitSeq(heads, "|") {
					if n, have := at[head]; have {
						cols[field] = n
					}
				}
			}
			return f, cols, true
		}
	}
	return 0, nil, false
}

// chatHead finds the head row of a chat export among the first lines, and what
// separates its cells.
func chatHead(s string) (line int, comma rune, ok bool) {
	for n, l := range strings.SplitN(s, "\n", headLines+1) {
		if n == headLines {
			break
		}
		for _, comma := range ",;\t" {
			r := csv.NewReader(strings.NewReader(strings.TrimRight(l, "\r")))
			r.Comma, r.LazyQuotes = comma, true
			cells, err := r.Read()
			if err != nil {
				continue
			}
			if _, _, ok := chatColumns(cells); ok {
				return n, comma, true
			}
		}
	}
	return 0, 0, false
}

// isChatCSV looks for the head of a chat export in a text.
func isChatCSV(f *file) bool {
	_, _, ok := chatHead(f.text)
	return f.isText && ok
}

// readChatTable reads a chat export as table: WeChat exports, and the messages
// of iMazing. Every row is either given or reported as skipped. A WeChat row
// with an epoch has an absolute time; other times are those of the exporting
// computer's clock.
func readChatTable(f *file, give func(Row) error) ([]Skipped, error) {
	return whole(func(data []byte, give func(Row) error) ([]Skipped, error) {
		return readChatCSV(data, f.path, give)
	})(f, give)
}

func readChatCSV(data []byte, path string, give func(Row) error) ([]Skipped, error) {
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errNoText
	}
	above, comma, ok := chatHead(s)
	if !ok {
		return nil, errors.New("no head row of a chat export")
	}
	before := ""
	for range above {
		line, rest, _ := strings.Cut(s, "\n")
		before, s = before+line+"\n", rest
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(s, "\ufeff")))
	r.FieldsPerRecord, r.LazyQuotes, r.Comma = -1, true, comma
	head, err := r.Read()
	if err != nil {
		return nil, &BrokenError{above + 1, err}
	}
	form, cols, _ := chatColumns(head)
	var skipped []Skipped
	chats := chatsOf(form, before)
	line, broken := 1, error(nil)
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			broken = &BrokenError{above + line + 1, err}
			break
		}
		line, _ = r.FieldPos(0)
		m, why := chatRow(form, cols, row)
		if why != nil {
			skipped = append(skipped, skip(0, above+line, *why))
			continue
		}
		m.Line, m.last = above+line, above+endOf(r, row)
		chats.add(cellOf(cols, row, "nick"), m)
	}
	if err := chats.give(path, give); err != nil {
		return skipped, err
	}
	return skipped, broken
}

// endOf is the line on which a row that was just read ends.
func endOf(r *csv.Reader, row []string) int {
	line, _ := r.FieldPos(len(row) - 1)
	return line + strings.Count(row[len(row)-1], "\n")
}

// cellOf is a cell of a row by its field.
func cellOf(cols map[string]int, row []string, field string) string {
	if n, ok := cols[field]; ok && n < len(row) {
		return strings.TrimSpace(row[n])
	}
	return ""
}

// tableChats are the chats of a table, in the order of their rows. Only iMazing
// puts several into one, and names each.
type tableChats struct {
	several bool
	chats   map[string]*chat
	at      map[string][]int // the rows of each
	rows    []Row
}

func chatsOf(form int, before string) *tableChats {
	t := &tableChats{several: chatForms[form].source == "imazing", chats: map[string]*chat{}, at: map[string][]int{}}
	if !t.several {
		t.chats[""] = &chat{name: namedAbove(before), marked: chatForms[form].must[0] == ownMark}
	}
	return t
}

// namedAbove is whose chat the lines above the head say it is: 昵称,名,备注,名.
func namedAbove(before string) string {
	name := ""
	for line := range strings.Lines(before) {
		cells := strings.FieldsFunc(strings.TrimSpace(line),
			func(r rune) bool { return strings.ContainsRune(",;\t", r) })
		for n := 1; n < len(cells); n++ {
			if head := strings.TrimSpace(cells[n-1]); head == "昵称" && name == "" || head == "备注" {
				name = strings.TrimSpace(cells[n])
			}
		}
	}
	return name
}

func (t *tableChats) add(name string, r Row) {
	if !t.several {
		name = ""
	}
	c := t.chats[name]
	if c == nil {
		c = &chat{name: name, group: strings.Contains(name, " & ")}
		t.chats[name] = c
	}
	if len(t.rows) <= mostMessages {
		t.at[name] = append(t.at[name], len(t.rows))
		t.rows = append(t.rows, r)
	}
}

// give settles each chat and gives the rows in the order of the file.
func (t *tableChats) give(path string, give func(Row) error) error {
	if len(t.rows) > mostMessages {
		return tooManyMessages()
	}
	for name, c := range t.chats {
		var rows []Row
		for _, n := range t.at[name] {
			rows = append(rows, t.rows[n])
		}
		for n, r := range settled(*c, path, rows) {
			t.rows[t.at[name][n]] = r
		}
	}
	for _, r := range t.rows {
		if err := give(r); err != nil {
			return err
		}
	}
	return nil
}

// What a row that is no text is shown as; the codes are those of WeChat.
var chatKinds = map[string]string{
	"3": "[图片]", "34": "[语音]", "43": "[视频]", "42": "[名片]", "47": "[表情]", "48": "[位置]",
	"49": "[链接、文件或转账等]", "50": "[语音或视频通话]",
}

func chatRow(form int, cols map[string]int, row []string) (Row, *evidence.Text) {
	cell := func(field string) string { return cellOf(cols, row, field) }
	i := evidence.Incident{Kind: evidence.Message, Seconds: -1, Shown: cell("text")}
	source := chatForms[form].source
	if n, err := strconv.ParseInt(cell("epoch"), 10, 64); err == nil && !epochTime(n).IsZero() {
		i.Time = epochTime(n)
		i.Time.Source = source
	} else if t, ok := carrierTime(cell("time")); ok {
		t.Device, t.Source = true, source
		i.Time = t
	} else {
		return Row{}, &evidence.Text{ZH: "时间读不出（“" + cell("time") + "”）", EN: `no time ("` + cell("time") + `")`}
	}
	for _, field := range []string{"name", "nick", "sender"} {
		if i.Name == "" {
			i.Name = cell(field)
		}
	}
	switch cell("sent") {
	case "0":
		i.Direction = evidence.In
	case "1":
		i.Direction = evidence.Out
	}
	if source == "imazing" {
		i, why := imazingRow(i, cell)
		return Row{Incident: i}, why
	}
	switch kind := cell("type"); {
	case kind == "10000" || strings.HasPrefix(kind, "系统"):
		return Row{}, &noticeOfProgram
	case chatKinds[kind] != "":
		i.Shown = chatKinds[kind] // the cell holds markup or nothing
	case kind != "" && !bareNumber.MatchString(kind) && !strings.Contains(kind, "文本"):
		i.Shown = strings.TrimSpace("[" + kind + "] " + i.Shown) // the picture's path, or what a voice said
	case i.Shown == "":
		i.Shown = "[" + kind + "]"
	}
	return Row{Incident: i, Sender: cell("sender"), senderID: cell("id")}, nil
}

func imazingRow(i evidence.Incident, cell func(string) string) (evidence.Incident, *evidence.Text) {
	switch strings.ToLower(cell("way")) {
	case "incoming":
		i.Direction = evidence.In
	case "outgoing":
		i.Direction = evidence.Out
	case "notification":
		return i, &noticeOfProgram
	}
	if s := strings.ToLower(cell("service")); s == "sms" || s == "imessage" || s == "rcs" || s == "mms" {
		i.Kind = evidence.SMS
	}
	i.Number = evidence.NormalNumber(cell("number"))
	if i.Name = cell("sender"); i.Direction == evidence.Out || i.Name == "" {
		i.Name = cell("nick")
	}
	if i.Number != "" && evidence.NormalNumber(i.Name) == i.Number {
		i.Name = ""
	}
	if i.Shown == "" && cell("attachment") != "" {
		i.Shown = "[附件 " + cell("attachment") + "]"
	}
	return i, nil
}
