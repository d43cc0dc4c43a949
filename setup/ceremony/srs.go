package ceremony

import (
	"context"
	"errors"
	"fmt"

	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
)

// ReadSRS verifies a finished phase 1 and returns its powers, cut to a domain of 2^power.
func ReadSRS(ctx context.Context, dir string, power uint64, progress Progress) (*SRS, error) {
	f, err := Open(dir)
	if err != nil {
		return nil, err
	}
	p, err := f.Phase(nil)
	if err != nil {
		return nil, err
	}
	if has := f.Definition.Powers.Power; power < 1 || has < power {
		return nil, fmt.Errorf("%s has powers up to 2^%d, want 2^%d", dir, has, power)
	}
	r, err := f.Verify(ctx, p, nil, progress)
	if err != nil {
		return nil, err
	}
	if !r.Final {
		return nil, errors.New("the phase 1 is not finished: apply its beacon and finalize it")
	}
	r.SRS.Source.Power = power
	r.SRS.Commons = cut(r.SRS.Commons, 1<<power)
	return r.SRS, nil
}

// cut leaves the powers that a domain of n needs.
func cut(s *mpcsetup.SrsCommons, n int) *mpcsetup.SrsCommons {
	c := *s
	c.G1.Tau, c.G1.AlphaTau, c.G1.BetaTau = s.G1.Tau[:2*n-1], s.G1.AlphaTau[:n], s.G1.BetaTau[:n]
	c.G2.Tau = s.G2.Tau[:n]
	return &c
}
