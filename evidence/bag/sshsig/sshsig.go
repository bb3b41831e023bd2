// Package sshsig signs documents with SSH keys and checks such signatures. It
// writes and reads the format of OpenSSH (PROTOCOL.sshsig), so that anybody
// can check a signature without this program, and the reverse:
//
//	$ ssh-keygen -Y verify -f signers -I NAME -n NAMESPACE -s doc.sshsig < doc
//
// [Sign] makes a signature, [Verify] judges one. A signature is made for a
// namespace, a word for its purpose, and counts for no other.
//
// A sound signature says only that somebody had the key. Whose key it is must
// be known from elsewhere: that is the file of allowed signers, which the one
// who checks keeps. Never take it from whoever handed over the signature. A
// signature by a key that is not in it is [UnknownKey], not [Valid].
// [SignerLine] is what a signer hands over, by another way than the document.
//
// Signatures are made with ed25519 keys, and checked of every kind that
// ssh-keygen makes: ed25519, ECDSA, RSA, and those of security keys. A
// signature of another kind is [Unsupported], which is not the same as wrong.
package sshsig

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// A State is what checking a signature came to.
type State string

// The states. Only Valid means that the signature was made by a key of the
// allowed signers.
const (
	Absent         State = ""                 // there is no signature
	Valid          State = "valid"            // what it should be
	UnknownKey     State = "unknown-key"      // sound, but by a key nobody vouched for
	Invalid        State = "invalid"          // not over this message, or altered
	WrongNamespace State = "wrong-namespace"  // made for another purpose
	KeyNotInForce  State = "key-not-in-force" // the allowed signers line has run out, or is not yet valid
	Malformed      State = "malformed"        // not an SSH signature
	Unsupported    State = "unsupported"      // a key or hash this reader does not check
)

// A Result says what was checked of a signature, and what it came to.
type Result struct {
	State       State  `json:"state"`
	Namespace   string `json:"namespace,omitempty"`   // as in the signature
	KeyType     string `json:"key_type,omitempty"`    // ssh-ed25519, ssh-rsa …
	Fingerprint string `json:"fingerprint,omitempty"` // SHA256:…, as ssh-keygen -l prints it
	Signer      string `json:"signer,omitempty"`      // principals of the allowed signers line, if the key stands there
	Detail      string `json:"detail,omitempty"`      // English, for a log
}

// ErrPassphrase reports that a private key is locked and no passphrase, or a
// wrong one, was given.
var ErrPassphrase = errors.New("private key is locked: wrong passphrase or none")

// A KeyTypeError reports a private key that is not ed25519.
type KeyTypeError struct{ Type string }

func (e *KeyTypeError) Error() string { return "private key is " + e.Type + ", not ed25519" }

// The parts of the armored form, and of what is signed (PROTOCOL.sshsig).
const (
	armorBegin = "-----BEGIN SSH SIGNATURE-----"
	armorEnd   = "-----END SSH SIGNATURE-----"
	magic      = "SSHSIG"
	keyType    = "ssh-ed25519"
	sizeLimit  = 1 << 16 // bytes; a real one has about 300
)

// formats are the kinds of signature a kind of key may make. Those of RSA with
// SHA-1, which PROTOCOL.sshsig forbids, are not among them.
var formats = map[string][]string{
	ssh.KeyAlgoED25519:    {ssh.KeyAlgoED25519},
	ssh.KeyAlgoRSA:        {ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSASHA512},
	ssh.KeyAlgoECDSA256:   {ssh.KeyAlgoECDSA256},
	ssh.KeyAlgoECDSA384:   {ssh.KeyAlgoECDSA384},
	ssh.KeyAlgoECDSA521:   {ssh.KeyAlgoECDSA521},
	ssh.KeyAlgoSKED25519:  {ssh.KeyAlgoSKED25519},
	ssh.KeyAlgoSKECDSA256: {ssh.KeyAlgoSKECDSA256},
}

// Sign signs message for a purpose, the namespace, with an ed25519 private key
// in OpenSSH PEM form, as ssh-keygen -Y sign -n NAMESPACE does, and returns
// the armored signature. The same key and message give the same bytes.
// Passphrase is asked only if the key is locked; it may be nil. The errors are
// [ErrPassphrase], [*KeyTypeError], that of passphrase, or that the key cannot
// be read.
func Sign(message, keyPEM []byte, namespace string, passphrase func() ([]byte, error)) ([]byte, error) {
	key, err := openKey(keyPEM, passphrase)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return sign(key, namespace, message), nil
}

