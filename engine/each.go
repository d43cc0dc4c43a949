package engine

import (
	"context"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"
)

// each calls do for 0 <= i < n, several at once, until one fails or ctx ends. done, if not nil, is
// told how many are finished, never by two at once.
func each(ctx context.Context, n int, done func(n int), do func(i int) error) error {
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	finished := 0
	for i := range n {
		if inner.Err() != nil {
			break
		}
		group.Go(func() error {
			if err := inner.Err(); err != nil {
				return err
			}
			if err := do(i); err != nil {
				return err
			}
			if done != nil {
				mu.Lock()
				defer mu.Unlock()
				finished++
				done(finished)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}
