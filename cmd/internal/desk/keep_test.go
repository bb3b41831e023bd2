package desk_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/disk"
)

// What a lock or a copy that was killed left half made beside the case or on the stick,
// and that is as large as the case, the next run on the case takes away; another's, of
// whatever name, it leaves.
func TestKilledKeepIsSwept(t *testing.T) {
	for name, keep := range map[string]func(ctx context.Context, d desk.Desk, dir, stick string) error{
		"lock": func(ctx context.Context, d desk.Desk, dir, _ string) error {
			_, err := desk.LockCase(ctx, d, dir, []byte("correct horse battery"))
			return err
		},
		"copy": func(ctx context.Context, d desk.Desk, dir, stick string) error {
			_, err := desk.CopyCase(ctx, d, dir, stick)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			d, dir := sheetCase(t)
			stick := t.TempDir()
			partial := func() (out []string) {
				for _, in := range []string{filepath.Dir(dir), stick} {
					found, err := filepath.Glob(filepath.Join(disk.QuoteGlob(in), ".*"+disk.Partial))
					if err != nil {
						t.Fatal(err)
					}
					out = append(out, found...)
				}
				return out
			}
			note := filepath.Join(dir, ".outside")
			var left []string
			var noted []byte
			ctx, kill := context.WithCancel(t.Context())
			killed := d
			killed.Tell = func(n desk.Notice) {
				if _, ok := n.(desk.Progress); ok && left == nil {
					left = partial()
					noted, _ = os.ReadFile(note)
					kill()
				}
			}
			if err := keep(ctx, killed, dir, stick); !errors.Is(err, context.Canceled) || len(left) != 1 || noted == nil {
				t.Fatalf("%v, half made %q, noted %q", err, left, noted)
			}
			if still := partial(); len(still) > 0 {
				t.Errorf("stopped, and left %q", still)
			}
			// A killed run leaves both behind.
			other := filepath.Join(filepath.Dir(left[0]), ".another.case.age.1"+disk.Partial)
			for path, data := range map[string][]byte{left[0]: []byte("half"), note: noted, other: nil} {
				if err := os.WriteFile(path, data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := keep(t.Context(), d, dir, stick); err != nil {
				t.Fatal(err)
			}
			if still := partial(); len(still) != 1 || still[0] != other {
				t.Errorf("left %q, want %q alone", still, other)
			}
		})
	}
}
