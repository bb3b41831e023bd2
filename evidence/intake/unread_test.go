package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"strings"
	"testing"

	"juzheng/evidence"
	"juzheng/evidence/intake/logs"
)

// A text with messages or calls that no reader took is not kept in silence; one
// that only has a date is no list.
func TestUnreadRowsAreTold(t *testing.T) {
	const message = "2026-10-01 10:15:00 某某(10000)\r\n你再不还钱我就打给你单位\r\n\r\n"
	for _, c := range []struct {
		name, head, says string
	}{
		{"a chat as text", "\ufeff消息记录\r\n\r\n" + message + message, "2 处"},
		{"one row of a table", "id;time;text\r\n1;2026/10/1 10:15;a;b\r\n", "1 处"},
		{"Chinese dates", "2026年10月1日 10时15分 某某\n2026年10月2日　9:01 某某\n", "2 处"},
		{"seconds in JSON", `{"messages":[{"timestamp":1790820900,"content":"a"}]}`, "1 处"},
		{"milliseconds in JSON", `[{"date":1790820900000,"dateSent":1790820899000}]`, "2 处"},
		{"a date in JSON", `{"messages":[{"date":"2026-10-01T10:15:00"}]}`, "1 处"},
		{"a letter", "某某：\n2026年10月1日 10:15，我收到了电话。\n此致\n", ""},
		{"days without a time", "2026-10-01 去了派出所\n2026-10-02 在家\n", "2 行日期"},
		{"one day", "2026-10-01 去了派出所\n在家\n", ""},
		{"a diary of calls", "2026-10-01 打来三个电话\n2026-10-02 又打来，骂人\n", "2 处"},
		{"a diary as table", "日期,说明\n2026-10-01,他们打到我单位\n2026-10-02,又打了三次\n", "2 处"},
		{"a table of two columns", "电话,时间\n19900000311,2026-10-01 10:15:00\n", "1 处"},
		{"a table without a head", "2026-10-01\t10:15\t19900000311\t来电\n", "1 处"},
		{"no year", "10月1日 10:15 来电 19900000311\n10月2日 11:15 来电 19900000311\n", "2 处"},
		{"no year, digits", "10-01 10:15:00 王某：还钱\n10-01 10:16:00 林某：好\n", "2 处"},
		{"days in brackets", "[09-01 10:00] <张三> 你还钱\n[09-01 10:01] <我> 没有\n", "2 处"},
		{"an empty list", "[]", ""},
		{"numbers with words", "我的记录\n10.1 上午 来电 0571-00000101 骂我\n10.2 下午 来电 400-000-0101\n", "2 处"},
		{"masked numbers", "199****0011 10:15 未接\n199****0011 10:16 未接\n", "2 处"},
		{"words of a key", `{"calls":[{"num":"19900000311","when":"2026-10-01 10:15:00","len":62}]}`, "1 处"},
		{"attributes", `<list><m t="1790820900000" n="1">还钱</m><m t="1790820960000" n="1">还钱</m></list>`, "2 处"},
		{"a page", "<html><div>2026-10-01 10:15 王: 还钱</div><div>2026-10-01 10:16 我: 好</div></html>", "2 处"},
		{"a page with a date", "<html><p>更新于 2026-10-01 10:15</p></html>", ""},
		{"a contract", "合同编号：JR-2026-000123\n甲方电话：0571-00000101\n借款金额 8000.00 元，年利率 24%\n", ""},
		{"figures", "项目,金额\n房租,1200\n水电,300\n", ""},
		{"settings", `{"version":3,"runtime":"go1.26","list":[1790820900]}`, ""},
		{"a page of what WeChat gave away", "<html><p>—————  2026-10-12  —————</p><p>小李 10:15</p><p>还钱</p><p>我 10:16</p>",
			"2 处"},
		{"the same with one blank", "—————  2026-10-12  —————\n小李 10:15\n还钱\n", "1 处"},
		{"messages as a table", "号码,联系人,类型,时间,内容\n19900000311,某某,接收,2026-10-08 09:20:00,还钱\n", "SMS Backup"},
		{"messages as a table in English", "Address;Date;Body\n19900000311;2026-10-08 09:20:00;还钱\n", "SMS Backup"},
		{"a table of calls", "号码,联系人,时间\n19900000311,某某,2026-10-08 09:20:00\n", "另存为 Excel"},
		{"nothing", "", ""},
	} {
		got := unreadRows(c.head)
		if c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%s: %q, want %q in it", c.name, got, c.says)
		}
	}
}

