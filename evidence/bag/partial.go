package bag

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"juzheng/evidence/bag/commit"
	"juzheng/evidence/disk"
)

// Entries reads what the bundle folder dir says of its files: in evidence.json,
// or in format 2 in openings and records. It checks nothing else: see [Verify].
func Entries(dir string) ([]Entry, error) {
	if _, err := os.Lstat(filepath.Join(dir, listName)); err == nil {
		return openedEntries(dir)
	}
	text, err := os.ReadFile(filepath.Join(dir, evidenceName))
	if err != nil {
		return nil, err
	}
	e, err := parseEvidence(text, DefaultLimits.Depth, valuesPerFile*DefaultLimits.Entries)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", evidenceName, err)
	}
	return e.Files, nil
}

func openedEntries(dir string) ([]Entry, error) {
	names, err := filepath.Glob(filepath.Join(disk.QuoteGlob(dir), openingsDir, "*.txt"))
	if err != nil {
		return nil, err
	}
	var out []Entry
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		o, err := commit.ParseOpening(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
		e := Entry{Path: o.Data, Number: o.Number, Size: o.Size, Sums: Sums{o.SHA256, o.SM3}}
		record, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(commit.RecordPath(o.Number))))
		if err == nil {
			r, err := parseExhibitRecord(record)
			if err != nil {
				return nil, fmt.Errorf("record of %s: %w", o.Number, err)
			}
			e = entryOfRecord(o, r)
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Entry) int {
		return cmp.Or(len(a.Number)-len(b.Number),
			strings.Compare(a.Number, b.Number))
	})
	return out, nil
}

// WriteCopy copies the bundle folder src to dst, a folder that must not exist,
// without the payload files of withheld ("data/E001.m4a") but with everything
// that lists or vouches for all of them. What is left out is declared in
// seal/withheld.txt; the root does not change. Before dst gets its name the
// copy is verified to have that root; after a failure nothing is left.
func WriteCopy(ctx context.Context, dst, src string, withheld []string, root string) error {
	err := build(dst, func(partial string) error {
		// A copy lies outside the case folder, which is its owner's alone.
		if err := os.Chmod(partial, 0o700); err != nil {
			return err
		}
		if err := copyTree(ctx, partial, src, withheld); err != nil {
			return err
		}
		if len(withheld) > 0 {
			if err := writeFile(filepath.Join(partial, SealDir, SealWithheld), withheldList(withheld)); err != nil {
				return err
			}
		}
		return checkCopy(ctx, partial, len(withheld), root)
	})
	if err != nil {
		return fmt.Errorf("copy the bundle: %w", err)
	}
	return nil
}

// WriteZipCopy does what [WriteCopy] does, as a zip with the one top folder
// bundle. T is the time of its entries.
func WriteZipCopy(ctx context.Context, dst, src string, withheld []string, root string, t time.Time) error {
	dst = filepath.Clean(dst)
	if _, err := os.Lstat(dst); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = fs.ErrExist
		}
		return fmt.Errorf("copy the bundle: %s: %w", dst, err)
	}
	aside, err := disk.AsideDir(dst)
	if err != nil {
		return fmt.Errorf("copy the bundle: %w", err)
	}
	defer os.RemoveAll(aside)
	folder, zip := filepath.Join(aside, "bundle"), filepath.Join(aside, "bundle.zip")
	if err := WriteCopy(ctx, folder, src, withheld, root); err != nil {
		return err
	}
	f, err := os.OpenFile(zip, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("copy the bundle: %w", err)
	}
	err = WriteZip(f, folder, t)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = checkCopy(ctx, zip, len(withheld), root)
	}
	if err == nil {
		err = disk.Rename(zip, dst)
	}
	if err != nil {
		return fmt.Errorf("copy the bundle: %w", err)
	}
	return disk.SyncDir(filepath.Dir(dst))
}

// checkCopy reads a copy again: it must have the root, and lack what it
// declares and nothing else.
func checkCopy(ctx context.Context, path string, withheld int, root string) error {
	res, err := Verify(ctx, path, Options{Expect: root})
	if err != nil {
		return err
	}
	for _, p := range res.Problems {
		if p.Severity == Refused || p.Severity == Altered || p.Severity == Unchecked && !inSeal(p.Path) {
			return fmt.Errorf("the copy is not the bundle: %s %s: %s", p.Code, p.Path, p.Detail.EN)
		}
	}
	if res.Counts.Withheld != withheld {
		return fmt.Errorf("the copy lacks %d files, not %d", res.Counts.Withheld, withheld)
	}
	return nil
}

func copyTree(ctx context.Context, dst, src string, leave []string) error {
	tree, err := openFolder(src)
	if err != nil {
		return err
	}
	defer tree.close()
	nodes, bad, err := tree.list(DefaultLimits.Entries)
	if err != nil {
		return err
	}
	if len(bad) > 0 {
		return fmt.Errorf("%s: %w", bad[0].path, bad[0].err)
	}
	for _, n := range nodes {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := filepath.Join(dst, filepath.FromSlash(n.path))
		switch {
		case n.kind == directory:
			err = os.MkdirAll(to, 0o700)
		case slices.Contains(leave, n.path), n.path == SealDir+"/"+SealWithheld:
			continue
		default:
			err = copyNode(to, tree, n)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", n.path, err)
		}
	}
	return nil
}

func copyNode(to string, tree *folderTree, n node) error {
	r, err := tree.open(n)
	if err != nil {
		return err
	}
	defer r.Close()
	mode := fs.FileMode(0o600)
	if strings.HasPrefix(n.path, "data/") {
		mode = 0o400
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
