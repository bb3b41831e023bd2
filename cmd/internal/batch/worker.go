package batch

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
)

// WorkOptions say how a worker works.
type WorkOptions struct {
	Slots   int    // cases at a time
	Dir     string // where they lie meanwhile, as they are, below a folder of this run alone
	Explain func(Found) Outcome
	Log     func(JobState) // what became of a job, one after the other; ids and codes alone
}

// An outcome is what a worker found of a case, as it is stored.
type outcome struct {
	Job  string       `json:"job"`
	Done map[Job]done `json:"done"`
	Sum  string       `json:"sum,omitempty"` // of the case folder, where that comes back
}

// atCase stands for the folder of a case in words that were made on another machine.
const atCase = "{case}"

// Work takes jobs until ctx ends: each is done on a copy of its case, and its result is
// stored before the job is taken off the queue.
func Work(ctx context.Context, d desk.Desk, q *Queue, o WorkOptions) error {
	dir, done, err := workFolder(o.Dir)
	if err != nil {
		return err
	}
	defer done()
	d.Tell, d.Passphrase, d.Agree = nil, nil, nil
	var telling sync.Mutex
	log := o.Log
	o.Log = func(s JobState) {
		telling.Lock()
		defer telling.Unlock()
		log(s)
	}
	w := atWork{WorkOptions: o, q: q, desk: d, dir: dir, name: filepath.Base(dir)}
	var slots sync.WaitGroup
	for range max(1, o.Slots) {
		slots.Go(func() {
			for ctx.Err() == nil {
				asking, stop := context.WithTimeout(ctx, 5*time.Second)
				m, err := q.take.Next(jetstream.FetchContext(asking))
				stop()
				empty := errors.Is(err, nats.ErrTimeout) || errors.Is(err, jetstream.ErrNoMessages) ||
					errors.Is(err, context.DeadlineExceeded)
				if ctx.Err() == nil {
					q.answers(err == nil || empty && q.nc.IsConnected())
				}
				if err == nil {
					w.handle(ctx, m)
				} else if !empty {
					rest(ctx, time.Second)
				}
			}
		})
	}
	slots.Go(func() { // what one that is killed from now on leaves need not lie until another begins
		for ctx.Err() == nil {
			rest(ctx, sweepEvery)
			sweepWork(o.Dir)
		}
	})
	slots.Wait()
	return ctx.Err()
}

// sweepEvery is how often a worker looks for what others left that were killed.
const sweepEvery = time.Minute

func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// workFolder makes the folder of this worker below a folder, and takes away those of
// workers that were killed.
func workFolder(root string) (dir string, done func(), err error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return "", nil, err
	}
	if err := sweepWork(root); err != nil {
		return "", nil, err
	}
	// One that sweeps may come between making it and locking it: it has the lock while it takes
	// the folder away, so who waits for the lock and then finds the folder keeps it.
	for range 100 {
		if dir, err = os.MkdirTemp(root, "w-"); err != nil {
			return "", nil, err
		}
		var f *os.File
		if f, err = os.OpenFile(filepath.Join(dir, workLock), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
			continue
		}
		if err = disk.Lock(f); err == nil {
			_, err = os.Lstat(f.Name())
		}
		if err == nil {
			return dir, func() {
				os.RemoveAll(dir)
				f.Close()
				os.RemoveAll(dir) // Windows removes no file that is open
			}, nil
		}
		f.Close()
		if !errors.Is(err, fs.ErrNotExist) {
			break
		}
	}
	return "", nil, errors.Join(err, os.RemoveAll(dir))
}

// workLock is held by a worker in its folder as long as it lives.
const workLock = "lock"

// sweepWork takes away the folders of workers that were killed: what they had of cases
// lies there as it is.
func sweepWork(root string) error {
	old, err := filepath.Glob(filepath.Join(disk.QuoteGlob(root), "w-*"))
	if err != nil {
		return err
	}
	for _, at := range old {
		f, err := os.OpenFile(filepath.Join(at, workLock), os.O_RDWR, 0)
		if err != nil {
			continue
		}
		if disk.TryLock(f) == nil {
			os.RemoveAll(at)
		}
		f.Close()
	}
	return nil
}

