package setup

import (
	"context"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/setup/comb"
	"github.com/genproof/genproof/setup/ptau"
)

// Powers of a secret τ, from which the keys of every PLONK circuit follow that they are long
// enough for: its domain and three more.
type Powers struct {
	G1         []bn254.G1Affine // [τⁱ]₁
	Tau        bn254.G2Affine   // [τ]₂
	Provenance provenance.Provenance

	lagrange []bn254.G1Affine // in Lagrange form, where τ was known
}

// PowersOf returns the powers in a checked .ptau file.
func PowersOf(srs *ptau.SRS) *Powers {
	return &Powers{
		G1: srs.Commons.G1.Tau, Tau: srs.Commons.G2.Tau[1],
		Provenance: provenance.Provenance{Kind: provenance.Universal, Digest: srs.SHA256, Contributors: srs.Contributors},
	}
}

// check holds that there are enough powers, and that the first are those of Tau. That all
// are is what reading the file checks.
func (p *Powers) check(domain uint64) error {
	_, _, g1, g2 := bn254.Generators()
	switch {
	case uint64(len(p.G1)) < domain+3:
		return fmt.Errorf("there are %d, want %d for a domain of %d", len(p.G1), domain+3, domain)
	case !p.G1[0].Equal(&g1):
		return errors.New("they do not begin with the generator")
	case p.Tau.X.Equal(&g2.X):
		return errors.New("tau is the generator up to sign: its secret is one")
	}
	var minus bn254.G1Affine
	minus.Neg(&g1)
	same, err := bn254.PairingCheck([]bn254.G1Affine{p.G1[1], minus}, []bn254.G2Affine{g2, p.Tau})
	if err != nil {
		return fmt.Errorf("pairing: %w", err)
	}
	if !same {
		return errors.New("those in G1 and G2 are of different secrets")
	}
	return nil
}

// developmentPowers draws τ and forgets it. Knowing τ once, the Lagrange form is cheap. Progress is in points.
func developmentPowers(ctx context.Context, domain uint64, progress Progress) (*Powers, error) {
	s, err := drawSecrets(domain)
	if err != nil {
		return nil, err
	}
	defer s.forget()
	return powersFrom(ctx, s.tau, domain, progress)
}

// powersFrom makes the powers of a τ that is neither zero nor a root of the domain.
func powersFrom(ctx context.Context, tau fr.Element, domain uint64, progress Progress) (*Powers, error) {
	basis, err := lagrangeAt(tau, domain)
	if err != nil {
		return nil, err
	}
	powers := geometric(fr.One(), tau, int(domain)+3)
	scalars := join(powers, basis)
	defer forget(basis, powers, scalars)
	m := &meter{ctx: ctx, progress: progress, phase: PhasePowers, total: int64(len(scalars))}
	m.progress.report(m.phase, 0, m.total)
	points, err := comb.G1(ctx, scalars, m.points(1))
	if err != nil {
		return nil, err
	}
	twisted, err := comb.G2(ctx, powers[1:2], nil)
	if err != nil {
		return nil, err
	}
	return &Powers{
		G1: points[:len(powers):len(powers)], Tau: twisted[0],
		Provenance: provenance.Provenance{Kind: provenance.Development}, lagrange: points[len(powers):],
	}, nil
}
