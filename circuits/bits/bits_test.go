package bits

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

var field = ecc.BN254.ScalarField()

// splitCircuit splits X and claims that it has Bits. Without Claim it claims nothing, so
// that a lie can only be refused by the split itself.
type splitCircuit struct {
	X     frontend.Variable
	Bits  []frontend.Variable
	Claim bool `gnark:"-"`
}

func (c *splitCircuit) Define(api frontend.API) error {
	var b []frontend.Variable
	if len(c.Bits) == Length {
		b = Canonical(api, c.X)
	} else {
		b = Decompose(api, c.X, len(c.Bits))
	}
	if !c.Claim {
		return nil
	}
	for i := range b {
		api.AssertIsEqual(b[i], c.Bits[i])
	}
	api.AssertIsEqual(Number(api, b), c.X)
	return nil
}

func placeholder(n int, claim bool) *splitCircuit {
	return &splitCircuit{Bits: make([]frontend.Variable, n), Claim: claim}
}

// assignment claims that x, reduced, has the n low bits of x.
func assignment(x *big.Int, n int) *splitCircuit {
	c := placeholder(n, true)
	c.X = new(big.Int).Mod(x, field)
	for i := range n {
		c.Bits[i] = x.Bit(i)
	}
	return c
}

func pow2(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }

func offset(x *big.Int, by int64) *big.Int { return new(big.Int).Add(x, big.NewInt(by)) }

// circuit is a splitCircuit under test.
func circuit(n int, claim bool) *circuittest.Circuit { return circuittest.New(placeholder(n, claim)) }

// lying answers every split by f.
func lying(f solver.Hint) circuittest.Lie { return circuittest.Replace(circuittest.Of(bitsHint), f) }

func TestDecompose_AcceptsExactlyTheRange(t *testing.T) {
	for _, n := range []int{1, 2, 3, 28, 64, 248, 253} {
		honest, bare, end := circuit(n, true), circuit(n, false), pow2(uint(n))
		for _, x := range []*big.Int{new(big.Int), big.NewInt(1), offset(end, -1), new(big.Int).Rsh(end, 1)} {
			honest.AssertAccepted(t, fmt.Sprintf("%v in %d bits", x, n), assignment(x, n))
		}
		for _, x := range []*big.Int{end, offset(end, 1), offset(field, -1), pow2(253)} {
			if x.BitLen() > n {
				bare.AssertRefused(t, fmt.Sprintf("%v in %d bits", x, n), assignment(x, n), []string{"Decompose/AssertIsBoolean"})
			}
		}
	}
}

func TestCanonical_AcceptsEveryElement(t *testing.T) {
	c := circuit(Length, true)
	edges := []*big.Int{new(big.Int), big.NewInt(1), offset(field, -1), offset(field, -2), pow2(253), offset(pow2(253), -1)}
	bound := offset(field, -1)
	for i := range bound.BitLen() {
		// Equal to r-1 above bit i, smaller at it, all ones or zeros below.
		if bound.Bit(i) == 1 {
			high := new(big.Int).Lsh(new(big.Int).Rsh(bound, uint(i+1)), uint(i+1))
			edges = append(edges, high, new(big.Int).Add(high, offset(pow2(uint(i)), -1)))
		}
	}
	for _, x := range edges {
		c.AssertAccepted(t, x.String(), assignment(x, Length))
	}
}

// steer makes every hint call return the low bits of x, whatever the input.
func steer(x *big.Int) solver.Hint {
	return func(_ *big.Int, _, out []*big.Int) error {
		for i := range out {
			out[i].SetUint64(uint64(x.Bit(i)))
		}
		return nil
	}
}

// integers with 254 bits that are at least r, one for every bit at which r-1 has a zero:
// equal to r-1 above it, one at it.
func aliases() []*big.Int {
	bound := offset(field, -1)
	var all []*big.Int
	for i := range bound.BitLen() {
		if bound.Bit(i) == 0 {
			high := new(big.Int).Lsh(new(big.Int).Rsh(bound, uint(i+1)), uint(i+1))
			all = append(all, high.Add(high, pow2(uint(i))))
		}
	}
	return append(all, field, offset(field, 1), offset(pow2(254), -1))
}

