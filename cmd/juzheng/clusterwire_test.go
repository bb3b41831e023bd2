//go:build cluster && linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"sync"
	"testing"
)

// A wire is between a worker and a server, and can be cut.
type wire struct {
	l   net.Listener
	to  int
	mu  sync.Mutex
	off bool
	all []net.Conn
}

func newWire(t *testing.T, to int) *wire {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{l: l, to: to}
	t.Cleanup(func() { l.Close(); w.cut(true) })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", to))
			w.mu.Lock()
			if w.off || err != nil {
				in.Close()
			} else {
				w.all = append(w.all, in, out)
				go io.Copy(in, out)
				go io.Copy(out, in)
			}
			w.mu.Unlock()
		}
	}()
	return w
}

func (w *wire) url() string { return "nats://" + w.l.Addr().String() }

func (w *wire) cut(off bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.off = off
	for _, c := range w.all {
		c.Close()
	}
	w.all = nil
}

// A hearing is what a program says, read while it still speaks.
type hearing struct {
	mu   sync.Mutex
	said bytes.Buffer
}

func (h *hearing) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.said.Write(p)
}

func (h *hearing) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.said.String()
}
