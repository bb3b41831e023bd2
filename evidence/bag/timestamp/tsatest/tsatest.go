// Package tsatest is a time-stamp authority for tests: it makes replies of RFC
// 3161 that are sound, or in which any one thing is wrong. It panics where it
// cannot go on, as package httptest does.
package tsatest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tags "golang.org/x/crypto/cryptobyte/asn1"
)

// An Authority makes replies of which any part can be wrong. What it makes
// when nothing is wrong, openssl accepts: see TestTimestampByOpenSSL.
type Authority struct {
	RootPEM []byte
	RootKey *ecdsa.PrivateKey
	Root    *x509.Certificate
	Key     *ecdsa.PrivateKey
	Cert    *x509.Certificate
}

// At is when it stamps; From and Till bound its certificate.
var (
	At   = time.Date(2026, 3, 1, 4, 0, 0, 500_000_000, time.UTC)
	From = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	Till = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
)

// TimeStamping is the purpose a certificate of an authority must have.
var TimeStamping = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}

// The other object identifiers of a reply. They are written out here and not
// taken from package timestamp, whose tests would then agree with any mistake
// in them.
var (
	signedData         = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	stampInfo          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	contentType        = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	messageDigest      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	signingCertificate = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	signingCertV2      = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	extendedKeyUsage   = asn1.ObjectIdentifier{2, 5, 29, 37}
	sha256OID          = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
)

// Key returns a key that is always the same for the same text, and so
// protects nothing.
func Key(text string) *ecdsa.PrivateKey {
	scalar := sha256.Sum256([]byte(text))
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar[:])
	if err != nil {
		panic(err)
	}
	return key
}

// Certificate signs a certificate with the key of its parent.
func Certificate(template, parent *x509.Certificate, public crypto.PublicKey, key crypto.Signer) *x509.Certificate {
	der, err := x509.CreateCertificate(nil, template, parent, public, key)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return cert
}

// Purpose is an extended key usage extension.
func Purpose(critical bool, ids ...asn1.ObjectIdentifier) pkix.Extension {
	value, err := asn1.Marshal(ids)
	if err != nil {
		panic(err)
	}
	return pkix.Extension{Id: extendedKeyUsage, Critical: critical, Value: value}
}

// New makes a root and an authority, with keys by name; change may
// spoil the authority's certificate before it is signed. Signatures are
// deterministic (RFC 6979), so that the same test makes the same bytes.
func New(name string, change func(*x509.Certificate)) *Authority {
	a := &Authority{RootKey: Key(name + " root"), Key: Key(name)}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test Root"},
		NotBefore: From.AddDate(-1, 0, 0), NotAfter: Till.AddDate(9, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	a.Root = Certificate(root, root, &a.RootKey.PublicKey, a.RootKey)
	a.RootPEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.Root.Raw})
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "Test TSA"}, NotBefore: From, NotAfter: Till,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtraExtensions: []pkix.Extension{Purpose(true, TimeStamping)},
	}
	if change != nil {
		change(leaf)
	}
	a.Cert = Certificate(leaf, a.Root, &a.Key.PublicKey, a.RootKey)
	return a
}

// A Stamp is what a reply says. Zero fields are left as they should be.
type Stamp struct {
	Status     int64
	Document   []byte
	Imprint    asn1.ObjectIdentifier // with digest
	Digest     []byte
	GenTime    string
	Nonce      *big.Int
	Critical   bool // a critical extension
	Content    asn1.ObjectIdentifier
	Certs      [][]byte // nil: the signer's
	NoCerts    bool
	Signers    int // 0: one
	AttrType   asn1.ObjectIdentifier
	AttrDigest []byte
	NamedCert  []byte // DER the signing certificate attribute names
	CertIDv1   bool   // RFC 2634 instead of RFC 5035
	NoCertID   bool
	Twice      bool                  // message digest twice
	Scheme     asn1.ObjectIdentifier // of the signature
	DigestAlg  asn1.ObjectIdentifier
	FlipBit    bool                  // in the signature
	Version    int64                 // of the content; 0: 1
	Accuracy   []byte                // DER of its fields; nil: a second
	ByKeyID    bool                  // the signer is named by the key identifier of the certificate
	CertIDAlg  asn1.ObjectIdentifier // of RFC 5035, with CertHash; nil: SHA-256, and left out
	CertHash   []byte
	Surplus    bool // an element after the token
}

func algorithmID(b *cryptobyte.Builder, id asn1.ObjectIdentifier) {
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(id) })
}

func or(id, usual asn1.ObjectIdentifier) asn1.ObjectIdentifier {
	if id == nil {
		return usual
	}
	return id
}

