package bag

import (
	"errors"
	"time"
)

// RootNamespace is the SSHSIG namespace of a signature over a root document.
// It keeps a signature made for another purpose from being passed off as one
// over a bundle.
const RootNamespace = "juzheng-root@v1"

// A SignatureState is what checking a signature came to.
type SignatureState string

// The states. Only SignatureValid means that a key given from outside the
// bundle made the signature.
const (
	SignatureAbsent         SignatureState = ""                // there is no signature
	SignatureValid          SignatureState = "valid"           // by a key of the allowed signers
	SignatureUnknownKey     SignatureState = "unknown-key"     // sound, but by a key nobody vouched for
	SignatureInvalid        SignatureState = "invalid"         // not over this message, or altered
	SignatureWrongNamespace SignatureState = "wrong-namespace" // made for another purpose
	SignatureKeyNotInForce  SignatureState = "key-not-in-force"
	SignatureMalformed      SignatureState = "malformed"   // not an SSH signature
	SignatureUnsupported    SignatureState = "unsupported" // a key or hash this reader does not check
)

// A SignatureStatus says what was checked of a signature, and what it came to.
type SignatureStatus struct {
	State       SignatureState `json:"state"`
	Namespace   string         `json:"namespace,omitempty"`   // as in the signature
	KeyType     string         `json:"key_type,omitempty"`    // ssh-ed25519
	Fingerprint string         `json:"fingerprint,omitempty"` // SHA256:…, as ssh-keygen -l prints it
	Signer      string         `json:"signer,omitempty"`      // principals of the allowed signers line, if the key stands there
	Detail      string         `json:"detail,omitempty"`      // English, for a log
}

// ErrPassphrase reports that a private key is locked and no passphrase, or a
// wrong one, was given.
var ErrPassphrase = errors.New("private key is locked: wrong passphrase or none")

// SignRoot signs a root document with an ed25519 private key in OpenSSH PEM
// form, as ssh-keygen -Y sign -n juzheng-root@v1 does, and returns the
// armored signature. Passphrase is asked only if the key is locked; it may be
// nil.
func SignRoot(root, keyPEM []byte, passphrase func() ([]byte, error)) ([]byte, error) {
	return nil, errors.New("sign root: not built in yet")
}

// VerifySSHSIG checks an armored SSH signature (OpenSSH PROTOCOL.sshsig) over
// message. AllowedSigners has the form of ssh-keygen(1), ALLOWED SIGNERS, and
// must come from outside the bundle; nil gives at best
// [SignatureUnknownKey]. At is the time at which a key must be in force. The
// error is of the allowed signers only; what is wrong with the signature is a
// state.
func VerifySSHSIG(armored, message, allowedSigners []byte, namespace string, at time.Time) (SignatureStatus, error) {
	return SignatureStatus{}, errors.New("verify signature: not built in yet")
}
