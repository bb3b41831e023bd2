//go:build cluster && linux

package main

import (
	"os"
	"strings"
	"testing"
)

// A server that is gone for a while, with a case that waits at it: that is told once, nobody
// gives up, and when it is back each case is done.
func TestClusterServersGone(t *testing.T) {
	const cases = 3
	c := newCluster(t, 1, cases)
	c.ends(c.batch("--do", "add"), 0)
	b := c.batch("--do", "check,build", "--to", "platform", "--jobs", "1")
	c.until("a case waits", func() bool { return c.states("queued") == 1 })
	c.servers[0].Shutdown()
	c.servers[0].WaitForShutdown()
	c.until("that is told", func() bool { return strings.Contains(b.said.String(), "服务器没有回音") })
	c.start(0)
	c.worker(c.url())
	c.ends(b, 0, `"failed":0`, "服务器又有回音了")
	onceEach(t, c.dir, cases, true)
	if said := b.said.String(); strings.Contains(said, "nats:") || strings.Count(said, "服务器没有回音") > 1 {
		t.Errorf("the batch said:\n%s", said)
	}
}

// A server that begins anew on an empty disk while cases wait at it, and of which a
// worker learns only then: each is sent once more, and done once.
func TestClusterStoreLost(t *testing.T) {
	const cases = 2
	c := newCluster(t, 1, cases)
	c.ends(c.batch("--do", "add"), 0)
	b := c.batch("--do", "check,build", "--to", "platform")
	c.until("the cases wait", func() bool { return c.states("queued") == cases })
	c.servers[0].Shutdown()
	c.servers[0].WaitForShutdown()
	if err := os.RemoveAll(c.options[0].StoreDir); err != nil {
		t.Fatal(err)
	}
	c.start(0)
	c.worker(c.url())
	c.ends(b, 0, `"failed":0`)
	onceEach(t, c.dir, cases, true)
}
