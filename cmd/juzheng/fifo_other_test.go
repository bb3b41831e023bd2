//go:build !unix

package main

import "github.com/rogpeppe/go-internal/testscript"

// Named pipes in the file tree are a matter of Unix; the scripts ask for the
// condition before they use the word.
func cmdFifo(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Fatalf("this system has no named pipes")
}
