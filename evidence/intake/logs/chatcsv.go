package logs

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"juzheng/evidence"
)

// Heads of chat exports by field. A form is known by its head words, never by
// the position of its columns.
var chatForms = []struct {
	source string // of the times
	must   []string
	heads  map[string]string // field: head
}{
	{"wechat-export", []string{"IsSender", "CreateTime", "StrContent"}, map[string]string{
		"epoch": "CreateTime", "time": "StrTime", "type": "Type", "sent": "IsSender", "text": "StrContent",
		"name": "Remark", "nick": "NickName", "sender": "Sender",
	}},
	{"wechat-export", []string{"发送人", "时间", "内容"}, map[string]string{
		"time": "时间", "type": "类型", "text": "内容", "name": "备注", "nick": "昵称", "sender": "发送人",
	}},
	{"imazing", []string{"Message Date", "Sender ID", "Text"}, imazingHeads("Message Date")},
	{"imazing", []string{"Sent Date", "Sender ID", "Text"}, imazingHeads("Sent Date")},
}

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
	for f, form := range chatForms {
		if !slices.ContainsFunc(form.must, func(h string) bool { _, have := at[h]; return !have }) {
			cols := map[string]int{}
			for field, head := range form.heads {
				if n, have := at[head]; have {
					cols[field] = n
				}
			}
			return f, cols, true
		}
	}
	return 0, nil, false
}

// isChatCSV looks at the first line of a text.
func isChatCSV(f *file) bool {
	head, _, _ := strings.Cut(f.begin(), "\n")
	cells, err := csv.NewReader(strings.NewReader(head)).Read()
	if err != nil {
		return false
	}
	_, _, ok := chatColumns(cells)
	return ok
}

// readChatCSV reads a chat export as table: WeChat exports of both forms, and
// the messages of iMazing. Every row is either given or reported as skipped.
// A WeChat row with an epoch has an absolute time; other times are those of
// the exporting computer's clock.
func readChatCSV(data []byte, give func(Row) error) ([]Skipped, error) {
	s, ok := evidence.DecodeIfText(data)
	if !ok {
		return nil, errors.New("neither UTF-8 nor GB 18030 text")
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(s, "\ufeff")))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	head, err := r.Read()
	if err != nil {
		return nil, &BrokenError{1, err}
	}
	form, cols, ok := chatColumns(head)
	if !ok {
		return nil, errors.New("no head row of a chat export")
	}
	var skipped []Skipped
	line := 1
	for {
		row, err := r.Read()
		if err == io.EOF {
			return skipped, nil
		}
		if err != nil {
			return skipped, &BrokenError{line + 1, err}
		}
		line, _ = r.FieldPos(0)
		i, why := chatRow(form, cols, row)
		if why != nil {
			skipped = append(skipped, Skipped{Line: line, Detail: *why})
			continue
		}
		r := Row{Line: line, Incident: i}
		if n, ok := cols["sender"]; ok && n < len(row) && chatForms[form].source == "wechat-export" {
			r.Sender = strings.TrimSpace(row[n])
		}
		if err := give(r); err != nil {
			return skipped, err
		}
	}
}

// What a row that is no text is shown as; the codes are those of WeChat.
var chatKinds = map[string]string{
	"3": "[图片]", "34": "[语音]", "43": "[视频]", "42": "[名片]", "47": "[表情]", "48": "[位置]",
	"49": "[链接、文件或转账等]", "50": "[语音或视频通话]",
}

func chatRow(form int, cols map[string]int, row []string) (evidence.Incident, *evidence.Text) {
	cell := func(field string) string {
		if n, ok := cols[field]; ok && n < len(row) {
			return strings.TrimSpace(row[n])
		}
		return ""
	}
	i := evidence.Incident{Kind: evidence.Message, Seconds: -1, Shown: cell("text")}
	source := chatForms[form].source
	if n, err := strconv.ParseInt(cell("epoch"), 10, 64); err == nil && n > 946_684_800 && n < 4_102_444_800 {
		i.Time = evidence.Time{At: time.Unix(n, 0).In(evidence.Beijing), Precision: evidence.ToSecond, Source: source}
	} else if t, ok := carrierTime(cell("time")); ok {
		t.Device, t.Source = true, source
		i.Time = t
	} else {
		return i, &evidence.Text{ZH: "时间读不出（“" + cell("time") + "”）", EN: `no time ("` + cell("time") + `")`}
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
		return imazingRow(i, cell)
	}
	switch kind := cell("type"); {
	case kind == "10000" || kind == "系统消息":
		return i, &evidence.Text{ZH: "聊天软件的系统提示，不是消息", EN: "a notice of the chat program, no message"}
	case chatKinds[kind] != "":
		i.Shown = chatKinds[kind] // the cell holds markup or nothing
	case kind != "" && !bareNumber.MatchString(kind) && !strings.Contains(kind, "文本"):
		i.Shown = strings.TrimSpace("[" + kind + "] " + i.Shown) // the picture's path, or what a voice said
	case i.Shown == "":
		i.Shown = "[" + kind + "]"
	}
	return i, nil
}

func imazingRow(i evidence.Incident, cell func(string) string) (evidence.Incident, *evidence.Text) {
	switch strings.ToLower(cell("way")) {
	case "incoming":
		i.Direction = evidence.In
	case "outgoing":
		i.Direction = evidence.Out
	case "notification":
		return i, &evidence.Text{ZH: "聊天软件的系统提示，不是消息", EN: "a notice of the chat program, no message"}
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
