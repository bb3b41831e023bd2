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
	"bufio"
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
	own, args, restore := ownConsole(), commandLine(), useConsole()
	code := run(ctx, env{
		args:   args,
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		getenv: os.Getenv,
		now:    time.Now,

		clicked: own || len(args) == 0 && unseen([]*os.File{os.Stdin, os.Stdout, os.Stderr}, os.Getenv),
	})
	stop()
	if own { // the window must not close before it was read
		os.Stderr.WriteString("\n按回车键关闭这个窗口。 Press Enter to close this window.")
		bufio.NewReader(os.Stdin).ReadString('\n')
	}
	restore()
	os.Exit(code)
}
