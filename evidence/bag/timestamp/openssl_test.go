package timestamp

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"juzheng/evidence/bag/timestamp/tsatest"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
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

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// opensslTSA is a time-stamp authority run by stock openssl in a directory.
type opensslTSA struct {
	t   *testing.T
	dir string
}

const tsaConfig = `[tsa]
default_tsa = one
[one]
serial = tsaserial
signer_cert = tsa.crt
certs = root.crt
signer_key = tsa.key
default_policy = 1.2.3.4.1
signer_digest = sha256
digests = sha1, sha256, sha384, sha512
accuracy = secs:1, millisecs:500
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`

// newOpensslTSA makes the keys; algorithm is given to -newkey.
func newOpensslTSA(t *testing.T, algorithm ...string) *opensslTSA {
	t.Helper()
	o := &opensslTSA{t: t, dir: t.TempDir()}
	writeFiles(t, o.dir, map[string]string{
		"tsa.cnf": tsaConfig, "tsaserial": "01\n", "root.txt": string(testRoot), "other.txt": "other",
		"tsa.ext": "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n" +
			"extendedKeyUsage=critical,timeStamping\n",
	})
	newkey := append([]string{"-nodes", "-newkey"}, algorithm...)
	o.must(append([]string{"req", "-x509", "-keyout", "root.key", "-out", "root.crt", "-days", "3650",
		"-subj", "/CN=Test Root",
		"-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"},
		newkey...)...)
	o.must(append([]string{"req", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test TSA"}, newkey...)...)
	o.must("x509", "-req", "-in", "tsa.csr", "-CA", "root.crt", "-CAkey", "root.key", "-CAcreateserial", "-days",
		"3650", "-extfile", "tsa.ext", "-out", "tsa.crt")
	return o
}

func (o *opensslTSA) run(args ...string) (string, error) {
	o.t.Helper()
	cmd := exec.Command(needTool(o.t, "openssl"), args...)
	cmd.Dir = o.dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (o *opensslTSA) must(args ...string) string {
	o.t.Helper()
	out, err := o.run(args...)
	if err != nil {
		o.t.Fatalf("openssl %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return out
}

func (o *opensslTSA) read(name string) []byte {
	o.t.Helper()
	p, err := os.ReadFile(filepath.Join(o.dir, name))
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

// reply answers a query.
func (o *opensslTSA) reply(query []byte, extra ...string) []byte {
	o.t.Helper()
	writeFiles(o.t, o.dir, map[string]string{"q.tsq": string(query)})
	o.must(append([]string{"ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "r.tsr"}, extra...)...)
	return o.read("r.tsr")
}

func (o *opensslTSA) check(reply, query []byte) Result {
	o.t.Helper()
	got, err := Check(reply, query, testRoot, Trust{Roots: o.read("root.crt")}, time.Now())
	if err != nil {
		o.t.Fatal(err)
	}
	return got
}

// openssl answers our query, and both readers agree on the answer and on
// what is wrong with spoiled ones.
func TestTimestampWithOpenSSL(t *testing.T) {
	for _, algorithm := range [][]string{{"ec", "-pkeyopt", "ec_paramgen_curve:P-256"}, {"rsa:2048"}} {
		o := newOpensslTSA(t, algorithm...)
		query, err := Request(testRoot, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		reply := o.reply(query)
		got := o.check(reply, query)
		if got.State != Valid || !got.Nonce || got.Accuracy != 1500*time.Millisecond ||
			got.Authority != "CN=Test TSA" || got.TrustRoot != "CN=Test Root" {
			t.Errorf("%s: %+v", algorithm[0], got)
		}
		if out := o.must("ts", "-reply", "-in", "r.tsr", "-text"); !strings.Contains(out,
			got.Time.Format("Jan _2 15:04:05 2006 GMT")) {
			t.Errorf("time %s, openssl says %s", got.Time, out)
		}
		o.must("ts", "-verify", "-data", "root.txt", "-in", "r.tsr", "-CAfile", "root.crt")
		o.must("ts", "-verify", "-queryfile", "q.tsq", "-in", "r.tsr", "-CAfile", "root.crt")

		at := bytes.Index(reply, []byte(got.Time.Format("20060102150405")))
		for name, spoil := range map[string]func(p []byte){
			"signature": func(p []byte) { p[len(p)-1] ^= 1 },
			"year":      func(p []byte) { p[at+3] ^= 1 },
		} {
			p := bytes.Clone(reply)
			spoil(p)
			writeFiles(t, o.dir, map[string]string{"bad.tsr": string(p)})
			if out, err := o.run("ts", "-verify", "-data", "root.txt", "-in", "bad.tsr", "-CAfile",
				"root.crt"); err == nil {
				t.Errorf("%s: openssl accepts it: %s", name, out)
			}
			if got := o.check(p, query); got.State != SignatureBad {
				t.Errorf("%s: %+v", name, got)
			}
		}
	}
}

func TestTimestampFromOpenSSLRefused(t *testing.T) {
	o := newOpensslTSA(t, "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
	query := func(args ...string) []byte {
		o.must(append([]string{"ts", "-query", "-out", "x.tsq"}, args...)...)
		return o.read("x.tsq")
	}
	good := query("-data", "root.txt", "-sha256", "-cert")
	reply := o.reply(good)
	if got := o.check(reply, good); got.State != Valid {
		t.Errorf("openssl's own query: %+v", got)
	}
	for _, c := range []struct {
		name         string
		reply, query []byte
		want         State
	}{
		{"other nonce", reply, query("-data", "root.txt", "-sha256", "-cert"), NonceDiffers},
		{"no nonce asked", reply, query("-data", "root.txt", "-sha256", "-cert", "-no_nonce"), NonceDiffers},
		{"no certificate asked", o.reply(query("-data", "root.txt", "-sha256")), nil, NoCertificate},
		{"another document", o.reply(query("-data", "other.txt", "-sha256", "-cert")), nil, ImprintDiffers},
		{"SHA-1", o.reply(query("-data", "root.txt", "-sha1", "-cert")), nil, WeakDigest},
		{"SHA-512", o.reply(query("-data", "root.txt", "-sha512", "-cert")), nil, Valid},
		{"unknown policy", o.reply(query("-data", "root.txt", "-sha256", "-cert", "-tspolicy",
			"1.9.9")), nil, Rejected},
		{"trailing byte", append(bytes.Clone(reply), 0), nil, Trailing},
	} {
		if got := o.check(c.reply, c.query); got.State != c.want {
			t.Errorf("%s: %+v, want %s", c.name, got, c.want)
		}
	}
	writeFiles(t, o.dir, map[string]string{"r.tsr": string(reply)})
	o.must("ts", "-reply", "-in", "r.tsr", "-token_out", "-out", "r.tst")
	if got := o.check(o.read("r.tst"), nil); got.State != Malformed {
		t.Errorf("bare token: %+v", got)
	}
}

// What our own test authority makes is sound by openssl's judgement too, so
// that its spoiled replies are spoiled in one thing only.
func TestTimestampByOpenSSL(t *testing.T) {
	a := tsatest.New("one", nil)
	o := &opensslTSA{t: t, dir: t.TempDir()}
	query, nonce := newTestQuery(t)
	for _, v1 := range []bool{false, true} {
		writeFiles(t, o.dir, map[string]string{
			"root.txt": string(testRoot), "root.crt": string(a.RootPEM), "q.tsq": string(query),
			"r.tsr": string(a.Reply(tsatest.Stamp{Document: testRoot, Nonce: nonce, CertIDv1: v1})),
		})
		o.must("ts", "-verify", "-attime", "1772400000", "-data", "root.txt", "-in", "r.tsr", "-CAfile", "root.crt")
		o.must("ts", "-verify", "-attime", "1772400000", "-queryfile", "q.tsq", "-in", "r.tsr", "-CAfile", "root.crt")
	}
	if out := o.must("ts", "-query", "-in", "q.tsq", "-text"); !strings.Contains(out, "Hash Algorithm: sha256") ||
		!strings.Contains(out, "0x3132333435363738") || !strings.Contains(out, "Certificate required: yes") {
		t.Errorf("openssl reads our query as %s", out)
	}
}

// The network is this computer; the authority is openssl.
func TestFetchTimestamp(t *testing.T) {
	o := newOpensslTSA(t, "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
	mux := http.NewServeMux()
	mux.HandleFunc("POST /tsa", func(w http.ResponseWriter, r *http.Request) {
		var query bytes.Buffer
		query.ReadFrom(r.Body)
		if r.Header.Get("Content-Type") != "application/timestamp-query" {
			http.Error(w, "wrong content type", http.StatusUnsupportedMediaType)
			return
		}
		w.Header().Set("Content-Type", "application/timestamp-reply")
		w.Write(o.reply(query.Bytes()))
	})
	mux.HandleFunc("POST /page", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("<html>please log in"))
	})
	mux.HandleFunc("POST /busy", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/timestamp-reply")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	mux.Handle("POST /moved", http.RedirectHandler("/tsa", http.StatusTemporaryRedirect))
	mux.HandleFunc("POST /long", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/timestamp-reply")
		w.Write(make([]byte, replyLimit+1))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	query, err := Request(testRoot, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	reply, err := Fetch(ctx, server.Client(), server.URL+"/tsa", query)
	if err != nil {
		t.Fatal(err)
	}
	if got := o.check(reply, query); got.State != Valid {
		t.Errorf("%+v", got)
	}
	for path, to := range map[string]string{"/page": "", "/nothing": "", "/busy": "", "/moved": server.URL + "/tsa"} {
		var wrong *FetchError
		if _, err := Fetch(ctx, server.Client(), server.URL+path, query); !errors.As(err, &wrong) ||
			wrong.Location != to {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := Fetch(ctx, server.Client(), server.URL+"/long", query); err == nil {
		t.Error("an endless reply was taken")
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := Fetch(stopped, server.Client(), server.URL+"/tsa", query); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}
