package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// A testAuthority is a time-stamp authority run by openssl behind an HTTP
// server of this computer, and what else can stand at such an address.
type testAuthority struct {
	url, ca string
	mu      sync.Mutex
	dir     string
}

const authorityConfig = `[tsa]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
accuracy = secs:1
ordering = yes
tsa_name = no
[strict]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha512
`

// newAuthority makes the keys and starts the server. Without openssl there is
// none, and the scripts that want it are skipped.
func newAuthority(t *testing.T) *testAuthority {
	t.Helper()
	a := &testAuthority{dir: t.TempDir()}
	if _, err := exec.LookPath("openssl"); err != nil {
		return a
	}
	for name, content := range map[string]string{"tsa.cnf": authorityConfig, "serial": "01\n",
		"tsa.ext": "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"} {
		if err := os.WriteFile(filepath.Join(a.dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	curve := []string{"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"}
	for _, args := range [][]string{
		append([]string{"req", "-x509", "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=loopback root", "-days",
			"3650",
			"-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"}, curve...),
		append([]string{"req", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=loopback stamps"}, curve...),
		{"x509", "-req", "-in", "tsa.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "3650",
			"-extfile", "tsa.ext", "-out", "tsa.crt"},
	} {
		if _, err := a.openssl(args...); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(a.handler())
	t.Cleanup(server.Close)
	a.url, a.ca = server.URL, filepath.Join(a.dir, "ca.crt")
	return a
}

func (a *testAuthority) openssl(args ...string) ([]byte, error) {
	c := exec.Command("openssl", args...)
	c.Dir = a.dir
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("openssl %v: %w\n%s", args, err, complaint.Bytes())
	}
	return out, nil
}

// stamp answers a query from a section of the configuration.
func (a *testAuthority) stamp(w http.ResponseWriter, r *http.Request, section, contentType string) {
	query, err := io.ReadAll(r.Body)
	if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/timestamp-query" || err != nil {
		http.Error(w, "no time-stamp query", http.StatusUnsupportedMediaType)
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	name := filepath.Join(a.dir, "query.tsq")
	if err = os.WriteFile(name, query, 0o600); err == nil {
		_, err = a.openssl("ts", "-reply", "-config", "tsa.cnf", "-section", section, "-queryfile", "query.tsq",
			"-inkey", "tsa.key", "-signer", "tsa.crt", "-out", "reply.tsr")
	}
	reply, rerr := os.ReadFile(filepath.Join(a.dir, "reply.tsr"))
	if err != nil || rerr != nil {
		http.Error(w, fmt.Sprint(err, rerr), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", contentType)
	w.Write(reply)
}

func (a *testAuthority) handler() http.Handler {
	const reply = "application/timestamp-reply"
	mux := http.NewServeMux()
	mux.HandleFunc("/tsa", func(w http.ResponseWriter, r *http.Request) { a.stamp(w, r, "tsa", reply) })
	mux.HandleFunc("/rejects", func(w http.ResponseWriter, r *http.Request) { a.stamp(w, r, "strict", reply) })
	mux.HandleFunc("/type", func(w http.ResponseWriter,
		r *http.Request) {
		a.stamp(w, r, "tsa", "application/octet-stream")
	})
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<html>please log in</html>"))
	})
	mux.HandleFunc("/fails", func(w http.ResponseWriter,
		r *http.Request) {
		http.Error(w, "<html>", http.StatusBadGateway)
	})
	mux.HandleFunc("/garbage", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", reply)
		w.Write([]byte("<html>still not"))
	})
	mux.HandleFunc("/huge", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", reply)
		w.Write(make([]byte, 2<<20))
	})
	mux.HandleFunc("/elsewhere", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/tsa", http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		select { // the server sees the client go
		case <-r.Context().Done():
		case <-time.After(20 * time.Second):
		}
	})
	return mux
}
