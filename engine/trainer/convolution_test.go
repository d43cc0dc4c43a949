//go:build prover_checks

package trainer

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/genproof/genproof/circuits/network"
)

// A stage is a layer that is run at many places, at each over its own choice of the values before.
type stage struct {
	*dense
	from [][]int // of each place the values before that it takes, -1 for a zero
}

// convSide is the side of a convolution's smallest picture.
const convSide = 6

// A convolution is a network of two dense layers, and of two that look at 3×3 pixels of a picture twice as large as the one before.
type convolution struct {
	net    *net
	stages []stage
}

// everything is one place that takes all n values.
func everything(n int) [][]int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return [][]int{all}
}

// around lists, for each pixel of a picture of twice the side, the 3×3 pixels around it and their channels.
func around(side, channels int) (out [][]int) {
	for y := range 2 * side {
		for x := range 2 * side {
			var in []int
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					for c := range channels {
						at := -1
						if u, v := y+dy, x+dx; u >= 0 && v >= 0 && u < 2*side && v < 2*side {
							at = (u/2*side+v/2)*channels + c
						}
						in = append(in, at)
					}
				}
			}
			out = append(out, in)
		}
	}
	return out
}

// freshConvolution returns one of random weights, with so many neurons in front and channels. The scores stand
// beside the smallest picture.
func freshConvolution(r *rand.Rand, neurons, channels int) *convolution {
	first := layers()[0]
	first.Out = neurons
	second := network.Layer{In: neurons, Out: convSide*convSide*channels + 2*scores, Digit: 16, Shift: 7, Act: 4}
	third := network.Layer{In: 9 * channels, Out: channels, Digit: 15, Shift: 7, Act: 4}
	last := third
	last.Out = 1
	dense := freshOf(r, [3]network.Layer{first, second, third})
	dense.layers = append(dense.layers, freshOf(r, [3]network.Layer{first, second, last}).layers[2])
	c := &convolution{net: dense}
	for i, from := range [][][]int{everything(first.In), everything(second.In), around(convSide, channels), around(2*convSide, channels)} {
		c.stages = append(c.stages, stage{dense.layers[i], from})
	}
	return c
}

func (s *stage) take(place int, x []float32) []float32 {
	in := make([]float32, s.In)
	for i, at := range s.from[place] {
		if at >= 0 {
			in[i] = x[at]
		}
	}
	return in
}

// run returns each stage's outputs, of a place those of all channels.
func (c *convolution) run(x []float32) (outputs [][]float32) {
	for _, s := range c.stages {
		var out []float32
		for place := range s.from {
			out = append(out, s.dense.run(s.take(place, x), c.net.rounded)...)
		}
		outputs, x = append(outputs, out), out
	}
	return outputs
}

// said returns pixels and scores.
func said(outputs [][]float32) []float32 {
	second := outputs[1]
	return append(append([]float32(nil), outputs[3]...), second[len(second)-2*scores:]...)
}

// learn is [net.learn] of a convolution.
func (c *convolution) learn(x, target []float32) {
	outputs := c.run(x)
	g := said(outputs)
	for j := range g {
		g[j] -= target[j]
		if j >= shape.Pixels {
			g[j] *= 4
		}
	}
	ofScores := g[shape.Pixels:]
	g = g[:shape.Pixels]
	for i := len(c.stages) - 1; i >= 0; i-- {
		s, in := c.stages[i], x
		if i > 0 {
			in = outputs[i-1]
		}
		before := make([]float32, len(in))
		for place, from := range s.from {
			part := g[place*s.Out : (place+1)*s.Out]
			back := s.back(s.take(place, in), outputs[i][place*s.Out:(place+1)*s.Out], part, i > 0)
			for j, at := range from {
				if i > 0 && at >= 0 {
					before[at] += back[j]
				}
			}
		}
		if i == 2 {
			copy(before[len(before)-2*scores:], ofScores)
		}
		g = before
	}
}

func (c *convolution) steps(r *rand.Rand, steps, batch int, rate float32) {
	pace := newPace()
	for step := range steps {
		for range batch {
			s := someScene(r)
			c.learn(floats(s.Inputs()), targets(s.Drawing()))
		}
		pace.next(rate * float32(steps-step) / float32(steps))
		for i, d := range c.net.layers {
			d.weights.step(pace, [...]float32{0.5, 0.25, 0.15, 0.15}[i])
			d.biases.step(pace, [...]float32{4, 8, 8, 8}[i])
		}
		if step%16 == 15 || step == steps-1 {
			c.net.bound()
		}
		c.net.use()
	}
}

