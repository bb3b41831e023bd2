package batch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"
	"time"

	"juzheng/cmd/internal/desk"
	"juzheng/evidence"
	"juzheng/evidence/disk"
	"juzheng/evidence/folder"
	"juzheng/evidence/track"
)

// Options say what is done with cases, and who is told.
type Options struct {
	Root    string // folder or roster the cases are of: the note of the run lies by it
	Jobs    []Job  // some of [Jobs], in their order
	Workers int    // cases at a time
	Build   desk.BuildOptions
	Queue   *Queue // between machines, whose workers check, build and verify; nil: this one does
	// Resume goes on with the run that did not come to its end: what it did to its end,
	// failed or not, is not tried again.
	Resume bool
	// Look says what would be done, and does nothing.
	Look bool

	// Explain says what came of a job. It may be called by several cases at once.
	Explain func(Found) Outcome
	// Report is told of each case, in their order; its error ends the run. Done is told
	// when one is done.
	Report func(Result) error
	Done   func()
}

// A NothingToResumeError reports a run that was to be gone on with where none was stopped,
// or where its note can no longer be read.
type NothingToResumeError struct {
	Root string
	Cut  bool
}

func (e *NothingToResumeError) Error() string { return "no run over " + e.Root + " was stopped" }

// Run does the jobs on the cases, some at a time. What goes wrong in a case is told of
// that case; the error is that the run itself could not go on, or was stopped: what is
// done to its end is then done, and the next run goes on.
func Run(ctx context.Context, d desk.Desk, items []Item, o Options) (Summary, error) {
	sum := Summary{States: map[Job]map[State]int{}}
	for _, j := range o.Jobs {
		sum.States[j] = map[State]int{}
	}
	w := worker{Options: o, desk: d, ids: map[string]string{}}
	if !o.Look {
		note, ok := Stopped(o.Root)
		if o.Resume && note.Run == "" {
			return sum, &NothingToResumeError{o.Root, ok}
		}
		var err error
		if !o.Resume {
			if note.Run, err = drawRun(); err != nil {
				return sum, err
			}
			note.Jobs, note.To, note.Started = o.Jobs, o.Build.To, d.Now
		}
		end, err := begin(o.Root, note)
		if err != nil {
			return sum, err
		}
		w.run = note.Run
		if o.Queue != nil { // of one run, so that what was sent before it was stopped is found
			w.desk.Now = note.Started.In(evidence.Beijing)
			if err := o.Queue.watch(ctx); err != nil {
				return sum, err
			}
		}
		defer func() {
			if ctx.Err() == nil && sum.Cases == len(items) {
				end()
			}
		}()
	}
	for n := range items {
		items[n].N = n
	}
	var filed desk.FiledCounts
	err := each(ctx, items, o.Workers, w.work, func(r Result) error {
		sum.count(r)
		if r.Status != nil {
			filed.Add(*r.Status)
			if r.Status.Count(track.Overdue) > 0 {
				sum.Overdue++
			}
		}
		if o.Done != nil {
			o.Done()
		}
		return nil
	}, w.besides(o.Report))
	sum.Filed = filed.Days()
	return sum, err
}

func (s *Summary) count(r Result) {
	s.Cases++
	if r.Failed() {
		s.Failed++
	}
	kept := len(r.Jobs) > 0
	for _, j := range r.Jobs {
		if s.States[j.Job] == nil {
			s.States[j.Job] = map[State]int{}
		}
		s.States[j.Job][j.State]++
		kept = kept && (j.Kept || j.Job == Status)
	}
	if kept {
		s.Kept++
	}
}

// A worker does the jobs of one case after the other. Several goroutines share it.
type worker struct {
	Options
	desk desk.Desk
	run  string

	fault error // of the program or of the machine, in any job

	mu  sync.Mutex
	ids map[string]string // case id -> the folder that has it
}

