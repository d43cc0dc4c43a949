package poseidon

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
	"github.com/consensys/gnark/frontend"
)

// HashVar returns the hash of in under tag; native mirror: [Hash].
//
// 264, 363, 459 or 555 constraints a permutation of 4, 8, 12 or 16 elements.
func HashVar(api frontend.API, tag Tag, in ...frontend.Variable) frontend.Variable {
	return SqueezeVar(api, tag, 1, in...)[0]
}

// SqueezeVar returns nbOut pseudorandom elements derived from in under tag; native
// mirror: [Squeeze].
func SqueezeVar(api frontend.API, tag Tag, nbOut int, in ...frontend.Variable) []frontend.Variable {
	if nbOut < 1 {
		panic("poseidon: nothing to squeeze")
	}
	w := widthFor(len(in), nbOut)
	p := permutationVar{api: api, params: parameters(w)}
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
	api    frontend.API
	params *poseidon2.Parameters
}

// permute replaces s by its image. Partial rounds keep the other elements as linear
// forms; they are short because each form is over the s-box outputs of the rounds.
func (p permutationVar) permute(s []frontend.Variable) {
	half := p.params.NbFullRounds / 2
	p.external(s)
	for r, keys := range p.params.RoundKeys {
		partial := r >= half && r < half+p.params.NbPartialRounds
		for i := range keys {
			s[i] = p.api.Add(s[i], keys[i])
		}
		if partial {
			s[0] = p.sbox(s[0])
			p.internal(s)
			continue
		}
		for i := range s {
			s[i] = p.sbox(s[i])
		}
		p.external(s)
	}
}

// sbox returns x^5 in three constraints.
func (p permutationVar) sbox(x frontend.Variable) frontend.Variable {
	x2 := p.api.Mul(x, x)
	return p.api.Mul(p.api.Mul(x2, x2), x)
}

// m4 is the 4×4 matrix of the external layer, page 14 of the paper.
var m4 = [4][4]int{{5, 7, 1, 3}, {4, 6, 1, 1}, {1, 3, 5, 7}, {1, 1, 4, 6}}

// external multiplies s by circ(2·M4, M4, …, M4), or by M4 alone when there are four.
func (p permutationVar) external(s []frontend.Variable) {
	mixed := make([]frontend.Variable, len(s))
	for i := range s {
		var terms [4]frontend.Variable
		for j := range 4 {
			terms[j] = p.api.Mul(m4[i%4][j], s[i/4*4+j])
		}
		mixed[i] = p.api.Add(terms[0], terms[1], terms[2], terms[3])
	}
	if len(s) == 4 {
		copy(s, mixed)
		return
	}
	for k := range 4 {
		var column frontend.Variable = 0
		for i := k; i < len(s); i += 4 {
			column = p.api.Add(column, mixed[i])
		}
		for i := k; i < len(s); i += 4 {
			s[i] = p.api.Add(mixed[i], column)
		}
	}
}

// internal multiplies s by the matrix of ones plus the width's diagonal.
func (p permutationVar) internal(s []frontend.Variable) {
	sum := p.api.Add(s[0], s[1], s[2:]...)
	for i := range s {
		s[i] = p.api.Add(sum, p.api.Mul(diagonal(p.params, i), s[i]))
	}
}

func diagonal(params *poseidon2.Parameters, i int) fr.Element { return params.DiagM1[i] }
