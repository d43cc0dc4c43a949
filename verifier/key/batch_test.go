package key_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/genproof/genproof/verifier/key"
)

func TestInBatches_CoversEachOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 511, 512, 513, 5000} {
		seen := make([]atomic.Int32, n)
		err := key.InBatches(t.Context(), n, func(from, to int) {
			if from >= to || to-from > 512 {
				t.Errorf("%d: a range from %d to %d", n, from, to)
			}
			for i := from; i < to; i++ {
				seen[i].Add(1)
			}
		})
		if err != nil {
			t.Error(err)
		}
		for i := range seen {
			if times := seen[i].Load(); times != 1 {
				t.Errorf("%d of %d was done %d times", i, n, times)
			}
		}
	}
}

// Two ranges that wait for each other end only if they run at the same time.
func TestInBatches_UsesAllCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var both sync.WaitGroup
	both.Add(2)
	err := key.InBatches(t.Context(), 2, func(int, int) {
		both.Done()
		both.Wait()
	})
	if err != nil {
		t.Error(err)
	}
}

func TestInBatches_StopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var ranges atomic.Int32
	err := key.InBatches(ctx, 1<<20, func(int, int) {
		ranges.Add(1)
		cancel()
	})
	if n := ranges.Load(); !errors.Is(err, context.Canceled) || n > int32(runtime.GOMAXPROCS(0)) {
		t.Errorf("%d ranges, %v", n, err)
	}
}
