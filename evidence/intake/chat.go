package intake

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"regexp"
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
	{"wechat-export", []string{"IsSender", "CreateTime", "StrContent"}, map[string]string{"epoch": "CreateTime", "time": "StrTime", "type": "Type",
		"sent": "IsSender", "text": "StrContent", "name": "Remark", "nick": "NickName", "sender": "Sender"}},
	{"wechat-export", []string{"发送人", "时间", "内容"}, map[string]string{"time": "时间", "type": "类型", "text": "内容", "name": "备注", "nick": "昵称", "sender": "发送人"}},
	{"imazing", []string{"Message Date", "Sender ID", "Text"}, imazingHeads("Message Date")},
	{"imazing", []string{"Sent Date", "Sender ID", "Text"}, imazingHeads("Sent Date")},
}

func imazingHeads(date string) map[string]string {
	return map[string]string{"time": date, "service": "Service", "way": "Type", "number": "Sender ID", "sender": "Sender Name", "nick": "Chat Session",
		"text": "Text", "attachment": "Attachment"}
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
func isChatCSV(s string) bool {
	head, _, _ := strings.Cut(s, "\n")
	cells, err := csv.NewReader(strings.NewReader(head)).Read()
	if err != nil {
		return false
	}
	_, _, ok := chatColumns(cells)
	return ok
}

// ReadChatCSV reads a chat export as table: WeChat exports of both forms, and
// the messages of iMazing. Every row is either given or reported as skipped.
// A WeChat row with an epoch has an absolute time; other times are those of
// the exporting computer's clock.
func ReadChatCSV(data []byte, give func(Row) error) ([]Skipped, error) {
	s, ok := decode(data)
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

var chatFolder = regexp.MustCompile(`^(.+)\([^()@]+\)$`)

// chatPartner is whose chat an export is, where its folder says so:
// 名字(wxid_…)/名字.csv. A group has @chatroom in its brackets and is nobody's.
func chatPartner(path string) string {
	path = strings.ReplaceAll(path, "\\", "/")
	dir, file, _ := cutLast(path)
	_, folder, _ := cutLast(dir)
	m := chatFolder.FindStringSubmatch(folder)
	if m == nil || m[1] != strings.TrimSuffix(file, filepath.Ext(file)) {
		return ""
	}
	return m[1]
}

func cutLast(path string) (dir, file string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

// between gives a message its direction where the export does not, and names
// the other side: in the chat with one person, what another wrote is the
// owner's; 我 is the owner anywhere.
func between(partner string, r Row) evidence.Incident {
	i := r.Incident
	if r.Sender == "" || i.Direction != evidence.DirectionUnknown {
		return i
	}
	switch {
	case r.Sender == "我":
		i.Direction = evidence.Out
	case partner == "":
		return i
	case r.Sender == partner:
		i.Direction = evidence.In
	default:
		i.Direction = evidence.Out
	}
	if i.Direction == evidence.Out && (partner != "" || i.Name == r.Sender) {
		i.Name = partner
	}
	return i
}

// What a row that is no text is shown as; the codes are those of WeChat.
var chatKinds = map[string]string{"3": "[图片]", "34": "[语音]", "43": "[视频]", "42": "[名片]", "47": "[表情]", "48": "[位置]", "49": "[链接、文件或转账等]", "50": "[语音或视频通话]"}

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
		i.Shown = strings.TrimSpace("[" + kind + "] " + i.Shown) // where the picture lies, what a voice said
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

var chatLine = regexp.MustCompile(`^(20\d\d-\d\d-\d\d \d\d:\d\d:\d\d) (\S.*)$`)

// isChatText reports a text that begins with the line of a message.
func isChatText(s string) bool {
	first, _, _ := strings.Cut(strings.TrimLeft(s, "\ufeff\r\n"), "\n")
	m := chatLine.FindStringSubmatch(strings.TrimRight(first, "\r"))
	if m == nil {
		return false
	}
	_, ok := carrierTime(m[1])
	return ok
}

// ReadChatText reads a chat export as text: a line with time and sender, the
// lines of the message, a blank line. It does not say who the phone's owner
// is: directions stay unknown.
func ReadChatText(data []byte, give func(Row) error) error {
	s, ok := decode(data)
	if !ok {
		return errors.New("neither UTF-8 nor GB 18030 text")
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
				return err
			}
			t.Device, t.Source = true, "wechat-export"
			row = Row{Line: n + 1, Sender: m[2], Incident: evidence.Incident{Time: t, Kind: evidence.Message, Name: m[2], Seconds: -1}}
			text = text[:0]
		} else {
			text = append(text, line)
		}
		blank = line == ""
	}
	return flush()
}

// A bcrFile is the part of BCR's sidecar that says something of the call.
type bcrFile struct {
	UnixMS    int64  `json:"timestamp_unix_ms"`
	Direction string `json:"direction"`
	SIMSlot   int    `json:"sim_slot"`
	Calls     []struct {
		Number  string `json:"phone_number"`
		Caller  string `json:"caller_name"`
		Contact string `json:"contact_name"`
	} `json:"calls"`
	Output struct {
		Recording map[string]any `json:"recording"`
	} `json:"output"`
}

// bcrPauses says whether the recorder stopped writing during the call, or the
// call was on hold: the recording then is no unbroken one.
func bcrPauses(data []byte) (paused, held bool) {
	var b bcrFile
	if json.Unmarshal(data, &b) != nil {
		return false, false
	}
	paused, _ = b.Output.Recording["was_ever_paused"].(bool)
	held, _ = b.Output.Recording["was_ever_holding"].(bool)
	return paused, held
}

// ReadBCR reads the JSON file that the recorder BCR writes beside each
// recording: the call's start as an absolute time, its direction and number.
// ok is false if it is not such a file.
func ReadBCR(data []byte) (i evidence.Incident, ok bool) {
	var b bcrFile
	if json.Unmarshal(data, &b) != nil || len(b.Calls) == 0 {
		return i, false
	}
	t, ok := backupTime(strconv.FormatInt(b.UnixMS, 10))
	if !ok {
		return i, false
	}
	t.Source = "bcr"
	i = evidence.Incident{Time: t, Kind: evidence.Call, Seconds: -1, Answered: evidence.Yes, Number: evidence.NormalNumber(b.Calls[0].Number), Name: b.Calls[0].Contact}
	if i.Name == "" {
		i.Name = b.Calls[0].Caller
	}
	if b.SIMSlot > 0 {
		i.SIM = fmt.Sprintf("SIM %d", b.SIMSlot)
	}
	switch b.Direction {
	case "in":
		i.Direction = evidence.In
	case "out":
		i.Direction = evidence.Out
	}
	for _, key := range []string{"duration_secs_encoded", "duration_secs_total", "duration_secs_wall"} {
		if s, is := b.Output.Recording[key].(float64); is && s >= 0 && s < 86400 && i.Seconds < 0 {
			i.Seconds = int(math.Round(s))
		}
	}
	return i, true
}
