package sha256

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
)

// plainCircuit is what a program that knows a preimage of whole blocks proves: constant
// start, bits of the message, digest compared.
type plainCircuit struct {
	Blocks    [][16]WordVar
	High, Low frontend.Variable `gnark:",public"`
}

func (c *plainCircuit) Define(api frontend.API) error {
	state, err := IVVar(api), error(nil)
	for _, block := range c.Blocks {
		for _, w := range block {
			AssertWord(api, w)
		}
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

// TestCompressVar_CostsMoreWithGnarksThreshold: gnark's default cuts linear forms of more
// than 300 terms, and each cut is a row.
func TestCompressVar_CostsMoreWithGnarksThreshold(t *testing.T) {
	whole := frontend.WithCompressThreshold(0)
	for _, curve := range []ecc.ID{ecc.BN254, ecc.BLS12_381} {
		for _, c := range []struct {
			blocks, want int
			options      []frontend.CompileOption
		}{
			{1, 15536, []frontend.CompileOption{whole}}, {1, 15589, nil},
			{2, 31008, []frontend.CompileOption{whole}}, {2, 31117, nil},
		} {
			placeholder := &plainCircuit{Blocks: make([][16]WordVar, c.blocks)}
			cs, err := frontend.Compile(curve.ScalarField(), r1cs.NewBuilder, placeholder, c.options...)
			if err != nil {
				t.Fatal(err)
			}
			if got := cs.GetNbConstraints(); got != c.want {
				t.Errorf("%s, %d blocks, %d options: %d constraints, want %d", curve, c.blocks, len(c.options), got, c.want)
			}
		}
	}
}
