package logs

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"juzheng/evidence"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

const backup = `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="4">
  <sms address="19900000311" date="1789698606000" type="1" body="还钱&#10;不还找你家人" />
  <sms address="19900000777" date="1789785006000" type="1" body="周末打球吗" />
  <mms address="19900000311" date="1789871406000" msg_box="1">
    <parts><part ct="text/plain" text="彩信" /></parts>
  </mms>
  <sms address="19900000778" date="1789957806000" type="3" body="草稿" />
  <sms address="19900000311" date="1789957806000" type="1" body="今天还" />
</smses>
`

// The lines of the wanted rows are taken byte for byte, and no other: sed shows
// the same of the whole.
func TestExtract(t *testing.T) {
	list := "通话详单\n对方号码,起始时间,通信时长,呼叫类型,备注\n" +
		"19900000311,2026-09-05 22:47:05,22秒,被叫,\"两\n行\"\n13800138000,2026-09-06 22:47:05,22秒,被叫,\n" +
		"19900000311,2026-09-07 22:47:05,22秒,被叫,"
	for _, row := range []struct {
		name, log, lines, number string
		rows                     int
		more                     bool
		err                      error
	}{
		{name: "messages", log: backup, lines: "3,5-7,9", number: "19900000311", rows: 3, more: true},
		{name: "the last alone", log: strings.ReplaceAll(backup, `"19900000777"`, `"x"`), lines: "",
			number: "19900000777",
			more:   true},
		{name: "lines end as in Windows", log: strings.ReplaceAll(backup, "\n", "\r\n"), lines: "4",
			number: "19900000777",
			rows:   1, more: true},
		{name: "a list", log: list, lines: "3-4,6", number: "19900000311", rows: 2, more: true},
	} {
		t.Run(row.name, func(t *testing.T) {
			x, err := Extract(strings.NewReader(row.log), int64(len(row.log)), "log",
				func(r Row) bool { return r.Incident.Number == row.number })
			if !errors.Is(err, row.err) || x.Rows != row.rows || x.More != row.more {
				t.Fatalf("%d rows, more %v, %v", x.Rows, x.More, err)
			}
			if err != nil {
				return
			}
			if x.Lines != row.lines || string(x.Data) != linesOf(row.log, row.lines) {
				t.Errorf("lines %s, want %s:\n%s", x.Lines, row.lines, x.Data)
			}
		})
	}
}

// linesOf is what sed -n prints of lines.
func linesOf(s, lines string) string {
	var out strings.Builder
	all := strings.SplitAfter(s, "\n")
	for _, span := range strings.Split(lines, ",") {
		if span == "" {
			continue
		}
		first, last, more := strings.Cut(span, "-")
		if !more {
			last = first
		}
		from, _ := strconv.Atoi(first)
		to, _ := strconv.Atoi(last)
		for n := from; n <= to; n++ {
			out.WriteString(all[n-1])
		}
	}
	return out.String()
}

