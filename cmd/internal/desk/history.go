package desk

import (
	"context"
	"os"
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
// first. Each is held to the digest that the next one names, and a log after it
// to the end that the next seal recorded. Bundles of format 1 name the one
// before themselves; of later ones the log of the case does.
func superseded(ctx context.Context, dir string, r *bag.Result, opt bag.Options) ([]Superseded, error) {
	named, err := supersededBy(dir)
	if err != nil {
		return nil, err
	}
	var chain []Superseded
	seen := map[string]bool{r.Root.Copy.SHA256: true}
	for {
		older, after := r.Older, closedAt(r.Custody)
		if r.Root.Format == 2 {
			older, after = named[r.Root.Copy.SHA256].root, named[r.Root.Copy.SHA256].after
		}
		if older == "" || seen[older] {
			return chain, nil
		}
		seen[older] = true
		o := Superseded{Root: older, Path: supersededPath(dir, older)}
		if o.Path == "" {
			return append(chain, o), nil
		}
		opt := opt
		opt.Expect, opt.ExpectCopy, opt.ExpectAfter, opt.RequireAnchor, opt.Older = older, "", after, false, true
		if root, err := bag.ReadRoot(o.Path); err == nil && root.Format == 2 {
			o.Root, opt.Expect, opt.ExpectCopy, opt.ExpectAfter = root.SHA256, "", older, ""
		}
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
}

// An olderSeal is what a seal says of the one before it: the digest of its root
// document, and where a log after it ended.
type olderSeal struct{ root, after string }

// supersededBy reads the log of a case for what each of its bundles took the
// place of, by the digest of the bundle's root document.
func supersededBy(dir string) (map[string]olderSeal, error) {
	log, err := os.ReadFile(filepath.Join(dir, folder.CustodyFile))
	if err != nil {
		return nil, err
	}
	records, _ := bag.CheckCustody(log) // what does not hold is told of each bundle
	out := map[string]olderSeal{}
	var last olderSeal
	for _, r := range records {
		switch r.Event {
		case "seal":
			last = olderSeal{}
			for _, part := range strings.Fields(r.Detail) {
				if root, ok := strings.CutPrefix(part, "supersedes="); ok {
					last.root = root
				}
				if head, ok := strings.CutPrefix(part, "after="); ok {
					last.after, _, _ = strings.Cut(head, ":")
				}
			}
		case "note":
			if root, ok := strings.CutPrefix(r.Detail, "root="); ok {
				out[root] = last
			}
		}
	}
	return out, nil
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

// supersededPath finds the bundle whose root document has a digest among those
// kept in a case.
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
		if r, err := bag.ReadRoot(path); err == nil && r.Copy.SHA256 == root && !damaged {
			return path
		}
	}
	return ""
}
