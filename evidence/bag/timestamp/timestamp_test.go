package timestamp

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
	"juzheng/evidence/bag/timestamp/tsatest"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm3"
)

// Digests a reply can name.
var (
	sha1OID   = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	sha512OID = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}
	sm3OID    = asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 401}
)

// testRoot is what is stamped.
var testRoot = []byte(strings.Repeat("0", 64) + "  bagit.txt\n")

// newTestQuery returns a query over testRoot with a known nonce.
func newTestQuery(t testing.TB) (query []byte, nonce *big.Int) {
	t.Helper()
	query, err := Request(testRoot, strings.NewReader("12345678"))
	if err != nil {
		t.Fatal(err)
	}
	return query, new(big.Int).SetBytes([]byte("12345678"))
}

func TestTimestampRequestNeedsNonce(t *testing.T) {
	if _, err := Request(testRoot, strings.NewReader("1234567")); err == nil {
		t.Error("a query was made with a short nonce")
	}
}

func TestTimestampContent(t *testing.T) {
	a := tsatest.New("one", nil)
	other := tsatest.New("other", nil)
	query, nonce := newTestQuery(t)
	otherQuery, err := Request([]byte("other"), strings.NewReader("12345678"))
	if err != nil {
		t.Fatal(err)
	}
	old := sha1.Sum(testRoot)
	long := sha512.Sum512(testRoot)
	national := sm3.Sum(testRoot)
	longName, oldName := sha512.Sum512(a.Cert.Raw), sm3.Sum(a.Cert.Raw)
	accuracy := func(fields ...byte) tsatest.Stamp { return tsatest.Stamp{Accuracy: fields} }
	now := tsatest.At.AddDate(0, 1, 0)
	for _, c := range []struct {
		name   string
		stamp  tsatest.Stamp
		change func(reply []byte) []byte
		query  []byte // nil: the one asked; empty: none kept
		want   State
	}{
		{name: "valid", want: Valid},
		{name: "granted with changes", stamp: tsatest.Stamp{Status: 1}, want: Valid},
		{name: "no query kept", query: []byte{}, want: Valid},
		{name: "SHA-512 imprint", stamp: tsatest.Stamp{Imprint: sha512OID, Digest: long[:]}, query: []byte{},
			want: Valid},
		{name: "SM3 imprint", stamp: tsatest.Stamp{Imprint: sm3OID, Digest: national[:]}, query: []byte{}, want: Valid},
		{name: "certificate named by RFC 2634", stamp: tsatest.Stamp{CertIDv1: true}, want: Valid},
		{name: "certificate named by SHA-512", stamp: tsatest.Stamp{CertIDAlg: sha512OID, CertHash: longName[:]},
			want: Valid},
		{name: "certificate named by SHA-1", stamp: tsatest.Stamp{CertIDAlg: sha1OID, CertHash: oldName[:]},
			want: SignatureBad},
		{name: "surplus certificates", stamp: tsatest.Stamp{Certs: [][]byte{a.Root.Raw, a.Cert.Raw}}, want: Valid},
		{name: "rejected", stamp: tsatest.Stamp{Status: 2}, want: Rejected},
		{name: "another document", stamp: tsatest.Stamp{Document: []byte("other")}, want: ImprintDiffers},
		{name: "SHA-1 imprint", stamp: tsatest.Stamp{Imprint: sha1OID, Digest: old[:]}, want: WeakDigest},
		{name: "unknown imprint", stamp: tsatest.Stamp{Imprint: asn1.ObjectIdentifier{1, 2, 3}}, want: Unsupported},
		{name: "cut imprint", stamp: tsatest.Stamp{Digest: []byte{}}, want: ImprintDiffers},
		{name: "another nonce", stamp: tsatest.Stamp{Nonce: big.NewInt(5)}, want: NonceDiffers},
		{name: "query over another document", query: otherQuery, want: NonceDiffers},
		{name: "query unreadable", query: []byte("?"), want: NonceDiffers},
		{name: "time without Z", stamp: tsatest.Stamp{GenTime: "20260301120000+0800"}, want: Malformed},
		{name: "comma in the time", stamp: tsatest.Stamp{GenTime: "20260301040000,5Z"}, want: Malformed},
		{name: "another version", stamp: tsatest.Stamp{Version: 2}, want: Malformed},
		{name: "1000 milliseconds", stamp: accuracy(0x80, 2, 0x03, 0xe8), want: Malformed},
		{name: "1000 microseconds", stamp: accuracy(0x81, 2, 0x03, 0xe8), want: Malformed},
		{name: "accuracy below nothing", stamp: accuracy(2, 1, 0xff), want: Malformed},
		{name: "accuracy of eleven years", stamp: accuracy(2, 4, 0x14, 0xae, 0x29, 0x80), want: Malformed},
		{name: "accuracy with more to it", stamp: accuracy(2, 1, 1, 5, 0), want: Malformed},
		{name: "no such day", stamp: tsatest.Stamp{GenTime: "20260231120000Z"}, want: Malformed},
		{name: "critical extension", stamp: tsatest.Stamp{Critical: true}, want: Unsupported},
		{name: "other content", stamp: tsatest.Stamp{Content: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}},
			want: Malformed},
		{name: "no certificate", stamp: tsatest.Stamp{NoCerts: true}, want: NoCertificate},
		{name: "no certificate and bad signature", stamp: tsatest.Stamp{NoCerts: true, FlipBit: true},
			want: NoCertificate},
		{name: "only another certificate", stamp: tsatest.Stamp{Certs: [][]byte{a.Root.Raw}}, want: NoCertificate},
		{name: "same name, other key", stamp: tsatest.Stamp{Certs: [][]byte{other.Cert.Raw}}, want: SignatureBad},
		{name: "bit in the signature", stamp: tsatest.Stamp{FlipBit: true}, want: SignatureBad},
		{name: "signed for another content", stamp: tsatest.Stamp{AttrDigest: make([]byte, 32)}, want: SignatureBad},
		{name: "signed as another type", stamp: tsatest.Stamp{AttrType: oidSignedData}, want: SignatureBad},
		{name: "signature names another certificate", stamp: tsatest.Stamp{NamedCert: []byte("x")}, want: SignatureBad},
		{name: "RFC 2634 names another certificate", stamp: tsatest.Stamp{NamedCert: []byte("x"), CertIDv1: true},
			want: SignatureBad},
		{name: "signature names no certificate", stamp: tsatest.Stamp{NoCertID: true}, want: SignatureBad},
		{name: "attribute twice", stamp: tsatest.Stamp{Twice: true}, want: Malformed},
		{name: "two signatures", stamp: tsatest.Stamp{Signers: 2}, want: Malformed},
		{name: "SM2", stamp: tsatest.Stamp{Scheme: asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 501}}, want: Unsupported},
		{name: "SM3 digest", stamp: tsatest.Stamp{DigestAlg: sm3OID},
			want: Unsupported},
		{name: "SHA-1 signature", stamp: tsatest.Stamp{DigestAlg: sha1OID},
			want: WeakDigest},
		{name: "unknown signature", stamp: tsatest.Stamp{Scheme: asn1.ObjectIdentifier{1, 2, 3}}, want: Unsupported},
		{name: "surplus element", stamp: tsatest.Stamp{Surplus: true}, want: Malformed},
		{name: "trailing byte", change: func(p []byte) []byte { return append(p, 0) }, want: Trailing},
		{name: "two replies", change: func(p []byte) []byte { return append(p, p...) }, want: Trailing},
		{name: "cut short", change: func(p []byte) []byte { return p[:len(p)-1] }, want: Malformed},
		{name: "empty", change: func(p []byte) []byte { return nil }, want: Malformed},
		{name: "BER", change: func(p []byte) []byte { return append([]byte{0x30, 0x80}, p[4:]...) }, want: Unsupported},
		{name: "year changed", change: func(p []byte) []byte {
			return bytes.Replace(p, []byte("20260301040000"), []byte("20250301040000"), 1)
		}, want: SignatureBad},
	} {
		s := c.stamp
		if s.Document == nil {
			s.Document = testRoot
		}
		if s.Nonce == nil {
			s.Nonce = nonce
		}
		reply := a.Reply(s)
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
		got, err := Check(reply, asked, testRoot, Trust{Roots: a.RootPEM}, now)
		if err != nil || got.State != c.want {
			t.Errorf("%s: %+v, %v; want %s", c.name, got, err, c.want)
		}
		if got.State.Proven() != (got.Detail == "") {
			t.Errorf("%s: detail %q", c.name, got.Detail)
		}
		if got.State == Valid && (!got.Time.Equal(tsatest.At) || got.Accuracy != time.Second || got.Serial != "1234" ||
			got.Policy != "1.2.3.4.1" ||
			got.Authority != "CN=Test TSA" || got.TrustRoot != "CN=Test Root" || !got.Expires.Equal(tsatest.Till) ||
			got.Nonce != (asked != nil)) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	bare := a.Reply(tsatest.Stamp{Document: testRoot})[4+5:]
	if got, _ := Check(bare, nil, testRoot, Trust{Roots: a.RootPEM}, now); got.State != Malformed ||
		!strings.Contains(got.Detail, "bare token") {
		t.Errorf("bare token: %+v", got)
	}
}

