package logs

import (
	"fmt"
	"strings"
	"testing"

	"juzheng/evidence"
)

func callsIn(t *testing.T, in, path string) (rows []string, skipped []Skipped, form string) {
	t.Helper()
	f, _ := Recognise(strings.NewReader(in), int64(len(in)))
	skipped, err := Read(strings.NewReader(in), int64(len(in)), path, func(r Row) error {
		i := r.Incident
		rows = append(rows, fmt.Sprintf("%d %s %s %s %d", r.Line, i.Time.At.Format("01-02T15:04:05"), i.Direction,
			i.Number,
			i.Seconds))
		return nil
	})
	if err != nil {
		rows = append(rows, err.Error())
	}
	return rows, skipped, f.Name
}

// A table without a head is read by what its cells hold, if each field has one
// column that may be it; a table of anything else is none.
func TestListsWithoutHeads(t *testing.T) {
	const want = "1 10-01T10:15:00 in 19900000311 62|2 10-02T11:15:00 out 057100000101 20"
	for name, c := range map[string]struct{ in, want, columns string }{
		"commas": {"2026-10-01 10:15:00,19900000311,被叫,62\n2026-10-02 11:15:00,0571-00000101,主叫,20\n", want,
			"第1列=时间，第2列=对方号码，第3列=主叫被叫，第4列=时长"},
		"tabs, day and hour apart": {"1\t被叫\t2026-10-01\t10:15:00\t19900000311\t62秒\n2\t主叫\t2026-10-02\t11:15:00\t" +
			"057100000101\t20秒\n", want, "第2列=主叫被叫，第3列=日期，第4列=钟点，第5列=对方号码，第6列=时长"},
		"length as a clock": {"19900000311;来电;2026/10/1 10:15;00:01:02\n057100000101;去电;2026/10/2 11:15;00:00:20\n",
			want,
			"第1列=对方号码，第2列=主叫被叫，第3列=时间，第4列=时长"},
		"two numbers": {"2026-10-01 10:15:00,19900000311,19900000001,62\n2026-10-02 " +
			"11:15:00,19900000312,19900000001,20\n", "", ""},
		"no number":         {"2026-10-01 10:15:00,被叫,62\n2026-10-02 11:15:00,主叫,20\n", "", ""},
		"one row":           {"2026-10-01 10:15:00,19900000311,被叫,62\n", "", ""},
		"figures of a bank": {"2026-10-01 10:15:00,1200.00,转账\n2026-10-02 11:15:00,300.00,消费\n", "", ""},
		"a head that is not known": {"发生时刻,来电显示,性质,多久\n2026-10-01 10:15:00,19900000311,被叫,62\n2026-10-02 " +
			"11:15:00,0571-00000101,主叫,20\n",
			strings.NewReplacer("1 10", "2 10", "2 10-02", "3 10-02").Replace(want), "第1列=时间，第2列=对方号码，第3列=主叫被叫，第4列=时长"},
		"a head that is known in part": {"序号,发生时刻,对端,类别,时长(秒)\n1,2026-10-01 10:15:00,19900000311,打入,62\n" +
			"2,2026-10-02 11:15:00,0571-00000101,去电,20\n",
			strings.NewReplacer("1 10", "2 10", "2 10-02", "3 10-02").Replace(want),
			"第2列=时间，第3列=对方号码，第4列=主叫被叫，第5列=时长"},
		"rows that are numbered, lengths in two forms": {"1,2026-10-01 10:15:00,19900000311,打入,62\n" +
			"2,2026-10-02 11:15:00,0571-00000101,去电,0:20\n", want, "第2列=时间，第3列=对方号码，第4列=主叫被叫，第5列=时长"},
		"rows that are numbered, and no length": {"1,2026-10-01 10:15:00,19900000311,打入\n" +
			"2,2026-10-02 11:15:00,0571-00000101,去电\n", strings.NewReplacer(" 62", " -1", " 20", " -1").Replace(want),
			"第2列=时间，第3列=对方号码，第4列=主叫被叫"},
		"a head in minutes": {"发生时刻,对端,类别,通话时长(分钟)\n2026-10-01 10:15:00,19900000311,打入,1\n" +
			"2026-10-02 11:15:00,0571-00000101,去电,20\n",
			"2 10-01T10:15:00 in 19900000311 -1|3 10-02T11:15:00 out 057100000101 -1",
			"第1列=时间，第2列=对方号码，第3列=主叫被叫，第4列=时长"},
		"a diary with lengths": {"2026-10-01 10:15,19900000311,62,他说再不还钱就到我单位去\n" +
			"2026-10-02 10:15,19900000311,20,又打来了，还骂我妈妈\n", "", ""},
		"a diary": {"2026-10-01 10:15,19900000311,骂我\n2026-10-02 10:15,19900000311,又骂我\n", "", ""},
	} {
		rows, _, form := callsIn(t, c.in, "a.csv")
		words, guessed, ok := Columns(strings.NewReader(c.in), int64(len(c.in)))
		if c.want == "" {
			if form != "" || ok {
				t.Errorf("%s: read as %q: %q", name, form, rows)
			}
			continue
		}
		if strings.Join(rows, "|") != c.want || !guessed || words.ZH != c.columns {
			t.Errorf("%s: %q, %v %q", name, rows, guessed, words.ZH)
		}
	}
}

