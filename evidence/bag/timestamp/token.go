package timestamp

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"math/big"
	"strings"
	"time"

	"golang.org/x/crypto/cryptobyte"
	tags "golang.org/x/crypto/cryptobyte/asn1"
)

// A signedToken is a TimeStampToken (RFC 3161, 2.4.2) taken apart: one signer
// over one TSTInfo.
type signedToken struct {
	content      []byte // TSTInfo, DER
	info         tstInfo
	certificates [][]byte // DER
	signer       tokenSigner
}

type tstInfo struct {
	policy   asn1.ObjectIdentifier
	imprint  messageImprint
	serial   *big.Int
	genTime  time.Time // UTC
	accuracy time.Duration
	nonce    *big.Int // nil: none
}

type messageImprint struct {
	algorithm asn1.ObjectIdentifier
	digest    []byte
}

// A tokenSigner is a SignerInfo (RFC 5652, 5.3).
type tokenSigner struct {
	issuer     []byte // DER; nil if the key is named instead
	serial     *big.Int
	keyID      []byte
	digest     asn1.ObjectIdentifier
	attributes []byte // signed attributes with their header, [0]
	scheme     asn1.ObjectIdentifier
	signature  []byte
}

func malformed(what string) error {
	return faultf(Malformed, "%s cannot be read", what)
}

// parseReply reads a TimeStampResp that was granted.
func parseReply(reply []byte) (*signedToken, error) {
	whole := cryptobyte.String(reply)
	var body, status, token cryptobyte.String
	if !whole.ReadASN1(&body, tags.SEQUENCE) {
		if bytes.HasPrefix(reply, []byte{0x30, 0x80}) {
			return nil, faultf(Unsupported, "BER with indefinite length")
		}
		return nil, malformed("reply")
	}
	if !whole.Empty() {
		return nil, faultf(Trailing, "%d bytes follow the reply", len(whole))
	}
	if body.PeekASN1Tag(tags.OBJECT_IDENTIFIER) {
		return nil, faultf(Malformed, "a bare token; the whole reply is needed")
	}
	var granted int
	if !body.ReadASN1(&status, tags.SEQUENCE) || !status.ReadASN1Integer(&granted) {
		return nil, malformed("status")
	}
	if granted != 0 && granted != 1 { // granted, grantedWithMods
		return nil, faultf(Rejected, "status %d%s", granted, statusText(status))
	}
	if !body.ReadASN1(&token, tags.SEQUENCE) || !body.Empty() {
		return nil, malformed("token")
	}
	return parseToken(token)
}

// statusText reads the free text of a rejected reply.
func statusText(status cryptobyte.String) string {
	var texts, text cryptobyte.String
	out := ""
	if status.ReadASN1(&texts, tags.SEQUENCE) {
		for texts.ReadASN1(&text, tags.UTF8String) {
			out += ": " + strings.ToValidUTF8(string(text), "?")
		}
	}
	return out
}

// parseToken reads the inside of a ContentInfo holding SignedData over a
// TSTInfo.
func parseToken(p cryptobyte.String) (*signedToken, error) {
	var kind, contentKind asn1.ObjectIdentifier
	var wrapped, data, digests, encap, content, octets, certs, signers, signer cryptobyte.String
	var version int
	var hasCerts bool
	explicit0 := tags.Tag(0).ContextSpecific().Constructed()
	explicit1 := tags.Tag(1).ContextSpecific().Constructed()
	if !p.ReadASN1ObjectIdentifier(&kind) || !kind.Equal(oidSignedData) ||
		!p.ReadASN1(&wrapped, explicit0) || !p.Empty() ||
		!wrapped.ReadASN1(&data, tags.SEQUENCE) || !wrapped.Empty() {
		return nil, malformed("signed data")
	}
	if !data.ReadASN1Integer(&version) || !data.ReadASN1(&digests, tags.SET) || !data.ReadASN1(&encap, tags.SEQUENCE) ||
		!data.ReadOptionalASN1(&certs, &hasCerts, explicit0) || !data.SkipOptionalASN1(explicit1) ||
		!data.ReadASN1(&signers, tags.SET) || !data.Empty() {
		return nil, malformed("signed data")
	}
	if !encap.ReadASN1ObjectIdentifier(&contentKind) || !contentKind.Equal(oidTSTInfo) {
		return nil, faultf(Malformed, "the content is no time-stamp but %s", contentKind)
	}
	if !encap.ReadASN1(&content, explicit0) || !encap.Empty() || !content.ReadASN1(&octets, tags.OCTET_STRING) ||
		!content.Empty() {
		return nil, malformed("time-stamp")
	}
	token := &signedToken{content: octets}
	for !certs.Empty() {
		var cert cryptobyte.String
		var tag tags.Tag
		if !certs.ReadAnyASN1Element(&cert, &tag) {
			return nil, malformed("certificates")
		}
		if tag == tags.SEQUENCE {
			token.certificates = append(token.certificates, cert)
		}
	}
	// RFC 3161, 2.4.2: only the signature of the authority.
	if !signers.ReadASN1(&signer, tags.SEQUENCE) || !signers.Empty() {
		return nil, faultf(Malformed, "not exactly one signature")
	}
	if !token.signer.parse(signer) {
		return nil, malformed("signature")
	}
	return token, token.info.parse(octets)
}