// aboveBound names the rows that refuse the bits of an x above r-1: one for each one where
// r-1 has a zero, as long as all ones of r-1 are matched.
func aboveBound(x *big.Int) (owners []string) {
	bound := offset(field, -1)
	for i := Length - 1; i >= 0 && x.Bit(i) >= bound.Bit(i); i-- {
		if x.Bit(i) > bound.Bit(i) {
			owners = append(owners, "bits.Canonical/AssertProduct")
		}
	}
	return owners
}

func TestCanonical_RejectsLyingHint(t *testing.T) {
	c := circuit(Length, false)
	for _, x := range aliases() {
		c.AssertRefused(t, fmt.Sprintf("%v for its residue", x), assignment(x, Length), aboveBound(x), lying(steer(x)))
	}
	small := big.NewInt(5)
	c.AssertAccepted(t, "the steered hint with the truth", assignment(small, Length), lying(steer(small)))
}

// Each hinted bit in turn is not boolean, another is flipped, and the sum is still x.
func TestSplit_RejectsNonBoolean(t *testing.T) {
	x := new(big.Int).SetBytes([]byte("an element of 31 bytes, or less"))
	for _, n := range []int{2, 3, 28, 248, 253, Length} {
		c, owner := circuit(n, false), "Decompose/AssertIsBoolean"
		if n == Length {
			owner = "bits.Canonical"
		}
		x := new(big.Int).Mod(x, pow2(uint(n)))
		for i := range n - 1 {
			lie := func(_ *big.Int, _, out []*big.Int) error {
				if err := steer(x)(nil, nil, out); err != nil {
					return err
				}
				flip(out, x, i, (i+1)%n)
				return nil
			}
			c.AssertRefused(t, fmt.Sprintf("%d bits: bit %d is not boolean", n, i), assignment(x, n), []string{owner}, lying(lie))
		}
	}
}

// flip changes bit j of x's bits and makes up for it in bit i. Bit n-1 is not an output: it
// follows from the others.
func flip(out []*big.Int, x *big.Int, i, j int) {
	by := new(big.Int).ModInverse(pow2(uint(i)), field)
	by.Mul(by, pow2(uint(j)))
	if x.Bit(j) == 0 {
		by.Neg(by)
	}
	if j < len(out) {
		out[j].SetUint64(uint64(1 - x.Bit(j)))
	}
	out[i].Mod(by.Add(by, out[i]), field)
}

func TestDecompose_RejectsLyingHint(t *testing.T) {
	for _, n := range []int{2, 8, 64, 253} {
		c, x := circuit(n, false), pow2(uint(n-1))
		for name, lie := range map[string]solver.Hint{
			"another number": steer(offset(x, -1)),
			"x + r":          steer(new(big.Int).Add(x, field)),
			"ones":           steer(offset(pow2(254), -1)),
		} {
			c.AssertRefused(t, fmt.Sprintf("%d bits: %s", n, name), assignment(x, n), []string{"Decompose/AssertIsBoolean"}, lying(lie))
		}
	}
}

// lengthCircuit splits X into N bits, whatever N is.
type lengthCircuit struct {
	X frontend.Variable
	N int `gnark:"-"`
}

func (c *lengthCircuit) Define(api frontend.API) error {
	Decompose(api, c.X, c.N)
	return nil
}

