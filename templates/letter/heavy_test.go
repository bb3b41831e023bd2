package letter

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
	"juzheng/templates/document"
	"juzheng/templates/typeset"
)

// heavy is a case of 58 screenshots and recordings and two logs with 10,000 rows that are
// complained of: messages at night, threats among them, and too many calls on many days.
func heavy(t *testing.T) Input {
	t.Helper()
	in := to(t, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	in.Exhibits = nil
	law := []evidence.Citation{guide("不得以恐吓、威胁手段催收。")}
	kinds := map[string]*evidence.Finding{}
	add := func(rule string, i evidence.Incident) {
		f := kinds[rule]
		if f == nil {
			f = &evidence.Finding{Rule: rule, Title: evidence.KindOf(rule).Title, Strength: evidence.Shown,
				Citations: law, Bodies: civil, Method: evidence.Text{ZH: "以北京时间计"}}
			kinds[rule] = f
		}
		f.Incidents = append(f.Incidents, i)
		if x := i.Exhibits[0]; !slices.Contains(f.Exhibits, x) {
			f.Exhibits = append(f.Exhibits, x)
		}
	}
	begin := at("2026-03-01 00:00:30").At
	for n := range 58 {
		k, name, rule := evidence.Screenshot, "截图.png", evidence.Breach("V06")
		if n%29 >= 20 {
			k, name = evidence.Recording, "录音.m4a"
		}
		x := exhibit(n+1, k, name)
		in.Exhibits = append(in.Exhibits, x)
		i := sms(1, fmt.Sprintf("第%d张：你看着办", n+1), rule)
		i.ID, i.Exhibits, i.Time.At, i.Source = fmt.Sprintf("S%02d", n), []string{x.Number},
			begin.Add(time.Duration(n)*30*time.Hour), "person"
		add("V06", i)
	}
	in.Exhibits = append(in.Exhibits, exhibit(59, evidence.SMSLog, "短信.xml"), exhibit(60, evidence.CallLog, "通话.csv"))
	calls := map[string][]string{}
	for n := range 10_000 {
		i := sms(1, fmt.Sprintf("第%d条：你的账单已逾期，请今天处理", n))
		i.ID, i.Source, i.Exhibits = fmt.Sprintf("T%05d", n), fmt.Sprintf("E059:%d", n+2), []string{"E059"}
		i.Time.At = begin.Add(time.Duration(n) * 10 * time.Minute)
		switch {
		case n%10 == 9:
			i.Kind, i.Answered, i.Seconds, i.Shown = evidence.Call, evidence.Yes, 20, ""
			i.Source, i.Exhibits = fmt.Sprintf("E060:%d", n+2), []string{"E060"}
			day := i.Time.At.In(evidence.Beijing).Format(time.DateOnly)
			calls[day] = append(calls[day], i.ID)
			add(tooMany, i)
		case n%100 == 5:
			i.Shown, i.Asserted = fmt.Sprintf("第%d条：等着瞧", n), []evidence.Breach{"V06"}
			add("V06", i)
		default:
			add(atNight, i)
		}
	}
	for day, ids := range calls {
		kinds[tooMany].Counts = append(kinds[tooMany].Counts, evidence.Count{Day: day, N: len(ids), Limit: 3,
			What: evidence.Text{ZH: "接通的催收来电"}, Incidents: ids})
	}
	slices.SortFunc(kinds[tooMany].Counts, func(a, b evidence.Count) int { return strings.Compare(a.Day, b.Day) })
	in.Findings = []evidence.Finding{*kinds[tooMany], *kinds[atNight], *kinds["V06"]}
	in.Open = func(evidence.Exhibit) (io.ReadCloser, error) { return nil, io.EOF } // their pages say so
	in.masks = in.masker()
	return in
}

// A case of 60 exhibits and 10,000 rows is a book that a clerk can turn over: no row is
// printed twice, every row that the letter tells of is on paper, the pages of the logs say
// how many rows there are, and the days add up to them.
func TestAHeavyCaseStaysReadable(t *testing.T) {
	in := heavy(t)
	book := ComposeBook(in, Counted{})
	pages, err := typeset.Fonts(nil).Book(io.Discard, book)
	if err != nil || pages.Total >= 120 {
		t.Errorf("%d pages, %v", pages.Total, err)
	}
	letter := Compose(in, Counted{Pages: pages.Exhibits, Book: pages.Total})
	printed := map[string]int{}
	days := 0
	rows := func(blocks []document.Block) {
		for _, b := range blocks {
			table, ok := b.(document.Table)
			if !ok {
				continue
			}
			if table.Columns[0].Title == "日期" {
				for _, r := range table.Rows {
					days += len(strings.Fields(r[0][0].Rows))
				}
				continue
			}
			for _, s := range document.Spans(table) {
				if s.Rows != "" {
					printed[s.Rows]++
				}
			}
		}
	}
	rows(book.Blocks)
	for _, x := range book.Exhibits {
		rows(x.Body)
	}
	if days != 10_000 {
		t.Errorf("the days count %d rows of the logs", days)
	}
	told := 0
	for _, b := range letter.Blocks {
		for _, s := range document.Spans(b) {
			for _, id := range strings.Fields(s.Rows) {
				if told++; printed[id] != 1 {
					t.Errorf("the letter tells of %s, which is printed %d times", id, printed[id])
				}
			}
		}
	}
	for id, n := range printed {
		if n > 1 {
			t.Errorf("%s is printed %d times", id, n)
		}
	}
	if told < 50 || len(printed) > 58+2*mostRows {
		t.Errorf("the letter tells of %d rows, %d are printed", told, len(printed))
	}
	for n, all := range map[int]string{58: "9000", 59: "1000"} {
		if text := document.BlocksText(book.Exhibits[n].Body); !strings.Contains(text, "与本案有关的共"+all+"行，纸面列出") ||
			!strings.Contains(text, "全部"+all+"行见") {
			t.Errorf("%s does not say how many rows it has:\n%.400s", book.Exhibits[n].Number, text)
		}
	}
	if text := document.BlocksText(book.Blocks); !strings.Contains(text, "证据59、60，各次见该证据的页，超过200行的页上只列一部分") {
		t.Error("the 时间线 does not say that the pages of the logs have a part of their rows")
	}
	page := fmt.Sprint(pages.Exhibits[Timeline])
	for name, d := range map[string]document.Document{"letter": letter,
		"list": List(in, Counted{Pages: pages.Exhibits, Book: pages.Total})} {
		if text := document.Text(d); !strings.Contains(text, "证据册第"+page+"页的时间线") {
			t.Errorf("the %s does not cite the 时间线 on page %s", name, page)
		}
	}
	if text := document.Text(List(in, Counted{})); !strings.Contains(text, "证据6–20，15份｜截图｜提交人提供的电子文件15份") {
		t.Errorf("alike exhibits have a line each:\n%s", text)
	}
}

// What is the same in all rows of a table stands above it, and what is not stays.
func TestWhatAllRowsSayStandsAbove(t *testing.T) {
	row := func(cells ...string) (out []document.Cell) {
		for _, s := range cells {
			out = append(out, plain(s))
		}
		return out
	}
	table := document.Table{Columns: []document.Column{{Title: "时间"}, {Title: "方式"}, {Title: "显示号码"}},
		Rows: [][]document.Cell{row("1", "来电", "a"), row("1", "来电", "b"), row("1", "来电", "b")}}
	got, said := lifted(table)
	if said != "表中各行的方式均为“来电”。" || len(got.Columns) != 2 || len(got.Rows[2]) != 2 {
		t.Errorf("%q, %v", said, got)
	}
	table.Rows = table.Rows[:2]
	if _, said := lifted(table); said != "" {
		t.Errorf("of two rows: %q", said)
	}
}

// pictures is a case of so many screenshots, each of another threat.
func pictures(b testing.TB, count int) Input {
	in := to(b, borrower(evidence.Bank, "示例银行股份有限公司"), evidence.ToRegulator)
	in.Exhibits = nil
	f := evidence.Finding{Rule: "V06", Title: evidence.KindOf("V06").Title, Strength: evidence.Shown,
		Citations: []evidence.Citation{guide("不得以恐吓、威胁手段催收。")}, Bodies: civil}
	for n := range count {
		x := exhibit(n+1, evidence.Screenshot, "截图.png")
		in.Exhibits = append(in.Exhibits, x)
		i := sms(1, fmt.Sprintf("第%d张：你看着办", n+1), "V06")
		i.ID, i.Exhibits, i.Source = fmt.Sprintf("S%04d", n), []string{x.Number}, "person"
		i.Time.At = at("2026-03-01 00:00:30").At.Add(time.Duration(n) * 30 * time.Hour)
		f.Incidents, f.Exhibits = append(f.Incidents, i), append(f.Exhibits, x.Number)
	}
	in.Findings = []evidence.Finding{f}
	in, _ = Redact(in, nil)
	return in
}

// What an exhibit proves is the same whether it is asked of a paper, which knows it of all
// exhibits at once, or of a case.
func TestProvesAlike(t *testing.T) {
	in := pictures(t, 30)
	in.Findings[0].Incidents[3].Exhibits = []string{"E004", "E004", "E009"}
	for _, x := range in.Exhibits {
		if one, all := in.proves(x.Number), in.withRows().proves(x.Number); one != all || one == "" {
			t.Errorf("%s proves %q, of a paper %q", x.Number, one, all)
		}
	}
}

func BenchmarkBookOfPictures(b *testing.B) {
	for _, count := range []int{100, 400} {
		in := pictures(b, count)
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			for b.Loop() {
				ComposeBook(in, counted())
				Pictures(in)
			}
		})
	}
}

// What is the same in each row of an excerpt's chronology stands above it, as in the book.
func TestExcerptSaysOnce(t *testing.T) {
	in := pictures(t, 30)
	text := document.Text(ComposeExcerpt(in, counted(), Excerpt{Events: 20, Limit: 2_000_000}).Document)
	if !strings.Contains(text, "只列最早的20项，共30项") || !strings.Contains(text, "方式均为“") {
		t.Errorf("nothing is said once for all rows in\n%s", text)
	}
}
