package web

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
)

// Files whose reading was cut short are told, never as all of them, and are read
// on when the case is opened again; what is no longer there is asked for.
func TestHalfRead(t *testing.T) {
	home := t.TempDir()
	phone := filepath.Join(home, "手机文件")
	writePhone(t, phone)
	d, _ := testDesk()
	kase := desk.CaseBeside(phone)
	ctx, stop := context.WithCancel(t.Context())
	d.Tell = func(n desk.Notice) {
		if p, ok := n.(desk.Progress); ok && p.Done > 0 {
			stop() // after the first file
		}
	}
	c0 := evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower}}
	if _, err := desk.Init(ctx, d, kase, c0); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Add(ctx, d, kase, desk.AddOptions{Paths: []string{phone}}); err == nil {
		t.Fatal("it was not stopped")
	}
	read := func() int {
		t.Helper()
		l, err := desk.List(t.Context(), d, kase)
		if err != nil {
			t.Fatal(err)
		}
		return len(l.Exhibits)
	}
	some := read()

	c := serve(t, "", nil).enter(t)
	of := func(path string) string {
		t.Helper()
		status, at := c.do("POST", c.root+"/choose/take", strings.NewReader("path="+path), nil)
		if status != 303 {
			t.Fatal(status, at)
		}
		return at
	}
	// moved away, it is asked for
	if err := os.Rename(phone, phone+"2"); err != nil {
		t.Fatal(err)
	}
	at := of(kase)
	_, body := c.do("GET", at, nil, nil)
	if !strings.Contains(body, "“手机文件”还没有读完") || !strings.Contains(body, "再给一次") || strings.Contains(body, "一个也没漏") {
		t.Errorf("half of it is shown as\n%s", body)
	}
	if err := os.Rename(phone+"2", phone); err != nil {
		t.Fatal(err)
	}
	// back, it is read on when the case is opened
	of(kase)
	for range 2400 { // a minute: under the race detector it took ten seconds
		if _, body = c.do("GET", at, nil, nil); !strings.Contains(body, "<progress") {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	if strings.Contains(body, "还没有读完") || !strings.Contains(body, "一个也没漏") || read() <= some {
		t.Errorf("%d files were read before, %d are now:\n%s", some, read(), body)
	}
}

// Reading can be stopped, and gone on with or left at that.
func TestStopReading(t *testing.T) {
	kase := demoCase(t)
	var at *server
	s := serve(t, kase, func(o *Options) { o.started = func(s *server) { at = s } })
	c := s.enter(t)
	v := &visit{s: at, ctx: t.Context(), key: keyOf(kase), dir: kase}
	began := make(chan bool)
	err := v.work(addWork, func(ctx context.Context, d desk.Desk) (any, error) {
		close(began)
		<-ctx.Done()
		return nil, ctx.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	<-began
	if _, body := c.do("GET", c.begin, nil, nil); !strings.Contains(body, "found/stop") {
		t.Fatalf("it cannot be stopped:\n%s", body)
	}
	if status, _ := c.do("POST", strings.TrimSuffix(c.begin, "/found")+"/found/stop", nil, nil); status != 303 {
		t.Fatal(status)
	}
	for range 200 {
		if w, _ := v.working(); w.ended {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	_, body := c.do("GET", c.begin, nil, nil)
	if strings.Contains(body, "<progress") || strings.Contains(body, "没有读完") {
		t.Errorf("what was stopped is shown as\n%s", body)
	}
}

func TestOfSystem(t *testing.T) {
	for _, c := range []struct {
		dir, system string
		want        bool
	}{
		{"/", "linux", true}, {"/etc", "linux", true}, {"/proc/1", "linux", true}, {"/usr/share", "linux", true},
		{"/home/a/手机", "linux", false}, {"/media/a/STICK", "linux", false}, {"/mnt/usb", "linux", false},
		{"/Users/a/Desktop", "darwin", false}, {"/Volumes/STICK", "darwin", false}, {"/System", "darwin", true},
	} {
		if got := ofSystem(c.dir, c.system); got != c.want {
			t.Errorf("%s on %s: %v", c.dir, c.system, got)
		}
	}
}
