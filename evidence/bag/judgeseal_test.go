package bag

import (
	"crypto/ed25519"
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"juzheng/evidence/bag/sshsig"
	"juzheng/evidence/bag/timestamp"
	"juzheng/evidence/bag/timestamp/tsatest"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// stampNow is when the time-stamps of these tests are checked.
var stampNow = tsatest.At.AddDate(0, 1, 0)

// Every way a time-stamp can be wrong has a code of its own, in the folder and
// in the zip; the content is intact all the same, so the exit code says that
// it is the seal.
func TestTimestampCodes(t *testing.T) {
	critical := func(crit bool, ids ...asn1.ObjectIdentifier) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.ExtraExtensions = []pkix.Extension{tsatest.Purpose(crit, ids...)} }
	}
	emailing := asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 4}
	for _, c := range []struct {
		name   string
		cert   func(*x509.Certificate)
		stamp  tsatest.Stamp
		change func([]byte) []byte
		trust  string // "": its own root; "other", "none"
		now    time.Time
		code   string
		exit   int
	}{
		{name: "valid", code: "", exit: 0},
		{name: "no trust roots", trust: "none", code: "W-TSA-NO-TRUST", exit: 0},
		{name: "another root", trust: "other", code: "E-TSA-UNTRUSTED", exit: 6},
		{name: "another document", stamp: tsatest.Stamp{Document: []byte("other")},
			code: "E-TSA-IMPRINT-DIFFERS", exit: 6},
		{name: "SHA-1 imprint", stamp: tsatest.Stamp{Imprint: asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26},
			Digest: make([]byte, sha1.Size)}, code: "E-TSA-WEAK-DIGEST", exit: 6},
		{name: "another nonce", stamp: tsatest.Stamp{Nonce: big.NewInt(5)}, code: "E-TSA-NONCE-DIFFERS", exit: 6},
		{name: "signature bit", stamp: tsatest.Stamp{FlipBit: true}, code: "E-TSA-SIGNATURE-BAD", exit: 6},
		{name: "no certificate", stamp: tsatest.Stamp{NoCerts: true}, code: "E-TSA-NO-CERTIFICATE", exit: 6},
		{name: "no certificate, signature bit", stamp: tsatest.Stamp{NoCerts: true, FlipBit: true},
			code: "E-TSA-NO-CERTIFICATE", exit: 6},
		{name: "purpose not critical", cert: critical(false, tsatest.TimeStamping),
			code: "E-TSA-WRONG-PURPOSE", exit: 6},
		{name: "second purpose", cert: critical(true, tsatest.TimeStamping, emailing),
			code: "E-TSA-WRONG-PURPOSE", exit: 6},
		{name: "other purpose", cert: critical(true, emailing), code: "E-TSA-WRONG-PURPOSE", exit: 6},
		{name: "expired when it stamped", cert: func(c *x509.Certificate) { c.NotAfter = tsatest.At.Add(-time.Hour) },
			code: "E-TSA-EXPIRED-AT-GENTIME", exit: 6},
		{name: "not yet in force when it stamped",
			cert: func(c *x509.Certificate) { c.NotBefore = tsatest.At.AddDate(0, 0, 9) },
			code: "E-TSA-EXPIRED-AT-GENTIME", exit: 6},
		{name: "expired since", now: tsatest.Till.Add(time.Hour), code: "N-TSA-EXPIRED", exit: 0},
		{name: "rejected", stamp: tsatest.Stamp{Status: 2}, code: "E-TSA-REJECTED", exit: 6},
		{name: "trailing byte", change: func(p []byte) []byte { return append(p, 0) },
			code: "E-TSA-TRAILING-BYTES", exit: 6},
		{name: "cut short", change: func(p []byte) []byte { return p[:len(p)-1] }, code: "E-TSA-MALFORMED", exit: 6},
		{name: "SM2", stamp: tsatest.Stamp{Scheme: asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 501}},
			code: "E-TSA-UNSUPPORTED", exit: 3},
		{name: "before the seal", stamp: tsatest.Stamp{GenTime: "20260228000000Z"}, code: "W-TIMES", exit: 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, root := newBundle(t)
			document, err := os.ReadFile(filepath.Join(dir, RootName))
			if err != nil {
				t.Fatal(err)
			}
			query, err := timestamp.Request(document, strings.NewReader("12345678"))
			if err != nil {
				t.Fatal(err)
			}
			a := tsatest.New("one", c.cert)
			if c.stamp.Document == nil {
				c.stamp.Document = document
			}
			if c.stamp.Nonce == nil {
				c.stamp.Nonce = new(big.Int).SetBytes([]byte("12345678"))
			}
			if c.stamp.GenTime == "" {
				c.stamp.GenTime = "20260302040000Z" // after the seal
			}
			reply := a.Reply(c.stamp)
			if c.change != nil {
				reply = c.change(reply)
			}
			create(SealDir+"/"+SealReply, string(reply))(t, dir)
			create(SealDir+"/"+SealQuery, string(query))(t, dir)
			opt := Options{TrustRoots: a.RootPEM, Now: stampNow}
			switch c.trust {
			case "none":
				opt.TrustRoots = nil
			case "other":
				opt.TrustRoots = tsatest.New("other", nil).RootPEM
			}
			if !c.now.IsZero() {
				opt.Now = c.now
			}
			for _, path := range []string{dir, zipOf(t, dir)} {
				res := verify(t, path, opt)
				if res.ExitCode() != c.exit || c.code != "" && !hasCode(res, c.code) ||
					c.code == "" && len(res.Problems) > 0 {
					t.Errorf("%s: exit %d, want %d with %q\n%s", filepath.Ext(path), res.ExitCode(), c.exit,
						c.code, problems(res))
				}
				if proven := res.Timestamp.State.Proven(); proven != (len(res.Anchors) == 1) ||
					proven != (c.exit == 0 && c.trust == "") {
					t.Errorf("%s: %s anchors %+v", filepath.Ext(path), res.Timestamp.State, res.Anchors)
				}
				// The paper still vouches for the content, whatever the stamp is.
				opt := opt
				opt.Expect = root.SHA256
				if res := verify(t, path, opt); res.ExitCode() != c.exit || c.exit != 3 && res.Verdict != Anchored {
					t.Errorf("%s with the paper root: exit %d, %s", filepath.Ext(path), res.ExitCode(), res.Verdict)
				}
			}
		})
	}
}

