package bag

import (
	"context"
	"errors"
	"time"
)

// Options says how to verify. The zero Options check everything that can be
// checked without anything from outside the bundle.
type Options struct {
	Expect        string // root as typed from paper; empty: none
	RequireAnchor bool   // ExitCode is 7 if nothing outside vouches for an intact bundle

	Algorithms []string                // digests to compute, "sha256", "sm3" …; nil: every one listed
	Workers    int                     // files hashed at once; 0: one a processor
	Progress   func(done, total int64) // bytes; called from several goroutines, never at once

	// KnownPages maps the SHA-256 of an index.html to the release it belongs
	// to. This release's own is always known.
	KnownPages map[string]string

	Signers    []byte    // allowed signers, ssh-keygen(1); from outside the bundle
	TrustRoots []byte    // PEM certificates a time-stamp chain may end in
	Now        time.Time // judges a key's period and notes expired certificates; zero: the clock

	Limits Limits // zero fields: DefaultLimits
}

// Limits bound what a hostile bundle can make Verify do.
type Limits struct {
	Entries  int   // files of a bundle
	Bytes    int64 // of all files together
	Ratio    int64 // unpacked to packed, above 1 MiB
	Manifest int64 // bytes of one manifest or other tag file that is parsed
	Line     int   // bytes of one line
	Depth    int   // nesting of JSON
}

// DefaultLimits are the limits used where none is given.
var DefaultLimits = Limits{
	Entries:  100_000,
	Bytes:    64 << 30,
	Ratio:    200,
	Manifest: 64 << 20,
	Line:     4 << 10,
	Depth:    32,
}

// Verify checks the bag at path, a folder or a zip, which is not unpacked.
// What is wrong with the bag is in the Result; the error is for what kept
// Verify from looking at all: no such path, an Expect that is no root (a
// [*RootError]), an interrupt.
func Verify(ctx context.Context, path string, opt Options) (*Result, error) {
	return nil, errors.New("verify: not built in yet")
}
