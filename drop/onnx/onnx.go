// Package onnx reads networks of integer operators from ONNX files: dense layers, nothing else.
//
//	y = Cast(Min(Div(Max(Add(MatMulInteger(x, W), bias), 0), 2^shift), 2^act − 1), uint8)
//
// x and y are rows of uint8, W is int8 or uint8, everything in between int32. Add may be left
// out, Div too. That is [network.Layer] exactly: Max stands before Div, so the truncation of
// Div is the floor of a shift. Every other operator, attribute, order or type is refused by its
// name and place: what cannot be proven must not be read as something else.
//
// Sources: ONNX's operators of the default domain, opset 13 to 21; its file format, onnx.proto.
package onnx

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"github.com/genproof/genproof/circuits/network"
)

// MaxBytes bounds a file.
const MaxBytes = 8 << 20

// A Dense is one layer.
type Dense struct {
	network.Weights
	Shift, Act int // as in [network.Layer]
}

// In and Out return the layer's inputs and outputs.
func (d *Dense) In() int  { return len(d.From) }
func (d *Dense) Out() int { return len(d.Bias) }

// A Network is what a file holds.
type Network struct {
	Rows   []Row   // of the first inputs, in their order; nil if the file does not say
	Layers []Dense // the first one first
}

// ErrNetwork is wrapped by the errors of [Read].
var ErrNetwork = errors.New("network")

// Read returns the network of a file. It is an error, which names the operator, if the file has
// anything but layers, and if it names more rows than there are inputs or one twice.
func Read(data []byte) (*Network, error) {
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("reading a network: %w: %d bytes, at most %d", ErrNetwork, len(data), MaxBytes)
	}
	g, err := readModel(data)
	if err == nil && (len(g.inputs) != 1 || len(g.outputs) != 1) {
		err = fmt.Errorf("%d inputs and %d outputs, want one of each", len(g.inputs), len(g.outputs))
	}
	n := &Network{}
	if err == nil {
		n.Layers, err = g.layers()
	}
	if err == nil && g.rows != nil {
		n.Rows, err = parseRows(g.rows, n.Layers[0].In())
	}
	if err != nil {
		return nil, fmt.Errorf("reading a network: %w: %w", ErrNetwork, err)
	}
	return n, nil
}

// A walk goes along the operators, each of which takes what the one before gave.
type walk struct {
	graph *graph
	at    int
	value string // the last one's output
	used  map[string]bool
}

// layers reads the operators, all of them in one chain.
func (g *graph) layers() (layers []Dense, err error) {
	w := &walk{graph: g, value: g.inputs[0], used: map[string]bool{g.inputs[0]: true}}
	for w.at < len(g.nodes) {
		d, err := w.dense()
		if err != nil {
			return nil, err
		}
		if n := len(layers); n > 0 && layers[n-1].Out() != d.In() {
			return nil, fmt.Errorf("layer %d has %d inputs, the one before %d outputs", n+1, d.In(), layers[n-1].Out())
		}
		layers = append(layers, *d)
	}
	switch {
	case len(layers) == 0:
		return nil, errors.New("no layers")
	case w.value != g.outputs[0]:
		return nil, fmt.Errorf("its output is %.40q, not what the last operator gives", g.outputs[0])
	}
	return layers, nil
}

func (w *walk) dense() (*Dense, error) {
	d := &Dense{}
	if err := w.product(d); err != nil {
		return nil, err
	}
	if err := w.bias(d); err != nil {
		return nil, err
	}
	if zero, err := w.constant("Max"); err != nil || zero != 0 {
		return nil, w.wrong(err, "the larger of a sum and %d, want 0", zero)
	}
	if w.is("Div") {
		by, err := w.constant("Div")
		if err != nil || by < 1 || by&(by-1) != 0 {
			return nil, w.wrong(err, "division by %d, want a power of two", by)
		}
		d.Shift = bits.TrailingZeros64(uint64(by))
	}
	most, err := w.constant("Min")
	if err != nil || most < 1 || most > math.MaxUint8 || most&(most+1) != 0 {
		return nil, w.wrong(err, "the smaller of a value and %d, want 1, 3, 7 … 255", most)
	}
	d.Act = bits.Len64(uint64(most))
	n, err := w.next("Cast", 1, "to", "saturate")
	if err != nil {
		return nil, err
	}
	if to := n.attributes["to"]; to != typeUint8 {
		return nil, w.wrong(nil, "a cast to type %d, want uint8", to)
	}
	return d, nil
}

