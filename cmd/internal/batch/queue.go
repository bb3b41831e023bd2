package batch

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/encrypt"
)

// usualSilence is long beside the beat of a worker, a third of it.
const usualSilence = 20 * time.Second

// The names at the servers. Subjects and names hold nothing but keyed hashes.
const (
	jobsStream = "JUZHENG_jobs"
	deadStream = "JUZHENG_dead"
	jobsTopic  = "juzheng.jobs"
	deadTopic  = "juzheng.dead"
	statesName = "JUZHENG_states"
	casesName  = "JUZHENG_cases"
	workers    = "workers"
)

const (
	kept     = 30 * 24 * time.Hour // states, dead letters and what nobody fetched
	mostJobs = 100_000             // that wait at the servers
	mostOut  = 1_000               // that workers have at once
	tries    = 3                   // before a job goes to the dead letters
)

// A Queue is a connection to the servers.
type Queue struct {
	Copies int // that the servers keep of each thing

	url     string // as it may be told
	nc      *nats.Conn
	js      jetstream.JetStream
	take    jetstream.Consumer
	states  jetstream.KeyValue
	objects jetstream.ObjectStore
	silent  time.Duration
	with    encrypt.Identities
	to      encrypt.Recipients
	secret  []byte // of names

	mu      sync.Mutex
	waiting map[string]chan JobState
	since   time.Time          // servers have not answered; zero: they do
	lost    bool               // and that was told
	told    func(answers bool) // see [Dial]

	renewing sync.Mutex
}

// A ServerError reports servers that cannot be reached, or that refuse.
type ServerError struct {
	URL string
	Err error
}

func (e *ServerError) Error() string { return fmt.Sprintf("%s: %v", e.URL, e.Err) }
func (e *ServerError) Unwrap() error { return e.Err }

// Refused reports servers that want other credentials than they were given.
func (e *ServerError) Refused() bool { return errors.Is(e.Err, nats.ErrAuthorization) }

// NewKey makes the file of a key that machines share; it goes over no file.
func NewKey(file string) error {
	key, err := encrypt.NewKey()
	if err != nil {
		return err
	}
	return desk.WriteNew(file, []byte(key+"\n"))
}

// Dial connects, and makes at the servers what is not there yet: each thing three
// times where they can, else once. Told is told, in any goroutine, when the servers no longer
// answer and when they do again: who waits for them goes on waiting.
func Dial(ctx context.Context, s Server, told func(answers bool)) (*Queue, error) {
	q := &Queue{waiting: map[string]chan JobState{}, silent: s.Silent, url: openly(s.URL), told: told}
	data, err := os.ReadFile(s.Key)
	if err != nil {
		return nil, &desk.UnreadableError{Path: s.Key, Err: err}
	}
	if q.with, err = encrypt.ParseIdentities(data, nil); err == nil {
		q.to, err = q.with.Recipients()
	}
	if err == nil {
		q.secret, err = q.with.Derive("juzheng batch: names of jobs")
	}
	if err != nil {
		return nil, &desk.KeyError{File: s.Key, Err: err}
	}
	// What the library hears beside the answers, such as that a stream of states broke off, it
	// would print: what is asked for is asked for again.
	quiet := func(*nats.Conn, *nats.Subscription, error) {}
	options := []nats.Option{nats.Name("juzheng"), nats.MaxReconnects(-1), nats.ReconnectWait(500 * time.Millisecond),
		nats.ErrorHandler(quiet)}
	if s.Creds != "" {
		options = append(options, nats.UserCredentials(s.Creds))
	}
	if s.CA != "" {
		options = append(options, nats.RootCAs(s.CA))
	}
	if q.nc, err = nats.Connect(s.URL, options...); err != nil {
		return nil, &ServerError{q.url, err}
	}
	if q.js, err = jetstream.New(q.nc); err == nil {
		err = q.furnish(ctx)
	}
	if err != nil {
		q.nc.Close()
		return nil, &ServerError{q.url, err}
	}
	return q, nil
}

// Close ends the connection.
func (q *Queue) Close() { q.nc.Close() }

// furnish finds or makes streams and buckets.
func (q *Queue) furnish(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	defer stop()
	began := time.Now()
	for copies := 3; ; rest(ctx, 500*time.Millisecond) {
		at, stop := context.WithTimeout(ctx, mute)
		err := q.furnishWith(at, copies) // asked of servers that have just begun, some of it is lost
		stop()
		if err == nil {
			break
		}
		var api *jetstream.APIError
		isAPI := errors.As(err, &api)
		switch {
		case isAPI && api.ErrorCode == aloneCode, time.Since(began) > 20*time.Second && copies == 3:
			copies = 1
		case ctx.Err() != nil:
			return errors.Join(err, ctx.Err())
		case isAPI && api.Code < 500, errors.Is(err, jetstream.ErrJetStreamNotEnabled),
			errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount), copies == 1:
			return err
		}
	}
	stream, err := q.js.Stream(ctx, jobsStream)
	if err != nil {
		return err
	}
	q.Copies = stream.CachedInfo().Config.Replicas
	take := jetstream.ConsumerConfig{Durable: workers, AckPolicy: jetstream.AckExplicitPolicy, AckWait: q.silent,
		MaxDeliver: -1, MaxAckPending: mostOut}
	if q.silent == 0 {
		if q.take, err = stream.Consumer(ctx, workers); err == nil {
			q.silent = q.take.CachedInfo().Config.AckWait
			return nil
		}
		take.AckWait = usualSilence
	}
	if q.take, err = stream.CreateOrUpdateConsumer(ctx, take); err == nil {
		q.silent = take.AckWait
	}
	return err
}

