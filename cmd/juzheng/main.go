// Command juzheng (举证) turns what a harassed borrower has on the phone into
// a sealed evidence bundle that anyone can check, and into complaint letters
// for the platform, the internet finance association and the regulator.
//
// This package holds the commands (one file each), the words for the user in
// Chinese and English, and the exit codes. What the commands do is in package
// desk, over the packages below evidence and templates: run (run.go) finds the
// command, report (exit.go) ends it.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"juzheng/evidence/intake/pdf"
)

func main() {
	if pdf.IsChild(os.Args) { // this program, started by itself
		os.Exit(pdf.Main(os.Args, os.Stdin, os.Stdout))
	}
	// A dump of 150,000 messages peaks at 384 MiB so, at 568 by Go's own
	// setting, for a quarter more work. A memory limit, which an earlier release
	// set while adding, saved another 96 MiB and took nearly three times the work.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, env{
		args:   os.Args[1:],
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		getenv: os.Getenv,
		now:    time.Now,
	})
	stop()
	os.Exit(code)
}
