//go:build !js

package sha256

import (
	"errors"
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
)

// The hints compute with 64-bit integers: every input of theirs is below 2^64. Their
// outputs are advice; the caller constrains them.

func init() {
	solver.RegisterHint(sigmaHint, sumHint, stepHint, chHint, majHint, packedHint, xorPairHint)
}

var errHintInput = errors.New("sha256: an input of a hint has more than 64 bits")

// integers reads inputs of a hint. The error names no value.
func integers(in []*big.Int) ([]uint64, error) {
	out := make([]uint64, len(in))
	for i, x := range in {
		if !x.IsUint64() {
			return nil, errHintInput
		}
		out[i] = x.Uint64()
	}
	return out, nil
}

// sigmaLanes returns wires for the low n bits of s(w), unconstrained.
func sigmaLanes(api frontend.API, s sigma, w WordVar, n int) ([]frontend.Variable, error) {
	shift := 0
	if s.shift {
		shift = 1
	}
	return api.Compiler().NewHint(sigmaHint, n, w.value(api).v, s.r[0], s.r[1], s.r[2], shift)
}

func sigmaHint(_ *big.Int, in, out []*big.Int) error {
	v, err := integers(in)
	if err != nil {
		return err
	}
	s := sigma{r: [3]int{int(v[1] % 32), int(v[2] % 32), int(v[3] % 32)}, shift: v[4] == 1}
	x := s.word(uint32(v[0]))
	for i := range out {
		out[i].SetUint64(uint64(x >> i & 1))
	}
	return nil
}

// splitBits writes the bits of x, without bit 32 if half is 1.
func splitBits(x, half uint64, out []*big.Int) error {
	for i := range out {
		bit := uint64(i)
		if i >= 32 {
			bit += half
		}
		out[i].SetUint64(x >> bit & 1)
	}
	return nil
}

// splitOf returns wires for the bits of x + f(words), unconstrained until [newSplit]. The
// bound of x includes that of f.
func splitOf(api frontend.API, f solver.Hint, half bool, x loose, words ...WordVar) (split, error) {
	in := []frontend.Variable{0, x.v}
	outputs := 32 + x.carryBits()
	if half {
		in[0] = 1
		outputs--
	}
	for _, w := range words {
		in = append(in, w.value(api).v)
	}
	wires, err := api.Compiler().NewHint(f, outputs, in...)
	if err != nil {
		return split{}, err
	}
	return newSplit(api, wires, half), nil
}

func sumHint(_ *big.Int, in, out []*big.Int) error {
	v, err := integers(in)
	if err != nil {
		return err
	}
	return splitBits(v[1], v[0], out)
}

// stepHint is sumHint for a step of the schedule: the leftover lane is added too.
func stepHint(_ *big.Int, in, out []*big.Int) error {
	v, err := integers(in)
	if err != nil {
		return err
	}
	return splitBits(v[1]+uint64(smallSigma0.word(uint32(v[2]))&(1<<leftoverLane)), v[0], out)
}

func chHint(_ *big.Int, in, out []*big.Int) error {
	v, err := integers(in)
	if err != nil {
		return err
	}
	return splitBits(v[1]+uint64(ch(uint32(v[2]), uint32(v[3]), uint32(v[4]))), v[0], out)
}

func majHint(_ *big.Int, in, out []*big.Int) error {
	v, err := integers(in)
	if err != nil {
		return err
	}
	return splitBits(v[1]+uint64(maj(uint32(v[2]), uint32(v[3]), uint32(v[4]))), v[0], out)
}

// packedLanes returns wires for the lanes f(x,y,z) + λ·f(u,x,y), unconstrained, f being
// Ch or Maj.
func packedLanes(api frontend.API, isMaj int, x, y, z, u WordVar) ([]frontend.Variable, error) {
	return api.Compiler().NewHint(packedHint, 32,
		isMaj, x.value(api).v, y.value(api).v, z.value(api).v, u.value(api).v)
}

func packedHint(_ *big.Int, in, out []*big.Int) error {
	v, err := integers(in)
	if err != nil {
		return err
	}
	f := ch
	if v[0] == 1 {
		f = maj
	}
	x, y, z, u := uint32(v[1]), uint32(v[2]), uint32(v[3]), uint32(v[4])
	first, second := f(x, y, z), f(u, x, y)
	for i := range out {
		out[i].SetUint64(uint64(first>>i&1) + uint64(second>>i&1)<<lambdaBits)
	}
	return nil
}

// xorPair returns a wire for (a⊕b) + weight·(c⊕d), unconstrained.
func xorPair(api frontend.API, a, b frontend.Variable, weight uint64, c, d frontend.Variable) (frontend.Variable, error) {
	wires, err := api.Compiler().NewHint(xorPairHint, 1, a, b, weight, c, d)
	if err != nil {
		return nil, err
	}
	return wires[0], nil
}

func xorPairHint(_ *big.Int, in, out []*big.Int) error {
	v, err := integers(in)
	if err != nil {
		return err
	}
	out[0].SetUint64((v[0]^v[1])&1 + v[2]*((v[3]^v[4])&1))
	return nil
}
