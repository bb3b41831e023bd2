package main

import (
	"math"
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

// A job keeps to the memory it aims at, and is let go where it holds too much for that.
func TestAimIsLifted(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	before := debug.SetMemoryLimit(-1)
	holds := make([]byte, 16<<20)
	for _, c := range []struct{ aim, want int64 }{{1 << 40, 1 << 40}, {24 << 20, math.MaxInt64}} {
		end := aimAt(c.aim)
		runtime.GC()
		afterCollection(0)
		if got := debug.SetMemoryLimit(-1); got != c.want {
			t.Errorf("aimed at %d: the limit is %d, want %d", c.aim, got, c.want)
		}
		end()
		if got := debug.SetMemoryLimit(-1); got != before {
			t.Errorf("afterwards the limit is %d, was %d", got, before)
		}
	}
	runtime.KeepAlive(holds)
	t.Setenv("GOGC", "100")
	defer aimAt(1 << 30)()
	if got := debug.SetMemoryLimit(-1); got != before {
		t.Errorf("the limit is %d though GOGC is set", got)
	}
}
