package batch

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// mute is how long an answer is waited for: one that does not come by then was lost. After
// patient what is done at the servers is given up. Tests have no such time.
var mute, patient = 5 * time.Second, 2 * time.Minute

// A SilentError reports servers that do not answer, or have no leader: what they hold is
// there when they come back.
type SilentError struct{ Err error }

func (e *SilentError) Error() string { return "no answer: " + e.Err.Error() }
func (e *SilentError) Unwrap() error { return e.Err }

// lasting does something at the servers, again while they do not answer: while one of
// them is gone and another takes its place. What takes long calls alive as it goes on, with
// how far it is: who comes no further than the time before is not waited for anew.
func lasting(ctx context.Context, do func(ctx context.Context, alive func(at int64)) error) error {
	until := time.Now().Add(patient)
	var furthest int64
	for wait := 200 * time.Millisecond; ; wait = min(2*wait, 3*time.Second) {
		at, stop := context.WithCancelCause(ctx)
		silent := time.AfterFunc(mute, func() { stop(context.DeadlineExceeded) })
		err := do(at, func(so int64) {
			silent.Reset(mute)
			if so > furthest {
				furthest, until = so, time.Now().Add(patient)
			}
		})
		silent.Stop()
		stop(nil)
		switch {
		case err == nil || ctx.Err() != nil || !passing(err):
			return err
		case time.Now().After(until):
			return &SilentError{err}
		}
		rest(ctx, wait)
	}
}

// passing reports an error that may be over in a moment.
func passing(err error) bool {
	for _, lasts := range []error{jetstream.ErrObjectNotFound, jetstream.ErrKeyNotFound, jetstream.ErrKeyExists,
		nats.ErrConnectionClosed, nats.ErrAuthorization, errPlain} {
		if errors.Is(err, lasts) {
			return false
		}
	}
	var api *jetstream.APIError
	return !errors.As(err, &api) || api.Code >= 500
}

// errPlain marks what went wrong on this machine, and not between it and the servers.
var errPlain = errors.New("of this machine")

// gone reports an error that says that the servers have lost something.
func gone(err error) bool {
	return slices.ContainsFunc([]error{errGone, jetstream.ErrObjectNotFound, jetstream.ErrStreamNotFound,
		nats.ErrNoResponders}, func(one error) bool { return errors.Is(err, one) })
}

// errGone is of a job that the servers know no more.
var errGone = errors.New("gone from the servers")

// renew makes at the servers again what they have lost, as one does that begins anew on
// an empty disk; what is there stays as it is.
func (q *Queue) renew(ctx context.Context) error {
	q.renewing.Lock()
	defer q.renewing.Unlock()
	again := Queue{js: q.js, silent: q.silent} // the handles of q go by names, and stay
	err := again.furnish(ctx)
	if err != nil && passing(err) {
		return &SilentError{err}
	}
	return err
}

// answers notes whether the servers answer, and tells when they have not for a while, and
// when they do again.
func (q *Queue) answers(now bool) {
	q.mu.Lock()
	was := q.lost
	switch {
	case now:
		q.since, q.lost = time.Time{}, false
	case q.since.IsZero():
		q.since = time.Now()
	default:
		q.lost = q.lost || time.Since(q.since) > mute
	}
	changed := q.lost != was
	q.mu.Unlock()
	if changed && q.told != nil {
		q.told(now)
	}
}

// answering asks whether the servers say anything of any job.
func (q *Queue) answering(ctx context.Context) bool {
	at, stop := context.WithTimeout(ctx, mute)
	defer stop()
	_, _, err := q.stateNow(at, "none")
	return err == nil || errors.Is(err, jetstream.ErrKeyNotFound)
}
