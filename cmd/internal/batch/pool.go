package batch

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
)

// each does something with each of many, some at a time. Ended is told of each as it
// ends, report in the order of the many; neither is called twice at once. What is
// stopped is told to nobody. The error is that of either, which ends the work, or that
// it was stopped.
func each[T, R any](ctx context.Context, many []T, workers int, do func(context.Context, T) (R, error),
	ended, report func(R) error) error {
	type result struct {
		n int
		r R
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	todo, results := make(chan int), make(chan result)
	go func() {
		defer close(todo)
		for n := range many {
			select {
			case todo <- n:
			case <-working.Done():
				return
			}
		}
	}()
	var at sync.WaitGroup
	for range max(1, workers) {
		at.Go(func() {
			for n := range todo {
				if r, err := do(working, many[n]); err == nil {
					results <- result{n, r}
				}
			}
		})
	}
	go func() { at.Wait(); close(results) }()
	var failed error
	waiting, next := map[int]R{}, 0
	tell := func(say func(R) error, r R) {
		if failed == nil && say != nil {
			if failed = say(r); failed != nil {
				stop()
			}
		}
	}
	for r := range results {
		tell(ended, r.r)
		waiting[r.n] = r.r
		for r, ok := waiting[next]; ok; r, ok = waiting[next] {
			tell(report, r)
			delete(waiting, next)
			next++
		}
	}
	for _, n := range slices.Sorted(maps.Keys(waiting)) { // behind one that was stopped
		tell(report, waiting[n])
	}
	return errors.Join(failed, ctx.Err())
}
