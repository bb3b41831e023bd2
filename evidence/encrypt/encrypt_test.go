package encrypt

import (
	"bytes"
	"crypto/ed25519"
	"encoding/pem"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"
	"golang.org/x/crypto/ssh"
)

// newKey makes a key of age.
func newKey(t testing.TB) (secret, public string) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id.String(), id.Recipient().String()
}

// An invented SSH key, locked with "open sesame" in one round, so that tests
// are quick.
const (
	lockedKeyFile = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABDd5G1saT
Rp6dbKglEXxhKoAAAAAQAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIKi22VkzYbXhOQmo
serdI0IkYkQSH7GQGAoPQm6ZbBhfAAAAoE0+rVaI2miMlRoiran8D/n1/QWrtXrmZPOiq8
2Z4GaoixIFihTNyhfMfVJYW+i5SB2FOYigp9hRf8OMnmh27fmSW6YzZrA0zeqYbdIfdARP
XrhyxAR/is1UlotleZCdGSKja13HtlDYWpPyAR3s/pu+mVddUaEnhToef9vBrb3q4Tqn21
sOVkExUFgW9KvAAkWS4HHmBHEEHdRTRVX/+tE=
-----END OPENSSH PRIVATE KEY-----
`
	lockedKeyLine = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKi22VkzYbXhOQmoserdI0IkYkQSH7GQGAoPQm6ZbBhf invented for " +
		"tests\n"
)

// newSSHKey makes an ed25519 key in OpenSSH form.
func newSSHKey(t testing.TB) (private []byte, public string) {
	t.Helper()
	pub, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(key, "test")
	if err != nil {
		t.Fatal(err)
	}
	line, err := ssh.NewPublicKey(pub)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(block), string(ssh.MarshalAuthorizedKey(line))
}

func lock(t testing.TB, plain []byte, to Recipients) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func recipients(t testing.TB, file string) Recipients {
	t.Helper()
	to, err := ParseRecipients([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func identities(t testing.TB, file []byte, phrase string) Identities {
	t.Helper()
	ids, err := ParseIdentities(file, func() ([]byte, error) { return []byte(phrase), nil })
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// unlock opens a whole file.
func unlock(file []byte, with Identities) ([]byte, error) {
	r, n, err := Open(bytes.NewReader(file), int64(len(file)), with)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.NewSectionReader(r, 0, n))
}

// testPlain is more than two chunks of age's 64 KiB, and no whole number.
var testPlain = bytes.Repeat([]byte("sound and picture "), 8000)

func TestOpenWithEachKind(t *testing.T) {
	secret, public := newKey(t)
	other, _ := newKey(t)
	private, line := newSSHKey(t)
	locked, lockedLine := []byte(lockedKeyFile), lockedKeyLine
	file := lock(t, testPlain, recipients(t, "# the clinic\r\n"+public+"\r\n\n"+line+lockedLine))
	for name, ids := range map[string]Identities{
		"age":        identities(t, []byte("# made today\n"+secret+"\n"), ""),
		"ssh":        identities(t, private, ""),
		"ssh locked": identities(t, locked, "open sesame"),
		"second":     append(identities(t, []byte(other), ""), identities(t, private, "")...),
	} {
		if got, err := unlock(file, ids); err != nil || !bytes.Equal(got, testPlain) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := unlock(lock(t, nil, recipients(t, public)),
		identities(t, []byte(secret), "")); err != nil || len(got) != 0 {
		t.Errorf("empty: %q, %v", got, err)
	}
	var text bytes.Buffer
	w := armor.NewWriter(&text)
	w.Write(file)
	w.Close()
	if got, err := unlock(text.Bytes(), identities(t, []byte(secret), "")); err != nil || !bytes.Equal(got, testPlain) {
		t.Errorf("text form: %v", err)
	}
	for _, above := range []string{"\n", "\r\n\r\n", " \t\n"} { // as mail programs and hands leave it
		if got, err := unlock([]byte(above+text.String()), identities(t, []byte(secret), "")); err != nil ||
			!bytes.Equal(got, testPlain) {
			t.Errorf("text form below %q: %v", above, err)
		}
	}
	var damaged *DamagedError
	if _, err := unlock(text.Bytes()[:text.Len()/2], identities(t, []byte(secret), "")); !errors.As(err, &damaged) {
		t.Errorf("text form, cut: %v", err)
	}
	if _, _, err := Open(bytes.NewReader(text.Bytes()), ArmorLimit+1,
		identities(t, []byte(secret), "")); !errors.Is(err, ErrArmorTooLarge) {
		t.Errorf("large text form: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	secret, public := newKey(t)
	other, _ := newKey(t)
	locked, lockedLine := []byte(lockedKeyFile), lockedKeyLine
	file := lock(t, testPlain, recipients(t, public))
	var none *NoMatchError
	if _, err := unlock(file, identities(t, []byte(other), "")); !errors.As(err, &none) || none.Passphrase {
		t.Errorf("another key: %v", err)
	}
	if _, err := unlock(file, identities(t, locked, "open sesame")); !errors.As(err, &none) {
		t.Errorf("another SSH key: %v", err)
	}
	toSSH := lock(t, testPlain, recipients(t, lockedLine))
	if _, err := unlock(toSSH, identities(t, locked, "shut sesame")); !errors.Is(err, ErrPassphrase) {
		t.Errorf("wrong passphrase of the key: %v", err)
	}
	nobodyThere := errors.New("nobody to ask")
	ids, err := ParseIdentities(locked, func() ([]byte, error) { return nil, nobodyThere })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := unlock(toSSH, ids); !errors.Is(err, nobodyThere) {
		t.Errorf("nobody to ask: %v", err)
	}
	for _, head := range []string{"", "PK\x03\x04", "age-encryption.org/v2\n"} {
		if _, err := unlock([]byte(head), identities(t, []byte(secret), "")); !errors.Is(err, ErrNotEncrypted) {
			t.Errorf("%q: %v", head, err)
		}
	}
	broken := errors.New("disk")
	if _, _, err := Open(brokenAt{bytes.NewReader(file), 300, broken}, int64(len(file)),
		identities(t, []byte(secret), "")); !errors.Is(err, broken) {
		t.Errorf("a disk that cannot be read: %v", err)
	}
}

// A brokenAt cannot be read from an offset on.
type brokenAt struct {
	io.ReaderAt
	from int64
	err  error
}

func (b brokenAt) ReadAt(p []byte, off int64) (int, error) {
	if off >= b.from {
		return 0, b.err
	}
	return b.ReaderAt.ReadAt(p, off)
}

// A changed bit or a lost end never gives other plaintext, and never a whole
// file's worth of it.
func TestOpenDamaged(t *testing.T) {
	secret, public := newKey(t)
	ids := identities(t, []byte(secret), "")
	file := lock(t, []byte("sound"), recipients(t, public))
	known := func(err error) bool {
		var damaged *DamagedError
		var none *NoMatchError
		return errors.As(err, &damaged) || errors.As(err, &none) || errors.Is(err, ErrNotEncrypted)
	}
	for i := range file {
		p := bytes.Clone(file)
		p[i] ^= 1 << (i % 8)
		if got, err := unlock(p, ids); !known(err) {
			t.Errorf("byte %d changed: %q, %v", i, got, err)
		}
		if got, err := unlock(file[:i], ids); !known(err) {
			t.Errorf("cut to %d bytes: %q, %v", i, got, err)
		}
	}
	var damaged *DamagedError
	if _, err := unlock(append(bytes.Clone(file), 0), ids); !errors.As(err, &damaged) {
		t.Errorf("a byte more: %v", err)
	}
	// Cut where a chunk ends: what is left authenticates, but for its end.
	long := lock(t, testPlain, recipients(t, public))
	header := len(long) - len(testPlain) - 16*3
	if _, err := unlock(long[:header+64<<10+16], ids); !errors.As(err, &damaged) {
		t.Errorf("cut at the end of a chunk: %v", err)
	}
	long[header+70_000] ^= 1
	r, n, err := Open(bytes.NewReader(long), int64(len(long)), ids)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(io.NewSectionReader(r, 0, n))
	if !errors.As(err, &damaged) || !bytes.Equal(got, testPlain[:len(got)]) {
		t.Errorf("second chunk: %d bytes, %v", len(got), err)
	}
}

// A verifier reads several files of a bundle at once.
func TestReadAtOnce(t *testing.T) {
	secret, public := newKey(t)
	file := lock(t, testPlain, recipients(t, public))
	r, n, err := Open(bytes.NewReader(file), int64(len(file)), identities(t, []byte(secret), ""))
	if err != nil {
		t.Fatal(err)
	}
	file[len(file)-70_000] ^= 1 // the second of three parts
	var wg sync.WaitGroup
	var whole, damaged atomic.Int32
	for i := range 8 {
		wg.Go(func() {
			p := make([]byte, 1000)
			off := int64(i) * (n - 1000) / 7
			switch _, err := r.ReadAt(p, off); {
			case err == nil && bytes.Equal(p, testPlain[off:off+1000]):
				whole.Add(1)
			case err != nil:
				damaged.Add(1)
			default:
				t.Errorf("other bytes at %d", off)
			}
		})
	}
	wg.Wait()
	if whole.Load() == 0 || damaged.Load() == 0 || whole.Load()+damaged.Load() != 8 {
		t.Errorf("%d whole, %d damaged", whole.Load(), damaged.Load())
	}
}

func TestPassphrase(t *testing.T) {
	to, err := Passphrase([]byte("four words are better"))
	if err != nil {
		t.Fatal(err)
	}
	// Trying a passphrase is made slow on purpose; once is enough for a test.
	to[0].(*age.ScryptRecipient).SetWorkFactor(10)
	file := lock(t, testPlain, to)
	right, _ := PassphraseIdentity([]byte("four words are better"))
	if got, err := unlock(file, right); err != nil || !bytes.Equal(got, testPlain) {
		t.Errorf("right: %v", err)
	}
	wrong, _ := PassphraseIdentity([]byte("four words are worse"))
	var none *NoMatchError
	if _, err := unlock(file, wrong); !errors.As(err, &none) || !none.Passphrase {
		t.Errorf("wrong: %v", err)
	}
	secret, public := newKey(t)
	if _, err := unlock(file, identities(t, []byte(secret), "")); !errors.As(err, &none) || !none.Passphrase {
		t.Errorf("a key where a passphrase is wanted: %v", err)
	}
	if _, err := unlock(lock(t, nil, recipients(t, public)), right); !errors.As(err, &none) || none.Passphrase {
		t.Errorf("a passphrase where a key is wanted: %v", err)
	}
	if _, err := NewWriter(io.Discard, append(to, recipients(t, public)...)); err == nil {
		t.Error("a passphrase and a key together were accepted")
	}
}

func TestPostQuantumKeysStandAlone(t *testing.T) {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	pq := id.Recipient().String()
	_, public := newKey(t)
	if err := recipients(t, pq+"\n"+public).Check(); !errors.Is(err, ErrMixed) {
		t.Errorf("mixed: %v", err)
	}
	to := recipients(t, pq+"\n"+pq)
	if err := to.Check(); err != nil {
		t.Error(err)
	}
	if got, err := unlock(lock(t, testPlain, to), identities(t, []byte(id.String()), "")); err != nil ||
		!bytes.Equal(got, testPlain) {
		t.Errorf("%v", err)
	}
}

func TestMistakenKeys(t *testing.T) {
	secret, public := newKey(t)
	private, line := newSSHKey(t)
	other := "q"
	if strings.HasSuffix(public, other) { // as one key of 32 does
		other = "p"
	}
	for _, c := range []struct {
		file string
		want RecipientError
	}{
		{public + "\n" + secret + "\n", RecipientError{Line: 2, Secret: true}},
		{string(private), RecipientError{Line: 1, Secret: true}},
		{"# nobody\n", RecipientError{Line: 1}},
		{"", RecipientError{Line: 1}},
		{"\nssh-ed25519 AAAA\n", RecipientError{Line: 2}},
		{"ecdsa-sha2-nistp256 AAAA", RecipientError{Line: 1}},
		{"age1yubikey1qwe", RecipientError{Line: 1, Plugin: true}},
		{public[:len(public)-1] + other, RecipientError{Line: 1}},
	} {
		_, err := ParseRecipients([]byte(c.file))
		var got *RecipientError
		if !errors.As(err, &got) || *got != c.want {
			t.Errorf("%.20q: %v, want %v", c.file, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
	for _, c := range []struct {
		file string
		want IdentityError
	}{
		{public, IdentityError{Public: true}},
		{line, IdentityError{Public: true}},
		{"", IdentityError{}},
		{"AGE-SECRET-KEY-1XXXX", IdentityError{}},
		{"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", IdentityError{}},
		{string(lock(t, []byte(secret), recipients(t, public))), IdentityError{Locked: true}},
		{"\n\n" + armorIntro + "\nYWdl\n" + armor.Footer + "\n", IdentityError{Locked: true}},
	} {
		_, err := ParseIdentities([]byte(c.file), nil)
		var got *IdentityError
		if !errors.As(err, &got) || *got != c.want {
			t.Errorf("%.20q: %v, want %v", c.file, err, c.want)
		}
	}
}

// The age program opens what this one locked, and the reverse.
func TestWithAge(t *testing.T) {
	for _, tool := range []string{"age", "age-keygen"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("JUZHENG_REQUIRE_TOOLS") == "1" {
				t.Fatalf("%s is not installed and JUZHENG_REQUIRE_TOOLS is set", tool)
			}
			t.Skipf("%s is not installed", tool)
		}
	}
	dir := t.TempDir()
	run := func(stdin []byte, args ...string) []byte {
		t.Helper()
		c := exec.Command(args[0], args[1:]...)
		c.Dir, c.Stdin = dir, bytes.NewReader(stdin)
		out, err := c.Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return out
	}
	put := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run(nil, "age-keygen", "-o", "key.txt")
	public := strings.TrimSpace(string(run(nil, "age-keygen", "-y", "key.txt")))
	secret, err := os.ReadFile(filepath.Join(dir, "key.txt"))
	if err != nil {
		t.Fatal(err)
	}
	private, line := newSSHKey(t)
	put("ssh", private)
	put("to.txt", []byte("# both\n"+public+"\n"+line))
	put("ours.age", lock(t, testPlain, recipients(t, public+"\n"+line)))
	for _, key := range []string{"key.txt", "ssh"} {
		if got := run(nil, "age", "-d", "-i", key, "ours.age"); !bytes.Equal(got, testPlain) {
			t.Errorf("age with %s reads something else", key)
		}
	}
	for _, args := range [][]string{{"age", "-R", "to.txt"}, {"age", "-a", "-R", "to.txt"}, {"age", "-r", public}} {
		file := run(testPlain, args...)
		if got, err := unlock(file, identities(t, secret, "")); err != nil || !bytes.Equal(got, testPlain) {
			t.Errorf("%v: %v", args, err)
		}
	}
	if got, err := unlock(run(testPlain, "age", "-R", "to.txt"), identities(t, private, "")); err != nil ||
		!bytes.Equal(got, testPlain) {
		t.Errorf("age, SSH key: %v", err)
	}
}

// Whatever a file holds, opening it gives what was locked for the key, or an
// error.
func FuzzOpen(f *testing.F) {
	secret, public := newKey(f)
	ids := identities(f, []byte(secret), "")
	file := lock(f, []byte("sound"), recipients(f, public))
	f.Add(file)
	f.Add(file[:len(file)-1])
	f.Add([]byte(armorIntro + "\nYWdl\n" + armor.Footer + "\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if got, err := unlock(file, ids); err == nil && string(got) != "sound" {
			t.Errorf("opened %q", got)
		}
	})
}