// is reports whether the next operator is of a kind.
func (w *walk) is(operator string) bool {
	return w.at < len(w.graph.nodes) && w.graph.nodes[w.at].operator == operator
}

// wrong is err, or else what is wrong with the operator that was just read.
func (w *walk) wrong(err error, format string, args ...any) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("%s: "+format, append([]any{w.graph.nodes[w.at-1].place}, args...)...)
}

// next takes an operator of at least so many inputs, that takes the last one's output and has no
// attributes but the known ones.
func (w *walk) next(operator string, inputs int, known ...string) (*node, error) {
	if w.at == len(w.graph.nodes) {
		return nil, fmt.Errorf("it ends where %s should follow", operator)
	}
	n := &w.graph.nodes[w.at]
	w.at++
	if n.operator != operator {
		return nil, w.wrong(nil, "%s was expected here; a layer is MatMulInteger, Add, Max, Div, Min, Cast", operator)
	}
	for name := range n.attributes {
		if !slices.Contains(known, name) {
			return nil, w.wrong(nil, "attribute %.40q is not known", name)
		}
	}
	if len(n.in) < inputs || len(n.out) != 1 {
		return nil, w.wrong(nil, "%d inputs and %d outputs", len(n.in), len(n.out))
	}
	if !slices.Contains(n.in, w.value) {
		return nil, w.wrong(nil, "it does not take what the one before gives")
	}
	if w.used[n.out[0]] || w.graph.tensors[n.out[0]] != nil || n.out[0] == "" {
		return nil, w.wrong(nil, "its output %.40q is somebody else's", n.out[0])
	}
	w.value = n.out[0]
	w.used[w.value] = true
	return n, nil
}

// product reads MatMulInteger: the last value times a matrix of inputs by outputs.
func (w *walk) product(d *Dense) error {
	before := w.value
	n, err := w.next("MatMulInteger", 2)
	if err != nil {
		return err
	}
	for _, zero := range n.in[2:] {
		if t := w.graph.tensors[zero]; zero != "" && (t == nil || slices.ContainsFunc(t.values, func(x int64) bool { return x != 0 })) {
			return w.wrong(nil, "a zero point that is not 0")
		}
	}
	matrix := w.graph.tensors[n.in[1]]
	if n.in[0] != before || matrix == nil || len(matrix.dims) != 2 || matrix.kind == typeInt32 || len(n.in) > 4 || len(matrix.values) == 0 {
		return w.wrong(nil, "want a value times a matrix of int8 or uint8")
	}
	out := int(matrix.dims[1])
	for i := range int(matrix.dims[0]) {
		d.From = append(d.From, matrix.values[i*out:(i+1)*out])
	}
	d.Bias = make([]int64, out)
	return nil
}

// bias reads Add, if it follows.
func (w *walk) bias(d *Dense) error {
	if !w.is("Add") {
		return nil
	}
	t, err := w.operand("Add")
	if err != nil {
		return err
	}
	for i := range t.dims {
		if want := int64(1); i < len(t.dims)-1 && t.dims[i] != want {
			return w.wrong(nil, "want a bias for each output")
		}
	}
	switch len(t.values) {
	case d.Out():
		copy(d.Bias, t.values)
	case 1:
		for j := range d.Bias {
			d.Bias[j] = t.values[0]
		}
	default:
		return w.wrong(nil, "%d biases for %d outputs", len(t.values), d.Out())
	}
	return nil
}

// operand reads an operator of a value and a tensor of int32. Only Div has an order.
func (w *walk) operand(operator string) (*tensor, error) {
	before := w.value
	n, err := w.next(operator, 2)
	if err != nil {
		return nil, err
	}
	other := n.in[1]
	if other == before && operator != "Div" {
		other = n.in[0]
	}
	t := w.graph.tensors[other]
	if len(n.in) != 2 || other == before || t == nil || t.kind != typeInt32 {
		return nil, w.wrong(nil, "want a value and a tensor of int32")
	}
	return t, nil
}

// constant reads an operator of a value and one number.
func (w *walk) constant(operator string) (int64, error) {
	t, err := w.operand(operator)
	if err != nil {
		return 0, err
	}
	if len(t.values) != 1 {
		return 0, w.wrong(nil, "%d numbers, want one", len(t.values))
	}
	return t.values[0], nil
}