// Messages of chats, which may have several lines or stand in a list.
func TestExtractOfChats(t *testing.T) {
	text := "2026-10-01 10:15:00 '王经理'\n再不还\n\n就上门\n\n2026-10-01 10:16:00 '表姐'\n这是谁\n\n" +
		"2026-10-01 10:17:00 '王经理'\n明天去\n"
	qq := "消息记录（此消息记录为文本格式，不支持重新导入）\n\n" + strings.Repeat("=", 64) + "\n消息分组:我的群聊\n" +
		strings.Repeat("=", 64) + "\n消息对象:甲\n" + strings.Repeat("=", 64) +
		"\n\n2026-10-01 10:15:00 王经理(10000)\n还钱\n\n\n" +
		strings.Repeat("=", 64) + "\n消息分组:我的好友\n" + strings.Repeat("=", 64) + "\n消息对象:妈妈\n" +
		strings.Repeat("=", 64) + "\n\n2026-10-01 10:16:00 妈妈(20000)\n吃饭\n"
	table := "\ufeff昵称,家族群\n消息ID,类型,发送人,时间,内容\n1,文本,王经理,2026-10-01 10:15:00,\"再不还\r\n就上门\"\r\n" +
		"2,文本,表姐,2026-10-01 10:16:00,屏幕5\" 的\n3,文本,王经理,2026-10-01 10:17:00,屏幕6\" 的\n4,文本,表姐,2026-10-01 10:18:00,好\n"
	phone := "2026/10/1 10:15 - 王经理: 再不还\n就上门\n2026/10/1 10:16 - 表姐: 这是谁\n2026/10/13 10:17 - 王经理: 明天去\n"
	lab := `{"chatlab":{"version":"0.0.2"},"meta":{"name":"群","type":"group"},"messages":[` +
		`{"sender":"a","accountName":"王经理","timestamp":1790000000,"type":0,"content":"还钱"}, ` +
		`{"sender":"b","accountName":"表姐","timestamp":1790000060,"type":0,"content":"谁"}]}`
	telegram := `{"about":"Telegram","chats":{"list":[{"name":"表姐","type":"personal_chat","id":7,"messages":[` +
		`{"id":1,"type":"message","date":"2026-10-01T10:15:00","date_unixtime":"1790000000",` +
		`"from":"表姐","from_id":"user7","text":"谁"}]},` +
		`{"name":"王经理","type":"personal_chat","id":8,"messages":[` +
		`{"id":1,"type":"message","date":"2026-10-01T10:15:00","date_unixtime":"1790000000",` +
		`"from":"王经理","from_id":"user8","text":"还钱"}]}]}}`
	for _, row := range []struct{ name, log, lines, want string }{
		{"a.txt", text, "1-4,9-10", ""},
		{"qq.txt", qq, "9-10", "2026-10-01 10:15:00 王经理(10000)\n还钱\n"},
		{"a.csv", table, "3-4,6", ""},
		{"whatsapp.txt", phone, "1-2,4", ""},
		{"lab.json", lab, "1",
			`{"sender":"a","accountName":"王经理","timestamp":1790000000,"type":0,"content":"还钱"}` + "\n"},
		{"result.json", telegram, "2", `{"id":1,"type":"message","date":"2026-10-01T10:15:00",` +
			`"date_unixtime":"1790000000","from":"王经理","from_id":"user8","text":"还钱"}` + "\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			in := strings.NewReader(row.log)
			x, err := Extract(in, in.Size(), row.name, func(r Row) bool { return r.Incident.Name == "王经理" })
			want := row.want
			if want == "" {
				want = linesOf(row.log, row.lines)
			}
			if err != nil || !x.More || x.Lines != row.lines || string(x.Data) != want {
				t.Fatalf("lines %s, want %s, more %v, %v:\n%s", x.Lines, row.lines, x.More, err, x.Data)
			}
			if !strings.HasSuffix(row.name, ".json") {
				return
			}
			differ, _, err := Hold(in, in.Size(), row.name, x.Data, x.Lines)
			if err != nil || len(differ) > 0 {
				t.Errorf("held against its chat: %v, %v", differ, err)
			}
			lie := bytes.Replace(x.Data, []byte("还钱"), []byte("还命"), 1)
			if differ, _, err := Hold(in, in.Size(), row.name, lie, x.Lines); err != nil || len(differ) != 1 {
				t.Errorf("a lie: %v, %v", differ, err)
			}
		})
	}
}

