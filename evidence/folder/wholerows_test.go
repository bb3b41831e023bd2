package folder

import (
	"os"
	"slices"
	"strings"
	"testing"

	"juzheng/evidence"
)

// sheetAnswer writes a row, takes another out, and writes the table of debts.
func sheetAnswer(t *testing.T, f *Folder) Answer {
	t.Helper()
	rows, err := f.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, c := range Columns() {
		out[c.EN] = Cell(c.EN, rows[1])
	}
	in := map[string]string{"kind": "电话", "time": "2026-10-01 22:30", "my own words": "=打给我妈妈", "told by": "妈妈"}
	debts, err := FormatDebts([]evidence.Debt{{ID: "D01", Lender: "乙银行", Contract: "-1"}})
	if err != nil {
		t.Fatal(err)
	}
	return Answer{Question: "sheet-1", Kind: "sheet", Changes: []Change{
		{Cells: in, After: RowStamp(in)}, {Row: rows[1].ID, Cells: out}, {File: DebtsFile, After: string(debts)},
		{Row: "T001", Column: "reached", After: "family"}, {Key: "complainant.name", After: "林小安"}}}
}

// Rows and a small table are written with the rest of an answer, and taken back with it;
// an id that a row had is never another's.
func TestAnswerOfWholeRows(t *testing.T) {
	f := answerCase(t, func(timeline, kase string) (string, string) {
		return strings.Replace(timeline, ",转告人", "", 1), kase // of an earlier release
	})
	before := read(t, f, TimelineFile)
	a, err := f.Answer(sheetAnswer(t, f), answeredAt)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.Timeline()
	if err != nil || len(rows) != 2 || rows[1].ID != "T003" || rows[1].Words != "=打给我妈妈" || rows[1].ToldBy != "妈妈" ||
		rows[1].Made() {
		t.Fatalf("%+v, %v", rows, err)
	}
	if debts, err := f.Debts(); err != nil || len(debts) != 1 || debts[0].Contract != "-1" {
		t.Errorf("%+v, %v", debts, err)
	}
	if gone, err := f.OwnRowsGone(); err != nil || len(gone) != 1 || gone[0].ID != "T002" {
		t.Errorf("what was taken out: %+v, %v", gone, err)
	}
	for _, c := range a.Changes {
		if p := c.Place(); p.ZH == "" || strings.Contains(p.ZH, "证据  ") {
			t.Errorf("%+v stands at %q", c, p.ZH)
		}
	}
	if u, err := f.UndoAnswer("", answeredAt); err != nil || len(u.Kept) > 0 {
		t.Fatalf("%+v, %v", u, err)
	}
	back, err := f.Timeline()
	want, _ := ParseTimeline(TimelineFile, []byte(before))
	if err != nil || len(back) != 2 || back[1].ID != "T002" || back[1].Seconds != want[1].Seconds ||
		RowStamp(stampOf(back[1])) != RowStamp(stampOf(want[1])) {
		t.Errorf("%+v, %v", back, err)
	}
	if _, err := os.Stat(f.Path(DebtsFile)); !os.IsNotExist(err) {
		t.Errorf("debts.csv: %v", err)
	}
	if added, err := f.AppendIncidents([]evidence.Incident{{Kind: evidence.Call, Seconds: -1}}, answeredAt); err != nil ||
		added[0].ID != "T004" {
		t.Errorf("%+v, %v", added, err)
	}
}

func stampOf(i evidence.Incident) map[string]string {
	out := map[string]string{}
	for _, c := range Columns() {
		out[c.EN] = Cell(c.EN, i)
	}
	return out
}

