package sha256

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// rowCircuit is one row: an output against the bits it is made of.
type rowCircuit struct {
	Out  frontend.Variable
	Bits []frontend.Variable
	Row  *row `gnark:"-"`
}

func (c *rowCircuit) Define(api frontend.API) error {
	c.Row.assert(api, c.Out, c.Bits)
	return nil
}

type row struct {
	name   string
	nbBits int
	assert func(api frontend.API, out frontend.Variable, b []frontend.Variable)
	value  func(b []int64) *big.Int
}

func xor(bits ...int64) (x int64) {
	for _, b := range bits {
		x ^= b
	}
	return x
}

func bit(f func(x, y, z uint32) uint32, x, y, z int64) int64 {
	return int64(f(uint32(x), uint32(y), uint32(z)) & 1)
}

func packed(first, second int64) *big.Int { return big.NewInt(first + second<<lambdaBits) }

var rows = []row{
	{"xor3", 3,
		func(api frontend.API, out frontend.Variable, b []frontend.Variable) {
			assertXor3(api, out, b[0], b[1], b[2])
		},
		func(b []int64) *big.Int { return big.NewInt(xor(b...)) }},
	{"xor2, equal weights", 4,
		func(api frontend.API, out frontend.Variable, b []frontend.Variable) {
			assertXor2(api, out, b[0], b[1], 1, b[2], b[3])
		},
		func(b []int64) *big.Int { return big.NewInt(xor(b[0], b[1]) + xor(b[2], b[3])) }},
	{"xor2, weights 1 and 4", 4,
		func(api frontend.API, out frontend.Variable, b []frontend.Variable) {
			assertXor2(api, out, b[0], b[1], 2, b[2], b[3])
		},
		func(b []int64) *big.Int { return big.NewInt(xor(b[0], b[1]) + 4*xor(b[2], b[3])) }},
	{"xor2, weights 1 and λ", 4,
		func(api frontend.API, out frontend.Variable, b []frontend.Variable) {
			assertXor2(api, out, b[0], b[1], 1<<(lambdaBits/2), b[2], b[3])
		},
		func(b []int64) *big.Int { return packed(xor(b[0], b[1]), xor(b[2], b[3])) }},
	{"packed ch", 4,
		func(api frontend.API, out frontend.Variable, b []frontend.Variable) {
			assertPackedCh(api, out, b[0], b[1], b[2], b[3])
		},
		func(b []int64) *big.Int { return packed(bit(ch, b[0], b[1], b[2]), bit(ch, b[3], b[0], b[1])) }},
	{"packed maj", 4,
		func(api frontend.API, out frontend.Variable, b []frontend.Variable) {
			assertPackedMaj(api, out, b[0], b[1], b[2], b[3])
		},
		func(b []int64) *big.Int { return packed(bit(maj, b[0], b[1], b[2]), bit(maj, b[3], b[0], b[1])) }},
}

// holds reports whether the row accepts out for the bits, and fails unless the recorder
// and both of gnark's solvers say the same, and no other row refuses.
func (r row) holds(t *testing.T, c *circuittest.Circuit, bits []int64, out *big.Int) bool {
	t.Helper()
	a := r.placeholder()
	a.Out = out
	for i, b := range bits {
		a.Bits[i] = b
	}
	refused := c.Record(t, a).Refused
	for _, s := range []*circuittest.System{c.R1CS(t), c.Plonk(t)} {
		if (s.Solve(t, a) == nil) != (len(refused) == 0) {
			t.Errorf("%s, %v: %d rows say otherwise than %v of %s", r.name, bits, s.Rows(), refused, out)
		}
	}
	if len(refused) > 1 {
		t.Errorf("%s, %v: refused by %v", r.name, bits, refused)
	}
	return len(refused) == 0
}

func (r row) placeholder() *rowCircuit {
	return &rowCircuit{Bits: make([]frontend.Variable, r.nbBits), Row: &r}
}

