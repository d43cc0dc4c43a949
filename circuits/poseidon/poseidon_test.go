package poseidon

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/test"
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
		{0, 1, 4, 56, "genproof/1/slot/0/1"},
		{3, 1, 4, 56, "genproof/1/slot/3/1"},
		{4, 1, 8, 57, "genproof/1/slot/4/1"},
		{9, 1, 12, 57, "genproof/1/slot/9/1"},
		{15, 1, 16, 57, "genproof/1/slot/15/1"},
		{16, 1, 12, 57, "genproof/1/slot/16/1"},
		{36, 1, 16, 57, "genproof/1/slot/36/1"},
		{2, 16, 12, 57, "genproof/1/slot/2/16"},
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

func solvePlonk(t *testing.T, nbIn, nbOut int, assignment *squeezeCircuit) error {
	t.Helper()
	cs, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, placeholder(nbIn, nbOut))
	if err != nil {
		t.Fatal(err)
	}
	w, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	return cs.IsSolved(w)
}

func TestSqueezeVar_MatchesNative(t *testing.T) {
	for _, n := range [][2]int{{0, 1}, {1, 1}, {3, 1}, {3, 2}, {4, 1}, {9, 1}, {15, 1}, {17, 1}, {2, 16}, {40, 3}} {
		in := inputs(n[0], 3)
		out := Squeeze(Slot, n[1], in...)
		if err := test.IsSolved(placeholder(n[0], n[1]), assignment(in, out), ecc.BN254.ScalarField()); err != nil {
			t.Errorf("%d inputs, %d outputs: %v", n[0], n[1], err)
		}
		if err := solvePlonk(t, n[0], n[1], assignment(in, out)); err != nil {
			t.Errorf("%d inputs, %d outputs, PLONK: %v", n[0], n[1], err)
		}
	}
}

func TestSqueezeVar_RejectsLie(t *testing.T) {
	for _, n := range [][2]int{{3, 1}, {5, 1}, {11, 1}, {20, 2}} {
		in := inputs(n[0], 3)
		out := Squeeze(Slot, n[1], in...)
		for i := range in {
			lie := append([]fr.Element{}, in...)
			lie[i].SetUint64(1234567)
			if test.IsSolved(placeholder(n[0], n[1]), assignment(lie, out), ecc.BN254.ScalarField()) == nil {
				t.Errorf("%d inputs: input %d does not matter", n[0], i)
			}
			if solvePlonk(t, n[0], n[1], assignment(lie, out)) == nil {
				t.Errorf("%d inputs: input %d does not matter in PLONK", n[0], i)
			}
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
		cs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, placeholder(c.nbIn, c.nbOut))
		if err != nil {
			t.Fatal(err)
		}
		if got := cs.GetNbConstraints() - c.nbOut; got != c.want { // less the test's equalities
			t.Errorf("%d inputs, %d outputs: %d constraints, want %d", c.nbIn, c.nbOut, got, c.want)
		}
	}
}

func TestSqueezeVar_RefusesOtherFields(t *testing.T) {
	for _, curve := range []ecc.ID{ecc.BLS12_381, ecc.BLS12_377, ecc.BW6_761} {
		if _, err := frontend.Compile(curve.ScalarField(), r1cs.NewBuilder, placeholder(3, 1)); err == nil {
			t.Errorf("compiles over %s", curve)
		}
	}
}

func FuzzSqueezeVar_MatchesNative(f *testing.F) {
	f.Add(uint64(1), uint8(3), uint8(1))
	f.Add(uint64(9), uint8(13), uint8(2))
	f.Fuzz(func(t *testing.T, seed uint64, nbIn, nbOut uint8) {
		in := inputs(int(nbIn%20), seed)
		out := Squeeze(Slot, 1+int(nbOut%5), in...)
		if err := test.IsSolved(placeholder(len(in), len(out)), assignment(in, out), ecc.BN254.ScalarField()); err != nil {
			t.Error(err)
		}
	})
}
