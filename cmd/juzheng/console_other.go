//go:build !windows

package main

// ownConsole reports whether the console was opened for this program alone. Only
// Windows opens one for a program that is double-clicked.
func ownConsole() bool { return false }
