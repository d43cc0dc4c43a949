package sha256

import (
	"math/big"
	"sync"
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
	c := &blockCircuit{Block: ValueOfBlock((*[64]byte)(randomBytes(seed, 64)))}
	for i, x := range IV {
		c.Start[i] = ValueOfWord(x)
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

// between keeps the sum of the lanes and changes two of them.
var between = []lie{{"between lanes", all(add(5, 2), add(6, -1))}, {"between the top lanes", all(add(30, 2), add(31, -1))}}

var (
	whole, half    = input(0, 0), input(0, 1) // of splits
	isCh, isMaj    = input(0, 0), input(0, 1) // of packed lanes
	inBig, inSmall = input(4, 0), input(4, 1) // of sigmas
	packs          = input(2, lambda)         // of pairs of XORs: the leftover lane
	wholeLies      = append([]lie{{"a carry that is no bit", compensated(32)}}, splitLies...)
	halfLies       = append([]lie{{"a carry that is no bit", compensated(33)}}, splitLies...)
)

var hintLies = []struct {
	name string
	hint solver.Hint
	only func(in []*big.Int) bool // the calls to lie in, all if nil
	lies []lie
}{
	{"small sigma", sigmaHint, inSmall, []lie{{"first lane", flip(0)}, {"last lane all have", flip(21)}, {"two", add(7, 2)}, {"minus one", add(7, -1)}}},
	{"big sigma", sigmaHint, inBig, []lie{{"first lane", flip(0)}, {"last lane all have", flip(30)}, {"two", add(7, 2)}}},
	{"big sigma 0", sigmaHint, input(1, 2), []lie{{"top lane", flip(31)}}},
	{"sum", sumHint, nil, splitLies},
	{"step", stepHint, whole, wholeLies},
	{"half step", stepHint, half, halfLies},
	{"ch", chHint, whole, wholeLies},
	{"half ch", chHint, half, halfLies},
	{"maj", majHint, whole, wholeLies},
	{"half maj", majHint, half, halfLies},
	{"packed ch", packedHint, isCh, append([]lie{{"round t", add(5, 1)}, {"round t+1", add(5, lambda)}, {"between rounds", all(add(5, lambda), add(6, -lambda/2))}}, between...)},
	{"packed maj", packedHint, isMaj, append([]lie{{"round t", add(5, 1)}, {"round t+1", add(5, lambda)}, {"other root", spurious(5)},
		{"other roots", all(spurious(3), spurious(4), spurious(31))}}, between...)},
	{"xor pair", xorPairHint, not(packs), []lie{{"first", add(0, 1)}, {"second", add(0, 4)}, {"negative", add(0, -1)}}},
	{"leftover pair", xorPairHint, packs, []lie{{"first", add(0, 1)}, {"second", add(0, lambda)}}},
}

func TestCompressVar_RejectsLyingHints(t *testing.T) {
	if err := test.IsSolved(&blockCircuit{}, block(1), ecc.BN254.ScalarField()); err != nil {
		t.Fatalf("the honest block is refused: %v", err)
	}
	for _, h := range hintLies {
		for _, l := range h.lies {
			for _, at := range []int{0, 1, last} {
				if accepted(telling(h.hint, l.tell, h.only, at)) {
					t.Errorf("%s hint, %s, call %d: accepted", h.name, l.name, at)
				}
			}
		}
	}
}

// TestCompressVar_RejectsLyingHintsInPlonk: the gates of PLONK are other ones.
func TestCompressVar_RejectsLyingHintsInPlonk(t *testing.T) {
	if !plonkSolves(&blockCircuit{}, block(1)) {
		t.Fatal("the honest block is refused")
	}
	for _, h := range hintLies {
		for _, l := range h.lies {
			var once sync.Once // which call of them it is does not matter
			lying := func(field *big.Int, in, out []*big.Int) error {
				err := h.hint(field, in, out)
				if h.only == nil || h.only(in) {
					once.Do(func() { l.tell(in, out) })
				}
				return err
			}
			if plonkSolves(&blockCircuit{}, block(1), solver.OverrideHint(solver.GetHintID(h.hint), lying)) {
				t.Errorf("%s hint, %s: accepted", h.name, l.name)
			}
		}
	}
}

// last stands for the last call of a hint: the last round pair, or step, has a shape of its
// own.
const last = -1

// telling replaces a hint by one that lies in one of its eligible calls.
func telling(hint solver.Hint, tell func(in, out []*big.Int), only func([]*big.Int) bool, at int) test.TestEngineOption {
	return replacing(hint, only, at, func(field *big.Int, in, out []*big.Int) error {
		err := hint(field, in, out)
		tell(in, out)
		return err
	})
}

// moving replaces a hint by one that takes the second input, the sum, to be more in one of
// its eligible calls.
func moving(hint solver.Hint, by int64, only func([]*big.Int) bool, at int) test.TestEngineOption {
	return replacing(hint, only, at, func(field *big.Int, in, out []*big.Int) error {
		moved := append([]*big.Int{}, in...)
		moved[1] = new(big.Int).Add(in[1], integer(by))
		return hint(field, moved, out)
	})
}

func integer(x int64) *big.Int { return new(big.Int).SetInt64(x) }

// replacing uses instead in the call of that number, counted from 0 among those that only
// selects.
func replacing(hint solver.Hint, only func([]*big.Int) bool, at int, instead solver.Hint) test.TestEngineOption {
	if at == last {
		at = calls(hint, only) - 1
	}
	n := 0
	return test.WithReplacementHint(solver.GetHintID(hint), func(field *big.Int, in, out []*big.Int) error {
		if only == nil || only(in) {
			n++
			if n-1 == at {
				return instead(field, in, out)
			}
		}
		return hint(field, in, out)
	})
}

// calls counts the eligible calls of a hint in a block.
func calls(hint solver.Hint, only func([]*big.Int) bool) int {
	n := 0
	counting := func(field *big.Int, in, out []*big.Int) error {
		if only == nil || only(in) {
			n++
		}
		return hint(field, in, out)
	}
	if !accepted(test.WithReplacementHint(solver.GetHintID(hint), counting)) || n == 0 {
		panic("the honest block does not call the hint")
	}
	return n
}

func accepted(options ...test.TestEngineOption) bool {
	return test.IsSolved(&blockCircuit{}, block(1), ecc.BN254.ScalarField(), options...) == nil
}

// TestCompressVar_RejectsLanesTheSumMakesUpFor changes a lane and the sum that it enters
// by as much, so that the addition holds and only the lane's own row refuses.
func TestCompressVar_RejectsLanesTheSumMakesUpFor(t *testing.T) {
	for _, at := range []int{0, 1, last} {
		for _, c := range []struct {
			name    string
			options []test.TestEngineOption
		}{
			{"top lane of ch, round t", []test.TestEngineOption{telling(packedHint, add(31, 1), isCh, at), moving(chHint, 1<<31, half, at)}},
			{"top lane of ch, round t+1", []test.TestEngineOption{telling(packedHint, add(31, lambda), isCh, at), moving(chHint, 1<<31, whole, at)}},
			{"top lane of maj, round t", []test.TestEngineOption{telling(packedHint, add(31, 1), isMaj, at), moving(majHint, 1<<31, half, at)}},
			{"top lane of maj, round t+1", []test.TestEngineOption{telling(packedHint, add(31, lambda), isMaj, at), moving(majHint, 1<<31, whole, at)}},
			{"low lane of ch, round t", []test.TestEngineOption{telling(packedHint, add(0, 1), isCh, at), moving(chHint, 1, half, at)}},
			{"low lane of maj, round t+1", []test.TestEngineOption{telling(packedHint, add(0, lambda), isMaj, at), moving(majHint, 1, whole, at)}},
			{"leftover, step t", []test.TestEngineOption{telling(xorPairHint, add(0, 1), packs, at), moving(stepHint, 1<<leftoverLane, half, at)}},
			{"leftover, step t+1", []test.TestEngineOption{telling(xorPairHint, add(0, lambda), packs, at), moving(stepHint, 1<<leftoverLane, whole, at)}},
		} {
			if accepted(c.options...) {
				t.Errorf("%s, call %d: accepted", c.name, at)
			}
		}
	}
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
	if solves(t, assign(IV, Pad(message), digest)) == nil {
		t.Error("another message has the same digest")
	}
	start := IV
	start[3] ^= 1
	message[17] ^= 1
	if solves(t, assign(start, Pad(message), digest)) == nil {
		t.Error("another start has the same digest")
	}
}
