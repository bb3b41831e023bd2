package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
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
	runtime.AddCleanup(&struct{ _ [16]byte }{}, afterCollection, 0)
}