// Of UTF-16 the lines are taken as UTF-8, of a page what stands for a message:
// what iconv and sed print of the whole, and what Hold finds in it.
func TestExtractOfUTF16AndPages(t *testing.T) {
	chat := "2026-10-01 10:15:00 '王经理'\n再不还\n\n2026-10-01 10:16:00 '表姐'\n这是谁\n\n" +
		"2026-10-01 10:17:00 '王经理'\n明天去\n"
	list := "对方号码,起始时间,通信时长,呼叫类型\r\n19900000311,2026-09-05 22:47:05,22秒,被叫\r\n" +
		"13800138000,2026-09-06 22:47:05,22秒,被叫\r\n"
	for _, row := range []struct{ name, log, who, lines, want string }{
		{"a.txt", chat, "王经理", "1-2,7-8", linesOf(chat, "1-2,7-8")},
		{"list.csv", list, "19900000311", "2", linesOf(list, "2")},
	} {
		for _, high := range []bool{false, true} {
			log := inUTF16(row.log, high)
			x, err := Extract(strings.NewReader(log), int64(len(log)), row.name,
				func(r Row) bool { return r.Incident.Name == row.who || r.Incident.Number == row.who })
			if err != nil || x.Lines != row.lines || string(x.Data) != row.want || !x.More {
				t.Errorf("%s: lines %s, %v:\n%s", row.name, x.Lines, err, x.Data)
			}
		}
	}
	message := func(id, from, words string) string {
		return `<div class="message default clearfix" id="` + id + `"><div class="body">` +
			`<div class="pull_right date details" ` +
			`title="01.10.2026 10:15:00"></div><div class="from_name">` + from + `</div><div class="text">` + words +
			`</div></div></div>`
	}
	page := `<!DOCTYPE html><html><div class="page_header"><div class="text bold">群</div></div><div class="history">` +
		message("m1", "王经理", "还钱") + "\n\n" + message("m2", "表姐", "谁") + "\n" + message("m3", "王经理", "明天<br>去") +
		"\n</div></html>\n"
	want := message("m1", "王经理", "还钱") + "\n" + message("m3", "王经理", "明天<br>去") + "\n"
	for name, log := range map[string]string{"as it is": page, "with a mark": "\ufeff" + page,
		"in UTF-16": inUTF16(page, false)} {
		in := strings.NewReader(log)
		x, err := Extract(in, in.Size(), "messages.html", func(r Row) bool { return r.Sender == "王经理" })
		if err != nil || x.Lines != "1,3" || string(x.Data) != want || !x.More || x.MediaType != "text/html" {
			t.Fatalf("%s: lines %s, %v:\n%s", name, x.Lines, err, x.Data)
		}
		if differ, _, err := Hold(in, in.Size(), "messages.html", x.Data, x.Lines); err != nil || len(differ) > 0 {
			t.Errorf("%s: held against its page: %v, %v", name, differ, err)
		}
		lie := bytes.Replace(x.Data, []byte("明天"), []byte("今天"), 1)
		if differ, _, err := Hold(in, in.Size(), "messages.html", lie, x.Lines); err != nil || len(differ) != 1 {
			t.Errorf("%s: a lie: %v, %v", name, differ, err)
		}
	}
}

// inUTF16 is text with a byte order mark, high byte first or last.
func inUTF16(s string, high bool) string {
	var out strings.Builder
	for _, u := range append([]uint16{0xfeff}, utf16.Encode([]rune(s))...) {
		if high {
			u = u>>8 | u<<8
		}
		out.Write([]byte{byte(u), byte(u >> 8)})
	}
	return out.String()
}

// Of a table in sheets, whatever kind of file holds it, the wanted rows are
// taken as text that opens anywhere, each with its sheet and row before it.
func TestExtractOfSheets(t *testing.T) {
	page := `<html><body><table><tr><th>对方号码</th><th>起始时间</th><th>通信时长</th><th>呼叫类型</th></tr>` +
		`<tr><td>19900000311</td><td>2026-09-05 22:47:05</td><td>22秒</td><td>被叫</td></tr>` +
		`<tr><td>13800138000</td><td>2026-09-06 22:47:05</td><td>22秒</td><td>被叫</td></tr></table></body></html>`
	for _, name := range []string{"list.xls", "few.ods", "few.xml", "page.html"} {
		t.Run(name, func(t *testing.T) {
			data := []byte(page)
			if name != "page.html" {
				var err error
				if data, err = os.ReadFile("testdata/" + name); err != nil {
					t.Fatal(err)
				}
			}
			var rows []Row
			if _, err := Read(bytes.NewReader(data), int64(len(data)), name, func(r Row) error {
				rows = append(rows, r)
				return nil
			}); err != nil || len(rows) < 2 {
				t.Fatalf("%d rows, %v", len(rows), err)
			}
			first := rows[0]
			x, err := Extract(bytes.NewReader(data), int64(len(data)), name,
				func(r Row) bool { return r.Sheet == first.Sheet && r.Line == first.Line })
			place := fmt.Sprintf("%d!%d", first.Sheet, first.Line)
			if err != nil || x.Rows != 1 || !x.More || x.Lines != place || x.MediaType != "text/csv" ||
				x.Extension != ".csv" {
				t.Fatalf("%d rows of %s, more %v, %s %s, %v", x.Rows, x.Lines, x.More, x.MediaType, x.Extension, err)
			}
			cells, err := csv.NewReader(bytes.NewReader(x.Data)).ReadAll()
			if err != nil || len(cells) != 1 || cells[0][0] != place ||
				cells[0][1] != first.Incident.Time.At.In(evidence.Beijing).Format(time.DateTime) ||
				!strings.Contains(string(x.Data), first.Incident.Number) {
				t.Errorf("%v, %v: want the row %s of %s", cells, err, place, first.Incident.Number)
			}
		})
	}
}
