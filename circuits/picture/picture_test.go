package picture

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/internal/circuittest"

	gadget "github.com/genproof/genproof/circuits/sha256"
)

// messageCircuit says which bits follow the prefix. Without Claim it says nothing, so that
// only the checksums' own rows can refuse.
type messageCircuit struct {
	Pixels  []PixelVar
	Message []frontend.Variable
	Frame   Frame `gnark:"-"`
	Claim   bool  `gnark:"-"`
}

func (c *messageCircuit) Define(api frontend.API) error {
	for _, p := range c.Pixels {
		for _, b := range p {
			api.AssertIsBoolean(b)
		}
	}
	message, err := c.Frame.messageVar(api, c.Pixels)
	if err != nil || !c.Claim {
		return err
	}
	if len(message) != len(c.Message) {
		return fmt.Errorf("%d bits, want %d", len(message), len(c.Message))
	}
	for i := range message {
		api.AssertIsEqual(message[i], c.Message[i])
	}
	return nil
}

func newMessage(f Frame, claim bool) *messageCircuit {
	c := &messageCircuit{Frame: f, Claim: claim, Pixels: placeholderPixels(f)}
	if claim {
		c.Message = make([]frontend.Variable, 8*len(paddedTail(f, make([]byte, f.FileBytes()))))
	}
	return c
}

func placeholderPixels(f Frame) []PixelVar {
	pixels := make([]PixelVar, f.Pixels())
	for i := range pixels {
		pixels[i] = make(PixelVar, f.Depth)
	}
	return pixels
}

func valueOfPixels(f Frame, pixels []byte) []PixelVar {
	out := placeholderPixels(f)
	for i, p := range pixels {
		for k := range out[i] {
			out[i][k] = p >> k & 1
		}
	}
	return out
}

// paddedTail returns what a file has behind its prefix, as SHA-256 pads it.
func paddedTail(f Frame, file []byte) []byte { return gadget.Pad(file)[f.PrefixBytes():] }

// message returns an assignment for a file, which states its bits if claim is set.
func message(f Frame, file, pixels []byte, claim bool) *messageCircuit {
	c := newMessage(f, claim)
	c.Pixels = valueOfPixels(f, pixels)
	if claim {
		for i := range c.Message {
			c.Message[i] = paddedTail(f, file)[i/8] >> (7 - i%8) & 1
		}
	}
	return c
}

// pixelSets are the extremes, and something between.
func pixelSets(f Frame) map[string][]byte {
	return map[string][]byte{
		"all zero": make([]byte, f.Pixels()),
		"all most": bytes.Repeat([]byte{byte(f.Colours() - 1)}, f.Pixels()),
		"random":   somePixels(f, random()),
	}
}

func TestMessage_IsTheFiles(t *testing.T) {
	for _, f := range frames() {
		c := circuittest.New(newMessage(f, true)).WithoutPlonk()
		for name, pixels := range pixelSets(f) {
			file := mustEncode(t, f, somePalette(f, true), pixels)
			c.AssertAccepted(t, fmt.Sprintf("%+v, %s", f, name), message(f, file, pixels, true))
		}
	}
}

// Every number of the two checksums is a split: of the sums, of what is left of them, and of the
// parities. A bit answered otherwise is refused by the split's own rows.
func TestChecksums_RefuseEachOtherBit(t *testing.T) {
	for _, f := range frames() {
		c := circuittest.New(newMessage(f, false)).WithoutPlonk()
		pixels := somePixels(f, random())
		hints := c.Record(t, message(f, nil, pixels, false)).Hints
		if len(hints) < 32+2 {
			t.Fatalf("%+v: %d splits", f, len(hints))
		}
		for i, call := range hints {
			owner := "modulo"
			if i >= len(hints)-32 {
				owner = "crcVar/parity/Decompose"
			}
			bit := i % call.Outputs
			r := c.RecordTwisted(t, message(f, nil, pixels, false), circuittest.Twist{
				Hint: i, Product: -1, Change: func(_, out []*big.Int) { out[bit].Xor(out[bit], big.NewInt(1)) },
			})
			assertRefusedBy(t, fmt.Sprintf("%+v, split %d, bit %d", f, i, bit), r, owner, "crcVar/parity/Decompose")
		}
	}
}

// modulusCircuit says what a number leaves of 65,521.
type modulusCircuit struct {
	X, Rest frontend.Variable
	Most    int64 `gnark:"-"`
}

func (c *modulusCircuit) Define(api frontend.API) error {
	s := newSum(0)
	s.add(api, c.X, 1)
	s.most = c.Most
	api.AssertIsEqual(bits.Number(api, modulo(api, s)), c.Rest)
	return nil
}

