package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
)

// An older is a bundle that another one names as replaced.
type older struct {
	Root    string      `json:"root"`
	Path    string      `json:"path,omitempty"` // empty: it is not there
	Sealed  string      `json:"sealed,omitempty"`
	Verdict bag.Verdict `json:"verdict,omitempty"`
	Codes   []string    `json:"codes,omitempty"` // of what is wrong

	exit int
}

// history follows the chain of seals of a case from its bundle back to the
// first. Each is held to the root that the next one names, and the log after
// it to the end that the next seal recorded.
func history(ctx context.Context, dir string, r *bag.Result, opt bag.Options) ([]older, error) {
	var chain []older
	seen := map[string]bool{r.Root.SHA256: true}
	for r.Older != "" && !seen[r.Older] {
		seen[r.Older] = true
		o := older{Root: r.Older, Path: supersededPath(dir, r.Older), exit: exitPartial}
		if o.Path == "" {
			return append(chain, o), nil
		}
		opt := opt
		opt.Expect, opt.ExpectAfter, opt.RequireAnchor = r.Older, closedAt(r.Custody), false
		next, err := bag.Verify(ctx, o.Path, opt)
		if err != nil {
			return nil, err
		}
		o.Verdict, o.Sealed, o.exit = next.Verdict, next.Sealed, next.ExitCode()
		for _, p := range next.Problems {
			if p.Severity != bag.Warning && p.Severity != bag.Note {
				o.Codes = append(o.Codes, p.Code)
			}
		}
		chain, r = append(chain, o), next
	}
	return chain, nil
}

// closedAt is the end of the log after the older bundle, as the seal that
// replaced it recorded it.
func closedAt(custody []bag.Record) string {
	for i := len(custody) - 1; i >= 0; i-- {
		if custody[i].Event != "seal" {
			continue
		}
		for _, part := range strings.Fields(custody[i].Detail) {
			if head, ok := strings.CutPrefix(part, "after="); ok {
				head, _, _ = strings.Cut(head, ":")
				return head
			}
		}
		return ""
	}
	return ""
}

// supersededPath finds the bundle with a root among those kept in a case.
func supersededPath(dir, root string) string {
	if len(root) != 64 {
		return ""
	}
	kept, err := filepath.Glob(filepath.Join(disk.QuoteGlob(dir), folder.SupersededDir, root[:16]+"*", folder.BundleDir))
	if err != nil {
		return ""
	}
	for _, path := range kept {
		if r, err := bag.ReadRoot(path); err == nil && r.SHA256 == root && !strings.Contains(filepath.Base(filepath.Dir(path)), "damaged") {
			return path
		}
	}
	return ""
}

// tellHistory reports the older seals of a case and returns the exit code:
// the worst of theirs and of the newest bundle's.
func tellHistory(ctx context.Context, e *env, dir string, r *bag.Result, opt bag.Options) (int, error) {
	chain, err := history(ctx, dir, r, opt)
	if err != nil {
		return 0, err
	}
	found := map[int]bool{r.ExitCode(): true}
	for _, o := range chain {
		found[o.exit] = true
		if e.json {
			if err := emit(e.stdout, "superseded", o); err != nil {
				return 0, err
			}
		}
	}
	if !e.json {
		writeHistory(e.stdout, chain, e.lang)
	}
	for _, code := range []int{exitRefused, exitAltered, exitBadSeal, exitPartial, exitNoAnchor} {
		if found[code] {
			return code, nil
		}
	}
	return exitDone, nil
}

func writeHistory(w io.Writer, chain []older, lang string) {
	fmt.Fprintf(w, text{"以前的封存（%d 份）：\n", "older seals (%d):\n"}.In(lang), len(chain))
	var rows [][]string
	for _, o := range chain {
		result := text{"不在案件夹里", "not in the case folder"}.In(lang)
		switch {
		case o.exit == exitDone:
			result = text{"完好", "intact"}.In(lang)
		case o.Path != "":
			result = verdictText(&bag.Result{Verdict: o.Verdict}).In(lang) + " " + strings.Join(o.Codes, " ")
		}
		rows = append(rows, []string{"  " + bag.FormatRoot(visible(o.Root)[:min(16, len(visible(o.Root)))]), visible(o.Sealed), result})
	}
	fmt.Fprint(w, columns(rows))
}
