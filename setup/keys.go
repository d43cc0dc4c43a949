package setup

import (
	"context"
	"fmt"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/genproof/genproof/circuits/statement"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/key"
	vplonk "github.com/genproof/genproof/verifier/plonk"
)

// Groth16Keys are a circuit's proving and verifying key.
type Groth16Keys struct {
	Circuit    *Circuit
	Proving    *groth16.ProvingKey // what gnark's groth16.Prove takes
	Verifying  *vgroth16.VerifyingKey
	Provenance string // a [provenance.Provenance] as text
}

// Info is what the keys of both proof systems have.
type Info struct {
	Circuit    *Circuit
	Verifying  key.Verifying
	Provenance string
}

// Keys are [*Groth16Keys] or [*PlonkKeys].
type Keys interface{ Info() Info }

// Keys is [Store.Groth16Keys] or [Store.PlonkKeys].
func (s *Store) Keys(ctx context.Context, c *Circuit, progress Progress) (Keys, error) {
	if c.Backend == statement.Plonk {
		return some(s.PlonkKeys(ctx, c, progress))
	}
	return some(s.Groth16Keys(ctx, c, progress))
}

// some keeps a nil pointer from becoming an interface that is not nil.
func some[K Keys](keys K, err error) (Keys, error) {
	if err != nil {
		return nil, err
	}
	return keys, nil
}

// Groth16Keys returns the keys of c: those in the store, checked, or else new ones, which it
// keeps. Of several processes that ask at once one makes them and the others wait for it.
// Keys in the store that are damaged are [ErrDamaged] and stay as they are.
func (s *Store) Groth16Keys(ctx context.Context, c *Circuit, progress Progress) (*Groth16Keys, error) {
	return get(ctx, s, c, progress, s.load, s.create)
}

// A step reads or makes the keys of a circuit.
type step[K any] func(context.Context, *Circuit, Progress) (K, error)

func get[K any](ctx context.Context, s *Store, c *Circuit, progress Progress, load, create step[K]) (none K, err error) {
	keys, there, err := stored(ctx, s, c, progress, load)
	if there || err != nil {
		return keys, err
	}
	unlock, err := s.lock(ctx, c, true, progress)
	if err != nil {
		return none, err
	}
	defer unlock()
	if there, err := s.Has(c); err != nil {
		return none, err
	} else if there { // made while we waited
		return load(ctx, c, progress)
	}
	return create(ctx, c, progress)
}

// stored returns the keys of c in the store, if they are there.
func stored[K any](ctx context.Context, s *Store, c *Circuit, progress Progress, load step[K]) (keys K, there bool, err error) {
	unlock, err := s.lock(ctx, c, false, progress)
	if err != nil {
		return keys, false, err
	}
	defer unlock()
	if there, err = s.Has(c); err != nil || !there {
		return keys, false, err
	}
	keys, err = load(ctx, c, progress)
	return keys, true, err
}

// Replace makes new keys of c, whatever the store has. Proofs of the old ones do not
// verify with the new ones.
func (s *Store) Replace(ctx context.Context, c *Circuit, progress Progress) (Keys, error) {
	if c.Backend == statement.Plonk {
		return some(replace(ctx, s, c, progress, s.createPlonk))
	}
	return some(replace(ctx, s, c, progress, s.create))
}

func replace[K any](ctx context.Context, s *Store, c *Circuit, progress Progress, create step[K]) (none K, err error) {
	unlock, err := s.lock(ctx, c, true, progress)
	if err != nil {
		return none, err
	}
	defer unlock()
	return create(ctx, c, progress)
}

// VerifyingKey returns the verifying key of c without reading the proving key, and its
// provenance. Without keys in the store it is [ErrNoKeys].
func (s *Store) VerifyingKey(ctx context.Context, c *Circuit) (key.Verifying, string, error) {
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
	if c.Backend == statement.Plonk {
		vk, err := loadVerifying(ctx, s, c, m, vplonk.ParseVerifyingKey)
		return vk, m.Provenance, err
	}
	vk, err := loadVerifying(ctx, s, c, m, vgroth16.ParseVerifyingKey)
	return vk, m.Provenance, err
}
