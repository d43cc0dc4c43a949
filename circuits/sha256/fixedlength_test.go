package sha256

import (
	"bytes"
	stdsha256 "crypto/sha256"
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/hash"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

func prefixPlaceholder(n, minimal int) *sumCircuit {
	c := sumPlaceholder(n)
	c.Length, c.Minimal = make([]frontend.Variable, 1), minimal
	return c
}

// prefixOf assigns the digest of the first n bytes of the message.
func prefixOf(message []byte, n, minimal int) *sumCircuit {
	c := sumOf(message)
	c.Length, c.Minimal = []frontend.Variable{n}, minimal
	for i, x := range stdsha256.Sum256(message[:n]) {
		c.Digest[i] = x
	}
	return c
}

// TestFixedLengthSum_MatchesStandardLibrary compiles once for each minimum; the length is
// of the assignment.
func TestFixedLengthSum_MatchesStandardLibrary(t *testing.T) {
	message := randomBytes(5, 130)
	for _, minimal := range []int{0, 119} {
		system := circuittest.New(prefixPlaceholder(len(message), minimal)).R1CS(t)
		for n := minimal; n <= len(message); n++ {
			if err := system.Solve(t, prefixOf(message, n, minimal)); err != nil {
				t.Errorf("%d to 130 bytes, %d: %v", minimal, n, err)
			}
		}
	}
}

func TestFixedLengthSum_MatchesStandardLibraryInPlonk(t *testing.T) {
	message := randomBytes(6, 60)
	c := circuittest.New(prefixPlaceholder(len(message), 3))
	for _, n := range []int{3, 4, 55, 56, 60} {
		c.AssertAccepted(t, fmt.Sprint(n), prefixOf(message, n, 3))
	}
}

func TestFixedLengthSum_RejectsLie(t *testing.T) {
	message := randomBytes(7, 60)
	c := circuittest.New(prefixPlaceholder(len(message), 3))
	for _, out := range []struct {
		length any
		hashed int // what the hint makes of it
	}{
		{0, 3}, {2, 3}, {61, 60}, {1 << 32, 60}, {-1, 60}, {new(big.Int).Sub(circuittest.Field(), big.NewInt(61)), 60},
	} {
		lie := prefixOf(message, out.hashed, 3)
		lie.Length[0] = out.length
		c.AssertRefused(t, fmt.Sprint(out.length), lie, []string{"newLength/AssertIsEqual"})
	}
	for _, n := range []int{3, 55, 56} {
		lie := prefixOf(message, n, 3)
		lie.Length[0] = n + 1
		for _, row := range c.Record(t, lie).Refused {
			if !row.IsOf("sumCircuit.Define/AssertIsEqual") {
				t.Errorf("%d bytes: refused by %s", n+1, row)
			}
		}
		if c.Accepts(lie) {
			t.Errorf("%d bytes pass for %d", n+1, n)
		}
	}
}

// TestFixedLengthSum_IgnoresWhatFollows: bytes beyond the length need not be bytes, those
// before it do.
func TestFixedLengthSum_IgnoresWhatFollows(t *testing.T) {
	message := randomBytes(8, 60)
	c := circuittest.New(prefixPlaceholder(len(message), 3))
	honest := prefixOf(message, 30, 3)
	honest.In[30], honest.In[59] = 256, -1
	c.AssertAccepted(t, "junk beyond the length", honest)
	for _, i := range []int{0, 2, 3, 29} {
		lie := prefixOf(message, 30, 3)
		lie.In[i] = int(message[i]) + 256
		if r := c.Record(t, lie).Refused; len(r) == 0 || !r[0].IsOf("splitByte/Decompose/AssertIsBoolean") {
			t.Errorf("byte %d is not a byte: refused by %v", i, r)
		}
		if c.R1CS(t).Solve(t, lie) == nil {
			t.Errorf("byte %d is not a byte: accepted", i)
		}
	}
}

// paddingCircuit pads to whole blocks and compares each byte.
type paddingCircuit struct {
	In      []frontend.Variable
	Length  frontend.Variable
	Padded  []frontend.Variable
	Minimal int `gnark:"-"`
}

func (c *paddingCircuit) Define(api frontend.API) error {
	h, err := New(api, hash.WithMinimalLength(c.Minimal))
	if err != nil {
		return err
	}
	h.Write(bytesIn(c.In))
	l, err := newLength(api, c.Length, c.Minimal, len(c.In))
	if err != nil {
		return err
	}
	for i := range c.Padded {
		api.AssertIsEqual(h.paddedByte(l, i), c.Padded[i])
	}
	return nil
}

// TestPaddedByte_MatchesNative goes through every length between every minimum and maximum
// around the ends of blocks.
func TestPaddedByte_MatchesNative(t *testing.T) {
	ends := []int{0, 1, 8, 54, 55, 56, 57, 63, 64, 65, 119, 120, 121}
	for _, high := range ends {
		padded := 64 * (1 + lastBlock(high))
		message := bytes.Repeat([]byte{0xa5}, high)
		for _, low := range ends {
			if low > high {
				break
			}
			make := func() *paddingCircuit {
				return &paddingCircuit{In: make([]frontend.Variable, high), Padded: make([]frontend.Variable, padded), Minimal: low}
			}
			c := circuittest.New(make())
			for n := low; n <= high; n++ {
				a := make()
				a.Length = n
				for i, x := range message {
					a.In[i] = x
				}
				for i, x := range append(Pad(message[:n]), bytes.Repeat([]byte{0}, padded)...)[:padded] {
					a.Padded[i] = x
				}
				if err := c.Solve(a); err != nil {
					t.Fatalf("%d of %d to %d bytes: %v", n, low, high, err)
				}
			}
		}
	}
}

// lengthCircuit writes a length between 2 and 5 in unary.
type lengthCircuit struct{ Length frontend.Variable }

func (c *lengthCircuit) Define(api frontend.API) error {
	_, err := newLength(api, c.Length, 2, 5)
	return err
}

// TestNewLength_RejectsLyingHints answers the hint with all combinations of small numbers,
// for all lengths: only the truth holds.
func TestNewLength_RejectsLyingHints(t *testing.T) {
	c := circuittest.New(&lengthCircuit{})
	values := []int64{-1, 0, 1, 2}
	for length := range 8 {
		for n := range 64 {
			answer := [3]int64{values[n%4], values[n/4%4], values[n/16]}
			telling := circuittest.Replace(circuittest.Of(belowHint), func(_ *big.Int, _, out []*big.Int) error {
				for i := range out {
					out[i].SetInt64(answer[i])
				}
				return nil
			})
			truth := length >= 2 && length <= 5 && answer == [3]int64{unary(2 < length), unary(3 < length), unary(4 < length)}
			if c.Accepts(&lengthCircuit{length}, telling) != truth {
				t.Errorf("length %d, %v: accepted %v", length, answer, !truth)
			}
		}
	}
	swapped := circuittest.Replace(circuittest.Of(belowHint), func(_ *big.Int, _, out []*big.Int) error {
		out[0].SetInt64(0)
		out[1].SetInt64(1)
		out[2].SetInt64(0)
		return nil
	})
	c.AssertRefused(t, "a step up", &lengthCircuit{3}, []string{"newLength/AssertIsBoolean"}, swapped)
	c.AssertRows(t, "a length of 2 to 5", 5)
}

func unary(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func TestFixedLengthSum_ConstraintCount(t *testing.T) {
	for _, c := range []struct{ n, minimal, rows, gates int }{
		{0, 0, 15023, 53395}, {32, 0, 15368, 54600}, {55, 0, 15598, 55411}, {119, 0, 31404, 111744}, {119, 64, 31070, 110961},
	} {
		circuit := circuittest.New(prefixPlaceholder(c.n, c.minimal))
		circuit.AssertRows(t, fmt.Sprintf("%d to %d bytes", c.minimal, c.n), c.rows+32)
		if got := circuit.Plonk(t).Rows(); got != c.gates+32 {
			t.Errorf("%d to %d bytes: %d gates, want %d", c.minimal, c.n, got, c.gates+32)
		}
	}
}
