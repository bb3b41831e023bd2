package sshsig

import (
	"bytes"
	"encoding/base64"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// An invented key pair: the seed is 32 times the letter k, so it protects nothing.
const testKey = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIGtra2tra2tra2tra2tra2tra2tra2tra2tra2tra2tr
-----END PRIVATE KEY-----
`

const testNamespace = "juzheng-root@v1"

var (
	testRoot = []byte(strings.Repeat("0", 64) + "  bagit.txt\n")
	testAt   = time.Date(2026, 3, 1, 12, 0, 0, 0, time.FixedZone("+08:00", 8*3600))
)

// needTool returns the path of an outside program. Without it the test is
// skipped, or fails where JUZHENG_REQUIRE_TOOLS says that all must be there.
func needTool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
		t.Fatalf("%s is not installed", name)
	}
	if err != nil {
		t.Skipf("%s is not installed", name)
	}
	return path
}

// sshKeygen runs ssh-keygen in dir and returns its output.
func sshKeygen(t *testing.T, dir string, stdin []byte, args ...string) (string, error) {
	t.Helper()
	cmd := exec.Command(needTool(t, "ssh-keygen"), args...)
	cmd.Dir = dir
	cmd.Stdin = bytes.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// newSSHKey makes a key with ssh-keygen and returns its private part and an
// allowed signers line.
func newSSHKey(t *testing.T, dir, name, kind, passphrase string) (private []byte, signers string) {
	t.Helper()
	if out, err := sshKeygen(t, dir, nil, "-q", "-t", kind, "-N", passphrase, "-C", "test", "-f", name); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	private, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	public, err := os.ReadFile(filepath.Join(dir, name+".pub"))
	if err != nil {
		t.Fatal(err)
	}
	return private, "clerk@example.com " + string(public)
}

// What we sign, ssh-keygen verifies; what it signs, we verify; and both
// refuse the same changes.
func TestSSHSIGWithSSHKeygen(t *testing.T) {
	dir := t.TempDir()
	for _, phrase := range []string{"", "correct horse"} {
		name := "key" + strings.Fields(phrase + " plain")[0]
		private, signers := newSSHKey(t, dir, name, "ed25519", phrase)
		ours, err := Sign(testRoot, private, testNamespace, func() ([]byte, error) { return []byte(phrase), nil })
		if err != nil {
			t.Fatal(err)
		}
		writeFiles(t, dir, map[string]string{"signers": signers, "ours.sig": string(ours), "root": string(testRoot)})
		verify := []string{"-Y", "verify", "-f", "signers", "-I", "clerk@example.com", "-n",
			testNamespace, "-s", "ours.sig"}
		if out, err := sshKeygen(t, dir, testRoot, verify...); err != nil {
			t.Errorf("ssh-keygen refuses our signature: %s", out)
		}
		if out, err := sshKeygen(t, dir, []byte("x"), verify...); err == nil {
			t.Errorf("ssh-keygen accepts another document: %s", out)
		}
		if phrase != "" {
			continue // ssh-keygen would ask the terminal
		}
		for _, hash := range []string{"sha256", "sha512"} {
			theirs, err := exec.Command("ssh-keygen", "-Y", "sign", "-f", filepath.Join(dir, name), "-n", testNamespace,
				"-O", "hashalg="+hash, filepath.Join(dir, "root")).CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, theirs)
			}
			sig, err := os.ReadFile(filepath.Join(dir, "root.sig"))
			if err != nil {
				t.Fatal(err)
			}
			os.Remove(filepath.Join(dir, "root.sig"))
			got, err := Verify(sig, testRoot, []byte(signers), testNamespace, testAt)
			if err != nil || got.State != Valid || got.Signer != "clerk@example.com" {
				t.Errorf("%s: %+v, %v", hash, got, err)
			}
			list, err := sshKeygen(t, dir, nil, "-l", "-f", name+".pub")
			if err != nil || !strings.Contains(list, " "+got.Fingerprint+" ") {
				t.Errorf("fingerprint %s, ssh-keygen says %s", got.Fingerprint, list)
			}
			if hash == "sha512" && !bytes.Equal(sig, ours) {
				t.Errorf("same key, same root, other bytes:\n%s\n%s", sig, ours)
			}
		}
	}
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSSHSIGOtherKeyTypes(t *testing.T) {
	dir := t.TempDir()
	private, signers := newSSHKey(t, dir, "ec", "ecdsa", "")
	var wrong *KeyTypeError
	if _, err := Sign(testRoot, private, testNamespace, nil); !errors.As(err, &wrong) {
		t.Errorf("ECDSA key: %v", err)
	}
	writeFiles(t, dir, map[string]string{"root": string(testRoot)})
	if out, err := sshKeygen(t, dir, nil, "-Y", "sign", "-f", "ec", "-n", testNamespace, "root"); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	sig, err := os.ReadFile(filepath.Join(dir, "root.sig"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Verify(sig, testRoot, []byte(signers), testNamespace, testAt)
	if err != nil || got.State != Valid || got.KeyType != "ecdsa-sha2-nistp256" {
		t.Errorf("ECDSA signature: %+v, %v", got, err)
	}
}

func TestSignLocked(t *testing.T) {
	private, _ := newSSHKey(t, t.TempDir(), "locked", "ed25519", "right")
	asked := errors.New("interrupted")
	for _, c := range []struct {
		name   string
		phrase func() ([]byte, error)
		want   error
	}{
		{"nobody to ask", nil, ErrPassphrase},
		{"wrong", func() ([]byte, error) { return []byte("wrong"), nil }, ErrPassphrase},
		{"asking fails", func() ([]byte, error) { return nil, asked }, asked},
	} {
		if _, err := Sign(testRoot, private, testNamespace, c.phrase); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if _, err := Sign(testRoot, []byte("no key"), testNamespace, nil); err == nil {
		t.Error("a text was taken for a key")
	}
}

// testSignature signs with the invented key and returns the line that allows it.
func testSignature(t testing.TB) (armored []byte, public string) {
	t.Helper()
	armored, err := Sign(testRoot, []byte(testKey), testNamespace, nil)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := parse(armored)
	if err != nil {
		t.Fatal(err)
	}
	return armored, keyType + " " + base64.StdEncoding.EncodeToString(sig.keyBlob)
}

func TestSSHSIGMutations(t *testing.T) {
	armored, public := testSignature(t)
	signers := "clerk@example.com " + public + " comment\n"
	otherKey := keyType + " " + base64.StdEncoding.EncodeToString(appendString(appendString(nil, keyType),
		strings.Repeat("x", 32)))
	blob := func(change func(p []byte) []byte) []byte {
		text := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(string(armored), armorBegin),
			armorEnd+"\n"), "\n", "")
		p, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return armor(change(p))
	}
	replace := func(old, new string) []byte {
		return blob(func(p []byte) []byte { return bytes.Replace(p, []byte(old), []byte(new), 1) })
	}
	for _, c := range []struct {
		name      string
		sig       []byte
		root      []byte
		signers   string
		namespace string
		want      State
	}{
		{name: "valid", want: Valid},
		{name: "CRLF", sig: bytes.ReplaceAll(armored, []byte("\n"), []byte("\r\n")), want: Valid},
		{name: "no signers", signers: "# nobody\n", want: UnknownKey},
		{name: "another key", signers: "other " + otherKey, want: UnknownKey},
		{name: "second line allows", signers: "other " + otherKey + "\n" + signers, want: Valid},
		{name: "another root", root: []byte("other"), want: Invalid},
		{name: "last byte of the signature", sig: blob(func(p []byte) []byte { p[len(p)-1] ^= 1; return p }),
			want: Invalid},
		{name: "first byte of the signature", sig: blob(func(p []byte) []byte { p[len(p)-64] ^= 1; return p }),
			want: Invalid},
		{name: "key swapped", sig: blob(func(p []byte) []byte { copy(p[33:], strings.Repeat("x", 32)); return p }),
			want: Invalid},
		{name: "hash changed", sig: replace("sha512", "sha256"), want: Invalid},
		{name: "unknown hash", sig: replace("sha512", "sha999"), want: Unsupported},
		{name: "wrong namespace", namespace: "file", want: WrongNamespace},
		{name: "namespace changed", sig: replace("juzheng-root@v1", "juzheng-root@v2"), want: WrongNamespace},
		{name: "version", sig: blob(func(p []byte) []byte { p[9] = 2; return p }), want: Malformed},
		{name: "truncated", sig: blob(func(p []byte) []byte { return p[:len(p)-1] }), want: Malformed},
		{name: "surplus", sig: blob(func(p []byte) []byte { return append(p, 0) }), want: Malformed},
		{name: "truncated armor", sig: armored[:len(armored)-10], want: Malformed},
		{name: "reserved field in use", sig: blob(func(p []byte) []byte {
			return bytes.Replace(p, []byte(testNamespace+"\x00\x00\x00\x00"), []byte(testNamespace+"\x00\x00\x00\x01x"),
				1)
		}), want: Malformed},
		{name: "too long", sig: append(bytes.Repeat([]byte("\n"), sizeLimit), armored...), want: Malformed},
		{name: "same bytes in another text", sig: looseEnd(armored), want: Malformed},
		{name: "text before the armor", sig: append([]byte("x\n"), armored...), want: Malformed},
		{name: "two signatures", sig: append(bytes.Clone(armored), armored...), want: Malformed},
		{name: "empty", sig: []byte{}, want: Malformed},
		{name: "allowed for us", signers: `x namespaces="file,juzheng-*" ` + public, want: Valid},
		{name: "allowed for others", signers: `x namespaces="file,git" ` + public, want: UnknownKey},
		{name: "forbidden for us", signers: `x namespaces="*,!juzheng-root@v1" ` + public, want: UnknownKey},
		{name: "forbidden, then allowed", signers: `x namespaces="!juzheng-root@v1,*" ` + public, want: UnknownKey},
		{name: "any last letter", signers: `x namespaces="juzheng-root@v?" ` + public, want: Valid},
		{name: "brackets are plain", signers: `x namespaces="juzheng-root@v[1]" ` + public, want: UnknownKey},
		{name: "authority", signers: `x cert-authority ` + public, want: UnknownKey},
		{name: "in force", signers: `x valid-after="20260301",valid-before="20260302" ` + public, want: Valid},
		{name: "zone of the caller", signers: `x valid-after="202603011159" ` + public, want: Valid},
		{name: "UTC", signers: `x valid-after="202603010401Z" ` + public, want: KeyNotInForce},
		{name: "its first second", signers: `x valid-after="20260301120000" ` + public, want: Valid},
		{name: "its last second", signers: `x valid-before="20260301120000" ` + public, want: Valid},
		{name: "a second early", signers: `x valid-after="20260301120001" ` + public, want: KeyNotInForce},
		{name: "run out", signers: `x valid-before="20260301115959" ` + public, want: KeyNotInForce},
		{name: "quoted principals", signers: `"a b,c" ` + public, want: Valid},
		{name: "BOM, CRLF, blank lines", signers: "\ufeff# c\r\n\r\n" + strings.ReplaceAll(signers, "\n", "\r\n"),
			want: Valid},
	} {
		sig, root, allowed, namespace := c.sig, c.root, c.signers, c.namespace
		if sig == nil {
			sig = armored
		}
		if root == nil {
			root = testRoot
		}
		if allowed == "" {
			allowed = signers
		}
		if namespace == "" {
			namespace = testNamespace
		}
		got, err := Verify(sig, root, []byte(allowed), namespace, testAt)
		if err != nil || got.State != c.want {
			t.Errorf("%s: %+v, %v; want %s", c.name, got, err, c.want)
		}
		if (got.State == Valid) != (got.Signer != "") {
			t.Errorf("%s: signer %q", c.name, got.Signer)
		}
	}
}

// looseEnd is a signature whose base64 ends in bits that stand for nothing.
func looseEnd(armored []byte) []byte {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	p := bytes.Clone(armored)
	last := bytes.IndexByte(p, '=') - 1
	p[last] = alphabet[strings.IndexByte(alphabet, p[last])+1]
	return p
}

// Why a sound signature is not taken is said: a key nobody knows is not one
// that was allowed for something else.
func TestWhyAKeyIsNotTaken(t *testing.T) {
	armored, public := testSignature(t)
	for signers, want := range map[string]string{
		"":                              "not among the allowed signers",
		`x namespaces="file" ` + public: `not allowed to sign for "` + testNamespace + `"`,
	} {
		got, err := Verify(armored, testRoot, []byte(signers), testNamespace, testAt)
		if err != nil || got.State != UnknownKey || !strings.Contains(got.Detail, want) {
			t.Errorf("%q: %+v, %v; want %s", signers, got, err, want)
		}
	}
}

func TestAllowedSignersMistakes(t *testing.T) {
	_, public := testSignature(t)
	for _, line := range []string{
		"alone", "x ssh-ed25519", "x ssh-ed25519 !!!", "x ssh-rsa " + strings.Fields(public)[1],
		`x namespaces="" ` + public, `x no-such-option ` + public, `x valid-after="soon" ` + public,
		`"x ` + public, `x namespaces="a ` + public,
	} {
		_, err := Verify(nil, nil, []byte("# first\n"+line+"\n"), testNamespace, testAt)
		var mistake *SignersError
		if !errors.As(err, &mistake) || mistake.Line != 2 {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// No change of a signature may make it valid, and none may stop the reader.
func FuzzSSHSIG(f *testing.F) {
	armored, public := testSignature(f)
	sound, err := parse(armored)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(armored, []byte("x "+public))
	f.Add(bytes.Replace(armored, []byte("U1NI"), []byte("U1NJ"), 1), []byte(`x namespaces="a*" `+public))
	f.Add([]byte(armorBegin+"\n"+armorEnd), []byte("\"x y\" cert-authority,valid-after=\"20260101Z\" "+public))
	f.Fuzz(func(t *testing.T, sig, signers []byte) {
		got, err := Verify(sig, testRoot, signers, testNamespace, testAt)
		if err != nil || got.State != Valid {
			return
		}
		s, err := parse(sig)
		if err != nil || !bytes.Equal(s.sigBlob, sound.sigBlob) {
			t.Errorf("valid without the signature:\n%s", sig)
		}
		if !strings.Contains(string(signers), base64.StdEncoding.EncodeToString(s.keyBlob)) {
			t.Errorf("valid by a key nobody allowed:\n%s", signers)
		}
	})
}

// Signatures of every kind of key that ssh-keygen makes are judged as
// ssh-keygen does.
func TestKindsOfKeys(t *testing.T) {
	keygen := needTool(t, "ssh-keygen")
	dir := t.TempDir()
	message := []byte("a root document\n")
	file := filepath.Join(dir, "doc")
	if err := os.WriteFile(file, message, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"ed25519": {"-t", "ed25519"}, "rsa": {"-t", "rsa", "-b", "2048"},
		"nistp256": {"-t", "ecdsa", "-b", "256"}, "nistp384": {"-t", "ecdsa", "-b", "384"},
		"nistp521": {"-t", "ecdsa", "-b", "521"},
	} {
		t.Run(name, func(t *testing.T) {
			key := filepath.Join(dir, name)
			run := func(args ...string) {
				t.Helper()
				if out, err := exec.Command(keygen, args...).CombinedOutput(); err != nil {
					t.Fatalf("%v: %v\n%s", args, err, out)
				}
			}
			run(append(args, "-q", "-N", "", "-C", "", "-f", key)...)
			os.Remove(file + ".sig")
			run("-q", "-Y", "sign", "-n", "purpose", "-f", key, file)
			armored, err := os.ReadFile(file + ".sig")
			if err != nil {
				t.Fatal(err)
			}
			public, err := os.ReadFile(key + ".pub")
			if err != nil {
				t.Fatal(err)
			}
			signers := []byte("me " + string(public))
			check := func(want State, armored, message, signers []byte) {
				t.Helper()
				got, err := Verify(armored, message, signers, "purpose", time.Now())
				if err != nil || got.State != want {
					t.Errorf("%s, %v, want %s: %s", got.State, err, want, got.Detail)
				}
			}
			check(Valid, armored, message, signers)
			check(UnknownKey, armored, message, nil)
			check(Invalid, armored, []byte("another"), signers)
			blob := bytes.Clone(armored)
			i := len(blob) - len(armorEnd) - 12
			blob[i] = map[bool]byte{true: 'B', false: 'A'}[blob[i] == 'A']
			if got, err := Verify(blob, message, signers, "purpose", time.Now()); err == nil && got.State == Valid {
				t.Error("a changed signature is valid")
			}
			if line := SignerLine("me", "purpose", armored); !strings.Contains(line,
				strings.Fields(string(public))[1]) {
				t.Errorf("signer line %s", line)
			}
		})
	}
}
