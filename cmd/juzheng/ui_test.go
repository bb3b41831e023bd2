package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// runUI runs the page until ctx ends, with a home of its own.
func runUI(ctx context.Context, home string, stdout io.Writer, args ...string) (code int, stderr string) {
	var talk bytes.Buffer
	env := env{args: append([]string{"ui"}, args...), stdin: strings.NewReader(""), stdout: stdout, stderr: &talk,
		getenv: func(name string) string {
			if name == "JUZHENG_CONFIG" {
				return filepath.Join(home, "settings")
			}
			return ""
		}, now: time.Now}
	code = run(ctx, env)
	return code, talk.String()
}

// The page prints where it is, answers there, and ends with what interrupts the
// program: that is how it is ended, and no failure.
func TestUI(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	in, out := io.Pipe()
	type ending struct {
		code int
		talk string
	}
	ended := make(chan ending, 1)
	go func() {
		code, talk := runUI(ctx, home, out, "--no-open")
		out.Close()
		ended <- ending{code, talk}
	}()
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "http://127.0.0.1:") {
		t.Fatalf("%q, %v", line, err)
	}
	reply, err := http.Get(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		t.Errorf("the address answers %s", reply.Status)
	}
	stop()
	end := <-ended
	if end.code != exitDone || !strings.Contains(end.talk, "只能用一次") || !strings.Contains(end.talk, "再运行一次接着做") {
		t.Errorf("%d\n%s", end.code, end.talk)
	}
}

func TestUIRefuses(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	empty := filepath.Join(home, "空.mp3")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--no-open", "--port", "70000"}, exitUsage, "1 到 65535"},
		{[]string{"--no-open", "--port", strconv.Itoa(port)}, exitFailed, "用不了"},
		{[]string{"--no-open", empty}, exitUsage, "空文件"},
		{[]string{"--no-open", filepath.Join(home, "没有")}, exitFailed, "没有"},
		{[]string{"a", "b"}, exitUsage, "多出了参数"},
	} {
		ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
		code, talk := runUI(ctx, home, io.Discard, c.args...)
		if code != c.code || !strings.Contains(talk, c.says) || ctx.Err() != nil {
			t.Errorf("%q: %d, want %d\n%s", c.args, code, c.code, talk)
		}
		stop()
	}
}

// A double click opens the page, and what is dropped goes to it; a shortcut to a
// command stays one.
func TestClicked(t *testing.T) {
	for _, c := range []struct{ args, want []string }{
		{nil, []string{"ui"}},
		{[]string{`C:\手机`}, []string{"ui", `C:\手机`}},
		{[]string{"demo"}, []string{"demo"}},
		{[]string{"--help"}, []string{"--help"}},
		{[]string{"add", "case", "x"}, []string{"add", "case", "x"}},
	} {
		if got := clicked(c.args); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.args, got, c.want)
		}
	}
}