func TestTimestampCertificate(t *testing.T) {
	now := tsatest.At.AddDate(0, 1, 0)
	emailing := asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 4}
	extensions := func(critical bool, ids ...asn1.ObjectIdentifier) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.ExtraExtensions = []pkix.Extension{tsatest.Purpose(critical, ids...)} }
	}
	for _, c := range []struct {
		name   string
		change func(*x509.Certificate)
		now    time.Time
		want   State
	}{
		{name: "may sign and may not deny it",
			change: func(c *x509.Certificate) { c.KeyUsage |= x509.KeyUsageContentCommitment },
			want:   Valid},
		{name: "key for certificates only", change: func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageCertSign },
			want: WrongPurpose},
		{name: "no key usage", change: func(c *x509.Certificate) { c.KeyUsage = 0 }, want: Valid},
		{name: "no purpose", change: func(c *x509.Certificate) { c.ExtraExtensions = nil }, want: WrongPurpose},
		{name: "another purpose", change: extensions(true, emailing), want: WrongPurpose},
		{name: "second purpose", change: extensions(true, tsatest.TimeStamping, emailing), want: WrongPurpose},
		{name: "second, unknown purpose",
			change: extensions(true, tsatest.TimeStamping, asn1.ObjectIdentifier{1, 2, 3}),
			want:   WrongPurpose},
		{name: "purpose not critical", change: extensions(false, tsatest.TimeStamping), want: WrongPurpose},
		{name: "key may encipher", change: func(c *x509.Certificate) { c.KeyUsage |= x509.KeyUsageKeyEncipherment },
			want: WrongPurpose},
		{name: "not yet valid when it stamped",
			change: func(c *x509.Certificate) { c.NotBefore = tsatest.At.Add(time.Hour) },
			want:   ExpiredAtGenTime},
		{name: "expired when it stamped", change: func(c *x509.Certificate) { c.NotAfter = tsatest.At.Add(-time.Hour) },
			want: ExpiredAtGenTime},
		{name: "expired since", now: tsatest.Till.Add(time.Hour), want: ExpiredSince},
		{name: "last second", now: tsatest.Till, want: Valid},
	} {
		a := tsatest.New("one", c.change)
		if c.now.IsZero() {
			c.now = now
		}
		got, err := Check(a.Reply(tsatest.Stamp{Document: testRoot}), nil, testRoot, Trust{Roots: a.RootPEM}, c.now)
		if err != nil || got.State != c.want {
			t.Errorf("%s: %+v, %v; want %s", c.name, got, err, c.want)
		}
	}
}