// work works on one case. The error is that the run was stopped.
func (w *worker) work(ctx context.Context, it Item) (r Result, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			r = w.before(it, &PanicError{fault, debug.Stack()})
		}
	}()
	d := w.desk
	d.Tell, d.Passphrase, d.Agree = nil, nil, nil // nobody is there to ask; do hears what it must
	if it.Err != nil {
		return w.before(it, it.Err), nil
	}
	if err := restoreCase(ctx, it.Folder); err != nil {
		return w.before(it, err), ctx.Err()
	}
	f, err := folder.Open(it.Folder, d.Tool)
	if errors.Is(err, folder.ErrNoCase) && it.Place != "" && slices.Contains(w.Jobs, Add) {
		if w.Look {
			return w.due(it), nil
		}
		if err = begun(ctx, d, it); err == nil {
			f, err = folder.Open(it.Folder, d.Tool)
		}
	}
	if err != nil {
		return w.before(it, err), ctx.Err()
	}
	if w.Look {
		return w.look(ctx, d, it, f)
	}
	release, err := holdCase(ctx, f)
	if err != nil {
		return w.before(it, err), ctx.Err()
	}
	defer release()
	for _, left := range append(disk.Leftovers(it.Folder), it.Folder+gaveWay) {
		os.RemoveAll(left) // of a run that was killed: this one alone has the case now
	}
	if c, err := f.ReadCase(); err == nil {
		r.ID, r.matter = c.ID, desk.Matter(c)
		if first := w.seen(c.ID, it); first != "" {
			return w.before(it, &SameCaseError{it.Folder, first}), nil
		}
		if it.Person != "" && c.Complainant.Name != it.Person {
			return w.before(it, &OtherPersonError{it.Place, it.Person, c.Complainant.Name, folder.CaseFile}), nil
		}
	}
	if r, err = w.jobs(ctx, d, it, f, r); err == nil {
		r.Unread = w.unread(f, r)
	}
	return r, err
}

// besides tells, in the order of the cases, which are of one person against one creditor:
// such a case may have been made twice, and is done all the same.
func (w *worker) besides(report func(Result) error) func(Result) error {
	first := map[string]string{}
	return func(r Result) error {
		if before := first[r.matter]; before != "" {
			r.Beside = w.Explain(Found{Item: r.Item, Err: &TwinError{r.Item.Name, before}}).Exceptions
		} else if r.matter != "" {
			first[r.matter] = r.Item.Name
		}
		return report(r)
	}
}

// seen notes the id of a case, and gives the folder that had it before.
func (w *worker) seen(id string, it Item) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	first := w.ids[id]
	if id == "" || first == it.Folder {
		return ""
	}
	if first == "" {
		w.ids[id] = it.Folder
	}
	return first
}

// note keeps what went wrong that has to do with this program or machine and not with the case.
func (w *worker) note(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fault = err
}

// before is the result of a case of which no job could be tried.
func (w *worker) before(it Item, err error) Result {
	r := Result{Item: it, Before: w.Explain(Found{Item: it, Err: err}).Exceptions}
	for _, j := range w.Jobs {
		r.Jobs = append(r.Jobs, JobResult{Job: j, State: Untried})
	}
	return r
}

func (w *worker) due(it Item) Result {
	r := Result{Item: it}
	for _, j := range w.Jobs {
		r.Jobs = append(r.Jobs, JobResult{Job: j, State: Due})
	}
	return r
}

// begun makes the case of a row of a roster.
func begun(ctx context.Context, d desk.Desk, it Item) error {
	c := evidence.Case{Complainant: evidence.Complainant{Kind: evidence.Borrower}}
	if it.Answers != "" {
		var err error
		if c, err = desk.ReadAnswers(it.Answers); err != nil {
			return err
		}
	}
	switch {
	case c.Complainant.Name == "":
		c.Complainant.Name = it.Person
	case it.Person != "" && it.Person != c.Complainant.Name:
		return &OtherPersonError{it.Place, it.Person, c.Complainant.Name, it.Answers}
	}
	_, err := desk.Init(ctx, d, it.Folder, c)
	if _, made := os.Stat(it.Folder + "/" + folder.CaseFile); err != nil && made == nil {
		return nil // by another run
	}
	return err
}

