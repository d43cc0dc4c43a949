package measure

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
)

const alone = "alone on all cores, with gnark-crypto, on the real witness and key; gnark runs the five MSMs at once"

// pieces are what the parts of a proof come to.
type pieces struct {
	a, b1, k, h bn254.G1Jac
	b2          bn254.G2Jac
}

func (k *groth16Keys) parts(w witness.Witness) ([]part, error) {
	list, _, err := k.takenApart(w)
	return list, err
}

// takenApart is what gnark's prover does, piece by piece. gnark tells only the solver's
// time and the rest's apart, so each piece is done again here with the same library, wire
// values and points. On one core their sum is about the time of the whole.
func (k *groth16Keys) takenApart(w witness.Witness) ([]part, *pieces, error) {
	s, err := k.r1cs.Solve(w)
	if err != nil {
		return nil, nil, errNoProof
	}
	solution := s.(*cs.R1CSSolution)
	pk, sums := k.proving, new(pieces)
	wires := []fr.Element(solution.W)
	a, b := without(wires, pk.InfinityA), without(wires, pk.InfinityB)
	private := wires[k.r1cs.GetNbPublicVariables():]
	h := quotient(solution, &pk.Domain)
	g1 := func(sum *bn254.G1Jac, points []bn254.G1Affine, scalars []fr.Element) func() error {
		return func() error {
			_, err := sum.MultiExp(points, scalars, ecc.MultiExpConfig{})
			return err
		}
	}
	return []part{
		{"solve", "", func() error { _, err := k.r1cs.Solve(w); return err }},
		{"fft", "seven FFTs; " + alone, func() error { quotient(solution, &pk.Domain); return nil }},
		{"msm A", alone, g1(&sums.a, pk.G1.A, a)},
		{"msm B in G1", alone, g1(&sums.b1, pk.G1.B, b)},
		{"msm B in G2", alone, func() error { _, err := sums.b2.MultiExp(pk.G2.B, b, ecc.MultiExpConfig{}); return err }},
		{"msm K", alone, g1(&sums.k, pk.G1.K, private)},
		{"msm H", alone, g1(&sums.h, pk.G1.Z, h[:pk.Domain.Cardinality-1])},
	}, sums, nil
}

// without leaves out the wires whose point is at infinity, as the key's points do.
func without(wires []fr.Element, infinity []bool) []fr.Element {
	var out []fr.Element
	for i, w := range wires {
		if !infinity[i] {
			out = append(out, w)
		}
	}
	return out
}

// quotient returns the coefficients of (a·b − c)/(X^n − 1), with n the domain's size:
// inverse FFTs, FFTs on a coset, where the divisor is constant, and back.
func quotient(s *cs.R1CSSolution, domain *fft.Domain) []fr.Element {
	n := int(domain.Cardinality)
	var on [3][]fr.Element
	for i, v := range []fr.Vector{s.A, s.B, s.C} {
		on[i] = append(make([]fr.Element, 0, n), v...)[:n]
		domain.FFTInverse(on[i], fft.DIF)
		domain.FFT(on[i], fft.DIT, fft.OnCoset())
	}
	var divisor, one fr.Element
	one.SetOne()
	divisor.Exp(domain.FrMultiplicativeGen, new(big.Int).SetUint64(domain.Cardinality))
	divisor.Sub(&divisor, &one).Inverse(&divisor)
	a := fr.Vector(on[0])
	a.Mul(a, on[1])
	a.Sub(a, on[2])
	a.ScalarMul(a, &divisor)
	domain.FFTInverse(a, fft.DIF, fft.OnCoset())
	return a
}
