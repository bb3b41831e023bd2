// Package timestamp asks for time-stamps of RFC 3161 and checks them. A
// time-stamp is a signed statement of an authority that a document existed at
// a time; the authority sees the digest of the document and nothing else.
//
// [Request] makes the query, [Fetch] sends it, [Check] judges the reply. A
// query can also be kept as a file and stamped elsewhere. Without this program
// the same is checked with
//
//	$ openssl ts -verify -data doc -in reply.tsr -CAfile roots.pem
//
// [Check] differs from openssl in three ways. It judges certificates at the
// time of the stamp, so that an old stamp stays good ([ExpiredSince]). It
// refuses SHA-1 and MD5. It takes the whole reply and nothing behind it.
// SM2 and SM3, which Chinese authorities use, are recognised and reported as
// [Unsupported], which is not the same as wrong.
//
// Only [State.Proven] states prove anything. Which authority to trust is the
// reader's to say, with root certificates from elsewhere ([Trust]); without
// any, even a sound stamp is [Untrusted].
//
// The package uses the network in [Fetch] alone, and only at the address
// given.
package timestamp

import (
	"bytes"
	"crypto/sha1" // only for the certificate identifier of RFC 2634, which is defined by it
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tags "golang.org/x/crypto/cryptobyte/asn1"
)

// A State is what checking a time-stamp reply came to.
type State string

// The states. Valid and ExpiredSince prove that the document existed at
// [Result.Time]; no other state proves anything.
const (
	Absent           State = ""
	Valid            State = "valid"
	ExpiredSince     State = "expired-since"      // valid at its time; a certificate has run out since: a note
	Malformed        State = "malformed"          // not a reply as of RFC 3161
	Trailing         State = "trailing-bytes"     // something follows the reply
	Rejected         State = "rejected"           // the authority refused to stamp
	ImprintDiffers   State = "imprint-differs"    // stamped another document
	WeakDigest       State = "weak-digest"        // SHA-1 or MD5: refused
	NonceDiffers     State = "nonce-differs"      // answers another query
	NoCertificate    State = "no-certificate"     // signer certificate not inside
	SignatureBad     State = "signature-bad"      // altered
	WrongPurpose     State = "wrong-purpose"      // certificate is not for time stamping only
	Untrusted        State = "untrusted"          // no chain to a given root
	ExpiredAtGenTime State = "expired-at-gentime" // certificate not in force when it stamped
	Unsupported      State = "unsupported"        // SM2, SM3: recognised, not checked
)

// Proven reports whether the state proves that the document existed at the
// time of the token.
func (s State) Proven() bool {
	return s == Valid || s == ExpiredSince
}

// A Result says what was checked of a time-stamp reply, and what it came to.
// Only fields read before the first failure are filled; they are claims
// unless State is proven.
type Result struct {
	State     State         `json:"state"`
	Time      time.Time     `json:"time,omitzero"`       // genTime
	Accuracy  time.Duration `json:"accuracy,omitempty"`  // nanoseconds; zero: not stated
	Policy    string        `json:"policy,omitempty"`    // OID
	Serial    string        `json:"serial,omitempty"`    // hex
	Authority string        `json:"authority,omitempty"` // subject of the signer certificate
	TrustRoot string        `json:"trust_root,omitempty"`
	Expires   time.Time     `json:"expires,omitzero"` // first end of validity in the chain
	Nonce     bool          `json:"nonce_checked"`    // compared with the query's
	Detail    string        `json:"detail,omitempty"` // English, for a log
}

// Trust is what the user trusts, as PEM. Roots must come from elsewhere than the
// reply; without roots the best result is [Untrusted]. Chain may come along
// with the reply: intermediate certificates it does not carry.
type Trust struct{ Roots, Chain []byte }

// A TrustError reports trust roots in which no certificate could be read.
type TrustError struct{ Err error }

func (e *TrustError) Error() string {
	return "trust roots hold no readable certificate: " + e.Err.Error()
}

func (e *TrustError) Unwrap() error { return e.Err }

// A fault is why a token proves nothing.
type fault struct {
	state  State
	detail string
}

func (f *fault) Error() string { return string(f.state) + ": " + f.detail }

func faultf(state State, format string, args ...any) error {
	return &fault{state, fmt.Sprintf(format, args...)}
}

// Check checks an RFC 3161 reply over a document. Query is the kept query, or
// nil: then the nonce cannot be compared. Now decides only between [Valid] and
// [ExpiredSince]. The error is a [*TrustError]; what is wrong with the reply
// is a state.
func Check(reply, query, document []byte, trust Trust, now time.Time) (Result, error) {
	roots, err := trust.roots()
	if err != nil {
		return Result{}, fmt.Errorf("check time-stamp: %w", err)
	}
	var result Result
	err = result.check(reply, query, document, roots, trust.Chain, now)
	var why *fault
	if errors.As(err, &why) {
		result.State, result.Detail = why.state, why.detail
	}
	return result, nil
}

