package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"juzheng/evidence/lazyregexp"
)

// QueueOptions say what goes to which printer.
type QueueOptions struct {
	File    string
	Printer string // empty: the system's default
	Duplex  bool   // on both sides, long edge
	Paper   Paper  // zero: the printer's own
}

// A Paper is a size in millimetres.
type Paper struct{ Width, Height float64 }

// A Queued is a job that the system's print queue took.
type Queued struct {
	Printer string // which one it is, where the queue said so
	Said    string // by the queue
	Stopped bool   // the printer is: the job waits and will not print by itself
}

// ErrNoPrinting reports a machine without the program that prints, lp.
var ErrNoPrinting = errors.New("this machine has no lp")

// A QueueError reports a job that the queue did not take.
type QueueError struct {
	Printer string
	Err     error // what the queue said
}

func (e *QueueError) Error() string { return fmt.Sprintf("printer %s: %v", e.Printer, e.Err) }
func (e *QueueError) Unwrap() error { return e.Err }

// Queue hands a file to the system's print queue.
func Queue(ctx context.Context, d Desk, o QueueOptions) (Queued, error) {
	lp, err := exec.LookPath("lp")
	if err != nil {
		return Queued{}, ErrNoPrinting
	}
	args := []string{"-t", "juzheng"}
	if o.Printer != "" {
		args = append(args, "-d", o.Printer)
	}
	switch {
	case o.Paper != Paper{}:
		args = append(args, "-o", fmt.Sprintf("media=Custom.%gx%gmm", o.Paper.Width, o.Paper.Height))
	case o.Duplex:
		args = append(args, "-o", "sides=two-sided-long-edge")
	}
	// The path is absolute, so that none is taken for an option.
	path, err := filepath.Abs(o.File)
	if err != nil {
		return Queued{}, err
	}
	cmd := exec.CommandContext(ctx, lp, append(args, path)...)
	cmd.Env = plainSpoken(d.Env)
	out, err := cmd.CombinedOutput()
	q := Queued{Printer: o.Printer, Said: strings.TrimSpace(string(out))}
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = errors.New(q.Said)
		}
		return q, &QueueError{o.Printer, err}
	}
	if m := requestID.FindStringSubmatch(q.Said); m != nil {
		q.Printer = m[1] // which one the default is
	}
	q.Stopped = stopped(ctx, d.Env, q.Printer)
	return q, nil
}

// requestID is what lp(1) says of a job.
var requestID = lazyregexp.New(`request id is (.+)-\d+ `)

// plainSpoken is the environment for programs whose answer is read: they would
// else speak the user's language.
func plainSpoken(env []string) []string {
	if env == nil {
		env = os.Environ()
	}
	return append(env[:len(env):len(env)], "LC_ALL=C", "LANGUAGE=C")
}

// stopped reports whether the system says that a printer is stopped.
func stopped(ctx context.Context, env []string, printer string) bool {
	lpstat, err := exec.LookPath("lpstat")
	if err != nil {
		return false
	}
	cmd := exec.CommandContext(ctx, lpstat, "-p", printer)
	cmd.Env = plainSpoken(env)
	out, err := cmd.Output()
	return err == nil && strings.HasPrefix(string(out), "printer "+printer+" disabled ")
}
