package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A terminal is what a person has before them: the program runs on the one end,
// the test sits at the other.
type terminal struct {
	t    *testing.T
	end  *os.File
	run  *exec.Cmd
	said bytes.Buffer
	read chan []byte
}

// sit starts the program on a terminal of its own.
func sit(t *testing.T, dir string, args ...string) *terminal {
	t.Helper()
	end, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		if os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
			t.Fatal(err)
		}
		t.Skipf("no terminals here: %v", err)
	}
	t.Cleanup(func() { end.Close() })
	number, err := unix.IoctlGetInt(int(end.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(end.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	x := &terminal{t: t, end: end, run: exec.Command("juzheng", args...), read: make(chan []byte, 100)}
	x.run.Dir, x.run.Stdin, x.run.Stdout, x.run.Stderr = dir, other, other, other
	x.run.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := x.run.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { // until the program has let go of its end
		defer close(x.read)
		for {
			some := make([]byte, 4096)
			n, err := end.Read(some)
			if err != nil {
				return
			}
			x.read <- some[:n]
		}
	}()
	return x
}

// sees waits until the program has said something.
func (x *terminal) sees(words string) {
	x.t.Helper()
	late := time.After(time.Minute)
	for !strings.Contains(x.said.String(), words) {
		select {
		case some, more := <-x.read:
			if !more {
				x.t.Fatalf("%v ended without %q:\n%s", x.run.Args, words, x.said.String())
			}
			x.said.Write(some)
		case <-late:
			x.run.Process.Kill()
			x.t.Fatalf("%v does not say %q:\n%s", x.run.Args, words, x.said.String())
		}
	}
	_, rest, _ := strings.Cut(x.said.String(), words)
	x.said.Reset()
	x.said.WriteString(rest)
}

// types sends keys as a keyboard does: \x03 is Ctrl-C.
func (x *terminal) types(keys string) {
	x.t.Helper()
	if _, err := x.end.WriteString(keys); err != nil {
		x.t.Fatal(err)
	}
}

// ends waits for the program and returns its exit code and how long it took.
func (x *terminal) ends() (int, time.Duration) {
	x.t.Helper()
	started := time.Now()
	for some := range x.read {
		x.said.Write(some)
	}
	err := x.run.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		x.t.Fatal(err)
	}
	return x.run.ProcessState.ExitCode(), time.Since(started)
}

// Ctrl-C at a question ends the program at once, with its own exit code, and
// what was answered before is kept.
func TestCtrlCAtAQuestion(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "sms.xml"), []byte(twoThreats), 0o600); err != nil {
		t.Fatal(err)
	}
	x := sit(t, dir, "init", "案件")
	x.sees("1/6")
	x.types("林小安\r")
	x.sees("2/6")
	x.types("\x03")
	if code, took := x.ends(); code != exitInterrupted || took > 5*time.Second {
		t.Errorf("init: exit %d after %s\n%s", code, took, x.said.String())
	}
	kept, err := os.ReadFile(filepath.Join(dir, "案件", "case.toml"))
	if err != nil || !bytes.Contains(kept, []byte("林小安")) {
		t.Errorf("the first answer is lost: %v\n%s", err, kept)
	}
	finish(t, dir, []string{"add", "案件", "sms.xml"})
	x = sit(t, dir, "ask", "案件", "--date", "2026-10-08")
	x.sees("答：")
	x.types("1\r")
	x.sees("记下了：") // in words, not the number typed
	x.sees("（填 b 收回）")
	x.sees("答：")
	x.types("2\x03") // half typed
	if code, took := x.ends(); code != exitInterrupted || took > 5*time.Second {
		t.Errorf("ask: exit %d after %s\n%s", code, took, x.said.String())
	}
	answers, err := os.ReadFile(filepath.Join(dir, "案件", "answers.jsonl"))
	if err != nil || bytes.Count(answers, []byte(`"type":"answer"`)) != 1 {
		t.Errorf("%v\n%s", err, answers)
	}
}

