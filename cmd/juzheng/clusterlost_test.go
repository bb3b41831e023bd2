//go:build cluster && linux

package main

import (
	"os"
	"testing"
)

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
