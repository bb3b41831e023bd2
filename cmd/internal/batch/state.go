package batch

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// A Phase is where a job is.
type Phase string

// The phases.
const (
	Queued  Phase = "queued"
	Working Phase = "working"
	Ended   Phase = "ended" // its result waits to be fetched
	Fetched Phase = "fetched"
	Dead    Phase = "dead" // given up after three tries
)

// A Why is why a job was tried again, or given up.
type Why string

// The reasons.
const (
	WhyLost    Why = "lost"    // the worker never answered: killed, or cut off
	WhyFault   Why = "fault"   // of the program
	WhyDisk    Why = "disk"    // full, or not to be written
	WhyObject  Why = "object"  // the case is not at the servers, or not as it was sent
	WhyProgram Why = "program" // the worker has another version
	WhyRecords Why = "records" // the worker has other records of the user's own
)

// A JobState is where one job is, as everybody with an account at the servers may read
// it: no name, no number, no path.
type JobState struct {
	Name   string    `json:"job"`  // keyed hash of what it is made of
	Case   string    `json:"case"` // id
	Phase  Phase     `json:"phase"`
	Try    int       `json:"try,omitempty"`
	Why    Why       `json:"why,omitempty"`
	Worker string    `json:"worker,omitempty"`
	Time   time.Time `json:"time"` // by the clock of who wrote it; nothing goes by it
	// Results are the objects it ended with, and Files the case folder where that
	// changed.
	Result string `json:"result,omitempty"`
	Files  string `json:"files,omitempty"`
}

// state reads where a job is.
func (q *Queue) state(ctx context.Context, name string) (s JobState, revision uint64, err error) {
	err = lasting(ctx, func(ctx context.Context, _ func(int64)) (err error) {
		s, revision, err = q.stateNow(ctx, name)
		return err
	})
	return s, revision, err
}

// stateNow asks once.
func (q *Queue) stateNow(ctx context.Context, name string) (s JobState, revision uint64, err error) {
	e, err := q.states.Get(ctx, name)
	if err != nil {
		return s, 0, err
	}
	return s, e.Revision(), json.Unmarshal(e.Value(), &s)
}

// set writes where a job is, if it is still where it was at a revision; 0: nowhere.
func (q *Queue) set(ctx context.Context, s JobState, revision uint64) error {
	s.Time = time.Now()
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return lasting(ctx, func(ctx context.Context, _ func(int64)) error {
		if revision == 0 {
			_, err = q.states.Create(ctx, s.Name, data)
		} else {
			_, err = q.states.Update(ctx, s.Name, data, revision)
		}
		return err
	})
}

// move reads where a job is and writes where it is now, again while somebody else does
// the same. To says what that is; ok: nothing is to be written.
func (q *Queue) move(ctx context.Context, name string, to func(JobState) (JobState, bool)) error {
	for {
		s, revision, err := q.state(ctx, name)
		if err != nil && !errors.Is(err, jetstream.ErrKeyNotFound) {
			return err
		}
		s.Name = name
		next, write := to(s)
		if !write {
			return nil
		}
		err = q.set(ctx, next, revision)
		var api *jetstream.APIError
		meanwhile := errors.Is(err, jetstream.ErrKeyExists) || errors.As(err, &api) &&
			(api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence ||
				api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
		if !meanwhile || ctx.Err() != nil {
			return err
		}
	}
}

// States are where all jobs are that the servers still know of, by case. They come as one
// stream: to ask for each would take a way there and back for each.
func (q *Queue) States(ctx context.Context) (out []JobState, err error) {
	err = lasting(ctx, func(ctx context.Context, alive func(int64)) error {
		out, err = q.statesNow(ctx, alive)
		return err
	})
	if err != nil {
		return nil, &ServerError{q.url, err}
	}
	slices.SortFunc(out, func(a, b JobState) int { return strings.Compare(a.Case+a.Name, b.Case+b.Name) })
	return out, nil
}

// statesNow asks once.
func (q *Queue) statesNow(ctx context.Context, alive func(int64)) (out []JobState, err error) {
	w, err := q.states.WatchAll(ctx, jetstream.IgnoreDeletes())
	if err != nil {
		return nil, err
	}
	defer w.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case e, more := <-w.Updates():
			alive(int64(len(out)) + 1)
			var s JobState
			switch {
			case !more:
				return nil, errBroken
			case e == nil: // all that there was
				return out, nil
			case json.Unmarshal(e.Value(), &s) == nil:
				out = append(out, s)
			}
		}
	}
}

// errBroken is of a stream of states that ended before all had come.
var errBroken = errors.New("the states broke off")

// hear hears of each state from now on, until stop. A question that the servers lose is
// never answered, and asked again.
func (q *Queue) hear(ctx context.Context) (w jetstream.KeyWatcher, stop func(), err error) {
	err = lasting(ctx, func(asking context.Context, _ func(int64)) error {
		var at context.Context
		at, stop = context.WithCancel(ctx) // what is heard outlasts the asking
		unasked := context.AfterFunc(asking, stop)
		if w, err = q.states.WatchAll(at, jetstream.UpdatesOnly()); err == nil && !unasked() {
			w.Stop()
			err = asking.Err()
		}
		if err != nil {
			stop()
		}
		return err
	})
	return w, stop, err
}
