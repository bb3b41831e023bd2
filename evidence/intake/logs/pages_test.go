package logs

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// pageOf sets lines of text on a page, in letters ten wide and twenty high: Han
// characters are two wide. Words stand where they do in the line.
func pageOf(text string) []Word {
	var out []Word
	for y, line := range strings.Split(text, "\n") {
		x, w := 0, Word{}
		for _, r := range line + " " {
			if r == ' ' {
				if w.Text != "" {
					out = append(out, w)
				}
				w = Word{}
				x += 10
				continue
			}
			wide := 10
			if r > 0x2e80 {
				wide = 20
			}
			if w.Text == "" {
				w.At = image.Rect(x, 30*y, x, 30*y+20)
			}
			w.Text, w.At.Max.X, x = w.Text+string(r), x+wide, x+wide
		}
	}
	return out
}

func TestListsOnPages(t *testing.T) {
	const head = "起始时间              通信地点  通信方式  对方号码     通信时长"
	for _, c := range []struct {
		name  string
		pages []string
		want  string
	}{
		{"a list", []string{"通话详单\n客户号码 19900000001 打印时间 2026-11-01 10:00:00\n" + head +
			"\n2026-10-01 10:15:00   浙江杭州  被叫      19900000311     62秒" +
			"\n2026-10-02 10:15:00   上海      主叫      0571-00000101   1分2秒"},
			"1.1 10-01 10:15:00 in 19900000311 62; 1.2 10-02 10:15:00 out 057100000101 62"},
		{"a place too long for its cell", []string{head +
			"\n2026-10-01 10:15:00 浙江省杭州市余杭区 被叫      19900000311     62秒" +
			"\n2026-10-02 10:15:00   上海      主叫      057100000101    62秒"},
			"1.1 10-01 10:15:00 in 19900000311 62; 1.2 10-02 10:15:00 out 057100000101 62"},
		{"the head stands on the first page alone", []string{head +
			"\n2026-10-01 10:15:00   浙江杭州  被叫      19900000311     62秒",
			"2026-10-02 10:15:00   上海      主叫      057100000101    62秒"},
			"1.1 10-01 10:15:00 in 19900000311 62; 2.1 10-02 10:15:00 out 057100000101 62"},
		{"no head", []string{
			"2026-10-01 10:15:00   浙江杭州  被叫      19900000311     62秒" +
				"\n2026-10-02 10:15:00   上海      主叫      057100000101    62秒" +
				"\n2026-10-03 10:15:00   上海      主叫      057100000101    63秒"},
			"1.1 10-01 10:15:00 in 19900000311 62; 1.2 10-02 10:15:00 out 057100000101 62; " +
				"1.3 10-03 10:15:00 out 057100000101 63"},
		{"a cell that cannot be read is told", []string{head +
			"\n2026-10-01 10:15:00   浙江杭州  被叫      19900000311     62秒" +
			"\n昨天                  浙江杭州  被叫      19900000311     62秒"},
			"1.1 10-01 10:15:00 in 19900000311 62; lost 1.2"},
		{"a contract", []string{"借款合同\n甲方 王某 电话 19900000001\n签订时间 2026-10-01 10:15:00\n年利率 24%"}, "none"},
		{"no words", []string{"", ""}, "none"},
	} {
		var p Pages
		for _, text := range c.pages {
			p = append(p, pageOf(text))
		}
		var got []string
		skipped, err := p.Read("详单.pdf", nil, func(r Row) error {
			i := r.Incident
			got = append(got, fmt.Sprintf("%d.%d %s %s %s %d", r.Sheet, r.Line,
				i.Time.At.In(evidence.Beijing).Format("01-02 15:04:05"), i.Direction, i.Number, i.Seconds))
			return nil
		})
		for _, k := range skipped {
			if k.Lost {
				got = append(got, fmt.Sprintf("lost %d.%d", k.Sheet, k.Line))
			}
		}
		if err != nil {
			got = append(got, "none")
		}
		if s := strings.Join(got, "; "); s != c.want || p.IsList() != (err == nil) {
			t.Errorf("%s:\n%s, want\n%s", c.name, s, c.want)
		}
	}
}

// An extract of a list on pages holds the wanted rows alone, and where they stand.
func TestExtractOfPages(t *testing.T) {
	p := Pages{pageOf("起始时间              通信方式  对方号码     通信时长" +
		"\n2026-10-01 10:15:00   被叫      19900000311     62秒" +
		"\n2026-10-02 10:15:00   主叫      057100000101    62秒")}
	x, err := p.Extract("详单.pdf", nil, func(r Row) bool { return r.Incident.Number == "19900000311" })
	if err != nil || !x.More || x.Rows != 1 || x.Lines != "1!1" || x.Extension != ".csv" ||
		string(x.Data) != "1!1,2026-10-01 10:15:00,2026-10-01 10:15:00,被叫,19900000311,62秒\n" {
		t.Errorf("%+v %q %v", x, x.Data, err)
	}
}

// Whatever stands on a page, reading it ends, and each row is given or told.
func FuzzPages(f *testing.F) {
	f.Add("起始时间  通信方式  对方号码  通信时长\n2026-10-01 10:15:00   被叫  19900000311  62秒", 1)
	f.Add("2026-10-01 10:15:00 被叫 19900000311 62秒\n\n10:15 19900000311", -7)
	f.Fuzz(func(t *testing.T, text string, by int) {
		page := pageOf(text)
		for n := range page {
			page[n].At = page[n].At.Add(image.Pt(by*n%97, by*n%31))
		}
		p := Pages{page, slices.Clone(page)}
		given := 0
		skipped, err := p.Read("a", nil, func(Row) error { given++; return nil })
		if table, ok := p.table(); ok != (err == nil) || given+len(skipped) > len(table.rows) {
			t.Errorf("%d given and %d told of %d rows, %v", given, len(skipped), len(table.rows), err)
		}
	})
}
