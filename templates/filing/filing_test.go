package filing

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"juzheng/evidence"
	"juzheng/templates"
	"juzheng/templates/document"
	"juzheng/templates/letter"
	"juzheng/templates/mask"
)

func names(papers []Paper) string {
	var out []string
	for _, p := range papers {
		out = append(out, p.Name)
	}
	return strings.Join(out, " ")
}

func TestOrder(t *testing.T) {
	got := names(Order([]Paper{{Name: "证据册.pdf"}, {Name: "正文.txt"}, {Name: "授权委托书.pdf"}, {Name: "证据目录.pdf"},
		{Name: "举报书.pdf"}}))
	if want := "举报书.pdf 授权委托书.pdf 证据目录.pdf 证据册.pdf 正文.txt"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A form is filled in as far as the case goes; its text is within the limit,
// and what was shortened says so.
func TestFormText(t *testing.T) {
	in := regulator(t)
	long := strings.Repeat("甲", 399) + "\n"
	in.Recipient.Channels = []templates.Channel{{Type: "web", TextLimit: 120,
		Fields: []string{"姓名", "身份证号", "被举报机构名称和地址", "验证码", "事实和证据"}}}
	in.Case.Platform.Name = "示例公司"
	fields := letter.Form(in, long)
	text := string(FormText(in, fields))
	if strings.Contains(text, letter.ReviewMark) {
		t.Errorf("approved, and marked:\n%s", text)
	}
	for _, want := range []string{"■ 姓名\r\n----------------------------------------\r\n王小雨\r\n", "11010519900307233X",
		"示例公司（平台）", "请照网页的要求自己填写", "（网页限120字，以下", "是摘要，全文见附件"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	waits := in
	waits.Unreviewed = true
	if s := string(FormText(waits, fields)); !strings.HasPrefix(s, "\ufeff【待复核：") ||
		strings.Count(s, "（待复核）") != len(fields) {
		t.Errorf("not marked:\n%s", s)
	}
	if d := DraftFor(waits, nil, nil); !strings.HasPrefix(d.Subject, "【待复核】举报书") {
		t.Errorf("a draft that is not marked: %s", d.Subject)
	}
	for limit := range 401 {
		in.Recipient.Channels[0].TextLimit = limit
		f := letter.Form(in, long)[4]
		if n := utf8.RuneCountInString(f.Text); limit > 0 && n > limit || f.Short != (limit > 0 && limit < 400) ||
			f.Text == "" {
			t.Errorf("limit %d: %d characters, short %t", limit, n, f.Short)
		}
	}
	in.Recipient.Channels = []templates.Channel{{Type: "phone", Value: "12378"}}
	if letter.Form(in, long) != nil {
		t.Error("a form where there is none")
	}
	if got := string(Windows("甲\n乙\r\n")); got != "\ufeff甲\r\n乙\r\n" {
		t.Errorf("got %q", got)
	}
}

// The standard library reads the draft back; nothing is lost, and the same
// draft gives the same bytes.
func TestEML(t *testing.T) {
	d := Draft{From: "wang@example.com", FromName: "王小雨", To: "kefu@example.com", Subject: "投诉书（本人自编号3456）",
		Text: "您好：\n材料见附件。\n",
		Date: time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing),
		Attachments: []Attachment{{Name: "投诉书.pdf", MediaType: "application/pdf",
			Data: bytes.Repeat([]byte{0, 255, 7}, 100)}}}
	data, err := EML(d)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := EML(d)
	if !bytes.Equal(data, again) {
		t.Error("two runs differ")
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(data), "\r\n"), "\r\n") {
		if len(line) > 998 || strings.Contains(line, "\n") {
			t.Errorf("a bad line: %.60q", line)
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); s != d.Subject {
		t.Errorf("subject %q", s)
	}
	if a, err := m.Header.AddressList("From"); err != nil || a[0].Name != d.FromName || a[0].Address != d.From {
		t.Errorf("from %v, %v", a, err)
	}
	_, params, _ := mime.ParseMediaType(m.Header.Get("Content-Type"))
	r := multipart.NewReader(m.Body, params["boundary"])
	var got []string
	for {
		p, err := r.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, p))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p.FileName()+":"+string(body))
		if p.FileName() != "" {
			_, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
			if name, _ := new(mime.WordDecoder).DecodeHeader(params["name"]); err != nil || name != p.FileName() {
				t.Errorf("name %q, %v; filename %q", name, err, p.FileName())
			}
		}
	}
	want := []string{":您好：\r\n材料见附件。\r\n", "投诉书.pdf:" + string(d.Attachments[0].Data)}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	for name, bad := range map[string]Draft{
		"injected header": {Subject: "a\r\nBcc: x@example.com"},
		"no address":      {To: "客服"},
	} {
		if _, err := EML(bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// What is typed under email and is no address keeps no draft from being made.
func TestOwnAddress(t *testing.T) {
	for typed, want := range map[string]string{"": "", "没有邮箱": "", "无": "", "wang@": "", "a b@example.com": "",
		" wang@example.com ": "wang@example.com", "wang＠example.com": "wang@example.com"} {
		if got := ownAddress(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// Another reader than Go's finds the same names, also long ones and odd ones.
func TestEMLForPython(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil && os.Getenv("JUZHENG_REQUIRE_TOOLS") != "1" {
		t.Skip("no python3")
	}
	names := []string{"投诉书.pdf", "证据册（共一百二十三页，含录音文字稿、通话记录、短信与截图，第一部分）.pdf", `a"b\c.pdf`}
	d := Draft{ToName: "中国互联网金融协会", Subject: "x", Date: time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing)}
	for _, n := range names {
		d.Attachments = append(d.Attachments, Attachment{Name: n, MediaType: "application/pdf"})
	}
	data, err := EML(d)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", `
import email, email.header, email.policy, sys
raw = sys.stdin.buffer.read(); sys.stdout.reconfigure(encoding="utf-8", newline="\n")
old, new = email.message_from_bytes(raw), email.message_from_bytes(raw, policy=email.policy.default)
dec = lambda s: str(email.header.make_header(email.header.decode_header(s)))
print(new["To"].groups[0].display_name, "|", len(new["To"].addresses))
for p, q in zip(old.walk(), new.walk()):
    if p.get_content_disposition() == "attachment": print(q.get_filename(), "|", dec(p.get_param("name")))`)
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.CombinedOutput()
	want := "中国互联网金融协会 | 0\n"
	for _, n := range names {
		want += n + " | " + strings.NewReplacer(`"`, "_", `\`, "_").Replace(n) + "\n"
	}
	if err != nil || string(out) != want {
		t.Errorf("%v\n got %s\nwant %s", err, out, want)
	}
}

func regulator(t *testing.T) letter.Input {
	t.Helper()
	dir, err := templates.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, _ := dir.Lookup("nfra-zhejiang")
	return letter.Input{Role: evidence.ToRegulator, Recipient: r,
		Date: time.Date(2026, 3, 28, 9, 0, 0, 0, evidence.Beijing),
		Matter: mask.Matter{Case: evidence.Case{ID: "0192a3b4-c5d6-7e8f-9012-3456789abcde",
			Complainant: evidence.Complainant{Name: "王小雨", IDNumber: "11010519900307233X", Phone: "13800138000",
				Address: "浙江省杭州市西湖区示例路1号"}}}}
}

func TestICS(t *testing.T) {
	in := regulator(t)
	events := TermEvents(in, "举报书")
	if len(events) != 1 || events[0].Day.Format(time.DateOnly) != "2026-04-12" {
		t.Fatalf("events %v", events)
	}
	text := string(ICS(in.Case.ID, events, in.Date))
	for _, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a bad line: %q", line)
		}
	}
	whole := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{"DTSTART;VALUE=DATE:20260412\r\n", "DTEND;VALUE=DATE:20260413\r\n",
		"SUMMARY:国家金融监督管理总局浙江监管局：收到完整的举报材料，决定是否受理\r\n", "DTSTAMP:20260328T010000Z\r\n",
		"TRIGGER:-PT15H\r\n"} { // nine o'clock of the day before
		if !strings.Contains(whole, want) {
			t.Errorf("lacks %q in\n%s", want, whole)
		}
	}
	if text != string(ICS(in.Case.ID, events, in.Date)) {
		t.Error("two runs differ")
	}
	if got := escape("a;b,c\\d\ne"); got != `a\;b\,c\\d\ne` {
		t.Errorf("escaped: %s", got)
	}
}

func TestSizeFor(t *testing.T) {
	for sheets, want := range map[int]string{1: "ZL", 5: "ZL", 6: "C5", 15: "C5", 16: "C4", 200: "C4"} {
		if got := SizeFor(sheets).Code; got != want {
			t.Errorf("%d sheets: %s, want %s", sheets, got, want)
		}
	}
}

func TestEnvelope(t *testing.T) {
	in := regulator(t)
	e := EnvelopeFor(in, SizeFor(20))
	if e.Code != "C4" || e.To.Name != in.Recipient.Name || e.To.Lines != nil {
		t.Errorf("got %+v", e)
	}
	in.Recipient.Channels = []templates.Channel{{Type: "post", Value: "310000 浙江省杭州市示例路2号"}}
	if e = EnvelopeFor(in, SizeFor(3)); e.Code != "ZL" || e.To.Postcode != "310000" ||
		!slices.Equal(e.To.Lines, []string{"浙江省杭州市示例路2号"}) {
		t.Errorf("got %+v", e)
	}
	d := PostingList(in.Case, []Posting{{Recipient: in.Recipient.Name,
		Papers: []Paper{{Name: "证据册.pdf", Pages: 11}, {Name: "举报书.pdf", Pages: 2}}}}, in.Date)
	text := document.Text(d)
	if !strings.Contains(text, "举报书（2页）、证据册（11页）") {
		t.Errorf("got\n%s", text)
	}
	if strings.Contains(text, in.Case.Complainant.IDNumber) || len(document.Unresolved(d)) > 0 {
		t.Errorf("the posting list tells too much, or too little:\n%s", text)
	}
}

// Whatever a title holds, each line of the calendar is within 75 octets and
// whole characters, and unfolded it is what was meant.
func FuzzICS(f *testing.F) {
	f.Add("期限；一,二\\三\n四", "x")
	f.Add(strings.Repeat("\x80", 200), "\r\x00")
	f.Fuzz(func(t *testing.T, title, text string) {
		out := string(ICS("id", []Event{{Day: time.Date(2026, 3, 28, 0, 0, 0, 0, time.UTC), Title: title, Text: text}},
			time.Unix(0, 0)))
		for _, line := range strings.Split(strings.TrimSuffix(out, "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00") {
				t.Fatalf("a bad line: %q", line)
			}
		}
		if whole := strings.ReplaceAll(out, "\r\n ", ""); !strings.Contains(whole,
			"\r\nSUMMARY:"+escape(title)+"\r\n") {
			t.Errorf("%q is lost in\n%s", title, whole)
		}
	})
}

func TestDraftFor(t *testing.T) {
	in := regulator(t)
	in.Case.Complainant.Email = "wang@example.com"
	d := DraftFor(in, []Attachment{{Name: "举报书.pdf"}}, nil)
	if d.Subject != "举报书：王小雨（本人自编号3456-789A-BCDE）" || d.To != "" || !strings.Contains(d.Text, "附件：举报书.pdf。") {
		t.Errorf("got %+v", d)
	}
	if strings.Contains(d.Text+d.Subject, in.Case.Complainant.IDNumber) {
		t.Error("the mail holds the identity number")
	}
	// Whom it is for stands there also where the address is not known.
	data, err := EML(d)
	if err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if to, _ := new(mime.WordDecoder).DecodeHeader(m.Header.Get("To")); to != in.Recipient.Name+":;" {
		t.Errorf("to %q", to)
	}
	if list, err := m.Header.AddressList("To"); err != nil || len(list) != 0 {
		t.Errorf("to %v, %v", list, err)
	}
	if d = DraftFor(in, nil, nil); strings.Contains(d.Text, "附件") {
		t.Error("an attachment is named and none is there")
	}
}

// A request has the terms of its recipient, never those of a complaint; where
// there are none, the reminder says that it is one's own.
func TestFollowUp(t *testing.T) {
	in := regulator(t)
	in.Role, in.Recipient = evidence.ToLender, templates.Recipient{Name: "示例银行股份有限公司"}
	got := FollowUp(in, "协商还款申请书")
	if len(got) != 1 || got[0].Day.Format(time.DateOnly) != "2026-04-12" || !strings.Contains(got[0].Text, "给自己的提醒") {
		t.Errorf("got %v", got)
	}
	in.Recipient.Terms = []templates.Term{{Event: "书面答复", From: templates.FromFiled, Days: 20, Basis: "《条例》",
		Quality: "verified"}}
	if got = FollowUp(in, "征信异议申请书"); len(got) != 1 || got[0].Day.Format(time.DateOnly) != "2026-04-17" {
		t.Errorf("got %v", got)
	}
}