func (s *tokenSigner) parse(p cryptobyte.String) bool {
	var version int
	var name, digest, attributes, scheme, signature cryptobyte.String
	if !p.ReadASN1Integer(&version) {
		return false
	}
	keyed := tags.Tag(0).ContextSpecific()
	if p.PeekASN1Tag(keyed) {
		if !p.ReadASN1(&name, keyed) {
			return false
		}
		s.keyID = name
	} else {
		var issuer cryptobyte.String
		s.serial = new(big.Int)
		if !p.ReadASN1(&name, tags.SEQUENCE) || !name.ReadASN1Element(&issuer, tags.SEQUENCE) ||
			!name.ReadASN1Integer(s.serial) || !name.Empty() {
			return false
		}
		s.issuer = issuer
	}
	ok := p.ReadASN1(&digest, tags.SEQUENCE) && digest.ReadASN1ObjectIdentifier(&s.digest) &&
		p.ReadASN1Element(&attributes, tags.Tag(0).ContextSpecific().Constructed()) &&
		p.ReadASN1(&scheme, tags.SEQUENCE) && scheme.ReadASN1ObjectIdentifier(&s.scheme) &&
		p.ReadASN1(&signature, tags.OCTET_STRING) &&
		p.SkipOptionalASN1(tags.Tag(1).ContextSpecific().Constructed()) && p.Empty()
	s.attributes, s.signature = attributes, signature
	return ok
}

// certificate finds the signer's among certs.
func (s *tokenSigner) certificate(certs []*x509.Certificate) *x509.Certificate {
	for _, c := range certs {
		if s.issuer != nil && bytes.Equal(s.issuer, c.RawIssuer) && s.serial.Cmp(c.SerialNumber) == 0 ||
			s.issuer == nil && len(s.keyID) > 0 && bytes.Equal(s.keyID, c.SubjectKeyId) {
			return c
		}
	}
	return nil
}

// parse reads a TSTInfo (RFC 3161, 2.4.2).
func (info *tstInfo) parse(der []byte) error {
	whole := cryptobyte.String(der)
	var p, stamp cryptobyte.String
	var version int
	info.serial = new(big.Int)
	if !whole.ReadASN1(&p, tags.SEQUENCE) || !whole.Empty() || !p.ReadASN1Integer(&version) || version != 1 ||
		!p.ReadASN1ObjectIdentifier(&info.policy) || !info.imprint.parse(&p) ||
		!p.ReadASN1Integer(info.serial) || !p.ReadASN1(&stamp, tags.GeneralizedTime) {
		return malformed("time-stamp")
	}
	// Always UTC with Z, a fraction only if it is not zero.
	at, err := time.Parse("20060102150405Z", string(stamp))
	if err != nil || strings.Contains(string(stamp), ",") {
		return faultf(Malformed, "time %q cannot be read", string(stamp))
	}
	info.genTime = at.UTC()
	return info.parseRest(p)
}

// parseRest reads the optional fields.
func (info *tstInfo) parseRest(p cryptobyte.String) error {
	var accuracy, extensions cryptobyte.String
	var has bool
	var ordering bool
	if !p.ReadOptionalASN1(&accuracy, &has, tags.SEQUENCE) || has && !info.parseAccuracy(accuracy) {
		return malformed("accuracy")
	}
	if p.PeekASN1Tag(tags.BOOLEAN) && !p.ReadASN1Boolean(&ordering) {
		return malformed("ordering")
	}
	if p.PeekASN1Tag(tags.INTEGER) {
		info.nonce = new(big.Int)
		if !p.ReadASN1Integer(info.nonce) {
			return malformed("nonce")
		}
	}
	if !p.SkipOptionalASN1(tags.Tag(0).ContextSpecific().Constructed()) ||
		!p.ReadOptionalASN1(&extensions, &has, tags.Tag(1).ContextSpecific().Constructed()) || !p.Empty() {
		return malformed("time-stamp")
	}
	for !extensions.Empty() {
		var extension cryptobyte.String
		var id asn1.ObjectIdentifier
		var critical bool
		if !extensions.ReadASN1(&extension, tags.SEQUENCE) || !extension.ReadASN1ObjectIdentifier(&id) ||
			extension.PeekASN1Tag(tags.BOOLEAN) && !extension.ReadASN1Boolean(&critical) {
			return malformed("extension")
		}
		if critical {
			return faultf(Unsupported, "critical extension %s", id)
		}
	}
	return nil
}

