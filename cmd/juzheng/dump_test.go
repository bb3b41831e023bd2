package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// This file and dumpmake_test.go make a phone's files and count what they show;
// the files named truth make several and what truly happened. They
// know the program only by its commands: they read and write every format
// with code of their own, so that a mistake in a reader of the program is not
// made here too.

func TestDumpIsIndependent(t *testing.T) {
	for _, name := range []string{"dump_test.go", "dumpmake_test.go", "truth_test.go", "truthmake_test.go",
		"truthperson_test.go"} {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			if strings.Contains(i.Path.Value, "juzheng") {
				t.Errorf("%s uses %s", name, i.Path.Value)
			}
		}
	}
}

// juzheng runs a command of the program and returns the lines it gives.
func juzheng(t *testing.T, code int, args ...string) []map[string]any {
	t.Helper()
	var out, talk bytes.Buffer
	e := env{args: args, stdin: strings.NewReader(""), stdout: &out, stderr: &talk,
		getenv: func(string) string { return "" }, now: time.Now}
	if got := run(context.Background(), e); got != code {
		t.Fatalf("juzheng %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, code, out.String(), talk.String())
	}
	var lines []map[string]any
	for line := range strings.Lines(out.String()) {
		v := map[string]any{}
		if json.Unmarshal([]byte(line), &v) == nil {
			lines = append(lines, v)
		}
	}
	return lines
}

func text1(v any) string { s, _ := v.(string); return s }

func number1(v any) int { n, _ := v.(float64); return int(n) }

// given reads the rows of a case's timeline.
func given(t *testing.T, kase string) (rows, clocks []map[string]any) {
	t.Helper()
	for _, v := range juzheng(t, 0, "timeline", kase, "--json", "--date", "2026-10-01") {
		switch v["type"] {
		case "incident":
			rows = append(rows, v)
		case "clock":
			clocks = append(clocks, v)
		}
	}
	return rows, clocks
}

// A dump of several hundred files as phones, recorders, carriers and exporters
// make them: every call and message stands in the timeline once, at its time,
// with its direction, number, length and all that shows it; nothing else does;
// and every file is accounted for.
func TestDumpIsReadWhole(t *testing.T) {
	for _, seed := range []uint64{14, 19} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			readWhole(t, seed)
		})
	}
}

func readWhole(t *testing.T, seed uint64) {
	d := newDump(t, seed)
	d.writeCalls(d.callsOf())
	d.writeMessages()
	d.writeRest()
	if d.files < 400 {
		t.Fatalf("only %d files", d.files)
	}
	kase := filepath.Join(t.TempDir(), "案件")
	juzheng(t, 0, "init", kase, "--no-input", "--date", "2026-10-01")
	added := juzheng(t, 3, "add", kase, d.dir, "--json", "--date", "2026-10-01")
	sum := added[len(added)-1]
	if got := []int{number1(sum["given"]), number1(sum["admitted"]), number1(sum["duplicates"]),
		number1(sum["unusable"]), number1(sum["skipped"])}; !slices.Equal(got,
		[]int{d.files, d.files - d.copies - d.useless, d.copies, d.useless, d.skipped}) {
		t.Errorf("given, admitted, copies, unusable, skipped rows: %d, want %d", got,
			[]int{d.files, d.files - d.copies - d.useless, d.copies, d.useless, d.skipped})
	}
	rows, clocks := given(t, kase)
	want := 0
	for _, n := range d.calls {
		want += n
	}
	for _, n := range d.messages {
		want += n
	}
	t.Logf("%d files, %d rows", d.files, len(rows))
	if len(rows) != want || len(clocks) != 0 {
		t.Errorf("%d rows, want %d; clocks %v", len(rows), want, clocks)
	}
	for _, v := range rows {
		exhibits, _ := v["exhibits"].([]any)
		if v["kind"] == "call" {
			d.calls[shownCall{text1(v["time"]), text1(v["direction"]), text1(v["number"]), text1(v["answered"]),
				number1(v["seconds"]), len(exhibits)}]--
			continue
		}
		whose := text1(v["number"])
		if whose == "" {
			whose = text1(v["name"])
		}
		d.messages[strings.Join([]string{text1(v["time"]), text1(v["direction"]), whose, text1(v["text"])}, "|")]--
	}
	for c, n := range d.calls {
		if n != 0 {
			t.Errorf("call %+v: %+d", c, -n)
		}
	}
	for m, n := range d.messages {
		if n != 0 {
			t.Errorf("message %s: %+d", m, -n)
		}
	}
}

