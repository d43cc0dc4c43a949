package trainer

import (
	"math"
	"math/rand/v2"

	"github.com/genproof/genproof/circuits/network"
)

// A dense is a layer that learns. Its numbers have the units of the layer that it becomes, and are
// rounded to it.
type dense struct {
	network.Layer
	weights, biases parameters // weights input by input
	most            float32    // largest input
}

// parameters are numbers with what [parameters.step] knows of their gradients.
type parameters struct {
	value, used []float32 // used is value, rounded where the network is
	gradient    []float32
	mean, power []float32
}

func newParameters(n int) parameters {
	all := make([]float32, 5*n)
	return parameters{all[:n:n], all[n : 2*n : 2*n], all[2*n : 3*n : 3*n], all[3*n : 4*n : 4*n], all[4*n:]}
}

// A net is a network that learns.
type net struct {
	layers  []*dense
	rounded bool // sums are shifted, weights and biases whole
}

// fresh returns a network of random weights, whose activations are in the middle of their range.
func fresh(r *rand.Rand) *net { return freshOf(r, layers()) }

func freshOf(r *rand.Rand, layers [3]network.Layer) *net {
	n := &net{}
	for i, l := range layers {
		d := &dense{Layer: l, weights: newParameters(l.In * l.Out), biases: newParameters(l.Out), most: most}
		size := [...]float32{8, 12, 10}[i]
		usual := [...]float32{7.5, 6, 6}[i] // input
		for j := range d.biases.value {
			d.biases.value[j] = float32(int64(6) << l.Shift)
		}
		for in := range l.In {
			isRow := i == 0 && in < l.In-shape.Latents
			for j := range l.Out {
				w := size * (2*r.Float32() - 1)
				if isRow {
					w *= 7
				} else {
					d.biases.value[j] -= float32(w * usual)
				}
				d.weights.value[in*l.Out+j] = w
			}
		}
		n.layers = append(n.layers, d)
	}
	n.use()
	return n
}

// use takes the values as they are, or rounded.
func (n *net) use() {
	for _, d := range n.layers {
		for i, w := range d.weights.value {
			d.weights.used[i] = w
			if n.rounded {
				d.weights.used[i] = float32(whole(w, 127))
			}
		}
		for j, b := range d.biases.value {
			d.biases.used[j] = b
			if n.rounded {
				d.biases.used[j] = float32(whole(b, math.MaxInt16))
			}
		}
	}
}

// whole rounds to a whole number of at most limit.
func whole(x float32, limit int64) int64 {
	return min(max(int64(math.RoundToEven(float64(x))), -limit), limit)
}

// run returns each layer's outputs. Those of a rounded network are the integers that
// [network.Layer.Outputs] gives: floats hold them exactly.
func (n *net) run(x []float32) (outputs [][]float32) {
	for _, d := range n.layers {
		x = d.run(x, n.rounded)
		outputs = append(outputs, x)
	}
	return outputs
}

// run returns a layer's outputs.
func (d *dense) run(x []float32, rounded bool) []float32 {
	y := append([]float32(nil), d.biases.used...)
	for i, v := range x {
		if v != 0 {
			addScaled(y, d.weights.used[i*d.Out:(i+1)*d.Out], v)
		}
	}
	scale := 1 / float32(int64(1)<<d.Shift)
	for j := range y {
		z := y[j] * scale
		if rounded {
			z = float32(math.Floor(float64(z)))
		}
		y[j] = min(max(z, 0), most)
	}
	return y
}

// learn adds the gradient of the squared distance between a network's outputs and targets. Where an
// activation is cut, its gradient counts only if it leads back.
func (n *net) learn(x, target []float32) {
	outputs := n.run(x)
	last := outputs[len(outputs)-1]
	g := make([]float32, len(last))
	for j := range g {
		g[j] = last[j] - target[j]
		if j >= shape.Pixels {
			g[j] *= 4 // there are few scores
		}
	}
	for i := len(n.layers) - 1; i >= 0; i-- {
		in := x
		if i > 0 {
			in = outputs[i-1]
		}
		g = n.layers[i].back(in, outputs[i], g, i > 0)
	}
}

// back adds a layer's gradients, and returns that of its inputs if it is wanted.
func (d *dense) back(in, out, g []float32, wanted bool) []float32 {
	scale := 1 / float32(int64(1)<<d.Shift)
	for j, z := range out {
		if z <= 0 && g[j] > 0 || z >= most && g[j] < 0 {
			g[j] = 0
		}
		g[j] *= scale
		d.biases.gradient[j] += g[j]
	}
	var before []float32
	if wanted {
		before = make([]float32, d.In)
	}
	for i, v := range in {
		at := i * d.Out
		if v != 0 {
			addScaled(d.weights.gradient[at:at+d.Out], g, v)
		}
		if wanted {
			before[i] = dot(d.weights.used[at:at+d.Out], g)
		}
	}
	return before
}

// addScaled adds x times v to y. Products are rounded on their own: a processor that adds them unrounded
// would train another network.
func addScaled(y, x []float32, v float32) {
	x = x[:len(y)]
	for i := range y {
		y[i] += float32(x[i] * v)
	}
}

// dot returns Σ x·y, summed in four parts.
func dot(x, y []float32) float32 {
	y = y[:len(x)]
	var a, b, c, e float32
	for len(x) >= 4 && len(y) >= 4 {
		a += float32(x[0] * y[0])
		b += float32(x[1] * y[1])
		c += float32(x[2] * y[2])
		e += float32(x[3] * y[3])
		x, y = x[4:], y[4:]
	}
	for i := range x {
		a += float32(x[i] * y[i])
	}
	return (a + b) + (c + e)
}
