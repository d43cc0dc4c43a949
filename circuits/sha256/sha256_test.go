package sha256

import (
	"bytes"
	stdsha256 "crypto/sha256"
	"encoding"
	"encoding/binary"
	"fmt"
	"math/big"
	"math/rand"
	"testing"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// chainCircuit hashes blocks from a given state.
type chainCircuit struct {
	Start     [8]WordVar
	Blocks    [][16]WordVar
	High, Low frontend.Variable `gnark:",public"`
}

func (c *chainCircuit) Define(api frontend.API) error {
	for _, w := range c.Start {
		AssertWord(api, w)
	}
	state := NewState(api, c.Start)
	for _, block := range c.Blocks {
		for _, w := range block {
			AssertWord(api, w)
		}
		var err error
		if state, err = CompressVar(api, state, block); err != nil {
			return err
		}
	}
	high, low, err := state.Digest(api)
	if err != nil {
		return err
	}
	api.AssertIsEqual(high, c.High)
	api.AssertIsEqual(low, c.Low)
	return nil
}

func chainPlaceholder(n int) *chainCircuit { return &chainCircuit{Blocks: make([][16]WordVar, n)} }

// assign returns the assignment for padded, whole blocks.
func assign(start State, blocks []byte, digest [32]byte) *chainCircuit {
	c := chainPlaceholder(len(blocks) / 64)
	for i, x := range start {
		c.Start[i] = ValueOfWord(x)
	}
	for i := range c.Blocks {
		c.Blocks[i] = ValueOfBlock((*[64]byte)(blocks[64*i:]))
	}
	c.High, c.Low = limbs(digest)
	return c
}

func limbs(digest [32]byte) (high, low any) {
	return new(big.Int).SetBytes(digest[:16]), new(big.Int).SetBytes(digest[16:])
}

func solves(t *testing.T, c *chainCircuit) error {
	t.Helper()
	return circuittest.New(chainPlaceholder(len(c.Blocks))).Solve(c)
}

func randomBytes(seed int64, n int) []byte {
	b := make([]byte, n)
	rand.New(rand.NewSource(seed)).Read(b)
	return b
}

func TestCompress_MatchesStandardLibrary(t *testing.T) {
	for _, blocks := range []int{1, 2, 5} {
		message := randomBytes(int64(blocks), 64*blocks)
		h := stdsha256.New()
		h.Write(message)
		saved, err := h.(encoding.BinaryMarshaler).MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		state := IV
		for i := range blocks {
			state = Compress(state, (*[64]byte)(message[64*i:]))
		}
		for i, w := range state {
			if want := binary.BigEndian.Uint32(saved[4+4*i:]); w != want {
				t.Errorf("%d blocks, word %d: %08x, want %08x", blocks, i, w, want)
			}
		}
	}
}

func TestCompressVar_MatchesStandardLibrary(t *testing.T) {
	for _, n := range []int{0, 1, 54, 55, 56, 57, 63, 64, 65, 118, 119, 120, 128} {
		message := randomBytes(int64(n), n)
		if err := solves(t, assign(IV, Pad(message), stdsha256.Sum256(message))); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	for _, b := range []byte{0x00, 0xff, 0x55, 0xaa} {
		message := bytes.Repeat([]byte{b}, 119)
		if err := solves(t, assign(IV, Pad(message), stdsha256.Sum256(message))); err != nil {
			t.Errorf("119 bytes %#x: %v", b, err)
		}
	}
}

func TestCompressVar_ContinuesFromMidstate(t *testing.T) {
	message := randomBytes(7, 64*3+20)
	mid := Compress(Compress(IV, (*[64]byte)(message)), (*[64]byte)(message[64:]))
	if err := solves(t, assign(mid, Pad(message)[128:], stdsha256.Sum256(message))); err != nil {
		t.Error(err)
	}
}

// TestCompressVar_HasRoomForEveryCarry compresses words of all ones and all zeros, where
// sums are the largest and smallest.
func TestCompressVar_HasRoomForEveryCarry(t *testing.T) {
	for n := range 1 << 5 {
		var start State
		for i := range start {
			start[i] = -uint32(n >> (i % 3) & 1)
		}
		blocks := make([]byte, 128)
		for i := range blocks {
			blocks[i] = byte(-(n >> (3 + i/4%2) & 1))
		}
		state := start
		for i := 0; i < len(blocks); i += 64 {
			state = Compress(state, (*[64]byte)(blocks[i:]))
		}
		var digest [32]byte
		for i, w := range state {
			binary.BigEndian.PutUint32(digest[4*i:], w)
		}
		if err := solves(t, assign(start, blocks, digest)); err != nil {
			t.Errorf("pattern %d: %v", n, err)
		}
	}
}

func FuzzCompressVar_MatchesStandardLibrary(f *testing.F) {
	f.Add([]byte("abc"))
	f.Add(bytes.Repeat([]byte{0xff}, 100))
	f.Fuzz(func(t *testing.T, message []byte) {
		message = message[:min(len(message), 183)]
		if err := solves(t, assign(IV, Pad(message), stdsha256.Sum256(message))); err != nil {
			t.Errorf("%x: %v", message, err)
		}
	})
}

// TestCompressVar_ConstraintCount pins the cost of a block, 512 message bits included.
// The surroundings of the test cost 324: 256 bits of the start, and the digest.
func TestCompressVar_ConstraintCount(t *testing.T) {
	for blocks, want := range map[int]int{0: 324, 1: 324 + 15468, 2: 324 + 2*15468 + 4, 12: 324 + 12*15468 + 42} {
		circuittest.New(chainPlaceholder(blocks)).AssertRows(t, fmt.Sprintf("%d blocks", blocks), want)
	}
}
