package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

var china = time.FixedZone("", 8*60*60)

// A phoneCall is what happened, whatever files show of it.
type phoneCall struct {
	start        time.Time // of ringing
	number, name string    // the number is 11 digits, a landline, a service; empty: withheld
	listed       string    // what the carrier knows of a withheld number
	out          bool
	ring, talk   int // seconds; talk 0: nobody answered
	sim          int
}

// A shownCall is what the row of a call must say: told by the files that show
// it, the phone's log before the carrier's list before a recording.
type shownCall struct {
	at, direction, number, answered string
	seconds, exhibits               int
}

// A dump is a folder of files and what they show, counted while they are made.
type dump struct {
	t        *testing.T
	dir      string
	r        *rand.Rand
	files    int
	copies   int
	useless  int
	calls    map[shownCall]int
	messages map[string]int // time, direction, number or name, text
	skipped  int
}

func newDump(t *testing.T, seed uint64) *dump {
	return &dump{t: t, dir: filepath.Join(t.TempDir(), "手机"), r: rand.New(rand.NewPCG(3, seed)),
		calls: map[shownCall]int{}, messages: map[string]int{}}
}

func (d *dump) put(name string, data []byte) string {
	path := filepath.Join(d.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		d.t.Fatalf("%s is made twice", name)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		d.t.Fatal(err)
	}
	d.files++
	return path
}

// sound is a recording of so many seconds, unlike any other.
func (d *dump) sound(seconds int) []byte {
	frame := make([]byte, 32)
	frame[0] = 0x3c
	out := []byte("#!AMR\n")
	for range seconds * 50 {
		out = append(out, frame...)
	}
	for n := range 8 {
		out[7+n] = byte(d.r.Uint32())
	}
	return out
}

// A recorder names a recording. Exact is the time its name gives, and what it
// tells beside the time.
type recorder struct {
	path                    func(c phoneCall, at time.Time) string
	minute, epoch           bool // what the name says of the time: the minute only, or an absolute time
	number, named, directed bool // whether the name has the number, the contact, the direction
	modified                bool // the year comes from when the file was changed
}

func spaced(n string) string {
	if len(n) == 11 && n[0] == '1' {
		return n[:3] + " " + n[3:7] + " " + n[7:]
	}
	return n
}

// who is what most recorders write: the contact, or else the number.
func who(c phoneCall) string {
	if c.name != "" {
		return c.name
	}
	return c.number
}

var recorders = []recorder{
	{number: true, path: func(c phoneCall, at time.Time) string {
		contact := "通话录音@" + spaced(c.number)
		if c.name != "" {
			contact = c.name
		}
		return "MIUI/sound_recorder/call_rec/" + contact + "(" + c.number + ")_" + at.Format("20060102150405") + ".mp3"
	}},
	{number: true, path: func(c phoneCall, at time.Time) string {
		return "Sounds/CallRecord/" + c.number + "_" + at.Format("20060102150405") + ".amr"
	}},
	{number: true, path: func(c phoneCall, at time.Time) string {
		return "record/" + strings.TrimPrefix(c.name+"@", "@") + c.number + "_" + at.Format("20060102150405") + ".amr"
	}},
	{named: true, path: func(c phoneCall, at time.Time) string {
		return "Recordings/Call/Call recording " + who(c) + at.Format("_060102_150405") + ".m4a"
	}},
	{named: true, path: func(c phoneCall, at time.Time) string {
		return "Record/Call/" + who(c) + at.Format(" 2006-01-02 15-04-05") + ".amr"
	}},
	{named: true, minute: true, path: func(c phoneCall, at time.Time) string {
		return "Music/Recordings/Call Recordings/" + who(c) + at.Format("-0601021504") + ".mp3"
	}},
	{number: true, path: func(c phoneCall, at time.Time) string {
		return "Record/PhoneRecord/" + c.number + "/" + c.number + at.Format("-20060102150405") + ".aac"
	}},
	{number: true, minute: true, modified: true, path: func(c phoneCall, at time.Time) string {
		return "Sound_recorder/Phone_recorder/" + c.number + "/" + c.number + at.Format("_通话_01月02日_15点04分") + ".amr"
	}},
	{number: true, directed: true, path: func(c phoneCall, at time.Time) string {
		name := c.name
		if name == "" {
			name = c.number
		}
		return "Documents/CubeCallRecorder/All/" + at.Format("2006-01-02 15-04-05") + " (phone) " + name + " (" +
			c.number + ") " + map[bool]string{true: "↗", false: "↙"}[c.out] + ".m4a"
	}},
	{number: true, directed: true, epoch: true, path: func(c phoneCall, at time.Time) string {
		return fmt.Sprintf("ACRCalls/ACRPhone/%s-%d-%d.m4a", c.number, map[bool]int{true: 1}[c.out], at.Unix())
	}},
	{number: true, directed: true, epoch: true, path: func(c phoneCall, at time.Time) string {
		return fmt.Sprintf("BCR/%s_%s_sim%d_%s.oga",
			at.In(time.FixedZone("", -4*60*60)).Format("20060102_150405.000-0700"),
			map[bool]string{true: "out", false: "in"}[c.out], c.sim, c.number)
	}},
	{number: true, path: func(c phoneCall, at time.Time) string {
		return "录音/和" + c.number + "的通话 " + at.Format("20060102_150405") + ".m4a"
	}},
}

