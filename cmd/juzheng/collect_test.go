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
