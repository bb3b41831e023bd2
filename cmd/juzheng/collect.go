package main

import (
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

// sparing is set while the page is served: it lies open for hours beside a browser, on
// computers that have little.
var sparing atomic.Bool

// pageAimed is what the page aims at beside the program's own file, of which some 32 MiB
// are read in: the whole is to stay below 60. A case of 1,000 exhibits has 12 MiB in use.
var pageAimed = aim{24 << 20, 4, 3}

// spare has the collector keep the page small, until what it returns is called.
func spare() (end func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	sparing.Store(true)
	before := debug.SetGCPercent(often)
	lift := aimAt(pageAimed)
	return func() {
		lift()
		sparing.Store(false)
		debug.SetGCPercent(before)
	}
}

// An aim is how much memory a job aims to keep to, and over what is in use how much of it
// more it has in any case, as a fraction: to keep to the aim would then be most of the
// work. Pictures come and go faster than a loaded machine collects them, and the limit has
// the collector begin earlier.
type aim struct{ limit, over, under int64 }

var aimed atomic.Pointer[aim] // nil: there is none

// aimAt keeps a job to some bytes as far as that costs little, until what it returns is
// called. Whoever sets GOMEMLIMIT or GOGC decides instead.
func aimAt(a aim) (end func()) {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return func() {}
	}
	aimed.Store(&a)
	before := debug.SetMemoryLimit(a.limit)
	return func() {
		aimed.Store(nil)
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
	if sparing.Load() || live[0].Value.Uint64() > large {
		percent = often
	}
	debug.SetGCPercent(percent)
	if a := aimed.Load(); a != nil {
		debug.SetMemoryLimit(max(a.limit, int64(live[0].Value.Uint64())*a.over/a.under))
	}
	runtime.AddCleanup(&struct{ _ [16]byte }{}, afterCollection, 0)
}
