package main

import (
	"os/exec"
	"strings"
	"testing"
)

// The notices have a part for each module that the program is built with, and for
// no other. To make one anew, its licence is copied under a line "=== MODULE".
func TestNoticesNameEveryModule(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}",
		".").Output()
	if err != nil {
		t.Fatal(err)
	}
	// these are no modules: files of theirs lie among ours
	built := map[string]bool{"the Go standard library": true, "htmx.org": true, "Unicode CLDR": true}
	for _, m := range strings.Fields(string(out)) {
		built[m] = true
	}
	named := map[string]bool{}
	for line := range strings.Lines(notices) {
		if m, ok := strings.CutPrefix(strings.TrimSpace(line), "=== "); ok {
			named[m] = true
		}
	}
	for m := range built {
		if !named[m] {
			t.Errorf("%s is in the program, and its notice is not", m)
		}
	}
	for m := range named {
		if !built[m] {
			t.Errorf("%s has a notice and is not in the program", m)
		}
	}
}
