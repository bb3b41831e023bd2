package bag

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
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tags "golang.org/x/crypto/cryptobyte/asn1"
)

// A testTSA makes replies of which any part can be wrong. What it makes when
// nothing is wrong, openssl accepts: see TestTimestampByOpenSSL.
type testTSA struct {
	rootPEM []byte
	rootKey *ecdsa.PrivateKey
	root    *x509.Certificate
	key     *ecdsa.PrivateKey
	cert    *x509.Certificate
}

var (
	stampedAt = time.Date(2026, 3, 1, 4, 0, 0, 500_000_000, time.UTC)
	stampFrom = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	stampTill = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
)

var oidTimeStamping = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 8}

// testECKey returns a key that is always the same for the same text, and so
// protects nothing.
func testECKey(t testing.TB, text string) *ecdsa.PrivateKey {
	t.Helper()
	scalar := sha256.Sum256([]byte(text))
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar[:])
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func testCertificate(t testing.TB, template, parent *x509.Certificate, public crypto.PublicKey, key crypto.Signer) *x509.Certificate {
	t.Helper()
	der, err := x509.CreateCertificate(nil, template, parent, public, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

// purpose is an extended key usage extension.
func purpose(t testing.TB, critical bool, ids ...asn1.ObjectIdentifier) pkix.Extension {
	t.Helper()
	value, err := asn1.Marshal(ids)
	if err != nil {
		t.Fatal(err)
	}
	return pkix.Extension{Id: oidExtendedKeyUsage, Critical: critical, Value: value}
}

// newTestTSA makes a root and an authority, with keys by name; change may
// spoil the authority's certificate before it is signed. Signatures are
// deterministic (RFC 6979), so that the same test makes the same bytes.
func newTestTSA(t testing.TB, name string, change func(*x509.Certificate)) *testTSA {
	t.Helper()
	a := &testTSA{rootKey: testECKey(t, name+" root"), key: testECKey(t, name)}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test Root"}, NotBefore: stampFrom.AddDate(-1, 0, 0), NotAfter: stampTill.AddDate(9, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	a.root = testCertificate(t, root, root, &a.rootKey.PublicKey, a.rootKey)
	a.rootPEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.root.Raw})
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "Test TSA"}, NotBefore: stampFrom, NotAfter: stampTill,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtraExtensions: []pkix.Extension{purpose(t, true, oidTimeStamping)},
	}
	if change != nil {
		change(leaf)
	}
	a.cert = testCertificate(t, leaf, a.root, &a.key.PublicKey, a.rootKey)
	return a
}

// A testStamp is what a reply says. Zero fields are left as they should be.
type testStamp struct {
	status     int64
	document   []byte
	imprint    asn1.ObjectIdentifier // with digest
	digest     []byte
	genTime    string
	nonce      *big.Int
	critical   bool // a critical extension
	content    asn1.ObjectIdentifier
	certs      [][]byte // nil: the signer's
	noCerts    bool
	signers    int // 0: one
	attrType   asn1.ObjectIdentifier
	attrDigest []byte
	namedCert  []byte // DER the signing certificate attribute names
	certIDv1   bool   // RFC 2634 instead of RFC 5035
	noCertID   bool
	twice      bool                  // message digest twice
	scheme     asn1.ObjectIdentifier // of the signature
	digestAlg  asn1.ObjectIdentifier
	flipBit    bool // in the signature
	surplus    bool // an element after the token
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
func (s testStamp) tstInfo() []byte {
	digest := s.digest
	if digest == nil {
		sum := sha256.Sum256(s.document)
		digest = sum[:]
	}
	genTime := s.genTime
	if genTime == "" {
		genTime = stampedAt.Format("20060102150405.9Z")
	}
	var b cryptobyte.Builder
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1)
		b.AddASN1ObjectIdentifier(asn1.ObjectIdentifier{1, 2, 3, 4, 1})
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
			algorithmID(b, or(s.imprint, oidSHA256))
			b.AddASN1OctetString(digest)
		})
		b.AddASN1Int64(0x1234)
		b.AddASN1(tags.GeneralizedTime, func(b *cryptobyte.Builder) { b.AddBytes([]byte(genTime)) })
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Int64(1) }) // accuracy
		if s.nonce != nil {
			b.AddASN1BigInt(s.nonce)
		}
		if s.critical {
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
func (s testStamp) attributes(tag tags.Tag, content []byte, cert *x509.Certificate) []byte {
	sum := sha256.Sum256(content)
	digest := sum[:]
	if s.attrDigest != nil {
		digest = s.attrDigest
	}
	named := cert.Raw
	if s.namedCert != nil {
		named = s.namedCert
	}
	var b cryptobyte.Builder
	b.AddASN1(tag, func(b *cryptobyte.Builder) {
		attribute(b, oidContentType, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(or(s.attrType, oidTSTInfo)) })
		attribute(b, oidMessageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(digest) })
		if s.twice {
			attribute(b, oidMessageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(digest) })
		}
		if s.noCertID {
			return
		}
		id, hash := oidSigningCertV2, sha256.Sum256(named)
		certHash := hash[:]
		if s.certIDv1 {
			old := sha1.Sum(named)
			id, certHash = oidSigningCertificate, old[:]
		}
		attribute(b, id, func(b *cryptobyte.Builder) {
			b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1OctetString(certHash) })
				})
			})
		})
	})
	return b.BytesOrPanic()
}

// reply builds and signs a whole reply.
func (a *testTSA) reply(t testing.TB, s testStamp) []byte {
	t.Helper()
	content := s.tstInfo()
	sum := sha256.Sum256(s.attributes(tags.SET, content, a.cert))
	signature, err := a.key.Sign(nil, sum[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if s.flipBit {
		signature[len(signature)-1] ^= 1
	}
	explicit0 := tags.Tag(0).ContextSpecific().Constructed()
	signer := func(b *cryptobyte.Builder) {
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1Int64(1)
			b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddBytes(a.cert.RawIssuer)
				b.AddASN1BigInt(a.cert.SerialNumber)
			})
			algorithmID(b, or(s.digestAlg, oidSHA256))
			b.AddBytes(s.attributes(explicit0, content, a.cert))
			algorithmID(b, or(s.scheme, asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}))
			b.AddASN1OctetString(signature)
		})
	}
	var b cryptobyte.Builder
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Int64(s.status) })
		b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(oidSignedData)
			b.AddASN1(explicit0, func(b *cryptobyte.Builder) {
				b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) { a.signedData(b, s, content, signer) })
			})
		})
		if s.surplus {
			b.AddASN1NULL()
		}
	})
	return b.BytesOrPanic()
}

func (a *testTSA) signedData(b *cryptobyte.Builder, s testStamp, content []byte, signer func(*cryptobyte.Builder)) {
	explicit0 := tags.Tag(0).ContextSpecific().Constructed()
	b.AddASN1Int64(3)
	b.AddASN1(tags.SET, func(b *cryptobyte.Builder) { algorithmID(b, or(s.digestAlg, oidSHA256)) })
	b.AddASN1(tags.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(or(s.content, oidTSTInfo))
		b.AddASN1(explicit0, func(b *cryptobyte.Builder) { b.AddASN1OctetString(content) })
	})
	if !s.noCerts {
		certs := s.certs
		if certs == nil {
			certs = [][]byte{a.cert.Raw}
		}
		b.AddASN1(explicit0, func(b *cryptobyte.Builder) {
			for _, cert := range certs {
				b.AddBytes(cert)
			}
		})
	}
	b.AddASN1(tags.SET, func(b *cryptobyte.Builder) {
		for range max(1, s.signers) {
			signer(b)
		}
	})
}
