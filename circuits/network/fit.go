package network

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A Dense is a layer as it is read from a file: its weights, the bits of a sum that are dropped,
// and the bits of an output.
type Dense struct {
	Weights
	Shift, Act int
}

// Fit packs layers into the shape, and returns beside the net the payload of each row: groups has the
// number of rows of each trait. The first layer's inputs are those rows, of which each trait has
// one that is 1, and then latents. What is smaller than the shape is filled up without changing
// what it computes: neurons that say 0, latents without weight, weights times 2^n for a shift that
// is n less, and in front of the last layer one that hands on what it gets. It is an error, which
// names layer and output, if something is larger, or a sum could leave its digit.
func (s Shape) Fit(groups []int, given []Dense) (net *Net, payloads [][][]fr.Element, err error) {
	layers := s.Layers()
	if len(given) < 2 || len(given) > len(layers) {
		return nil, nil, fmt.Errorf("%w: %d layers, the circuit has room for 2 to %d", ErrLayer, len(given), len(layers))
	}
	if len(given) == 2 {
		given = []Dense{given[0], handOn(len(given[0].Bias)), given[1]}
	}
	rows := 0
	for _, n := range groups {
		rows += n
	}
	if latents := len(given[0].From) - rows; latents < 0 || latents > s.Latents {
		return nil, nil, fmt.Errorf("%w: layer 1 has %d inputs, want %d for the rows of all traits and at most %d latents", ErrLayer, len(given[0].From), rows, s.Latents)
	}
	if n := len(given[2].Bias); n < s.Pixels || n > layers[2].Out || (n-s.Pixels)%2 != 0 {
		return nil, nil, fmt.Errorf("%w: %d outputs, want %d for the pixels and two for each of at most %d scores", ErrLayer, n, s.Pixels, s.Scores)
	}
	net = &Net{}
	for i, l := range layers {
		w, err := given[i].widened(l, i+1)
		if err != nil {
			return nil, nil, err
		}
		if i == 0 {
			if payloads, err = l.rows(&w, groups); err != nil {
				return nil, nil, err
			}
		}
		for len(w.From) < l.In {
			w.From = append(w.From, make([]int64, l.Out))
		}
		if len(w.From) > l.In {
			return nil, nil, fmt.Errorf("%w: layer %d has %d inputs, the circuit has room for %d", ErrLayer, i+1, len(w.From), l.In)
		}
		if net.Bias[i], net.From[i], err = l.Elements(w, mostValue); err != nil {
			return nil, nil, fmt.Errorf("layer %d: %w", i+1, err)
		}
	}
	return net, payloads, nil
}

// handOn is a layer of n inputs whose outputs are they.
func handOn(n int) Dense {
	d := Dense{Weights: Weights{Bias: make([]int64, n)}, Act: actBits}
	for i := range n {
		row := make([]int64, n)
		row[i] = 1
		d.From = append(d.From, row)
	}
	return d
}

// widened returns the weights with as many outputs as the layer has and for its shift.
func (d Dense) widened(l Layer, number int) (w Weights, err error) {
	switch {
	case d.Act != l.Act:
		return w, fmt.Errorf("%w: layer %d has outputs of %d bits, the circuit of %d", ErrLayer, number, d.Act, l.Act)
	case d.Shift > l.Shift:
		return w, fmt.Errorf("%w: layer %d is shifted by %d bits, the circuit by at most %d", ErrLayer, number, d.Shift, l.Shift)
	case len(d.Bias) > l.Out:
		return w, fmt.Errorf("%w: layer %d has %d outputs, the circuit has room for %d", ErrLayer, number, len(d.Bias), l.Out)
	}
	times := int64(1) << (l.Shift - d.Shift)
	widen := func(row []int64) []int64 {
		out := make([]int64, l.Out)
		for j, n := range row {
			out[j] = n * times
		}
		return out
	}
	w.Bias = widen(d.Bias)
	for _, row := range d.From {
		w.From = append(w.From, widen(row))
	}
	return w, nil
}

// rows takes the rows' inputs out of the first layer's weights, and packs them. Of each trait one row
// counts, so the room that they need is that of the largest; it is checked by a bias that is as
// large, from which [Layer.Elements] goes on.
func (l Layer) rows(w *Weights, groups []int) (payloads [][][]fr.Element, err error) {
	at, reach := 0, make([]int64, l.Out)
	for _, n := range groups {
		largest := make([]int64, l.Out)
		var packed [][]fr.Element
		for _, row := range w.From[at : at+n] {
			for j, x := range row {
				largest[j] = max(largest[j], x, -x)
			}
			packed = append(packed, l.Pack(row))
		}
		for j := range reach {
			reach[j] += largest[j]
		}
		payloads, at = append(payloads, packed), at+n
	}
	w.From = w.From[at:]
	worst := Weights{Bias: make([]int64, l.Out), From: w.From}
	for j, b := range w.Bias {
		worst.Bias[j] = max(b, -b) + reach[j]
	}
	checked := l
	checked.In = len(w.From)
	if _, _, err := checked.Elements(worst, mostValue); err != nil {
		return nil, fmt.Errorf("layer 1, with the largest row of each trait: %w", err)
	}
	return payloads, nil
}
