package batch

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// A deafBucket answers the questions for its states in turn, by one function each.
type deafBucket struct {
	jetstream.KeyValue
	t       *testing.T
	answers []func(ctx context.Context) (jetstream.KeyWatcher, error)
	asked   int
}

func (b *deafBucket) WatchAll(ctx context.Context, _ ...jetstream.WatchOpt) (jetstream.KeyWatcher, error) {
	if b.asked++; b.asked > len(b.answers) {
		b.t.Fatal("asked once more")
	}
	return b.answers[b.asked-1](ctx)
}

type heard chan jetstream.KeyValueEntry

func (h heard) Updates() <-chan jetstream.KeyValueEntry { return h }
func (h heard) Stop() error                             { return nil }
func (h heard) Error() <-chan error                     { return nil }

type entry struct {
	jetstream.KeyValueEntry
	s JobState
}

func (e entry) Value() []byte {
	data, _ := json.Marshal(e.s)
	return data
}

func lost(ctx context.Context) (jetstream.KeyWatcher, error) {
	<-ctx.Done() // the question never came to a server
	return nil, ctx.Err()
}

func saying(whole bool, all ...JobState) func(context.Context) (jetstream.KeyWatcher, error) {
	return func(context.Context) (jetstream.KeyWatcher, error) {
		h := make(heard, len(all)+1)
		for _, s := range all {
			h <- entry{s: s}
		}
		if whole {
			h <- nil
		} else {
			close(h)
		}
		return h, nil
	}
}

// hasten lets answers be lost sooner.
func hasten(t *testing.T, silence, patience time.Duration) {
	wasMute, wasPatient := mute, patient
	mute, patient = silence, patience
	t.Cleanup(func() { mute, patient = wasMute, wasPatient })
}

func (b *deafBucket) Get(context.Context, string) (jetstream.KeyValueEntry, error) {
	return nil, jetstream.ErrKeyNotFound
}

// A tornStore knows of an object and has the first bytes of it.
type tornStore struct {
	jetstream.ObjectStore
	asked int
}

type torn struct {
	jetstream.ObjectResult
	ctx  context.Context
	left int
}

func (s *tornStore) Get(ctx context.Context, _ string, _ ...jetstream.GetObjectOpt) (jetstream.ObjectResult, error) {
	s.asked++
	return &torn{ctx: ctx, left: 3}, nil
}

func (r *torn) Read(p []byte) (int, error) {
	if r.left--; r.left < 0 {
		<-r.ctx.Done()
		return 0, r.ctx.Err()
	}
	return len(p), nil
}

func (r *torn) Close() error { return nil }

// What the servers have the beginning of alone is gone: nobody waits for ever for the end.
func TestTornObjectIsGone(t *testing.T) {
	hasten(t, 50*time.Millisecond, 500*time.Millisecond)
	store := &tornStore{}
	q := &Queue{objects: store, states: &deafBucket{t: t}}
	over := make(chan error, 1)
	go func() { over <- q.get(t.Context(), "x", t.TempDir(), nil) }()
	select {
	case err := <-over:
		if !gone(err) || whyOf(err) != WhyObject || store.asked < 2 {
			t.Errorf("%v, asked %d times", err, store.asked)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it is still waited for")
	}
}

// While servers have no leader a question is lost, and an answer breaks off: it is asked
// again, and half an answer counts for none.
func TestStatesAreAskedForAgain(t *testing.T) {
	hasten(t, 200*time.Millisecond, time.Minute)
	one, two := JobState{Name: "1", Case: "a"}, JobState{Name: "2", Case: "b"}
	b := &deafBucket{t: t}
	b.answers = append(b.answers, saying(false, two), saying(true, two, one))
	got, err := (&Queue{states: b}).States(t.Context())
	if err != nil || len(got) != 2 || got[0].Name != "1" || b.asked != 2 {
		t.Errorf("%+v, %v, asked %d times", got, err, b.asked)
	}
	b = &deafBucket{t: t}
	b.answers = append(b.answers, lost, saying(true, one))
	q := &Queue{states: b, waiting: map[string]chan JobState{"1": make(chan JobState, 1)}}
	began := time.Now()
	if err := q.watch(t.Context()); err != nil || b.asked != 2 || time.Since(began) > 10*time.Second {
		t.Fatalf("%v, asked %d times in %v", err, b.asked, time.Since(began))
	}
	select {
	case s := <-q.waiting["1"]:
		if s.Case != "a" {
			t.Error(s)
		}
	case <-time.After(5 * time.Second):
		t.Error("nothing was heard")
	}
	b = &deafBucket{t: t}
	b.answers = append(b.answers, func(context.Context) (jetstream.KeyWatcher, error) {
		return nil, jetstream.ErrBucketNotFound
	}, func(context.Context) (jetstream.KeyWatcher, error) { return nil, &jetstream.APIError{Code: 400} })
	_, err = (&Queue{states: b, url: "nats://a:4222"}).States(t.Context())
	var server *ServerError
	if !errors.As(err, &server) || server.URL == "" {
		t.Errorf("what servers refuse: %v", err)
	}
}
