package pdf

import (
	"bytes"
	"os"
	"strings"
	"syscall"
	"testing"
)

// What makes PDFium ask for all it may have takes no more of the computer: what it has
// does not move when it grows.
func TestMemoryDoesNotMove(t *testing.T) {
	if os.Getenv("JUZHENG_SLOW") != "1" {
		t.Skip("JUZHENG_SLOW is not set: it takes 5 s of work")
	}
	data := file(sheet{595, 842, 0, strings.Repeat("q 0 0 m 1 1 l S Q\n", 1<<20)})
	_, err := program(t).Read(t.Context(), bytes.NewReader(data), int64(len(data)), func(Page) error { return nil })
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage); err != nil {
		t.Fatal(err)
	}
	if most := int64(memory>>10 + 128<<10); usage.Maxrss > most {
		t.Errorf("%d KB of memory, more than %d", usage.Maxrss, most)
	}
	t.Logf("%d KB: %v", usage.Maxrss, err)
}
