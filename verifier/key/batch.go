package key

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// batchSize is how many proofs share one pairing check, where they can: enough for the
// shared part to cost nothing, few enough to notice a cancelled context soon.
const batchSize = 512

// InBatches calls do on all cores, for ranges from ≤ i < to that make up 0 ≤ i < n: one
// range a core, or more where these were longer than 512. It begins no range once ctx is
// done, and returns its error if so.
func InBatches(ctx context.Context, n int, do func(from, to int)) error {
	cores := runtime.GOMAXPROCS(0)
	size := max(1, min(batchSize, (n+cores-1)/cores))
	starts := make(chan int, n/size+1)
	for from := 0; from < n; from += size {
		starts <- from
	}
	close(starts)
	var workers sync.WaitGroup
	for range cores {
		workers.Go(func() {
			for from := range starts {
				if ctx.Err() == nil {
					do(from, min(from+size, n))
				}
			}
		})
	}
	workers.Wait()
	return ctx.Err()
}

// CheckAll is vk.CheckAll in batches on all cores. The error is ctx's: then nothing is known
// of the proofs.
func CheckAll(ctx context.Context, vk Verifying, inputs [][]fr.Element, proofs [][]byte) ([]error, error) {
	errs := make([]error, len(proofs))
	err := InBatches(ctx, len(proofs), func(from, to int) {
		copy(errs[from:to], vk.CheckAll(inputs[from:to], proofs[from:to]))
	})
	if err != nil {
		return nil, fmt.Errorf("verifying: %w", err)
	}
	return errs, nil
}
