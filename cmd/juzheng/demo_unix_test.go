//go:build unix

package main

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
	"time"
)

// Two demos by one clock are the same bytes, file by file, wherever they are
// made: the case is invented, and nothing of the computer is in it.
func TestTwoDemosAreAlike(t *testing.T) {
	first, err := theDemo()
	if err != nil {
		t.Fatal(err)
	}
	second := filepath.Join(t.TempDir(), "别处", "另一个")
	var said bytes.Buffer
	code := run(context.Background(), env{
		args:  []string{"demo", second, "--date", "2026-10-08", "--no-input", "--lang", "en"},
		stdin: &said, stdout: &said, stderr: &said,
		getenv: func(string) string { return "" }, now: func() time.Time { return time.Unix(1, 0) },
	})
	if code != exitDone {
		t.Fatalf("exit %d\n%s", code, &said)
	}
	a, b := contentOf(t, first), contentOf(t, second)
	if len(a) != len(b) || len(a) < 100 {
		t.Errorf("%d files, and %d", len(a), len(b))
	}
	for path, content := range a {
		rel, err := filepath.Rel(first, path)
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := b[filepath.Join(second, rel)]; !ok || !bytes.Equal(content, other) {
			t.Errorf("%s differs", rel)
		}
	}
}
