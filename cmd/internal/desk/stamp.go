package desk

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"time"

	"juzheng/evidence"
	"juzheng/evidence/bag"
	"juzheng/evidence/bag/timestamp"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
)

// StampOptions say where a time-stamp comes from and by what it is judged.
type StampOptions struct {
	// Ask sends a request to an authority and returns its reply. The desk
	// itself uses no network. Nil: Reply is the file that holds one.
	Ask     func(ctx context.Context, request []byte) ([]byte, error)
	Reply   string
	Trust   timestamp.Trust // see ReadTrust
	Replace bool            // of another time-stamp, which is kept aside
	// Signature asks for one over the signature, and so over the list it signs.
	Signature bool
}

// A Stamped is what [Stamp] put into the bundle.
type Stamped struct {
	Root string `json:"root"`
	timestamp.Result

	Document string `json:"-"` // what it is over, and where it lies, in the bundle
	Reply    string `json:"-"`
	Untold   bool   `json:"-"` // no trust roots were given: nobody can say whether the authority is trusted
}

// Lines are the objects of the result.
func (r Stamped) Lines() []Line { return []Line{{"summary", r}} }

// A Requested is the request that [RequestStamp] wrote.
type Requested struct {
	Request string `json:"request"` // the file
}

// Lines are the objects of the result.
func (r Requested) Lines() []Line { return []Line{{"summary", r}} }

// ErrTrust reports a file of trust roots that cannot be read.
var ErrTrust = errors.New("no certificate that can be read")

// ErrStamped reports a bundle that has a time-stamp: another one would prove a
// later time.
var ErrStamped = errors.New("there is a time-stamp already")

// ErrUnsigned reports a bundle without the signature that was to be stamped.
var ErrUnsigned = errors.New("there is no signature to be time-stamped")

// A StampError reports a time-stamp that proves nothing and was not kept.
type StampError struct{ Result timestamp.Result }

func (e *StampError) Error() string { return e.Result.Detail }

// RequestStamp writes a request for a time-stamp over the root of a case's
// bundle to a new file, to be taken to an authority by hand.
// Signature asks for one over the signature.
func RequestStamp(ctx context.Context, d Desk, dir, file string, signature bool) (Requested, error) {
	err := withStamped(ctx, d, dir, signature, func(bundle *folder.SealedBundle) error {
		query, err := requestOf(ctx, d, bundle, true)
		if err != nil {
			return err
		}
		return writeRequest(file, query)
	})
	return Requested{file}, err
}

// withStamped does something with what is stamped of a case: its bundle, or the
// signature in it.
func withStamped(ctx context.Context, d Desk, dir string, signature bool, do func(*folder.SealedBundle) error) error {
	return withBundle(ctx, d, dir, func(_ *folder.Folder, bundle *folder.SealedBundle) error {
		if !signature {
			return do(bundle)
		}
		over, ok, err := bundle.OverSignature()
		if err == nil && !ok {
			err = ErrUnsigned
		}
		if err != nil {
			return err
		}
		return do(over)
	})
}

func writeRequest(file string, query []byte) error {
	return disk.SetNew(file, 0o600, func(w io.Writer) error {
		_, err := w.Write(query)
		return err
	})
}

// Stamp gets a time-stamp over the root of a case's bundle and keeps it if it
// proves something, or would with trust roots.
func Stamp(ctx context.Context, d Desk, dir string, o StampOptions) (s Stamped, err error) {
	err = withStamped(ctx, d, dir, o.Signature, func(bundle *folder.SealedBundle) error {
		query, err := requestOf(ctx, d, bundle, o.Ask != nil)
		if err != nil {
			return err
		}
		var reply []byte
		if o.Ask == nil {
			reply, err = os.ReadFile(o.Reply)
		} else {
			if there, err := bundle.Vouching(bundle.Reply); err != nil || there != nil && !o.Replace {
				return cmp.Or(err, ErrStamped) // before anybody is asked for another
			}
			reply, err = o.Ask(ctx, query)
		}
		if err != nil {
			return err
		}
		s, err = takeReply(ctx, d, bundle, reply, query, o.Trust, o.Replace)
		return err
	})
	return s, err
}

// ReadTrust reads the files by which a time-stamp is judged; an empty name is
// none. [ErrTrust] reports roots that hold no certificate.
func ReadTrust(roots, chain string) (trust timestamp.Trust, err error) {
	for _, in := range []struct {
		file string
		to   *[]byte
	}{{roots, &trust.Roots}, {chain, &trust.Chain}} {
		if in.file == "" {
			continue
		}
		if *in.to, err = os.ReadFile(in.file); err != nil {
			return trust, err
		}
	}
	if _, err := timestamp.Check(nil, nil, nil, trust, time.Time{}); err != nil {
		return trust, errors.Join(ErrTrust, err)
	}
	return trust, nil
}

// requestOf is the request of a bundle, made if it has none and one is wanted. It
// has one a root: a reply to it can be taken in whenever it comes.
func requestOf(ctx context.Context, d Desk, bundle *folder.SealedBundle, wanted bool) ([]byte, error) {
	query, err := bundle.Vouching(bundle.Query)
	if err != nil {
		return nil, err
	}
	if query != nil && !timestamp.Asks(query, bundle.Document) {
		query = nil // not over this root: nobody's reply to it could be used
	}
	if query != nil || !wanted {
		return query, nil
	}
	if query, err = timestamp.Request(bundle.Document, rand.Reader); err != nil {
		return nil, err
	}
	return query, bundle.Vouch(ctx, bundle.Query, query, "timestamp", "request", d.Now)
}

// takeReply keeps a reply that proves something, or would with trust roots;
// no other is kept.
func takeReply(
	ctx context.Context, d Desk, bundle *folder.SealedBundle, reply, query []byte, trust timestamp.Trust, replace bool,
) (s Stamped, err error) {
	result, err := timestamp.Check(reply, query, bundle.Document, trust, d.Now)
	if err != nil {
		return s, err
	}
	untold := result.State == timestamp.Untrusted && len(trust.Roots) == 0
	if !result.State.Proven() && !untold {
		return s, &StampError{result}
	}
	old, err := bundle.Vouching(bundle.Reply)
	if err != nil {
		return s, err
	}
	if old != nil && !bytes.Equal(old, reply) && !replace {
		return s, ErrStamped
	}
	if trust.Chain != nil {
		if err := bundle.Vouch(ctx, bag.SealChain, trust.Chain, "timestamp", "chain", d.Now); err != nil {
			return s, err
		}
	}
	at := result.Time.In(evidence.Beijing).Format(time.RFC3339)
	detail := "time=" + at + " serial=" + result.Serial
	if err := bundle.Vouch(ctx, bundle.Reply, reply, "timestamp", detail, d.Now); err != nil {
		return s, err
	}
	return Stamped{bundle.Root.SHA256, result, bundle.Over, bag.SealDir + "/" + bundle.Reply, untold}, nil
}
