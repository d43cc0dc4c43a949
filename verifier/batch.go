package verifier

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/key"
)

// batchSize is how many proofs share one pairing check: enough for the shared
// part to cost nothing, few enough to notice a cancelled context soon.
const batchSize = 512

// checkAll checks every entry, batches on all cores, and keeps the reasons in
// the entries.
func (d *drop) checkAll(ctx context.Context, entries []entry) error {
	var batches [][]entry
	size := min(batchSize, (len(entries)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	for rest := entries; len(rest) > 0; {
		n := min(size, len(rest))
		batches, rest = append(batches, rest[:n]), rest[n:]
	}
	next := make(chan []entry, len(batches))
	for _, b := range batches {
		next <- b
	}
	close(next)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for b := range next {
				if ctx.Err() == nil {
					d.checkBatch(ctx, b)
				}
			}
		})
	}
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("verifying: %w", err)
	}
	return nil
}

func (d *drop) checkBatch(ctx context.Context, entries []entry) {
	var open []*entry
	for i := range entries {
		if ctx.Err() != nil {
			return
		}
		e := &entries[i]
		if e.reason != "" {
			continue
		}
		if err := d.check(e); err != nil {
			e.reason = reasonOf(err)
			continue
		}
		open = append(open, e)
	}
	d.checkProofs(open)
}

func (d *drop) checkProofs(entries []*entry) {
	inputs, proofs := make([][]fr.Element, len(entries)), make([][]byte, len(entries))
	for i, e := range entries {
		vector := e.bundle.Statement.Vector()
		inputs[i], proofs[i] = vector[:], e.bundle.Proof
	}
	for i, err := range d.key.CheckAll(inputs, proofs) {
		switch {
		case err == key.ErrInvalidProof:
			entries[i].reason = "proof: it does not prove the statement"
		case err != nil:
			entries[i].reason = reasonOf(err)
		}
	}
}
