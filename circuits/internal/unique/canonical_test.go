package unique

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/bits"
)

// A canonicalCircuit is package bits' own.
type canonicalCircuit struct{ X frontend.Variable }

func (c *canonicalCircuit) Define(api frontend.API) error {
	bits.Canonical(api, c.X)
	return nil
}

// Each row but the last product is needed, and each coefficient: a changed one proves no top bit.
func TestCanonical_NeedsEveryRow(t *testing.T) {
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &canonicalCircuit{}, frontend.WithCompressThreshold(0))
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(system.(*cs.R1CS))
	if err != nil {
		t.Fatal(err)
	}
	s.remember()
	if r := s.proveWithout(nil); r.Unproven() > 0 || r.counts[canonical] != topBit {
		t.Fatalf("the rows of package bits: %s", r)
	}
	read := s.read
	for i := range s.rows {
		if r := s.proveWithout(nil, i); r.counts[canonical] != 0 {
			t.Errorf("without row %d: proven", i)
		}
		for k := range 3 {
			changed := newSystem(int(s.inputs), int(s.wires), int(s.rows), func(j int32) row {
				r := read(j)
				if j == i {
					f := []*form{&r.l, &r.r, &r.o}[k]
					*f = combine(one(), *f, fr.NewElement(2), constantForm(one()))
				}
				return r
			})
			if r := changed.proveWithout(nil); r.counts[canonical] != 0 {
				t.Errorf("with form %d of row %d changed: proven", k, i)
			}
		}
	}
}

// comparedBits are rows that say that x has 254 bits which are at most bound, in the shape of the lemma.
func comparedBits(t *testing.T, bound *big.Int) *small {
	t.Helper()
	sum := "x"
	for i := range topBit {
		sum += fmt.Sprintf(" - 2^%d.b%d", i, i)
	}
	s := newSmall(t, "x", "("+sum+") * 1 = 0")
	b := func(i int) form { return form{{s.wires[fmt.Sprintf("b%d", i)], one()}} }
	var top fr.Element
	top.SetBigInt(new(big.Int).Lsh(big.NewInt(1), topBit)).Inverse(&top)
	f := combine(top, s.rows[0].l, one(), nil)
	bit := func(f form) row { return row{f, combine(minusOne(), f, one(), constantForm(one())), nil} }
	s.rows = []row{bit(f)}
	equal := f
	for i := topBit - 1; i >= 0; i-- {
		if bound.Bit(i) == 0 {
			rest := combine(minusOne(), equal, minusOne(), b(i))
			s.rows = append(s.rows, row{combine(one(), rest, one(), constantForm(one())), b(i), nil})
			continue
		}
		next := form{{s.wire(fmt.Sprintf("p%d", i)), one()}}
		s.rows = append(s.rows, bit(b(i)), row{equal, b(i), next})
		equal = next
	}
	s.System = newSystem(2, len(s.wires)+1, len(s.rows), s.read)
	return s
}

// readings returns how many solutions the rows of comparedBits have for x: bits of x, or of x + r.
func (s *small) readings(x *big.Int) (n int) {
	for _, bits := range []*big.Int{x, new(big.Int).Add(x, modulus)} {
		if bits.BitLen() > topBit+1 {
			continue
		}
		w := make([]fr.Element, s.System.wires)
		w[0].SetOne()
		w[1].SetBigInt(x)
		for i := range topBit {
			w[s.wires[fmt.Sprintf("b%d", i)]].SetUint64(uint64(bits.Bit(i)))
		}
		holds := true
		for _, r := range s.rows {
			l, rr := at(r.l, w), at(r.r, w)
			l.Mul(&l, &rr)
			if len(r.o) == 1 && r.o[0].wire != 0 {
				w[r.o[0].wire] = l // p of the lemma
			} else if !l.IsZero() {
				holds = false
			}
		}
		if holds {
			n++
		}
	}
	return n
}

// Of other bounds than r − 1 the bits of x are read in every way there is: where one x has two, nothing is
// proven, and where the lemma proves, each x below has one.
func TestCanonical_IsRightOfOtherBounds(t *testing.T) {
	least := new(big.Int).Sub(modulus, big.NewInt(1))
	proven, choices := 0, 0
	for k := -1; k < topBit; k++ {
		bound := new(big.Int).Set(least)
		if k >= 0 {
			bound.SetBit(bound, k, 1-bound.Bit(k))
		}
		s := comparedBits(t, bound)
		isProven := s.proveWithout(nil).counts[canonical] > 0
		most := 0
		for _, x := range []*big.Int{big.NewInt(0), big.NewInt(1), big.NewInt(1 << 40), least, new(big.Int).Rsh(least, 1)} {
			most = max(most, s.readings(x))
		}
		if k < 0 && s.readings(least) != 1 {
			t.Error("r − 1 has no bits")
		}
		if most > 1 {
			choices++
		}
		if isProven {
			proven++
		}
		if isProven && most > 1 {
			t.Errorf("with bit %d of r − 1 the other, an x has %d readings and is proven", k, most)
		}
	}
	if proven != 1 || choices < 50 {
		t.Errorf("%d bounds are proven and %d leave a choice: want r − 1 only, and many", proven, choices)
	}
}
