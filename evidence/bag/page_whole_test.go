package bag

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence/bag/commit"
)

// Lent is what this package does not know and its page does: how logs are read, and
// the kinds of exhibits. page_lent_test.go, outside of the package, lends it.
var Lent struct {
	Rows    RowReader
	Extract func(data []byte, name, of string) (extract []byte, lines, mediaType string, err error)
	Kinds   []string
	Book    []byte // a list of calls as .xlsx
}

// A whole bundle with an exhibit of every kind, a table in sheets among them, and
// with an extract of each sort of log: command and page say the same of it whole and
// without the logs, of a change of any exhibit, and of an extract that lies.
func TestPageOnEveryKind(t *testing.T) {
	const phone, sheets = "../../cmd/juzheng/demo/phone/", "../intake/logs/testdata/"
	file := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	payload, records := map[string]string{}, map[string]commit.Record{}
	var numbers, wholes, extracts []string
	add := func(kind, mediaType, name, data string) string {
		n := fmt.Sprintf("E%03d", len(numbers)+1)
		numbers = append(numbers, n)
		payload[n], records[n] = data, commit.Record{Kind: kind, MediaType: mediaType, Name: name}
		return n
	}
	chat := "2026-10-01 10:15:00 '王经理'\n再不还\n\n2026-10-01 10:16:00 '表姐'\n这是谁\n"
	message := func(from, words string) string {
		return `<div class="message default clearfix"><div class="body"><div class="pull_right date details" ` +
			`title="01.10.2026 10:15:00"></div><div class="from_name">` + from + `</div><div class="text">` + words +
			`</div></div></div>` + "\n"
	}
	page := `<!DOCTYPE html><html><div class="page_header"><div class="text bold">群</div></div><div class="history">` +
		message("王经理", "还钱") + message("表姐", "<script>谁</script>") + "</div></html>"
	add("screenshot", "image/png", "a.png",
		file(phone+"DCIM/Screenshots/Screenshot_2026-09-06-09-01-30-112_com.android.mms.png"))
	add("photo", "image/jpeg", "b.jpg", file(phone+"DCIM/Camera/IMG_20260901_201500.png"))
	add("recording", "audio/mpeg", "c.mp3",
		file(phone+"MIUI/sound_recorder/call_rec/057100000101(057100000101)_20260905224718.mp3"))
	add("video", "video/mp4", "d.mp4", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom")
	add("document", "application/pdf", "e.pdf", "%PDF-1.4\n%%EOF\n")
	add("transcript", "text/plain", "c.srt", "1\n00:00:01,000 --> 00:00:02,000\n还钱\n")
	add("other", "application/octet-stream", "f.bin", string(noise(3000)))
	for _, log := range []struct{ kind, mediaType, name, data string }{
		{"sms-log", "text/xml", "sms.xml", file(phone + "SMSBackupRestore/sms-20260930120000.xml")},
		{"call-log", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "list.xlsx", string(Lent.Book)},
		{"call-log", "application/vnd.ms-excel", "list.xls", file(sheets + "list.xls")},
		{"chat-log", "application/vnd.oasis.opendocument.spreadsheet", "chat.ods", file(sheets + "chat.ods")},
		{"chat-log", "text/plain", "chat.txt", wide(chat)},
		{"chat-log", "text/html", "messages.html", page},
		{"chat-log", "application/json", "lab.json", `{"chatlab":{"version":"0.0.2"},"meta":{"name":"群","type":"group"},` +
			`"messages":[{"sender":"a","accountName":"王","timestamp":1790000000,"type":0,"content":"还钱"},` +
			`{"sender":"b","accountName":"表姐","timestamp":1790000060,"type":0,"content":"谁"}]}`},
	} {
		of := add(log.kind, log.mediaType, log.name, log.data)
		data, lines, mediaType, err := Lent.Extract([]byte(log.data), log.name, of)
		if err != nil || len(data) == 0 {
			t.Fatalf("%s: %v", log.name, err)
		}
		n := add("extract", mediaType, of+"-摘录"+extractName[mediaType], string(data))
		r := records[n]
		r.Of, r.Lines = of, lines
		records[n] = r
		wholes, extracts = append(wholes, of), append(extracts, n)
	}
	for _, kind := range Lent.Kinds {
		if !slices.ContainsFunc(numbers, func(n string) bool { return records[n].Kind == kind }) {
			t.Errorf("no exhibit is a %s", kind)
		}
	}
	c := newListedCaseOf(t, 0, payload, records, numbers...)
	whole, root := c.write(t, numbers...)
	without, _ := c.write(t, slices.DeleteFunc(slices.Clone(numbers), func(n string) bool {
		return slices.Contains(wholes, n)
	})...)
	br := newBrowser(t)
	o := Options{Expect: root.SHA256, PartialOK: true, Rows: Lent.Rows}
	same := func(name, dir string) {
		sameVerdict(t, br, c, name, "folder", dir, o)
		if slow() {
			sameVerdict(t, br, c, name, "zip", zipOf(t, dir), o)
		}
	}
	same("whole", whole)
	res := verify(t, whole, o)
	for _, x := range res.Evidence.Extracts {
		if x.State != ExtractSame {
			t.Errorf("%s of %s is %s", x.Number, x.Of, x.State)
		}
	}
	if res.Verdict != Anchored || len(res.Evidence.Extracts) != len(extracts) {
		t.Errorf("%s, %d extracts\n%s", res.Verdict, len(res.Evidence.Extracts), problems(res))
	}
	same("without the logs", without)
	// On a push one exhibit is changed and one extract lies, each time another.
	change := rand.IntN(len(numbers))
	for at, n := range numbers {
		if !slow() && at != change {
			continue
		}
		dir := filepath.Join(t.TempDir(), "bundle")
		if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		opening, err := commit.ParseOpening(c.items[n].Opening)
		if err != nil {
			t.Fatal(err)
		}
		data := []byte(payload[n])
		data[rand.IntN(len(data))] ^= 1
		overwrite(t, filepath.Join(dir, filepath.FromSlash(opening.Data)), data)
		same(n+" changed", dir)
	}
	lie := rand.IntN(len(extracts))
	for at, n := range extracts {
		if !slow() && at != lie {
			continue
		}
		data := []byte(payload[n])
		k := strings.IndexAny(payload[n], "0123456789")
		data[k] = '0' + (data[k]-'0'+1)%10
		payload[n] = string(data)
		other := newListedCaseOf(t, 0, payload, records, numbers...)
		dir, root := other.write(t, numbers...)
		o := o
		o.Expect = root.SHA256
		sameVerdict(t, br, other, n+" lies", "folder", dir, o)
		if res := verify(t, dir, o); !hasCode(res, "E-EXTRACT-DIFFERS") {
			t.Errorf("%s of %s lies, and nobody sees it:\n%s", n, records[n].Of, problems(res))
		}
		data[k] = '0' + (data[k]-'0'+9)%10
		payload[n] = string(data)
	}
}

// extractName are the endings of extracts.
var extractName = map[string]string{"text/xml": ".xml", "text/csv": ".csv", "text/plain": ".txt", "text/html": ".html",
	"application/json": ".json"}