// A stamp from before a file was made, by the bundle's own word, is told of
// with the file; so is one from before the seal.
func TestStampBeforeTheFiles(t *testing.T) {
	dir, _ := newBundle(t)
	document, err := os.ReadFile(filepath.Join(dir, RootName))
	if err != nil {
		t.Fatal(err)
	}
	a := tsatest.New("one", nil)
	// The files are from 2026-01-02T09:14+08:00.
	for stamped, want := range map[string]int{"20260102011359Z": len(testPayload) + 1, "20260102011400Z": 1} {
		reply := a.Reply(tsatest.Stamp{Document: document, GenTime: stamped})
		create(SealDir+"/"+SealReply, string(reply))(t, dir)
		res := verify(t, dir, Options{TrustRoots: a.RootPEM, Now: stampNow})
		n := 0
		for _, p := range res.Problems {
			if p.Code == "W-TIMES" {
				n++
			}
		}
		if n != want || !res.Timestamp.State.Proven() {
			t.Errorf("stamped %s: %d warnings of times, want %d\n%s", stamped, n, want, problems(res))
		}
	}
}

// An invented key: the seed is 32 times the letter k, so it protects nothing.
const testKey = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIGtra2tra2tra2tra2tra2tra2tra2tra2tra2tra2tr
-----END PRIVATE KEY-----
`

// testSignature signs with the invented key.
func testSignature(t *testing.T, message []byte, namespace string) []byte {
	t.Helper()
	armored, err := sshsig.Sign(message, []byte(testKey), namespace, nil)
	if err != nil {
		t.Fatal(err)
	}
	return armored
}

// testSignerKey is the public part of the invented key, as a line of allowed
// signers ends.
func testSignerKey(t *testing.T) string {
	t.Helper()
	line := sshsig.SignerLine("me", RootNamespace, testSignature(t, nil, RootNamespace))
	return line[strings.Index(line, "ssh-ed25519"):]
}

// Every way a signature can be wrong has a code of its own.
func TestSignatureCodes(t *testing.T) {
	over := func(message []byte, purpose string) string { return string(testSignature(t, message, purpose)) }
	public := testSignerKey(t)
	other, err := ssh.NewPublicKey(ed25519.PublicKey(strings.Repeat("x", ed25519.PublicKeySize)))
	if err != nil {
		t.Fatal(err)
	}
	otherKey := string(ssh.MarshalAuthorizedKey(other))
	for _, c := range []struct {
		name    string
		make    func(document []byte) string
		signers string
		code    string
		exit    int
	}{
		{"valid", nil, "me " + public, "", 0},
		{"no signers given", nil, "", "W-SIGNATURE-UNKNOWN-KEY", 0},
		{"another signer", nil, "me " + otherKey, "W-SIGNATURE-UNKNOWN-KEY", 6},
		{"key ran out", nil, `me valid-before="20200101" ` + public, "E-SIGNATURE-KEY-NOT-IN-FORCE", 6},
		{"another root", func([]byte) string { return over([]byte("other"), RootNamespace) }, "me " + public,
			"E-SIGNATURE-INVALID", 6},
		{"another purpose", func(d []byte) string { return over(d, "file") }, "me " + public,
			"E-SIGNATURE-WRONG-NAMESPACE", 6},
		{"cut short", func(d []byte) string { return over(d, RootNamespace)[:100] }, "me " + public,
			"E-SIGNATURE-MALFORMED", 6},
		{"no signature", func([]byte) string { return "signed, me" }, "me " + public, "E-SIGNATURE-MALFORMED", 6},
		{"signers cannot be read", nil, "me ssh-ed25519", "E-SIGNATURE-UNCHECKED", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, root := newBundle(t)
			document, err := os.ReadFile(filepath.Join(dir, RootName))
			if err != nil {
				t.Fatal(err)
			}
			signature := over(document, RootNamespace)
			if c.make != nil {
				signature = c.make(document)
			}
			create(SealDir+"/"+SealSignature, signature)(t, dir)
			for _, path := range []string{dir, zipOf(t, dir)} {
				res := verify(t, path, Options{Signers: []byte(c.signers), Now: stampNow})
				if res.ExitCode() != c.exit || c.code != "" && !hasCode(res, c.code) ||
					c.code == "" && len(res.Problems) > 0 {
					t.Errorf("%s: exit %d, want %d with %q\n%s", filepath.Ext(path), res.ExitCode(), c.exit,
						c.code, problems(res))
				}
				if (len(res.Anchors) == 1) != (c.code == "") {
					t.Errorf("%s: anchors %+v", filepath.Ext(path), res.Anchors)
				}
				if res := verify(t, path,
					Options{Signers: []byte(c.signers), Now: stampNow, Expect: root.SHA256}); res.ExitCode() != c.exit {
					t.Errorf("%s with the paper root: exit %d", filepath.Ext(path), res.ExitCode())
				}
			}
		})
	}
}

// Who gives keys or certificates wants something checked by them: where there
// is nothing, the answer is no, whatever the paper says; of an older seal it
// is none.
func TestAskedAndNothingToCheck(t *testing.T) {
	dir, root := newBundle(t)
	signers := []byte("me " + testSignerKey(t))
	for _, c := range []struct {
		opt  Options
		code string
	}{
		{Options{Signers: signers}, "E-SIGNATURE-NONE"},
		{Options{Signers: signers, Expect: root.SHA256}, "E-SIGNATURE-NONE"},
		{Options{TrustRoots: []byte("x")}, "E-TSA-NONE"},
		{Options{TrustRoots: []byte("x"), Expect: root.SM3}, "E-TSA-NONE"},
	} {
		if res := verify(t, dir, c.opt); res.ExitCode() != 7 || !hasCode(res, c.code) {
			t.Errorf("%s: exit %d\n%s", c.code, res.ExitCode(), problems(res))
		}
		c.opt.Older = true
		if res := verify(t, dir, c.opt); res.ExitCode() != 0 {
			t.Errorf("older: exit %d\n%s", res.ExitCode(), problems(res))
		}
	}
	if res := verify(t, plainBag.write(t), Options{Signers: signers}); res.ExitCode() != 7 {
		t.Errorf("a bag of others: exit %d", res.ExitCode())
	}
}

// A time-stamp over a signature proves since when the signature is there, and
// with it the lines it is over; the verdict says what it covers. A signature
// that is not sound makes no line older.
func TestStampedSignature(t *testing.T) {
	c := newListedCase(t, 0, "E001", "E002")
	signature, err := sshsig.Sign(c.list.Prefix(3), []byte(testKey), CodeNamespace, nil)
	if err != nil {
		t.Fatal(err)
	}
	other, err := sshsig.Sign([]byte("other"), []byte(testKey), CodeNamespace, nil)
	if err != nil {
		t.Fatal(err)
	}
	signers := []byte(sshsig.SignerLine("me", CodeNamespace, signature))
	authority := tsatest.New("one", nil)
	over := func(text []byte) []byte { return authority.Reply(tsatest.Stamp{Document: text}) }
	for _, a := range []struct {
		name    string
		files   map[string][]byte
		signers []byte
		exit    int
		code    string
		covered int
		tell    string
	}{
		{name: "over the list", files: map[string][]byte{"0003.tsr": over(c.list.Prefix(3))}, covered: 3,
			tell: "清单前 3 行在 "},
		{name: "over the signature", files: map[string][]byte{"0003.sshsig": signature,
			"0003.sshsig.tsr": over(signature)}, covered: 3, tell: "签名 0003.sshsig，连同它所签的清单前 3 行，在 "},
		{name: "of a known key", files: map[string][]byte{"0003.sshsig": signature, "0003.sshsig.tsr": over(signature)},
			signers: signers, covered: 3, tell: "签名 0003.sshsig"},
		{name: "with its query", files: map[string][]byte{"0003.sshsig": signature, "0003.sshsig.tsq": []byte("x"),
			"0003.sshsig.tsr": over(signature)}, exit: 6, code: "E-SEAL-FORM"},
		{name: "over the list under the name", files: map[string][]byte{"0003.sshsig": signature,
			"0003.sshsig.tsr": over(c.list.Prefix(3))}, exit: 6, code: "E-TSA-IMPRINT-DIFFERS"},
		{name: "no signature", files: map[string][]byte{"0003.sshsig.tsr": over(signature)}, exit: 6,
			code: "E-TSA-IMPRINT-DIFFERS"},
		{name: "over a signature of something else", files: map[string][]byte{"0003.sshsig": other,
			"0003.sshsig.tsr": over(other)}, exit: 6, code: "E-SIGNATURE-INVALID"},
		{name: "more lines than there are", files: map[string][]byte{"0009.sshsig.tsr": over(signature)}, exit: 6,
			code: "E-SEAL-LINES"},
		{name: "of a copy", files: map[string][]byte{"copy.sshsig.tsr": over(signature)}, exit: 6,
			code: "W-SEAL-UNKNOWN"},
	} {
		t.Run(a.name, func(t *testing.T) {
			dir, _ := c.write(t, "E001", "E002")
			for name, text := range a.files {
				overwrite(t, filepath.Join(dir, SealDir, name), text)
			}
			opt := Options{Signers: a.signers, Now: stampNow}
			if a.code != "W-SEAL-UNKNOWN" {
				opt.TrustRoots = authority.RootPEM
			}
			res := verify(t, dir, opt)
			said := ""
			for _, anchor := range res.Anchors {
				said += anchor.Text.ZH + "\n"
			}
			if res.ExitCode() != a.exit || a.code != "" && !hasCode(res, a.code) || res.Evidence.Covered != a.covered ||
				!strings.Contains(said, a.tell) {
				t.Errorf("exit %d, want %d with %s; %d lines, want %d\n%s%s", res.ExitCode(), a.exit, a.code,
					res.Evidence.Covered, a.covered, said, problems(res))
			}
		})
	}
}
