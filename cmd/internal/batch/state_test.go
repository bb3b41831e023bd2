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

// While servers have no leader a question is lost, and an answer breaks off: it is asked
// again, and half an answer counts for none.
func TestStatesAreAskedForAgain(t *testing.T) {
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
	if err := q.watch(t.Context()); err != nil || b.asked != 2 || time.Since(began) > 4*mute {
		t.Fatalf("%v, asked %d times in %v", err, b.asked, time.Since(began))
	}
	select {
	case s := <-q.waiting["1"]:
		if s.Case != "a" {
			t.Error(s)
		}
	case <-time.After(mute):
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