// atWork is a worker that takes jobs.
type atWork struct {
	WorkOptions
	q    *Queue
	desk desk.Desk
	dir  string
	name string // of this worker, drawn
}

// handle does one job, and takes it off the queue when its result is stored.
func (w *atWork) handle(ctx context.Context, m jetstream.Msg) {
	var j job
	meta, err := m.Metadata()
	if err != nil || json.Unmarshal(m.Data(), &j) != nil || j.Name == "" {
		m.TermWithReason("no job")
		return
	}
	try := int(meta.NumDelivered)
	over, given := false, false
	err = w.q.move(ctx, j.Name, func(s JobState) (JobState, bool) {
		switch s.Phase {
		case Ended, Fetched, Dead: // a job that was delivered twice
			over = true
			return s, false
		}
		if given = try > tries; given && s.Phase == Working {
			s.Why = WhyLost
		}
		s.Case, s.Phase, s.Try, s.Worker = j.Case, Working, try, w.name
		return s, !given
	})
	switch {
	case err != nil:
		m.NakWithDelay(time.Second)
	case over:
		m.Ack()
	case given:
		w.bury(ctx, m, j, tries, WhyLost)
	default:
		w.try(ctx, m, j, try)
	}
}

// try does a job once more, while the servers hear that it is being worked on.
func (w *atWork) try(ctx context.Context, m jetstream.Msg, j job, try int) {
	beating, stop := context.WithCancel(ctx)
	var beat sync.WaitGroup
	beat.Go(func() {
		for beating.Err() == nil {
			rest(beating, max(j.Silent/3, 100*time.Millisecond))
			m.InProgress()
		}
	})
	ended, err := w.do(ctx, j)
	var lost bool
	if err == nil {
		err = w.q.move(ctx, j.Name, func(s JobState) (JobState, bool) {
			if lost = s.Phase == Ended || s.Phase == Fetched || s.Phase == Dead; lost {
				return s, false // another had it too, and was first
			}
			ended.Case, ended.Try, ended.Worker = j.Case, try, w.name
			return ended, true
		})
	}
	stop()
	beat.Wait()
	switch {
	case ctx.Err() != nil:
		m.Nak() // for another worker, at once
		w.q.drop(context.WithoutCancel(ctx), ended.Result, ended.Files)
	case err != nil && try >= tries:
		w.bury(ctx, m, j, try, whyOf(err))
	case err != nil:
		why := whyOf(err)
		w.q.move(ctx, j.Name, func(s JobState) (JobState, bool) {
			s.Case, s.Phase, s.Why = j.Case, Queued, why
			return s, true
		})
		w.Log(JobState{Name: j.Name, Case: j.Case, Phase: Queued, Try: try, Why: why})
		m.NakWithDelay(time.Duration(try) * 2 * time.Second)
	default:
		if lost {
			w.q.drop(ctx, ended.Result, ended.Files)
		}
		m.Ack() // should it get lost, the job comes again and is found to be over
		w.Log(ended)
	}
}

// bury gives a job up: it goes to the dead letters, with why.
func (w *atWork) bury(ctx context.Context, m jetstream.Msg, j job, try int, why Why) {
	var dead JobState
	over := false
	err := w.q.move(ctx, j.Name, func(s JobState) (JobState, bool) {
		if over = s.Phase == Ended || s.Phase == Fetched; over {
			return s, false
		}
		if s.Phase != Working && s.Why != "" && why == WhyLost {
			why = s.Why
		}
		s.Case, s.Phase, s.Why, s.Try, s.Worker = j.Case, Dead, why, try, w.name
		dead = s
		return s, true
	})
	if err == nil && !over {
		data, _ := json.Marshal(dead)
		err = lasting(ctx, func(ctx context.Context, _ func(int64)) error {
			_, err := w.q.js.Publish(ctx, deadTopic, data)
			return err
		})
	}
	if err != nil {
		m.NakWithDelay(time.Second)
		return
	}
	m.Term()
	if !over {
		w.Log(dead)
	}
}

// A whyError says why a job could not be done here.
type whyError struct {
	why Why
	err error
}