// A row that somebody wrote into since stays as they wrote it.
func TestUndoOfAWholeRowThatChanged(t *testing.T) {
	f := answerCase(t, nil)
	if _, err := f.Answer(sheetAnswer(t, f), answeredAt); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(read(t, f, TimelineFile), "22:30", "22:45", 1)
	if err := os.WriteFile(f.Path(TimelineFile), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	u, err := f.UndoAnswer("", answeredAt)
	if err != nil || len(u.Kept) != 1 || u.Kept[0].Row != "T003" || !strings.Contains(read(t, f, TimelineFile), "22:45") {
		t.Errorf("%+v, %v", u.Kept, err)
	}
}

// Killed anywhere between its record and its end, an answer is finished by whoever writes
// next, once.
func TestWholeRowsAfterCrash(t *testing.T) {
	f := answerCase(t, nil)
	a := sheetAnswer(t, f)
	if _, err := f.Answer(a, answeredAt); err != nil {
		t.Fatal(err)
	}
	done := map[string]string{}
	for _, name := range []string{TimelineFile, DebtsFile, CaseFile} {
		done[name] = read(t, f, name)
	}
	for n := range len(done) + 1 {
		f := answerCase(t, nil)
		a := sheetAnswer(t, f)
		if _, err := f.Answer(a, answeredAt); err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(read(t, f, AnswersFile), "\n")
		os.WriteFile(f.Path(AnswersFile), []byte(lines[0]), 0o600) // no done
		fresh := answerCase(t, nil)
		for k, name := range []string{DebtsFile, TimelineFile, CaseFile} { // in the order of writing
			if k < n {
				continue
			}
			if data, err := os.ReadFile(fresh.Path(name)); err == nil {
				os.WriteFile(f.Path(name), data, 0o600)
			} else {
				os.Remove(f.Path(name))
			}
		}
		for range 2 {
			if err := f.FinishAnswer(answeredAt); err != nil {
				t.Fatal(err)
			}
		}
		for name, want := range done {
			if got := read(t, f, name); name != CaseFile && got != want ||
				name == CaseFile && !strings.Contains(got, `name = "林小安"`) {
				t.Errorf("after %d files, %s:\n%s\nwant\n%s", n, name, got, want)
			}
		}
	}
}

// Every word that a drop-down offers is read back as the value it stands for, and shown
// as that word again.
func TestWordsOfKeysAndColumns(t *testing.T) {
	keys := 0
	for _, key := range []string{"complainant.kind", "complainant.region", "lender.licence", "lender.region", "loan.kind",
		"numbers.side", "credit.bureau", "consent.forward", "consent.night", "consent.confidential", "deferral.reduce"} {
		for _, word := range KeyChoices(key) {
			value, wanted := ReadKey(key, word)
			if wanted != nil || value == "" || KeyWords(key, value) != word {
				t.Errorf("%s: %s is read as %q (%+v) and shown as %q", key, word, value, wanted, KeyWords(key, value))
			}
			keys++
		}
	}
	if keys < 70 {
		t.Errorf("only %d words", keys)
	}
	for _, c := range Columns() {
		for _, word := range c.Choices {
			if got, wanted := ReadCell(c.EN, word); wanted != nil || got != word {
				t.Errorf("%s: %s is read as %q (%+v)", c.ZH, word, got, wanted)
			}
		}
	}
	for key, c := range map[string][2]string{"loan.principal": {"２，０００元", "2000"},
		"loan.date":     {"2026年3月1日", "2026-03-01"},
		"loan.schedule": {"2026-07-01 720.50\n2026-08-01 720.50", "2026-07-01 720.50\n2026-08-01 720.50"},
		"statement":     {"第一行\n第二行", "第一行\n第二行"}, "complainant.income": {"6,500", "6500"}} {
		if got, wanted := ReadKey(key, c[0]); wanted != nil || got != c[1] {
			t.Errorf("%s: %q (%+v), want %q", key, got, wanted, c[1])
		}
	}
	for key, bad := range map[string]string{"loan.date": "2026-02-30", "complainant.name": "林\n晓安", "loan.monthly": "很多",
		"complainant.kind": "路人", "lender.region": "火星"} {
		if got, wanted := ReadKey(key, bad); wanted == nil {
			t.Errorf("%s: %q is read as %q", key, bad, got)
		}
	}
}

// debts.csv is read in the forms in which people save it, and each mistake named with
// its line.
func TestDebts(t *testing.T) {
	all, err := ParseDebts(DebtsFile, []byte("编号;债权人;本金;年利率;到期日;每月应还;合同编号\n"+
		";甲;８，０００元;18%;2026年3月5日;￥900;\"=\"\"0057\"\"\"\n\nD02;乙;;;;;\n"))
	want := []evidence.Debt{{ID: "L2", Lender: "甲", Principal: "8000", AnnualRate: "18", Due: "2026-03-05", Monthly: "900",
		Contract: "0057", Line: 2}, {ID: "D02", Lender: "乙", Line: 4}}
	if err != nil || !slices.Equal(all, want) {
		t.Errorf("%+v, %v", all, err)
	}
	data, err := FormatDebts(want)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseDebts(DebtsFile, data)
	if err != nil || len(again) != 2 || again[0].Contract != "0057" || again[1].ID != "D02" {
		t.Errorf("%+v, %v", again, err)
	}
	for text, want := range map[string]string{
		"编号,债权人,本金\nD01,甲,很多\n":            "debts.csv:2 本金",
		"编号,债权人,到期日\nD01,甲,2026-02-30\n":   "debts.csv:2 到期日",
		"编号,债权人\nD01,\n":                   "debts.csv:2 债权人",
		"编号,债权人\nD01,甲\nD01,乙\n":           "debts.csv:3 编号",
		"编号,合同编号\nD01,1\n":                 "debts.csv:1 债权人",
		"编号,债权人,利息\nD01,甲,1\n":             "debts.csv:1 利息",
		"编号,债权人,合同编号\nD01,甲,1.06906E+11\n": "debts.csv:2 合同编号",
		"编号,债权人,本金\nD01,甲,1,\"x\n":         "debts.csv:2",
	} {
		_, err := ParseDebts(DebtsFile, []byte(text))
		lines, ok := err.(LineErrors)
		if !ok || !strings.HasPrefix(lines[0].Where(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
