package setup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/statement"
	vplonk "github.com/genproof/genproof/verifier/plonk"
)

// PlonkKeys are a PLONK circuit's proving and verifying key. Nothing in them is secret or
// random: the constraint system and the powers of tau determine both.
type PlonkKeys struct {
	Circuit    *Circuit
	Proving    *plonk.ProvingKey // what gnark's plonk.Prove takes
	Verifying  *vplonk.VerifyingKey
	Provenance string // of the powers of tau
}

// errPlonkStays: there is nothing to carry that cannot be made.
var errPlonkStays = errors.New("keys of a PLONK circuit do not travel: everybody makes the same ones from the same powers of tau, with `genproof setup --ptau FILE`")

// Info is what the keys of both proof systems have.
func (k *PlonkKeys) Info() Info { return Info{k.Circuit, k.Verifying, k.Provenance} }

func (k *PlonkKeys) writeProving(w io.Writer) error {
	_, err := k.Proving.WriteRawTo(w)
	return err
}

func (k *PlonkKeys) provingBytes() int64 {
	return int64(64 * (len(k.Proving.Kzg.G1) + len(k.Proving.KzgLagrange.G1)))
}

// PlonkKeys returns the keys of c, a PLONK circuit, as [Store.Groth16Keys] does. New ones have
// powers of tau that this machine draws: [provenance.UnsafeDevelopment].
func (s *Store) PlonkKeys(ctx context.Context, c *Circuit, progress Progress) (*PlonkKeys, error) {
	return get(ctx, s, c, progress, s.loadPlonk, s.createPlonk)
}

// InstallPlonk makes the keys of c, a PLONK circuit, from powers of tau. Keys that are there
// stay, and the error is [ErrHasKeys], unless again is true.
func (s *Store) InstallPlonk(ctx context.Context, c *Circuit, p *Powers, again bool, progress Progress) (*PlonkKeys, error) {
	return replace(ctx, s, c, progress, func(ctx context.Context, c *Circuit, progress Progress) (*PlonkKeys, error) {
		if there, err := s.Has(c); err != nil {
			return nil, err
		} else if there && !again {
			return nil, fmt.Errorf("installing keys of %s in %s: %w", c.ID, s.dir, ErrHasKeys)
		}
		return keep(ctx, s, c, progress, func() (*PlonkKeys, error) { return runPlonk(ctx, c, p, progress) })
	})
}

func (s *Store) createPlonk(ctx context.Context, c *Circuit, progress Progress) (*PlonkKeys, error) {
	return keep(ctx, s, c, progress, func() (*PlonkKeys, error) {
		p, err := developmentPowers(ctx, c.Domain, progress)
		if err != nil {
			return nil, fmt.Errorf("setting up %s: %w", c.ID, err)
		}
		return runPlonk(ctx, c, p, progress)
	})
}

// runPlonk computes keys.
func runPlonk(ctx context.Context, c *Circuit, p *Powers, progress Progress) (*PlonkKeys, error) {
	keys, err := p.keys(ctx, c, progress)
	if err != nil {
		return nil, fmt.Errorf("setting up %s: %w", c.ID, err)
	}
	return keys, nil
}

func (p *Powers) keys(ctx context.Context, c *Circuit, progress Progress) (*PlonkKeys, error) {
	system, ok := c.CS.(*cs.SparseR1CS)
	switch {
	case !ok || c.Backend != statement.Plonk:
		return nil, errors.New("it is not a PLONK circuit over BN254")
	case c.Commitments != 0:
		return nil, errCommitments
	}
	if err := p.check(c.Domain); err != nil {
		return nil, fmt.Errorf("powers of tau: %w", err)
	}
	progress.report(PhaseSetup, 0, 0)
	done := make(chan error, 1)
	keys := &PlonkKeys{Circuit: c, Provenance: p.Provenance.String()}
	go func() { done <- keys.compute(system, p) }()
	select {
	case <-ctx.Done(): // its result is discarded
		return nil, ctx.Err()
	case err := <-done:
		if err != nil {
			return nil, err
		}
	}
	progress.report(PhaseSetup, 1, 1)
	return keys, keys.check()
}

