package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"juzheng/evidence/bag"
	"juzheng/evidence/folder"
)

// A BundleError reports a case whose bundle cannot be used: it has none yet
// ([folder.ErrNotSealed]), or one that was altered ([folder.ErrBundleAltered]).
type BundleError struct {
	Case string
	Err  error
}

func (e *BundleError) Error() string { return fmt.Sprintf("%s: %v", e.Case, e.Err) }
func (e *BundleError) Unwrap() error { return e.Err }

// Outdated tells that the case has changed since it was sealed: the job is
// about what was sealed.
type Outdated struct{}

// Code names the notice.
func (Outdated) Code() string { return "outdated" }

// withBundle runs do on a case's sealed bundle, with the case locked.
func withBundle(ctx context.Context, d Desk, dir string, do func(*folder.Folder, *folder.SealedBundle) error) error {
	f, unlock, err := d.lock(dir)
	if err != nil {
		return err
	}
	defer unlock()
	bundle, err := sealed(ctx, d, f)
	if err != nil {
		return err
	}
	return do(f, bundle)
}

// sealed opens a case's bundle for what is put beside its root, and tells if
// the case has moved on since.
func sealed(ctx context.Context, d Desk, f *folder.Folder) (*folder.SealedBundle, error) {
	bundle, err := f.Sealed(ctx)
	switch {
	case errors.Is(err, folder.ErrNotSealed), errors.Is(err, folder.ErrBundleAltered):
		return nil, &BundleError{f.Dir(), err}
	case err != nil:
		return nil, err
	}
	if !bundle.Current {
		d.tell(Outdated{})
	}
	return bundle, nil
}

// bundleOf leads from a case folder to the bundle in it. What has the marks of
// a bag is a bag: a case.toml laid into a forged one must not lead the check to
// a genuine bundle beside it.
func bundleOf(path string) (string, error) {
	if _, err := os.Stat(filepath.Join(path, folder.CaseFile)); err != nil {
		return path, nil
	}
	for _, mark := range []string{"bagit.txt", "manifest-sha256.txt", bag.RootName} {
		if _, err := os.Lstat(filepath.Join(path, mark)); err == nil {
			return path, nil
		}
	}
	return inCase(path, folder.BundleDir)
}

// zipOf leads from a case folder to its bundle.zip.
func zipOf(path string) (string, error) {
	if _, err := os.Stat(filepath.Join(path, folder.CaseFile)); err != nil {
		return path, nil
	}
	return inCase(path, folder.BundleZip)
}

// inCase is the path of what sealing puts into a case folder.
func inCase(dir, name string) (string, error) {
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", &BundleError{dir, folder.ErrNotSealed}
	}
	return path, nil
}

// seal makes the bundle of a case, and tells what had to give way to it.
func seal(ctx context.Context, d Desk, f *folder.Folder) (root bag.Root, fresh bool, err error) {
	before, err := f.DamagedBundles()
	if err != nil {
		return root, false, err
	}
	d.tell(Sealing{})
	if root, fresh, err = f.Seal(ctx, d.Now); err != nil {
		return root, false, err
	}
	after, err := f.DamagedBundles()
	for _, kept := range after {
		if !slices.Contains(before, kept) {
			d.tell(BundleKept{kept})
		}
	}
	return root, fresh, err
}
