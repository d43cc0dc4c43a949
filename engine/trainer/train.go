package trainer

import (
	"math"
	"math/rand/v2"

	"github.com/genproof/genproof/drop/onnx"
)

// A Plan is all that a training depends on.
type Plan struct {
	Seed         uint64
	Floats, Fine int // steps over floats, and then over the rounded network
	Batch        int // scenes a step
}

// Sample is the plan of the sample's network.
var Sample = Plan{Seed: 16, Floats: 9000, Fine: 5000, Batch: 16}

// A Trained is what a plan gives.
type Trained struct {
	Layers    []onnx.Dense // the network
	Untrained []onnx.Dense // what it was at first, rounded likewise
	Floats    Errors       // of the network before it was rounded
}

// Train trains a network. Held is how many held-out scenes measure the one of floats.
func Train(p Plan, held int) *Trained {
	r := rand.New(rand.NewPCG(p.Seed, 0x7472616e))
	n := fresh(r)
	n.bound()
	t := &Trained{Untrained: n.layersOf()}
	n.steps(r, p.Floats, p.Batch, 1)
	t.Floats = n.errors(HeldOut(held))
	n.round()
	n.steps(r, p.Fine, p.Batch, 0.3)
	t.Layers = n.layersOf()
	return t
}

// round makes the network one of integers. A shift drops what is below one, so half of it is added.
func (n *net) round() {
	n.rounded = true
	for _, d := range n.layers {
		for j := range d.biases.value {
			d.biases.value[j] += float32(int64(1) << (d.Shift - 1))
		}
	}
	n.bound()
	n.use()
}

// steps trains, ever more slowly.
func (n *net) steps(r *rand.Rand, steps, batch int, rate float32) {
	pace := newPace()
	for step := range steps {
		for range batch {
			s := someScene(r)
			n.learn(floats(s.Inputs()), targets(s.Drawing()))
		}
		left := float32(steps-step) / float32(steps)
		pace.next(rate * left)
		for i, d := range n.layers {
			d.weights.step(pace, [...]float32{0.5, 0.25, 0.2}[i])
			d.biases.step(pace, [...]float32{4, 8, 8}[i])
		}
		if step%16 == 15 || step == steps-1 {
			n.bound()
		}
		n.use()
	}
}

func floats(x []int64) []float32 {
	out := make([]float32, len(x))
	for i, n := range x {
		out[i] = float32(n)
	}
	return out
}

// A pace is Adam's (Kingma and Ba, 2015): how far a step goes.
type pace struct {
	rate                float32
	meanLeft, powerLeft float32 // β1^t, β2^t
}

const keepMean, keepPower = 0.9, 0.999

func newPace() *pace { return &pace{meanLeft: 1, powerLeft: 1} }

func (p *pace) next(rate float32) {
	p.meanLeft *= keepMean
	p.powerLeft *= keepPower
	p.rate = rate * float32(math.Sqrt(float64(1-p.powerLeft))) / (1 - p.meanLeft)
}

// step changes values by their gradients, times a rate of their own, and forgets these.
func (p *parameters) step(at *pace, rate float32) {
	rate *= at.rate
	for i, g := range p.gradient {
		p.mean[i] = float32(keepMean*p.mean[i]) + float32((1-keepMean)*g)
		p.power[i] = float32(keepPower*p.power[i]) + float32((1-keepPower)*float32(g*g))
		p.value[i] -= float32(rate * p.mean[i] / (float32(math.Sqrt(float64(p.power[i]))) + 1e-8))
		p.gradient[i] = 0
	}
}
