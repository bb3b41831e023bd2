package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// A large heap may grow by half before it is collected: a dump of 150,000
// messages peaks at 384 MiB so, at 568 by Go's own setting, for a quarter more
// work. A memory limit, which an earlier release set while adding, saved another
// 96 MiB and took nearly three times the work. Half from the start on gave the
// build of a small case nearly twice the work, for 10 MiB.
const (
	large = 32 << 20 // bytes that are in use
	often = 50       // percent
	usual = 100
)

// aimed is how much memory a job aims to keep to; 0: it does not. Pictures come and go
// faster than a loaded machine collects them, and the limit has the collector begin
// earlier. Where what is in use takes half of it, it is lifted: to keep to it would be most
// of the work.
var aimed atomic.Int64

// aimAt keeps a job to some bytes as far as that costs little, until what it returns is
// called. Whoever sets GOMEMLIMIT or GOGC decides instead.
func aimAt(limit int64) (end func()) {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return func() {}
	}
	aimed.Store(limit)
	before := debug.SetMemoryLimit(limit)
	return func() {
		aimed.Store(0)
		debug.SetMemoryLimit(before)
	}
}

// collectLargeHeaps has the collector spare memory once there is much of it.
// Whoever sets GOGC decides instead.
func collectLargeHeaps() {
	if os.Getenv("GOGC") == "" {
		afterCollection(0)
	}
}

// afterCollection sets how far the heap may grow, and runs again when the next
// collection finds that nothing holds what is made here.
func afterCollection(int) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	percent := usual
	if live[0].Value.Uint64() > large {
		percent = often
	}
	debug.SetGCPercent(percent)
	if aim := aimed.Load(); aim > 0 {
		if 2*live[0].Value.Uint64() > uint64(aim) {
			aim = math.MaxInt64
		}
		debug.SetMemoryLimit(aim)
	}
	runtime.AddCleanup(&struct{ _ [16]byte }{}, afterCollection, 0)
}