func (k *PlonkKeys) compute(system *cs.SparseR1CS, p *Powers) error {
	n := k.Circuit.Domain
	lagrange := p.lagrange
	if lagrange == nil {
		var err error
		if lagrange, err = kzg.ToLagrangeG1(p.G1[:n]); err != nil {
			return err
		}
	}
	srs := kzg.SRS{Pk: kzg.ProvingKey{G1: p.G1[:n+3]}}
	_, _, g1, g2 := bn254.Generators()
	srs.Vk.G1, srs.Vk.G2 = g1, [2]bn254.G2Affine{g2, p.Tau}
	srs.Vk.Lines[0], srs.Vk.Lines[1] = bn254.PrecomputeLines(g2), bn254.PrecomputeLines(p.Tau)
	pk, vk, err := plonk.Setup(system, srs, kzg.SRS{Pk: kzg.ProvingKey{G1: lagrange}})
	if err != nil {
		return err
	}
	k.Proving, k.Verifying = pk, convertPlonk(vk)
	return nil
}

// convertPlonk drops from gnark's verifying key what follows from the rest.
func convertPlonk(vk *plonk.VerifyingKey) *vplonk.VerifyingKey {
	return &vplonk.VerifyingKey{
		Size: vk.Size, Inputs: int(vk.NbPublicVariables), S: vk.S,
		Ql: vk.Ql, Qr: vk.Qr, Qm: vk.Qm, Qo: vk.Qo, Qk: vk.Qk,
		Tau: vk.Kzg.G2[1],
	}
}

// loadPlonk reads the keys of c. The caller holds the lock.
func (s *Store) loadPlonk(ctx context.Context, c *Circuit, progress Progress) (*PlonkKeys, error) {
	vk, m, err := loadCommon(ctx, s, c, progress, vplonk.ParseVerifyingKey)
	if err != nil {
		return nil, err
	}
	pk := new(plonk.ProvingKey)
	read := func(r io.Reader) error { _, err := pk.UnsafeReadFrom(r); return err }
	if err := loadProving(ctx, filepath.Join(s.Path(c.Digest), "pk"), m.Files["pk"], progress, read); err != nil {
		return nil, err
	}
	keys := &PlonkKeys{Circuit: c, Proving: pk, Verifying: vk, Provenance: m.Provenance}
	if err := keys.check(); err != nil {
		return nil, damaged(fmt.Errorf("%s: %w", s.Path(c.Digest), err))
	}
	return keys, nil
}

// check holds the keys against their circuit and against each other.
func (k *PlonkKeys) check() error {
	if err := k.Verifying.Lint(k.Circuit.PublicInputs); err != nil {
		return fmt.Errorf("verifying key: %w", err)
	}
	if got, want := k.Verifying.Size, k.Circuit.Domain; got != want {
		return fmt.Errorf("verifying key: its domain is %d, want %d", got, want)
	}
	from, err := provenance.Parse(k.Provenance)
	if err != nil {
		return err
	}
	if from.Kind == provenance.Ceremony {
		return fmt.Errorf("its provenance is a %s, which no PLONK key has", from.Kind)
	}
	if err := k.checkProving(); err != nil {
		return fmt.Errorf("proving key: %w", err)
	}
	return nil
}

func (k *PlonkKeys) checkProving() error {
	pk, n := k.Proving, k.Circuit.Domain
	switch {
	case pk.Vk == nil || len(pk.Vk.Qcp) != 0 || len(pk.Vk.CommitmentConstraintIndexes) != 0:
		return errCommitments
	case convertPlonk(pk.Vk).Digest() != k.Verifying.Digest():
		return errors.New("it belongs to another verifying key")
	case uint64(len(pk.Kzg.G1)) != n+3 || uint64(len(pk.KzgLagrange.G1)) != n:
		return fmt.Errorf("its number of points is not that of a domain of %d", n)
	}
	return (&Powers{G1: pk.Kzg.G1, Tau: k.Verifying.Tau}).check(n)
}
