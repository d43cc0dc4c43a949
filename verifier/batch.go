package verifier

import (
	"context"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/key"
)

// checkAll checks every entry, batches on all cores, and keeps the reasons in
// the entries.
func (d *drop) checkAll(ctx context.Context, entries []entry) error {
	err := key.InBatches(ctx, len(entries), func(from, to int) { d.checkBatch(ctx, entries[from:to]) })
	if err != nil {
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
