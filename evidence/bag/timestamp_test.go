package bag

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm3"
)

// newTestQuery returns a query over testRoot with a known nonce.
func newTestQuery(t testing.TB) (query []byte, nonce *big.Int) {
	t.Helper()
	query, err := TimestampRequest(testRoot, strings.NewReader("12345678"))
	if err != nil {
		t.Fatal(err)
	}
	return query, new(big.Int).SetBytes([]byte("12345678"))
}

func TestTimestampRequestNeedsNonce(t *testing.T) {
	if _, err := TimestampRequest(testRoot, strings.NewReader("1234567")); err == nil {
		t.Error("a query was made with a short nonce")
	}
}

func TestCheckTimestampContent(t *testing.T) {
	a := newTestTSA(t, "one", nil)
	other := newTestTSA(t, "other", nil)
	query, nonce := newTestQuery(t)
	otherQuery, err := TimestampRequest([]byte("other"), strings.NewReader("12345678"))
	if err != nil {
		t.Fatal(err)
	}
	old := sha1.Sum(testRoot)
	long := sha512.Sum512(testRoot)
	national := sm3.Sum(testRoot)
	now := stampedAt.AddDate(0, 1, 0)
	for _, c := range []struct {
		name   string
		stamp  testStamp
		change func(reply []byte) []byte
		query  []byte // nil: the one asked; empty: none kept
		want   TimestampState
	}{
		{name: "valid", want: TimestampValid},
		{name: "granted with changes", stamp: testStamp{status: 1}, want: TimestampValid},
		{name: "no query kept", query: []byte{}, want: TimestampValid},
		{name: "SHA-512 imprint", stamp: testStamp{imprint: asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}, digest: long[:]}, query: []byte{}, want: TimestampValid},
		{name: "SM3 imprint", stamp: testStamp{imprint: asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 401}, digest: national[:]}, query: []byte{}, want: TimestampValid},
		{name: "certificate named by RFC 2634", stamp: testStamp{certIDv1: true}, want: TimestampValid},
		{name: "surplus certificates", stamp: testStamp{certs: [][]byte{a.root.Raw, a.cert.Raw}}, want: TimestampValid},
		{name: "rejected", stamp: testStamp{status: 2}, want: TimestampRejected},
		{name: "another document", stamp: testStamp{document: []byte("other")}, want: TimestampImprintDiffers},
		{name: "SHA-1 imprint", stamp: testStamp{imprint: asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}, digest: old[:]}, want: TimestampWeakDigest},
		{name: "unknown imprint", stamp: testStamp{imprint: asn1.ObjectIdentifier{1, 2, 3}}, want: TimestampUnsupported},
		{name: "cut imprint", stamp: testStamp{digest: []byte{}}, want: TimestampImprintDiffers},
		{name: "another nonce", stamp: testStamp{nonce: big.NewInt(5)}, want: TimestampNonceDiffers},
		{name: "query over another document", query: otherQuery, want: TimestampNonceDiffers},
		{name: "query unreadable", query: []byte("?"), want: TimestampNonceDiffers},
		{name: "time without Z", stamp: testStamp{genTime: "20260301120000+0800"}, want: TimestampMalformed},
		{name: "no such day", stamp: testStamp{genTime: "20260231120000Z"}, want: TimestampMalformed},
		{name: "critical extension", stamp: testStamp{critical: true}, want: TimestampUnsupported},
		{name: "other content", stamp: testStamp{content: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}}, want: TimestampMalformed},
		{name: "no certificate", stamp: testStamp{noCerts: true}, want: TimestampNoCertificate},
		{name: "no certificate and bad signature", stamp: testStamp{noCerts: true, flipBit: true}, want: TimestampNoCertificate},
		{name: "only another certificate", stamp: testStamp{certs: [][]byte{a.root.Raw}}, want: TimestampNoCertificate},
		{name: "same name, other key", stamp: testStamp{certs: [][]byte{other.cert.Raw}}, want: TimestampSignatureBad},
		{name: "bit in the signature", stamp: testStamp{flipBit: true}, want: TimestampSignatureBad},
		{name: "signed for another content", stamp: testStamp{attrDigest: make([]byte, 32)}, want: TimestampSignatureBad},
		{name: "signed as another type", stamp: testStamp{attrType: oidSignedData}, want: TimestampSignatureBad},
		{name: "signature names another certificate", stamp: testStamp{namedCert: []byte("x")}, want: TimestampSignatureBad},
		{name: "RFC 2634 names another certificate", stamp: testStamp{namedCert: []byte("x"), certIDv1: true}, want: TimestampSignatureBad},
		{name: "signature names no certificate", stamp: testStamp{noCertID: true}, want: TimestampSignatureBad},
		{name: "attribute twice", stamp: testStamp{twice: true}, want: TimestampMalformed},
		{name: "two signatures", stamp: testStamp{signers: 2}, want: TimestampMalformed},
		{name: "SM2", stamp: testStamp{scheme: asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 501}}, want: TimestampUnsupported},
		{name: "SM3 digest", stamp: testStamp{digestAlg: asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 401}}, want: TimestampUnsupported},
		{name: "SHA-1 signature", stamp: testStamp{digestAlg: asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}}, want: TimestampWeakDigest},
		{name: "unknown signature", stamp: testStamp{scheme: asn1.ObjectIdentifier{1, 2, 3}}, want: TimestampUnsupported},
		{name: "surplus element", stamp: testStamp{surplus: true}, want: TimestampMalformed},
		{name: "trailing byte", change: func(p []byte) []byte { return append(p, 0) }, want: TimestampTrailing},
		{name: "two replies", change: func(p []byte) []byte { return append(p, p...) }, want: TimestampTrailing},
		{name: "cut short", change: func(p []byte) []byte { return p[:len(p)-1] }, want: TimestampMalformed},
		{name: "empty", change: func(p []byte) []byte { return nil }, want: TimestampMalformed},
		{name: "BER", change: func(p []byte) []byte { return append([]byte{0x30, 0x80}, p[4:]...) }, want: TimestampUnsupported},
		{name: "year changed", change: func(p []byte) []byte {
			return bytes.Replace(p, []byte("20260301040000"), []byte("20250301040000"), 1)
		}, want: TimestampSignatureBad},
	} {
		s := c.stamp
		if s.document == nil {
			s.document = testRoot
		}
		if s.nonce == nil {
			s.nonce = nonce
		}
		reply := a.reply(t, s)
		if c.change != nil {
			reply = c.change(reply)
		}
		asked := query
		if c.query != nil {
			asked = c.query
		}
		if len(asked) == 0 {
			asked = nil
		}
		got, err := CheckTimestamp(reply, asked, testRoot, TimestampTrust{Roots: a.rootPEM}, now)
		if err != nil || got.State != c.want {
			t.Errorf("%s: %+v, %v; want %s", c.name, got, err, c.want)
		}
		if got.State.Proven() != (got.Detail == "") {
			t.Errorf("%s: detail %q", c.name, got.Detail)
		}
		if got.State == TimestampValid && (!got.Time.Equal(stampedAt) || got.Accuracy != time.Second || got.Serial != "1234" || got.Policy != "1.2.3.4.1" ||
			got.Authority != "CN=Test TSA" || got.TrustRoot != "CN=Test Root" || !got.Expires.Equal(stampTill) || got.Nonce != (asked != nil)) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	bare := a.reply(t, testStamp{document: testRoot})[4+5:]
	if got, _ := CheckTimestamp(bare, nil, testRoot, TimestampTrust{Roots: a.rootPEM}, now); got.State != TimestampMalformed || !strings.Contains(got.Detail, "bare token") {
		t.Errorf("bare token: %+v", got)
	}
}

