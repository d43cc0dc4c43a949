package sha256

import (
	stdsha256 "crypto/sha256"
	"math/big"
	"testing"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
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

var isBit = []string{"newSplit/AssertIsBoolean"}

// splitLies are lies about the bits of an integer, which the row of the owner adds up.
func splitLies(owner string) []lie {
	row := []string{owner + "/assertCarry"}
	return []lie{
		{"low bit", flip(0), row, false},
		{"high bit", flip(31), row, false},
		{"last carry bit", func(_, out []*big.Int) { i := len(out) - 1; out[i].Sub(big.NewInt(1), out[i]) }, row, false},
		{"bits that are none", borrow(3), isBit, true},
		{"a word of 33 bits", func(_, out []*big.Int) { out[31].Add(out[31], big.NewInt(2)) }, isBit, true},
		{"a bit of minus one", to(0, -1), isBit, true},
	}
}

// pairLies are those about a split with a carry, whose lowest wire weighs 2^weight.
func pairLies(weight uint) []lie {
	return append(splitLies("assertPair"), lie{"a carry that is not a bit", compensated(weight), isBit, false})
}

var (
	whole, half    = input(0, 0), input(0, 1) // of splits
	isCh, isMaj    = input(0, 0), input(0, 1) // of packed lanes
	inBig, inSmall = input(4, 0), input(4, 1) // of sigmas
	packs          = input(2, lambda)         // of pairs of XORs: the leftover lane
)

// rowsOf names rows that refuse a lie about a lane: its own, and the addition's unless
// nothing changes there.
func rowsOf(owners ...string) []string { return owners }

// between are lies that keep the sum of the lanes and change two of them.
func between(owner string) []lie {
	both := rowsOf(owner, owner)
	return []lie{
		{"between lanes", all(add(5, 2), add(6, -1)), both, false},
		{"between the top lanes", all(add(30, 2), add(31, -1)), both, false},
		{"between rounds", all(add(5, lambda), add(6, -lambda/2)), both, false},
	}
}

// xorLies are lies about lanes in which only one row has a say: what reads them is computed
// from the lie.
func xorLies(owner string, lies map[string]func(in, out []*big.Int)) []lie {
	var told []lie
	for name, tell := range lies {
		told = append(told, lie{name, tell, rowsOf(owner), false})
	}
	return told
}

type tell = func(in, out []*big.Int)

var hintLies = []struct {
	name string
	hint solver.Hint
	only func(in []*big.Int) bool // the calls to lie in, all if nil
	lies []lie
}{
	{"small sigma", sigmaHint, inSmall, xorLies("smallSigmaVar/assertXor3",
		map[string]tell{"first lane": flip(0), "last lane all have": flip(21), "two": add(7, 2), "minus one": add(7, -1)})},
	{"big sigma", sigmaHint, inBig, xorLies("bigSigmaVar/assertXor3",
		map[string]tell{"first lane": flip(0), "last lane all have": flip(30), "two": add(7, 2)})},
	{"big sigma 0", sigmaHint, input(1, 2), xorLies("newA/bigSigmaVar/assertXor3", map[string]tell{"top lane": flip(31)})},
	{"sum", sumHint, nil, splitLies("reduce/assertSum")},
	{"step", stepHint, whole, pairLies(32)},
	{"half step", stepHint, half, pairLies(33)},
	{"ch", chHint, whole, pairLies(32)},
	{"half ch", chHint, half, pairLies(33)},
	{"maj", majHint, whole, pairLies(32)},
	{"half maj", majHint, half, pairLies(33)},
	{"packed ch", packedHint, isCh, append(between("assertPackedCh"),
		lie{"round t", add(5, 1), rowsOf("assertPackedCh", "assertPair"), false},
		lie{"round t+1", add(5, lambda), rowsOf("assertPackedCh", "assertPair"), false})},
	{"packed maj", packedHint, isMaj, append(between("assertPackedMaj"),
		lie{"round t", add(5, 1), rowsOf("assertPackedMaj", "assertPair"), false},
		lie{"round t+1", add(5, lambda), rowsOf("assertPackedMaj", "assertPair"), false},
		lie{"other root", spurious(5), rowsOf("assertPair"), false},
		lie{"other roots", all(spurious(3), spurious(4), spurious(31)), rowsOf("assertPair"), false})},
	{"xor pair", xorPairHint, not(packs), xorLies("stepSum/assertXor2",
		map[string]tell{"first": add(0, 1), "second": add(0, 4), "negative": add(0, -1)})},
	{"leftover pair", xorPairHint, packs, []lie{
		{"first", add(0, 1), rowsOf("stepPair/assertXor2", "assertPair"), false},
		{"second", add(0, lambda), rowsOf("stepPair/assertXor2", "assertPair"), false}}},
}

func TestCompressVar_RejectsLyingHints(t *testing.T) {
	c := circuittest.New(&blockCircuit{})
	c.AssertAccepted(t, "the honest block", block(1), tolerant()...)
	for _, h := range hintLies {
		final := calls(t, c, h.hint, h.only) - 1
		for _, l := range h.lies {
			for _, at := range []int{0, 1, final} {
				refused := c.Record(t, block(1), append(tolerant(), telling(t, c, h.hint, l.tell, h.only, at))...).Refused
				if !l.refusedBy(refused) {
					t.Errorf("%s hint, %s, call %d: refused by %v, want %v", h.name, l.name, at, refused, l.owners)
				}
			}
			for _, s := range []*circuittest.System{c.R1CS(t), c.Plonk(t)} {
				if s.Solve(t, block(1), append(tolerant(), once(h.hint, l.tell, h.only))...) == nil {
					t.Errorf("%s hint, %s: accepted in %d rows", h.name, l.name, s.Rows())
				}
			}
		}
	}
}

// TestCompressVar_RejectsLanesTheSumMakesUpFor changes a lane and the sum that it enters
// by as much, so that the addition holds and only the lane's own row refuses.
func TestCompressVar_RejectsLanesTheSumMakesUpFor(t *testing.T) {
	c := circuittest.New(&blockCircuit{})
	for _, l := range []struct {
		name  string
		lane  solver.Hint
		tell  func(in, out []*big.Int)
		lanes func([]*big.Int) bool
		sum   solver.Hint
		by    int64
		sums  func([]*big.Int) bool
		owner string
	}{
		{"top lane of ch, round t", packedHint, add(31, 1), isCh, chHint, 1 << 31, half, "assertPackedCh"},
		{"top lane of ch, round t+1", packedHint, add(31, lambda), isCh, chHint, 1 << 31, whole, "assertPackedCh"},
		{"top lane of maj, round t", packedHint, add(31, 1), isMaj, majHint, 1 << 31, half, "assertPackedMaj"},
		{"top lane of maj, round t+1", packedHint, add(31, lambda), isMaj, majHint, 1 << 31, whole, "assertPackedMaj"},
		{"low lane of ch, round t", packedHint, add(0, 1), isCh, chHint, 1, half, "assertPackedCh"},
		{"low lane of maj, round t+1", packedHint, add(0, lambda), isMaj, majHint, 1, whole, "assertPackedMaj"},
		{"leftover, step t", xorPairHint, add(0, 1), packs, stepHint, 1 << leftoverLane, half, "stepPair/assertXor2"},
		{"leftover, step t+1", xorPairHint, add(0, lambda), packs, stepHint, 1 << leftoverLane, whole, "stepPair/assertXor2"},
	} {
		for _, at := range []int{0, 1, last} {
			refused := c.Record(t, block(1), telling(t, c, l.lane, l.tell, l.lanes, at), moving(t, c, l.sum, l.by, l.sums, at)).Refused
			if len(refused) != 1 || !refused[0].IsOf(l.owner) {
				t.Errorf("%s, call %d: refused by %v, want %s", l.name, at, refused, l.owner)
			}
		}
	}
}

// TestCompressVar_NothingMovesBetweenRounds adds one to round t and takes it from the
// scaled round t+1 in the words themselves, with every later value recomputed.
func TestCompressVar_NothingMovesBetweenRounds(t *testing.T) {
	c := circuittest.New(&blockCircuit{})
	for _, delta := range []int64{1, -1, 1 << 31} {
		lying := circuittest.Replace(circuittest.Of(chHint), func(field *big.Int, in, out []*big.Int) error {
			shifted := append([]*big.Int{}, in...)
			shifted[1] = new(big.Int).Add(in[1], big.NewInt(delta))
			if shifted[1].Sign() < 0 {
				shifted[1].SetInt64(0)
			}
			return chHint(field, shifted, out)
		})
		refused := c.Record(t, block(2), lying).Refused
		if len(refused) != 32 {
			t.Errorf("sums off by %d: %d rows refuse, want one a pair of rounds", delta, len(refused))
		}
		for _, row := range refused {
			if !row.IsOf("roundPair/assertPair") {
				t.Errorf("sums off by %d are refused by %s", delta, row)
			}
		}
	}
}

// Messages and starts that differ in one bit have other digests, and nothing but the
// comparison refuses.
func TestCompressVar_RejectsOtherMessage(t *testing.T) {
	message := randomBytes(3, 55)
	digest := stdsha256.Sum256(message)
	halves := []string{"chainCircuit.Define/AssertIsEqual", "chainCircuit.Define/AssertIsEqual"}
	c := circuittest.New(chainPlaceholder(1))
	message[17] ^= 1
	c.AssertRefused(t, "another message", assign(IV, Pad(message), digest), halves)
	start := IV
	start[3] ^= 1
	message[17] ^= 1
	c.AssertRefused(t, "another start", assign(start, Pad(message), digest), halves)
}
