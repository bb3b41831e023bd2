package desk

import (
	"context"
	"path/filepath"
	"strings"

	"juzheng/evidence/bag"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
)

// A Superseded is a bundle that another one names as replaced.
type Superseded struct {
	Root    string      `json:"root"`
	Path    string      `json:"path,omitempty"` // empty: it is not there
	Sealed  string      `json:"sealed,omitempty"`
	Verdict bag.Verdict `json:"verdict,omitempty"`
	Codes   []string    `json:"codes,omitempty"` // of what is wrong

	Result *bag.Result `json:"-"` // nil: it is not there
}

// superseded follows the chain of seals of a case from its bundle back to the
// first. Each is held to the root that the next one names, and the log after
// it to the end that the next seal recorded.
func superseded(ctx context.Context, dir string, r *bag.Result, opt bag.Options) ([]Superseded, error) {
	var chain []Superseded
	seen := map[string]bool{r.Root.SHA256: true}
	for r.Older != "" && !seen[r.Older] {
		seen[r.Older] = true
		o := Superseded{Root: r.Older, Path: supersededPath(dir, r.Older)}
		if o.Path == "" {
			return append(chain, o), nil
		}
		opt := opt
		opt.Expect, opt.ExpectAfter, opt.RequireAnchor, opt.Older = r.Older, closedAt(r.Custody), false, true
		next, err := bag.Verify(ctx, o.Path, opt)
		if err != nil {
			return nil, err
		}
		o.Verdict, o.Sealed, o.Result = next.Verdict, next.Sealed, next
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
	pattern := filepath.Join(disk.QuoteGlob(dir), folder.SupersededDir, root[:16]+"*", folder.BundleDir)
	kept, err := filepath.Glob(pattern)
	if err != nil {
		return ""
	}
	for _, path := range kept {
		damaged := strings.Contains(filepath.Base(filepath.Dir(path)), "damaged")
		if r, err := bag.ReadRoot(path); err == nil && r.SHA256 == root && !damaged {
			return path
		}
	}
	return ""
}