func TestTimestampTrust(t *testing.T) {
	now := tsatest.At.AddDate(0, 1, 0)
	a, other := tsatest.New("one", nil), tsatest.New("other", nil)
	asPEM := func(c *x509.Certificate) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
	}
	// An authority below another: the token carries only the signer.
	middleKey := tsatest.Key("middle")
	middle := tsatest.Certificate(&x509.Certificate{
		SerialNumber: big.NewInt(3), Subject: pkix.Name{CommonName: "Test Middle"}, NotBefore: tsatest.From,
		NotAfter: tsatest.Till.AddDate(0, -2, 0),
		IsCA:     true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, a.Root, &middleKey.PublicKey, a.RootKey)
	below := *a
	below.Cert = tsatest.Certificate(&x509.Certificate{
		SerialNumber: big.NewInt(8), Subject: pkix.Name{CommonName: "Test TSA"}, NotBefore: tsatest.From,
		NotAfter:        tsatest.Till,
		KeyUsage:        x509.KeyUsageDigitalSignature,
		ExtraExtensions: []pkix.Extension{tsatest.Purpose(true, tsatest.TimeStamping)},
	}, middle, &a.Key.PublicKey, middleKey)
	// A root that was made twice, for a short time and for a long one.
	short := *a.Root
	short.SerialNumber, short.NotAfter = big.NewInt(9), tsatest.Till.AddDate(0, -6, 0)
	brief := asPEM(tsatest.Certificate(&short, &short, &a.RootKey.PublicKey, a.RootKey))
	stamped := a.Reply(tsatest.Stamp{Document: testRoot})
	for name, c := range map[string]struct {
		reply []byte
		trust Trust
		until time.Time
	}{
		"the signer's": {stamped, Trust{Roots: a.RootPEM}, tsatest.Till},
		"the middle's": {below.Reply(tsatest.Stamp{Document: testRoot}),
			Trust{Roots: a.RootPEM, Chain: asPEM(middle)}, middle.NotAfter},
		"the short root's":     {stamped, Trust{Roots: brief}, short.NotAfter},
		"the longer chain's":   {stamped, Trust{Roots: append(bytes.Clone(brief), a.RootPEM...)}, tsatest.Till},
		"the longer one first": {stamped, Trust{Roots: append(bytes.Clone(a.RootPEM), brief...)}, tsatest.Till},
	} {
		for at, want := range map[time.Time]State{c.until: Valid, c.until.Add(time.Second): ExpiredSince} {
			if got, err := Check(c.reply, nil, testRoot, c.trust, at); err != nil || got.State != want ||
				!got.Expires.Equal(c.until) {
				t.Errorf("end of %s: %+v, %v; want %s until %s", name, got, err, want, c.until)
			}
		}
	}
	late := tsatest.Stamp{Document: testRoot, GenTime: "20261201000000Z"}
	for _, c := range []struct {
		name  string
		reply []byte
		trust Trust
		want  State
	}{
		{"none given", a.Reply(tsatest.Stamp{Document: testRoot}), Trust{}, Untrusted},
		{"another root", a.Reply(tsatest.Stamp{Document: testRoot}), Trust{Roots: other.RootPEM}, Untrusted},
		{"root only inside the bundle", a.Reply(tsatest.Stamp{Document: testRoot}), Trust{Chain: a.RootPEM}, Untrusted},
		{"root in DER", a.Reply(tsatest.Stamp{Document: testRoot}), Trust{Roots: a.Root.Raw}, Valid},
		{"one of two roots", a.Reply(tsatest.Stamp{Document: testRoot}),
			Trust{Roots: append(other.RootPEM, a.RootPEM...)}, Valid},
		{"middle missing", below.Reply(tsatest.Stamp{Document: testRoot}), Trust{Roots: a.RootPEM}, Untrusted},
		{"middle in the chain file", below.Reply(tsatest.Stamp{Document: testRoot}),
			Trust{Roots: a.RootPEM, Chain: asPEM(middle)}, Valid},
		{"middle in the token", below.Reply(tsatest.Stamp{Document: testRoot,
			Certs: [][]byte{below.Cert.Raw, middle.Raw}}), Trust{Roots: a.RootPEM}, Valid},
		{"middle had run out", below.Reply(late), Trust{Roots: a.RootPEM, Chain: asPEM(middle)}, ExpiredAtGenTime},
	} {
		got, err := Check(c.reply, nil, testRoot, c.trust, now)
		if err != nil || got.State != c.want {
			t.Errorf("%s: %+v, %v; want %s", c.name, got, err, c.want)
		}
	}
	// A signer can be named by the identifier of its key instead.
	keyed := tsatest.New("one", func(c *x509.Certificate) { c.SubjectKeyId = []byte("the key") })
	reply := keyed.Reply(tsatest.Stamp{Document: testRoot, ByKeyID: true})
	if got, err := Check(reply, nil, testRoot, Trust{Roots: keyed.RootPEM}, now); err != nil || got.State != Valid {
		t.Errorf("named by its key: %+v, %v", got, err)
	}
	reply = bytes.Replace(reply, []byte("\x80\x07the key"), []byte("\x80\x07the kex"), 1)
	if got, err := Check(reply, nil, testRoot, Trust{Roots: keyed.RootPEM}, now); err != nil ||
		got.State != NoCertificate {
		t.Errorf("named by another key: %+v, %v", got, err)
	}
	var unreadable *TrustError
	if _, err := Check(nil, nil, nil, Trust{Roots: []byte("no certificate")}, now); !errors.As(err, &unreadable) {
		t.Errorf("unreadable roots: %v", err)
	}
}

