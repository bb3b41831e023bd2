package desk

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"

	"juzheng/evidence/bag"
	"juzheng/evidence/encrypt"
)

// Keys are how the person says what opens a locked file.
type Keys struct {
	Files      []string // of age or SSH
	Held       []byte   // what such a file holds, where the person gave that and no path
	Passphrase bool     // it is asked for
}

// Empty reports that nothing was named.
func (k Keys) Empty() bool { return len(k.Files)+len(k.Held) == 0 && !k.Passphrase }

// A Decrypted is what [Decrypt] made.
type Decrypted struct {
	Bytes int64  `json:"bytes"`
	Path  string `json:"path"`
}

// Lines are the objects of the result.
func (r Decrypted) Lines() []Line { return []Line{{"summary", r}} }

// An OutputError reports a locked file from whose name none follows for what
// is in it.
type OutputError struct{ Path string }

func (e *OutputError) Error() string { return "the name of " + e.Path + " does not end in .age" }

// A LockedError reports a locked file that cannot be opened or read to its
// end; the error below says why.
type LockedError struct {
	Path string
	Err  error
}

func (e *LockedError) Error() string { return "unlock " + e.Path + ": " + e.Err.Error() }
func (e *LockedError) Unwrap() error { return e.Err }

// Decrypt unlocks a file of age into out, by default its name without .age.
// What cannot be unlocked to its end leaves nothing behind.
func Decrypt(ctx context.Context, d Desk, path string, keys Keys, out string) (Decrypted, error) {
	if out == "" {
		trimmed := strings.TrimSuffix(path, ".age")
		if trimmed == path {
			return Decrypted{}, &OutputError{path}
		}
		out = trimmed
	}
	if err := free(out); err != nil {
		return Decrypted{}, err
	}
	f, err := openLocked(ctx, d, path, keys)
	if err != nil {
		return Decrypted{}, err
	}
	defer f.Close()
	err = setNew(out, 0o600, func(w io.Writer) error {
		_, err := io.Copy(stopWriter{ctx, w}, io.NewSectionReader(f, 0, f.size))
		return err
	})
	if err != nil {
		return Decrypted{}, &LockedError{path, err}
	}
	return Decrypted{f.size, out}, nil
}

// A lockedFile is a file of age, opened: its plaintext can be read at any
// place and is nowhere on disk.
type lockedFile struct {
	plain io.ReaderAt
	size  int64
	file  *os.File

	mu      sync.Mutex
	damaged error // the first part that did not hold
}

func (f *lockedFile) Close() error { return f.file.Close() }

// ReadAt is that of io.ReaderAt.
func (f *lockedFile) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.plain.ReadAt(p, off)
	if err != nil && err != io.EOF {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.damaged == nil {
			f.damaged = err
		}
	}
	return n, err
}

func (f *lockedFile) fault() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.damaged
}

// openLocked opens a file of age with what the person names.
func openLocked(ctx context.Context, d Desk, path string, keys Keys) (*lockedFile, error) {
	if keys.Empty() {
		return nil, ErrNoKeys
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	locked, err := unlockFile(ctx, d, f, path, keys)
	if err != nil {
		f.Close()
		return nil, &LockedError{path, err}
	}
	return locked, nil
}

func unlockFile(ctx context.Context, d Desk, f *os.File, path string, keys Keys) (*lockedFile, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, encrypt.ErrNotEncrypted
	}
	var with encrypt.Identities
	for _, name := range keys.Files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		ids, err := encrypt.ParseIdentities(data, askPassphrase(ctx, d, Secret{IdentityKey, name}))
		if err != nil {
			return nil, &KeyError{name, err}
		}
		with = append(with, ids...)
	}
	if len(keys.Held) > 0 {
		ids, err := encrypt.ParseIdentities(keys.Held, askPassphrase(ctx, d, Secret{IdentityKey, ""}))
		if err != nil {
			return nil, &KeyError{"", err}
		}
		with = append(with, ids...)
	}
	if keys.Passphrase {
		phrase, err := askPassphrase(ctx, d, Secret{LockedFile, path})()
		if err != nil {
			return nil, err
		}
		ids, err := encrypt.PassphraseIdentity(phrase)
		if err != nil {
			return nil, ErrNoPassphrase
		}
		with = append(with, ids...)
	}
	plain, size, err := encrypt.Open(f, info.Size(), with)
	if err != nil {
		return nil, err
	}
	return &lockedFile{plain: plain, size: size, file: f}, nil
}

// verifyLocked checks the bundle in a file of age while it is unlocked: no
// plaintext is written to disk, and memory does not grow with the file.
func verifyLocked(ctx context.Context, d Desk, path string, keys Keys, opt bag.Options) (*bag.Result, error) {
	f, err := openLocked(ctx, d, path, keys)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := bag.VerifyZip(ctx, f, f.size, path, opt)
	if fault := f.fault(); fault != nil {
		return nil, &LockedError{path, fault}
	}
	return r, err
}

// isLocked reports whether a path is a file of age.
func isLocked(path string) (bool, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		if errors.Is(err, fs.ErrNotExist) {
			err = nil // said by whoever opens it
		}
		return false, err
	}
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, 256)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return false, err
	}
	return encrypt.Encrypted(head[:n]), nil
}
