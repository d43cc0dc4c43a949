package onnx

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/network"
)

func someLayers(r *rand.Rand, shift int, sizes ...int) (layers []Dense) {
	for i := range len(sizes) - 1 {
		d := Dense{Shift: shift, Act: 4, Weights: network.Weights{Bias: make([]int64, sizes[i+1])}}
		for j := range d.Bias {
			d.Bias[j] = r.Int64N(1000) - 500
		}
		for range sizes[i] {
			row := make([]int64, sizes[i+1])
			for j := range row {
				row[j] = r.Int64N(256) - 128
			}
			d.From = append(d.From, row)
		}
		layers = append(layers, d)
	}
	return layers
}

func TestRead_FindsTheLayers(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, layers := range [][]Dense{someLayers(r, 7, 5, 3), someLayers(r, 0, 1, 1), someLayers(r, 6, 20, 30, 4, 9)} {
		n := &Network{Layers: layers}
		data, err := Write(n)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Read(data)
		if err != nil || !reflect.DeepEqual(got, n) {
			t.Errorf("%d layers come back as others: %v", len(layers), err)
		}
	}
	plain := someLayers(r, 7, 2, 2)
	plain[0].Bias = make([]int64, 2)
	if got, err := Read(fileOf(plain).data()); err != nil || !reflect.DeepEqual(got.Layers, plain) {
		t.Error("without Add:", err)
	}
}

// changed returns a file of two layers that differs in what change does.
func changed(change func(*file)) []byte {
	f := fileOf(someLayers(rand.New(rand.NewPCG(3, 4)), 7, 3, 4, 2))
	change(f)
	return f.data()
}

// The operators of [fileOf], by their places.
const (
	product = iota
	add
	relu
	div
	least
	cast
)