// Before something is given away that holds something of others, that is said
// and asked. Nothing but a yes goes on; a no leaves nothing behind.
func TestAskedBeforeGivingAway(t *testing.T) {
	dir := t.TempDir()
	if err := copyDemo(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, "out", "案件", "custody.jsonl")
	before, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"export", "out/案件", "--whole", "--to", "copy.zip"},
		{"handover", "out/案件", "--whole", "--receiver", "某某", "--slip", "copy.zip"},
		{"encrypt", "out/案件/bundle.zip", "--output", "copy.zip", "--to",
			"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"},
	} {
		args = append(args, "--date", "2026-10-09")
		for _, c := range []struct {
			keys string
			code int
		}{{"\r", exitFailed}, {"\x03", exitInterrupted}, {"是\r", exitDone}} {
			x := sit(t, dir, args...)
			x.sees("别人的号码")
			x.sees("继续吗？")
			x.types(c.keys)
			code, _ := x.ends()
			_, there := os.Lstat(filepath.Join(dir, "copy.zip"))
			if code != c.code || (there == nil) != (c.code == exitDone) {
				t.Errorf("%v, %q: exit %d, made: %v\n%s", args, c.keys, code, there == nil, x.said.String())
			}
			if after, err := os.ReadFile(log); c.code != exitDone && (err != nil || !bytes.Equal(after, before)) {
				t.Errorf("%v, %q: the log was written to: %v", args, c.keys, err)
			}
		}
		if before, err = os.ReadFile(log); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, "copy.zip")); err != nil {
			t.Fatal(err)
		}
	}
}

// Of papers it is asked what their pictures show, for nothing on them is masked.
func TestAskedBeforePapers(t *testing.T) {
	dir := t.TempDir()
	if err := copyDemo(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	timeline := filepath.Join(dir, "out", "案件", "timeline.csv")
	rows, err := os.ReadFile(timeline)
	if err != nil {
		t.Fatal(err)
	}
	rows = bytes.Replace(rows, []byte("消息,呼入,,周宁"), []byte("消息,呼入,19900000777,周宁"), 1)
	if err := os.WriteFile(timeline, rows, 0o600); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, "out", "案件", "custody.jsonl")
	for _, c := range []struct {
		keys string
		code int
	}{{"n\r", exitFailed}, {"y\r", exitDone}} {
		before, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		x := sit(t, dir, "build", "out/案件", "--to", "nifa", "--date", "2026-10-09")
		x.sees("图片上有：别人的号码1个")
		x.sees("继续吗？")
		x.types(c.keys)
		code, _ := x.ends()
		after, err := os.ReadFile(log)
		if err != nil || code != c.code || bytes.Equal(after, before) != (c.code != exitDone) {
			t.Errorf("%q: exit %d, %v\n%s", c.keys, code, err, x.said.String())
		}
	}
	x := sit(t, dir, "print", "out/案件", "--to", "nifa", "--pdf", "print.pdf", "--date", "2026-10-09")
	x.sees("图片上有：别人的号码1个")
	x.types("\r")
	if code, _ := x.ends(); code != exitFailed {
		t.Errorf("print: exit %d\n%s", code, x.said.String())
	}
	if _, err := os.Lstat(filepath.Join(dir, "print.pdf")); err == nil {
		t.Error("printed without a yes")
	}
}

// What is longer than a terminal goes through a pager there, with the talk behind it,
// and in colours where they mean something; into a file goes what was found alone.
func TestPagedOnATerminal(t *testing.T) {
	needTool(t, "sed")
	dir := t.TempDir()
	finish(t, dir, []string{"init", "案件", "--name", "林小安", "--phone", "19900000001", "--no-input"})
	for name, value := range map[string]string{"TERM": "xterm", "NO_COLOR": "", "CLICOLOR": "",
		"LESSCHARSET": "", "PAGER": `sed "s/^/less $LESSCHARSET| /"`} {
		t.Setenv(name, value)
	}
	x := sit(t, dir, "help")
	if code, _ := x.ends(); code != 0 || !strings.Contains(x.said.String(), "less utf-8|   build CASE") {
		t.Errorf("help: exit %d\n%s", code, x.said.String())
	}
	x = sit(t, dir, "list", "案件")
	code, _ := x.ends()
	if said := x.said.String(); code != 0 || strings.Index(said, "下一步") < strings.Index(said, "less utf-8|") {
		t.Errorf("list: exit %d\n%s", code, x.said.String())
	}
	x = sit(t, dir, "doctor", "nowhere")
	if code, _ := x.ends(); code != exitFailed || !strings.Contains(x.said.String(), "less utf-8| "+bad+"不行") {
		t.Errorf("doctor: exit %d\n%q", code, x.said.String())
	}
	x = sit(t, dir, "chek")
	if code, _ := x.ends(); code != exitUsage || !strings.Contains(x.said.String(), bad+"错误："+none) {
		t.Errorf("chek: exit %d\n%q", code, x.said.String())
	}
	t.Setenv("NO_COLOR", "1")
	x = sit(t, dir, "chek")
	if code, _ := x.ends(); code != exitUsage || strings.Contains(x.said.String(), "\x1b[") {
		t.Errorf("chek without colours: exit %d\n%q", code, x.said.String())
	}
}
