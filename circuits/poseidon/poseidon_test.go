package poseidon

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

type squeezeCircuit struct {
	In  []frontend.Variable
	Out []frontend.Variable `gnark:",public"`
}

func (c *squeezeCircuit) Define(api frontend.API) error {
	out := SqueezeVar(api, Slot, len(c.Out), c.In...)
	for i := range out {
		api.AssertIsEqual(out[i], c.Out[i])
	}
	return nil
}

func placeholder(nbIn, nbOut int) *squeezeCircuit {
	return &squeezeCircuit{In: make([]frontend.Variable, nbIn), Out: make([]frontend.Variable, nbOut)}
}

func assignment(in, out []fr.Element) *squeezeCircuit {
	c := placeholder(len(in), len(out))
	for i := range in {
		c.In[i] = in[i]
	}
	for i := range out {
		c.Out[i] = out[i]
	}
	return c
}

func inputs(n int, seed uint64) []fr.Element {
	in := make([]fr.Element, n)
	for i := range in {
		in[i].SetUint64(seed + uint64(i))
		in[i].Exp(in[i], big.NewInt(97)) // spread over the field
	}
	return in
}

// sponge is the construction written out once more over gnark-crypto's permutation.
func sponge(t *testing.T, w, partial, nbOut int, tag string, in []fr.Element) []fr.Element {
	t.Helper()
	permutation := poseidon2.NewPermutation(w, 8, partial)
	state := make([]fr.Element, w)
	state[0].SetBytes([]byte(tag))
	for i := 0; i == 0 || i < len(in); i += w - 1 {
		for j := i; j < i+w-1 && j < len(in); j++ {
			state[1+j-i].Add(&state[1+j-i], &in[j])
		}
		if err := permutation.Permutation(state); err != nil {
			t.Fatal(err)
		}
	}
	var out []fr.Element
	for len(out) < nbOut {
		if len(out) > 0 {
			if err := permutation.Permutation(state); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, state[1:]...)
	}
	return out[:nbOut]
}

func TestSqueeze_IsTheSponge(t *testing.T) {
	for _, c := range []struct {
		nbIn, nbOut, w, partial int
		tag                     string
	}{
		{0, 1, 4, 56, "genproof/2/slot/0/1"},
		{3, 1, 4, 56, "genproof/2/slot/3/1"},
		{4, 1, 8, 57, "genproof/2/slot/4/1"},
		{9, 1, 12, 57, "genproof/2/slot/9/1"},
		{15, 1, 16, 57, "genproof/2/slot/15/1"},
		{16, 1, 12, 57, "genproof/2/slot/16/1"},
		{36, 1, 16, 57, "genproof/2/slot/36/1"},
		{2, 16, 12, 57, "genproof/2/slot/2/16"},
	} {
		in := inputs(c.nbIn, 7)
		want := sponge(t, c.w, c.partial, c.nbOut, c.tag, in)
		got := Squeeze(Slot, c.nbOut, in...)
		for i := range want {
			if !got[i].Equal(&want[i]) {
				t.Errorf("%d inputs, output %d: not the sponge of width %d", c.nbIn, i, c.w)
			}
		}
	}
}

func TestSqueezeVar_MatchesNative(t *testing.T) {
	for _, n := range [][2]int{{0, 1}, {1, 1}, {3, 1}, {3, 2}, {4, 1}, {9, 1}, {15, 1}, {17, 1}, {2, 16}, {40, 3}} {
		in := inputs(n[0], 3)
		c := circuittest.New(placeholder(n[0], n[1]))
		c.AssertAccepted(t, fmt.Sprint(n), assignment(in, Squeeze(Slot, n[1], in...)))
	}
}