// aloneCode is what a server says that is of no cluster, where several copies are wanted.
const aloneCode = 10074

// furnishWith makes what is not there with so many copies; what is there stays as it is.
func (q *Queue) furnishWith(ctx context.Context, copies int) (err error) {
	for _, c := range []jetstream.StreamConfig{
		{Name: jobsStream, Subjects: []string{jobsTopic}, Retention: jetstream.WorkQueuePolicy, MaxMsgs: mostJobs,
			Discard: jetstream.DiscardNew},
		{Name: deadStream, Subjects: []string{deadTopic}, MaxAge: kept},
	} {
		c.Replicas, c.Storage = copies, jetstream.FileStorage
		if _, err := q.js.Stream(ctx, c.Name); err == nil {
			continue
		}
		if _, err := q.js.CreateStream(ctx, c); err != nil && !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			return err
		}
	}
	if q.states, err = q.js.KeyValue(ctx, statesName); err != nil {
		if q.states, err = q.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: statesName, TTL: kept,
			Replicas: copies}); err != nil {
			return err
		}
	}
	if q.objects, err = q.js.ObjectStore(ctx, casesName); err != nil {
		q.objects, err = q.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: casesName, TTL: kept,
			Replicas: copies})
	}
	return err
}

// put stores what fill writes, locked, under a name: whole or not at all. Nothing of it
// is held in memory.
func (q *Queue) put(ctx context.Context, name string, fill func(io.Writer) error) error {
	return lasting(ctx, func(ctx context.Context, alive func(int64)) error {
		r, w := io.Pipe()
		filled := make(chan error, 1)
		go func() {
			locked, err := encrypt.NewWriter(w, q.to)
			if err == nil {
				err = fill(&goingOn{locked, 0, alive})
			}
			if err == nil {
				err = locked.Close()
			}
			w.CloseWithError(err)
			filled <- err
		}()
		_, err := q.objects.Put(ctx, jetstream.ObjectMeta{Name: name}, r)
		r.CloseWithError(io.ErrClosedPipe)
		if own := <-filled; own != nil && !errors.Is(own, io.ErrClosedPipe) {
			return fmt.Errorf("%w: %w", errPlain, own)
		}
		return err
	})
}

// get opens what is stored under a name, over a file beside in: locked as it is on the
// disk too, and read from there.
func (q *Queue) get(ctx context.Context, name, in string, use func(io.ReaderAt, int64) error) error {
	file, err := os.CreateTemp(in, "fetched-*.age")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	var size int64
	err = lasting(ctx, func(ctx context.Context, alive func(int64)) error {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("%w: %w", errPlain, err)
		}
		if err := file.Truncate(0); err != nil {
			return fmt.Errorf("%w: %w", errPlain, err)
		}
		from, err := q.objects.Get(ctx, name)
		if err != nil {
			return err
		}
		defer from.Close()
		size, err = io.Copy(&goingOn{fileOnly{file}, 0, alive}, from)
		return err
	})
	var silent *SilentError
	if errors.As(err, &silent) && q.answering(ctx) { // and know of it, but have not all of it
		return &ObjectError{name, fmt.Errorf("%w: %v", errGone, err)}
	}
	if err != nil {
		return err
	}
	plain, size, err := encrypt.Open(file, size, q.with)
	if err != nil {
		return &ObjectError{name, err}
	}
	return use(plain, size)
}

// A goingOn tells of each write.
type goingOn struct {
	io.Writer
	at    int64
	alive func(at int64)
}

func (w *goingOn) Write(p []byte) (int, error) {
	w.at += int64(len(p))
	w.alive(w.at)
	return w.Writer.Write(p)
}

// A fileOnly marks errors of writing as those of this machine.
type fileOnly struct{ *os.File }

func (f fileOnly) Write(p []byte) (int, error) {
	n, err := f.File.Write(p)
	if err != nil {
		err = fmt.Errorf("%w: %w", errPlain, err)
	}
	return n, err
}

// An ObjectError reports something at the servers that is not what was sent.
type ObjectError struct {
	Name string
	Err  error
}

func (e *ObjectError) Error() string { return "object " + e.Name + ": " + e.Err.Error() }
func (e *ObjectError) Unwrap() error { return e.Err }

// drop deletes objects that nobody needs any more. Where that fails they go with time.
func (q *Queue) drop(ctx context.Context, names ...string) {
	for _, name := range names {
		if name != "" {
			q.objects.Delete(ctx, name)
		}
	}
}

// A job is the message that a worker takes.
type job struct {
	Name    string          `json:"job"`
	Case    string          `json:"case"` // id
	Jobs    []Job           `json:"jobs"`
	To      []evidence.Role `json:"to,omitempty"`
	Volume  int64           `json:"volume,omitempty"`
	Now     time.Time       `json:"now"`
	Given   bool            `json:"given,omitempty"`
	Tool    string          `json:"tool"`
	Records string          `json:"records"` // keyed hash of the user's own records

	// Silent is how long its worker may be silent: its result does not come of that.
	Silent time.Duration `json:"silent,omitempty"`
}

// named is the name of a job on a case of some content: a keyed hash of all that its
// result comes of. Who has the same file cannot look it up, and who has no key can put
// nothing in its place.
func (q *Queue) named(j job, sum string) string {
	j.Name, j.Silent = "", 0
	data, err := json.Marshal(j)
	if err != nil {
		panic(err) // of plain values
	}
	return q.keyed(string(data) + "\n" + sum)
}

func (q *Queue) keyed(s string) string {
	mac := hmac.New(sha256.New, q.secret)
	mac.Write([]byte(s))
	return hex.EncodeToString(mac.Sum(nil))
}