func (info *tstInfo) parseAccuracy(p cryptobyte.String) bool {
	var seconds, millis, micros int64
	ok := (!p.PeekASN1Tag(tags.INTEGER) || p.ReadASN1Integer(&seconds)) &&
		(!p.PeekASN1Tag(tags.Tag(0).ContextSpecific()) ||
			p.ReadASN1Int64WithTag(&millis, tags.Tag(0).ContextSpecific())) &&
		(!p.PeekASN1Tag(tags.Tag(1).ContextSpecific()) ||
			p.ReadASN1Int64WithTag(&micros, tags.Tag(1).ContextSpecific()))
	const decade = 10 * 366 * 24 * 3600 // anything above would overflow, or say nothing
	if !ok || !p.Empty() || seconds < 0 || seconds > decade || millis < 0 || millis > 999 ||
		micros < 0 || micros > 999 {
		return false
	}
	info.accuracy = time.Duration(seconds)*time.Second + time.Duration(millis)*time.Millisecond +
		time.Duration(micros)*time.Microsecond
	return true
}

func (m *messageImprint) parse(p *cryptobyte.String) bool {
	var imprint, algorithm, digest cryptobyte.String
	ok := p.ReadASN1(&imprint, tags.SEQUENCE) && imprint.ReadASN1(&algorithm, tags.SEQUENCE) &&
		algorithm.ReadASN1ObjectIdentifier(&m.algorithm) &&
		imprint.ReadASN1(&digest, tags.OCTET_STRING) && imprint.Empty()
	m.digest = digest
	return ok
}

// signedAttributes are those a time-stamp must carry (RFC 5652, 11; RFC 5816).
type signedAttributes struct {
	contentType         asn1.ObjectIdentifier
	messageDigest       []byte
	certHash            []byte // SHA-1, by RFC 2634; nil: not there
	certHashV2          []byte // nil: not there
	certHashV2Algorithm asn1.ObjectIdentifier
}

func parseSignedAttributes(element []byte) (signedAttributes, error) {
	var a signedAttributes
	var list cryptobyte.String
	whole := cryptobyte.String(element)
	if !whole.ReadASN1(&list, tags.Tag(0).ContextSpecific().Constructed()) {
		return a, malformed("signed attributes")
	}
	seen := map[string]bool{}
	for !list.Empty() {
		var attribute, values cryptobyte.String
		var id asn1.ObjectIdentifier
		if !list.ReadASN1(&attribute, tags.SEQUENCE) || !attribute.ReadASN1ObjectIdentifier(&id) ||
			!attribute.ReadASN1(&values, tags.SET) || !attribute.Empty() {
			return a, malformed("signed attributes")
		}
		if seen[id.String()] {
			return a, faultf(Malformed, "signed attribute %s occurs twice", id)
		}
		seen[id.String()] = true
		if !a.read(id, values) {
			return a, malformed("signed attribute " + id.String())
		}
	}
	return a, nil
}

// read takes the value of an attribute it knows.
func (a *signedAttributes) read(id asn1.ObjectIdentifier, values cryptobyte.String) bool {
	var digest cryptobyte.String
	switch {
	case id.Equal(oidContentType):
		return values.ReadASN1ObjectIdentifier(&a.contentType) && values.Empty()
	case id.Equal(oidMessageDigest):
		ok := values.ReadASN1(&digest, tags.OCTET_STRING) && values.Empty()
		a.messageDigest = digest
		return ok
	case id.Equal(oidSigningCertificate):
		first, ok := firstCertID(values)
		ok = ok && first.ReadASN1(&digest, tags.OCTET_STRING)
		a.certHash = digest
		return ok
	case id.Equal(oidSigningCertV2):
		first, ok := firstCertID(values)
		a.certHashV2Algorithm = oidSHA256 // the default, then left out
		var algorithm cryptobyte.String
		if ok && first.PeekASN1Tag(tags.SEQUENCE) {
			ok = first.ReadASN1(&algorithm, tags.SEQUENCE) && algorithm.ReadASN1ObjectIdentifier(&a.certHashV2Algorithm)
		}
		ok = ok && first.ReadASN1(&digest, tags.OCTET_STRING)
		a.certHashV2 = digest
		return ok
	}
	return true
}

// firstCertID opens SigningCertificate or SigningCertificateV2 down to the
// first identifier, which must be the signer's.
func firstCertID(values cryptobyte.String) (id cryptobyte.String, ok bool) {
	var signing, certs cryptobyte.String
	ok = values.ReadASN1(&signing, tags.SEQUENCE) && values.Empty() && signing.ReadASN1(&certs, tags.SEQUENCE) &&
		certs.ReadASN1(&id, tags.SEQUENCE)
	return id, ok
}
