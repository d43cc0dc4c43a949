package drop

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/drop/onnx"
)

// rewrite changes a sample's network.
func rewrite(t *testing.T, dir string, change func(*onnx.Network)) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "network.onnx"))
	if err != nil {
		t.Fatal(err)
	}
	n, err := onnx.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	change(n)
	if data, err = onnx.Write(n); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "network.onnx", string(data))
}

// payloads returns what each row adds to the first layer, by its trait and text.
func payloads(d *Drop) map[onnx.Row][]fr.Element {
	out := map[onnx.Row][]fr.Element{}
	for i, l := range d.model.Layers {
		for _, r := range slices.Concat(l.Tables...) {
			out[onnx.Row{Trait: d.definition.traits[i].Name, Text: r.Text}] = r.Payload
		}
	}
	return out
}

// TestNetwork_RowsGoByName: rows in another order, in model.yaml or in the file, have the payloads that they had.
func TestNetwork_RowsGoByName(t *testing.T) {
	was := loadSample(t, "dreams")
	want := payloads(was)
	if len(want) != 19 {
		t.Fatalf("%d rows", len(want))
	}
	for name, change := range map[string]func(t *testing.T, dir string){
		"model.yaml": func(t *testing.T, dir string) {
			edit(t, dir, ModelFile, "{Night: 35, Dusk: 30, Dawn: 25, Storm: 10}", "{Storm: 10, Dusk: 30, Night: 35, Dawn: 25}")
			edit(t, dir, ModelFile, "{null: 40, Full: 35, Crescent: 25}", "{Crescent: 25, Full: 35, null: 40}")
		},
		"the file": func(t *testing.T, dir string) {
			rewrite(t, dir, func(n *onnx.Network) {
				slices.Reverse(n.Rows)
				slices.Reverse(n.Layers[0].From[:len(n.Rows)])
			})
		},
	} {
		dir := sample(t, "dreams")
		change(t, dir)
		d, err := Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		if got := payloads(d); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(d.art.Net, was.art.Net) {
			t.Errorf("another order of %s is another network", name)
		}
		if len(d.Warnings) != len(was.Warnings) {
			t.Errorf("%s: warnings %q", name, d.Warnings)
		}
	}
}

// TestNetwork_TellsOfInputsWithoutARow: a row may be taken out of model.yaml. Its input is none of the latents', and the author is
// told, without the row's text.
func TestNetwork_TellsOfInputsWithoutARow(t *testing.T) {
	was := loadSample(t, "dreams")
	dir := sample(t, "dreams")
	edit(t, dir, ModelFile, "{null: 40, Full: 35, Crescent: 25}", "{null: 40, Full: 35}")
	edit(t, dir, ModelFile, "Striped: 15}", "Spotted: 15}")
	rewrite(t, dir, func(n *onnx.Network) { // Spotted is new, and Striped's input is left
		n.Rows = slices.Insert(n.Rows, 3, onnx.Row{Trait: "Fur", Text: "Spotted"})
		n.Layers[0].From = slices.Insert(n.Layers[0].From, 3, n.Layers[0].From[9])
	})
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"model.yaml:14:9: model.yaml has no row for input 8 of the network, so it is never 1",
		"model.yaml:14:9: model.yaml has no row for input 12 of the network, so it is never 1",
	}
	if !slices.Equal(d.Warnings, append(slices.Clone(was.Warnings), want...)) && !slices.Equal(d.Warnings, append(want, was.Warnings...)) {
		t.Errorf("warnings %q", d.Warnings)
	}
	if !reflect.DeepEqual(d.art.Net, was.art.Net) {
		t.Error("the latents' weights are others")
	}
	got, before := payloads(d), payloads(was)
	for row, payload := range got {
		if before[row] != nil && !reflect.DeepEqual(payload, before[row]) {
			t.Errorf("a row of %s has another payload", row.Trait)
		}
	}
	if spotted := got[onnx.Row{Trait: "Fur", Text: "Spotted"}]; len(got) != 18 || !reflect.DeepEqual(spotted, before[onnx.Row{Trait: "Fur", Text: "Dark"}]) {
		t.Errorf("%d rows", len(got))
	}
}
