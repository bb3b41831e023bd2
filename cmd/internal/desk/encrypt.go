package desk

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"juzheng/evidence/bag"
	"juzheng/evidence/encrypt"
	"juzheng/evidence/folder"
)

// EncryptOptions say for whom a file is locked: for keys, or for whoever knows
// a passphrase.
type EncryptOptions struct {
	To     []string // public keys
	Files  []string // of public keys, one a line
	Output string   // empty: the name with .age added

	// NewPassphrase is asked for one when all else is found to be in order;
	// nil: it is locked for keys.
	NewPassphrase func(context.Context) ([]byte, error)
}

// An Encrypted is what [Encrypt] made.
type Encrypted struct {
	Passphrase bool   `json:"passphrase"`
	Path       string `json:"path"`
	Recipients int    `json:"recipients"`

	From string `json:"-"` // what was locked: of a case its bundle.zip
}

// Lines are the objects of the result.
func (r Encrypted) Lines() []Line { return []Line{{"summary", r}} }

// An UnlockableError reports what is neither a file nor a folder.
type UnlockableError struct{ Path string }

func (e *UnlockableError) Error() string { return e.Path + " is neither a file nor a folder" }

// An OutputInsideError reports a locked file that would lie in the folder that
// is locked.
type OutputInsideError struct{ Path string }

func (e *OutputInsideError) Error() string { return e.Path + " lies in the folder that is locked" }

// Encrypt locks a file, or a folder that is zipped on the way; of a case its
// bundle.zip. The original stays, and no further plaintext is written to disk.
func Encrypt(ctx context.Context, d Desk, path string, o EncryptOptions) (Encrypted, error) {
	path, err := zipOf(path)
	if err != nil {
		return Encrypted{}, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return Encrypted{}, err
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return Encrypted{}, &UnlockableError{path}
	}
	out := o.Output
	if out == "" {
		out = strings.TrimRight(filepath.Clean(path), string(filepath.Separator))
		if info.IsDir() {
			out += ".zip"
		}
		out += ".age"
	}
	if err := free(out); err != nil {
		return Encrypted{}, err
	}
	if info.IsDir() && inside(path, out) {
		return Encrypted{}, &OutputInsideError{out}
	}
	if err := previewLocked(ctx, d, path); err != nil {
		return Encrypted{}, err
	}
	to, err := o.readers(ctx)
	if err != nil {
		return Encrypted{}, err
	}
	fill := func(w io.Writer) error { return copyFile(ctx, w, path, info) }
	if info.IsDir() {
		fill = func(w io.Writer) error { return bag.WriteZip(stopWriter{ctx, w}, path, d.Now) }
	}
	err = setNew(out, 0o600, func(w io.Writer) error {
		locked, err := encrypt.NewWriter(w, to)
		if err != nil {
			return err
		}
		if err := fill(locked); err != nil {
			return err
		}
		return locked.Close()
	})
	if err != nil {
		return Encrypted{}, err
	}
	return Encrypted{o.NewPassphrase != nil, out, len(to), path}, nil
}

// previewLocked tells what whoever unlocks the bundle of a case will get.
func previewLocked(ctx context.Context, d Desk, path string) error {
	dir, name := filepath.Split(filepath.Clean(path))
	if name != folder.BundleDir && name != folder.BundleZip {
		return nil
	}
	f, err := d.open(filepath.Clean(dir))
	if err != nil {
		return nil // a bundle that lies in no case
	}
	if _, err := bag.ReadRoot(f.Path(folder.BundleDir)); err != nil {
		return nil // what is locked is for whoever reads it to judge
	}
	return previewBundle(ctx, d, f, nil)
}

// readers are those the file is locked for.
func (o EncryptOptions) readers(ctx context.Context) (encrypt.Recipients, error) {
	if o.NewPassphrase != nil {
		phrase, err := o.NewPassphrase(ctx)
		if err != nil {
			return nil, err
		}
		return encrypt.Passphrase(phrase)
	}
	var to encrypt.Recipients
	for _, key := range o.To {
		r, err := encrypt.ParseRecipient(key)
		if err != nil {
			return nil, &KeyError{"", err}
		}
		to = append(to, r)
	}
	for _, name := range o.Files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		list, err := encrypt.ParseRecipients(data)
		if err != nil {
			return nil, &KeyError{name, err}
		}
		to = append(to, list...)
	}
	return to, to.Check()
}
