package sha256

import (
	"math/big"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint/solver"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// A lie changes the outputs of a hint, and the rows of the owners refuse it: all rows that
// do. If it makes wires that are not bits, the owner is the first row that does, as rows
// that read them may refuse as well.
type lie struct {
	name    string
	tell    func(in, out []*big.Int)
	owners  []string
	notBits bool
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

// to sets an output.
func to(i int, x int64) func(in, out []*big.Int) {
	return func(_, out []*big.Int) { out[i].SetInt64(x) }
}

// compensated flips bit 0 and makes up for it in the lowest carry wire, which weighs
// 2^weight.
func compensated(weight uint) func(in, out []*big.Int) {
	return func(_, out []*big.Int) {
		r := ecc.BN254.ScalarField()
		change := new(big.Int).Sub(big.NewInt(1), new(big.Int).Lsh(out[0], 1))
		out[0].Add(out[0], change)
		inverse := new(big.Int).ModInverse(new(big.Int).Lsh(big.NewInt(1), weight), r)
		out[32].Sub(out[32], inverse.Mul(inverse, change)).Mod(out[32], r)
	}
}

// input selects the calls of a hint by one of its inputs.
func input(i int, want int64) func([]*big.Int) bool {
	return func(in []*big.Int) bool { return in[i].IsInt64() && in[i].Int64() == want }
}

func not(f func([]*big.Int) bool) func([]*big.Int) bool {
	return func(in []*big.Int) bool { return !f(in) }
}

func (l lie) refusedBy(rows []circuittest.Row) bool {
	if l.notBits && len(rows) > len(l.owners) {
		rows = rows[:len(l.owners)]
	}
	if len(rows) != len(l.owners) {
		return false
	}
	for i, row := range rows {
		if !row.IsOf(l.owners[i]) {
			return false
		}
	}
	return true
}

// tolerant replaces all hints by what they compute of the low 64 bits of their inputs, so
// that it is rows that refuse wires out of range, and not a hint that reads them.
func tolerant() []circuittest.Lie {
	var lies []circuittest.Lie
	for _, hint := range []solver.Hint{sigmaHint, sumHint, stepHint, chHint, majHint, packedHint, xorPairHint} {
		lies = append(lies, circuittest.Replace(circuittest.Of(hint), tolerating(hint)))
	}
	return lies
}

func tolerating(hint solver.Hint) solver.Hint {
	return func(field *big.Int, in, out []*big.Int) error {
		low := make([]*big.Int, len(in))
		for i := range in {
			low[i] = new(big.Int).SetUint64(in[i].Uint64())
		}
		return hint(field, low, out)
	}
}

// once tells a lie in whichever eligible call comes first: solvers ask in no order.
func once(hint solver.Hint, tell func(in, out []*big.Int), only func([]*big.Int) bool) circuittest.Lie {
	var told sync.Once
	return circuittest.Replace(circuittest.Of(hint), func(field *big.Int, in, out []*big.Int) error {
		err := tolerating(hint)(field, in, out)
		if only == nil || only(in) {
			told.Do(func() { tell(in, out) })
		}
		return err
	})
}

// last stands for the last call of a hint: the last round pair, or step, has a shape of its
// own.
const last = -1

// telling replaces a hint by one that lies in one of its eligible calls. It is for one
// recording.
func telling(t *testing.T, c *circuittest.Circuit, hint solver.Hint, tell func(in, out []*big.Int), only func([]*big.Int) bool, at int) circuittest.Lie {
	return replacing(t, c, hint, only, at, func(field *big.Int, in, out []*big.Int) error {
		err := tolerating(hint)(field, in, out)
		tell(in, out)
		return err
	})
}

// moving replaces a hint by one that takes the second input, the sum, to be more in one of
// its eligible calls.
func moving(t *testing.T, c *circuittest.Circuit, hint solver.Hint, by int64, only func([]*big.Int) bool, at int) circuittest.Lie {
	return replacing(t, c, hint, only, at, func(field *big.Int, in, out []*big.Int) error {
		moved := append([]*big.Int{}, in...)
		moved[1] = new(big.Int).Add(in[1], big.NewInt(by))
		return hint(field, moved, out)
	})
}

// replacing uses instead in the call of that number, counted from 0 among those that only
// selects.
func replacing(t *testing.T, c *circuittest.Circuit, hint solver.Hint, only func([]*big.Int) bool, at int, instead solver.Hint) circuittest.Lie {
	if at == last {
		at = calls(t, c, hint, only) - 1
	}
	n := 0
	return circuittest.Replace(circuittest.Of(hint), func(field *big.Int, in, out []*big.Int) error {
		if only == nil || only(in) {
			n++
			if n-1 == at {
				return instead(field, in, out)
			}
		}
		return tolerating(hint)(field, in, out)
	})
}

// calls counts the eligible calls of a hint in a block.
func calls(t *testing.T, c *circuittest.Circuit, hint solver.Hint, only func([]*big.Int) bool) int {
	t.Helper()
	n := 0
	c.Record(t, block(1), circuittest.Replace(circuittest.Of(hint), func(field *big.Int, in, out []*big.Int) error {
		if only == nil || only(in) {
			n++
		}
		return hint(field, in, out)
	}))
	if n == 0 {
		t.Fatal("the honest block does not call the hint")
	}
	return n
}
