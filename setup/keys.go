package setup

import (
	"context"
	"fmt"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

// Keys are a circuit's proving and verifying key.
type Keys struct {
	Circuit    *Circuit
	Proving    *groth16.ProvingKey // what gnark's groth16.Prove takes
	Verifying  *vgroth16.VerifyingKey
	Provenance string // a [provenance.Provenance] as text
}

// Keys returns the keys of c: those in the store, checked, or else new ones, which it
// keeps. Of several processes that ask at once one makes them and the others wait for it.
// Keys in the store that are damaged are [ErrDamaged] and stay as they are.
func (s *Store) Keys(ctx context.Context, c *Circuit, progress Progress) (*Keys, error) {
	keys, err := s.stored(ctx, c, progress)
	if keys != nil || err != nil {
		return keys, err
	}
	unlock, err := s.lock(ctx, c, true, progress)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if there, err := s.Has(c); err != nil {
		return nil, err
	} else if there { // made while we waited
		return s.load(ctx, c, progress)
	}
	return s.create(ctx, c, progress)
}

// stored returns the keys of c in the store, or nil when there are none.
func (s *Store) stored(ctx context.Context, c *Circuit, progress Progress) (*Keys, error) {
	unlock, err := s.lock(ctx, c, false, progress)
	if err != nil {
		return nil, err
	}
	defer unlock()
	there, err := s.Has(c)
	if err != nil || !there {
		return nil, err
	}
	return s.load(ctx, c, progress)
}

// Replace makes new keys of c, whatever the store has. Proofs of the old ones do not
// verify with the new ones.
func (s *Store) Replace(ctx context.Context, c *Circuit, progress Progress) (*Keys, error) {
	unlock, err := s.lock(ctx, c, true, progress)
	if err != nil {
		return nil, err
	}
	defer unlock()
	return s.create(ctx, c, progress)
}

// VerifyingKey returns the verifying key of c without reading the proving key, and its
// provenance. Without keys in the store it is [ErrNoKeys].
func (s *Store) VerifyingKey(ctx context.Context, c *Circuit) (*vgroth16.VerifyingKey, string, error) {
	unlock, err := s.lock(ctx, c, false, nil)
	if err != nil {
		return nil, "", err
	}
	defer unlock()
	there, err := s.Has(c)
	if err != nil {
		return nil, "", err
	}
	if !there {
		return nil, "", fmt.Errorf("verifying key of %s in %s: %w; run `genproof setup`", c.ID, s.dir, ErrNoKeys)
	}
	m, err := readManifest(s.Path(c.Digest), c)
	if err != nil {
		return nil, "", err
	}
	vk, err := s.loadVerifying(ctx, c, m)
	return vk, m.Provenance, err
}
