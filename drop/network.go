package drop

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

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
	layers, err := onnx.Read(data)
	if err != nil {
		return nil, fault(f.get("file").place, "export it again, in integer operators: README.md, \"Pictures\"", "%v", err)
	}
	net, err := m.fit(layers, d.Circuit.Size.Network)
	if err != nil {
		return nil, fault(f.get("file").place, "change the network: README.md, \"Pictures\", says what fits", "%v", err)
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
