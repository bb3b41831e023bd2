package bag

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// WritePartial copies the bundle src to dst with only the payload files of
// keep ("data/E001.m4a") and everything that lists or vouches for all of
// them. What is left out is declared in seal/withheld.txt; the root does not
// change. The bundle must be intact.
func WritePartial(dst, src string, keep []string) error {
	res, err := Verify(context.Background(), src, Options{})
	if err != nil {
		return fmt.Errorf("partial copy: %w", err)
	}
	if !res.Own || res.ExitCode() != 0 {
		return errors.New("partial copy: the bundle is not intact; verify it first")
	}
	var withheld []string
	found := 0
	for _, f := range res.Files {
		switch kept := slices.Contains(keep, f.Path); {
		case !strings.HasPrefix(f.Path, "data/"):
		case f.Status == Withheld && kept:
			return fmt.Errorf("partial copy: %s is already withheld here", f.Path)
		case kept:
			found++
		default:
			withheld = append(withheld, f.Path)
		}
	}
	if unique := slices.Compact(slices.Sorted(slices.Values(keep))); found != len(unique) {
		return errors.New("partial copy: a file to keep is not in the bundle")
	}
	sort.Strings(withheld)
	err = build(dst, func(partial string) error {
		if err := copyTree(partial, src, withheld); err != nil {
			return err
		}
		list := strings.Join(append(withheld, ""), "\n")
		return writeFile(filepath.Join(partial, SealDir, SealWithheld), []byte(list))
	})
	if err != nil {
		return fmt.Errorf("partial copy: %w", err)
	}
	return nil
}

func copyTree(dst, src string, leave []string) error {
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
		to := filepath.Join(dst, filepath.FromSlash(n.path))
		switch {
		case n.kind == directory:
			err = os.MkdirAll(to, 0o755)
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
	mode := fs.FileMode(0o644)
	if strings.HasPrefix(n.path, "data/") {
		mode = 0o444
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