// check fills the result step by step; each error is a fault.
func (r *Result) check(reply, query, document []byte, roots *x509.CertPool, chain []byte, now time.Time) error {
	token, err := parseReply(reply)
	if err != nil {
		return err
	}
	info := token.info
	r.Time, r.Accuracy, r.Policy, r.Serial = info.genTime, info.accuracy, info.policy.String(), info.serial.Text(16)
	if err := info.imprint.check(document); err != nil {
		return err
	}
	if query != nil {
		if err := info.answers(query); err != nil {
			return err
		}
		r.Nonce = true
	}
	algorithm, err := token.signer.algorithm()
	if err != nil {
		return err
	}
	certs := parseCertificates(token.certificates)
	cert := token.signer.certificate(certs)
	switch {
	case cert == nil && len(certs) < len(token.certificates):
		return faultf(Unsupported, "a certificate in the token cannot be read")
	case cert == nil:
		return faultf(NoCertificate, "the token holds %d certificates, none of them the signer's",
			len(token.certificates))
	}
	r.Authority = cert.Subject.String()
	if err := token.checkSignature(cert, algorithm); err != nil {
		return err
	}
	if err := checkPurpose(cert); err != nil {
		return err
	}
	return r.checkChain(cert, append(certs, parseCertificates(pemCertificates(chain))...), roots, now)
}

// answers compares the token with the query it should answer.
func (info *tstInfo) answers(query []byte) error {
	asked, err := parseQuery(query)
	switch {
	case err != nil:
		return faultf(NonceDiffers, "the kept query cannot be read: %v", err)
	case asked.nonce == nil && info.nonce == nil:
		// Then only the imprint ties them.
	case asked.nonce == nil || info.nonce == nil || asked.nonce.Cmp(info.nonce) != 0:
		return faultf(NonceDiffers, "query has nonce %s, reply %s", asked.nonce, info.nonce)
	}
	if !asked.imprint.algorithm.Equal(info.imprint.algorithm) ||
		!bytes.Equal(asked.imprint.digest, info.imprint.digest) {
		return faultf(NonceDiffers, "the kept query is about another document")
	}
	return nil
}

// check compares the imprint with the document.
func (m messageImprint) check(document []byte) error {
	hash, known := digestAlgorithms[m.algorithm.String()]
	switch {
	case !known:
		return faultf(Unsupported, "imprint algorithm %s", m.algorithm)
	case hash.weak:
		return faultf(WeakDigest, "the imprint is %s", hash.name)
	case !bytes.Equal(hash.sum(document), m.digest):
		return faultf(ImprintDiffers, "the token stamps another document: %s %x", hash.name, m.digest)
	}
	return nil
}

// checkSignature checks that the token is signed with cert's key, and that
// the signature says so itself (RFC 5652, 5.4; RFC 5035; RFC 5816).
func (t *signedToken) checkSignature(cert *x509.Certificate, algorithm x509.SignatureAlgorithm) error {
	attributes, err := parseSignedAttributes(t.signer.attributes)
	if err != nil {
		return err
	}
	hash := digestAlgorithms[t.signer.digest.String()]
	if !attributes.contentType.Equal(oidTSTInfo) {
		return faultf(SignatureBad, "the signature is over content of type %s", attributes.contentType)
	}
	if !bytes.Equal(attributes.messageDigest, hash.sum(t.content)) {
		return faultf(SignatureBad, "the content is not what was signed")
	}
	// In the token the attributes are tagged [0]; what is signed is a SET OF.
	signed := bytes.Clone(t.signer.attributes)
	signed[0] = 0x31
	if err := cert.CheckSignature(algorithm, signed, t.signer.signature); err != nil {
		return faultf(SignatureBad, "%v", err)
	}
	// Without this another certificate over the same key could be slipped in.
	if !attributes.identifies(cert) {
		return faultf(SignatureBad, "the signature names another certificate")
	}
	return nil
}

// identifies reports whether every signing certificate attribute there is
// names cert first, and there is one.
func (a signedAttributes) identifies(cert *x509.Certificate) bool {
	if a.certHash == nil && a.certHashV2 == nil {
		return false
	}
	if a.certHash != nil {
		if sum := sha1.Sum(cert.Raw); !bytes.Equal(a.certHash, sum[:]) {
			return false
		}
	}
	if a.certHashV2 != nil {
		hash, known := digestAlgorithms[a.certHashV2Algorithm.String()]
		return known && !hash.weak && bytes.Equal(a.certHashV2, hash.sum(cert.Raw))
	}
	return true
}

