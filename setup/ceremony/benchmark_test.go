package ceremony

import (
	"crypto/sha256"
	"math/bits"
	"path/filepath"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/comb"
	"github.com/genproof/genproof/setup/ptau"
)

// knownSRS are powers of a τ that is known, quickly made, in both bases.
func knownSRS(t testing.TB, n uint64) *SRS {
	t.Helper()
	tau, alpha, beta := fr.NewElement(11), fr.NewElement(13), fr.NewElement(17)
	powers := powersOf(tau, int(2*n-1))
	basis := append([]fr.Element{}, powersOf(tau, int(n))...) // of the value at τ, the transposed transform
	fft.NewDomain(n).FFTInverse(basis, fft.DIF)
	utils.BitReverse(basis)
	times := func(factor fr.Element, list []fr.Element) []fr.Element {
		out := make([]fr.Element, len(list))
		for i := range out {
			out[i].Mul(&factor, &list[i])
		}
		return out
	}
	one := func(list []fr.Element) []bn254.G1Affine {
		points, err := comb.G1(t.Context(), list, nil)
		if err != nil {
			t.Fatal(err)
		}
		return points
	}
	two := func(list []fr.Element) []bn254.G2Affine {
		points, err := comb.G2(t.Context(), list, nil)
		if err != nil {
			t.Fatal(err)
		}
		return points
	}
	c, l := new(mpcsetup.SrsCommons), new(ptau.Lagrange)
	c.G1.Tau, c.G1.AlphaTau, c.G1.BetaTau = one(powers), one(times(alpha, powers[:n])), one(times(beta, powers[:n]))
	c.G2.Tau, c.G2.Beta = two(powers[:n]), two([]fr.Element{beta})[0]
	l.G1.Tau, l.G1.AlphaTau, l.G1.BetaTau, l.G2.Tau = one(basis), one(times(alpha, basis)), one(times(beta, basis)), two(basis)
	return &SRS{Source: Source{SourcePtau, sha256.Sum256([]byte("a file")), uint64(bits.TrailingZeros64(n))}, Commons: c, Lagrange: l}
}

// BenchmarkInitCircuit begins a ceremony of cid/small, with a Lagrange basis and without:
//
//	go test ./setup/ceremony -run - -bench InitCircuit -benchtime 1x
func BenchmarkInitCircuit(b *testing.B) {
	c, err := setup.Compile(statement.CircuitID{Binding: statement.CID, Size: statement.Small})
	if err != nil {
		b.Fatal(err)
	}
	for name, prepared := range map[string]bool{"prepared": true, "unprepared": false} {
		srs := knownSRS(b, c.Domain)
		if !prepared {
			srs.Lagrange = nil
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := InitCircuit(b.Context(), filepath.Join(b.TempDir(), "ceremony"), c, srs, block, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
