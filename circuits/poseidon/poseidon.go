//go:build !js

package poseidon

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
)

// HashVar returns the hash of in under tag; native mirror: [Hash]. The inputs are elements:
// whoever means integers or bits constrains them. It panics over a field that is not the
// scalar field of BN254, which makes an error of Compile.
//
// 264, 363, 459 or 555 constraints a permutation of 4, 8, 12 or 16 elements.
func HashVar(api frontend.API, tag Tag, in ...frontend.Variable) frontend.Variable {
	return SqueezeVar(api, tag, 1, in...)[0]
}

// EitherVar returns Hash(a, x, y, z), or Hash(b, x, y) if isB is 1, which must be boolean; then z must
// be 0. Both fill one permutation of 4, and its first element is the tag.
//
// 264 constraints.
func EitherVar(api frontend.API, isB frontend.Variable, a, b Tag, x, y, z frontend.Variable) frontend.Variable {
	first, second := a.element(3, 1), b.element(2, 1)
	difference := new(fr.Element).Sub(&second, &first)
	w := widthFor(3, 1)
	p := permutationVar{api: api, width: w, constants: w.constants()}
	state := []frontend.Variable{api.Add(first, api.Mul(*difference, isB)), x, y, z}
	p.permute(state)
	return state[1]
}

// SqueezeVar returns nbOut pseudorandom elements derived from in under tag; native
// mirror: [Squeeze]. It panics as [HashVar] does, and if nbOut is not positive.
func SqueezeVar(api frontend.API, tag Tag, nbOut int, in ...frontend.Variable) []frontend.Variable {
	if nbOut < 1 {
		panic("poseidon: nothing to squeeze")
	}
	if api.Compiler().Field().Cmp(fr.Modulus()) != 0 {
		panic("poseidon: the circuit is not over the scalar field of BN254")
	}
	w := widthFor(len(in), nbOut)
	p := permutationVar{api: api, width: w, constants: w.constants()}
	state := make([]frontend.Variable, w.t)
	for i := range state {
		state[i] = 0
	}
	state[0] = tag.element(len(in), nbOut)
	for rest := in; ; {
		n := min(len(rest), w.t-1)
		for i := range n {
			state[1+i] = api.Add(state[1+i], rest[i])
		}
		p.permute(state)
		if rest = rest[n:]; len(rest) == 0 {
			break
		}
	}
	out := make([]frontend.Variable, 0, nbOut)
	for {
		out = append(out, state[1:1+min(w.t-1, nbOut-len(out))]...)
		if len(out) == nbOut {
			return out
		}
		p.permute(state)
	}
}

// permutationVar is the Poseidon2 permutation inside a circuit.
type permutationVar struct {
	api frontend.API
	width
	*constants
}

// permute replaces s by its image. Partial rounds keep the other elements as linear
// forms; they are short because each form is over the s-box outputs of the rounds. A
// round's keys are added by the linear layer before it, where PLONK adds them for free.
func (p permutationVar) permute(s []frontend.Variable) {
	keys := p.keys
	p.external(s, keys[0])
	for r := range keys {
		var next []fr.Element
		if r+1 < len(keys) {
			next = keys[r+1]
		}
		if p.isPartial(r) {
			s[0] = p.sbox(s[0])
			p.internal(s, next)
			continue
		}
		for i := range s {
			s[i] = p.sbox(s[i])
		}
		p.external(s, next)
	}
}

// sbox returns x^5 in three constraints, as x²·x³: x is a long form, which gnark puts to the
// left, so x³ is in no right-hand side and x² in no left one. (By way of x⁴ all three
// would be in the B matrix of Groth16, where a wire costs the prover most.)
func (p permutationVar) sbox(x frontend.Variable) frontend.Variable {
	x2 := p.api.Mul(x, x)
	x3 := p.api.Mul(x, x2)
	return p.api.Mul(x3, x2)
}

// external multiplies s by circ(2·M4, M4, …, M4), or by M4 alone when there are four, and
// adds the keys of the first elements.
func (p permutationVar) external(s []frontend.Variable, keys []fr.Element) {
	for i := 0; i < len(s); i += 4 {
		p.mix(s[i : i+4])
	}
	var columns [4]frontend.Variable
	for k := range columns {
		columns[k] = 0
		if len(s) > 4 {
			columns[k] = p.column(s, k)
		}
	}
	for i := range s {
		s[i] = p.api.Add(s[i], columns[i%4], key(keys, i))
	}
}

// mix multiplies four elements by M4, in eight additions: page 14 of the paper.
//
//	5 7 1 3
//	4 6 1 1
//	1 3 5 7
//	1 1 4 6
func (p permutationVar) mix(s []frontend.Variable) {
	api := p.api
	t0, t1 := api.Add(s[0], s[1]), api.Add(s[2], s[3])
	t2 := api.Add(api.Mul(2, s[1]), t1)
	t3 := api.Add(api.Mul(2, s[3]), t0)
	t4 := api.Add(api.Mul(4, t1), t3)
	t5 := api.Add(api.Mul(4, t0), t2)
	s[0], s[1], s[2], s[3] = api.Add(t3, t5), t5, api.Add(t2, t4), t4
}

// column sums every fourth element from k on.
func (p permutationVar) column(s []frontend.Variable, k int) frontend.Variable {
	sum := s[k]
	for i := k + 4; i < len(s); i += 4 {
		sum = p.api.Add(sum, s[i])
	}
	return sum
}

// internal multiplies s by the matrix of ones plus the width's diagonal, and adds the keys
// of the first elements.
func (p permutationVar) internal(s []frontend.Variable, keys []fr.Element) {
	sum := p.api.Add(s[0], s[1], s[2:]...)
	for i := range s {
		s[i] = p.api.Add(sum, p.api.Mul(p.diagonal[i], s[i]), key(keys, i))
	}
}

// key is the i-th key, 0 when there are fewer: partial rounds have one.
func key(keys []fr.Element, i int) fr.Element {
	if i < len(keys) {
		return keys[i]
	}
	return fr.Element{}
}