func TestModulo_IsRemainder(t *testing.T) {
	for _, most := range []int64{1000, adlerBase - 1, adlerBase, 2*adlerBase - 1, 2 * adlerBase, 1 << 24, 142_000_000} {
		c := circuittest.New(&modulusCircuit{Most: most})
		for _, x := range []int64{0, 1, 15, 65520, 65521, 65535, 65536, 131041, 131042, 131071, 12345678, most / 2, most - 1, most} {
			if x > most {
				continue
			}
			for _, lie := range []int64{0, 1, -1, adlerBase, -adlerBase, 12345} {
				rest := x%adlerBase + lie
				a := &modulusCircuit{X: x, Rest: rest, Most: most}
				if c.Accepts(a) != (lie == 0) {
					t.Errorf("%d of at most %d, remainder %d: taken is %v", x, most, rest, lie != 0)
				}
			}
		}
	}
}

// assertRefusedBy fails unless the owner's rows refuse, alone or with rows that a lie cannot
// help breaking: a bit that is none is none for the CRC either.
func assertRefusedBy(t *testing.T, name string, r *circuittest.Recording, owner string, others ...string) {
	t.Helper()
	owned := false
	for _, row := range r.Refused {
		switch {
		case row.IsOf(owner):
			owned = true
		case !slices.ContainsFunc(others, row.IsOf):
			t.Errorf("%s: refused by %s, want %s", name, row, owner)
		}
	}
	if !owned {
		t.Errorf("%s: %s does not refuse", name, owner)
	}
}

func TestChecksums_Rows(t *testing.T) {
	for f, want := range map[Frame]int{{24, 4}: 444} {
		boolean := f.Pixels() * f.Depth
		circuittest.New(newMessage(f, false)).WithoutPlonk().AssertRows(t, fmt.Sprintf("%+v", f), boolean+want)
	}
}

// digestCircuit says what the SHA-256 of the pixels' file is.
type digestCircuit struct {
	Start     [8]gadget.WordVar
	Pixels    []PixelVar
	High, Low frontend.Variable
	Frame     Frame `gnark:"-"`
}

func (c *digestCircuit) Define(api frontend.API) error {
	for _, w := range c.Start {
		gadget.AssertWord(api, w)
	}
	for _, p := range c.Pixels {
		for _, b := range p {
			api.AssertIsBoolean(b)
		}
	}
	high, low, err := DigestVar(api, c.Frame, gadget.NewState(api, c.Start), c.Pixels)
	if err != nil {
		return err
	}
	api.AssertIsEqual(high, c.High)
	api.AssertIsEqual(low, c.Low)
	return nil
}

func newDigest(f Frame) *digestCircuit { return &digestCircuit{Frame: f, Pixels: placeholderPixels(f)} }

// digest returns the assignment of a file, whose digest is crypto/sha256's.
func digest(t *testing.T, f Frame, palette Palette, pixels []byte) *digestCircuit {
	t.Helper()
	start, err := f.Midstate(palette)
	if err != nil {
		t.Fatal(err)
	}
	c := &digestCircuit{Frame: f, Pixels: valueOfPixels(f, pixels)}
	for i, w := range start {
		c.Start[i] = gadget.ValueOfWord(w)
	}
	sum := sha256.Sum256(mustEncode(t, f, palette, pixels))
	c.High, c.Low = new(big.Int).SetBytes(sum[:16]), new(big.Int).SetBytes(sum[16:])
	return c
}

func TestDigest_IsCryptoSHA256s(t *testing.T) {
	for _, f := range []Frame{{16, 1}, {24, 4}} {
		c := circuittest.New(newDigest(f))
		for name, pixels := range pixelSets(f) {
			if err := c.Solve(digest(t, f, somePalette(f, false), pixels)); err != nil {
				t.Errorf("%+v, %s: %v", f, name, err)
			}
		}
	}
}

func TestDigest_RefusesAnotherPicture(t *testing.T) {
	f := Frame{16, 1}
	c := circuittest.New(newDigest(f)).WithoutPlonk()
	palette, pixels := somePalette(f, true), somePixels(f, random())
	c.AssertAccepted(t, "its own", digest(t, f, palette, pixels))
	equal := "Define/AssertIsEqual"
	for i := 0; i < f.Pixels(); i += 37 {
		lie := digest(t, f, palette, pixels)
		lie.Pixels[i][0] = 1 - pixels[i]
		c.AssertRefused(t, fmt.Sprintf("pixel %d", i), lie, []string{equal, equal})
	}
	lie := digest(t, f, palette, pixels)
	lie.Start = digest(t, f, somePalette(f, false), pixels).Start
	c.AssertRefused(t, "another palette", lie, []string{equal, equal})
}

func TestDigest_RefusesOtherSizesWhileCompiling(t *testing.T) {
	f := Frame{16, 1}
	few, deep, odd := newDigest(f), newDigest(f), newDigest(f)
	few.Pixels = few.Pixels[1:]
	deep.Pixels[3] = make(PixelVar, 2)
	odd.Frame.Side = 20
	for name, c := range map[string]*digestCircuit{"a pixel less": few, "a deep pixel": deep, "another side": odd} {
		if _, err := circuittest.New(c).Compile(r1cs.NewBuilder); !errors.Is(err, ErrFrame) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
