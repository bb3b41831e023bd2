package folder_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// A case is made, a file is taken in, a row of the timeline names it, and the bundle is sealed.
// Whoever writes holds the lock.
func Example() {
	dir, err := os.MkdirTemp("", "folder")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "通话录音.txt")
	if err := os.WriteFile(path, []byte("今天不还，就去你单位"), 0o600); err != nil {
		panic(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		panic(err)
	}

	now := time.Date(2026, 10, 8, 9, 0, 0, 0, evidence.Beijing)
	c := evidence.Case{ID: "0197a1b2-0000-7000-8000-000000000001",
		Complainant: evidence.Complainant{Name: "许静怡", Kind: evidence.Borrower}}
	f, err := folder.Init(filepath.Join(dir, "case"), c, now, "example 1.0")
	if err != nil {
		panic(err)
	}
	unlock, err := f.Lock(now)
	if err != nil {
		panic(err)
	}
	defer unlock()

	ctx := context.Background()
	src := folder.Source{Path: path, Below: info.Name(), Info: info,
		Open: func() (io.ReadCloser, error) { return os.Open(path) }}
	x, _, err := f.Admit(ctx, src, evidence.Exhibit{Kind: evidence.Transcript, OriginalName: info.Name()}, ".txt", now)
	if err != nil {
		panic(err)
	}
	rows, err := f.AppendIncidents([]evidence.Incident{{Kind: evidence.Call, Direction: evidence.In,
		Exhibits: []string{x.Number}}}, now)
	if err != nil {
		panic(err)
	}
	fmt.Println(x.Number, x.OriginalName, "for", rows[0].ID)

	_, fresh, err := f.Seal(ctx, now)
	fmt.Println("sealed:", fresh, err)
	_, fresh, err = f.Seal(ctx, now) // as it stands already
	fmt.Println("sealed anew:", fresh, err)
	// Output:
	// E001 通话录音.txt for T001
	// sealed: true <nil>
	// sealed anew: false <nil>
}
