package drop

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/network"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/drop/onnx"
	"github.com/genproof/genproof/files"
)

// loadNetwork reads the network that makes pictures, and gives each row what it adds to the first layer.
func (d *Drop) loadNetwork(m *modelFile) (*art.Art, error) {
	f := fieldsOf(m.network, "network", namesOf(networkKeys)...)
	name, pictured := f.needText("file"), f.pictured()
	f.need("palette")
	colours := f.list("palette")
	if f.err != nil {
		return nil, f.err
	}
	for _, t := range d.definition.traits {
		if t.Hidden() && !pictured {
			return nil, fault(m.network.place, "write pictured: true if pictures may tell of it, or show the trait",
				"the trait %q is hidden, and the network makes pictures of all traits", t.Name)
		}
	}
	palette, err := readPalette(colours, d.Circuit.Size.Frame, f)
	if err != nil {
		return nil, err
	}
	data, err := files.Read(filepath.Join(d.dir, filepath.FromSlash(name)), onnx.MaxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault(f.get("file").place, "put the file there", "the network cannot be found")
	}
	if err != nil {
		return nil, fault(f.get("file").place, "make it a regular file of at most 8 MiB", "the network cannot be read")
	}
	at := f.get("file").place
	given, err := onnx.Read(data)
	if err != nil {
		return nil, fault(at, "export it again, in integer operators: docs/pictures.md", "%v", err)
	}
	unused, err := m.arrangeInputs(given, at)
	if err != nil {
		return nil, err
	}
	for _, input := range unused {
		d.Warnings = append(d.Warnings, fmt.Sprintf("%s: %s has no row for input %d of the network, so it is never 1", at, ModelFile, input))
	}
	net, err := m.fit(given.Layers, d.Circuit.Size.Network)
	if err != nil {
		return nil, fault(at, "change the network: docs/pictures.md says what fits", "%v", err)
	}
	return &art.Art{Palette: palette, Net: net}, nil
}

func readPalette(list []*node, frame picture.Frame, f *fields) (picture.Palette, error) {
	if len(list) != frame.Colours() {
		return nil, fault(f.get("palette").place, "give each output of a pixel its colour", "%d colours, the circuit's pictures have %d", len(list), frame.Colours())
	}
	var palette picture.Palette
	for _, n := range list {
		c, err := parseColour(n.text)
		if err != nil {
			return nil, fault(n.place, colourRemedy, "this is no colour")
		}
		palette = append(palette, [4]byte{c.R, c.G, c.B, c.A})
	}
	return palette, nil
}

// arrangeInputs puts the network's inputs into the order of drop.yaml's traits and of model.yaml's rows,
// by the names that its file gives them, with the latents behind. It is a fault of a row's if the
// network has no input for it: what the network says of such a token was never trained. unused are
// the inputs, from 1, that no row stands for; they are left out.
func (m *modelFile) arrangeInputs(net *onnx.Network, at Place) (unused []int, err error) {
	if net.Rows == nil {
		return nil, fault(at, "write the property genproof.rows into the file: docs/pictures.md", "the network does not say which row each of its inputs stands for")
	}
	places := map[onnx.Row]int{}
	for i, r := range net.Rows {
		places[r] = i
	}
	first := &net.Layers[0]
	var from [][]int64
	for _, l := range m.layers {
		for _, r := range l.rows {
			name := onnx.Row{Trait: l.name, Text: r.text}
			i, ok := places[name]
			if !ok {
				return nil, fault(r.at, "train the network with it, or remove it", "the network has no input for this row of the trait %q", l.name)
			}
			from = append(from, first.From[i])
			delete(places, name)
		}
	}
	for _, i := range places {
		unused = append(unused, i+1)
	}
	slices.Sort(unused)
	first.From = append(from, first.From[len(net.Rows):]...)
	return unused, nil
}

// fit packs a network into a shape: its first inputs are the rows of each trait, in the order of drop.yaml's
// traits and of model.yaml's rows, of each trait one that is 1, and then the latents. Fewer layers are
// continued by such as hand on what they get, fewer neurons and latents by such as say 0, and
// a smaller shift by weights times a power of two, which are the same function.
func (m *modelFile) fit(given []onnx.Dense, s network.Shape) (*network.Net, error) {
	groups := make([]int, len(m.layers))
	rows := 0
	for i, l := range m.layers {
		groups[i] = len(l.rows)
		rows += groups[i]
	}
	dense := make([]network.Dense, len(given))
	for i, d := range given {
		dense[i] = network.Dense{Weights: d.Weights, Shift: d.Shift, Act: d.Act}
	}
	net, payloads, err := s.Fit(groups, dense)
	if err != nil {
		return nil, fmt.Errorf("fitting the network of %d rows into the circuit: %w", rows, err)
	}
	for i := range m.layers {
		for j := range m.layers[i].rows {
			m.layers[i].rows[j].payload = payloads[i][j]
		}
	}
	return net, nil
}