// The phone of an emergency contact, called by the same collector within
// seconds of the complainant's own: each call stands apart, with whom it
// reached; the rest of that person's life is nobody's business here.
func TestDumpOfTwoPhones(t *testing.T) {
	d := newDump(t, 1)
	base := time.Date(2026, 9, 1, 10, 0, 0, 0, china)
	var own, hers []string
	want := map[string]int{}
	for n := range 12 {
		at := base.Add(time.Duration(n) * 7 * time.Hour)
		call := func(number string, at time.Time, kind int) string {
			return fmt.Sprintf(`<call number="%s" duration="30" date="%d" type="%d" />`, number, at.UnixMilli(), kind)
		}
		own = append(own, call("19900000001", at, 1))
		want[at.Format(time.RFC3339)+" in 19900000001 self"]++
		later := at.Add(20 * time.Second)
		hers = append(hers, call("+86 199 0000 0001", later, 1), call("19900000099", later.Add(time.Hour), 1),
			call("19900000001", later.Add(2*time.Hour), 2))
		want[later.Format(time.RFC3339)+" in 19900000001 emergency"]++
		want[later.Add(time.Hour).Format(time.RFC3339)+" in 19900000099 "]++
		want[later.Add(2*time.Hour).Format(time.RFC3339)+" out 19900000001 "]++
	}
	d.put("own/calls.xml", backupOf("calls", own))
	d.put("hers/calls.xml", backupOf("calls", hers))
	d.put("hers/19900000001_"+base.Add(27*time.Second).Format("20060102150405")+".amr", d.sound(29))
	for _, order := range [][]string{{"own", "hers"}, {"hers", "own"}} {
		kase := filepath.Join(t.TempDir(), "案件")
		juzheng(t, 0, "init", kase, "--no-input", "--date", "2026-10-01")
		toml, err := os.OpenFile(filepath.Join(kase, "case.toml"), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(toml, "\n[[numbers]]\nnumber = \"19900000001\"\nside = \"collector\"\n")
		toml.Close()
		for _, phone := range order {
			args := []string{"add", kase, filepath.Join(d.dir, phone), "--date", "2026-10-01"}
			if phone == "hers" {
				args = append(args, "--phone-of", "紧急联系人")
			}
			juzheng(t, 0, args...)
		}
		left := maps.Clone(want)
		rows, _ := given(t, kase)
		for _, v := range rows {
			left[fmt.Sprintf("%s %s %s %s", v["time"], v["direction"], v["number"], v["reached"])]--
		}
		for row, n := range left {
			if n != 0 {
				t.Errorf("%v: row %s: %+d", order, row, -n)
			}
		}
	}
	juzheng(t, 2, "add", t.TempDir(), d.dir, "--phone-of", "邻居家")
}

// A phone whose clock was an hour and three minutes slow: the difference is
// measured and told, no time is changed, and each call counts once.
func TestDumpOfAWrongClock(t *testing.T) {
	d := newDump(t, 2)
	slow := 63 * time.Minute
	list := []string{"起始时间,通信方式,对方号码,通信时长"}
	at := time.Date(2026, 8, 1, 9, 0, 0, 0, china)
	used := map[string]int{}
	for n := range 40 {
		at = at.Add(time.Duration(2+d.r.IntN(9)) * time.Hour)
		number, talk := fmt.Sprintf("1990000000%d", n%3), 20+d.r.IntN(300)
		list = append(list, fmt.Sprintf("%s,被叫,%s,%d秒", at.Format(time.DateTime), number, talk))
		used[at.Format(time.RFC3339)]++
		d.put("Sounds/CallRecord/"+number+"_"+at.Add(time.Second-slow).Format("20060102150405")+".amr", d.sound(talk-1))
	}
	d.put("详单.csv", []byte(strings.Join(list, "\n")))
	kase := filepath.Join(t.TempDir(), "案件")
	juzheng(t, 0, "init", kase, "--no-input", "--date", "2026-10-01")
	juzheng(t, 0, "add", kase, d.dir, "--date", "2026-10-01")
	rows, clocks := given(t, kase)
	for _, v := range rows {
		used[text1(v["time"])]--
	}
	for at, n := range used {
		if n != 0 {
			t.Errorf("the call at %s is used %+d times", at, 1-n)
		}
	}
	if len(rows) != 40 {
		t.Errorf("%d rows", len(rows))
	}
	if len(clocks) != 1 || number1(clocks[0]["pairs"]) != 40 || number1(clocks[0]["offset_seconds"]) != -3779 ||
		clocks[0]["source"] != "name:huawei" || clocks[0]["against"] != "carrier" {
		t.Errorf("clocks %v", clocks)
	}
}
