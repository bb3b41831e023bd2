package bag_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"juzheng/evidence/bag"
)

// A bundle is sealed, its root goes on paper, and somebody checks it: as it
// is, with what stands on the paper, and after a change.
func Example() {
	dir, err := os.MkdirTemp("", "bag")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	bundle := filepath.Join(dir, "bundle")

	const note = "09:14 missed call\n"
	sums := bag.NewHasher()
	io.WriteString(sums, note)
	sealed := time.Date(2026, 3, 1, 14, 5, 6, 0, time.FixedZone("+08:00", 8*60*60))
	log, err := bag.NextRecord(nil, "seal", "", "me", "example", sealed)
	if err != nil {
		panic(err)
	}
	root, err := bag.Write(bundle, bag.Contents{
		Case: "0192a3b4-c5d6-7e8f-9012-3456789abcde", Time: sealed, Software: "example",
		Entries: []bag.Entry{{
			Path: "data/E001.txt", Number: "E001", Kind: "other", MediaType: "text/plain", OriginalName: "备忘.txt",
			Size: int64(len(note)), Sums: sums.Sums(), Times: []bag.EntryTime{},
		}},
		Open:     func(bag.Entry) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(note)), nil },
		Timeline: []byte("id,time\r\n"), Custody: log,
	})
	if err != nil {
		panic(err)
	}
	onPaper := bag.FormatRoot(root.SHA256)
	fmt.Println("on paper:", len(strings.Fields(onPaper)), "groups of four")

	check := func(opt bag.Options) {
		r, err := bag.Verify(context.Background(), bundle, opt)
		if err != nil {
			panic(err) // it could not be looked at
		}
		fmt.Println(r.Verdict, r.ExitCode())
		for _, p := range r.Problems {
			fmt.Println(" ", p.Code, p.Path)
		}
	}
	check(bag.Options{})
	check(bag.Options{Expect: onPaper})

	file := filepath.Join(bundle, "data", "E001.txt")
	os.Chmod(file, 0o600)
	os.WriteFile(file, []byte("09:15 missed call\n"), 0o600)
	check(bag.Options{Expect: onPaper})
	// Output:
	// on paper: 16 groups of four
	// within-itself 0
	// anchored 0
	// altered 5
	//   E-FILE-MODIFIED data/E001.txt
}
