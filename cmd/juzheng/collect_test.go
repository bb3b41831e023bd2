package main

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestLargeHeapsAreCollectedOften(t *testing.T) {
	t.Setenv("GOGC", "")
	defer debug.SetGCPercent(debug.SetGCPercent(usual))
	collectLargeHeaps()
	held := make([]byte, large)
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		runtime.GC()
		percent := debug.SetGCPercent(usual)
		debug.SetGCPercent(percent)
		if percent == often {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("with %d MiB held it may still grow by %d percent", large>>20, percent)
		}
	}
	runtime.KeepAlive(held)
}

// A job keeps to the memory it aims at, and has more where it holds too much for that.
func TestAimFollowsWhatIsHeld(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	before := debug.SetMemoryLimit(-1)
	holds := make([]byte, 16<<20)
	for _, c := range []struct{ aim, least, most int64 }{{1 << 40, 1 << 40, 1 << 40}, {24 << 20, 32 << 20, 1 << 30}} {
		end := aimAt(aim{c.aim, 2, 1})
		runtime.GC()
		afterCollection(0)
		if got := debug.SetMemoryLimit(-1); got < c.least || got > c.most {
			t.Errorf("aimed at %d: the limit is %d, want %d to %d", c.aim, got, c.least, c.most)
		}
		end()
		if got := debug.SetMemoryLimit(-1); got != before {
			t.Errorf("afterwards the limit is %d, was %d", got, before)
		}
	}
	runtime.KeepAlive(holds)
	t.Setenv("GOGC", "100")
	defer aimAt(aim{1 << 30, 2, 1})()
	if got := debug.SetMemoryLimit(-1); got != before {
		t.Errorf("the limit is %d though GOGC is set", got)
	}
}

// While the page is served the collector comes early, and afterwards as before.
func TestPageSparesMemory(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	defer debug.SetGCPercent(debug.SetGCPercent(usual))
	before := debug.SetMemoryLimit(-1)
	end := spare()
	afterCollection(0)
	limit, percent := debug.SetMemoryLimit(-1), debug.SetGCPercent(often)
	if limit < pageAimed.limit || limit > 1<<30 || percent != often {
		t.Errorf("the limit is %d, and the heap grows by %d percent", limit, percent)
	}
	end()
	if limit, percent := debug.SetMemoryLimit(-1), debug.SetGCPercent(usual); limit != before || percent != usual {
		t.Errorf("afterwards the limit is %d, and the heap grows by %d percent", limit, percent)
	}
}