func TestCheckTimestampCertificate(t *testing.T) {
	now := stampedAt.AddDate(0, 1, 0)
	emailing := asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 4}
	extensions := func(critical bool, ids ...asn1.ObjectIdentifier) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.ExtraExtensions = []pkix.Extension{purpose(t, critical, ids...)} }
	}
	for _, c := range []struct {
		name   string
		change func(*x509.Certificate)
		now    time.Time
		want   TimestampState
	}{
		{name: "no key usage", change: func(c *x509.Certificate) { c.KeyUsage = 0 }, want: TimestampValid},
		{name: "no purpose", change: func(c *x509.Certificate) { c.ExtraExtensions = nil }, want: TimestampWrongPurpose},
		{name: "another purpose", change: extensions(true, emailing), want: TimestampWrongPurpose},
		{name: "second purpose", change: extensions(true, oidTimeStamping, emailing), want: TimestampWrongPurpose},
		{name: "second, unknown purpose", change: extensions(true, oidTimeStamping, asn1.ObjectIdentifier{1, 2, 3}), want: TimestampWrongPurpose},
		{name: "purpose not critical", change: extensions(false, oidTimeStamping), want: TimestampWrongPurpose},
		{name: "key may encipher", change: func(c *x509.Certificate) { c.KeyUsage |= x509.KeyUsageKeyEncipherment }, want: TimestampWrongPurpose},
		{name: "not yet valid when it stamped", change: func(c *x509.Certificate) { c.NotBefore = stampedAt.Add(time.Hour) }, want: TimestampExpiredAtGenTime},
		{name: "expired when it stamped", change: func(c *x509.Certificate) { c.NotAfter = stampedAt.Add(-time.Hour) }, want: TimestampExpiredAtGenTime},
		{name: "expired since", now: stampTill.Add(time.Hour), want: TimestampExpiredSince},
		{name: "last second", now: stampTill, want: TimestampValid},
	} {
		a := newTestTSA(t, "one", c.change)
		if c.now.IsZero() {
			c.now = now
		}
		got, err := CheckTimestamp(a.reply(t, testStamp{document: testRoot}), nil, testRoot, TimestampTrust{Roots: a.rootPEM}, c.now)
		if err != nil || got.State != c.want {
			t.Errorf("%s: %+v, %v; want %s", c.name, got, err, c.want)
		}
	}
}