// everyInput calls f with all combinations of bits.
func (r row) everyInput(f func(bits []int64)) {
	for n := range 1 << r.nbBits {
		bits := make([]int64, r.nbBits)
		for i := range bits {
			bits[i] = int64(n >> i & 1)
		}
		f(bits)
	}
}

func TestRows_AcceptTheFunction(t *testing.T) {
	for _, r := range rows {
		c := circuittest.New(r.placeholder())
		r.everyInput(func(bits []int64) {
			if !r.holds(t, c, bits, r.value(bits)) {
				t.Errorf("%s: %v: the right output is refused", r.name, bits)
			}
		})
	}
}

// TestRows_HaveOneOutput evaluates each row's polynomial at three outputs to find that it
// is linear in the output, with a slope that is never zero: no second output exists.
// Maj's row is quadratic; its roots have a test of their own.
func TestRows_HaveOneOutput(t *testing.T) {
	for _, r := range rows[:len(rows)-1] {
		r.everyInput(func(bits []int64) {
			at := func(x int64) *big.Int { return r.residue(bits, big.NewInt(x)) }
			slope := difference(at(1), at(0))
			if difference(at(2), at(1)).Cmp(slope) != 0 {
				t.Errorf("%s: %v: not linear in the output", r.name, bits)
			}
			if slope.Sign() == 0 {
				t.Errorf("%s: %v: any output holds", r.name, bits)
			}
		})
	}
}

// difference returns a − b in the field.
func difference(a, b *big.Int) *big.Int {
	d := new(big.Int).Sub(a, b)
	return d.Mod(d, ecc.BN254.ScalarField())
}

func TestAssertPackedMaj_OtherRootIsOmegaAway(t *testing.T) {
	r := rows[len(rows)-1]
	omega := new(big.Int).Lsh(big.NewInt(1), 2*lambdaBits)
	limit := big.NewInt(1 + lambda)
	c := circuittest.New(r.placeholder())
	r.everyInput(func(bits []int64) {
		right := r.value(bits)
		var others int
		for _, first := range []int64{0, 1} {
			for _, second := range []int64{0, 1} {
				base := packed(first, second)
				for _, away := range []*big.Int{new(big.Int), omega, new(big.Int).Neg(omega)} {
					z := new(big.Int).Add(base, away)
					if z.Cmp(right) == 0 || !r.holds(t, c, bits, z) {
						continue
					}
					others++
					if away.Sign() == 0 {
						t.Errorf("%v: a second output within [0, %v]", bits, limit)
					}
				}
			}
		}
		if others != 1 { // a quadratic has no third root
			t.Errorf("%v: found %d other roots, want the one Ω away", bits, others)
		}
	})
}

// residue returns left·right − out of the row as an integer mod r, by intercepting the
// product the row asserts.
func (r row) residue(bits []int64, out *big.Int) *big.Int {
	c := &rowCircuit{Out: out, Bits: make([]frontend.Variable, r.nbBits)}
	for i, b := range bits {
		c.Bits[i] = b
	}
	var residue *big.Int
	c.Row = &row{assert: func(api frontend.API, out frontend.Variable, b []frontend.Variable) {
		r.assert(productSpy{api, &residue}, out, b)
	}}
	placeholder := &rowCircuit{Bits: make([]frontend.Variable, r.nbBits), Row: c.Row}
	if err := test.IsSolved(placeholder, c, ecc.BN254.ScalarField()); err != nil {
		panic(fmt.Sprint("the spy asserts nothing: ", err))
	}
	return residue
}

// productSpy records the difference of the two sides instead of asserting equality.
type productSpy struct {
	frontend.API
	residue **big.Int
}

func (s productSpy) AssertIsEqual(a, b frontend.Variable) {
	difference, ok := s.Sub(a, b).(*big.Int)
	if !ok {
		panic("the test engine's values are big integers")
	}
	*s.residue = new(big.Int).Set(difference)
}
