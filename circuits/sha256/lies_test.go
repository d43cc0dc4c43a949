package sha256

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"
)

// blockCircuit compresses one block and compares the result with nothing, so that only
// the gadget's own constraints can refuse a lie: all that follows a lie is recomputed.
type blockCircuit struct {
	Start [8]WordVar
	Block [16]WordVar
}

func (c *blockCircuit) Define(api frontend.API) error {
	state, err := CompressVar(api, NewState(api, c.Start), c.Block)
	if err != nil {
		return err
	}
	_, _, err = state.Digest(api)
	return err
}

func block(seed int64) *blockCircuit {
	c := &blockCircuit{Block: valueOfBlock(randomBytes(seed, 64))}
	for i, x := range IV {
		c.Start[i] = valueOfWord(x)
	}
	return c
}

// lie changes the outputs of a hint.
type lie struct {
	name string
	tell func(in, out []*big.Int)
}

func add(i int, x int64) func(in, out []*big.Int) {
	return func(_, out []*big.Int) { out[i].Add(out[i], big.NewInt(x)) }
}

func flip(i int) func(in, out []*big.Int) {
	return func(_, out []*big.Int) { out[i].Sub(big.NewInt(1), out[i]) }
}

// borrow keeps Σ out_i 2^i and makes two bits no bits.
func borrow(i int) func(in, out []*big.Int) {
	return func(_, out []*big.Int) {
		out[i].Add(out[i], big.NewInt(2))
		out[i+1].Sub(out[i+1], big.NewInt(1))
	}
}

// spurious replaces lane i by the other root of its row.
func spurious(i int) func(in, out []*big.Int) {
	return func(in, out []*big.Int) {
		a, b := in[1].Bit(i), in[2].Bit(i)
		c, u := int64(in[3].Bit(i)), int64(in[4].Bit(i))
		omega := new(big.Int).Lsh(big.NewInt(1), 2*lambdaBits)
		if a == b { // then the other root is c + λu + Ω(1−a−b)
			out[i].Mul(omega, big.NewInt(1-2*int64(a)))
			out[i].Add(out[i], big.NewInt(c+u<<lambdaBits))
			return
		}
		out[i].Mul(omega, big.NewInt(int64(a)-int64(b)))
		out[i].Add(out[i], big.NewInt(int64(a)*(1+lambda)))
	}
}

// all tells several lies at once.
func all(tell ...func(in, out []*big.Int)) func(in, out []*big.Int) {
	return func(in, out []*big.Int) {
		for _, f := range tell {
			f(in, out)
		}
	}
}

var splitLies = []lie{
	{"low bit", flip(0)},
	{"high bit", flip(31)},
	{"last carry bit", func(_, out []*big.Int) { i := len(out) - 1; out[i].Sub(big.NewInt(1), out[i]) }},
	{"bits that are none", borrow(3)},
	{"a word of 33 bits", func(_, out []*big.Int) { out[31].Add(out[31], big.NewInt(2)) }},
	{"a bit of minus one", add(0, -1)},
}

var hintLies = []struct {
	name string
	hint solver.Hint
	lies []lie
	only func(in []*big.Int) bool // the calls to lie in, all if nil
}{
	{"sigma", sigmaHint, []lie{{"first lane", flip(0)}, {"last lane all have", flip(21)}, {"two", add(7, 2)}, {"minus one", add(7, -1)}}, nil},
	{"sum", sumHint, splitLies, nil},
	{"step", stepHint, splitLies, func(in []*big.Int) bool { return in[0].Sign() == 0 }},
	{"half step", stepHint, splitLies, func(in []*big.Int) bool { return in[0].Sign() == 1 }},
	{"ch", chHint, splitLies, func(in []*big.Int) bool { return in[0].Sign() == 0 }},
	{"half ch", chHint, splitLies, func(in []*big.Int) bool { return in[0].Sign() == 1 }},
	{"maj", majHint, splitLies, func(in []*big.Int) bool { return in[0].Sign() == 0 }},
	{"half maj", majHint, splitLies, func(in []*big.Int) bool { return in[0].Sign() == 1 }},
	{"packed ch", packedHint, []lie{{"round t", add(5, 1)}, {"round t+1", add(5, lambda)}, {"between", all(add(5, lambda), add(6, -lambda/2))}},
		func(in []*big.Int) bool { return in[0].Sign() == 0 }},
	{"packed maj", packedHint, []lie{{"round t", add(5, 1)}, {"round t+1", add(5, lambda)}, {"other root", spurious(5)},
		{"other roots", all(spurious(3), spurious(4), spurious(31))}},
		func(in []*big.Int) bool { return in[0].Sign() == 1 }},
	{"xor pair", xorPairHint, []lie{{"first", add(0, 1)}, {"second", add(0, 4)}, {"negative", add(0, -1)}}, nil},
}

func TestCompressVar_RejectsLyingHints(t *testing.T) {
	honest := block(1)
	if err := test.IsSolved(&blockCircuit{}, honest, ecc.BN254.ScalarField()); err != nil {
		t.Fatalf("the honest block is refused: %v", err)
	}
	for _, h := range hintLies {
		for _, l := range h.lies {
			for _, at := range []int{0, 1} { // the first and the second eligible call
				if lieIsAccepted(honest, h.hint, l, h.only, at) {
					t.Errorf("%s hint, %s, call %d: accepted", h.name, l.name, at)
				}
			}
		}
	}
}

// lieIsAccepted tells the lie in one call of the hint.
func lieIsAccepted(c *blockCircuit, hint solver.Hint, l lie, only func([]*big.Int) bool, at int) bool {
	calls, told := 0, false
	lying := func(field *big.Int, in, out []*big.Int) error {
		if err := hint(field, in, out); err != nil {
			return err
		}
		if only == nil || only(in) {
			if calls == at {
				l.tell(in, out)
				told = true
			}
			calls++
		}
		return nil
	}
	err := test.IsSolved(&blockCircuit{}, c, ecc.BN254.ScalarField(), test.WithReplacementHint(solver.GetHintID(hint), lying))
	if !told {
		panic("the lie was never told: " + l.name)
	}
	return err == nil
}

// TestCompressVar_NothingMovesBetweenRounds adds one to round t and takes it from the
// scaled round t+1 in the words themselves, with every later value recomputed.
func TestCompressVar_NothingMovesBetweenRounds(t *testing.T) {
	for _, delta := range []int64{1, -1, 1 << 31} {
		lying := func(field *big.Int, in, out []*big.Int) error {
			shifted := append([]*big.Int{}, in...)
			shifted[1] = new(big.Int).Add(in[1], big.NewInt(delta))
			if shifted[1].Sign() < 0 {
				shifted[1].SetInt64(0)
			}
			return chHint(field, shifted, out)
		}
		err := test.IsSolved(&blockCircuit{}, block(2), ecc.BN254.ScalarField(),
			test.WithReplacementHint(solver.GetHintID(chHint), lying))
		if err == nil {
			t.Errorf("sums off by %d are accepted", delta)
		}
	}
}

// Messages and starts that differ in one bit have other digests: a message of other bits has another digest.
func TestCompressVar_RejectsOtherMessage(t *testing.T) {
	message := randomBytes(3, 55)
	digest := stdDigest(message)
	message[17] ^= 1
	if solves(t, assign(IV, pad(message), digest)) == nil {
		t.Error("another message has the same digest")
	}
	start := IV
	start[3] ^= 1
	message[17] ^= 1
	if solves(t, assign(start, pad(message), digest)) == nil {
		t.Error("another start has the same digest")
	}
}
