package setup

import (
	"context"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// columns tells, for each wire, whether it is in a constraint's A, B and C.
type columns struct{ a, b, c []bool }

// columnsOf adds up each wire's coefficients, every constraint's by a random weight: the
// sum of a wire that is nowhere is zero, and of another one is not, but with probability 2^-254.
func columnsOf(system *cs.R1CS) (*columns, error) {
	internal, secret, public := system.GetNbVariables()
	n := internal + secret + public
	sums := [3][]fr.Element{make([]fr.Element, n), make([]fr.Element, n), make([]fr.Element, n)}
	var weight fr.Element
	for it := system.GetR1CIterator(); ; {
		r := it.Next()
		if r == nil {
			break
		}
		if _, err := weight.SetRandom(); err != nil {
			return nil, err
		}
		for side, expression := range []constraint.LinearExpression{r.L, r.R, r.O} {
			for _, term := range expression {
				var t fr.Element
				t.Mul(&weight, &system.Coefficients[term.CoeffID()])
				sum := &sums[side][term.WireID()]
				sum.Add(sum, &t)
			}
		}
	}
	there := [3][]bool{}
	for side := range sums {
		there[side] = make([]bool, n)
		for i := range sums[side] {
			there[side][i] = !sums[side][i].IsZero()
		}
	}
	return &columns{there[0], there[1], there[2]}, nil
}

// auditPairings checks relations of all points at once, each point by a random weight.
func (k *Groth16Keys) auditPairings(context.Context) error {
	system, ok := k.Circuit.CS.(*cs.R1CS)
	if !ok {
		return fmt.Errorf("got %T, want R1CS over BN254", k.Circuit.CS)
	}
	in, err := columnsOf(system)
	if err != nil {
		return err
	}
	pk := k.Proving
	for i := range in.a {
		if pk.InfinityA[i] == in.a[i] || pk.InfinityB[i] == in.b[i] {
			return fmt.Errorf("wire %d has a point in A or B where the constraint system has none, or none where it has one", i)
		}
		if private := i - len(k.Verifying.K); private >= 0 && pk.G1.K[private].IsInfinity() == (in.a[i] || in.b[i] || in.c[i]) {
			return fmt.Errorf("wire %d has no point in K though the constraint system has it, or has one for nothing", i)
		}
	}
	if count(pk.InfinityA) != len(pk.G1.A) || count(pk.InfinityB) != len(pk.G1.B) {
		return errors.New("its number of points is not that of its wires")
	}
	s, err := k.weigh(in)
	if err != nil {
		return err
	}
	return s.check(k)
}

// weighed are sums of points, each by its wire's random weight. Free wires are not in C.
type weighed struct {
	a, b1, privateK, publicK bn254.G1Affine // a and K: of free wires
	b2Free, b2Bound          bn254.G2Affine
}

func (k *Groth16Keys) weigh(in *columns) (*weighed, error) {
	pk := k.Proving
	n, public := len(in.c), len(k.Verifying.K)
	weights, free, bound := make([]fr.Element, n), make([]fr.Element, n), make([]fr.Element, n)
	for i := range weights {
		if _, err := weights[i].SetRandom(); err != nil {
			return nil, err
		}
		if in.c[i] {
			bound[i] = weights[i]
		} else {
			free[i] = weights[i]
		}
	}
	s := new(weighed)
	b2 := points(pk.InfinityB, pk.G2.B)
	for _, sum := range []struct {
		to      *bn254.G1Affine
		points  []bn254.G1Affine
		weights []fr.Element
	}{
		{&s.a, points(pk.InfinityA, pk.G1.A), free}, {&s.b1, points(pk.InfinityB, pk.G1.B), weights},
		{&s.publicK, k.Verifying.K, free[:public]}, {&s.privateK, pk.G1.K, free[public:]},
	} {
		if _, err := sum.to.MultiExp(sum.points, sum.weights, ecc.MultiExpConfig{}); err != nil {
			return nil, err
		}
	}
	if _, err := s.b2Free.MultiExp(b2, free, ecc.MultiExpConfig{}); err != nil {
		return nil, err
	}
	_, err := s.b2Bound.MultiExp(b2, bound, ecc.MultiExpConfig{})
	return s, err
}

func (s *weighed) check(k *Groth16Keys) error {
	pk, vk := k.Proving, k.Verifying
	_, _, g1, g2 := bn254.Generators()
	var b2 bn254.G2Affine
	b2.Add(&s.b2Free, &s.b2Bound)
	for _, relation := range []struct {
		name  string
		left  []bn254.G1Affine
		right []bn254.G2Affine // the product of the pairings of left and right is one
	}{
		{"beta in G1 is not beta in G2", []bn254.G1Affine{pk.G1.Beta, negated(g1)}, []bn254.G2Affine{g2, pk.G2.Beta}},
		{"delta in G1 is not delta in G2", []bn254.G1Affine{pk.G1.Delta, negated(g1)}, []bn254.G2Affine{g2, pk.G2.Delta}},
		{"B in G1 is not B in G2", []bn254.G1Affine{s.b1, negated(g1)}, []bn254.G2Affine{g2, b2}},
		{"K does not follow from A and B: the keys belong to another constraint system, or not to each other",
			[]bn254.G1Affine{s.a, vk.Alpha, negated(s.privateK), negated(s.publicK)}, []bn254.G2Affine{vk.Beta, s.b2Free, vk.Delta, vk.Gamma}},
	} {
		one, err := bn254.PairingCheck(relation.left, relation.right)
		if err != nil {
			return err
		}
		if !one {
			return errors.New(relation.name)
		}
	}
	return nil
}

func negated(p bn254.G1Affine) bn254.G1Affine {
	p.Neg(&p)
	return p
}
