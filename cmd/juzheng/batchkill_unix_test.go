//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// phonesFor writes a roster of so many invented people, each with answers and a phone
// of two files, and gives its path.
func phonesFor(t *testing.T, dir string, cases int) string {
	t.Helper()
	put := func(name, text string) {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	rows := "案件夹,姓名,答案,手机文件夹\n"
	for n := range cases {
		rows += fmt.Sprintf("cases/c%03d,样例%03d,answers/c%[1]d.toml,phones/c%[1]d\n", n, n)
		put(fmt.Sprintf("answers/c%d.toml", n), fmt.Sprintf(`[complainant]
kind = "borrower"
name = "样例%03d"
id_number = "11010519491231002X"
phone = "1990000%04d"
address = "浙江省杭州市虚构区样例路%[1]d号"
[platform]
name = "示例极融信息技术有限公司"
brand = "极融"
[lender]
name = "示例消费金融有限公司"
licence = "consumer-finance"
region = "330000"
[loan]
contract = "JR-2026-%06[1]d"
date = "2026-06-01"
principal = "8000"
due = "2026-09-01"
overdue = "2716"
[[numbers]]
number = "05710000%04[1]d"
side = "collector"
`, n, n))
		calls := `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<calls count="3">` + "\n"
		for day := range 3 {
			calls += fmt.Sprintf(`<call number="05710000%04d" duration="%d" date="%d" type="1" presentation="1" `+
				`contact_name="(Unknown)" />`+
				"\n", n, 61+day, 1789744200000+int64(day)*86400000)
		}
		put(fmt.Sprintf("phones/c%d/calls.xml", n), calls+"</calls>\n")
		put(fmt.Sprintf("phones/c%d/note.txt", n), fmt.Sprintf("2026-09-18 23:10 催收来电 %d\n", n))
	}
	put("名册.csv", rows)
	return filepath.Join(dir, "名册.csv")
}

// onceEach reports cases of which something was lost, done twice, or left half made.
func onceEach(t *testing.T, dir string, cases int, built bool) {
	t.Helper()
	for n := range cases {
		kase := filepath.Join(dir, "cases", fmt.Sprintf("c%03d", n))
		register, err := os.ReadFile(filepath.Join(kase, "exhibits.jsonl"))
		if err != nil {
			t.Errorf("case %d: %v", n, err)
			continue
		}
		exhibits := bytes.Count(register, []byte(`"number":"`))
		log, _ := os.ReadFile(filepath.Join(kase, "custody.jsonl"))
		seals := 0
		for line := range bytes.Lines(log) {
			var record struct{ Event string }
			if err := json.Unmarshal(line, &record); err != nil {
				t.Errorf("case %d: its log: %v", n, err)
			}
			if record.Event == "seal" {
				seals++
			}
		}
		want := 0
		if built {
			want = 1
		}
		if exhibits != 2 || seals != want {
			t.Errorf("case %d: %d exhibits, %d seals\n%s", n, exhibits, seals, log)
		}
		if built {
			wholeOutputs(t, kase)
		}
		if _, err := os.Lstat(filepath.Join(kase, "superseded", "bundle")); err == nil {
			t.Errorf("case %d was sealed twice", n)
		}
	}
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(d.Name(), ".partial") {
			t.Errorf("left behind: %s", path)
		}
		return nil
	})
}

// Many cases, the program killed at random moments and told to go on each time, and
// then two runs over all of them at once: each case is done once, none is lost, no
// packet is half made.
func TestKilledBatch(t *testing.T) {
	cases, kills := 3, 3
	if os.Getenv("JUZHENG_SLOW") == "1" {
		cases, kills = 8, 24
	}
	seed := time.Now().UnixNano()
	rng := rand.New(rand.NewSource(seed))
	dir := t.TempDir()
	roster := phonesFor(t, dir, cases)
	program := func(args ...string) *exec.Cmd {
		c := exec.Command("juzheng", append([]string{"batch", roster, "--no-input", "--date", "2026-10-08"},
			args...)...)
		c.Env = append(os.Environ(), "JUZHENG_FONTS="+dir)
		return c
	}
	next := func() []string {
		if _, err := os.Stat(filepath.Join(dir, ".名册.csv.batch.json")); err == nil {
			return []string{"--resume"}
		}
		return []string{"--do", "add,check,build,verify", "--to", "platform"}
	}
	died := 0
	for range kills {
		c := program(next()...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+rng.Intn(250*cases)) * time.Millisecond)
		c.Process.Kill()
		if err := c.Wait(); err == nil {
			break // it had come to its end
		}
		died++
	}
	if out, err := program(next()...).CombinedOutput(); err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, out)
	}
	onceEach(t, dir, cases, true)
	t.Logf("%d runs were killed", died)

	var said [2]bytes.Buffer
	var both [2]*exec.Cmd
	os.RemoveAll(filepath.Join(dir, "cases"))
	for n := range both {
		both[n] = program("--do", "add,check,verify", "--json", "--exceptions", fmt.Sprintf("%s/%d.xlsx", dir, n))
		both[n].Stdout = &said[n]
		if err := both[n].Start(); err != nil {
			t.Fatal(err)
		}
	}
	for n := range both {
		both[n].Wait() // nothing is sealed, which verify tells of each case
		if all := strings.Count(said[n].String(), `"job":"check","state":"done"`); all != cases {
			t.Errorf("run %d says so of %d cases:\n%s", n, all, said[n].String())
		}
	}
	onceEach(t, dir, cases, false)
}
