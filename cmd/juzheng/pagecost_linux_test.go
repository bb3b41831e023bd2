package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// pageBar is how much memory the page may take while 1,000 exhibits are looked at. Of the
// program's file some 33 MiB of it are read in; the program of these tests has the tests
// in it as well, and is held to the rest.
const (
	pageBar = 60 << 20
	pageOwn = pageBar - 33<<20
)

// A page that lies open beside a browser stays small: every screen of a case of 1,000
// screenshots is looked at twice, each picture by six at a time as browsers fetch them.
func TestPageOfThousandPicturesIsSmall(t *testing.T) {
	const pictures = 1000
	home := t.TempDir()
	phone, kase := filepath.Join(home, "phone"), filepath.Join(home, "case")
	if err := os.Mkdir(phone, 0o700); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for n := range pictures {
		at = at.Add(97 * time.Minute)
		name := filepath.Join(phone, "Screenshot_"+at.Format("20060102-150405")+"_com.tencent.mm.jpg")
		if err := os.WriteFile(name, speckled(t, n), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path, err := exec.LookPath("juzheng")
	if err != nil {
		t.Fatal(err)
	}
	released := os.Getenv("JUZHENG_SLOW") == "1"
	if released {
		path = filepath.Join(home, "released")
		build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=")
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	program := func(args ...string) *exec.Cmd {
		c := exec.Command(path, append(args, "--no-input")...)
		// Memory counts as it is used by default, whatever CI asks of the collector.
		c.Env = append(os.Environ(), "GOGC=", "GOMEMLIMIT=", "HOME="+home, "XDG_CACHE_HOME="+filepath.Join(home, "cache"))
		return c
	}
	for _, args := range [][]string{{"init", kase}, {"add", kase, phone}} {
		if out, err := program(args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%.2000s", args[0], err, out)
		}
	}
	ui := program("ui", kase, "--no-open")
	said, err := ui.StdoutPipe()
	if err == nil {
		err = ui.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer ui.Wait()
	defer ui.Process.Kill()
	address, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar}
	get := func(url string) string {
		r, err := http.NewRequest("GET", url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		reply, err := client.Do(r)
		if err != nil {
			t.Error(err)
			return ""
		}
		defer reply.Body.Close()
		if reply.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", url, reply.Status)
		}
		if !strings.HasPrefix(reply.Header.Get("Content-Type"), "text/html") {
			io.Copy(io.Discard, reply.Body)
			return ""
		}
		body, _ := io.ReadAll(reply.Body)
		return string(body)
	}
	origin, _, _ := strings.Cut(address, "/enter")
	led := regexp.MustCompile(`url=([^"]*/c/[^/"]*)/`).FindStringSubmatch(get(strings.TrimSpace(address)))
	if led == nil {
		t.Fatal("the page did not begin with the case")
	}
	base := origin + led[1]
	look := func(addresses []string) {
		var six sync.WaitGroup
		for k := range 6 {
			six.Go(func() {
				for n := k; n < len(addresses); n += 6 {
					get(addresses[n])
				}
			})
		}
		six.Wait()
	}
	ended, mostOwn := make(chan bool), make(chan int)
	go func() { // the system keeps the most of all, and not of what is the process's own
		most := 0
		for {
			select {
			case <-ended:
				mostOwn <- most
				return
			case <-time.After(5 * time.Millisecond):
				if m, err := memoryOf(ui.Process.Pid); err == nil {
					most = max(most, m.own)
				}
			}
		}
	}()
	memory := func() memory {
		m, err := memoryOf(ui.Process.Pid)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	var all []string
	for n := 1; n <= pictures; n++ {
		all = append(all, fmt.Sprintf("%s/exhibit/E%03d", base, n))
	}
	shown := regexp.MustCompile(`(?:src|href)="([^"]*/(?:exhibit/|listen\?|cover\?)[^"#]*)"`)
	seen := 0
	for range 2 {
		for _, screen := range []string{"found", "loan", "callers", "listen", "result", "cover", "letters", "hand"} {
			var more, exhibits []string
			for _, m := range shown.FindAllStringSubmatch(get(base+"/"+screen), -1) {
				at := origin + strings.ReplaceAll(m[1], "&amp;", "&")
				if strings.Contains(at, "/exhibit/") {
					exhibits = append(exhibits, at)
				} else if len(more) < 20 {
					more = append(more, at)
				}
			}
			seen += len(exhibits)
			look(append(more, exhibits...))
			t.Logf("%-8s %2d more, %4d pictures: %s", screen, len(more), len(exhibits), memory())
		}
		look(all)
		t.Logf("each picture: %s", memory())
	}
	close(ended)
	if seen < pictures {
		t.Errorf("only %d pictures on the screens", seen)
	}
	m, own := memory(), <-mostOwn
	t.Logf("%.1f MiB of its own at most", float64(own)/(1<<20))
	if own > pageOwn || released && m.most > pageBar {
		t.Errorf("it took %s, %.1f of its own, wanted %d and %d MiB", m, float64(own)/(1<<20), pageBar>>20, pageOwn>>20)
	}
}

// speckled is a picture that is like no other, of few bytes.
func speckled(t *testing.T, n int) []byte {
	img := image.NewGray(image.Rect(0, 0, 90, 160))
	var seed [8]byte
	binary.LittleEndian.PutUint64(seed[:], uint64(n+1)*0x9E3779B97F4A7C15)
	for y := range 160 {
		for x := range 90 {
			img.SetGray(x, y, color.Gray{seed[(x/23+y/20*4)%8]})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(&b, n)
	return b.Bytes()
}

// A memory is what a process takes, in bytes: most of all so far, of its own, and of files.
type memory struct{ most, own, files int }

func (m memory) String() string {
	return fmt.Sprintf("at most %.1f MiB; now %.1f and %.1f of files", float64(m.most)/(1<<20), float64(m.own)/(1<<20),
		float64(m.files)/(1<<20))
}

func memoryOf(pid int) (m memory, err error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return m, err
	}
	for _, line := range strings.Split(string(data), "\n") {
		name, rest, _ := strings.Cut(line, ":")
		to := map[string]*int{"VmHWM": &m.most, "RssAnon": &m.own, "RssFile": &m.files}[name]
		if to == nil {
			continue
		}
		if *to, err = strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB")); err != nil {
			return m, err
		}
		*to <<= 10
	}
	return m, nil
}
