package timestamp

import (
	"crypto"
	_ "crypto/sha512" // registered for crypto.Hash
	"crypto/x509"
	"encoding/asn1"

	"github.com/emmansun/gmsm/sm3"
)

// Object identifiers of RFC 3161, RFC 5652, RFC 5035 and RFC 5280.
var (
	oidSignedData         = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTSTInfo            = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	oidContentType        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidSigningCertificate = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	oidSigningCertV2      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidExtendedKeyUsage   = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidSHA256             = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
)

// A digestAlgorithm is one a token may name. Weak ones are known so that they
// can be refused by name.
type digestAlgorithm struct {
	name string
	hash crypto.Hash // 0: SM3
	weak bool
}

var digestAlgorithms = map[string]digestAlgorithm{
	"1.2.840.113549.2.5":     {name: "MD5", weak: true},
	"1.3.14.3.2.26":          {name: "SHA-1", weak: true},
	"2.16.840.1.101.3.4.2.1": {name: "SHA-256", hash: crypto.SHA256},
	"2.16.840.1.101.3.4.2.2": {name: "SHA-384", hash: crypto.SHA384},
	"2.16.840.1.101.3.4.2.3": {name: "SHA-512", hash: crypto.SHA512},
	"1.2.156.10197.1.401":    {name: "SM3"}, // GM/T 0006
}

// sum returns the digest of p. The algorithm must be known and not weak.
func (a digestAlgorithm) sum(p []byte) []byte {
	if a.hash == 0 {
		sum := sm3.Sum(p)
		return sum[:]
	}
	h := a.hash.New()
	h.Write(p)
	return h.Sum(nil)
}

// signatureAlgorithms maps the algorithm a signature names to the kind of key.
var signatureAlgorithms = map[string]string{
	"1.2.840.113549.1.1.1":  "RSA",
	"1.2.840.113549.1.1.4":  "weak", // MD5 with RSA
	"1.2.840.113549.1.1.5":  "weak", // SHA-1 with RSA
	"1.2.840.113549.1.1.10": "PSS",
	"1.2.840.113549.1.1.11": "RSA",
	"1.2.840.113549.1.1.12": "RSA",
	"1.2.840.113549.1.1.13": "RSA",
	"1.2.840.10045.2.1":     "ECDSA",
	"1.2.840.10045.4.1":     "weak", // ECDSA with SHA-1
	"1.2.840.10045.4.3.2":   "ECDSA",
	"1.2.840.10045.4.3.3":   "ECDSA",
	"1.2.840.10045.4.3.4":   "ECDSA",
	"1.3.101.112":           "Ed25519",
	"1.2.156.10197.1.301":   "SM2",
	"1.2.156.10197.1.301.1": "SM2",
	"1.2.156.10197.1.501":   "SM2", // SM2 with SM3
}

var x509Algorithms = map[string]map[crypto.Hash]x509.SignatureAlgorithm{
	"RSA": {crypto.SHA256: x509.SHA256WithRSA, crypto.SHA384: x509.SHA384WithRSA,
		crypto.SHA512: x509.SHA512WithRSA},
	"PSS": {crypto.SHA256: x509.SHA256WithRSAPSS, crypto.SHA384: x509.SHA384WithRSAPSS,
		crypto.SHA512: x509.SHA512WithRSAPSS},
	"ECDSA": {crypto.SHA256: x509.ECDSAWithSHA256, crypto.SHA384: x509.ECDSAWithSHA384,
		crypto.SHA512: x509.ECDSAWithSHA512},
	"Ed25519": {crypto.SHA256: x509.PureEd25519, crypto.SHA384: x509.PureEd25519, crypto.SHA512: x509.PureEd25519},
}

// algorithm says how the signature is to be checked, or that it is refused or
// beyond this reader: SM2 is recognised, so that a token of a Chinese
// authority is not called invalid.
func (s *tokenSigner) algorithm() (x509.SignatureAlgorithm, error) {
	kind, hash := signatureAlgorithms[s.scheme.String()], digestAlgorithms[s.digest.String()]
	switch {
	case kind == "SM2" || hash.name == "SM3":
		return 0, faultf(Unsupported, "signed with SM2 or SM3, which this program cannot check")
	case kind == "weak" || hash.weak:
		return 0, faultf(WeakDigest, "the signature is over SHA-1 or MD5")
	}
	algorithm, ok := x509Algorithms[kind][hash.hash]
	if !ok {
		return 0, faultf(Unsupported, "signature algorithm %s over digest %s", s.scheme, s.digest)
	}
	return algorithm, nil
}
