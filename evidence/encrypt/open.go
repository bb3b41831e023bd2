package encrypt

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync/atomic"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// The ways a file of age begins: the format itself, and its text form.
const (
	intro      = "age-encryption.org/v1\n"
	armorIntro = armor.Header
)

// ArmorLimit bounds the text form of a file, which can only be read whole into
// memory; it is for small files.
const ArmorLimit = 64 << 20

// ErrNotEncrypted reports a file that age did not make; ErrArmorTooLarge one
// in text form that is larger than [ArmorLimit].
var (
	ErrNotEncrypted  = errors.New("not a file of age")
	ErrArmorTooLarge = errors.New("a file of age in text form that is too large to be read whole")
)

// A NoMatchError reports that no identity opens the file: another key, a
// wrong passphrase, or an altered header, which look the same.
type NoMatchError struct {
	Passphrase bool // the file wants a passphrase, not a key
	Err        error
}

func (e *NoMatchError) Error() string { return "no identity opens the file: " + e.Err.Error() }
func (e *NoMatchError) Unwrap() error { return e.Err }

// A DamagedError reports a file that was altered or cut short after it was
// locked.
type DamagedError struct{ Err error }

func (e *DamagedError) Error() string {
	return "the encrypted file was altered or cut short: " + e.Err.Error()
}
func (e *DamagedError) Unwrap() error { return e.Err }

// Encrypted reports whether a file that begins with head was made by age.
func Encrypted(head []byte) bool {
	return bytes.HasPrefix(head, []byte(intro)) || bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte(armorIntro))
}

// Open opens the size bytes of r and returns the plaintext and its size. The
// end of the file is checked before Open returns, so that a file that was cut
// is never taken for a whole one; each part is checked when it is read, and
// what does not hold is a [*DamagedError]. The other errors are
// [ErrNotEncrypted], [ErrArmorTooLarge], a [*NoMatchError], and those of r and
// of asking for a passphrase.
func Open(r io.ReaderAt, size int64, with Identities) (io.ReaderAt, int64, error) {
	head := make([]byte, min(size, 256))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, 0, err
	}
	if !Encrypted(head) {
		return nil, 0, ErrNotEncrypted
	}
	if !bytes.HasPrefix(head, []byte(intro)) {
		binary, err := dearmor(r, size)
		if err != nil {
			return nil, 0, err
		}
		r, size = bytes.NewReader(binary), int64(len(binary))
	}
	source := &watched{ReaderAt: r}
	plain, n, err := age.DecryptReaderAt(source, size, with...)
	if err != nil {
		return nil, 0, source.explain(err)
	}
	return &checked{plain, source}, n, nil
}

func dearmor(r io.ReaderAt, size int64) ([]byte, error) {
	if size > ArmorLimit {
		return nil, ErrArmorTooLarge
	}
	binary, err := io.ReadAll(armor.NewReader(io.NewSectionReader(r, 0, size)))
	if err != nil {
		return nil, &DamagedError{err}
	}
	return binary, nil
}

// explain tells a wrong key, an altered file, and a disk that cannot be read
// apart.
func (w *watched) explain(err error) error {
	var none *age.NoIdentityMatchError
	var asking *lockedError
	own := w.err.Load()
	switch {
	case own != nil:
		return *own
	case errors.As(err, &none):
		return &NoMatchError{Passphrase: slices.Contains(none.StanzaTypes, "scrypt"), Err: err}
	case errors.As(err, &asking):
		return asking.err
	}
	return &DamagedError{err}
}

// A watched reader remembers its own errors, which are not the file's. It may
// be read from several goroutines at once.
type watched struct {
	io.ReaderAt
	err atomic.Pointer[error]
}

func (w *watched) ReadAt(p []byte, off int64) (int, error) {
	n, err := w.ReaderAt.ReadAt(p, off)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("read the encrypted file: %w", err)
		w.err.Store(&err)
	}
	return n, err
}

// A checked reader reads plaintext of which every part was authenticated.
type checked struct {
	plain  io.ReaderAt
	source *watched
}

func (c *checked) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.plain.ReadAt(p, off)
	if err != nil && err != io.EOF {
		err = c.source.explain(err)
	}
	return n, err
}
