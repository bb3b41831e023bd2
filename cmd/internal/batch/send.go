package batch

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
)

// An AwayError reports a case that the workers gave up after three tries.
type AwayError struct{ Why Why }

func (e *AwayError) Error() string { return "given up by the workers: " + string(e.Why) }

// A ChangingError reports a case that changed each time while it was away.
type ChangingError struct{ Folder string }

func (e *ChangingError) Error() string { return e.Folder + " changed while it was away" }

// watch hands on where jobs are to those that wait for them.
func (q *Queue) watch(ctx context.Context) error {
	w, stop, err := q.hear(ctx)
	if err != nil {
		return &ServerError{q.url, err}
	}
	go func() {
		defer stop()
		for e := range w.Updates() { // until ctx ends; who waits asks now and then, too
			var s JobState
			if e != nil && json.Unmarshal(e.Value(), &s) == nil {
				q.tell(s)
			}
		}
	}()
	return nil
}

// tell hands a state to who waits for it; of several the last counts.
func (q *Queue) tell(s JobState) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if c := q.waiting[s.Name]; c != nil {
		select {
		case <-c:
		default:
		}
		c <- s
	}
}

// await waits until a job is over. The servers are asked now and then, too: a word of
// theirs may have been lost with a connection, or the job with a disk of theirs.
func (q *Queue) await(ctx context.Context, name string) (JobState, error) {
	c := make(chan JobState, 1)
	q.mu.Lock()
	q.waiting[name] = c
	q.mu.Unlock()
	defer func() {
		q.mu.Lock()
		delete(q.waiting, name)
		q.mu.Unlock()
	}()
	for again := false; ; again = true {
		at, stop := context.WithTimeout(ctx, mute)
		s, _, err := q.stateNow(at, name)
		stop()
		q.answers(err == nil || errors.Is(err, jetstream.ErrKeyNotFound))
		switch {
		case err == nil && (s.Phase == Ended || s.Phase == Dead):
			return s, nil
		case errors.Is(err, jetstream.ErrKeyNotFound) && again: // at first a server may not have heard of it
			return JobState{}, &ObjectError{name, errGone}
		case gone(err):
			q.renew(ctx)
		}
		pause := min(15*time.Second, 2*q.silent)
		if err != nil {
			pause = min(pause, time.Second)
		}
		ask := time.After(pause)
	hearing:
		for {
			select {
			case <-ctx.Done():
				return JobState{}, ctx.Err()
			case <-ask:
				break hearing
			case s := <-c:
				if s.Phase == Ended || s.Phase == Dead {
					return s, nil
				}
			}
		}
	}
}

// away has jobs of a case done by the workers, and puts what they made in its place.
// Sum is that of the case as the jobs were done on it, or of what came back.
func (w *worker) away(ctx context.Context, d desk.Desk, it Item, f *folder.Folder, id string, jobs []Job) (
	all map[Job]done, wrote bool, err error) {
	for n := 0; n < tries && ctx.Err() == nil; {
		all, wrote, err = w.awayOnce(ctx, d, it, f, id, jobs)
		var changing *ChangingError
		var silent *SilentError
		switch {
		case errors.As(err, &changing):
			n++
		case gone(err) && ctx.Err() == nil:
			n++
			if again := w.Queue.renew(ctx); again != nil && !errors.As(again, &silent) {
				return nil, false, errors.Join(err, again)
			}
		case !errors.As(err, &silent):
			return all, wrote, err
		}
		if silent != nil { // what was sent is there when they answer
			n = 0
			w.Queue.answers(false)
			rest(ctx, mute)
		}
	}
	return nil, false, err
}

func (w *worker) awayOnce(ctx context.Context, d desk.Desk, it Item, f *folder.Folder, id string, jobs []Job) (
	map[Job]done, bool, error) {
	q := w.Queue
	unlock, err := lockPatiently(ctx, f, d.Now)
	if err != nil {
		return nil, false, err
	}
	j, sum, err := w.send(ctx, d, it, f, id, jobs)
	unlock()
	if err != nil {
		return nil, false, err
	}
	s, err := q.await(ctx, j.Name)
	if err != nil {
		return nil, false, err
	}
	if s.Phase == Dead {
		q.drop(ctx, caseName(j.Name))
		return nil, false, &AwayError{s.Why}
	}
	unlock, err = lockPatiently(ctx, f, d.Now)
	if err != nil {
		return nil, false, err
	}
	defer unlock()
	now, err := f.Sum(ctx)
	if err != nil {
		return nil, false, err
	}
	var out outcome
	if now == sum {
		out, err = w.fetch(ctx, it, f, s)
	} else {
		err = &ChangingError{it.Folder}
	}
	var changing *ChangingError
	if err != nil && !errors.As(err, &changing) && !gone(err) {
		return nil, false, err
	}
	q.move(ctx, j.Name, func(s JobState) (JobState, bool) {
		s.Phase, s.Result, s.Files = Fetched, "", ""
		return s, true
	})
	q.drop(ctx, caseName(j.Name), s.Result, s.Files)
	return out.Done, out.Sum != "", err
}

// lockPatiently locks a case, waiting a moment for whoever has it.
func lockPatiently(ctx context.Context, f *folder.Folder, now time.Time) (unlock func(), err error) {
	for until := time.Now().Add(patience); ; rest(ctx, patience/10) {
		unlock, err = f.Lock(now)
		var locked *folder.LockedError
		if !errors.As(err, &locked) || time.Now().After(until) || ctx.Err() != nil {
			return unlock, err
		}
	}
}

