package onnx

import (
	"encoding/binary"

	"google.golang.org/protobuf/encoding/protowire"
)

// A writer makes messages of onnx.proto, field by field.
type writer struct{ data []byte }

func (w *writer) number(field protowire.Number, x int64) *writer {
	w.data = protowire.AppendVarint(protowire.AppendTag(w.data, field, protowire.VarintType), uint64(x))
	return w
}

func (w *writer) bytes(field protowire.Number, b []byte) *writer {
	w.data = protowire.AppendBytes(protowire.AppendTag(w.data, field, protowire.BytesType), b)
	return w
}

func (w *writer) text(field protowire.Number, s string) *writer { return w.bytes(field, []byte(s)) }

func (w *writer) part(field protowire.Number, p *writer) *writer { return w.bytes(field, p.data) }

func writeNode(operator, name string, in []string, out string, attributes ...*writer) *writer {
	w := &writer{}
	for _, s := range in {
		w.text(nodeInput, s)
	}
	w.text(nodeOutput, out).text(nodeName, name).text(nodeOperator, operator)
	for _, a := range attributes {
		w.part(nodeAttribute, a)
	}
	return w
}

func attribute(name string, x int64) *writer {
	return (&writer{}).text(attributeName, name).number(attributeInt, x).number(20, 2) // type INT
}

// writeTensor writes raw data.
func writeTensor(name string, kind int64, dims []int64, values []int64) *writer {
	w := &writer{}
	for _, d := range dims {
		w.number(tensorDims, d)
	}
	var raw []byte
	for _, x := range values {
		if kind == typeInt32 {
			raw = binary.LittleEndian.AppendUint32(raw, uint32(x))
		} else {
			raw = append(raw, byte(x))
		}
	}
	return w.number(tensorType, kind).text(tensorName, name).bytes(tensorRaw, raw)
}

// writeValue writes an input or output: a row of numbers.
func writeValue(name string, kind, n int64) *writer {
	dim := func(n int64) *writer { return (&writer{}).number(1, n) }
	shape := (&writer{}).part(1, dim(1)).part(1, dim(n))
	tensorType := (&writer{}).number(1, kind).part(2, shape)
	return (&writer{}).text(valueName, name).part(2, (&writer{}).part(1, tensorType))
}

// writeModel writes a graph as a model, with the property of its rows unless that is nil.
func writeModel(graph *writer, rows []byte) []byte {
	opset := (&writer{}).text(1, "").number(2, 13)
	w := (&writer{}).number(1, 8).part(modelGraph, graph).part(8, opset)
	if rows != nil {
		w.part(modelProperty, (&writer{}).text(propertyKey, rowsKey).bytes(propertyValue, rows))
	}
	return w.data
}
