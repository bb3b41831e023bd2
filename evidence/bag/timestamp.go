package bag

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// A TimestampState is what checking a time-stamp reply came to.
type TimestampState string

// The states. TimestampValid and TimestampExpiredSince prove that the root
// document existed at [TimestampResult.Time]; no other state proves anything.
const (
	TimestampAbsent           TimestampState = ""
	TimestampValid            TimestampState = "valid"
	TimestampExpiredSince     TimestampState = "expired-since"      // valid at its time; a certificate has run out since: a note
	TimestampMalformed        TimestampState = "malformed"          // not a reply as of RFC 3161
	TimestampTrailing         TimestampState = "trailing-bytes"     // something follows the reply
	TimestampRejected         TimestampState = "rejected"           // the authority refused to stamp
	TimestampImprintDiffers   TimestampState = "imprint-differs"    // stamped another document
	TimestampWeakDigest       TimestampState = "weak-digest"        // SHA-1 or MD5: refused
	TimestampNonceDiffers     TimestampState = "nonce-differs"      // answers another query
	TimestampNoCertificate    TimestampState = "no-certificate"     // signer certificate not inside
	TimestampSignatureBad     TimestampState = "signature-bad"      // altered
	TimestampWrongPurpose     TimestampState = "wrong-purpose"      // certificate is not for time stamping only
	TimestampUntrusted        TimestampState = "untrusted"          // no chain to a given root
	TimestampExpiredAtGenTime TimestampState = "expired-at-gentime" // certificate not in force when it stamped
	TimestampUnsupported      TimestampState = "unsupported"        // SM2, SM3: recognised, not checked
)

// Proven reports whether the state proves that the document existed at the
// time of the token.
func (s TimestampState) Proven() bool {
	return s == TimestampValid || s == TimestampExpiredSince
}

// A TimestampResult says what was checked of a time-stamp reply, and what it
// came to. Only fields read before the first failure are filled; they are
// claims unless State is proven.
type TimestampResult struct {
	State     TimestampState `json:"state"`
	Time      time.Time      `json:"time,omitzero"`       // genTime
	Accuracy  time.Duration  `json:"accuracy,omitempty"`  // nanoseconds; zero: not stated
	Policy    string         `json:"policy,omitempty"`    // OID
	Serial    string         `json:"serial,omitempty"`    // hex
	Authority string         `json:"authority,omitempty"` // subject of the signer certificate
	TrustRoot string         `json:"trust_root,omitempty"`
	Expires   time.Time      `json:"expires,omitzero"` // first end of validity in the chain
	Nonce     bool           `json:"nonce_checked"`    // compared with the query's
	Detail    string         `json:"detail,omitempty"` // English, for a log
}

// TimestampTrust is what the user trusts, as PEM. Roots must come from outside
// the bundle; without roots the best result is [TimestampUntrusted]. Chain may
// come from the bundle: intermediate certificates the token does not carry.
type TimestampTrust struct{ Roots, Chain []byte }

// TimestampRequest returns an RFC 3161 query over the SHA-256 of the root
// document, asking for the signer certificate. Nonce gives the 64 random bits
// by which the reply is tied to this query.
func TimestampRequest(root []byte, nonce io.Reader) ([]byte, error) {
	return nil, errors.New("time-stamp query: not built in yet")
}

// CheckTimestamp checks an RFC 3161 reply over the root document: all that
// openssl ts -verify checks, judged at the time of the token instead of now,
// and what it lets pass (SHA-1, trailing bytes). Query is the kept query, or
// nil: then the nonce cannot be compared. Now decides only between
// [TimestampValid] and [TimestampExpiredSince]. The error is of trust only;
// what is wrong with the reply is a state.
func CheckTimestamp(reply, query, root []byte, trust TimestampTrust, now time.Time) (TimestampResult, error) {
	return TimestampResult{}, errors.New("check time-stamp: not built in yet")
}

// FetchTimestamp sends a query to a time-stamp authority and returns its
// reply whole. It uses the network, and only url.
func FetchTimestamp(ctx context.Context, client *http.Client, url string, query []byte) ([]byte, error) {
	return nil, errors.New("fetch time-stamp: not built in yet")
}
