package desk

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// A NoViewerError reports a machine on which nothing opens files.
type NoViewerError struct {
	Path string // of the file, to be opened by hand
	Err  error
}

func (e *NoViewerError) Error() string { return fmt.Sprintf("open %s: %v", e.Path, e.Err) }
func (e *NoViewerError) Unwrap() error { return e.Err }

// Show opens an exhibit in the program that the system has for its kind, and
// does not wait for it. The file stays in its place, read-only; its path is
// handed over as it is, by no shell.
func Show(ctx context.Context, d Desk, dir, exhibit string) error {
	f, err := d.open(dir)
	if err != nil {
		return err
	}
	r, err := f.Register()
	if err != nil {
		return err
	}
	x, ok := r.Lookup(exhibit)
	if !ok {
		return fmt.Errorf("no exhibit %s", exhibit)
	}
	path, err := f.ExhibitPath(x)
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		return err
	}
	return Browse(path)
}

// Browse opens a file in the program that the system has for its kind, and does
// not wait for it.
func Browse(path string) error {
	name, args := opener(runtime.GOOS, path)
	program, err := exec.LookPath(name)
	if err != nil {
		return &NoViewerError{path, err}
	}
	cmd := exec.Command(program, args...)
	if err := cmd.Start(); err != nil {
		return &NoViewerError{path, err}
	}
	go cmd.Wait() // so that nothing of it is left over
	return nil
}

// Installed is where the system finds a program by its name; empty: nowhere.
func Installed(name string) string {
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return path
}

// Page shows a text in a pager, and waits until the person leaves it. The command is
// one of the shell, as PAGER holds it. Where less is told nothing else, it ends by
// itself with a text of one screen (F), shows colours (R) and leaves what was read on
// the screen (X). It writes to out and errs, and has the environment env.
func Page(ctx context.Context, command, text string, out, errs io.Writer, env []string) error {
	name, args := "sh", []string{"-c", command}
	if runtime.GOOS == "windows" {
		words := strings.Fields(command)
		name, args = words[0], words[1:]
	}
	pager := exec.CommandContext(ctx, name, args...)
	pager.Cancel = func() error { return nil } // Ctrl-C is the pager's own key
	pager.Stdin, pager.Stdout, pager.Stderr = strings.NewReader(text), out, errs
	pager.Env = env
	// Our words are UTF-8 whatever the locale: without the second, less shows bytes.
	for name, value := range map[string]string{"LESS": "FRX", "LESSCHARSET": "utf-8"} {
		if !slices.ContainsFunc(env, func(v string) bool { return strings.HasPrefix(v, name+"=") && v != name+"=" }) {
			pager.Env = append(pager.Env, name+"="+value)
		}
	}
	if err := pager.Start(); err != nil {
		return err
	}
	pager.Wait() // left early, it reads no further: that is no fault
	return nil
}

// opener is the program of a system that opens a file by its kind. On Windows
// start is a word of the shell, and this is what it calls.
func opener(system, path string) (string, []string) {
	switch system {
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler", path}
	case "darwin":
		return "open", []string{path}
	}
	return "xdg-open", []string{path}
}