// look says what would be done with a case.
func (w *worker) look(ctx context.Context, d desk.Desk, it Item, f *folder.Folder) (Result, error) {
	old := readRecord(f)
	r := w.due(it)
	if len(old.Done) == 0 {
		return r, nil
	}
	sum, err := f.Sum(ctx)
	if err != nil {
		return w.before(it, err), ctx.Err()
	}
	for n, j := range r.Jobs {
		if was, ok := w.holds(d, old, sum, j.Job, it); ok {
			r.Jobs[n] = JobResult{j.Job, was.State, was.Exit, true, was.Exceptions}
		}
	}
	return r, nil
}

// holds gives what a job came to the last time, if it would come to the same: the case
// and all else it goes by are as they were. What a person has to mend is tried again,
// for the mending may be elsewhere; and how things stand goes by today.
func (w *worker) holds(d desk.Desk, old record, sum string, job Job, it Item) (done, bool) {
	was, ok := old.Done[job]
	return was, ok && job != Status && old.Sum != "" && old.Sum == sum && (was.State == Done || was.State == Partial) &&
		was.Input == w.inputOf(d, job, it)
}

// jobs does the jobs of a case that is held.
func (w *worker) jobs(ctx context.Context, d desk.Desk, it Item, f *folder.Folder, r Result) (Result, error) {
	r.Item = it
	old := readRecord(f)
	if w.Resume && old.Run == w.run {
		for _, j := range w.Jobs {
			was := old.Done[j]
			if was.State == "" {
				was.State = Untried
			}
			r.Jobs = append(r.Jobs, JobResult{j, was.State, was.Exit, true, was.Exceptions})
		}
		if slices.Contains(w.Jobs, Status) {
			s := desk.StatusOf(ctx, d, it.Folder, it.Name)
			r.Status = &s
		}
		return r, ctx.Err()
	}
	sum := ""
	var err error
	if len(old.Done) > 0 {
		if sum, err = f.Sum(ctx); err != nil {
			return w.before(it, err), ctx.Err()
		}
	}
	now := record{Run: w.run, Done: map[Job]done{}}
	if old.Sum == sum {
		for j, was := range old.Done {
			if was.State == Done || was.State == Partial {
				now.Done[j] = was
			}
		}
	}
	mark, wrote := "", false
	states := map[Job]State{}
	elsewhere := map[Job]done{} // done by workers
	cut := map[string]bool{}    // files found cut short, which a job after finds too
	for n, job := range w.Jobs {
		if was, ok := elsewhere[job]; ok {
			states[job] = was.State
			if was.State != Untried {
				was.Input = w.inputOf(d, job, it)
				now.Done[job] = was
			}
			r.Jobs = append(r.Jobs, JobResult{job, was.State, was.Exit, false, was.Exceptions})
			continue
		}
		if slices.ContainsFunc(waits[job], func(before Job) bool {
			s, asked := states[before]
			return asked && s != Done && s != Partial
		}) {
			states[job] = Untried
			delete(now.Done, job)
			r.Jobs = append(r.Jobs, JobResult{Job: job, State: Untried})
			continue
		}
		if was, ok := w.holds(d, old, sum, job, it); ok && !wrote {
			states[job] = was.State
			r.Jobs = append(r.Jobs, JobResult{job, was.State, was.Exit, true, was.Exceptions})
			continue
		}
		if job != Add && mark == "" {
			mark = typed(f)
		}
		var found Found
		if w.Queue != nil && remote(job) {
			var rest []Job
			for _, j := range w.Jobs[n:] {
				if remote(j) {
					rest = append(rest, j)
				}
			}
			all, came, err := w.away(ctx, d, it, f, r.ID, rest)
			if ctx.Err() != nil {
				return r, ctx.Err()
			}
			if wrote = wrote || came; came {
				mark = typed(f)
			}
			if err == nil {
				elsewhere = all
				was := all[job]
				was.Input = w.inputOf(d, job, it)
				states[job], now.Done[job] = was.State, was
				r.Jobs = append(r.Jobs, JobResult{job, was.State, was.Exit, false, was.Exceptions})
				continue
			}
			for _, j := range rest[1:] {
				elsewhere[j] = done{State: Untried}
			}
			found = Found{Item: it, Job: job, Err: err}
		} else {
			found = w.do(ctx, d, it, job)
		}
		if ctx.Err() != nil {
			return r, ctx.Err()
		}
		wrote = wrote || job == Add || job == Build
		found.Cut = slices.DeleteFunc(found.Cut, func(c desk.LogCut) bool {
			told := cut[c.File]
			cut[c.File] = true
			return told
		})
		out := w.Explain(found)
		for n := range out.Exceptions {
			out.Exceptions[n].Case, out.Exceptions[n].ID, out.Exceptions[n].Job = it.Name, r.ID, job
		}
		if s, ok := found.Value.(desk.CaseStatus); ok && found.Err == nil {
			r.Status = &s
		}
		state := stateOf(out.Exit)
		states[job] = state
		now.Done[job] = done{w.inputOf(d, job, it), state, out.Exit, out.Exceptions}
		r.Jobs = append(r.Jobs, JobResult{job, state, out.Exit, false, out.Exceptions})
	}
	// What a person typed while the jobs ran is in none of them, or in some alone.
	if mark == "" || mark == typed(f) {
		if now.Sum, err = f.Sum(ctx); err != nil {
			now.Sum = ""
		}
	}
	if ctx.Err() == nil {
		now.write(f)
	}
	return r, ctx.Err()
}