// tstInfo builds the time-stamp itself.
func (s Stamp) tstInfo() []byte {
	digest := s.Digest
	if digest == nil {
		sum := sha256.Sum256(s.Document)
		digest = sum[:]
	}
	genTime := s.GenTime
	if genTime == "" {
		genTime = At.Format("20060102150405.9Z")
	}
	var b cryptobyte.Builder
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(max(1, s.Version))
		b.AddASN1ObjectIdentifier(asn1.ObjectIdentifier{1, 2, 3, 4, 1})
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
			algorithmID(b, or(s.Imprint, sha256OID))
			b.AddASN1OctetString(digest)
		})
		b.AddASN1Int64(0x1234)
		b.AddASN1(tags.GeneralizedTime, func(b *cryptobyte.Builder) { b.AddBytes([]byte(genTime)) })
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
			if s.Accuracy != nil {
				b.AddBytes(s.Accuracy)
				return
			}
			b.AddASN1Int64(1)
		})
		if s.Nonce != nil {
			b.AddASN1BigInt(s.Nonce)
		}
		if s.Critical {
			b.AddASN1(tags.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
				b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1ObjectIdentifier(asn1.ObjectIdentifier{1, 2, 3})
					b.AddASN1Boolean(true)
					b.AddASN1OctetString(nil)
				})
			})
		}
	})
	return b.BytesOrPanic()
}

func attribute(b *cryptobyte.Builder, id asn1.ObjectIdentifier, value func(*cryptobyte.Builder)) {
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(id)
		b.AddASN1(tags.SET, value)
	})
}

// attributes builds the signed attributes under a tag.
func (s Stamp) attributes(tag tags.Tag, content []byte, cert *x509.Certificate) []byte {
	sum := sha256.Sum256(content)
	digest := sum[:]
	if s.AttrDigest != nil {
		digest = s.AttrDigest
	}
	named := cert.Raw
	if s.NamedCert != nil {
		named = s.NamedCert
	}
	var b cryptobyte.Builder
	b.AddASN1(tag, func(b *cryptobyte.Builder) {
		attribute(b, contentType, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(or(s.AttrType, stampInfo)) })
		attribute(b, messageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(digest) })
		if s.Twice {
			attribute(b, messageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(digest) })
		}
		if s.NoCertID {
			return
		}
		id, hash := signingCertV2, sha256.Sum256(named)
		certHash := hash[:]
		if s.CertIDv1 {
			old := sha1.Sum(named)
			id, certHash = signingCertificate, old[:]
		}
		if s.CertIDAlg != nil {
			certHash = s.CertHash
		}
		attribute(b, id, func(b *cryptobyte.Builder) {
			b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
						if s.CertIDAlg != nil {
							algorithmID(b, s.CertIDAlg)
						}
						b.AddASN1OctetString(certHash)
					})
				})
			})
		})
	})
	return b.BytesOrPanic()
}

// Reply builds and signs a whole reply.
func (a *Authority) Reply(s Stamp) []byte {
	content := s.tstInfo()
	sum := sha256.Sum256(s.attributes(tags.SET, content, a.Cert))
	signature, err := a.Key.Sign(nil, sum[:], crypto.SHA256)
	if err != nil {
		panic(err)
	}
	if s.FlipBit {
		signature[len(signature)-1] ^= 1
	}
	explicit0 := tags.Tag(0).ContextSpecific().Constructed()
	signer := func(b *cryptobyte.Builder) {
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1Int64(1)
			if s.ByKeyID {
				b.AddASN1(tags.Tag(0).ContextSpecific(),
					func(b *cryptobyte.Builder) { b.AddBytes(a.Cert.SubjectKeyId) })
			} else {
				b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddBytes(a.Cert.RawIssuer)
					b.AddASN1BigInt(a.Cert.SerialNumber)
				})
			}
			algorithmID(b, or(s.DigestAlg, sha256OID))
			b.AddBytes(s.attributes(explicit0, content, a.Cert))
			algorithmID(b, or(s.Scheme, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}))
			b.AddASN1OctetString(signature)
		})
	}
	var b cryptobyte.Builder
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Int64(s.Status) })
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(signedData)
			b.AddASN1(explicit0, func(b *cryptobyte.Builder) {
				b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) { a.signedData(b, s, content, signer) })
			})
		})
		if s.Surplus {
			b.AddASN1NULL()
		}
	})
	return b.BytesOrPanic()
}

func (a *Authority) signedData(b *cryptobyte.Builder, s Stamp, content []byte, signer func(*cryptobyte.Builder)) {
	explicit0 := tags.Tag(0).ContextSpecific().Constructed()
	b.AddASN1Int64(3)
	b.AddASN1(tags.SET, func(b *cryptobyte.Builder) { algorithmID(b, or(s.DigestAlg, sha256OID)) })
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(or(s.Content, stampInfo))
		b.AddASN1(explicit0, func(b *cryptobyte.Builder) { b.AddASN1OctetString(content) })
	})
	if !s.NoCerts {
		certs := s.Certs
		if certs == nil {
			certs = [][]byte{a.Cert.Raw}
		}
		b.AddASN1(explicit0, func(b *cryptobyte.Builder) {
			for _, cert := range certs {
				b.AddBytes(cert)
			}
		})
	}
	b.AddASN1(tags.SET, func(b *cryptobyte.Builder) {
		for range max(1, s.Signers) {
			signer(b)
		}
	})
}
