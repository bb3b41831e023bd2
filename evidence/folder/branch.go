package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/disk"
)

// Branch makes another case of the same phone: its own case.toml, id and key, and the
// exhibits, register, timeline and readings of this one, each file once. Nothing is read
// anew, and numbers are the same in both. Change works on the new case before it has its
// place; until then nothing is there. The caller holds the lock of this case.
func (f *Folder) Branch(ctx context.Context, dir string, c evidence.Case, now time.Time,
	change func(*Folder) error) error {
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("make case folder %s: %w", dir, fs.ErrExist)
	}
	if err := apart(dir); err != nil {
		return err
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return fmt.Errorf("make case folder: %w", err)
	}
	aside, err := disk.AsideDir(dir)
	if err != nil {
		return fmt.Errorf("make case folder: %w", err)
	}
	defer os.RemoveAll(aside) // what is left of it after the rename
	made, err := Init(filepath.Join(aside, "case"), c, now, f.tool)
	if err != nil {
		return err
	}
	from, err := f.ReadCase()
	if err != nil {
		return err
	}
	if err := made.Note("note", "split from case "+from.ID, now); err != nil {
		return err
	}
	if err := f.copyInto(ctx, made); err != nil {
		return err
	}
	if made, err = Open(made.Dir(), f.tool); err != nil {
		return err
	}
	if err := made.heal(now); err != nil { // the log gets what the register has
		return err
	}
	if err := made.CheckExhibits(ctx); err != nil {
		return err
	}
	if err := change(made); err != nil {
		return err
	}
	if err := disk.Rename(made.Dir(), dir); err != nil {
		return fmt.Errorf("make case folder: %w", err)
	}
	sweep(dir)
	return disk.SyncDir(parent)
}

// copyInto copies what was read of the phone. What was left out may be gone.
func (f *Folder) copyInto(ctx context.Context, made *Folder) error {
	for _, name := range []string{RegisterFile, TimelineFile, ReadingsFile, RedactionsFile} {
		err := os.Remove(made.Path(name))
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			err = copyFile(f.Path(name), made.Path(name))
		}
		if optional := name == ReadingsFile || name == RedactionsFile; err != nil &&
			!(optional && errors.Is(err, fs.ErrNotExist)) {
			return fmt.Errorf("copy %s: %w", name, err)
		}
	}
	register, err := f.Register()
	if err != nil {
		return err
	}
	out, err := f.LeftOut()
	if err != nil {
		return err
	}
	for _, x := range register.Exhibits {
		if err := ctx.Err(); err != nil {
			return err
		}
		to := made.Path(ExhibitsDir, x.File)
		path, err := f.ExhibitPath(x)
		gone := (*DigestError)(nil)
		if errors.As(err, &gone) && out[x.Number] {
			continue
		}
		if err == nil {
			err = copyFile(path, to)
		}
		switch {
		case err != nil:
			return fmt.Errorf("copy %s: %w", x.Number, err)
		}
		if err := os.Chmod(to, 0o400); err != nil {
			return fmt.Errorf("copy %s: %w", x.Number, err)
		}
	}
	f.copyTexts(made)
	return nil
}

// copyTexts copies what was read of PDFs, which takes long to read again and without
// which they would pass for pictures. Where that fails it is read again when wanted.
func (f *Folder) copyTexts(made *Folder) {
	const pages = "pages"
	kept, _ := os.ReadDir(f.Path(CacheDir, pages))
	for _, e := range kept {
		if filepath.Ext(e.Name()) != ".json" {
			continue // pictures of pages, drawn again for papers
		}
		if data := f.Cached(pages, e.Name()); len(data) > 0 {
			made.Cache(data, pages, e.Name())
		}
	}
}