func TestRead_RefusesByNameAndPlace(t *testing.T) {
	node := func(at int, n *writer) func(*file) { return func(f *file) { f.nodes[at] = n } }
	tensor := func(name string, w *writer) func(*file) {
		return func(f *file) {
			for i, was := range f.tensors {
				if bytes.Contains(was.data, []byte(name)) {
					f.tensors[i] = w
				}
			}
		}
	}
	int32s := func(name string, x ...int64) *writer { return writeTensor(name, typeInt32, []int64{int64(len(x))}, x) }
	for name, c := range map[string]struct {
		change func(*file)
		want   string
	}{
		"another operator":       {node(relu, writeNode("Relu", "r", []string{"add_out0"}, "max_out0")), `operator 3, Relu "r": Max was expected`},
		"floats":                 {node(product, writeNode("MatMul", "m", []string{"x", "w0"}, "matmulinteger_out0")), "operator 1, MatMul"},
		"another domain":         {func(f *file) { f.nodes[add].text(nodeDomain, "com.microsoft") }, "com.microsoft.Add"},
		"Div before Max":         {func(f *file) { f.nodes[relu], f.nodes[div] = f.nodes[div], f.nodes[relu] }, "operator 3, Div"},
		"an attribute":           {func(f *file) { f.nodes[add].part(nodeAttribute, attribute("axis", 1)) }, `attribute "axis"`},
		"a cast to both":         {node(cast, writeNode("Cast", "c", []string{"min_out0"}, "cast_out0", attribute("to", 1), attribute("to", typeUint8))), `operator 6, Cast "c": an operator of more than 16 attributes, or with "to" twice`},
		"a cast to floats":       {node(cast, writeNode("Cast", "c", []string{"min_out0"}, "cast_out0", attribute("to", 1))), "type 1, want uint8"},
		"a divisor of 3":         {tensor("by0", int32s("by0", 3)), "division by 3"},
		"a divisor of 0":         {tensor("by0", int32s("by0", 0)), "division by 0"},
		"a negative divisor":     {tensor("by0", int32s("by0", -128)), "division by -128"},
		"two divisors":           {tensor("by0", int32s("by0", 8, 8)), "2 numbers"},
		"another zero":           {tensor("zero0", int32s("zero0", 1)), "larger of a sum and 1"},
		"a most of 14":           {tensor("most0", int32s("most0", 14)), "smaller of a value and 14"},
		"a most of 511":          {tensor("most0", int32s("most0", 511)), "smaller of a value and 511"},
		"biases for others":      {tensor("b0", int32s("b0", 1, 2, 3)), "3 biases for 4"},
		"a bias a row":           {tensor("b0", writeTensor("b0", typeInt32, []int64{4, 1}, []int64{1, 2, 3, 4})), "a bias for each output"},
		"a bias of bytes":        {tensor("b0", writeTensor("b0", typeInt8, []int64{4}, []int64{1, 2, 3, 4})), "tensor of int32"},
		"a zero point":           {node(product, writeNode("MatMulInteger", "m", []string{"x", "w0", "by0"}, "matmulinteger_out0")), "zero point"},
		"the matrix first":       {node(product, writeNode("MatMulInteger", "m", []string{"w0", "x"}, "matmulinteger_out0")), "a matrix of int8"},
		"a matrix of int32":      {tensor("w0", writeTensor("w0", typeInt32, []int64{1, 1}, []int64{5})), "a matrix of int8"},
		"a matrix of floats":     {tensor("w0", writeTensor("w0", 1, []int64{3, 4}, make([]int64, 12))), `tensor "w0"`},
		"a short matrix":         {tensor("w0", writeTensor("w0", typeInt8, []int64{3, 4}, make([]int64, 11))), "11 bytes"},
		"a huge matrix":          {tensor("w0", writeTensor("w0", typeInt8, []int64{1 << 40, 4}, nil)), "more than"},
		"layers that do not fit": {tensor("w1", writeTensor("w1", typeInt8, []int64{3, 2}, make([]int64, 6))), "layer 2 has 3 inputs"},
		"a skip":                 {node(add, writeNode("Add", "a", []string{"x", "b0"}, "add_out0")), "does not take"},
		"a sum with itself":      {node(add, writeNode("Add", "a", []string{"matmulinteger_out0", "matmulinteger_out0"}, "add_out0")), "tensor of int32"},
		"a quotient turned":      {node(div, writeNode("Div", "d", []string{"by0", "max_out0"}, "div_out0")), "tensor of int32"},
		"two outputs of a name":  {node(relu, writeNode("Max", "m", []string{"add_out0", "zero0"}, "add_out0")), "somebody else's"},
		"the output half way":    {func(f *file) { f.outputs = []*writer{writeValue("cast_out0", typeUint8, 4)} }, "not what the last operator gives"},
		"two inputs":             {func(f *file) { f.inputs = append(f.inputs, writeValue("y", typeUint8, 4)) }, "2 inputs"},
		"no operators":           {func(f *file) { f.nodes = nil }, "no layers"},
		"half a layer":           {func(f *file) { f.nodes = f.nodes[:least+1] }, "ends where Cast should follow"},
		"two tensors of a name":  {func(f *file) { f.tensors = append(f.tensors, int32s("by0", 4)) }, "two of the name"},
		"data elsewhere":         {tensor("w0", writeTensor("w0", typeInt8, []int64{3, 4}, make([]int64, 12)).text(13, "w.bin")), "another file"},
		"numbers twice":          {func(f *file) { f.tensors[0].number(tensorInts, 7) }, "twice"},
	} {
		_, err := Read(changed(c.change))
		if !errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestRead_RefusesWhatIsNoFile(t *testing.T) {
	whole := changed(func(*file) {})
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("ONNX"), "too long": make([]byte, MaxBytes+1),
		"two graphs": append(bytes.Clone(whole), whole...), "functions": append(bytes.Clone(whole), (&writer{}).text(25, "f").data...),
	} {
		if _, err := Read(data); !errors.Is(err, ErrNetwork) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for cut := range whole {
		if _, err := Read(whole[:cut]); err == nil && cut < len(whole)-6 {
			t.Errorf("%d of %d bytes are read as a network", cut, len(whole))
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(changed(func(*file) {}))
	f.Add(append(changed(func(*file) {}), property(rowsKey, `[["Sky", "Night"], ["Moon", null]]`)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, err := Read(data)
		if err != nil {
			return
		}
		layers := n.Layers
		if len(n.Rows) > layers[0].In() {
			t.Fatalf("%d rows of %d inputs", len(n.Rows), layers[0].In())
		}
		for i, d := range layers {
			if d.In() == 0 || d.Out() == 0 || i > 0 && layers[i-1].Out() != d.In() {
				t.Fatalf("layer %d of %d inputs and %d outputs", i, d.In(), d.Out())
			}
		}
	})
}
