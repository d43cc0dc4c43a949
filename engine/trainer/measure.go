package trainer

import (
	"github.com/genproof/genproof/circuits/network"
	"github.com/genproof/genproof/drop/onnx"
)

// Errors are mean distances from what a network should have said, without their signs.
type Errors struct {
	Pixel float64 // in levels, of which there are 16
	Score float64 // in hundredths
}

// Measure returns a network's errors on scenes.
func Measure(layers []onnx.Dense, scenes []*Scene) Errors {
	return measure(scenes, func(x []int64) []float32 { return floats(Outputs(layers, x)) })
}

// File returns the network's file, which says which row each input is.
func File(layers []onnx.Dense) ([]byte, error) {
	n := &onnx.Network{Layers: layers}
	for _, t := range Traits() {
		for _, text := range t.Rows {
			n.Rows = append(n.Rows, onnx.Row{Trait: t.Name, Text: text})
		}
	}
	return onnx.Write(n)
}

// Outputs returns what the layers say, over plain numbers.
func Outputs(layers []onnx.Dense, x []int64) []int64 {
	for _, d := range layers {
		x = network.Layer{In: d.In(), Out: d.Out(), Shift: d.Shift, Act: d.Act}.Outputs(d.Weights, x)
	}
	return x
}

func (n *net) errors(scenes []*Scene) Errors {
	return measure(scenes, func(x []int64) []float32 {
		outputs := n.run(floats(x))
		return outputs[len(outputs)-1]
	})
}

func measure(scenes []*Scene, run func([]int64) []float32) (e Errors) {
	for _, s := range scenes {
		want := s.Drawing()
		got := run(s.Inputs())
		for i, p := range want {
			e.Pixel += distance(float64(got[i]), float64(p))
		}
		at := len(want)
		e.Score += distance(float64(got[at])+float64(16*got[at+1]), float64(Quality(want)))
	}
	n := float64(len(scenes))
	return Errors{Pixel: e.Pixel / n / (Side * Side), Score: e.Score / n}
}

func distance(a, b float64) float64 { return max(a-b, b-a) }

// Still returns the errors of the one picture and score that are nearest to all scenes' on average: what a
// network can say that looks at none of its inputs.
func Still(scenes []*Scene) Errors {
	mean := make([]float32, Side*Side+2*scores)
	for _, s := range scenes {
		for i, x := range targets(s.Drawing()) {
			mean[i] += x / float32(len(scenes))
		}
	}
	return measure(scenes, func([]int64) []float32 { return mean })
}