// bcrNote is what one of the recorders writes beside its recording.
func bcrSidecar(c phoneCall, at time.Time, seconds int) []byte {
	v, _ := json.Marshal(map[string]any{"timestamp_unix_ms": at.UnixMilli(),
		"direction": map[bool]string{true: "out", false: "in"}[c.out], "sim_slot": c.sim,
		"calls":  []any{map[string]any{"phone_number": c.number, "contact_name": c.name}},
		"output": map[string]any{"recording": map[string]any{"duration_secs_encoded": float64(seconds)}}})
	return v
}

// callsOf makes the calls of two months: some within a minute of each other,
// some over midnight and on the edges of the night.
func (d *dump) callsOf() []phoneCall {
	people := []phoneCall{
		{number: "19900000001", name: "催收 小王"}, {number: "19900000002"}, {number: "057188880001"},
		{number: "95013800001"}, {number: "4008200001"},
		{number: "02166660002", name: "平台(客服)"}, {number: "19900000003", name: "妈妈"}, {number: "19900000004"},
		{number: "+85261234567"}, {number: "", listed: "02100000077"}, {number: ""},
	}
	at := time.Date(2026, 7, 1, 9, 0, 0, 0, china)
	var out []phoneCall
	for n := range 640 {
		c := people[d.r.IntN(len(people))]
		c.start, c.ring, c.talk, c.sim = at, 3+d.r.IntN(40), 0, 1+d.r.IntN(2)
		c.out = c.number != "" && d.r.IntN(4) == 0
		if d.r.IntN(3) > 0 {
			c.talk = 8 + d.r.IntN(50)
			if d.r.IntN(6) == 0 {
				c.talk = 200 + d.r.IntN(900)
			}
		}
		out = append(out, c)
		ended := c.start.Add(time.Duration(c.ring+c.talk+3) * time.Second)
		switch {
		case n%7 == 3: // the same number again, within a minute or so
			at = ended.Add(time.Duration(d.r.IntN(40)) * time.Second)
			people[0], people[1] = people[1], people[0]
		case n%40 == 5: // over midnight
			at = time.Date(ended.Year(), ended.Month(), ended.Day(), 23, 59, 50, 0, china)
			if at.Before(ended) {
				at = at.AddDate(0, 0, 1)
			}
		case n%40 == 9: // on the edge of the night
			at = time.Date(ended.Year(), ended.Month(), ended.Day()+1, 22, 0, 0, 0, china)
		case n%40 == 10:
			at = time.Date(ended.Year(), ended.Month(), ended.Day()+1, 8, 0, 0, 0, china)
		default:
			at = ended.Add(10*time.Minute + time.Duration(d.r.IntN(5*60*60))*time.Second)
		}
	}
	return out
}