// checkPurpose holds the signer certificate to RFC 3161, 2.3: time stamping,
// nothing else, and critical.
func checkPurpose(cert *x509.Certificate) error {
	const signing = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
	if len(cert.ExtKeyUsage) != 1 || cert.ExtKeyUsage[0] != x509.ExtKeyUsageTimeStamping ||
		len(cert.UnknownExtKeyUsage) > 0 {
		return faultf(WrongPurpose, "the certificate is not for time stamping alone")
	}
	for _, e := range cert.Extensions {
		if e.Id.Equal(oidExtendedKeyUsage) && !e.Critical {
			return faultf(WrongPurpose, "the purpose of the certificate is not critical")
		}
	}
	if cert.KeyUsage&^signing != 0 {
		return faultf(WrongPurpose, "the key of the certificate is not for signing alone")
	}
	return nil
}

// checkChain looks for a chain to a trusted root as it stood at the time of
// the token.
func (r *Result) checkChain(cert *x509.Certificate, others []*x509.Certificate, roots *x509.CertPool,
	now time.Time) error {
	between := x509.NewCertPool()
	for _, c := range others {
		between.AddCert(c)
	}
	build := func(at time.Time) ([][]*x509.Certificate, error) {
		return cert.Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: at,
			KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}})
	}
	if r.Time.Before(cert.NotBefore) || r.Time.After(cert.NotAfter) {
		return faultf(ExpiredAtGenTime, "certificate from %s until %s", cert.NotBefore.Format(time.RFC3339),
			cert.NotAfter.Format(time.RFC3339))
	}
	chains, err := build(r.Time)
	if err != nil {
		// The library does not say that it was only a matter of time.
		for _, at := range []time.Time{now, cert.NotBefore, cert.NotAfter} {
			if _, other := build(at); other == nil {
				return faultf(ExpiredAtGenTime, "a certificate above the signer's was not in force: %v", err)
			}
		}
		return faultf(Untrusted, "%v", err)
	}
	for _, chain := range chains {
		expires := chain[0].NotAfter
		for _, c := range chain {
			if c.NotAfter.Before(expires) {
				expires = c.NotAfter
			}
		}
		if expires.After(r.Expires) { // the chain that lasts longest
			r.Expires, r.TrustRoot = expires.UTC(), chain[len(chain)-1].Subject.String()
		}
	}
	r.State = Valid
	if now.After(r.Expires) {
		r.State, r.Detail = ExpiredSince, "a certificate ran out after the stamp was made"
	}
	return nil
}

// roots reads the trust roots: PEM, or one certificate in DER.
func (t Trust) roots() (*x509.CertPool, error) {
	pool := x509.NewCertPool()
	if len(bytes.TrimSpace(t.Roots)) == 0 {
		return pool, nil // not nil: the roots of the system vouch for web sites
	}
	list := pemCertificates(t.Roots)
	if len(list) == 0 {
		list = [][]byte{t.Roots}
	}
	var failed error
	found := 0
	for _, der := range list {
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			failed = err // perhaps SM2; another may do
			continue
		}
		found++
		pool.AddCert(cert)
	}
	if found == 0 {
		return nil, &TrustError{Err: failed}
	}
	return pool, nil
}

// CheckChain reports what keeps a file from being certificates in PEM form, with
// no more between them than the names openssl puts there.
func CheckChain(text []byte) error {
	blocks := 0
	for _, b := range text {
		if b >= 0x80 {
			return errors.New("more than certificates")
		}
	}
	for {
		block, rest := pem.Decode(text)
		if block == nil {
			break
		}
		// One with a key of SM2 cannot be read here, and is a certificate still.
		whole, inner := cryptobyte.String(block.Bytes), cryptobyte.String(nil)
		if block.Type != "CERTIFICATE" || !whole.ReadASN1(&inner, tags.SEQUENCE) || !whole.Empty() {
			return fmt.Errorf("block %d is no certificate", blocks+1)
		}
		blocks, text = blocks+1, rest
	}
	if blocks == 0 {
		return errors.New("no certificate")
	}
	return nil
}

func pemCertificates(text []byte) [][]byte {
	var list [][]byte
	for {
		block, rest := pem.Decode(text)
		if block == nil {
			return list
		}
		if block.Type == "CERTIFICATE" {
			list = append(list, block.Bytes)
		}
		text = rest
	}
}

// parseCertificates passes over what cannot be read: a certificate nobody
// needs may be of any kind.
func parseCertificates(list [][]byte) []*x509.Certificate {
	var certs []*x509.Certificate
	for _, der := range list {
		if cert, err := x509.ParseCertificate(der); err == nil {
			certs = append(certs, cert)
		}
	}
	return certs
}
