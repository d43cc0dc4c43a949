package onnx

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// The fields that are read, by onnx.proto of ONNX 1.16. Of all others a model must not have those
// of refusedModel and refusedGraph; names, documentation, other properties and types of values in
// between say nothing that the operators do not.
const (
	modelGraph, modelProperty = 7, 14

	propertyKey, propertyValue = 1, 2

	graphNode, graphInitializer, graphInput, graphOutput = 1, 5, 11, 12

	nodeInput, nodeOutput, nodeName, nodeOperator, nodeAttribute, nodeDomain = 1, 2, 3, 4, 5, 7

	attributeName, attributeInt = 1, 3

	tensorDims, tensorType, tensorInts, tensorName, tensorRaw = 1, 2, 5, 8, 9

	valueName = 1
)

var (
	refusedModel = map[int]string{20: "training steps", 25: "functions of its own"}
	refusedGraph = map[int]string{14: "annotations for quantisation", 15: "sparse tensors"}
	// of tensors: segments, floats, texts, 64-bit numbers, doubles, data elsewhere
	refusedTensor = map[int]string{
		3: "a part of a tensor", 4: "floats", 6: "texts", 7: "64-bit numbers", 10: "doubles", 11: "64-bit numbers", 13: "data in another file",
	}
)

// Element types, and their bytes in raw data.
const (
	typeUint8, typeInt8, typeInt32 = 2, 3, 6
)

// A tensor is an initializer.
type tensor struct {
	dims   []int64
	kind   int64
	values []int64
}

// A node is one operator's.
type node struct {
	place      string // for errors
	operator   string
	in, out    []string
	attributes map[string]int64
}

// A graph is what is read of a model.
type graph struct {
	nodes   []node
	tensors map[string]*tensor
	inputs  []string // those that are no initializers
	outputs []string
	rows    []byte // the property of that name; nil if there is none
}

func readModel(data []byte) (*graph, error) {
	g, found := &graph{tensors: map[string]*tensor{}}, false
	err := message{data}.each(func(field int, v value) error {
		if what, no := refusedModel[field]; no {
			return fmt.Errorf("the model has %s", what)
		}
		switch field {
		case modelProperty:
			return g.readProperty(v)
		case modelGraph:
			return g.readGraph(v, &found)
		}
		return nil
	})
	if err == nil && !found {
		err = errors.New("no graph")
	}
	if err != nil {
		return nil, err
	}
	inputs := g.inputs
	g.inputs = nil
	for _, name := range inputs {
		if g.tensors[name] == nil {
			g.inputs = append(g.inputs, name)
		}
	}
	return g, nil
}

// most of a graph's parts.
const (
	maxNodes   = 256
	maxTensors = 256
	maxNumbers = 1 << 20 // of all tensors
)

// readGraph reads a model's only graph.
func (g *graph) readGraph(v value, found *bool) error {
	if *found {
		return errors.New("two graphs")
	}
	*found = true
	m, err := v.message()
	if err != nil {
		return err
	}
	return m.each(g.read)
}

func (g *graph) read(field int, v value) error {
	if what, no := refusedGraph[field]; no {
		return fmt.Errorf("the graph has %s", what)
	}
	switch field {
	case graphNode:
		return g.readNode(v)
	case graphInitializer:
		return g.readTensor(v)
	case graphInput:
		return readName(v, &g.inputs)
	case graphOutput:
		return readName(v, &g.outputs)
	}
	return nil
}

// readName appends a value's name.
func readName(v value, to *[]string) error {
	m, err := v.message()
	if err != nil {
		return err
	}
	name := ""
	err = m.each(func(field int, v value) (err error) {
		if field == valueName {
			name, err = v.text()
		}
		return err
	})
	if *to = append(*to, name); len(*to) > maxTensors {
		return fmt.Errorf("more than %d inputs or outputs", maxTensors)
	}
	return err
}

func (g *graph) readNode(v value) error {
	if len(g.nodes) == maxNodes {
		return fmt.Errorf("more than %d operators", maxNodes)
	}
	m, err := v.message()
	if err != nil {
		return err
	}
	n := node{attributes: map[string]int64{}}
	name, domain := "", ""
	err = m.each(func(field int, v value) (err error) {
		switch field {
		case nodeInput:
			err = appendText(v, &n.in)
		case nodeOutput:
			err = appendText(v, &n.out)
		case nodeName:
			name, err = v.text()
		case nodeOperator:
			n.operator, err = v.text()
		case nodeDomain:
			domain, err = v.text()
		case nodeAttribute:
			err = n.readAttribute(v)
		}
		return err
	})
	if domain != "" && domain != "ai.onnx" {
		n.operator = domain + "." + n.operator
	}
	n.place = fmt.Sprintf("operator %d, %.40s %.40q", len(g.nodes)+1, n.operator, name)
	if err != nil {
		return fmt.Errorf("%s: %w", n.place, err)
	}
	g.nodes = append(g.nodes, n)
	return nil
}