// A mail with a chat in it is told of, in whatever form its text is written; another is not.
func TestMailWithAChatIsTold(t *testing.T) {
	const head = "From: a@example.com\r\nTo: b@example.com\r\nDate: Mon, 12 Oct 2026 23:00:00 +0800\r\nSubject: x\r\n"
	chat := "—————  2026-10-12  —————\n\n\n小李  10:15\n\n还钱\n"
	plain := "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(chat)) + "\r\n"
	for name, c := range map[string]struct {
		mail string
		told bool
	}{
		"in base64": {head + plain, true},
		"in parts": {head + "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: image/jpeg\r\n\r\nx\r\n" +
			"--B\r\n" + plain + "--B--\r\n", true},
		"quoted": {head + "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
			"<p>=E2=80=94=E2=80=94=E2=80=94 2026-10-12 =E2=80=94=E2=80=94=E2=80=94</p><p>a 10:15</p>\r\n", true},
		"a letter": {head + "\r\n您好，合同已收到。\r\n", false},
	} {
		f, dir := newCase(t), t.TempDir()
		put(t, dir, "聊天.eml", []byte(c.mail))
		s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
		if err != nil || len(s.Admitted) != 1 {
			t.Fatalf("%s: %+v, error %v", name, s, err)
		}
		if n, told := s.Admitted[0].Note(evidence.NoteUnread); told != c.told ||
			told && (!strings.Contains(n.Detail, "邮件") || evidence.LooksLikeList(s.Admitted[0]) == "") {
			t.Errorf("%s: told %v: %s", name, told, n.Detail)
		}
	}
}

// Only of a file that may hold calls is it said that its calls were not read: a bank's bill
// sends nobody to the carrier.
func TestBillsHoldNoCalls(t *testing.T) {
	text := func(lines ...string) *PDFText {
		return &PDFText{Total: 1, Lines: [][]string{lines}, Pages: logs.Pages{{{}}}}
	}
	for _, c := range []struct {
		name string
		pdf  *PDFText
		says bool
	}{
		{"账单_信用卡账单11月.pdf", text("本期应还 12,306.77 元", "到期还款日 2026-11-20"), false},
		{"11月账单.pdf", text("起始时间 通信方式 对方号码 通信时长", "2026-11-03 22:41:12 被叫 19900000311"), true},
		{"11月账单.pdf", nil, false},
		{"中国移动账单.pdf", text("套餐费 58 元"), true},
		{"语音详单202611.pdf", text("读不出来的表"), true},
		{"语音详单202611.pdf", nil, true},
		{"合同.pdf", text("借款合同"), false},
	} {
		const whole = "%PDF-1.4\n%%EOF"
		got := notRead(strings.NewReader(whole), int64(len(whole)), c.name, form{extension: ".pdf", pdf: c.pdf})
		if strings.Contains(got, "通话") != c.says {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

// A workbook that ends in the middle is said to, not to be one without a list.
func TestCutWorkbookIsTold(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, "<x/>")
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "通话详单.xlsx", b.Bytes()[:b.Len()-60])
	s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
	if err != nil || len(s.Admitted) != 1 {
		t.Fatalf("%+v, error %v", s, err)
	}
	if n, ok := s.Admitted[0].Note(NoteBroken); !ok || !strings.Contains(n.Detail, "不完整") {
		t.Errorf("notes: %+v", s.Admitted[0].Notes)
	}
}

// What is said of a file that was not read says what to do about it.
func TestEncryptedPDFHasAWayPast(t *testing.T) {
	f, dir := newCase(t), t.TempDir()
	put(t, dir, "借款合同.pdf",
		[]byte("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt 2 0 R>>\n%%EOF\n"))
	s, err := Add(context.Background(), f, []string{dir}, Options{Now: testNow})
	if err != nil || len(s.Admitted) != 1 {
		t.Fatalf("%+v, error %v", s, err)
	}
	if n, _ := s.Admitted[0].Note(evidence.NoteUnread); !strings.Contains(n.Detail, "另存或打印成一份不加密的 PDF") {
		t.Errorf("notes: %+v", s.Admitted[0].Notes)
	}
}
