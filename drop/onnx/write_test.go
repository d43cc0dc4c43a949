package onnx

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestWrite_RefusesWhatReadWouldChange: a number that its type cannot hold would come back as another.
func TestWrite_RefusesWhatReadWouldChange(t *testing.T) {
	for name, c := range map[string]struct {
		change func(d []Dense) []Dense
		want   string
	}{
		"no layers":         {func([]Dense) []Dense { return nil }, "no layers"},
		"a weight of 128":   {func(d []Dense) []Dense { d[1].From[2][0] = 128; return d }, "layer 2: input 2 has a weight that is no int8"},
		"a weight of -129":  {func(d []Dense) []Dense { d[0].From[0][3] = -129; return d }, "layer 1: input 0 has a weight that is no int8"},
		"a wide bias":       {func(d []Dense) []Dense { d[0].Bias[1] = math.MaxInt32 + 1; return d }, "layer 1: a bias is no int32"},
		"a weight less":     {func(d []Dense) []Dense { d[0].From[1] = d[0].From[1][:3]; return d }, "layer 1: input 1 has 3 weights, want 4"},
		"no outputs":        {func(d []Dense) []Dense { d[1].Bias = nil; return d }, "layer 2: 4 inputs and 0 outputs"},
		"an input too few":  {func(d []Dense) []Dense { d[1].From = d[1].From[1:]; return d }, "layer 2: 3 inputs, the one before has 4 outputs"},
		"a shift of 31":     {func(d []Dense) []Dense { d[0].Shift = 31; return d }, "layer 1: a shift of 31"},
		"outputs of 9 bits": {func(d []Dense) []Dense { d[0].Act = 9; return d }, "outputs of 9"},
		"too many layers": {func([]Dense) []Dense {
			sizes := make([]int, 61)
			for i := range sizes {
				sizes[i] = 1
			}
			return someLayers(rand.New(rand.NewPCG(1, 2)), 7, sizes...)
		}, "more than 256 operators"},
	} {
		_, err := Write(&Network{Layers: c.change(someLayers(rand.New(rand.NewPCG(3, 4)), 7, 3, 4, 2))})
		if !errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// TestWrite_IsRepeatable: the same layers are the same bytes.
func TestWrite_IsRepeatable(t *testing.T) {
	layers := someLayers(rand.New(rand.NewPCG(3, 4)), 7, 3, 4, 2)
	n := &Network{Rows: []Row{{"Sky", "Night"}, {"Moon", ""}}, Layers: layers}
	first, err := Write(n)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if again, err := Write(n); err != nil || string(again) != string(first) {
			t.Fatal("the same layers give other bytes:", err)
		}
	}
}
