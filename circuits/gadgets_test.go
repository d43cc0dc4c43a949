package circuits_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	tedwards "github.com/consensys/gnark-crypto/ecc/twistededwards"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/std/algebra/native/twistededwards"
	"github.com/consensys/gnark/std/hash"
	stdposeidon "github.com/consensys/gnark/std/hash/poseidon2"
	"github.com/consensys/gnark/std/hash/sha2"
	stdbits "github.com/consensys/gnark/std/math/bits"
	"github.com/consensys/gnark/std/math/uints"
	stdeddsa "github.com/consensys/gnark/std/signature/eddsa"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/sha256"
)

// A gadget runs over inputs, of which hashers take the last as a length.
type gadget func(api frontend.API, in []frontend.Variable) error

// gadgetCircuit runs a gadget over inputs that nothing else constrains.
type gadgetCircuit struct {
	In  []frontend.Variable
	Run gadget `gnark:"-"`
}

func (c *gadgetCircuit) Define(api frontend.API) error { return c.Run(api, c.In) }

// rowsOf compiles as the README says to.
func rowsOf(t *testing.T, n int, run gadget, options ...frontend.CompileOption) (rows, commitments int) {
	t.Helper()
	options = append(options, frontend.IgnoreUnconstrainedInputs())
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &gadgetCircuit{make([]frontend.Variable, n), run}, options...)
	if err != nil {
		t.Fatal(err)
	}
	return system.GetNbConstraints(), len(system.GetCommitments().CommitmentIndexes())
}

// hashes run a hasher of bytes: over all inputs, or over as many as the last one says.
func hashes(isStd, isPrefix bool) gadget {
	return func(api frontend.API, in []frontend.Variable) error {
		var h hash.BinaryFixedLengthHasher
		h, err := sha256.New(api)
		if isStd {
			h, err = sha2.New(api)
		}
		if err != nil {
			return err
		}
		n := len(in) - 1
		for _, x := range in[:n] {
			h.Write([]uints.U8{{Val: x}})
		}
		if isPrefix {
			h.FixedLengthSum(in[n])
		} else {
			h.Sum()
		}
		return nil
	}
}

// compresses hashes blocks of bits and compares the digest with the last two inputs.
func compresses(blocks int) gadget {
	return func(api frontend.API, in []frontend.Variable) error {
		state, err := sha256.IVVar(api), error(nil)
		for b := range blocks {
			var block [16]sha256.WordVar
			for i := range block {
				copy(block[i][:], in[512*b+32*i:])
				sha256.AssertWord(api, block[i])
			}
			if state, err = sha256.CompressVar(api, state, block); err != nil {
				return err
			}
		}
		high, low, err := state.Digest(api)
		api.AssertIsEqual(high, in[len(in)-2])
		api.AssertIsEqual(low, in[len(in)-1])
		return err
	}
}

func ourPoseidon(api frontend.API, in []frontend.Variable) error {
	poseidon.HashVar(api, poseidon.NewTag("readme", "rows"), in...)
	return nil
}

func stdPoseidon(api frontend.API, in []frontend.Variable) error {
	h, err := stdposeidon.New(api)
	if err == nil {
		h.Write(in...)
		h.Sum()
	}
	return err
}

func ourSignature(api frontend.API, in []frontend.Variable) error {
	key, sig := eddsa.PublicKeyVar{X: in[0], Y: in[1]}, eddsa.SignatureVar{RX: in[2], RY: in[3], S: in[4]}
	return eddsa.AssertSigned(api, poseidon.NewTag("readme", "rows"), key, in[5], sig)
}

func stdSignature(api frontend.API, in []frontend.Variable) error {
	curve, err := twistededwards.NewEdCurve(api, tedwards.BN254)
	if err != nil {
		return err
	}
	h, err := stdposeidon.New(api)
	if err != nil {
		return err
	}
	key := stdeddsa.PublicKey{A: twistededwards.Point{X: in[0], Y: in[1]}}
	sig := stdeddsa.Signature{R: twistededwards.Point{X: in[2], Y: in[3]}, S: in[4]}
	return stdeddsa.Verify(curve, sig, in[5], key, h)
}

func ourBits(api frontend.API, in []frontend.Variable) error {
	bits.Decompose(api, in[0], 64)
	return nil
}

func stdBits(api frontend.API, in []frontend.Variable) error {
	stdbits.ToBinary(api, in[0], stdbits.WithNbDigits(64))
	return nil
}

func ourCanonical(api frontend.API, in []frontend.Variable) error {
	bits.Canonical(api, in[0])
	return nil
}

func stdCanonical(api frontend.API, in []frontend.Variable) error {
	stdbits.ToBinary(api, in[0])
	return nil
}

const oneBlock = "`sha256`: 55 bytes, a block"

// cases are the rows of the README's table, by their first cell.
var cases = []struct {
	name      string
	inputs    int
	ours, std gadget
}{
	{oneBlock, 56, hashes(false, false), hashes(true, false)},
	{"up to 119 bytes, the length a variable", 120, hashes(false, true), hashes(true, true)},
	{"`poseidon`: 3 elements", 3, ourPoseidon, stdPoseidon},
	{"5 elements", 5, ourPoseidon, stdPoseidon},
	{"11 elements", 11, ourPoseidon, stdPoseidon},
	{"15 elements", 15, ourPoseidon, stdPoseidon},
	{"`eddsa`: a signature, its challenge by Poseidon", 6, ourSignature, stdSignature},
	{"`bits`: 64 bits", 1, ourBits, stdBits},
	{"254 bits below r", 1, ourCanonical, stdCanonical},
}
