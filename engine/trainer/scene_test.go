package trainer

import (
	"math/rand/v2"
	"testing"

	"github.com/genproof/genproof/circuits/network"
	"github.com/genproof/genproof/drop/onnx"
)

// someNet is a network at its start.
func someNet() *net { return fresh(rand.New(rand.NewPCG(1, 2))) }

// gentle is a network whose activations are all within their range: it is smooth there.
func gentle() *net {
	n := someNet()
	for _, d := range n.layers {
		for i := range d.weights.value {
			d.weights.value[i] *= 0.03
		}
		for j := range d.biases.value {
			d.biases.value[j] = float32(int64(7) << d.Shift)
		}
	}
	n.use()
	return n
}

// asCircuits is layers as the circuit takes them.
func asCircuits(layers []onnx.Dense) (out []network.Dense) {
	for _, d := range layers {
		out = append(out, network.Dense{Weights: d.Weights, Shift: d.Shift, Act: d.Act})
	}
	return out
}

// TestDrawing_ShowsEachInput: each row and each latent changes some drawing, and all levels occur.
func TestDrawing_ShowsEachInput(t *testing.T) {
	scenes := HeldOut(40)
	shown := func(what string, place int, change func(s *Scene)) {
		for _, s := range scenes {
			before := string(s.Drawing())
			other := &Scene{Rows: append([]int(nil), s.Rows...), Latents: append([]int64(nil), s.Latents...)}
			change(other)
			if string(other.Drawing()) != before {
				return
			}
		}
		t.Errorf("%s %d is never seen", what, place)
	}
	for i, n := range groups() {
		for row := range n {
			shown("trait and row", 10*i+row, func(s *Scene) { s.Rows[i] = row })
		}
	}
	for i := range shape.Latents {
		shown("latent", i, func(s *Scene) { s.Latents[i] = most - s.Latents[i] })
	}
	var count [most + 1]int
	for _, s := range scenes {
		for _, p := range s.Drawing() {
			count[p]++
		}
	}
	for level, n := range count {
		if n == 0 {
			t.Errorf("level %d does not occur", level)
		}
	}
}

func TestQuality_IsContrast(t *testing.T) {
	half := make([]byte, Side*Side)
	for i := range len(half) / 2 {
		half[i] = 6
	}
	for name, c := range map[string]struct {
		pixels []byte
		want   int64
	}{"one colour": {make([]byte, Side*Side), 0}, "two halves, 6 levels apart": {half, 75}} {
		if got := Quality(c.pixels); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