// send puts a case and its job to the servers, unless they have both. The case is locked.
func (w *worker) send(ctx context.Context, d desk.Desk, it Item, f *folder.Folder, id string, jobs []Job) (
	j job, sum string, err error) {
	q := w.Queue
	whole, err := f.Whole()
	if err == nil && len(whole.Left) > 0 { // they would be in no copy, and gone afterwards
		err = &desk.UnpackableError{Paths: whole.Left}
	}
	if err == nil {
		sum, err = f.Sum(ctx)
	}
	if err != nil {
		return j, "", err
	}
	j = job{Case: id, Jobs: jobs, To: w.Build.To, Volume: w.Build.Volume, Now: d.Now, Given: d.Given, Tool: d.Tool,
		Records: q.keyed(desk.RecordsSum(d, it.Folder))}
	j.Name = q.named(j, sum)
	s, _, err := q.state(ctx, j.Name)
	if err != nil && !errors.Is(err, jetstream.ErrKeyNotFound) {
		return j, "", err
	}
	if s.Phase == Ended {
		return j, sum, nil // a run that was stopped had sent it
	}
	if _, err := q.objects.GetInfo(ctx, caseName(j.Name)); err != nil {
		err := q.put(ctx, caseName(j.Name), func(to io.Writer) error {
			packed, err := f.PackWhole(ctx, to, func(int64) {})
			if err == nil && packed.Sum() != sum {
				err = &ChangingError{it.Folder}
			}
			return err
		})
		if err != nil {
			return j, "", err
		}
	}
	// The state goes first: a worker that finds a job over does not do it again.
	err = q.move(ctx, j.Name, func(s JobState) (JobState, bool) {
		next := JobState{Name: j.Name, Case: id, Phase: Queued}
		return next, s.Phase != Queued && s.Phase != Working && s.Phase != Ended
	})
	j.Silent = q.silent
	data, jsonErr := json.Marshal(j)
	if err = errors.Join(err, jsonErr); err != nil {
		return j, "", err
	}
	return j, sum, lasting(ctx, func(ctx context.Context, _ func(int64)) error {
		_, err := q.js.Publish(ctx, jobsTopic, data)
		return err
	})
}

// fetch reads what came of a job, and puts the case folder that came back in the place
// of the one that was sent. The case is locked, and as it was when it was sent.
func (w *worker) fetch(ctx context.Context, it Item, f *folder.Folder, s JobState) (out outcome, err error) {
	aside, err := disk.AsideDir(it.Folder)
	if err != nil {
		return out, err
	}
	defer os.RemoveAll(aside)
	err = w.Queue.get(ctx, s.Result, aside, func(r io.ReaderAt, size int64) error {
		data, err := io.ReadAll(io.NewSectionReader(r, 0, size))
		mac, body, _ := strings.Cut(string(data), "\n")
		if err == nil && w.Queue.keyed(body) != mac {
			err = errors.New("not made by a worker that has the key")
		}
		if err == nil {
			err = json.Unmarshal([]byte(body), &out)
		}
		if err == nil && out.Job != s.Name {
			err = errors.New("the result of another job")
		}
		if err != nil {
			return &ObjectError{s.Result, err}
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	for j, was := range out.Done {
		for n, x := range was.Exceptions {
			for _, t := range []*string{&x.Reason.ZH, &x.Reason.EN, &x.Remedy.ZH, &x.Remedy.EN, &x.File} {
				*t = strings.ReplaceAll(*t, atCase, it.Folder)
			}
			x.Case = it.Name
			was.Exceptions[n] = x
		}
		out.Done[j] = was
	}
	if out.Sum == "" {
		return out, nil
	}
	var fresh string
	err = w.Queue.get(ctx, s.Files, aside, func(r io.ReaderAt, size int64) error {
		z, err := zip.NewReader(r, size)
		if err == nil {
			fresh, err = folder.UnpackWhole(ctx, z, aside, func(int64) {})
		}
		return err
	})
	if err != nil {
		return out, err
	}
	made, err := folder.Open(fresh, w.desk.Tool)
	if err != nil {
		return out, err
	}
	if sum, err := made.Sum(ctx); err != nil || sum != out.Sum {
		return out, errors.Join(&ObjectError{s.Files, errors.New("another case folder")}, err)
	}
	return out, f.GiveWay(fresh)
}

// gaveWay ends the name of a case folder whose place another takes: see [disk.SwapDir].
const gaveWay = ".old" + disk.Partial

// restoreCase takes back a case folder that a killed run had moved away to put another
// in its place. One that was moved a moment ago may be of a run that is alive.
func restoreCase(ctx context.Context, dir string) error {
	for n := 0; ; n++ {
		if _, err := os.Lstat(dir); err == nil {
			return nil
		}
		info, err := os.Lstat(dir + gaveWay)
		if err != nil {
			return nil // nothing was moved away
		}
		if time.Since(info.ModTime()) > 5*time.Second || n > 60 || ctx.Err() != nil {
			return disk.RestoreDir(dir)
		}
		rest(ctx, 200*time.Millisecond)
	}
}

// moved is the case folder that was moved away under this name; empty: it is no such name.
func moved(at string) string {
	was, ok := strings.CutSuffix(at, gaveWay)
	if _, err := os.Lstat(filepath.Join(at, folder.CaseFile)); !ok || err != nil {
		return ""
	}
	return was
}
