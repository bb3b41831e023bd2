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
	"syscall"
	"time"

	"juzheng/evidence/intake/pdf"
)

func main() {
	if pdf.IsChild(os.Args) { // this program, started by itself
		os.Exit(pdf.Main(os.Args, os.Stdin, os.Stdout))
	}
	collectLargeHeaps()
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
