package setup

import (
	"context"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/genproof/genproof/setup/comb"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

// develop computes the keys that gnark's groth16.Setup would with these secrets, for a system without
// gnark commitments: with L_j the Lagrange basis of the domain of size n, and sums over the rows j,
//
//	A_i = Σ a_ji L_j(τ), and so B_i, C_i    points of A and B: of the wires where that is not zero
//	K_i = (βA_i + αB_i + C_i) / γ           public wires
//	K_i = (βA_i + αB_i + C_i) / δ           private wires
//	Z_i = τⁱ(τⁿ − 1) / δ                    i < n - 1, in the order of reversed bits
//
// All of them are computed as scalars, for the secrets are known, and the generators are multiplied
// last. Not in constant time, like gnark's. Progress is in points; one in G2 counts as three.
func develop(ctx context.Context, system *cs.R1CS, s *secrets, progress Progress) (*groth16.ProvingKey, *vgroth16.VerifyingKey, error) {
	domain := fft.NewDomain(uint64(system.GetNbConstraints()))
	v, err := evaluate(system, s, domain.Cardinality)
	if err != nil {
		return nil, nil, err
	}
	defer v.forget()
	pk := &groth16.ProvingKey{Domain: *domain}
	var a, b []fr.Element
	a, pk.InfinityA = nonzero(v.a)
	b, pk.InfinityB = nonzero(v.b)
	pk.NbInfinityA, pk.NbInfinityB = uint64(len(v.a)-len(a)), uint64(len(v.b)-len(b))

	public := system.GetNbPublicVariables()
	n := len(v.z) - 1
	g1 := join([]fr.Element{s.alpha, s.beta, s.delta}, a, b, v.z[:n], v.k)
	g2 := join([]fr.Element{s.beta, s.gamma, s.delta}, b)
	defer forget(a, b, g1, g2)
	m := &meter{ctx: ctx, progress: progress, phase: PhaseSetup, total: int64(len(g1) + 3*len(g2))}
	m.progress.report(m.phase, 0, m.total)
	one, err := comb.G1(ctx, g1, m.points(1))
	if err != nil {
		return nil, nil, err
	}
	two, err := comb.G2(ctx, g2, m.points(3))
	if err != nil {
		return nil, nil, err
	}
	vk := &vgroth16.VerifyingKey{Alpha: one[0], Beta: two[0], Gamma: two[1], Delta: two[2]}
	pk.G1.Alpha, pk.G1.Beta, pk.G1.Delta, one = one[0], one[1], one[2], one[3:]
	pk.G1.A, one = one[:len(a):len(a)], one[len(a):]
	pk.G1.B, one = one[:len(b):len(b)], one[len(b):]
	pk.G1.Z, one = one[:n:n], one[n:]
	vk.K, pk.G1.K = append(vk.K, one[:public]...), one[public:]
	pk.G2.Beta, pk.G2.Delta, pk.G2.B = two[0], two[2], two[3:]
	return pk, vk, nil
}

// values are a key's discrete logarithms: A, B and K of every wire, and Z, one more than the key has.
type values struct{ a, b, k, z []fr.Element }

func (v *values) forget() { forget(v.a, v.b, v.k, v.z) }

// forget overwrites lists of secrets.
func forget(lists ...[]fr.Element) {
	for _, list := range lists {
		clear(list)
	}
}

// evaluate computes the values for a domain of n.
func evaluate(system *cs.R1CS, s *secrets, n uint64) (*values, error) {
	basis, err := lagrangeAt(s.tau, n)
	if err != nil {
		return nil, err
	}
	internal, secret, public := system.GetNbVariables()
	wires := internal + secret + public
	v := &values{a: make([]fr.Element, wires), b: make([]fr.Element, wires), k: make([]fr.Element, wires)}
	c := v.k // C until it becomes K
	defer forget(basis)
	row := 0
	it := system.GetR1CIterator()
	for r := it.Next(); r != nil; r = it.Next() {
		addTerms(v.a, system, r.L, &basis[row])
		addTerms(v.b, system, r.R, &basis[row])
		addTerms(c, system, r.O, &basis[row])
		row++
	}
	var gammaInverse, deltaInverse, t fr.Element
	gammaInverse.Inverse(&s.gamma)
	deltaInverse.Inverse(&s.delta)
	for i := range v.k {
		v.k[i].Add(&c[i], t.Mul(&s.beta, &v.a[i]))
		v.k[i].Add(&v.k[i], t.Mul(&s.alpha, &v.b[i]))
		if i < public { // the first ones, and the constant is the very first
			v.k[i].Mul(&v.k[i], &gammaInverse)
		} else {
			v.k[i].Mul(&v.k[i], &deltaInverse)
		}
	}
	first := vanishing(s.tau, n)
	v.z = geometric(*first.Mul(&first, &deltaInverse), s.tau, int(n))
	utils.BitReverse(v.z)
	return v, nil
}

// addTerms adds a row's value, times their coefficients, to the sums of the wires in an expression.
func addTerms(sums []fr.Element, system *cs.R1CS, expression constraint.LinearExpression, value *fr.Element) {
	var t fr.Element
	for _, term := range expression {
		sum := &sums[term.WireID()]
		switch term.CoeffID() { // most are one, and a multiplication takes longer than an addition
		case constraint.CoeffIdOne:
			sum.Add(sum, value)
		case constraint.CoeffIdMinusOne:
			sum.Sub(sum, value)
		default:
			sum.Add(sum, t.Mul(value, &system.Coefficients[term.CoeffID()]))
		}
	}
}

// nonzero copies the elements that are not zero, and reports of each element whether it is.
func nonzero(all []fr.Element) (some []fr.Element, zero []bool) {
	zero = make([]bool, len(all))
	some = make([]fr.Element, 0, len(all))
	for i := range all {
		if zero[i] = all[i].IsZero(); !zero[i] {
			some = append(some, all[i])
		}
	}
	return some, zero
}

// join copies lists into one. It does not grow on the way: that would leave secrets behind.
func join(lists ...[]fr.Element) []fr.Element {
	n := 0
	for _, list := range lists {
		n += len(list)
	}
	all := make([]fr.Element, 0, n)
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}