// typed tells two states of what people edit apart, which no job but adding writes.
func typed(f *folder.Folder) (s string) {
	for _, name := range []string{folder.CaseFile, folder.TimelineFile, folder.DebtsFile} {
		if info, err := os.Lstat(f.Path(name)); err == nil {
			s += fmt.Sprintln(name, info.Size(), info.ModTime().UnixNano())
		}
	}
	return s + "."
}

// patience is how long a case is waited for that somebody else is at work on.
const patience = 3 * time.Second

// do does one job of a case.
func (w *worker) do(ctx context.Context, d desk.Desk, it Item, job Job) (found Found) {
	found = Found{Item: it, Job: job}
	var hearing sync.Mutex
	d.Tell = func(n desk.Notice) {
		if c, ok := n.(desk.LogCut); ok {
			hearing.Lock()
			found.Cut = append(found.Cut, c)
			hearing.Unlock()
		}
	}
	defer func() {
		if fault := recover(); fault != nil {
			found.Value, found.Err = nil, &PanicError{fault, debug.Stack()}
			w.note(&whyError{WhyFault, found.Err})
		}
		if errors.Is(found.Err, syscall.ENOSPC) {
			w.note(&whyError{WhyDisk, found.Err})
		}
	}()
	for until := time.Now().Add(patience); ; {
		found.Value, found.Err = w.once(ctx, d, it, job)
		var locked *folder.LockedError
		if !errors.As(found.Err, &locked) || time.Now().After(until) {
			return found
		}
		select {
		case <-ctx.Done():
			return found
		case <-time.After(patience / 10):
		}
	}
}

func (w *worker) once(ctx context.Context, d desk.Desk, it Item, job Job) (any, error) {
	switch job {
	case Add:
		if it.Phone == "" {
			return desk.Added{}, nil // its row names nothing to add
		}
		return desk.Add(ctx, d, it.Folder, desk.AddOptions{Paths: []string{it.Phone}})
	case Check:
		return desk.Check(ctx, d, it.Folder)
	case Build:
		return desk.Build(ctx, d, it.Folder, w.Build)
	case Verify:
		return desk.Verify(ctx, d, it.Folder, desk.VerifyOptions{})
	case Status:
		s := desk.StatusOf(ctx, d, it.Folder, it.Name)
		return s, s.Err
	}
	return nil, fmt.Errorf("there is no job %s", job)
}
