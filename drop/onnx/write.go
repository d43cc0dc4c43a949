package onnx

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"google.golang.org/protobuf/encoding/protowire"
)

// Write returns the file of a network, which [Read] reads as it is: the same network gives the same bytes.
// Weights must be int8, biases int32, shifts at most 30 bits and outputs 1 to 8, and each layer must have
// as many inputs as the one before has outputs; else it is an error, which names the layer. Rows must be
// UTF-8, each another one, and no more than the inputs.
func Write(n *Network) ([]byte, error) {
	layers := n.Layers
	if len(layers) == 0 {
		return nil, fmt.Errorf("writing a network: %w: no layers", ErrNetwork)
	}
	for i := range layers {
		err := layers[i].validate()
		if err == nil && i > 0 && layers[i].In() != layers[i-1].Out() {
			err = fmt.Errorf("%d inputs, the one before has %d outputs", layers[i].In(), layers[i-1].Out())
		}
		if err != nil {
			return nil, fmt.Errorf("writing a network: %w: layer %d: %w", ErrNetwork, i+1, err)
		}
	}
	f := fileOf(layers)
	if n.Rows != nil {
		var err error
		if f.rows, err = writeRows(n.Rows); err != nil {
			return nil, fmt.Errorf("writing a network: %w: %w", ErrNetwork, err)
		}
	}
	data := f.data()
	read, err := Read(data) // it may have too many layers or numbers
	if err == nil && !slices.Equal(read.Rows, n.Rows) {
		err = fmt.Errorf("%w: a row that is not UTF-8", ErrNetwork)
	}
	if err != nil {
		return nil, fmt.Errorf("writing a network: %w", err)
	}
	return data, nil
}

// validate reports whether a layer's numbers have the types of a file's.
func (d *Dense) validate() error {
	switch {
	case d.In() == 0 || d.Out() == 0:
		return fmt.Errorf("%d inputs and %d outputs", d.In(), d.Out())
	case d.Shift < 0 || d.Shift > 30 || d.Act < 1 || d.Act > 8:
		return fmt.Errorf("a shift of %d bits and outputs of %d, want at most 30 and 1 to 8", d.Shift, d.Act)
	}
	for i, row := range d.From {
		if len(row) != d.Out() {
			return fmt.Errorf("input %d has %d weights, want %d", i, len(row), d.Out())
		}
		if slices.Min(row) < math.MinInt8 || slices.Max(row) > math.MaxInt8 {
			return fmt.Errorf("input %d has a weight that is no int8", i)
		}
	}
	if slices.Min(d.Bias) < math.MinInt32 || slices.Max(d.Bias) > math.MaxInt32 {
		return fmt.Errorf("a bias is no int32")
	}
	return nil
}

// A file is a model before it is written, by its parts.
type file struct {
	nodes, tensors  []*writer
	inputs, outputs []*writer
	last            string
	rows            []byte // the property, nil for none
}

func (f *file) data() []byte {
	g := &writer{}
	for _, list := range []struct {
		field protowire.Number
		parts []*writer
	}{{graphNode, f.nodes}, {graphInitializer, f.tensors}, {graphInput, f.inputs}, {graphOutput, f.outputs}} {
		for _, p := range list.parts {
			g.part(list.field, p)
		}
	}
	return writeModel(g.text(2, "graph"), f.rows)
}

// fileOf is the file of layers. One without biases has no Add, one without a shift no Div.
func fileOf(layers []Dense) *file {
	f := &file{inputs: []*writer{writeValue("x", typeUint8, int64(layers[0].In()))}, last: "x"}
	for i, d := range layers {
		name := func(s string) string { return fmt.Sprint(s, i) }
		step := func(operator, with string, attributes ...*writer) {
			in := []string{f.last}
			if with != "" {
				in = append(in, with)
			}
			out := name(strings.ToLower(operator) + "_out")
			f.nodes = append(f.nodes, writeNode(operator, name(operator), in, out, attributes...))
			f.last = out
		}
		constant := func(s string, x int64) string {
			f.tensors = append(f.tensors, writeTensor(name(s), typeInt32, nil, []int64{x}))
			return name(s)
		}
		matrix := slices.Concat(d.From...)
		f.tensors = append(f.tensors, writeTensor(name("w"), typeInt8, []int64{int64(d.In()), int64(d.Out())}, matrix))
		step("MatMulInteger", name("w"))
		if slices.ContainsFunc(d.Bias, func(x int64) bool { return x != 0 }) {
			f.tensors = append(f.tensors, writeTensor(name("b"), typeInt32, []int64{int64(d.Out())}, d.Bias))
			step("Add", name("b"))
		}
		step("Max", constant("zero", 0))
		if d.Shift > 0 {
			step("Div", constant("by", 1<<d.Shift))
		}
		step("Min", constant("most", 1<<d.Act-1))
		step("Cast", "", attribute("to", typeUint8))
	}
	f.outputs = []*writer{writeValue(f.last, typeUint8, int64(layers[len(layers)-1].Out()))}
	return f
}
