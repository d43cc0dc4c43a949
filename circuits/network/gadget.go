//go:build !js

package network

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/poseidon"
)

// A NetVar is a [Net] inside a circuit. All of it is secret.
type NetVar struct {
	Bias [nbLayers][]frontend.Variable
	From [nbLayers][][]frontend.Variable
}

// Placeholder sizes a [NetVar].
func Placeholder(s Shape) (v NetVar) {
	for i, l := range s.Layers() {
		v.Bias[i] = make([]frontend.Variable, l.Groups())
		v.From[i] = make([][]frontend.Variable, l.In)
		for j := range v.From[i] {
			v.From[i][j] = make([]frontend.Variable, l.Groups())
		}
	}
	return v
}

// ValueOf returns the assignment of n.
func ValueOf(n *Net) (v NetVar) {
	of := func(elements []fr.Element) (out []frontend.Variable) {
		for _, e := range elements {
			out = append(out, e)
		}
		return out
	}
	for i := range n.Bias {
		v.Bias[i] = of(n.Bias[i])
		for _, e := range n.From[i] {
			v.From[i] = append(v.From[i], of(e))
		}
	}
	return v
}

// Elements returns all elements; native mirror: [Net.Elements].
func (n NetVar) Elements() (out []frontend.Variable) {
	for i := range n.Bias {
		out = append(out, n.Bias[i]...)
		for _, e := range n.From[i] {
			out = append(out, e...)
		}
	}
	return out
}

// LatentsVar returns a token's latents; native mirror: [Shape.LatentsOf]. The split of the element
// is canonical, else it would have two lists of latents.
func (s Shape) LatentsVar(api frontend.API, seed, beacon, id frontend.Variable) []frontend.Variable {
	b := bits.Canonical(api, poseidon.HashVar(api, poseidon.Latents, seed, beacon, id))
	out := make([]frontend.Variable, s.Latents)
	for i := range out {
		out[i] = bits.Number(api, b[i*latentBits:(i+1)*latentBits])
	}
	return out
}

// RunVar returns the outputs; native mirror: [Net.Run]. Whatever the elements are, there is one list
// of outputs or no proof.
func (n NetVar) RunVar(api frontend.API, s Shape, payloads [][]frontend.Variable, latents []frontend.Variable) ([]frontend.Variable, error) {
	x := latents
	for i, l := range s.Layers() {
		added := [][]frontend.Variable{n.Bias[i]}
		if i == 0 {
			added = append(added, payloads...)
		}
		sums, err := l.SumsVar(api, added, n.From[i], x)
		if err != nil {
			return nil, err
		}
		x = l.OutputsVar(api, sums)
	}
	return x, nil
}