func sign(key ed25519.PrivateKey, namespace string, message []byte) []byte {
	const hash = "sha512" // what ssh-keygen uses
	signature := ed25519.Sign(key, toSign(namespace, hash, message))
	var blob []byte
	blob = append(blob, magic...)
	blob = binary.BigEndian.AppendUint32(blob, 1)
	blob = appendString(blob, appendString(appendString(nil, keyType), string(key.Public().(ed25519.PublicKey))))
	blob = appendString(blob, namespace)
	blob = appendString(blob, "") // reserved
	blob = appendString(blob, hash)
	blob = appendString(blob, appendString(appendString(nil, keyType), string(signature)))
	return armor(blob)
}

func openKey(keyPEM []byte, passphrase func() ([]byte, error)) (ed25519.PrivateKey, error) {
	key, err := ssh.ParseRawPrivateKey(keyPEM)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) {
		if passphrase == nil {
			return nil, ErrPassphrase
		}
		phrase, asked := passphrase()
		if asked != nil {
			return nil, asked
		}
		key, err = ssh.ParseRawPrivateKeyWithPassphrase(keyPEM, phrase)
		if errors.Is(err, x509.IncorrectPasswordError) {
			return nil, ErrPassphrase
		}
	}
	if err != nil {
		return nil, fmt.Errorf("read private key: %w", err)
	}
	switch key := key.(type) {
	case *ed25519.PrivateKey:
		return *key, nil
	case ed25519.PrivateKey:
		return key, nil
	}
	return nil, &KeyTypeError{Type: strings.TrimPrefix(fmt.Sprintf("%T", key), "*")}
}

// toSign is what the key signs: not the message but its digest, wrapped
// with what the signature is for. Hash is sha256 or sha512.
func toSign(namespace, hash string, message []byte) []byte {
	digest := sha512.Sum512(message)
	sum := digest[:]
	if hash == "sha256" {
		digest := sha256.Sum256(message)
		sum = digest[:]
	}
	out := []byte(magic)
	out = appendString(out, namespace)
	out = appendString(out, "") // reserved
	out = appendString(out, hash)
	return appendString(out, string(sum))
}

// appendString appends s in the string form of RFC 4251, 5.
func appendString[S string | []byte](p []byte, s S) []byte {
	p = binary.BigEndian.AppendUint32(p, uint32(len(s)))
	return append(p, s...)
}

// cutString reads a string of RFC 4251, 5 off the front of p.
func cutString(p []byte) (s, rest []byte, ok bool) {
	if len(p) < 4 || uint64(binary.BigEndian.Uint32(p)) > uint64(len(p)-4) {
		return nil, nil, false
	}
	end := 4 + int(binary.BigEndian.Uint32(p))
	return p[4:end], p[end:], true
}

// armor wraps at 70 characters, as ssh-keygen does.
func armor(blob []byte) []byte {
	var out bytes.Buffer
	out.WriteString(armorBegin + "\n")
	for text := base64.StdEncoding.EncodeToString(blob); text != ""; {
		n := min(70, len(text))
		out.WriteString(text[:n] + "\n")
		text = text[n:]
	}
	out.WriteString(armorEnd + "\n")
	return out.Bytes()
}

// A parsedSignature is an SSH signature taken apart.
type parsedSignature struct {
	keyBlob   []byte
	namespace string
	hash      string
	sigBlob   []byte
}

var errMalformed = errors.New("not an SSH signature")

