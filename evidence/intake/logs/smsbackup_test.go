package logs

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

// unheard takes what a log skipped where a test is about its rows.
func unheard(Skipped) {}

func backupRows(t *testing.T, s string) ([]Row, error) {
	t.Helper()
	var rows []Row
	err := scanBackup(strings.NewReader(s), func(r Row) error { rows = append(rows, r); return nil }, unheard)
	return rows, err
}

func TestSMSBackup(t *testing.T) {
	rows, err := backupRows(t, `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="4" type="full">
  <sms protocol="0" address="+86 138 0013 8000" date="1788361205000" type="1"
    body="还钱&#55357;&#56832;！&#10;第二行 a &amp; b" contact_name="(Unknown)" />
  <sms address="10690000" date="1788361206000" type="2" body="null" contact_name="妈妈" />
  <sms address="x" date="1788361206000" type="3" body="草稿" />
  <mms date="1788361207000" msg_box="1" address="106~13900000000">
    <parts><part seq="0" ct="text/plain" text="彩信正文" /><part ct="image/jpeg" data="AAAA" /></parts>
    <addrs><addr address="13900000000" type="137" /></addrs></mms>
  <mms date="1788361208000" msg_box="1" address="13900000000">
    <parts><part ct="application/smil" text="x" /><part ct="image/jpeg" data="AAAA" /></parts></mms>
</smses>`)
	if err != nil || len(rows) != 4 || rows[3].Incident.Shown != "[图片]" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	first := rows[0].Incident
	if first.Shown != "还钱😀！\n第二行 a & b" || first.Number != "13800138000" || first.Name != "" ||
		first.Direction != evidence.In || rows[0].Line != 3 {
		t.Errorf("%+v line %d", first, rows[0].Line)
	}
	if got := first.Time.At.Format(time.RFC3339); got != "2026-09-02T23:00:05+08:00" || first.Time.Device {
		t.Errorf("time %s", got)
	}
	if rows[1].Incident.Shown != "" || rows[1].Incident.Direction != evidence.Out || rows[1].Incident.Name != "妈妈" {
		t.Errorf("%+v", rows[1].Incident)
	}
	if m := rows[2].Incident; m.Shown != "彩信正文" || m.Number != "13900000000" {
		t.Errorf("%+v", m)
	}
}