func TestCheckTimestampTrust(t *testing.T) {
	now := stampedAt.AddDate(0, 1, 0)
	a, other := newTestTSA(t, "one", nil), newTestTSA(t, "other", nil)
	asPEM := func(c *x509.Certificate) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
	}
	// An authority below another: the token carries only the signer.
	middleKey := testECKey(t, "middle")
	middle := testCertificate(t, &x509.Certificate{
		SerialNumber: big.NewInt(3), Subject: pkix.Name{CommonName: "Test Middle"}, NotBefore: stampFrom, NotAfter: stampTill.AddDate(0, -2, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, a.root, &middleKey.PublicKey, a.rootKey)
	below := *a
	below.cert = testCertificate(t, &x509.Certificate{
		SerialNumber: big.NewInt(8), Subject: pkix.Name{CommonName: "Test TSA"}, NotBefore: stampFrom, NotAfter: stampTill,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtraExtensions: []pkix.Extension{purpose(t, true, oidTimeStamping)},
	}, middle, &a.key.PublicKey, middleKey)
	late := testStamp{document: testRoot, genTime: "20261201000000Z"}
	for _, c := range []struct {
		name  string
		reply []byte
		trust TimestampTrust
		want  TimestampState
	}{
		{"none given", a.reply(t, testStamp{document: testRoot}), TimestampTrust{}, TimestampUntrusted},
		{"another root", a.reply(t, testStamp{document: testRoot}), TimestampTrust{Roots: other.rootPEM}, TimestampUntrusted},
		{"root only inside the bundle", a.reply(t, testStamp{document: testRoot}), TimestampTrust{Chain: a.rootPEM}, TimestampUntrusted},
		{"root in DER", a.reply(t, testStamp{document: testRoot}), TimestampTrust{Roots: a.root.Raw}, TimestampValid},
		{"one of two roots", a.reply(t, testStamp{document: testRoot}), TimestampTrust{Roots: append(other.rootPEM, a.rootPEM...)}, TimestampValid},
		{"middle missing", below.reply(t, testStamp{document: testRoot}), TimestampTrust{Roots: a.rootPEM}, TimestampUntrusted},
		{"middle in the chain file", below.reply(t, testStamp{document: testRoot}), TimestampTrust{Roots: a.rootPEM, Chain: asPEM(middle)}, TimestampValid},
		{"middle in the token", below.reply(t, testStamp{document: testRoot, certs: [][]byte{below.cert.Raw, middle.Raw}}), TimestampTrust{Roots: a.rootPEM}, TimestampValid},
		{"middle had run out", below.reply(t, late), TimestampTrust{Roots: a.rootPEM, Chain: asPEM(middle)}, TimestampExpiredAtGenTime},
	} {
		got, err := CheckTimestamp(c.reply, nil, testRoot, c.trust, now)
		if err != nil || got.State != c.want {
			t.Errorf("%s: %+v, %v; want %s", c.name, got, err, c.want)
		}
	}
	var unreadable *TrustError
	if _, err := CheckTimestamp(nil, nil, nil, TimestampTrust{Roots: []byte("no certificate")}, now); !errors.As(err, &unreadable) {
		t.Errorf("unreadable roots: %v", err)
	}
}

// Whatever is done to a reply, it proves nothing but what was stamped.
func FuzzCheckTimestamp(f *testing.F) {
	a := newTestTSA(f, "one", nil)
	query, nonce := newTestQuery(f)
	sound := a.reply(f, testStamp{document: testRoot, nonce: nonce})
	f.Add(sound, query)
	f.Add(a.reply(f, testStamp{document: testRoot, certIDv1: true, critical: true}), []byte{})
	f.Add(a.reply(f, testStamp{status: 2, signers: 2, noCerts: true}), []byte("0"))
	f.Fuzz(func(t *testing.T, reply, query []byte) {
		got, err := CheckTimestamp(reply, query, testRoot, TimestampTrust{Roots: a.rootPEM}, stampedAt)
		if err != nil {
			t.Fatal(err)
		}
		if got.State == TimestampAbsent {
			t.Error("no state")
		}
		if got.State.Proven() && !got.Time.Equal(stampedAt) {
			t.Errorf("proves another time: %+v", got)
		}
		if other, _ := CheckTimestamp(reply, query, []byte("other"), TimestampTrust{Roots: a.rootPEM}, stampedAt); other.State.Proven() {
			t.Errorf("proves another document: %+v", other)
		}
	})
}

// A changed bit either stands where nothing is read or is noticed: the stamp
// itself is never another one.
func TestCheckTimestampEveryBit(t *testing.T) {
	a := newTestTSA(t, "one", nil)
	query, nonce := newTestQuery(t)
	reply := a.reply(t, testStamp{document: testRoot, nonce: nonce})
	want := sha256.Sum256(parsedContent(t, reply))
	for i := range reply {
		p := bytes.Clone(reply)
		p[i] ^= 1 << (i % 8)
		got, err := CheckTimestamp(p, query, testRoot, TimestampTrust{Roots: a.rootPEM}, stampedAt)
		if err != nil {
			t.Fatal(err)
		}
		if got.State.Proven() && sha256.Sum256(parsedContent(t, p)) != want {
			t.Errorf("byte %d changed the stamp, and it is still proven: %+v", i, got)
		}
	}
}

func parsedContent(t *testing.T, reply []byte) []byte {
	t.Helper()
	token, err := parseTimestampReply(reply)
	if err != nil {
		t.Fatal(err)
	}
	return token.content
}
