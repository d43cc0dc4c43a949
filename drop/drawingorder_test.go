package drop

import (
	"fmt"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/statement"
)

// crossing has n pairs of layers of which each excludes one combination per row, all first layers before
// all second ones: in the file's order the states multiply.
func crossing(n, rows int) *modelFile {
	m := new(modelFile)
	for l := range 2 * n {
		layer := layer{name: fmt.Sprint("L", l), at: Place{"model.yaml", l + 1, 1}}
		for r := range rows {
			layer.rows = append(layer.rows, row{text: fmt.Sprint(r), weight: uint64(1 + r), at: Place{"model.yaml", l + 1, 10 + r}})
		}
		m.layers = append(m.layers, layer)
	}
	for l := range n {
		for r := range rows - 1 {
			a, b := make([]bool, rows), make([]bool, rows)
			a[r], b[r] = true, true
			m.addRules(Place{"model.yaml", 50, 1}, []part{{l, a}, {l + n, b}}, true)
		}
	}
	return m
}

// The order that needs fewest states draws pairs one behind the other.
func TestArrange_FindsAnOrderThatFits(t *testing.T) {
	for _, n := range []int{2, 3, 5, 10} {
		m := crossing(n, 5)
		if _, err := m.inOwnOrder(); err == nil {
			t.Fatalf("%d pairs fit in the file's order: it tests nothing", n)
		}
		d, err := m.arrange()
		if err != nil {
			t.Fatalf("%d pairs: %v", n, err)
		}
		again, err := crossing(n, 5).arrange()
		if err != nil || !slices.Equal(d.order, again.order) {
			t.Errorf("%d pairs: another order the second time", n)
		}
		whole := &model.Model{Layers: d.layers, Order: d.order}
		if err := whole.Validate(statement.Large); err != nil {
			t.Fatal(err)
		}
		for i, l := range d.layers {
			if len(l.Tables) > 5 {
				t.Errorf("%d pairs: layer %d has %d tables, 5 are enough", n, i, len(l.Tables))
			}
		}
		for trait, layer := range d.order { // each trait shows the layer with its own rows
			for _, table := range d.layers[layer].Tables {
				for _, r := range table {
					if !slices.ContainsFunc(m.layers[trait].rows, func(o row) bool { return o.text == r.Text && o.weight == uint64(r.Weight) }) {
						t.Errorf("trait %d shows rows of another", trait)
					}
				}
			}
		}
		for token := range uint64(300) { // rules are about traits, in the file's order
			rows, err := whole.Draw(statement.Large, fr.NewElement(1), fr.NewElement(2), token)
			if err != nil {
				t.Fatal(err)
			}
			for l := range n {
				if rows[l].Text == rows[l+n].Text && rows[l].Text != "4" {
					t.Fatalf("token %d: an excluded pair", token)
				}
			}
		}
	}
}

// A model that fits as it is written is drawn as it is written.
func TestArrange_KeepsAnOrderThatFits(t *testing.T) {
	m := rulesAcross(15) // two would be enough, with the middle layer elsewhere
	d, err := m.arrange()
	if err != nil || d.order != nil {
		t.Errorf("order %v, %v", d.order, err)
	}
}
