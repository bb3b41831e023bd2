package sshsig_test

import (
	"fmt"
	"time"

	"juzheng/evidence/bag/sshsig"
)

// An invented key: its seed is 32 times the letter k, so it protects nothing.
const key = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIGtra2tra2tra2tra2tra2tra2tra2tra2tra2tra2tr
-----END PRIVATE KEY-----
`

// What a signer and a reader do, and what the reader must have for it to mean
// something.
func Example() {
	document := []byte("the list of what was handed over\n")
	signature, err := sshsig.Sign(document, []byte(key), "receipt@example.com", nil)
	if err != nil {
		panic(err)
	}
	// The reader knows whose key this is, from the signer in person.
	signers := []byte(sshsig.SignerLine("zhao@example.com", "receipt@example.com", signature))

	today := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	judge := func(document string, signers []byte) {
		r, err := sshsig.Verify(signature, []byte(document), signers, "receipt@example.com", today)
		if err != nil {
			panic(err) // the file of allowed signers cannot be read
		}
		fmt.Printf("%s %q\n", r.State, r.Signer)
	}
	judge("the list of what was handed over\n", signers)
	judge("the list of what was handed over\n", nil)
	judge("another list\n", signers)
	// Output:
	// valid "zhao@example.com"
	// unknown-key ""
	// invalid ""
}
