package network

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
)

// A Shape is what a key fixes of a network: three dense layers, of which the first reads the rows
// drawn and the token's latents, and the last gives pixels and scores. The zero value is no network.
//
//	inputs → First → Second → Pixels + 2·Scores outputs of 4 bits
//
// A score is two outputs, the lower one first: a number below 256.
type Shape struct {
	Latents, First, Second, Pixels, Scores int
}

// What is the same for all shapes. With digits of 16 bits an element holds 15 of them, with 14 bits
// 18; an activation has 4 bits.
const (
	actBits    = 4
	latentBits = 4
	mostValue  = 1<<actBits - 1 // of an activation and of a latent
	nbLayers   = 3
)

// MaxLatents is how many latents an element of randomness yields: its low 188 bits are within 2^-65
// of uniform.
const MaxLatents = 188 / latentBits

// Layers returns the layers. The first one's inputs are the latents: a row drawn is added as it is.
func (s Shape) Layers() [nbLayers]Layer {
	return [nbLayers]Layer{
		{In: s.Latents, Out: s.First, Digit: 16, Shift: 4, Act: actBits},
		{In: s.First, Out: s.Second, Digit: 16, Shift: 7, Act: actBits},
		{In: s.Second, Out: s.Pixels + 2*s.Scores, Digit: 14, Shift: 7, Act: actBits},
	}
}

// Payload returns how many elements a row drawn adds to the first layer.
func (s Shape) Payload() int { return s.Layers()[0].Groups() }

// Parameters returns how many numbers the latents' weights, the other layers' and all biases are.
func (s Shape) Parameters() (n int) {
	for _, l := range s.Layers() {
		n += (l.In + 1) * l.Out
	}
	return n
}

// A Net is a network's weights, packed, but for those of the rows drawn. It fits any elements: see
// [Layer.OutputsVar].
type Net struct {
	Bias [nbLayers][]fr.Element
	From [nbLayers][][]fr.Element
}

// Validate reports whether there are as many elements as the shape has.
func (n *Net) Validate(s Shape) error {
	for i, l := range s.Layers() {
		if len(n.Bias[i]) != l.Groups() || len(n.From[i]) != l.In {
			return fmt.Errorf("%w: layer %d has %d biases and %d inputs, want %d elements and %d", ErrLayer, i, len(n.Bias[i]), len(n.From[i]), l.Groups(), l.In)
		}
		for _, e := range n.From[i] {
			if len(e) != l.Groups() {
				return fmt.Errorf("%w: layer %d has an input of %d elements, want %d", ErrLayer, i, len(e), l.Groups())
			}
		}
	}
	return nil
}

// Elements returns all elements: layer by layer the biases, then each input's.
func (n *Net) Elements() (out []fr.Element) {
	for i := range n.Bias {
		out = append(out, n.Bias[i]...)
		for _, e := range n.From[i] {
			out = append(out, e...)
		}
	}
	return out
}

// LatentsOf returns the latents of a token: numbers below 16.
//
//	e = Hash(latents, seed, beacon, id)       latent_i = bits [4i, 4i + 4) of its canonical integer
func (s Shape) LatentsOf(seed, beacon fr.Element, id uint64) []int64 {
	e := poseidon.Hash(poseidon.Latents, seed, beacon, fr.NewElement(id))
	limbs := e.Bits()
	out := make([]int64, s.Latents)
	for i := range out {
		at := i * latentBits
		out[i] = int64(limbs[at/64] >> (at % 64) & mostValue)
	}
	return out
}

// Run returns the outputs, given the payloads of the rows drawn, nil for zeros. It is an error if a
// sum leaves an element's digits: such a token has no proof.
func (n *Net) Run(s Shape, payloads [][]fr.Element, latents []int64) ([]int64, error) {
	if err := n.Validate(s); err != nil {
		return nil, err
	}
	x := latents
	for i, l := range s.Layers() {
		added := [][]fr.Element{n.Bias[i]}
		if i == 0 {
			added = append(added, payloads...)
		}
		sums, err := l.sums(added, n.From[i], x)
		if err != nil {
			return nil, err
		}
		if x, err = l.unpack(sums); err != nil {
			return nil, fmt.Errorf("layer %d: %w", i+1, err)
		}
	}
	return x, nil
}
