package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"juzheng/evidence/bag"
	"juzheng/evidence/bag/sshsig"
	"juzheng/evidence/folder"
)

// A Signed is what [Sign] put into the bundle.
type Signed struct {
	File        string `json:"file"` // in the case folder
	Fingerprint string `json:"fingerprint"`
	Root        string `json:"root"`

	Signature  []byte `json:"-"`
	Namespaces string `json:"-"` // those for which a checker lets the key count
}

// Lines are the objects of the result.
func (r Signed) Lines() []Line { return []Line{{"summary", r}} }

// ErrOtherSignature reports a bundle that is signed by another key.
var ErrOtherSignature = errors.New("the bundle has a signature by another key")

// ErrStampedSignature reports a signature that is time-stamped: it stays, for
// the time-stamp proves since when it is there.
var ErrStampedSignature = errors.New("the signature is time-stamped")

// Sign signs the root of a case's bundle with an SSH key. A signature by
// another key gives way only if replace says so. A key that cannot be used is
// a [*KeyError].
func Sign(ctx context.Context, d Desk, dir, key string, replace bool) (s Signed, err error) {
	keyPEM, err := os.ReadFile(key)
	if err != nil {
		return s, err
	}
	err = withBundle(ctx, d, dir, func(_ *folder.Folder, bundle *folder.SealedBundle) error {
		s, err = sign(ctx, d, bundle, key, keyPEM, replace)
		return err
	})
	return s, err
}

func sign(
	ctx context.Context, d Desk, bundle *folder.SealedBundle, key string, keyPEM []byte, replace bool,
) (s Signed, err error) {
	ask := askPassphrase(ctx, d, Secret{SigningKey, key})
	signature, err := sshsig.Sign(bundle.Document, keyPEM, bundle.Namespace, ask)
	if errors.Is(err, context.Canceled) {
		return s, err
	}
	if err != nil {
		return s, &KeyError{key, err}
	}
	status, err := sshsig.Verify(signature, bundle.Document, nil, bundle.Namespace, d.Now)
	if err != nil {
		return s, err
	}
	if status.State != sshsig.UnknownKey { // sound, and nobody vouches for the key here
		return s, fmt.Errorf("the signature just made does not verify: %s", status.Detail)
	}
	old, err := bundle.Vouching(bundle.Signature)
	if err != nil {
		return s, err
	}
	was, err := sshsig.Verify(old, bundle.Document, nil, bundle.Namespace, d.Now)
	if err == nil && was.State == sshsig.UnknownKey && was.Fingerprint == status.Fingerprint {
		signature = old // by the same key, and sound: made by ssh-keygen with another hash
	}
	if old != nil && string(old) != string(signature) && !replace {
		return s, ErrOtherSignature
	}
	if old != nil && string(old) != string(signature) {
		if over, ok, err := bundle.OverSignature(); err != nil {
			return s, err
		} else if ok {
			if stamp, err := bundle.Vouching(over.Reply); err != nil || stamp != nil {
				return s, cmp.Or(err, ErrStampedSignature)
			}
		}
	}
	if err := bundle.Vouch(ctx, bundle.Signature, signature, "sign", "key="+status.Fingerprint, d.Now); err != nil {
		return s, err
	}
	return Signed{
		File:        folder.BundleDir + "/" + bag.SealDir + "/" + bundle.Signature,
		Fingerprint: status.Fingerprint,
		Namespaces:  namespaces(bundle),
		Root:        bundle.Root.SHA256,
		Signature:   signature,
	}, nil
}

// namespaces are what the key of a bundle's owner signs: of format 2 the
// evidence, and copies of it.
func namespaces(b *folder.SealedBundle) string {
	if b.Root.Format == 2 {
		return bag.CodeNamespace + "," + bag.CopyNamespace
	}
	return b.Namespace
}