// parse refuses what a verifier should not have to guess at: anything
// around the armor, anything after the last field, a reserved field in use.
func parse(armored []byte) (parsedSignature, error) {
	if len(armored) > sizeLimit {
		return parsedSignature{}, fmt.Errorf("%w: %d bytes", errMalformed, len(armored))
	}
	text, ok := strings.CutPrefix(strings.TrimSpace(string(armored)), armorBegin)
	if !ok {
		return parsedSignature{}, fmt.Errorf("%w: no armor", errMalformed)
	}
	text, ok = strings.CutSuffix(text, armorEnd)
	if !ok {
		return parsedSignature{}, fmt.Errorf("%w: cut short", errMalformed)
	}
	p, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSpace(text))
	if err != nil {
		return parsedSignature{}, fmt.Errorf("%w: %v", errMalformed, err)
	}
	if !bytes.HasPrefix(p, []byte(magic+"\x00\x00\x00\x01")) {
		return parsedSignature{}, fmt.Errorf("%w: version 1 expected", errMalformed)
	}
	var fields [5][]byte
	p = p[len(magic)+4:]
	for i := range fields {
		if fields[i], p, ok = cutString(p); !ok {
			return parsedSignature{}, fmt.Errorf("%w: cut short", errMalformed)
		}
	}
	if len(p) > 0 || len(fields[2]) > 0 {
		return parsedSignature{}, fmt.Errorf("%w: surplus bytes", errMalformed)
	}
	return parsedSignature{keyBlob: fields[0], namespace: string(fields[1]), hash: string(fields[3]),
		sigBlob: fields[4]}, nil
}

// Verify checks an armored SSH signature (OpenSSH PROTOCOL.sshsig) over
// message. AllowedSigners has the form of ssh-keygen(1), ALLOWED SIGNERS, and
// must come from elsewhere than the signature; nil gives at best
// [UnknownKey]. At is the time at which a key must be in force; its zone is
// that of validity times written without one. The error is of the allowed
// signers only; what is wrong with the signature is a state.
func Verify(armored, message, allowedSigners []byte, namespace string, at time.Time) (Result, error) {
	signers, err := parseSigners(allowedSigners, at.Location())
	if err != nil {
		return Result{}, err
	}
	sig, err := parse(armored)
	if err != nil {
		return Result{State: Malformed, Detail: err.Error()}, nil
	}
	status := Result{Namespace: sig.namespace}
	key, ok := status.readKey(sig)
	if !ok {
		return status, nil
	}
	var made ssh.Signature
	switch {
	case ssh.Unmarshal(sig.sigBlob, &made) != nil || !slices.Contains(formats[status.KeyType], made.Format) ||
		len(made.Rest) > 0 && !strings.HasPrefix(status.KeyType, "sk-"):
		status.State, status.Detail = Malformed, "not a signature of the key's kind"
	case sig.hash != "sha256" && sig.hash != "sha512":
		status.State, status.Detail = Unsupported, fmt.Sprintf("hash %q", sig.hash)
	case sig.namespace != namespace:
		status.State, status.Detail = WrongNamespace, fmt.Sprintf("made for %q, not for %q", sig.namespace, namespace)
	case key.Verify(toSign(namespace, sig.hash, message), &made) != nil:
		status.State, status.Detail = Invalid, "signature does not fit the document"
	default:
		status.judgeSigner(signers, sig.keyBlob, namespace, at)
	}
	return status, nil
}

// readKey reads the public key out of a signature. It sets the state and
// reports false if that cannot be done.
func (s *Result) readKey(sig parsedSignature) (ssh.PublicKey, bool) {
	name, _, ok := cutString(sig.keyBlob)
	if !ok {
		s.State, s.Detail = Malformed, "no public key"
		return nil, false
	}
	s.KeyType = fmt.Sprintf("%.64s", strings.ToValidUTF8(string(name), "?"))
	sum := sha256.Sum256(sig.keyBlob)
	s.Fingerprint = "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:])
	if formats[string(name)] == nil {
		s.State, s.Detail = Unsupported, fmt.Sprintf("key type %q", s.KeyType)
		return nil, false
	}
	key, err := ssh.ParsePublicKey(sig.keyBlob)
	if err != nil {
		s.State, s.Detail = Malformed, fmt.Sprintf("not a key of the type %s", s.KeyType)
		return nil, false
	}
	return key, true
}

// judgeSigner looks for a sound signature's key among those given from
// outside.
func (s *Result) judgeSigner(signers []signer, keyBlob []byte, namespace string, at time.Time) {
	s.State, s.Detail = UnknownKey, "the key is not among the allowed signers"
	for _, line := range signers {
		switch {
		case !bytes.Equal(line.keyBlob, keyBlob):
		case !line.covers(namespace):
			s.Detail = fmt.Sprintf("the key is not allowed to sign for %q", namespace)
		case !line.inForce(at):
			s.State, s.Detail = KeyNotInForce, "the key was not in force at "+at.Format(time.RFC3339)
		default:
			s.State, s.Signer, s.Detail = Valid, line.principals, ""
			return
		}
	}
}
