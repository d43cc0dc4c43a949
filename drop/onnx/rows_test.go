package onnx

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/network"
)

// TestRead_TakesWhatOnnxWrites: a file of ONNX's own library, testdata/helper.py, with the names of its rows.
func TestRead_TakesWhatOnnxWrites(t *testing.T) {
	data, err := os.ReadFile("testdata/helper.onnx")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	want := &Network{
		Rows: []Row{{"Sky", "Night"}, {"Sky", "Dämmerung"}, {"Moon", ""}},
		Layers: []Dense{
			{Weights: network.Weights{Bias: []int64{100, -100}, From: [][]int64{{1, -2}, {3, -4}, {5, -6}, {7, -8}, {9, -10}}}, Shift: 3, Act: 4},
			{Weights: network.Weights{Bias: []int64{-13}, From: [][]int64{{11}, {12}}}, Shift: 3, Act: 4},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// property is a property of a model.
func property(key, text string) []byte {
	return (&writer{}).part(modelProperty, (&writer{}).text(propertyKey, key).text(propertyValue, text)).data
}

func TestRead_RefusesRowsThatAreNone(t *testing.T) {
	whole := changed(func(*file) {})
	for name, c := range map[string]struct{ text, want string }{
		"no JSON":              {`Sky: Night`, "no list of [trait, text]"},
		"an object":            {`{"Sky": "Night"}`, "no list of [trait, text]"},
		"numbers":              {`[["Sky", 1]]`, "no list of [trait, text]"},
		"texts behind it":      {`[["Sky", "Night"]] []`, "no list of [trait, text]"},
		"a trait alone":        {`[["Sky", "Night"], ["Sky"]]`, "for input 2"},
		"three texts":          {`[["Sky", "Night", "Dusk"]]`, "for input 1"},
		"no trait":             {`[[null, "Night"]]`, "for input 1"},
		"a null entry":         {`[null]`, "for input 1"},
		"an empty text":        {`[["Sky", ""]]`, "for input 1"},
		"a row twice":          {`[["Sky", "Night"], ["Sky", null], ["Sky", "Night"]]`, "inputs 1 and 3"},
		"more rows than three": {`[["a", "a"], ["a", "b"], ["a", "c"], ["a", "d"]]`, "4 rows, there are 3 inputs"},
		"too long":             {`[` + strings.Repeat(" ", maxRowsBytes) + `]`, "at most 1048576"},
	} {
		_, err := Read(append(bytes.Clone(whole), property(rowsKey, c.text)...))
		if !errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
		if strings.Contains(err.Error(), "Night") {
			t.Errorf("%s: the error quotes a row", name)
		}
	}
	one := property(rowsKey, `[["Sky", "Night"]]`)
	if _, err := Read(slices.Concat(whole, one, one)); err == nil || !strings.Contains(err.Error(), "two properties") {
		t.Error("the property twice:", err)
	}
	if n, err := Read(slices.Concat(whole, property("rows", "Night"), one)); err != nil || !slices.Equal(n.Rows, []Row{{"Sky", "Night"}}) {
		t.Error("another property beside it:", err)
	}
}

func TestWrite_RefusesRowsThatReadWouldChange(t *testing.T) {
	for name, c := range map[string]struct {
		rows []Row
		want string
	}{
		"not UTF-8":   {[]Row{{"Sky", "N\xffght"}}, "not UTF-8"},
		"a row twice": {[]Row{{"Sky", ""}, {"Sky", ""}}, "inputs 1 and 2"},
		"too many":    {[]Row{{"a", "a"}, {"a", "b"}, {"a", "c"}, {"a", "d"}}, "4 rows, there are 3 inputs"},
	} {
		_, err := Write(&Network{Rows: c.rows, Layers: someLayers(rand.New(rand.NewPCG(3, 4)), 7, 3, 4, 2)})
		if !errors.Is(err, ErrNetwork) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}