// Of a table that names caller and called, the own number is the one in every
// row, or the one in the file's name or above; where neither tells, the word of
// the direction, else nothing is guessed.
func TestCallerAndCalled(t *testing.T) {
	const head = "主叫号码,被叫号码,起始时间,通话时长\n"
	const one = "19900000311,19900000001,2026-10-01 10:15:00,62\n"
	for name, c := range map[string]struct{ in, path, want string }{
		"in every row": {head + one + "19900000001,057100000101,2026-10-02 11:15:00,20\n", "a.csv",
			"2 10-01T10:15:00 in 19900000311 62|3 10-02T11:15:00 out 057100000101 20"},
		"in the name": {head + one, "19900000001_通话详单.csv", "2 10-01T10:15:00 in 19900000311 62"},
		"above":       {"本机号码：19900000001\n" + head + one, "a.csv", "3 10-01T10:15:00 in 19900000311 62"},
		"by direction": {"主叫号码,被叫号码,起始时间,通话时长,呼叫类型\n" + strings.TrimSpace(one) + ",被叫\n", "a.csv",
			"2 10-01T10:15:00 in 19900000311 62"},
		"nowhere": {head + one + one, "a.csv", ""},
		"called alone": {"被叫号码,拨打时间,拨打秒数\n057100000101,2026-10-02 11:15:00,20\n", "a.csv",
			"2 10-02T11:15:00 out 057100000101 20"},
	} {
		rows, skipped, _ := callsIn(t, c.in, c.path)
		if strings.Join(rows, "|") != c.want || c.want == "" && (len(skipped) != 2 || !skipped[0].Lost) {
			t.Errorf("%s: %q, skipped %v", name, rows, skipped)
		}
	}
}

// Where the list of calls with one number does not say whose it is, its owner did.
func TestCallerAndCalledOfAKnownPhone(t *testing.T) {
	const in = "主叫号码,被叫号码,起始时间,通话时长\n19900000311,19900000001,2026-10-01 10:15:00,62\n" +
		"19900000001,19900000311,2026-10-02 10:15:00,20\n"
	for _, row := range []struct {
		phone Phone
		want  string
	}{
		{nil, ""},
		{Phone{"199 0000 0009"}, ""},
		{Phone{"", "199-0000-0001"}, "in 19900000311 62|out 19900000311 20"},
		{Phone{"19900000311"}, "out 19900000001 62|in 19900000001 20"},
	} {
		var got []string
		_, err := row.phone.Read(strings.NewReader(in), int64(len(in)), "a.csv", func(r Row) error {
			got = append(got, fmt.Sprintf("%s %s %d", r.Incident.Direction, r.Incident.Number, r.Incident.Seconds))
			return nil
		})
		if err != nil || strings.Join(got, "|") != row.want {
			t.Errorf("%v: %q, %v", row.phone, got, err)
		}
	}
}

// A list of messages has the words that its column of words has.
func TestListOfMessagesWithWords(t *testing.T) {
	const in = "起始时间,对方号码,通信方式,信息类型,短信内容\n2026-10-01 10:15:00,106900000088,接收,短信,今天不还就上门\n"
	n := 0
	_, err := Read(strings.NewReader(in), int64(len(in)), "a.csv", func(r Row) error {
		if n++; r.Incident.Kind != evidence.SMS || r.Incident.Shown != "今天不还就上门" ||
			r.Incident.Direction != evidence.In {
			t.Errorf("%+v", r.Incident)
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}
}
