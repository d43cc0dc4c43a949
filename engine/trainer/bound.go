package trainer

import "github.com/genproof/genproof/drop/onnx"

// bound makes weights smaller where an output's sum could leave its digit, with room for what rounding
// adds: a network that is out of bounds cannot be proven.
func (n *net) bound() {
	for i, d := range n.layers {
		for j := range d.weights.value {
			d.weights.value[j] = min(max(d.weights.value[j], -127), 127)
		}
		limit := float32(int64(1)<<(d.Digit-1)) - float32(d.In+1)*d.most/2 - 1
		for j := range d.Out {
			if reach := d.reach(j, i == 0); reach > limit {
				d.scale(j, limit/reach)
			}
		}
	}
}

// reach returns the largest value that an output's sum may have, without its sign. Of the rows of a
// trait one counts.
func (d *dense) reach(j int, isFirst bool) float32 {
	size := func(x float32) float32 { return max(x, -x) }
	total, in := size(d.biases.value[j]), 0
	if isFirst {
		for _, n := range groups() {
			largest := float32(0)
			for range n {
				largest = max(largest, size(d.weights.value[in*d.Out+j]))
				in++
			}
			total += largest
		}
	}
	for ; in < d.In; in++ {
		total += float32(size(d.weights.value[in*d.Out+j]) * d.most)
	}
	return total
}

func (d *dense) scale(j int, by float32) {
	d.biases.value[j] *= by
	for in := range d.In {
		d.weights.value[in*d.Out+j] *= by
	}
}

// layersOf returns the network rounded.
func (n *net) layersOf() (out []onnx.Dense) {
	for _, d := range n.layers {
		l := onnx.Dense{Shift: d.Shift, Act: d.Act}
		for _, b := range d.biases.value {
			l.Bias = append(l.Bias, whole(b, 1<<15-1))
		}
		for in := range d.In {
			row := make([]int64, d.Out)
			for j := range row {
				row[j] = whole(d.weights.value[in*d.Out+j], 127)
			}
			l.From = append(l.From, row)
		}
		out = append(out, l)
	}
	return out
}
