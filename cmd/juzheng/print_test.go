//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// freePort is a port of the loopback that nobody listens on.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// startCUPS runs a scheduler of our own, all its files in a temporary folder,
// with one raw queue whose printer is the listener returned.
func startCUPS(t *testing.T) (server string, printer net.Listener) {
	t.Helper()
	cupsd, lpadmin := needTool(t, "cupsd"), needTool(t, "lpadmin")
	needTool(t, "lp")
	if os.Getuid() != 0 && os.Getenv("JUZHENG_REQUIRE_TOOLS") != "1" {
		t.Skip("a print scheduler of one's own wants root")
	}
	dir, err := os.MkdirTemp("", "cups") // short: sockets and spool have limits
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil { // its back ends run as another user
		t.Fatal(err)
	}
	for _, d := range []string{"spool/tmp", "cache", "state", "root"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	server = fmt.Sprintf("127.0.0.1:%d", freePort(t))
	conf := "Listen " + server + "\nDefaultAuthType None\nWebInterface No\nBrowsing No\n" +
		"<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Location /admin>\nOrder allow,deny\nAllow " +
		"all\n</Location>\n" +
		"<Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
	files := fmt.Sprintf("ServerRoot %[1]s/root\nRequestRoot %[1]s/spool\nTempDir %[1]s/spool/tmp\nCacheDir "+
		"%[1]s/cache\nStateDir %[1]s/state\n"+
		"AccessLog %[1]s/access.log\nErrorLog %[1]s/error.log\nPageLog %[1]s/page.log\nSystemGroup root\n", dir)
	for name, text := range map[string]string{"cupsd.conf": conf, "cups-files.conf": files} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	daemon := exec.Command(cupsd, "-f", "-c", filepath.Join(dir, "cupsd.conf"), "-s",
		filepath.Join(dir, "cups-files.conf"))
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { daemon.Process.Kill(); daemon.Wait() })
	if printer, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { printer.Close() })
	t.Setenv("CUPS_SERVER", server)
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		out, err := exec.Command(lpadmin, "-p", "juzheng-test", "-E", "-v", "socket://"+printer.Addr().String(), "-m",
			"raw").CombinedOutput()
		if err == nil {
			return server, printer
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(dir, "error.log"))
			t.Fatalf("lpadmin: %v %s\n%s", err, out, log)
		}
	}
}

// The print set reaches the printer of a real CUPS queue as it stands in the
// file.
func TestPrintReachesTheQueue(t *testing.T) {
	_, printer := startCUPS(t)
	dir := t.TempDir()
	do := func(args ...string) {
		t.Helper()
		var out, talk bytes.Buffer
		code := run(context.Background(), env{args: args, stdin: &out, stdout: &out, stderr: &talk,
			getenv: func(string) string { return "" }, now: time.Now})
		if code != 0 {
			t.Fatalf("juzheng %v: exit %d\n%s", args, code, talk.String())
		}
	}
	got := make(chan []byte, 1)
	go func() {
		c, err := printer.Accept()
		if err != nil {
			got <- nil
			return
		}
		data, _ := io.ReadAll(c)
		c.Close()
		got <- data
	}()
	set := filepath.Join(dir, "set.pdf")
	if err := copyDemo(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	do("print", filepath.Join(dir, "out/案件"), "--to", "platform", "--pdf", set, "--printer", "juzheng-test", "--duplex",
		"--date", "2026-10-08")
	want, err := os.ReadFile(set)
	if err != nil {
		t.Fatal(err)
	}
	select {
	case data := <-got:
		if !bytes.Equal(data, want) {
			t.Errorf("the printer got %d bytes, the set has %d", len(data), len(want))
		}
	case <-time.After(60 * time.Second):
		t.Error("nothing reached the printer")
	}

	// What goes wrong at the printer is said, and ends with its own code.
	printTo := func(printer string, more ...string) (int, string) {
		t.Helper()
		var out, talk bytes.Buffer
		args := append([]string{"print", filepath.Join(dir, "out/案件"), "--to", "platform", "--pdf", set, "--printer",
			printer, "--date", "2026-10-08"}, more...)
		code := run(context.Background(), env{args: args, stdin: &out, stdout: &out, stderr: &talk,
			getenv: func(string) string { return "" }, now: time.Now})
		return code, talk.String()
	}
	fails := func(name, printer string, code int, want string, more ...string) {
		t.Helper()
		if got, said := printTo(printer, more...); got != code || !strings.Contains(said, want) {
			t.Errorf("%s: exit %d, want %d\n%s", name, got, code, said)
		}
	}
	cupsdisable, cupsreject := needTool(t, "cupsdisable"), needTool(t, "cupsreject")
	needTool(t, "lpstat")
	fails("unknown printer", "no-such-printer", 1, "没能交给打印机 no-such-printer")
	fails("no default printer", "default", 1, "没能交给打印机 default")
	if said, err := exec.Command(cupsdisable, "juzheng-test").CombinedOutput(); err != nil {
		t.Fatalf("cupsdisable: %v %s", err, said)
	}
	fails("stopped printer", "juzheng-test", 3, "打印机 juzheng-test 现在停着，任务在排队")
	if said, err := exec.Command(cupsreject, "juzheng-test").CombinedOutput(); err != nil {
		t.Fatalf("cupsreject: %v %s", err, said)
	}
	fails("rejecting printer", "juzheng-test", 1, "没能交给打印机 juzheng-test")
	t.Setenv("PATH", t.TempDir())
	fails("no lp", "juzheng-test", 1, "这台电脑没有 lp 打印命令")
	if again, err := os.ReadFile(set); err != nil || !bytes.HasPrefix(again, []byte("%PDF")) {
		t.Errorf("the print file is gone: %v", err)
	}
}
