package groth16

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"github.com/genproof/genproof/verifier/internal/point"
)

// Lint reports whether the key is not one of a circuit with this number of
// public inputs, or one that anybody could forge proofs for, as far as that
// shows: see [VerifyingKey.Faults]. A key that passes can still come from
// somebody who knows its secrets: that is what a ceremony is for.
//
// Whatever takes a key in from elsewhere, from a file, a chain or a caller,
// calls this before it does anything with it.
func (vk *VerifyingKey) Lint(inputs int) error {
	if err := vk.lint(); err != nil {
		return err
	}
	if err := first(vk.lintRatios()); err != nil {
		return err
	}
	if got := len(vk.K) - 1; got != inputs {
		return fmt.Errorf("it has %d public inputs, want %d", got, inputs)
	}
	return nil
}

// A Fault is one thing that is wrong with a key.
type Fault struct {
	Points []string // those it is about: alpha, beta, gamma, delta, K[0] and so on
	Text   string
}

func (f Fault) Error() string { return f.Text }

func fault(text string, points ...string) Fault { return Fault{points, text} }

// Faults lists everything that shows to be wrong with the key's points, nil if
// nothing does: a point off its curve, outside the subgroup or at infinity; β, γ
// and δ not different up to sign; a secret that is one, or a small one, or a
// small multiple of another, whichever group its point is in; two K points that
// are small multiples of one. The number of K points is not judged.
func (vk *VerifyingKey) Faults() []Fault {
	return append(append(vk.lintPoints(), vk.lintRelations()...), vk.lintRatios()...)
}

// lint is what every verification looks at.
func (vk *VerifyingKey) lint() error {
	if vk == nil {
		return errors.New("there is none")
	}
	if err := checkPoints(uint64(len(vk.K))); err != nil {
		return err
	}
	return first(append(vk.lintPoints(), vk.lintRelations()...))
}

func first(faults []Fault) error {
	if len(faults) == 0 {
		return nil
	}
	return faults[0]
}

func (vk *VerifyingKey) lintPoints() (faults []Fault) {
	note := func(name string, err error) {
		if err != nil {
			faults = append(faults, fault(point.Named(name, err).Error(), name))
		}
	}
	note(alphaName, point.CheckG1(&vk.Alpha))
	for _, p := range vk.g2() {
		note(p.name, point.CheckG2(p.at))
	}
	for i := range vk.K {
		note(kName(i), point.CheckG1(&vk.K[i]))
	}
	return faults
}

// lintRelations holds what makes a key of sound points forgeable. Points at
// infinity are another's matter: they are like nothing here.
//
// With two of β, γ, δ equal up to sign, two of the equation's three known
// pairings collapse into one and its terms can be traded against each other:
// γ = δ is what a setup that skipped its second phase leaves behind.
func (vk *VerifyingKey) lintRelations() (faults []Fault) {
	points := vk.g2()
	for i, p := range points {
		for _, q := range points[:i] {
			if p.at.X.Equal(&q.at.X) && !p.at.IsInfinity() {
				faults = append(faults, fault(fmt.Sprintf("%s equals %s up to sign: anybody can forge proofs for this key", q.name, p.name), q.name, p.name))
			}
		}
	}
	return append(append(faults, vk.lintSecrets()...), vk.lintK()...)
}

// lintSecrets refuses a generator where a secret multiple of it must be. (γ
// may be the generator: ceremonies leave it there.)
func (vk *VerifyingKey) lintSecrets() (faults []Fault) {
	_, _, g1, g2 := bn254.Generators()
	for _, is := range []struct {
		name string
		one  bool
	}{
		{alphaName, vk.Alpha.X.Equal(&g1.X)}, {betaName, vk.Beta.X.Equal(&g2.X)}, {deltaName, vk.Delta.X.Equal(&g2.X)},
	} {
		if is.one {
			faults = append(faults, fault(is.name+" is the generator up to sign: its secret is one", is.name))
		}
	}
	return faults
}

// lintK refuses two equal K points: their inputs could be traded.
func (vk *VerifyingKey) lintK() (faults []Fault) {
	first := make(map[fp.Element]int, len(vk.K))
	for i := range vk.K {
		j, seen := first[vk.K[i].X]
		switch {
		case vk.K[i].IsInfinity():
		case seen:
			faults = append(faults, fault(fmt.Sprintf("point K[%d] equals K[%d] up to sign: their inputs could be traded", j, i), kName(j), kName(i)))
		default:
			first[vk.K[i].X] = i
		}
	}
	return faults
}

// The points' names.
const alphaName, betaName, gammaName, deltaName = "alpha", "beta", "gamma", "delta"

func kName(i int) string { return fmt.Sprintf("K[%d]", i) }

type namedG2 struct {
	name string
	at   *bn254.G2Affine
}

func (vk *VerifyingKey) g2() []namedG2 {
	return []namedG2{{betaName, &vk.Beta}, {gammaName, &vk.Gamma}, {deltaName, &vk.Delta}}
}
