package folder

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"juzheng/evidence"
)

var answeredAt = time.Date(2026, 11, 28, 12, 0, 0, 0, evidence.Beijing)

// answerCase is a case with two rows and a note of the person's in case.toml.
func answerCase(t *testing.T, edit func(timeline, kase string) (string, string)) *Folder {
	t.Helper()
	f, err := Init(t.TempDir()+"/案件", evidence.Case{Complainant: evidence.Complainant{Name: "林晓安"}}, answeredAt, "test")
	if err != nil {
		t.Fatal(err)
	}
	rows := []evidence.Incident{
		{Kind: evidence.SMS, Direction: evidence.In, Number: "19900000311", Seconds: -1, Shown: "今天不还，上门找你",
			Source: "person"},
		{Kind: evidence.Call, Direction: evidence.In, Number: "057100000101", Seconds: 20, Source: "person"},
	}
	if _, err := f.AppendIncidents(rows, answeredAt); err != nil {
		t.Fatal(err)
	}
	timeline, kase := read(t, f, TimelineFile), read(t, f, CaseFile)
	if edit != nil {
		timeline, kase = edit(timeline, kase)
		for name, data := range map[string]string{TimelineFile: timeline, CaseFile: kase} {
			if err := os.WriteFile(f.Path(name), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return f
}

func read(t *testing.T, f *Folder, name string) string {
	t.Helper()
	data, err := os.ReadFile(f.Path(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// someAnswer changes a cell, a key and whose a number is.
func someAnswer() Answer {
	return Answer{Question: "q-1", Kind: "words", Value: "yes", Incidents: []string{"T001"}, Changes: []Change{
		{Row: "T001", Column: "asserted kinds", After: "V06"}, {Row: "T001", Column: "use", After: "yes"},
		{Row: "T002", Column: "reached", After: "family"},
		{Key: "lender.name", After: `示例"消费"金融有限公司`}, {Number: "19900000311", Name: "小李", After: "collector"},
		{Account: "极融-小李", After: "collector"},
	}}
}

// What an answer changes is all that changes, and taking it back leaves every
// file as it was, byte for byte.
func TestAnswerAndBack(t *testing.T) {
	for name, edit := range map[string]func(string, string) (string, string){
		"as made": nil,
		"CRLF and a person's note": func(timeline, kase string) (string, string) {
			return timeline, strings.ReplaceAll(kase, "\n", "\r\n") + "# 我的备注 = \"x\"\r\n"
		},
		"a table of an earlier release, in GBK words and semicolons": func(_, kase string) (string, string) {
			return "编号;时间;方式;方向;号码;认为属于;联系到谁;是否采用\r\nT001;;短信;呼入;19900000311;;;\r\nT002;;电话;呼入;0571-00000101;;本人;\r\n",
				kase
		},
		"no lender in case.toml": func(timeline, kase string) (string, string) {
			a, b := strings.Index(kase, "[lender]"), strings.Index(kase, "[agency]")
			return timeline, kase[:a] + kase[b:]
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := answerCase(t, edit)
			timeline, kase := read(t, f, TimelineFile), read(t, f, CaseFile)
			a, err := f.Answer(someAnswer(), answeredAt)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Changes) != 6 || a.Changes[0].After != "V06" || a.Changes[2].After != "亲友" {
				t.Errorf("changes: %+v", a.Changes)
			}
			rows, err := f.Timeline()
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(rows[0].Asserted, []evidence.Breach{"V06"}) || rows[0].Use != evidence.Yes ||
				rows[1].Reached != evidence.ReachedFamily {
				t.Errorf("rows: %+v", rows)
			}
			c, err := f.ReadCase()
			if err != nil {
				t.Fatal(err)
			}
			if c.Lender.Name != `示例"消费"金融有限公司` || c.SideOf("19900000311") != evidence.CollectorSide ||
				c.Numbers[0].Name != "小李" || c.Numbers[1].Account != "极融-小李" {
				t.Errorf("case: %+v %+v", c.Lender, c.Numbers)
			}
			if given, err := f.Answers(); err != nil || len(given) != 1 || given[0].Value != "yes" {
				t.Errorf("answers: %+v, %v", given, err)
			}
			if _, err := f.UndoAnswer("", answeredAt); err != nil {
				t.Fatal(err)
			}
			if given, _ := f.Answers(); len(given) != 0 {
				t.Errorf("taken back, and still there: %+v", given)
			}
			if name == "as made" || strings.HasPrefix(name, "CRLF") {
				if got := read(t, f, TimelineFile); got != timeline {
					t.Errorf("timeline:\n%s\nwas\n%s", got, timeline)
				}
				if got := read(t, f, CaseFile); strings.TrimRight(got, "\r\n") != strings.TrimRight(kase, "\r\n") {
					t.Errorf("case:\n%s\nwas\n%s", got, kase)
				}
			}
			if rows, err = f.Timeline(); err != nil || len(rows[0].Asserted) > 0 || rows[0].Use != evidence.Unknown {
				t.Errorf("rows: %+v, %v", rows, err)
			}
			if _, err := f.UndoAnswer("", answeredAt); !errors.Is(err, ErrNoAnswer) {
				t.Errorf("nothing left to take back: %v", err)
			}
		})
	}
}

// A column that an older table does not have is added behind the others.
func TestAnswerInNewColumn(t *testing.T) {
	f := answerCase(t, func(_, kase string) (string, string) {
		return "编号,时间,方式\r\nT001,,短信\r\nT002,,电话\r\n", kase
	})
	_, err := f.Answer(Answer{Question: "q-1", Kind: "role", Value: "service",
		Changes: []Change{{Row: "T002", Column: "role", After: "service"}}}, answeredAt)
	if want := "编号,时间,方式,角色\r\nT001,,短信\r\nT002,,电话,服务\r\n"; err != nil || read(t, f, TimelineFile) != want {
		t.Errorf("%v\n%q, want\n%q", err, read(t, f, TimelineFile), want)
	}
}

// What somebody changed since stays and is named; all else is taken back. So it
// is where the person put more into a part of case.toml.
func TestUndoOfWhatChangedSince(t *testing.T) {
	for name, c := range map[string]struct{ file, was, is, place, found string }{
		"a cell": {TimelineFile, "V06", "V06b", "timeline.csv 的 T001 “认为属于”", "V06b"},
		"more about a number": {CaseFile, `name = "小李"`, "name = \"小李\"\nprint = \"full\"",
			"case.toml 里 19900000311 是谁的", "collector"},
	} {
		f := answerCase(t, nil)
		timeline := read(t, f, TimelineFile)
		if _, err := f.Answer(someAnswer(), answeredAt); err != nil {
			t.Fatal(err)
		}
		edited := strings.Replace(read(t, f, c.file), c.was, c.is, 1)
		if err := os.WriteFile(f.Path(c.file), []byte(edited), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := f.UndoAnswer("", answeredAt)
		if err != nil || len(got.Kept) != 1 || got.Kept[0].Place().ZH != c.place ||
			got.Kept[0].Found != c.found {
			t.Errorf("%s: %+v, %v", name, got.Kept, err)
		}
		if !strings.Contains(read(t, f, c.file), c.is) {
			t.Errorf("%s: the person's edit is gone:\n%s", name, read(t, f, c.file))
		}
		kase, err := f.ReadCase()
		if err != nil || kase.Lender.Name != "" {
			t.Errorf("%s: the rest stands: %+v, %v", name, kase.Lender, err)
		}
		if c.file == CaseFile && read(t, f, TimelineFile) != timeline {
			t.Errorf("%s: the timeline is not as it was", name)
		}
		if given, err := f.Answers(); err != nil || len(given) > 0 {
			t.Errorf("%s: it stands: %+v, %v", name, given, err)
		}
		if b, err := f.answerBook(); err != nil || b.pending != nil {
			t.Errorf("%s: pending: %+v, %v", name, b.pending, err)
		}
	}
}

// An older answer is taken back by its number or the id of its question; those
// given since stand.
func TestUndoOfAnOlderAnswer(t *testing.T) {
	for _, which := range []string{"1", "q-1"} {
		f := answerCase(t, nil)
		for n, c := range []Change{{Row: "T001", Column: "reached", After: "self"},
			{Row: "T002", Column: "reached", After: "family"}} {
			a := Answer{Question: fmt.Sprintf("q-%d", n+1), Kind: "reached", Value: c.After, Changes: []Change{c}}
			if _, err := f.Answer(a, answeredAt); err != nil {
				t.Fatal(err)
			}
		}
		got, err := f.UndoAnswer(which, answeredAt)
		rows, _ := f.Timeline()
		if err != nil || got.Question != "q-1" || rows[0].Reached != evidence.ReachedUnknown ||
			rows[1].Reached != evidence.ReachedFamily {
			t.Errorf("%s: %+v, %v, %+v", which, got, err, rows)
		}
		if _, err := f.UndoAnswer(which, answeredAt); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("%s: taken back twice: %v", which, err)
		}
	}
}

// An answer that was on record when the run was killed is finished by the next
// one, whichever of its changes had been made.
func TestAnswerAfterCrash(t *testing.T) {
	f := answerCase(t, nil)
	before := map[string]string{TimelineFile: read(t, f, TimelineFile), CaseFile: read(t, f, CaseFile)}
	if _, err := f.Answer(someAnswer(), answeredAt); err != nil {
		t.Fatal(err)
	}
	after := map[string]string{TimelineFile: read(t, f, TimelineFile), CaseFile: read(t, f, CaseFile)}
	line, _, _ := bytes.Cut([]byte(read(t, f, AnswersFile)), []byte("\n"))
	for _, lost := range [][]string{{TimelineFile, CaseFile}, {CaseFile}, {}} {
		for name, data := range after {
			if slices.Contains(lost, name) {
				data = before[name]
			}
			if err := os.WriteFile(f.Path(name), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(f.Path(AnswersFile), append(line, "\n{\"type\":\"un"...), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := f.FinishAnswer(answeredAt); err != nil {
			t.Fatal(err)
		}
		for name, data := range after {
			if read(t, f, name) != data {
				t.Errorf("%v lost: %s is not what the answer made of it", lost, name)
			}
		}
		if b, err := f.answerBook(); err != nil || b.pending != nil || len(b.all) != 1 {
			t.Errorf("%v lost: %+v, %v", lost, b, err)
		}
	}
}

// A value that no column takes, and a key in a form of its own, change nothing.
func TestAnswerRefused(t *testing.T) {
	f := answerCase(t, func(timeline, kase string) (string, string) {
		a, b := strings.Index(kase, "[lender]"), strings.Index(kase, "[agency]")
		return timeline, "lender = {name = \"\"}\n" + kase[:a] + kase[b:]
	})
	timeline, kase := read(t, f, TimelineFile), read(t, f, CaseFile)
	for _, c := range []Change{{Row: "T001", Column: "reached", After: "邻"}, {Key: "lender.name", After: "某公司"}} {
		var lines LineErrors
		a := Answer{Question: "q-1", Changes: []Change{{Row: "T002", Column: "use", After: "yes"}, c}}
		if _, err := f.Answer(a, answeredAt); !errors.As(err, &lines) {
			t.Errorf("%+v: %v", c, err)
		}
		if read(t, f, TimelineFile) != timeline || read(t, f, CaseFile) != kase {
			t.Errorf("%+v: something was changed", c)
		}
		if given, err := f.Answers(); err != nil || len(given) > 0 {
			t.Errorf("%+v: on record: %+v, %v", c, given, err)
		}
	}
}

// A list before all tables is set like any other, where it stands and where it is missing.
func TestAnswerBeforeAllTables(t *testing.T) {
	for _, before := range []string{"requests = []  # 您另外的请求", "", `requests = ["告知坐席工号"]`} {
		f := answerCase(t, func(timeline, kase string) (string, string) {
			n := strings.Index(kase, "requests = ")
			end := n + strings.Index(kase[n:], "\n")
			return timeline, kase[:n] + before + kase[end:]
		})
		old := read(t, f, CaseFile)
		a := Answer{Question: "q-1", Value: "yes", Changes: []Change{{Key: "requests", After: "书面道歉\n退还“多收”的"}}}
		if _, err := f.Answer(a, answeredAt); err != nil {
			t.Fatal(err)
		}
		c, err := f.ReadCase()
		if err != nil || !slices.Equal(c.Requests, []string{"书面道歉", "退还“多收”的"}) {
			t.Errorf("%q: %q, %v", before, c.Requests, err)
		}
		if _, err := f.UndoAnswer("", answeredAt); err != nil {
			t.Fatal(err)
		}
		if back := read(t, f, CaseFile); back != old && before != "" {
			t.Errorf("%q: not taken back: %s", before, back)
		}
	}
}