func (e *whyError) Error() string { return string(e.why) + ": " + e.err.Error() }
func (e *whyError) Unwrap() error { return e.err }

func whyOf(err error) Why {
	var why *whyError
	var object *ObjectError
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EROFS), errors.Is(err, syscall.EDQUOT):
		return WhyDisk
	case errors.As(err, &why):
		return why.why
	case errors.As(err, &object), errors.Is(err, jetstream.ErrObjectNotFound):
		return WhyObject
	}
	return WhyLost
}

// do does a job on a copy of its case, and stores what came of it.
func (w *atWork) do(ctx context.Context, j job) (s JobState, err error) {
	s = JobState{Name: j.Name, Phase: Ended}
	if j.Tool != w.desk.Tool {
		return s, &whyError{WhyProgram, fmt.Errorf("%s is wanted, this is %s", j.Tool, w.desk.Tool)}
	}
	dir, err := os.MkdirTemp(w.dir, "c-")
	if err != nil {
		return s, err
	}
	defer os.RemoveAll(dir)
	root := ""
	err = w.q.get(ctx, caseName(j.Name), dir, func(r io.ReaderAt, size int64) error {
		z, err := zip.NewReader(r, size)
		if err != nil {
			return &ObjectError{j.Name, err}
		}
		root, err = folder.UnpackWhole(ctx, z, dir, func(int64) {})
		return err
	})
	if err != nil {
		return s, err
	}
	f, err := folder.Open(root, w.desk.Tool)
	if err != nil {
		return s, err
	}
	sum, err := f.Sum(ctx)
	if err != nil {
		return s, err
	}
	if w.q.named(j, sum) != j.Name {
		return s, &ObjectError{j.Name, errors.New("another case, or another job")}
	}
	d := w.desk
	d.Now, d.Given = j.Now, j.Given
	if w.q.keyed(desk.RecordsSum(d, root)) != j.Records {
		return s, &whyError{WhyRecords, errors.New("the user's own records are others here")}
	}
	at := worker{Options: Options{Jobs: j.Jobs, Explain: w.Explain}, desk: d, ids: map[string]string{}}
	at.Build.To, at.Build.Volume = j.To, j.Volume
	r, err := at.jobs(ctx, d, Item{Folder: root, Name: j.Case}, f, Result{ID: j.Case})
	if err == nil {
		err = at.fault
	}
	if err != nil {
		return s, err
	}
	return s, w.store(ctx, &s, f, r)
}

// store puts what came of a job to the servers: the case folder first, where the job
// wrote to it.
func (w *atWork) store(ctx context.Context, s *JobState, f *folder.Folder, r Result) error {
	drawn, err := drawRun()
	if err != nil {
		return err
	}
	out := outcome{Job: s.Name, Done: map[Job]done{}}
	for _, j := range r.Jobs {
		for n, x := range j.Exceptions {
			for _, t := range []*string{&x.Reason.ZH, &x.Reason.EN, &x.Remedy.ZH, &x.Remedy.EN, &x.File} {
				*t = strings.ReplaceAll(*t, f.Dir(), atCase)
			}
			j.Exceptions[n] = x
		}
		out.Done[j.Job] = done{State: j.State, Exit: j.Exit, Exceptions: j.Exceptions}
		if j.Job == Build && (j.State == Done || j.State == Partial) {
			s.Files = "files." + s.Name + "." + drawn
		}
	}
	if s.Files != "" {
		err := w.q.put(ctx, s.Files, func(to io.Writer) error {
			whole, err := f.PackWhole(ctx, to, func(int64) {})
			out.Sum = whole.Sum()
			return err
		})
		if err != nil {
			return err
		}
	}
	s.Result = "result." + s.Name + "." + drawn
	body, err := json.Marshal(out)
	if err != nil {
		return err
	}
	return w.q.put(ctx, s.Result, func(to io.Writer) error {
		_, err := fmt.Fprintf(to, "%s\n%s", w.q.keyed(string(body)), body)
		return err
	})
}

func caseName(job string) string { return "case." + job }

// remote are the jobs that workers do: the others need what lies on this machine.
func remote(j Job) bool { return slices.Contains([]Job{Check, Build, Verify}, j) }
