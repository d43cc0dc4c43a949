package setup

import (
	"context"
	"errors"
	"fmt"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/genproof/genproof/bundle/provenance"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

// Audited are keys that were made elsewhere and have been checked by [Audit].
type Audited struct{ keys *Groth16Keys }

// Keys returns them.
func (a *Audited) Keys() *Groth16Keys { return a.keys }

// Audit checks keys that were made elsewhere as loaded ones are, and then point by point and
// by pairings, as far as the keys alone allow: see [Groth16Keys.audit]. That p is true is the
// caller's to know.
func Audit(ctx context.Context, c *Circuit, pk *groth16.ProvingKey, vk *vgroth16.VerifyingKey, p *provenance.Provenance, progress Progress) (*Audited, error) {
	keys, err := installable(ctx, c, pk, vk, p, progress)
	if err != nil {
		return nil, fmt.Errorf("keys of %s: %w", c.ID, err)
	}
	return &Audited{keys}, nil
}

// InstallGroth16 puts keys that were made elsewhere into the store, whole or not at all, and
// records where they come from. Keys that are there stay, and the error is [ErrHasKeys],
// unless replace is true: proofs of the old ones do not verify with the new ones.
func (s *Store) InstallGroth16(ctx context.Context, a *Audited, replace bool, progress Progress) (*Groth16Keys, error) {
	c := a.keys.Circuit
	unlock, err := s.lock(ctx, c, true, progress)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if there, err := s.Has(c); err != nil {
		return nil, err
	} else if there && !replace {
		return nil, fmt.Errorf("installing keys of %s in %s: %w", c.ID, s.dir, ErrHasKeys)
	}
	return keep(ctx, s, c, progress, func() (*Groth16Keys, error) { return a.keys, nil })
}

func installable(ctx context.Context, c *Circuit, pk *groth16.ProvingKey, vk *vgroth16.VerifyingKey, p *provenance.Provenance, progress Progress) (*Groth16Keys, error) {
	switch {
	case pk == nil || vk == nil || p == nil:
		return nil, errors.New("a key or its provenance is missing")
	case c.Commitments != 0:
		return nil, errCommitments
	case p.Kind == provenance.Universal:
		return nil, fmt.Errorf("its provenance is %s, which no Groth16 key has", p.Kind)
	}
	if _, err := provenance.Parse(p.String()); err != nil {
		return nil, err
	}
	keys := &Groth16Keys{Circuit: c, Proving: pk, Verifying: vk, Provenance: p.String()}
	if err := keys.check(); err != nil {
		return nil, err
	}
	return keys, keys.audit(ctx, progress)
}
