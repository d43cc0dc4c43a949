package ceremony

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/genproof/genproof/setup/ptau"
)

// gnark's Initialize is the oracle.
func TestInitialize_MatchesGnark(t *testing.T) {
	for n := 2; n < 15; n += 3 {
		c := compileToy(t, n)
		if n > 11 {
			c = compileHasher(t)
		}
		srs, system := toySRS(t, c), c.CS.(*cs.R1CS)
		if n > 5 {
			srs = knownSRS(t, c.Domain) // with its Lagrange basis
		}
		p, e, err := initialize(ctx, system, srs, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := new(mpcsetup.Phase2)
		wantE := want.Initialize(system, srs.Commons)
		for name, pair := range map[string][2]any{
			"A": {e.G1.A, wantE.G1.A}, "B": {e.G1.B, wantE.G1.B}, "B2": {e.G2.B, wantE.G2.B}, "VKK": {e.G1.VKK, wantE.G1.VKK},
			"Z": {p.Parameters.G1.Z, want.Parameters.G1.Z}, "PKK": {p.Parameters.G1.PKK, want.Parameters.G1.PKK},
			"delta": {p.Parameters.G1.Delta, want.Parameters.G1.Delta}, "delta2": {p.Parameters.G2.Delta, want.Parameters.G2.Delta},
			"committed": {e.PublicAndCommitmentCommitted, wantE.PublicAndCommitmentCommitted},
		} {
			if !reflect.DeepEqual(pair[0], pair[1]) {
				t.Errorf("n = %d: %s is not gnark's", n, name)
			}
		}
		if err := checkInitial(ctx, system, srs.Commons, want, &wantE); err != nil {
			t.Errorf("n = %d: gnark's own is refused: %v", n, err)
		}
	}
}

// Both long steps count to their end, without and with a basis; and what is cancelled stops.
func TestInitialize_ReportsProgress(t *testing.T) {
	c := compileToy(t, 40)
	srs, system := knownSRS(t, c.Domain), c.CS.(*cs.R1CS)
	basis := srs.Lagrange
	for _, srs.Lagrange = range []*ptau.Lagrange{nil, basis} {
		last := map[string][2]int64{}
		if _, _, err := initialize(ctx, system, srs, func(what string, done, total int64) {
			if done <= last[what][0] || done > total {
				t.Errorf("%s: %d of %d after %d", what, done, total, last[what][0])
			}
			last[what] = [2]int64{done, total}
		}); err != nil {
			t.Fatal(err)
		}
		for what, l := range last {
			if l[0] != l[1] {
				t.Errorf("%s: it ends with %d of %d", what, l[0], l[1])
			}
		}
		if want := map[bool]int{true: 2, false: 1}[srs.Lagrange == nil]; len(last) != want {
			t.Errorf("got steps %v", last)
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	if _, _, err := initialize(cancelled, system, srs, func(string, int64, int64) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// A basis for another domain is refused, not run out of.
func TestInitCircuit_RefusesABasisOfAnotherDomain(t *testing.T) {
	c := compileToy(t, 5)
	for _, change := range []func(l *ptau.Lagrange){
		func(l *ptau.Lagrange) { l.G1.Tau = l.G1.Tau[1:] }, func(l *ptau.Lagrange) { l.G1.AlphaTau = nil },
		func(l *ptau.Lagrange) { l.G1.BetaTau = l.G1.BetaTau[1:] }, func(l *ptau.Lagrange) { l.G2.Tau = l.G2.Tau[1:] },
	} {
		srs := knownSRS(t, c.Domain)
		change(srs.Lagrange)
		_, err := InitCircuit(ctx, filepath.Join(t.TempDir(), "ceremony"), c, srs, block, nil)
		assertRefused(t, "another domain", err, "the Lagrange basis is for another domain")
	}
}

// A basis of other powers than those it comes with makes no ceremony, though only its reader has to check it.
func TestInitCircuit_RefusesABasisOfOtherPowers(t *testing.T) {
	c := compileToy(t, 5)
	srs := toySRS(t, c)
	srs.Lagrange = knownSRS(t, c.Domain).Lagrange
	_, err := InitCircuit(ctx, filepath.Join(t.TempDir(), "ceremony"), c, srs, block, nil)
	assertRefused(t, "other powers", err, "is not that of this circuit and these powers of tau")
}

// One point changed, in each of the places, is found.
func TestCheckInitial_RefusesAnyWrongPoint(t *testing.T) {
	c := compileToy(t, 5)
	srs, system := toySRS(t, c), c.CS.(*cs.R1CS)
	g, g1, g2 := srs.Commons.G1.Tau[0], srs.Commons.G1.Tau[1], srs.Commons.G2.Tau[1]
	add := func(p *bn254.G1Affine, more bn254.G1Affine) { p.Add(p, &more) }
	for name, spoil := range map[string]func(p *mpcsetup.Phase2, e *Evaluations){
		"its A":       func(_ *mpcsetup.Phase2, e *Evaluations) { e.G1.A[2] = g1 },
		"its B":       func(_ *mpcsetup.Phase2, e *Evaluations) { e.G1.B[1] = g1 },
		"its B in G2": func(_ *mpcsetup.Phase2, e *Evaluations) { e.G2.B[1] = g2 },
		"its K":       func(p *mpcsetup.Phase2, _ *Evaluations) { p.Parameters.G1.PKK[len(p.Parameters.G1.PKK)-1] = g1 },
		"its K ":      func(_ *mpcsetup.Phase2, e *Evaluations) { e.G1.VKK[1] = g1 },
		"its Z":       func(p *mpcsetup.Phase2, _ *Evaluations) { p.Parameters.G1.Z[len(p.Parameters.G1.Z)-1] = g1 },
		"its delta":   func(p *mpcsetup.Phase2, _ *Evaluations) { p.Parameters.G1.Delta = g1 },
		"its delta ":  func(p *mpcsetup.Phase2, _ *Evaluations) { p.Parameters.G2.Delta = g2 },
		// K follows from A and B, which are another circuit's.
		"its A ": func(p *mpcsetup.Phase2, e *Evaluations) {
			add(&e.G1.A[3], g)
			add(&p.Parameters.G1.PKK[0], srs.Commons.G1.BetaTau[0])
		},
		"its B ": func(p *mpcsetup.Phase2, e *Evaluations) {
			add(&e.G1.B[3], g)
			e.G2.B[3].Add(&e.G2.B[3], &srs.Commons.G2.Tau[0])
			add(&p.Parameters.G1.PKK[0], srs.Commons.G1.AlphaTau[0])
		},
		"its B in G2 ": func(p *mpcsetup.Phase2, e *Evaluations) {
			e.G2.B[3].Add(&e.G2.B[3], &srs.Commons.G2.Tau[0])
			add(&p.Parameters.G1.PKK[0], srs.Commons.G1.AlphaTau[0])
		},
		"its B  ": func(p *mpcsetup.Phase2, e *Evaluations) { e.G1.B[1], e.G1.B[2] = e.G1.B[2], e.G1.B[1] },
		"its A  ": func(p *mpcsetup.Phase2, e *Evaluations) {
			add(&e.G1.A[1], g)
			e.G1.A[2].Sub(&e.G1.A[2], &g)
		},
	} {
		p, e, err := initialize(ctx, system, srs, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkInitial(ctx, system, srs.Commons, p, e); err != nil {
			t.Fatal(err)
		}
		spoil(p, e)
		assertRefused(t, name, checkInitial(ctx, system, srs.Commons, p, e), strings.TrimSpace(name)+" is not ")
	}
}
