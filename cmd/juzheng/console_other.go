//go:build !windows

package main

import (
	"os"

	"golang.org/x/term"
)

// ownConsole reports whether the console was opened for this program alone. Only
// Windows opens one for a program that is double-clicked.
func ownConsole() bool { return false }

// unseen reports that the program was started from a desktop, where nobody sees what
// it says: a graphical session is there, and none of its files is a terminal, a file
// or a pipe of somebody's.
func unseen(files []*os.File, getenv func(string) string) bool {
	if getenv("DISPLAY") == "" && getenv("WAYLAND_DISPLAY") == "" {
		return false
	}
	for n, f := range files {
		info, err := f.Stat()
		if err != nil {
			continue // closed
		}
		null := info.Mode()&os.ModeCharDevice != 0 && !term.IsTerminal(int(f.Fd()))
		journal := n > 0 && info.Mode()&os.ModeSocket != 0
		if !null && !journal {
			return false
		}
	}
	return true
}

func shellAtHand() shell { return posix }

// commandLine is what the program was given to do.
func commandLine() []string { return os.Args[1:] }

// useConsole makes a console ready for what the program says, and gives what puts it
// back. Others than those of Windows are.
func useConsole() (restore func()) { return func() {} }