// Whatever is done to a reply, it proves nothing but what was stamped.
func FuzzTimestamp(f *testing.F) {
	a := tsatest.New("one", nil)
	query, nonce := newTestQuery(f)
	sound := a.Reply(tsatest.Stamp{Document: testRoot, Nonce: nonce})
	f.Add(sound, query)
	f.Add(a.Reply(tsatest.Stamp{Document: testRoot, CertIDv1: true, Critical: true}), []byte{})
	f.Add(a.Reply(tsatest.Stamp{Status: 2, Signers: 2, NoCerts: true}), []byte("0"))
	f.Fuzz(func(t *testing.T, reply, query []byte) {
		got, err := Check(reply, query, testRoot, Trust{Roots: a.RootPEM}, tsatest.At)
		if err != nil {
			t.Fatal(err)
		}
		if got.State == Absent {
			t.Error("no state")
		}
		if got.State.Proven() && !got.Time.Equal(tsatest.At) {
			t.Errorf("proves another time: %+v", got)
		}
		if other, _ := Check(reply, query, []byte("other"), Trust{Roots: a.RootPEM}, tsatest.At); other.State.Proven() {
			t.Errorf("proves another document: %+v", other)
		}
	})
}

// A changed bit either stands where nothing is read or is noticed: the stamp
// itself is never another one.
func TestTimestampEveryBit(t *testing.T) {
	a := tsatest.New("one", nil)
	query, nonce := newTestQuery(t)
	reply := a.Reply(tsatest.Stamp{Document: testRoot, Nonce: nonce})
	want := sha256.Sum256(parsedContent(t, reply))
	for i := range reply {
		p := bytes.Clone(reply)
		p[i] ^= 1 << (i % 8)
		got, err := Check(p, query, testRoot, Trust{Roots: a.RootPEM}, tsatest.At)
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
	token, err := parseReply(reply)
	if err != nil {
		t.Fatal(err)
	}
	return token.content
}