// spell writes a number as one of many phones does.
func (d *dump) spell(n string) string {
	if n == "" {
		return "-2"
	}
	if n[0] == '+' {
		return []string{n, "00" + n[1:]}[d.r.IntN(2)]
	}
	forms := []string{n}
	switch {
	case len(n) == 11 && n[0] == '1':
		forms = append(forms, "+86"+n, "0086"+n, "+86 "+spaced(n), "12593"+n, n[:3]+"-"+n[3:7]+"-"+n[7:])
	case n[0] == '0':
		forms = append(forms, "+86"+n[1:], "("+n[:4]+")"+n[4:], n[:4]+"-"+n[4:])
	case strings.HasPrefix(n, "400"):
		forms = append(forms, n[:3]+"-"+n[3:6]+"-"+n[6:])
	}
	return forms[d.r.IntN(len(forms))]
}

func xmlText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r > 0xffff: // as the real program writes it
			r -= 0x10000
			fmt.Fprintf(&b, "&#%d;&#%d;", 0xd800+r>>10, 0xdc00+r&0x3ff)
		case strings.ContainsRune("<>&\"\n", r):
			fmt.Fprintf(&b, "&#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func backupOf(root string, rows []string) []byte {
	return []byte("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<" + root +
		fmt.Sprintf(" count=\"%d\">\n  ", len(rows)) + strings.Join(rows, "\n  ") + "\n</" + root + ">\n")
}

