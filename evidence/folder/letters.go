package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"juzheng/evidence/disk"
)

// LettersDir holds letters that go without exhibits, one folder each.
const LettersDir = "letters"

// PutLetter puts the finished letter in the folder partial under its name in letters/.
// What stood there may have been signed, handed in or written on since: unless it is the
// same to the byte, it moves to superseded/letters/, and kept says where.
func (f *Folder) PutLetter(partial, name string) (kept string, err error) {
	final := f.Path(LettersDir, name)
	if err := os.MkdirAll(filepath.Dir(final), 0o700); err != nil {
		return "", fmt.Errorf("put the letter: %w", err)
	}
	if err := disk.RestoreDir(final); err != nil {
		return "", fmt.Errorf("put the letter: %w", err)
	}
	before, err := sumsBelow(final)
	if err != nil {
		return "", fmt.Errorf("keep the letter before: %w", err)
	}
	now, err := sumsBelow(partial)
	if err != nil {
		return "", fmt.Errorf("put the letter: %w", err)
	}
	if len(before) > 0 && !maps.Equal(before, now) {
		if kept, err = f.SetAsideLetter(name); err != nil {
			return "", fmt.Errorf("keep the letter before: %w", err)
		}
	}
	return kept, disk.SwapDir(partial, final)
}

// SetAsideLetter moves a letter to superseded/letters/, never onto one that is kept
// already.
func (f *Folder) SetAsideLetter(name string) (string, error) {
	under := f.Path(SupersededDir, LettersDir)
	if err := os.MkdirAll(under, 0o700); err != nil {
		return "", err
	}
	to := filepath.Join(under, name)
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
			break
		}
		to = filepath.Join(under, fmt.Sprintf("%s-%d", name, n))
	}
	if err := disk.Rename(f.Path(LettersDir, name), to); err != nil {
		return "", err
	}
	return to, disk.SyncDir(under)
}

// sumsBelow are the SHA-256 of the files below a folder, by their paths.
func sumsBelow(dir string) (map[string]string, error) {
	out := map[string]string{}
	return out, files(dir, func(path string) (err error) {
		out[path], err = sha256Of(filepath.Join(dir, path))
		return err
	})
}
