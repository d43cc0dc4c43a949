package groth16

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"github.com/genproof/genproof/verifier/internal/point"
)

// maxMultiple bounds the multiples that a lint looks at: k·P = ±j·Q is found for
// k and j up to it. A setup that draws at random gives none of them, but with
// probability below 2^-230.
const maxMultiple = 16

// lintRatios finds small ratios: a known k with δ = k·γ serves a forger as well
// as δ = γ does. Ratios of one that [VerifyingKey.lintRelations] tells of are
// left out, and so are points that are not sound. It costs four pairings, and
// sixteen additions a K point.
func (vk *VerifyingKey) lintRatios() []Fault {
	return append(vk.lintSecretRatios(), vk.lintKRatios()...)
}

// A ratio is k·secret(name) = ±j·secret(other), where k is the least there is.
type ratio struct {
	name, other string
	k, j        int
}

// factor is j/k in text.
func (r ratio) factor() string {
	if r.k == 1 {
		return fmt.Sprint(r.j)
	}
	return fmt.Sprintf("%d/%d", r.j, r.k)
}

func (r ratio) isOne() bool { return r.j == r.k }

// ratios keeps the multiples that were seen, each up to sign.
type ratios[T comparable] struct {
	seen map[T]ratio // other and j
}

// add compares the first multiples of a point with those before, keeps them, and
// returns the ratio to one of these, if there is one.
func (r *ratios[T]) add(name string, multiples []T) (found ratio, ok bool) {
	for i, m := range multiples {
		if at, seen := r.seen[m]; seen {
			return ratio{name, at.other, i + 1, at.j}, true
		}
	}
	for i, m := range multiples {
		r.seen[m] = ratio{other: name, j: i + 1}
	}
	return ratio{}, false
}

const generatorName = "the generator"

// lintSecretRatios compares α, β, γ, δ and one in the target group, where
// secrets of both groups show. γ may be a known one.
func (vk *VerifyingKey) lintSecretRatios() (faults []Fault) {
	_, _, g1, g2 := bn254.Generators()
	all := ratios[bn254.E6]{map[bn254.E6]ratio{}}
	all.add(generatorName, powers(&g1, &g2))
	if point.CheckG1(&vk.Alpha) == nil {
		faults = noteSecret(faults, &all, alphaName, powers(&vk.Alpha, &g2))
	}
	for _, p := range vk.g2() {
		if point.CheckG2(p.at) == nil {
			faults = noteSecret(faults, &all, p.name, powers(&g1, p.at))
		}
	}
	return faults
}

func noteSecret(faults []Fault, all *ratios[bn254.E6], name string, multiples []bn254.E6) []Fault {
	r, found := all.add(name, multiples)
	switch {
	case !found, r.isOne() && r.other != alphaName, r.other == generatorName && name == gammaName:
		return faults
	case r.other == generatorName:
		return append(faults, fault(fmt.Sprintf("the secret of %s is %s up to sign: it is known", name, r.factor()), name))
	}
	why := "anybody can forge proofs for this key"
	if r.other == alphaName {
		why = "a setup draws them at random"
	}
	return append(faults, fault(fmt.Sprintf("the secret of %s is %s times that of %s up to sign: %s", name, r.factor(), r.other, why), r.other, name))
}

// powers are e(p, q)^k for k up to maxMultiple. An element of the target group
// and its inverse share C0, and C0 gives C1 up to sign: it is the element up to
// inversion.
func powers(p *bn254.G1Affine, q *bn254.G2Affine) []bn254.E6 {
	z, err := bn254.Pair([]bn254.G1Affine{*p}, []bn254.G2Affine{*q})
	if err != nil {
		panic(err) // only for slices of different lengths
	}
	list := make([]bn254.E6, maxMultiple)
	power := z
	for i := range list {
		list[i] = power.C0
		power.Mul(&power, &z)
	}
	return list
}

// lintKRatios compares the K points and the generator.
func (vk *VerifyingKey) lintKRatios() (faults []Fault) {
	_, _, g1, _ := bn254.Generators()
	all := ratios[fp.Element]{make(map[fp.Element]ratio, (len(vk.K)+1)*maxMultiple)}
	all.add(generatorName, multiples(&g1))
	for i := range vk.K {
		if point.CheckG1(&vk.K[i]) != nil {
			continue
		}
		r, found := all.add(kName(i), multiples(&vk.K[i]))
		switch {
		case !found, r.isOne() && r.other != generatorName:
		case r.other == generatorName:
			faults = append(faults, fault(fmt.Sprintf("point %s is %s times the generator up to sign: nothing secret is in it", r.name, r.factor()), r.name))
		default:
			faults = append(faults, fault(fmt.Sprintf("point %s is %s times %s up to sign: their inputs could be traded", r.name, r.factor(), r.other), r.other, r.name))
		}
	}
	return faults
}

// multiples are the x coordinates of k·p for k up to maxMultiple.
func multiples(p *bn254.G1Affine) []fp.Element {
	points := make([]bn254.G1Jac, maxMultiple)
	points[0].FromAffine(p)
	for i := 1; i < maxMultiple; i++ {
		points[i] = points[i-1]
		points[i].AddMixed(p)
	}
	list := make([]fp.Element, maxMultiple)
	for i, q := range bn254.BatchJacobianToAffineG1(points) {
		list[i] = q.X
	}
	return list
}
