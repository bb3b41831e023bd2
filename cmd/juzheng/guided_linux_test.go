package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Ctrl-C in the guided mode keeps what was answered, and the next run goes on.
func TestCtrlCInGuidedMode(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "手机"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "手机", "sms.xml"), []byte(twoThreats), 0o600); err != nil {
		t.Fatal(err)
	}
	x := sit(t, dir, "手机", "--date", truthDay)
	for n := 1; n <= 6; n++ {
		x.sees(fmt.Sprintf("%d/6", n))
		x.types("\r")
	}
	x.sees("答：")
	x.types("1\r")
	x.sees("答：")
	x.types("\x03")
	if code, _ := x.ends(); code != exitInterrupted {
		t.Errorf("exit %d\n%s", code, x.said.String())
	}
	answers, err := os.ReadFile(filepath.Join(dir, "手机-案件", "answers.jsonl"))
	if err != nil || bytes.Count(answers, []byte(`"type":"answer"`)) != 1 {
		t.Errorf("%v\n%s", err, answers)
	}
	x = sit(t, dir, "手机", "--date", truthDay)
	x.sees("■ 还有")
	x.sees("答：")
	x.types("q\r")
	if code, _ := x.ends(); code == exitInterrupted {
		t.Errorf("exit %d\n%s", code, x.said.String())
	}
}
