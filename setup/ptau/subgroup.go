package ptau

import (
	"context"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// checkSubgroup tells whether points of the twist are in the subgroup of order r.
func checkSubgroup(ctx context.Context, points []bn254.G2Affine, opt *Options) error {
	m := &counter{ctx: ctx, opt: opt, phase: PhaseSubgroup, total: int64(len(points))}
	for first := 0; first < len(points); first += msmPoints {
		chunk := points[first:min(first+msmPoints, len(points))]
		err := parallel(len(chunk), func(i int) error {
			if !chunk[i].IsInSubGroup() {
				return fmt.Errorf("section %d: point %d: %w", secTauG2, first+i, errSubgroup)
			}
			return nil
		})
		if err == nil {
			err = m.add(len(chunk))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