// Characters that XML does not have stand in real messages. They end neither
// the message nor the log.
func TestBackupWithIllegalCharacters(t *testing.T) {
	rows, err := backupRows(t, "<smses><sms address=\"1\" date=\"1788361205000\" type=\"1\" body=\"a&#0;b&#11;"+
		"c&#xFFFF;d&#55357;e\x0bf\xff\xfeg&#x1F600;\u200d&#1234567890;\" />\n"+
		"<sms address=\"1\" date=\"1788361206000\" type=\"1\" body=\"&nbsp; & 1 < 2 > 0 '\" />"+
		"<sms address=\"1\" date=\"1788361207000\" type=\"1\" body=\"好\" /></smses>")
	if err != nil || len(rows) != 3 || rows[2].Incident.Shown != "好" ||
		rows[1].Incident.Shown != "&nbsp; & 1 < 2 > 0 '" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	const want = "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffd\ufffdg😀\u200d\ufffd"
	if got := rows[0].Incident.Shown; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// What waited to be sent, or failed, reached nobody.
func TestUnsentMessages(t *testing.T) {
	var skipped []Skipped
	rows := 0
	in := "<smses>"
	for kind := range 7 {
		in += fmt.Sprintf(
			`<sms address="1" date="1788361205000" type="%d" body="x" />`+
				`<mms date="1788361205000" msg_box="%[1]d" address="1"></mms>`,
			kind,
		)
	}
	err := scanBackup(
		strings.NewReader(in+"</smses>"), func(Row) error { rows++; return nil },
		func(k Skipped) { skipped = append(skipped, k) },
	)
	if err != nil || rows != 6 || len(skipped) != 8 {
		t.Errorf("%d rows, %d skipped, %v", rows, len(skipped), err)
	}
}

func TestCallTypes(t *testing.T) {
	for kind, want := range map[string]struct {
		direction evidence.Direction
		answered  evidence.Answer
	}{
		"1": {evidence.In, evidence.Yes}, "2": {
			evidence.Out, evidence.Yes,
		}, "3": {evidence.In, evidence.No}, "5": {evidence.In, evidence.No},
		"6": {evidence.In, evidence.No}, "9": {"", ""},
	} {
		rows, err := backupRows(
			t, fmt.Sprintf(`<calls><call number="95588" duration="30" date="1788361205000" type="%s" /></calls>`, kind),
		)
		if err != nil || len(rows) != 1 || rows[0].Incident.Direction != want.direction ||
			rows[0].Incident.Answered != want.answered {
			t.Errorf("type %s: %+v %v", kind, rows, err)
		}
	}
}

// What somebody spoke onto the mailbox is a message and no call, in whatever list a phone
// keeps of its calls; a call of the person to their mailbox is one.
func TestMailboxInLists(t *testing.T) {
	const entry = `{"number":"17100000311","date":"1788361205000","duration":"30","type":"voicemail"}`
	for name, file := range map[string]string{
		"by type":            `<calls><call number="17100000311" duration="30" date="1788361205000" type="4" /></calls>`,
		"by its number":      `<calls><call number="voicemail:17100000311" date="1788361205000" type="1"/></calls>`,
		"as JSON":            "[" + entry + "]",
		"as JSON, by number": "[" + strings.Replace(entry, `"voicemail"`, "4", 1) + "]",
		"as a table":         "姓名,号码,类型,时间,时长\n,17100000311,语音信箱,2026-09-02 23:00:05,30\n",
		"as a table in English": "Call type,Date,Duration,Number,Contact,Location,Service\n" +
			"Voicemail,2026-09-02 23:00:05,00:00:30,17100000311,,,\n",
	} {
		var rows []Row
		_, err := Read(strings.NewReader(file), int64(len(file)), "calls", func(r Row) error {
			rows = append(rows, r)
			return nil
		})
		if err != nil || len(rows) != 1 {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
			continue
		}
		i := rows[0].Incident
		if i.Kind != evidence.Message || i.Direction != evidence.In || i.Answered != evidence.Unknown || i.Seconds >= 0 ||
			i.Number != "17100000311" || i.Time.At.Format(time.DateTime) != "2026-09-02 23:00:05" {
			t.Errorf("%s: %+v", name, i)
		}
	}
	const out = "对方号码,起始时间,通话时长,呼叫类型\n12599,2026-09-05 22:47:14,9,主叫语音信箱\n"
	_, err := Read(strings.NewReader(out), int64(len(out)), "a.csv", func(r Row) error {
		if i := r.Incident; i.Kind != evidence.Call || i.Direction != evidence.Out {
			t.Errorf("to the mailbox: %+v", i)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// A lone surrogate is damage that stays visible; a pair over the border of
// the read buffer is still joined.
func TestSurrogates(t *testing.T) {
	for in, want := range map[string]string{
		"&#55357;&#56832;": "😀", "&#xD83D;&#xDE00;": "😀", "&#55357;x": "\uFFFDx", "&#56832;": "\uFFFD",
		"&#55357;&#55357;&#56832;": "\uFFFD😀",
		"&#10;":                    "\n", "&amp;#55357;": "&#55357;", "a&lt;b": "a<b",
	} {
		rows, err := backupRows(t, `<smses><sms address="1" date="1788361205000" type="1" body="`+in+`" /></smses>`)
		if err != nil || len(rows) != 1 || rows[0].Incident.Shown != want {
			t.Errorf("%s: %+v %v", in, rows, err)
		}
	}
	for pad := 64<<10 - 20; pad < 64<<10+20; pad++ {
		s := newCleaner(strings.NewReader(strings.Repeat("x", pad) + "&#55357;&#56832;y"))
		var b strings.Builder
		buf := make([]byte, 1000)
		for {
			n, err := s.Read(buf)
			b.Write(buf[:n])
			if err != nil {
				break
			}
		}
		if !strings.HasSuffix(b.String(), "x😀y") {
			t.Fatalf("at %d: …%q", pad, b.String()[b.Len()-20:])
		}
	}
}

// A cut file gives its whole rows and then says where it breaks.
func TestCutBackup(t *testing.T) {
	rows, err := backupRows(
		t, "<smses>\n<sms address=\"1\" date=\"1788361205000\" type=\"1\" body=\"a\" />\n<sms address=\"2\" da",
	)
	var broken *BrokenError
	if len(rows) != 1 || !errors.As(err, &broken) || broken.Line < 2 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if _, err := backupRows(
		t, "<smses>\n<sms address=\"1\" date=\"1788361205000\" type=\"1\" body=\"a\" />\n",
	); !errors.As(err, &broken) {
		t.Errorf("an unclosed file: %v", err)
	}
}

// endless gives rows for ever, up to n.
type endless struct {
	n, at int
	rest  string
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		switch {
		case e.at == 0:
			e.rest = "<smses>"
		case e.at <= e.n:
			e.rest = fmt.Sprintf(
				`<sms address="%d" date="%d" type="1" body="%s" />`, e.at, 1788361205000+e.at, strings.Repeat("x", 300),
			)
		case e.at == e.n+1:
			e.rest = "</smses>"
		default:
			return 0, fmt.Errorf("EOF was not met")
		}
		e.at++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// Memory does not grow with the file.
func TestBackupOfAnySize(t *testing.T) {
	if testing.Short() {
		t.Skip("what it costs is the point, and it is one goroutine")
	}
	rows := 0
	var peak, start runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&start)
	err := scanBackup(&endless{n: 60_000}, func(Row) error {
		if rows++; rows == 59_000 {
			runtime.GC()
			runtime.ReadMemStats(&peak)
		}
		return nil
	}, unheard)
	if err != nil && !strings.Contains(err.Error(), "EOF was not met") || rows != 60_000 {
		t.Errorf("%d rows, %v", rows, err)
	}
	if grown := int64(peak.HeapAlloc) - int64(start.HeapAlloc); grown > 4<<20 {
		t.Errorf("%d bytes kept after 59,000 rows (20 MB read)", grown)
	}
}

func FuzzScanBackup(f *testing.F) {
	f.Add(`<smses><sms address="1" date="1788361205000" type="1" body="&#55357;&#56832;" /></smses>`)
	f.Add(`<calls><call number="1" duration="x" date="-1" type="1" /></calls>`)
	f.Add("<mms><part ct=\"text/plain\"")
	f.Fuzz(func(t *testing.T, s string) {
		n := 0
		scanBackup(strings.NewReader(s), func(r Row) error {
			if n++; r.Incident.Time.IsZero() || r.Line < 1 {
				t.Errorf("row without time or line: %+v", r)
			}
			return nil
		}, unheard)
	})
}

// One tag of any length is an attack on memory and is refused.
func TestGiantTag(t *testing.T) {
	scan := func(r io.Reader) (rows int, err error) {
		in := newCleaner(r)
		if in.most != 64<<20 {
			t.Errorf("a tag may have %d bytes", in.most)
		}
		in.most = 1 << 10
		err = scanClean(in, func(Row) error { rows++; return nil }, unheard)
		return rows, err
	}
	for _, b := range []byte(" <") { // a < in a value starts no tag
		endless := io.MultiReader(strings.NewReader(`<smses><sms body="`), io.LimitReader(repeated(b), 1<<40))
		var broken *BrokenError
		if _, err := scan(endless); !errors.As(err, &broken) || !errors.Is(err, errTag) {
			t.Errorf("endless %q: %v", b, err)
		}
	}
	const start, end = `sms date="1757000000000" type="1" address="1" body="`, `"/>`
	largest := strings.Repeat("x", 1<<10-len(start)-len(end))
	if rows, err := scan(strings.NewReader("<smses><" + start + largest + end + "</smses>")); rows != 1 || err != nil {
		t.Errorf("the largest tag: %d rows, %v", rows, err)
	}
	if _, err := scan(strings.NewReader(
		"<smses><" + start + largest + "x" + end + "</smses>",
	)); !errors.Is(err, errTag) {
		t.Errorf("a tag one byte larger: %v", err)
	}
}

// repeated gives one byte for ever.
type repeated byte

func (r repeated) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(r)
	}
	return len(p), nil
}