func appendText(v value, to *[]string) error {
	s, err := v.text()
	if *to = append(*to, s); len(*to) > 16 {
		return errors.New("an operator of more than 16 values")
	}
	return err
}

// readAttribute notes an attribute's name, and its number.
func (n *node) readAttribute(v value) error {
	m, err := v.message()
	if err != nil {
		return err
	}
	name, number := "", int64(0)
	err = m.each(func(field int, v value) (err error) {
		switch field {
		case attributeName:
			name, err = v.text()
		case attributeInt:
			number, err = v.whole()
		}
		return err
	})
	if err != nil {
		return err
	}
	if _, twice := n.attributes[name]; twice || len(n.attributes) == 16 {
		return fmt.Errorf("an operator of more than 16 attributes, or with %.40q twice", name)
	}
	n.attributes[name] = number
	return nil
}

func (g *graph) readTensor(v value) error {
	if len(g.tensors) == maxTensors {
		return fmt.Errorf("more than %d tensors", maxTensors)
	}
	m, err := v.message()
	if err != nil {
		return err
	}
	var t tensor
	var raw []byte
	name, numbers := "", []int64(nil)
	err = m.each(func(field int, v value) (err error) {
		if what, no := refusedTensor[field]; no {
			return errors.New("a tensor of " + what)
		}
		switch field {
		case tensorDims:
			t.dims, err = v.numbers(t.dims, 4)
		case tensorType:
			t.kind, err = v.whole()
		case tensorInts:
			numbers, err = v.numbers(numbers, maxNumbers)
		case tensorName:
			name, err = v.text()
		case tensorRaw:
			raw = v.bytes
		}
		return err
	})
	if err == nil {
		err = t.fill(raw, numbers)
	}
	if err == nil && g.tensors[name] != nil {
		err = errors.New("there are two of the name")
	}
	if err != nil {
		return fmt.Errorf("tensor %.40q: %w", name, err)
	}
	g.tensors[name] = &t
	return nil
}

// fill reads a tensor's numbers, from raw bytes (little-endian) or from a list.
func (t *tensor) fill(raw []byte, numbers []int64) error {
	want := int64(1)
	for _, d := range t.dims {
		if d < 0 || d > maxNumbers || want*d > maxNumbers {
			return fmt.Errorf("more than %d numbers", maxNumbers)
		}
		want *= d
	}
	width := map[int64]int64{typeUint8: 1, typeInt8: 1, typeInt32: 4}[t.kind]
	switch {
	case width == 0:
		return fmt.Errorf("its numbers are of type %d, want uint8, int8 or int32", t.kind)
	case raw != nil && numbers != nil:
		return errors.New("its numbers stand there twice")
	case raw != nil && int64(len(raw)) != want*width:
		return fmt.Errorf("%d bytes, its shape has %d", len(raw), want*width)
	case raw == nil && int64(len(numbers)) != want:
		return fmt.Errorf("%d numbers, its shape has %d", len(numbers), want)
	}
	if raw == nil {
		return t.take(numbers)
	}
	for i := range want {
		switch t.kind {
		case typeUint8:
			t.values = append(t.values, int64(raw[i]))
		case typeInt8:
			t.values = append(t.values, int64(int8(raw[i])))
		default:
			t.values = append(t.values, int64(int32(binary.LittleEndian.Uint32(raw[4*i:]))))
		}
	}
	return nil
}

// take takes numbers from a list, each of the tensor's type.
func (t *tensor) take(numbers []int64) error {
	low, high := int64(math.MinInt32), int64(math.MaxInt32)
	switch t.kind {
	case typeUint8:
		low, high = 0, math.MaxUint8
	case typeInt8:
		low, high = math.MinInt8, math.MaxInt8
	}
	for _, x := range numbers {
		if x < low || x > high {
			return fmt.Errorf("%d is not of its type", x)
		}
	}
	t.values = numbers
	return nil
}