// sheets makes a workbook of inline text.
func sheets(list ...[][]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part := func(name, body string) {
		w, _ := z.Create(name)
		io.WriteString(w, body)
	}
	part("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`)
	part("xl/workbook.xml", "<workbook/>")
	for n, rows := range list {
		var s strings.Builder
		for r, row := range rows {
			fmt.Fprintf(&s, `<row r="%d">`, r+1)
			for c, cell := range row {
				fmt.Fprintf(&s, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+c, r+1, cell)
			}
			s.WriteString("</row>")
		}
		part(fmt.Sprintf("xl/worksheets/sheet%d.xml", n+1), "<worksheet><sheetData>"+s.String()+
			"</sheetData></worksheet>")
	}
	z.Close()
	return b.Bytes()
}

// writeCalls puts the calls into two backups of the phone's log that overlap,
// the lists of two carriers, and recordings; and counts what must come of it.
func (d *dump) writeCalls(calls []phoneCall) {
	var logs [2][]string
	mobile := []string{"中国移动通话详单", "客户姓名：赵*宁", "", "起始时间,通信地点,通信方式,对方号码,通信时长,通信类型,实收通信费(元)"}
	head := []string{"对方号码", "呼叫类型", "起始时间", "通话时长（秒）", "通话类型"}
	telecom := map[string][][]string{}
	for n, c := range calls {
		s := shownCall{direction: map[bool]string{true: "out", false: "in"}[c.out],
			answered: map[bool]string{true: "yes", false: "no"}[c.talk > 0], number: c.number, seconds: c.talk}
		logged := n%11 != 4 // the others were deleted on the phone before the backup
		if logged {
			kind := 1
			switch {
			case c.out:
				kind = 2
			case c.talk == 0:
				kind = []int{3, 5}[d.r.IntN(2)]
			}
			s.at = c.start.Format(time.RFC3339)
			for b, in := range []bool{n < len(calls)*7/10, n >= len(calls)*4/10} {
				if !in {
					continue
				}
				s.exhibits++
				name := c.name
				if name == "" {
					name = "(Unknown)"
				}
				logs[b] = append(logs[b], fmt.Sprintf(
					`<call number="%s" duration="%d" date="%d" type="%d" presentation="1" `+
						`subscription_id="%d" contact_name="%s" />`,
					d.spell(c.number), c.talk, c.start.UnixMilli()+int64(n%900), kind, c.sim, xmlText(name)))
			}
		}
		if c.talk > 0 {
			begun := c.start.Add(time.Duration(c.ring) * time.Second)
			number := c.number
			if number == "" {
				number = c.listed
			}
			s.number = number
			s.at = begun.Format(time.RFC3339) // the network's clock is the better one
			s.exhibits++
			word := map[bool]string{true: "主叫", false: "被叫"}[c.out]
			if c.sim == 1 {
				mobile = append(mobile, fmt.Sprintf("%s,杭州,%s,%s,%d分%d秒,国内通话,0.00", begun.Format("2006/1/2 15:04:05"),
					word, number, c.talk/60, c.talk%60))
			} else {
				month := begun.Format("1月")
				telecom[month] = append(telecom[month],
					[]string{number, word, begun.Format(time.DateTime), fmt.Sprint(c.talk), "本地"})
			}
			s.exhibits += d.record(n, c, begun, logged)
		}
		if s.at == "" {
			continue // nothing is left that shows it
		}
		d.calls[s]++
	}
	mobile = append(mobile, "小计,,,,99分,,1.00", "合计,,,,99分,,1.00", "以上信息仅供参考")
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(strings.Join(mobile, "\r\n"))
	if err != nil {
		d.t.Fatal(err)
	}
	d.put("下载/移动详单.csv", []byte(gb))
	book := [][][]string{{{"说明", "本表由电信提供"}}}
	for _, month := range slices.Sorted(maps.Keys(telecom)) {
		book = append(book, append(append([][]string{{"机主", "赵*宁"}, head}, telecom[month]...), []string{"合计"}))
		d.skipped++
	}
	d.put("下载/电信详单.xlsx", sheets(book...))
	d.skipped += 3
	d.put("SMSBackupRestore/calls-20260815120000.xml", backupOf("calls", logs[0]))
	d.put("SMSBackupRestore/calls-20260901120000.xml", backupOf("calls", logs[1]))
}

// record puts the recording of a call, if it has one, and returns how many
// files show it.
func (d *dump) record(n int, c phoneCall, begun time.Time, logged bool) int {
	if c.number == "" || n%5 == 0 {
		return 0
	}
	by := recorders[(n/9)%len(recorders)] // a recorder for some days, then the next
	if by.named && c.name != "" && !logged {
		return 0 // a name and no number, and no log that has both: for a person to settle
	}
	at, length := begun.Add(time.Second), c.talk-1
	if c.talk > 300 && n%2 == 0 { // begun by hand in the middle
		at, length = begun.Add(time.Duration(c.talk/2)*time.Second), c.talk/4
	}
	name := by.path(c, at)
	if _, err := os.Stat(filepath.Join(d.dir, name)); err == nil {
		return 0 // two calls of one minute, one name: phones keep the first
	}
	data := d.sound(length)
	path := d.put(name, data)
	shown := 1
	if by.modified {
		end := at.Add(time.Duration(length) * time.Second)
		if err := os.Chtimes(path, end, end); err != nil {
			d.t.Fatal(err)
		}
	}
	if strings.HasPrefix(name, "BCR/") {
		d.put(strings.TrimSuffix(name, ".oga")+".json", bcrSidecar(c, at, length))
		shown++
	}
	if n%13 == 0 {
		ext := filepath.Ext(name)
		d.put(strings.TrimSuffix(name, ext)+"(1)"+ext, data)
		d.copies++
	}
	return shown
}

// writeMessages puts SMS, MMS and three kinds of chat exports.
func (d *dump) writeMessages() {
	count := func(at time.Time, direction, whose, text string) {
		d.messages[strings.Join([]string{at.In(china).Format(time.RFC3339), direction, whose, text}, "|")]++
	}
	var backups [2][]string
	at := time.Date(2026, 7, 1, 8, 0, 0, 0, china)
	for n := range 320 {
		at = at.Add(time.Duration(1+d.r.IntN(3*60*60)) * time.Second)
		number := []string{"19900000001", "10690000123456", "95013800001", "19900000003"}[d.r.IntN(4)]
		out := n%5 == 0
		text := fmt.Sprintf("【极融】第%d条 <还款> & \"马上\" 😀\n第二行", n)
		row := ""
		switch {
		case n%17 == 2:
			row = fmt.Sprintf(
				`<mms date="%d" date_sent="%d" msg_box="%d" address="%s" m_type="132"><parts>`+
					`<part seq="-1" ct="application/smil" text="x" /><part seq="0" ct="text/plain" text="%s" />`+
					`<part seq="0" ct="image/jpeg" data="/9j/4AAQ" /></parts>`+
					`<addrs><addr address="%s" type="%d" /></addrs></mms>`,
				at.UnixMilli(), at.Unix(), map[bool]int{true: 2, false: 1}[out], number, xmlText(text), number,
				map[bool]int{true: 151, false: 137}[out])
		case n%17 == 5:
			row = fmt.Sprintf(`<sms address="%s" date="%d" type="%d" body="没有发出" />`, number, at.UnixMilli(),
				[]int{3, 5}[n%2])
		default:
			row = fmt.Sprintf(
				`<sms protocol="0" address="%s" date="%d" type="%d" subject="null" body="%s" read="1" `+
					`sub_id="1" contact_name="(Unknown)" />`,
				d.spell(number), at.UnixMilli(), map[bool]int{true: 2, false: 1}[out], xmlText(text))
		}
		for b, in := range []bool{n < 240, n >= 120} {
			if in {
				backups[b] = append(backups[b], row)
				if n%17 == 5 {
					d.skipped++
				}
			}
		}
		if n%17 != 5 {
			count(at, map[bool]string{true: "out", false: "in"}[out], number, text)
		}
	}
	d.put("SMSBackupRestore/sms-20260815120000.xml", backupOf("smses", backups[0]))
	d.put("SMSBackupRestore/sms-20260901120000.xml", backupOf("smses", backups[1]))

	old := "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender\n"
	text, table := "", "\ufeff消息ID,类型,发送人,时间,内容\n"
	imazing := "Chat Session,Message Date,Service,Type,Sender ID,Sender Name,Status,Replying " +
		"to,Subject,Text,Attachment,Attachment type\n"
	for n := range 60 {
		at = at.Add(time.Duration(1+d.r.IntN(2*60*60)) * time.Second)
		out, direction := n%4 == 0, "in"
		if out {
			direction = "out"
		}
		old += fmt.Sprintf("%d,2,1,0,%d,%d,3,\"第%d句,\n换行\",%s,催收王,wang,x\n", n, map[bool]int{true: 1}[out], at.Unix(),
			n, at.Format(time.DateTime))
		count(at, direction, "催收王", fmt.Sprintf("第%d句,\n换行", n))
		at = at.Add(7 * time.Second)
		table += fmt.Sprintf("%d,文本,%s,%s,新版第%d句\n", n, map[bool]string{true: "阿宁", false: "小李"}[out],
			at.Format(time.DateTime), n)
		count(at, direction, "小李", fmt.Sprintf("新版第%d句", n))
		at = at.Add(7 * time.Second)
		text += fmt.Sprintf("%s %s\n文本第%d句\n\n", at.Format(time.DateTime), map[bool]string{true: "我", false: "小陈"}[out],
			n)
		count(at, direction, "小陈", fmt.Sprintf("文本第%d句", n))
		at = at.Add(7 * time.Second)
		imazing += fmt.Sprintf("妈妈,%s,SMS,%s,%s,,Read,,,苹果第%d句,,\n", at.Format(time.DateTime),
			map[bool]string{true: "Outgoing", false: "Incoming"}[out], map[bool]string{false: "+86 199 0000 0003"}[out],
			n)
		// What went out has no sender's number: it went to the one the chat is with.
		count(at, direction, "19900000003", fmt.Sprintf("苹果第%d句", n))
	}
	old += "900,2,10000,0,0,1788361208,3,撤回,,催收王,wang,x\n"
	d.skipped++
	d.put("微信/催收王.csv", []byte(old))
	d.put("微信/小李(wxid_li)/小李.csv", []byte(table))
	d.put("微信/小陈(wxid_chen)/小陈.txt", []byte(text))
	d.put("苹果/Messages.csv", []byte(imazing))
}

// writeRest puts what makes no rows, or none of a log.
func (d *dump) writeRest() {
	pixel := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00" +
		"\x3a\x7e\x9b\x55\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82")
	for n := range 50 {
		d.put(fmt.Sprintf("DCIM/Camera/IMG_202608%02d_1%d0000.png", 1+n%28, n/28), append(bytes.Clone(pixel), byte(n)))
		d.put(fmt.Sprintf("微信/mmexport%d.png", 1788361205000+n*1000), append(bytes.Clone(pixel), byte(n), 1))
	}
	for name, data := range map[string]string{"空.mp3": "", "DCIM/.DS_Store": "x", "备份.zip": "PK\x05\x06" +
		strings.Repeat("\x00", 18)} {
		d.put(name, []byte(data))
		d.useless++
	}
	d.put("合同.pdf", []byte("%PDF-1.4\n%%EOF\n"))
	d.put("备忘.txt", []byte("给平台打电话\n"))
}
