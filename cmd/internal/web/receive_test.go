package web

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPlainPath(t *testing.T) {
	for _, c := range []struct {
		path string
		ok   bool
	}{
		{"手机/录音 1.m4a", true},
		{"a/b/c.txt", true},
		{"", false},
		{"/", false},
		{"..", false},
		{"a/../../b", false},
		{"a//b", false},
		{"./a", false},
		{`a\..\b`, false},
		{"a\x00b", false},
		{strings.Repeat("a", maxPath+1), false},
		{strings.Repeat("a/", maxDeep+1) + "b", false},
	} {
		if _, ok := plainPath(c.path); ok != c.ok {
			t.Errorf("%.40q: %v, want %v", c.path, ok, c.ok)
		}
	}
}

// drop begins a folder and returns the address its files are sent to.
func (c *caller) drop(name string) string {
	c.t.Helper()
	status, body := c.do("POST", c.root+"/drop?name="+name, nil, nil)
	var begun struct{ ID string }
	if err := json.Unmarshal([]byte(body), &begun); err != nil || status != http.StatusOK {
		c.t.Fatalf("begin: %d %s", status, body)
	}
	return c.root + "/drop/" + begun.ID
}

// What is dropped stays in its folder: no path leads out of it, nothing is
// written over, a request that breaks off leaves no half file, and nothing more
// is taken when all has come.
func TestDropInBounds(t *testing.T) {
	c := serve(t, "", nil).enter(t)
	at := c.drop("phone")
	put := func(path, body string) int {
		status, _ := c.do("PUT", at+"?modified=1788922800000&path="+path, strings.NewReader(body), nil)
		return status
	}
	for _, path := range []string{"", "..%2Fx", "phone%2F..%2F..%2Fx", "%2Fetc%2Fx", "phone%2F%00", `phone\..\x`} {
		if status := put(path, "x"); path != "%2Fetc%2Fx" && status != http.StatusBadRequest {
			t.Errorf("%q is taken: %d", path, status)
		}
	}
	if status := put("phone%2Fa.txt", "once"); status != http.StatusNoContent {
		t.Fatalf("a plain file: %d", status)
	}
	if status := put("phone%2Fa.txt", "twice"); status == http.StatusNoContent {
		t.Error("a file is written over")
	}
	r, err := http.NewRequest("PUT", at+"?path=phone%2Fhalf", &broken{"begun and "})
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", c.origin)
	if reply, err := c.client.Do(r); err == nil {
		reply.Body.Close()
	}
	time.Sleep(50 * time.Millisecond)
	all, _ := filepath.Glob(filepath.Join(c.home, "scratch", "run-*", "drop-*", "phone", "*"))
	if len(all) != 1 || filepath.Base(all[0]) != "a.txt" {
		t.Fatalf("in the folder are %q", all)
	}
	if data, err := os.ReadFile(all[0]); err != nil || string(data) != "once" {
		t.Errorf("a.txt holds %q, %v", data, err)
	}
	if info, err := os.Stat(all[0]); err != nil || info.ModTime().UnixMilli() != 1788922800000 {
		t.Errorf("a.txt is of %v, %v", info.ModTime(), err)
	}
	status, body := c.do("POST", at+"?missed=2", nil, nil)
	if status != http.StatusOK || !strings.Contains(body, "/found") {
		t.Fatalf("the end: %d %s", status, body)
	}
	var end struct{ Next string }
	if err := json.Unmarshal([]byte(body), &end); err != nil {
		t.Fatal(err)
	}
	for range 200 { // until it is read
		if _, body = c.do("GET", c.origin+end.Next, nil, nil); !strings.Contains(body, "<progress") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if !strings.Contains(body, "拖进来的有2个没有收到") {
		t.Errorf("what did not come is not told:\n%s", body)
	}
	if status := put("phone%2Fb.txt", "late"); status == http.StatusNoContent {
		t.Error("a file is taken after the end")
	}
	if status, _ := c.do("POST", at, nil, nil); status != http.StatusBadRequest {
		t.Errorf("ended twice: %d", status)
	}
	status, _ = c.do("PUT", c.root+"/drop/none?path=a", strings.NewReader("x"), nil)
	if status != http.StatusBadRequest {
		t.Errorf("a folder that was not begun: %d", status)
	}
}

// A broken reader gives some bytes and then fails.
type broken struct{ text string }

func (b *broken) Read(p []byte) (int, error) {
	if b.text == "" {
		return 0, os.ErrClosed
	}
	n := copy(p, b.text)
	b.text = b.text[n:]
	return n, nil
}
