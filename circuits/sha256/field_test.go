package sha256

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/test"
)

// TestHasher_WorksOverOtherFields compiles and solves over the scalar fields of other curves.
func TestHasher_WorksOverOtherFields(t *testing.T) {
	message := randomBytes(4, 50)
	for _, curve := range []ecc.ID{ecc.BN254, ecc.BLS12_381, ecc.BLS12_377, ecc.BW6_761} {
		for kind, builder := range map[string]frontend.NewBuilder{"R1CS": r1cs.NewBuilder[constraint.U64], "PLONK": scs.NewBuilder[constraint.U64]} {
			cs, err := frontend.Compile(curve.ScalarField(), builder, prefixPlaceholder(len(message), 0))
			if err != nil {
				t.Fatal(err)
			}
			if n := len(cs.GetCommitments().CommitmentIndexes()); n != 0 {
				t.Errorf("%s, %s: %d commitments", curve, kind, n)
			}
			for name, c := range map[string]struct {
				assignment *sumCircuit
				want       bool
			}{"truth": {prefixOf(message, 44, 0), true}, "lie": {func() *sumCircuit {
				lie := prefixOf(message, 44, 0)
				lie.In[43] = message[43] ^ 1
				return lie
			}(), false}} {
				w, err := frontend.NewWitness(c.assignment, curve.ScalarField())
				if err != nil {
					t.Fatal(err)
				}
				if err := cs.IsSolved(w); (err == nil) != c.want {
					t.Errorf("%s, %s, %s: %v", curve, kind, name, err)
				}
			}
		}
	}
}

// firstPrime returns the first prime from n on, in steps of 1 or −1.
func firstPrime(n *big.Int, step int64) *big.Int {
	p := new(big.Int).Set(n)
	for !p.ProbablyPrime(20) {
		p.Add(p, big.NewInt(step))
	}
	return p
}

func power(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }

// callCircuit makes one call.
type callCircuit struct {
	X    frontend.Variable
	Call *func(frontend.API) error `gnark:"-"` // the engine compares circuits, and functions only by pointers
}

func (c *callCircuit) Define(api frontend.API) error { return (*c.Call)(api) }

func TestHasher_NeedsAFieldOfTwoToThe120(t *testing.T) {
	message := randomBytes(4, 50)
	solve := func(p *big.Int) error { return test.IsSolved(sumPlaceholder(50), sumOf(message), p) }
	if err := solve(firstPrime(power(roundsBits), 1)); err != nil {
		t.Errorf("the least field: %v", err)
	}
	for _, p := range []*big.Int{firstPrime(power(roundsBits), -1), big.NewInt(1<<31 - 1<<24 + 1)} {
		if solve(p) == nil {
			t.Errorf("a field of %d bits is taken", p.BitLen())
		}
		for name, call := range map[string]func(frontend.API) error{
			"New": func(api frontend.API) error {
				_, err := New(api)
				return err
			},
			"CompressVar": func(api frontend.API) error {
				_, err := CompressVar(api, IVVar(api), ValueOfBlock(new([64]byte)))
				return err
			},
		} {
			if test.IsSolved(&callCircuit{Call: &call}, &callCircuit{X: 1}, p) == nil {
				t.Errorf("%s over a field of %d bits is taken", name, p.BitLen())
			}
		}
	}
}

func TestDigest_NeedsAFieldOfTwoToThe128(t *testing.T) {
	if err := test.IsSolved(&blockCircuit{}, block(1), firstPrime(power(limbBits), 1)); err != nil {
		t.Errorf("the least field: %v", err)
	}
	if test.IsSolved(&blockCircuit{}, block(1), firstPrime(power(limbBits), -1)) == nil {
		t.Error("two limbs may be one element")
	}
}

// wrapCircuit is an addition of Maj's lanes to X, where all bits that Maj reads are 0: the
// lanes are 0 or Ω, and Low is to be X.
type wrapCircuit struct {
	X     uint64 `gnark:"-"`
	Lanes [32]frontend.Variable
	Low   WordVar
}

func (c *wrapCircuit) Define(api frontend.API) error {
	for _, z := range c.Lanes {
		assertPackedMaj(api, z, 0, 0, 0, 0)
	}
	none := WordVar(constantWires(33)[:32])
	low := newSplit(api, c.Low[:], true)
	assertPair(api, constant(c.X), constant(0), weigh(api, c.Lanes[:]), low, split{word: none})
	return nil
}

func constantWires(n int) []frontend.Variable {
	wires := make([]frontend.Variable, n)
	for i := range wires {
		wires[i] = 0
	}
	return wires
}

// TestFields_OfFewerElementsAreUnsound finds a field of 120 bits over which all lanes are
// wrong, and a word is, and the addition holds. So the bound is the least power of 2.
func TestFields_OfFewerElementsAreUnsound(t *testing.T) {
	const x = 1<<32 - 1
	omega := power(2 * lambdaBits)
	all := new(big.Int).Mul(omega, big.NewInt(1<<32-1))
	p := firstPrime(new(big.Int).Add(all, big.NewInt(x-1)), -1)
	word := new(big.Int).Sub(new(big.Int).Add(all, big.NewInt(x)), p) // Ω(2^32−1) + x − word = p
	if p.BitLen() != roundsBits || word.BitLen() > 32 {
		t.Fatalf("p has %d bits, the word %d", p.BitLen(), word.BitLen())
	}
	lie := &wrapCircuit{X: x, Low: ValueOfWord(uint32(word.Uint64()))}
	for i := range lie.Lanes {
		lie.Lanes[i] = omega
	}
	if err := test.IsSolved(&wrapCircuit{X: x}, lie, p); err != nil {
		t.Errorf("no wrong sum holds over the field: %v", err)
	}
	if test.IsSolved(&wrapCircuit{X: x}, lie, firstPrime(power(roundsBits), 1)) == nil {
		t.Error("the wrong sum holds over the least field, too")
	}
	truth := &wrapCircuit{X: x, Low: ValueOfWord(x), Lanes: [32]frontend.Variable(constantWires(32))}
	if err := test.IsSolved(&wrapCircuit{X: x}, truth, p); err != nil {
		t.Errorf("the right sum is refused: %v", err)
	}
}
