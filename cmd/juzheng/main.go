// Command juzheng (举证) turns what a harassed borrower has on the phone into
// a sealed evidence bundle that anyone can check, and into complaint letters
// for the platform, the internet finance association and the regulator.
//
// This package holds the commands (one file each), the words for the user in
// Chinese and English, and the exit codes. What the commands do is in the
// packages below evidence and templates.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
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