// TestSqueezeVar_RejectsLie changes each input and each output. All rows of the permutation
// define a wire, so only the comparison with an output can refuse.
func TestSqueezeVar_RejectsLie(t *testing.T) {
	const compared = "squeezeCircuit.Define/AssertIsEqual"
	for _, n := range [][2]int{{3, 1}, {5, 1}, {11, 1}, {20, 2}} {
		in := inputs(n[0], 3)
		out := Squeeze(Slot, n[1], in...)
		c := circuittest.New(placeholder(n[0], n[1]))
		for i := range in {
			lie := append([]fr.Element{}, in...)
			lie[i].SetUint64(1234567)
			c.AssertRefused(t, fmt.Sprintf("%v: input %d", n, i), assignment(lie, out), slices.Repeat([]string{compared}, n[1]))
		}
		for i := range out {
			lie := append([]fr.Element{}, out...)
			lie[i].Double(&lie[i])
			c.AssertRefused(t, fmt.Sprintf("%v: output %d", n, i), assignment(in, lie), []string{compared})
		}
	}
}

// TestSqueezeVar_RejectsForgedProducts writes each product of a permutation otherwise: its
// own row refuses, and the output is another one.
func TestSqueezeVar_RejectsForgedProducts(t *testing.T) {
	in := inputs(3, 5)
	c := circuittest.New(placeholder(3, 1))
	honest := assignment(in, Squeeze(Slot, 1, in...))
	products := c.Record(t, honest).Products
	if products != 264 {
		t.Fatalf("%d products, want 264", products)
	}
	for i := range products {
		twist := circuittest.Straight
		twist.Product, twist.Forge = i, func(truth *big.Int) *big.Int { return truth.Add(truth, big.NewInt(1)) }
		refused := c.RecordTwisted(t, honest, twist).Refused
		if len(refused) != 2 || !refused[0].IsOf("permutationVar.sbox/Mul") || !refused[1].IsOf("squeezeCircuit.Define/AssertIsEqual") {
			t.Errorf("product %d: refused by %v", i, refused)
		}
	}
}

func TestHash_SeparatesDomainsAndLengths(t *testing.T) {
	in := inputs(2, 1)
	a, b := Hash(Slot, in...), Hash(Root, in...)
	c := Hash(Slot, append(in, fr.Element{})...)
	if a.Equal(&b) || a.Equal(&c) || b.Equal(&c) {
		t.Error("two domains share a hash")
	}
}

func TestSqueezeVar_ConstraintCount(t *testing.T) {
	for _, c := range []struct{ nbIn, nbOut, want int }{
		{3, 1, 264}, {5, 1, 363}, {11, 1, 459}, {15, 1, 555}, {16, 1, 2 * 459}, {36, 1, 3 * 555}, {2, 16, 2 * 459},
	} {
		name := fmt.Sprintf("%d inputs, %d outputs", c.nbIn, c.nbOut)
		circuittest.New(placeholder(c.nbIn, c.nbOut)).AssertRows(t, name, c.want+c.nbOut) // the test's equalities
	}
}

func TestSqueezeVar_RefusesOtherFields(t *testing.T) {
	for _, curve := range []ecc.ID{ecc.BLS12_381, ecc.BLS12_377, ecc.BW6_761} {
		if _, err := frontend.Compile(curve.ScalarField(), r1cs.NewBuilder, placeholder(3, 1)); err == nil || !strings.Contains(err.Error(), "poseidon: ") {
			t.Errorf("over %s: %v", curve, err)
		}
	}
}

func FuzzSqueezeVar_MatchesNative(f *testing.F) {
	f.Add(uint64(1), uint8(3), uint8(1))
	f.Add(uint64(9), uint8(13), uint8(2))
	f.Fuzz(func(t *testing.T, seed uint64, nbIn, nbOut uint8) {
		in := inputs(int(nbIn%20), seed)
		out := Squeeze(Slot, 1+int(nbOut%5), in...)
		if err := circuittest.New(placeholder(len(in), len(out))).Solve(assignment(in, out)); err != nil {
			t.Error(err)
		}
	})
}
