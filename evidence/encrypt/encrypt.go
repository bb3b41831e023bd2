// Package encrypt locks files for their readers in the format of age
// (age-encryption.org/v1), so that the age program opens what this one made
// and the reverse:
//
//	$ age -d -i key.txt bundle.zip.age > bundle.zip
//
// [NewWriter] locks for the public keys of [ParseRecipients], or for whoever
// knows a [Passphrase]. [Open] unlocks with the secrets of [ParseIdentities]
// while being read: any part of a file, without the whole in memory and with
// no plaintext on disk. A file that was cut short is refused before its first
// byte is given out; a changed part is a [*DamagedError] when it is read, and
// never other plaintext.
//
// It knows nothing of bundles; what is locked is bytes. Plugins of age
// (hardware keys) are recognised, but not run.
package encrypt

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"golang.org/x/crypto/ssh"
)

// Recipients are who can open a file.
type Recipients []age.Recipient

// ErrMixed reports post-quantum recipients beside others: the file would be
// no safer than its weakest recipient.
var ErrMixed = errors.New("post-quantum and classic recipients cannot be mixed")

// Check reports recipients that cannot stand together, as [ErrMixed].
func (r Recipients) Check() error {
	hybrid := 0
	for _, one := range r {
		if _, ok := one.(*age.HybridRecipient); ok {
			hybrid++
		}
	}
	if hybrid > 0 && hybrid < len(r) {
		return ErrMixed
	}
	return nil
}

// A RecipientError reports a text that names no recipient. It does not repeat
// the text, which may be a secret key given by mistake.
type RecipientError struct {
	Line   int  // in a file, from 1; 0: not from a file
	Secret bool // a secret key where a public one is wanted
	Plugin bool // for a plugin of age, which this program does not run
}

func (e *RecipientError) Error() string {
	what := "no recipient"
	switch {
	case e.Secret:
		what = "a secret key where a public one is wanted"
	case e.Plugin:
		what = "a recipient for a plugin"
	}
	if e.Line > 0 {
		return fmt.Sprintf("line %d: %s", e.Line, what)
	}
	return what
}

// ParseRecipient reads one public key: age1… of age, or an ssh-ed25519 or
// ssh-rsa line as in authorized_keys. The error is a [*RecipientError].
func ParseRecipient(s string) (age.Recipient, error) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "ssh-") {
		r, err := agessh.ParseRecipient(s)
		if err != nil {
			return nil, &RecipientError{}
		}
		return r, nil
	}
	if list, err := age.ParseRecipients(strings.NewReader(s)); err == nil && len(list) == 1 {
		return list[0], nil
	}
	return nil, &RecipientError{
		Secret: strings.HasPrefix(strings.ToUpper(s), "AGE-SECRET-KEY") || strings.Contains(s, "PRIVATE KEY"),
		// age1NAME1… is for a plugin; a plain key has one 1, before its data.
		Plugin: strings.HasPrefix(s, "age1") && strings.Count(s, "1") > 1 && !strings.HasPrefix(s, "age1pq1"),
	}
}

// ParseRecipients reads a recipients file: one public key a line; lines that
// are empty or begin with # are passed over.
func ParseRecipients(file []byte) (Recipients, error) {
	var out Recipients
	number := 0
	for line := range bytes.Lines(bytes.TrimPrefix(file, []byte("\xef\xbb\xbf"))) {
		number++
		s := strings.TrimSpace(string(line))
		if s == "" || s[0] == '#' {
			continue
		}
		r, err := ParseRecipient(s)
		var bad *RecipientError
		if errors.As(err, &bad) {
			bad.Line = number
		}
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil, &RecipientError{Line: max(number, 1)}
	}
	return out, nil
}

// Passphrase is the recipient who knows a passphrase; no other can stand
// beside it.
func Passphrase(phrase []byte) (Recipients, error) {
	r, err := age.NewScryptRecipient(string(phrase))
	if err != nil {
		return nil, err
	}
	return Recipients{r}, nil
}

// NewWriter locks what is written to it into w. Closing it writes the end,
// without which nobody can open the file; it does not close w.
func NewWriter(w io.Writer, to Recipients) (io.WriteCloser, error) {
	out, err := age.Encrypt(w, to...)
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	return out, nil
}

// Identities are the secrets that open files.
type Identities []age.Identity

