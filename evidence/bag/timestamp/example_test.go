package timestamp_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"juzheng/evidence/bag/timestamp"
	"juzheng/evidence/bag/timestamp/tsatest"
)

// A query is made and kept, an authority answers it, and the answer is judged
// by somebody who has the authority's root certificate, or has not.
func Example() {
	document := []byte("the list of what was handed over\n")
	authority := tsatest.New("example", nil)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/timestamp-reply")
		w.Write(authority.Reply(tsatest.Stamp{Document: document}))
	}))
	defer server.Close()

	query, err := timestamp.Request(document, rand.Reader)
	if err != nil {
		panic(err)
	}
	reply, err := timestamp.Fetch(context.Background(), server.Client(), server.URL, query)
	if err != nil {
		panic(err)
	}

	judge := func(query []byte, document string, trust timestamp.Trust, year int) {
		now := time.Date(year, 12, 1, 0, 0, 0, 0, time.UTC)
		r, err := timestamp.Check(reply, query, []byte(document), trust, now)
		if err != nil {
			panic(err) // the trust roots cannot be read
		}
		fmt.Println(r.State, r.State.Proven())
	}
	trust := timestamp.Trust{Roots: authority.RootPEM}
	judge(nil, string(document), trust, 2026)
	fmt.Println("its certificate runs out, the stamp stays good:")
	judge(nil, string(document), trust, 2030)
	fmt.Println("nobody said whom to trust:")
	judge(nil, string(document), timestamp.Trust{}, 2026)
	fmt.Println("another document:")
	judge(nil, "another list\n", trust, 2026)
	fmt.Println("it answers a query without a nonce, this one had one:")
	judge(query, string(document), trust, 2026)
	// Output:
	// valid true
	// its certificate runs out, the stamp stays good:
	// expired-since true
	// nobody said whom to trust:
	// untrusted false
	// another document:
	// imprint-differs false
	// it answers a query without a nonce, this one had one:
	// nonce-differs false
}
