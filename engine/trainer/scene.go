// Package trainer trains the network of the sample drop dreams: drawings of foxes, 24×24 pixels along a
// ramp of 16 levels, are learned by a network of circuits/network's layers.
//
//	scene (a row of each trait, 16 latents) → drawing → levels 0 to 15, a score
//	scene → inputs (a 1 for each row drawn, latents) → network → the same, nearly
//
// Training is by gradients over floats, then over the rounded network itself (straight-through: what
// rounding does is left out of the gradient alone). Everything is repeatable: drawings are integers,
// products are rounded before they are added, and there is one thread, so the same plan gives the
// same bytes on every processor.
package trainer

import (
	"math/rand/v2"

	"github.com/genproof/genproof/circuits/network"
	"github.com/genproof/genproof/circuits/statement"
)

// Side is the drawings' width and height, in pixels.
const Side = 24

// most is the largest latent, activation and level.
const most = 15

// shape is the circuit's.
var shape = statement.ArtNetwork.Network

// A Trait is one of the sample's, with its rows in the order of model.yaml. An empty text is a row
// of null.
type Trait struct {
	Name string
	Rows []string
}

// Traits lists the traits in the order of drop.yaml. The drawings know them by their places.
func Traits() []Trait {
	return []Trait{
		{"Sky", []string{"Night", "Dusk", "Dawn", "Storm"}},
		{"Moon", []string{"", "Full", "Crescent"}},
		{"Fur", []string{"Pale", "Grey", "Dark", "Striped"}},
		{"Ears", []string{"Pointed", "Folded", "Long"}},
		{"Eyes", []string{"Round", "Sleepy", "Wide"}},
		{"Mood", []string{"Calm", "Sly"}},
	}
}

// groups returns the number of rows of each trait.
func groups() (out []int) {
	for _, t := range Traits() {
		out = append(out, len(t.Rows))
	}
	return out
}

// A Scene is what a drawing depends on: a row of each trait, and latents below 16.
type Scene struct {
	Rows    []int
	Latents []int64
}

// Inputs returns the network's inputs: for each trait one number a row, of which that of the row drawn
// is 1, and then the latents.
func (s *Scene) Inputs() (x []int64) {
	for i, n := range groups() {
		at := len(x)
		x = append(x, make([]int64, n)...)
		x[at+s.Rows[i]] = 1
	}
	return append(x, s.Latents...)
}

// someScene draws a scene: all rows of a trait are as likely.
func someScene(r *rand.Rand) *Scene {
	s := &Scene{Latents: make([]int64, shape.Latents)}
	for _, n := range groups() {
		s.Rows = append(s.Rows, r.IntN(n))
	}
	for i := range s.Latents {
		s.Latents[i] = r.Int64N(most + 1)
	}
	return s
}

// HeldOut returns n scenes that no training sees: they come of a generator of their own, and two that
// are equal are not to be expected among 16^16.
func HeldOut(n int) []*Scene {
	r := rand.New(rand.NewPCG(0x68656c64, 0x6f7574))
	scenes := make([]*Scene, n)
	for i := range scenes {
		scenes[i] = someScene(r)
	}
	return scenes
}

// layers are the circuit's, the first with an input for each row.
func layers() [3]network.Layer {
	l := shape.Layers()
	for _, n := range groups() {
		l[0].In += n
	}
	l[2].Out = shape.Pixels + 2*scores
	return l
}