func TestDecompose_PanicsWithoutUniqueSplit(t *testing.T) {
	for _, c := range []struct {
		curve ecc.ID
		n     int
		want  bool
	}{
		{ecc.BN254, -1, false}, {ecc.BN254, 0, false}, {ecc.BN254, 253, true}, {ecc.BN254, 254, false}, {ecc.BN254, 255, false},
		{ecc.BLS12_377, 252, true}, {ecc.BLS12_377, 253, false}, {ecc.BLS12_381, 254, true}, {ecc.BLS12_381, 255, false},
	} {
		_, err := frontend.Compile(c.curve.ScalarField(), r1cs.NewBuilder, &lengthCircuit{N: c.n})
		if (err == nil) != c.want {
			t.Errorf("%s, %d bits: compiles %v, want %v", c.curve, c.n, err == nil, c.want)
		}
	}
}

func TestBits_ConstraintCount(t *testing.T) {
	for n, want := range map[int]int{1: 1, 3: 3, 64: 64, 248: 248, Length: 353} {
		circuit(n, false).AssertRows(t, fmt.Sprintf("%d bits", n), want)
	}
}

func FuzzSplit_MatchesBig(f *testing.F) {
	f.Add([]byte{}, uint8(1))
	f.Add([]byte{255, 255, 255, 255}, uint8(32))
	f.Add(field.Bytes(), uint8(253))
	f.Add(offset(field, -1).Bytes(), uint8(253))
	f.Fuzz(func(t *testing.T, raw []byte, n uint8) {
		x := new(big.Int).Mod(new(big.Int).SetBytes(raw), field)
		if err := test.IsSolved(placeholder(Length, true), assignment(x, Length), field); err != nil {
			t.Errorf("%v refused", x)
		}
		nb := int(n)%253 + 1
		if got := test.IsSolved(placeholder(nb, true), assignment(x, nb), field) == nil; got != (x.BitLen() <= nb) {
			t.Errorf("%v in %d bits: %v", x, nb, got)
		}
	})
}

// weighCircuit says what the digits of one parity weigh.
type weighCircuit struct {
	Digits    []frontend.Variable
	Even, Odd frontend.Variable
}

func (c *weighCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(Weigh(api, c.Digits, 0, 2), c.Even)
	api.AssertIsEqual(Weigh(api, c.Digits, 1, 2), c.Odd)
	return nil
}

func TestWeigh_TakesEveryStepthDigit(t *testing.T) {
	c := circuittest.New(&weighCircuit{Digits: make([]frontend.Variable, 5)})
	digits := []frontend.Variable{3, 5, -1, 7, 2} // 3·1 - 1·4 + 2·16 and 5·2 + 7·8
	c.AssertAccepted(t, "sums", &weighCircuit{digits, 31, 66})
	c.AssertRefused(t, "another even sum", &weighCircuit{digits, 32, 66}, []string{"Define/AssertIsEqual"})
	c.AssertRefused(t, "another odd sum", &weighCircuit{digits, 31, 67}, []string{"Define/AssertIsEqual"})
	c.AssertRows(t, "two sums", 2)
}

// zeroCircuit says whether all bits are 0.
type zeroCircuit struct {
	Bits []frontend.Variable
	Is   frontend.Variable
}

func (c *zeroCircuit) Define(api frontend.API) error {
	for _, b := range c.Bits {
		api.AssertIsBoolean(b)
	}
	api.AssertIsEqual(AllZero(api, c.Bits), c.Is)
	return nil
}

func TestAllZero_OfEveryNumber(t *testing.T) {
	rows := map[int]int{1: 0, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4, 8: 3, 9: 4, 10: 4}
	for n, want := range rows {
		c := circuittest.New(&zeroCircuit{Bits: make([]frontend.Variable, n)})
		for x := range 1 << n {
			for is := range 2 {
				a := &zeroCircuit{Bits: make([]frontend.Variable, n), Is: is}
				for i := range a.Bits {
					a.Bits[i] = x >> i & 1
				}
				if want := (x == 0) == (is == 1); c.Accepts(a) != want {
					t.Errorf("%d of %d bits: [= 0] = %d is taken: %v", x, n, is, !want)
				}
			}
		}
		c.AssertRows(t, fmt.Sprintf("%d bits", n), want+n+1)
	}
}