// An IdentityError reports a file that holds no secret this package can use.
type IdentityError struct {
	Public bool // it is a public key
	Locked bool // it is itself a file of age
}

func (e *IdentityError) Error() string {
	switch {
	case e.Public:
		return "a public key where a secret one is wanted"
	case e.Locked:
		return "the identity file is itself encrypted"
	}
	return "no identity"
}

// ParseIdentities reads an identity file of age, or an SSH private key, for
// which passphrase is asked if it is locked. The errors are an
// [*IdentityError], or come out of [Open] if they are of the passphrase.
func ParseIdentities(file []byte, passphrase func() ([]byte, error)) (Identities, error) {
	switch {
	case bytes.Contains(file, []byte("PRIVATE KEY-----")):
		return sshIdentity(file, passphrase)
	case bytes.HasPrefix(file, []byte(intro)), bytes.Contains(file, []byte(armorIntro)):
		return nil, &IdentityError{Locked: true}
	}
	list, err := age.ParseIdentities(bytes.NewReader(file))
	if err != nil {
		_, public := ParseRecipients(file)
		return nil, &IdentityError{Public: public == nil}
	}
	return list, nil
}

func sshIdentity(file []byte, passphrase func() ([]byte, error)) (Identities, error) {
	id, err := agessh.ParseIdentity(file)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) && locked.PublicKey != nil && passphrase != nil {
		id, err = newLockedKey(locked.PublicKey, file, passphrase)
	}
	if err != nil {
		return nil, &IdentityError{}
	}
	return Identities{id}, nil
}

// ErrPassphrase reports a wrong passphrase of an SSH key.
var ErrPassphrase = errors.New("wrong passphrase of the key")

// A lockedKey is an SSH key whose passphrase is asked for only when a file is
// for that key. It keeps why it could not be used, which the library lets go.
type lockedKey struct {
	age.Identity
	why error
}

// A lockedError is why a locked key was not used.
type lockedError struct{ err error }

func (e *lockedError) Error() string { return e.err.Error() }

func newLockedKey(public ssh.PublicKey, file []byte, passphrase func() ([]byte, error)) (*lockedKey, error) {
	k := &lockedKey{}
	ask := func() ([]byte, error) {
		phrase, err := passphrase()
		if err == nil {
			if _, bad := ssh.ParseRawPrivateKeyWithPassphrase(file, phrase); bad != nil {
				err = ErrPassphrase
			}
		}
		k.why = err
		return phrase, err
	}
	id, err := agessh.NewEncryptedSSHIdentity(public, file, ask)
	k.Identity = id
	return k, err
}

// Unwrap is that of age.Identity.
func (k *lockedKey) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	k.why = nil
	key, err := k.Identity.Unwrap(stanzas)
	if err != nil && k.why != nil {
		return nil, &lockedError{k.why}
	}
	return key, err
}

// PassphraseIdentity opens what was locked with a passphrase.
func PassphraseIdentity(phrase []byte) (Identities, error) {
	id, err := age.NewScryptIdentity(string(phrase))
	if err != nil {
		return nil, err
	}
	return Identities{id}, nil
}

// NewKey draws a secret key, as a line of an identity file of age.
func NewKey() (string, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return "", err
	}
	return id.String(), nil
}

// Recipients are the public halves of secret keys of age's own, so that who has a key
// can lock for all who have it; an [*IdentityError] reports a key of another kind.
func (ids Identities) Recipients() (Recipients, error) {
	var out Recipients
	for _, id := range ids {
		switch id := id.(type) {
		case *age.X25519Identity:
			out = append(out, id.Recipient())
		case *age.HybridIdentity:
			out = append(out, id.Recipient())
		default:
			return nil, &IdentityError{}
		}
	}
	return out, nil
}

// Derive makes a secret of its own for a purpose out of secret keys of age's own: the
// same keys and purpose give the same one, and it tells nothing of the keys.
func (ids Identities) Derive(purpose string) ([]byte, error) {
	var secret []byte
	for _, id := range ids {
		switch id := id.(type) {
		case *age.X25519Identity:
			secret = append(secret, id.String()...)
		case *age.HybridIdentity:
			secret = append(secret, id.String()...)
		default:
			return nil, &IdentityError{}
		}
	}
	return hkdf.Key(sha256.New, secret, nil, purpose, sha256.Size)
}
