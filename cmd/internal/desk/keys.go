package desk

import (
	"context"
	"errors"
	"fmt"

	"juzheng/evidence/bag/sshsig"
)

// A Secret is what a passphrase belongs to.
type Secret struct {
	Kind SecretKind
	File string // path of the key, or of the locked file
}

// A SecretKind is what kind of file a passphrase opens.
type SecretKind string

// The kinds.
const (
	SigningKey  SecretKind = "signing-key"  // a private key to sign with
	IdentityKey SecretKind = "identity-key" // a private key to unlock with
	LockedFile  SecretKind = "locked-file"  // a file locked with a passphrase
)

// ErrUnasked reports a passphrase that is needed and nobody to ask.
var ErrUnasked = fmt.Errorf("nobody can be asked: %w", sshsig.ErrPassphrase)

// ErrNoPassphrase reports an empty passphrase.
var ErrNoPassphrase = errors.New("the passphrase is empty")

// ErrNoKeys reports a locked file and nothing named to open it with.
var ErrNoKeys = errors.New("no key and no passphrase to unlock with")

// A KeyError reports a key that cannot be used. File is empty for one that was
// given as text.
type KeyError struct {
	File string
	Err  error
}

func (e *KeyError) Error() string { return fmt.Sprintf("key %s: %v", e.File, e.Err) }
func (e *KeyError) Unwrap() error { return e.Err }

// askPassphrase asks for the one of a secret, when it turns out to be needed.
func askPassphrase(ctx context.Context, d Desk, of Secret) func() ([]byte, error) {
	return func() ([]byte, error) {
		if d.Passphrase == nil {
			return nil, ErrUnasked
		}
		return d.Passphrase(ctx, of)
	}
}
