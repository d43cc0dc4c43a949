package sha256

import (
	stdsha256 "crypto/sha256"
	"encoding/binary"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/std/hash"
	"github.com/consensys/gnark/std/math/uints"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// sumCircuit hashes bytes, all of them or as many as Length says.
type sumCircuit struct {
	In     []frontend.Variable
	Length []frontend.Variable   // one, or none for all bytes
	Digest [32]frontend.Variable `gnark:",public"`

	Minimal int `gnark:"-"`
}

func (c *sumCircuit) Define(api frontend.API) error {
	h, err := New(api, hash.WithMinimalLength(c.Minimal))
	if err != nil {
		return err
	}
	h.Write(bytesIn(c.In))
	var digest []uints.U8
	if len(c.Length) == 0 {
		digest = h.Sum()
	} else {
		digest = h.FixedLengthSum(c.Length[0])
	}
	for i := range c.Digest {
		api.AssertIsEqual(digest[i].Val, c.Digest[i])
	}
	return nil
}

func bytesIn(values []frontend.Variable) []uints.U8 {
	bytes := make([]uints.U8, len(values))
	for i, x := range values {
		bytes[i].Val = x
	}
	return bytes
}

func sumPlaceholder(n int) *sumCircuit { return &sumCircuit{In: make([]frontend.Variable, n)} }

func sumOf(message []byte) *sumCircuit {
	c := sumPlaceholder(len(message))
	for i, x := range message {
		c.In[i] = x
	}
	for i, x := range stdsha256.Sum256(message) {
		c.Digest[i] = x
	}
	return c
}

func TestPad_MatchesStandardLibrary(t *testing.T) {
	for n := range 201 {
		message, state := randomBytes(int64(n), n), IV
		for padded := Pad(message); len(padded) > 0; padded = padded[64:] {
			state = Compress(state, (*[64]byte)(padded))
		}
		var digest []byte
		for _, w := range state {
			digest = binary.BigEndian.AppendUint32(digest, w)
		}
		if [32]byte(digest) != stdsha256.Sum256(message) {
			t.Errorf("%d bytes: another digest", n)
		}
	}
}

func TestHasher_MatchesStandardLibrary(t *testing.T) {
	for n := range 66 {
		assertSums(t, n)
	}
	for _, n := range []int{118, 119, 120, 121, 200} {
		assertSums(t, n)
	}
}

func assertSums(t *testing.T, n int) {
	t.Helper()
	if err := test.IsSolved(sumPlaceholder(n), sumOf(randomBytes(int64(n), n)), ecc.BN254.ScalarField()); err != nil {
		t.Errorf("%d bytes: %v", n, err)
	}
}

// TestHasher_MatchesStandardLibraryInBothSystems also covers a message with no variable.
func TestHasher_MatchesStandardLibraryInBothSystems(t *testing.T) {
	for _, n := range []int{0, 1, 55, 56, 64, 119} {
		circuittest.New(sumPlaceholder(n)).AssertAccepted(t, "bytes", sumOf(randomBytes(9, n)))
	}
}

func FuzzHasher_MatchesStandardLibrary(f *testing.F) {
	f.Add([]byte("abc"), uint8(2))
	f.Add(randomBytes(1, 130), uint8(64))
	f.Fuzz(func(t *testing.T, message []byte, length uint8) {
		message = message[:min(len(message), 140)]
		if err := test.IsSolved(sumPlaceholder(len(message)), sumOf(message), ecc.BN254.ScalarField()); err != nil {
			t.Errorf("%x: %v", message, err)
		}
		n := min(int(length), len(message))
		if err := test.IsSolved(prefixPlaceholder(len(message), 0), prefixOf(message, n, 0), ecc.BN254.ScalarField()); err != nil {
			t.Errorf("%d bytes of %x: %v", n, message, err)
		}
	})
}

// writesCircuit uses a hasher in every order, with constant and variable bytes.
type writesCircuit struct {
	B frontend.Variable
}

func (c *writesCircuit) Define(api frontend.API) error {
	h, err := New(api)
	if err != nil {
		return err
	}
	expect := func(message string) {
		assertBytes(api, h.Sum(), stdsha256.Sum256([]byte(message)))
	}
	h.Write(uints.NewU8Array([]byte("a")))
	expect("a")
	h.Write([]uints.U8{{Val: c.B}})
	h.Write(uints.NewU8Array([]byte("c")))
	expect("abc")
	assertBytes(api, h.FixedLengthSum(2), stdsha256.Sum256([]byte("ab")))
	h.Reset()
	expect("")
	return nil
}

func assertBytes(api frontend.API, got []uints.U8, want [32]byte) {
	for i, x := range want {
		api.AssertIsEqual(got[i].Val, x)
	}
}

func TestHasher_Writes(t *testing.T) {
	err := test.IsSolved(&writesCircuit{}, &writesCircuit{B: 'b'}, ecc.BN254.ScalarField())
	if err != nil {
		t.Error(err)
	}
	if test.IsSolved(&writesCircuit{}, &writesCircuit{B: 'B'}, ecc.BN254.ScalarField()) == nil {
		t.Error("another byte has the same digest")
	}
	var h Hasher
	if h.Size() != stdsha256.Size || h.BlockSize() != stdsha256.BlockSize {
		t.Errorf("sizes %d and %d", h.Size(), h.BlockSize())
	}
}

func TestHasher_RejectsLie(t *testing.T) {
	c := circuittest.New(sumPlaceholder(56))
	for i := range 32 {
		lie := sumOf(randomBytes(3, 56))
		lie.Digest[i] = lie.Digest[i].(byte) ^ 1
		if i%8 == 0 {
			c.AssertRefused(t, "a byte of the digest", lie, []string{"sumCircuit.Define/AssertIsEqual"})
		} else if r := c.Record(t, lie).Refused; len(r) != 1 || !r[0].IsOf("sumCircuit.Define/AssertIsEqual") {
			t.Errorf("byte %d of the digest: refused by %v", i, r)
		}
	}
	for _, i := range []int{0, 3, 55} {
		message := randomBytes(3, 56)
		lie := sumOf(message)
		lie.In[i] = message[i] ^ 0x80
		for _, row := range c.Record(t, lie).Refused {
			if !row.IsOf("sumCircuit.Define/AssertIsEqual") {
				t.Errorf("byte %d: refused by %s", i, row)
			}
		}
		if c.Accepts(lie) {
			t.Errorf("byte %d does not matter", i)
		}
	}
}

// splitCircuit splits a byte and does nothing with its bits.
type splitCircuit struct{ X frontend.Variable }

func (c *splitCircuit) Define(api frontend.API) error {
	splitByte(api, c.X)
	return nil
}

func TestSplitByte_RejectsWhatIsNotAByte(t *testing.T) {
	c := circuittest.New(&splitCircuit{})
	for x := range 256 {
		if !c.Accepts(&splitCircuit{x}) {
			t.Errorf("%d is refused", x)
		}
	}
	c.AssertAccepted(t, "255", &splitCircuit{255})
	for _, x := range []any{256, 257, 511, 1 << 32, -1, new(big.Int).Rsh(circuittest.Field(), 1)} {
		c.AssertRefused(t, "not a byte", &splitCircuit{x}, []string{"splitByte/Decompose/AssertIsBoolean"})
	}
	c.AssertRows(t, "a byte", 8)
}

// TestHasher_RejectsLyingHints: the split of a byte has no other bits, whatever the hint says.
func TestHasher_RejectsLyingHints(t *testing.T) {
	c := circuittest.New(&splitCircuit{})
	hint := circuittest.HintNamed("bits.bitsHint")
	for _, l := range []lie{{name: "low bit", tell: flip(0)}, {name: "high bit", tell: flip(6)}, {name: "two", tell: to(2, 2)}, {name: "minus one", tell: to(2, -1)}, {name: "bits that are none", tell: borrow(3)}} {
		telling := func(field *big.Int, in, out []*big.Int) error {
			err := hint.Func(field, in, out)
			l.tell(in, out)
			return err
		}
		lies := circuittest.Replace(hint, telling)
		if len(c.Record(t, &splitCircuit{0x5a}, lies).Refused) == 0 || c.Accepts(&splitCircuit{0x5a}, lies) {
			t.Errorf("%s: accepted", l.name)
		}
	}
}

// misuseCircuit does something that panics.
type misuseCircuit struct {
	X   frontend.Variable
	Use func(api frontend.API, h *Hasher, x frontend.Variable) `gnark:"-"`
}

func (c *misuseCircuit) Define(api frontend.API) error {
	h, err := New(api, hash.WithMinimalLength(2))
	if err == nil {
		c.Use(api, h, c.X)
	}
	return err
}

func TestHasher_MisuseIsAnErrorOfCompile(t *testing.T) {
	two := uints.NewU8Array([]byte{1, 2})
	for name, use := range map[string]func(api frontend.API, h *Hasher, x frontend.Variable){
		"a byte without a value":         func(_ frontend.API, h *Hasher, _ frontend.Variable) { h.Write(make([]uints.U8, 1)) },
		"a constant byte of 256":         func(_ frontend.API, h *Hasher, _ frontend.Variable) { h.Write([]uints.U8{{Val: 256}}); h.Sum() },
		"less than the minimal length":   func(_ frontend.API, h *Hasher, x frontend.Variable) { h.Write(two[:1]); h.FixedLengthSum(x) },
		"a constant length beyond":       func(_ frontend.API, h *Hasher, _ frontend.Variable) { h.Write(two); h.FixedLengthSum(3) },
		"a constant length below":        func(_ frontend.API, h *Hasher, _ frontend.Variable) { h.Write(two); h.FixedLengthSum(1) },
		"a constant length of minus one": func(_ frontend.API, h *Hasher, _ frontend.Variable) { h.Write(two); h.FixedLengthSum(-1) },
	} {
		for kind, builder := range map[string]frontend.NewBuilder{"R1CS": r1cs.NewBuilder[constraint.U64], "PLONK": scs.NewBuilder[constraint.U64]} {
			_, err := circuittest.New(&misuseCircuit{Use: use}).Partial().Compile(builder)
			if err == nil || !strings.Contains(err.Error(), "sha256: ") {
				t.Errorf("%s, %s: %v", name, kind, err)
			}
		}
	}
	negative := sumPlaceholder(0)
	negative.Minimal = -1
	if _, err := circuittest.New(negative).Compile(r1cs.NewBuilder); err == nil || !strings.Contains(err.Error(), "sha256: ") {
		t.Errorf("a minimal length of -1: %v", err)
	}
}

// TestHasher_ConstraintCount pins the costs, the 32 equalities of the test apart.
func TestHasher_ConstraintCount(t *testing.T) {
	for _, c := range []struct{ n, rows, gates int }{
		{0, 15022, 53394}, {32, 15278, 54323}, {55, 15462, 55056}, {56, 30430, 108643}, {119, 30934, 110575},
	} {
		circuit := circuittest.New(sumPlaceholder(c.n))
		circuit.AssertRows(t, "sum", c.rows+32)
		if got := circuit.Plonk(t).Rows(); got != c.gates+32 {
			t.Errorf("%d bytes: %d gates, want %d", c.n, got, c.gates+32)
		}
	}
}
