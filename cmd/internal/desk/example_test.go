package desk_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/cmd/juzheng/demo"
	"juzheng/evidence"
	"juzheng/evidence/folder"
)

// A case is made of a folder of phone files, and checked. What happens on the
// way comes as notices, what came of it as values; the words are the caller's.
func Example() {
	dir, err := os.MkdirTemp("", "desk")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	phone, kase := filepath.Join(dir, "phone"), filepath.Join(dir, "case")
	if err := demo.Write(phone); err != nil { // invented files
		panic(err)
	}

	ctx := context.Background()
	d := desk.Desk{
		Now:  time.Date(2026, 10, 8, 9, 0, 0, 0, evidence.Beijing),
		Tool: "example 1.0",
		Tell: func(n desk.Notice) {
			if _, ok := n.(desk.Begun); ok {
				fmt.Println("notice:", n.Code())
			}
		},
	}
	if _, err := desk.Init(ctx, d, kase, demo.Case()); err != nil {
		panic(err)
	}
	added, err := desk.Add(ctx, d, kase, desk.AddOptions{Paths: []string{phone}})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%d files: %d exhibits, %d identical, %d not used\n",
		added.Given, len(added.Admitted), len(added.Duplicates), len(added.Unusable))

	checked, err := desk.Check(ctx, d, kase)
	if err != nil {
		panic(err)
	}
	for _, f := range checked.Report.Findings {
		fmt.Println(f.Rule, f.Strength, len(f.Incidents), "incidents")
	}
	for _, s := range checked.Road {
		fmt.Println(s.Order, s.Role, s.Competent)
	}

	// The same as a program reads it.
	lines := checked.Lines()
	fmt.Println(lines[0].Type, "...", lines[len(lines)-1].Type)

	// An error says in its type what a caller can act on.
	_, err = desk.Build(ctx, d, filepath.Join(dir, "nowhere"), desk.BuildOptions{})
	fmt.Println("no case here:", errors.Is(err, folder.ErrNoCase))
	// Output:
	// notice: begun
	// 14 files: 11 exhibits, 1 identical, 2 not used
	// V04 shown 5 incidents
	// V05 shown 2 incidents
	// 1 platform true
	// 1 lender true
	// 2 nifa true
	// 3 forward true
	// 3 regulator true
	// step ... summary
	// no case here: true
}
