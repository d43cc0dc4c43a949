package onnx

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// An operator is one of ONNX's, with its domain.
type operator struct{ domain, name string }

// full is how an error names it.
func (o operator) full() string { return strings.TrimPrefix(o.domain+"."+o.name, ".") }

// onnxOperators are those of ONNX 1.12, opsets 1 to 17: all names in its operator_sets.h, operator_sets_ml.h and
// operator_sets_preview.h.
func onnxOperators(t *testing.T) (out []operator) {
	data, err := os.ReadFile("testdata/operators.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		at := strings.LastIndex(line, " ")
		out = append(out, operator{strings.TrimSpace(line[:at+1]), line[at+1:]})
	}
	return out
}

// odd returns the node at a place as another operator, with the same inputs, output and attributes.
func odd(t *testing.T, f *file, at int, o operator) *writer {
	var g graph
	if err := g.readNode(value{bytes: f.nodes[at].data, wire: protowire.BytesType}); err != nil {
		t.Fatal(err)
	}
	n := g.nodes[0]
	var attributes []*writer
	for name, x := range n.attributes {
		attributes = append(attributes, attribute(name, x))
	}
	return writeNode(o.name, "odd", n.in, n.out[0], attributes...).text(nodeDomain, o.domain)
}

// TestRead_IsAClosedList: every operator of ONNX at every place of a network of two layers, in the stead of the one there,
// before it or behind all, is refused by its name and place. Six are taken, where they belong.
func TestRead_IsAClosedList(t *testing.T) {
	chain := slices.Repeat([]string{"MatMulInteger", "Add", "Max", "Div", "Min", "Cast"}, 2)
	list, taken := onnxOperators(t), map[string]int{}
	refuses := func(o operator, place int, change func(*file)) {
		_, err := Read(changed(change))
		if want := fmt.Sprintf("operator %d, %s ", place, o.full()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", o.full(), err, want)
		}
	}
	for _, o := range list {
		for at, belongs := range chain {
			second := at + 1 // where the fault is
			if o.full() == belongs {
				second++
			}
			refuses(o, second, func(f *file) { f.nodes = slices.Insert(f.nodes, at, odd(t, f, at, o)) })
			inItsStead := func(f *file) { f.nodes[at] = odd(t, f, at, o) }
			if o.full() != belongs {
				refuses(o, at+1, inItsStead)
			} else if _, err := Read(changed(inItsStead)); err != nil {
				t.Error(err)
			} else {
				taken[belongs]++
			}
		}
		refuses(o, len(chain)+1, func(f *file) { f.nodes = append(f.nodes, odd(t, f, len(chain)-1, o)) })
	}
	if len(list) != 200 || len(taken) != 6 {
		t.Errorf("%d operators, taken are %v", len(list), taken)
	}
}