func (c *convolution) errors(scenes []*Scene) Errors {
	return measure(scenes, func(x []int64) []float32 { return said(c.run(floats(x))) })
}

// trainConvolution trains as [Train] does.
func trainConvolution(p Plan, neurons, channels int) *convolution {
	r := rand.New(rand.NewPCG(p.Seed, 0x7472616e))
	c := freshConvolution(r, neurons, channels)
	c.net.bound()
	c.net.use()
	c.steps(r, p.Floats, p.Batch, 1)
	c.net.round()
	c.steps(r, p.Fine, p.Batch, 0.3)
	return c
}

// narrow trains a dense network of other widths by the sample's plan.
func narrow(p Plan, first, second int) *net {
	l := layers()
	l[0].Out, l[1].In, l[1].Out, l[2].In = first, first, second, second
	r := rand.New(rand.NewPCG(p.Seed, 0x7472616e))
	n := freshOf(r, l)
	n.bound()
	n.steps(r, p.Floats, p.Batch, 1)
	n.round()
	n.steps(r, p.Fine, p.Batch, 0.3)
	return n
}

// TestSlowConvolution_LearnsTheGradient compares gradients with what a small change of a number does to the distance, where no
// activation is cut: what is measured below is no worse for a mistake here.
func TestSlowConvolution_LearnsTheGradient(t *testing.T) {
	c := freshConvolution(rand.New(rand.NewPCG(1, 2)), 24, 4)
	for _, d := range c.net.layers {
		for i := range d.weights.value {
			d.weights.value[i] *= 0.03
		}
		for j := range d.biases.value {
			d.biases.value[j] = float32(int64(7) << d.Shift)
		}
	}
	c.net.use()
	s := HeldOut(1)[0]
	x, target := floats(s.Inputs()), targets(s.Drawing())
	c.learn(x, target)
	loss := func() (sum float64) {
		for j, z := range said(c.run(x)) {
			weight := 0.5
			if j >= shape.Pixels {
				weight = 2
			}
			off := float64(z) - float64(target[j])
			sum += weight * off * off
		}
		return sum
	}
	tried := 0
	for i, d := range c.net.layers {
		for _, p := range []parameters{d.weights, d.biases} {
			for at := len(p.used) / 5; at < len(p.used); at += len(p.used)/20 + 1 {
				was := p.used[at]
				p.used[at] = was + 0.25
				up := loss()
				p.used[at] = was - 0.25
				down := loss()
				p.used[at] = was
				want := (up - down) * 2
				if got := float64(p.gradient[at]); math.Abs(got-want) > 0.05*math.Abs(want)+0.05 {
					t.Errorf("layer %d, number %d: gradient %f, want %f", i+1, at, got, want)
				} else if want != 0 {
					tried++
				}
			}
		}
	}
	if tried < 60 {
		t.Errorf("%d gradients were not 0", tried)
	}
}

// TestLongConvolution_AgainstDense pins the errors, on scenes that no training saw, of networks whose rows circuits/network counts, all trained
// by the sample's plan. A quarter of an hour of one processor.
func TestLongConvolution_AgainstDense(t *testing.T) {
	scenes := HeldOut(1000)
	for name, c := range map[string]struct {
		train func() Errors
		want  Errors
	}{
		"dense, 48 and 23 neurons": {func() Errors { return narrow(Sample, 48, 23).errors(scenes) }, Errors{1.146, 8.8}},
		"8 channels":               {func() Errors { return trainConvolution(Sample, 48, 8).errors(scenes) }, Errors{1.173, 8.8}},
		"4 channels":               {func() Errors { return trainConvolution(Sample, 24, 4).errors(scenes) }, Errors{1.199, 8.6}},
	} {
		got := c.train()
		if math.Abs(got.Pixel-c.want.Pixel) > 0.0006 || math.Abs(got.Score-c.want.Score) > 0.06 {
			t.Errorf("%s: %.4f levels a pixel and %.2f hundredths, want %.3f and %.1f", name, got.Pixel, got.Score, c.want.Pixel, c.want.Score)
		}
	}
}
